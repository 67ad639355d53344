package store

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"interlocal/model"
)

// TestTheIndexByTimeFindsWhatAScanFinds, for a unit and for all, in a draft and
// after it, whatever has been added, moved and taken out.
func TestTheIndexByTimeFindsWhatAScanFinds(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		m := &calendarMachine{s: yard(t, 6)}
		defer m.s.Close()
		compare := func(r model.Reader) {
			from, until := drawTimes(rt)
			from.V -= model.Wall(rapid.IntRange(0, 3).Draw(rt, "weeks before") * model.SpanWeek)
			for _, group := range []uint64{model.AnyGroup, 1, 2, model.DemandGroup("dump truck")} {
				var found []model.ReservationID
				for v := range model.Within[model.Reservation](r, group, from.V, until.V) {
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
			if _, err := Put(tx, &model.Reservation{Unit: 1, Borrower: 2, State: model.Requested, Start: from, End: until}); err != nil {
				return err
			}
			compare(tx)
			return nil
		})
		clean(t, m.s)
	})
}

// overlapping looks at every reservation.
func overlapping(r model.Reader, group uint64, from, until model.Wall) []model.ReservationID {
	var out []model.ReservationID
	for v := range model.All[model.Reservation](r) {
		of := model.UnitGroup(v.Unit)
		if v.Unit == 0 {
			of = model.DemandGroup(v.Category)
		}
		if (group == model.AnyGroup || group == of) && v.Start.V < until && from < v.End.V && v.Start.V < v.End.V {
			out = append(out, v.ID)
		}
	}
	return out
}
