package match

import "math"

type candidate struct {
	column int32
	ratio  float64
	size   float64
}

// entering makes the ratio test. Variables whose bound would be passed while the
// leaving one is still outside are flipped to their other bound.
func (p *lp) entering(sign, slope float64) (int32, float64, []int32) {
	p.candidates = p.candidates[:0]
	for _, j := range p.touched {
		a := sign * p.alpha[j]
		if math.Abs(a) < 1e-9 || p.lo[j] == p.up[j] || p.atUp[j] == (a > 0) {
			continue
		}
		p.candidates = append(p.candidates, candidate{j, max(0, p.d[j]/a), math.Abs(a)})
	}
	p.heapify()
	var flips []int32
	for i := 0; i < len(p.candidates); i++ {
		c := p.next(i)
		slope -= c.size * (p.up[c.column] - p.lo[c.column])
		if slope > 0 {
			flips = append(flips, c.column)
			continue
		}
		for k := i + 1; k < len(p.candidates) && p.least(k).ratio <= c.ratio+1e-9; k++ {
			p.next(k)
		}
		// Of nearly equal ratios the largest pivot is the safest.
		best := i
		for k := i + 1; k < len(p.candidates) && p.candidates[k].ratio <= c.ratio+1e-9; k++ {
			if p.candidates[k].size > p.candidates[best].size {
				best = k
			}
		}
		for k := i - 1; k >= 0 && p.candidates[best].size < 1e-4; k-- {
			if p.candidates[k].size > 1e-3 {
				best, flips = k, flips[:k]
			}
		}
		return p.candidates[best].column, p.candidates[best].ratio, flips
	}
	return -1, 0, nil
}

// The candidates not yet looked at form a heap from the end of the slice, the
// least ratio last; next moves it to place i, where the sorted ones end.
func (p *lp) heapify() {
	for i := len(p.candidates)/2 - 1; i >= 0; i-- {
		p.sift(i, len(p.candidates))
	}
}

func (p *lp) slot(i int) *candidate { return &p.candidates[len(p.candidates)-1-i] }

func (p *lp) least(int) *candidate { return p.slot(0) }

func (p *lp) next(i int) candidate {
	last := len(p.candidates) - 1 - i
	*p.slot(0), *p.slot(last) = *p.slot(last), *p.slot(0)
	p.sift(0, last)
	return p.candidates[i]
}

func (p *lp) sift(i, n int) {
	for {
		child := 2*i + 1
		if child >= n {
			return
		}
		if child+1 < n && p.slot(child+1).before(p.slot(child)) {
			child++
		}
		if !p.slot(child).before(p.slot(i)) {
			return
		}
		*p.slot(child), *p.slot(i) = *p.slot(i), *p.slot(child)
		i = child
	}
}

func (c *candidate) before(d *candidate) bool {
	return c.ratio < d.ratio || c.ratio == d.ratio && c.column < d.column
}

func (p *lp) flip(columns []int32) {
	if len(columns) == 0 {
		return
	}
	clear(p.vector)
	for _, j := range columns {
		by := p.up[j] - p.lo[j]
		if p.atUp[j] {
			by = -by
		}
		p.atUp[j] = !p.atUp[j]
		for _, e := range p.cols[j] {
			p.vector[e.at] += by * e.value
		}
	}
	p.factor.forward(p.vector, p.tau)
	for i, v := range p.tau {
		p.x[i] -= v
	}
}

// reweigh updates the steepest-edge weights for the exchange at a position.
func (p *lp) reweigh(r int32) {
	pivot, old := p.image[r], p.weight[r]
	copy(p.vector, p.rho)
	p.factor.forward(p.vector, p.tau)
	for i, v := range p.image {
		if v == 0 || int32(i) == r {
			continue
		}
		k := v / pivot
		p.weight[i] = max(p.weight[i]-2*k*p.tau[i]+k*k*old, 1e-4)
	}
	p.weight[r] = max(old/(pivot*pivot), 1e-4)
}
