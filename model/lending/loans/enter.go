package loans

import (
	"interlocal/model/failure"
	"interlocal/model/field"
	"interlocal/model/lending"
	"interlocal/model/partnership"
	"interlocal/model/value"
)

// Enter takes in a reservation as a list or a form holds it, by the steps that
// bring a loan to the state it is in: one that is asked for is booked, one that is
// approved is granted, and one that has begun gets the rate in force on its first
// day. What became of it is recorded by its hand-over and its return, which it
// lacks until then. A draft, and what fell through, keep nothing from anybody.
func Enter(w Writer, now value.Wall, row *lending.Reservation) (lending.ReservationID, error) {
	v := *row
	switch v.State {
	case lending.Requested, lending.Waitlisted:
		return enterRequest(w, now, &v)
	case lending.Approved:
		v.State = lending.Requested
		id, err := enterRequest(w, now, &v)
		if err != nil || field.Get(w, id).State == lending.Approved {
			return id, err
		}
		lender := w.Actor().Partner
		if w.Actor().All {
			lender = 0
		}
		return id, Approve(w, now, id, partnership.PartnerID(lender))
	case lending.OutOnLoan, lending.Returned, lending.Closed:
		return enterBegun(w, &v)
	}
	return put(w, &v)
}

// enterRequest books what is asked for. A city's own unit is booked at once, as by
// a line; what is taken is refused, unless it is on the wait list.
func enterRequest(w Writer, now value.Wall, v *lending.Reservation) (lending.ReservationID, error) {
	if v.State == lending.Requested && v.Start.Set && v.End.Set {
		cal := lending.CalendarOf(w, now)
		if c := cal.Conflicts(lending.ClaimOf(v)); len(c) > 0 && c[0].Firm {
			return 0, failure.New(failure.Conflict, cal.Sentence(c[0]))
		}
		if unit := field.Get(w, v.Unit); unit != nil && unit.Owner == v.Borrower {
			v.State = lending.Approved
			if err := fixTerms(w, v); err != nil {
				return 0, err
			}
		}
	}
	return put(w, v)
}

// enterBegun enters a loan that has begun or is over.
func enterBegun(w Writer, v *lending.Reservation) (lending.ReservationID, error) {
	state := v.State
	v.State = lending.Approved
	if err := fixTerms(w, v); err != nil {
		return 0, err
	}
	v.State = state
	if err := needs(w, v, lending.MissingPapers(w, v)); err != nil {
		return 0, err
	}
	return put(w, v)
}
