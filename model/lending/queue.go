package lending

import (
	"cmp"
	"slices"

	"interlocal/model/field"
	"interlocal/model/partnership"
	"interlocal/model/value"
)

// OfferHours is how long somebody who waits for a unit may think about it, once it
// is there to be had, before it is the next one's turn.
const OfferHours = 24

// turn is how long an offer stands.
const turn value.Wall = OfferHours * 60

// Queue lists who waits for a unit, or for any of its category, in hours of a time,
// in the order in which they asked.
func Queue(r field.Reader, unit *Equipment, from, until value.Wall) []*Reservation {
	var out []*Reservation
	add := func(v *Reservation) {
		if v.State == Waitlisted {
			out = append(out, v)
		}
	}
	for v := range field.Within[Reservation](r, UnitGroup(unit.ID), from, until) {
		add(v)
	}
	for v := range field.Within[Reservation](r, DemandGroup(unit.Category), from, until) {
		if unit.InCategory(v.Category) && unit.AtLeast(v.Minimum) && (v.Lender == 0 || v.Lender == unit.Owner) {
			add(v)
		}
	}
	slices.SortFunc(out, func(a, b *Reservation) int { return cmp.Compare(a.ID, b.ID) })
	return out
}

// Offer is a unit that came free for somebody who waits for it.
type Offer struct {
	Since value.Wall
	Until value.Opt[value.Wall] // when it is the next one's turn; unset where nobody else waits
}

// Offered says since when a loan that waits may have what it waits for. An offer
// passes on by itself: whoever asked first has a day from the moment the unit came
// free, then the next one who waits for hours of that time, and so on. It is worked
// out from that moment, never stored, so that no program needs to run for it.
func (c *Calendar) Offered(v *Reservation) (o Offer, ok bool) {
	if !c.waits(v) {
		return o, false
	}
	since, rivals := c.turnOf(v, map[ReservationID]value.Opt[value.Wall]{})
	if !since.Set || c.now < since.V {
		return o, false
	}
	o.Since = since.V
	if slices.ContainsFunc(rivals, func(r *Reservation) bool { return r.ID > v.ID }) {
		o.Until = value.Some(o.Since + turn)
	}
	return o, !o.Until.Set || c.now < o.Until.V
}

// turnOf says when it is the turn of somebody who waits: when all have had theirs
// who asked before for hours of that time.
func (c *Calendar) turnOf(v *Reservation, known map[ReservationID]value.Opt[value.Wall]) (since value.Opt[value.Wall],
	rivals []*Reservation) {
	since, rivals = v.Ready, c.rivals(v)
	for _, other := range rivals {
		if other.ID > v.ID || v.Ready.Set {
			continue
		}
		at, done := known[other.ID]
		if !done {
			at, _ = c.turnOf(other, known)
			known[other.ID] = at
		}
		if !at.Set {
			return value.Opt[value.Wall]{}, rivals
		}
		since = value.Some(max(since.V, at.V+turn))
	}
	return since, rivals
}

// waits reports whether a loan waits for what it could have now.
func (c *Calendar) waits(v *Reservation) bool {
	return v.State == Waitlisted && v.Start.Set && v.End.Set && v.End.V > c.now && c.Free(ClaimOf(v))
}

// rivals lists the others who wait for hours that a loan waits for and could have
// them.
func (c *Calendar) rivals(v *Reservation) []*Reservation {
	var out []*Reservation
	for _, unit := range c.unitsFor(v) {
		for _, other := range Queue(c.r, unit, v.Start.V, v.End.V) {
			if other.ID != v.ID && c.waits(other) && !slices.Contains(out, other) {
				out = append(out, other)
			}
		}
	}
	return out
}

// unitsFor lists the units that a loan may be given.
func (c *Calendar) unitsFor(v *Reservation) []*Equipment {
	if e := field.Get(c.r, v.Unit); e != nil {
		return []*Equipment{e}
	}
	return slices.DeleteFunc(UnitsIn(c.r, v.Category), func(e *Equipment) bool {
		return !e.AtLeast(v.Minimum) || v.Lender != 0 && v.Lender != e.Owner
	})
}

// CameFree lists who waits for a unit that is there to be had now and has not been
// told: their clock starts.
func (c *Calendar) CameFree(unit *Equipment) []*Reservation {
	var out []*Reservation
	for _, v := range Queue(c.r, unit, c.now, c.now+horizon) {
		if v.Ready.Set || !c.waits(v) {
			continue
		}
		first := true
		for _, other := range c.rivals(v) {
			first = first && other.ID > v.ID
		}
		if first {
			out = append(out, v)
		}
	}
	return out
}

// Asked lists the cities that have asked for what a claim asks for, in hours of its
// time, and wait for an answer.
func (c *Calendar) Asked(q Claim, borrower partnership.PartnerID) []partnership.PartnerID {
	group := UnitGroup(q.Unit)
	if q.Unit == 0 {
		group = DemandGroup(q.Category)
	}
	var out []partnership.PartnerID
	for v := range field.Within[Reservation](c.r, group, q.From, q.Until) {
		if (v.State == Requested || v.State == Waitlisted) && v.ID != q.Except && v.Borrower != borrower &&
			!slices.Contains(out, v.Borrower) {
			out = append(out, v.Borrower)
		}
	}
	return out
}
