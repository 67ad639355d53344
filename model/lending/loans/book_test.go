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

// typed books a line as somebody of Grandview.
func typed(w *fieldtest.Writer, line string) (field.Result, error) {
	return by(w, grandview, "loan.book", 0, &loans.Asking{Line: line})
}

// A line is for one's own city unless it names another, and of any unit of a category
// where it says so.
func TestWhomALineIsForAndOfWhat(t *testing.T) {
	w := yard(t)
	field.Get(w, lending.EquipmentID(1)).Size = value.Some[value.Tenths](120)
	done, err := typed(w, "any dump 10+ x2 mar 9 8-17")
	v := field.Get(w, lending.ReservationID(done.ID))
	if err == nil || v != nil {
		t.Errorf("two of one: %q, %v", done.Text, err)
	}
	done, err = typed(w, "any dump 10+ mar 9 8-17 inlets")
	v = field.Get(w, lending.ReservationID(done.ID))
	if err != nil || v.Unit != 0 || v.Category != "dump truck" || v.Minimum != value.Some[value.Tenths](100) ||
		v.Lender != 0 || v.Quantity.Set || v.Borrower != grandview || v.Purpose != "inlets" ||
		done.Text != "Asked Raytown for any dump truck of 10 or more." {
		t.Errorf("%q %v: %+v", done.Text, err, v)
	}
	for range 2 {
		keep(t, w, &lending.Equipment{Tag: "RT-10", Name: "Dump truck", Category: "dump truck", Owner: raytown,
			Size: value.Some[value.Tenths](100), Status: lending.EquipmentActive, Shareable: true})
	}
	done, err = typed(w, "any dump 10+ x2 mar 9 8-17")
	if v = field.Get(w, lending.ReservationID(done.ID)); err != nil || v.Units() != 2 || !v.Quantity.Set {
		t.Errorf("two of three: %q %v: %+v", done.Text, err, v)
	}
	for line, says := range map[string]string{
		"rt-104 13+ mar 9 8-17": "no unit that can be lent fits \"rt-104\"",
		"rt-104":                "say when: rt-104 tue 8-17",
		"":                      "say what is wanted and when",
	} {
		if _, err := typed(w, line); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%q: %v", line, err)
		}
	}
	w.By = field.Actor{All: true}
	if _, err := do(w, "loan.book", 0, &loans.Asking{Line: "rt-104 mar 9 8-17"}); err == nil ||
		!strings.Contains(err.Error(), "say for which city") {
		t.Errorf("for nobody: %v", err)
	}
	if _, err := loans.Book(w, w.Now(), loans.Order{Unit: 1, Start: at(3, 9, 8, 0), End: at(3, 9, 9, 0)}); err == nil {
		t.Error("an order for nobody is booked")
	}
}

// Who is refused learns who has the unit and when it can be had.
func TestWhatIsTakenSaysWhenItIsFree(t *testing.T) {
	w := yard(t)
	lent(t, w, lending.Approved)
	_, err := typed(w, "rt-104 mar 9 8-17")
	if failure.CodeOf(err) != failure.Conflict || !strings.Contains(err.Error(), "RT-104 is taken from") ||
		!strings.HasSuffix(err.Error(), "; it is free 3/10/2027 8-17") {
		t.Errorf("%v", err)
	}
	if _, err = typed(w, "rt-104 mar 8 8-17"); err != nil {
		t.Errorf("the day before: %v", err)
	}
}

// A weekly booking is one series and as many loans; one date that is taken refuses
// all, and says how to have the others.
func TestAWeeklyBooking(t *testing.T) {
	w := yard(t)
	done, err := typed(w, "rt-104 tue 8-17 weekly x4 except mar 16 inlets")
	made, _ := done.Detail.(*loans.Made)
	if err != nil || len(made.IDs) != 3 || len(made.Out) != 1 || made.State != lending.Requested ||
		done.Text != "Asked Raytown for RT-104 Dump truck, 3 times." || done.ID != uint64(made.IDs[0]) {
		t.Fatalf("%q %v: %+v", done.Text, err, made)
	}
	s := field.Get(w, made.Series)
	if s.Unit != 1 || s.Borrower != grandview || s.Every.V != 1 || s.Until.V != value.Date(2027, 3, 30) ||
		len(s.Except) != 1 || s.Start.V != at(3, 9, 8, 0) || s.End.V != at(3, 9, 17, 0) || s.Purpose != "inlets" {
		t.Errorf("%+v", s)
	}
	for i, day := range []int{9, 23, 30} {
		if v := field.Get(w, made.IDs[i]); v.Start.V != at(3, day, 8, 0) || v.End.V != at(3, day, 17, 0) ||
			v.Series != made.Series || v.Purpose != "inlets" {
			t.Errorf("the %dth is %+v", i+1, v)
		}
	}
	once, err := typed(w, "rt-104 mar 10 8-17")
	if v := field.Get(w, lending.ReservationID(once.ID)); err != nil || v.Series != 0 {
		t.Errorf("once: %v %+v", err, v)
	}
	lent(t, w, lending.Approved, on(at(4, 14, 10, 0), at(4, 14, 11, 0)))
	if _, err = typed(w, "rt-104 apr 7 8-17 weekly x2"); failure.CodeOf(err) != failure.Conflict ||
		!strings.HasSuffix(err.Error(), "; to book the other dates, leave Apr 14 out: except apr 14") {
		t.Errorf("one of two is taken: %v", err)
	}
	o := loans.Order{Unit: 1, Borrower: grandview, Start: at(4, 14, 9, 0), End: at(4, 14, 12, 0)}
	if _, err = loans.Book(w, w.Now(), o); failure.CodeOf(err) != failure.Conflict ||
		strings.Contains(err.Error(), "other dates") {
		t.Errorf("one of one: %v", err)
	}
	o.Weeks, o.Except = 2, []value.Day{value.Date(2027, 4, 15)}
	if _, err = loans.Book(w, w.Now(), o); err == nil || !strings.Contains(err.Error(), "is not one of the dates") {
		t.Errorf("an exception that is no date: %v", err)
	}
	o.Except = []value.Day{value.Date(2027, 4, 14), value.Date(2027, 4, 21)}
	if _, err = loans.Book(w, w.Now(), o); err == nil || !strings.Contains(err.Error(), "every day of the series") {
		t.Errorf("without any date: %v", err)
	}
	foreign := keep(t, w, &lending.Equipment{Tag: "RT-3", Owner: raytown, Status: lending.EquipmentActive,
		Shareable: true, Charge: lending.ChargeFEMA, FEMACode: "8722", FEMAYear: 2025})
	o = loans.Order{Unit: foreign, Borrower: grandview, Start: at(4, 14, 9, 0), End: at(4, 14, 12, 0),
		Repeat: loans.Repeat{Weeks: 2}}
	if _, err = loans.Book(w, w.Now(), o); err != nil {
		t.Errorf("a rate that is missing is said at approval: %v", err)
	}
}

// A series that is put on file is booked on its own weekday where it names none, all
// or none.
func TestASeriesOnFile(t *testing.T) {
	day := value.Date(2027, 3, 8) // a Monday
	good := lending.Series{Unit: 1, Borrower: grandview, Purpose: "leaves", Start: value.Some(day.At(8, 0)),
		End: value.Some(day.At(12, 0)), Until: value.Some(day + 14)}
	for name, c := range map[string]struct {
		set   func(*lending.Series)
		times int
	}{
		"weekly":                        {func(*lending.Series) {}, 3},
		"up to the day before the last": {func(s *lending.Series) { s.Until.V-- }, 2},
		"every few days":                {func(s *lending.Series) { s.Days = []lending.Weekday{"tue", "sun"} }, 4},
		"without a start":               {func(s *lending.Series) { s.Start.Set = false }, 0},
		"without an end":                {func(s *lending.Series) { s.End.Set = false }, 0},
		"without a last day":            {func(s *lending.Series) { s.Until.Set = false }, 0},
		"that ends as it begins":        {func(s *lending.Series) { s.End = s.Start }, 0},
		"that is over before it begins": {func(s *lending.Series) { s.Until.V = day - 1 }, 0},
		"for years": {func(s *lending.Series) {
			s.Until.V, s.Days = day+3000, []lending.Weekday{"mon", "wed"}
		}, 0},
	} {
		w, s := yard(t), good
		c.set(&s)
		id := keep(t, w, &s)
		done, err := by(w, grandview, "series.book", lending.ReservationID(id), nil)
		n := 0
		for v := range field.Of[lending.Reservation](w, "series", id) {
			n++
			if v.Unit != 1 || v.Borrower != grandview || v.Purpose != "leaves" || v.State != lending.Requested {
				t.Errorf("%s: %+v", name, v)
			}
		}
		if n != c.times || (err == nil) != (n > 0) {
			t.Errorf("%s: booked %d times, want %d: %v", name, n, c.times, err)
		}
		if n > 0 && field.Get(w, lending.ReservationID(done.ID)).Start != good.Start && name == "weekly" {
			t.Errorf("%s: begins with %d", name, done.ID)
		}
	}
	w := yard(t)
	id := keep(t, w, &good)
	lent(t, w, lending.Approved, on((day+7).At(11, 0), (day+7).At(13, 0)))
	refusedSeries := func(who field.Party, code failure.Code) {
		t.Helper()
		w.By = field.Actor{Partner: who}
		if _, err := do(w, "series.book", uint64(id), nil); failure.CodeOf(err) != code {
			t.Errorf("by %d: %v", who, err)
		}
	}
	refusedSeries(field.Party(raytown), failure.Forbidden)
	refusedSeries(field.Party(grandview), failure.Conflict)
}

// An assembly is booked whole or not at all, and its parts refer to the first.
func TestAnAssemblyIsBookedWhole(t *testing.T) {
	w := yard(t)
	trailer := keep(t, w, &lending.Equipment{Tag: "IN-9", Name: "Trailer", Category: "trailer", Owner: independence,
		Status: lending.EquipmentActive, Shareable: true, Size: value.Some[value.Tenths](50)})
	kit := keep(t, w, &lending.Kit{Name: "Truck and trailer", Members: []lending.KitMember{{Unit: 1},
		{Category: "trailer", Minimum: value.Some[value.Tenths](50), Lender: independence}}})
	empty := keep(t, w, &lending.Kit{Name: "Nothing"})
	order := loans.Order{Kit: kit, Borrower: grandview, Start: at(3, 9, 8, 0), End: at(3, 9, 17, 0), Purpose: "brush"}
	done, err := do(w, "loan.book", 0, &loans.Asking{Order: order})
	if err != nil || done.Text != "Asked for Truck and trailer." {
		t.Fatalf("%q, %v", done.Text, err)
	}
	made := done.Detail.(*loans.Made)
	first, second := field.Get(w, made.IDs[0]), field.Get(w, made.IDs[1])
	if len(made.IDs) != 2 || first.Unit != 1 || first.Kit != kit || first.With != 0 || second.Kit != kit ||
		second.With != first.ID || second.Category != "trailer" || second.Lender != independence ||
		second.Minimum.V != 50 || second.Purpose != "brush" || made.State != lending.Requested {
		t.Errorf("%+v\n%+v", first, second)
	}
	if got := loans.Acts().Named("loan.book").HistoryTitle(w.View(), nil, &loans.Asking{Order: order}); got !=
		"book Truck and trailer" {
		t.Errorf("%q", got)
	}
	lent(t, w, lending.Approved, on(at(3, 16, 8, 0), at(3, 16, 9, 0)),
		func(v *lending.Reservation) { v.Unit = trailer })
	taken := order
	taken.Start, taken.End = at(3, 16, 8, 0), at(3, 16, 9, 0)
	without, gone, several := order, order, order
	without.Kit, gone.Kit, several.Quantity = empty, 99, 2
	weekly := order
	weekly.Weeks = 2
	for name, c := range map[string]struct {
		order loans.Order
		code  failure.Code
		says  string
	}{
		"one is taken":    {taken, failure.Conflict, "too few of the category"},
		"week by week":    {weekly, failure.Conflict, "leave Mar 16 out"},
		"two of them":     {several, failure.Invalid, "is one"},
		"without parts":   {without, failure.Invalid, `"Nothing" has no members`},
		"no longer there": {gone, failure.NotFound, "no longer there"},
	} {
		if _, err := do(w, "loan.book", 0, &loans.Asking{Order: c.order}); failure.CodeOf(err) != c.code ||
			!strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: %v", name, err)
		}
	}
	taken.Wait = true // all of it, until all of it is there
	done, err = do(w, "loan.book", 0, &loans.Asking{Order: taken})
	if err != nil || done.Text != "On the wait list for Truck and trailer." {
		t.Errorf("%q, %v", done.Text, err)
	}
	weekly.Start, weekly.End, weekly.Except = at(3, 23, 8, 0), at(3, 23, 17, 0), nil
	done, err = do(w, "loan.book", 0, &loans.Asking{Order: weekly})
	if made, _ := done.Detail.(*loans.Made); err != nil || len(made.IDs) != 4 ||
		done.Text != "Asked for Truck and trailer, 2 times." ||
		field.Get(w, made.IDs[3]).With != made.IDs[2] || field.Get(w, made.Series).Kit != kit {
		t.Errorf("twice: %q %v", done.Text, err)
	}
}

// A loan that is over is entered unless somebody else had the unit then, and a meter
// that ran longer than it is somebody's word to answer for.
func TestALoanThatIsOverIsChecked(t *testing.T) {
	w := yard(t)
	was := &loans.Happened{Borrower: grandview}
	was.Out.Inspection, was.Back.Inspection = seen(at(3, 2, 20, 0), 100), seen(at(3, 2, 23, 0), 150)
	enter := func() error { _, err := do(w, "loan.record", 1, was); return err }
	w.By = field.Actor{Partner: field.Party(raytown)}
	if err := enter(); err == nil || !strings.Contains(err.Error(), "the meter ran 5 hours in 3 hours") {
		t.Errorf("five hours in three: %v", err)
	}
	was.Back.Meter.V = 120
	lent(t, w, lending.Approved, on(at(3, 2, 22, 59), at(3, 3, 8, 0)))
	if err := enter(); failure.CodeOf(err) != failure.Conflict {
		t.Errorf("while another had it: %v", err)
	}
	was.Back.At.V = at(3, 2, 22, 59)
	was.Back.Meter.V = 150
	w.For = &field.Override{Name: "Pat", Reason: "left running"}
	if err := enter(); err != nil {
		t.Fatal(err)
	}
	v := field.Get(w, lending.ReservationID(2))
	if !v.Passed(lending.PassHours) || len(v.Passes) != 1 || v.Terms.Source != "Raytown, rate of Mar 4, 2027" ||
		lending.ReturnOf(w, v.ID).Unit != 1 || lending.HandoverOf(w, v.ID).Unit != 1 {
		t.Errorf("%+v", v)
	}
}
