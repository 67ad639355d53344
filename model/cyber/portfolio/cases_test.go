package portfolio

import (
	"math/bits"
	"math/rand/v2"
	"slices"
	"strconv"
	"testing"

	"interlocal/model/cyber"
	"interlocal/model/value"
)

// levelValues are the answers a random city may give; the first two score
// nothing.
var levelValues = []cyber.Level{cyber.Unanswered, cyber.UnknownToAnyone, cyber.NotPerformed, cyber.Informal,
	cyber.Documented,
	cyber.PartlyStandard, cyber.RiskAccepted, cyber.InProcess, cyber.Tested, cyber.Optimized}

func randomCity(r *rand.Rand, items int, weighted bool) City {
	c := City{Levels: make(cyber.Levels, items)}
	for i := range c.Levels {
		c.Levels[i] = levelValues[r.IntN(len(levelValues))]
	}
	if weighted {
		c.Weights = make([]int, items)
		for i := range c.Weights {
			c.Weights[i] = r.IntN(4)
		}
	}
	return c
}

func randomProblem(r *rand.Rand, cities, items, solutions int) Problem {
	p := Problem{Budget: value.Cents(r.IntN(60)), Years: r.IntN(4), Ceiling: r.IntN(8)}
	for range cities {
		p.Cities = append(p.Cities, randomCity(r, items, r.IntN(2) == 0))
	}
	for i := range solutions {
		s := Solution{Name: "s" + strconv.Itoa(i), OneTime: value.Cents(r.IntN(20)), Yearly: value.Cents(r.IntN(4)),
			Pinned: r.IntN(12) == 0, Barred: r.IntN(12) == 0}
		for range 1 + r.IntN(items) {
			l := Lift{Item: r.IntN(items + 1), To: r.IntN(8)}
			if r.IntN(2) == 0 {
				l = Lift{Item: l.Item, By: 1 + r.IntN(3)}
			}
			s.Lifts = append(s.Lifts, l)
		}
		for c := range cities {
			if r.IntN(3) > 0 {
				s.Cities = append(s.Cities, c)
			}
		}
		if r.IntN(4) == 0 {
			s.Requires = append(s.Requires, r.IntN(solutions))
		}
		if j := r.IntN(solutions); r.IntN(5) == 0 && j != i {
			s.Conflicts = append(s.Conflicts, j)
		}
		p.Solutions = append(p.Solutions, s)
	}
	return p
}

// plainGain is the objective as the text of [Problem] states it, worked out
// with none of the solver's machinery.
func plainGain(p Problem, chosen uint) int64 {
	ceiling := p.Ceiling
	if ceiling == 0 {
		ceiling = 5
	}
	var sum int64
	for c, city := range p.Cities {
		for item, l := range city.Levels {
			v, ok := l.Value()
			if !ok {
				continue
			}
			best := v
			for i, s := range p.Solutions {
				if chosen>>i&1 == 0 || s.Cities != nil && !slices.Contains(s.Cities, c) {
					continue
				}
				for _, lift := range s.Lifts {
					if lift.Item == item {
						best = max(best, lift.To, v+lift.By)
					}
				}
			}
			w := 1
			if city.Weights != nil {
				w = city.Weights[item]
			}
			sum += int64(w * (min(ceiling, best) - min(ceiling, v)))
		}
	}
	return sum
}

// plainlyAllowed says whether a choice keeps the budget, pins, prerequisites
// and conflicts, and what it costs.
func plainlyAllowed(p Problem, chosen uint) (value.Cents, bool) {
	var cost value.Cents
	for i, s := range p.Solutions {
		in := chosen>>i&1 == 1
		if s.Pinned && !in || s.Barred && in {
			return 0, false
		}
		if !in {
			continue
		}
		cost += s.OneTime + value.Cents(max(1, p.Years))*s.Yearly
		for _, j := range s.Requires {
			if chosen>>j&1 == 0 {
				return 0, false
			}
		}
		for _, j := range s.Conflicts {
			if chosen>>j&1 == 1 {
				return 0, false
			}
		}
	}
	return cost, cost <= p.Budget
}

// bruteForce tries every choice.
func bruteForce(p Problem) (gain int64, cost value.Cents, possible bool) {
	for chosen := range uint(1) << len(p.Solutions) {
		c, ok := plainlyAllowed(p, chosen)
		if !ok {
			continue
		}
		if g := plainGain(p, chosen); !possible || g > gain || g == gain && c < cost {
			gain, cost, possible = g, c, true
		}
	}
	return gain, cost, possible
}

func chosenMask(chosen []int) uint {
	var m uint
	for _, i := range chosen {
		m |= 1 << i
	}
	return m
}

// checkPortfolio tests what must hold for any answer.
func checkPortfolio(t *testing.T, p Problem, got Portfolio) {
	t.Helper()
	mask := chosenMask(got.Chosen)
	cost, ok := plainlyAllowed(p, mask)
	if !ok {
		t.Fatalf("chose %v, which is not allowed in %+v", got.Chosen, p)
	}
	var byCity int64
	for _, g := range got.ByCity {
		byCity += g
	}
	if want := plainGain(p, mask); got.Gain != want || byCity != want || got.Cost != cost {
		t.Fatalf("gain %d, by city %d, cost %d; want %d, %d", got.Gain, byCity, got.Cost, want, cost)
	}
}

// plain makes a problem of one city at 1 everywhere and solutions that lift a
// given number of items each by one level.
func plain(budget value.Cents, costs, items []int) Problem {
	p := Problem{Budget: budget, Cities: []City{{}}}
	for i, n := range items {
		s := Solution{Name: "s" + strconv.Itoa(i), OneTime: value.Cents(costs[i])}
		for range n {
			s.Lifts = append(s.Lifts, Lift{Item: len(p.Cities[0].Levels), By: 1})
			p.Cities[0].Levels = append(p.Cities[0].Levels, cyber.NotPerformed)
		}
		p.Solutions = append(p.Solutions, s)
	}
	return p
}

// bigProblem is the size a partnership meets: 5 cities, 106 items. Overlap
// says how many items a solution touches.
func bigProblem(seed uint64, solutions, overlap int, deltas bool) Problem {
	r := rand.New(rand.NewPCG(seed, 20))
	p := Problem{Years: 3}
	var total value.Cents
	for range 5 {
		c := City{Levels: make(cyber.Levels, 106), Weights: make([]int, 106)}
		for i := range c.Levels {
			c.Levels[i] = levelValues[2+r.IntN(8)]
			c.Weights[i] = 1 + r.IntN(3)
		}
		p.Cities = append(p.Cities, c)
	}
	for i := range solutions {
		s := Solution{Name: "s" + strconv.Itoa(i), OneTime: value.Cents(1_000_000 + r.IntN(9_000_000)),
			Yearly: value.Cents(r.IntN(3_000_000))}
		for _, item := range r.Perm(106)[:overlap] {
			if deltas && r.IntN(2) == 0 {
				s.Lifts = append(s.Lifts, Lift{Item: item, By: 1 + r.IntN(3)})
			} else {
				s.Lifts = append(s.Lifts, Lift{Item: item, To: 3 + r.IntN(3)})
			}
		}
		total += s.Cost(3)
		p.Solutions = append(p.Solutions, s)
	}
	p.Budget = total * 2 / 5
	return p
}

// tableBest proves the best gain a second way: a sum over subsets gives the
// gain of every choice at once.
func tableBest(t *testing.T, p Problem) int64 {
	t.Helper()
	v, err := p.newSolver()
	if err != nil {
		t.Fatal(err)
	}
	n := len(p.Solutions)
	missed := make([]int64, 1<<n) // by set X: worth of the covers inside X
	var all int64
	for _, c := range v.cover {
		missed[c.by] += c.worth
		all += c.worth
	}
	for i := range n {
		for s := range missed {
			if s>>i&1 == 1 {
				missed[s] += missed[s^1<<i]
			}
		}
	}
	cost := make([]int64, 1<<n)
	var best int64
	for s := range cost {
		if s > 0 {
			cost[s] = cost[s&(s-1)] + v.cost[bits.TrailingZeros(uint(s))]
		}
		if cost[s] <= v.budget {
			best = max(best, all-missed[(1<<n-1)^s])
		}
	}
	return best
}
