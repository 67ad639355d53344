package lending_test

import (
	"strings"
	"testing"

	"interlocal/model/field/fieldtest"
	"interlocal/model/lending"
	"interlocal/model/partnership"
	"interlocal/model/value"
)

// became is loan 9 in one state and then in another.
func became(from, to lending.ReservationState) (before, after *lending.Reservation) {
	return lent(9, 8, 10, from), lent(9, 8, 10, to)
}

// TestHowALoanGoesOn: which state may follow which, in the order d(raft),
// q (requested), w(ait-listed), a(pproved), o(ut), r(eturned), c(losed),
// D(eclined), X (cancelled), N(o-show), R(ecalled).
func TestHowALoanGoesOn(t *testing.T) {
	states := map[byte]lending.ReservationState{'d': lending.LoanDraft, 'q': lending.Requested, 'w': lending.Waitlisted,
		'a': lending.Approved, 'o': lending.OutOnLoan, 'r': lending.Returned, 'c': lending.Closed,
		'D': lending.Declined,
		'X': lending.Cancelled, 'N': lending.NoShow, 'R': lending.Recalled}
	follows := map[byte]string{'d': "qwaX", 'q': "dwaDX", 'w': "qaDX", 'a': "qwoXNR", 'o': "r", 'r': "c", 'c': "",
		'D': "dqwa", 'X': "dqwa", 'N': "qa", 'R': "qa"}
	r := with(truck(1), covered())
	for from, now := range states {
		for to, then := range states {
			before, after := became(now, then)
			want := from == to || strings.IndexByte(follows[from], to) >= 0
			got := !strings.Contains(strings.Join(fieldtest.Found(r, before, after), "\n"), "does not become")
			if got != want {
				t.Errorf("a loan that is %s becomes %s: %v, want %v", now, then, got, want)
			}
		}
	}
	before, after := became(lending.Approved, lending.Returned)
	out := &lending.Handover{Reservation: 9, Unit: 1, Inspection: lending.Inspection{At: at(0, 8, 0)}}
	back := &lending.Return{Reservation: 9, Unit: 1, Inspection: lending.Inspection{At: at(0, 9, 0)}}
	for name, c := range map[string]struct {
		papers []any
		want   string
	}{
		"with both papers": {[]any{out, back}, ""}, "with the hand-over": {[]any{out}, "state:"},
		"with the return": {[]any{back}, "state:"},
	} {
		if got := marks(with(append(c.papers, truck(1), covered())...), before, after); got != c.want {
			t.Errorf("from approved to returned %s: %q, want %q", name, got, c.want)
		}
	}
}

// TestWhatTheStatesMean: what goes out has a unit and a hand-over, what comes back
// a return, what is closed is settled.
func TestWhatTheStatesMean(t *testing.T) {
	v := func(set func(*lending.Reservation)) *lending.Reservation {
		return but(lent(9, 8, 10, lending.Approved), set)
	}
	state := func(s lending.ReservationState) *lending.Reservation { return lent(9, 8, 10, s) }
	category := func(s lending.ReservationState, lender partnership.PartnerID) *lending.Reservation {
		return v(func(v *lending.Reservation) { v.Unit, v.Category, v.Lender, v.State = 0, "dump truck", lender, s })
	}
	charged := func(s lending.ReservationState, rate value.Cents, per lending.RatePer,
		basis lending.Basis) *lending.Reservation {
		return v(func(v *lending.Reservation) {
			v.State, v.Terms = s, lending.Terms{Basis: basis, Rate: price(rate), Per: per}
		})
	}
	moved := func(s lending.ReservationState, set func(*lending.Reservation)) *lending.Reservation {
		return but(state(s), set)
	}
	unit := but(truck(1), func(e *lending.Equipment) { e.MeterKind = lending.MeterHours })
	bare := with(unit, truck(2), covered())
	checkMarks(t, bare, []change{
		{"approved of nobody", nil, category(lending.Approved, 0), "lender:"},
		{"approved of the owner", nil, category(lending.Approved, owner), ""},
		{"out without a unit", category(lending.Approved, owner), category(lending.OutOnLoan, owner), "unit:"},
		{"out without a hand-over", state(lending.Approved), state(lending.OutOnLoan), "state:"},
		{"entered as out without one", nil, state(lending.OutOnLoan), "state?"},
		{"still out without one", state(lending.OutOnLoan), state(lending.OutOnLoan), "state?"},
		{"back without a return", state(lending.OutOnLoan), state(lending.Returned), "state:"},
		{"entered as back", nil, state(lending.Returned), ""},
		{"closed with nothing to charge", state(lending.Returned), state(lending.Closed), ""},
		{"closed with nothing charged", charged(lending.Returned, 9, lending.PerLoan, lending.BasisFlat),
			charged(lending.Closed, 9, lending.PerLoan, lending.BasisFlat), "state:"},
		{"closed before", charged(lending.Closed, 9, lending.PerLoan, lending.BasisFlat),
			charged(lending.Closed, 9, lending.PerLoan, lending.BasisFlat), ""},
		{"entered as closed", nil, charged(lending.Closed, 9, lending.PerLoan, lending.BasisFlat), ""},
		{"at the highest rate", nil, charged(lending.Approved, 100_000_00, lending.PerHour, lending.BasisMeter), ""},
		{"at a cent more", nil, charged(lending.Approved, 100_000_01, lending.PerHour, lending.BasisMeter),
			"rate_amount:"},
		{"at such a rate as before", charged(lending.Approved, 100_000_01, lending.PerHour, lending.BasisMeter),
			charged(lending.Approved, 100_000_01, lending.PerHour, lending.BasisMeter), ""},
		{"by the mile on a meter of hours", nil, charged(lending.Approved, 70, lending.PerMile, lending.BasisMeter),
			"rate_per:"},
		{"by the mile at one price", nil, charged(lending.Approved, 70, lending.PerMile, lending.BasisFlat), ""},
		{"given another unit", charged(lending.Requested, 70, lending.PerMile, lending.BasisMeter),
			but(charged(lending.Requested, 70, lending.PerMile, lending.BasisMeter),
				func(v *lending.Reservation) { v.Unit = 2 }), ""},
		{"the rate is fixed", charged(lending.Approved, 70, lending.PerHour, lending.BasisMeter),
			charged(lending.Approved, 71, lending.PerHour, lending.BasisMeter), "rate_amount:"},
		{"the rate is fixed at last", state(lending.Approved), charged(lending.Approved, 71, lending.PerHour,
			lending.BasisMeter), ""},
		{"asked for anew", charged(lending.Approved, 70, lending.PerHour, lending.BasisMeter),
			state(lending.Requested), ""},
		{"asked for at another rate", charged(lending.Requested, 70, lending.PerHour, lending.BasisMeter),
			charged(lending.Requested, 71, lending.PerHour, lending.BasisMeter), ""},
		{"of another unit when it is over", state(lending.Returned),
			moved(lending.Returned, func(v *lending.Reservation) { v.Unit = 2 }), "unit:"},
		{"of another city when it is closed", state(lending.Closed),
			moved(lending.Closed, func(v *lending.Reservation) { v.Borrower = third }), "unit:"},
		{"at another rate when it is over", state(lending.Returned),
			charged(lending.Returned, 9, lending.PerLoan, lending.BasisFlat), "unit:"},
		{"noted when it is over", state(lending.Returned),
			moved(lending.Returned, func(v *lending.Reservation) { v.Note = "x" }), ""},
	})
	papers := with(unit, covered(), &lending.Handover{Reservation: 9, Unit: 1},
		&lending.Return{Reservation: 9, Unit: 1})
	checkMarks(t, papers, []change{
		{"out with a hand-over", state(lending.Approved), state(lending.OutOnLoan), ""},
		{"back with a return", state(lending.OutOnLoan), state(lending.Returned), ""},
	})
	k := bare.Schema().Kind("reservations")
	if ps := k.CheckBack(bare, fieldtest.Saturday.At(0, 0), state(lending.Closed),
		state(lending.OutOnLoan)); ps.Err("") != nil {
		t.Errorf("what is taken back is as it was: %v", ps)
	}
}

// TestWhatIsAskedOfABooking, at each bound.
func TestWhatIsAskedOfABooking(t *testing.T) {
	v := func(set func(*lending.Reservation)) *lending.Reservation {
		return but(lent(9, 8, 10, lending.Requested), set)
	}
	some := func(n int64) *lending.Reservation {
		return v(func(v *lending.Reservation) { v.Unit, v.Category, v.Quantity = 0, "roller", value.Some(n) })
	}
	over := func(s lending.ReservationState, end value.Wall) *lending.Reservation {
		return v(func(v *lending.Reservation) { v.State, v.Start, v.End = s, value.Some(end-60), value.Some(end) })
	}
	now := fieldtest.Saturday.At(0, 0)
	checkMarks(t, with(truck(1), covered()), []change{
		{"a unit", nil, v(func(*lending.Reservation) {}), ""},
		{"nothing", nil, v(func(v *lending.Reservation) { v.Unit = 0 }), "unit:"},
		{"any of a category", nil, v(func(v *lending.Reservation) { v.Unit, v.Category = 0, "roller" }), ""},
		{"none", nil, some(0), "quantity:"}, {"one", nil, some(1), ""}, {"a hundred", nil, some(100), ""},
		{"more", nil, some(101), "quantity:"},
		{"one of a unit", nil, v(func(v *lending.Reservation) { v.Quantity = value.Some[int64](1) }), ""},
		{"two of a unit", nil, v(func(v *lending.Reservation) { v.Quantity = value.Some[int64](2) }), "quantity:"},
		{"for three years", nil, v(func(v *lending.Reservation) { v.End.V = v.Start.V + 3*366*1440 }), ""},
		{"for a minute more", nil, v(func(v *lending.Reservation) { v.End.V = v.Start.V + 3*366*1440 + 1 }), "end:"},
		{"kept no longer", nil, v(func(v *lending.Reservation) { v.State, v.Extension = lending.Approved, v.End }),
			"extension:"},
		{"kept a minute longer", nil,
			v(func(v *lending.Reservation) { v.State, v.Extension = lending.Approved, value.Some(v.End.V+1) }), ""},
		{"asked for no longer", nil, v(func(v *lending.Reservation) { v.Extension = v.End }), ""},
		{"over by a minute", nil, over(lending.Requested, now-1), "start?"},
		{"over by now", nil, over(lending.Requested, now), ""},
		{"approved when it is over", nil, over(lending.Approved, now-1), "start?"},
		{"waiting for what is over", nil, over(lending.Waitlisted, now-1), "start?"},
		{"a draft of what is over", nil, over(lending.LoanDraft, now-1), ""},
		{"over since", over(lending.Requested, now-1), over(lending.Requested, now-1), ""},
		{"let pass by nobody", nil, v(func(v *lending.Reservation) {
			v.Passes = []lending.Pass{{For: lending.PassOperator, Reason: "x"},
				{For: lending.PassAgreement, Reason: "x"}}
		}), "passes:"},
		{"let pass for nothing", nil,
			v(func(v *lending.Reservation) { v.Passes = []lending.Pass{{For: lending.PassOperator, Name: "Dana"}} }),
			"passes:"},
		{"let pass", nil, v(func(v *lending.Reservation) {
			v.Passes = []lending.Pass{{For: lending.PassOperator, Name: "Dana", Reason: "storm"}}
		}), ""},
	})
}

// TestWhereAUnitIs: a retired one is not lent, one out of service warns; what
// holds already and stays where it is asks nothing of anybody.
func TestWhereAUnitIs(t *testing.T) {
	retired := but(truck(2), func(e *lending.Equipment) { e.Status = lending.EquipmentRetired })
	out := but(truck(3), func(e *lending.Equipment) { e.Status = lending.EquipmentOut })
	of := func(unit lending.EquipmentID, s lending.ReservationState) *lending.Reservation {
		return but(lent(9, 8, 10, s), func(v *lending.Reservation) { v.Unit = unit })
	}
	category := func(s lending.ReservationState, set func(*lending.Reservation)) *lending.Reservation {
		return but(but(of(0, s), func(v *lending.Reservation) { v.Category, v.Lender = "dump truck", owner }), set)
	}
	same := func(*lending.Reservation) {}
	two := func(v *lending.Reservation) { v.Quantity = value.Some[int64](2) }
	r := with(truck(1), retired, out, covered(), lent(1, 9, 11, lending.Approved))
	held := lent(9, 8, 10, lending.Approved)
	checkMarks(t, r, []change{
		{"retired", nil, of(2, lending.Requested), "unit:"},
		{"retired, as a draft", nil, of(2, lending.LoanDraft), ""},
		{"retired, when it is back", nil, of(2, lending.Returned), ""},
		{"out of service", nil, of(3, lending.Requested), "unit?"},
		{"out of service since", of(3, lending.Requested), of(3, lending.Approved), "unit?"},
		{"exchanged for one out of service", of(1, lending.Requested), of(3, lending.Requested), "unit?"},
		{"approved where it is taken", nil, held, "start:"},
		{"asked for where it is taken", nil, lent(9, 8, 10, lending.Requested), "start?"},
		{"waiting where it is taken", nil, lent(9, 8, 10, lending.Waitlisted), "start?"},
		{"approved where another was let in", held, but(held, func(v *lending.Reservation) { v.Note = "x" }), ""},
		{"begins earlier", held, but(held, func(v *lending.Reservation) { v.Start.V-- }), "start:"},
		{"ends later", held, but(held, func(v *lending.Reservation) { v.End.V++ }), "start:"},
		{"of another unit", of(3, lending.Approved), held, "start:"},
		{"approved at last", lent(9, 8, 10, lending.Requested), held, "start:"},
		{"one of the category", nil, category(lending.Approved, same), "start:"},
		{"asked for one of the category", nil, category(lending.Requested, same), "start?"},
		{"asked of nobody yet", nil, category(lending.Requested, func(v *lending.Reservation) { v.Lender = 0 }), ""},
		{"one of the category, as before", category(lending.Approved, same), category(lending.Approved, same), ""},
		{"more of the category", category(lending.Approved, same), category(lending.Approved, two), "start:"},
		{"of another category", category(lending.Approved, func(v *lending.Reservation) { v.Category = "roller" }),
			category(lending.Approved, same), "start:"},
		{"larger ones", category(lending.Approved, same),
			category(lending.Approved, func(v *lending.Reservation) { v.Minimum = tenths(10) }), "start:"},
		{"of another lender", category(lending.Approved, func(v *lending.Reservation) { v.Lender = third }),
			category(lending.Approved, same), "start:"},
	})
	k := r.Schema().Kind("reservations")
	now := fieldtest.Saturday.At(0, 0)
	for state, refused := range map[lending.ReservationState]bool{lending.OutOnLoan: false, lending.Approved: true} {
		if ps := k.CheckBack(r, now, lent(9, 8, 10, lending.Returned), lent(9, 8, 10, state)); (ps.Err("") != nil) !=
			refused {
			t.Errorf("%s again where another waits: %v", state, ps)
		}
	}
	spring := value.Date(2027, 3, 14)
	zone := with(truck(1), covered(), &partnership.Settings{Name: "P", Zone: "America/Chicago"})
	gap := func(from, until value.Wall) *lending.Reservation {
		return but(held, func(v *lending.Reservation) { v.Start, v.End = value.Some(from), value.Some(until) })
	}
	checkMarks(t, zone, []change{
		{"from a time that is none", nil, gap(spring.At(2, 30), spring.At(9, 0)), "start?"},
		{"that ends before it starts, on the clock", nil, gap(spring.At(2, 30), spring.At(3, 29)), "end:"},
		{"that ends as it starts, on the clock", nil, gap(spring.At(2, 30), spring.At(3, 30)), "end:"},
		{"over the hour that is none", nil, gap(spring.At(1, 30), spring.At(3, 30)), ""},
	})
}

// TestOneUnitIsInOnePlace: of two loans of one unit in the same hours one is
// mistaken, whatever has become of either.
func TestOneUnitIsInOnePlace(t *testing.T) {
	o := func(s lending.ReservationState) *lending.Reservation { return lent(1, 8, 10, s) }
	v := func(from, until int, s lending.ReservationState) *lending.Reservation { return lent(9, from, until, s) }
	back := func(day, hour int) *lending.Return {
		return &lending.Return{Reservation: 1, Unit: 1, Inspection: lending.Inspection{At: at(day, hour, 0)}}
	}
	out := func(hour int) *lending.Handover {
		return &lending.Handover{Reservation: 1, Unit: 1, Inspection: lending.Inspection{At: at(0, hour, 0)}}
	}
	mine := &lending.Handover{Reservation: 9, Unit: 1, Inspection: lending.Inspection{At: at(0, 9, 0)}}
	week := but(v(0, 0, lending.Approved), func(v *lending.Reservation) { v.Start, v.End = at(7, 8, 0), at(7, 10, 0) })
	for _, c := range []struct {
		name          string
		other         []any
		before, after any
		want          string
	}{
		{"promised where one was", []any{o(lending.Returned)}, nil, v(9, 11, lending.Approved), "start:"},
		{"promised where one was that is closed", []any{o(lending.Closed)}, nil, v(9, 11, lending.Approved), "start:"},
		{"promised behind it", []any{o(lending.Returned)}, nil, v(10, 12, lending.Approved), ""},
		{"promised before it", []any{o(lending.Returned)}, nil, v(6, 8, lending.Approved), ""},
		{"promised where one came back earlier", []any{o(lending.Returned), back(0, 9)}, nil,
			v(9, 11, lending.Approved), ""},
		{"promised where one went out later", []any{o(lending.Returned), out(9)}, nil, v(8, 9, lending.Approved), ""},
		{"promised where one came back a week late", []any{o(lending.Returned), back(7, 9)}, nil, week, "start:"},
		{"promised where one is out", []any{o(lending.OutOnLoan)}, nil, v(9, 11, lending.Approved), "start:"},
		{"back where one is out", []any{o(lending.OutOnLoan)}, nil, v(9, 11, lending.Returned), "start:"},
		{"back where one is promised", []any{o(lending.Approved)}, nil, v(9, 11, lending.Returned), "start:"},
		{"closed where one is promised", []any{o(lending.Approved)}, nil, v(9, 11, lending.Closed), "start:"},
		{"back behind one that is promised", []any{o(lending.Approved)}, nil, v(10, 11, lending.Returned), ""},
		{"back where one was asked for", []any{o(lending.Requested)}, nil, v(9, 11, lending.Returned), ""},
		{"back where one was given up", []any{o(lending.Cancelled)}, nil, v(9, 11, lending.Returned), ""},
		{"asked for where one was", []any{o(lending.Returned)}, nil, v(9, 11, lending.Requested), ""},
		{"had before", []any{o(lending.Returned), mine}, v(9, 11, lending.Approved), v(9, 11, lending.OutOnLoan), ""},
		{"had for longer now", []any{o(lending.Returned), mine}, v(10, 11, lending.Approved),
			v(9, 11, lending.OutOnLoan), "start:"},
		{"out where one is out", []any{o(lending.OutOnLoan), mine}, v(9, 11, lending.Approved),
			v(9, 11, lending.OutOnLoan), "unit?"},
		{"out again", []any{o(lending.OutOnLoan), mine}, v(9, 11, lending.OutOnLoan), v(9, 11, lending.OutOnLoan), ""},
	} {
		r := with(append(c.other, truck(1), covered())...)
		if got := marks(r, c.before, c.after); got != c.want {
			t.Errorf("%s: %q, want %q (%q)", c.name, got, c.want, fieldtest.Found(r, c.before, c.after))
		}
	}
}

// TestBookedTogether: all or none.
func TestBookedTogether(t *testing.T) {
	for _, c := range []struct {
		mine   lending.ReservationState
		others string // states in which another of them is, that stand in the way
	}{
		{lending.Approved, "declined cancelled recalled no-show"}, {lending.Requested, ""},
		{lending.Declined, "approved"}, {lending.Cancelled, "approved"},
		{lending.Recalled, "approved"}, {lending.NoShow, "approved"},
		{lending.OutOnLoan, "draft requested waitlisted declined cancelled recalled no-show"},
		{lending.Returned, ""},
	} {
		for _, other := range []lending.ReservationState{lending.LoanDraft, lending.Requested, lending.Waitlisted,
			lending.Approved, lending.Declined,
			lending.Cancelled, lending.Recalled, lending.NoShow, lending.Returned} {
			head := but(lent(8, 8, 10, other), func(v *lending.Reservation) { v.Unit = 2 })
			v := but(lent(9, 8, 10, c.mine), func(v *lending.Reservation) { v.With = 8 })
			r := with(truck(1), truck(2), covered(), head, v)
			got := strings.Contains(" "+marks(r, nil, v), " state:")
			if want := strings.Contains(c.others, string(other)); got != want {
				t.Errorf("%s beside one that is %s: refused %v, want %v", c.mine, other, got, want)
			}
		}
	}
}

// TestPapersOfALoan: an agreement from its first day to its last, and an operator
// who may run the unit; both may be let pass.
func TestPapersOfALoan(t *testing.T) {
	unit := func(rule lending.OperatorRule, proof string) *lending.Equipment {
		return but(truck(1), func(e *lending.Equipment) { e.OperatorRule, e.Qualification = rule, proof })
	}
	ends := func(day int) *partnership.Agreement {
		return but(covered(), func(a *partnership.Agreement) { a.Expires = fieldtest.On(day) })
	}
	person := func(of partnership.PartnerID, proof string, until value.Opt[value.Day]) *partnership.Person {
		return &partnership.Person{ID: 1, Name: "Sam", Partner: of,
			Qualifications: []partnership.Qualification{{Name: proof, Expires: until}}}
	}
	v := func(set func(*lending.Reservation)) *lending.Reservation {
		return but(lent(9, 8, 10, lending.Approved), set)
	}
	run := v(func(v *lending.Reservation) { v.Operator = 1 })
	midnight := v(func(v *lending.Reservation) { v.End = at(1, 0, 0) })
	for _, c := range []struct {
		name   string
		loan   *lending.Reservation
		papers []any
		want   string
	}{
		{"covered", v(func(*lending.Reservation) {}), []any{truck(1), covered()}, ""},
		{"until its last minute", midnight, []any{truck(1), ends(0)}, ""},
		{"but for a minute", v(func(v *lending.Reservation) { v.End = at(1, 0, 1) }), []any{truck(1), ends(0)},
			"borrower?"},
		{"let pass", v(func(v *lending.Reservation) {
			v.Passes = []lending.Pass{{For: lending.PassAgreement, Name: "Dana", Reason: "storm"}}
		}), []any{truck(1)}, ""},
		{"let pass for the operator alone", v(func(v *lending.Reservation) {
			v.Passes = []lending.Pass{{For: lending.PassOperator, Name: "Dana", Reason: "storm"}}
		}), []any{truck(1)}, "borrower?"},
		{"one's own, run by nobody", v(func(v *lending.Reservation) { v.Borrower = owner }),
			[]any{unit(lending.OperatorCertified, "CDL")}, ""},
		{"run by anybody", v(func(*lending.Reservation) {}), []any{unit(lending.OperatorAny, "CDL"), covered()}, ""},
		{"run by the owner's, not named", v(func(*lending.Reservation) {}),
			[]any{unit(lending.OperatorOwner, ""), covered()}, "operator?"},
		{"run by the owner's", run, []any{unit(lending.OperatorOwner, ""), covered(),
			person(owner, "", value.Opt[value.Day]{})}, ""},
		{"run by another's", run, []any{unit(lending.OperatorOwner, ""), covered(),
			person(borrower, "", value.Opt[value.Day]{})}, "operator?"},
		{"run with proof, not named", v(func(*lending.Reservation) {}),
			[]any{unit(lending.OperatorCertified, "CDL"), covered()}, "operator?"},
		{"run with proof", run, []any{unit(lending.OperatorCertified, "CDL"), covered(),
			person(borrower, "cdl", fieldtest.On(0))}, ""},
		{"run with proof that ends", run, []any{unit(lending.OperatorCertified, "CDL"), covered(),
			person(borrower, "cdl", fieldtest.On(-1))}, "operator?"},
		{"run with proof for the category", run, []any{unit(lending.OperatorCertified, ""), covered(),
			person(borrower, "Dump Truck", value.Opt[value.Day]{})}, ""},
		{"let pass without an operator", v(func(v *lending.Reservation) {
			v.Passes = []lending.Pass{{For: lending.PassOperator, Name: "Dana", Reason: "storm"}}
		}), []any{unit(lending.OperatorCertified, "CDL"), covered()}, ""},
	} {
		if got := marks(with(c.papers...), nil, c.loan); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
	checkMarks(t, with(truck(1)), []change{
		{"asked once", lent(9, 8, 10, lending.Approved),
			but(lent(9, 8, 10, lending.Approved), func(v *lending.Reservation) { v.Note = "x" }), ""},
		{"asked at each step", lent(9, 8, 10, lending.Requested), lent(9, 8, 10, lending.Approved), "borrower?"},
		{"asked for another operator", lent(9, 8, 10, lending.Approved), run, "borrower?"},
		{"asked for other hours", lent(9, 8, 9, lending.Approved), lent(9, 8, 10, lending.Approved), "borrower?"},
	})
}

// TestMoreHoursThanTheLoan: a meter that ran longer than its unit was on loan is
// doubted, by more than the tenth to which it is read.
func TestMoreHoursThanTheLoan(t *testing.T) {
	for _, c := range []struct {
		ran     value.Tenths
		counts  lending.MeterKind
		passed  bool
		doubted bool
	}{
		{20, lending.MeterHours, false, false}, {21, lending.MeterHours, false, false},
		{22, lending.MeterHours, false, true},
		{22, lending.MeterMiles, false, false}, {22, lending.MeterHours, true, false},
	} {
		unit := but(truck(1), func(e *lending.Equipment) { e.MeterKind = c.counts })
		v := lent(9, 8, 10, lending.Returned)
		if c.passed {
			v.Passes = []lending.Pass{{For: lending.PassHours, Name: "Dana", Reason: "left running"}}
		}
		r := with(unit, covered(), v, &lending.Handover{Reservation: 9, Unit: 1,
			Inspection: lending.Inspection{At: at(0, 8, 0), Meter: tenths(100)}},
			&lending.Return{Reservation: 9, Unit: 1, Inspection: lending.Inspection{At: at(0, 10, 0),
				Meter: tenths(100 + c.ran)}})
		got := lending.Doubtful(r, v)
		if (len(got) == 1) != c.doubted || c.doubted && (got[0].For != lending.PassHours || got[0].Sentence !=
			"the meter ran 2.2 hours in 2 hours on loan; look at both readings again") {
			t.Errorf("%v %s: %+v", c.ran, c.counts, got)
		}
	}
	full := lending.Inspection{At: at(0, 8, 0), Meter: tenths(100)}
	back := lending.Inspection{At: at(0, 10, 0), Meter: tenths(900)}
	r := with(but(truck(1), func(e *lending.Equipment) { e.MeterKind = lending.MeterHours }))
	if lending.RanLong(r, 1, &full, &back) == nil {
		t.Error("eighty hours in two are believed")
	}
	for name, c := range map[string]struct {
		unit      lending.EquipmentID
		out, back lending.Inspection
	}{
		"no unit":         {2, full, back},
		"not read out":    {1, butOf(full, func(i *lending.Inspection) { i.Meter.Set = false }), back},
		"not read back":   {1, full, butOf(back, func(i *lending.Inspection) { i.Meter.Set = false })},
		"no hour out":     {1, butOf(full, func(i *lending.Inspection) { i.At.Set = false }), back},
		"no hour back":    {1, full, butOf(back, func(i *lending.Inspection) { i.At.Set = false })},
		"back before out": {1, back, butOf(full, func(i *lending.Inspection) { i.Meter = tenths(1700) })},
	} {
		if got := lending.RanLong(r, c.unit, &c.out, &c.back); got != nil {
			t.Errorf("%s: %+v", name, got)
		}
	}
	missing := with(truck(1))
	for state, doubted := range map[lending.ReservationState]bool{lending.Requested: false, lending.Approved: true,
		lending.OutOnLoan: true,
		lending.Returned:  true, lending.Closed: true, lending.Cancelled: false} {
		if got := lending.Doubtful(missing, lent(9, 8, 10, state)); (len(got) == 1) != doubted {
			t.Errorf("%s without an agreement: %+v", state, got)
		}
	}
}

func butOf[T any](v T, change func(*T)) T { return *but(&v, change) }
