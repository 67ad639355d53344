package pairing

import (
	"slices"
	"strings"
	"testing"

	"interlocal/model/failure"
	"interlocal/model/field"
	"interlocal/model/match"
	"interlocal/model/partnership"
	"interlocal/model/shadowing"
	"interlocal/model/value"
)

// What a repair does is said in a sentence or two: who gets another visit, who stays
// without one, and how sure that is.
func TestWhatARepairIsSaidToDo(t *testing.T) {
	w := newTown(t)
	ann, abe := w.add("Ann", 1, clerk, shadowing.SignupVisit), w.add("Abe", 1, clerk, shadowing.SignupVisit)
	ada := w.add("Ada", 1, clerk, shadowing.SignupVisit)
	x := w.round()
	type ids = []partnership.PersonID
	for want, c := range map[string]Choice{
		"Nobody is left without the visit they had.": {},
		"Ann gets another visit.":                    {Placed: ids{ann}, Most: true},
		"Ann and Abe get another visit.":             {Placed: ids{ann, abe}},
		"Nobody who lost a visit gets another; Ann stays without one. The search was cut short: there may be a place " +
			"for more.": {Lost: ids{ann}},
		"Nobody who lost a visit gets another; Ann and Abe stay without one. No number of moves places more.": {
			Lost: ids{ann, abe}, Sure: true, Most: true},
		"Ann gets another visit by moving Abe; Ada stays without one. Moving fewer places fewer.": {Placed: ids{ann},
			Moved: ids{abe}, Lost: ids{ada}, Sure: true},
		"Ann gets another visit by moving Abe. Moving fewer places fewer.": {Placed: ids{ann}, Moved: ids{abe}},
		"Ann gets another visit; Abe, who waited, gets a visit.":           {Placed: ids{ann}, Filled: ids{abe}},
		"Ann gets another visit; Abe and Ada, who waited, get a visit.":    {Placed: ids{ann}, Filled: ids{abe, ada}},
	} {
		if got := x.choiceSentence(&c); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
	for moved, want := range []string{"Move nobody", "Move one person", "Move two people"} {
		if got := moveTitle(moved); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

// A plan that was changed by hand stands under the bound of the one it came from, and
// whether it is as fair is not known.
func TestTheStandingOfAPlanChangedByHand(t *testing.T) {
	q := Quality{Value: 5, Bound: 9, Known: true, Among: 30, Fair: Fairest, WorstOff: 80, WorstAtMost: 105}
	for value, want := range map[int64]Quality{7: {Value: 7, Bound: 9, Known: true, Among: 30},
		9: {Value: 9, Bound: 9, Known: true, Among: 30}, 10: {Value: 10, Bound: 9, Among: 30}} {
		if got := q.of(value); got != want {
			t.Errorf("%+v, want %+v", got, want)
		}
	}
	q.Known = false
	if got := q.of(7); got.Known {
		t.Errorf("of one that was not proved: %+v", got)
	}
}

// A visit that would not be proposed may be made by hand, whoever else visits the
// host; it is locked, and no other is.
func TestAnUnlikelyVisitIsMadeByHand(t *testing.T) {
	w := newTown(t)
	half := func(s *shadowing.Signup) { s.Length = shadowing.HalfDay }
	ann := w.add("Ann", 1, clerk, shadowing.SignupVisit, half)
	cal := w.add("Cal", 1, forester, shadowing.SignupVisit, half)
	bea := w.add("Bea", 2, clerk, shadowing.SignupHost)
	w.setting(func(e *shadowing.Event) { e.Matching.MinScore = value.Some[int64](400) })
	x := w.round()
	p := w.make(x)
	o, err := x.Price(p, Change{Kind: Force, Visitor: cal, Host: bea}, match.Control{})
	if err != nil || len(o.Gained) != 1 || o.Gained[0] != cal || len(o.Plan.Visits) != 2 {
		t.Fatalf("%+v %v", o, err)
	}
	for _, v := range o.Plan.Visits {
		if v.Locked != (v.Visitor == cal) {
			t.Errorf("%+v", v)
		}
	}
	if o.Plan.Quality.Known {
		t.Error("more is possible than was proved, and the bound is kept")
	}
	lock, err := x.Price(p, Change{Kind: Lock, Visitor: ann, Host: bea}, match.Control{})
	const says = "Locking costs nothing now; the visit stays as it is when matches are made again."
	if err != nil || lock.Sentence != says {
		t.Errorf("%+v %v", lock, err)
	}
}

// A swap locks the two visits it asked for.
func TestASwapLocksBothVisits(t *testing.T) {
	w := newTown(t)
	half := func(s *shadowing.Signup) { s.Length, s.Available = shadowing.HalfDay, []value.Slot{at(am)} }
	var who []partnership.PersonID
	for _, name := range []string{"Ann", "Dee", "Eve"} {
		who = append(who, w.add(name, 1, clerk, shadowing.SignupVisit, half))
	}
	for _, name := range []string{"Bea", "Cal", "Dov"} {
		w.add(name, 2, clerk, shadowing.SignupHost)
	}
	x := w.round()
	o, err := x.Price(w.make(x), Change{Kind: Swap, Visitor: who[0], With: who[1]}, match.Control{})
	if err != nil || len(o.Plan.Visits) != 3 {
		t.Fatalf("%+v %v", o, err)
	}
	for _, v := range o.Plan.Visits {
		if v.Locked != slices.Contains(who[:2], v.Visitor) {
			t.Errorf("%s: locked %v", x.Name(v.Visitor), v.Locked)
		}
	}
}

// Asking what would be if somebody hosted changes nothing of the round, also of
// somebody who signed up to visit.
func TestWhatIfSomebodyHosted(t *testing.T) {
	w := newTown(t)
	half := func(s *shadowing.Signup) { s.Length = shadowing.HalfDay }
	ann := w.add("Ann", 1, clerk, shadowing.SignupVisit, half)
	dee := w.add("Dee", 2, clerk, shadowing.SignupVisit, half)
	w.people++
	gus := w.people
	w.Put("people", &partnership.Person{ID: gus, Name: "Gus", Partner: 3, Title: "City Clerk",
		Duties: strings.Split(clerk, "; ")})
	x := w.round()
	p := w.make(x)
	o, err := x.WhatIfHost(p, dee, 1, match.Control{})
	if err != nil || len(o.Gained) != 1 || o.Gained[0] != ann || !strings.HasPrefix(o.Sentence,
		"With Dee hosting one more visitor at once, one more person gets a visit, one person still waits and the "+
			"whole gains ") {
		t.Errorf("%+v %v", o, err)
	}
	o, err = x.WhatIfHost(p, gus, 2, match.Control{})
	if err != nil || len(o.Gained) != 2 || !strings.Contains(o.Sentence, "two more people get a visit, nobody waits") {
		t.Errorf("%+v %v", o, err)
	}
	if x.Entry(gus) != nil || len(x.Entries) != 2 || x.Entry(dee).Signup.Hosts() {
		t.Error("asking changed the round")
	}
	if _, err := x.WhatIfHost(p, 99, 1, match.Control{}); failure.CodeOf(err) != failure.NotFound {
		t.Errorf("nobody: %v", err)
	}
	if _, err := x.WhatIfSlot(p, at(am), match.Control{}); failure.CodeOf(err) != failure.Invalid {
		t.Errorf("a half day of the event: %v", err)
	}
}

// The bound on who is away is each department's own, of each city.
func TestDepartmentsOfTwoCitiesAreTwo(t *testing.T) {
	w := newTown(t)
	half := func(s *shadowing.Signup) { s.Length, s.Available = shadowing.HalfDay, []value.Slot{at(am)} }
	for i, name := range []string{"Ann", "Abe", "Dee"} {
		id := w.add(name, partnership.PartnerID(1+i/2*2), clerk, shadowing.SignupVisit, half)
		field.Get[partnership.Person](w, id).Department = []string{"City Clerk", "CITY clerk", "City Clerk"}[i]
	}
	w.add("Bea", 2, clerk, shadowing.SignupHost, func(s *shadowing.Signup) { s.Capacity = value.Some[int64](3) })
	w.setting(func(e *shadowing.Event) { e.Matching.AwayCap = value.Some[int64](1) })
	x := w.round()
	if p := w.make(x); len(p.Visits) != 2 || len(x.Problem.Units) != 2 {
		t.Errorf("%s\nunits %v", said(p, x), x.Problem.Units)
	}
}

// The kept proof bears the day, the worth and the bound of the plan.
func TestWhatAProofSays(t *testing.T) {
	w, _ := crowd(t)
	x := w.round()
	p := w.make(x)
	c := x.Save(p, day-3)
	if c.Proof == nil || c.Proof.Event != 1 || c.Proof.Made != value.Some(day-3) ||
		c.Proof.Value != value.Some(p.Value) || c.Proof.Bound != value.Some(p.Quality.Bound) ||
		len(c.Proof.Parts) == 0 {
		t.Errorf("%+v", c.Proof)
	}
	q := *p
	q.Value++
	if c := x.Save(&q, day); c.Proof != nil {
		t.Errorf("a plan of another worth is proved: %+v", c.Proof)
	}
}
