package lending

import (
	"cmp"

	"interlocal/model/field"
)

// reading is what a unit's meter showed when it changed hands.
type reading struct {
	*Inspection
	loan field.ID[Reservation]
	out  bool // at a hand-over; at a return otherwise
}

// order says which of two readings of a unit was taken first. Where both were
// taken in one minute, the unit came back before it went out again.
func (a reading) order(b reading) int {
	if n := cmp.Compare(a.At.V, b.At.V); n != 0 || a.out == b.out {
		return n
	}
	if a.out {
		return 1
	}
	return -1
}

// String names the record that a reading stands on.
func (a reading) String() string {
	what := "return"
	if a.out {
		what = "hand-over"
	}
	return "the " + what + " of reservation " + (&Reservation{ID: a.loan}).Number() + " on " + a.At.V.Long()
}

// checkNeighbors refuses a reading that is below the one before it or above the
// one after it, on the hand-overs and returns of the unit's other loans as last
// amended: a meter does not run backwards. Whatever brings the reading, a first
// entry, an amendment or a file, it is measured by the same two neighbors.
func checkNeighbors(c *field.Checking, v reading, unit field.ID[Equipment]) {
	if !v.At.Set || !v.Meter.Set {
		return
	}
	before, after := neighbors(c, v, unit)
	// In the hour that comes twice, clocks do not tell which of two came first.
	certain := func(earlier, later reading) bool {
		return CalendarOf(c, c.Now).Elapsed(later.At.V, earlier.At.V) <= 0
	}
	mend := "; if that one was mistyped, amend it first"
	if before.Inspection != nil && before.Meter.V > v.Meter.V && certain(before, v) {
		c.Add("meter", "the meter stood at "+before.Meter.V.String()+" already at "+before.String()+
			" and cannot be at "+
			v.Meter.V.String()+" later"+mend)
	}
	if after.Inspection != nil && after.Meter.V < v.Meter.V && certain(v, after) {
		c.Add("meter", "the meter stood at "+after.Meter.V.String()+" only at "+after.String()+" and cannot be at "+
			v.Meter.V.String()+" earlier"+mend)
	}
}

// neighbors finds the last reading before one and the first after it.
func neighbors(r field.Reader, v reading, unit field.ID[Equipment]) (before, after reading) {
	take := func(o reading) {
		if o.loan == v.loan || !o.At.Set || !o.Meter.Set {
			return
		}
		n := o.order(v)
		switch {
		case n < 0 && (before.Inspection == nil || o.order(before) >= 0):
			before = o
		case n > 0 && (after.Inspection == nil || o.order(after) < 0):
			after = o
		}
	}
	for h := range field.Of[Handover](r, "unit", unit) {
		if last := HandoverOf(r, h.Reservation); last != nil && last.ID == h.ID {
			take(reading{&h.Inspection, h.Reservation, true})
		}
	}
	for h := range field.Of[Return](r, "unit", unit) {
		if last := ReturnOf(r, h.Reservation); last != nil && last.ID == h.ID {
			take(reading{&h.Inspection, h.Reservation, false})
		}
	}
	return before, after
}
