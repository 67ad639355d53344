package store

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"interlocal/model/access"
	"interlocal/model/buying"
	"interlocal/model/failure"
	"interlocal/model/field"
	"interlocal/model/lending"
	"interlocal/model/lending/loans"
	"interlocal/model/partnership"
	"interlocal/model/value"
)

// do takes one step at a time of day, which must succeed.
func do(t testing.TB, s *Store, id access.Identity, fn func(tx *Tx, now value.Wall) error) {
	t.Helper()
	if err := attemptStep(s, id, fn); err != nil {
		t.Fatalf("%v", err)
	}
}

func attemptStep(s *Store, id access.Identity, fn func(tx *Tx, now value.Wall) error) error {
	_, err := s.Update(context.Background(), id, Op{Title: "step"}, func(tx *Tx) error { return fn(tx, tx.Now()) })
	return err
}

func loanOf(s *Store, id lending.ReservationID) *lending.Reservation {
	return field.Get(s.durable.Load(), id)
}

func signed(at value.Opt[value.Wall], meter value.Tenths) lending.Inspection {
	return lending.Inspection{At: at, Meter: value.Some(meter), Fuel: "full", Condition: value.Some[int64](4),
		GivenBy: "Dana Reyes", TakenBy: "Sam Ortiz",
		Note: "Read by both"}
}

// agree puts all cities under one agreement.
func agree(t testing.TB, s *Store) {
	t.Helper()
	put(t, s, keeper(), &partnership.Agreement{Title: "Equipment", Parties: []partnership.PartnerID{1, 2, 3, 4, 5},
		Status:    partnership.AgreementSigned,
		Effective: value.Some(value.Date(2026, 1, 1))})
}

// TestALoanFromRequestToSettlement goes the whole way as the people of both
// cities, each of whom may take their own steps only.
func TestALoanFromRequestToSettlement(t *testing.T) {
	s, c := open(t)
	fillFounding(t, s)
	agree(t, s)
	owner, borrower := as("owner", access.Editor, 1), as("borrower", access.Editor, 2)
	unit := put(t, s, owner, &lending.Equipment{Tag: "IN-1", Name: "Truck", Category: "dump truck", Owner: 1,
		Status: lending.EquipmentActive, Shareable: true,
		Meter: value.Some[value.Tenths](1000), MeterKind: lending.MeterHours, Charge: lending.ChargeLocal,
		LocalRate: value.Some(value.Cents(95_00).Price()), LocalPer: lending.PerHour})
	var id lending.ReservationID
	do(t, s, borrower, func(tx *Tx, now value.Wall) error {
		made, err := loans.Book(tx, now, loans.Order{Unit: unit, Start: wall(1, 8).V, End: wall(2, 17).V, Borrower: 2,
			Purpose: "haul"})
		if err == nil {
			id = made.IDs[0]
		}
		return err
	})
	refused(t, failure.Forbidden,
		attemptStep(s, borrower, func(tx *Tx, now value.Wall) error { return loans.Approve(tx, now, id, 0) }))
	do(t, s, owner, func(tx *Tx, now value.Wall) error { return loans.Approve(tx, now, id, 0) })
	put(t, s, owner, &lending.Equipment{Tag: "IN-2", Name: "Truck", Owner: 1, Status: lending.EquipmentActive})
	if terms := loanOf(s, id).Terms; terms.Rate.V != 95_0000 || terms.Basis != lending.BasisMeter {
		t.Fatalf("the terms were not fixed: %+v", terms)
	}
	c.t = time.Date(2027, 3, 9, 15, 0, 0, 0, time.UTC)
	do(t, s, owner, func(tx *Tx, now value.Wall) error {
		_, err := loans.HandOver(tx, now, id, 0, loans.Out{Inspection: signed(wall(1, 8), 1000)})
		return err
	})
	var granted bool
	do(t, s, borrower, func(tx *Tx, now value.Wall) (err error) {
		granted, err = loans.Extend(tx, now, borrower.Actor(tx.Schema().Kind("reservations")), id, wall(3, 12).V)
		return err
	})
	if v := loanOf(s, id); granted || v.Extension.V != wall(3, 12).V || v.End.V != wall(2, 17).V {
		t.Errorf("the borrower moved the end: %+v", v)
	}
	do(t, s, owner, func(tx *Tx, now value.Wall) error {
		_, err := loans.Extend(tx, now, owner.Actor(tx.Schema().Kind("reservations")), id, wall(3, 12).V)
		return err
	})
	if err := attemptStep(s, owner, func(tx *Tx, now value.Wall) error {
		v := *field.Get(tx, id)
		v.Terms.Rate = value.Some(value.Cents(1).Price())
		_, err := field.Put(tx, &v)
		return err
	}); err == nil {
		t.Error("the rate was changed after approval")
	}
	c.t = time.Date(2027, 3, 12, 15, 0, 0, 0, time.UTC)
	if !loanOf(s, id).Overdue(wall(4, 9).V) {
		t.Error("it is not overdue")
	}
	do(t, s, borrower, func(tx *Tx, now value.Wall) error {
		_, err := loans.Return(tx, now, id, loans.Back{Inspection: signed(wall(3, 20), 1123)})
		return err
	})
	var line *lending.Charge
	for l := range field.All[lending.Charge](s.durable.Load()) {
		line = l
	}
	if line == nil || line.Usage.V != 1168_50 || line.Hours.V != 600 { // 12.3 h at 95.00
		t.Fatalf("the line is %+v", line)
	}
	do(t, s, owner, func(tx *Tx, now value.Wall) error { // the meter was mistyped: 112.3, not 123
		return loans.AmendReturn(tx, now, id, loans.Back{Inspection: signed(wall(3, 20), 1112)})
	})
	if l := field.Get(s.durable.Load(), line.ID); l.Usage.V != 1064_00 {
		t.Errorf("after the amendment the line is %v", l.Usage.V)
	}
	closing := func(tx *Tx, _ value.Wall) error { return loans.Close(tx, id) }
	refused(t, failure.Invalid, attemptStep(s, owner, closing)) // $1,064.00 is still accrued
	refused(t, failure.Invalid, attemptStep(s, owner, func(tx *Tx, _ value.Wall) error {
		v := *field.Get(tx, id)
		v.State = lending.Closed
		_, err := field.Put(tx, &v)
		return err
	}))
	do(t, s, owner, func(tx *Tx, _ value.Wall) error {
		return field.Change(tx, line.ID, func(l *lending.Charge) error { l.State = lending.Paid; return nil })
	})
	refused(t, failure.Forbidden, attemptStep(s, borrower, closing))
	do(t, s, owner, closing)
}

// TestWhatDoesNotMakeSenseIsRefused: each gets a sentence and changes nothing.
func TestWhatDoesNotMakeSenseIsRefused(t *testing.T) {
	s := yard(t, 4)
	agree(t, s)
	out := put(t, s, keeper(), &lending.Reservation{Unit: 1, Borrower: 3, State: lending.Approved, Start: wall(-4, 8),
		End: wall(1, 17)})
	do(t, s, keeper(), func(tx *Tx, now value.Wall) error {
		_, err := loans.HandOver(tx, now, out, 0, loans.Out{Inspection: signed(wall(-4, 8), 500)})
		return err
	})
	update(t, s, keeper(), func(tx *Tx) error {
		e := *field.Get(tx, lending.EquipmentID(4))
		e.Status = lending.EquipmentRetired
		_, err := field.Put(tx, &e)
		return err
	})
	loan := func(change func(*lending.Reservation)) *lending.Reservation {
		v := &lending.Reservation{Unit: 2, Borrower: 3, State: lending.Requested, Start: wall(5, 8), End: wall(5, 12)}
		change(v)
		return v
	}
	sealed := put(t, s, keeper(), &buying.Solicitation{Title: "Salt", Lead: 1, Manner: buying.JointBid,
		State: buying.Issued, Due: wall(30, 14)})
	opened := put(t, s, keeper(), &buying.Solicitation{Title: "Paint", Lead: 1, Manner: buying.JointBid,
		State: buying.Opened, Due: wall(-10, 14)})
	bid := func(of buying.SolicitationID, received int, tiers ...buying.Tier) *buying.Bid {
		return &buying.Bid{Solicitation: of, Vendor: "V", Manner: buying.TierAll, Received: wall(received, 9),
			Tiers: tiers}
	}
	tier := func(from int64, price value.Cents) buying.Tier {
		return buying.Tier{From: value.Some(from), Price: value.Some(price)}
	}
	for name, c := range map[string]struct {
		rec  any
		says string
	}{
		"a return before the hand-over": {&lending.Return{Reservation: out, Unit: 1,
			Inspection: signed(wall(-5, 8), 600)}, "before the hand-over"},
		"a meter that runs backwards": {&lending.Return{Reservation: out, Unit: 1,
			Inspection: signed(wall(-3, 8), 400)}, "cannot come back at 40"},
		"an end before the start": {loan(func(v *lending.Reservation) { v.End = wall(4, 8) }),
			"ends before it starts"},
		"a retired unit": {loan(func(v *lending.Reservation) { v.Unit = 4 }), "is retired"},
		"none of them": {loan(func(v *lending.Reservation) {
			v.Unit, v.Category, v.Quantity = 0, "dump truck", value.Some[int64](0)
		}), "at least 1"},
		"no unit at all": {loan(func(v *lending.Reservation) { v.Unit = 0 }), "name a unit"},
		"more than there are": {loan(func(v *lending.Reservation) {
			v.Unit, v.Category, v.Lender, v.Quantity, v.State = 0, "dump truck", 1, value.Some[int64](9),
				lending.Approved
		}), "too few"},
		"an unknown rate code": {&lending.Equipment{Tag: "X", Name: "Y", Owner: 1,
			Status: lending.EquipmentActive, Charge: lending.ChargeFEMA, FEMACode: "1", FEMAYear: 2025},
			"not in the FEMA schedule"},
		"a bid before the opening": {bid(sealed, -11, tier(1, 5_00)), "have not been opened"},
		"opening before the day": {&buying.Solicitation{ID: sealed, Title: "Salt", Lead: 1,
			Manner: buying.JointBid, State: buying.Opened, Due: wall(30, 14)}, "not before"},
		"a bid after the opening": {bid(opened, -9, tier(1, 5_00)), "came after the opening"},
		"tiers that fall":         {bid(opened, -11, tier(100, 5_00), tier(50, 4_00)), "tiers rise"},
		"a need of nothing": {&buying.Need{Item: "Salt", Partner: 1, State: buying.NeedOpen,
			Quantity: value.Some[int64](0)}, "at least 1"},
		"a loan that goes out by itself": {&lending.Reservation{Unit: 2, Borrower: 3, State: lending.OutOnLoan,
			Start: wall(1, 8), End: wall(0, 9)}, "ends before"},
		"handing over twice": {&lending.Handover{Reservation: out, Unit: 1,
			Inspection: signed(wall(0, 8), 500)}, "recorded already"},
		"a signed paper changed": {&lending.Handover{ID: 1, Reservation: out, Unit: 1,
			Inspection: signed(wall(-4, 8), 510)}, "amendment"},
		"turnaround without end": {&lending.Equipment{Tag: "X", Name: "Y", Owner: 1,
			Status: lending.EquipmentActive, Buffer: value.Some[int64](99999)}, "a week"},
		"somebody charged for their own": {&lending.Charge{Lender: 1, Borrower: 1,
			On: value.Some(value.Date(2027, 3, 1)), Basis: lending.BasisWaived, State: lending.Accrued},
			"of their own"},
		"money that does not add up": {&lending.Charge{Lender: 1, Borrower: 2,
			On: value.Some(value.Date(2027, 3, 1)), Basis: lending.BasisClock, Quantity: value.Some[value.Tenths](10),
			Rate: value.Some(value.Cents(5_00).Price()), Usage: value.Some[value.Cents](6_00), State: lending.Accrued},
			"not the quantity at the rate"},
	} {
		rev := s.durable.Load().rev
		kind := c.rec.(field.Record).KindName()
		_, err := s.Update(context.Background(), keeper(), Op{Title: name},
			func(tx *Tx) error { _, err := tx.Put(kind, c.rec); return err })
		if err == nil || !strings.Contains(err.Error(), c.says) || s.durable.Load().rev != rev {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestAMissingPaperPassesOnSomebodysWord: it warns, and goes ahead with a name
// and a reason only.
func TestAMissingPaperPassesOnSomebodysWord(t *testing.T) {
	s := yard(t, 2)
	id := put(t, s, keeper(), &lending.Reservation{Unit: 1, Borrower: 3, State: lending.Requested, Start: wall(1, 8),
		End: wall(1, 12)})
	var needs field.Doubts
	err := attemptStep(s, keeper(), func(tx *Tx, now value.Wall) error { return loans.Approve(tx, now, id, 0) })
	if !errors.As(err, &needs) || needs[0].About != string(lending.PassAgreement) ||
		loanOf(s, id).State != lending.Requested {
		t.Fatalf("%v", err)
	}
	do(t, s, keeper(), func(tx *Tx, now value.Wall) error {
		return loans.Approve(answered{tx, &field.Override{Name: "City counsel", Reason: "signed on Monday"}},
			now, id, 0)
	})
	if v := loanOf(s, id); v.State != lending.Approved || !v.Passed(lending.PassAgreement) || !v.Passes[0].On.Set {
		t.Errorf("%+v", v)
	}
}

// TestAForgottenReturn keeps the unit for the days of grace and then warns, so
// that the next month can be booked.
func TestAForgottenReturn(t *testing.T) {
	s, c := open(t)
	fillFounding(t, s)
	agree(t, s)
	unit := put(t, s, keeper(), &lending.Equipment{Tag: "T-1", Name: "Truck", Owner: 1, Status: lending.EquipmentActive,
		Shareable: true})
	id := put(t, s, keeper(), &lending.Reservation{Unit: unit, Borrower: 2, State: lending.Approved, Start: wall(1, 8),
		End: wall(1, 17)})
	c.t = time.Date(2027, 3, 9, 15, 0, 0, 0, time.UTC)
	do(t, s, keeper(), func(tx *Tx, now value.Wall) error {
		_, err := loans.HandOver(tx, now, id, 0, loans.Out{Inspection: signed(wall(1, 8), 10)})
		return err
	})
	book := func(day int) (Result, error) {
		return s.Update(context.Background(), keeper(), Op{Title: "book"}, func(tx *Tx) error {
			_, err := field.Put(tx, &lending.Reservation{Unit: unit, Borrower: 3, State: lending.Approved,
				Start: wall(day, 8), End: wall(day, 17)})
			return err
		})
	}
	c.t = time.Date(2027, 3, 10, 15, 0, 0, 0, time.UTC)
	if _, err := book(3); err == nil || !strings.Contains(err.Error(), "has not come back") {
		t.Errorf("the day after the end: %v", err)
	}
	if _, err := book(30); err != nil {
		t.Errorf("next month: %v", err)
	}
	c.t = time.Date(2027, 3, 20, 15, 0, 0, 0, time.UTC)
	if res, err := book(13); err != nil || len(res.Warnings) == 0 {
		t.Errorf("after the grace: %v %v", res.Warnings, err)
	}
}

// TestAnEmergencyIsEnteredTheDayAfter, and does not clash with itself, but with
// what was booked.
func TestAnEmergencyIsEnteredTheDayAfter(t *testing.T) {
	s := yard(t, 2)
	agree(t, s)
	past := loans.Past{Order: loans.Order{Unit: 1, Borrower: 4, Start: wall(-5, 20).V, End: wall(-4, 6).V},
		Out: loans.Out{Inspection: signed(wall(-5, 20), 10)}, Back: loans.Back{Inspection: signed(wall(-4, 6), 95)}}
	var id lending.ReservationID
	do(t, s, keeper(), func(tx *Tx, now value.Wall) (err error) { id, err = loans.Record(tx, now, past); return err })
	v, out := loanOf(s, id), lending.HandoverOf(s.durable.Load(), id)
	if v.State != lending.Returned || !out.Entered.Set || out.At.V != wall(-5, 20).V {
		t.Errorf("%+v %+v", v, out)
	}
	put(t, s, keeper(), &lending.Reservation{Unit: 1, Borrower: 3, State: lending.Approved, Start: wall(-3, 8),
		End: wall(-3, 12)})
	past.Order.Start, past.Order.End = wall(-3, 9).V, wall(-3, 11).V
	refused(t, failure.Conflict, attemptStep(s, keeper(),
		func(tx *Tx, now value.Wall) error { _, err := loans.Record(tx, now, past); return err }))
}

// TestTheWaitListsClockStartsWhenTheUnitIsThere, not before.
func TestTheWaitListsClockStartsWhenTheUnitIsThere(t *testing.T) {
	s := yard(t, 2)
	agree(t, s)
	id := put(t, s, keeper(), &lending.Reservation{Unit: 1, Borrower: 3, State: lending.Approved, Start: wall(-5, 8),
		End: wall(3, 17)})
	do(t, s, keeper(), func(tx *Tx, now value.Wall) error {
		_, err := loans.HandOver(tx, now, id, 0, loans.Out{Inspection: signed(wall(-5, 8), 10)})
		return err
	})
	var waits lending.ReservationID
	do(t, s, keeper(), func(tx *Tx, now value.Wall) error {
		made, err := loans.Book(tx, now, loans.Order{Unit: 1, Borrower: 4, Start: wall(0, 8).V, End: wall(1, 17).V,
			Wait: true})
		waits = made.IDs[0]
		return err
	})
	if v := loanOf(s, waits); v.State != lending.Waitlisted || v.Ready.Set {
		t.Fatalf("%+v", v)
	}
	do(t, s, keeper(), func(tx *Tx, now value.Wall) error {
		_, err := loans.Return(tx, now, id, loans.Back{Inspection: signed(wall(-4, 8), 20)})
		return err
	})
	if v := loanOf(s, waits); !v.Ready.Set {
		t.Errorf("%+v", v)
	}
}

// TestAssembliesGoAllOrNone across owners.
func TestAssembliesGoAllOrNone(t *testing.T) {
	s := yard(t, 4)
	agree(t, s)
	put(t, s, keeper(), &lending.Kit{Name: "Plow, complete", Members: []lending.KitMember{{Unit: 1}, {Unit: 2}}})
	book := func(day int) (made loans.Booked, err error) {
		err = attemptStep(s, keeper(), func(tx *Tx, now value.Wall) (err error) {
			made, err = loans.Book(tx, now, loans.Order{Kit: 1, Start: wall(day, 8).V, End: wall(day, 12).V,
				Borrower: 5})
			return err
		})
		return made, err
	}
	put(t, s, keeper(), &lending.Reservation{Unit: 2, Borrower: 4, State: lending.Approved, Start: wall(1, 10),
		End: wall(1, 11)})
	if _, err := book(1); failure.CodeOf(err) != failure.Conflict || !strings.Contains(err.Error(), "T-2 is taken") {
		t.Errorf("%v", err)
	}
	made, err := book(2)
	if err != nil || len(made.IDs) != 2 {
		t.Fatalf("%+v %v", made, err)
	}
	first, second := as("first", access.Editor, 1), as("second", access.Editor, 2)
	do(t, s, first, func(tx *Tx, now value.Wall) error { return loans.Approve(tx, now, made.IDs[0], 0) })
	err = attemptStep(s, keeper(), func(tx *Tx, now value.Wall) error {
		_, err := loans.HandOver(tx, now, made.IDs[0], 0, loans.Out{Inspection: signed(wall(-4, 8), 10)})
		return err
	})
	if err == nil || !strings.Contains(err.Error(), "none goes out before all are") {
		t.Errorf("half an assembly went out: %v", err)
	}
	do(t, s, second, func(tx *Tx, _ value.Wall) error { return loans.Decline(tx, made.IDs[1], "needed at home") })
	if a, b := loanOf(s, made.IDs[0]), loanOf(s, made.IDs[1]); a.State != lending.Cancelled ||
		b.State != lending.Declined {
		t.Errorf("%s and %s", a.State, b.State)
	}
}

// TestEveryAskerGetsTheSameAnswer: the finder, the calendar, the rule and the
// booking agree on every question, by unit and by category.
func TestEveryAskerGetsTheSameAnswer(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		m := &calendarMachine{s: yard(t, 6)}
		defer m.s.Close()
		agree(t, m.s)
		for range rapid.IntRange(4, 10).Draw(rt, "loans") {
			m.book(rt)
			m.change(rt)
		}
		view := m.s.As(keeper()).View()
		now := value.Date(2027, 3, 4).At(9, 0)
		cal := lending.CalendarOf(view, now)
		for range 2 {
			from, until := drawTimes(rt)
			for _, f := range loans.Find(cal, loans.Query{Start: from.V, End: until.V, Borrower: 5}) {
				claim := lending.Claim{Unit: f.Unit.ID, From: from.V, Until: until.V}
				rule := m.s.As(keeper()).Problems("reservations", &lending.Reservation{Unit: f.Unit.ID, Borrower: 5,
					State: lending.Approved, Start: from, End: until}).Err("") == nil
				_, err := bookDry(m.s, loans.Order{Unit: f.Unit.ID, Borrower: 5, Start: from.V, End: until.V})
				if f.Free != cal.Free(claim) || f.Free != (err == nil) || f.Free != rule &&
					cal.Length(from.V, until.V) > 0 {
					rt.Fatalf("%s from %v until %v: finder %v, calendar %v, rule %v, booking %v", f.Unit.Tag, from.V,
						until.V, f.Free, cal.Free(claim), rule, err)
				}
				held := false
				for _, h := range cal.Holds(f.Unit, from.V, until.V) {
					held = held || h.Firm && h.From < until.V && from.V < h.Free
				}
				if held && f.Free {
					rt.Fatalf("%s is drawn as taken and found free", f.Unit.Tag)
				}
			}
			claim := lending.Claim{Category: "dump truck", Lender: 1, Quantity: 2, From: from.V, Until: until.V}
			rule := m.s.As(keeper()).Problems("reservations", &lending.Reservation{Category: claim.Category, Lender: 1,
				Quantity: value.Some[int64](2),
				Borrower: 5, State: lending.Approved, Start: from, End: until}).Err("") == nil
			if cal.Free(claim) != rule && cal.Length(from.V, until.V) > 0 {
				rt.Fatalf("two of the category from %v until %v: calendar %v, rule %v", from.V, until.V,
					cal.Free(claim), rule)
			}
		}
	})
}

var errDry = errors.New("only asked")

// bookDry asks whether a booking would be taken.
func bookDry(s *Store, o loans.Order) (made loans.Booked, err error) {
	err = attemptStep(s, keeper(), func(tx *Tx, now value.Wall) error {
		if made, err = loans.Book(tx, now, o); err != nil {
			return err
		}
		return errDry
	})
	if errors.Is(err, errDry) {
		err = nil
	}
	return made, err
}

// answered is a transaction in which somebody has answered for what is in doubt.
type answered struct {
	*Tx
	override *field.Override
}

// Override is what they put to it.
func (a answered) Override() *field.Override { return a.override }
