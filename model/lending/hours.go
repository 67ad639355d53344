package lending

import (
	"interlocal/model/field"
	"interlocal/model/value"
)

// hoursOf gives the time for which a loan had its unit: as recorded, else as booked.
func hoursOf(r field.Reader, v *Reservation) (from, until value.Wall) {
	from, until = v.Start.V, v.End.V
	if out := HandoverOf(r, v.ID); out != nil {
		from = out.At.Or(from)
	}
	if back := ReturnOf(r, v.ID); back != nil {
		until = back.At.Or(until)
	}
	return from, until
}

// lateReach is how long before a time loans are looked for that came back late, in
// minutes: a month.
const lateReach = 31 * 24 * 60

// checkHours refuses two loans of one unit in the same hours, whatever has become
// of either: one unit is in one place. What is approved and out is for the
// calendar to say, which counts turnaround as well.
func checkHours(c *field.Checking, before, v *Reservation) {
	had := before != nil && (before.Holds() || before.Begun()) && placed(before, v)
	if had || c.Back || !v.Holds() && !v.Begun() || v.Unit == 0 || !v.Start.Set || !v.End.Set {
		return
	}
	from, until := hoursOf(c, v)
	for o := range field.Within[Reservation](c, UnitGroup(v.Unit), from-lateReach, until) {
		over := o.Begun() && (v.Begun() || o.State != OutOnLoan)
		if o.ID == v.ID || !over && !(v.Begun() && v.State != OutOnLoan && o.Holds()) {
			continue
		}
		if a, b := hoursOf(c, o); a < until && from < b {
			what := "was on loan"
			if !o.Begun() {
				what = "is promised"
			}
			c.Add("start", "the unit "+what+" from "+a.Long()+" until "+b.Long()+" already (reservation "+o.Number()+
				"); one of the two is mistaken")
			return
		}
	}
}

// checkApart refuses papers by which a unit was with two borrowers at once. Until is
// unset while the unit is not back.
func checkApart(c *field.Checking, column string, loan ReservationID, unit EquipmentID, from,
	until value.Opt[value.Wall]) {
	if c.Back || !from.Set || unit == 0 {
		return
	}
	cal := CalendarOf(c, c.Now)
	for back := range field.Of[Return](c, "unit", unit) {
		last, out := ReturnOf(c, back.Reservation), HandoverOf(c, back.Reservation)
		if back.Reservation == loan || last.ID != back.ID || !back.At.Set || out == nil || !out.At.Set {
			continue
		}
		a, b := out.At.V, back.At.V
		begins := !until.Set && cal.Elapsed(a, from.V) > 0
		if cal.Elapsed(from.V, b) > 0 && (begins || until.Set && cal.Elapsed(a, until.V) > 0) {
			c.Add(column, "the unit was with its borrower of reservation "+
				(&Reservation{ID: back.Reservation}).Number()+" from "+
				a.Long()+" until "+b.Long()+"; if a time there is mistaken, amend it first")
			return
		}
	}
}

// Unsettled says what keeps a loan from being closed; "" when all is settled.
func Unsettled(r field.Reader, v *Reservation) string {
	lines := 0
	for line := range field.Of[Charge](r, "reservation", v.ID) {
		lines++
		switch {
		case !line.Counts() || line.State == Paid:
		case line.Open():
			return "a settlement line of the loan has no amount yet; complete it, or write it off, before the loan " +
				"is closed"
		case line.Total() != 0:
			return "the settlement line of " + line.Total().String() + " is " + string(line.State) +
				"; the loan is closed when it is paid or written off"
		}
	}
	if lender := v.LentBy(r); lines == 0 && v.Terms.Basis != "" && v.Terms.Basis != BasisWaived &&
		lender != v.Borrower {
		return "the loan is charged for and has no settlement line; record its return, or add the line, " +
			"before it is closed"
	}
	return ""
}
