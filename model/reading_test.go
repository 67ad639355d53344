package model

import (
	"strings"
	"testing"
)

// TestAMeterDoesNotRunBackwards: a reading stands between the one before it and
// the one after it, on whatever record of the unit's other loans they are.
func TestAMeterDoesNotRunBackwards(t *testing.T) {
	at := func(day, hour int) Opt[Wall] { return Some((someDay + Day(day)).At(hour, 0)) }
	seen := func(at Opt[Wall], meter Tenths) Inspection {
		return Inspection{At: at, Meter: Some(meter), GivenBy: "G Iver", TakenBy: "T Aker"}
	}
	loan := func(id ReservationID) *Reservation {
		return &Reservation{ID: id, Unit: 1, Borrower: 2, State: OutOnLoan, Start: at(-20, 8), End: at(-1, 8)}
	}
	r := with(&Partner{ID: 1, Name: "A", Kind: City, Status: Member}, &Partner{ID: 2, Name: "B", Kind: City, Status: Member},
		&Equipment{ID: 1, Tag: "IN-101", Name: "Truck", Owner: 1, Status: EquipmentActive}, loan(1), loan(2), loan(3),
		&Handover{ID: 1, Reservation: 1, Unit: 1, Inspection: seen(at(-10, 7), 22822)},
		&Return{ID: 1, Reservation: 1, Unit: 1, Inspection: seen(at(-8, 11), 23166)},
		&Handover{ID: 2, Reservation: 2, Unit: 1, Inspection: seen(at(-7, 19), 23177)})
	back := func(when Opt[Wall], meter Tenths) *Return {
		return &Return{Reservation: 1, Unit: 1, Inspection: seen(when, meter), Amends: 1}
	}
	out := func(id ReservationID, when Opt[Wall], meter Tenths) *Handover {
		return &Handover{Reservation: id, Unit: 1, Inspection: seen(when, meter), Amends: 2}
	}
	for name, c := range map[string]struct {
		rec  any
		want string
	}{
		"amended downwards":                    {back(at(-8, 11), 23106), ""},
		"amended up to the next":               {back(at(-8, 11), 23177), ""},
		"amended past the next hand-over":      {back(at(-8, 11), 99990), "stood at 2317.7 only at the hand-over of reservation #2"},
		"returned the minute it went out":      {back(at(-7, 19), 23178), "stood at 2317.7 only at the hand-over of reservation #2"},
		"hand-over amended below":              {out(2, at(-7, 19), 23165), "stood at 2316.6 already at the return of reservation #1"},
		"hand-over amended to the last return": {out(2, at(-7, 19), 23166), ""},
		"a third between the two":              {out(3, at(-8, 12), 23170), ""},
		"a third above the next":               {out(3, at(-8, 12), 23200), "stood at 2317.7 only at the hand-over of reservation #2"},
	} {
		got := ""
		for _, s := range found(r, nil, c.rec) {
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
	night := Date(2026, 11, 1) // with clocks of Missouri going back at two
	seen := func(on Day, hour, minute int, meter Tenths) Inspection {
		return Inspection{At: Some(on.At(hour, minute)), Meter: Some(meter), GivenBy: "G Iver", TakenBy: "T Aker"}
	}
	for on, refused := range map[Day]bool{night: false, night + 1: true} {
		r := with(&Settings{ID: 1, Name: "P", Zone: "America/Chicago"},
			&Partner{ID: 1, Name: "A", Kind: City, Status: Member},
			&Equipment{ID: 1, Tag: "IN-101", Name: "Truck", Owner: 1, Status: EquipmentActive},
			&Reservation{ID: 1, Unit: 1, Borrower: 1, State: OutOnLoan},
			&Reservation{ID: 2, Unit: 1, Borrower: 1, State: OutOnLoan},
			&Handover{ID: 1, Reservation: 1, Unit: 1, Inspection: seen(on, 1, 50, 100)})
		for what, rec := range map[string]any{
			"a return":           &Return{Reservation: 1, Unit: 1, Inspection: seen(on, 1, 10, 110)},
			"the next hand-over": &Handover{Reservation: 2, Unit: 1, Inspection: seen(on, 1, 20, 110)},
			"an adjournment": &Meeting{Name: "M", State: MeetingClosed, Start: Some(on.At(1, 0)),
				Opened: Some(on.At(1, 50)), Closed: Some(on.At(1, 10))},
		} {
			got := strings.Join(found(r, nil, rec), "\n")
			if said := strings.Contains(got, "before") || strings.Contains(got, "meter: "); said != refused {
				t.Errorf("%s on %v: %q", what, on, got)
			}
		}
	}
}
