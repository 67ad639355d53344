//go:build unix

package e2e

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"interlocal/model/cyber/framework"
)

// items lists the subcategories in the order of the sheet.
func (h *house) items() []string {
	h.t.Helper()
	var out []string
	for _, row := range h.list("answers") {
		out = append(out, row["item"].(string))
	}
	return out
}

// levels gives what is on file for each item.
func (h *house) levels() map[string]string {
	h.t.Helper()
	out := map[string]string{}
	for _, row := range h.list("answers") {
		if level, ok := row["level"].(string); ok {
			out[row["item"].(string)] = level
		}
	}
	return out
}

// sheet begins a self-assessment on an empty sheet in the founding file.
func (h *house) sheet() *terminal {
	h.t.Helper()
	h.founded()
	x := h.open(80, 24).see("Member cities").press("g", "c").see("No self-assessment cycle is on file")
	x.press("a").see("New cycle").press("f2").see("has not begun").press("a").see("Begun.", "106 left")
	return x
}

// A whole self-assessment is typed as fast as a script can, with a wrong key
// corrected in every twentieth answer.
func TestAnswersTakeAKeyEach(t *testing.T) {
	h := newHouse(t)
	x := h.sheet()
	keys := []string{"1", "2", "3", "4", "p", "6", "7", "-", "p", "4"}
	stored := map[string]string{"p": "5p", "-": "unknown"}
	var want []string
	began, before := time.Now(), x.commands
	for i := range 106 {
		k := keys[i%len(keys)]
		if i%21 == 20 {
			x.press("2", "backspace")
		}
		x.press(k)
		if s := stored[k]; s != "" {
			k = s
		}
		want = append(want, k)
	}
	x.see("all answered", "✓ RC.CO-04")
	took, pressed := time.Since(began), x.commands-before
	x.press("q").ended()
	if pressed > 106*110/100 {
		t.Errorf("%d keys for 106 answers, more than 1.10 each", pressed)
	}
	rows := h.list("answers")
	if len(rows) != 106 {
		t.Fatalf("%d answers are on file", len(rows))
	}
	got := h.levels()
	for i, item := range h.items() {
		if got[item] != want[i] {
			t.Errorf("%s is %q on file, typed was %q", item, got[item], want[i])
		}
	}
	t.Logf("%d keys for 106 answers, %.2f each, stored %v after the first", pressed, float64(pressed)/106,
		took.Round(time.Millisecond))
}

// The program is killed while answers stream in. What the screen said was
// stored is there, in the order in which it was typed and with nothing missing
// before it.
func TestKillWhileAnswering(t *testing.T) {
	random := dice(t)
	acknowledged, more := 0, 0
	for range rounds(3, 100) {
		h := newHouse(t)
		x := h.sheet()
		typed := make([]string, 106)
		for i := range typed {
			typed[i] = []string{"1", "2", "3", "4", "6", "7"}[i%6]
		}
		n := 10 * (1 + random.IntN(8))
		for at := 0; at < n; at += 10 {
			x.send(strings.Join(typed[at:at+10], ""))
			last := framework.ItemsOf(framework.CSF20)[at+9]
			x.until(last+" being stored", func(screen string) bool { return lastStored(screen) == last })
		}
		x.send(strings.Join(typed[n:], ""))
		x.killAfter(time.Duration(random.IntN(250)) * time.Millisecond)
		h.sound()
		items, levels := h.items(), h.levels()
		if len(items) < n {
			t.Fatalf("the screen said that %d answers were stored, %d are there", n, len(items))
		}
		for i, item := range items {
			if item != framework.ItemsOf(framework.CSF20)[i] || levels[item] != typed[i] {
				t.Fatalf("answer %d on file is %s %q, typed was %q", i+1, item, levels[item], typed[i])
			}
		}
		acknowledged, more = acknowledged+n, more+len(items)-n
	}
	t.Logf("%d answers were shown as stored before the end, %d more were there", acknowledged, more)
}

// lastStored gives the last item that the screen calls stored.
func lastStored(screen string) string {
	last := ""
	for _, part := range strings.Split(screen, "✓ ")[1:] {
		if item, _, _ := strings.Cut(part, " "); strings.Contains(item, ".") && strings.Contains(item, "-") {
			last = item
		}
	}
	return last
}

// The IT lead's October: last year carried forward, answered in a meeting,
// remedies assigned, approved, locked, released with consent, compared, and
// both reports printed.
func TestITLeadsOctober(t *testing.T) {
	h := newHouse(t)
	db := h.story()
	x := h.open(120, 36, db...).see("Needs attention").press("g", "c").
		see(fmt.Sprint("Raytown ", now.AddDate(0, 0, -60).Year()), "38 to confirm")
	x.press("w").types("blue springs 20").see("Blue Springs").press("enter").see("has not begun").press("a", "enter").
		see("106 answers wait")

	// The meeting goes through what was carried, eleven answers change.
	x.press("/").types("inher").see("Inherited").press("enter").see("going through: inherited (106)")
	for i := range 106 {
		if i%10 == 3 {
			x.press("p")
		} else {
			x.press("enter")
		}
	}
	x.see("all answered").press("t").types("Binder in room 12").press("enter").see("stored").press("f").see("flagged")
	x.cost(140)

	// Remedies.
	x.press(">", ">", ">").see("below the goal").press("enter").types("Write it down").press("enter")
	x.types("IT lead").press("enter").types("+90d").press("enter").see("open, IT lead, by")

	// Approval, named and signed, then locked.
	x.press("<", "<", "<", "r").see("106 of 106", "1 flagged", "Send it for review").press("enter").see("is in review")
	x.press("r").see("Approve it").press("enter").see("Who approves it?").types("Sam Lee, City manager").press("enter").
		see("is approved")
	x.press("r", "enter").see("Lock Blue Springs").press("y").see("is locked")

	// Consent with its preview, and the release.
	x.press(">", ">", ">", ">", ">").see("Exactly what each other city would see").press("1").
		see("joins the list", "another city is")
	x.press("enter").see("Who gives it").types("Sam Lee, City manager").press("enter").see("consent given by Sam Lee")
	x.press("o").see("Read it first").press("enter").see("interlocal release 1", "City: Blue Springs").press("esc").
		gone("City: Blue Springs")
	x.press("o", "down", "enter").see("Hand over the release").press("y").see("waiting for")

	// Both reports: the closed one with the scores, the public one without.
	for _, title := range []string{"closed: scores", "public: process"} {
		x.press(":").see("Find or do").types(title).see("Print: Self-assessment").press("enter").see("For which city?")
		x.types("blue sp").see("Blue Springs").press("enter").see("save to print").press("esc").gone("save to print")
	}

	// Last year's shared results, city by city.
	x.press("<", "<", "<", "<").see("Blue Springs by year").press("w").types("blue springs 20").see("Blue Springs").
		press("down", "enter")
	x.press("v").see("by city", "only what was shared with you").press("i").see("╭─ GV", "Esc close").press("esc").
		gone("╭─ GV")
	x.cost(190)
	x.press("q").ended()
	if rows := h.list(append(db, "assessments", `"blue springs" locked`)...); len(rows) != 2 {
		t.Errorf("%d assessments of Blue Springs are locked: %v", len(rows), rows)
	}
	if out := h.must(append(db, "check")...); !strings.Contains(out, "is sound") {
		t.Error(out)
	}
}
