package shadowing_test

import (
	"slices"
	"testing"

	"interlocal/model"
	"interlocal/model/field"
	"interlocal/model/field/fieldtest"
	"interlocal/model/partnership"
	"interlocal/model/shadowing"
	"interlocal/model/value"
)

// visitDay is the date of the event in these tests.
const visitDay = fieldtest.Saturday + 20

func half(h value.Half) value.Slot { return value.SlotOn(visitDay, h) }

// shadowDay gives two cities with a host and three visitors at an event of one
// day.
func shadowDay(more ...any) *fieldtest.Memory {
	r := fieldtest.With(model.NewSchema())
	for _, rec := range append([]any{
		&partnership.Partner{ID: 1, Name: "Ash"}, &partnership.Partner{ID: 2, Name: "Birch"},
		&partnership.Person{ID: 1, Name: "Ann", Partner: 1}, &partnership.Person{ID: 2, Name: "Bea", Partner: 2},
		&partnership.Person{ID: 3, Name: "Cal", Partner: 1},
		&partnership.Person{ID: 4, Name: "Dov", Partner: 2}, &partnership.Person{ID: 5, Name: "Eve", Partner: 2},
		&shadowing.Event{ID: 1, Name: "Spring", Date: value.Some(visitDay), State: shadowing.EventOpen},
		&shadowing.Event{ID: 2, Name: "Autumn", State: shadowing.EventOpen},
		&shadowing.Signup{ID: 1, Event: 1, Person: 1, Role: shadowing.SignupBoth, State: shadowing.SignupApproved},
		&shadowing.Signup{ID: 2, Event: 1, Person: 2, Role: shadowing.SignupBoth, State: shadowing.SignupApproved},
		&shadowing.Signup{ID: 3, Event: 1, Person: 3, Role: shadowing.SignupVisit, State: shadowing.SignupApproved,
			Available: []value.Slot{half(value.Morning)}},
		&shadowing.Signup{ID: 4, Event: 1, Person: 4, Role: shadowing.SignupHost, State: shadowing.SignupApproved,
			Capacity: value.Some[int64](2)},
		&shadowing.Signup{ID: 5, Event: 1, Person: 5, Role: shadowing.SignupVisit, State: shadowing.SignupWithdrawn},
	}, more...) {
		r.Add(rec)
	}
	return r
}

func visit(visitor, host partnership.PersonID, slots ...value.Slot) *shadowing.Match {
	return &shadowing.Match{Event: 1, Visitor: visitor, Host: host, Slots: slots, State: shadowing.MatchProposed}
}

func TestMatchRules(t *testing.T) {
	am, pm := half(value.Morning), half(value.Afternoon)
	in := func(state shadowing.MatchState, m *shadowing.Match) *shadowing.Match { m.State = state; return m }
	fieldtest.CheckAll(t, shadowDay(), map[string]fieldtest.Rule{
		"a morning":  {visit(1, 2, am), nil},
		"a full day": {visit(1, 2, am, pm), nil},
		"of one city": {visit(1, 3, am), []string{"host: Ann and Cal are of the same city; a visit is to " +
			"another one", "host: Cal did not sign up to host"}},
		"oneself": {visit(1, 1, am), []string{"host: nobody visits themselves"}},
		"no slot": {visit(1, 2), []string{"slots: When is needed"}},
		"no such slot": {visit(1, 2, am+2),
			[]string{"slots: " + (am + 2).Long() + " is not a half day of Spring"}},
		"three halves": {visit(1, 2, am, pm, am+2), []string{"slots: " + (am + 2).Long() + " is not a half " +
			"day of Spring"}},
		"not free":          {visit(3, 4, pm), []string{"slots: Cal cannot come on " + pm.Long()}},
		"withdrawn":         {visit(5, 1, am), []string{"visitor: Eve is not signed up for the event"}},
		"a host who visits": {visit(4, 1, am), []string{"visitor: Dov did not sign up to visit"}},
		"held all the same": {in(shadowing.MatchHeld, visit(4, 1, am)),
			[]string{"visitor? Dov did not sign up to visit"}},
		"no rules when off": {in(shadowing.MatchDropped, visit(5, 1, am)), nil},
		"a negative score": {&shadowing.Match{Event: 1, Visitor: 1, Host: 2, Slots: []value.Slot{am},
			State: shadowing.MatchProposed, Score: -1}, []string{"score: a score is not negative"}},
		"a made-up state": {in("dreamt", visit(1, 2, am)), []string{"state: State holds a word that is not among " +
			"its choices"}},
		"an event of no date": {&shadowing.Match{Event: 2, Visitor: 1, Host: 2, Slots: []value.Slot{am},
			State: shadowing.MatchDropped}, nil},
	})
}

func TestMatchesKeepOutOfEachOthersWay(t *testing.T) {
	am, pm := half(value.Morning), half(value.Afternoon)
	taken := visit(1, 2, am)
	taken.ID = 7
	fieldtest.CheckAll(t, shadowDay(taken), map[string]fieldtest.Rule{
		"in two places": {visit(1, 4, am),
			[]string{"visitor: Ann visits somebody on " + am.Long() + " already"}},
		"in the afternoon": {visit(1, 4, pm), nil},
		"the day shares it": {visit(1, 4, am, pm),
			[]string{"visitor: Ann visits somebody on " + am.Long() + " already"}},
		"hosting and visiting": {visit(2, 1, am), []string{"visitor: Bea has visitors on " + am.Long() + " already",
			"host: Ann visits somebody on " + am.Long() + " already"}},
		"a full host":  {visit(3, 2, am), []string{"host: Bea takes 1 at once, and " + am.Long() + " is full"}},
		"room for two": {visit(3, 4, am), nil},
	})
	again := *taken
	if got := fieldtest.Found(shadowDay(taken), taken, &again); len(got) != 0 {
		t.Errorf("a match is in its own way: %q", got)
	}
}

func TestLockedMatchesStay(t *testing.T) {
	am, pm := half(value.Morning), half(value.Afternoon)
	locked := visit(1, 2, am)
	locked.ID, locked.Locked = 7, true
	for name, c := range map[string]struct {
		change func(*shadowing.Match)
		want   []string
	}{
		"moved": {func(m *shadowing.Match) { m.Slots = []value.Slot{pm} }, []string{"locked: the match is " +
			"locked; unlock it before changing it"}},
		"another host": {func(m *shadowing.Match) { m.Host = 4 }, []string{"locked: the match is locked; unlock it " +
			"before changing it"}},
		"called off": {func(m *shadowing.Match) { m.State = shadowing.MatchDropped },
			[]string{"locked: the match is locked; unlock it before changing it"}},
		"confirmed":      {func(m *shadowing.Match) { m.State = shadowing.MatchConfirmed }, nil},
		"held":           {func(m *shadowing.Match) { m.State = shadowing.MatchHeld }, nil},
		"opened to move": {func(m *shadowing.Match) { m.Locked, m.Slots = false, []value.Slot{pm} }, nil},
	} {
		after := *locked
		after.Slots = slices.Clone(locked.Slots)
		c.change(&after)
		if got := fieldtest.Found(shadowDay(locked), locked, &after); !slices.Equal(got, c.want) {
			t.Errorf("%s: %q", name, got)
		}
	}
}

func TestThoseWhoAreNotToMeetAreNotMatched(t *testing.T) {
	am := half(value.Morning)
	r := shadowDay()
	guest := *shadowing.SignupOf(r, 1, 1)
	guest.Avoid = []partnership.PersonID{2}
	r.Add(&guest)
	refused := []string{"host: Ann and Bea are not to be matched; ask the coordinator, or choose somebody else"}
	held, off := visit(1, 2, am), visit(1, 2, am)
	held.State, off.State = shadowing.MatchHeld, shadowing.MatchDropped
	fieldtest.CheckAll(t, r, map[string]fieldtest.Rule{
		"planned":    {visit(1, 2, am), refused},
		"another":    {visit(1, 4, am), nil},
		"took place": {held, nil},
		"called off": {off, nil},
	})
	if got := fieldtest.Found(r, off, visit(1, 2, am)); !slices.Equal(got, refused) {
		t.Errorf("brought back: %q", got)
	}
	confirmed := visit(1, 2, am)
	confirmed.State = shadowing.MatchConfirmed
	if got := fieldtest.Found(r, visit(1, 2, am), confirmed); len(got) != 0 {
		t.Errorf("planned before that was known: %q", got)
	}
}

func TestSignupRulesOfAnEvent(t *testing.T) {
	am := half(value.Morning)
	signup := func(change func(*shadowing.Signup)) *shadowing.Signup {
		s := &shadowing.Signup{Event: 1, Person: 3, Role: shadowing.SignupVisit, State: shadowing.SignupReceived}
		change(s)
		return s
	}
	held := visit(1, 2, am)
	held.ID = 7
	fieldtest.CheckAll(t, shadowDay(held), map[string]fieldtest.Rule{
		"any time":  {signup(func(*shadowing.Signup) {}), nil},
		"a morning": {signup(func(s *shadowing.Signup) { s.Available = []value.Slot{am} }), nil},
		"no such half day": {signup(func(s *shadowing.Signup) { s.Available = []value.Slot{am, am + 4} }),
			[]string{"available: " + (am + 4).Long() + " is not a half day of Spring"}},
		"less than nobody": {signup(func(s *shadowing.Signup) { s.Capacity = value.Some[int64](-1) }),
			[]string{"capacity: a host takes between 0 and 100 visitors at once"}},
		"asked for oneself": {signup(func(s *shadowing.Signup) { s.Wanted = []partnership.PersonID{3} }),
			[]string{"wanted: nobody is matched with themselves"}},
		"asked for and not": {signup(func(s *shadowing.Signup) {
			s.Wanted, s.Avoid = []partnership.PersonID{2}, []partnership.PersonID{2}
		}), []string{"avoid: the same person is both asked for and ruled out"}},
		"withdraws a visit": {&shadowing.Signup{ID: 2, Event: 1, Person: 2, Role: shadowing.SignupHost,
			State: shadowing.SignupWithdrawn},
			[]string{"state? visits are planned with this person; repair the matches"}},
		"parted too late": {&shadowing.Signup{ID: 2, Event: 1, Person: 2, Role: shadowing.SignupHost,
			State: shadowing.SignupReceived, Avoid: []partnership.PersonID{1}}, []string{"avoid? a visit with Ann is " +
			"planned; rule it out on the match board"}},
		"withdraws no visit": {&shadowing.Signup{ID: 4, Event: 1, Person: 4, Role: shadowing.SignupHost,
			State: shadowing.SignupWithdrawn}, nil},
	})
}

func TestEventRules(t *testing.T) {
	event := func(change func(*shadowing.Event)) *shadowing.Event {
		e := &shadowing.Event{Name: "Summer", Date: fieldtest.On(0), State: shadowing.EventDraft}
		change(e)
		return e
	}
	fieldtest.CheckAll(t, fieldtest.With(model.NewSchema()), map[string]fieldtest.Rule{
		"a day": {event(func(*shadowing.Event) {}), nil},
		"ends before": {event(func(e *shadowing.Event) { e.Until = fieldtest.On(-1) }),
			[]string{"until: the last day is not before the first"}},
		"two months": {event(func(e *shadowing.Event) { e.Until = fieldtest.On(60) }),
			[]string{"until: an event lasts 31 days at most"}},
		"a slot elsewhere": {event(func(e *shadowing.Event) {
			e.Slots = []value.Slot{value.SlotOn(fieldtest.Saturday+1, value.Morning)}
		}), []string{"slots: " + value.SlotOn(fieldtest.Saturday+1, value.Morning).Long() +
			" is not on a day of the event"}},
		"hours": {event(func(e *shadowing.Event) {
			e.Hours.MorningFrom = value.Some[value.Clock](13 * 60)
		}), []string{"morning_until: the morning ends after it begins"}},
		"an early afternoon": {event(func(e *shadowing.Event) {
			e.Hours.AfternoonFrom = value.Some[value.Clock](11 * 60)
		}), []string{"afternoon_from: the afternoon begins when the morning is over"}},
		"no time": {event(func(e *shadowing.Event) { e.Matching.Seconds = value.Some[int64](0) }),
			[]string{"seconds: the time to look is from 1 to 600 seconds"}},
		"a negative cap": {event(func(e *shadowing.Event) { e.Matching.AwayCap = value.Some[int64](-1) }),
			[]string{"away_cap: the number away at once is from 0 to 1,000"}},
		"a negative weight": {event(func(e *shadowing.Event) { e.Weights.Title = value.Some[int64](-1) }),
			[]string{"weight_title: a weight is from 0 to 1,000"}},
		"a made-up fairness": {event(func(e *shadowing.Event) { e.Matching.Fairness = "mine" }),
			[]string{"fairness: Fairness holds a word that is not among its choices"}},
	})
	taken := visit(1, 2, half(value.Morning))
	taken.ID = 7
	r := shadowDay(taken)
	before := field.Get[shadowing.Event](r, 1)
	after := *before
	after.Slots = []value.Slot{half(value.Afternoon)}
	if got := fieldtest.Found(r, before, &after); !slices.Equal(got, []string{"slots: a visit is planned on " +
		half(value.Morning).Long() + "; move it before that half day is taken away"}) {
		t.Errorf("%q", got)
	}
}

func TestHalfDays(t *testing.T) {
	e := shadowing.Event{Date: value.Some(visitDay), Until: value.Some(visitDay + 1)}
	if got := shadowing.SlotsLong(e.HalfDays()); got != visitDay.Time().Format("Mon Jan 2")+", full day; "+
		(visitDay+1).Time().Format("Mon Jan 2")+", full day" {
		t.Errorf("%s", got)
	}
	e.Slots = []value.Slot{half(value.Afternoon), half(value.Morning), half(value.Afternoon)}
	if got := e.HalfDays(); !slices.Equal(got, []value.Slot{half(value.Morning), half(value.Afternoon)}) {
		t.Errorf("%v", got)
	}
	for text, want := range map[string]value.Slot{"2027-04-20 AM": value.SlotOn(value.Date(2027, 4, 20), value.Morning),
		"Apr 20, 2027 afternoon": value.SlotOn(value.Date(2027, 4, 20), value.Afternoon),
		"4/20/27 p.m.":           value.SlotOn(value.Date(2027, 4, 20), value.Afternoon)} {
		if got, err := value.ParseSlot(text, fieldtest.Saturday); err != nil || got != want {
			t.Errorf("%s: %v %v", text, got, err)
		}
	}
	for _, bad := range []string{"", "AM", "2027-04-20", "2027-04-20 noon", "soon AM"} {
		if _, err := value.ParseSlot(bad, fieldtest.Saturday); err == nil {
			t.Errorf("%q is taken for half a day", bad)
		}
	}
	if s := value.SlotOn(value.Date(1969, 12, 31), value.Afternoon); s.Day() != value.Date(1969, 12, 31) ||
		s.Half() != value.Afternoon {
		t.Errorf("before 1970: %v %v", s.Day(), s.Half())
	}
}

func TestFeedbackIsSummedOnlyWhenThereIsEnough(t *testing.T) {
	r := shadowDay()
	add := func(n int, f shadowing.Feedback) {
		f.ID, f.Event = shadowing.FeedbackID(n), 1
		r.Add(&f)
	}
	for n := range 4 {
		add(n+1, shadowing.Feedback{Useful: value.Some[int64](5), Again: value.Some[int64](4)})
	}
	if s := shadowing.SumFeedback(r, 1); s != (shadowing.FeedbackSum{}) {
		t.Errorf("four sheets give %+v", s)
	}
	add(5, shadowing.Feedback{Useful: value.Some[int64](4)})
	add(6, shadowing.Feedback{})
	if s := shadowing.SumFeedback(r, 1); s.Sheets != value.Some[int64](5) || s.Useful != value.Some[value.Tenths](48) ||
		s.Again.Set || s.Similar.Set {
		t.Errorf("five sheets, one without a grade: %+v", s)
	}
	fieldtest.CheckAll(t, r, map[string]fieldtest.Rule{
		"a six": {&shadowing.Feedback{Event: 1, Useful: value.Some[int64](6)},
			[]string{"useful: a grade is from 1 (no) to 5 (very much)"}},
		"a zero": {&shadowing.Feedback{Event: 1, Again: value.Some[int64](0)},
			[]string{"again: a grade is from 1 (no) to 5 (very much)"}},
		"words alone": {&shadowing.Feedback{Event: 1, Learned: "a lot"}, nil},
		"four words": {&shadowing.Synonym{Short: "a b c d", Long: "e"}, []string{"short: an abbreviation has " +
			"three words at most"}},
		"itself": {&shadowing.Synonym{Short: "GIS", Long: "gis"}, []string{"long: the words and what they are " +
			"read as are the same"}},
		"more than all": {&shadowing.Proof{Event: 1, Value: value.Some[int64](2), Bound: value.Some[int64](1)},
			[]string{"bound: the value of the matches is not above what is possible"}},
	})
}

// TestBoundsOfAnEvent: its days and the visitors of a host.
func TestBoundsOfAnEvent(t *testing.T) {
	at := fieldtest.On
	fieldtest.CheckAll(t, fieldtest.With(model.NewSchema()), map[string]fieldtest.Rule{
		"event backwards": {&shadowing.Event{Name: "E", State: shadowing.EventOpen, Date: at(0), Until: at(-1)},
			[]string{"until: the last day is not before the first"}},
		"event of one day": {&shadowing.Event{Name: "E", State: shadowing.EventOpen, Date: at(0), Until: at(0)}, nil},
		"crowded host": {&shadowing.Signup{Event: 1, Person: 1, Role: shadowing.SignupHost,
			State: shadowing.SignupReceived, Capacity: value.Some[int64](101)}, []string{"capacity: a host takes " +
			"between 0 and 100 visitors at once"}},
	})
}
