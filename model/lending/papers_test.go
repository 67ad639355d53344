package lending_test

import (
	"testing"

	"interlocal/model/field/fieldtest"
	"interlocal/model/lending"
	"interlocal/model/value"
)

// TestRulesOfPapers: what is noted when a unit changes hands, and what is right of
// it once both have signed.
func TestRulesOfPapers(t *testing.T) {
	out, back := lent(1, 8, 10, lending.Approved), noted(func(h *lending.Handover) { h.Meter = tenths(100) })
	unit := but(truck(1), func(e *lending.Equipment) { e.MeterKind = lending.MeterHours })
	is := func(set func(*lending.Handover)) *lending.Handover { return noted(set) }
	same := func(*lending.Handover) {}
	early := fieldtest.Saturday.At(0, 0)
	checkMarks(t, with(unit, truck(2), out, covered()), []change{
		{"signed by both", nil, is(same), ""},
		{"not given", nil, is(func(h *lending.Handover) { h.GivenBy = "" }), "taken_by?"},
		{"not taken", nil, is(func(h *lending.Handover) { h.TakenBy = "" }), "taken_by?"},
		{"in no condition", nil, is(func(h *lending.Handover) { h.Condition = value.Some[int64](0) }), "condition:"},
		{"poor", nil, is(func(h *lending.Handover) { h.Condition = value.Some[int64](1) }), ""},
		{"as new", nil, is(func(h *lending.Handover) { h.Condition = value.Some[int64](5) }), ""},
		{"better", nil, is(func(h *lending.Handover) { h.Condition = value.Some[int64](6) }), "condition:"},
		{"at less than nothing", nil, is(func(h *lending.Handover) { h.Meter = tenths(-1) }), "meter:"},
		{"at nothing", nil, is(func(h *lending.Handover) { h.Meter = tenths(0) }), ""},
		{"at more than a meter shows", nil, is(func(h *lending.Handover) { h.Meter = tenths(100_000_1) }), "meter:"},
		{"within a day from now", nil, is(func(h *lending.Handover) { h.At = value.Some(early + 1440) }), ""},
		{"later", nil, is(func(h *lending.Handover) { h.At = value.Some(early + 1441) }), "at:"},
		{"at another hour once it is signed", is(same), is(func(h *lending.Handover) { h.At.V++ }), ":"},
		{"at another reading", is(same), is(func(h *lending.Handover) { h.Meter = tenths(9) }), ":"},
		{"with other fuel", is(same), is(func(h *lending.Handover) { h.Fuel = "full" }), ":"},
		{"in another condition", is(same), is(func(h *lending.Handover) { h.Condition = value.Some[int64](4) }), ":"},
		{"given by another", is(same), is(func(h *lending.Handover) { h.GivenBy = "X" }), ":"},
		{"taken by another", is(same), is(func(h *lending.Handover) { h.TakenBy = "X" }), ":"},
		{"with a note", is(same), is(func(h *lending.Handover) { h.Note = "x" }), ""},
		{"before both have signed", is(func(h *lending.Handover) { h.TakenBy = "" }),
			is(func(h *lending.Handover) { h.Meter = tenths(9) }), ""},
		{"at another cost once it is signed", is(same), is(func(h *lending.Handover) { h.Transport = "81" }),
			"transport:"},
		{"at a cost of more than a million", nil, is(func(h *lending.Handover) { h.Transport = "1000000.01" }),
			"transport:"},
		{"at a cost before both have signed", is(func(h *lending.Handover) { h.TakenBy = "" }),
			is(func(h *lending.Handover) { h.Transport = "81" }), ""},
		{"of another unit", nil, is(func(h *lending.Handover) { h.Unit = 2 }), "unit:"},
	})
	amends := func(set func(*lending.Handover)) *lending.Handover {
		return is(func(h *lending.Handover) { h.ID, h.Amends, h.Note = 3, 2, "mistyped"; set(h) })
	}
	r := with(unit, out, covered(), back, noted(func(h *lending.Handover) { h.ID, h.Reservation = 1, 7 }),
		came(func(v *lending.Return) { v.Meter = tenths(150) }))
	checkMarks(t, r, []change{
		{"a second time", nil, is(func(h *lending.Handover) { h.ID = 3 }), "reservation:"},
		{"an amendment", nil, amends(same), ""},
		{"an amendment that does not say why", nil, amends(func(h *lending.Handover) { h.Note = "" }), "note:"},
		{"one that says so no more", amends(same), amends(func(h *lending.Handover) { h.Note = "" }), ""},
		{"an amendment of another loan's", nil, amends(func(h *lending.Handover) { h.Amends = 1 }), "amends:"},
		{"an amendment of itself", back, but(back, func(h *lending.Handover) { h.Amends, h.Note = 2, "x" }), "amends:"},
		{"out as it came back", nil, amends(func(h *lending.Handover) { h.Meter = tenths(150) }), ""},
		{"out above", nil, amends(func(h *lending.Handover) { h.Meter = tenths(151) }), "meter:"},
	})
}

// TestRulesOfAReturn: behind its hand-over, of its unit, and not where another had
// the unit.
func TestRulesOfAReturn(t *testing.T) {
	unit := but(truck(1), func(e *lending.Equipment) { e.MeterKind = lending.MeterHours })
	loan := lent(1, 8, 10, lending.OutOnLoan)
	out := noted(func(h *lending.Handover) { h.Meter = tenths(100) })
	is := func(set func(*lending.Return)) *lending.Return { return came(set) }
	same := func(*lending.Return) {}
	r := with(unit, truck(2), loan, out, covered())
	checkMarks(t, r, []change{
		{"a return", nil, is(same), ""},
		{"of another unit", nil, is(func(v *lending.Return) { v.Unit = 2 }), "unit:"},
		{"as it went out", nil, is(func(v *lending.Return) { v.At, v.Meter = at(0, 8, 0), tenths(100) }), ""},
		{"before it went out", nil, is(func(v *lending.Return) { v.At = at(0, 7, 59) }), "at:"},
		{"below its reading", nil, is(func(v *lending.Return) { v.Meter = tenths(99) }), "meter:"},
		{"at more than a meter shows", nil, is(func(v *lending.Return) { v.Meter = tenths(100_000_1) }), "meter:"},
		{"fuel that cannot be worked out", nil, is(func(v *lending.Return) { v.FuelCost = "about forty" }),
			"fuel_cost:"},
		{"fuel once it is signed", is(same), is(func(v *lending.Return) { v.FuelCost = "40" }), "fuel_cost:"},
		{"transport once it is signed", is(same), is(func(v *lending.Return) { v.Transport = "40" }), "transport:"},
		{"an operator once it is signed", is(same), is(func(v *lending.Return) { v.Operator = "40" }), "operator:"},
		{"fuel before it is signed", is(func(v *lending.Return) { v.GivenBy = "" }),
			is(func(v *lending.Return) { v.FuelCost = "40" }), ""},
		{"at another hour once it is signed", is(same), is(func(v *lending.Return) { v.At.V++ }), ":"},
	})
	fema := but(loan, func(v *lending.Reservation) { v.Terms.Source = lending.SourceFEMA })
	checkMarks(t, with(unit, fema, out), []change{
		{"fuel beside the FEMA rate", nil, is(func(v *lending.Return) { v.FuelCost = "40" }), "fuel_cost?"},
		{"no fuel beside it", nil, is(same), ""},
	})
	r.Add(came(same))
	r.Add(came(func(v *lending.Return) { v.ID, v.Reservation = 1, 7 }))
	checkMarks(t, r, []change{
		{"a second time", nil, is(func(v *lending.Return) { v.ID = 3 }), "reservation:"},
		{"an amendment", nil, is(func(v *lending.Return) { v.ID, v.Amends, v.Note = 3, 2, "x" }), ""},
		{"an amendment that does not say why", nil, is(func(v *lending.Return) { v.ID, v.Amends = 3, 2 }), "note:"},
		{"an amendment of another loan's", nil, is(func(v *lending.Return) { v.ID, v.Amends, v.Note = 3, 1, "x" }),
			"amends:"},
	})
	for state, want := range map[lending.ReservationState]string{lending.Approved: "reservation:",
		lending.OutOnLoan: "reservation?",
		lending.Returned:  "reservation?", lending.Closed: "reservation?"} {
		bare := with(unit, lent(1, 8, 10, state))
		if got := marks(bare, nil, is(same)); got != want {
			t.Errorf("without a hand-over, %s: %q, want %q", state, got, want)
		}
		if got := marks(bare, is(same), is(same)); got != "reservation?" {
			t.Errorf("noted before, without a hand-over, %s: %q", state, got)
		}
	}
	years := noted(func(h *lending.Handover) { h.At = value.Some(at(0, 10, 0).V - 3*366*1440) })
	if got := marks(with(unit, loan, years), nil, is(same)); got != "" {
		t.Errorf("three years to the minute: %q", got)
	}
	years.At.V--
	if got := marks(with(unit, loan, years), nil, is(same)); got != "at:" {
		t.Errorf("a minute more: %q", got)
	}
}

// TestAUnitIsWithOneBorrower: papers by which it was with two at once are refused;
// one may take it in the minute in which the other brings it.
func TestAUnitIsWithOneBorrower(t *testing.T) {
	theirs := []any{truck(1), lent(1, 8, 10, lending.OutOnLoan),
		but(lent(7, 8, 10, lending.Returned), func(v *lending.Reservation) { v.Borrower = third }),
		noted(func(h *lending.Handover) { h.ID, h.Reservation = 1, 7 }),
		came(func(v *lending.Return) { v.ID, v.Reservation = 1, 7 })}
	for _, c := range []struct {
		name      string
		out, back value.Opt[value.Wall]
		atOut     string // what is said of the hand-over while the unit is not back
		atBack    string // and of the return
	}{
		{"before", at(0, 6, 0), at(0, 8, 0), "", ""}, {"into it", at(0, 6, 0), at(0, 8, 1), "", "at:"},
		{"as it begins", at(0, 8, 0), at(0, 9, 0), "", "at:"},
		{"in it", at(0, 8, 1), at(0, 9, 0), "at:", "at:"}, {"out of it", at(0, 9, 59), at(0, 12, 0), "at:", "at:"},
		{"behind it", at(0, 10, 0), at(0, 12, 0), "", ""},
		{"around it", at(0, 6, 0), at(0, 12, 0), "", "at:"},
	} {
		out := noted(func(h *lending.Handover) { h.At = c.out })
		if got := marks(with(theirs...), nil, out); got != c.atOut {
			t.Errorf("out %s: %q, want %q", c.name, got, c.atOut)
		}
		r := with(append(theirs, out)...)
		back := came(func(v *lending.Return) { v.At = c.back })
		if got := marks(r, nil, back); got != c.atBack {
			t.Errorf("back %s: %q, want %q", c.name, got, c.atBack)
		}
		r.Add(back)
		if got := marks(r, nil, out); got != c.atBack {
			t.Errorf("both noted %s: %q, want %q", c.name, got, c.atBack)
		}
	}
}

// TestWhatWasRefusedIsNotAskedAgain: papers on file that overlap others' change in
// what says nothing of the hours.
func TestWhatWasRefusedIsNotAskedAgain(t *testing.T) {
	r := with(truck(1), lent(1, 8, 10, lending.OutOnLoan),
		noted(func(h *lending.Handover) { h.ID, h.Reservation = 1, 7 }),
		came(func(v *lending.Return) { v.ID, v.Reservation = 1, 7 }))
	was := noted(func(h *lending.Handover) { h.At, h.TakenBy = at(0, 9, 0), "" })
	checkMarks(t, r, []change{
		{"signed", was, but(was, func(h *lending.Handover) { h.TakenBy = "T" }), ""},
		{"moved", was, but(was, func(h *lending.Handover) { h.At = at(0, 9, 1) }), "taken_by? at:"},
	})
}

// TestTheLastReadingOfAUnit is the highest that stands, on whatever record.
func TestTheLastReadingOfAUnit(t *testing.T) {
	unit := func(m value.Tenths) *lending.Equipment {
		return but(truck(1), func(e *lending.Equipment) { e.Meter = tenths(m) })
	}
	out := noted(func(h *lending.Handover) { h.Meter = tenths(120) })
	back := came(func(v *lending.Return) { v.Meter = tenths(150) })
	amended := came(func(v *lending.Return) { v.ID, v.Amends, v.Meter = 3, 2, tenths(140) })
	for name, c := range map[string]struct {
		recs []any
		want value.Opt[value.Tenths]
	}{
		"nothing read": {[]any{truck(1)}, value.Opt[value.Tenths]{}}, "its own record": {[]any{unit(90)}, tenths(90)},
		"at a hand-over": {[]any{unit(90), out}, tenths(120)},
		"at a return":    {[]any{unit(90), out, back}, tenths(150)}, "as amended": {[]any{unit(90), out, back, amended},
			tenths(140)},
		"its own record, higher": {[]any{unit(160), out, back}, tenths(160)},
	} {
		if got := lending.MeterOf(with(c.recs...), 1); got != c.want {
			t.Errorf("%s: %+v, want %+v", name, got, c.want)
		}
	}
}
