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
		p.settle()
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

// basis is what it takes to go back to a state.
type basis struct {
	head   []int32
	atUp   []bool
	weight []float64
}

func (p *lp) save() basis {
	return basis{slices.Clone(p.head), slices.Clone(p.atUp), slices.Clone(p.weight)}
}

// load goes back to a basis; the slacks of rows added since are basic.
func (p *lp) load(b basis) {
	for i := range p.place {
		p.place[i] = -1
	}
	copy(p.head, b.head)
	copy(p.weight, b.weight)
	for i := len(b.head); i < p.m; i++ {
		p.head[i] = int32(p.n + i)
		p.weight[i] = 1
	}
	for i := range p.atUp {
		p.atUp[i] = i < len(b.atUp) && b.atUp[i]
	}
	for pos, v := range p.head {
		p.place[v] = int32(pos)
	}
	p.factor = nil
}

// A mark is a state that can be gone back to as long as no factor is made anew.
type mark struct {
	basis
	place   []int32
	x, d    []float64
	factor  *factor
	updates int
	moved   bool
}

func (p *lp) mark() mark {
	return mark{p.save(), slices.Clone(p.place), slices.Clone(p.x), slices.Clone(p.d), p.factor, len(p.factor.pivots), p.moved}
}

// back goes back to a mark.
func (p *lp) back(k *mark) {
	if p.factor != k.factor {
		p.load(k.basis)
		return
	}
	copy(p.head, k.head)
	copy(p.weight, k.weight)
	copy(p.atUp, k.atUp)
	copy(p.place, k.place)
	copy(p.x, k.x)
	copy(p.d, k.d)
	p.factor.truncate(k.updates)
	p.moved = k.moved
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
	p.settle()
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

// settle puts each nonbasic variable at the bound its reduced cost asks for and
// computes the values of the basic ones.
func (p *lp) settle() {
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
		p.settle()
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
