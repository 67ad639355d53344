package buying

import (
	"cmp"
	"math/bits"
	"slices"

	"interlocal/model/field"
	"interlocal/model/partnership"
	"interlocal/model/value"
)

// Cost gives what a quantity costs under a bid; ok is false when no tier holds
// for it. Under tiers for all units the price of the tier that is reached is
// for every unit; under incremental ones each step's price is for the units in
// it, and units below the first step are charged at the first.
func Cost(b *Bid, quantity int64) (total value.Cents, ok bool) {
	if quantity <= 0 || len(b.Tiers) == 0 {
		return 0, false
	}
	if b.Manner != TierIncremental {
		price, ok := value.Cents(0), false
		for _, t := range b.Tiers {
			if quantity >= t.From.Or(0) {
				price, ok = t.Price.V, true
			}
		}
		return price * value.Cents(quantity), ok
	}
	if quantity < b.Tiers[0].From.Or(0) {
		return 0, false
	}
	for i, t := range b.Tiers {
		from, until := max(1, t.From.Or(1)), quantity
		if i == 0 {
			from = 1
		}
		if i+1 < len(b.Tiers) {
			until = min(quantity, b.Tiers[i+1].From.V-1)
		}
		if until >= from {
			total += value.Cents(until-from+1) * t.Price.V
		}
	}
	return total, true
}

// Price is what a bid means for one agency.
type Price struct {
	Partner  partnership.PartnerID
	Quantity int64
	Together value.Opt[value.Cents] // its part of the cost of all
	Alone    value.Opt[value.Cents] // what its quantity would cost by itself under the bid
	Baseline value.Opt[value.Cents] // what it pays now, alone
	Fee      value.Cents            // its part of the lead agency's fee
	// Withdrawn is what the others would pay more, in all, if it withdrew.
	Withdrawn value.Opt[value.Cents]
}

// Prices gives each agency's price under a bid, in the order in which the
// solicitation lists them. What all pay together is dealt out by quantity, to
// the cent.
func Prices(r field.Reader, s *Solicitation, b *Bid) []Price {
	var out []Price
	var weights []int64
	for _, p := range s.Participants {
		if q := p.Quantity.Or(0); q > 0 {
			out, weights = append(out, Price{Partner: p.Partner, Quantity: q}), append(weights, q)
		}
	}
	parts, together := shares(b, weights)
	fees := value.Split(s.Fee.Or(0), weights)
	for i := range out {
		p := &out[i]
		p.Fee = fees[i]
		if alone, ok := Cost(b, p.Quantity); ok {
			p.Alone = value.Some(alone)
		}
		p.Baseline = baselineOf(r, s, p.Partner, p.Quantity)
		if together {
			p.Together = value.Some(parts[i])
			p.Withdrawn = withdrawal(b, weights, parts, i)
		}
	}
	return out
}

// shares deals out what all quantities cost together.
func shares(b *Bid, weights []int64) ([]value.Cents, bool) {
	sum := int64(0)
	for _, w := range weights {
		sum += w
	}
	total, ok := Cost(b, sum)
	if !ok {
		return nil, false
	}
	return value.Split(total, weights), true
}

// withdrawal gives what the others pay more when one withdraws; unset when they
// no longer reach a tier.
func withdrawal(b *Bid, weights []int64, parts []value.Cents, i int) value.Opt[value.Cents] {
	rest, now := int64(0), value.Cents(0)
	for j := range weights {
		if j != i {
			rest, now = rest+weights[j], now+parts[j]
		}
	}
	total, ok := Cost(b, rest)
	if !ok {
		return value.Opt[value.Cents]{}
	}
	return value.Some(total - now)
}

// baselineOf gives what an agency would pay alone for a quantity: the prices of
// its needs, weighed by their quantities; unset when one is not recorded.
func baselineOf(r field.Reader, s *Solicitation, partner partnership.PartnerID, quantity int64) value.Opt[value.Cents] {
	var cost value.Cents
	var units int64
	for _, id := range s.Needs {
		n := field.Get(r, id)
		if n == nil || n.Partner != partner {
			continue
		}
		if !n.Baseline.Set || !n.Quantity.Set {
			return value.Opt[value.Cents]{}
		}
		cost, units = cost+value.Cents(n.Quantity.V)*n.Baseline.V, units+n.Quantity.V
	}
	if units == 0 {
		return value.Opt[value.Cents]{}
	}
	hi, lo := bits.Mul64(uint64(cost), uint64(quantity))
	lo, carry := bits.Add64(lo, uint64(units/2), 0)
	whole, _ := bits.Div64(hi+carry, lo, uint64(units))
	return value.Some(value.Cents(whole))
}

// Ranked is a bid with what it costs all together.
type Ranked struct {
	Bid   *Bid
	Total value.Opt[value.Cents]
	Tied  bool // another that meets the terms costs as much
}

// Rank lists the bids of a solicitation, the cheapest for all together first;
// those that do not meet the terms come last.
func Rank(r field.Reader, s *Solicitation) []Ranked {
	var out []Ranked
	if !s.Open() {
		return nil
	}
	for b := range field.Of[Bid](r, "solicitation", s.ID) {
		one := Ranked{Bid: b}
		if total, ok := Cost(b, s.Quantity()); ok {
			one.Total = value.Some(total)
		}
		out = append(out, one)
	}
	slices.SortStableFunc(out, func(a, b Ranked) int {
		return cmp.Or(boolLast(!a.Bid.Responsive, !b.Bid.Responsive), boolLast(!a.Total.Set, !b.Total.Set),
			cmp.Compare(a.Total.V, b.Total.V), cmp.Compare(a.Bid.ID, b.Bid.ID))
	})
	for i := 1; i < len(out); i++ {
		a, b := &out[i-1], &out[i]
		if a.Total.Set && a.Total == b.Total && a.Bid.Responsive && b.Bid.Responsive {
			a.Tied, b.Tied = true, true
		}
	}
	return out
}

func boolLast(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return 1
	}
	return -1
}
