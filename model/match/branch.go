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
}

// A branch is a case still to be looked at, or one that has been.
type branch struct {
	parent *branch
	split  Split
	with   bool
	bound  int64
	basis  basis
	node   *Node
	depth  int
	order  int64
}

// frontier gives the open case with the largest bound, deepest first (a heap).
type frontier []*branch

func (f frontier) Len() int      { return len(f) }
func (f frontier) Swap(i, j int) { f[i], f[j] = f[j], f[i] }
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

// cutRounds rounds of halved rules are tried at the root, few below it.
const (
	cutRounds   = 40
	cutsBelow   = 2
	deepestCuts = 12
)

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
		b.looking = x
		done := b.look(x)
		b.looking = nil
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
		case decided || c.barred[o]:
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
	if x.bound <= b.value {
		b.close(x)
		return true
	}
	if stopped {
		return false
	}
	shares := b.relax.shares()
	split, ok := b.choose(shares, c)
	if !ok {
		// The shares are whole and yet worth more than the best plan: numbers
		// have gone astray. What is proved is kept.
		b.close(x)
		return true
	}
	b.divide(x, split)
	return true
}

// prove takes the prices of the relaxation as proof for a case.
func (b *brancher) prove(x *branch, c *caseOf) { b.accept(x, c, b.relax.prices()) }

// accept takes prices as proof for a case where they are better than what it had.
func (b *brancher) accept(x *branch, c *caseOf, prices []pricedRow) {
	if bound := b.prover.bound(b.relax.rows, prices, c); bound < x.bound {
		x.bound = bound
		x.node.Prices = priceList(b.relax.rows, prices)
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
		if now > last-0.02*(now-float64(b.value))-0.01 {
			stall++
		} else {
			stall = 0
		}
		last = now
		if rounds == 0 || stall > 2 || b.relax.addHalves(shares) == 0 {
			x.basis = b.relax.lp.save()
			return false
		}
		rounds--
		if b.relax.lp.m > 4*len(b.prover.edges)+200 {
			return false
		}
	}
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
	p := b.mended
	p.restore(b.fixed)
	for _, o := range b.options {
		e := b.in.options[o].edge
		if _, locked := b.in.must[e]; locked && p.chosen[e] < 0 {
			p.add(b.in.shortest(e))
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

// divide replaces a case by the two sides of a split. Both start with the proof
// of the case itself.
func (b *brancher) divide(x *branch, s Split) {
	n := x.node
	n.Split = &s
	n.Without, n.With = &Node{Prices: n.Prices}, &Node{Prices: n.Prices}
	n.Prices = nil
	for side, child := range []*Node{n.Without, n.With} {
		heap.Push(&b.open, &branch{
			parent: x, split: s, with: side == 1, bound: x.bound, basis: x.basis, node: child,
			depth: x.depth + 1, order: 2*b.nodes + int64(side),
		})
	}
	x.basis = basis{}
}

// choose picks what to split on: the role of somebody in a slot if one is
// undecided, else an option.
func (b *brancher) choose(shares []float64, c *caseOf) (Split, bool) {
	in := b.in
	away := map[[2]int]float64{}
	guests := map[[2]int]float64{}
	for col, o := range b.options {
		if v := shares[col]; v > 1e-6 {
			x := &in.options[o]
			eachSlot(x.slots, func(s int) {
				away[[2]int{int(x.visitor), s}] += v
				guests[[2]int{int(x.host), s}] += v
			})
		}
	}
	var list []scored
	for at, v := range away {
		if g := guests[at]; v > 1e-5 && v < 1-1e-5 && g > 1e-5 {
			list = append(list, scored{Split{ByRole: true, Person: at[0], Slot: at[1]}, min(v, 1-v) * (1 + min(g, 1))})
		}
	}
	if len(list) == 0 {
		for col, o := range b.options {
			if v := shares[col]; v > 1e-5 && v < 1-1e-5 {
				if _, known := c.taken[in.options[o].edge]; !known {
					list = append(list, scored{Split{Option: in.options[o].id()}, min(v, 1-v)})
				}
			}
		}
	}
	if len(list) == 0 {
		return Split{}, false
	}
	slices.SortFunc(list, func(x, y scored) int {
		switch {
		case x.score > y.score:
			return -1
		case x.score < y.score:
			return 1
		}
		return x.split.compare(y.split)
	})
	return b.probe(list[:min(len(list), probes)], c), true
}

type scored struct {
	split Split
	score float64
}

func (s Split) compare(t Split) int {
	return slices.Compare([]int{s.Person, s.Slot, s.Option.Edge, s.Option.Slot}, []int{t.Person, t.Slot, t.Option.Edge, t.Option.Slot})
}

// Of the probes likeliest splits the one is taken whose two sides lose most
// within a few pivots (strong branching; Applegate and others 1995).
const (
	probes      = 8
	probePivots = 40
)

func (b *brancher) probe(list []scored, c *caseOf) Split {
	if len(list) == 1 {
		return list[0].split
	}
	p := b.relax.lp
	start, before := p.save(), p.bound()
	best, most := 0, -1.0
	for i, s := range list {
		product := 1.0
		for _, with := range []bool{false, true} {
			barred, taken := b.decided(s.split, with)
			cols := barred
			if taken >= 0 {
				cols = []int32{taken}
			}
			b.fixAll(cols, taken >= 0, c)
			limit := p.pivots + probePivots
			p.solve(float64(b.value)+0.9, func(n int64) bool { return n >= limit })
			product *= max(before-p.bound(), 1e-3)
			b.release(cols, c)
			p.load(start)
		}
		if product > most {
			best, most = i, product
		}
		if b.work() {
			break
		}
	}
	return list[best].split
}

func (b *brancher) fixAll(options []int32, take bool, c *caseOf) {
	for _, o := range options {
		if col := b.relax.column[o]; col >= 0 && !c.barred[o] {
			if take {
				b.relax.lp.fix(col, 1, 1)
			} else {
				b.relax.lp.fix(col, 0, 0)
			}
		}
	}
}

func (b *brancher) release(options []int32, c *caseOf) {
	for _, o := range options {
		col := b.relax.column[o]
		if _, taken := c.taken[b.in.options[o].edge]; col >= 0 && !taken && !c.barred[o] {
			b.relax.lp.fix(col, 0, 1)
		}
	}
}
