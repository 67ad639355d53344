//go:build unix

package e2e

import (
	"fmt"
	"strings"
	"testing"
)

// spend wants what was pressed and typed since the last count to be no more than
// promised, letters included.
func (x *terminal) spend(what string, most int) {
	x.t.Helper()
	n := x.commands + x.typed
	x.t.Logf("%s: %d keys, letters included", what, n)
	if n > most {
		x.t.Errorf("%s took %d keys, and should take at most %d", what, n, most)
	}
	x.commands, x.typed = 0, 0
}

// The street superintendent's week: find a machine, book it, hand it over, let
// it stay longer, take it back late, answer a neighbor, and make the statement.
func TestTheSuperintendentsWeek(t *testing.T) {
	h := newHouse(t)
	db := h.story()
	x := h.open(120, 36, db...).see("Needs attention").press("g", "e").see("Capacity")

	// Find what fits and book it, for Raytown.
	x.press(">").see("say when, then what").press("/").types("+2d vac").see("✓ SAMPLE-402").press("enter", "enter").
		see("is free")
	x.types(" raytown").see("for Raytown").press("enter").see("Asked Blue Springs for SAMPLE-402", "undo")
	x.spend("finding and booking", 30)

	// From the inventory: at most fifteen keys, letters included.
	x.press("<").see("Capacity").press("b").see("╭─ Book")
	x.commands, x.typed = 1, 0
	x.types("whe +3d gran").see("✓ SAMPLE-118", "for Grandview").press("enter").see("Asked Raytown for SAMPLE-118")
	x.spend("booking from the inventory", 15)

	// From the timeline: a cell, as long as it is, and the line it fills in.
	x.press(">", ">").see("2 h each").press("/").types("excav").see("1 of 12").press("enter")
	x.commands, x.typed = 0, 0
	x.press("L", "v", "l", "l", "l").see("Enter books this").press("enter").see("is free").types(" rayt").
		see("for Raytown").press("enter")
	x.see("Asked Blue Springs for SAMPLE-407")
	x.spend("booking from the timeline", 15)

	// Hand the bucket truck over: the reading, the tank, the condition.
	x.press("esc").gone("1 of 12").press(">").see("Goes out today")
	x.onto("For Lee's Summit, from Independence", "j")
	x.commands, x.typed = 0, 0
	x.press("O").see("Hand over", "stood at").types("5530").press("enter", "f", "enter", "4", "f2").
		see("Handed over: SAMPLE-212")
	x.spend("handing over", 12)

	// It stays a day longer.
	x.see("Out, back later (1)")
	x.commands, x.typed = 0, 0
	x.press("E").see("Move the end").press("ctrl+u").types("+3d 17").press("enter").see("Longer: SAMPLE-212")
	x.spend("letting it stay", 12)

	// The dump truck comes back late.
	x.press("g", "g").see("For Grandview, from Raytown", "overdue")
	x.commands, x.typed = 0, 0
	x.press("r").see("Take back").types("4150").press("f2").see("Back: SAMPLE-104", "It comes to $")
	x.spend("taking back", 12)

	// A neighbor's request is approved.
	x.gone("Take back").onto("For Blue Springs, from Raytown", "j").see("requested")
	x.commands, x.typed = 0, 0
	x.press("A").see("Approved: SAMPLE-104")
	x.spend("approving", 1)

	// The month's balance opens down to the readings, and the statement is made.
	x.press(">", ">").see("Grandview and Raytown")
	x.commands, x.typed = 0, 0
	x.see("Grandview owes Raytown")
	x.press("enter").see("SAMPLE-104 Dump truck").press("S").see("Make the statement").press("y").see("Statement #")
	x.spend("the statement", 6)
	x.press("q")
	if code := x.ended(); code != 0 {
		t.Errorf("quitting exits %d", code)
	}
	out := h.list(append(db, "reservations", "bucket", "state:out")...)
	if len(out) != 1 || !strings.Contains(fmt.Sprint(out[0]), "Lee's Summit") {
		t.Errorf("the bucket truck's loan is %v", out)
	}
	if bad := h.must(append(db, "check")...); !strings.Contains(bad, "sound") {
		t.Error(bad)
	}
}

// What a return cost besides is typed with it; the settlement line has it at once
// and says what it was worked out from. A weekly booking leaves a date out.
func TestAReturnWithItsCosts(t *testing.T) {
	h := newHouse(t)
	db := h.story()
	x := h.open(80, 24, db...).see("Needs attention").press("g", "e").see("Capacity")
	x.press(">", ">", ">").see("For Grandview, from Raytown", "overdue")
	x.commands, x.typed = 0, 0
	x.press("r").see("Take back").types("4150").press("enter", "f", "enter", "4", "enter").types("12.4 gal at 3.499").
		see("= $43.39")
	x.press("enter", "enter").types("6 h at 42.50").see("operator $255.00").press("f2").
		see("Back: SAMPLE-104", "It comes to $3,799.85")
	x.spend("taking back with fuel and operator", 45)
	x.press("q")
	if code := x.ended(); code != 0 {
		t.Errorf("quitting exits %d", code)
	}
	got := h.must(append(db, "export", "charges", "--format", "csv")...)
	for _, want := range []string{"43.39", "12.4 gal at 3.499, noted at the return", "255.00", "6 h at 42.50, noted " +
		"at the return"} {
		if !strings.Contains(got, want) {
			t.Errorf("the exported lines lack %s", want)
		}
	}
	line := strings.Fields("book loader 3/5/2030 8-12 weekly x3 except mar 12 for grandview: mulch")
	if said := h.must(append(db, line...)...); !strings.Contains(said, "1 more time, not on Mar 12") {
		t.Errorf("booked: %s", said)
	}
}

// onto presses a key until a text is to be seen.
func (x *terminal) onto(text, key string) *terminal {
	x.t.Helper()
	for range 40 {
		before := x.text()
		if strings.Contains(before, text) {
			return x
		}
		x.press(key)
		x.until("the next row", func(screen string) bool { return screen != before })
	}
	x.t.Fatalf("%q is not to be found:\n%s", text, x.text())
	return x
}
