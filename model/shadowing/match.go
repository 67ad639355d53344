package shadowing

import (
	"slices"
	"strconv"

	"interlocal/model/field"
	"interlocal/model/partnership"
	"interlocal/model/value"
)

// MatchID identifies a match.
type MatchID = field.ID[Match]

// MatchState is how far a match has come.
type MatchState string

// From proposed to held, and the ways out.
const (
	MatchProposed  MatchState = "proposed"
	MatchConfirmed MatchState = "confirmed"
	MatchDeclined  MatchState = "declined"
	MatchDropped   MatchState = "called off"
	MatchHeld      MatchState = "held"
	MatchMissed    MatchState = "missed"
)

// Match is one visit: who visits whom in another city, and in which half days
// of an event. Two half days of one date are a full day.
type Match struct {
	ID      field.ID[Match]
	Event   field.ID[Event]
	Visitor field.ID[partnership.Person]
	Host    field.ID[partnership.Person]
	Slots   []value.Slot
	State   MatchState
	Locked  bool
	Score   int64 // how alike the two people's work is
	Reasons string
	Needs   string // private: what the visitor needs, for the host
	Note    string
	// ToldVisitor and ToldHost are the half days each was last told of. They
	// differ from Slots when somebody must be told again.
	ToldVisitor []value.Slot
	ToldHost    []value.Slot
}

// KindMatches names the kind whose records are of type [Match].
const KindMatches = "matches"

// KindName is "matches".
func (Match) KindName() string { return KindMatches }

// Live reports whether the visit is planned or took place.
func (m *Match) Live() bool { return m.Planned() || m.State == MatchHeld }

// Planned reports whether the visit is to come.
func (m *Match) Planned() bool { return m.State == MatchProposed || m.State == MatchConfirmed }

// Met reports whether the two have met as far as is known: the visit was held,
// or was confirmed and nobody has said otherwise.
func (m *Match) Met() bool { return m.State == MatchHeld || m.State == MatchConfirmed }

// At reports whether the visit takes up a half day.
func (m *Match) At(slot value.Slot) bool { return slices.Contains(m.Slots, slot) }

// Full reports whether the visit lasts both halves of a date.
func (m *Match) Full() bool { return len(m.Slots) == 2 }

// When says when the visit is, as people read it: Tue Apr 20, full day.
func (m *Match) When() string { return SlotsLong(m.Slots) }

// SlotsLong says half days in words, both halves of a date as a full day.
func SlotsLong(slots []value.Slot) string {
	out := ""
	for i := 0; i < len(slots); i++ {
		if i > 0 {
			out += "; "
		}
		if i+1 < len(slots) && slots[i].Half() == value.Morning && slots[i+1] == slots[i]+1 {
			out += slots[i].Day().Time().Format("Mon Jan 2") + ", full day"
			i++
			continue
		}
		out += slots[i].Long()
	}
	return out
}

// DescribeMatch describes matches.
func DescribeMatch() *field.Kind {
	return field.Def[Match]{
		Tag: 20, One: "match", Title: "Matches", Scope: field.ScopeCity,
		Purpose:   "Who visits whom at an event, and when.",
		ID:        func(m *Match) *field.ID[Match] { return &m.ID },
		Label:     func(*Match) string { return "" },
		Unique:    [][]string{{"event", "visitor", "host"}},
		Recognise: [][]string{{"event", "visitor", "host"}},
		Parties: func(r field.Reader, m *Match) []field.Party {
			var out []field.Party
			for _, id := range []field.ID[partnership.Person]{m.Visitor, m.Host} {
				if p := field.Get(r, id); p != nil && !slices.Contains(out, field.Party(p.Partner)) {
					out = append(out, field.Party(p.Partner))
				}
			}
			return out
		},
		Check: checkMatch,
		Fields: []field.Field[Match]{
			field.Ref(1, "event", "Event", func(m *Match) *field.ID[Event] { return &m.Event }).Required().Width(20).
				Example("Spring job shadowing"),
			field.Ref(2, "visitor", "Visitor", func(m *Match) *field.ID[partnership.Person] { return &m.Visitor }).
				Required().Width(20).Example("Dana Reyes"),
			field.Ref(3, "host", "Host", func(m *Match) *field.ID[partnership.Person] { return &m.Host }).Required().
				Width(20).Example("Jerome Pickett"),
			field.Slots(4, "slots", "When", func(m *Match) *[]value.Slot { return &m.Slots }).Required().Width(22).
				Example("Tue Apr 20, morning"),
			field.Word(5, "state", "State", func(m *Match) *MatchState { return &m.State },
				field.Choice{Value: "proposed", Title: "Proposed"}, field.Choice{Value: "confirmed",
					Title: "Confirmed"}, field.Choice{Value: "declined", Title: "Declined"},
				field.Choice{Value: "called off", Title: "Called off"}, field.Choice{Value: "held", Title: "Held"},
				field.Choice{Value: "missed", Title: "Missed"}).Required().Width(10).Example("Proposed"),
			field.Bool(6, "locked", "Locked", func(m *Match) *bool { return &m.Locked }).Width(6).Example("Yes").
				Help("A locked match stays as it is when matches are made again."),
			field.Int(7, "score", "Score", func(m *Match) *int64 { return &m.Score }).Width(6).Example("812"),
			field.Text(8, "reasons", "Reasons", func(m *Match) *string { return &m.Reasons }).HiddenByDefault(),
			field.Long(9, "needs", "Needs, such as access", func(m *Match) *string { return &m.Needs }).Private().
				HiddenByDefault().
				Help("Seen by both cities and the facilitator."),
			field.Long(10, "note", "Note", func(m *Match) *string { return &m.Note }).HiddenByDefault(),
			field.Slots(11, "told_visitor", "Visitor was told", func(m *Match) *[]value.Slot { return &m.ToldVisitor }).
				HiddenByDefault(),
			field.Slots(12, "told_host", "Host was told", func(m *Match) *[]value.Slot { return &m.ToldHost }).
				HiddenByDefault(),
		},
	}.Kind()
}

func checkMatch(c *field.Checking, before, m *Match) {
	if m.Score < 0 {
		c.Add("score", "a score is not negative")
	}
	if before != nil && before.Locked && m.Locked && (before.Visitor != m.Visitor || before.Host != m.Host ||
		!slices.Equal(before.Slots, m.Slots) || before.Planned() &&
		(m.State == MatchDeclined || m.State == MatchDropped)) {
		c.Add("locked", "the match is locked; unlock it before changing it")
	}
	if !m.Live() || m.Visitor == 0 || m.Host == 0 {
		return
	}
	checkPair(c, m)
	if before == nil || !before.Live() || before.Visitor != m.Visitor || before.Host != m.Host {
		checkAvoided(c, m)
	}
	checkMatchSlots(c, m)
	checkMatchPeople(c, m)
	checkMatchOthers(c, m)
}

// checkPair asks for two people of different cities.
func checkPair(c *field.Checking, m *Match) {
	v, h := field.Get(c, m.Visitor), field.Get(c, m.Host)
	switch {
	case m.Visitor == m.Host:
		c.Add("host", "nobody visits themselves")
	case v != nil && h != nil && v.Partner == h.Partner && v.Partner != 0:
		c.Add("host", v.Name+" and "+h.Name+" are of the same city; a visit is to another one")
	}
}

// checkAvoided refuses to bring together two of whom one asked not to be matched
// with the other. Whoever plans the match may not be told of that, so the program
// looks, and does not say who asked.
func checkAvoided(c *field.Checking, m *Match) {
	if m.State == MatchHeld {
		return
	}
	for _, side := range [][2]field.ID[partnership.Person]{{m.Visitor, m.Host}, {m.Host, m.Visitor}} {
		if s := SignupOf(c, m.Event, side[0]); s != nil && slices.Contains(s.Avoid, side[1]) {
			c.Add("host", nameOf(c, m.Visitor)+" and "+nameOf(c, m.Host)+" are not to be matched; ask the "+
				"coordinator, or choose somebody else")
			return
		}
	}
}

// checkMatchSlots asks for half days of the event that make half a day or a
// full one.
func checkMatchSlots(c *field.Checking, m *Match) {
	if e := field.Get(c, m.Event); e != nil {
		for _, s := range m.Slots {
			if !slices.Contains(e.HalfDays(), s) {
				c.Add("slots", s.Long()+" is not a half day of "+e.Name)
				return
			}
		}
	}
	if len(m.Slots) > 2 || len(m.Slots) == 2 && m.Slots[0].Day() != m.Slots[1].Day() {
		c.Add("slots", "a visit is half a day, or both halves of one date")
	}
}

// checkMatchPeople asks for sign-ups that stand, allow the role and are free.
// What took place already is recorded all the same.
func checkMatchPeople(c *field.Checking, m *Match) {
	note := c.Add
	if m.State == MatchHeld {
		note = c.Warn
	}
	for _, side := range []struct {
		field, does string
		person      field.ID[partnership.Person]
		allows      func(*Signup) bool
	}{{"visitor", "visit", m.Visitor, (*Signup).Visits}, {"host", "host", m.Host, (*Signup).Hosts}} {
		p, s := field.Get(c, side.person), SignupOf(c, m.Event, side.person)
		switch {
		case p == nil:
		case s == nil || !s.Stands():
			note(side.field, p.Name+" is not signed up for the event")
		case !side.allows(s):
			note(side.field, p.Name+" did not sign up to "+side.does)
		default:
			for _, slot := range m.Slots {
				if !s.Free(slot) {
					note("slots", p.Name+" cannot come on "+slot.Long())
					break
				}
			}
		}
	}
}

// checkMatchOthers asks that nobody is in two places and no host is over full.
func checkMatchOthers(c *field.Checking, m *Match) {
	clash := func(fld string, person field.ID[partnership.Person], does string, others func(*Match) bool) {
		for o := range field.Of[Match](c, fld, person) {
			if o.ID == m.ID || o.Event != m.Event || !o.Live() || !others(o) {
				continue
			}
			if s, both := sharedSlot(m, o); both {
				mine := "visitor"
				if person == m.Host {
					mine = "host"
				}
				c.Add(mine, nameOf(c, person)+" "+does+" on "+s.Long()+" already")
				return
			}
		}
	}
	any := func(*Match) bool { return true }
	clash("visitor", m.Visitor, "visits somebody", any)
	clash("host", m.Visitor, "has visitors", any)
	clash("visitor", m.Host, "visits somebody", any)
	checkSeats(c, m)
}

func checkSeats(c *field.Checking, m *Match) {
	s := SignupOf(c, m.Event, m.Host)
	if s == nil || !s.Hosts() {
		return
	}
	for _, slot := range m.Slots {
		guests := int64(1)
		for o := range field.Of[Match](c, "host", m.Host) {
			if o.ID != m.ID && o.Event == m.Event && o.Live() && o.At(slot) {
				guests++
			}
		}
		if guests > s.Seats() {
			note := c.Add
			if m.State == MatchHeld {
				note = c.Warn
			}
			note("host", nameOf(c, m.Host)+" takes "+strconv.FormatInt(s.Seats(), 10)+" at once, and "+slot.Long()+
				" is full")
			return
		}
	}
}

func sharedSlot(a, b *Match) (value.Slot, bool) {
	for _, s := range a.Slots {
		if b.At(s) {
			return s, true
		}
	}
	return 0, false
}

func nameOf(r field.Reader, id field.ID[partnership.Person]) string {
	if p := field.Get(r, id); p != nil {
		return p.Name
	}
	return "#" + strconv.FormatUint(uint64(id), 10)
}
