package match

import (
	"math"
	"math/rand/v2"
	"slices"
)

// An lp is a linear relaxation: choose a share from 0 to 1 of each column so as
// to earn most without exceeding the limit of any row. It is solved by the dual
// simplex method for boxed variables, with steepest-edge pricing (Forrest and
// Goldfarb 1992) and a ratio test that flips bounds (Maros 2003). As every column
// has an upper bound, any basis can be started from: rows can be added and
// columns fixed at will.
//
// Floating point is good enough here. What becomes of the prices is verified in
// integers, so that an error can cost quality and never truth.
type lp struct {
	m, n   int
	cost   []float64
	lo, up []float64
	cols   [][]element
	limit  []float64
	// Only active columns take part; rows lists those alone. The others are
	// left at zero until their price says that they could earn something, those
	// from late on until nothing else could.
	active []bool
	rows   [][]element
	late   int

	// head is the variable at each position of the basis, place its inverse;
	// variable n+i is the slack of row i.
	head   []int32
	place  []int32
	atUp   []bool
	x      []float64
	d      []float64
	weight []float64
	factor *factor
	// made is the factor made last, whose memory the next one takes.
	made *factor
	// moved says that bounds have changed since the values were computed.
	moved bool

	rho, tau, image, vector, alpha []float64
	touched                        []int32
	listed                         []bool // columns that are among touched
	candidates                     []candidate
	pivots                         int64
	// effort counts the elements visited.
	effort int64
}

const (
	feasible      = 1e-7
	refactorAfter = 80
	// jitter breaks ties between columns; it is far below a point of value.
	jitter = 4e-7
)

// newLP makes a relaxation of columns worth the values given, without rows.
func newLP(values []float64) *lp {
	p := &lp{n: len(values), late: len(values), cols: make([][]element, len(values))}
	source := rand.New(rand.NewPCG(7, uint64(len(values))))
	for _, v := range values {
		p.cost = append(p.cost, -v*(1+jitter*(source.Float64()-0.5))-jitter*source.Float64())
	}
	p.lo = make([]float64, p.n)
	p.up = make([]float64, p.n)
	p.atUp = make([]bool, p.n)
	p.place = make([]int32, p.n)
	p.active = make([]bool, p.n)
	for j := range p.n {
		p.up[j], p.place[j] = 1, -1
	}
	p.d = slices.Clone(p.cost)
	p.alpha = make([]float64, p.n)
	p.listed = make([]bool, p.n)
	return p
}

// addRow adds a rule; its slack is basic.
func (p *lp) addRow(terms []element, limit float64) {
	i := int32(p.m)
	p.m++
	var row []element
	for _, t := range terms {
		p.cols[t.at] = append(p.cols[t.at], element{i, t.value})
		if p.active[t.at] {
			row = append(row, t)
		}
	}
	p.rows = append(p.rows, row)
	p.limit = append(p.limit, limit)
	p.lo, p.up = append(p.lo, 0), append(p.up, math.Inf(1))
	p.cost, p.d = append(p.cost, 0), append(p.d, 0)
	p.atUp = append(p.atUp, false)
	p.place = append(p.place, i)
	p.head = append(p.head, int32(p.n)+i)
	p.weight = append(p.weight, 1)
	p.x = append(p.x, 0)
	p.alpha = append(p.alpha, 0)
	p.factor = nil
}

// activate lets a column take part.
func (p *lp) activate(j int32) {
	if p.active[j] {
		return
	}
	p.active[j] = true
	for _, e := range p.cols[j] {
		p.rows[e.at] = append(p.rows[e.at], element{j, e.value})
	}
}

// activatePaying activates the columns that would earn something at the present
// prices, late ones only when no other does, and returns how many there are.
func (p *lp) activatePaying() int {
	p.reprice()
	count := p.activateWithin(0, p.late)
	if count == 0 {
		count = p.activateWithin(p.late, p.n)
	}
	if count > 0 {
		p.cleanup()
	}
	return count
}

func (p *lp) activateWithin(from, to int) int {
	count := 0
	for j := from; j < to; j++ {
		if !p.active[j] && p.d[j] < -1e-6 && p.up[j] > 0 {
			p.activate(int32(j))
			count++
		}
	}
	return count
}

// fix sets the bounds of a column.
func (p *lp) fix(j int32, lo, up float64) {
	if p.lo[j] == lo && p.up[j] == up {
		return
	}
	p.lo[j], p.up[j] = lo, up
	p.moved = true
	if up > 0 && lo > 0 {
		p.activate(j)
	}
}

func (p *lp) column(v int32) []element {
	if int(v) < p.n {
		return p.cols[v]
	}
	return []element{{v - int32(p.n), 1}}
}

// refactor makes factors, reduced costs and values anew.
func (p *lp) refactor() {
	slack := make([]element, p.m)
	for i := range slack {
		slack[i] = element{int32(i), 1}
	}
	column := func(pos int) []element {
		v := p.head[pos]
		if int(v) < p.n {
			return p.cols[v]
		}
		return slack[int(v)-p.n : int(v)-p.n+1]
	}
	for {
		f, repair := newFactor(p.m, column, p.made)
		if p.made = f; repair == nil {
			p.factor = f
			break
		}
		for _, r := range repair {
			p.place[p.head[r[0]]] = -1
			p.head[r[0]] = int32(p.n) + r[1]
			p.place[p.head[r[0]]] = r[0]
			p.weight[r[0]] = 1
		}
	}
	p.effort += int64(8*p.factor.size + p.n)
	p.resize()
	p.price()
	p.cleanup()
	p.account()
}

// account adds what the factor visited to the effort.
func (p *lp) account() {
	p.effort += p.factor.visited
	p.factor.visited = 0
}

func (p *lp) resize() {
	for _, v := range []*[]float64{&p.rho, &p.tau, &p.image, &p.vector} {
		if len(*v) != p.m {
			*v = make([]float64, p.m)
		}
	}
}

// reprice computes the reduced costs of all columns, those that take no part
// included.
func (p *lp) reprice() {
	if p.factor == nil {
		p.refactor()
	}
	p.price()
}

// price computes the reduced costs of the basis.
func (p *lp) price() {
	c := make([]float64, p.m)
	for pos, v := range p.head {
		c[pos] = p.cost[v]
	}
	y := make([]float64, p.m)
	p.factor.backward(c, y)
	p.effort += int64(p.n - p.late)
	for j := range p.n {
		d := p.cost[j]
		if p.place[j] >= 0 {
			p.d[j] = 0
			continue
		}
		for _, e := range p.cols[j] {
			d -= y[e.at] * e.value
		}
		p.d[j] = d
	}
	for i := range p.m {
		p.d[p.n+i] = -y[i]
		if p.place[p.n+i] >= 0 {
			p.d[p.n+i] = 0
		}
	}
}

// cleanup puts each nonbasic variable at the bound its reduced cost asks for and
// computes the values of the basic ones.
func (p *lp) cleanup() {
	p.moved = false
	a := slices.Clone(p.limit)
	for j := range p.n {
		if p.place[j] >= 0 {
			continue
		}
		switch {
		case p.d[j] > 1e-12 || !p.active[j]:
			p.atUp[j] = false
		case p.d[j] < -1e-12:
			p.atUp[j] = true
		}
		if v := p.value(int32(j)); v != 0 {
			for _, e := range p.cols[j] {
				a[e.at] -= v * e.value
			}
		}
	}
	p.factor.forward(a, p.x)
}

// value of a nonbasic variable.
func (p *lp) value(j int32) float64 {
	if p.atUp[j] {
		return p.up[j]
	}
	return p.lo[j]
}

// share returns the share chosen of a column.
func (p *lp) share(j int32) float64 {
	if pos := p.place[j]; pos >= 0 {
		return p.x[pos]
	}
	return p.value(j)
}

// rowPrice returns the price of a row.
func (p *lp) rowPrice(i int) float64 {
	if p.place[p.n+i] >= 0 {
		return 0
	}
	return max(0, p.d[p.n+i])
}

// bound is the value that the present prices prove, in floating point.
func (p *lp) bound() float64 {
	var sum float64
	for i := range p.m {
		sum += p.rowPrice(i) * p.limit[i]
	}
	for j := range p.n {
		if d := p.d[j]; p.place[j] < 0 {
			sum -= d * p.value(int32(j))
		}
	}
	return sum
}

type outcome uint8

const (
	optimal outcome = iota
	cutOff
	interrupted
)

// solve makes pivots until the shares are optimal, the bound falls to the
// target, or stop says so (asked every few pivots).
func (p *lp) solve(target float64, stop func(pivots int64) bool) outcome {
	switch {
	case p.factor == nil:
		p.refactor()
	case p.moved:
		p.cleanup()
	}
	rest, every := 0, min(20, 1+20_000/(p.m+1))
	for {
		if len(p.factor.pivots) >= refactorAfter {
			p.refactor()
		}
		if rest++; rest%every == 0 {
			if stop(p.pivots) {
				return interrupted
			}
			if p.bound() <= target {
				return cutOff
			}
		}
		r, gap := p.leaving()
		if r < 0 {
			if len(p.factor.pivots) == 0 {
				return optimal
			}
			p.refactor()
			if r, gap = p.leaving(); r < 0 {
				return optimal
			}
		}
		if !p.pivot(r, gap) {
			if len(p.factor.pivots) == 0 {
				return cutOff
			}
			p.refactor()
		}
	}
}
