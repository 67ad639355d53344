package lending_test

import (
	"strings"
	"testing"

	"interlocal/model/lending"
)

// TestWhoTakesEachStepOfALoan: the owner approves, declines, recalls and closes;
// the borrower asks and gives up; both hand over and take back.
func TestWhoTakesEachStepOfALoan(t *testing.T) {
	v := func(s lending.ReservationState, set func(*lending.Reservation)) *lending.Reservation {
		return but(lent(9, 8, 10, s), set)
	}
	same := func(*lending.Reservation) {}
	state := func(s lending.ReservationState) *lending.Reservation { return lent(9, 8, 10, s) }
	charged := func(v *lending.Reservation) { v.Terms = lending.Terms{Basis: lending.BasisWaived} }
	passed := func(v *lending.Reservation) {
		v.Passes = []lending.Pass{{For: lending.PassOperator, Name: "D", Reason: "x"}}
	}
	others := but(truck(2), func(e *lending.Equipment) { e.Owner = third })
	to := func(from, to lending.ReservationState, who string) mayStep {
		return mayStep{"from " + string(from) + " to " + string(to), state(from), state(to), who}
	}
	var gone *lending.Reservation
	checkSteps(t, with(truck(1), others), "reservations", []mayStep{
		{"deleting a request", state(lending.Requested), gone, "obt"},
		{"deleting a promise", state(lending.Approved), gone, "o"},
		{"deleting one that is out", state(lending.OutOnLoan), gone, "o"},
		{"asking", nil, state(lending.Requested), "obt"}, // whose it is, is asked elsewhere
		{"entering a promise", nil, state(lending.Approved), "o"},
		{"entering one that is out", nil, state(lending.OutOnLoan), "o"},
		{"entering one that is back", nil, state(lending.Returned), "o"},
		{"entering one that is closed", nil, state(lending.Closed), "o"},
		{"entering one given up", nil, state(lending.Cancelled), "obt"},
		to(lending.Requested, lending.Approved, "o"), to(lending.Cancelled, lending.Approved, "o"),
		to(lending.OutOnLoan, lending.Approved, "obt"),
		to(lending.Requested, lending.Declined, "o"), to(lending.Approved, lending.NoShow, "o"),
		to(lending.Approved, lending.Recalled, "o"),
		to(lending.Returned, lending.Closed, "o"), to(lending.Approved, lending.Requested, "ob"),
		to(lending.Requested, lending.Cancelled, "b"),
		to(lending.Approved, lending.Cancelled, "b"), to(lending.Approved, lending.OutOnLoan, "obt"),
		to(lending.OutOnLoan, lending.Returned, "obt"),
		{"declining what was first asked of another", v(lending.Requested, func(v *lending.Reservation) { v.Unit = 2 }),
			state(lending.Declined), "ot"},
		{"asking another for what was asked of one", v(lending.Declined, func(v *lending.Reservation) { v.Unit = 2 }),
			state(lending.Requested), "obt"},
		{"asking at one's own rate", nil, v(lending.Requested, charged), "o"},
		{"drafting at one's own rate", nil, v(lending.LoanDraft, charged), "o"},
		{"waiting at one's own rate", nil, v(lending.Waitlisted, charged), "o"},
		{"letting one's own request pass", state(lending.Requested), v(lending.Requested, passed), "o"},
		{"keeping what was let pass", v(lending.Requested, passed), v(lending.Requested, passed), "obt"},
		{"keeping the rate", v(lending.Requested, charged), v(lending.Requested, charged), "obt"},
		{"giving a rate up", v(lending.Requested, charged), state(lending.Requested), "obt"},
		{"noting", state(lending.Approved), v(lending.Approved, func(v *lending.Reservation) { v.Note = "x" }), "obt"},
		{"shortening", state(lending.Approved),
			v(lending.Approved, func(v *lending.Reservation) { v.Start.V++; v.End.V-- }), "obt"},
		{"beginning earlier", state(lending.Approved),
			v(lending.Approved, func(v *lending.Reservation) { v.Start.V-- }), "o"},
		{"ending later", state(lending.OutOnLoan), v(lending.OutOnLoan, func(v *lending.Reservation) { v.End.V++ }),
			"o"},
		{"taking another unit", state(lending.Approved),
			v(lending.Approved, func(v *lending.Reservation) { v.Unit = 2 }), "t"},
		{"asking of another", v(lending.Approved,
			func(v *lending.Reservation) { v.Unit, v.Category, v.Lender = 0, "x", owner }),
			v(lending.Approved, func(v *lending.Reservation) { v.Unit, v.Category, v.Lender = 0, "x", third }), "t"},
		{"asking for other hours", v(lending.Requested, same),
			v(lending.Requested, func(v *lending.Reservation) { v.End.V++ }), "obt"},
	})
	for other, who := range map[lending.ReservationState]string{lending.Declined: "obt", lending.Recalled: "obt",
		lending.Cancelled: "obt", lending.NoShow: "obt", lending.Approved: "b"} {
		r := with(truck(1), others, v(other, func(v *lending.Reservation) { v.ID, v.Unit = 8, 2 }))
		checkSteps(t, r, "reservations",
			[]mayStep{{"giving up beside one that is " + string(other),
				v(lending.Approved, func(v *lending.Reservation) { v.With = 8 }),
				v(lending.Cancelled, func(v *lending.Reservation) { v.With = 8 }), who}})
	}
}

// TestOneOfSeveralIsHandedOver by its borrower, who enters no other loan that has
// begun: it is parted from those of the category that their lender has promised.
func TestOneOfSeveralIsHandedOver(t *testing.T) {
	promised := &lending.Reservation{ID: 8, Category: "Dump Truck", Lender: owner, Borrower: borrower,
		State: lending.Approved, Start: at(0, 8, 0), End: at(0, 10, 0)}
	part := but(lent(9, 8, 10, lending.OutOnLoan),
		func(v *lending.Reservation) { v.Category, v.Lender, v.With = "dump truck", owner, 8 })
	paper := &lending.Handover{Reservation: 9, Unit: 1}
	for name, c := range map[string]struct {
		set   func(head *lending.Reservation)
		paper bool
		who   string
	}{
		"promised":          {func(*lending.Reservation) {}, true, "obt"},
		"without a paper":   {func(*lending.Reservation) {}, false, "o"},
		"asked for":         {func(v *lending.Reservation) { v.State = lending.Requested }, true, "o"},
		"of a unit":         {func(v *lending.Reservation) { v.Unit = 1 }, true, "o"},
		"of another lender": {func(v *lending.Reservation) { v.Lender = third }, true, "o"},
		"to another city":   {func(v *lending.Reservation) { v.Borrower = third }, true, "o"},
		"of another sort":   {func(v *lending.Reservation) { v.Category = "roller" }, true, "o"},
	} {
		r := with(truck(1), but(promised, c.set), part)
		if c.paper {
			r.Add(but(paper, func(*lending.Handover) {}))
		}
		checkSteps(t, r, "reservations", []mayStep{{name, nil, part, c.who}})
	}
}

// TestWhoseALoanIs: the borrower's, the lender's and, booked together, those of the
// others' lenders; asked of nobody in particular, anybody's who has one.
func TestWhoseALoanIs(t *testing.T) {
	others := but(truck(2), func(e *lending.Equipment) { e.Owner = third })
	alone := lent(9, 8, 10, lending.Requested)
	r := with(truck(1), others, alone)
	checkParties(t, r, "a loan", alone, borrower, owner)
	checkParties(t, r, "a loan of one's own", but(alone, func(v *lending.Reservation) { v.Borrower = owner }), owner)
	checkParties(t, r, "asked of one", &lending.Reservation{Borrower: borrower, Category: "dump truck", Lender: third},
		borrower, third)
	checkParties(t, r, "asked of anybody", &lending.Reservation{Borrower: borrower, Category: "dump truck"}, borrower,
		owner, third)
	checkParties(t, r, "asked for what nobody has", &lending.Reservation{Borrower: borrower, Category: "crane"},
		borrower)
	r.Add(but(truck(3), func(e *lending.Equipment) { e.Owner, e.Category = third, "" }))
	checkParties(t, r, "of a unit, whatever its category",
		but(alone, func(v *lending.Reservation) { v.Category = "dump truck" }), borrower, owner)
	checkParties(t, r, "of nothing yet", &lending.Reservation{Borrower: borrower}, borrower)
	second := but(lent(10, 8, 10, lending.Requested), func(v *lending.Reservation) { v.Unit, v.With = 2, 9 })
	r.Add(second)
	checkParties(t, r, "the first of two", alone, borrower, owner, third)
	checkParties(t, r, "the second of two", second, borrower, third, owner)
	checkParties(t, r, "a hand-over", &lending.Handover{Reservation: 10}, borrower, third, owner)
	checkParties(t, r, "a return of nothing", &lending.Return{Reservation: 99})
	if got := lending.Together(r, second); len(got) != 2 || got[0].ID != 10 || got[1].ID != 9 {
		t.Errorf("%+v", got)
	}
	if got := lending.Together(r, &lending.Reservation{Unit: 1}); len(got) != 1 {
		t.Errorf("one that is not on file yet: %+v", got)
	}
	var out []lending.ReservationID
	r.Add(lent(11, 8, 10, lending.OutOnLoan))
	r.Add(&lending.Reservation{ID: 12, Category: "crane", State: lending.OutOnLoan})
	for v := range lending.OutNow(r) {
		out = append(out, v.ID)
	}
	if len(out) != 1 || out[0] != 11 {
		t.Errorf("out are %v", out)
	}
}

// TestWhatBecameOfALoan: what is over, what holds its unit, what has begun.
func TestWhatBecameOfALoan(t *testing.T) {
	for state, want := range map[lending.ReservationState]string{lending.LoanDraft: "", lending.Requested: "",
		lending.Waitlisted: "", lending.Approved: "holds",
		lending.OutOnLoan: "holds begun", lending.Returned: "begun", lending.Closed: "begun ended",
		lending.Declined: "ended", lending.Cancelled: "ended",
		lending.NoShow: "ended", lending.Recalled: "ended"} {
		v := lending.Reservation{State: state}
		if v.Holds() != strings.Contains(want, "holds") || v.Begun() != strings.Contains(want, "begun") ||
			v.Ended() != strings.Contains(want, "ended") {
			t.Errorf("%s: want %q", state, want)
		}
	}
	one := lent(1, 8, 10, lending.Approved)
	for _, c := range []struct {
		from, until int
		want        bool
	}{{6, 8, false}, {7, 9, true}, {9, 11, true}, {10, 12, false}} {
		if got := one.Overlaps(lent(2, c.from, c.until, lending.Approved)); got != c.want {
			t.Errorf("from %d until %d: %v", c.from, c.until, got)
		}
	}
	unset := func(set func(*lending.Reservation)) *lending.Reservation { return but(one, set) }
	for name, o := range map[string]*lending.Reservation{
		"no start": unset(func(v *lending.Reservation) { v.Start.Set = false }),
		"no end":   unset(func(v *lending.Reservation) { v.End.Set = false }),
	} {
		if one.Overlaps(o) || o.Overlaps(one) {
			t.Errorf("%s: shares a moment", name)
		}
	}
}
