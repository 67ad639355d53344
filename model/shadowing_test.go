package model

import (
	"slices"
	"testing"
)

// visitDay is the date of the event in these tests.
const visitDay = someDay + 20

func half(h Half) Slot { return SlotOn(visitDay, h) }

// shadowing gives two cities with a host and three visitors at an event of one
// day.
func shadowing(more ...any) *records {
	r := with()
	for _, rec := range append([]any{
		&Partner{ID: 1, Name: "Ash"}, &Partner{ID: 2, Name: "Birch"},
		&Person{ID: 1, Name: "Ann", Partner: 1}, &Person{ID: 2, Name: "Bea", Partner: 2}, &Person{ID: 3, Name: "Cal", Partner: 1},
		&Person{ID: 4, Name: "Dov", Partner: 2}, &Person{ID: 5, Name: "Eve", Partner: 2},
		&Event{ID: 1, Name: "Spring", Date: Some(visitDay), State: EventOpen}, &Event{ID: 2, Name: "Autumn", State: EventOpen},
		&Signup{ID: 1, Event: 1, Person: 1, Role: SignupBoth, State: SignupApproved},
		&Signup{ID: 2, Event: 1, Person: 2, Role: SignupBoth, State: SignupApproved},
		&Signup{ID: 3, Event: 1, Person: 3, Role: SignupVisit, State: SignupApproved, Available: []Slot{half(Morning)}},
		&Signup{ID: 4, Event: 1, Person: 4, Role: SignupHost, State: SignupApproved, Capacity: Some[int64](2)},
		&Signup{ID: 5, Event: 1, Person: 5, Role: SignupVisit, State: SignupWithdrawn},
	}, more...) {
		r.put(rec)
	}
	return r
}

func visit(visitor, host PersonID, slots ...Slot) *Match {
	return &Match{Event: 1, Visitor: visitor, Host: host, Slots: slots, State: MatchProposed}
}

func TestMatchRules(t *testing.T) {
	am, pm := half(Morning), half(Afternoon)
	in := func(state MatchState, m *Match) *Match { m.State = state; return m }
	checkAll(t, shadowing(), map[string]ruleCase{
		"a morning":           {visit(1, 2, am), nil},
		"a full day":          {visit(1, 2, am, pm), nil},
		"of one city":         {visit(1, 3, am), []string{"host: Ann and Cal are of the same city; a visit is to another one", "host: Cal did not sign up to host"}},
		"oneself":             {visit(1, 1, am), []string{"host: nobody visits themselves"}},
		"no slot":             {visit(1, 2), []string{"slots: When is needed"}},
		"no such slot":        {visit(1, 2, am+2), []string{"slots: " + (am + 2).Long() + " is not a half day of Spring"}},
		"three halves":        {visit(1, 2, am, pm, am+2), []string{"slots: " + (am + 2).Long() + " is not a half day of Spring"}},
		"not free":            {visit(3, 4, pm), []string{"slots: Cal cannot come on " + pm.Long()}},
		"withdrawn":           {visit(5, 1, am), []string{"visitor: Eve is not signed up for the event"}},
		"a host who visits":   {visit(4, 1, am), []string{"visitor: Dov did not sign up to visit"}},
		"held all the same":   {in(MatchHeld, visit(4, 1, am)), []string{"visitor? Dov did not sign up to visit"}},
		"no rules when off":   {in(MatchDropped, visit(5, 1, am)), nil},
		"a negative score":    {&Match{Event: 1, Visitor: 1, Host: 2, Slots: []Slot{am}, State: MatchProposed, Score: -1}, []string{"score: a score is not negative"}},
		"a made-up state":     {in("dreamt", visit(1, 2, am)), []string{"state: State holds a word that is not among its choices"}},
		"an event of no date": {&Match{Event: 2, Visitor: 1, Host: 2, Slots: []Slot{am}, State: MatchDropped}, nil},
	})
}

func TestMatchesKeepOutOfEachOthersWay(t *testing.T) {
	am, pm := half(Morning), half(Afternoon)
	taken := visit(1, 2, am)
	taken.ID = 7
	checkAll(t, shadowing(taken), map[string]ruleCase{
		"in two places":        {visit(1, 4, am), []string{"visitor: Ann visits somebody on " + am.Long() + " already"}},
		"in the afternoon":     {visit(1, 4, pm), nil},
		"the day shares it":    {visit(1, 4, am, pm), []string{"visitor: Ann visits somebody on " + am.Long() + " already"}},
		"hosting and visiting": {visit(2, 1, am), []string{"visitor: Bea has visitors on " + am.Long() + " already", "host: Ann visits somebody on " + am.Long() + " already"}},
		"a full host":          {visit(3, 2, am), []string{"host: Bea takes 1 at once, and " + am.Long() + " is full"}},
		"room for two":         {visit(3, 4, am), nil},
	})
	again := *taken
	if got := found(shadowing(taken), taken, &again); len(got) != 0 {
		t.Errorf("a match is in its own way: %q", got)
	}
}

func TestLockedMatchesStay(t *testing.T) {
	am, pm := half(Morning), half(Afternoon)
	locked := visit(1, 2, am)
	locked.ID, locked.Locked = 7, true
	for name, c := range map[string]struct {
		change func(*Match)
		want   []string
	}{
		"moved":          {func(m *Match) { m.Slots = []Slot{pm} }, []string{"locked: the match is locked; unlock it before changing it"}},
		"another host":   {func(m *Match) { m.Host = 4 }, []string{"locked: the match is locked; unlock it before changing it"}},
		"called off":     {func(m *Match) { m.State = MatchDropped }, []string{"locked: the match is locked; unlock it before changing it"}},
		"confirmed":      {func(m *Match) { m.State = MatchConfirmed }, nil},
		"held":           {func(m *Match) { m.State = MatchHeld }, nil},
		"opened to move": {func(m *Match) { m.Locked, m.Slots = false, []Slot{pm} }, nil},
	} {
		after := *locked
		after.Slots = slices.Clone(locked.Slots)
		c.change(&after)
		if got := found(shadowing(locked), locked, &after); !slices.Equal(got, c.want) {
			t.Errorf("%s: %q", name, got)
		}
	}
}

func TestThoseWhoAreNotToMeetAreNotMatched(t *testing.T) {
	am := half(Morning)
	r := shadowing()
	guest := *SignupOf(r, 1, 1)
	guest.Avoid = []PersonID{2}
	r.put(&guest)
	refused := []string{"host: Ann and Bea are not to be matched; ask the coordinator, or choose somebody else"}
	held, off := visit(1, 2, am), visit(1, 2, am)
	held.State, off.State = MatchHeld, MatchDropped
	checkAll(t, r, map[string]ruleCase{
		"planned":    {visit(1, 2, am), refused},
		"another":    {visit(1, 4, am), nil},
		"took place": {held, nil},
		"called off": {off, nil},
	})
	if got := found(r, off, visit(1, 2, am)); !slices.Equal(got, refused) {
		t.Errorf("brought back: %q", got)
	}
	confirmed := visit(1, 2, am)
	confirmed.State = MatchConfirmed
	if got := found(r, visit(1, 2, am), confirmed); len(got) != 0 {
		t.Errorf("planned before that was known: %q", got)
	}
}

func TestSignupRulesOfAnEvent(t *testing.T) {
	am := half(Morning)
	signup := func(change func(*Signup)) *Signup {
		s := &Signup{Event: 1, Person: 3, Role: SignupVisit, State: SignupReceived}
		change(s)
		return s
	}
	held := visit(1, 2, am)
	held.ID = 7
	checkAll(t, shadowing(held), map[string]ruleCase{
		"any time":           {signup(func(*Signup) {}), nil},
		"a morning":          {signup(func(s *Signup) { s.Available = []Slot{am} }), nil},
		"no such half day":   {signup(func(s *Signup) { s.Available = []Slot{am, am + 4} }), []string{"available: " + (am + 4).Long() + " is not a half day of Spring"}},
		"less than nobody":   {signup(func(s *Signup) { s.Capacity = Some[int64](-1) }), []string{"capacity: a host takes between 0 and 100 visitors at once"}},
		"asked for oneself":  {signup(func(s *Signup) { s.Wanted = []PersonID{3} }), []string{"wanted: nobody is matched with themselves"}},
		"asked for and not":  {signup(func(s *Signup) { s.Wanted, s.Avoid = []PersonID{2}, []PersonID{2} }), []string{"avoid: the same person is both asked for and ruled out"}},
		"withdraws a visit":  {&Signup{ID: 2, Event: 1, Person: 2, Role: SignupHost, State: SignupWithdrawn}, []string{"state? visits are planned with this person; repair the matches"}},
		"parted too late":    {&Signup{ID: 2, Event: 1, Person: 2, Role: SignupHost, State: SignupReceived, Avoid: []PersonID{1}}, []string{"avoid? a visit with Ann is planned; rule it out on the match board"}},
		"withdraws no visit": {&Signup{ID: 4, Event: 1, Person: 4, Role: SignupHost, State: SignupWithdrawn}, nil},
	})
}

func TestEventRules(t *testing.T) {
	event := func(change func(*Event)) *Event {
		e := &Event{Name: "Summer", Date: on(0), State: EventDraft}
		change(e)
		return e
	}
	checkAll(t, with(), map[string]ruleCase{
		"a day":              {event(func(*Event) {}), nil},
		"ends before":        {event(func(e *Event) { e.Until = on(-1) }), []string{"until: the last day is not before the first"}},
		"two months":         {event(func(e *Event) { e.Until = on(60) }), []string{"until: an event lasts 31 days at most"}},
		"a slot elsewhere":   {event(func(e *Event) { e.Slots = []Slot{SlotOn(someDay+1, Morning)} }), []string{"slots: " + SlotOn(someDay+1, Morning).Long() + " is not on a day of the event"}},
		"hours":              {event(func(e *Event) { e.Hours.MorningFrom = Some[Clock](13 * 60) }), []string{"morning_until: the morning ends after it begins"}},
		"an early afternoon": {event(func(e *Event) { e.Hours.AfternoonFrom = Some[Clock](11 * 60) }), []string{"afternoon_from: the afternoon begins when the morning is over"}},
		"no time":            {event(func(e *Event) { e.Matching.Seconds = Some[int64](0) }), []string{"seconds: the time to look is from 1 to 600 seconds"}},
		"a negative cap":     {event(func(e *Event) { e.Matching.AwayCap = Some[int64](-1) }), []string{"away_cap: the number away at once is from 0 to 1,000"}},
		"a negative weight":  {event(func(e *Event) { e.Weights.Title = Some[int64](-1) }), []string{"weight_title: a weight is from 0 to 1,000"}},
		"a made-up fairness": {event(func(e *Event) { e.Matching.Fairness = "mine" }), []string{"fairness: Fairness holds a word that is not among its choices"}},
	})
	taken := visit(1, 2, half(Morning))
	taken.ID = 7
	r := shadowing(taken)
	before := Get[Event](r, 1)
	after := *before
	after.Slots = []Slot{half(Afternoon)}
	if got := found(r, before, &after); !slices.Equal(got, []string{"slots: a visit is planned on " + half(Morning).Long() + "; move it before that half day is taken away"}) {
		t.Errorf("%q", got)
	}
}

func TestHalfDays(t *testing.T) {
	e := Event{Date: Some(visitDay), Until: Some(visitDay + 1)}
	if got := SlotsLong(e.HalfDays()); got != visitDay.time().Format("Mon Jan 2")+", full day; "+(visitDay+1).time().Format("Mon Jan 2")+", full day" {
		t.Errorf("%s", got)
	}
	e.Slots = []Slot{half(Afternoon), half(Morning), half(Afternoon)}
	if got := e.HalfDays(); !slices.Equal(got, []Slot{half(Morning), half(Afternoon)}) {
		t.Errorf("%v", got)
	}
	for text, want := range map[string]Slot{"2027-04-20 AM": SlotOn(Date(2027, 4, 20), Morning), "Apr 20, 2027 afternoon": SlotOn(Date(2027, 4, 20), Afternoon),
		"4/20/27 p.m.": SlotOn(Date(2027, 4, 20), Afternoon)} {
		if got, err := ParseSlot(text, someDay); err != nil || got != want {
			t.Errorf("%s: %v %v", text, got, err)
		}
	}
	for _, bad := range []string{"", "AM", "2027-04-20", "2027-04-20 noon", "soon AM"} {
		if _, err := ParseSlot(bad, someDay); err == nil {
			t.Errorf("%q is taken for half a day", bad)
		}
	}
	if s := SlotOn(Date(1969, 12, 31), Afternoon); s.Day() != Date(1969, 12, 31) || s.Half() != Afternoon {
		t.Errorf("before 1970: %v %v", s.Day(), s.Half())
	}
}

func TestFeedbackIsSummedOnlyWhenThereIsEnough(t *testing.T) {
	r := shadowing()
	add := func(n int, f Feedback) {
		f.ID, f.Event = FeedbackID(n), 1
		r.put(&f)
	}
	for n := range 4 {
		add(n+1, Feedback{Useful: Some[int64](5), Again: Some[int64](4)})
	}
	if s := SumFeedback(r, 1); s != (FeedbackSum{}) {
		t.Errorf("four sheets give %+v", s)
	}
	add(5, Feedback{Useful: Some[int64](4)})
	add(6, Feedback{})
	if s := SumFeedback(r, 1); s.Sheets != Some[int64](5) || s.Useful != Some[Tenths](48) || s.Again.Set || s.Similar.Set {
		t.Errorf("five sheets, one without a grade: %+v", s)
	}
	checkAll(t, r, map[string]ruleCase{
		"a six":         {&Feedback{Event: 1, Useful: Some[int64](6)}, []string{"useful: a grade is from 1 (no) to 5 (very much)"}},
		"a zero":        {&Feedback{Event: 1, Again: Some[int64](0)}, []string{"again: a grade is from 1 (no) to 5 (very much)"}},
		"words alone":   {&Feedback{Event: 1, Learned: "a lot"}, nil},
		"four words":    {&Synonym{Short: "a b c d", Long: "e"}, []string{"short: an abbreviation has three words at most"}},
		"itself":        {&Synonym{Short: "GIS", Long: "gis"}, []string{"long: the words and what they are read as are the same"}},
		"more than all": {&Proof{Event: 1, Value: Some[int64](2), Bound: Some[int64](1)}, []string{"bound: the value of the matches is not above what is possible"}},
	})
}
