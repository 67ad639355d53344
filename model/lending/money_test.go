package lending_test

import (
	"bytes"
	"encoding/binary"
	"strings"
	"testing"

	"interlocal/model/field/fieldtest"
	"interlocal/model/lending"
	"interlocal/model/value"
)

func line(set func(*lending.Charge)) *lending.Charge {
	return but(&lending.Charge{ID: 1, Lender: owner, Borrower: borrower, On: fieldtest.On(0), Basis: lending.BasisMeter,
		Quantity: tenths(123),
		Rate:     price(99_66), Usage: money(1225_82), State: lending.Accrued}, set)
}

func noted(set func(*lending.Handover)) *lending.Handover {
	return but(&lending.Handover{ID: 2, Reservation: 1, Unit: 1, Inspection: lending.Inspection{At: at(0, 8, 0),
		GivenBy: "G", TakenBy: "T"}}, set)
}

func came(set func(*lending.Return)) *lending.Return {
	return but(&lending.Return{ID: 2, Reservation: 1, Unit: 1, Inspection: lending.Inspection{At: at(0, 10, 0),
		GivenBy: "G", TakenBy: "T"}}, set)
}

// TestAmountsAreRoundedHalfUp, and parts add up to the line.
func TestAmountsAreRoundedHalfUp(t *testing.T) {
	for _, c := range []struct {
		quantity value.Tenths
		rate     value.Price
		want     value.Cents
	}{{123, 99_6600, 1225_82}, {1, 5_00, 1}, {1, 4_00, 0}, {-1, 5_00, -1}, {-1, 4_00, 0}, {0, 5_00, 0},
		{315, 120_7400, 3803_31}, {-315, 120_7400, -3803_31},
		// A mile at 72.5 cents: rounded once, at the line.
		{10, 72_50, 73}, {20, 72_50, 1_45}, {1234, 72_50, 89_47}, {124, 2_3456, 29_09}} {
		if got := c.rate.Times(c.quantity); got != c.want {
			t.Errorf("%v at %v is %v, want %v", c.quantity, c.rate, got, c.want)
		}
	}
	all := line(func(v *lending.Charge) {
		v.Usage, v.Operator, v.Fuel, v.Transport, v.Damage, v.Credit = money(1), money(20), money(300), money(4000),
			money(50000), money(7)
	})
	if all.Total() != 54314 {
		t.Errorf("%v", all.Total())
	}
	for name, c := range map[string]struct {
		set  func(*lending.Charge)
		open bool
	}{
		"complete":        {func(*lending.Charge) {}, false},
		"without its use": {func(v *lending.Charge) { v.Usage.Set = false }, true},
		"waived": {func(v *lending.Charge) { v.Usage.Set, v.Basis = false, lending.BasisWaived },
			false},
		"an operator without amount": {func(v *lending.Charge) { v.OperatorFrom = "6.5 h" }, true},
		"an operator": {func(v *lending.Charge) { v.OperatorFrom, v.Operator = "6.5 h", money(1) },
			false},
		"fuel without amount":      {func(v *lending.Charge) { v.FuelFrom = "12 gal" }, true},
		"fuel":                     {func(v *lending.Charge) { v.FuelFrom, v.Fuel = "12 gal", money(1) }, false},
		"transport without amount": {func(v *lending.Charge) { v.TransportFrom = "18 mi" }, true},
		"transport": {func(v *lending.Charge) { v.TransportFrom, v.Transport = "18 mi", money(1) },
			false},
	} {
		if got := line(c.set).Open(); got != c.open {
			t.Errorf("%s: open %v", name, got)
		}
	}
}

// TestRulesOfASettlementLine, at each bound.
func TestRulesOfASettlementLine(t *testing.T) {
	unit := but(truck(1), func(e *lending.Equipment) { e.MeterKind = lending.MeterHours })
	r := with(unit, lent(1, 8, 10, lending.Returned), &lending.Statement{ID: 4, First: owner, Second: borrower},
		&lending.Statement{ID: 5, First: owner, Second: third},
		&lending.Statement{ID: 6, First: owner, Second: borrower, State: lending.StatementSettled})
	of := func(set func(*lending.Charge)) *lending.Charge {
		return line(func(v *lending.Charge) { v.Reservation = 1; set(v) })
	}
	billed := func(set func(*lending.Charge)) *lending.Charge {
		return line(func(v *lending.Charge) { v.State, v.Statement = lending.Billed, 4; set(v) })
	}
	settled := func(to lending.ChargeState) *lending.Charge {
		return line(func(v *lending.Charge) { v.State, v.Statement = to, 6 })
	}
	disputed := func(why string) func(*lending.Charge) {
		return func(v *lending.Charge) { v.State, v.Note = lending.Disputed, why }
	}
	same := func(*lending.Charge) {}
	checkMarks(t, r, []change{
		{"a line", nil, line(same), ""},
		{"to oneself", nil, line(func(v *lending.Charge) { v.Borrower = owner }), "borrower:"},
		{"an operator for less than nothing", nil, line(func(v *lending.Charge) { v.Operator = money(-1) }),
			"operator:"},
		{"fuel for less than nothing", nil, line(func(v *lending.Charge) { v.Fuel = money(-1) }), "fuel:"},
		{"transport for nothing", nil, line(func(v *lending.Charge) { v.Transport = money(0) }), ""},
		{"transport for less", nil, line(func(v *lending.Charge) { v.Transport = money(-1) }), "transport:"},
		{"damage for less than nothing", nil, line(func(v *lending.Charge) { v.Damage = money(-1) }), "damage:"},
		{"a credit of less than nothing", nil, line(func(v *lending.Charge) { v.Credit = money(-1) }), "credit:"},
		{"less, as a correction", nil, line(func(v *lending.Charge) { v.Corrects, v.Fuel = 9, money(-1) }), ""},
		{"fuel for a million", nil, line(func(v *lending.Charge) { v.Fuel = money(1_000_000_00) }), ""},
		{"fuel for a cent more", nil, line(func(v *lending.Charge) { v.Fuel = money(1_000_000_01) }), "fuel:"},
		{"a million taken off", nil, line(func(v *lending.Charge) { v.Corrects, v.Fuel = 9, money(-1_000_000_00) }),
			""},
		{"a cent more taken off", nil, line(func(v *lending.Charge) { v.Corrects, v.Fuel = 9, money(-1_000_000_01) }),
			"fuel:"},
		{"waived", nil, line(func(v *lending.Charge) { v.Basis, v.Usage = lending.BasisWaived, money(0) }), ""},
		{"waived and charged", nil, line(func(v *lending.Charge) { v.Basis = lending.BasisWaived }), "usage:"},
		{"not the quantity at the rate", nil, line(func(v *lending.Charge) { v.Usage = money(1225_81) }), "usage:"},
		{"of no quantity", nil, line(func(v *lending.Charge) { v.Quantity.Set, v.Usage = false, money(1) }), ""},
		{"of no rate", nil, line(func(v *lending.Charge) { v.Rate.Set, v.Usage = false, money(1) }), ""},
		{"of no use yet", nil, line(func(v *lending.Charge) { v.Usage.Set = false }), ""},
		{"a use of more than a million", nil,
			line(func(v *lending.Charge) { v.Rate.Set, v.Usage = false, money(1_000_000_01) }), "usage:"},
		{"at more than the highest rate", nil,
			line(func(v *lending.Charge) { v.Usage.Set, v.Rate = false, price(100_000_01) }), "rate:"},
		{"out at more than a meter shows", nil, of(func(v *lending.Charge) { v.MeterOut = tenths(100_000_1) }),
			"meter_out:"},
		{"back at more than a meter shows", nil, of(func(v *lending.Charge) { v.MeterBack = tenths(100_000_1) }),
			"meter_back:"},
		{"by the mile on a meter of hours", nil, of(func(v *lending.Charge) { v.Per = lending.PerMile }), "per:"},
		{"by the mile at one price", nil,
			of(func(v *lending.Charge) { v.Per, v.Basis = lending.PerMile, lending.BasisFlat }), ""},
		{"by the mile since long", of(func(v *lending.Charge) { v.Per = lending.PerMile }),
			of(func(v *lending.Charge) { v.Per = lending.PerMile }), ""},
		{"three years of hours", nil, line(func(v *lending.Charge) { v.Hours = tenths(3 * 366 * 240) }), ""},
		{"a tenth more", nil, line(func(v *lending.Charge) { v.Hours = tenths(3*366*240 + 1) }), "hours:"},
		{"a meter that ran backwards", nil,
			line(func(v *lending.Charge) { v.MeterOut, v.MeterBack = tenths(9), tenths(8) }), "meter_back:"},
		{"a meter that stood", nil, line(func(v *lending.Charge) { v.MeterOut, v.MeterBack = tenths(9), tenths(9) }),
			""},
		{"a meter read once", nil, line(func(v *lending.Charge) { v.MeterOut = tenths(9) }), ""},
		{"billed on no statement", nil, billed(func(v *lending.Charge) { v.Statement = 0 }), "statement?"},
		{"billed", line(same), billed(same), ""},
		{"billed to others", line(same), billed(func(v *lending.Charge) { v.Statement = 5 }), "statement:"},
		{"changed before it is billed", line(same), line(func(v *lending.Charge) { v.Fuel = money(1) }), ""},
		{"changed when it is billed", billed(same), billed(func(v *lending.Charge) { v.Fuel = money(1) }), ":"},
		{"taken off its statement", billed(same), billed(func(v *lending.Charge) { v.Statement = 0 }),
			"statement: statement?"},
		{"put on another statement", billed(same), billed(func(v *lending.Charge) { v.Statement = 6 }), "statement:"},
		{"written off when it is billed", billed(same),
			billed(func(v *lending.Charge) { v.State = lending.WrittenOff }), "state:"},
		{"accrued again", billed(same), billed(func(v *lending.Charge) { v.State = lending.Accrued }), "state:"},
		{"disputed", billed(same), billed(disputed("misread")), ""},
		{"disputed without a word", billed(same), billed(disputed("")), "note:"},
		{"disputed when it is settled", settled(lending.Paid), but(settled(lending.Disputed), disputed("late")),
			"state:"},
		{"paid when it is settled", settled(lending.Billed), settled(lending.Paid), ""},
		{"paid since it was settled", settled(lending.Paid), settled(lending.Paid), ""},
		{"paid and noted", billed(same), billed(func(v *lending.Charge) { v.State, v.Note = lending.Paid, "check 12" }),
			""},
	})
	checkParties(t, r, "a line", line(same), owner, borrower)
	if lending.PairGroup(owner, borrower) != lending.PairGroup(borrower, owner) ||
		lending.PairGroup(owner, borrower) == lending.PairGroup(owner, third) {
		t.Error("lines of two cities are found whichever lends, and no others")
	}
	to := func(from, to lending.ChargeState, who string) mayStep {
		state := func(s lending.ChargeState) *lending.Charge { return line(func(v *lending.Charge) { v.State = s }) }
		return mayStep{"from " + string(from) + " to " + string(to), state(from), state(to), who}
	}
	var gone *lending.Charge
	checkSteps(t, r, "charges", []mayStep{
		{"making a line", nil, line(same), "obt"}, {"deleting a line", line(same), gone, "obt"},
		to(lending.Accrued, lending.Accrued, "obt"),
		to(lending.Accrued, lending.Billed, "obt"), to(lending.Billed, lending.Disputed, "b"),
		to(lending.Billed, lending.Paid, "o"),
		to(lending.Disputed, lending.WrittenOff, "o"), to(lending.Disputed, lending.Accrued, "o"),
		to(lending.Disputed, lending.Billed, "obt"),
	})
}

// TestRulesOfAStatement: its lines add up to it, and who is owed says that it is
// settled.
func TestRulesOfAStatement(t *testing.T) {
	lines := []any{line(func(v *lending.Charge) { v.Statement, v.Usage = 4, money(100_00) }),
		line(func(v *lending.Charge) {
			v.ID, v.Lender, v.Borrower, v.Statement, v.Usage = 2, borrower, owner, 4, money(30_00)
		}),
		line(func(v *lending.Charge) { v.ID, v.Statement, v.State = 3, 4, lending.WrittenOff })}
	s := func(set func(*lending.Statement)) *lending.Statement {
		return but(&lending.Statement{ID: 4, First: borrower, Second: owner, From: fieldtest.On(0),
			Until: fieldtest.On(0), FirstLent: money(30_00),
			SecondLent: money(100_00), Net: money(-70_00), State: lending.StatementSent}, set)
	}
	same := func(*lending.Statement) {}
	draft := func(set func(*lending.Statement)) *lending.Statement {
		return s(func(v *lending.Statement) { v.State = lending.StatementDraft; set(v) })
	}
	settled := s(func(v *lending.Statement) { v.State = lending.StatementSettled })
	checkMarks(t, with(lines...), []change{
		{"of a day", nil, s(same), ""},
		{"with oneself", nil, s(func(v *lending.Statement) { v.First = owner }), "second: first_lent:"},
		{"that ends before it starts", nil, s(func(v *lending.Statement) { v.Until = fieldtest.On(-1) }), "until:"},
		{"another net", nil, s(func(v *lending.Statement) { v.Net = money(70_00) }), "net:"},
		{"no net yet", nil, s(func(v *lending.Statement) { v.Net.Set = false }), ""},
		{"more than the first lent", nil,
			s(func(v *lending.Statement) { v.FirstLent, v.Net = money(31_00), money(-69_00) }), "first_lent:"},
		{"more than the second lent", nil,
			s(func(v *lending.Statement) { v.SecondLent, v.Net = money(101_00), money(-71_00) }), "first_lent:"},
		{"a draft of more", nil, s(func(v *lending.Statement) {
			v.State, v.FirstLent, v.Net = lending.StatementDraft, money(31_00), money(-69_00)
		}), ""},
	})
	checkMarks(t, with(), []change{
		{"made of no lines", nil, s(same), ""}, {"left without lines", s(same), s(same), "net?"},
		{"a draft without lines", draft(same), draft(func(v *lending.Statement) { v.From = fieldtest.On(-1) }), ""},
		{"a draft that is sent", draft(same), s(func(v *lending.Statement) { v.From = fieldtest.On(-1) }), "net?"},
		{"sent, and a draft again", s(same), draft(same), ":"},
		{"sent, between others", s(same), s(func(v *lending.Statement) { v.First = third }), ": net?"},
		{"sent, with another", s(same), s(func(v *lending.Statement) { v.Second = third }), ": net?"},
		{"sent, from another day", s(same), s(func(v *lending.Statement) { v.From = fieldtest.On(-1) }), ": net?"},
		{"sent, until another day", s(same), s(func(v *lending.Statement) { v.Until = fieldtest.On(1) }), ": net?"},
		{"sent, with more of the first", s(same),
			s(func(v *lending.Statement) { v.FirstLent, v.Net.Set = money(31_00), false }), ": net?"},
		{"sent, with more of the second", s(same),
			s(func(v *lending.Statement) { v.SecondLent, v.Net.Set = money(1), false }), ": net?"},
		{"sent, without its net", s(same), s(func(v *lending.Statement) { v.Net.Set = false }), ": net?"},
		{"settled, and sent again", settled, s(same), "state: net?"},
		{"settled, and noted", settled, but(settled, func(v *lending.Statement) { v.Note = "x" }), "net?"},
	})
	sum := lending.Statement{First: borrower, Second: owner}
	for _, l := range lines {
		sum.Add(l.(*lending.Charge))
	}
	if sum.FirstLent != money(30_00) || sum.SecondLent != money(100_00) || sum.Net != money(-70_00) ||
		sum.Owed() != owner {
		t.Errorf("%+v", sum)
	}
	if !sum.Between(owner, borrower) || !sum.Between(borrower, owner) || sum.Between(owner, third) ||
		sum.Between(third, borrower) || sum.Between(owner, owner) {
		t.Error("a statement is between its two, in either order")
	}
	checkParties(t, with(), "a statement", s(same), borrower, owner)
	state := func(to lending.StatementState, net value.Cents) *lending.Statement {
		return s(func(v *lending.Statement) { v.State, v.Net = to, money(net) })
	}
	var gone *lending.Statement
	checkSteps(t, with(), "statements", []mayStep{
		{"sending", nil, s(same), "obt"}, {"deleting", s(same), gone, "obt"},
		{"settling what the second is owed", state(lending.StatementAgreed, -1),
			state(lending.StatementSettled, -1), "o"},
		{"settling what the first is owed", state(lending.StatementAgreed, 1), state(lending.StatementSettled, 1), "b"},
		{"settling nothing", state(lending.StatementAgreed, 0), state(lending.StatementSettled, 0), "b"},
		{"agreeing", state(lending.StatementSent, 1), state(lending.StatementAgreed, 1), "obt"},
		{"disputing what is settled", state(lending.StatementSettled, 1), state(lending.StatementDisputed, 1), "obt"},
		{"noting what is settled", state(lending.StatementSettled, 1), state(lending.StatementSettled, 1), "obt"},
	})
}

// TestWhatKeepsALoanFromBeingClosed: a line without an amount, one that is not paid,
// and no line at all where the loan is charged for.
func TestWhatKeepsALoanFromBeingClosed(t *testing.T) {
	charged := but(lent(1, 8, 10, lending.Returned),
		func(v *lending.Reservation) { v.Terms.Basis = lending.BasisMeter })
	of := func(set func(*lending.Charge)) *lending.Charge {
		return line(func(v *lending.Charge) { v.Reservation = 1; set(v) })
	}
	for _, c := range []struct {
		name  string
		loan  *lending.Reservation
		lines []any
		want  string
	}{
		{"free of charge", lent(1, 8, 10, lending.Returned), nil, ""},
		{"waived", but(charged, func(v *lending.Reservation) { v.Terms.Basis = lending.BasisWaived }), nil, ""},
		{"one's own", but(charged, func(v *lending.Reservation) { v.Borrower = owner }), nil, ""},
		{"without a line", charged, nil, "the loan is charged for and has no settlement line; record its return, or " +
			"add the line, before it is closed"},
		{"paid", charged, []any{of(func(v *lending.Charge) { v.State = lending.Paid })}, ""},
		{"written off", charged, []any{of(func(v *lending.Charge) { v.State = lending.WrittenOff })}, ""},
		{"of nothing", charged, []any{of(func(v *lending.Charge) { v.Usage = money(0) })}, ""},
		{"billed", charged, []any{of(func(v *lending.Charge) { v.State = lending.Billed })},
			"the settlement line of $1,225.82 is billed; the loan is closed when it is paid or written off"},
		{"open", charged, []any{of(func(v *lending.Charge) { v.Usage.Set = false })},
			"a settlement line of the loan has no amount yet; complete it, or write it off, before the loan is closed"},
	} {
		if got := lending.Unsettled(with(append(c.lines, truck(1))...), c.loan); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

// Prices are exact to a hundredth of a cent; those of whole cents are stored as
// files of before have them.
func TestPricesAreStoredAsTheyWere(t *testing.T) {
	k := lending.DescribeRate()
	for cents, says := range map[value.Price]string{120_7400: "$120.74", 72_50: "$0.725", 2_3456: "$2.3456", 0: "$0.00",
		-72_50: "-$0.725", 1000_0000: "$1,000.00", 1: "$0.0001", -1: "-$0.0001"} {
		was := &lending.Rate{Source: "FEMA", Year: 2025, Code: "1", Equipment: "x", Amount: value.Some(cents)}
		packed := k.Pack(nil, was)
		var back lending.Rate
		if err := k.Unpack(&back, 0, string(packed)); err != nil || back.Amount != was.Amount ||
			cents.String() != says {
			t.Errorf("%s: %v %v %s", says, err, back.Amount, cents)
		}
		old := binary.AppendVarint([]byte{1}, int64(cents/100))
		if whole := cents%100 == 0; bytes.Contains(packed, append([]byte{9, byte(len(old))}, old...)) != whole {
			t.Errorf("%s is stored as % x", says, packed)
		}
		var typed lending.Rate
		text := strings.ReplaceAll(says, ",", "")
		if err := k.Column("rate").Parse(&typed, text, nil); err != nil || typed.Amount != was.Amount {
			t.Errorf("%s is read as %v, %v", text, typed.Amount, err)
		}
	}
}
