package rates_test

import (
	"testing"

	"pgregory.net/rapid"

	"interlocal/model"
	"interlocal/model/failure"
	"interlocal/model/field/fieldtest"
	"interlocal/model/lending"
	"interlocal/model/lending/rates"
	"interlocal/model/partnership"
	"interlocal/model/value"
)

// The cities of the month, by number.
const (
	independence partnership.PartnerID = 1 + iota
	leesSummit
	blueSprings
	grandview
	raytown
)

// newBook makes the five cities' book.
func newBook() *fieldtest.Writer {
	b := fieldtest.NewWriter(model.NewSchema(), 0)
	for i, name := range []string{"Independence", "Lee's Summit", "Blue Springs", "Grandview", "Raytown"} {
		b.Memory.Put("partners", &partnership.Partner{ID: partnership.PartnerID(i + 1), Name: name})
	}
	return b
}

// TestAMonthOfLoansByHand settles nine loans of March among five cities. The
// amounts in the comments were worked out on paper.
func TestAMonthOfLoansByHand(t *testing.T) {
	b := newBook()
	at := func(day, hour, minute int) value.Opt[value.Wall] {
		return value.Some(value.Date(2027, 3, day).At(hour, minute))
	}
	read := func(v int) value.Opt[value.Tenths] { return value.Some(value.Tenths(v)) }
	fema := func(cents value.Cents, per lending.RatePer, basis lending.Basis, code string) lending.Terms {
		return lending.Terms{Basis: basis, Rate: value.Some(cents.Price()), Per: per, Source: lending.SourceFEMA,
			Year: 2025,
			Code: code}
	}
	for i, l := range []struct {
		lender, borrower  partnership.PartnerID
		terms             lending.Terms
		out, back         value.Opt[value.Wall]
		meterOut, meterIn value.Opt[value.Tenths]
		extras            rates.Extras
		total             value.Cents
		hours             value.Tenths
	}{
		// 31.5 h at 120.74 = 3,803.31
		{raytown, grandview, fema(120_74, lending.PerHour, lending.BasisMeter, "8722"), at(2, 7, 0), at(4, 17, 0),
			read(41210), read(41525), rates.Extras{}, 3803_31, 580},
		// 12.3 h at 99.66 = 1,225.818, so 1,225.82; fuel 84.10 and transport 150.00 come to it: 1,459.92
		{blueSprings, independence, fema(99_66, lending.PerHour, lending.BasisMeter, "8714.1"), at(3, 8, 0),
			at(5, 16, 0), read(33000), read(33123),
			rates.Extras{Fuel: value.Some[value.Cents](84_10), Transport: value.Some[value.Cents](150_00)},
			1459_92, 560},
		// by the clock from 22:00 to 6:00 over the night in which clocks go forward: 7 h at 8.71 = 60.97
		{leesSummit, raytown, fema(8_71, lending.PerHour, lending.BasisClock, "8870"), at(13, 22, 0), at(14, 6, 0),
			value.Opt[value.Tenths]{}, value.Opt[value.Tenths]{}, rates.Extras{}, 60_97, 70},
		// by the day: two days and an hour are three days at 45.00 = 135.00
		{leesSummit, grandview, lending.Terms{Basis: lending.BasisDay, Rate: value.Some(value.Cents(45_00).Price()),
			Per: lending.PerDay, Source: "Lee's Summit"}, at(8, 8, 0), at(10, 9, 0), value.Opt[value.Tenths]{},
			value.Opt[value.Tenths]{}, rates.Extras{}, 135_00, 490},
		// 84.5 miles at 0.70 = 59.15, less a credit of 9.15
		{independence, raytown, fema(70, lending.PerMile, lending.BasisMeter, "8800"), at(9, 7, 0), at(9, 15, 30),
			read(120000), read(120845),
			rates.Extras{Credit: value.Some[value.Cents](9_15)}, 50_00, 85},
		// waived
		{grandview, leesSummit, lending.Terms{Basis: lending.BasisWaived}, at(11, 7, 0), at(12, 7, 0),
			value.Opt[value.Tenths]{}, value.Opt[value.Tenths]{}, rates.Extras{}, 0, 240},
		// flat, with damage of 312.45: 500.00 + 312.45
		{grandview, raytown, lending.Terms{Basis: lending.BasisFlat, Rate: value.Some(value.Cents(500_00).Price()),
			Per: lending.PerLoan, Source: "Grandview"}, at(15, 7, 0), at(19, 17, 0), value.Opt[value.Tenths]{},
			value.Opt[value.Tenths]{},
			rates.Extras{Damage: value.Some[value.Cents](312_45)}, 812_45, 1060},
		// 6.2 h at 54.11 = 335.482, so 335.48
		{leesSummit, blueSprings, fema(54_11, lending.PerHour, lending.BasisMeter, "8202"), at(22, 7, 0), at(22, 16, 0),
			read(9000), read(9062), rates.Extras{}, 335_48, 90},
		// the other way, so that one pair has both: 2.5 h at 116.74 = 291.85
		{grandview, raytown, fema(116_74, lending.PerHour, lending.BasisMeter, "8393"), at(25, 7, 0), at(25, 12, 0),
			read(500), read(525), rates.Extras{}, 291_85, 50},
	} {
		v := &lending.Reservation{ID: lending.ReservationID(i + 1), Borrower: l.borrower, Terms: l.terms,
			State: lending.Returned}
		out := &lending.Handover{Inspection: lending.Inspection{At: l.out, Meter: l.meterOut}}
		back := &lending.Return{Inspection: lending.Inspection{At: l.back, Meter: l.meterIn}}
		zone := &partnership.Settings{Zone: "America/Chicago"}
		minutes := int64(l.back.V.In(zone.Location()).Sub(l.out.V.In(zone.Location())).Minutes())
		line := rates.LineFor(v, l.lender, out, back, minutes, l.extras)
		if line.Total() != l.total || line.Hours.V != l.hours {
			t.Errorf("loan %d comes to %v for %v h, by hand %v for %v (%s)", i+1, line.Total(), line.Hours.V, l.total,
				l.hours, rates.Describe(line))
		}
		if ps := b.Schema().Kind("charges").Check(b, value.Date(2027, 4, 1), nil, line); ps.Err("") != nil {
			t.Errorf("loan %d: %v", i+1, ps)
		}
		b.Put("charges", line)
	}
	checkMonth(t, b)
}

// checkMonth compares pairs, nets, statements and payments with paper.
func checkMonth(t *testing.T, b *fieldtest.Writer) {
	t.Helper()
	first, last := value.Date(2027, 3, 1), value.Date(2027, 3, 31)
	byHand := map[[2]partnership.PartnerID][2]value.Cents{ // what each lent the other
		{independence, blueSprings}: {0, 1459_92}, {independence, raytown}: {50_00, 0},
		{leesSummit, blueSprings}: {335_48, 0},
		{leesSummit, grandview}:   {135_00, 0}, {leesSummit, raytown}: {60_97, 0},
		{grandview, raytown}: {1104_30, 3803_31},
	}
	balances := rates.Balances(b, first, last)
	if len(balances) != len(byHand) {
		t.Errorf("%d pairs, by hand %d", len(balances), len(byHand))
	}
	for _, p := range balances {
		if want := byHand[[2]partnership.PartnerID{p.First, p.Second}]; p.FirstLent != want[0] ||
			p.SecondLent != want[1] {
			t.Errorf("%d and %d: %v and %v, by hand %v", p.First, p.Second, p.FirstLent, p.SecondLent, want)
		}
		s, err := rates.Bill(b, p.First, p.Second, last)
		if err != nil || s.Net.V != p.Net() {
			t.Errorf("the statement of %d and %d: %+v %v", p.First, p.Second, s, err)
			continue
		}
		if ps := b.Schema().Kind("statements").Check(b, last+1, nil, s); len(ps) > 0 {
			t.Errorf("the statement of %d and %d: %v", p.First, p.Second, ps)
		}
		if _, err := rates.Bill(b, p.First, p.Second, last); failure.CodeOf(err) != failure.NotFound {
			t.Errorf("it can be billed twice: %v", err)
		}
	}
	net := rates.Net(balances)
	want := map[partnership.PartnerID]value.Cents{independence: -1409_92, leesSummit: 531_45, blueSprings: 1124_44,
		grandview: -2834_01, raytown: 2588_04}
	sum := value.Cents(0)
	for p, c := range want {
		sum += c
		if net[p] != c {
			t.Errorf("city %d is owed %v, by hand %v", p, net[p], c)
		}
	}
	if sum != 0 {
		t.Errorf("the net of all is %v", sum)
	}
	if got := rates.FewestPayments(net); len(got) != 4 {
		t.Errorf("%d payments: %v", len(got), got)
	}
}

// TestPaymentsEvenOutAndAreFew: whatever is owed, payments settle it exactly,
// in fewer payments than there are cities, and two that cancel out pay each
// other.
func TestPaymentsEvenOutAndAreFew(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		net, sum, n := map[partnership.PartnerID]value.Cents{}, value.Cents(0), rapid.IntRange(2, 8).Draw(t, "cities")
		for p := range n - 1 {
			c := value.Cents(rapid.IntRange(-5, 5).Draw(t, "net"))
			net[partnership.PartnerID(p+1)] = c
			sum += c
		}
		net[partnership.PartnerID(n)] = -sum
		left, busy := map[partnership.PartnerID]value.Cents{}, 0
		for p, c := range net {
			left[p] = c
			if c != 0 {
				busy++
			}
		}
		payments := rates.FewestPayments(net)
		for _, p := range payments {
			if p.Amount <= 0 {
				t.Fatalf("a payment of %v", p.Amount)
			}
			left[p.From] += p.Amount
			left[p.To] -= p.Amount
		}
		for p, c := range left {
			if c != 0 {
				t.Fatalf("city %d is left with %v after %v", p, c, payments)
			}
		}
		if busy > 0 && len(payments) > busy-fewest(net) {
			t.Fatalf("%d payments settle %v; %d would do", len(payments), net, busy-fewest(net))
		}
	})
}

// fewest counts, by trying every parting, the most groups that cancel out.
func fewest(net map[partnership.PartnerID]value.Cents) int {
	var amounts []value.Cents
	for _, c := range net {
		if c != 0 {
			amounts = append(amounts, c)
		}
	}
	var most func(set int) int
	most = func(set int) int {
		best := 0
		for sub := set; sub > 0; sub = (sub - 1) & set {
			sum := value.Cents(0)
			for i, c := range amounts {
				if sub>>i&1 == 1 {
					sum += c
				}
			}
			if sum == 0 {
				best = max(best, 1+most(set&^sub))
			}
		}
		return best
	}
	if len(amounts) > 7 {
		return 1
	}
	return most(1<<len(amounts) - 1)
}

// TestAnotherYearsScheduleChangesNothing: what was fixed at approval stays when
// the schedule of the next year comes in, or the unit is moved to it.
func TestAnotherYearsScheduleChangesNothing(t *testing.T) {
	b := newBook()
	b.Put("rates", &lending.Rate{Source: lending.SourceFEMA, Year: 2025, Code: "8722", Per: lending.PerHour,
		Amount: value.Some(value.Cents(120_74).Price())})
	unit := &lending.Equipment{ID: 1, Tag: "RT-1", Owner: raytown, Charge: lending.ChargeFEMA, FEMACode: "8722",
		FEMAYear: 2025, MeterKind: lending.MeterHours}
	before, err := rates.TermsOf(b, unit, value.Date(2027, 3, 4))
	if err != nil || before.Rate.V != 120_7400 || before.Year != 2025 || before.Basis != lending.BasisMeter {
		t.Fatalf("%+v %v", before, err)
	}
	b.Put("rates", &lending.Rate{Source: lending.SourceFEMA, Year: 2027, Code: "8722", Per: lending.PerHour,
		Amount: value.Some(value.Cents(131_00).Price())})
	if after, _ := rates.TermsOf(b, unit, value.Date(2027, 3, 4)); after != before {
		t.Errorf("the terms became %+v", after)
	}
	// A loan of an earlier day gets the schedule that was in force then, and none of a
	// later year.
	unit.FEMAYear = 2027
	if then, err := rates.TermsOf(b, unit, value.Date(2026, 6, 1)); err != nil || then.Year != 2025 {
		t.Errorf("in 2026 the terms were %+v, %v", then, err)
	}
	if _, err := rates.TermsOf(b, unit, value.Date(2024, 6, 1)); failure.CodeOf(err) != failure.NotFound {
		t.Errorf("no schedule was in force in 2024: %v", err)
	}
	unit.FEMAYear = 2025
	// A meter of hours counts no miles.
	b.Put("rates", &lending.Rate{Source: lending.SourceFEMA, Year: 2025, Code: "8803", Per: lending.PerMile,
		Amount: value.Some(value.Cents(73).Price())})
	miles := *unit
	miles.FEMACode = "8803"
	if _, err := rates.TermsOf(b, &miles, value.Date(2027, 3, 4)); failure.CodeOf(err) != failure.Invalid {
		t.Errorf("a rate per mile on a meter of hours gives %v", err)
	}
	unit.FEMACode = "9999"
	if _, err := rates.TermsOf(b, unit, value.Date(2027, 3, 4)); failure.CodeOf(err) != failure.NotFound {
		t.Errorf("an unknown code gives %v", err)
	}
	b.Put("rates", &lending.Rate{Source: lending.SourceFEMA, Year: 2025, Code: "8801",
		Amount: value.Some(value.Cents(17_51).Price())})
	unit.FEMACode = "8801"
	if _, err := rates.TermsOf(b, unit, value.Date(2027, 3, 4)); failure.CodeOf(err) != failure.Invalid {
		t.Errorf("a rate for nobody knows what gives %v", err)
	}
}
