package lending

import (
	"iter"

	"interlocal/model/field"
	"interlocal/model/value"
)

// Survey is a [Calendar] that has looked at all units over one time at once, for
// those who ask about many. It gives the answers that the calendar gives.
type Survey struct {
	c      *Calendar
	from   value.Wall
	until  value.Wall
	loans  byUnit[Reservation]
	blocks byUnit[Block]
	gone   byUnit[Reservation]
	wanted map[string]bool // categories of which some are promised
}

// byUnit holds the records of many units, each unit's in the order in which they
// came. Most units have one or none, so they are chained and not kept in a list
// for each.
type byUnit[T any] struct {
	ends map[EquipmentID]link
	recs []*T
	next []int32 // the unit's next record, 0 after its last
}

// link is where a unit's records begin and end.
type link struct{ first, last int32 }

func (b *byUnit[T]) add(unit EquipmentID, rec *T) {
	if b.ends == nil {
		b.ends = map[EquipmentID]link{}
	}
	i := int32(len(b.recs))
	b.recs, b.next = append(b.recs, rec), append(b.next, 0)
	l, known := b.ends[unit]
	if known {
		b.next[l.last], l.last = i, i
	} else {
		l = link{i, i}
	}
	b.ends[unit] = l
}

func (b *byUnit[T]) has(unit EquipmentID) bool {
	_, ok := b.ends[unit]
	return ok
}

func (b *byUnit[T]) of(unit EquipmentID) iter.Seq[*T] {
	return func(yield func(*T) bool) {
		l, ok := b.ends[unit]
		for i := l.first; ok && yield(b.recs[i]) && i != l.last; i = b.next[i] {
		}
	}
}

// Survey looks at a time. Turnaround is the longest, in minutes, of the units
// that will be asked about.
func (c *Calendar) Survey(from, until value.Wall, turnaround int64) *Survey {
	s := &Survey{c: c, from: from, until: until, wanted: map[string]bool{}}
	reach := value.Wall(turnaround + dstSlack)
	for v := range field.Within[Reservation](c.r, field.AnyGroup, from-reach, until+reach) {
		switch {
		case !v.Holds():
		case v.Unit == 0:
			s.wanted[field.FoldName(v.Category)] = true
		default:
			s.loans.add(v.Unit, v)
		}
	}
	for b := range field.Within[Block](c.r, field.AnyGroup, from-reach, until+reach) {
		s.blocks.add(b.Unit, b)
	}
	for v := range OutNow(c.r) {
		s.gone.add(v.Unit, v)
	}
	return s
}

// Conflicts lists what stands against having a unit for the time looked at; the
// reservation excepted does not stand in its own way.
func (s *Survey) Conflicts(unit *Equipment, except ReservationID) []Hold {
	held := s.loans.has(unit.ID) || s.blocks.has(unit.ID) || s.gone.has(unit.ID)
	if !held && (len(s.wanted) == 0 || !s.wanted[field.FoldName(unit.Category)]) || s.until <= s.from {
		return nil
	}
	q := Claim{Unit: unit.ID, From: s.from, Until: s.until, Except: except}
	holds := s.c.gather(unit, s.from, s.until, s.loans.of(unit.ID), s.blocks.of(unit.ID), s.gone.of(unit.ID))
	if len(s.wanted) == 0 || !s.wanted[field.FoldName(unit.Category)] {
		return s.c.conflictsOf(unit, q, holds)
	}
	return s.c.against(unit, q, holds)
}
