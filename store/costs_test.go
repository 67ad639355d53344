package store

import (
	"testing"
	"time"

	"interlocal/model/access"
	"interlocal/model/failure"
	"interlocal/model/field"
	"interlocal/model/lending"
	"interlocal/model/lending/loans"
	"interlocal/model/lending/rates"
	"interlocal/model/value"
)

// settledOf gives the lines of a loan in order.
func settledOf(s *Store, id lending.ReservationID) (lines []*lending.Charge) {
	for c := range field.Of[lending.Charge](s.durable.Load(), "reservation", id) {
		lines = append(lines, c)
	}
	return lines
}

// lentOut lends a unit at 95.00 an hour of its meter and hands it over at 100.0
// with a lowboy noted, in a store in which it is time to take it back.
func lentOut(t *testing.T) (s *Store, owner access.Identity, id lending.ReservationID) {
	t.Helper()
	s, c := open(t)
	fillFounding(t, s)
	agree(t, s)
	owner, borrower := as("owner", access.Editor, 1), as("borrower", access.Editor, 2)
	c.t = time.Date(2027, 3, 12, 15, 0, 0, 0, time.UTC)
	unit := put(t, s, owner, &lending.Equipment{Tag: "IN-1", Name: "Truck", Category: "dump truck", Owner: 1,
		Status: lending.EquipmentActive, Shareable: true,
		Meter: value.Some[value.Tenths](1000), MeterKind: lending.MeterHours, Charge: lending.ChargeLocal,
		LocalRate: value.Some(value.Cents(95_00).Price()), LocalPer: lending.PerHour})
	do(t, s, borrower, func(tx *Tx, now value.Wall) error {
		made, err := loans.Book(tx, now, loans.Order{Unit: unit, Start: wall(1, 8).V, End: wall(3, 17).V, Borrower: 2})
		if err == nil {
			id = made.IDs[0]
		}
		return err
	})
	do(t, s, owner, func(tx *Tx, now value.Wall) error { return loans.Approve(tx, now, id, 0) })
	do(t, s, owner, func(tx *Tx, now value.Wall) error {
		_, err := loans.HandOver(tx, now, id, 0, loans.Out{Inspection: signed(wall(1, 8), 1000),
			Transport: "18 mi at 4.50, lowboy"})
		return err
	})
	return s, owner, id
}

// What is noted at the hand-over and at the return is settled at once, to the
// cent, with where each amount is from.
func TestWhatIsNotedAtTheReturnIsSettledAtOnce(t *testing.T) {
	s, owner, id := lentOut(t)
	back := loans.Back{Inspection: signed(wall(3, 17), 1123), Fuel: "12.4 gal at 3.499, receipt 4411",
		Transport: "2 x 40.25", Operator: "6.5 h at 42.50"}
	bad := back
	bad.Fuel = "12.4 gal 43.39"
	refused(t, failure.Invalid, attemptStep(s, owner,
		func(tx *Tx, now value.Wall) error { _, err := loans.Return(tx, now, id, bad); return err }))
	if n := len(settledOf(s, id)); n != 0 {
		t.Fatalf("the refused return left %d lines", n)
	}
	do(t, s, owner, func(tx *Tx, now value.Wall) error { _, err := loans.Return(tx, now, id, back); return err })
	lines := settledOf(s, id)
	// 12.3 h at 95.00 = 1,168.50; 12.4 gal at 3.499 = 43.3876; 18 mi at 4.50 = 81.00 and twice 40.25 = 80.50; 6.5 h at
	// 42.50 = 276.25
	if len(lines) != 1 || lines[0].Usage.V != 1168_50 || lines[0].Fuel.V != 43_39 || lines[0].Transport.V != 161_50 ||
		lines[0].Operator.V != 276_25 ||
		lines[0].Total() != 1649_64 {
		t.Fatalf("the line is %+v", lines)
	}
	const want = "12.3 hours at $95.00, meter 100 to 112.3, Independence, rate of Mar 12, 2027; operator $276.25 " +
		"(6.5 h at 42.50, noted at the return); " +
		"fuel $43.39 (12.4 gal at 3.499, receipt 4411, noted at the return); " +
		"transport $161.50 (18 mi at 4.50 = $81.00, lowboy, noted at the hand-over; 2 at 40.25 = $80.50, noted at " +
		"the return)"
	if got := rates.Describe(lines[0]); got != want {
		t.Errorf("it was worked out from\n%s, not\n%s", got, want)
	}
	rec := *lending.ReturnOf(s.durable.Load(), id)
	rec.Operator = "9 h at 42.50"
	if err := attemptStep(s, owner,
		func(tx *Tx, _ value.Wall) error { _, err := field.Put(tx, &rec); return err }); err == nil {
		t.Error("what both have signed was changed without an amendment")
	}
}

// An amendment changes what it says otherwise, and leaves what somebody put right
// on the line; once billed, the difference is a line of its own.
func TestAmendedCostsAreSettledByTheirDifference(t *testing.T) {
	s, owner, id := lentOut(t)
	back := loans.Back{Inspection: signed(wall(3, 17), 1123), Fuel: "12.4 gal", Operator: "6.5 h at 42.50"}
	amend := func() {
		t.Helper()
		do(t, s, owner, func(tx *Tx, now value.Wall) error { return loans.AmendReturn(tx, now, id, back) })
	}
	bill := func() error {
		return attemptStep(s, owner, func(tx *Tx, _ value.Wall) error {
			_, err := rates.Bill(tx, 1, 2, value.Date(2027, 3, 31))
			return err
		})
	}
	do(t, s, owner, func(tx *Tx, now value.Wall) error { _, err := loans.Return(tx, now, id, back); return err })
	if line := settledOf(s, id)[0]; line.Fuel.Set || !line.Open() {
		t.Fatalf("fuel without a price comes to %+v", line)
	}
	refused(t, failure.Invalid, bill())
	do(t, s, owner, func(tx *Tx, _ value.Wall) error { // the operator's hours, put right on the line
		line := *settledOf(s, id)[0]
		line.Operator, line.OperatorFrom = value.Some[value.Cents](300_00), "invoice 7"
		_, err := field.Put(tx, &line)
		return err
	})
	back.Fuel = "12.4 gal at 3.499"
	amend()
	line := settledOf(s, id)[0]
	if line.Fuel.V != 43_39 || line.Operator.V != 300_00 || line.OperatorFrom != "invoice 7" || line.Open() {
		t.Fatalf("after the amendment the line is %+v", line)
	}
	if err := bill(); err != nil {
		t.Fatal(err)
	}
	for _, step := range []struct {
		fuel       value.Cost
		lines      int
		difference value.Cents
	}{{"10 gal at 3.499", 2, -8_40}, {"10 gal at 3.499", 2, -8_40}, {"11 gal at 3.499", 3, 3_50}, {"", 4, -38_49}} {
		back.Fuel = step.fuel
		amend()
		lines := settledOf(s, id)
		last := lines[len(lines)-1]
		if len(lines) != step.lines || last.Total() != step.difference || last.Corrects == 0 ||
			last.OperatorFrom != "" {
			t.Fatalf("with fuel %q there are %d lines, the last %+v", step.fuel, len(lines), last)
		}
	}
	do(t, s, owner, func(tx *Tx, now value.Wall) error { // the lowboy was noted by mistake
		return loans.AmendHandover(tx, now, id, loans.Out{Inspection: signed(wall(1, 8), 1000)})
	})
	if _, sum := rates.Charged(s.durable.Load(), id); sum.Total() != 1168_50+300_00 || sum.Transport.V != 0 ||
		sum.Fuel.V != 0 {
		t.Errorf("in the end it comes to %v: %+v", sum.Total(), sum)
	}
}
