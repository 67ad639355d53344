package portfolio

import (
	"math/bits"
	"slices"
)

// Best searches until the best choice is proved, or until stop says so, or
// after a number of steps; 0 steps means no limit, a nil stop never stops. Of
// several best choices it gives a cheapest one. When it was stopped, Bound
// still holds, so the answer says how far from the best it may be.
//
// The search is branch and bound: take the most promising solution or rule it
// out, and give up a branch as soon as even a relaxed problem, in which
// solutions may be bought in part, cannot beat what is in hand.
func (p Problem) Best(steps int, stop func() bool) (Portfolio, error) {
	v, err := p.newSolver()
	if err != nil {
		return Portfolio{}, err
	}
	b := &search{solver: v, limit: steps, stop: stop, best: v.greedy()}
	b.bestGain, b.bestCost = v.gainOf(b.best), v.costOf(b.best)
	start := node{chosen: v.pinned, out: v.barred, open: v.uncovered(v.cover, v.pinned)}
	start.gain, start.cost = v.gainOf(v.pinned), v.costOf(v.pinned)
	left := b.visit(start)
	out := p.portfolio(v, b.best)
	out.Nodes, out.Stopped = b.nodes, b.stopped
	out.Bound = max(out.Gain, left)
	return out, nil
}

// search is the state of a branch and bound.
type search struct {
	*solver
	limit    int
	stop     func() bool
	nodes    int
	stopped  bool
	best     set
	bestGain int64
	bestCost int64
}

// node is a partial choice: some solutions taken, some out, the rest open.
type node struct {
	chosen set
	out    set
	open   []cover // what the chosen ones have not met
	gain   int64
	cost   int64
}

// visit searches below a node and gives the bound of what it left unsearched,
// or 0 when it left nothing.
func (b *search) visit(n node) (left int64) {
	b.nodes++
	b.note(n)
	worth := b.prospects(&n)
	if worth == nil {
		return 0
	}
	bound := n.gain + b.relaxed(n, worth)
	if bound < b.bestGain || bound == b.bestGain && n.cost >= b.bestCost {
		return 0
	}
	if b.halt() {
		return bound
	}
	i := b.pick(n, worth)
	if i < 0 {
		return 0
	}
	left = b.visit(b.with(n, i))
	n.out |= b.dependent[i]
	return max(left, b.visit(n))
}

// halt says whether the search is to stop. It asks the caller now and then
// only, because asking may cost more than a step.
func (b *search) halt() bool {
	if !b.stopped {
		b.stopped = b.limit > 0 && b.nodes >= b.limit || b.stop != nil && b.nodes%64 == 0 && b.stop()
	}
	return b.stopped
}

// note keeps a node that is better than the best so far.
func (b *search) note(n node) {
	if n.gain > b.bestGain || n.gain == b.bestGain && n.cost < b.bestCost {
		b.best, b.bestGain, b.bestCost = n.chosen, n.gain, n.cost
	}
}

// with gives the node in which solution i is taken, with all it needs.
func (b *search) with(n node, i int) node {
	n.chosen |= b.needs[i]
	n.cost = b.costOf(n.chosen)
	open := make([]cover, 0, len(n.open))
	for _, c := range n.open {
		if c.by&b.needs[i] != 0 {
			n.gain += c.worth
		} else {
			open = append(open, c)
		}
	}
	n.open = open
	return n
}

// prospects gives what each open solution would add by itself, having put out
// those that no longer fit; nil when nothing can be added.
func (b *search) prospects(n *node) *[MaxSolutions]int64 {
	(b.all &^ (n.chosen | n.out)).each(func(i int) {
		if with := n.chosen | b.needs[i]; n.cost+b.costOf(b.needs[i]&^n.chosen) > b.budget || b.clashes(with) {
			n.out |= b.dependent[i]
		}
	})
	var worth [MaxSolutions]int64
	some := false
	avail := b.all &^ (n.chosen | n.out)
	for _, c := range n.open {
		by := c.by & avail
		some = some || by != 0
		for ; by != 0; by &= by - 1 {
			worth[bits.TrailingZeros64(uint64(by))] += c.worth
		}
	}
	if !some {
		return nil
	}
	return &worth
}

// relaxed bounds what the open solutions can still add: no more than meeting
// everything they could meet, and no more than buying the best per dollar, the
// last one in part, as if what they add never overlapped.
func (b *search) relaxed(n node, worth *[MaxSolutions]int64) int64 {
	avail := b.all &^ (n.chosen | n.out)
	var reachable int64
	for _, c := range n.open {
		if c.by&avail != 0 {
			reachable += c.worth
		}
	}
	return min(reachable, b.fractional(avail, worth, b.budget-n.cost))
}

// fractional buys the best per dollar until the money is gone.
func (v *solver) fractional(avail set, worth *[MaxSolutions]int64, money int64) int64 {
	var order [MaxSolutions]int
	k := 0
	avail.each(func(i int) {
		if worth[i] > 0 {
			order[k] = i
			k++
		}
	})
	slices.SortFunc(order[:k], func(x, y int) int {
		switch {
		case lessRatio(worth[y], v.cost[y], worth[x], v.cost[x]):
			return -1
		case lessRatio(worth[x], v.cost[x], worth[y], v.cost[y]):
			return 1
		}
		return 0
	})
	var sum int64
	for _, i := range order[:k] {
		if v.cost[i] > money {
			hi, lo := bits.Mul64(uint64(worth[i]), uint64(money))
			part, _ := bits.Div64(hi, lo, uint64(v.cost[i]))
			return sum + int64(part)
		}
		sum += worth[i]
		money -= v.cost[i]
	}
	return sum
}

// pick chooses the solution to decide on next: of those that gain something,
// with all they need, the one that gains most per dollar.
func (b *search) pick(n node, worth *[MaxSolutions]int64) int {
	best, bestGain, bestCost := -1, int64(0), int64(0)
	(b.all &^ (n.chosen | n.out)).each(func(i int) {
		gain, need := worth[i], b.needs[i]&^n.chosen
		if need != 1<<i {
			gain = gainAmong(n.open, need)
		}
		cost := b.costOf(need)
		if gain > 0 && (best < 0 || lessRatio(bestGain, bestCost, gain, cost)) {
			best, bestGain, bestCost = i, gain, cost
		}
	})
	return best
}

// rootBound bounds the whole problem, for an answer found without a search.
func (v *solver) rootBound() int64 {
	b := search{solver: v}
	n := node{chosen: v.pinned, out: v.barred, open: v.uncovered(v.cover, v.pinned), gain: v.gainOf(v.pinned),
		cost: v.costOf(v.pinned)}
	worth := b.prospects(&n)
	if worth == nil {
		return n.gain
	}
	return n.gain + b.relaxed(n, worth)
}
