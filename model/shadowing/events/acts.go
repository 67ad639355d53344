package events

import (
	"cmp"
	"slices"

	"interlocal/model/failure"
	"interlocal/model/field"
	"interlocal/model/partnership"
	"interlocal/model/shadowing"
	"interlocal/model/shadowing/pairing"
)

// Acts lists what can be done with an event, its visits and what work is
// compared by.
func Acts() field.Acts {
	return slices.Concat(stepActs(), field.Acts{signupAct(), dropAct(), matchAct(), repairAct(), publishAct(),
		tellAct()},
		handActs(), visitActs(), field.Acts{seedAct()})
}

// onEvent is an act on an event.
type onEvent[A any] = field.ActOn[shadowing.Event, A]

// coordinates says why somebody does not plan events; nil when they do.
func coordinates(v field.Viewpoint) error {
	return failure.If(!v.By.All, failure.Forbidden,
		"the facilitator's coordinator makes the matches; you can read them here")
}

// mayPlan says why the visits of an event cannot be planned now.
func mayPlan(v field.Viewpoint, e *shadowing.Event) error {
	if err := coordinates(v); err != nil {
		return err
	}
	return failure.If(!e.Live(), failure.Invalid, e.Name+" is "+string(e.State)+"; its visits stay as they were")
}

// naming makes the history title of an act on an event.
func naming[A any](before, after string) func(field.Viewpoint, *shadowing.Event, *A) string {
	return func(_ field.Viewpoint, e *shadowing.Event, _ *A) string { return before + e.Name + after }
}

// stepActs take an event from one state to another.
func stepActs() field.Acts {
	return field.Acts{
		stepAct("event.open", "Open for sign-ups", "People may sign up for the event.", shadowing.EventOpen,
			shadowing.EventDraft, shadowing.EventMatched),
		stepAct("event.draft", "Back to draft", "Nobody signs up for the event as yet.", shadowing.EventDraft,
			shadowing.EventOpen),
		stepAct("event.hold", "It took place", "Every planned visit counts as held, except those recorded as missed.",
			shadowing.EventHeld, shadowing.EventPublished),
		stepAct("event.close", "Close", "The feedback is summed up on the event, where every partner reads it.",
			shadowing.EventClosed, shadowing.EventHeld),
		stepAct("event.reopen", "Open it again", "Feedback that came late can be entered; closing sums it up anew.",
			shadowing.EventHeld, shadowing.EventClosed),
	}
}

func stepAct(name, title, help string, to shadowing.EventState, from ...shadowing.EventState) *field.Act {
	return onEvent[field.NoArgs]{Name: name, Title: title, Help: help,
		May: func(_ field.Viewpoint, e *shadowing.Event) error {
			return failure.If(!slices.Contains(from, e.State), failure.Conflict,
				e.Name+" is "+string(e.State)+"; this step is taken from "+string(from[0]))
		},
		History: naming[field.NoArgs]("", " is "+string(to)),
		Do: func(w field.Writer, e *shadowing.Event, _ *field.NoArgs, _ any) (field.Result, error) {
			b, err := pairing.Load(w, e.ID)
			if err != nil {
				return field.Result{}, err
			}
			moved := *e
			moved.State = to
			c := pairing.Changes{Event: &moved}
			switch {
			case to == shadowing.EventHeld && e.State == shadowing.EventPublished:
				c = b.Held()
			case to == shadowing.EventClosed:
				c = b.Close(w)
			}
			return field.Done(e.Name + " is " + string(to) + "."), c.Apply(w)
		}}.Act()
}

// onVisits is an act on an event that changes its visits, which are judged.
func onVisits[A any](a onEvent[A]) *field.Act {
	a.Apart, a.Makes = true, shadowing.Match{}.KindName()
	if a.May == nil {
		a.May = mayPlan
	}
	return a.Act()
}

// Visits counts the visits planned at an event, and of those the ones of which
// somebody takes no part any more.
func Visits(r field.Reader, event shadowing.EventID) (planned, broken int) {
	for m := range field.Of[shadowing.Match](r, "event", event) {
		if !m.Planned() {
			continue
		}
		planned++
		for _, p := range []partnership.PersonID{m.Visitor, m.Host} {
			if s := shadowing.SignupOf(r, m.Event, p); s == nil || !s.Stands() {
				broken++
				break
			}
		}
	}
	return planned, broken
}

func publishAct() *field.Act {
	return onVisits(onEvent[field.NoArgs]{Name: "event.publish", Title: "Publish the matches",
		Effect: field.Final,
		Help:   "People are told of their visits; later changes are listed until they have been told again.",
		Words:  []string{"tell everybody of their visits"},
		May: func(v field.Viewpoint, e *shadowing.Event) error {
			if err := cmp.Or(mayPlan(v, e), failure.If(e.State == shadowing.EventPublished, failure.Invalid,
				e.Name+" is published already; whoever must be told again is listed")); err != nil {
				return err
			}
			for m := range field.Of[shadowing.Match](v, "event", e.ID) {
				if m.Planned() {
					return nil
				}
			}
			return failure.New(failure.Invalid, "there is nothing to publish: nobody visits anybody yet")
		},
		History: naming[field.NoArgs]("publish ", ""),
		Do: func(w field.Writer, e *shadowing.Event, _ *field.NoArgs, _ any) (field.Result, error) {
			b, err := pairing.Load(w, e.ID)
			if err != nil {
				return field.Result{}, err
			}
			return field.Done(e.Name + " is published."), b.Publish().Apply(w)
		}})
}

// Told is who has been told; 0 is everybody.
type Told struct{ Person partnership.PersonID }

func tellAct() *field.Act {
	return onVisits(onEvent[Told]{Name: "event.tell", Title: "Note who has been told",
		Help:  "Notes that somebody, or everybody when nobody is named, has been told of their visits as they are now.",
		Words: []string{"told again"},
		Args: []field.Field[Told]{field.Ref(1, "person", "Who",
			func(t *Told) *partnership.PersonID { return &t.Person }).
			Help("Who has been told; nobody named is everybody.")},
		Rest: "person",
		May: func(v field.Viewpoint, e *shadowing.Event) error {
			return cmp.Or(mayPlan(v, e), failure.If(e.State != shadowing.EventPublished, failure.Invalid,
				"nobody has been told yet: publish the matches first"))
		},
		History: func(v field.Viewpoint, _ *shadowing.Event, t *Told) string {
			if t.Person == 0 {
				return "tell everybody again"
			}
			return "tell " + nameOf(v, t.Person) + " again"
		},
		Do: func(w field.Writer, e *shadowing.Event, t *Told, _ any) (field.Result, error) {
			b, err := pairing.Load(w, e.ID)
			if err != nil {
				return field.Result{}, err
			}
			c, says := b.Publish(), "Everybody has been told again."
			if t.Person != 0 {
				c, says = b.Told(t.Person), nameOf(w, t.Person)+" has been told."
			}
			if c.Empty() {
				says = "Nothing was different."
			}
			return field.Done(says), c.Apply(w)
		}})
}

// visitActs are what can be done with one visit on record.
func visitActs() field.Acts {
	return field.Acts{
		visitAct("match.confirm", "Confirm", "Both sides have said yes to a visit.", "is confirmed",
			shadowing.MatchConfirmed,
			func(e *shadowing.Event, m *shadowing.Match) error { return inState(e, m, shadowing.MatchProposed) }),
		visitAct("match.unconfirm", "Take the yes back", "A visit that was confirmed is open again.",
			"is not confirmed",
			shadowing.MatchProposed,
			func(e *shadowing.Event, m *shadowing.Match) error { return inState(e, m, shadowing.MatchConfirmed) }),
		visitAct("match.missed", "Did not take place",
			"A visit did not take place. The two are not matched again at the event.", "did not take place",
			shadowing.MatchMissed, func(e *shadowing.Event, m *shadowing.Match) error {
				switch {
				case !e.Published():
					return failure.New(failure.Invalid, "before the event a visit is ruled out or somebody drops out")
				case !m.Live():
					return failure.New(failure.Invalid, "this visit is "+string(m.State)+" already")
				}
				return nil
			}),
	}
}

// inState asks that a visit of an event to come is in a state.
func inState(e *shadowing.Event, m *shadowing.Match, state shadowing.MatchState) error {
	switch {
	case !e.Live():
		return failure.New(failure.Invalid, e.Name+" is "+string(e.State)+"; its visits stay as they were")
	case m.State != state:
		return failure.New(failure.Invalid, "this visit is "+string(m.State)+", not "+string(state))
	}
	return nil
}

func visitAct(name, title, help, says string, to shadowing.MatchState,
	may func(*shadowing.Event, *shadowing.Match) error) *field.Act {
	return field.ActOn[shadowing.Match, field.NoArgs]{Name: name, Title: title, Help: help,
		May: func(v field.Viewpoint, m *shadowing.Match) error {
			if err := coordinates(v); err != nil {
				return err
			}
			e := field.Get(v, m.Event)
			if e == nil {
				return failure.New(failure.NotFound, "the event of this visit is no longer there")
			}
			return may(e, m)
		},
		History: func(v field.Viewpoint, m *shadowing.Match, _ *field.NoArgs) string {
			return visitText(v, m) + " " + says
		},
		Do: func(w field.Writer, m *shadowing.Match, _ *field.NoArgs, _ any) (field.Result, error) {
			return field.Becomes(w, m, visitText(w, m)+" "+says+".", func(m *shadowing.Match) {
				m.State, m.Locked = to, m.Locked && to != shadowing.MatchMissed
			})
		}}.Act()
}

// visitText says who visits whom: Dana Reyes visiting Jerome Pickett.
func visitText(r field.Reader, m *shadowing.Match) string {
	return nameOf(r, m.Visitor) + " visiting " + nameOf(r, m.Host)
}

// nameOf gives a person's name.
func nameOf(r field.Reader, id partnership.PersonID) string {
	if p := field.Get(r, id); p != nil {
		return p.Name
	}
	return "somebody no longer on file"
}
