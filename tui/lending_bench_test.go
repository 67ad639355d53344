package tui

import (
	"context"
	"fmt"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"

	"interlocal/model/access"
	"interlocal/model/field"
	"interlocal/model/lending"
	"interlocal/model/partnership"
	"interlocal/model/value"
	"interlocal/store"
)

// fleetStore makes a file with 10,000 units and 200,000 loans, a week apart for
// each unit, around the day of the tests.
func fleetStore(b *testing.B) *store.Store {
	b.Helper()
	const units, loans, together = 10_000, 200_000, 20_000
	st := founding(b)
	keeper := access.Identity{Name: "interlocal", Role: access.Owner}
	put := func(n int, rec func(i int) any) {
		for done := 0; done < n; done += together {
			_, err := st.Update(context.Background(), keeper, store.Op{Title: "fleet"}, func(tx *store.Tx) error {
				for i := done; i < min(done+together, n); i++ {
					r := rec(i)
					if _, err := tx.Put(r.(field.Record).KindName(), r); err != nil {
						return err
					}
				}
				return nil
			})
			if err != nil {
				b.Fatal(err)
			}
		}
	}
	put(units, func(i int) any {
		return &lending.Equipment{Tag: fmt.Sprintf("T-%05d", i+1), Name: "Machine",
			Category: fmt.Sprint("category ", i%10), Owner: partnership.PartnerID(1 + i%5),
			Status: lending.EquipmentActive, Shareable: true, Buffer: value.Some[int64](60)}
	})
	first := value.DayOf(noon) - 70
	put(loans, func(i int) any {
		day := first + value.Day(7*(i/units)+i%5)
		return &lending.Reservation{Unit: lending.EquipmentID(1 + i%units),
			Borrower: partnership.PartnerID(1 + (i+1)%5), State: lending.Approved,
			Start: value.Some(day.At(7, 0)), End: value.Some((day + 2).At(17, 0))}
	})
	return st
}

// BenchmarkTimelineKey is one key on the timeline of 10,000 units and 200,000
// loans, Update and View, at 120x36 and 200x60: a column on, a week on and back,
// a unit further.
func BenchmarkTimelineKey(b *testing.B) {
	st := fleetStore(b)
	for _, size := range [][2]int{{120, 36}, {200, 60}} {
		r := &rig{b, New(Options{Store: st, Identity: dana(), Clock: func() time.Time { return noon },
			Profile: colorprofile.TrueColor, Still: true})}
		b.Cleanup(r.s.Close)
		r.do(r.s.Init())
		r.s.app.Dialogs.Clear()
		r.send(tea.WindowSizeMsg{Width: size[0], Height: size[1]})
		r.press("g", "e", ">", ">", "l").see("10000 units")
		for name, keys := range map[string][2]string{"column": {"l", "h"}, "week": {"L", "H"}, "unit": {"j", "k"},
			"page": {"pgdown", "pgup"}} {
			b.Run(name+"-"+sizeName(size), func(b *testing.B) {
				on, back := keyMsg(keys[0]), keyMsg(keys[1])
				b.ReportAllocs()
				i := 0
				for b.Loop() {
					key := on
					if i++; i%40 >= 20 {
						key = back
					}
					r.s.Update(key)
					_ = r.s.View()
				}
			})
		}
	}
}

// BenchmarkBookingLine is one letter typed into the booking line over 10,000
// units and 200,000 loans, with the answer shown.
func BenchmarkBookingLine(b *testing.B) {
	r := &rig{b, New(Options{Store: fleetStore(b), Identity: dana(), Clock: func() time.Time { return noon },
		Profile: colorprofile.TrueColor, Still: true})}
	b.Cleanup(r.s.Close)
	r.do(r.s.Init())
	r.s.app.Dialogs.Clear()
	r.send(tea.WindowSizeMsg{Width: 120, Height: 36})
	r.press("g", "e", "b").types("mach tue 8-1")
	for b.Loop() {
		r.press("7").press("backspace")
	}
}
