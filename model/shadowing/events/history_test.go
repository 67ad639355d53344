package events_test

import (
	"context"
	"testing"

	"interlocal/model/field"
	"interlocal/model/partnership"
	"interlocal/model/shadowing"
	"interlocal/model/shadowing/events"
	"interlocal/model/value"
)

// TestHistorySaysWhatWasDoneToWhom: the title of each act names the event or the
// people, whoever is no longer on file as somebody.
func TestHistorySaysWhatWasDoneToWhom(t *testing.T) {
	w := newFair(t)
	w.must("event.match", 1, nil)
	visit := uint64(w.match(ann, bea).ID)
	for _, c := range []struct {
		act  string
		id   uint64
		args any
		want string
	}{
		{"event.open", 1, nil, "Spring is open"}, {"event.close", 1, nil, "Spring is closed"},
		{"event.match", 1, nil, "make the matches of Spring"}, {"event.publish", 1, nil, "publish Spring"},
		{"event.repair", 1, &events.Repairing{}, "repair the matches of Spring"},
		{"event.tell", 1, &events.Told{}, "tell everybody again"},
		{"event.tell", 1, &events.Told{Person: cal}, "tell Cal again"},
		{"event.drop", 1, &events.Leaving{Person: ann}, "Ann drops out"},
		{"event.drop", 1, &events.Leaving{Person: 99}, "somebody no longer on file drops out"},
		{"event.signup", 1, &events.Line{Name: "Eve"}, "sign up Eve"},
		{"event.signup", 1, &events.Line{Signup: shadowing.Signup{Person: ann}}, "sign up Ann"},
		{"event.lock", 1, &events.Hand{Visitor: ann, Host: bea}, "lock: Ann visits Bea"},
		{"event.rule-out", 1, &events.Hand{Visitor: ann, Host: bea}, "rule out: Ann visits Bea"},
		{"event.swap", 1, &events.Hand{Visitor: ann, Host: bea, With: cal}, "swap: Ann and Cal"},
		{"match.confirm", visit, nil, "Ann visiting Bea is confirmed"},
		{"match.missed", visit, nil, "Ann visiting Bea did not take place"},
	} {
		a := events.Acts().Named(c.act)
		rec := w.Get(a.On, c.id)
		args := c.args
		if args == nil {
			args = a.NewArgs(w.view(), rec)
		}
		if got := a.HistoryTitle(w.view(), rec, args); got != c.want {
			t.Errorf("%s: %q, want %q", c.act, got, c.want)
		}
	}
	l := events.Acts().Named("event.signup").NewArgs(w.view(), w.event()).(*events.Line)
	if l.Role != shadowing.SignupVisit || l.Length != shadowing.EitherOfTwo {
		t.Errorf("a form begins with %+v", l)
	}
}

// TestVisitsThatLostSomebody: of the visits planned, those of which one withdrew or
// never signed up; what is off is no visit.
func TestVisitsThatLostSomebody(t *testing.T) {
	w := newFair(t)
	put := func(visitor, host partnership.PersonID, state shadowing.MatchState) {
		w.put(&shadowing.Match{Event: 1, Visitor: visitor, Host: host, Slots: w.event().HalfDays()[:1], State: state})
	}
	put(ann, bea, shadowing.MatchProposed)
	put(cal, dov, shadowing.MatchConfirmed)
	put(ann, dov, shadowing.MatchDropped)
	put(cal, 99, shadowing.MatchConfirmed)
	if planned, broken := events.Visits(w, 1); planned != 3 || broken != 1 {
		t.Errorf("%d planned, %d lost", planned, broken)
	}
	for _, who := range []partnership.PersonID{ann, bea} {
		w.must("event.drop", 1, &events.Leaving{Person: who})
	}
	if planned, broken := events.Visits(w, 1); planned != 3 || broken != 2 {
		t.Errorf("with both sides of one gone %d planned, %d lost", planned, broken)
	}
}

// TestHowLongMatchesAreLookedFor: as the event says, unless the one who asks says.
func TestHowLongMatchesAreLookedFor(t *testing.T) {
	w := newFair(t)
	e := w.event()
	e.Matching.Seconds = value.Some[int64](7)
	w.put(e)
	for _, c := range []struct {
		args *events.Matching
		want float64
	}{{&events.Matching{}, 7}, {&events.Matching{Seconds: value.Some[int64](2)}, 2}} {
		asked := 0.0
		ctx := field.WithMeans(context.Background(), field.Means{
			After: func(seconds float64) func() bool { asked = seconds; return func() bool { return false } }})
		if _, err := events.Acts().Named("event.match").Plan(ctx, w.view(), w.event(), c.args); err != nil {
			t.Fatal(err)
		}
		if asked != c.want {
			t.Errorf("%+v: looked for %v seconds, want %v", c.args, asked, c.want)
		}
	}
}

// TestSynonymsOfTheFileStay: what is on record is not put there again.
func TestSynonymsOfTheFileStay(t *testing.T) {
	w := newFair(t)
	w.must("synonym.seed", 0, nil)
	for s := range field.All[shadowing.Synonym](w) {
		w.Remove(s.KindName(), uint64(s.ID))
		break
	}
	if says := w.must("synonym.seed", 0, nil); says != "1 synonym added; edit them under Synonyms" {
		t.Error(says)
	}
}
