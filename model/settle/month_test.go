package settle_test

import (
	"testing"

	"pgregory.net/rapid"

	"interlocal/model"
	"interlocal/model/fieldtest"
	"interlocal/model/settle"
)

// The cities of the month, by number.
const (
	independence model.PartnerID = 1 + iota
	leesSummit
	blueSprings
	grandview
	raytown
)

// newBook makes the five cities' book.
func newBook() *fieldtest.Writer {
	b := fieldtest.NewWriter(model.NewSchema(), 0)
	for i, name := range []string{"Independence", "Lee's Summit", "Blue Springs", "Grandview", "Raytown"} {
		b.Memory.Put("partners", &model.Partner{ID: model.PartnerID(i + 1), Name: name})
	}
	return b
}

// TestAMonthOfLoansByHand settles nine loans of March among five cities. The
// amounts in the comments were worked out on paper.
func TestAMonthOfLoansByHand(t *testing.T) {
	b := newBook()
	at := func(day, hour, minute int) model.Opt[model.Wall] {
		return model.Some(model.Date(2027, 3, day).At(hour, minute))
	}
	read := func(v int) model.Opt[model.Tenths] { return model.Some(model.Tenths(v)) }
	fema := func(cents model.Cents, per model.RatePer, basis model.Basis, code string) model.Terms {
		return model.Terms{Basis: basis, Rate: model.Some(cents), Per: per, Source: model.SourceFEMA, Year: 2025, Code: code}
	}
	for i, l := range []struct {
		lender, borrower  model.PartnerID
		terms             model.Terms
		out, back         model.Opt[model.Wall]
		meterOut, meterIn model.Opt[model.Tenths]
		extras            settle.Extras
		total             model.Cents
		hours             model.Tenths
	}{
		// 31.5 h at 120.74 = 3,803.31
		{raytown, grandview, fema(120_74, model.PerHour, model.BasisMeter, "8722"), at(2, 7, 0), at(4, 17, 0), read(41210), read(41525), settle.Extras{}, 3803_31, 580},
		// 12.3 h at 99.66 = 1,225.818, so 1,225.82; fuel 84.10 and transport 150.00 come to it: 1,459.92
		{blueSprings, independence, fema(99_66, model.PerHour, model.BasisMeter, "8714.1"), at(3, 8, 0), at(5, 16, 0), read(33000), read(33123),
			settle.Extras{Fuel: model.Some[model.Cents](84_10), Transport: model.Some[model.Cents](150_00)}, 1459_92, 560},
		// by the clock from 22:00 to 6:00 over the night in which clocks go forward: 7 h at 8.71 = 60.97
		{leesSummit, raytown, fema(8_71, model.PerHour, model.BasisClock, "8870"), at(13, 22, 0), at(14, 6, 0), model.Opt[model.Tenths]{}, model.Opt[model.Tenths]{}, settle.Extras{}, 60_97, 70},
		// by the day: two days and an hour are three days at 45.00 = 135.00
		{leesSummit, grandview, model.Terms{Basis: model.BasisDay, Rate: model.Some[model.Cents](45_00), Per: model.PerDay, Source: "Lee's Summit"}, at(8, 8, 0), at(10, 9, 0), model.Opt[model.Tenths]{}, model.Opt[model.Tenths]{}, settle.Extras{}, 135_00, 490},
		// 84.5 miles at 0.70 = 59.15, less a credit of 9.15
		{independence, raytown, fema(70, model.PerMile, model.BasisMeter, "8800"), at(9, 7, 0), at(9, 15, 30), read(120000), read(120845),
			settle.Extras{Credit: model.Some[model.Cents](9_15)}, 50_00, 85},
		// waived
		{grandview, leesSummit, model.Terms{Basis: model.BasisWaived}, at(11, 7, 0), at(12, 7, 0), model.Opt[model.Tenths]{}, model.Opt[model.Tenths]{}, settle.Extras{}, 0, 240},
		// flat, with damage of 312.45: 500.00 + 312.45
		{grandview, raytown, model.Terms{Basis: model.BasisFlat, Rate: model.Some[model.Cents](500_00), Per: model.PerLoan, Source: "Grandview"}, at(15, 7, 0), at(19, 17, 0), model.Opt[model.Tenths]{}, model.Opt[model.Tenths]{},
			settle.Extras{Damage: model.Some[model.Cents](312_45)}, 812_45, 1060},
		// 6.2 h at 54.11 = 335.482, so 335.48
		{leesSummit, blueSprings, fema(54_11, model.PerHour, model.BasisMeter, "8202"), at(22, 7, 0), at(22, 16, 0), read(9000), read(9062), settle.Extras{}, 335_48, 90},
		// the other way, so that one pair has both: 2.5 h at 116.74 = 291.85
		{grandview, raytown, fema(116_74, model.PerHour, model.BasisMeter, "8393"), at(25, 7, 0), at(25, 12, 0), read(500), read(525), settle.Extras{}, 291_85, 50},
	} {
		v := &model.Reservation{ID: model.ReservationID(i + 1), Borrower: l.borrower, Terms: l.terms, State: model.Returned}
		out := &model.Handover{Inspection: model.Inspection{At: l.out, Meter: l.meterOut}}
		back := &model.Return{Inspection: model.Inspection{At: l.back, Meter: l.meterIn}}
		zone := &model.Settings{Zone: "America/Chicago"}
		minutes := int64(l.back.V.In(zone.Location()).Sub(l.out.V.In(zone.Location())).Minutes())
		line := settle.LineFor(v, l.lender, out, back, minutes, l.extras)
		if line.Total() != l.total || line.Hours.V != l.hours {
			t.Errorf("loan %d comes to %v for %v h, by hand %v for %v (%s)", i+1, line.Total(), line.Hours.V, l.total, l.hours, settle.Describe(line))
		}
		if ps := b.Schema().Kind("charges").Check(b, model.Date(2027, 4, 1), nil, line); ps.Err("") != nil {
			t.Errorf("loan %d: %v", i+1, ps)
		}
		b.Put("charges", line)
	}
	checkMonth(t, b)
}

// checkMonth compares pairs, nets, statements and payments with paper.
func checkMonth(t *testing.T, b *fieldtest.Writer) {
	t.Helper()
	first, last := model.Date(2027, 3, 1), model.Date(2027, 3, 31)
	byHand := map[[2]model.PartnerID][2]model.Cents{ // what each lent the other
		{independence, blueSprings}: {0, 1459_92}, {independence, raytown}: {50_00, 0}, {leesSummit, blueSprings}: {335_48, 0},
		{leesSummit, grandview}: {135_00, 0}, {leesSummit, raytown}: {60_97, 0}, {grandview, raytown}: {1104_30, 3803_31},
	}
	balances := settle.Balances(b, first, last)
	if len(balances) != len(byHand) {
		t.Errorf("%d pairs, by hand %d", len(balances), len(byHand))
	}
	for _, p := range balances {
		if want := byHand[[2]model.PartnerID{p.First, p.Second}]; p.FirstLent != want[0] || p.SecondLent != want[1] {
			t.Errorf("%d and %d: %v and %v, by hand %v", p.First, p.Second, p.FirstLent, p.SecondLent, want)
		}
		s, err := settle.Bill(b, p.First, p.Second, first, last)
		if err != nil || s.Net.V != p.Net() {
			t.Errorf("the statement of %d and %d: %+v %v", p.First, p.Second, s, err)
			continue
		}
		if ps := b.Schema().Kind("statements").Check(b, last+1, nil, s); len(ps) > 0 {
			t.Errorf("the statement of %d and %d: %v", p.First, p.Second, ps)
		}
		if _, err := settle.Bill(b, p.First, p.Second, first, last); model.CodeOf(err) != model.NotFound {
			t.Errorf("it can be billed twice: %v", err)
		}
	}
	net := settle.Net(balances)
	want := map[model.PartnerID]model.Cents{independence: -1409_92, leesSummit: 531_45, blueSprings: 1124_44, grandview: -2834_01, raytown: 2588_04}
	sum := model.Cents(0)
	for p, c := range want {
		sum += c
		if net[p] != c {
			t.Errorf("city %d is owed %v, by hand %v", p, net[p], c)
		}
	}
	if sum != 0 {
		t.Errorf("the net of all is %v", sum)
	}
	if got := settle.FewestPayments(net); len(got) != 4 {
		t.Errorf("%d payments: %v", len(got), got)
	}
}

// TestPaymentsEvenOutAndAreFew: whatever is owed, payments settle it exactly,
// in fewer payments than there are cities, and two that cancel out pay each
// other.
func TestPaymentsEvenOutAndAreFew(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		net, sum, n := map[model.PartnerID]model.Cents{}, model.Cents(0), rapid.IntRange(2, 8).Draw(t, "cities")
		for p := range n - 1 {
			c := model.Cents(rapid.IntRange(-5, 5).Draw(t, "net"))
			net[model.PartnerID(p+1)] = c
			sum += c
		}
		net[model.PartnerID(n)] = -sum
		left, busy := map[model.PartnerID]model.Cents{}, 0
		for p, c := range net {
			left[p] = c
			if c != 0 {
				busy++
			}
		}
		payments := settle.FewestPayments(net)
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
func fewest(net map[model.PartnerID]model.Cents) int {
	var amounts []model.Cents
	for _, c := range net {
		if c != 0 {
			amounts = append(amounts, c)
		}
	}
	var most func(set int) int
	most = func(set int) int {
		best := 0
		for sub := set; sub > 0; sub = (sub - 1) & set {
			sum := model.Cents(0)
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

// TestSplitLosesNoCent: the parts add up, and none is a whole cent away from
// its fair share.
func TestSplitLosesNoCent(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		total := model.Cents(rapid.Int64Range(-1e9, 1e9).Draw(t, "total"))
		weights := rapid.SliceOfN(rapid.Int64Range(0, 10_000), 1, 8).Draw(t, "weights")
		weights = append(weights, 1)
		sum, all := model.Cents(0), int64(0)
		for _, w := range weights {
			all += w
		}
		for i, part := range settle.Split(total, weights) {
			sum += part
			if d := int64(part)*all - int64(total)*weights[i]; d <= -all || d >= all {
				t.Fatalf("part %d of %v by %v is %v", i, total, weights, part)
			}
		}
		if sum != total {
			t.Fatalf("the parts of %v make %v", total, sum)
		}
	})
}

// TestAnotherYearsScheduleChangesNothing: what was fixed at approval stays when
// the schedule of the next year comes in, or the unit is moved to it.
func TestAnotherYearsScheduleChangesNothing(t *testing.T) {
	b := newBook()
	b.Put("rates", &model.Rate{Source: model.SourceFEMA, Year: 2025, Code: "8722", Per: model.PerHour, Amount: model.Some[model.Cents](120_74)})
	unit := &model.Equipment{ID: 1, Tag: "RT-1", Owner: raytown, Charge: model.ChargeFEMA, FEMACode: "8722", FEMAYear: 2025, MeterKind: model.MeterHours}
	before, err := settle.TermsOf(b, unit)
	if err != nil || before.Rate.V != 120_74 || before.Year != 2025 || before.Basis != model.BasisMeter {
		t.Fatalf("%+v %v", before, err)
	}
	b.Put("rates", &model.Rate{Source: model.SourceFEMA, Year: 2027, Code: "8722", Per: model.PerHour, Amount: model.Some[model.Cents](131_00)})
	if after, _ := settle.TermsOf(b, unit); after != before {
		t.Errorf("the terms became %+v", after)
	}
	unit.FEMACode = "9999"
	if _, err := settle.TermsOf(b, unit); model.CodeOf(err) != model.NotFound {
		t.Errorf("an unknown code gives %v", err)
	}
	b.Put("rates", &model.Rate{Source: model.SourceFEMA, Year: 2025, Code: "8801", Amount: model.Some[model.Cents](17_51)})
	unit.FEMACode = "8801"
	if _, err := settle.TermsOf(b, unit); model.CodeOf(err) != model.Invalid {
		t.Errorf("a rate for nobody knows what gives %v", err)
	}
}
