package match

// A dive takes the relaxation of a part for a hint and follows it: the options
// whose shares are nearly whole are fixed, the relaxation is solved again, and
// so on until a plan is left or none better than the best can come of it. In small
// parts that takes little time, and the plan is close to the best possible.

// nearlyWhole is the share from which an option is fixed.
const nearlyWhole = 0.95

// dive makes plans on the way down from the root and leaves the relaxation as it
// was.
func (b *brancher) dive() {
	p := b.relax.lp
	start := p.save()
	fixed := map[int32]bool{}
	for !b.work() {
		shares := b.relax.shares()
		b.tryShares(shares)
		if !b.fixWhole(shares, fixed) {
			break
		}
		if b.relax.solve(float64(b.value)+0.9, func(int64) bool { return b.work() }) != optimal {
			break
		}
	}
	for c := range fixed {
		p.fix(c, 0, 1)
	}
	p.load(start)
}

// fixWhole fixes the columns whose shares are nearly whole, or else the one that is
// nearest to it. It reports whether one was in part.
func (b *brancher) fixWhole(shares []float64, fixed map[int32]bool) bool {
	best := int32(-1)
	before := len(fixed)
	part := false
	for c, v := range shares {
		if v < 1e-6 || fixed[int32(c)] {
			continue
		}
		part = part || v < 1-1e-6
		if best < 0 || v > shares[best] {
			best = int32(c)
		}
		if v > nearlyWhole {
			fixed[int32(c)] = true
			b.relax.lp.fix(int32(c), 1, 1)
		}
	}
	if len(fixed) == before && best >= 0 {
		fixed[best] = true
		b.relax.lp.fix(best, 1, 1)
	}
	return part
}
