package schedule

import (
	"interlocal/model"
	"interlocal/model/settle"
)

// HandOver records that a unit was given to its borrower. Of a loan by
// category the unit is chosen now; of a loan of several, one goes out and the
// others stay promised. It gives the reservation that is out.
func HandOver(w Writer, now model.Wall, id model.ReservationID, unit model.EquipmentID, seen model.Inspection, passes ...model.Pass) (model.ReservationID, error) {
	v, err := loan(w, id)
	if err != nil {
		return 0, err
	}
	if v.State != model.Approved {
		return 0, model.Fail(model.Invalid, "reservation "+v.Number()+" is "+string(v.State)+"; only an approved one is handed over")
	}
	if v, err = choose(w, v, unit); err != nil {
		return 0, err
	}
	v.Passes = append(v.Passes, dated(passes, now)...)
	if err := settleTerms(w, v); err != nil {
		return v.ID, err
	}
	if err := needs(model.MissingPapers(w, v)); err != nil {
		return v.ID, err
	}
	out := &model.Handover{Reservation: v.ID, Unit: v.Unit, Inspection: entered(seen, now)}
	if err := tellsMeter(w, v.Unit, out.Meter); err != nil {
		return v.ID, err
	}
	if _, err := put(w, v); err != nil { // the unit first, then that it is out
		return v.ID, err
	}
	if _, err := put(w, out); err != nil {
		return v.ID, err
	}
	return v.ID, step(w, v.ID, func(v *model.Reservation) error { v.State = model.OutOnLoan; return nil })
}

// choose settles which unit goes out, parting it from a loan of several.
func choose(w Writer, v *model.Reservation, unit model.EquipmentID) (*model.Reservation, error) {
	switch {
	case v.Unit != 0 && unit != 0 && unit != v.Unit:
		return nil, model.Fail(model.Invalid, "reservation "+v.Number()+" is for another unit; move it first")
	case v.Unit != 0:
		return v, nil
	}
	e := model.Get(w, unit)
	switch {
	case e == nil:
		return nil, model.Fail(model.Invalid, "choose the unit that is handed over")
	case e.Owner != v.Lender || !e.InCategory(v.Category) || !e.AtLeast(v.Minimum):
		return nil, model.Fail(model.Invalid, e.Tag+" is not what was promised: "+v.Category+" of the size asked for, from the same owner")
	}
	if v.Units() == 1 {
		v.Unit = unit
		return v, nil
	}
	rest := *v
	rest.Quantity = model.Some(v.Units() - 1)
	if _, err := put(w, &rest); err != nil {
		return nil, err
	}
	one := *v
	one.ID, one.Unit, one.Quantity = 0, unit, model.Opt[int64]{}
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
func entered(seen model.Inspection, now model.Wall) model.Inspection {
	if !seen.At.Set {
		seen.At = model.Some(now)
	}
	if seen.At.V.Day() != now.Day() && !seen.Entered.Set {
		seen.Entered = model.Some(now.Day())
	}
	return seen
}

// tellsMeter refuses a reading below the last one known.
func tellsMeter(r model.Reader, unit model.EquipmentID, read model.Opt[model.Tenths]) error {
	last := model.MeterOf(r, unit)
	if read.Set && last.Set && read.V < last.V {
		return model.Fail(model.Invalid, "the meter stood at "+last.V.String()+" already; "+read.V.String()+
			" would be running backwards. Look again, or amend the reading that was mistyped")
	}
	return nil
}

// Back is what is recorded when a unit comes back.
type Back struct {
	Inspection model.Inspection
	Damage     string
	Extras     settle.Extras
}

// Return records that a unit came back, makes the settlement line, and starts
// the clock of who waits for the unit.
func Return(w Writer, now model.Wall, id model.ReservationID, back Back) (*model.Charge, error) {
	v, err := loan(w, id)
	if err != nil {
		return nil, err
	}
	if v.State != model.OutOnLoan {
		return nil, model.Fail(model.Invalid, "reservation "+v.Number()+" is "+string(v.State)+"; only what is out comes back")
	}
	rec := &model.Return{Reservation: id, Unit: v.Unit, Inspection: entered(back.Inspection, now), Damage: back.Damage}
	if rec.ID, err = put(w, rec); err != nil {
		return nil, err
	}
	if err := step(w, id, func(v *model.Reservation) error { v.State = model.Returned; return nil }); err != nil {
		return nil, err
	}
	line, err := charge(w, now, v, rec, back.Extras)
	return line, freed(w, now, id, err)
}

// charge makes the settlement line of a loan that is back; nil for one's own.
func charge(w Writer, now model.Wall, v *model.Reservation, back *model.Return, extras settle.Extras) (*model.Charge, error) {
	lender := v.LentBy(w)
	if lender == v.Borrower || lender == 0 {
		return nil, nil
	}
	line := lineOf(w, now, v, back, extras)
	id, err := put(w, line)
	line.ID = id
	return line, err
}

func lineOf(r model.Reader, now model.Wall, v *model.Reservation, back *model.Return, extras settle.Extras) *model.Charge {
	out := model.HandoverOf(r, v.ID)
	minutes := int64(0)
	if out != nil && out.At.Set && back.At.Set {
		minutes = model.CalendarOf(r, now).Length(out.At.V, back.At.V)
	}
	return settle.LineFor(v, v.LentBy(r), out, back, minutes, extras)
}

// AmendHandover records what a hand-over should have said. A loan that has been
// settled gets a line that corrects the difference.
func AmendHandover(w Writer, now model.Wall, id model.ReservationID, right model.Inspection) error {
	wrong := model.HandoverOf(w, id)
	if wrong == nil {
		return model.Fail(model.NotFound, "no hand-over is recorded that could be amended")
	}
	rec := &model.Handover{Reservation: id, Unit: wrong.Unit, Inspection: right, Amends: wrong.ID}
	rec.Entered = model.Some(now.Day())
	if _, err := put(w, rec); err != nil {
		return err
	}
	return correct(w, now, id)
}

// AmendReturn records what a return should have said.
func AmendReturn(w Writer, now model.Wall, id model.ReservationID, right model.Inspection, damage string) error {
	wrong := model.ReturnOf(w, id)
	if wrong == nil {
		return model.Fail(model.NotFound, "no return is recorded that could be amended")
	}
	rec := &model.Return{Reservation: id, Unit: wrong.Unit, Inspection: right, Damage: damage, Amends: wrong.ID}
	rec.Entered = model.Some(now.Day())
	if _, err := put(w, rec); err != nil {
		return err
	}
	return correct(w, now, id)
}

// correct brings the settlement of a loan in line with its papers: a line that
// has not been billed is changed, a billed one is corrected by another.
func correct(w Writer, now model.Wall, id model.ReservationID) error {
	v, back := model.Get(w, id), model.ReturnOf(w, id)
	if v == nil || back == nil {
		return nil
	}
	var line *model.Charge
	sum := model.Charge{}
	for c := range model.Of[model.Charge](w, "reservation", id) {
		if c.Corrects == 0 {
			line = c
		}
		sum.Usage = model.Some(sum.Usage.Or(0) + c.Usage.Or(0))
		sum.Hours = model.Some(sum.Hours.Or(0) + c.Hours.Or(0))
	}
	if line == nil {
		return nil
	}
	right := lineOf(w, now, v, back, settle.Extras{Operator: line.Operator, Fuel: line.Fuel, Transport: line.Transport, Damage: line.Damage, Credit: line.Credit})
	if line.State == model.Accrued && sum.Usage.Or(0) == line.Usage.Or(0) {
		right.ID, right.Note = line.ID, line.Note
		_, err := put(w, right)
		return err
	}
	if right.Usage.Or(0) == sum.Usage.Or(0) && right.Hours.Or(0) == sum.Hours.Or(0) {
		return nil
	}
	was := *line
	was.Usage, was.Hours = sum.Usage, sum.Hours
	_, err := put(w, settle.Correction(&was, right))
	return err
}

// Past is a loan that is entered when it is over, as after an emergency.
type Past struct {
	Order  Order
	Out    model.Inspection
	Back   Back
	Passes []model.Pass
}

// Record enters a loan that has happened: the reservation, its hand-over and
// its return. What stood in nobody's book cannot clash with what did.
func Record(w Writer, now model.Wall, p Past) (model.ReservationID, error) {
	cal := model.CalendarOf(w, now)
	at := Window{p.Order.Start, p.Order.End}
	if c := cal.Conflicts(p.Order.claim(at)); len(c) > 0 && c[0].Firm {
		return 0, model.Fail(model.Conflict, cal.Sentence(c[0]))
	}
	v := p.Order.reservation(at, model.Approved)
	v.Passes = dated(p.Passes, now)
	if err := settleTerms(w, v); err != nil {
		return 0, err
	}
	if err := needs(model.MissingPapers(w, v)); err != nil {
		return 0, err
	}
	v.State = model.Returned
	id, err := put(w, v)
	if err != nil {
		return 0, err
	}
	v.ID = id
	if _, err := put(w, &model.Handover{Reservation: id, Unit: v.Unit, Inspection: entered(p.Out, now)}); err != nil {
		return id, err
	}
	back := &model.Return{Reservation: id, Unit: v.Unit, Inspection: entered(p.Back.Inspection, now), Damage: p.Back.Damage}
	if back.ID, err = put(w, back); err != nil {
		return id, err
	}
	_, err = charge(w, now, v, back, p.Back.Extras)
	return id, err
}
