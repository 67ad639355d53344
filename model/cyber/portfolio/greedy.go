package portfolio

import "math/bits"

// Greedy answers at once: it keeps adding whatever gains most per dollar, also
// tries the single most useful solution first, and takes the better of the
// two. Its Bound says how far from the best that may be.
func (p Problem) Greedy() (Portfolio, error) {
	v, err := p.newSolver()
	if err != nil {
		return Portfolio{}, err
	}
	out := p.portfolio(v, v.greedy())
	out.Bound = max(out.Gain, v.rootBound())
	return out, nil
}

func (v *solver) greedy() set {
	best := v.prune(v.fill(v.pinned))
	if first, ok := v.mostUseful(); ok {
		if s := v.prune(v.fill(first)); v.better(s, best) {
			best = s
		}
	}
	return best
}

// better prefers the higher gain, then the lower cost, then fewer solutions.
func (v *solver) better(a, b set) bool {
	if ga, gb := v.gainOf(a), v.gainOf(b); ga != gb {
		return ga > gb
	}
	if ca, cb := v.costOf(a), v.costOf(b); ca != cb {
		return ca < cb
	}
	return bits.OnesCount64(uint64(a)) < bits.OnesCount64(uint64(b))
}

// fits says whether solution i can join the chosen ones, with all it needs.
func (v *solver) fits(s set, i int) bool {
	if v.barred.has(i) || s.has(i) {
		return false
	}
	with := s | v.needs[i]
	return v.costOf(with) <= v.budget && !v.clashes(with)
}

// fill adds solutions while some gain is to be had.
func (v *solver) fill(s set) set {
	open := v.uncovered(v.cover, s)
	for {
		best, bestGain, bestCost := -1, int64(0), int64(0)
		for i := range v.cost {
			if !v.fits(s, i) {
				continue
			}
			gain, cost := gainAmong(open, v.needs[i]), v.costOf(v.needs[i]&^s)
			if gain > 0 && (best < 0 || lessRatio(bestGain, bestCost, gain, cost)) {
				best, bestGain, bestCost = i, gain, cost
			}
		}
		if best < 0 {
			return s
		}
		s |= v.needs[best]
		open = v.uncovered(open, s)
	}
}

// mostUseful gives the solution that gains most on top of the pinned ones.
func (v *solver) mostUseful() (set, bool) {
	open := v.uncovered(v.cover, v.pinned)
	best, most := v.pinned, int64(0)
	for i := range v.cost {
		if v.fits(v.pinned, i) {
			if gain := gainAmong(open, v.needs[i]); gain > most {
				best, most = v.pinned|v.needs[i], gain
			}
		}
	}
	return best, most > 0
}

// prune drops what later choices have made useless.
func (v *solver) prune(s set) set {
	gain := v.gainOf(s)
	for i := range v.cost {
		without := s &^ v.dependent[i]
		if s.has(i) && v.pinned&v.dependent[i] == 0 && v.gainOf(without) == gain {
			s = without
		}
	}
	return s
}

// uncovered keeps the covers that s does not meet yet.
func (v *solver) uncovered(cs []cover, s set) []cover {
	var out []cover
	for _, c := range cs {
		if c.by&s == 0 {
			out = append(out, c)
		}
	}
	return out
}

func gainAmong(open []cover, s set) int64 {
	var sum int64
	for _, c := range open {
		if c.by&s != 0 {
			sum += c.worth
		}
	}
	return sum
}

// lessRatio says gainA/costA < gainB/costB, exactly; what is free comes last.
func lessRatio(gainA, costA, gainB, costB int64) bool {
	hiA, loA := bits.Mul64(uint64(gainA), uint64(costB))
	hiB, loB := bits.Mul64(uint64(gainB), uint64(costA))
	if hiA == hiB && loA == loB {
		return gainA < gainB
	}
	return hiA < hiB || hiA == hiB && loA < loB
}
