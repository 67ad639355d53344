package loans_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

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
		r.Put("equipment", &lending.Equipment{ID: lending.EquipmentID(i + 1), Tag: fmt.Sprintf("T-%d", i+1),
			Name: "Dump truck", Category: "dump truck",
			Owner: 1, Size: value.Some(size), Status: lending.EquipmentActive, Shareable: true})
	}
	return r
}

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

func at(month time.Month, day, hour, minute int) value.Wall {
	return value.Date(2027, month, day).At(hour, minute)
}

// TestExpand lists a series by hand: Tuesdays and Thursdays of every second
// week, without one of them, over the change of clocks at the same hour.
func TestExpand(t *testing.T) {
	s := &lending.Series{Start: value.Some(at(3, 2, 7, 0)), End: value.Some(at(3, 2, 15, 0)),
		Every: value.Some[int64](2),
		Days:  []lending.Weekday{"tue", "thu"}, Until: value.Some(value.Date(2027, 4, 1)),
		Except: []value.Day{value.Date(2027, 3, 16)}}
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
	weekly := loans.Repeat{Weeks: 3, Except: []value.Day{value.Date(2027, 3, 9)}}
	if got := weekly.Times(at(3, 2, 7, 0), at(3, 2, 9, 0)); len(got) != 2 ||
		got[1].Start != at(3, 16, 7, 0) {
		t.Errorf("%v", got)
	}
}

// TestFindRanks: free before taken, the borrower's own first, cheaper before
// dearer, and a taken one says who has it and when it can be had.
func TestFindRanks(t *testing.T) {
	r := fleet(100, 100, 100, 100)
	unit := func(id lending.EquipmentID) *lending.Equipment { return field.Get(r, id) }
	unit(1).Owner = 2
	unit(2).Charge, unit(2).LocalRate, unit(2).
		LocalPer = lending.ChargeLocal, value.Some(value.Cents(90_00).Price()), lending.PerHour
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
	if none := loans.Find(cal, loans.Query{Start: at(5, 4, 7, 0), End: at(5, 4, 17, 0),
		Minimum: value.Some[value.Tenths](101)}); len(none) != 0 {
		t.Errorf("%+v", none)
	}
}

// TestUnmetAdvises with its arithmetic.
func TestUnmetAdvises(t *testing.T) {
	r := fleet(100)
	r.Put("reservations", &lending.Reservation{ID: 1, Unit: 1, Borrower: 3, State: lending.Declined,
		Start: value.Some(at(5, 3, 8, 0)), End: value.Some(at(5, 3, 16, 0))})
	cal := lending.CalendarOf(r, at(5, 8, 9, 0))
	got := loans.Unmet(cal, value.Date(2027, 5, 3), value.Date(2027, 5, 7))
	if len(got) != 1 || got[0].Asked != 1 || got[0].Minutes != 480 || got[0].Idle != 5*480 ||
		got[0].Advice != "lend: 8 h were asked for and not had while 40 h stood idle" {
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
	a := &partnership.Agreement{ID: 1, Title: "Loans", Parties: []partnership.PartnerID{1, 2},
		Status:    partnership.AgreementSigned,
		Effective: value.Some(value.Date(2026, 1, 1)), Expires: value.Some(value.Date(2027, 5, 5))}
	r.Put("agreements", a)
	loan(r, 1, at(5, 3, 8, 0), at(5, 6, 0, 0)) // the last minute of the last day
	stops := loan(r, 2, at(5, 5, 8, 0), at(5, 6, 8, 0))
	if got := loans.Stopping(r, a, at(5, 1, 9, 0)); len(got) != 1 || got[0].ID != stops {
		t.Errorf("%+v", got)
	}
	r.Put("agreements", &partnership.Agreement{ID: 2, Title: "More", Parties: []partnership.PartnerID{1, 2, 3},
		Status: partnership.AgreementSigned, Effective: value.Some(value.Date(2027, 1, 1))})
	if got := loans.Stopping(r, a, at(5, 1, 9, 0)); len(got) != 0 {
		t.Errorf("%+v", got)
	}
}
