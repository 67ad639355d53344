package loans

import (
	"cmp"
	"strconv"
	"strings"

	"interlocal/model/failure"
	"interlocal/model/field"
	"interlocal/model/lending"
	"interlocal/model/lending/rates"
	"interlocal/model/value"
)

// Out is what is recorded when a unit goes out.
type Out struct {
	Inspection lending.Inspection
	Transport  value.Cost         // of bringing it there
	Amends     lending.HandoverID // the one that an amendment means; 0 is the one that stands
}

// HandOver records that a unit was given to its borrower. Of a loan by
// category the unit is chosen now; of a loan of several, one goes out and the
// others stay promised. It gives the reservation that is out.
func HandOver(w Writer, now value.Wall, id lending.ReservationID, unit lending.EquipmentID,
	seen Out) (lending.ReservationID, error) {
	v, err := loan(w, id)
	if err != nil {
		return 0, err
	}
	if lacksHandover(w, v) {
		return v.ID, handOverLate(w, now, v, seen)
	}
	if v.State != lending.Approved {
		return 0, failure.New(failure.Invalid, "reservation "+v.Number()+" is "+string(v.State)+"; only an approved "+
			"one is handed over")
	}
	if v, err = choose(w, v, unit); err != nil {
		return 0, err
	}
	if err := fixTerms(w, v); err != nil {
		return v.ID, err
	}
	if err := needs(w, v, lending.MissingPapers(w, v)); err != nil {
		return v.ID, err
	}
	out := &lending.Handover{Reservation: v.ID, Unit: v.Unit, Inspection: entered(seen.Inspection, now),
		Transport: seen.Transport}
	if err := tellsMeter(w, out, now); err != nil {
		return v.ID, err
	}
	if _, err := put(w, v); err != nil { // the unit first, then that it is out
		return v.ID, err
	}
	if _, err := put(w, out); err != nil {
		return v.ID, err
	}
	return v.ID, step(w, v.ID, func(v *lending.Reservation) error { v.State = lending.OutOnLoan; return nil })
}

// handOverLate records the hand-over of a loan that was entered without it. What
// it cost is worked out anew.
func handOverLate(w Writer, now value.Wall, v *lending.Reservation, seen Out) error {
	out := &lending.Handover{Reservation: v.ID, Unit: v.Unit, Inspection: entered(seen.Inspection, now),
		Transport: seen.Transport}
	back := lending.ReturnOf(w, v.ID)
	if back != nil {
		if err := ranLong(w, v, &out.Inspection, &back.Inspection); err != nil {
			return err
		}
	}
	noted := rates.Noted(nil, back)
	if _, err := put(w, out); err != nil {
		return err
	}
	return correct(w, now, v.ID, noted)
}

// ranLong asks who answers for a meter that ran for longer than the loan, and
// keeps the answer with it.
func ranLong(w Writer, v *lending.Reservation, out, back *lending.Inspection) error {
	long := lending.RanLong(w, v.Unit, out, back)
	if long == nil {
		return nil
	}
	had := len(v.Passes)
	if err := needs(w, v, []lending.Missing{*long}); err != nil || len(v.Passes) == had {
		return err
	}
	return step(w, v.ID, func(stored *lending.Reservation) error { stored.Passes = v.Passes; return nil })
}

// choose settles which unit goes out, parting it from a loan of several.
func choose(w Writer, v *lending.Reservation, unit lending.EquipmentID) (*lending.Reservation, error) {
	switch {
	case v.Unit != 0 && unit != 0 && unit != v.Unit:
		return nil, failure.New(failure.Invalid, "reservation "+v.Number()+" is for another unit; move it first")
	case v.Unit != 0:
		return v, nil
	}
	e := field.Get(w, unit)
	switch {
	case e == nil:
		return nil, failure.New(failure.Invalid, "choose the unit that is handed over")
	case e.Owner != v.Lender || !e.InCategory(v.Category) || !e.AtLeast(v.Minimum):
		return nil, failure.New(failure.Invalid, e.Tag+" is not what was promised: "+v.Category+" of the size asked "+
			"for, from the same owner")
	}
	if v.Units() == 1 {
		v.Unit = unit
		return v, nil
	}
	rest := *v
	rest.Quantity = value.Some(v.Units() - 1)
	if _, err := put(w, &rest); err != nil {
		return nil, err
	}
	one := *v
	one.ID, one.Unit, one.Quantity = 0, unit, value.Opt[int64]{}
	if one.With == 0 {
		one.With = v.ID
	}
	id, err := put(w, &one)
	if err != nil {
		return nil, err
	}
	return loan(w, id)
}

// entered notes the day of entry where it is not the day on which it happened.
func entered(seen lending.Inspection, now value.Wall) lending.Inspection {
	if !seen.At.Set {
		seen.At = value.Some(now)
	}
	if seen.At.V.Day() != now.Day() && !seen.Entered.Set {
		seen.Entered = value.Some(now.Day())
	}
	return seen
}

// tellsMeter refuses a reading below the last one known. One that is entered
// later is held against those before and behind it only, by the rules of the
// record: the unit has run since.
func tellsMeter(r field.Reader, out *lending.Handover, now value.Wall) error {
	last, read := lending.MeterOf(r, out.Unit), out.Meter
	if out.At.V.Day() == now.Day() && read.Set && last.Set && read.V < last.V {
		return failure.New(failure.Invalid, "the meter stood at "+last.V.String()+" already; "+read.V.String()+
			" would be running backwards. Look again, or amend the reading that was mistyped")
	}
	return nil
}

// Back is what is recorded when a unit comes back. The costs are noted on the
// return and settled from it; an amount among the extras counts instead.
type Back struct {
	Inspection lending.Inspection
	Damage     string
	Fuel       value.Cost
	Transport  value.Cost // of bringing it back
	Operator   value.Cost
	Extras     rates.Extras
	Amends     lending.ReturnID // the one that an amendment means; 0 is the one that stands
}

// record is the return of a loan.
func (b *Back) record(v *lending.Reservation, seen lending.Inspection) *lending.Return {
	return &lending.Return{Reservation: v.ID, Unit: v.Unit, Inspection: seen, Damage: b.Damage, FuelCost: b.Fuel,
		Transport: b.Transport, Operator: b.Operator}
}

// Return records that a unit came back, makes the settlement line, and starts
// the clock of who waits for the unit.
func Return(w Writer, now value.Wall, id lending.ReservationID, back Back) (*lending.Charge, error) {
	v, err := loan(w, id)
	if err != nil {
		return nil, err
	}
	late := lacksReturn(w, v)
	if v.State != lending.OutOnLoan && !late {
		return nil, failure.New(failure.Invalid, "reservation "+v.Number()+" is "+string(v.State)+"; only what is "+
			"out comes back")
	}
	rec := back.record(v, entered(back.Inspection, now))
	if out := lending.HandoverOf(w, id); out != nil {
		if err := ranLong(w, v, &out.Inspection, &rec.Inspection); err != nil {
			return nil, err
		}
	}
	if rec.ID, err = put(w, rec); err != nil {
		return nil, err
	}
	switch {
	case late && charged(w, id):
		return nil, correct(w, now, id, rates.Noted(lending.HandoverOf(w, id), nil))
	case late:
		return charge(w, now, v, rec, back.Extras)
	}
	if err := step(w, id, func(v *lending.Reservation) error { v.State = lending.Returned; return nil }); err != nil {
		return nil, err
	}
	line, err := charge(w, now, v, rec, back.Extras)
	return line, freed(w, now, id, err)
}

// Preview gives the settlement line that a return would make; nil where there is
// nothing to settle.
func Preview(r field.Reader, now value.Wall, id lending.ReservationID, back Back) *lending.Charge {
	v := field.Get(r, id)
	if v == nil || v.LentBy(r) == v.Borrower || v.LentBy(r) == 0 {
		return nil
	}
	return lineOf(r, now, v, back.record(v, entered(back.Inspection, now)), back.Extras)
}

// charge makes the settlement line of a loan that is back; nil for one's own.
func charge(w Writer, now value.Wall, v *lending.Reservation, back *lending.Return,
	extras rates.Extras) (*lending.Charge, error) {
	lender := v.LentBy(w)
	if lender == v.Borrower || lender == 0 {
		return nil, nil
	}
	line := lineOf(w, now, v, back, extras)
	id, err := put(w, line)
	line.ID = id
	return line, err
}

func lineOf(r field.Reader, now value.Wall, v *lending.Reservation, back *lending.Return,
	extras rates.Extras) *lending.Charge {
	out := lending.HandoverOf(r, v.ID)
	minutes := int64(0)
	if out != nil && out.At.Set && back.At.Set {
		minutes = lending.CalendarOf(r, now).Elapsed(out.At.V, back.At.V)
	}
	return rates.LineFor(v, v.LentBy(r), out, back, minutes, extras)
}

// latest refuses an amendment of another paper than the one that stands: 0 means
// that one.
func latest[T field.Record](w Writer, v lending.ReservationID, named, stands field.ID[T]) error {
	if named == 0 || named == stands {
		return nil
	}
	what := w.Schema().Kind((*new(T)).KindName()).One
	return failure.New(failure.Conflict, "the "+what+" of reservation "+numberOf(v)+" that stands is #"+
		strconv.FormatUint(uint64(stands), 10)+", not #"+strconv.FormatUint(uint64(named), 10)+"; amend that")
}

// because refuses an amendment that does not say why.
func because(note string) error {
	if strings.TrimSpace(note) == "" {
		return failure.New(failure.Invalid, "say in the note why it is amended; both sides read it")
	}
	return nil
}

// AmendHandover records what a hand-over should have said. A loan that has been
// settled gets a line that corrects the difference.
func AmendHandover(w Writer, now value.Wall, id lending.ReservationID, right Out) error {
	wrong := lending.HandoverOf(w, id)
	if wrong == nil {
		return failure.New(failure.NotFound, "no hand-over is recorded that could be amended")
	}
	if err := cmp.Or(latest(w, id, right.Amends, wrong.ID), because(right.Inspection.Note)); err != nil {
		return err
	}
	v, err := loan(w, id)
	if err != nil {
		return err
	}
	if back := lending.ReturnOf(w, id); back != nil {
		if err := ranLong(w, v, &right.Inspection, &back.Inspection); err != nil {
			return err
		}
	}
	noted := rates.Noted(wrong, lending.ReturnOf(w, id))
	rec := &lending.Handover{Reservation: id, Unit: wrong.Unit, Inspection: right.Inspection,
		Transport: right.Transport, Amends: wrong.ID}
	rec.Entered = value.Some(now.Day())
	if _, err := put(w, rec); err != nil {
		return err
	}
	return correct(w, now, id, noted)
}

// AmendReturn records what a return should have said.
func AmendReturn(w Writer, now value.Wall, id lending.ReservationID, right Back) error {
	wrong := lending.ReturnOf(w, id)
	if wrong == nil {
		return failure.New(failure.NotFound, "no return is recorded that could be amended")
	}
	if err := cmp.Or(latest(w, id, right.Amends, wrong.ID), because(right.Inspection.Note)); err != nil {
		return err
	}
	v, err := loan(w, id)
	if err != nil {
		return err
	}
	if out := lending.HandoverOf(w, id); out != nil {
		if err := ranLong(w, v, &out.Inspection, &right.Inspection); err != nil {
			return err
		}
	}
	noted := rates.Noted(lending.HandoverOf(w, id), wrong)
	rec := right.record(&lending.Reservation{ID: id, Unit: wrong.Unit}, right.Inspection)
	rec.Amends, rec.Entered = wrong.ID, value.Some(now.Day())
	if _, err := put(w, rec); err != nil {
		return err
	}
	return correct(w, now, id, noted)
}

// correct brings the settlement of a loan in line with its papers: a line that
// has not been billed is changed, a billed one is corrected by another. Noted is
// what the papers said of extras before.
func correct(w Writer, now value.Wall, id lending.ReservationID, noted rates.Extras) error {
	v, back := field.Get(w, id), lending.ReturnOf(w, id)
	if v == nil || back == nil {
		return nil
	}
	line, sum := rates.Charged(w, id)
	if line == nil {
		return nil
	}
	kept := rates.Kept(rates.ExtrasOf(sum), noted, rates.Noted(lending.HandoverOf(w, id), back))
	right := lineOf(w, now, v, back, kept)
	if line.State == lending.Accrued && rates.SameMoney(line, sum) {
		right.ID, right.Note = line.ID, line.Note
		_, err := put(w, right)
		return err
	}
	if rates.SameMoney(right, sum) && right.Hours.Or(0) == sum.Hours.Or(0) {
		return nil
	}
	_, err := put(w, rates.Correction(sum, right))
	return err
}

// Past is a loan that is entered when it is over, as after an emergency.
type Past struct {
	Order Order
	Out   Out
	Back  Back
}

// Record enters a loan that has happened: the reservation, its hand-over and
// its return. What stood in nobody's book cannot clash with what did.
func Record(w Writer, now value.Wall, p Past) (lending.ReservationID, error) {
	cal := lending.CalendarOf(w, now)
	at := Stretch{p.Order.Start, p.Order.End}
	if c := cal.Together(p.Order.claims(w, at)); len(c) > 0 && c[0].Firm {
		return 0, failure.New(failure.Conflict, cal.Sentence(c[0]))
	}
	v := p.Order.reservation(at, lending.Approved)
	if err := fixTerms(w, v); err != nil {
		return 0, err
	}
	v.State = lending.Returned
	missing := lending.MissingPapers(w, v)
	if long := lending.RanLong(w, v.Unit, &p.Out.Inspection, &p.Back.Inspection); long != nil {
		missing = append(missing, *long)
	}
	if err := needs(w, v, missing); err != nil {
		return 0, err
	}
	id, err := put(w, v)
	if err != nil {
		return 0, err
	}
	v.ID = id
	if _, err := put(w, &lending.Handover{Reservation: id, Unit: v.Unit, Inspection: entered(p.Out.Inspection, now),
		Transport: p.Out.Transport}); err != nil {
		return id, err
	}
	back := p.Back.record(v, entered(p.Back.Inspection, now))
	if back.ID, err = put(w, back); err != nil {
		return id, err
	}
	_, err = charge(w, now, v, back, p.Back.Extras)
	return id, err
}
