package loans_test

import (
	"slices"
	"strings"
	"testing"

	"interlocal/model/field"
	"interlocal/model/lending"
	"interlocal/model/lending/loans"
	"interlocal/model/partnership"
	"interlocal/model/value"
)

// tags gives what was found, in order.
func tags(fits []loans.Fit) string {
	var out []string
	for _, f := range fits {
		out = append(out, f.Unit.Tag)
	}
	return strings.Join(out, " ")
}

// The finder looks among what can be lent, and a city's own besides.
func TestWhatIsLookedAmong(t *testing.T) {
	r := fleet(100, 100, 100, 100, 100)
	unit := func(id lending.EquipmentID) *lending.Equipment { return field.Get(r, id) }
	unit(2).Shareable, unit(3).Shareable = false, false
	unit(3).Owner, unit(4).Owner = 2, 3
	unit(5).Status = lending.EquipmentOut
	cal := lending.CalendarOf(r, at(5, 1, 9, 0))
	for name, c := range map[string]struct {
		query loans.Query
		want  string
	}{
		"for one of the cities":     {loans.Query{Borrower: 2}, "T-3 T-1 T-4"},
		"for nobody yet":            {loans.Query{}, "T-1 T-4"},
		"of one owner":              {loans.Query{Owner: 3}, "T-4"},
		"of oneself":                {loans.Query{Owner: 2, Borrower: 2}, "T-3"},
		"of a category in any case": {loans.Query{Category: "Dump TRUCK"}, "T-1 T-4"},
		"of another":                {loans.Query{Category: "dump"}, ""},
		"by a word that begins one": {loans.Query{Words: "t-1 tru"}, "T-1"},
		"by a word behind a dash":   {loans.Query{Words: "4 dump"}, "T-4"},
		"by letters within a word":  {loans.Query{Words: "ruck"}, ""},
		"the best one":              {loans.Query{Borrower: 2, Limit: 1}, "T-3"},
	} {
		c.query.Start, c.query.End = at(5, 4, 7, 0), at(5, 4, 17, 0)
		if got := tags(loans.Find(cal, c.query)); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

// What was found is ordered by what matters to the borrower: what is due for service
// last, what is free soonest, what costs least, what is lent least, and the smallest
// that is large enough.
func TestInWhichOrderUnitsAreOffered(t *testing.T) {
	type units = func(lending.EquipmentID) *lending.Equipment
	day := value.Date(2027, 5, 4)
	for name, c := range map[string]struct {
		set  func(u units, book func(lending.EquipmentID, value.Wall, value.Wall))
		want string
	}{
		"alike": {func(units, func(lending.EquipmentID, value.Wall, value.Wall)) {}, "T-1 T-2 T-3"},
		"service on the last day": {func(u units, _ func(lending.EquipmentID, value.Wall, value.Wall)) {
			u(1).ServiceDue = value.Some(day)
			u(2).ServiceDue = value.Some(day + 1)
		}, "T-2 T-3 T-1"},
		"service by the meter": {func(u units, _ func(lending.EquipmentID, value.Wall, value.Wall)) {
			u(1).Meter, u(1).ServiceAt = value.Some[value.Tenths](500), value.Some[value.Tenths](500)
			u(2).Meter, u(2).ServiceAt = value.Some[value.Tenths](499), value.Some[value.Tenths](500)
			u(3).ServiceAt = value.Some[value.Tenths](-1)
		}, "T-2 T-3 T-1"},
		"free sooner": {func(_ units, book func(lending.EquipmentID, value.Wall, value.Wall)) {
			book(1, at(5, 4, 8, 0), at(5, 6, 9, 0))
			book(2, at(5, 4, 8, 0), at(5, 5, 9, 0))
			book(3, at(5, 4, 8, 0), at(5, 7, 9, 0))
		}, "T-2 T-1 T-3"},
		"a day at less than eight hours": {func(u units, _ func(lending.EquipmentID, value.Wall, value.Wall)) {
			for id, per := range map[lending.EquipmentID]lending.RatePer{1: lending.PerHour, 2: lending.PerDay,
				3: lending.PerHour} {
				u(id).Charge, u(id).LocalPer = lending.ChargeLocal, per
			}
			u(1).LocalRate, u(2).LocalRate = value.Some(value.Cents(10_00).Price()), value.Some(value.Cents(72_00).
				Price())
			u(3).LocalRate = value.Some(value.Cents(8_00).Price())
		}, "T-3 T-2 T-1"},
		"lent less in the weeks around": {func(_ units, book func(lending.EquipmentID, value.Wall, value.Wall)) {
			book(1, at(5, 10, 8, 0), at(5, 10, 17, 0))
			book(2, at(4, 25, 8, 0), at(4, 25, 16, 0))
			book(3, at(4, 1, 8, 0), at(4, 19, 17, 0)) // before them
		}, "T-3 T-2 T-1"},
		"smaller": {func(u units, _ func(lending.EquipmentID, value.Wall, value.Wall)) {
			u(1).Size, u(2).Size = value.Some[value.Tenths](120), value.Some[value.Tenths](110)
		}, "T-3 T-2 T-1"},
	} {
		r := fleet(100, 100, 100)
		c.set(func(id lending.EquipmentID) *lending.Equipment { return field.Get(r, id) },
			func(id lending.EquipmentID, from, until value.Wall) { loan(r, id, from, until) })
		q := loans.Query{Start: day.At(8, 0), End: day.At(17, 0), Words: "dump", Borrower: 2}
		if got := tags(loans.Find(lending.CalendarOf(r, at(4, 20, 9, 0)), q)); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
}

// The best of many are the best: a limit cuts off the end of the list, whatever the
// order on file.
func TestALimitKeepsTheBest(t *testing.T) {
	r := fleet(140, 130, 120, 110, 100)
	loan(r, 5, at(5, 4, 8, 0), at(5, 4, 9, 0)) // the smallest is taken
	cal := lending.CalendarOf(r, at(5, 1, 9, 0))
	for limit, want := range []string{"T-4 T-3 T-2 T-1 T-5", "T-4", "T-4 T-3", "T-4 T-3 T-2", "T-4 T-3 T-2 T-1"} {
		q := loans.Query{Start: at(5, 4, 7, 0), End: at(5, 4, 17, 0), Borrower: 2, Limit: limit}
		if got := tags(loans.Find(cal, q)); got != want {
			t.Errorf("the best %d: %s, want %s", limit, got, want)
		}
	}
}

// Each unit says why it stands where it stands.
func TestWhyAUnitStandsWhereItStands(t *testing.T) {
	r := fleet(100, 100)
	own := field.Get(r, lending.EquipmentID(2))
	own.Owner, own.ServiceDue = 2, value.Some(value.Date(2027, 5, 1))
	loan(r, 1, at(5, 6, 8, 0), at(5, 6, 11, 0))
	q := loans.Query{Start: at(5, 4, 7, 0), End: at(5, 4, 17, 0), Borrower: 2}
	fits := loans.Find(lending.CalendarOf(r, at(5, 1, 9, 0)), q)
	for i, want := range [][]string{{"your own", "no charge", "service comes due"},
		{"no charge", "lent 3 h these weeks"}} {
		if !slices.Equal(fits[i].Reasons, want) {
			t.Errorf("%s: %q", fits[i].Unit.Tag, fits[i].Reasons)
		}
	}
}

// A unit is offered as soon as somebody is through with it by day, or at the same
// hour of a following day.
func TestWhenAUnitIsFreeNext(t *testing.T) {
	h := func(day, hour, minute int) value.Wall { return at(5, day, hour, minute) }
	for name, c := range map[string]struct {
		from, until value.Wall // taken
		start, end  value.Wall // asked for
		want        value.Wall // 0 for never
	}{
		"free as asked":              {h(4, 17, 0), h(4, 18, 0), h(4, 8, 0), h(4, 17, 0), h(4, 8, 0)},
		"when it is back":            {h(4, 8, 0), h(4, 10, 0), h(4, 9, 0), h(4, 12, 0), h(4, 10, 0)},
		"back by evening":            {h(4, 8, 0), h(4, 17, 0), h(4, 9, 0), h(4, 12, 0), h(4, 17, 0)},
		"too late for the same day":  {h(4, 8, 0), h(4, 17, 1), h(4, 9, 0), h(4, 12, 0), h(5, 9, 0)},
		"fetched by six at the last": {h(4, 8, 0), h(4, 17, 59), h(4, 9, 0), h(5, 9, 0), h(4, 17, 59)},
		"not in the evening":         {h(4, 8, 0), h(4, 18, 0), h(4, 9, 0), h(5, 9, 0), h(5, 9, 0)},
		"from six in the morning":    {h(4, 8, 0), h(5, 6, 0), h(4, 9, 0), h(4, 12, 0), h(5, 6, 0)},
		"not before that":            {h(4, 8, 0), h(5, 5, 59), h(4, 9, 0), h(4, 12, 0), h(5, 9, 0)},
		"a whole day from any hour":  {h(4, 8, 0), h(4, 12, 0), h(4, 9, 0), h(5, 9, 0), h(4, 12, 0)},
		"past hours are no offer":    {h(3, 8, 0), h(3, 9, 0), at(4, 30, 8, 0), at(4, 30, 9, 0), h(2, 8, 0)},
		"within sixty days":          {h(1, 8, 0), at(7, 2, 5, 0), h(3, 9, 0), h(3, 12, 0), at(7, 2, 9, 0)},
		"not within sixty days":      {h(1, 8, 0), at(7, 2, 21, 0), h(3, 9, 0), h(3, 12, 0), 0},
		"no time at all":             {h(1, 8, 0), h(1, 9, 0), h(3, 9, 0), h(3, 9, 0), 0},
	} {
		r := fleet(100)
		loan(r, 1, c.from, c.until)
		w, ok := loans.NextFree(lending.CalendarOf(r, h(1, 9, 0)), 1, c.start, c.end, 0)
		if ok != (c.want != 0) || ok && (w.Start != c.want || w.End-w.Start != c.end-c.start) {
			t.Errorf("%s: %v, %v until %v", name, ok, w.Start.Long(), w.End.Long())
		}
	}
	if _, ok := loans.NextFree(lending.CalendarOf(fleet(100), 0), 9, 1, 2, 0); ok {
		t.Error("a unit that is not there is free")
	}
}

// What an agreement covers stops when it lapses: loans between its parties, to come
// or going on, that reach past its last day.
func TestWhatStopsWithAnAgreement(t *testing.T) {
	r := fleet(100, 100)
	field.Get(r, lending.EquipmentID(2)).Owner = 4
	a := &partnership.Agreement{ID: 1, Parties: []partnership.PartnerID{1, 2, 3}, Status: partnership.AgreementSigned,
		Expires: value.Some(value.Date(2027, 5, 5))}
	long, now := on(at(5, 5, 8, 0), at(5, 6, 0, 1)), at(5, 5, 9, 0)
	for name, c := range map[string]struct {
		set  func(*lending.Reservation)
		want bool
	}{
		"past its last day":     {func(*lending.Reservation) {}, true},
		"asked for":             {func(v *lending.Reservation) { v.State = lending.Requested }, true},
		"out":                   {func(v *lending.Reservation) { v.State = lending.OutOnLoan }, true},
		"over":                  {func(v *lending.Reservation) { v.State = lending.Returned }, false},
		"waiting":               {func(v *lending.Reservation) { v.State = lending.Waitlisted }, false},
		"without an end":        {func(v *lending.Reservation) { v.End.Set = false }, false},
		"to the last minute":    {on(at(5, 5, 8, 0), at(5, 6, 0, 0)), false},
		"one's own":             {func(v *lending.Reservation) { v.Borrower = 1 }, false},
		"of another borrower's": {func(v *lending.Reservation) { v.Borrower = 5 }, false},
		"of another owner's":    {func(v *lending.Reservation) { v.Unit = 2 }, false},
	} {
		v := &lending.Reservation{ID: 1, Unit: 1, Borrower: 2, State: lending.Approved}
		long(v)
		c.set(v)
		r.Put("reservations", v)
		if got := loans.Stopping(r, a, now); (len(got) == 1) != c.want {
			t.Errorf("%s: %+v", name, got)
		}
	}
	v := &lending.Reservation{ID: 1, Unit: 1, Borrower: 2, State: lending.Approved}
	long(v)
	r.Put("reservations", v)
	if len(loans.Stopping(r, a, v.End.V)) != 1 || len(loans.Stopping(r, a, v.End.V+1)) != 0 {
		t.Error("what ends now goes on, and what ended a minute ago does not")
	}
	a.Expires.Set = false
	if got := loans.Stopping(r, a, now); len(got) != 0 {
		t.Errorf("one without an end: %+v", got)
	}
}
