package portfolio

import (
	"math/bits"

	"interlocal/model/value"
)

// MaxShapley is how many cities [Shapley] can share among: it looks at every
// group of them.
const MaxShapley = 10

// Group is a set of cities: bit i stands for city i.
type Group uint

// Has says whether a city is in the group.
func (g Group) Has(city int) bool { return g>>city&1 == 1 }

// Shapley divides the cost of doing something together. costOf says what a
// group of cities would pay for it on its own; the empty group pays nothing.
// Each city pays the mean, over all orders in which the cities could have
// joined, of what its joining added. The figures are exact, rounded down to
// the cent, and the cents left over go to the largest remainders.
//
// A city whose joining makes it cheaper for the others can come out below
// zero: it is owed money.
func Shapley(cities int, costOf func(Group) value.Cents) ([]value.Cents, error) {
	if cities < 1 || cities > MaxShapley {
		return nil, refusePlan("Shares by marginal cost can be worked out for 1 to 10 cities.")
	}
	costs := make([]int64, 1<<cities)
	for g := range costs {
		c := costOf(Group(g))
		if c < 0 || c > maxMoney*MaxSolutions || g == 0 && c != 0 {
			return nil, refusePlan("The cost of a group of cities is from $0 to " + (maxMoney * MaxSolutions).String() +
				", and nobody pays nothing.")
		}
		costs[g] = int64(c)
	}
	factorial := [MaxShapley + 1]int64{1}
	for i := 1; i <= MaxShapley; i++ {
		factorial[i] = factorial[i-1] * int64(i)
	}
	orders := factorial[cities]
	shares, remainders := make([]value.Cents, cities), make([]int64, cities)
	for i := range cities {
		q, r := shapleyOf(i, cities, costs, factorial)
		shares[i], remainders[i] = value.Cents(q+floorDiv(r, orders)), floorMod(r, orders)
	}
	value.DealRest(value.Cents(costs[len(costs)-1]), shares, remainders)
	return shares, nil
}

// shapleyOf adds up what city i's joining added, over all orders, as whole
// cents and orders-th parts of a cent; the two are kept apart so that large
// amounts do not overflow.
func shapleyOf(i, cities int, costs []int64, factorial [MaxShapley + 1]int64) (whole, parts int64) {
	orders := factorial[cities]
	for g := range costs {
		if Group(g).Has(i) {
			continue
		}
		joined := bits.OnesCount(uint(g))
		weight := factorial[joined] * factorial[cities-joined-1]
		added := costs[g|1<<i] - costs[g]
		// added × weight ÷ orders, taken apart before multiplying.
		whole += added / orders * weight
		parts += added % orders * weight
		whole, parts = whole+parts/orders, parts%orders
	}
	return whole, parts
}

func floorDiv(a, b int64) int64 {
	if a%b < 0 {
		return a/b - 1
	}
	return a / b
}

func floorMod(a, b int64) int64 { return ((a % b) + b) % b }

// CostOfGroup gives what a group of cities would pay to have a choice of
// solutions on its own: the costs of those solutions that serve one of them.
// Each such solution costs a smaller group as much as all; what is shared is
// paid once. It is meant for [Shapley].
func (p Problem) CostOfGroup(chosen []int) func(Group) value.Cents {
	return func(g Group) value.Cents {
		var sum value.Cents
		for _, i := range chosen {
			for c := range p.Cities {
				if g.Has(c) && p.Solutions[i].serves(c) {
					sum += p.Solutions[i].Cost(p.Years)
					break
				}
			}
		}
		return sum
	}
}
