package match

import (
	"container/heap"
	"slices"
)

// divide replaces a case by the two sides of a split. Both start with the proof
// of the case itself, which the root keeps to show which options are out below it.
func (b *brancher) divide(x *branch, s Split, worth float64) {
	n := x.node
	n.Split = &s
	n.Without, n.With = &Node{Prices: n.Prices}, &Node{Prices: n.Prices}
	if x.parent != nil {
		n.Prices = nil
	}
	for side, child := range []*Node{n.Without, n.With} {
		heap.Push(&b.open, &branch{
			parent: x, split: s, with: side == 1, bound: x.bound, loose: worth, basis: x.basis, node: child,
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
	return b.probe(list[:min(len(list), likeliest)], c), true
}

type scored struct {
	split Split
	score float64
}

func (s Split) compare(t Split) int {
	return slices.Compare([]int{s.Person, s.Slot, s.Option.Edge, s.Option.Slot},
		[]int{t.Person, t.Slot, t.Option.Edge, t.Option.Slot})
}

// Of the likeliest splits the one is taken whose two sides lose most: as has been
// seen of the same split before (pseudo-costs; Benichou and others 1971), or, of
// those seen less often than reliable, as a few pivots show for some of them
// (reliability branching; Achterberg, Koch and Martin 2005).
const (
	likeliest   = 16
	probes      = 5
	probePivots = 20
	reliable    = 3
)

// losses are what the two sides of a split have cost in bound so far.
type losses struct {
	sum   [2]float64
	count [2]int
}

func (l *losses) note(with bool, loss float64) {
	side := 0
	if with {
		side = 1
	}
	l.sum[side] += max(loss, 0)
	l.count[side]++
}

// known reports whether both sides were seen often enough to be relied on.
func (l *losses) known() bool { return min(l.count[0], l.count[1]) >= reliable }

// score is the product of the mean losses.
func (l *losses) score() float64 {
	score := 1.0
	for side, n := range l.count {
		score *= max(l.sum[side]/float64(max(n, 1)), 1e-3)
	}
	return score
}

// lossesOf keeps what is known of a split.
func (b *brancher) lossesOf(s Split) *losses {
	if b.lost == nil {
		b.lost = map[Split]*losses{}
	}
	l := b.lost[s]
	if l == nil {
		l = &losses{}
		b.lost[s] = l
	}
	return l
}

func (b *brancher) probe(list []scored, c *caseOf) Split {
	if len(list) == 1 {
		return list[0].split
	}
	best, most, tried := 0, -1.0, 0
	var start mark
	before := b.relax.lp.bound()
	for i, s := range list {
		l := b.lossesOf(s.split)
		if !l.known() {
			if tried == probes || b.work() {
				continue
			}
			if tried++; tried == 1 {
				start = b.relax.lp.mark()
			}
			b.try(s.split, l, c, &start, before)
		}
		if score := l.score(); score > most {
			best, most = i, score
		}
	}
	return list[best].split
}

// try looks a few pivots into both sides of a split.
func (b *brancher) try(s Split, l *losses, c *caseOf, start *mark, before float64) {
	p := b.relax.lp
	for _, with := range []bool{false, true} {
		barred, taken := b.decided(s, with)
		cols := barred
		if taken >= 0 {
			cols = []int32{taken}
		}
		b.fixAll(cols, taken >= 0, c)
		limit := p.pivots + probePivots
		p.solve(float64(b.value)+0.9, func(n int64) bool { return n >= limit || b.work() })
		l.note(with, before-p.bound())
		b.release(cols, c)
		p.back(start)
	}
}

func (b *brancher) fixAll(options []int32, take bool, c *caseOf) {
	for _, o := range options {
		if col := b.relax.column[o]; col >= 0 && !c.bars(o) {
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
		if _, taken := c.taken[b.in.options[o].edge]; col >= 0 && !taken && !c.bars(o) {
			b.relax.lp.fix(col, 0, 1)
		}
	}
}
