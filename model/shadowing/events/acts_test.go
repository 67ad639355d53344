package events_test

import (
	"context"
	"strings"
	"testing"

	"interlocal/model"
	"interlocal/model/failure"
	"interlocal/model/field"
	"interlocal/model/field/fieldtest"
	"interlocal/model/partnership"
	"interlocal/model/shadowing"
	"interlocal/model/shadowing/events"
	"interlocal/model/value"
)

// day is the date of the event in these tests.
var day = value.Date(2027, 4, 20)

const (
	clerk    = "Keep the minutes of the council; Answer open-records requests; Publish agendas and packets"
	forester = "Prune street trees; Inspect trees after storms; Run the tree planting program"
)

// people of the fair: Ann and Cal visit, Bea and Dov host and do the same work.
const (
	ann = partnership.PersonID(iota + 1)
	bea
	cal
	dov
)

// fair is an event with four sign-ups that nobody has been matched at.
type fair struct {
	*fieldtest.Writer
	t *testing.T
}

func newFair(t *testing.T) *fair {
	w := &fair{fieldtest.NewWriter(model.NewSchema(), (day-10).At(9, 0)), t}
	for i, name := range []string{"Ash", "Birch"} {
		w.put(&partnership.Partner{ID: partnership.PartnerID(i + 1), Name: name, Kind: partnership.City,
			Status: partnership.Member})
	}
	w.put(&shadowing.Event{ID: 1, Name: "Spring", Date: value.Some(day), State: shadowing.EventOpen})
	for i, p := range []struct {
		name, title, duties string
		city                partnership.PartnerID
		role                shadowing.SignupRole
	}{{"Ann", "City Clerk", clerk, 1, shadowing.SignupVisit}, {"Bea", "City Clerk", clerk, 2, shadowing.SignupHost},
		{"Cal", "Urban Forester", forester, 1, shadowing.SignupVisit},
		{"Dov", "Urban Forester", forester, 2, shadowing.SignupHost}} {
		id := partnership.PersonID(i + 1)
		w.put(&partnership.Person{ID: id, Name: p.name, Partner: p.city, Title: p.title,
			Duties: strings.Split(p.duties, "; ")})
		w.put(&shadowing.Signup{ID: shadowing.SignupID(i + 1), Event: 1, Person: id, Role: p.role,
			State: shadowing.SignupReceived, Length: shadowing.EitherOfTwo})
	}
	return w
}

func (w *fair) put(rec interface{ KindName() string }) {
	w.t.Helper()
	if _, err := w.Put(rec.KindName(), rec); err != nil {
		w.t.Fatal(err)
	}
}

func (w *fair) view() field.Viewpoint { return field.Viewpoint{Reader: w, By: w.Actor(), Now: w.Now()} }

// plan makes the plan of an act.
func (w *fair) plan(name string, id uint64, args any) (any, error) {
	a := events.Acts().Named(name)
	var rec any
	if a.On != "" {
		rec = w.Get(a.On, id)
	}
	return a.Plan(context.Background(), w.view(), rec, args)
}

// try does an act: its rule, its plan, and what it does, which comes to the same
// when it is done again from the same records.
func (w *fair) try(name string, id uint64, args any) (string, error) {
	w.t.Helper()
	a := events.Acts().Named(name)
	if a.On != "" {
		if err := a.May(w.view(), w.Get(a.On, id)); err != nil {
			return "", err
		}
	}
	plan, err := w.plan(name, id, args)
	if err != nil {
		return "", err
	}
	before := w.Copy()
	first, err := a.Do(w, id, args, plan)
	if err == nil {
		w.Memory = before
		second, again := a.Do(w, id, args, plan)
		if again != nil || second != first {
			w.t.Errorf("%s done again comes to %v, %v, not %v", name, second, again, first)
		}
	}
	return first.Text, err
}

// must does an act that nothing stands against.
func (w *fair) must(name string, id uint64, args any) string {
	w.t.Helper()
	says, err := w.try(name, id, args)
	if err != nil {
		w.t.Fatalf("%s: %v", name, err)
	}
	return says
}

// refused does an act that is refused with a code and words.
func (w *fair) refused(name string, id uint64, args any, code failure.Code, words string) {
	w.t.Helper()
	_, err := w.try(name, id, args)
	if failure.CodeOf(err) != code || !strings.Contains(err.Error(), words) {
		w.t.Errorf("%s: %v, want %v %q", name, err, code, words)
	}
}

func (w *fair) event() *shadowing.Event { return field.Get[shadowing.Event](w, 1) }

// visits lists who visits whom as planned.
func (w *fair) visits() string {
	var out []string
	for m := range field.All[shadowing.Match](w) {
		if m.Planned() {
			out = append(out, field.Get(w, m.Visitor).Name+">"+field.Get(w, m.Host).Name)
		}
	}
	return strings.Join(out, " ")
}

func (w *fair) match(visitor, host partnership.PersonID) *shadowing.Match {
	w.t.Helper()
	for m := range field.All[shadowing.Match](w) {
		if m.Visitor == visitor && m.Host == host {
			return m
		}
	}
	w.t.Fatal("there is no such visit")
	return nil
}

func TestAnEventGoesFromDraftToClosed(t *testing.T) {
	w := newFair(t)
	w.must("event.draft", 1, nil)
	w.refused("event.close", 1, nil, failure.Conflict, "Spring is draft")
	w.must("event.open", 1, nil)
	w.must("event.match", 1, nil)
	if w.event().State != shadowing.EventMatched {
		t.Errorf("with its matches made it is %s", w.event().State)
	}
	w.refused("event.hold", 1, nil, failure.Conflict, "is matched")
	if says := w.must("event.publish", 1, nil); says != "Spring is published." {
		t.Error(says)
	}
	w.must("match.missed", uint64(w.match(cal, dov).ID), nil)
	w.must("event.hold", 1, nil)
	if got := w.match(ann, bea).State; got != shadowing.MatchHeld {
		t.Errorf("a planned visit is %s", got)
	}
	if got := w.match(cal, dov).State; got != shadowing.MatchMissed {
		t.Errorf("the visit that was missed is %s", got)
	}
	for i := range shadowing.FewestSheets {
		w.put(&shadowing.Feedback{ID: shadowing.FeedbackID(i + 1), Event: 1, Side: shadowing.FromVisitor,
			Useful: value.Some[int64](4)})
	}
	w.must("event.close", 1, nil)
	if e := w.event(); e.State != shadowing.EventClosed || e.Voice.Useful != value.Some[value.Tenths](40) {
		t.Errorf("closed it says %+v", e.Voice)
	}
	w.refused("event.match", 1, nil, failure.Invalid, "its visits stay as they were")
	w.must("event.reopen", 1, nil)
	if w.event().State != shadowing.EventHeld {
		t.Error("it is not open again")
	}
}

func TestPlanningIsTheCoordinators(t *testing.T) {
	w := newFair(t)
	w.must("event.match", 1, nil)
	m := uint64(w.match(ann, bea).ID)
	w.By = field.Actor{Partner: 1, Name: "Editor"}
	pair := &events.Hand{Visitor: ann, Host: bea}
	for name, args := range map[string]any{"event.match": nil, "event.repair": nil, "event.publish": nil,
		"event.tell": nil, "event.lock": pair,
		"event.rule-out": pair, "event.add": pair, "event.drop": &events.Leaving{Person: ann}} {
		w.refused(name, 1, args, failure.Forbidden, "coordinator makes the matches")
	}
	w.refused("match.confirm", m, nil, failure.Forbidden, "coordinator makes the matches")
	w.refused("synonym.seed", 0, nil, failure.Forbidden, "ask the facilitator's coordinator")
}

func TestNothingIsPublishedBeforeThereAreVisits(t *testing.T) {
	w := newFair(t)
	w.refused("event.publish", 1, nil, failure.Invalid, "nobody visits anybody yet")
	w.refused("event.tell", 1, &events.Told{}, failure.Invalid, "nobody has been told yet")
	w.must("event.match", 1, nil)
	w.must("event.publish", 1, nil)
	w.refused("event.publish", 1, nil, failure.Invalid, "published already")
}

// A dropout withdraws the sign-up, the repair calls the visit off, and who must
// be told is noted one by one.
func TestADropoutIsMendedAndToldOf(t *testing.T) {
	w := newFair(t)
	w.must("event.match", 1, nil)
	w.must("event.publish", 1, nil)
	if says := w.must("event.drop", 1, &events.Leaving{Person: dov}); says != "Dov has dropped out." {
		t.Error(says)
	}
	if planned, broken := events.Visits(w, 1); planned != 2 || broken != 1 {
		t.Errorf("%d planned, %d of them broken", planned, broken)
	}
	w.must("event.repair", 1, nil)
	if got := w.visits(); strings.Contains(got, "Dov") {
		t.Errorf("after the repair: %s", got)
	}
	if says := w.must("event.tell", 1, &events.Told{Person: cal}); says != "Cal has been told." {
		t.Error(says)
	}
	if says := w.must("event.tell", 1, &events.Told{Person: cal}); says != "Nothing was different." {
		t.Error(says)
	}
	if m := w.match(cal, dov); len(m.ToldVisitor) != 0 || len(m.ToldHost) == 0 {
		t.Errorf("Cal was told %v, Dov %v", m.ToldVisitor, m.ToldHost)
	}
	w.must("event.tell", 1, &events.Told{})
	if m := w.match(cal, dov); len(m.ToldHost) != 0 {
		t.Error("everybody was told but Dov")
	}
	w.refused("event.drop", 1, &events.Leaving{Person: 99}, failure.NotFound, "is not signed up")
}

// A repair can withdraw the sign-up with it, in one change.
func TestARepairWithdrawsWhoDropsOut(t *testing.T) {
	w := newFair(t)
	w.must("event.match", 1, nil)
	w.must("event.repair", 1, &events.Repairing{Dropout: []partnership.PersonID{bea}})
	if shadowing.SignupOf(w, 1, bea).Stands() || strings.Contains(w.visits(), "Bea") {
		t.Errorf("Bea takes part still: %s", w.visits())
	}
}

// A plan that was shown is carried out only while the records are those it was
// made from.
func TestAPlanFromOtherRecordsIsNotCarriedOut(t *testing.T) {
	for name, change := range map[string]func(*fair){
		"a sign-up changed": func(w *fair) { w.must("event.drop", 1, &events.Leaving{Person: bea}) },
		"a sign-up came": func(w *fair) {
			w.must("event.signup", 1, &events.Line{Name: "Eve", City: 2,
				Signup: shadowing.Signup{Role: shadowing.SignupHost}})
		},
		"a match was made": func(w *fair) {
			w.put(&shadowing.Match{Event: 1, Visitor: ann, Host: dov, Slots: w.event().HalfDays()[:1],
				State: shadowing.MatchProposed})
		},
		"the event moved on": func(w *fair) { w.must("event.draft", 1, nil) },
	} {
		t.Run(name, func(t *testing.T) {
			w := newFair(t)
			plan, err := w.plan("event.match", 1, nil)
			if err != nil {
				t.Fatal(err)
			}
			change(w)
			before := w.visits()
			if _, err := events.Acts().Named("event.match").
				Do(w, 1, nil, plan); failure.CodeOf(err) != failure.Conflict {
				t.Errorf("carried out all the same: %v", err)
			}
			if w.visits() != before {
				t.Errorf("the visits are %s", w.visits())
			}
		})
	}
}

func TestMatchesAreChangedByHand(t *testing.T) {
	w := newFair(t)
	w.must("event.match", 1, nil)
	if got := w.visits(); got != "Ann>Bea Cal>Dov" {
		t.Fatal(got)
	}
	if says := w.must("event.lock", 1, &events.Hand{Visitor: ann, Host: bea}); says != "Lock: Ann visits Bea: done." {
		t.Error(says)
	}
	if !w.match(ann, bea).Locked {
		t.Error("the visit is not locked")
	}
	w.must("event.unlock", 1, &events.Hand{Visitor: ann, Host: bea})
	if w.match(ann, bea).Locked {
		t.Error("the visit is locked still")
	}
	w.must("event.swap", 1, &events.Hand{Visitor: ann, Host: bea, With: cal})
	if got := w.visits(); !strings.Contains(got, "Ann>Dov") || !strings.Contains(got, "Cal>Bea") {
		t.Errorf("swapped: %s", got)
	}
	w.must("event.rule-out", 1, &events.Hand{Visitor: ann, Host: dov})
	if got := w.match(ann, dov).State; got != shadowing.MatchDeclined {
		t.Errorf("ruled out it is %s", got)
	}
}

// A visit that would not have been proposed is added and locked, and whoever has
// the place moves.
func TestAVisitIsAddedByHand(t *testing.T) {
	w := newFair(t)
	w.must("event.match", 1, nil)
	w.refused("event.lock", 1, &events.Hand{Visitor: ann, Host: dov}, failure.NotFound, "does not visit")
	w.must("event.add", 1, &events.Hand{Visitor: ann, Host: dov, Slots: w.event().HalfDays()[1:2]})
	if m := w.match(ann, dov); !m.Locked || len(m.Slots) != 1 || m.Slots[0].Half() != value.Afternoon {
		t.Errorf("added it is %+v", m)
	}
}

func TestAVisitIsConfirmedAndTheYesTakenBack(t *testing.T) {
	w := newFair(t)
	w.must("event.match", 1, nil)
	id := uint64(w.match(ann, bea).ID)
	w.refused("match.unconfirm", id, nil, failure.Invalid, "is proposed, not confirmed")
	w.refused("match.missed", id, nil, failure.Invalid, "before the event")
	if says := w.must("match.confirm", id, nil); says != "Ann visiting Bea is confirmed." {
		t.Error(says)
	}
	w.must("match.unconfirm", id, nil)
	if got := w.match(ann, bea).State; got != shadowing.MatchProposed {
		t.Errorf("it is %s", got)
	}
	w.must("event.lock", 1, &events.Hand{Visitor: ann, Host: bea})
	w.must("event.publish", 1, nil)
	w.must("match.missed", id, nil)
	if m := w.match(ann, bea); m.State != shadowing.MatchMissed || m.Locked {
		t.Errorf("missed it is %+v", m)
	}
}

func TestALineSignsSomebodyUp(t *testing.T) {
	w := newFair(t)
	w.put(&partnership.Person{ID: 5, Name: "Eve", Partner: 2})
	w.must("event.signup", 1, &events.Line{Signup: shadowing.Signup{Person: 5, Role: shadowing.SignupVisit,
		Capacity: value.Some[int64](3)}})
	if s := shadowing.SignupOf(w, 1, 5); s == nil || s.State != shadowing.SignupReceived || s.Capacity.Set {
		t.Errorf("Eve, who visits, is signed up as %+v", s)
	}
	says := w.must("event.signup", 1, &events.Line{Name: "Fay", City: 2, Title: "Buyer", Department: "Finance",
		Signup: shadowing.Signup{Role: shadowing.SignupBoth, Capacity: value.Some[int64](2), Length: shadowing.HalfDay,
			Wishes: "bids"}})
	if says != "Fay is signed up for Spring." {
		t.Error(says)
	}
	s := shadowing.SignupOf(w, 1, 6)
	if p := field.Get[partnership.Person](w, 6); p == nil || p.Partner != 2 || p.Title != "Buyer" ||
		p.Department != "Finance" {
		t.Errorf("Fay is on file as %+v", p)
	}
	if s == nil || s.Capacity != value.Some[int64](2) || s.Length != shadowing.HalfDay || s.Wishes != "bids" {
		t.Errorf("Fay is signed up as %+v", s)
	}
	w.refused("event.signup", 1, &events.Line{}, failure.Invalid, "say who signs up")
}

// TestANameOnFileIsNobodyNew: whoever bears it in the city that is named is meant.
func TestANameOnFileIsNobodyNew(t *testing.T) {
	w := newFair(t)
	w.put(&partnership.Person{ID: 5, Name: "Eve", Partner: 2})
	w.must("event.signup", 1, &events.Line{Name: "eve", City: 2, Signup: shadowing.Signup{Role: shadowing.SignupVisit}})
	if shadowing.SignupOf(w, 1, 5) == nil || field.Get[partnership.Person](w, 6) != nil {
		t.Error("Eve, who is on file, was put on file anew")
	}
	w.must("event.signup", 1, &events.Line{Name: "Eve", City: 1, Signup: shadowing.Signup{Role: shadowing.SignupVisit}})
	if shadowing.SignupOf(w, 1, 6) == nil {
		t.Error("another Eve, of another city, is somebody new")
	}
	w.refused("event.signup", 1, &events.Line{Name: "Eve"}, failure.Invalid, "more than one on file is called Eve")
}

// TestNobodySignsUpForWhatIsOver, as little as its visits change then.
func TestNobodySignsUpForWhatIsOver(t *testing.T) {
	for _, state := range []shadowing.EventState{shadowing.EventHeld, shadowing.EventClosed} {
		w := newFair(t)
		e := w.event()
		e.State = state
		w.put(e)
		w.refused("event.signup", 1, &events.Line{Name: "Eve", City: 2}, failure.Invalid,
			"nobody signs up for it any more")
	}
}

func TestSynonymsAreSeededOnce(t *testing.T) {
	w := newFair(t)
	w.must("synonym.seed", 0, nil)
	if says := w.must("synonym.seed", 0, nil); !strings.HasPrefix(says, "0 synonyms added") {
		t.Error(says)
	}
}
