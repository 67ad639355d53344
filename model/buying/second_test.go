package buying_test

import (
	"math/big"
	"sort"
	"testing"

	"pgregory.net/rapid"

	"interlocal/model/buying"
	"interlocal/model/field/fieldtest"
	"interlocal/model/partnership"
	"interlocal/model/value"
)

// What follows computes savings a second time, in exact fractions and unit by unit. It was written from what is known
// of joint purchasing, without sight of the package, and shares no line and no type with what it checks; that the
// fee is an amount and that units below the first tier cost its price was then taken from what the fields say.
//
//	a bid's total    all-units: every unit at the price of the highest tier reached; incremental: each unit at the
//	                 price of the last tier that begins at it or before, those below the first at the first's
//	what cities pay  their parts of that total and of the fee, each dealt out by quantity with the largest remainders
//	savings          quantity x baseline, rounded once, less what is paid; without a baseline not computed

type secondTier struct{ from, price int64 }

// secondCity is a city's quantity and what a unit costs it alone, in cents; nil is not known.
type secondCity struct {
	quantity int64
	baseline *big.Rat
}

// secondShare is what one city pays and saves, in cents; saves is nil when it is not computed.
type secondShare struct{ pays, saves *big.Int }

// secondTotal is nil where no tier holds for the quantity.
func secondTotal(tiers []secondTier, incremental bool, quantity int64) *big.Rat {
	if quantity < tiers[0].from {
		return nil
	}
	total := new(big.Rat)
	for unit := int64(1); unit <= quantity; unit++ {
		reached := unit
		if !incremental {
			reached = quantity
		}
		price := tiers[0].price
		for _, tier := range tiers {
			if tier.from <= reached {
				price = tier.price
			}
		}
		total.Add(total, big.NewRat(price, 1))
	}
	return total
}

// secondRound gives whole cents, halves away from zero.
func secondRound(r *big.Rat) *big.Int {
	twice := new(big.Int).Mul(new(big.Int).Abs(r.Num()), big.NewInt(2))
	twice.Add(twice, r.Denom())
	twice.Quo(twice, new(big.Int).Mul(r.Denom(), big.NewInt(2)))
	if r.Sign() < 0 {
		twice.Neg(twice)
	}
	return twice
}

// secondShares shares out whole cents by weight. Of equal remainders the first listed gets the cent.
func secondShares(total *big.Int, weights []*big.Rat) []*big.Int {
	sum := new(big.Rat)
	for _, w := range weights {
		sum.Add(sum, w)
	}
	left := new(big.Int).Set(total)
	shares, rests, order := make([]*big.Int, len(weights)), make([]*big.Rat, len(weights)), make([]int, len(weights))
	for i, w := range weights {
		exact := new(big.Rat).Mul(new(big.Rat).SetInt(total), new(big.Rat).Quo(w, sum))
		shares[i] = new(big.Int).Quo(exact.Num(), exact.Denom())
		rests[i] = new(big.Rat).Sub(exact, new(big.Rat).SetInt(shares[i]))
		left.Sub(left, shares[i])
		order[i] = i
	}
	sort.SliceStable(order, func(a, b int) bool { return rests[order[a]].Cmp(rests[order[b]]) > 0 })
	for _, i := range order[:left.Int64()] {
		shares[i].Add(shares[i], big.NewInt(1))
	}
	return shares
}

func secondSavings(tiers []secondTier, incremental bool, fee int64, cities []secondCity) []secondShare {
	whole, weights := int64(0), make([]*big.Rat, len(cities))
	for i, city := range cities {
		whole += city.quantity
		weights[i] = big.NewRat(city.quantity, 1)
	}
	result := make([]secondShare, len(cities))
	total := secondTotal(tiers, incremental, whole)
	if total == nil {
		return result
	}
	parts, fees := secondShares(secondRound(total), weights), secondShares(big.NewInt(fee), weights)
	for i, city := range cities {
		result[i].pays = new(big.Int).Add(parts[i], fees[i])
		if city.baseline != nil {
			before := secondRound(new(big.Rat).Mul(big.NewRat(city.quantity, 1), city.baseline))
			result[i].saves = before.Sub(before, result[i].pays)
		}
	}
	return result
}

// TestSavingsAgreeWithASecondImplementation over random solicitations: of bids, and of the awards made of them.
func TestSavingsAgreeWithASecondImplementation(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := joint(func(s *buying.Solicitation) { s.State, s.Participants = buying.Opened, nil })
		fee := rapid.Int64Range(0, 100_000).Draw(t, "fee")
		s.Fee = money(value.Cents(fee))
		recs := []any{s}
		var cities []secondCity
		for i := range rapid.IntRange(1, 6).Draw(t, "cities") {
			city, quantity := partnership.PartnerID(i+2), rapid.Int64Range(1, 90).Draw(t, "quantity")
			s.Participants = append(s.Participants, buying.Participation{Partner: city, Quantity: count(quantity)})
			c := secondCity{quantity: quantity}
			needs, cost := int64(0), int64(0)
			for range rapid.IntRange(0, 3).Draw(t, "needs") {
				n := &buying.Need{ID: buying.NeedID(len(recs)), Partner: city, State: buying.NeedOpen,
					Quantity: count(rapid.Int64Range(1, 50).Draw(t, "needed")),
					Baseline: money(value.Cents(rapid.Int64Range(1, 9_999).Draw(t, "baseline")))}
				s.Needs, recs = append(s.Needs, n.ID), append(recs, n)
				needs, cost = needs+n.Quantity.V, cost+n.Quantity.V*int64(n.Baseline.V)
			}
			if needs > 0 {
				c.baseline = big.NewRat(cost, needs)
			}
			cities = append(cities, c)
		}
		b := &buying.Bid{ID: 1, Solicitation: s.ID, Vendor: "V", Responsive: true, Manner: buying.TierAll}
		if rapid.Bool().Draw(t, "incremental") {
			b.Manner = buying.TierIncremental
		}
		var tiers []secondTier
		from := rapid.Int64Range(1, 60).Draw(t, "from")
		for range rapid.IntRange(1, 4).Draw(t, "tiers") {
			price := rapid.Int64Range(0, 9_999).Draw(t, "price")
			tiers = append(tiers, secondTier{from, price})
			b.Tiers = append(b.Tiers, tier(from, value.Cents(price)))
			from += rapid.Int64Range(1, 120).Draw(t, "step")
		}
		r := with(append(recs, b)...)
		prices, award := buying.Prices(r, s, b), buying.AwardOf(r, s, b, fieldtest.Saturday)
		for i, want := range secondSavings(tiers, b.Manner == buying.TierIncremental, fee, cities) {
			for _, got := range []buying.Figures{prices[i].Figures(), award.Lines[i].Figures()} {
				saved, ok := got.Saved()
				if got.Pays.Set != (want.pays != nil) || got.Pays.Set && int64(got.Pays.V) != want.pays.Int64() ||
					ok != (want.saves != nil) || ok && int64(saved) != want.saves.Int64() {
					t.Fatalf("city %d pays %v and saves %v, %v; a second time %+v", i, got.Pays, saved, ok, want)
				}
			}
		}
	})
}
