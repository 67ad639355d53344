package loans_test

import (
	"errors"
	"testing"

	"interlocal/model/failure"
	"interlocal/model/field"
	"interlocal/model/field/fieldtest"
	"interlocal/model/lending"
	"interlocal/model/lending/loans"
	"interlocal/model/partnership"
	"interlocal/model/value"
)

// seen is what both sides note at a time, with the meter in tenths.
func seen(at value.Wall, meter value.Tenths) lending.Inspection {
	return lending.Inspection{At: value.Some(at), Meter: value.Some(meter), GivenBy: "Dana", TakenBy: "Sam"}
}

// outgoing is a hand-over, and incoming a return, at a time and a reading.
func outgoing(at value.Wall, meter value.Tenths) *loans.Outgoing {
	return &loans.Outgoing{Handover: lending.Handover{Inspection: seen(at, meter)}}
}

func incoming(at value.Wall, meter value.Tenths) *lending.Return {
	return &lending.Return{Inspection: seen(at, meter)}
}

// linesOf gives the settlement lines of a loan in order.
func linesOf(w *fieldtest.Writer, id lending.ReservationID) (lines []*lending.Charge) {
	for c := range field.Of[lending.Charge](w, "reservation", id) {
		lines = append(lines, c)
	}
	return lines
}

// total is what a loan comes to, with all corrections.
func total(w *fieldtest.Writer, id lending.ReservationID) (sum value.Cents) {
	for _, c := range linesOf(w, id) {
		sum += c.Total()
	}
	return sum
}

// granted keeps a loan that is approved at $95 an hour of the meter, for today from
// eight to five; it is noon.
func granted(t *testing.T, w *fieldtest.Writer, set ...func(*lending.Reservation)) lending.ReservationID {
	t.Helper()
	id := lent(t, w, lending.Requested, append([]func(*lending.Reservation){on(at(3, 4, 8, 0), at(3, 4, 17, 0))},
		set...)...)
	goes(t, w, raytown, "loan.approve", id, nil)
	return id
}

// A hand-over says who took what from whom, and the loan is out.
func TestAUnitIsHandedOver(t *testing.T) {
	w := yard(t)
	dana := keep(t, w, &partnership.Person{Name: "Dana", Partner: raytown})
	sam := keep(t, w, &partnership.Person{Name: "Sam", Partner: grandview})
	field.Get(w, lending.EquipmentID(1)).Custodian = dana
	id := granted(t, w, func(v *lending.Reservation) { v.Contact = sam })
	args := loans.Acts().Named("loan.handover").NewArgs(w.View(), field.Get(w, id)).(*loans.Outgoing)
	if args.At.V != w.Now() || args.Unit != 1 || args.GivenBy != "Dana" || args.TakenBy != "Sam" {
		t.Errorf("begins with %+v", args)
	}
	args.Meter, args.Transport = value.Some[value.Tenths](1000), "18 mi at 4.50"
	done, err := by(w, raytown, "loan.handover", id, args)
	out := lending.HandoverOf(w, id)
	if err != nil || field.Get(w, id).State != lending.OutOnLoan || out.Unit != 1 || out.Entered.Set ||
		out.Inspection.Meter != args.Meter || out.Transport != args.Transport || done.ID != uint64(id) ||
		done.Text != "Handed over: RT-104 Dump truck to Grandview." {
		t.Errorf("%q %v: %+v", done.Text, err, out)
	}
	ret := loans.Acts().Named("loan.return").NewArgs(w.View(), field.Get(w, id)).(*lending.Return)
	if ret.At.V != w.Now() || ret.GivenBy != "Sam" || ret.TakenBy != "Dana" {
		t.Errorf("the return begins with %+v", ret)
	}
}

// A paper that is written later than it happened says when; one without a time is of
// now.
func TestWhenAPaperWasWritten(t *testing.T) {
	early := value.Date(2027, 3, 2)
	noted := func(w value.Wall) lending.Inspection { return lending.Inspection{At: value.Some(w)} }
	for name, c := range map[string]struct {
		note        lending.Inspection
		at          value.Wall
		wantEntered value.Opt[value.Day]
	}{
		"today":          {noted(at(3, 4, 9, 0)), at(3, 4, 9, 0), value.Opt[value.Day]{}},
		"without a time": {lending.Inspection{}, at(3, 4, 12, 0), value.Opt[value.Day]{}},
		"the day before": {noted(at(3, 3, 23, 0)), at(3, 3, 23, 0), value.Some(early + 2)},
		"copied from paper": {lending.Inspection{At: value.Some(at(3, 1, 9, 0)), Entered: value.Some(early)},
			at(3, 1, 9, 0), value.Some(early)},
	} {
		w := yard(t)
		id := granted(t, w)
		goes(t, w, raytown, "loan.handover", id, &loans.Outgoing{Handover: lending.Handover{Inspection: c.note}})
		if out := lending.HandoverOf(w, id); out.At.V != c.at || out.Entered != c.wantEntered {
			t.Errorf("%s: %v, entered %v", name, out.At, out.Entered)
		}
	}
}

// A meter does not run backwards on the day; what is entered later is held against
// the readings around it by the rules of the record.
func TestAMeterBelowTheLastReading(t *testing.T) {
	for name, c := range map[string]struct {
		out *loans.Outgoing
		ok  bool
	}{
		"below":                {outgoing(at(3, 4, 9, 0), 499), false},
		"the same":             {outgoing(at(3, 4, 9, 0), 500), true},
		"the day before":       {outgoing(at(3, 3, 9, 0), 499), true},
		"of one without meter": {&loans.Outgoing{}, true},
	} {
		w := yard(t)
		field.Get(w, lending.EquipmentID(1)).Meter = value.Some[value.Tenths](500)
		id := granted(t, w)
		if c.ok {
			goes(t, w, raytown, "loan.handover", id, c.out)
			continue
		}
		refused(t, w, raytown, "loan.handover", id, c.out, failure.Invalid, "running backwards")
		if lending.HandoverOf(w, id) != nil {
			t.Errorf("%s: it is recorded", name)
		}
	}
	w := yard(t) // no reading is known
	goes(t, w, raytown, "loan.handover", granted(t, w), outgoing(at(3, 4, 9, 0), 0))
}

// Of a loan by category the unit is chosen when it is handed over: one that was
// promised. Of several one goes out, and the others stay promised.
func TestWhichUnitGoesOut(t *testing.T) {
	w := yard(t)
	field.Get(w, lending.EquipmentID(1)).Size = value.Some[value.Tenths](100)
	other := func(set func(*lending.Equipment)) lending.EquipmentID {
		e := &lending.Equipment{Tag: "X", Name: "X", Category: "dump truck", Owner: raytown,
			Size: value.Some[value.Tenths](100), Status: lending.EquipmentActive, Shareable: true}
		set(e)
		return keep(t, w, e)
	}
	foreign := other(func(e *lending.Equipment) { e.Owner = leesSummit })
	crane := other(func(e *lending.Equipment) { e.Category = "crane" })
	small := other(func(e *lending.Equipment) { e.Size.V = 99 })
	second := other(func(e *lending.Equipment) { e.Tag = "RT-105" })
	other(func(e *lending.Equipment) { e.Tag = "RT-106" })
	of := func(unit lending.EquipmentID) *loans.Outgoing {
		return &loans.Outgoing{Handover: lending.Handover{Unit: unit}}
	}
	large := func(v *lending.Reservation) { v.Minimum = value.Some[value.Tenths](100) }
	id := granted(t, w, anyTruck(3, raytown), large)
	for _, unit := range []lending.EquipmentID{foreign, crane, small} {
		refused(t, w, raytown, "loan.handover", id, of(unit), failure.Invalid, "is not what was promised")
	}
	refused(t, w, raytown, "loan.handover", id, of(0), failure.Invalid, "choose the unit")
	refused(t, w, raytown, "loan.handover", id, of(99), failure.Invalid, "choose the unit")

	done, err := by(w, raytown, "loan.handover", id, of(1))
	one, rest := field.Get(w, lending.ReservationID(done.ID)), field.Get(w, id)
	if err != nil || one.ID == id || one.Unit != 1 || one.Units() != 1 || one.With != id ||
		one.State != lending.OutOnLoan || one.Terms.Rate.V != value.Cents(95_00).Price() {
		t.Fatalf("%v: %+v", err, one)
	}
	if rest.Unit != 0 || rest.Units() != 2 || rest.State != lending.Approved {
		t.Errorf("promised are still %+v", rest)
	}
	rest.With = one.ID
	if done, _ = by(w, raytown, "loan.handover", id, of(second)); field.Get(w, lending.ReservationID(done.ID)).With !=
		one.ID || rest.ID != id {
		t.Errorf("booked with %d", field.Get(w, lending.ReservationID(done.ID)).With)
	}
	last := granted(t, w, anyTruck(1, raytown), on(at(3, 20, 8, 0), at(3, 20, 9, 0)))
	if v := goes(t, w, raytown, "loan.handover", last, of(1)); v.Unit != 1 || v.State != lending.OutOnLoan {
		t.Errorf("the last of them: %+v", v)
	}
	named := granted(t, w, on(at(3, 21, 8, 0), at(3, 21, 9, 0)))
	refused(t, w, raytown, "loan.handover", named, of(second), failure.Invalid, "move it first")
	goes(t, w, raytown, "loan.handover", named, of(1))
	unnamed := granted(t, w, on(at(3, 22, 8, 0), at(3, 22, 9, 0)))
	goes(t, w, raytown, "loan.handover", unnamed, of(0))
}

// A return makes the settlement line, to the cent.
func TestAReturnSettlesTheLoan(t *testing.T) {
	w := yard(t)
	id := granted(t, w)
	goes(t, w, raytown, "loan.handover", id, outgoing(at(3, 4, 8, 0), 1000))
	back := incoming(at(3, 4, 12, 0), 1023)
	back.Damage, back.FuelCost, back.Transport, back.Operator = "a scratch", "10 gal at 3.50", "20", "2 h at 30"
	w.By = field.Actor{Partner: field.Party(grandview)}
	preview := loans.Acts().Named("loan.return").Preview(w.View(), field.Get(w, id), back)
	if preview != "Comes to $333.50: use $218.50, operator $60.00, fuel $35.00, transport $20.00." {
		t.Errorf("comes to %q", preview)
	}
	done, err := by(w, grandview, "loan.return", id, back)
	if err != nil || field.Get(w, id).State != lending.Returned ||
		done.Text != "Back: RT-104 Dump truck. It comes to $333.50." {
		t.Errorf("%q, %v", done.Text, err)
	}
	rec, lines := lending.ReturnOf(w, id), linesOf(w, id)
	if rec.Damage != "a scratch" || rec.FuelCost != back.FuelCost || rec.Unit != 1 {
		t.Errorf("%+v", rec)
	}
	if len(lines) != 1 || lines[0].Lender != raytown || lines[0].Borrower != grandview || lines[0].Hours.V != 40 ||
		lines[0].Quantity.V != 23 || lines[0].On.V != value.Date(2027, 3, 4) {
		t.Errorf("%+v", lines)
	}
}

// What a return would come to is said before it is taken.
func TestWhatAReturnWouldComeTo(t *testing.T) {
	terms := func(set func(*lending.Terms)) func(*lending.Reservation) {
		return func(v *lending.Reservation) { set(&v.Terms) }
	}
	waived := terms(func(t *lending.Terms) { *t = lending.Terms{Basis: lending.BasisWaived} })
	fema := terms(func(t *lending.Terms) { t.Source = lending.SourceFEMA })
	fuel, none := value.Cost("10 gal at 3.50"), value.Cost("")
	for name, c := range map[string]struct {
		set  func(*lending.Reservation)
		fuel value.Cost
		read bool // the meter
		want string
	}{
		"for the use":           {terms(func(*lending.Terms) {}), none, true, "Comes to $190.00: use $190.00."},
		"with the meter unread": {terms(func(*lending.Terms) {}), none, false, "Comes to $0.00: use open."},
		"with fuel": {terms(func(*lending.Terms) {}), fuel, true,
			"Comes to $225.00: use $190.00, fuel $35.00."},
		"without charge":          {waived, none, true, "Comes to nothing: the unit is lent without charge."},
		"without charge but fuel": {waived, fuel, true, "Comes to $35.00: use without charge, fuel $35.00."},
		"by the federal rate":     {fema, none, true, "Comes to $190.00: use $190.00."},
		"by that rate, with fuel": {fema, fuel, true,
			"Comes to $225.00: use $190.00, fuel $35.00. The FEMA rate includes fuel."},
		"one's own":       {func(v *lending.Reservation) { v.Borrower = raytown }, none, true, ""},
		"of nobody known": {func(v *lending.Reservation) { v.Unit = 0 }, none, true, ""},
	} {
		w := yard(t)
		id := granted(t, w)
		goes(t, w, raytown, "loan.handover", id, outgoing(at(3, 4, 8, 0), 1000))
		c.set(field.Get(w, id))
		back := incoming(at(3, 4, 12, 0), 1020)
		back.Meter.Set, back.FuelCost = c.read, c.fuel
		if got := loans.Acts().Named("loan.return").Preview(w.View(), field.Get(w, id), back); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
	if line := loans.Preview(yard(t), at(3, 4, 12, 0), 99, loans.Back{}); line != nil {
		t.Errorf("of no loan: %+v", line)
	}
}

// A city pays nothing to itself, and nobody to a lender who is not known.
func TestWhatMakesNoLine(t *testing.T) {
	w := yard(t)
	own := granted(t, w, func(v *lending.Reservation) { v.Borrower = raytown })
	goes(t, w, raytown, "loan.handover", own, outgoing(at(3, 4, 8, 0), 1000))
	done, err := by(w, raytown, "loan.return", own, incoming(at(3, 4, 12, 0), 1020))
	if err != nil || len(linesOf(w, own)) != 0 || done.Text != "Back: RT-104 Dump truck." {
		t.Errorf("one's own: %q %v, %+v", done.Text, err, linesOf(w, own))
	}
	lost := lent(t, w, lending.OutOnLoan, func(v *lending.Reservation) { v.Unit = 99 })
	goes(t, w, grandview, "loan.return", lost, incoming(at(3, 4, 12, 0), 1020))
	if lines := linesOf(w, lost); len(lines) != 0 {
		t.Errorf("of a unit that is gone: %+v", lines)
	}
	goes(t, w, raytown, "loan.amend-return", own, &lending.Return{Inspection: lending.Inspection{Note: "misread"}})
	if lines := linesOf(w, own); len(lines) != 0 {
		t.Errorf("one's own, amended: %+v", lines)
	}
}

// A meter that ran for longer than the loan is somebody's word to answer for, at the
// return, in an amendment of either paper, and when a paper comes late.
func TestAMeterThatRanLongerThanTheLoan(t *testing.T) {
	why := lending.Inspection{Note: "misread"}
	long := seen(at(3, 4, 12, 0), 1200) // 20 hours in four
	long.Note = why.Note
	low := seen(at(3, 4, 8, 0), 800)
	low.Note = why.Note
	short := seen(at(3, 4, 12, 0), 1020)
	over := func(v *lending.Reservation) { v.State = lending.Returned }
	for name, c := range map[string]struct {
		before func(w *fieldtest.Writer, id lending.ReservationID)
		act    string
		args   any
	}{
		"at the return": {func(w *fieldtest.Writer, id lending.ReservationID) {
			goes(t, w, raytown, "loan.handover", id, outgoing(at(3, 4, 8, 0), 1000))
		}, "loan.return", &lending.Return{Inspection: long}},
		"in an amended return": {func(w *fieldtest.Writer, id lending.ReservationID) {
			goes(t, w, raytown, "loan.handover", id, outgoing(at(3, 4, 8, 0), 1000))
			goes(t, w, raytown, "loan.return", id, &lending.Return{Inspection: short})
		}, "loan.amend-return", &lending.Return{Inspection: long}},
		"in an amended hand-over": {func(w *fieldtest.Writer, id lending.ReservationID) {
			goes(t, w, raytown, "loan.handover", id, outgoing(at(3, 4, 8, 0), 1000))
			goes(t, w, raytown, "loan.return", id, &lending.Return{Inspection: short})
		}, "loan.amend-handover", &lending.Handover{Inspection: low}},
		"in a late hand-over": {func(w *fieldtest.Writer, id lending.ReservationID) {
			over(field.Get(w, id))
			keep(t, w, &lending.Return{Reservation: id, Unit: 1, Inspection: short})
		}, "loan.handover", &loans.Outgoing{Handover: lending.Handover{Inspection: low}}},
		"in a late return": {func(w *fieldtest.Writer, id lending.ReservationID) {
			goes(t, w, raytown, "loan.handover", id, outgoing(at(3, 4, 8, 0), 1000))
			over(field.Get(w, id))
		}, "loan.return", &lending.Return{Inspection: long}},
	} {
		w := yard(t)
		id := granted(t, w)
		c.before(w, id)
		n := len(linesOf(w, id))
		_, err := by(w, raytown, c.act, id, c.args)
		if !errors.As(err, new(field.Doubts)) || len(linesOf(w, id)) != n {
			t.Errorf("%s: %v", name, err)
		}
		w.For = &field.Override{Name: "Pat", Reason: "left running"}
		if v := goes(t, w, raytown, c.act, id, c.args); !v.Passed(lending.PassHours) || len(v.Passes) != 1 {
			t.Errorf("%s: nobody answers for it: %+v", name, v.Passes)
		}
	}
}

// A loan that was entered when it had begun gets its papers later, and what it costs
// is worked out anew with each.
func TestPapersThatComeLate(t *testing.T) {
	for _, state := range []lending.ReservationState{lending.Returned, lending.Closed} {
		w := yard(t)
		id := granted(t, w)
		field.Get(w, id).State = state
		goes(t, w, grandview, "loan.return", id, incoming(at(3, 4, 12, 0), 1020))
		if lines := linesOf(w, id); len(lines) != 1 || !lines[0].Open() || field.Get(w, id).State != state {
			t.Fatalf("without a hand-over: %+v", lines)
		}
		out := outgoing(at(3, 4, 8, 0), 1000)
		out.Transport = "20"
		goes(t, w, grandview, "loan.handover", id, out)
		if lines := linesOf(w, id); len(lines) != 1 || lines[0].Total() != 210_00 || field.Get(w, id).State != state {
			t.Errorf("with both: %+v", lines)
		}
	}
	w := yard(t)
	out := lent(t, w, lending.OutOnLoan, on(at(3, 4, 8, 0), at(3, 4, 17, 0)))
	goes(t, w, grandview, "loan.handover", out, outgoing(at(3, 4, 8, 0), 1000))
	if v := field.Get(w, out); v.State != lending.OutOnLoan || lending.HandoverOf(w, out) == nil {
		t.Errorf("a hand-over of one that is out: %+v", v)
	}
	w = yard(t)
	by := granted(t, w)
	goes(t, w, raytown, "loan.handover", by, outgoing(at(3, 4, 8, 0), 1000))
	field.Get(w, by).State = lending.Returned
	keep(t, w, &lending.Charge{Reservation: by, Lender: raytown, Borrower: grandview, State: lending.Accrued,
		Basis: lending.BasisFlat, Usage: value.Some[value.Cents](1_00)}) // put on file by hand
	goes(t, w, grandview, "loan.return", by, incoming(at(3, 4, 12, 0), 1020))
	if lines := linesOf(w, by); len(lines) != 1 || total(w, by) != 190_00 {
		t.Errorf("beside a line: %+v", lines)
	}
}
