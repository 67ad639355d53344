package match

import "math"

// leaving chooses the position whose value is furthest outside its bounds, in
// the steepest-edge norm; gap is how far above (or, negative, below).
func (p *lp) leaving() (int32, float64) {
	best, at, gap := 0.0, int32(-1), 0.0
	for pos, v := range p.head {
		g := p.x[pos] - p.up[v]
		if g < feasible {
			if g = p.x[pos] - p.lo[v]; g > -feasible {
				continue
			}
		}
		if score := g * g / p.weight[pos]; score > best {
			best, at, gap = score, int32(pos), g
		}
	}
	return at, gap
}

// pivot exchanges the variable at a position for one that enters. It reports
// failure when none can, or when the numbers have become unreliable.
func (p *lp) pivot(r int32, gap float64) bool {
	p.pivots++
	clear(p.vector)
	p.vector[r] = 1
	p.factor.leave(p.vector, p.rho)
	p.rowOf(p.rho)
	sign := 1.0
	if gap < 0 {
		sign = -1
	}
	q, step, flips := p.entering(sign, math.Abs(gap))
	if q < 0 {
		p.forget()
		return false
	}
	clear(p.vector)
	for _, e := range p.column(q) {
		p.vector[e.at] = e.value
	}
	p.factor.enter(p.vector, p.image)
	if a := p.alpha[q]; math.Abs(a-p.image[r]) > 1e-6*(1+math.Abs(a)) && len(p.factor.pivots) > 0 {
		p.forget()
		return false
	}
	for _, j := range p.touched {
		p.d[j] -= step * sign * p.alpha[j]
	}
	out := p.head[r]
	p.d[out], p.d[q] = -step*sign, 0
	p.effort += int64(6*len(p.touched) + p.m)
	p.forget()
	p.flip(flips)
	p.reweigh(r)
	target := p.up[out]
	if sign < 0 {
		target = p.lo[out]
	}
	move := (p.x[r] - target) / p.image[r]
	entered := p.value(q) + move
	for i, v := range p.image {
		if v != 0 {
			p.x[i] -= move * v
		}
	}
	p.x[r] = entered
	p.atUp[out] = sign > 0
	p.place[out], p.place[q], p.head[r] = -1, r, q
	p.factor.exchange(r)
	p.account()
	return true
}

// rowOf computes the row of the tableau that rho belongs to, for the nonbasic
// variables.
func (p *lp) rowOf(rho []float64) {
	for i, v := range rho {
		if math.Abs(v) < 1e-13 {
			continue
		}
		p.effort += int64(len(p.rows[i]))
		for _, e := range p.rows[i] {
			// An entry may cancel out and come back, and must be listed once.
			if !p.listed[e.at] {
				if p.place[e.at] >= 0 {
					continue
				}
				p.touched = append(p.touched, e.at)
				p.listed[e.at] = true
			}
			p.alpha[e.at] += v * e.value
		}
		if s := int32(p.n + i); p.place[s] < 0 {
			p.touched = append(p.touched, s)
			p.alpha[s] = v
		}
	}
}

func (p *lp) forget() {
	for _, j := range p.touched {
		p.alpha[j] = 0
		if int(j) < p.n {
			p.listed[j] = false
		}
	}
	p.touched = p.touched[:0]
}
