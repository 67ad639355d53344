package schedule

import (
	"cmp"
	"slices"

	"interlocal/model"
	"interlocal/model/settle"
)

// loan gets a reservation that may be changed.
func loan(w Writer, id model.ReservationID) (*model.Reservation, error) {
	v := model.Get(w, id)
	if v == nil {
		return nil, model.Fail(model.NotFound, "there is no such reservation any more")
	}
	out := *v
	out.Passes = slices.Clone(v.Passes)
	return &out, nil
}

// step changes a reservation that is in one of some states.
func step(w Writer, id model.ReservationID, change func(v *model.Reservation) error, from ...model.ReservationState) error {
	v, err := loan(w, id)
	if err != nil {
		return err
	}
	if len(from) > 0 && !slices.Contains(from, v.State) {
		return model.Fail(model.Invalid, "reservation "+v.Number()+" is "+string(v.State)+"; that step is for one that is "+string(from[0]))
	}
	if err := change(v); err != nil {
		return err
	}
	_, err = put(w, v)
	return err
}

// settleTerms fixes what an approved loan is charged at. One's own unit costs
// nothing.
func settleTerms(r model.Reader, v *model.Reservation) error {
	if v.State != model.Approved || v.Terms.Basis != "" {
		return nil
	}
	unit := model.Get(r, v.Unit)
	if unit == nil {
		return nil // by category: fixed with the unit
	}
	if unit.Owner == v.Borrower {
		v.Terms = model.Terms{Basis: model.BasisWaived}
		return nil
	}
	terms, err := settle.TermsOf(r, unit)
	v.Terms = terms
	return err
}

// Approve grants a loan and fixes its rate. Papers that are missing are doubts,
// which the writer's override answers for. For a loan by category the
// lender is who gives a unit.
func Approve(w Writer, now model.Wall, id model.ReservationID, lender model.PartnerID) error {
	return step(w, id, func(v *model.Reservation) error {
		v.State, v.Reason, v.Ready = model.Approved, "", model.Opt[model.Wall]{}
		if v.Unit == 0 && lender != 0 {
			v.Lender = lender
		}
		if err := settleTerms(w, v); err != nil {
			return err
		}
		cal := model.CalendarOf(w, now)
		if c := cal.Conflicts(model.ClaimOf(v)); len(c) > 0 && c[0].Firm {
			return model.Fail(model.Conflict, cal.Sentence(c[0]))
		}
		var missing []model.Missing
		for _, m := range model.MissingPapers(w, v) {
			if m.For == model.PassAgreement || v.Operator != 0 { // an operator is often named with the hand-over only
				missing = append(missing, m)
			}
		}
		return needs(w, v, missing)
	}, model.Requested, model.Waitlisted, model.LoanDraft)
}

// needs raises what is missing as doubts. Those that somebody has answered for
// are kept with the loan.
func needs(w Writer, v *model.Reservation, missing []model.Missing) error {
	doubts := make(model.Doubts, len(missing))
	for i, m := range missing {
		doubts[i] = model.Doubt{About: string(m.For), Sentence: m.Sentence}
	}
	if err := model.Unanswered(w, doubts...); err != nil {
		return err
	}
	if o := w.Override(); o != nil && o.Name != "" {
		for _, m := range missing {
			v.Passes = append(v.Passes, model.Pass{For: m.For, Name: o.Name, Reason: o.Reason, On: model.Some(w.Now().Day())})
		}
	}
	return nil
}

// release ends a reservation and lets go of those booked together with it.
func release(w Writer, id model.ReservationID, state model.ReservationState, reason string, from ...model.ReservationState) error {
	v, err := loan(w, id)
	if err != nil {
		return err
	}
	others := model.Together(w, v)
	if err := step(w, id, func(v *model.Reservation) error { v.State, v.Reason = state, reason; return nil }, from...); err != nil {
		return err
	}
	for _, o := range others {
		if o.ID == id || o.Ended() || o.State == model.OutOnLoan || o.State == model.Returned {
			continue
		}
		err := step(w, o.ID, func(v *model.Reservation) error {
			v.State, v.Reason = model.Cancelled, "booked together with reservation "+numberOf(id)+", which is "+string(state)
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func numberOf(id model.ReservationID) string { return (&model.Reservation{ID: id}).Number() }

// Decline turns a request down.
func Decline(w Writer, id model.ReservationID, reason string) error {
	if reason == "" {
		return model.Fail(model.Invalid, "say why the request is declined")
	}
	return release(w, id, model.Declined, reason, model.Requested, model.Waitlisted)
}

// Wait puts a request on the wait list.
func Wait(w Writer, id model.ReservationID) error {
	return step(w, id, func(v *model.Reservation) error { v.State = model.Waitlisted; return nil }, model.Requested)
}

// Cancel gives a loan up that has not begun.
func Cancel(w Writer, now model.Wall, id model.ReservationID, reason string) error {
	return freed(w, now, id, release(w, id, model.Cancelled, reason, model.Requested, model.Waitlisted, model.Approved, model.LoanDraft))
}

// NoShow notes that nobody came for a unit.
func NoShow(w Writer, now model.Wall, id model.ReservationID, reason string) error {
	return freed(w, now, id, release(w, id, model.NoShow, reason, model.Approved))
}

// Recall takes back a loan that the owner needs, which is its right: one that
// has not begun ends, one that is out is to come back by a time. It gives what
// could stand in, best first.
func Recall(w Writer, now model.Wall, id model.ReservationID, by model.Wall, reason string) ([]Fit, error) {
	v, err := loan(w, id)
	if err != nil {
		return nil, err
	}
	instead := Substitutes(model.CalendarOf(w, now), v)
	if reason == "" {
		return instead, model.Fail(model.Invalid, "say why the unit is recalled")
	}
	if v.State == model.OutOnLoan {
		return instead, step(w, id, func(v *model.Reservation) error {
			v.End, v.Reason, v.Extension = model.Some(max(by, v.Start.V+1)), "recalled: "+reason, model.Opt[model.Wall]{}
			return nil
		})
	}
	return instead, release(w, id, model.Recalled, reason, model.Approved)
}

// Replace books a unit in place of a loan that was recalled or fell through.
func Replace(w Writer, now model.Wall, id model.ReservationID, unit model.EquipmentID) (Booked, error) {
	v, err := loan(w, id)
	if err != nil {
		return Booked{}, err
	}
	return Book(w, now, Order{Unit: unit, Start: max(v.Start.V, min(now, v.End.V-1)), End: v.End.V, Borrower: v.Borrower, Contact: v.Contact,
		Operator: v.Operator, Purpose: v.Purpose, Site: v.Site, Instead: id})
}

// Extend moves the end of a loan to a later time, checked against all that is
// booked. The owner's word moves it; anybody else's is noted as asked for, and
// granted is false.
func Extend(w Writer, now model.Wall, by model.Actor, id model.ReservationID, until model.Wall) (granted bool, err error) {
	err = step(w, id, func(v *model.Reservation) error {
		if until <= v.End.V {
			return model.Fail(model.Invalid, "the loan runs until "+v.End.V.Long()+" already; give a later time")
		}
		longer := *v
		longer.End = model.Some(until)
		cal := model.CalendarOf(w, now)
		if c := cal.Conflicts(model.ClaimOf(&longer)); len(c) > 0 && c[0].Firm {
			return model.Fail(model.Conflict, cal.Sentence(c[0]))
		}
		granted = by.Is(model.Party(v.LentBy(w))) || !v.Holds()
		if granted {
			v.End, v.Extension = model.Some(until), model.Opt[model.Wall]{}
		} else {
			v.Extension = model.Some(until)
		}
		return nil
	}, model.OutOnLoan, model.Approved, model.Requested, model.Waitlisted)
	return granted && err == nil, err
}

// Move puts a loan that has not begun to another time, or on another unit.
func Move(w Writer, id model.ReservationID, unit model.EquipmentID, start, end model.Wall) error {
	return step(w, id, func(v *model.Reservation) error {
		v.Start, v.End = model.Some(start), model.Some(end)
		if unit != 0 {
			v.Unit = unit
		}
		return nil
	}, model.Approved, model.Requested, model.Waitlisted, model.LoanDraft)
}

// EndEarly shortens a loan, so that others can have the rest.
func EndEarly(w Writer, now model.Wall, id model.ReservationID, until model.Wall) error {
	err := step(w, id, func(v *model.Reservation) error {
		if until >= v.End.V || until <= v.Start.V {
			return model.Fail(model.Invalid, "give a time between "+v.Start.V.Long()+" and "+v.End.V.Long())
		}
		v.End = model.Some(until)
		return nil
	}, model.OutOnLoan, model.Approved)
	return freed(w, now, id, err)
}

// Close ends a loan of which all is settled.
func Close(w Writer, id model.ReservationID) error {
	return step(w, id, func(v *model.Reservation) error { v.State = model.Closed; return nil }, model.Returned)
}

// OfferHours is how long the first in the queue may think about it.
const OfferHours = 24

// Offer is a place on the wait list whose unit has become free.
type Offer struct {
	Loan  *model.Reservation
	Until model.Wall // when it passes to the next
	Past  bool
}

// Queue lists who waits for a unit, in the order in which they asked.
func Queue(r model.Reader, unit model.EquipmentID) []*model.Reservation {
	var out []*model.Reservation
	for v := range model.Of[model.Reservation](r, "unit", unit) {
		if v.State == model.Waitlisted {
			out = append(out, v)
		}
	}
	slices.SortFunc(out, func(a, b *model.Reservation) int { return cmp.Compare(a.ID, b.ID) })
	return out
}

// Offers lists those on wait lists who may have their unit now.
func Offers(r model.Reader, now model.Wall) []Offer {
	var out []Offer
	for v := range model.All[model.Reservation](r) {
		if v.State == model.Waitlisted && v.Ready.Set {
			until := v.Ready.V + OfferHours*60
			out = append(out, Offer{v, until, now >= until})
		}
	}
	return out
}

// freed starts the clock of the first who waits for what a step has freed: not
// when somebody cancels, but when the unit is there to be had.
func freed(w Writer, now model.Wall, id model.ReservationID, err error) error {
	v := model.Get(w, id)
	if err != nil || v == nil || v.Unit == 0 {
		return err
	}
	cal := model.CalendarOf(w, now)
	for _, next := range Queue(w, v.Unit) {
		if next.End.V <= now || !cal.Free(model.ClaimOf(next)) {
			continue
		}
		if next.Ready.Set && now < next.Ready.V+OfferHours*60 {
			return nil // it is somebody's turn already
		}
		if next.Ready.Set {
			continue // had their turn
		}
		return step(w, next.ID, func(v *model.Reservation) error { v.Ready = model.Some(now); return nil })
	}
	return nil
}

// PassOn offers what the first in a queue has not taken in time to the next.
func PassOn(w Writer, now model.Wall, id model.ReservationID) error { return freed(w, now, id, nil) }
