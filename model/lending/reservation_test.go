package lending_test

import (
	"slices"
	"strings"
	"testing"

	"interlocal/model/field/fieldtest"
	"interlocal/model/lending"
	"interlocal/model/partnership"
	"interlocal/model/value"
)

func TestReservationRules(t *testing.T) {
	at := func(hour int) value.Opt[value.Wall] { return value.Some(fieldtest.Saturday.At(hour, 0)) }
	loan := func(from, until int, state lending.ReservationState) *lending.Reservation {
		return &lending.Reservation{ID: 9, Unit: 1, Borrower: 4, Start: at(from), End: at(until), State: state}
	}
	held := func(from, until int, state lending.ReservationState) *lending.Reservation {
		return &lending.Reservation{ID: 1, Unit: 1, Borrower: 3, Start: at(from), End: at(until), State: state}
	}
	unit := &lending.Equipment{ID: 1, Tag: "RT-104", Name: "Truck", Owner: 5, Status: lending.EquipmentActive}
	covered := &partnership.Agreement{ID: 1, Parties: []partnership.PartnerID{3, 4, 5},
		Status: partnership.AgreementSigned, Effective: fieldtest.On(-10)}
	const taken = "start: RT-104 is taken from Sat Feb 20, 2027 8:00 am until Sat Feb 20, 2027 10:00 am (reservation #1)"
	for name, c := range map[string]struct {
		other *lending.Reservation
		rec   *lending.Reservation
		want  []string
	}{
		"free":              {nil, loan(8, 10, lending.Approved), nil},
		"ends as it starts": {nil, loan(8, 8, lending.Approved), []string{"end: the loan ends before it starts"}},
		"ends before":       {nil, loan(8, 7, lending.Requested), []string{"end: the loan ends before it starts"}},
		"right after":       {held(8, 10, lending.Approved), loan(10, 12, lending.Approved), nil},
		"right before":      {held(8, 10, lending.Approved), loan(6, 8, lending.Approved), nil},
		"one hour into it":  {held(8, 10, lending.Approved), loan(9, 12, lending.Approved), []string{taken}},
		"around it":         {held(8, 10, lending.OutOnLoan), loan(7, 11, lending.Approved), []string{taken}},
		"inside it": {held(8, 10, lending.Approved), loan(9, 10, lending.OutOnLoan),
			[]string{"state? its hand-over is not recorded", taken}},
		"asking warns": {held(8, 10, lending.Approved), loan(8, 10, lending.Requested),
			[]string{strings.Replace(taken, ":", "?", 1)}},
		"asked for by another": {held(8, 10, lending.Requested), loan(8, 10, lending.Approved), nil},
		"returned by another": {held(8, 10, lending.Returned), loan(8, 10, lending.Approved),
			[]string{strings.Replace(strings.Replace(taken, "RT-104 is taken", "the unit was on loan", 1),
				" (reservation #1)",
				" already (reservation #1); one of the two is mistaken", 1)}},
		"cancelled by another": {held(8, 10, lending.Cancelled), loan(8, 10, lending.Approved), nil},
		"itself": {nil, &lending.Reservation{ID: 1, Unit: 1, Borrower: 4, Start: at(8), End: at(9),
			State: lending.Approved}, nil},
		"another's unit of its own": {&lending.Reservation{ID: 1, Unit: 2, Borrower: 3, Start: at(8), End: at(10),
			State: lending.Approved}, loan(8, 10, lending.Approved), nil},
	} {
		r := with(unit, &lending.Equipment{ID: 2, Tag: "X", Name: "Y", Owner: 5, Status: lending.EquipmentActive},
			covered)
		if c.other != nil {
			r.Add(c.other)
		}
		if name == "itself" {
			r.Add(c.rec)
		}
		if got := fieldtest.Found(r, nil, c.rec); !slices.Equal(got, c.want) {
			t.Errorf("%s:\n got %q\nwant %q", name, got, c.want)
		}
	}
}

func TestReservationAgreements(t *testing.T) {
	loan := &lending.Reservation{ID: 9, Unit: 1, Borrower: 4, Start: value.Some(fieldtest.Saturday.At(8, 0)),
		End: value.Some(fieldtest.Saturday.At(9, 0)), State: lending.Approved}
	unit := lending.Equipment{ID: 1, Tag: "RT-104", Name: "Truck", Owner: 5, Status: lending.EquipmentActive}
	agreement := partnership.Agreement{ID: 1, Parties: []partnership.PartnerID{4, 5},
		Status: partnership.AgreementSigned, Effective: fieldtest.On(-10)}
	warning := []string{"borrower? no agreement between owner and borrower is on file for that day; check with counsel"}
	if got := fieldtest.Found(with(&unit, &agreement), nil, loan); got != nil {
		t.Errorf("covered: %q", got)
	}
	if got := fieldtest.Found(with(&unit), nil, loan); !slices.Equal(got, warning) {
		t.Errorf("not covered: %q", got)
	}
	expired := agreement
	expired.Expires = fieldtest.On(-1)
	if got := fieldtest.Found(with(&unit, &expired), nil, loan); !slices.Equal(got, warning) {
		t.Errorf("expired: %q", got)
	}
	own := *loan
	own.Borrower = 5
	if got := fieldtest.Found(with(&unit), nil, &own); got != nil {
		t.Errorf("one's own unit: %q", got)
	}
	retired := unit
	retired.Status = lending.EquipmentRetired
	if got := fieldtest.Found(with(&retired, &agreement), nil, loan); !slices.Equal(got,
		[]string{"unit: RT-104 is retired"}) {
		t.Errorf("retired: %q", got)
	}
}

func TestOverdue(t *testing.T) {
	end := value.Some(fieldtest.Saturday.At(17, 0))
	for name, c := range map[string]struct {
		v    lending.Reservation
		want bool
	}{
		"a minute past":   {lending.Reservation{State: lending.OutOnLoan, End: value.Some(end.V - 1)}, true},
		"on the minute":   {lending.Reservation{State: lending.OutOnLoan, End: end}, false},
		"no end recorded": {lending.Reservation{State: lending.OutOnLoan}, false},
		"never out":       {lending.Reservation{State: lending.Approved, End: value.Some(end.V - 60)}, false},
		"returned":        {lending.Reservation{State: lending.Returned, End: value.Some(end.V - 60)}, false},
	} {
		if got := c.v.Overdue(end.V); got != c.want {
			t.Errorf("%s: %v", name, got)
		}
	}
	var open lending.Reservation
	if open.Overlaps(&lending.Reservation{Start: end, End: end}) {
		t.Error("a loan without times overlaps another")
	}
}
