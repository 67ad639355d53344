package pairing

import (
	"maps"
	"testing"

	"interlocal/model/field"
	"interlocal/model/match"
	"interlocal/model/shadowing"
	"interlocal/model/value"
)

// A visit that would not have been proposed is one that the bound did not speak
// of, so that nothing is proved of a plan with it.
func TestAForcedVisitBeyondTheProposedIsNotProved(t *testing.T) {
	w := newTown(t)
	ann := w.add("Ann", 1, clerk, shadowing.SignupVisit)
	bea := w.add("Bea", 2, forester, shadowing.SignupHost)
	cid := w.add("Cid", 3, clerk, shadowing.SignupHost)
	e := *field.Get[shadowing.Event](w, 1)
	e.Matching.MinScore = value.Some(w.round().likes[pair{ann, cid}].score)
	w.Put("events", &e)
	x := w.round()
	if _, listed := x.edge[pair{ann, bea}]; listed {
		t.Fatal("the clerk and the forester are thought alike")
	}
	p := w.make(x)
	if p.Quality.Words() != "best possible" {
		t.Fatal(p.Quality)
	}
	o, err := x.Price(p, Change{Kind: Force, Visitor: ann, Host: bea}, match.Control{})
	if err != nil || o.Plan.Quality.Known {
		t.Errorf("%+v, %v", o, err)
	}
	w.save(x.SaveOffer(o, day))
	if now, err := w.round().Current(); err != nil || now.Quality.Known {
		t.Errorf("after saving: %+v, %v", now.Quality, err)
	}
}

func TestTheProofKeepsWhatItSpeaksOf(t *testing.T) {
	w := newTown(t)
	w.add("Ann", 1, clerk, shadowing.SignupVisit)
	w.add("Cid", 3, clerk, shadowing.SignupHost)
	e := *field.Get[shadowing.Event](w, 1)
	e.Matching.Fairness = shadowing.FairMaxMin
	w.Put("events", &e)
	x := w.round()
	x.among = 30
	p := w.make(x)
	want := p.Quality
	if want.Fair != Fairest || want.Among != 30 {
		t.Fatal(want)
	}
	w.save(x.Save(p, day))
	x = w.round()
	if now, err := x.Current(); err != nil || now.Quality != want {
		t.Errorf("%+v, want %+v, %v", now.Quality, want, err)
	}
	if got, err := CheckProof(x.Proof); err != nil || got != want {
		t.Errorf("%+v, want %+v, %v", got, want, err)
	}
}

func TestAComparisonIsTakenOverWhenItWouldBeTheSame(t *testing.T) {
	w := newTown(t)
	ann := w.add("Ann", 1, clerk, shadowing.SignupVisit)
	w.add("Bea", 2, forester, shadowing.SignupHost)
	cid := w.add("Cid", 3, clerk, shadowing.SignupHost)
	before := w.round()
	again := func() *Round {
		x, err := Prepare(w, 1, Options{Before: before})
		if err != nil {
			t.Fatal(err)
		}
		if fresh := w.round(); !maps.Equal(x.likes, fresh.likes) || len(x.Problem.Edges) != len(fresh.Problem.Edges) {
			t.Errorf("%v, want %v", x.likes, fresh.likes)
		}
		return x
	}
	// A mark on what was compared shows whether it was used.
	mark := likeness{score: 777, reasons: "seen before"}
	before.compared.likes[pair{cid, ann}] = mark
	gone := *shadowing.SignupOf(w, 1, cid)
	gone.State = shadowing.SignupWithdrawn
	w.Put("signups", &gone)
	if x, err := Prepare(w, 1, Options{Before: before}); err != nil || x.likes[pair{cid, ann}] != mark {
		t.Errorf("a dropout has everybody compared again: %v", err)
	}
	p := *field.Get(w, cid)
	p.Duties = []string{"Inspect trees after storms"}
	w.Put("people", &p)
	again()
	p.Name = "Sid"
	before = w.round()
	w.Put("people", &p)
	again()
}

func TestNeedsThatCannotBeSeenStay(t *testing.T) {
	w := newTown(t)
	ann := w.add("Ann", 1, clerk, shadowing.SignupVisit, func(s *shadowing.Signup) { s.Needs = "a ramp" })
	cid := w.add("Cid", 3, clerk, shadowing.SignupHost)
	x := w.round()
	w.save(x.Save(w.make(x), day))
	hidden := *shadowing.SignupOf(w, 1, ann)
	hidden.Needs = ""
	w.Put("signups", &hidden)
	x = w.round()
	p, err := x.Current()
	if err != nil {
		t.Fatal(err)
	}
	p.Visits[0].Locked = true
	w.save(x.Save(p, day))
	for m := range field.Of[shadowing.Match](w, "host", cid) {
		if m.Needs != "a ramp" || !m.Locked {
			t.Errorf("%+v", m)
		}
	}
}
