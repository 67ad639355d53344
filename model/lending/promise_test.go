package lending_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"interlocal/model/field"
	"interlocal/model/field/fieldtest"
	"interlocal/model/lending"
	"interlocal/model/partnership"
	"interlocal/model/value"
)

// fleet is a reader in the zone of the cities with units of one category and
// one owner, whose sizes are given in tenths.
func fleet(sizes ...value.Tenths) *fieldtest.Memory {
	r := with()
	r.Put("settings", &partnership.Settings{ID: 1, Name: "P", Zone: "America/Chicago"})
	for i, size := range sizes {
		r.Put("equipment", &lending.Equipment{ID: lending.EquipmentID(i + 1), Tag: fmt.Sprintf("T-%d", i+1),
			Name: "Dump truck", Category: "dump truck",
			Owner: 1, Size: value.Some(size), Status: lending.EquipmentActive, Shareable: true})
	}
	return r
}

// loan approves one of a unit under the next number.
func loan(r *fieldtest.Memory, unit lending.EquipmentID, from, until value.Wall) lending.ReservationID {
	id := uint64(1)
	for n := range r.Scan("reservations") {
		id = n + 1
	}
	r.Put("reservations", &lending.Reservation{ID: lending.ReservationID(id), Unit: unit, Borrower: 2,
		State: lending.Approved,
		Start: value.Some(from), End: value.Some(until)})
	return lending.ReservationID(id)
}

// promise approves a loan of any dump trucks of at least a size.
func promise(r *fieldtest.Memory, quantity int64, least value.Tenths, from, until value.Wall) {
	id := loan(r, 0, from, until)
	v := field.Get(r, id)
	v.Category, v.Lender, v.Quantity, v.Minimum = "dump truck", 1, value.Some(quantity), value.Some(least)
}

// on gives a time of 2027.
func on(month time.Month, day, hour, minute int) value.Wall {
	return value.Date(2027, month, day).At(hour, minute)
}

// TestHoursInWhichClocksChange: in March the hour after two does not exist, in
// November that after one comes twice; what is free is a matter of true time.
func TestHoursInWhichClocksChange(t *testing.T) {
	r := fleet(100)
	cal := lending.CalendarOf(r, on(1, 1, 9, 0))
	if m := cal.Length(on(3, 13, 22, 0), on(3, 14, 6, 0)); m != 7*60 {
		t.Errorf("the night in March is %d minutes long", m)
	}
	if m := cal.Length(on(11, 6, 22, 0), on(11, 7, 6, 0)); m != 9*60 {
		t.Errorf("the night in November is %d minutes long", m)
	}
	for _, c := range []struct {
		from, until value.Wall
		minutes     int64
	}{
		{on(11, 7, 0, 50), on(11, 7, 1, 10), 20}, {on(11, 7, 1, 59), on(11, 7, 1, 0), 1},
		{on(11, 7, 1, 30), on(11, 7, 1, 10), 40}, {on(11, 7, 1, 30), on(11, 7, 2, 0), 90},
		{on(11, 7, 2, 0), on(11, 7, 1, 59), -1}, {on(11, 7, 1, 30), on(11, 7, 0, 59), -31},
		{on(11, 8, 1, 30), on(11, 8, 1, 10), -20}, {on(3, 14, 1, 59), on(3, 14, 3, 0), 1},
		{on(3, 14, 3, 0), on(3, 14, 1, 59), -1},
	} {
		if got := cal.Elapsed(c.from, c.until); got != c.minutes {
			t.Errorf("from %v until %v %d minutes have passed, want %d", c.from, c.until, got, c.minutes)
		}
	}
	loan(r, 1, on(3, 14, 1, 0), on(3, 14, 2, 30)) // which is half past three
	for _, c := range []struct {
		from, until value.Wall
		free        bool
	}{
		{on(3, 14, 3, 0), on(3, 14, 4, 0), false}, {on(3, 14, 3, 30), on(3, 14, 5, 0), true},
		{on(3, 14, 0, 0), on(3, 14, 1, 0), true},
		{on(3, 14, 0, 30), on(3, 14, 1, 30), false},
	} {
		if got := cal.Free(lending.Claim{Unit: 1, From: c.from, Until: c.until}); got != c.free {
			t.Errorf("from %v until %v: free %v", c.from, c.until, got)
		}
	}
	loan(r, 1, on(11, 6, 20, 0), on(11, 7, 0, 0)) // until midnight
	if !cal.Free(lending.Claim{Unit: 1, From: on(11, 7, 0, 0), Until: on(11, 7, 2, 0)}) {
		t.Error("one may begin at midnight when the other ends")
	}
	if cal.Free(lending.Claim{Unit: 1, From: on(11, 6, 23, 59), Until: on(11, 7, 2, 0)}) {
		t.Error("a minute before midnight it is taken")
	}
}

// TestNobodyChangesTrucksOnTheWay: at each moment a truck is free, but none is
// for the whole time, so none is promised.
func TestNobodyChangesTrucksOnTheWay(t *testing.T) {
	r := fleet(100, 100)
	loan(r, 1, on(5, 3, 0, 0), on(5, 4, 0, 0))
	loan(r, 2, on(5, 4, 0, 0), on(5, 5, 0, 0))
	cal := lending.CalendarOf(r, on(5, 1, 9, 0))
	any := lending.Claim{Category: "Dump Truck", Lender: 1, From: on(5, 3, 12, 0), Until: on(5, 4, 12, 0)}
	if cal.Free(any) {
		t.Error("a truck was promised that nobody has")
	}
	any.Until = on(5, 4, 0, 0)
	if !cal.Free(any) {
		t.Error("the second truck is free until midnight")
	}
}

// TestAPromiseKeepsOneBack: of two trucks that are large enough one is
// promised; the other can be booked, then neither, but the small one always.
func TestAPromiseKeepsOneBack(t *testing.T) {
	r := fleet(80, 120, 120)
	promise(r, 1, 100, on(5, 3, 7, 0), on(5, 5, 17, 0))
	cal := lending.CalendarOf(r, on(5, 1, 9, 0))
	claim := func(unit lending.EquipmentID) lending.Claim {
		return lending.Claim{Unit: unit, From: on(5, 4, 7, 0), Until: on(5, 4, 17, 0)}
	}
	if !cal.Free(claim(2)) || !cal.Free(claim(3)) {
		t.Error("either of the two can be had")
	}
	loan(r, 2, on(5, 4, 7, 0), on(5, 4, 17, 0))
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
			return on(5, 3+from, 7, 0), on(5, 3+from+rapid.IntRange(0, 3).Draw(t, name+" days"), 17, 0)
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
			wants = append(wants, want{from, until,
				value.Tenths(rapid.SampledFrom([]int{80, 100, 120}).Draw(t, "size"))})
		}
		var can func(i int) bool
		can = func(i int) bool {
			if i == len(wants) {
				return true
			}
			w := wants[i]
			for unit := 1; unit <= 3; unit++ {
				if value.Tenths(60+20*unit) < w.least ||
					slices.ContainsFunc(busy[unit], func(b want) bool { return b.from < w.until && w.from < b.until }) {
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
		cal := lending.CalendarOf(r, on(4, 1, 9, 0))
		for i, w := range wants {
			got := cal.Free(lending.Claim{Category: "dump truck", Lender: 1, Minimum: value.Some(w.least), From: w.from,
				Until: w.until})
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
