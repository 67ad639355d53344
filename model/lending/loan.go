package lending

import (
	"iter"
	"slices"

	"interlocal/model/failure"
	"interlocal/model/field"
)

// longestLoan bounds a loan, in minutes: three years.
const longestLoan = 3 * 366 * 24 * 60

// nextStates lists the states that may follow one.
func nextStates(s ReservationState) []ReservationState {
	switch s {
	case LoanDraft:
		return []ReservationState{Requested, Approved, Cancelled, Waitlisted}
	case Requested:
		return []ReservationState{Approved, Declined, Waitlisted, Cancelled, LoanDraft}
	case Waitlisted:
		return []ReservationState{Requested, Approved, Declined, Cancelled}
	case Approved:
		return []ReservationState{OutOnLoan, Cancelled, NoShow, Recalled, Requested, Waitlisted}
	case OutOnLoan:
		return []ReservationState{Returned}
	case Returned:
		return []ReservationState{Closed}
	case Declined, Cancelled:
		return []ReservationState{Requested, Waitlisted, Approved, LoanDraft}
	case Recalled, NoShow:
		return []ReservationState{Requested, Approved}
	}
	return nil
}

func checkReservation(c *field.Checking, before, v *Reservation) {
	if v.Unit == 0 && v.Category == "" {
		c.Add("unit", "name a unit, or a category of which any will do")
	}
	if v.Quantity.Set && v.Quantity.V <= 0 {
		c.Add("quantity", "a quantity is at least 1")
	} else if v.Unit != 0 && v.Units() > 1 {
		c.Add("quantity", "a unit is one; book several by their category")
	} else if v.Units() > 100 {
		c.Add("quantity", "a booking is for 100 units at most")
	}
	if v.Start.Set && v.End.Set && v.End.V <= v.Start.V {
		c.Add("end", "the loan ends before it starts")
		return
	}
	if v.Start.Set && v.End.Set && v.End.V-v.Start.V > longestLoan {
		c.Add("end", "a loan takes three years at most")
		return
	}
	if v.Extension.Set && v.End.Set && v.Extension.V <= v.End.V && v.Holds() {
		c.Add("extension", "an extension ends later than the loan does")
	}
	if before == nil && v.End.Set && v.End.V < c.Now && (v.State == Requested || v.State == Approved ||
		v.State == Waitlisted) {
		c.Warn("start", "that time is over already: it was until "+v.End.V.Long())
	}
	for _, p := range v.Passes {
		if p.Name == "" || p.Reason == "" {
			c.Add("passes", "who lets a loan pass puts a name and a reason to it")
			break
		}
	}
	checkState(c, before, v)
	checkHours(c, before, v)
	checkTogether(c, v)
	if v.Holds() || v.State == Requested || v.State == Waitlisted {
		checkPlace(c, before, v)
		checkPapers(c, before, v)
	}
}

// follows reports whether a loan may come from one state to the other: by a step,
// or by two that are recorded at once.
func follows(r field.Reader, before, v *Reservation) bool {
	return slices.Contains(nextStates(before.State), v.State) ||
		before.State == Approved && v.State == Returned && HandoverOf(r, v.ID) != nil && ReturnOf(r, v.ID) != nil
}

// checkState applies what the states mean.
func checkState(c *field.Checking, before, v *Reservation) {
	if c.Back {
		before = nil // it was so once, and what stood in the way of going back has been asked
	}
	if before != nil && before.State != v.State && !follows(c, before, v) {
		c.Add("state", "a loan that is "+string(before.State)+" does not become "+string(v.State))
		return
	}
	switch v.State {
	case Approved:
		if v.Unit == 0 && v.Lender == 0 {
			c.Add("lender", "say which partner gives a unit of the category; only its own units can be promised")
		}
	case OutOnLoan:
		switch out := HandoverOf(c, v.ID); {
		case v.Unit == 0:
			c.Add("unit", "choose the unit that is handed over")
		case out == nil && before != nil && before.State != OutOnLoan:
			c.Add("state", "a unit goes out with a hand-over; record that")
		case out == nil:
			c.Warn("state", "its hand-over is not recorded")
		}
	case Returned, Closed:
		if before != nil && before.State == OutOnLoan && ReturnOf(c, v.ID) == nil {
			c.Add("state", "a unit comes back with a return; record that")
		}
		if why := Unsettled(c, v); why != "" && v.State == Closed && before != nil && before.State != Closed {
			c.Add("state", why)
		}
	}
	if before == nil || before.Terms != v.Terms || before.Unit != v.Unit {
		checkRate(c, "rate_amount", v.Terms.Rate)
		if why := MilesOnHours(countsOf(c, v.Unit), v.Terms.Per); why != "" && v.Terms.Basis == BasisMeter {
			c.Add("rate_per", why)
		}
	}
	if before != nil && before.Holds() && before.Terms != (Terms{}) && before.Terms != v.Terms && v.State != Requested {
		c.Add("rate_amount", "the rate was fixed at approval; put a correction on the settlement line")
	}
	if before != nil && (before.State == Returned || before.State == Closed) &&
		(before.Unit != v.Unit || before.Borrower != v.Borrower || before.Terms != v.Terms) {
		c.Add("unit", "the loan is over; what was settled by it stays")
	}
}

// checkTogether keeps units that were booked together together.
func checkTogether(c *field.Checking, v *Reservation) {
	for _, other := range Together(c, v) {
		if other.ID == v.ID {
			continue
		}
		fell := func(r *Reservation) bool {
			return r.State == Declined || r.State == Cancelled || r.State == Recalled || r.State == NoShow
		}
		waits := other.State == LoanDraft || other.State == Requested || other.State == Waitlisted
		switch {
		case v.State == Approved && fell(other):
			c.Add("state", "it is booked together with reservation "+other.Number()+", which is "+string(other.State)+
				"; all or none")
			return
		case fell(v) && other.State == Approved:
			c.Add("state", "it is booked together with reservation "+other.Number()+
				"; all or none, so let that go as well")
			return
		case v.State == OutOnLoan && (waits || fell(other)):
			c.Add("state", "it is booked together with reservation "+other.Number()+", which is not approved; none "+
				"goes out before all are")
			return
		}
	}
}

// placed reports whether two versions of a loan take up the same.
func placed(a, b *Reservation) bool {
	return a.Unit == b.Unit && a.Start == b.Start && a.End == b.End &&
		field.FoldName(a.Category) == field.FoldName(b.Category) &&
		a.Minimum == b.Minimum && a.Units() == b.Units() && a.Lender == b.Lender
}

// checkPlace looks whether the unit can be had. A loan that holds it already
// and stays where it is asks nothing of anybody.
func checkPlace(c *field.Checking, before, v *Reservation) {
	unit := field.Get(c, v.Unit)
	if unit != nil && unit.Status == EquipmentRetired {
		c.Add("unit", unit.Tag+" is retired")
		return
	}
	if unit != nil && unit.Status == EquipmentOut && v.State != Approved && (before == nil || before.Unit != v.Unit) {
		c.Warn("unit", unit.Tag+" is out of service")
	}
	if !v.Start.Set || !v.End.Set || before != nil && before.Holds() && v.Holds() && placed(before, v) {
		return
	}
	if c.Back && v.State == OutOnLoan {
		return // it is out again, whoever waits for it
	}
	cal := CalendarOf(c, c.Now)
	if cal.Length(v.Start.V, v.End.V) <= 0 {
		c.Add("end", "clocks change between start and end, so the loan would end before it starts")
		return
	}
	if cal.Wall(cal.Minute(v.Start.V)) != v.Start.V {
		c.Warn("start", "clocks go forward then; "+v.Start.V.Long()+" is read as "+
			cal.Wall(cal.Minute(v.Start.V)).Long())
	}
	// A unit chosen for a loan by category leaves the category's promise.
	if v.Unit == 0 && v.Lender == 0 && v.State != Approved {
		return
	}
	var found failure.Problems
	cal.Refuse(&found, ClaimOf(v))
	for _, p := range found {
		p.Warning = p.Warning || !v.Holds()
		c.Problems = append(c.Problems, p)
	}
}

// OutNow yields the loans of units that are out now.
func OutNow(r field.Reader) iter.Seq[*Reservation] {
	return func(yield func(*Reservation) bool) {
		for v := range field.Within[Reservation](r, field.AnyGroup, outAt, outAt+1) {
			if !yield(v) {
				return
			}
		}
	}
}

func checkPapers(c *field.Checking, before, v *Reservation) {
	if before != nil && before.State == v.State && before.Operator == v.Operator && placed(before, v) {
		return
	}
	for _, m := range MissingPapers(c, v) {
		field := "unit"
		switch m.For {
		case PassAgreement, PassInsurance:
			field = "borrower"
		case PassOperator:
			field = "operator"
		}
		c.Warn(field, m.Sentence)
	}
	if v.State == OutOnLoan && before != nil && before.State != OutOnLoan {
		for o := range field.Within[Reservation](c, outGroup(v.Unit), outAt, outAt+1) {
			if o.ID != v.ID {
				c.Warn("unit", "reservation "+o.Number()+" has the unit too, as far as is recorded; record its return")
			}
		}
	}
}

// stepReservation names the party that may take each step of a loan: the owner
// approves, declines, recalls and closes; the borrower asks and gives up; both
// hand over and take back.
func stepReservation(r field.Reader, by field.Actor, before, v *Reservation) error {
	switch {
	case v == nil:
		if before.Holds() && !by.Is(field.Party(before.LentBy(r))) {
			return failure.New(failure.Forbidden, "an approved loan is cancelled, not deleted")
		}
		return nil
	case !ownSplits(by, before, v):
		return failure.New(failure.Forbidden, "each city confirms for itself at which reading a unit came back")
	case settledByAsking(before, v) && !by.Is(field.Party(v.LentBy(r))):
		return errOwner("says what a loan is charged at and what lets it pass, when it is approved")
	case before == nil:
		switch lender := by.Is(field.Party(v.LentBy(r))); {
		case lender:
		case v.State == Approved:
			return errOwner("approves a loan")
		case v.Begun() && !parted(r, v):
			return errOwner("enters a loan that has begun")
		}
		return nil
	case before.State != v.State:
		return stepState(r, by, before, v)
	case v.Holds() && !placed(before, v) && !by.Is(field.Party(v.LentBy(r))):
		shorter := before.Unit == v.Unit && before.Lender == v.Lender && v.Start.V >= before.Start.V &&
			v.End.V <= before.End.V
		if !shorter {
			return failure.New(failure.Forbidden, "the owner changes an approved loan; ask for a later end in the "+
				"field \"Asked until\"")
		}
	}
	return nil
}

func errOwner(what string) error {
	return failure.New(failure.Forbidden, "the owner "+what+"; ask its staff")
}

func stepState(r field.Reader, by field.Actor, before, v *Reservation) error {
	lender, was := by.Is(field.Party(v.LentBy(r))), by.Is(field.Party(before.LentBy(r)))
	switch v.State {
	case Approved: // what went out by mistake may be taken back by whoever noted it
		if !lender && before.State != OutOnLoan {
			return errOwner("approves a loan")
		}
	case Declined, NoShow, Recalled:
		if !lender && !was {
			return errOwner("declines or recalls a loan, or notes that nobody came")
		}
	case Closed:
		if !lender {
			return errOwner("closes a loan when all is settled")
		}
	case Requested:
		if !by.Is(field.Party(v.Borrower)) && !lender && !was {
			return failure.New(failure.Forbidden, "the borrower asks for a loan")
		}
	case Cancelled:
		if !by.Is(field.Party(v.Borrower)) && !brokenUp(r, v) {
			return failure.New(failure.Forbidden, "the borrower gives a loan up; the owner declines or recalls it")
		}
	}
	return nil
}

// brokenUp reports whether one of those booked together has fallen through, so
// that anybody concerned may let the others go.
func brokenUp(r field.Reader, v *Reservation) bool {
	for _, other := range Together(r, v) {
		if other.ID != v.ID && (other.State == Declined || other.State == Recalled || other.State == Cancelled ||
			other.State == NoShow) {
			return true
		}
	}
	return false
}
