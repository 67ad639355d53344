package store

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"interlocal/model/field"
	"interlocal/model/lending"
	"interlocal/model/value"
)

// TestTheIndexByTimeFindsWhatAScanFinds, for a unit and for all, in a draft and
// after it, whatever has been added, moved and taken out.
func TestTheIndexByTimeFindsWhatAScanFinds(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		m := &calendarMachine{s: yard(t, 6)}
		defer m.s.Close()
		compare := func(r field.Reader) {
			from, until := drawTimes(rt)
			from.V -= value.Wall(rapid.IntRange(0, 3).Draw(rt, "weeks before") * value.SpanWeek)
			for _, group := range []uint64{field.AnyGroup, 1, 2, lending.DemandGroup("dump truck")} {
				var found []lending.ReservationID
				for v := range field.Within[lending.Reservation](r, group, from.V, until.V) {
					found = append(found, v.ID)
				}
				slices.Sort(found)
				if want := overlapping(r, group, from.V, until.V); !slices.Equal(found, want) {
					rt.Fatalf("group %d from %v until %v: %v, by a scan %v", group, from.V, until.V, found, want)
				}
			}
		}
		for range 6 {
			m.book(rt)
			m.change(rt)
			compare(m.s.durable.Load())
		}
		m.try(func(tx *Tx) error {
			from, until := drawTimes(rt)
			if _, err := field.Put(tx, &lending.Reservation{Unit: 1, Borrower: 2, State: lending.Requested, Start: from,
				End: until}); err != nil {
				return err
			}
			compare(tx)
			return nil
		})
		clean(t, m.s)
	})
}

// overlapping looks at every reservation.
func overlapping(r field.Reader, group uint64, from, until value.Wall) []lending.ReservationID {
	var out []lending.ReservationID
	for v := range field.All[lending.Reservation](r) {
		of := lending.UnitGroup(v.Unit)
		if v.Unit == 0 {
			of = lending.DemandGroup(v.Category)
		}
		if (group == field.AnyGroup || group == of) && v.Start.V < until && from < v.End.V && v.Start.V < v.End.V {
			out = append(out, v.ID)
		}
	}
	return out
}
