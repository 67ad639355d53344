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

func TestQualityWords(t *testing.T) {
	for want, q := range map[string]Quality{
		"best possible":                                            {Value: 5, Bound: 5, Known: true},
		"at most 0.1% from the best possible":                      {Value: 99999, Bound: 100000, Known: true},
		"at most 2% from the best possible":                        {Value: 98, Bound: 100, Known: true},
		"at most 2.1% from the best possible":                      {Value: 979, Bound: 1000, Known: true},
		"not proved for the sign-ups as they are now":              {Value: 5},
		"best possible among each person's 30 closest colleagues":  {Value: 5, Bound: 5, Known: true, Among: 30},
		"best possible; no plan is fairer to the city worst off":   {Value: 5, Bound: 5, Known: true, Fair: Fairest},
		"best possible; no plan does better by the city worst off": {Value: 5, Bound: 5, Known: true, Fair: FairWorst},
		"best possible; a plan fairer to the city worst off is not ruled out: it has 0.80 half days a visitor, and " +
			"no plan gives it more than 1.05": {Value: 5,
			Bound: 5, Known: true, Fair: FairTried, WorstOff: 80, WorstAtMost: 105},
		"at most 2% from the best possible; a plan fairer to the city worst off is not ruled out": {Value: 98,
			Bound: 100, Known: true, Fair: FairTried},
	} {
		if q.Words() != want {
			t.Errorf("%+v: %q, want %q", q, q.Words(), want)
		}
	}
}

// What a change costs and gains is said of cities as well.
func TestAChangeSaysWhatItMeansForCities(t *testing.T) {
	w := newTown(t)
	ann := w.add("Ann", 1, clerk, shadowing.SignupVisit)
	bea := w.add("Bea", 2, clerk, shadowing.SignupVisit)
	cal, dan := w.add("Cal", 3, clerk, shadowing.SignupHost), w.add("Dan", 3, clerk, shadowing.SignupHost)
	x := w.round()
	before := &Plan{Visits: []Visit{{Visitor: ann, Host: cal, Value: 5}, {Visitor: ann, Host: dan, Value: 4},
		{Visitor: bea, Host: cal, Value: 7}}, Value: 16}
	after := &Plan{Visits: []Visit{{Visitor: bea, Host: dan, Value: 9}}, Value: 9}
	o := x.offer(Change{}, before, after)
	want := "This moves one person, makes one better match and leaves Ann without a visit, with two fewer visits for " +
		x.City(ann) + ", and the whole loses 7 points."
	if len(o.Better) != 1 || o.Sentence != want {
		t.Errorf("%q, not %q", o.Sentence, want)
	}
}
