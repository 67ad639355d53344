package portfolio

import (
	"cmp"
	"math/bits"
	"slices"
	"strconv"

	"interlocal/model/cyber"
	"interlocal/model/value"
)

// Problem asks which joint solutions to buy. It is maximised
//
//	Σ cities Σ items weight × (min(ceiling, max(level, best lift)) − min(ceiling, level))
//
// within the budget, where the best lift is the highest that any chosen
// solution gives: two solutions for the same item do not add up. An item that
// a city has not answered with a level counts for nothing.
type Problem struct {
	Cities    []City
	Solutions []Solution
	Budget    value.Cents
	Years     int // years of running costs that the budget pays; 0 means 1
	Ceiling   int // levels above it count for nothing; 0 means [cyber.DefaultMinimum]
}

// City is one city's part of a problem, items in the order of the framework.
type City struct {
	Levels  cyber.Levels
	Weights []int // what a level of each item is worth; nil means 1 each
}

// Solution is something the cities could buy together.
type Solution struct {
	Name      string
	OneTime   value.Cents
	Yearly    value.Cents
	Lifts     []Lift
	Cities    []int // which cities it serves; nil means all
	Requires  []int // solutions without which it cannot be chosen
	Conflicts []int // solutions it cannot be chosen with
	Pinned    bool  // must be chosen
	Barred    bool  // must not be chosen
}

// Lift raises one item, to a level or by some levels. With both set, the
// higher result counts.
type Lift struct {
	Item int
	To   int
	By   int
}

// Cost gives what a solution costs over some years.
func (s Solution) Cost(years int) value.Cents { return s.OneTime + value.Cents(max(1, years))*s.Yearly }

// Portfolio is a choice of solutions and how good it is.
type Portfolio struct {
	Chosen  []int       // places in Problem.Solutions, in order
	Cost    value.Cents // over the years of the problem
	Gain    int64       // weighted levels gained
	ByCity  []int64     // the same for each city; it speaks of that city's answers
	Bound   int64       // no choice within the budget gains more
	Nodes   int         // steps the search took
	Stopped bool        // the search was stopped before it was done
}

// Proved says that no other choice within the budget is better.
func (p Portfolio) Proved() bool { return p.Gain >= p.Bound }

// Within gives how far the choice can be from the best at most, in tenths of a
// percent of the best, rounded up.
func (p Portfolio) Within() int {
	if p.Proved() {
		return 0
	}
	return int(((p.Bound-p.Gain)*1000 + p.Bound - 1) / p.Bound)
}

// Quality says it for a screen: "proved best" or "within 3.2% of the best".
func (p Portfolio) Quality() string {
	if p.Proved() {
		return "proved best"
	}
	w := p.Within()
	return "within " + strconv.Itoa(w/10) + "." + strconv.Itoa(w%10) + "% of the best"
}

// MaxSolutions is how many solutions one problem may hold.
const MaxSolutions = 64

// maxWeight keeps every sum of gains well inside 64 bits.
const maxWeight = 1_000_000

// set is a set of solutions.
type set uint64

func (s set) has(i int) bool { return s&(1<<i) != 0 }

// each calls f for every member in order.
func (s set) each(f func(i int)) {
	for ; s != 0; s &= s - 1 {
		f(bits.TrailingZeros64(uint64(s)))
	}
}

// solver is a problem boiled down. Each level that some item of some city
// could gain is worth its weight once any of a set of solutions is chosen, so
// the gain of a choice is the worth of the sets it meets; equal sets are one.
type solver struct {
	cost      []int64
	needs     []set // a solution with all it requires, directly or not
	dependent []set // a solution with all that require it
	clash     []set // what a solution says it conflicts with
	cover     []cover
	budget    int64
	pinned    set // with all that the pinned ones require
	barred    set // with all that require a barred one
	all       set
}

type cover struct {
	by    set
	worth int64
}

// newSolver checks the problem and boils it down.
func (p Problem) newSolver() (*solver, error) {
	if err := p.check(); err != nil {
		return nil, err
	}
	n := len(p.Solutions)
	v := &solver{budget: int64(p.Budget), all: set(1)<<n - 1, clash: make([]set, n)}
	for i, s := range p.Solutions {
		v.cost = append(v.cost, int64(s.Cost(p.Years)))
		for _, j := range s.Conflicts {
			v.clash[i] |= 1 << j
		}
	}
	v.closeOver(p.Solutions)
	for i, s := range p.Solutions {
		if s.Pinned {
			v.pinned |= v.needs[i]
		}
		if s.Barred {
			v.barred |= v.dependent[i]
		}
	}
	v.cover = p.covers()
	return v, v.checkPins(p.Solutions)
}

// closeOver works out what each solution drags in and what falls with it.
func (v *solver) closeOver(solutions []Solution) {
	n := len(solutions)
	v.needs, v.dependent = make([]set, n), make([]set, n)
	for i, s := range solutions {
		v.needs[i] = 1 << i
		for _, j := range s.Requires {
			v.needs[i] |= 1 << j
		}
	}
	for k := range n {
		for i := range n {
			if v.needs[i].has(k) {
				v.needs[i] |= v.needs[k]
			}
		}
	}
	for i := range n {
		v.needs[i].each(func(j int) { v.dependent[j] |= 1 << i })
	}
	for i := range n {
		if v.clashes(v.needs[i]) {
			v.barred |= v.dependent[i]
		}
	}
}

// clashes says whether two members of the set conflict.
func (v *solver) clashes(s set) bool {
	found := false
	s.each(func(i int) { found = found || v.clash[i]&s != 0 })
	return found
}

func (v *solver) costOf(s set) int64 {
	var sum int64
	s.each(func(i int) { sum += v.cost[i] })
	return sum
}

func (v *solver) gainOf(s set) int64 {
	var sum int64
	for _, c := range v.cover {
		if c.by&s != 0 {
			sum += c.worth
		}
	}
	return sum
}

// covers lists the sets of solutions that any one level could be gained by,
// equal sets added up.
func (p Problem) covers() []cover {
	worth := map[set]int64{}
	for c := range p.Cities {
		p.eachLevel(c, func(by set, weight int64) { worth[by] += weight })
	}
	out := make([]cover, 0, len(worth))
	for by, w := range worth {
		out = append(out, cover{by, w})
	}
	slices.SortFunc(out, func(a, b cover) int { return cmp.Compare(a.by, b.by) })
	return out
}

// eachLevel calls f for every single level that city c could gain, with the
// solutions that reach it.
func (p Problem) eachLevel(c int, f func(by set, weight int64)) {
	ceiling := p.ceiling()
	reach := map[int]*[8]set{}
	for i, s := range p.Solutions {
		if !s.serves(c) {
			continue
		}
		for _, l := range s.Lifts {
			from, ok := p.Cities[c].Levels.At(l.Item).Value()
			if !ok {
				continue
			}
			if reach[l.Item] == nil {
				reach[l.Item] = new([8]set)
			}
			for t := from + 1; t <= min(ceiling, max(l.To, from+l.By)); t++ {
				reach[l.Item][t] |= 1 << i
			}
		}
	}
	for item, levels := range reach {
		for _, by := range levels {
			if w := p.Cities[c].weight(item); by != 0 && w > 0 {
				f(by, w)
			}
		}
	}
}

func (s Solution) serves(city int) bool { return s.Cities == nil || slices.Contains(s.Cities, city) }

func (c City) weight(item int) int64 {
	if c.Weights == nil {
		return 1
	}
	if item >= len(c.Weights) {
		return 0
	}
	return int64(c.Weights[item])
}

func (p Problem) ceiling() int {
	if p.Ceiling > 0 {
		return min(7, p.Ceiling)
	}
	return cyber.DefaultMinimum
}

// portfolio writes a set of solutions as an answer.
func (p Problem) portfolio(v *solver, s set) Portfolio {
	out := Portfolio{Cost: value.Cents(v.costOf(s)), Gain: v.gainOf(s), ByCity: make([]int64, len(p.Cities))}
	s.each(func(i int) { out.Chosen = append(out.Chosen, i) })
	for c := range p.Cities {
		p.eachLevel(c, func(by set, weight int64) {
			if by&s != 0 {
				out.ByCity[c] += weight
			}
		})
	}
	return out
}
