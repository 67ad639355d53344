package store

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"interlocal/model"
	"interlocal/model/access"
	"interlocal/model/schedule"
)

// do takes one step at a time of day, which must succeed.
func do(t testing.TB, s *Store, id access.Identity, fn func(tx *Tx, now model.Wall) error) {
	t.Helper()
	if err := attemptStep(s, id, fn); err != nil {
		t.Fatalf("%v", err)
	}
}

func attemptStep(s *Store, id access.Identity, fn func(tx *Tx, now model.Wall) error) error {
	_, err := s.Update(context.Background(), id, Op{Title: "step"}, func(tx *Tx) error { return fn(tx, tx.Now()) })
	return err
}

func loanOf(s *Store, id model.ReservationID) *model.Reservation {
	return model.Get(s.durable.Load(), id)
}

func signed(at model.Opt[model.Wall], meter model.Tenths) model.Inspection {
	return model.Inspection{At: at, Meter: model.Some(meter), Fuel: "full", Condition: model.Some[int64](4), GivenBy: "Dana Reyes", TakenBy: "Sam Ortiz"}
}

// agree puts all cities under one agreement.
func agree(t testing.TB, s *Store) {
	t.Helper()
	put(t, s, keeper(), &model.Agreement{Title: "Equipment", Parties: []model.PartnerID{1, 2, 3, 4, 5}, Status: model.AgreementSigned,
		Effective: model.Some(model.Date(2026, 1, 1))})
}

// TestALoanFromRequestToSettlement goes the whole way as the people of both
// cities, each of whom may take their own steps only.
func TestALoanFromRequestToSettlement(t *testing.T) {
	s, c := open(t)
	fillFounding(t, s)
	agree(t, s)
	owner, borrower := as("owner", access.Editor, 1), as("borrower", access.Editor, 2)
	unit := put(t, s, owner, &model.Equipment{Tag: "IN-1", Name: "Truck", Category: "dump truck", Owner: 1, Status: model.EquipmentActive, Shareable: true,
		Meter: model.Some[model.Tenths](1000), MeterKind: model.MeterHours, Charge: model.ChargeLocal, LocalRate: model.Some[model.Cents](95_00), LocalPer: model.PerHour})
	var id model.ReservationID
	do(t, s, borrower, func(tx *Tx, now model.Wall) error {
		made, err := schedule.Book(tx, now, schedule.Order{Unit: unit, Start: wall(1, 8).V, End: wall(2, 17).V, Borrower: 2, Purpose: "haul"})
		if err == nil {
			id = made.IDs[0]
		}
		return err
	})
	refused(t, model.Forbidden, attemptStep(s, borrower, func(tx *Tx, now model.Wall) error { return schedule.Approve(tx, now, id, 0) }))
	do(t, s, owner, func(tx *Tx, now model.Wall) error { return schedule.Approve(tx, now, id, 0) })
	put(t, s, owner, &model.Equipment{Tag: "IN-2", Name: "Truck", Owner: 1, Status: model.EquipmentActive})
	if terms := loanOf(s, id).Terms; terms.Rate.V != 95_00 || terms.Basis != model.BasisMeter {
		t.Fatalf("the terms were not fixed: %+v", terms)
	}
	c.t = time.Date(2027, 3, 9, 15, 0, 0, 0, time.UTC)
	do(t, s, owner, func(tx *Tx, now model.Wall) error {
		_, err := schedule.HandOver(tx, now, id, 0, schedule.Out{Inspection: signed(wall(1, 8), 1000)})
		return err
	})
	var granted bool
	do(t, s, borrower, func(tx *Tx, now model.Wall) (err error) {
		granted, err = schedule.Extend(tx, now, borrower.Actor(tx.Schema().Kind("reservations")), id, wall(3, 12).V)
		return err
	})
	if v := loanOf(s, id); granted || v.Extension.V != wall(3, 12).V || v.End.V != wall(2, 17).V {
		t.Errorf("the borrower moved the end: %+v", v)
	}
	do(t, s, owner, func(tx *Tx, now model.Wall) error {
		_, err := schedule.Extend(tx, now, owner.Actor(tx.Schema().Kind("reservations")), id, wall(3, 12).V)
		return err
	})
	if err := attemptStep(s, owner, func(tx *Tx, now model.Wall) error {
		v := *model.Get(tx, id)
		v.Terms.Rate = model.Some[model.Cents](1)
		_, err := Put(tx, &v)
		return err
	}); err == nil {
		t.Error("the rate was changed after approval")
	}
	c.t = time.Date(2027, 3, 12, 15, 0, 0, 0, time.UTC)
	if !loanOf(s, id).Overdue(wall(4, 9).V) {
		t.Error("it is not overdue")
	}
	do(t, s, borrower, func(tx *Tx, now model.Wall) error {
		_, err := schedule.Return(tx, now, id, schedule.Back{Inspection: signed(wall(3, 20), 1123)})
		return err
	})
	var line *model.Charge
	for l := range model.All[model.Charge](s.durable.Load()) {
		line = l
	}
	if line == nil || line.Usage.V != 1168_50 || line.Hours.V != 600 { // 12.3 h at 95.00
		t.Fatalf("the line is %+v", line)
	}
	do(t, s, owner, func(tx *Tx, now model.Wall) error { // the meter was mistyped: 112.3, not 123
		return schedule.AmendReturn(tx, now, id, schedule.Back{Inspection: signed(wall(3, 20), 1112)})
	})
	if l := model.Get(s.durable.Load(), line.ID); l.Usage.V != 1064_00 {
		t.Errorf("after the amendment the line is %v", l.Usage.V)
	}
	refused(t, model.Forbidden, attemptStep(s, borrower, func(tx *Tx, _ model.Wall) error { return schedule.Close(tx, id) }))
	do(t, s, owner, func(tx *Tx, _ model.Wall) error { return schedule.Close(tx, id) })
}

// TestWhatDoesNotMakeSenseIsRefused: each gets a sentence and changes nothing.
func TestWhatDoesNotMakeSenseIsRefused(t *testing.T) {
	s := yard(t, 4)
	agree(t, s)
	out := put(t, s, keeper(), &model.Reservation{Unit: 1, Borrower: 3, State: model.Approved, Start: wall(-4, 8), End: wall(1, 17)})
	do(t, s, keeper(), func(tx *Tx, now model.Wall) error {
		_, err := schedule.HandOver(tx, now, out, 0, schedule.Out{Inspection: signed(wall(-4, 8), 500)})
		return err
	})
	update(t, s, keeper(), func(tx *Tx) error {
		e := *model.Get(tx, model.EquipmentID(4))
		e.Status = model.EquipmentRetired
		_, err := Put(tx, &e)
		return err
	})
	loan := func(change func(*model.Reservation)) *model.Reservation {
		v := &model.Reservation{Unit: 2, Borrower: 3, State: model.Requested, Start: wall(5, 8), End: wall(5, 12)}
		change(v)
		return v
	}
	sealed := put(t, s, keeper(), &model.Solicitation{Title: "Salt", Lead: 1, Manner: model.JointBid, State: model.Issued, Due: wall(30, 14)})
	opened := put(t, s, keeper(), &model.Solicitation{Title: "Paint", Lead: 1, Manner: model.JointBid, State: model.Opened, Due: wall(-10, 14)})
	bid := func(of model.SolicitationID, received int, tiers ...model.Tier) *model.Bid {
		return &model.Bid{Solicitation: of, Vendor: "V", Manner: model.TierAll, Received: wall(received, 9), Tiers: tiers}
	}
	tier := func(from int64, price model.Cents) model.Tier {
		return model.Tier{From: model.Some(from), Price: model.Some(price)}
	}
	for name, c := range map[string]struct {
		rec  any
		says string
	}{
		"a return before the hand-over": {&model.Return{Reservation: out, Unit: 1, Inspection: signed(wall(-5, 8), 600)}, "before the hand-over"},
		"a meter that runs backwards":   {&model.Return{Reservation: out, Unit: 1, Inspection: signed(wall(-3, 8), 400)}, "cannot come back at 40"},
		"an end before the start":       {loan(func(v *model.Reservation) { v.End = wall(4, 8) }), "ends before it starts"},
		"a retired unit":                {loan(func(v *model.Reservation) { v.Unit = 4 }), "is retired"},
		"none of them":                  {loan(func(v *model.Reservation) { v.Unit, v.Category, v.Quantity = 0, "dump truck", model.Some[int64](0) }), "at least 1"},
		"no unit at all":                {loan(func(v *model.Reservation) { v.Unit = 0 }), "name a unit"},
		"more than there are": {loan(func(v *model.Reservation) {
			v.Unit, v.Category, v.Lender, v.Quantity, v.State = 0, "dump truck", 1, model.Some[int64](9), model.Approved
		}), "too few"},
		"an unknown rate code":           {&model.Equipment{Tag: "X", Name: "Y", Owner: 1, Status: model.EquipmentActive, Charge: model.ChargeFEMA, FEMACode: "1", FEMAYear: 2025}, "not in the FEMA schedule"},
		"a bid while sealed":             {bid(sealed, -11, tier(1, 5_00)), "sealed until the opening"},
		"opening before the day":         {&model.Solicitation{ID: sealed, Title: "Salt", Lead: 1, Manner: model.JointBid, State: model.Opened, Due: wall(30, 14)}, "not before"},
		"a bid after the opening":        {bid(opened, -9, tier(1, 5_00)), "came after the opening"},
		"tiers that fall":                {bid(opened, -11, tier(100, 5_00), tier(50, 4_00)), "tiers rise"},
		"a need of nothing":              {&model.Need{Item: "Salt", Partner: 1, State: model.NeedOpen, Quantity: model.Some[int64](0)}, "at least 1"},
		"a loan that goes out by itself": {&model.Reservation{Unit: 2, Borrower: 3, State: model.OutOnLoan, Start: wall(1, 8), End: wall(0, 9)}, "ends before"},
		"handing over twice":             {&model.Handover{Reservation: out, Unit: 1, Inspection: signed(wall(0, 8), 500)}, "recorded already"},
		"a signed paper changed":         {&model.Handover{ID: 1, Reservation: out, Unit: 1, Inspection: signed(wall(-4, 8), 510)}, "amendment"},
		"turnaround without end":         {&model.Equipment{Tag: "X", Name: "Y", Owner: 1, Status: model.EquipmentActive, Buffer: model.Some[int64](99999)}, "a week"},
		"somebody charged for their own": {&model.Charge{Lender: 1, Borrower: 1, On: model.Some(model.Date(2027, 3, 1)), Basis: model.BasisWaived, State: model.Accrued}, "of their own"},
		"money that does not add up":     {&model.Charge{Lender: 1, Borrower: 2, On: model.Some(model.Date(2027, 3, 1)), Basis: model.BasisClock, Quantity: model.Some[model.Tenths](10), Rate: model.Some[model.Cents](5_00), Usage: model.Some[model.Cents](6_00), State: model.Accrued}, "not the quantity at the rate"},
	} {
		rev := s.durable.Load().rev
		kind := c.rec.(model.Record).KindName()
		_, err := s.Update(context.Background(), keeper(), Op{Title: name}, func(tx *Tx) error { _, err := tx.Put(kind, c.rec); return err })
		if err == nil || !strings.Contains(err.Error(), c.says) || s.durable.Load().rev != rev {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestAMissingPaperPassesOnSomebodysWord: it warns, and goes ahead with a name
// and a reason only.
func TestAMissingPaperPassesOnSomebodysWord(t *testing.T) {
	s := yard(t, 2)
	id := put(t, s, keeper(), &model.Reservation{Unit: 1, Borrower: 3, State: model.Requested, Start: wall(1, 8), End: wall(1, 12)})
	var needs model.Doubts
	err := attemptStep(s, keeper(), func(tx *Tx, now model.Wall) error { return schedule.Approve(tx, now, id, 0) })
	if !errors.As(err, &needs) || needs[0].About != string(model.PassAgreement) || loanOf(s, id).State != model.Requested {
		t.Fatalf("%v", err)
	}
	do(t, s, keeper(), func(tx *Tx, now model.Wall) error {
		return schedule.Approve(answered{tx, &model.Override{Name: "City counsel", Reason: "signed on Monday"}}, now, id, 0)
	})
	if v := loanOf(s, id); v.State != model.Approved || !v.Passed(model.PassAgreement) || !v.Passes[0].On.Set {
		t.Errorf("%+v", v)
	}
}

// TestAForgottenReturn keeps the unit for the days of grace and then warns, so
// that the next month can be booked.
func TestAForgottenReturn(t *testing.T) {
	s, c := open(t)
	fillFounding(t, s)
	agree(t, s)
	unit := put(t, s, keeper(), &model.Equipment{Tag: "T-1", Name: "Truck", Owner: 1, Status: model.EquipmentActive, Shareable: true})
	id := put(t, s, keeper(), &model.Reservation{Unit: unit, Borrower: 2, State: model.Approved, Start: wall(1, 8), End: wall(1, 17)})
	c.t = time.Date(2027, 3, 9, 15, 0, 0, 0, time.UTC)
	do(t, s, keeper(), func(tx *Tx, now model.Wall) error {
		_, err := schedule.HandOver(tx, now, id, 0, schedule.Out{Inspection: signed(wall(1, 8), 10)})
		return err
	})
	book := func(day int) (Result, error) {
		return s.Update(context.Background(), keeper(), Op{Title: "book"}, func(tx *Tx) error {
			_, err := Put(tx, &model.Reservation{Unit: unit, Borrower: 3, State: model.Approved, Start: wall(day, 8), End: wall(day, 17)})
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
	past := schedule.Past{Order: schedule.Order{Unit: 1, Borrower: 4, Start: wall(-5, 20).V, End: wall(-4, 6).V},
		Out: schedule.Out{Inspection: signed(wall(-5, 20), 10)}, Back: schedule.Back{Inspection: signed(wall(-4, 6), 95)}}
	var id model.ReservationID
	do(t, s, keeper(), func(tx *Tx, now model.Wall) (err error) { id, err = schedule.Record(tx, now, past); return err })
	v, out := loanOf(s, id), model.HandoverOf(s.durable.Load(), id)
	if v.State != model.Returned || !out.Entered.Set || out.At.V != wall(-5, 20).V {
		t.Errorf("%+v %+v", v, out)
	}
	put(t, s, keeper(), &model.Reservation{Unit: 1, Borrower: 3, State: model.Approved, Start: wall(-3, 8), End: wall(-3, 12)})
	past.Order.Start, past.Order.End = wall(-3, 9).V, wall(-3, 11).V
	refused(t, model.Conflict, attemptStep(s, keeper(), func(tx *Tx, now model.Wall) error { _, err := schedule.Record(tx, now, past); return err }))
}

// TestTheWaitListsClockStartsWhenTheUnitIsThere, not before.
func TestTheWaitListsClockStartsWhenTheUnitIsThere(t *testing.T) {
	s := yard(t, 2)
	agree(t, s)
	id := put(t, s, keeper(), &model.Reservation{Unit: 1, Borrower: 3, State: model.Approved, Start: wall(-5, 8), End: wall(3, 17)})
	do(t, s, keeper(), func(tx *Tx, now model.Wall) error {
		_, err := schedule.HandOver(tx, now, id, 0, schedule.Out{Inspection: signed(wall(-5, 8), 10)})
		return err
	})
	var waits model.ReservationID
	do(t, s, keeper(), func(tx *Tx, now model.Wall) error {
		made, err := schedule.Book(tx, now, schedule.Order{Unit: 1, Borrower: 4, Start: wall(0, 8).V, End: wall(1, 17).V, Wait: true})
		waits = made.IDs[0]
		return err
	})
	if v := loanOf(s, waits); v.State != model.Waitlisted || v.Ready.Set {
		t.Fatalf("%+v", v)
	}
	do(t, s, keeper(), func(tx *Tx, now model.Wall) error {
		_, err := schedule.Return(tx, now, id, schedule.Back{Inspection: signed(wall(-4, 8), 20)})
		return err
	})
	if offers := schedule.Offers(s.durable.Load(), wall(-4, 9).V); len(offers) != 1 || offers[0].Loan.ID != waits {
		t.Errorf("%+v", offers)
	}
}

// TestAssembliesGoAllOrNone across owners.
func TestAssembliesGoAllOrNone(t *testing.T) {
	s := yard(t, 4)
	agree(t, s)
	kit := &model.Kit{ID: 1, Name: "Plow, complete", Members: []model.KitMember{{Unit: 1}, {Unit: 2}}}
	put(t, s, keeper(), &model.Kit{Name: kit.Name, Members: kit.Members})
	book := func(day int) (made schedule.Booked, err error) {
		err = attemptStep(s, keeper(), func(tx *Tx, now model.Wall) (err error) {
			made, err = schedule.BookKit(tx, now, kit, schedule.Order{Start: wall(day, 8).V, End: wall(day, 12).V, Borrower: 5})
			return err
		})
		return made, err
	}
	put(t, s, keeper(), &model.Reservation{Unit: 2, Borrower: 4, State: model.Approved, Start: wall(1, 10), End: wall(1, 11)})
	if _, err := book(1); model.CodeOf(err) != model.Conflict || !strings.Contains(err.Error(), "T-2 is taken") {
		t.Errorf("%v", err)
	}
	refused(t, model.Invalid, attemptStep(s, keeper(), func(tx *Tx, now model.Wall) error {
		_, err := schedule.BookKit(tx, now, kit, schedule.Order{Start: wall(2, 8).V, End: wall(2, 12).V, Borrower: 5, Weeks: 2})
		return err
	}))
	made, err := book(2)
	if err != nil || len(made.IDs) != 2 {
		t.Fatalf("%+v %v", made, err)
	}
	first, second := as("first", access.Editor, 1), as("second", access.Editor, 2)
	do(t, s, first, func(tx *Tx, now model.Wall) error { return schedule.Approve(tx, now, made.IDs[0], 0) })
	err = attemptStep(s, keeper(), func(tx *Tx, now model.Wall) error {
		_, err := schedule.HandOver(tx, now, made.IDs[0], 0, schedule.Out{Inspection: signed(wall(-4, 8), 10)})
		return err
	})
	if err == nil || !strings.Contains(err.Error(), "none goes out before all are") {
		t.Errorf("half an assembly went out: %v", err)
	}
	do(t, s, second, func(tx *Tx, _ model.Wall) error { return schedule.Decline(tx, made.IDs[1], "needed at home") })
	if a, b := loanOf(s, made.IDs[0]), loanOf(s, made.IDs[1]); a.State != model.Cancelled || b.State != model.Declined {
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
		now := model.Date(2027, 3, 4).At(9, 0)
		cal := model.CalendarOf(view, now)
		for range 2 {
			from, until := drawTimes(rt)
			for _, f := range schedule.Find(cal, schedule.Query{Start: from.V, End: until.V, Borrower: 5}) {
				claim := model.Claim{Unit: f.Unit.ID, From: from.V, Until: until.V}
				rule := m.s.As(keeper()).Problems("reservations", &model.Reservation{Unit: f.Unit.ID, Borrower: 5, State: model.Approved, Start: from, End: until}).Err("") == nil
				_, err := bookDry(m.s, schedule.Order{Unit: f.Unit.ID, Borrower: 5, Start: from.V, End: until.V})
				if f.Free != cal.Free(claim) || f.Free != (err == nil) || f.Free != rule && cal.Length(from.V, until.V) > 0 {
					rt.Fatalf("%s from %v until %v: finder %v, calendar %v, rule %v, booking %v", f.Unit.Tag, from.V, until.V, f.Free, cal.Free(claim), rule, err)
				}
				held := false
				for _, h := range cal.Holds(f.Unit, from.V, until.V) {
					held = held || h.Firm && h.From < until.V && from.V < h.Free
				}
				if held && f.Free {
					rt.Fatalf("%s is drawn as taken and found free", f.Unit.Tag)
				}
			}
			claim := model.Claim{Category: "dump truck", Lender: 1, Quantity: 2, From: from.V, Until: until.V}
			rule := m.s.As(keeper()).Problems("reservations", &model.Reservation{Category: claim.Category, Lender: 1, Quantity: model.Some[int64](2),
				Borrower: 5, State: model.Approved, Start: from, End: until}).Err("") == nil
			if cal.Free(claim) != rule && cal.Length(from.V, until.V) > 0 {
				rt.Fatalf("two of the category from %v until %v: calendar %v, rule %v", from.V, until.V, cal.Free(claim), rule)
			}
		}
	})
}

var errDry = errors.New("only asked")

// bookDry asks whether a booking would be taken.
func bookDry(s *Store, o schedule.Order) (made schedule.Booked, err error) {
	err = attemptStep(s, keeper(), func(tx *Tx, now model.Wall) error {
		if made, err = schedule.Book(tx, now, o); err != nil {
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
	override *model.Override
}

// Override is what they put to it.
func (a answered) Override() *model.Override { return a.override }
