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

// meets puts a match of the spring event on record.
func (w *town) meets(id shadowing.MatchID, visitor, host partnership.PersonID, state shadowing.MatchState,
	slots ...value.Slot) *shadowing.Match {
	m := &shadowing.Match{ID: id, Event: 1, Visitor: visitor, Host: host, State: state, Slots: slots}
	w.Put("matches", m)
	return m
}

func (w *town) board() *Board {
	w.t.Helper()
	b, err := Load(w, 1)
	if err != nil {
		w.t.Fatal(err)
	}
	return b
}

// setting changes the event's settings.
func (w *town) setting(set func(*shadowing.Event)) {
	e := *field.Get[shadowing.Event](w, 1)
	set(&e)
	w.Put("events", &e)
}

// What an event comes to, and what each city gives and receives, over several events
// as well.
func TestWhatAnEventComesTo(t *testing.T) {
	w := newTown(t)
	ann := w.add("Ann", 1, clerk, shadowing.SignupVisit)
	bea := w.add("Bea", 2, clerk, shadowing.SignupHost)
	dee := w.add("Dee", 3, clerk, shadowing.SignupBoth)
	m := w.meets(1, ann, bea, shadowing.MatchProposed, at(am))
	m.Score, m.Reasons, m.Locked = 77, "title: clerk", true
	w.meets(2, dee, bea, shadowing.MatchHeld, at(am), at(pm))
	w.meets(3, ann, dee, shadowing.MatchMissed, at(pm))
	w.meets(4, dee, bea, shadowing.MatchDeclined, at(pm))
	b := w.board()
	if got, want := b.Total(), (Total{Signups: 3, Visits: 2, Halves: 3, Placed: 2, Missed: 1, Cities: 3}); got != want {
		t.Errorf("%+v, want %+v", got, want)
	}
	v := b.Visits()
	if len(v) != 2 || v[0].Visitor != ann || v[0].Host != bea || v[0].Score != 77 || v[0].Reasons != m.Reasons ||
		!v[0].Locked || v[0].Match != 1 || v[0].State != shadowing.MatchProposed || len(v[1].Slots) != 2 {
		t.Errorf("%+v", v)
	}
	want := []Balance{{City: 1, Name: "Ash", Visitors: 1, Visiting: 1, Made: 1},
		{City: 2, Name: "Birch", Hosts: 1, Given: 3},
		{City: 3, Name: "Cedar", Visitors: 1, Visiting: 1, Hosts: 1, Made: 2}}
	if got := Together([]*Board{b}); !slices.Equal(got, want) {
		t.Errorf("%+v", got)
	}
	two := Together([]*Board{b, b})
	for i := range want {
		c := want[i]
		c.Visitors, c.Visiting, c.Hosts, c.Made, c.Given = 2*c.Visitors, 2*c.Visiting, 2*c.Hosts, 2*c.Made, 2*c.Given
		if two[i] != c {
			t.Errorf("over two events %+v, want %+v", two[i], c)
		}
	}
}

// Who takes part, and how many visitors there is room for.
func TestWhoTakesPart(t *testing.T) {
	w := newTown(t)
	waits := func(s *shadowing.Signup) { s.State = shadowing.SignupReceived }
	w.add("Ann", 1, clerk, shadowing.SignupVisit, waits)
	bea := w.add("Bea", 2, clerk, shadowing.SignupHost, func(s *shadowing.Signup) {
		s.Capacity, s.Available = value.Some[int64](2), []value.Slot{at(am)}
	})
	w.add("Cal", 2, forester, shadowing.SignupBoth)
	w.add("Dov", 3, forester, shadowing.SignupHost, waits)
	w.people++
	w.Put("people", &partnership.Person{ID: w.people, Name: "Gus", Partner: 2})
	w.Put("people", &partnership.Person{ID: w.people + 1, Name: "Hal", Partner: 2, Left: true})
	b := w.board()
	if b.Visitors() != 2 || b.Seats() != 2+2+2 || len(b.Entries) != 4 || len(b.Unapproved()) != 2 ||
		len(b.others) != 1 || b.Name(5) != "Gus" || b.Name(9) != "#9" || b.City(bea) != "Birch" || b.City(9) != "" {
		t.Errorf("%d visitors, %d seats, %d take part, %d unapproved, others %v", b.Visitors(), b.Seats(),
			len(b.Entries), len(b.Unapproved()), b.others)
	}
	w.setting(func(e *shadowing.Event) { e.Matching.Approved = true })
	b = w.board()
	if b.Visitors() != 1 || b.Seats() != 2+2 || len(b.Entries) != 2 || len(b.Left) != 2 ||
		len(b.Unapproved()) != 2 || len(b.Cities) != 1 {
		t.Errorf("with approval: %d visitors, %d seats, %d take part, %d not", b.Visitors(), b.Seats(), len(b.Entries),
			len(b.Left))
	}
}

// Two have met at an event that took place before, as far as is known.
func TestWhoHaveMetBefore(t *testing.T) {
	for name, c := range map[string]struct {
		other *shadowing.Event
		state shadowing.MatchState
		met   bool
	}{
		"held before":          {&shadowing.Event{Date: value.Some(day - 1)}, shadowing.MatchHeld, true},
		"confirmed before":     {&shadowing.Event{Date: value.Some(day - 1)}, shadowing.MatchConfirmed, true},
		"on the same day":      {&shadowing.Event{Date: value.Some(day)}, shadowing.MatchHeld, true},
		"on no day on record":  {&shadowing.Event{}, shadowing.MatchHeld, true},
		"later":                {&shadowing.Event{Date: value.Some(day + 1)}, shadowing.MatchHeld, false},
		"missed before":        {&shadowing.Event{Date: value.Some(day - 1)}, shadowing.MatchMissed, false},
		"at an event not kept": {nil, shadowing.MatchHeld, false},
	} {
		w := newTown(t)
		ann, bea := w.add("Ann", 1, clerk, shadowing.SignupVisit), w.add("Bea", 2, clerk, shadowing.SignupHost)
		if c.other != nil {
			c.other.ID, c.other.Name = 2, "Autumn"
			w.Put("events", c.other)
		}
		w.Put("matches", &shadowing.Match{ID: 9, Event: 2, Visitor: ann, Host: bea, State: c.state,
			Slots: []value.Slot{at(am), at(pm)}})
		b := w.board()
		if _, met := b.earlier[pair{ann, bea}]; met != c.met || b.received[1] != map[bool]int{true: 2}[c.met] {
			t.Errorf("%s: met %v, received %v", name, met, b.received)
		}
		_, out := w.round().ruled[pair{ann, bea}]
		w.setting(func(e *shadowing.Event) { e.Matching.Repeat = true })
		if _, again := w.round().ruled[pair{ann, bea}]; out != c.met || again {
			t.Errorf("%s: ruled out %v, with repeats %v", name, out, again)
		}
	}
}

func TestHowNumbersAreWritten(t *testing.T) {
	for n, want := range map[int]string{1: "one visit", 0: "no visits", 12: "twelve visits", 13: "13 visits",
		1234567: "1,234,567 visits", -1000: "-1,000 visits", -3: "-3 visits"} {
		if got := count(n, "visit", "visits"); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
	for want, list := range map[string][]string{"": nil, "A": {"A"}, "A and B": {"A", "B"},
		"A, B and C": {"A", "B", "C"}, "A, B and 2 others": {"A", "B", "C", "D"}} {
		if got := joinNames(list, 3); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

// Nobody is told of what is over, and what was told is not told again.
func TestWhatIsOverIsNotTold(t *testing.T) {
	w := newTown(t)
	ann, bea := w.add("Ann", 1, clerk, shadowing.SignupVisit), w.add("Bea", 2, clerk, shadowing.SignupHost)
	for _, state := range []shadowing.MatchState{shadowing.MatchHeld, shadowing.MatchMissed} {
		m := w.meets(1, ann, bea, state, at(am))
		m.ToldVisitor = []value.Slot{at(pm)}
		b := w.board()
		if len(b.Tell()) != 0 || len(b.Told(ann).Matches) != 0 || len(b.Publish().Matches) != 0 {
			t.Errorf("%s: %+v, %+v", state, b.Tell(), b.Told(ann))
		}
	}
	m := w.meets(1, ann, bea, shadowing.MatchConfirmed, at(am))
	m.ToldVisitor = []value.Slot{at(pm)}
	b := w.board()
	list := b.Tell()
	const moved = "Moved: visit to Bea of Birch, now Tue Apr 20, morning instead of Tue Apr 20, afternoon."
	if len(list) != 2 || list[0].Person != ann || !list[0].Again || list[0].Lines[0] != moved || list[1].Again {
		t.Errorf("%+v", list)
	}
	told := b.Told(ann).Matches
	if len(told) != 1 || !slices.Equal(told[0].ToldVisitor, m.Slots) || len(told[0].ToldHost) != 0 {
		t.Errorf("%+v", told)
	}
	for i := range 5 {
		w.Put("feedback", &shadowing.Feedback{ID: field.ID[shadowing.Feedback](i + 1), Event: 1, Side: "visitor",
			Useful: value.Some[int64](4)})
	}
	c := b.Close(w)
	if c.Event.State != shadowing.EventClosed || c.Event.Voice != shadowing.SumFeedback(w, 1) ||
		c.Event.Voice == (shadowing.FeedbackSum{}) || b.Event.State == shadowing.EventClosed {
		t.Errorf("%+v", c.Event)
	}
	w.setting(func(e *shadowing.Event) { e.State = shadowing.EventHeld })
	if b = w.board(); len(b.Tell()) != 0 || b.Held().Event != nil {
		t.Errorf("once it was held: %+v", b.Tell())
	}
}

// Changes are empty only without any.
func TestChangesThatAreNone(t *testing.T) {
	if !(Changes{}).Empty() {
		t.Error("no change is one")
	}
	for name, c := range map[string]Changes{"event": {Event: &shadowing.Event{}},
		"match": {Matches: []*shadowing.Match{{}}}, "drop": {Drop: []shadowing.MatchID{1}},
		"proof": {Proof: &shadowing.Proof{}}} {
		if c.Empty() {
			t.Errorf("%s: none", name)
		}
	}
}

// A pair that is ruled out keeps its record, which tells people that it was called
// off; it may be let in again.
func TestAPairIsRuledOutAndLetInAgain(t *testing.T) {
	w, who := crowd(t)
	bea, ann := who[0], who[1]
	x := w.round()
	c := x.Ruled(ann, bea, false)
	if m := c.Matches[0]; len(c.Matches) != 1 || m.ID != 0 || m.State != shadowing.MatchDeclined || m.Visitor != ann ||
		m.Host != bea || m.Event != 1 {
		t.Errorf("%+v", c.Matches)
	}
	for _, told := range []bool{false, true} {
		m := w.meets(1, ann, bea, shadowing.MatchProposed, at(pm))
		m.Locked = true
		if told {
			m.ToldHost = m.Slots
		}
		x = w.round()
		now, err := x.Current()
		if err != nil {
			t.Fatal(err)
		}
		o, err := x.Price(now, Change{Kind: Forbid, Visitor: ann, Host: bea}, match.Control{})
		if err != nil {
			t.Fatal(err)
		}
		c = x.SaveOffer(o, day)
		of := 0
		for _, m := range c.Matches {
			if m.Visitor == ann && m.Host == bea {
				of++
			}
		}
		if first := c.Matches[0]; of != 1 || first.ID != 1 || first.State != shadowing.MatchDeclined || first.Locked ||
			slices.Contains(c.Drop, 1) || (len(first.ToldHost) > 0) != told {
			t.Errorf("told %v: %+v, drops %v", told, first, c.Drop)
		}
		w.save(c)
		if got := w.round().Ruled(ann, bea, true).Matches[0]; got.ID != 1 || got.State != shadowing.MatchDropped {
			t.Errorf("let in again: %+v", got)
		}
	}
	missed := newTown(t)
	missed.add("Ann", 1, clerk, shadowing.SignupVisit)
	missed.add("Bea", 2, clerk, shadowing.SignupHost)
	missed.meets(1, 1, 2, shadowing.MatchMissed, at(am))
	x = missed.round()
	if why := x.ruled[pair{1, 2}]; why != "this visit was missed" || len(missed.make(x).Visits) != 0 {
		t.Errorf("missed: %q", why)
	}
}

// What a change does is said of people, the poorer and the better off, and of the
// whole.
func TestWhatAChangeIsSaidToDo(t *testing.T) {
	w := newTown(t)
	ann, abe := w.add("Ann", 1, clerk, shadowing.SignupVisit), w.add("Abe", 1, clerk, shadowing.SignupVisit)
	cal, dan := w.add("Cal", 3, clerk, shadowing.SignupHost), w.add("Dan", 3, clerk, shadowing.SignupHost)
	x := w.round()
	visit := func(who, host partnership.PersonID, worth int64, slots ...value.Slot) Visit {
		return Visit{Visitor: who, Host: host, Value: worth, Slots: slots}
	}
	plan := func(visits ...Visit) *Plan {
		p := &Plan{Visits: visits}
		for _, v := range visits {
			p.Value += v.Value
		}
		return p
	}
	stays := visit(ann, cal, 5, at(am))
	for _, c := range []struct {
		before, after *Plan
		want          string
	}{
		{plan(stays), plan(stays), "This changes nothing for anybody."},
		{plan(stays), plan(visit(ann, cal, 6, at(am))), "This moves nobody, and the whole gains 1 point."},
		{&Plan{Visits: []Visit{stays}, Value: 4}, plan(stays), "This moves nobody, and the whole gains 1 point."},
		{plan(stays), plan(visit(ann, dan, 3, at(am))),
			"This moves one person and makes one poorer match, and the whole loses 2 points."},
		{plan(stays), plan(visit(ann, cal, 5, at(pm))), "This moves one person, and the whole stays as good."},
		{plan(stays), plan(stays, visit(abe, dan, 7)),
			"This gives Abe a visit, with one more visit for Ash, and the whole gains 7 points."},
		{plan(stays), plan(),
			"This leaves Ann without a visit, with one fewer visit for Ash, and the whole loses 5 points."},
	} {
		if got := x.offer(Change{}, c.before, c.after).Sentence; got != c.want {
			t.Errorf("%q, want %q", got, c.want)
		}
	}
	now := plan(stays)
	now.Visits[0].Locked = true
	o, err := x.Price(now, Change{Kind: Unlock, Visitor: ann, Host: cal}, match.Control{})
	if err != nil || o.Plan.Visits[0].Locked || !now.Visits[0].Locked ||
		o.Sentence != "The visit may move when matches are made again." {
		t.Errorf("unlocked: %+v %v", o, err)
	}
	for _, kind := range []ChangeKind{Lock, Unlock} {
		if _, err := x.Price(now, Change{Kind: kind, Visitor: ann, Host: dan}, match.Control{}); failure.CodeOf(err) !=
			failure.NotFound {
			t.Errorf("a visit that is not there: %v", err)
		}
	}
}

// How many of a department are away at once is bounded where the event says so.
func TestHowManyAreAwayAtOnce(t *testing.T) {
	for cap, want := range map[value.Opt[int64]]int{{}: 2, value.Some[int64](1): 1, value.Some[int64](2): 2} {
		w := newTown(t)
		half := func(s *shadowing.Signup) { s.Length, s.Available = shadowing.HalfDay, []value.Slot{at(am)} }
		for _, name := range []string{"Ann", "Abe"} {
			id := w.add(name, 1, clerk, shadowing.SignupVisit, half)
			field.Get[partnership.Person](w, id).Department = "City Clerk"
		}
		w.add("Bea", 2, clerk, shadowing.SignupHost)
		w.add("Cal", 3, clerk, shadowing.SignupHost)
		w.setting(func(e *shadowing.Event) { e.Matching.AwayCap = cap })
		x := w.round()
		if p := w.make(x); len(p.Visits) != want || (x.Problem.Units == nil) == cap.Set {
			t.Errorf("at most %v: %d away at once, units %v", cap, len(p.Visits), x.Problem.Units)
		}
	}
}

// A visit that would not be proposed stands with what was recorded of it; one whose
// people take no part is named when it is locked, and told as broken.
func TestVisitsThatWouldNotBeProposed(t *testing.T) {
	w := newTown(t)
	ann, dov := w.add("Ann", 1, clerk, shadowing.SignupVisit), w.add("Dov", 2, forester, shadowing.SignupHost)
	w.setting(func(e *shadowing.Event) { e.Matching.MinScore = value.Some[int64](4000) })
	m := w.meets(1, ann, dov, shadowing.MatchHeld, at(am))
	m.Score, m.Reasons = 77, "as judged then"
	x := w.round()
	now, err := x.Current()
	if err != nil || len(now.Visits) != 1 || now.Visits[0].Score != 77 || now.Visits[0].Reasons != m.Reasons ||
		now.Visits[0].State != shadowing.MatchHeld || len(x.Problem.Locked) != 1 {
		t.Errorf("held: %+v %v", now, err)
	}
	for _, locked := range []bool{false, true} {
		w.meets(1, ann, dov, shadowing.MatchConfirmed, at(am)).Locked = locked
		s := *shadowing.SignupOf(w, 1, dov)
		s.State = shadowing.SignupWithdrawn
		w.Put("signups", &s)
		x = w.round()
		now, err = x.Current()
		if err != nil || len(now.Visits) != 0 || len(now.Broken) != 1 || now.Broken[0].Visitor != ann ||
			now.Broken[0].Host != dov || now.Broken[0].Locked != locked {
			t.Errorf("withdrawn: %+v %v", now, err)
		}
		const says = "Ann visiting Dov is locked, but one of them takes no part any more"
		if named := len(x.Broken) == 1 && x.Broken[0] == says; named != locked {
			t.Errorf("locked %v: %q", locked, x.Broken)
		}
	}
}

// Colleagues elsewhere are ranked by their work; synonyms on record stand instead of
// the program's.
func TestColleaguesElsewhere(t *testing.T) {
	w := newTown(t)
	ann := w.add("Ann", 1, clerk, shadowing.SignupVisit)
	abe := w.add("Abe", 1, clerk, shadowing.SignupVisit)
	dov := w.add("Dov", 2, forester, shadowing.SignupHost)
	bea := w.add("Bea", 3, clerk, shadowing.SignupHost)
	gone := w.add("Hal", 3, clerk, shadowing.SignupHost)
	field.Get[partnership.Person](w, gone).Left = true
	list, err := Peers(w, ann, 1, nil)
	if err != nil || len(list) != 1 || list[0].Person.ID != bea || list[0].City != "Cedar" || list[0].Score <= 0 ||
		len(list[0].Reasons) == 0 {
		t.Errorf("%+v %v", list, err)
	}
	for _, id := range []partnership.PersonID{gone, 99} {
		if _, err := Peers(w, id, 1, nil); failure.CodeOf(err) != failure.NotFound ||
			!strings.Contains(err.Error(), "is not a person in service") {
			t.Errorf("%d: %v", id, err)
		}
	}
	if _, people := Staff(w, nil); len(people) != 4 {
		t.Errorf("%d in service, with %d and %d", len(people), abe, dov)
	}
	all := match.DefaultSynonyms()
	first := all[0]
	w.Put("synonyms", &shadowing.Synonym{ID: 1, Short: strings.ToUpper(first.Short), Long: "something else"})
	w.Put("synonyms", &shadowing.Synonym{ID: 2, Short: "zzz", Long: "sleep"})
	table, seed := w.round().table(), SeedSynonyms(w)
	if len(table) != len(all)+1 || table[0].Long != "something else" || table[1].Short != "zzz" ||
		slices.Contains(table, first) || len(seed) != len(all)-1 || seed[0].Short != all[1].Short ||
		seed[0].Long != all[1].Long {
		t.Errorf("%d in the table, %d to put on record, of %d", len(table), len(seed), len(all))
	}
}

// An event may have four half days more at once: halves it leaves out, and the day
// after.
func TestFourHalfDaysMore(t *testing.T) {
	b := &Board{Event: &shadowing.Event{}, Slots: []value.Slot{at(am), value.SlotOn(day+3, value.Afternoon)}}
	want := []value.Slot{at(pm), value.SlotOn(day+1, am), value.SlotOn(day+1, pm), value.SlotOn(day+2, am)}
	if got := b.MoreHalves(); !slices.Equal(got, want) {
		t.Errorf("%v", got)
	}
}

// A bound says nothing of a pair that was ruled out when it was proved, nor of more
// visitors than one where no number was said.
func TestWhatABoundDoesNotCover(t *testing.T) {
	problem := func(set func(*match.Problem)) *match.Problem {
		p := &match.Problem{Slots: 2, People: []match.Participant{{ID: "a", Role: match.Visit},
			{ID: "b", Role: match.Host}},
			Edges: []match.Edge{{Visitor: "a", Host: "b", Half: new(int64(5))}}}
		set(p)
		return p
	}
	same := func(*match.Problem) {}
	for name, c := range map[string]struct {
		proved, now func(*match.Problem)
		want        bool
	}{
		"the same":             {same, same, true},
		"one visitor, said so": {same, func(p *match.Problem) { p.People[1].Capacity = new(1) }, true},
		"two visitors":         {same, func(p *match.Problem) { p.People[1].Capacity = new(2) }, false},
		"a pair ruled out then": {func(p *match.Problem) {
			p.Excluded = []match.Pair{{Visitor: "a", Host: "b"}}
		}, same, false},
		"a pair ruled out now": {same, func(p *match.Problem) {
			p.Excluded = []match.Pair{{Visitor: "a", Host: "b"}}
		}, true},
		"a full day as well": {same, func(p *match.Problem) { p.Edges[0].Full = new(int64(9)) }, false},
		"of another city":    {same, func(p *match.Problem) { p.People[0].Org = "2" }, false},
	} {
		if got := covers(problem(c.proved), problem(c.now)); got != c.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}
