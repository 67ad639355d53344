package loans

import (
	"slices"

	"interlocal/model/field"
	"interlocal/model/lending"
)

// bookingRows are the rows of lists of bookings: each is booked, granted or entered
// as its state says. A copy of one that holds a unit without terms lacks what its
// approval would have left, and does the same.
func bookingRows() *field.FileRows {
	return field.FromRows(func(_ field.Reader, row *lending.Reservation, copied bool) bool {
		lacks := (row.Holds() || row.Begun()) && row.Unit != 0 && row.Terms.Basis == ""
		return !copied || lacks
	}, func(row *lending.Reservation) (field.ID[field.Alone], *Asking) { return 0, &Asking{Row: row} })
}

// handoverRows are the rows of files that hand over. The copy of one whose loan is
// out or over by its own row is the record that was missing and nothing more.
func handoverRows() *field.FileRows {
	return field.FromRows(func(r field.Reader, row *lending.Handover, copied bool) bool {
		return row.Amends == 0 && !(copied && lacksHandover(r, field.Get(r, row.Reservation)))
	}, func(row *lending.Handover) (lending.ReservationID, *Outgoing) {
		return row.Reservation, &Outgoing{*row}
	})
}

// returnRows are the rows of files that take back, with the same exception.
func returnRows() *field.FileRows {
	return field.FromRows(func(r field.Reader, row *lending.Return, copied bool) bool {
		return row.Amends == 0 && !(copied && lacksReturn(r, field.Get(r, row.Reservation)))
	}, func(row *lending.Return) (lending.ReservationID, *lending.Return) { return row.Reservation, row })
}

// lacksHandover reports whether a loan has begun and its hand-over is not recorded.
func lacksHandover(r field.Reader, v *lending.Reservation) bool {
	return v != nil && v.Begun() && lending.HandoverOf(r, v.ID) == nil
}

// lacksReturn reports whether a loan is over and its return is not recorded.
func lacksReturn(r field.Reader, v *lending.Reservation) bool {
	return v != nil && v.Begun() && v.State != lending.OutOnLoan && lending.ReturnOf(r, v.ID) == nil
}

// amendedHandoverRows are the rows that say which hand-over they correct. A copy is
// the record alone as long as there is no line that it would correct.
func amendedHandoverRows() *field.FileRows {
	return field.FromRows(func(r field.Reader, row *lending.Handover, copied bool) bool {
		return row.Amends != 0 && !(copied && !charged(r, row.Reservation))
	}, func(row *lending.Handover) (lending.ReservationID, *lending.Handover) { return row.Reservation, row })
}

// amendedReturnRows are the rows that say which return they correct.
func amendedReturnRows() *field.FileRows {
	return field.FromRows(func(r field.Reader, row *lending.Return, copied bool) bool {
		return row.Amends != 0 && !(copied && !charged(r, row.Reservation))
	}, func(row *lending.Return) (lending.ReservationID, *lending.Return) { return row.Reservation, row })
}

func charged(r field.Reader, id lending.ReservationID) bool {
	for range field.Of[lending.Charge](r, "reservation", id) {
		return true
	}
	return false
}

// toState makes an act of the rows and forms that turn a loan into a state.
func toState[A any](to lending.ReservationState, read func(*lending.Reservation) *A,
	from ...lending.ReservationState) *field.FileSteps {
	return field.FromStep(field.Moving[lending.Reservation]{Moved: moved, Rest: func(now, mine *lending.Reservation) {
		mine.State, mine.Reason = now.State, now.Reason
	}}, func(now, mine *lending.Reservation) bool {
		return now.State != mine.State && mine.State == to && slices.Contains(from, now.State)
	}, read)
}

func noArgs(*lending.Reservation) *field.NoArgs { return nil }

// moved says why a loan does not come to a state by a row or a form.
func moved(now, mine *lending.Reservation) string {
	switch {
	case now.State == mine.State:
		return ""
	case mine.State == lending.OutOnLoan:
		return "a unit goes out with a hand-over, which says when and to whom; record that"
	case mine.State == lending.Returned:
		return "a unit comes back with a return, which says when and at which meter; record that"
	}
	return "a loan that is " + string(now.State) + " does not become " + string(mine.State) + " by changing its state"
}
