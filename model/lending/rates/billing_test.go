package rates_test

import (
	"slices"
	"testing"

	"interlocal/model/failure"
	"interlocal/model/lending"
	"interlocal/model/lending/rates"
	"interlocal/model/partnership"
	"interlocal/model/value"
)

// TestBalancesOfAPeriod: both days count, lines written off and those of other days
// do not, and the hours are counted whatever the charge.
func TestBalancesOfAPeriod(t *testing.T) {
	b := newBook()
	first, last := value.Date(2027, 3, 1), value.Date(2027, 3, 31)
	line := func(lender, borrower partnership.PartnerID, on value.Day, cents value.Cents, hours value.Tenths,
		state lending.ChargeState) {
		b.Put("charges", &lending.Charge{Lender: lender, Borrower: borrower, On: value.Some(on),
			Basis: lending.BasisFlat,
			Usage: money(cents), Hours: tenths(hours), State: state})
	}
	line(raytown, grandview, first, 100_00, 10, lending.Accrued)
	line(grandview, raytown, last, 30_00, 5, lending.Paid)
	line(raytown, grandview, first-1, 1_00, 1, lending.Accrued)
	line(raytown, grandview, last+1, 2_00, 2, lending.Accrued)
	line(grandview, raytown, first+3, 50_00, 20, lending.WrittenOff)
	line(leesSummit, blueSprings, first, 7_00, 0, lending.Accrued)
	line(leesSummit, independence, first, 8_00, 0, lending.Accrued)
	line(raytown, raytown, first, 9_00, 0, lending.Accrued) // nobody owes themselves
	b.Put("charges", &lending.Charge{Lender: grandview, Borrower: raytown, On: value.Some(last),
		Basis: lending.BasisMeter, State: lending.Accrued})
	b.Put("charges", &lending.Charge{Lender: grandview, Borrower: raytown, Basis: lending.BasisFlat, Usage: money(4_00),
		State: lending.Accrued})
	all := rates.Balances(b, first, last)
	pairs := [][2]partnership.PartnerID{{independence, leesSummit}, {leesSummit, blueSprings}, {grandview, raytown}}
	if len(all) != len(pairs) {
		t.Fatalf("%d pairs: %+v", len(all), all)
	}
	for i, p := range pairs {
		if all[i].First != p[0] || all[i].Second != p[1] {
			t.Errorf("the %dth pair is %d and %d, want %v", i+1, all[i].First, all[i].Second, p)
		}
	}
	for _, got := range []rates.Balance{all[2], rates.Between(b, raytown, grandview, first, last)} {
		if got.FirstLent != 30_00 || got.SecondLent != 100_00 || got.Net() != -70_00 || got.FirstHours != 25 ||
			got.SecondHours != 10 ||
			got.Hours() != 15 || got.Open != 1 || len(got.Lines) != 4 {
			t.Errorf("%+v", got)
		}
	}
}

// TestBilling: what is accrued and complete goes on one statement; an open line
// waits on, and nothing is billed twice.
func TestBilling(t *testing.T) {
	first, last := value.Date(2027, 3, 1), value.Date(2027, 3, 31)
	charge := func(lender, borrower partnership.PartnerID, cents value.Cents,
		state lending.ChargeState) *lending.Charge {
		return &lending.Charge{Lender: lender, Borrower: borrower, On: value.Some(first), Basis: lending.BasisFlat,
			Usage: money(cents), State: state}
	}
	b := newBook()
	b.Put("charges", charge(raytown, grandview, 100_00, lending.Accrued))
	b.Put("charges", charge(grandview, raytown, 30_00, lending.Accrued))
	b.Put("charges", charge(grandview, raytown, 9_00, lending.Disputed))
	before := charge(grandview, raytown, 8_00, lending.Accrued)
	before.Statement = 77 // put on one by hand
	b.Put("charges", before)
	bill := rates.Acts().Named("statement.make")
	args := &rates.Billing{First: raytown, Second: grandview, Until: value.Some(last)}
	done, err := bill.Do(b, 0, args, nil)
	if err != nil || done.Text != "Statement #1 of Raytown and Grandview is made; send it when it is right." {
		t.Fatalf("%+v %v", done, err)
	}
	s := b.Get("statements", done.ID).(*lending.Statement)
	if s.First != grandview || s.Second != raytown || s.FirstLent != money(30_00) || s.SecondLent != money(100_00) ||
		s.Net != money(-70_00) ||
		s.State != lending.StatementDraft || s.From != value.Some(first) || s.Until != value.Some(last) {
		t.Errorf("%+v", s)
	}
	for id, want := range map[uint64]lending.ChargeState{1: lending.Billed, 2: lending.Billed, 3: lending.Disputed,
		4: lending.Accrued} {
		if line := b.Get("charges", id).(*lending.Charge); line.State != want ||
			(line.Statement == s.ID) != (want == lending.Billed) {
			t.Errorf("line %d is %s on statement %d", id, line.State, line.Statement)
		}
	}
	if _, err := bill.Do(b, 0, args, nil); failure.CodeOf(err) != failure.NotFound {
		t.Errorf("a second time: %v", err)
	}
	b.Put("charges", &lending.Charge{Lender: raytown, Borrower: grandview, On: value.Some(last),
		Basis: lending.BasisMeter, Rate: price(1), State: lending.Accrued})
	b.Put("charges", charge(raytown, grandview, 5_00, lending.Accrued))
	if done, err = bill.Do(b, 0, args, nil); err != nil ||
		b.Get("statements", done.ID).(*lending.Statement).SecondLent != money(5_00) {
		t.Errorf("beside an open line: %+v %v", done, err)
	}
	if line := b.Get("charges", 5).(*lending.Charge); line.State != lending.Accrued || line.Statement != 0 {
		t.Errorf("the open line is %+v", line)
	}
	if _, err := bill.Do(b, 0, args, nil); failure.CodeOf(err) != failure.Invalid || err.Error() !=
		"the line of Mar 31, 2027 has no amount yet: the meter was not read, so the amount is open; complete it "+
			"before it is billed" {
		t.Errorf("with nothing but an open line: %v", err)
	}
}

// TestForceAccount: the lines of a period as a disaster's record wants them, in the
// order of their days, those written off left out.
func TestForceAccount(t *testing.T) {
	b := newBook()
	first, last := value.Date(2027, 3, 1), value.Date(2027, 3, 31)
	b.Put("equipment", &lending.Equipment{ID: 1, Tag: "RT-104", Category: "dump truck", Owner: raytown})
	b.Put("reservations", &lending.Reservation{ID: 12, Unit: 1, Borrower: grandview})
	b.Put("charges", &lending.Charge{ID: 1, Lender: blueSprings, Borrower: grandview, On: value.Some(last),
		Basis: lending.BasisFlat,
		Usage: money(-120_04), Operator: money(0), State: lending.Accrued, Corrects: 9})
	b.Put("charges", &lending.Charge{ID: 2, Reservation: 12, Lender: raytown, Borrower: grandview,
		On: value.Some(first), Basis: lending.BasisMeter,
		Quantity: tenths(315), Rate: price(120_74), Per: lending.PerHour, Source: "FEMA", Year: 2025, Code: "8722",
		MeterOut:  tenths(41210),
		MeterBack: tenths(41525), Usage: money(3803_31), Operator: money(5), State: lending.Billed})
	b.Put("charges", &lending.Charge{ID: 3, Lender: raytown, Borrower: 99, On: value.Some(first), Usage: money(1),
		State: lending.WrittenOff})
	b.Put("charges", &lending.Charge{ID: 4, Lender: raytown, Borrower: 99, On: value.Some(first - 1), Usage: money(1),
		State: lending.Accrued})
	b.Put("charges", &lending.Charge{ID: 5, Lender: raytown, Borrower: 99, On: value.Some(last + 1), Usage: money(1),
		State: lending.Accrued})
	b.Put("charges", &lending.Charge{ID: 6, Lender: raytown, Borrower: 99, Usage: money(1), State: lending.Accrued})
	want := [][]string{
		{"2027-03-01", "Raytown", "Grandview", "RT-104", "dump truck", "8722", "FEMA", "2025", "120.74", "hour", "4121",
			"4152.5", "31.5",
			"3803.31", "0.05", "#12", "billed", ""},
		{"2027-03-31", "Blue Springs", "Grandview", "", "", "", "", "", "", "", "", "", "", "-120.04", "0.00", "#0",
			"accrued", "#9"},
	}
	check := func(lender partnership.PartnerID, want [][]string) {
		t.Helper()
		rows := rates.ForceAccount(b, lender, first, last)
		if len(rows) != len(want)+1 || len(rows[0]) != 18 {
			t.Fatalf("%q", rows)
		}
		for i := range want {
			for j := range want[i] {
				if rows[i+1][j] != want[i][j] {
					t.Errorf("row %d, %s: %q, want %q", i+1, rows[0][j], rows[i+1][j], want[i][j])
				}
			}
		}
	}
	check(0, want)
	check(raytown, want[:1])
}

// TestPaymentsByHand: the greatest debtor pays the greatest creditor, groups that
// cancel out pay among themselves, and payments are listed by who pays.
func TestPaymentsByHand(t *testing.T) {
	for name, c := range map[string]struct {
		net  map[partnership.PartnerID]value.Cents
		want []rates.Payment
	}{
		"nobody owes": {map[partnership.PartnerID]value.Cents{1: 0}, nil},
		"one to one":  {map[partnership.PartnerID]value.Cents{1: 5, 2: -5}, []rates.Payment{{2, 1, 5}}},
		"two couples": {map[partnership.PartnerID]value.Cents{1: 5, 2: -7, 3: 7, 4: -5},
			[]rates.Payment{{2, 3, 7}, {4, 1, 5}}},
		"one pays two": {map[partnership.PartnerID]value.Cents{1: -9, 2: 4, 3: 5},
			[]rates.Payment{{1, 2, 4}, {1, 3, 5}}},
		"a couple beside three": {map[partnership.PartnerID]value.Cents{1: 6, 2: 5, 3: -5, 4: -3, 5: -3},
			[]rates.Payment{{3, 2, 5}, {4, 1, 3}, {5, 1, 3}}},
		"of two who owe the same, the first": {map[partnership.PartnerID]value.Cents{1: -5, 2: -5, 3: 7, 4: 3},
			[]rates.Payment{{1, 3, 5}, {2, 3, 2}, {2, 4, 3}}},
		"the greatest first": {map[partnership.PartnerID]value.Cents{1: -6, 2: -3, 3: 8, 4: 1},
			[]rates.Payment{{1, 3, 6}, {2, 3, 2}, {2, 4, 1}}},
	} {
		got := rates.FewestPayments(c.net)
		if len(got) != len(c.want) {
			t.Errorf("%s: %v", name, got)
			continue
		}
		for i := range got {
			if got[i] != c.want[i] {
				t.Errorf("%s: %v, want %v", name, got, c.want)
			}
		}
	}
	even := map[partnership.PartnerID]value.Cents{1: -5, 2: -5, 3: -5, 4: 5, 5: 5, 6: 5}
	first := rates.FewestPayments(even)
	for range 20 {
		if got := rates.FewestPayments(even); !slices.Equal(got, first) {
			t.Fatalf("asked again, they pay %v, not %v", got, first)
		}
	}
	many := map[partnership.PartnerID]value.Cents{}
	for p := partnership.PartnerID(1); p <= 9; p++ {
		many[p], many[p+9] = value.Cents(p), -value.Cents(p)
	}
	sum := value.Cents(0)
	for _, p := range rates.FewestPayments(many) {
		sum += p.Amount
	}
	if sum != 45 {
		t.Errorf("eighteen partners pay %v in all", sum)
	}
}
