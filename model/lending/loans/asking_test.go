package loans_test

import (
	"slices"
	"testing"

	"interlocal/model"
	"interlocal/model/failure"
	"interlocal/model/field"
	"interlocal/model/field/fieldtest"
	"interlocal/model/lending"
	"interlocal/model/lending/loans"
	"interlocal/model/partnership"
	"interlocal/model/value"
)

const (
	grandview partnership.PartnerID = 4
	raytown   partnership.PartnerID = 5
)

// yard is a Writer over the founding cities and a truck of Raytown's, on a day
// in March at noon.
func yard(t *testing.T) *fieldtest.Writer {
	t.Helper()
	w := fieldtest.NewWriter(model.NewSchema(), value.Date(2027, 3, 4).At(12, 0))
	err := partnership.NewSeed().Each(func(kind string, rec any) error {
		_, err := w.Put(kind, rec)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	keep(t, w, &partnership.Agreement{Title: "Equipment", Parties: []partnership.PartnerID{grandview, raytown},
		Status:    partnership.AgreementSigned,
		Effective: value.Some(value.Date(2026, 1, 1))})
	keep(t, w, &lending.Equipment{Tag: "RT-104", Name: "Dump truck", Category: "dump truck", Owner: raytown,
		Status: lending.EquipmentActive, Shareable: true,
		MeterKind: lending.MeterHours, Charge: lending.ChargeLocal, LocalRate: value.Some(value.Cents(95_00).Price()),
		LocalPer: lending.PerHour})
	return w
}

func keep[T field.Record](t *testing.T, w *fieldtest.Writer, rec *T) field.ID[T] {
	t.Helper()
	id, err := field.Put(w, rec)
	if err != nil {
		t.Fatal(err)
	}
	return id
}

func do(w *fieldtest.Writer, name string, id uint64, args any) (field.Result, error) {
	return loans.Acts().Named(name).Do(w, id, args, nil)
}

// What is typed and what is chosen from what fits leave the same records.
func TestALineBooksWhatAnOrderBooks(t *testing.T) {
	typed, chosen := yard(t), yard(t)
	line := &loans.Asking{Line: "rt-104 mar 9 8-17 for grandview: overlay"}
	first, err := do(typed, "loan.book", 0, line)
	if err != nil {
		t.Fatal(err)
	}
	day := value.Date(2027, 3, 9)
	order := loans.Order{Unit: 1, Borrower: grandview, Start: day.At(8, 0), End: day.At(17, 0),
		Purpose: "overlay"}
	second, err := do(chosen, "loan.book", 0, &loans.Asking{Order: order})
	if err != nil {
		t.Fatal(err)
	}
	a, b := field.Get(typed, lending.ReservationID(first.ID)), field.Get(chosen, lending.ReservationID(second.ID))
	if !typed.Schema().Kind("reservations").Equal(a, b) || a.State != lending.Requested {
		t.Errorf("%+v\n%+v", a, b)
	}
	if first.Text != second.Text || first.Text != "Asked Raytown for RT-104 Dump truck." {
		t.Errorf("%q and %q", first.Text, second.Text)
	}
	if made := first.Detail.(*loans.Made); made.Tag != "RT-104" || made.State != lending.Requested {
		t.Errorf("%+v", made)
	}
}

// What is taken is refused, and waited for when that is what was asked.
func TestWhatIsTakenIsWaitedForOnRequest(t *testing.T) {
	w := yard(t)
	own := &loans.Asking{Line: "rt-104 mar 9 8-17 for raytown"}
	if done, err := do(w, "loan.book", 0, own); err != nil || done.Text != "Booked: RT-104 Dump truck." {
		t.Fatalf("%q, %v", done.Text, err)
	}
	other := &loans.Asking{Line: "rt-104 mar 9 8-17 for grandview"}
	if _, err := do(w, "loan.book", 0, other); failure.CodeOf(err) != failure.Conflict {
		t.Errorf("taken: %v", err)
	}
	other.Wait = true
	if done, err := do(w, "loan.book", 0, other); err != nil || done.Text != "On the wait list for RT-104 Dump truck." {
		t.Errorf("%q, %v", done.Text, err)
	}
	if _, err := do(w, "loan.book", 0, &loans.Asking{}); failure.CodeOf(err) != failure.Invalid {
		t.Errorf("nothing was asked for: %v", err)
	}
}

// The owner enters a loan that is over, with both papers and the settlement line.
func TestTheOwnerRecordsALoanThatIsOver(t *testing.T) {
	w := yard(t)
	day := value.Date(2027, 3, 2)
	was := &loans.Happened{Borrower: grandview, Purpose: "storm"}
	was.Out.Inspection = lending.Inspection{At: value.Some(day.At(20, 0)), Meter: value.Some[value.Tenths](100)}
	was.Back.Inspection = lending.Inspection{At: value.Some(day.At(23, 0)), Meter: value.Some[value.Tenths](120)}
	w.By = field.Actor{Partner: field.Party(grandview)}
	if _, err := do(w, "loan.record", 1, was); failure.CodeOf(err) != failure.Forbidden {
		t.Errorf("the borrower records it: %v", err)
	}
	w.By.Partner = field.Party(raytown)
	done, err := do(w, "loan.record", 1, was)
	if err != nil {
		t.Fatal(err)
	}
	id := lending.ReservationID(done.ID)
	loan, out, back := field.Get(w, id), lending.HandoverOf(w, id), lending.ReturnOf(w, id)
	if loan.State != lending.Returned || loan.Start != was.Out.At || loan.End != was.Back.At || !out.Entered.Set ||
		back.Meter != was.Back.Meter {
		t.Errorf("%+v, out %+v, back %+v", loan, out, back)
	}
	lines := 0
	for c := range field.Of[lending.Charge](w, "reservation", id) {
		lines++
		if c.Total() != 190_00 {
			t.Errorf("two hours at $95 come to %s", c.Total())
		}
	}
	if lines != 1 {
		t.Errorf("%d settlement lines", lines)
	}
}

// Whoever was offered a unit has a day; then it is the next one's turn, by itself.
// Who waits for other hours is not kept waiting by them.
func TestAnOfferPassesOnByItself(t *testing.T) {
	w := yard(t)
	own := lent(t, w, lending.Approved, func(v *lending.Reservation) { v.Borrower = raytown },
		on(at(3, 9, 7, 0), at(3, 11, 7, 0)))
	wait := func(borrower partnership.PartnerID, day, from, until int) lending.ReservationID {
		return keep(t, w, &lending.Reservation{Unit: 1, Borrower: borrower, State: lending.Waitlisted,
			Start: value.Some(at(3, day, from, 0)), End: value.Some(at(3, day, until, 0))})
	}
	first, second, third := wait(grandview, 9, 8, 17), wait(independence, 9, 12, 18), wait(grandview, 9, 17, 19)
	elsewhere := wait(independence, 10, 8, 17)
	offered := func(want ...lending.ReservationID) {
		t.Helper()
		var got []lending.ReservationID
		for _, id := range []lending.ReservationID{first, second, third, elsewhere} {
			if _, ok := lending.CalendarOf(w, w.At).Offered(field.Get(w, id)); ok {
				got = append(got, id)
			}
		}
		if !slices.Equal(got, want) {
			t.Errorf("offered to %v, want %v", got, want)
		}
	}
	offered()
	if _, err := by(w, raytown, "loan.cancel", own, &loans.Why{}); err != nil {
		t.Fatal(err)
	}
	since := w.At
	offered(first, elsewhere)
	if o, _ := lending.CalendarOf(w, w.At).Offered(field.Get(w, first)); o.Since != since ||
		o.Until != value.Some(since+24*60) {
		t.Errorf("%+v", o)
	}
	w.At = since + 24*60 - 1
	offered(first, elsewhere)
	w.At = since + 24*60
	offered(second, elsewhere)
	w.At = since + 48*60
	offered(third, elsewhere) // nobody is behind it
	if _, err := by(w, raytown, "loan.approve", third, nil); err != nil {
		t.Fatal(err)
	}
	offered(first, elsewhere)
	w.At = at(3, 9, 17, 0) // its time is over
	offered(elsewhere)
}

// A series on several days of the week is booked whole, once.
func TestASeriesIsBookedOnce(t *testing.T) {
	w := yard(t)
	day := value.Date(2027, 3, 8) // a Monday
	id := keep(t, w, &lending.Series{Unit: 1, Borrower: grandview,
		Start: value.Some(day.At(8, 0)), End: value.Some(day.At(12, 0)),
		Every: value.Some[int64](2), Days: []lending.Weekday{"mon", "wed"}, Until: value.Some(day + 16)})
	if _, err := do(w, "series.book", uint64(id), nil); err != nil {
		t.Fatal(err)
	}
	var on []value.Day
	for v := range field.Of[lending.Reservation](w, "series", id) {
		on = append(on, v.Start.V.Day()-day)
	}
	if len(on) != 4 || on[0] != 0 || on[1] != 2 || on[2] != 14 || on[3] != 16 {
		t.Errorf("it falls on %v days from the first", on)
	}
	if _, err := do(w, "series.book", uint64(id), nil); failure.CodeOf(err) != failure.Invalid {
		t.Errorf("a second time: %v", err)
	}
}

// A request for hours that somebody else has asked for says so, and is made.
func TestARequestSaysWhoElseAsked(t *testing.T) {
	w := yard(t)
	const line = "rt-104 mar 9 "
	for _, c := range []struct{ words, says string }{
		{"8-12 for grandview", "Asked Raytown for RT-104 Dump truck."},
		{"12-5 for independence", "Asked Raytown for RT-104 Dump truck."},
		{"11-12 for independence",
			"Asked Raytown for RT-104 Dump truck. In hours of that time it is asked for by Grandview too."},
		{"10-2 for lee's summit", "Asked Raytown for RT-104 Dump truck. In hours of that time it is asked for by " +
			"Grandview " +
			"and Independence too."},
	} {
		if done, err := do(w, "loan.book", 0, &loans.Asking{Line: line + c.words}); err != nil || done.Text != c.says {
			t.Errorf("%s: %q %v", c.words, done.Text, err)
		}
	}
}
