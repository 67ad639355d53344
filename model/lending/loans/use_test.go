package loans_test

import (
	"maps"
	"slices"
	"testing"

	"interlocal/model/field"
	"interlocal/model/lending"
	"interlocal/model/lending/loans"
	"interlocal/model/partnership"
	"interlocal/model/value"
)

// How a unit spent its time: eight hours of every weekday, lent to others, used by
// its owner, in service, or idle.
func TestHowAUnitSpentItsTime(t *testing.T) {
	r := fleet(100, 100, 100, 100)
	field.Get(r, lending.EquipmentID(4)).Status = lending.EquipmentRetired
	field.Get(r, lending.EquipmentID(3)).Status = lending.EquipmentOut
	loan(r, 1, at(5, 3, 10, 0), at(5, 3, 12, 0))
	loan(r, 1, at(5, 7, 15, 0), at(5, 10, 9, 0)) // over a weekend, and past the period
	own := func(id lending.ReservationID) { field.Get(r, id).Borrower = 1 }
	own(loan(r, 2, at(5, 4, 8, 0), at(5, 4, 9, 0)))
	field.Get(r, loan(r, 1, at(5, 5, 8, 0), at(5, 5, 16, 0))).State = lending.Declined
	r.Put("blocks", &lending.Block{ID: 1, Unit: 2, For: lending.BlockOwn, Start: value.Some(at(5, 4, 10, 0)),
		End: value.Some(at(5, 4, 12, 0))})
	r.Put("blocks", &lending.Block{ID: 2, Unit: 2, For: lending.BlockOther, Start: value.Some(at(5, 2, 8, 0)),
		End: value.Some(at(5, 3, 12, 0))})
	cal := lending.CalendarOf(r, at(5, 8, 9, 0))
	use := loans.Usage(cal, value.Date(2027, 5, 2), value.Date(2027, 5, 8)) // Sunday to Saturday
	const week = 5 * 480
	for i, want := range []loans.Use{
		{Lent: 180, Loans: 2, Idle: week - 180}, {Own: 180, Blocked: 240, Idle: week - 420}, {Idle: week},
	} {
		want.Unit, want.Whole = use[i].Unit, week
		if use[i] != want || use[i].Unit.ID != lending.EquipmentID(i+1) {
			t.Errorf("%s: %+v, want %+v", use[i].Unit.Tag, use[i], want)
		}
	}
	if len(use) != 3 || use[0].Share() != 7 {
		t.Errorf("%d units, lent for %d hundredths", len(use), use[0].Share())
	}
	if none := loans.Usage(cal, value.Date(2027, 5, 8), value.Date(2027, 5, 8)); none[0].Share() != 0 ||
		none[0].Whole != 0 {
		t.Errorf("on a Saturday: %+v", none[0])
	}
}

// The most lent come first, then those that their owners used, then by their tags.
func TestTheMostUsedComeFirst(t *testing.T) {
	r := fleet(100, 100, 100, 100)
	field.Get(r, lending.EquipmentID(1)).Tag = "Z"
	loan(r, 4, at(5, 3, 10, 0), at(5, 3, 12, 0))
	field.Get(r, loan(r, 3, at(5, 3, 8, 0), at(5, 3, 16, 0))).Borrower = 1
	var got []lending.EquipmentID
	for _, u := range loans.Usage(lending.CalendarOf(r, at(5, 8, 9, 0)), value.Date(2027, 5, 3),
		value.Date(2027, 5, 7)) {
		got = append(got, u.Unit.ID)
	}
	if !slices.Equal(got, []lending.EquipmentID{4, 3, 2, 1}) {
		t.Errorf("%v", got)
	}
}

// What was asked for and not had stands beside what stood idle, and the two suggest
// something.
func TestWhatTheLedgerOfUnmetDemandSuggests(t *testing.T) {
	from, until := value.Date(2027, 5, 3), value.Date(2027, 5, 3)
	want := func(hours int, set ...func(*lending.Reservation)) lending.Reservation {
		v := lending.Reservation{Unit: 1, Borrower: 2, State: lending.Declined, Start: value.Some(at(5, 3, 8, 0)),
			End: value.Some(at(5, 3, 8+hours, 0))}
		for _, s := range set {
			s(&v)
		}
		return v
	}
	third := func(v *lending.Reservation) { v.Borrower, v.State = 3, lending.Waitlisted }
	two := func(v *lending.Reservation) { v.Unit, v.Category, v.Quantity = 0, "Dump Truck", value.Some[int64](2) }
	rows := func(v ...lending.Reservation) []lending.Reservation { return v }
	for name, c := range map[string]struct {
		asked  []lending.Reservation
		busy   int // hours in which the one unit was lent
		advice string
	}{
		"twice as much idle": {rows(want(4)), 0, "lend: 4 h were asked for and not had while 8 h stood idle"},
		"less than that, one city": {rows(want(4)), 1,
			"borrow from further away: one city asked for 4 h, and only 7 h stood idle"},
		"less than that, two": {rows(want(4), want(1, third)), 0,
			"buy together: 2 cities asked for 5 h, and only 8 h stood idle"},
		"one city twice": {rows(want(4), want(2)), 0,
			"borrow from further away: one city asked for 6 h, and only 8 h stood idle"},
		"two at once": {rows(want(3, two)), 0,
			"borrow from further away: one city asked for 6 h, and only 8 h stood idle"},
		"none idle, and none of it by day": {rows(want(0, func(v *lending.Reservation) {
			v.Start, v.End = value.Some(at(5, 3, 20, 0)), value.Some(at(5, 3, 22, 0))
		})), 8, "borrow from further away: one city asked for 0 h, and only 0 h stood idle"},
	} {
		r := fleet(100)
		if c.busy > 0 {
			loan(r, 1, at(5, 3, 8, 0), at(5, 3, 8+c.busy, 0))
		}
		for i := range c.asked {
			c.asked[i].ID = lending.ReservationID(i + 10)
			r.Put("reservations", &c.asked[i])
		}
		got := loans.Unmet(lending.CalendarOf(r, at(5, 8, 9, 0)), from, until)
		if len(got) != 1 || got[0].Advice != c.advice {
			t.Errorf("%s: %+v", name, got)
		}
	}
}

// The ledger is by category, the greatest demand first, with who asked and whose
// units stood idle.
func TestTheLedgerOfUnmetDemand(t *testing.T) {
	r := fleet(100, 100, 100)
	unit := func(id lending.EquipmentID) *lending.Equipment { return field.Get(r, id) }
	unit(2).Owner, unit(3).Status = 4, lending.EquipmentOut
	asked := func(id, borrower uint64, category string, state lending.ReservationState, hour int) {
		v := &lending.Reservation{ID: lending.ReservationID(id), Borrower: partnership.PartnerID(borrower),
			State: state, Category: category, Start: value.Some(at(5, 3, 8, 0)), End: value.Some(at(5, 3, hour, 0))}
		if category == "" {
			v.Unit = 1
		}
		r.Put("reservations", v)
	}
	asked(1, 3, "", lending.Declined, 10)
	asked(2, 2, "DUMP TRUCK", lending.Waitlisted, 9)
	asked(3, 3, "dump truck", lending.Declined, 9)
	asked(4, 2, "crane", lending.Declined, 16)
	asked(5, 2, "auger", lending.Declined, 16)
	for i, state := range []lending.ReservationState{lending.Requested, lending.Approved, lending.Returned,
		lending.Cancelled} {
		asked(uint64(i)+6, 2, "roller", state, 16)
	}
	r.Put("reservations", &lending.Reservation{ID: 20, Unit: 1, Borrower: 2, State: lending.Declined,
		Start: value.Some(at(5, 3, 8, 0))})
	r.Put("reservations", &lending.Reservation{ID: 21, Unit: 1, Borrower: 2, State: lending.Declined,
		End: value.Some(at(5, 3, 8, 0))})
	got := loans.Unmet(lending.CalendarOf(r, at(5, 8, 9, 0)), value.Date(2027, 5, 3), value.Date(2027, 5, 3))
	if len(got) != 3 || got[0].Category != "auger" || got[1].Category != "crane" {
		t.Fatalf("%+v", got)
	}
	s := got[2]
	idle := s.IdleOf[1] + s.IdleOf[4]
	if s.Category != "dump truck" || s.Asked != 3 || s.Minutes != 240 || idle != s.Idle || s.Idle > 960 ||
		!slices.Equal(s.Cities, []partnership.PartnerID{2, 3}) || len(s.IdleOf) != 2 ||
		!slices.Equal(s.Loans, []lending.ReservationID{1, 2, 3}) ||
		!maps.Equal(s.Spread, map[partnership.PartnerID]int{2: 1, 3: 2}) {
		t.Errorf("%+v", s)
	}
	if none := loans.Unmet(lending.CalendarOf(r, at(5, 8, 9, 0)), value.Date(2027, 6, 1), value.Date(2027, 6, 2)); len(
		none) != 0 {
		t.Errorf("in another month: %+v", none)
	}
}
