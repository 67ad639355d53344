package loans_test

import (
	"strings"
	"testing"

	"interlocal/model/failure"
	"interlocal/model/field"
	"interlocal/model/field/fieldtest"
	"interlocal/model/lending"
	"interlocal/model/lending/loans"
	"interlocal/model/value"
)

// until is the argument of an act that moves an end.
func until(w value.Wall) *loans.Until { return &loans.Until{Until: value.Some(w)} }

// The owner's word makes a loan longer. The borrower's is a wish that is noted,
// unless nothing is promised yet.
func TestWhoMakesALoanLonger(t *testing.T) {
	w := yard(t)
	later := at(3, 10, 12, 0)
	wish := lent(t, w, lending.Approved)
	done, err := by(w, grandview, "loan.end", wish, until(later))
	if v := field.Get(w, wish); err != nil || v.End.V != at(3, 9, 17, 0) || v.Extension != value.Some(later) ||
		done.Text != "Asked Raytown to let you keep it until Wed Mar 10, 12:00 pm." {
		t.Errorf("%q %v: %+v", done.Text, err, v)
	}
	if args := loans.Acts().Named("loan.end").NewArgs(w.View(), field.Get(w, wish)).(*loans.Until); args.Until.V !=
		later {
		t.Errorf("the owner is offered %v", args.Until)
	}
	done, err = by(w, raytown, "loan.end", wish, until(later))
	if v := field.Get(w, wish); err != nil || v.End.V != later || v.Extension.Set ||
		done.Text != "Longer: RT-104 Dump truck, until Wed Mar 10, 12:00 pm." {
		t.Errorf("%q %v: %+v", done.Text, err, v)
	}
	asked := lent(t, w, lending.Requested, on(at(3, 20, 8, 0), at(3, 20, 17, 0)))
	if v := goes(t, w, grandview, "loan.end", asked, until(at(3, 21, 8, 0))); v.End.V != at(3, 21, 8, 0) ||
		v.Extension.Set {
		t.Errorf("what is only asked for: %+v", v)
	}
}

// A longer loan is in nobody's way, and its end is a later one.
func TestALongerLoanIsChecked(t *testing.T) {
	w := yard(t)
	id := lent(t, w, lending.Approved)
	lent(t, w, lending.Approved, on(at(3, 12, 8, 0), at(3, 12, 17, 0)))
	refused(t, w, raytown, "loan.end", id, until(at(3, 12, 8, 1)), failure.Conflict, "RT-104 is taken")
	refused(t, w, raytown, "loan.end", id, until(at(3, 9, 17, 0)), failure.Invalid, "give a later time")
	goes(t, w, raytown, "loan.end", id, until(at(3, 12, 8, 0)))
	lent(t, w, lending.OutOnLoan, on(at(2, 1, 8, 0), at(2, 2, 8, 0))) // a return that was forgotten warns
	soon := lent(t, w, lending.Approved, on(at(3, 5, 8, 0), at(3, 5, 9, 0)))
	goes(t, w, raytown, "loan.end", soon, until(at(3, 5, 10, 0)))
}

// A loan ends earlier at a time within it.
func TestALoanEndsEarlier(t *testing.T) {
	w := yard(t)
	id := lent(t, w, lending.Approved)
	act := loans.Acts().Named("loan.end")
	for text, u := range map[string]*loans.Until{"end RT-104 Dump truck earlier": until(at(3, 9, 16, 59)),
		"extend RT-104 Dump truck": until(at(3, 9, 17, 0))} {
		if got := act.HistoryTitle(w.View(), field.Get(w, id), u); got != text {
			t.Errorf("%q, want %q", got, text)
		}
	}
	if args := act.NewArgs(w.View(), field.Get(w, id)).(*loans.Until); args.Until.V != at(3, 9, 17, 0) {
		t.Errorf("begins with %v", args.Until)
	}
	refused(t, w, grandview, "loan.end", id, until(at(3, 9, 8, 0)), failure.Invalid, "give a time between")
	if err := loans.EndEarly(w, w.Now(), id, at(3, 9, 17, 0)); failure.CodeOf(err) != failure.Invalid {
		t.Errorf("at its end: %v", err)
	}
	done, err := by(w, grandview, "loan.end", id, until(at(3, 9, 8, 1)))
	if v := field.Get(w, id); err != nil || v.End.V != at(3, 9, 8, 1) ||
		done.Text != "Ends earlier: RT-104 Dump truck, Tue Mar 9, 8:01 am." {
		t.Errorf("%q %v: %+v", done.Text, err, v)
	}
}

// A loan that has not begun goes to another time, or on another unit.
func TestALoanIsMoved(t *testing.T) {
	w := yard(t)
	keep(t, w, &lending.Equipment{Tag: "RT-105", Name: "Dump truck", Category: "dump truck", Owner: raytown,
		Status: lending.EquipmentActive, Shareable: true})
	act := loans.Acts().Named("loan.move")
	id := lent(t, w, lending.Approved)
	args := act.NewArgs(w.View(), field.Get(w, id)).(*loans.Rebooking)
	if args.Unit != 1 || args.From.V != at(3, 9, 8, 0) || args.Until.V != at(3, 9, 17, 0) {
		t.Errorf("begins with %+v", args)
	}
	args.Unit, args.From, args.Until = 0, value.Some(at(3, 10, 8, 0)), value.Some(at(3, 10, 12, 0))
	done, err := by(w, raytown, "loan.move", id, args)
	if v := field.Get(w, id); err != nil || v.Unit != 1 || v.Start != args.From || v.End != args.Until ||
		done.Text != "Moved: RT-104 for Grandview, Mar 10 8 am–12 pm." {
		t.Errorf("%q %v: %+v", done.Text, err, v)
	}
	args.Unit = 2
	if v := goes(t, w, raytown, "loan.move", id, args); v.Unit != 2 {
		t.Errorf("%+v", v)
	}
	free := lent(t, w, lending.Requested, anyTruck(2, raytown))
	args.Unit = 0
	if done, err := by(w, raytown, "loan.move", free, args); err != nil ||
		done.Text != "Moved: 2 × any dump truck for Grandview, Mar 10 8 am–12 pm." {
		t.Errorf("%q %v", done.Text, err)
	}
	refused(t, w, raytown, "loan.move", lent(t, w, lending.OutOnLoan), args, failure.Invalid, "give one that is out")
	refused(t, w, raytown, "loan.move", lent(t, w, lending.Returned), args, failure.Invalid, "nothing to move")
}

// The owner's need comes first: a loan that has not begun ends, one that is out is
// to come back by a time, at the earliest a minute after it began.
func TestARecall(t *testing.T) {
	w := yard(t)
	for _, state := range []lending.ReservationState{lending.Approved, lending.OutOnLoan} {
		refused(t, w, raytown, "loan.recall", lent(t, w, state), &loans.Recalling{}, failure.Invalid, "say why")
		w.Remove("reservations", 1)
	}
	id := lent(t, w, lending.Approved)
	v := goes(t, w, raytown, "loan.recall", id, &loans.Recalling{Reason: "main break"})
	if v.State != lending.Recalled || v.Reason != "main break" || v.End.V != at(3, 9, 17, 0) {
		t.Errorf("%+v", v)
	}
	out := lent(t, w, lending.OutOnLoan, on(at(3, 4, 8, 0), at(3, 9, 17, 0)),
		func(v *lending.Reservation) { v.Extension = value.Some(at(3, 11, 8, 0)) })
	args := loans.Acts().Named("loan.recall").NewArgs(w.View(), field.Get(w, out)).(*loans.Recalling)
	if args.By != value.Some(at(3, 5, 12, 0)) {
		t.Errorf("by %v", args.By)
	}
	args.Reason = "main break"
	if v = goes(t, w, raytown, "loan.recall", out, args); v.State != lending.OutOnLoan || v.End != args.By ||
		v.Extension.Set || v.Reason != "recalled: main break" {
		t.Errorf("%+v", v)
	}
	args.By = value.Some(at(3, 1, 8, 0))
	if v = goes(t, w, raytown, "loan.recall", out, args); v.End.V != at(3, 4, 8, 1) {
		t.Errorf("by a time before it began: %+v", v)
	}
}

// What could stand in for a loan is of its category, as large, and free.
func TestWhatCouldStandIn(t *testing.T) {
	r := fleet(100, 120, 80, 100, 100)
	field.Get(r, lending.EquipmentID(5)).Category = "crane"
	loan(r, 4, at(3, 9, 8, 0), at(3, 9, 17, 0))
	cal := lending.CalendarOf(r, at(3, 4, 12, 0))
	v := lending.Reservation{ID: 9, Unit: 1, Borrower: 2, State: lending.Approved, Start: value.Some(at(3, 9, 8, 0)),
		End: value.Some(at(3, 9, 17, 0))}
	any := v
	any.Unit, any.Category = 0, "dump truck"
	small := v
	small.Minimum = value.Some[value.Tenths](80)
	begun := v
	begun.Start, begun.End = value.Some(at(3, 3, 8, 0)), value.Some(at(3, 5, 8, 0))
	loan(r, 2, at(3, 3, 8, 0), at(3, 4, 9, 0)) // and is through with it
	for name, c := range map[string]struct {
		loan lending.Reservation
		want string
	}{
		"as large as the unit":         {v, "T-2"},
		"as large as was asked":        {small, "T-3 T-2"},
		"of the category":              {any, "T-3 T-1 T-2"},
		"for what is left of its time": {begun, "T-4 T-2"},
	} {
		var tags []string
		for _, f := range loans.Substitutes(cal, &c.loan) {
			tags = append(tags, f.Unit.Tag)
		}
		if got := strings.Join(tags, " "); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
}

// Another unit is booked for what is left of the time, and says what for.
func TestAnotherUnitIsBookedInstead(t *testing.T) {
	w := yard(t)
	keep(t, w, &lending.Equipment{Tag: "RT-105", Name: "Dump truck", Category: "dump truck", Owner: raytown,
		Status: lending.EquipmentActive, Shareable: true})
	for name, c := range map[string]struct{ from, until, want value.Wall }{
		"to come":      {at(3, 9, 8, 0), at(3, 9, 17, 0), at(3, 9, 8, 0)},
		"begun":        {at(3, 4, 8, 0), at(3, 4, 17, 0), at(3, 4, 12, 0)},
		"all but over": {at(3, 3, 8, 0), at(3, 4, 9, 0), at(3, 4, 8, 59)},
	} {
		id := lent(t, w, lending.Recalled, on(c.from, c.until), func(v *lending.Reservation) { v.Purpose = "storm" })
		done, err := by(w, grandview, "loan.replace", id, &loans.Standing{Unit: 2})
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		v := field.Get(w, lending.ReservationID(done.ID))
		if v.Unit != 2 || v.Start.V != c.want || v.End.V != c.until || v.Instead != id || v.Purpose != "storm" ||
			v.Borrower != grandview || !strings.HasSuffix(done.Text, ", requested.") {
			t.Errorf("%s: %q, %+v", name, done.Text, v)
		}
		w.Remove("reservations", done.ID)
	}
	lent(t, w, lending.Approved, func(v *lending.Reservation) { v.Unit = 2 })
	refused(t, w, grandview, "loan.replace", lent(t, w, lending.Recalled), &loans.Standing{Unit: 2},
		failure.Conflict, "RT-105 is taken")
}

// What fell through is asked for again; a city's own unit is booked at once.
func TestALoanIsAskedForAgain(t *testing.T) {
	w := yard(t)
	again := func(v *lending.Reservation) { v.Reason, v.Ready = "not now", value.Some(w.Now()) }
	v := goes(t, w, grandview, "loan.ask", lent(t, w, lending.Declined, again), nil)
	if v.State != lending.Requested || v.Reason != "" || v.Ready.Set || v.Terms.Basis != "" {
		t.Errorf("%+v", v)
	}
	own := lent(t, w, lending.Cancelled, again, func(v *lending.Reservation) { v.Borrower = raytown })
	if v = goes(t, w, raytown, "loan.ask", own, nil); v.State != lending.Approved ||
		v.Terms.Basis != lending.BasisWaived {
		t.Errorf("one's own: %+v", v)
	}
	any := lent(t, w, lending.LoanDraft, anyTruck(1, 0), on(at(3, 20, 8, 0), at(3, 20, 9, 0)))
	if v = goes(t, w, grandview, "loan.ask", any, nil); v.State != lending.Requested {
		t.Errorf("of a category: %+v", v)
	}
}

// A loan is closed when all of it is settled.
func TestALoanIsClosedWhenAllIsSettled(t *testing.T) {
	w := yard(t)
	id := lent(t, w, lending.Returned)
	line := keep(t, w, &lending.Charge{Reservation: id, Lender: raytown, Borrower: grandview, State: lending.Accrued,
		Basis: lending.BasisFlat, Usage: value.Some[value.Cents](95_00)})
	refused(t, w, raytown, "loan.close", id, nil, failure.Invalid, "$95.00 is accrued")
	if err := loans.Close(w, id); failure.CodeOf(err) != failure.Invalid {
		t.Errorf("by whatever way: %v", err)
	}
	field.Get(w, line).State = lending.Paid
	if v := goes(t, w, raytown, "loan.close", id, nil); v.State != lending.Closed {
		t.Errorf("%+v", v)
	}
}

// Whatever frees a unit starts the clock of the first who waits and could have it.
func TestTheFirstWhoWaitsIsOfferedWhatIsFree(t *testing.T) {
	waiting := func(t *testing.T, w *fieldtest.Writer, from, until value.Wall) lending.ReservationID {
		return lent(t, w, lending.Waitlisted, on(from, until))
	}
	for name, free := range map[string]func(t *testing.T, w *fieldtest.Writer){
		"given up": func(t *testing.T, w *fieldtest.Writer) {
			goes(t, w, grandview, "loan.cancel", 1, &loans.Why{Reason: "rain"})
		},
		"not fetched": func(t *testing.T, w *fieldtest.Writer) { goes(t, w, raytown, "loan.noshow", 1, nil) },
		"ended early": func(t *testing.T, w *fieldtest.Writer) {
			goes(t, w, raytown, "loan.end", 1, until(at(3, 9, 9, 0)))
		},
		"brought back": func(t *testing.T, w *fieldtest.Writer) {
			goes(t, w, raytown, "loan.handover", 1, nil)
			goes(t, w, raytown, "loan.return", 1, nil)
		},
	} {
		w := yard(t)
		lent(t, w, lending.Approved)
		over := waiting(t, w, at(3, 4, 8, 0), w.Now())
		lent(t, w, lending.Approved, on(at(3, 12, 8, 0), at(3, 12, 17, 0)))
		taken := waiting(t, w, at(3, 12, 9, 0), at(3, 12, 10, 0))
		first := waiting(t, w, at(3, 9, 12, 0), at(3, 9, 13, 0))
		second := waiting(t, w, at(3, 9, 12, 30), at(3, 9, 15, 0))
		free(t, w)
		for id, want := range map[lending.ReservationID]bool{over: false, taken: false, first: true, second: false} {
			if v := field.Get(w, id); v.Ready.Set != want || want && v.Ready.V != w.Now() {
				t.Errorf("%s: reservation %d is offered since %v", name, id, v.Ready)
			}
		}
		w.At += 60 // it is somebody's turn already
		goes(t, w, grandview, "loan.cancel", lent(t, w, lending.Approved, on(at(3, 20, 8, 0), at(3, 20, 9, 0))), nil)
		if field.Get(w, second).Ready.Set || field.Get(w, first).Ready.V != w.Now()-60 {
			t.Errorf("%s: two are offered one unit", name)
		}
	}
}
