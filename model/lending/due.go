package lending

import (
	"interlocal/model/field"
	"interlocal/model/partnership"
	"interlocal/model/text"
	"interlocal/model/value"
)

// serviceAhead is how many days before its day the service of a unit is told of.
const serviceAhead = 14

// dueEquipment tells of the service of a unit that is in use.
func dueEquipment(v field.Viewpoint, e *Equipment, yield func(field.Due)) {
	if !e.ServiceDue.Set || e.Status != EquipmentActive {
		return
	}
	today, day := v.Now.Day(), e.ServiceDue.V
	yield(field.Due{On: e.ServiceDue, Urgency: v.Nearness(day, serviceAhead),
		Line: func() string {
			if day < today {
				return UnitName(v, e.ID) + " was due for service by " + day.When(today)
			}
			return UnitName(v, e.ID) + " is due for service by " + day.When(today)
		},
		Event: func() string { return UnitName(v, e.ID) + " is due for service" }})
}

// UnitName gives a unit's tag and name.
func UnitName(r field.Reader, id EquipmentID) string {
	if e := field.Get(r, id); e != nil {
		return e.Tag + " " + e.Name
	}
	return "a unit that is not recorded"
}

// dueReservation tells where a loan stands: asked for, to go out, out, late.
func dueReservation(v field.Viewpoint, loan *Reservation, yield func(field.Due)) {
	borrower := func() string { return partnership.PartnerName(v, loan.Borrower) }
	today, end := v.Now.Day(), dayOf(loan.End)
	with := func() string { return UnitName(v, loan.Unit) + ", in use by " + borrower() + "," }
	next := Forgotten(v, loan)
	switch {
	case next != nil:
		yield(dueSplit(v, loan, next))
	case loan.Overdue(v.Now):
		yield(field.Due{On: end, Urgency: field.Overdue, For: borrows(loan), Line: func() string {
			return with() + " was due back " + end.V.When(today) + " at " + loan.End.V.TimeOfDay().Long()
		}})
	case loan.State == OutOnLoan && end.Set:
		d := field.Due{On: end, Urgency: field.Later, Event: func() string {
			return UnitName(v, loan.Unit) + " comes back from " + borrower()
		}}
		if end.V == today {
			d.Urgency, d.Line = field.DueSoon, func() string {
				return with() + " comes back today by " +
					loan.End.V.TimeOfDay().Long()
			}
		}
		yield(d)
	case loan.State == Approved && loan.Start.Set:
		yield(goesOut(v, loan))
	case loan.State == Requested && !loan.Lapsed(v.Now):
		yield(field.Due{On: dayOf(loan.Start), Urgency: field.Waiting, For: lends(v, loan),
			Line: func() string { return asksFor(v, loan) }})
	case loan.State == Waitlisted:
		o, ok := CalendarOf(v, v.Now).Offered(loan)
		if !ok {
			break
		}
		yield(field.Due{On: value.Some(o.Since.Day()), Urgency: field.Waiting, For: borrows(loan), Line: func() string {
			return wanted(v, loan) + " has come free; " + borrower() + " is first in line and was offered it " +
				o.Since.Day().When(today)
		}})
	}
	if loan.Holds() && loan.Extension.Set {
		yield(field.Due{On: dayOf(loan.Extension), Urgency: field.Waiting, For: lends(v, loan), Line: func() string {
			return borrower() + " asks to keep " + wanted(v, loan) + " until " + loan.Extension.V.Day().
				When(today) + "; " +
				partnership.PartnerName(v, loan.LentBy(v)) + " is to answer"
		}})
	}
}

// dueSplit tells of a loan whose return was forgotten, to those who have not said
// yet that it came back at the next reading.
func dueSplit(v field.Viewpoint, loan *Reservation, next *Handover) field.Due {
	d := field.Due{On: dayOf(next.At), Urgency: field.Waiting, Line: func() string {
		said := UnitName(v, loan.Unit) + " went to somebody else on " + next.At.V.Long()
		if next.Meter.Set {
			said += " at " + next.Meter.V.String()
		}
		return said + ", and its return from " + partnership.PartnerName(v, loan.Borrower) +
			" is not recorded; record it, or both cities confirm that reading"
	}}
	for _, p := range loan.Unconfirmed(v, next) {
		d.For = append(d.For, field.Party(p))
	}
	return d
}

// goesOut tells of an approved loan that has not been handed over.
func goesOut(v field.Viewpoint, loan *Reservation) field.Due {
	to := partnership.PartnerName(v, loan.Borrower)
	today, start := v.Now.Day(), loan.Start.V.Day()
	d := field.Due{On: value.Some(start), Urgency: field.Later,
		Event: func() string { return wanted(v, loan) + " goes to " + to }}
	late := func(when string) {
		d.Urgency, d.Line = field.Waiting, func() string {
			return wanted(v, loan) + " was to go to " + to + when + "; the hand-over is not recorded"
		}
	}
	switch {
	case start < today:
		late(" on " + start.When(today))
	case start == today && loan.Start.V < v.Now:
		late(" today at " + loan.Start.V.TimeOfDay().Long())
	case start == today:
		d.Urgency, d.Line = field.DueSoon, func() string {
			return wanted(v, loan) + " goes to " + to + " today at " + loan.Start.V.TimeOfDay().Long()
		}
	}
	return d
}

// asksFor says who asks for what, and who is to answer.
func asksFor(v field.Viewpoint, loan *Reservation) string {
	said := partnership.PartnerName(v, loan.Borrower) + " asks for " + wanted(v, loan)
	if loan.Start.Set {
		said += " from " + loan.Start.V.Day().When(v.Now.Day())
	}
	if lender := loan.LentBy(v); lender != 0 && lender != loan.Borrower {
		return said + "; " + partnership.PartnerName(v, lender) + " is to answer"
	}
	return said
}

// wanted names a unit, or the category of which any will do.
func wanted(r field.Reader, loan *Reservation) string {
	if loan.Unit == 0 && loan.Category != "" {
		return "a " + text.OneLine(loan.Category)
	}
	return UnitName(r, loan.Unit)
}

func borrows(loan *Reservation) []field.Party { return []field.Party{field.Party(loan.Borrower)} }

// lends gives whose the answer is; nobody's own while nobody has been asked.
func lends(r field.Reader, loan *Reservation) []field.Party {
	if lender := loan.LentBy(r); lender != 0 {
		return []field.Party{field.Party(lender)}
	}
	return nil
}

// dueCharge tells of a settlement line that is disputed.
func dueCharge(v field.Viewpoint, line *Charge, yield func(field.Due)) {
	if line.State != Disputed {
		return
	}
	yield(field.Due{On: line.On, Urgency: field.Waiting, Line: func() string {
		return partnership.PartnerName(v, line.Borrower) + " disputes " + line.Total().String() + " for a loan from " +
			partnership.PartnerName(v, line.Lender)
	}})
}

// dueStatement tells of a statement that waits for an answer, or for the word of
// who is owed that it is settled.
func dueStatement(v field.Viewpoint, s *Statement, yield func(field.Due)) {
	if s.State != StatementSent && s.State != StatementAgreed {
		return
	}
	d := field.Due{Urgency: field.Waiting, Line: func() string {
		said := "The statement of " + partnership.PartnerName(v, s.First) + " and " +
			partnership.PartnerName(v, s.Second)
		if s.Until.Set {
			said += " until " + s.Until.V.Long()
		}
		if s.State == StatementSent {
			return said + " was sent and waits for an answer"
		}
		return said + " is agreed; " + partnership.PartnerName(v, s.Owed()) + " says when it is settled"
	}}
	if s.State == StatementAgreed {
		d.For = []field.Party{field.Party(s.Owed())}
	}
	yield(d)
}

// dayOf gives the day of a local time.
func dayOf(w value.Opt[value.Wall]) value.Opt[value.Day] {
	if !w.Set {
		return value.Opt[value.Day]{}
	}
	return value.Some(w.V.Day())
}
