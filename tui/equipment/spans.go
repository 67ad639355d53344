package equipment

import (
	"slices"

	"interlocal/model/field"
	"interlocal/model/lending"
	"interlocal/model/partnership"
	"interlocal/model/value"
)

// markKind is what a stretch of a unit's time is taken by. Each has a glyph of
// its own, so that colour only repeats what the glyph says.
type markKind uint8

const (
	free markKind = iota
	returned
	asked
	waiting
	approved
	lent
	overdue
	blocked
	turnround // getting ready between two loans
	clash     // two things at once
	several   // more than one thing in a column
)

// glyphs are what the kinds of marks are filled with.
var glyphs = [...]string{free: " ", returned: "-", asked: "?", waiting: "w", approved: "▒", lent: "█", overdue: "!",
	blocked:   "×",
	turnround: "~", clash: "X", several: "+"}

// words name the kinds of marks.
var words = [...]string{free: "free", returned: "was lent to", asked: "asked for by", waiting: "on the waitlist for",
	approved: "approved for",
	lent:     "in use by", overdue: "overdue, in use by", blocked: "blocked", turnround: "turnaround",
	clash: "wanted twice", several: "several"}

// mark is a stretch of a unit's time.
type mark struct {
	from, until value.Wall
	kind        markKind
	who         string // the borrower, or why it is blocked
	kindName    string // of the record behind it
	id          uint64
}

// holds reports whether the mark keeps the unit from others.
func (m mark) holds() bool {
	return m.kind == approved || m.kind == lent || m.kind == overdue || m.kind == blocked
}

// past reports whether the mark neither holds the unit nor asks for it.
func (m mark) past() bool { return m.kind == returned || m.kind == turnround }

// marksOf lists what takes up a unit's time between two moments, earliest first,
// with what overlaps marked as a clash at the end. What keeps the unit from
// others is what the calendar says, which the rules ask as well.
func marksOf(cal *lending.Calendar, unit *lending.Equipment, from, until value.Wall) []mark {
	r := cal.Reader()
	var list []mark
	for _, h := range cal.Holds(unit, from, until) {
		if h.Firm {
			list = append(list, held(r, h, cal.Now())...)
		}
	}
	for v := range field.Within[lending.Reservation](r, lending.UnitGroup(unit.ID), from, until) {
		if k := looseKind(v); k != free {
			list = append(list, mark{from: v.Start.V, until: v.End.V, kind: k, kindName: "reservations",
				id:  uint64(v.ID),
				who: nameOf(r, v.Borrower)})
		}
	}
	slices.SortStableFunc(list, func(a, b mark) int { return int(a.from - b.from) })
	return withClashes(list)
}

// held is what one hold on a unit looks like: the loan or block, and behind a
// loan its turnaround.
func held(r field.Reader, h lending.Hold, now value.Wall) []mark {
	if h.Kind == lending.HeldByBlock {
		m := mark{from: h.From, until: h.Until, kind: blocked, kindName: "blocks", id: uint64(h.Block)}
		if b := field.Get(r, h.Block); b != nil {
			m.who = string(b.For)
		}
		return []mark{m}
	}
	m := mark{from: h.From, until: h.Until, kind: approved, kindName: "reservations", id: uint64(h.Loan),
		who: nameOf(r, h.Borrower)}
	if v := field.Get(r, h.Loan); v != nil && v.State == lending.OutOnLoan {
		m.kind = lent
	}
	if h.Late {
		m.kind, m.until = overdue, h.Free
		return []mark{m}
	}
	if h.Free > h.Until {
		return []mark{m, {from: h.Until, until: h.Free, kind: turnround, kindName: "reservations", id: uint64(h.Loan)}}
	}
	return []mark{m}
}

func nameOf(r field.Reader, id partnership.PartnerID) string {
	if p := field.Get(r, id); p != nil {
		return p.Name
	}
	return ""
}

// looseKind tells how a reservation that keeps nobody away is drawn; free when
// it is not.
func looseKind(v *lending.Reservation) markKind {
	switch v.State {
	case lending.Requested:
		return asked
	case lending.Waitlisted:
		return waiting
	case lending.Returned, lending.Closed:
		return returned
	}
	return free
}

// withClashes adds a mark wherever two that hold the unit, or one that holds it
// and one that asks for it, share a moment.
func withClashes(marks []mark) []mark {
	n := len(marks)
	for i := range n {
		for j := i + 1; j < n && marks[j].from < marks[i].until; j++ {
			a, b := marks[i], marks[j]
			if (a.holds() || b.holds()) && !a.past() && !b.past() {
				marks = append(marks, mark{from: b.from, until: min(a.until, b.until), kind: clash,
					kindName: b.kindName, id: b.id,
					who: a.who + " and " + b.who})
			}
		}
	}
	return marks
}
