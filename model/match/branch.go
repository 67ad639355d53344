package match

import (
	"container/heap"
	"math"
	"slices"
)

// A brancher proves the best plan of a part by branch and cut: the relaxation
// of a case bounds it, rules the shares break are added, and a case that is
// neither settled nor hopeless is split in two, the most promising first (Land
// and Doig 1960; Padberg and Rinaldi 1991).
type brancher struct {
	in      *instance
	relax   *relaxation
	prover  *prover
	options []int32
	// value and best are the best plan of the part so far.
	value int64
	best  []int32
	open  frontier
	root  *Node
	// worth is what plans that use an option can be worth at most, by the prices
	// at the root.
	worth []int64
	// closed is the largest bound among the cases that were given up.
	closed int64
	work   func() bool
	found  func(value int64, selection []int32)
	nodes  int64
	// looking is the case being looked at.
	looking *branch
	mended  *plan
	// fixed are options that stay in the plan whatever is chosen, worth base;
	// they are part of best and not of value.
	fixed []int32
	base  int64
	// lost is what splits have cost in bound.
	lost map[Split]*losses
}

// A branch is a case still to be looked at, or one that has been.
type branch struct {
	parent *branch
	split  Split
	with   bool
	bound  int64
	// loose is what the relaxation of the case before the split was worth.
	loose float64
	basis basis
	node  *Node
	depth int
	order int64
}

// frontier gives the open case with the largest bound, deepest first (a heap).
type frontier []*branch

// Len is how many cases are open.
func (f frontier) Len() int { return len(f) }

// Swap exchanges two cases.
func (f frontier) Swap(i, j int) { f[i], f[j] = f[j], f[i] }

// Less puts the case with the larger bound first, then the deeper, then the older.
func (f frontier) Less(i, j int) bool {
	a, b := f[i], f[j]
	switch {
	case a.bound != b.bound:
		return a.bound > b.bound
	case a.depth != b.depth:
		return a.depth > b.depth
	}
	return a.order < b.order
}

// Push appends a case, for package heap.
func (f *frontier) Push(x any) { *f = append(*f, x.(*branch)) }

// Pop takes the last case, for package heap.
func (f *frontier) Pop() any {
	last := len(*f) - 1
	x := (*f)[last]
	*f = (*f)[:last]
	return x
}

// cutRounds rounds of halved rules are tried at the root, one near it.
const (
	cutRounds   = 40
	cutsBelow   = 1
	deepestCuts = 6
	// deepestMixed is how far from it mixed rules are.
	deepestMixed = 1
)

// standstill is the part of a bound by which a round of halved rules has to lower
// it, or a fiftieth of the gap if that is less; a third round that does not is
// the last.
const standstill = 3e-5

// bound is the largest value a plan may still have.
func (b *brancher) bound() int64 {
	best := max(b.value, b.closed)
	for _, x := range b.open {
		best = max(best, x.bound)
	}
	if b.looking != nil {
		best = max(best, b.looking.bound)
	}
	return best
}

// run looks at cases until none is left or work says to stop.
func (b *brancher) run() {
	for len(b.open) > 0 {
		x := heap.Pop(&b.open).(*branch)
		if x.bound <= b.value {
			b.close(x)
			continue
		}
		done := false
		if !b.work() {
			b.looking = x
			done = b.look(x)
			b.looking = nil
		}
		if !done {
			heap.Push(&b.open, x)
			return
		}
	}
}

func (b *brancher) close(x *branch) { b.closed = max(b.closed, x.bound) }

// caseOf lists what has been decided on the way to a case.
func (b *brancher) caseOf(x *branch) *caseOf {
	c := &caseOf{barred: map[int32]bool{}, taken: map[int32]int32{}}
	if x.parent != nil {
		c.worth, c.value = b.worth, b.value
	}
	for ; x.parent != nil; x = x.parent {
		barred, taken := b.decided(x.split, x.with)
		for _, o := range barred {
			c.barred[o] = true
		}
		if taken >= 0 {
			c.taken[b.in.options[taken].edge] = taken
		}
	}
	return c
}

// decided lists the options that one side of a split bars, and the one it takes.
func (b *brancher) decided(s Split, with bool) ([]int32, int32) {
	if !s.ByRole {
		for o := b.in.ofEdge[s.Option.Edge][0]; o < b.in.ofEdge[s.Option.Edge][1]; o++ {
			if b.in.options[o].id() == s.Option {
				if with {
					return nil, o
				}
				return []int32{o}, -1
			}
		}
		return nil, -1
	}
	list := b.in.byVisitor[s.Person]
	if with {
		list = b.in.byHost[s.Person]
	}
	var out []int32
	for _, o := range list {
		if b.in.options[o].slots>>s.Slot&1 == 1 {
			out = append(out, o)
		}
	}
	return out, -1
}

// enter fixes the columns of the relaxation as a case demands.
func (b *brancher) enter(c *caseOf) {
	p := b.relax.lp
	for col, o := range b.options {
		taken, decided := c.taken[b.in.options[o].edge]
		switch {
		case decided && taken == o:
			p.fix(int32(col), 1, 1)
		case decided || c.bars(o):
			p.fix(int32(col), 0, 0)
		default:
			p.fix(int32(col), 0, 1)
		}
	}
}

// look bounds a case and splits it when that does not settle it. It reports
// whether there was time to.
func (b *brancher) look(x *branch) bool {
	b.nodes++
	c := b.caseOf(x)
	b.enter(c)
	if x.basis.head != nil {
		b.relax.lp.load(x.basis)
	}
	stopped := b.tighten(x, c)
	if x.parent != nil && !stopped {
		b.lossesOf(x.split).note(x.with, x.loose-max(b.relax.lp.bound(), float64(b.value)))
	}
	if x.bound <= b.value {
		b.close(x)
		return true
	}
	if stopped {
		return false
	}
	shares, worth := b.relax.shares(), b.relax.lp.bound()
	split, ok := b.choose(shares, c)
	if !ok {
		// The shares are whole and yet worth more than the best plan: numbers
		// have gone astray. What is proved is kept.
		b.close(x)
		return true
	}
	b.divide(x, split, worth)
	return true
}

// prove takes the prices of the relaxation as proof for a case.
func (b *brancher) prove(x *branch, c *caseOf) { b.accept(x, c, b.relax.prices()) }

// accept takes prices as proof for a case where they are better than what it had.
func (b *brancher) accept(x *branch, c *caseOf, prices []pricedRow) {
	b.acceptRows(x, c, b.relax.rows, prices)
}

// acceptRows takes prices of any rows as proof.
func (b *brancher) acceptRows(x *branch, c *caseOf, rows []row, prices []pricedRow) {
	if bound := b.prover.bound(rows, prices, c); bound < x.bound {
		x.bound = bound
		x.node.Prices = priceList(rows, prices)
		if x.parent == nil {
			b.worth = b.prover.worth(c)
		}
	}
}

// tighten solves the relaxation of a case, adding rules as they are broken, and
// tries the shares as a plan. It reports whether it was stopped.
func (b *brancher) tighten(x *branch, c *caseOf) bool {
	rounds := cutsBelow
	if x.parent == nil {
		rounds = cutRounds
	}
	if x.depth > deepestCuts {
		rounds = 0
	}
	stall, last := 0, math.Inf(1)
	for {
		o := b.relax.solve(float64(b.value)+0.9, func(int64) bool { return b.work() })
		b.prove(x, c)
		if o == interrupted || o == cutOff || x.bound <= b.value {
			return o == interrupted
		}
		shares := b.relax.shares()
		b.tryShares(shares)
		if b.relax.addEdgeRules(shares) > 0 {
			continue
		}
		now := b.relax.lp.bound()
		if now > last-min(0.02*(now-float64(b.value)), standstill*now)-0.01 {
			stall++
		} else {
			stall = 0
		}
		last = now
		if rounds == 0 || stall > 2 || b.addCuts(x, shares) == 0 {
			x.basis = b.relax.lp.save()
			return false
		}
		rounds--
		if b.relax.lp.m > 4*len(b.prover.edges)+200 {
			return false
		}
	}
}

// addCuts adds rounded rules that the shares break, and at the root first takes
// away those that have come to say nothing.
func (b *brancher) addCuts(x *branch, shares []float64) int {
	added := 0
	if x.parent == nil {
		b.relax.purge()
	}
	if x.depth <= deepestMixed {
		added = b.relax.addMixed(shares, b.work)
	}
	return added + b.relax.addHalves(shares, b.tries(x), b.work)
}

// tries are how many orders of elimination to try: more where the bound of the
// whole depends on it.
func (b *brancher) tries(x *branch) int {
	if x.parent == nil && b.fixed == nil {
		return halvesTries
	}
	return 1
}

// tryShares makes a plan of shares, the largest first.
func (b *brancher) tryShares(shares []float64) {
	if b.mended == nil {
		b.mended = newPlan(b.in)
	}
	order := make([]int32, 0, len(b.options))
	for c := range b.options {
		order = append(order, int32(c))
	}
	slices.SortStableFunc(order, func(x, y int32) int {
		switch dx, dy := shares[x], shares[y]; {
		case dx > dy+1e-9:
			return -1
		case dy > dx+1e-9:
			return 1
		}
		return int(b.in.options[b.options[y]].value - b.in.options[b.options[x]].value)
	})
	b.tryOrder(order, false)
	if len(b.in.must) > 0 && int(b.in.unlikely()) < len(b.in.options) {
		b.tryOrder(order, true)
	}
}

// tryOrder makes a plan of the columns in an order, after the locked edges, whose
// length is the shortest or follows from the order as well. The shortest always
// go together; when the others do not, there is no plan.
func (b *brancher) tryOrder(order []int32, longer bool) {
	p := b.mended
	p.restore(b.fixed)
	locks := func(o int32) {
		e := b.in.options[o].edge
		if _, locked := b.in.must[e]; !locked || p.chosen[e] >= 0 {
			return
		}
		if !longer {
			o = b.in.shortest(e)
		}
		if p.fits(o) {
			p.add(o)
		}
	}
	for _, c := range order {
		locks(b.options[c])
	}
	for _, o := range b.options {
		if e := b.in.options[o].edge; p.chosen[e] < 0 {
			if _, locked := b.in.must[e]; locked {
				return
			}
		}
	}
	for _, c := range order {
		if p.fits(b.options[c]) {
			p.add(b.options[c])
		}
	}
	b.offer(p.value-b.base, p.selection())
}

// offer takes a plan of the part if it is better than the best.
func (b *brancher) offer(value int64, selection []int32) {
	if value > b.value {
		b.value, b.best = value, slices.Clone(selection)
		b.found(value, b.best)
	}
}
