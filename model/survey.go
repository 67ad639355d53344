package model

import "slices"

// Survey is a [Calendar] that has looked at all units over one time at once, for
// those who ask about many. It gives the answers that the calendar gives.
type Survey struct {
	c      *Calendar
	from   Wall
	until  Wall
	loans  map[EquipmentID][]*Reservation
	blocks map[EquipmentID][]*Block
	gone   map[EquipmentID][]*Reservation
	wanted map[string]bool // categories of which some are promised
}

// Survey looks at a time. Turnaround is the longest, in minutes, of the units
// that will be asked about.
func (c *Calendar) Survey(from, until Wall, turnaround int64) *Survey {
	s := &Survey{c: c, from: from, until: until, loans: map[EquipmentID][]*Reservation{}, blocks: map[EquipmentID][]*Block{},
		gone: map[EquipmentID][]*Reservation{}, wanted: map[string]bool{}}
	reach := Wall(turnaround + dstSlack)
	for v := range Within[Reservation](c.r, AnyGroup, from-reach, until+reach) {
		switch {
		case !v.Holds():
		case v.Unit == 0:
			s.wanted[FoldName(v.Category)] = true
		default:
			s.loans[v.Unit] = append(s.loans[v.Unit], v)
		}
	}
	for b := range Within[Block](c.r, AnyGroup, from-reach, until+reach) {
		s.blocks[b.Unit] = append(s.blocks[b.Unit], b)
	}
	for v := range OutNow(c.r) {
		s.gone[v.Unit] = append(s.gone[v.Unit], v)
	}
	return s
}

// Conflicts lists what stands against having a unit for the time looked at; the
// reservation excepted does not stand in its own way.
func (s *Survey) Conflicts(unit *Equipment, except ReservationID) []Hold {
	loans, blocks, gone := s.loans[unit.ID], s.blocks[unit.ID], s.gone[unit.ID]
	if len(loans)+len(blocks)+len(gone) == 0 && (len(s.wanted) == 0 || !s.wanted[FoldName(unit.Category)]) || s.until <= s.from {
		return nil
	}
	q := Claim{Unit: unit.ID, From: s.from, Until: s.until, Except: except}
	holds := s.c.gather(unit, s.from, s.until, slices.Values(loans), slices.Values(blocks), slices.Values(gone))
	if len(s.wanted) == 0 || !s.wanted[FoldName(unit.Category)] {
		return s.c.conflictsOf(unit, q, holds)
	}
	return s.c.against(unit, q, holds)
}
