package lending_test

import (
	"strings"
	"testing"

	"interlocal/model/field/fieldtest"
	"interlocal/model/lending"
	"interlocal/model/partnership"
	"interlocal/model/value"
)

// TestAMeterDoesNotRunBackwards: a reading stands between the one before it and
// the one after it, on whatever record of the unit's other loans they are.
func TestAMeterDoesNotRunBackwards(t *testing.T) {
	at := func(day, hour int) value.Opt[value.Wall] { return at(day, hour, 0) }
	seen := func(at value.Opt[value.Wall], meter value.Tenths) lending.Inspection {
		return lending.Inspection{At: at, Meter: value.Some(meter), GivenBy: "G Iver", TakenBy: "T Aker"}
	}
	loan := func(id lending.ReservationID) *lending.Reservation {
		return &lending.Reservation{ID: id, Unit: 1, Borrower: 2, State: lending.OutOnLoan, Start: at(-20, 8),
			End: at(-1, 8)}
	}
	r := with(&partnership.Partner{ID: 1, Name: "A", Kind: partnership.City, Status: partnership.Member},
		&partnership.Partner{ID: 2, Name: "B", Kind: partnership.City, Status: partnership.Member},
		&lending.Equipment{ID: 1, Tag: "IN-101", Name: "Truck", Owner: 1, Status: lending.EquipmentActive}, loan(1),
		loan(2), loan(3),
		&lending.Handover{ID: 1, Reservation: 1, Unit: 1, Inspection: seen(at(-10, 7), 22822)},
		&lending.Return{ID: 1, Reservation: 1, Unit: 1, Inspection: seen(at(-8, 11), 23166)},
		&lending.Handover{ID: 2, Reservation: 2, Unit: 1, Inspection: seen(at(-7, 19), 23177)})
	back := func(when value.Opt[value.Wall], meter value.Tenths) *lending.Return {
		return &lending.Return{Reservation: 1, Unit: 1, Inspection: seen(when, meter), Amends: 1}
	}
	out := func(id lending.ReservationID, when value.Opt[value.Wall], meter value.Tenths) *lending.Handover {
		return &lending.Handover{Reservation: id, Unit: 1, Inspection: seen(when, meter), Amends: 2}
	}
	for name, c := range map[string]struct {
		rec  any
		want string
	}{
		"amended downwards":      {back(at(-8, 11), 23106), ""},
		"amended up to the next": {back(at(-8, 11), 23177), ""},
		"amended past the next hand-over": {back(at(-8, 11), 99990), "stood at 2317.7 only at the hand-over of " +
			"reservation #2"},
		"returned the minute it went out": {back(at(-7, 19), 23178), "stood at 2317.7 only at the hand-over of " +
			"reservation #2"},
		"hand-over amended below": {out(2, at(-7, 19), 23165), "stood at 2316.6 already at the return " +
			"of reservation #1"},
		"hand-over amended to the last return": {out(2, at(-7, 19), 23166), ""},
		"a third between the two":              {out(3, at(-8, 12), 23170), ""},
		"a third above the next": {out(3, at(-8, 12), 23200), "stood at 2317.7 only at the hand-over " +
			"of reservation #2"},
	} {
		got := ""
		for _, s := range fieldtest.Found(r, nil, c.rec) {
			if strings.HasPrefix(s, "meter: ") {
				got += s
			}
		}
		if c.want == "" && got != "" || !strings.Contains(got, c.want) {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

// TestClocksThatGoBackMakeNothingRunBackwards: at two they show one again, so
// what came later may bear the smaller time; the night after they do not.
func TestClocksThatGoBackMakeNothingRunBackwards(t *testing.T) {
	night := value.Date(2026, 11, 1) // with clocks of Missouri going back at two
	seen := func(on value.Day, hour, minute int, meter value.Tenths) lending.Inspection {
		return lending.Inspection{At: value.Some(on.At(hour, minute)), Meter: value.Some(meter), GivenBy: "G Iver",
			TakenBy: "T Aker"}
	}
	for on, refused := range map[value.Day]bool{night: false, night + 1: true} {
		r := with(&partnership.Settings{ID: 1, Name: "P", Zone: "America/Chicago"},
			&partnership.Partner{ID: 1, Name: "A", Kind: partnership.City, Status: partnership.Member},
			&lending.Equipment{ID: 1, Tag: "IN-101", Name: "Truck", Owner: 1, Status: lending.EquipmentActive},
			&lending.Reservation{ID: 1, Unit: 1, Borrower: 1, State: lending.OutOnLoan},
			&lending.Reservation{ID: 2, Unit: 1, Borrower: 1, State: lending.OutOnLoan},
			&lending.Handover{ID: 1, Reservation: 1, Unit: 1, Inspection: seen(on, 1, 50, 100)})
		for what, rec := range map[string]any{
			"a return":           &lending.Return{Reservation: 1, Unit: 1, Inspection: seen(on, 1, 10, 110)},
			"the next hand-over": &lending.Handover{Reservation: 2, Unit: 1, Inspection: seen(on, 1, 20, 110)},
		} {
			got := strings.Join(fieldtest.Found(r, nil, rec), "\n")
			if said := strings.Contains(got, "before") || strings.Contains(got, "meter: "); said != refused {
				t.Errorf("%s on %v: %q", what, on, got)
			}
		}
	}
}
