package store

import (
	"context"
	"fmt"
	"testing"

	"interlocal/model/field"
	"interlocal/model/lending"
	"interlocal/model/lending/loans"
	"interlocal/model/partnership"
	"interlocal/model/value"
)

// fleet makes a file with units in ten categories and so many loans, a week
// apart for each unit.
func fleet(b *testing.B, units, loans int) *Store {
	b.Helper()
	s, _ := founded(b)
	first := value.Date(2026, 1, 5)
	update(b, s, keeper(), func(tx *Tx) error {
		for i := range units {
			e := &lending.Equipment{Tag: fmt.Sprintf("T-%d", i+1), Name: "Machine",
				Category: fmt.Sprint("category ", i%10), Owner: partnership.PartnerID(1 + i%5),
				Size: value.Some(value.Tenths(10 * (1 + i%20))), Status: lending.EquipmentActive, Shareable: true}
			if _, err := field.Put(tx, e); err != nil {
				return err
			}
		}
		return nil
	})
	rows := make([]*lending.Reservation, loans)
	for i := range rows {
		day := first + value.Day(7*(i/units)+i%5)
		rows[i] = &lending.Reservation{Unit: lending.EquipmentID(1 + i%units),
			Borrower: partnership.PartnerID(1 + (i+1)%5), State: lending.Approved,
			Start: value.Some(day.At(7, 0)), End: value.Some((day + 2).At(17, 0))}
	}
	for len(rows) > 0 {
		n := min(20_000, len(rows))
		update(b, s, keeper(), func(tx *Tx) error {
			for _, v := range rows[:n] {
				if _, err := field.Put(tx, v); err != nil {
					return err
				}
			}
			return nil
		})
		rows = rows[n:]
	}
	return s
}

// BenchmarkWhatFits asks what fits some dates among 10,000 units with 200,000
// loans: of one category, and of all.
func BenchmarkWhatFits(b *testing.B) {
	s := fleet(b, 10_000, 200_000)
	start := value.Date(2026, 4, 14)
	for name, category := range map[string]string{"category": "category 3", "all": ""} {
		b.Run(name, func(b *testing.B) {
			view := s.As(keeper()).View()
			q := loans.Query{Start: start.At(8, 0), End: (start + 2).At(17, 0), Category: category, Borrower: 3}
			loans.Find(lending.CalendarOf(view, start.At(6, 0)), q) // the index is made when first asked for
			for b.Loop() {
				cal := lending.CalendarOf(view, start.At(6, 0))
				if len(loans.Find(cal, q)) == 0 {
					b.Fatal("nothing fits")
				}
			}
		})
	}
}

// BenchmarkBookingAmongMany books beside 200,000 loans, without waiting for
// the disk.
func BenchmarkBookingAmongMany(b *testing.B) {
	s := fleet(b, 10_000, 200_000)
	n := 0
	for b.Loop() {
		day := value.Date(2032, 1, 1) + value.Day(n/10_000)
		v := &lending.Reservation{Unit: lending.EquipmentID(1 + n%10_000), Borrower: 2, State: lending.Approved,
			Start: value.Some(day.At(8, 0)), End: value.Some(day.At(17, 0))}
		if _, err := s.Update(context.Background(), keeper(), Op{Title: "book"},
			func(tx *Tx) error { _, err := field.Put(tx, v); return err }); err != nil {
			b.Fatal(err)
		}
		n++
	}
}

// hourly gives the n-th hour by day, from six to six.
func hourly(first value.Wall, n int) value.Wall {
	return first + value.Wall(n/12)*24*60 + value.Wall(6+n%12)*60
}

// BenchmarkOneUnitsHistory asks whether one unit is free, with more and more
// loans behind it.
func BenchmarkOneUnitsHistory(b *testing.B) {
	for _, loans := range []int{1_000, 10_000, 100_000} {
		b.Run(fmt.Sprint(loans), func(b *testing.B) {
			s, _ := founded(b)
			update(b, s, keeper(), func(tx *Tx) error {
				_, err := field.Put(tx, &lending.Equipment{Tag: "T-1", Name: "Truck", Owner: 1,
					Status: lending.EquipmentActive, Shareable: true})
				return err
			})
			first := value.Date(2020, 1, 1).At(0, 0)
			for done := 0; done < loans; {
				n := min(20_000, loans-done)
				update(b, s, keeper(), func(tx *Tx) error {
					for i := range n {
						at := hourly(first, done+i)
						v := &lending.Reservation{Unit: 1, Borrower: 2, State: lending.Approved, Start: value.Some(at),
							End: value.Some(at + 45)}
						if _, err := field.Put(tx, v); err != nil {
							return err
						}
					}
					return nil
				})
				done += n
			}
			cal := lending.CalendarOf(s.As(keeper()).View(), first)
			at := hourly(first, loans/2)
			cal.Free(lending.Claim{Unit: 1, From: at, Until: at + 30})
			for b.Loop() {
				if cal.Free(lending.Claim{Unit: 1, From: at, Until: at + 30}) {
					b.Fatal("it is taken")
				}
			}
		})
	}
}
