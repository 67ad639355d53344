package loans_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"interlocal/model"
	"interlocal/model/field"
	"interlocal/model/field/fieldtest"
	"interlocal/model/lending"
	"interlocal/model/lending/loans"
	"interlocal/model/partnership"
	"interlocal/model/value"
)

// fleet is a reader in the zone of the cities with units of one category and
// one owner, whose sizes are given in tenths.
func fleet(sizes ...value.Tenths) *fieldtest.Memory {
	r := fieldtest.NewMemory(model.NewSchema())
	r.Put("settings", &partnership.Settings{ID: 1, Name: "P", Zone: "America/Chicago"})
	for i, size := range sizes {
		r.Put("equipment", &lending.Equipment{ID: lending.EquipmentID(i + 1), Tag: fmt.Sprintf("T-%d", i+1), Name: "Dump truck", Category: "dump truck",
			Owner: 1, Size: value.Some(size), Status: lending.EquipmentActive, Shareable: true})
	}
	return r
}

func loan(r *fieldtest.Memory, unit lending.EquipmentID, from, until value.Wall) lending.ReservationID {
	id := uint64(1)
	for n := range r.Scan("reservations") {
		id = n + 1
	}
	r.Put("reservations", &lending.Reservation{ID: lending.ReservationID(id), Unit: unit, Borrower: 2, State: lending.Approved,
		Start: value.Some(from), End: value.Some(until)})
	return lending.ReservationID(id)
}

func promise(r *fieldtest.Memory, quantity int64, least value.Tenths, from, until value.Wall) {
	id := loan(r, 0, from, until)
	v := field.Get(r, id)
	v.Category, v.Lender, v.Quantity, v.Minimum = "dump truck", 1, value.Some(quantity), value.Some(least)
}

func at(month time.Month, day, hour, minute int) value.Wall {
	return value.Date(2027, month, day).At(hour, minute)
}

// TestHoursInWhichClocksChange: in March the hour after two does not exist, in
// November that after one comes twice; what is free is a matter of true time.
func TestHoursInWhichClocksChange(t *testing.T) {
	r := fleet(100)
	cal := lending.CalendarOf(r, at(1, 1, 9, 0))
	if m := cal.Length(at(3, 13, 22, 0), at(3, 14, 6, 0)); m != 7*60 {
		t.Errorf("the night in March is %d minutes long", m)
	}
	if m := cal.Length(at(11, 6, 22, 0), at(11, 7, 6, 0)); m != 9*60 {
		t.Errorf("the night in November is %d minutes long", m)
	}
	for _, c := range []struct {
		from, until value.Wall
		minutes     int64
	}{
		{at(11, 7, 0, 50), at(11, 7, 1, 10), 20}, {at(11, 7, 1, 59), at(11, 7, 1, 0), 1},
		{at(11, 7, 1, 30), at(11, 7, 1, 10), 40}, {at(11, 7, 1, 30), at(11, 7, 2, 0), 90},
		{at(11, 7, 2, 0), at(11, 7, 1, 59), -1}, {at(11, 7, 1, 30), at(11, 7, 0, 59), -31},
		{at(11, 8, 1, 30), at(11, 8, 1, 10), -20}, {at(3, 14, 1, 59), at(3, 14, 3, 0), 1},
		{at(3, 14, 3, 0), at(3, 14, 1, 59), -1},
	} {
		if got := cal.Elapsed(c.from, c.until); got != c.minutes {
			t.Errorf("from %v until %v %d minutes have passed, want %d", c.from, c.until, got, c.minutes)
		}
	}
	loan(r, 1, at(3, 14, 1, 0), at(3, 14, 2, 30)) // which is half past three
	for _, c := range []struct {
		from, until value.Wall
		free        bool
	}{
		{at(3, 14, 3, 0), at(3, 14, 4, 0), false}, {at(3, 14, 3, 30), at(3, 14, 5, 0), true}, {at(3, 14, 0, 0), at(3, 14, 1, 0), true},
		{at(3, 14, 0, 30), at(3, 14, 1, 30), false},
	} {
		if got := cal.Free(lending.Claim{Unit: 1, From: c.from, Until: c.until}); got != c.free {
			t.Errorf("from %v until %v: free %v", c.from, c.until, got)
		}
	}
	loan(r, 1, at(11, 6, 20, 0), at(11, 7, 0, 0)) // until midnight
	if !cal.Free(lending.Claim{Unit: 1, From: at(11, 7, 0, 0), Until: at(11, 7, 2, 0)}) {
		t.Error("one may begin at midnight when the other ends")
	}
	if cal.Free(lending.Claim{Unit: 1, From: at(11, 6, 23, 59), Until: at(11, 7, 2, 0)}) {
		t.Error("a minute before midnight it is taken")
	}
}

// TestNobodyChangesTrucksOnTheWay: at each moment a truck is free, but none is
// for the whole time, so none is promised.
func TestNobodyChangesTrucksOnTheWay(t *testing.T) {
	r := fleet(100, 100)
	loan(r, 1, at(5, 3, 0, 0), at(5, 4, 0, 0))
	loan(r, 2, at(5, 4, 0, 0), at(5, 5, 0, 0))
	cal := lending.CalendarOf(r, at(5, 1, 9, 0))
	any := lending.Claim{Category: "Dump Truck", Lender: 1, From: at(5, 3, 12, 0), Until: at(5, 4, 12, 0)}
	if cal.Free(any) {
		t.Error("a truck was promised that nobody has")
	}
	any.Until = at(5, 4, 0, 0)
	if !cal.Free(any) {
		t.Error("the second truck is free until midnight")
	}
}

// TestAPromiseKeepsOneBack: of two trucks that are large enough one is
// promised; the other can be booked, then neither, but the small one always.
func TestAPromiseKeepsOneBack(t *testing.T) {
	r := fleet(80, 120, 120)
	promise(r, 1, 100, at(5, 3, 7, 0), at(5, 5, 17, 0))
	cal := lending.CalendarOf(r, at(5, 1, 9, 0))
	claim := func(unit lending.EquipmentID) lending.Claim {
		return lending.Claim{Unit: unit, From: at(5, 4, 7, 0), Until: at(5, 4, 17, 0)}
	}
	if !cal.Free(claim(2)) || !cal.Free(claim(3)) {
		t.Error("either of the two can be had")
	}
	loan(r, 2, at(5, 4, 7, 0), at(5, 4, 17, 0))
	if cal.Free(claim(3)) {
		t.Error("the last one is promised")
	}
	if got := cal.Conflicts(claim(3)); len(got) == 0 || got[0].Kind != lending.HeldPromised {
		t.Errorf("%+v", got)
	}
	if !cal.Free(claim(1)) {
		t.Error("the small one is nobody's")
	}
}

// TestPromisesAgainstEveryWayOfDealing compares the search with trying every
// way of giving units out.
func TestPromisesAgainstEveryWayOfDealing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := fleet(80, 100, 120)
		day := func(name string) (value.Wall, value.Wall) {
			from := rapid.IntRange(0, 6).Draw(t, name)
			return at(5, 3+from, 7, 0), at(5, 3+from+rapid.IntRange(0, 3).Draw(t, name+" days"), 17, 0)
		}
		type want struct {
			from, until value.Wall
			least       value.Tenths
		}
		var busy [4][]want
		for i := range rapid.IntRange(0, 4).Draw(t, "loans") {
			unit := rapid.IntRange(1, 3).Draw(t, "unit")
			from, until := day(fmt.Sprint("loan ", i))
			if slices.ContainsFunc(busy[unit], func(w want) bool { return w.from < until && from < w.until }) {
				continue
			}
			loan(r, lending.EquipmentID(unit), from, until)
			busy[unit] = append(busy[unit], want{from, until, 0})
		}
		var wants []want
		for i := range rapid.IntRange(0, 3).Draw(t, "promises") {
			from, until := day(fmt.Sprint("promise ", i))
			wants = append(wants, want{from, until, value.Tenths(rapid.SampledFrom([]int{80, 100, 120}).Draw(t, "size"))})
		}
		var can func(i int) bool
		can = func(i int) bool {
			if i == len(wants) {
				return true
			}
			w := wants[i]
			for unit := 1; unit <= 3; unit++ {
				if value.Tenths(60+20*unit) < w.least || slices.ContainsFunc(busy[unit], func(b want) bool { return b.from < w.until && w.from < b.until }) {
					continue
				}
				busy[unit] = append(busy[unit], w)
				ok := can(i + 1)
				busy[unit] = busy[unit][:len(busy[unit])-1]
				if ok {
					return true
				}
			}
			return false
		}
		cal := lending.CalendarOf(r, at(4, 1, 9, 0))
		for i, w := range wants {
			got := cal.Free(lending.Claim{Category: "dump truck", Lender: 1, Minimum: value.Some(w.least), From: w.from, Until: w.until})
			all := wants
			wants = wants[:i+1]
			by := can(0)
			wants = all
			if got != by {
				t.Fatalf("promise %d of %v beside %v: %v, by trying %v", i, wants, busy, got, by)
			}
			if !got {
				return
			}
			promise(r, 1, w.least, w.from, w.until)
		}
	})
}

// TestExpand lists a series by hand: Tuesdays and Thursdays of every second
// week, without one of them, over the change of clocks at the same hour.
func TestExpand(t *testing.T) {
	s := &lending.Series{Start: value.Some(at(3, 2, 7, 0)), End: value.Some(at(3, 2, 15, 0)), Every: value.Some[int64](2),
		Days: []lending.Weekday{"tue", "thu"}, Until: value.Some(value.Date(2027, 4, 1)), Except: []value.Day{value.Date(2027, 3, 16)}}
	var days []string
	for _, w := range loans.Expand(s) {
		if hour, _ := w.Start.Clock(); hour != 7 || w.End-w.Start != 8*60 {
			t.Errorf("%v until %v", w.Start, w.End)
		}
		days = append(days, w.Start.Day().String()[5:])
	}
	if want := []string{"03-02", "03-04", "03-18", "03-30", "04-01"}; !slices.Equal(days, want) {
		t.Errorf("%v", days)
	}
	if got := loans.Times(at(3, 2, 7, 0), at(3, 2, 9, 0), 3, []value.Day{value.Date(2027, 3, 9)}); len(got) != 2 || got[1].Start != at(3, 16, 7, 0) {
		t.Errorf("%v", got)
	}
}

// TestFindRanks: free before taken, the borrower's own first, cheaper before
// dearer, and a taken one says who has it and when it can be had.
func TestFindRanks(t *testing.T) {
	r := fleet(100, 100, 100, 100)
	unit := func(id lending.EquipmentID) *lending.Equipment { return field.Get(r, id) }
	unit(1).Owner = 2
	unit(2).Charge, unit(2).LocalRate, unit(2).LocalPer = lending.ChargeLocal, value.Some[value.Cents](90_00), lending.PerHour
	loan(r, 3, at(5, 3, 7, 0), at(5, 4, 9, 0))
	loan(r, 3, at(5, 5, 8, 0), at(5, 5, 17, 0)) // ends by day, but a day's work would not
	cal := lending.CalendarOf(r, at(5, 1, 9, 0))
	var order []lending.EquipmentID
	fits := loans.Find(cal, loans.Query{Start: at(5, 4, 7, 0), End: at(5, 4, 17, 0), Words: "dump", Borrower: 2})
	for _, f := range fits {
		order = append(order, f.Unit.ID)
	}
	if !slices.Equal(order, []lending.EquipmentID{1, 4, 2, 3}) {
		t.Errorf("%v", order)
	}
	last := fits[3]
	if last.Free || last.Why == "" || last.Next.V.Start != at(5, 4, 9, 0) || last.Next.V.End != at(5, 4, 19, 0) {
		t.Errorf("%+v", last)
	}
	if none := loans.Find(cal, loans.Query{Start: at(5, 4, 7, 0), End: at(5, 4, 17, 0), Minimum: value.Some[value.Tenths](101)}); len(none) != 0 {
		t.Errorf("%+v", none)
	}
}

// TestUnmetAdvises with its arithmetic.
func TestUnmetAdvises(t *testing.T) {
	r := fleet(100)
	r.Put("reservations", &lending.Reservation{ID: 1, Unit: 1, Borrower: 3, State: lending.Declined, Start: value.Some(at(5, 3, 8, 0)), End: value.Some(at(5, 3, 16, 0))})
	cal := lending.CalendarOf(r, at(5, 8, 9, 0))
	got := loans.Unmet(cal, value.Date(2027, 5, 3), value.Date(2027, 5, 7))
	if len(got) != 1 || got[0].Asked != 1 || got[0].Minutes != 480 || got[0].Idle != 5*480 || got[0].Advice != "lend: 8 h were asked for and not had while 40 h stood idle" {
		t.Errorf("%+v", got)
	}
	loan(r, 1, at(5, 4, 0, 0), at(5, 8, 0, 0))
	use := loans.Usage(cal, value.Date(2027, 5, 3), value.Date(2027, 5, 7))
	if u := use[0]; u.Lent != 4*480 || u.Idle != 480 || u.Share() != 80 || u.Loans != 1 {
		t.Errorf("%+v", u)
	}
}

// TestNextFreeIsByDay: a day's work is not offered from five in the evening.
func TestNextFreeIsByDay(t *testing.T) {
	r := fleet(100)
	loan(r, 1, at(5, 4, 8, 0), at(5, 4, 17, 0))
	cal := lending.CalendarOf(r, at(5, 1, 9, 0))
	if w, ok := loans.NextFree(cal, 1, at(5, 4, 8, 0), at(5, 4, 17, 0), 0); !ok || w.Start != at(5, 5, 8, 0) {
		t.Errorf("%+v", w)
	}
	if w, ok := loans.NextFree(cal, 1, at(5, 4, 16, 0), at(5, 4, 18, 0), 0); !ok || w.Start != at(5, 4, 17, 0) {
		t.Errorf("two hours: %+v", w)
	}
}

// TestTheAgreementClock lists what would stop, and what another agreement or an
// earlier end saves.
func TestTheAgreementClock(t *testing.T) {
	r := fleet(100, 100, 100)
	a := &partnership.Agreement{ID: 1, Title: "Loans", Parties: []partnership.PartnerID{1, 2}, Status: partnership.AgreementSigned,
		Effective: value.Some(value.Date(2026, 1, 1)), Expires: value.Some(value.Date(2027, 5, 5))}
	r.Put("agreements", a)
	loan(r, 1, at(5, 3, 8, 0), at(5, 6, 0, 0)) // the last minute of the last day
	stops := loan(r, 2, at(5, 5, 8, 0), at(5, 6, 8, 0))
	if got := loans.Stopping(r, a, at(5, 1, 9, 0)); len(got) != 1 || got[0].ID != stops {
		t.Errorf("%+v", got)
	}
	r.Put("agreements", &partnership.Agreement{ID: 2, Title: "More", Parties: []partnership.PartnerID{1, 2, 3}, Status: partnership.AgreementSigned, Effective: value.Some(value.Date(2027, 1, 1))})
	if got := loans.Stopping(r, a, at(5, 1, 9, 0)); len(got) != 0 {
		t.Errorf("%+v", got)
	}
}
