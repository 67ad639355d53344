//go:build unix

package e2e

import (
	"fmt"
	"strings"
	"testing"
)

// A sign-in sheet of 30 lines, 18 for people who are new and 12 for people on
// file, typed in the real program. Names are data; of somebody new no more than
// eight keys are commands and 22 are anything but the name, of somebody known
// seven are everything.
func TestThirtyLineSheet(t *testing.T) {
	h := newHouse(t)
	db := h.story()
	known := h.strangers(db, 12)
	signups, people := len(h.list(append(db, "signups")...)), len(h.list(append(db, "people")...))
	x := h.open(120, 40, db...).see("Needs attention")
	x.press("g", "s", "j", "S").see("Second job shadowing").press("c").see("City of the lines").types("rayt").
		press("enter").see("Raytown")
	x.press("a")
	var mostKnown, mostNew, mostCommands int
	enter := func(line int) {
		commands, typed := x.commands, x.typed
		if line%5 == 2 || line%5 == 4 {
			p := known[line*2/5]
			x.types(p.letters).see("take " + p.name).press("enter").see("store the line").press("enter")
			mostKnown = max(mostKnown, x.commands-commands+x.typed-typed)
		} else {
			name := fmt.Sprintf("%s %s", []string{"Ana", "Bo", "Cy", "Di", "Ed"}[line%5],
				[]string{"Quill", "Zeller", "Yarrow", "Vance", "Umber", "Xiong"}[line/5])
			x.types(name).press("enter").types("str").see("take Street").press("enter").types("pub").see("take Public").
				press("enter")
			x.types("b2h").press("enter")
			mostNew = max(mostNew, x.commands-commands+x.typed-typed-len(name))
			mostCommands = max(mostCommands, x.commands-commands+len("b2h"))
		}
	}
	for line := range 29 {
		enter(line)
		x.see(fmt.Sprintf("%d entered", line+1))
	}
	x.press("esc").see("compare with paper").press("#").see("How many lines").types("30").press("enter").
		see("The paper says 30, entered 29")
	x.press("a")
	enter(29)
	x.see("30 entered").press("esc").see("The paper says 30, entered 30")
	t.Logf("known: %d keys in all; new: %d keys beside the name, %d of them commands", mostKnown, mostNew, mostCommands)
	if mostKnown > 7 || mostNew > 22 || mostCommands > 8 {
		t.Error("that is more than promised")
	}
	x.press("q").ended()
	if n := len(h.list(append(db, "signups")...)); n != signups+30 {
		t.Errorf("%d sign-ups are on file", n)
	}
	if n := len(h.list(append(db, "people")...)); n != people+18 {
		t.Errorf("%d people are on file", n)
	}
}

// stranger is somebody on file whom three letters find.
type stranger struct{ name, letters string }

// strangers finds people who have not signed up for the event to come and whom
// the first three letters of a name tell from everybody else.
func (h *house) strangers(db []string, n int) []stranger {
	h.t.Helper()
	taken := map[string]bool{}
	for _, s := range h.list(append(db, "signups")...) {
		if strings.HasPrefix(fmt.Sprint(s["event"]), "Second") {
			name, _, _ := strings.Cut(fmt.Sprint(s["person"]), " #")
			taken[name] = true
		}
	}
	people := h.list(append(db, "people")...)
	starts := map[string]int{}
	first3 := func(word string) string { return strings.ToLower(string([]rune(word + "   ")[:3])) }
	for _, p := range people {
		for _, word := range strings.Fields(fmt.Sprint(p["name"])) {
			starts[first3(word)]++
		}
	}
	var out []stranger
	for _, p := range people {
		name := fmt.Sprint(p["name"])
		words := strings.Fields(name)
		letters := first3(words[len(words)-1])
		if len(out) < n && !taken[name] && starts[letters] == 1 && !strings.ContainsAny(letters, "'’ -") {
			out = append(out, stranger{name, letters})
		}
	}
	if len(out) < n {
		h.t.Fatalf("only %d of %d people can be told by three letters", len(out), n)
	}
	return out
}
