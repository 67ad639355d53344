package pairing

import (
	"testing"

	"interlocal/model/shadowing"
	"interlocal/model/value"
)

func TestReasonsLoseTheirNumbers(t *testing.T) {
	for in, want := range map[string]string{
		"title: operator 120, water 80; duties: filters 31; department: Utilities 40": "title: operator, water · " +
			"duties: filters · department: Utilities",
		"spelling 12": "spelling",
		"":            "",
		"department: Public Works -8; duties: route 66 9": "department: Public Works · duties: route 66",
	} {
		if got := PlainReasons(in); got != want {
			t.Errorf("%q becomes %q", in, got)
		}
	}
}

// TestHalvesThatAnEventCouldHave: those of its days that it leaves out, and the
// day after.
func TestHalvesThatAnEventCouldHave(t *testing.T) {
	d := value.Date(2027, 4, 20)
	b := &Board{Event: &shadowing.Event{}, Slots: []value.Slot{value.SlotOn(d, value.Afternoon)}}
	want := []value.Slot{value.SlotOn(d, value.Morning), value.SlotOn(d+1, value.Morning),
		value.SlotOn(d+1, value.Afternoon)}
	got := b.MoreHalves()
	if len(got) != len(want) {
		t.Fatalf("%v", got)
	}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("%s, want %s", got[i].Long(), want[i].Long())
		}
	}
	if b.Slots = nil; b.MoreHalves() != nil {
		t.Error("an event without a date could have none")
	}
}
