//go:build unix

package e2e

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"syscall"
	"testing"
)

// A meeting in the real program: three agenda items, a sign-up sheet of ten,
// forty answers, a loan, two actions, a vote with a recusal, three undos, and
// the terminal lost in the middle. The minutes hold what was typed, but for
// answers, which are their city's own: nothing is missing, nothing is there twice,
// and what was taken back is struck.
func TestMeeting(t *testing.T) {
	h := newHouse(t)
	db := h.story()
	known := h.strangers(db, 10)
	x := h.open(120, 40, db...).see("Needs attention")

	x.press("g", "m").see("Meeting room", "planned").press("a").types("Sign-ups for December 15m").press("enter").
		see("15 min")
	x.press("a").types("Self-assessment 20m").press("enter").see("20 min")
	x.press("b").see("The meeting is open", "The roll is not called").press("r", "space", "enter").see("5 of 6 present")

	// A note from another tab, one that is taken back, and a loan.
	x.press("g", "p").see("Independence")
	before := x.commands
	x.press(";").see("what was said").types("The brine maker is full").press("enter").see("Note written down")
	if n := x.commands - before; n > 2 {
		t.Errorf("a note costs %d command keys", n)
	}
	x.see("Independence", "Population")
	x.press(";").types("Not this one").press("enter").see("Note written down").press("u").see("Took back")
	x.borrow()

	// Ten lines of the sign-up sheet, the last of them taken back.
	x.press("g", "m", "n").see("▸ 2  Sign-ups for December")
	x.press("g", "s", "j", "S").see("types line 1").press("c").see("City of the lines").types("rayt").press("enter").
		see("Raytown")
	x.press("a")
	for i, p := range known {
		x.types(p.letters).see("take " + p.name).press("enter").see("store the line").press("enter").
			see(fmt.Sprintf("%d entered", i+1))
	}
	x.press("esc").see("compare with paper").press("u").see("Took back")

	// The terminal is lost while somebody writes down an action.
	x.press("@").see("who: what").types("tessa: send the list by fri")
	h.onDiskIn(db[1], "tessa: send the list by fri")
	x.kill(syscall.SIGKILL)
	x = h.open(120, 40, db...).see("You go on recording", "● Monthly staff meeting")
	x.press("@").see("send the list by fri").press("enter").see("Action written down")

	// Forty answers, one of them taken back, then an action and a vote.
	x.press("g", "m", "n").see("▸ 3  Self-assessment").press("g", "c").see("38 left")
	for i := range 38 {
		x.press(string("2346"[i%4]))
	}
	x.see("all answered").press("u").see("1 left").press("3").see("all answered")
	x.press("@").types("owen: book the consultant").press("enter").see("Action written down")
	x.press("&").see("mover/seconder").types("tessa/owen: ask for joint prices").press("enter").see("Vote", "Grandview")
	x.press("y", "r", "=").see("The motion carried")
	x.press("g", "m", "C").see("Close the meeting", "5 of 6 present").press("y").see("minutes are kept", "closed")
	x.press("q").ended()

	h.wantMinutes(db, known)
	if md := h.must(append(db, "report", "minutes")...); !strings.Contains(md, "## 3. Self-assessment") ||
		!strings.Contains(md, "## Motions and votes") {
		t.Errorf("the minutes on paper:\n%s", md)
	}
	if ics := h.must(append(db, "export", "actions", "--format", "ics")...); !strings.Contains(ics, "send the list") {
		t.Errorf("the calendar of actions:\n%s", ics)
	}
	var overview struct {
		Open []struct {
			Name string `json:"name"`
			Open int    `json:"open"`
		} `json:"open_actions"`
	}
	if err := json.Unmarshal([]byte(h.must(append(db, "overview", "--json")...)), &overview); err != nil {
		t.Fatal(err)
	}
	if len(overview.Open) == 0 || overview.Open[0].Name != "Tessa Wynn" || overview.Open[0].Open != 2 {
		t.Errorf("open actions: %+v", overview.Open)
	}
}

// wantMinutes compares the minutes kept with what was typed, line by line.
func (h *house) wantMinutes(db []string, known []stranger) {
	h.t.Helper()
	var kept []struct {
		Item   string `json:"item"`
		Text   string `json:"text"`
		Struck bool   `json:"struck"`
	}
	var raw []struct {
		Meeting string          `json:"meeting"`
		Lines   json.RawMessage `json:"lines"`
	}
	if err := json.Unmarshal([]byte(h.must(append(db, "export", "minutes", "--format", "json")...)), &raw); err != nil {
		h.t.Fatal(err)
	}
	if err := json.Unmarshal(raw[len(raw)-1].Lines, &kept); err != nil {
		h.t.Fatal(err)
	}
	city := map[string]string{}
	for _, p := range h.list(append(db, "people")...) {
		city[fmt.Sprint(p["name"])] = fmt.Sprint(p["partner"])
	}
	var sheet []string // a line for each city, in the order of the sheet
	for i := 0; i < 9; {
		names := []string{known[i].name}
		for i++; i < 9 && city[known[i].name] == city[names[0]]; i++ {
			names = append(names, known[i].name)
		}
		sheet = append(sheet, fmt.Sprintf("%s: %d sign-ups (Second job shadowing) added: %s", city[names[0]],
			len(names), strings.Join(names, "; ")))
	}
	want := []string{
		"Called to order", "The brine maker is full", "struck: Not this one", "LOAN"}
	want = append(want, sheet...)
	want = append(want, "struck: "+city[known[9].name]+": Added sign-up Second job shadowing · "+known[9].name,
		"Action: Tessa Wynn: send the list, by ", // how many questions a city answered is its own
		"Action: Owen Stracke: book the consultant",
		"Motion: ask for joint prices (moved by Tessa Wynn, seconded by Owen Stracke). 3 yes, 0 no; recused: Blue "+
			"Springs. Carried",
		"Adjourned")
	var got []string
	for _, l := range kept {
		text := l.Text
		if l.Struck {
			text = "struck: " + text
		}
		got = append(got, text)
	}
	if !slices.EqualFunc(got, want, func(g, w string) bool {
		return g == w || w == "LOAN" && strings.Contains(g, "reservation") || strings.HasPrefix(g, w)
	}) {
		h.t.Errorf("got:\n%s\nwant:\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// borrow records a loan in the equipment tab.
func (x *terminal) borrow() {
	x.t.Helper()
	x.press("g", "e").see("Equipment", "Reservations").press("b").see("Book")
	x.types("118 +40d 8-10 for grandview: load salt").see("SAMPLE-118 Wheel loader is free").press("enter").
		see("Reservations 15")
}
