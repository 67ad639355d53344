package shadowing_test

import (
	"slices"
	"strings"
	"testing"

	"interlocal/model"
	"interlocal/model/field"
	"interlocal/model/field/fieldtest"
	"interlocal/model/partnership"
	"interlocal/model/shadowing"
	"interlocal/model/value"
)

// marks lists the fields of which the rules say something, warnings by a mark.
func marks(r field.Reader, before, after any) string {
	var out []string
	for _, said := range fieldtest.Found(r, before, after) {
		mark, _, _ := strings.Cut(said, " ")
		out = append(out, mark)
	}
	return strings.Join(out, " ")
}

// TestBoundsOfSettings: each number of an event within its limits, at both ends.
func TestBoundsOfSettings(t *testing.T) {
	r := fieldtest.With(model.NewSchema())
	for name, c := range map[string]struct {
		of        func(e *shadowing.Event) *value.Opt[int64]
		low, high int64
	}{
		"seconds":           {func(e *shadowing.Event) *value.Opt[int64] { return &e.Matching.Seconds }, 1, 600},
		"seed":              {func(e *shadowing.Event) *value.Opt[int64] { return &e.Matching.Seed }, 0, 1 << 31},
		"away_cap":          {func(e *shadowing.Event) *value.Opt[int64] { return &e.Matching.AwayCap }, 0, 1000},
		"visits":            {func(e *shadowing.Event) *value.Opt[int64] { return &e.Matching.Visits }, 1, 62},
		"min_score":         {func(e *shadowing.Event) *value.Opt[int64] { return &e.Matching.MinScore }, 0, 5000},
		"wish_points":       {func(e *shadowing.Event) *value.Opt[int64] { return &e.Matching.WishPoints }, 0, 5000},
		"fair_points":       {func(e *shadowing.Event) *value.Opt[int64] { return &e.Matching.FairPoints }, 0, 5000},
		"weight_duties":     {func(e *shadowing.Event) *value.Opt[int64] { return &e.Weights.Duties }, 0, 1000},
		"weight_department": {func(e *shadowing.Event) *value.Opt[int64] { return &e.Weights.Department }, 0, 1000},
	} {
		for n, want := range map[int64]string{c.low - 1: name + ":", c.low: "", c.high: "", c.high + 1: name + ":"} {
			e := &shadowing.Event{Name: "Summer", Date: fieldtest.On(0), State: shadowing.EventDraft}
			*c.of(e) = value.Some(n)
			if got := marks(r, nil, e); got != want {
				t.Errorf("%s of %d: %q, want %q", name, n, got, want)
			}
		}
	}
}

// TestBoundsOfDays: what an event, a visit, a sign-up and a sheet may say of days,
// seats and grades, at each bound.
func TestBoundsOfDays(t *testing.T) {
	am, pm := half(value.Morning), half(value.Afternoon)
	event := func(set func(*shadowing.Event)) *shadowing.Event {
		e := &shadowing.Event{Name: "Summer", Date: fieldtest.On(0), State: shadowing.EventDraft}
		set(e)
		return e
	}
	clock := func(h int) value.Opt[value.Clock] { return value.Some(value.Clock(h * 60)) }
	signup := func(set func(*shadowing.Signup)) *shadowing.Signup {
		s := &shadowing.Signup{Event: 1, Person: 3, Role: shadowing.SignupVisit, State: shadowing.SignupReceived}
		set(s)
		return s
	}
	two := &shadowing.Event{ID: 3, Name: "Two days", Date: value.Some(visitDay), Until: value.Some(visitDay + 1),
		State: shadowing.EventOpen}
	on := func(slots ...value.Slot) *shadowing.Match {
		return &shadowing.Match{Event: 3, Visitor: 1, Host: 2, Slots: slots, State: shadowing.MatchProposed}
	}
	r := shadowDay(two, &shadowing.Signup{ID: 11, Event: 3, Person: 1, Role: shadowing.SignupVisit},
		&shadowing.Signup{ID: 12, Event: 3, Person: 2, Role: shadowing.SignupHost})
	next := value.SlotOn(visitDay+1, value.Morning)
	for _, c := range []struct {
		name string
		rec  any
		want string
	}{
		{"a last day without a first", event(func(e *shadowing.Event) { e.Date.Set, e.Until = false, fieldtest.On(0) }),
			"until:"},
		{"31 days", event(func(e *shadowing.Event) { e.Until = fieldtest.On(30) }), ""},
		{"32 days", event(func(e *shadowing.Event) { e.Until = fieldtest.On(31) }), "until:"},
		{"a half day before", event(func(e *shadowing.Event) {
			e.Slots = []value.Slot{value.SlotOn(fieldtest.Saturday-1, value.Afternoon)}
		}), "slots:"},
		{"a half day of its own",
			event(func(e *shadowing.Event) {
				e.Slots = []value.Slot{value.SlotOn(fieldtest.Saturday, value.Afternoon)}
			}), ""},
		{"a half day of no date", event(func(e *shadowing.Event) { e.Date.Set, e.Slots = false, []value.Slot{am} }),
			""},
		{"a morning of no length",
			event(func(e *shadowing.Event) { e.Hours.MorningFrom, e.Hours.MorningUntil = clock(9), clock(9) }),
			"morning_until:"},
		{"an afternoon of no length", event(func(e *shadowing.Event) { e.Hours.AfternoonUntil = clock(13) }),
			"afternoon_until:"},
		{"an afternoon that follows at once", event(func(e *shadowing.Event) { e.Hours.AfternoonFrom = clock(12) }),
			""},
		{"both halves of a date", on(am, pm), ""},
		{"halves of two dates", on(pm, next), "slots:"},
		{"three halves", on(am, pm, next), "slots:"},
		{"a score of nothing", &shadowing.Match{Event: 3, Visitor: 1, Host: 2, Slots: []value.Slot{am},
			State: shadowing.MatchProposed, Score: 0}, ""},
		{"no seats", signup(func(s *shadowing.Signup) { s.Capacity = value.Some[int64](0) }), ""},
		{"a hundred seats", signup(func(s *shadowing.Signup) { s.Capacity = value.Some[int64](100) }), ""},
		{"a seat more", signup(func(s *shadowing.Signup) { s.Capacity = value.Some[int64](101) }), "capacity:"},
		{"the lowest grade", &shadowing.Feedback{Event: 1, Useful: value.Some[int64](1), Similar: value.Some[int64](5)},
			""},
		{"of another event's visit", &shadowing.Feedback{Event: 2, Match: 9}, ""},
		{"three words", &shadowing.Synonym{Short: "a b c", Long: "e"}, ""},
		{"as good as can be", &shadowing.Proof{Event: 1, Value: value.Some[int64](2), Bound: value.Some[int64](2)}, ""},
		{"of no value", &shadowing.Proof{Event: 1, Bound: value.Some[int64](-2)}, ""},
	} {
		if got := marks(r, nil, c.rec); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
	r.Add(&shadowing.Match{ID: 9, Event: 1, Visitor: 1, Host: 2, Slots: []value.Slot{am}, State: shadowing.MatchHeld})
	if got := marks(r, nil, &shadowing.Feedback{Event: 2, Match: 9}); got != "match:" {
		t.Errorf("a sheet on another event's visit: %q", got)
	}
	if got := marks(r, nil, &shadowing.Feedback{Event: 1, Match: 9}); got != "" {
		t.Errorf("a sheet on its event's visit: %q", got)
	}
}

// TestRolesAndSeats: who visits and hosts, and how many a host takes at once.
func TestRolesAndSeats(t *testing.T) {
	for _, c := range []struct {
		role          shadowing.SignupRole
		seats         value.Opt[int64]
		visits, hosts bool
		takes         int64
	}{
		{shadowing.SignupVisit, value.Some[int64](3), true, false, 0},
		{shadowing.SignupHost, value.Some[int64](3), false, true, 3},
		{shadowing.SignupHost, value.Opt[int64]{}, false, true, 1}, {shadowing.SignupBoth, value.Some[int64](0), true,
			true, 0},
	} {
		s := &shadowing.Signup{Role: c.role, Capacity: c.seats}
		if s.Visits() != c.visits || s.Hosts() != c.hosts || s.Seats() != c.takes {
			t.Errorf("%s with %v: %v %v %d", c.role, c.seats, s.Visits(), s.Hosts(), s.Seats())
		}
	}
	r := shadowDay()
	if shadowing.SignupOf(r, 1, 0) != nil || shadowing.SignupOf(r, 2, 1) != nil || shadowing.SignupOf(r, 1, 1) == nil {
		t.Error("a sign-up is of a person for an event")
	}
	k := r.Schema().Kind("signups")
	if got := k.Parties(r, shadowing.SignupOf(r, 1, 2)); !slices.Equal(got, []field.Party{2}) {
		t.Errorf("a sign-up is of %v", got)
	}
	m := r.Schema().Kind("matches")
	if got := m.Parties(r, visit(1, 2)); !slices.Equal(got, []field.Party{1, 2}) {
		t.Errorf("a visit is of %v", got)
	}
	if got := m.Parties(r, visit(1, 3)); !slices.Equal(got, []field.Party{1}) {
		t.Errorf("a visit within a city is of %v", got)
	}
	if all, open := shadowing.Approvals(r, 1); all != 4 || open != 0 {
		t.Errorf("%d of %d are not approved", open, all)
	}
	for state, want := range map[shadowing.MatchState]string{shadowing.MatchProposed: "planned live",
		shadowing.MatchConfirmed: "planned live met", shadowing.MatchHeld: "live met",
		shadowing.MatchMissed: "", shadowing.MatchDropped: "", shadowing.MatchDeclined: ""} {
		m := &shadowing.Match{State: state}
		if m.Planned() != strings.Contains(want, "planned") || m.Live() != strings.Contains(want, "live") ||
			m.Met() != strings.Contains(want, "met") {
			t.Errorf("%s: want %q", state, want)
		}
	}
	if !visit(1, 2, half(value.Morning), half(value.Afternoon)).Full() || visit(1, 2, half(value.Morning)).Full() {
		t.Error("both halves of a date are a full day")
	}
}

// TestHowVisitsStand: who has none, which were lost, and who is to be told.
func TestHowVisitsStand(t *testing.T) {
	am := half(value.Morning)
	as := func(m *shadowing.Match, state shadowing.MatchState, visitor, host []value.Slot) *shadowing.Match {
		m.State, m.ToldVisitor, m.ToldHost = state, visitor, host
		return m
	}
	told := []value.Slot{am}
	for name, c := range map[string]struct {
		matches []any
		want    shadowing.Visiting
	}{
		"nobody yet": {nil, shadowing.Visiting{Visitors: 3, Without: 3}},
		"planned":    {[]any{visit(1, 2, am)}, shadowing.Visiting{Visitors: 3, Without: 2, Matches: 1, Untold: 2}},
		"told": {[]any{as(visit(1, 2, am), shadowing.MatchConfirmed, told, told)},
			shadowing.Visiting{Visitors: 3, Without: 2, Matches: 1}},
		"one told": {[]any{as(visit(1, 2, am), shadowing.MatchConfirmed, told, nil)},
			shadowing.Visiting{Visitors: 3, Without: 2, Matches: 1, Untold: 1}},
		"called off": {[]any{as(visit(1, 2, am), shadowing.MatchDropped, told, told)},
			shadowing.Visiting{Visitors: 3, Without: 3, Untold: 2}},
		"never told of": {[]any{as(visit(1, 2, am), shadowing.MatchDropped, nil, nil)},
			shadowing.Visiting{Visitors: 3, Without: 3}},
		"held": {[]any{as(visit(1, 2, am), shadowing.MatchHeld, nil, nil)},
			shadowing.Visiting{Visitors: 3, Without: 2, Held: 1}},
		"missed": {[]any{as(visit(1, 2, am), shadowing.MatchMissed, nil, told)},
			shadowing.Visiting{Visitors: 3, Without: 3}},
		"lost": {[]any{as(visit(1, 5, am), shadowing.MatchConfirmed, told, told)},
			shadowing.Visiting{Visitors: 3, Without: 3, Matches: 1, Lost: 1}},
	} {
		if got := shadowing.VisitingOf(shadowDay(c.matches...), 1); got != c.want {
			t.Errorf("%s: %+v, want %+v", name, got, c.want)
		}
	}
}

// TestWhatIsDueOfAnEvent: what keeps it from being ready, and what is to be recorded
// when it is over.
func TestWhatIsDueOfAnEvent(t *testing.T) {
	am := half(value.Morning)
	held := visit(1, 2, am)
	held.State = shadowing.MatchHeld
	open := &shadowing.Signup{ID: 9, Event: 1, Person: 6, Role: shadowing.SignupHost, State: shadowing.SignupReceived}
	six := &partnership.Person{ID: 6, Name: "Fay", Partner: 1}
	lost := visit(1, 5, am)
	for _, c := range []struct {
		name  string
		today value.Day
		set   func(*shadowing.Event)
		more  []any
		want  []string
	}{
		{"far away", visitDay - 31, nil, nil, []string{"later: Spring"}},
		{"at a place", visitDay - 31, func(e *shadowing.Event) { e.Place = "Ash Hall" }, nil,
			[]string{"later: Spring, Ash Hall"}},
		{"without a day", visitDay, func(e *shadowing.Event) { e.Date.Set = false }, nil, nil},
		{"a month ahead, approved", visitDay - 30, nil, nil, []string{"later: Spring"}},
		{"a month ahead", visitDay - 30, nil, []any{six, open}, []string{"later: Spring", "waiting: “Spring” is in " +
			"30 days; 1 of 5 sign-ups is not approved yet"}},
		{"two weeks ahead", visitDay - 14, func(e *shadowing.Event) { e.State = shadowing.EventDraft },
			[]any{six, open},
			[]string{"later: Spring", "due soon: “Spring” is in 14 days; 1 of 5 sign-ups is not approved yet"}},
		{"nobody matched", visitDay - 14, nil, nil, []string{"later: Spring", "due soon: “Spring”: nobody is matched " +
			"yet, and it is in 14 days"}},
		{"nobody matched yet", visitDay - 15, nil, nil, []string{"later: Spring"}},
		{"some without a visit", visitDay - 20, nil, []any{visit(1, 2, am)},
			[]string{"later: Spring", "waiting: “Spring”: 2 of 3 visitors without a visit"}},
		{"lost", visitDay - 20, func(e *shadowing.Event) { e.State = shadowing.EventDraft }, []any{lost},
			[]string{"later: Spring",
				"due soon: “Spring”: 1 visit has lost somebody who withdrew; repair the matches"}},
		{"to be told", visitDay - 20, func(e *shadowing.Event) { e.State = shadowing.EventPublished },
			[]any{visit(1, 2, am)},
			[]string{"later: Spring", "waiting: “Spring”: 2 of 3 visitors without a visit", "due soon: “Spring”: 2 " +
				"people are to be told of changes"}},
		{"over, not recorded", visitDay + 1, nil, []any{visit(1, 2, am)}, []string{"waiting: “Spring” was yesterday; " +
			"record which visits took place"}},
		{"over, recorded", visitDay + 1, func(e *shadowing.Event) { e.State = shadowing.EventHeld }, []any{held},
			[]string{"note: “Spring”: feedback on 0 of 1 visit so far"}},
		{"over, with feedback", visitDay + 1, func(e *shadowing.Event) { e.State = shadowing.EventHeld },
			[]any{held, &shadowing.Feedback{Event: 1, Learned: "x"}}, nil},
		{"over for two months", visitDay + 60, nil, []any{visit(1, 2, am)}, []string{"waiting: “Spring” was 60 days " +
			"ago; record which visits took place"}},
		{"over for longer", visitDay + 61, nil, []any{visit(1, 2, am)}, nil},
		{"closed", visitDay + 1, func(e *shadowing.Event) { e.State = shadowing.EventClosed }, []any{held}, nil},
		{"held on its last day", visitDay, func(e *shadowing.Event) { e.State = shadowing.EventHeld },
			[]any{held}, nil},
	} {
		r := shadowDay(c.more...)
		if c.set != nil {
			c.set(field.Get[shadowing.Event](r, 1))
		}
		var got []string
		for d := range (field.Viewpoint{Reader: r, Now: c.today.At(12, 0)}).Due("events") {
			said := ""
			if d.Line != nil {
				said = d.Line()
			} else if d.Event != nil {
				said = d.Event()
			}
			got = append(got, d.Urgency.String()+": "+said)
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s:\n got %q\nwant %q", c.name, got, c.want)
		}
	}
}
