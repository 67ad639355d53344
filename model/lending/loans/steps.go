package loans

import (
	"cmp"
	"slices"

	"interlocal/model/failure"
	"interlocal/model/field"
	"interlocal/model/lending"
	"interlocal/model/lending/rates"
	"interlocal/model/partnership"
	"interlocal/model/value"
)

// loan gets a reservation that may be changed.
func loan(w Writer, id lending.ReservationID) (*lending.Reservation, error) {
	v := field.Get(w, id)
	if v == nil {
		return nil, failure.New(failure.NotFound, "there is no such reservation any more")
	}
	out := *v
	out.Passes = slices.Clone(v.Passes)
	return &out, nil
}

// step changes a reservation that is in one of some states.
func step(w Writer, id lending.ReservationID, change func(v *lending.Reservation) error,
	from ...lending.ReservationState) error {
	v, err := loan(w, id)
	if err != nil {
		return err
	}
	if len(from) > 0 && !slices.Contains(from, v.State) {
		return failure.New(failure.Invalid, "reservation "+v.Number()+" is "+string(v.State)+
			"; that step is for one that is "+string(from[0]))
	}
	if err := change(v); err != nil {
		return err
	}
	_, err = put(w, v)
	return err
}

// fixTerms fixes what an approved loan is charged at, by the rate in force on its
// first day. An owner's rate has no history: fixed
// when the loan has begun, it is that of the day, which the line then says.
func fixTerms(w Writer, v *lending.Reservation) error {
	if v.State != lending.Approved || v.Terms.Basis != "" {
		return nil
	}
	unit := field.Get(w, v.Unit)
	if unit == nil {
		return nil // by category: fixed with the unit
	}
	today := w.Now().Day()
	first := v.Start.Or(w.Now()).Day()
	terms, err := rates.TermsFor(w, unit, v.Borrower, first)
	if terms.Rate.Set && terms.Source != lending.SourceFEMA && first < today && err == nil {
		terms.Source += ", rate of " + today.Long()
	}
	v.Terms = terms
	return err
}

// Approve grants a loan and fixes its rate. Papers that are missing are doubts,
// which the writer's override answers for. For a loan by category the
// lender is who gives a unit: of several as many as it has, while the rest waits for
// others.
func Approve(w Writer, now value.Wall, id lending.ReservationID, lender partnership.PartnerID) error {
	part, err := parted(w, now, id, lender)
	if err != nil {
		return err
	}
	return step(w, part, func(v *lending.Reservation) error {
		if v.Unit == 0 && lender != 0 {
			v.Lender = lender
		}
		v.State, v.Reason, v.Ready = lending.Approved, "", value.Opt[value.Wall]{}
		if err := fixTerms(w, v); err != nil {
			return err
		}
		cal := lending.CalendarOf(w, now)
		if c := cal.Conflicts(lending.ClaimOf(v)); len(c) > 0 && c[0].Firm {
			return failure.New(failure.Conflict, cal.Sentence(c[0]))
		}
		var missing []lending.Missing
		for _, m := range lending.MissingPapers(w, v) {
			// An operator is often named with the hand-over only, and an inspection renewed by then.
			if m.For != lending.PassInspection && (m.For != lending.PassOperator || v.Operator != 0) {
				missing = append(missing, m)
			}
		}
		return needs(w, v, missing)
	}, lending.Requested, lending.Waitlisted, lending.LoanDraft)
}

// parted sets apart what a lender can give of a request for several that anybody may
// fill, and gives the request of that; the request itself where it can give all or
// nothing.
func parted(w Writer, now value.Wall, id lending.ReservationID, lender partnership.PartnerID) (lending.ReservationID,
	error) {
	v := field.Get(w, id)
	if v == nil || v.Unit != 0 || v.Lender != 0 || lender == 0 || v.Units() == 1 ||
		v.State != lending.Requested && v.State != lending.Waitlisted {
		return id, nil
	}
	o := Order{Category: v.Category, Minimum: v.Minimum, Quantity: int(v.Units())}
	n := int64(most(lending.CalendarOf(w, now), &o, Stretch{v.Start.V, v.End.V}, lender))
	if n == 0 || n == v.Units() {
		return id, nil
	}
	rest, one := *v, *v
	rest.Quantity = value.Some(v.Units() - n)
	one.ID, one.Lender, one.Quantity, one.PartOf = 0, lender, value.Some(n), cmp.Or(v.PartOf, v.ID)
	if _, err := put(w, &rest); err != nil {
		return id, err
	}
	return put(w, &one)
}

// doubtsOf makes doubts of what a loan lacks.
func doubtsOf(missing []lending.Missing) field.Doubts {
	doubts := make(field.Doubts, len(missing))
	for i, m := range missing {
		doubts[i] = field.Doubt{About: string(m.For), Sentence: m.Sentence}
	}
	return doubts
}

// needs raises what is missing as doubts. Those that somebody has answered for
// are kept with the loan. What has happened may be recorded with its doubts open;
// what has not waits for the answer.
func needs(w Writer, v *lending.Reservation, missing []lending.Missing) error {
	doubts := doubtsOf(missing)
	if err := field.Unanswered(w, doubts...); err != nil {
		return err
	}
	if o := w.Override(); o != nil && o.Later && len(doubts) > 0 && v.Start.Or(0) > w.Now() {
		return doubts
	}
	if o := w.Override(); o != nil && o.Name != "" {
		for _, m := range missing {
			v.Passes = append(v.Passes, lending.Pass{For: m.For, Name: o.Name, Reason: o.Reason,
				On: value.Some(w.Now().Day())})
		}
	}
	return nil
}

// release ends a reservation and lets go of those booked together with it.
func release(w Writer, id lending.ReservationID, state lending.ReservationState, reason string,
	from ...lending.ReservationState) error {
	v, err := loan(w, id)
	if err != nil {
		return err
	}
	others := lending.Together(w, v)
	if err := step(w, id, func(v *lending.Reservation) error { v.State, v.Reason = state, reason; return nil },
		from...); err != nil {
		return err
	}
	for _, o := range others {
		if o.ID == id || o.Ended() || o.State == lending.OutOnLoan || o.State == lending.Returned {
			continue
		}
		err := step(w, o.ID, func(v *lending.Reservation) error {
			v.State, v.Reason = lending.Cancelled, "booked together with reservation "+numberOf(id)+", which is "+
				string(state)
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func numberOf(id lending.ReservationID) string { return (&lending.Reservation{ID: id}).Number() }

// Decline turns a request down.
func Decline(w Writer, id lending.ReservationID, reason string) error {
	if reason == "" {
		return failure.New(failure.Invalid, "say why the request is declined")
	}
	return freed(w, w.Now(), id, release(w, id, lending.Declined, reason, lending.Requested, lending.Waitlisted))
}

// Wait puts a request on the wait list.
func Wait(w Writer, id lending.ReservationID) error {
	return step(w, id, func(v *lending.Reservation) error { v.State = lending.Waitlisted; return nil },
		lending.Requested)
}

// Cancel gives a loan up that has not begun.
func Cancel(w Writer, now value.Wall, id lending.ReservationID, reason string) error {
	return freed(w, now, id, release(w, id, lending.Cancelled, reason, lending.Requested, lending.Waitlisted,
		lending.Approved, lending.LoanDraft))
}

// NoShow notes that nobody came for a unit.
func NoShow(w Writer, now value.Wall, id lending.ReservationID, reason string) error {
	return freed(w, now, id, release(w, id, lending.NoShow, reason, lending.Approved))
}

// Recall takes back a loan that the owner needs, which is its right: one that
// has not begun ends, one that is out is to come back by a time. It gives what
// could stand in, best first.
func Recall(w Writer, now value.Wall, id lending.ReservationID, by value.Wall, reason string) ([]Fit, error) {
	v, err := loan(w, id)
	if err != nil {
		return nil, err
	}
	instead := Substitutes(lending.CalendarOf(w, now), v)
	if reason == "" {
		return instead, failure.New(failure.Invalid, "say why the unit is recalled")
	}
	if v.State == lending.OutOnLoan {
		return instead, step(w, id, func(v *lending.Reservation) error {
			v.End, v.Reason, v.Extension = value.Some(max(by, v.Start.V+1)), "recalled: "+
				reason, value.Opt[value.Wall]{}
			return nil
		})
	}
	return instead, release(w, id, lending.Recalled, reason, lending.Approved)
}

// Replace books a unit in place of a loan that was recalled or fell through.
func Replace(w Writer, now value.Wall, id lending.ReservationID, unit lending.EquipmentID) (Booked, error) {
	v, err := loan(w, id)
	if err != nil {
		return Booked{}, err
	}
	return Book(w, now, Order{Unit: unit, Start: max(v.Start.V, min(now, v.End.V-1)), End: v.End.V,
		Borrower: v.Borrower, Contact: v.Contact,
		Operator: v.Operator, Purpose: v.Purpose, Site: v.Site, Instead: id})
}

// Extend moves the end of a loan to a later time, checked against all that is
// booked. The owner's word moves it; anybody else's is noted as asked for, and
// granted is false.
func Extend(w Writer, now value.Wall, by field.Actor, id lending.ReservationID,
	until value.Wall) (granted bool, err error) {
	err = step(w, id, func(v *lending.Reservation) error {
		if until <= v.End.V {
			return failure.New(failure.Invalid, "the loan runs until "+v.End.V.Long()+" already; give a later time")
		}
		longer := *v
		longer.End = value.Some(until)
		cal := lending.CalendarOf(w, now)
		if c := cal.Conflicts(lending.ClaimOf(&longer)); len(c) > 0 && c[0].Firm {
			return failure.New(failure.Conflict, cal.Sentence(c[0]))
		}
		granted = by.Is(field.Party(v.LentBy(w))) || !v.Holds()
		if granted {
			v.End, v.Extension = value.Some(until), value.Opt[value.Wall]{}
		} else {
			v.Extension = value.Some(until)
		}
		return nil
	}, lending.OutOnLoan, lending.Approved, lending.Requested, lending.Waitlisted)
	return granted && err == nil, err
}

// Move puts a loan that has not begun to another time, or on another unit.
func Move(w Writer, id lending.ReservationID, unit lending.EquipmentID, start, end value.Wall) error {
	was := field.Get(w, id)
	err := step(w, id, func(v *lending.Reservation) error {
		v.Start, v.End = value.Some(start), value.Some(end)
		if unit != 0 {
			v.Unit = unit
		}
		return nil
	}, lending.Approved, lending.Requested, lending.Waitlisted, lending.LoanDraft)
	if was == nil || was.State != lending.Approved {
		return err
	}
	if unit != 0 && unit != was.Unit {
		return cmp.Or(err, freedUnits(w, w.Now(), was))
	}
	return freed(w, w.Now(), id, err)
}

// EndEarly shortens a loan, so that others can have the rest.
func EndEarly(w Writer, now value.Wall, id lending.ReservationID, until value.Wall) error {
	err := step(w, id, func(v *lending.Reservation) error {
		if until >= v.End.V || until <= v.Start.V {
			return failure.New(failure.Invalid, "give a time between "+v.Start.V.Long()+" and "+v.End.V.Long())
		}
		v.End = value.Some(until)
		return nil
	}, lending.OutOnLoan, lending.Approved)
	return freed(w, now, id, err)
}

// Close ends a loan of which all is settled.
func Close(w Writer, id lending.ReservationID) error {
	return step(w, id, func(v *lending.Reservation) error {
		if why := lending.Unsettled(w, v); why != "" {
			return failure.New(failure.Invalid, why)
		}
		v.State = lending.Closed
		return nil
	}, lending.Returned)
}

// Ask asks for a loan that is a draft, or that fell through: the owner's own is
// approved at once, as when it is booked.
func Ask(w Writer, now value.Wall, id lending.ReservationID) error {
	v, err := loan(w, id)
	if err != nil {
		return err
	}
	cal := lending.CalendarOf(w, now)
	if c := cal.Conflicts(lending.ClaimOf(v)); len(c) > 0 && c[0].Firm {
		return failure.New(failure.Conflict, cal.Sentence(c[0]))
	}
	v.State, v.Reason, v.Ready = lending.Requested, "", value.Opt[value.Wall]{}
	if unit := field.Get(w, v.Unit); unit != nil && unit.Owner == v.Borrower {
		v.State = lending.Approved
		if err := fixTerms(w, v); err != nil {
			return err
		}
	}
	_, err = put(w, v)
	return err
}

// Answer puts a name and a reason to what a loan goes without.
func Answer(w Writer, id lending.ReservationID) error {
	return step(w, id, func(v *lending.Reservation) error { return needs(w, v, lending.Doubtful(w, v)) })
}

// freed starts the clock of those who wait for what a step has freed: not when
// somebody cancels, but when the unit is there to be had.
func freed(w Writer, now value.Wall, id lending.ReservationID, err error) error {
	v := field.Get(w, id)
	if err != nil || v == nil {
		return err
	}
	return freedUnits(w, now, v)
}

// freedUnits is freed for what a loan had.
func freedUnits(w Writer, now value.Wall, v *lending.Reservation) error {
	units := []*lending.Equipment{field.Get(w, v.Unit)}
	if v.Unit == 0 {
		units = lending.UnitsIn(w, v.Category)
	}
	cal := lending.CalendarOf(w, now)
	for _, unit := range units {
		if unit == nil {
			continue
		}
		for _, next := range cal.CameFree(unit) {
			err := step(w, next.ID, func(v *lending.Reservation) error { v.Ready = value.Some(now); return nil })
			if err != nil {
				return err
			}
		}
	}
	return nil
}
