package lending

import (
	"slices"

	"interlocal/model/field"
)

// settledByAsking reports whether a request comes to say what it is charged at, or
// that a paper which it lacks is let pass: both are settled when it is approved.
func settledByAsking(before, v *Reservation) bool {
	if v.State != LoanDraft && v.State != Requested && v.State != Waitlisted {
		return false
	}
	if before == nil {
		before = &Reservation{}
	}
	return v.Terms != (Terms{}) && v.Terms != before.Terms || len(v.Passes) > 0 &&
		!slices.Equal(v.Passes, before.Passes)
}

// parted reports whether a loan has been handed over as one of several of a
// category that its lender has promised.
func parted(r field.Reader, v *Reservation) bool {
	if HandoverOf(r, v.ID) == nil {
		return false
	}
	for _, o := range Together(r, v) {
		if o.ID != v.ID && o.State == Approved && o.Unit == 0 && o.Lender == v.Lender && o.Borrower == v.Borrower &&
			field.FoldName(o.Category) == field.FoldName(v.Category) {
			return true
		}
	}
	return false
}
