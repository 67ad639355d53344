package store

import (
	"strings"
	"testing"

	"interlocal/model/failure"
	"interlocal/model/field"
	"interlocal/model/lending"
	"interlocal/model/lending/loans"
	"interlocal/model/value"
)

// A series leaves out what are dates of its own and nothing else; a date that is
// taken is named with the way round it, and nothing is booked until then.
func TestASeriesLeavesItsOwnDatesOut(t *testing.T) {
	s := yard(t, 2)
	agree(t, s)
	put(t, s, keeper(), &lending.Reservation{Unit: 1, Borrower: 3, State: lending.Approved, Start: wall(15, 8),
		End: wall(15, 12)})
	order := loans.Order{Unit: 1, Borrower: 4, Start: wall(1, 8).V, End: wall(1, 12).V,
		Repeat: loans.Repeat{Weeks: 4}}
	book := func() (made loans.Booked, err error) {
		err = attemptStep(s, keeper(), func(tx *Tx, now value.Wall) (err error) {
			made, err = loans.Book(tx, now, order)
			return err
		})
		return made, err
	}
	taken := wall(15, 8).V.Day()
	name, _, _ := strings.Cut(taken.Long(), ",")
	_, err := book()
	if says := refused(t, failure.Conflict, err); !strings.Contains(says, "except "+strings.ToLower(name)) {
		t.Errorf("it says %s", says)
	}
	order.Except = []value.Day{taken + 1}
	_, err = book()
	if says := refused(t, failure.Invalid, err); !strings.Contains(says, "is not one of the dates") {
		t.Errorf("it says %s", says)
	}
	order.Except = []value.Day{taken, taken}
	made, err := book()
	series := field.Get(s.durable.Load(), made.Series)
	if err != nil || len(made.IDs) != 3 || series.Until.V != wall(22, 8).V.Day() {
		t.Fatalf("booked %+v as %+v: %v", made, series, err)
	}
	if times := loans.Expand(series); len(times) != 3 || times[2].Start != wall(22, 8).V {
		t.Errorf("the series comes on %v", times)
	}
	for other := range field.All[lending.Series](s.durable.Load()) {
		if other.ID != series.ID {
			t.Errorf("what was refused left %+v", other)
		}
	}
}
