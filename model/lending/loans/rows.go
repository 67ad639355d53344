package loans

import (
	"interlocal/model/field"
	"interlocal/model/lending"
)

// handoverRows are the rows of files that hand over. Where the loan is out or over
// by its own row, the record of its hand-over is missing and nothing more.
func handoverRows() *field.FileRows {
	return field.FromRows(func(r field.Reader, row *lending.Handover) bool {
		v := field.Get(r, row.Reservation)
		gone := v != nil && (v.State == lending.OutOnLoan || v.State == lending.Returned || v.State == lending.Closed)
		return row.Amends == 0 && !(gone && lending.HandoverOf(r, v.ID) == nil)
	}, func(row *lending.Handover) (lending.ReservationID, *Outgoing) {
		return row.Reservation, &Outgoing{*row}
	})
}

// returnRows are the rows of files that take back, with the same exception.
func returnRows() *field.FileRows {
	return field.FromRows(func(r field.Reader, row *lending.Return) bool {
		v := field.Get(r, row.Reservation)
		over := v != nil && (v.State == lending.Returned || v.State == lending.Closed)
		return row.Amends == 0 && !(over && lending.ReturnOf(r, v.ID) == nil)
	}, func(row *lending.Return) (lending.ReservationID, *lending.Return) { return row.Reservation, row })
}

// amendedHandoverRows are the rows that say which hand-over they correct.
func amendedHandoverRows() *field.FileRows {
	return field.FromRows(func(_ field.Reader, row *lending.Handover) bool { return row.Amends != 0 },
		func(row *lending.Handover) (lending.ReservationID, *lending.Handover) { return row.Reservation, row })
}

// amendedReturnRows are the rows that say which return they correct.
func amendedReturnRows() *field.FileRows {
	return field.FromRows(func(_ field.Reader, row *lending.Return) bool { return row.Amends != 0 },
		func(row *lending.Return) (lending.ReservationID, *lending.Return) { return row.Reservation, row })
}
