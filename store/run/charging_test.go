package run

import (
	"context"
	"strings"
	"testing"

	"interlocal/model"
	"interlocal/model/field"
	"interlocal/model/lending"
	"interlocal/model/lending/loans"
	"interlocal/model/partnership"
	"interlocal/model/value"
	"interlocal/store"
)

// freely opens a file in which an agreement says what loans cost.
func freely(t *testing.T, charging string) *store.Store {
	t.Helper()
	st := book(t)
	taken(t, st, "equipment", fleet)
	taken(t, st, "agreements", strings.Replace(strings.Replace(agreement, "expires\n", "expires,charging\n", 1),
		"2027-12-31\n", "2027-12-31,"+charging+"\n", 1))
	return st
}

// doneBy does an act, which asks nothing.
func doneBy(t *testing.T, st *store.Store, by field.Party, name string, id uint64, args any) uint64 {
	t.Helper()
	done, err := Do(context.Background(), st, editor(by), Request{Act: model.NewActs().Named(name), ID: id, Args: args})
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return done.ID
}

// Where an agreement says no charge, nothing is charged and nothing is asked, in
// whatever way a loan comes in; its hours are recorded all the same.
func TestNoChargeIsOnePathForAll(t *testing.T) {
	at := func(day, hour int) value.Wall { return value.Date(2026, 12, day).At(hour, 0) }
	seen := func(w value.Wall, meter value.Tenths) lending.Inspection {
		return lending.Inspection{At: value.Some(w), Meter: value.Some(meter), GivenBy: "A", TakenBy: "B"}
	}
	order := &loans.Asking{Order: loans.Order{Unit: 1, Borrower: 2, Start: at(7, 8), End: at(7, 17)}}
	const row = "unit,borrower,state,start,end\nIN-1,Grandview,approved,2026-12-07 08:00,2026-12-07 17:00\n"
	for name, c := range map[string]struct {
		enter func(*store.Store) uint64
	}{
		"booked and granted": {func(st *store.Store) uint64 {
			id := doneBy(t, st, 2, "loan.book", 0, order)
			doneBy(t, st, 3, "loan.approve", id, nil)
			return id
		}},
		"typed": {func(st *store.Store) uint64 {
			id := doneBy(t, st, 2, "loan.book", 0, &loans.Asking{Line: "in-1 12/7/2026 8-17 grandview"})
			doneBy(t, st, 3, "loan.approve", id, nil)
			return id
		}},
		"a row": {func(st *store.Store) uint64 { taken(t, st, "reservations", row); return 1 }},
		"a form": {func(st *store.Store) uint64 {
			v := &lending.Reservation{Unit: 1, Borrower: 2, State: lending.Approved, Start: value.Some(at(7, 8)),
				End: value.Some(at(7, 17))}
			_, err := st.Update(context.Background(), editor(3), store.Op{Title: "form"}, func(tx *store.Tx) error {
				_, err := Save(tx, model.NewActs(), tx.Schema().Kind("reservations"), store.Edit{Mine: v}, nil)
				return err
			})
			if err != nil {
				t.Fatalf("a form: %v", err)
			}
			return 1
		}},
		"undone and brought in again": {func(st *store.Store) uint64 {
			taken(t, st, "reservations", row)
			if _, err := st.Undo(context.Background(), clerk()); err != nil {
				t.Fatal(err)
			}
			taken(t, st, "reservations", row)
			return 2
		}},
		"entered when it was over": {func(st *store.Store) uint64 {
			was := &loans.Happened{Borrower: 2}
			was.Out.Inspection, was.Back.Inspection = seen(at(1, 8), 1100), seen(at(1, 12), 1120)
			return doneBy(t, st, 3, "loan.record", 1, was)
		}},
	} {
		st := freely(t, "no charge")
		id := lending.ReservationID(c.enter(st))
		want := lending.Terms{Basis: lending.BasisWaived, Source: "Mutual use"}
		if v := loanAt(st, id); v == nil || v.Terms != want {
			t.Errorf("%s: %+v", name, v)
			continue
		}
		if loanAt(st, id).State == lending.Approved {
			doneBy(t, st, 3, "loan.handover", uint64(id), &loans.Outgoing{Handover: lending.Handover{
				Inspection: seen(at(3, 8), 1100)}})
			doneBy(t, st, 3, "loan.return", uint64(id), &lending.Return{Inspection: seen(at(3, 12), 1120)})
		}
		for line := range field.All[lending.Charge](st.As(editor(2)).View()) {
			if line.Total() != 0 || line.Hours != value.Some[value.Tenths](40) || line.Open() {
				t.Errorf("%s: %+v", name, line)
			}
		}
		if _, lines := total(st); lines != 1 {
			t.Errorf("%s: %d lines", name, lines)
		}
	}
}

// What an agreement says later changes no loan that is granted, and what it never
// said leaves each unit's own charge.
func TestChargesStayAsTheyWereGranted(t *testing.T) {
	st := booked(t)
	was := loanAt(st, 1).Terms
	if was.Basis != lending.BasisMeter || was.Rate.V != 50_0000 {
		t.Fatalf("%+v", was)
	}
	_, err := st.Update(context.Background(), clerk(), store.Op{Title: "charging"}, func(tx *store.Tx) error {
		return field.Change(tx, 1, func(a *partnership.Agreement) error {
			a.Charging = partnership.ChargingNone
			return nil
		})
	})
	if err != nil {
		t.Fatal(err)
	}
	taken(t, st, "handovers", outHead+out1)
	taken(t, st, "returns", backHead+back1)
	if sum, _ := total(st); loanAt(st, 1).Terms != was || sum != 555_00 {
		t.Errorf("%+v, %v", loanAt(st, 1).Terms, sum)
	}
}
