package match

import (
	"container/heap"
	"math"
	"slices"
)

// An element is one nonzero of a sparse vector.
type element struct {
	at    int32
	value float64
}

// A factor solves systems with a basis matrix B through sparse triangular
// factors, found column by column (Gilbert and Peierls 1988) after the columns
// and rows that are singletons have been taken first, and kept up to date in
// product form: each exchange of a column appends one elementary matrix
// (Dantzig and Orchard-Hays 1954) until the factor is made anew.
//
// Vectors on the side of the constraints are indexed by row, those on the side of
// the basic variables by position.
type factor struct {
	m        int
	rowOf    []int32
	posOf    []int32
	lower    [][]element
	lowSteps []int32
	upper    [][]element
	diagonal []float64
	etas     []eta
	work     []float64
	// size is the number of elements that solving a system visits.
	size int
}

// An eta replaces the column at a position by one whose image is given.
type eta struct {
	at       int32
	pivot    float64
	elements []element
}

const tinyPivot = 1e-9

// newFactor factors the basis whose column at each position is given. Where
// columns depend on others it returns the positions, and for each a row whose
// slack takes its place.
func newFactor(m int, column func(pos int) []element) (*factor, [][2]int32) {
	f := &factor{
		m: m, rowOf: make([]int32, 0, m), posOf: make([]int32, 0, m), lower: make([][]element, m),
		upper: make([][]element, m), diagonal: make([]float64, m), work: make([]float64, m),
	}
	b := &factoring{factor: f, column: column, stepOf: make([]int32, m), count: make([]int32, m), done: make([]bool, m)}
	for i := range b.stepOf {
		b.stepOf[i] = -1
	}
	b.singletons()
	var broken []int32
	for _, pos := range b.rest() {
		if !b.eliminate(pos) {
			broken = append(broken, pos)
		}
	}
	if broken == nil {
		f.size = m
		for k := range f.m {
			f.size += len(f.lower[k]) + len(f.upper[k])
		}
		return f, nil
	}
	var repair [][2]int32
	row := int32(0)
	for _, pos := range broken {
		for b.stepOf[row] >= 0 {
			row++
		}
		repair = append(repair, [2]int32{pos, row})
		row++
	}
	return nil, repair
}

// factoring is a factor in the making.
type factoring struct {
	*factor
	column func(pos int) []element
	stepOf []int32
	// count is the number of columns not yet taken with an entry in a row.
	count  []int32
	done   []bool
	inRow  [][]int32
	active []int32
	queue  stepQueue
	queued []int32
}

// singletons takes columns with one row left, then rows with one column left:
// they need no arithmetic.
func (b *factoring) singletons() {
	b.inRow = make([][]int32, b.m)
	left := make([]int32, b.m)
	var ready []int32
	for pos := range b.m {
		col := b.column(pos)
		left[pos] = int32(len(col))
		if len(col) == 1 {
			ready = append(ready, int32(pos))
		}
		for _, e := range col {
			b.inRow[e.at] = append(b.inRow[e.at], int32(pos))
			b.count[e.at]++
		}
	}
	for len(ready) > 0 {
		pos := ready[len(ready)-1]
		ready = ready[:len(ready)-1]
		if b.done[pos] || left[pos] != 1 {
			continue
		}
		for _, e := range b.column(int(pos)) {
			if b.stepOf[e.at] < 0 && math.Abs(e.value) > tinyPivot {
				b.take(pos, e.at)
				for _, other := range b.inRow[e.at] {
					if left[other]--; left[other] == 1 && !b.done[other] {
						ready = append(ready, other)
					}
				}
				break
			}
		}
	}
	b.rowSingletons()
}

func (b *factoring) rowSingletons() {
	var ready []int32
	for row := range b.m {
		if b.stepOf[row] < 0 && b.count[row] == 1 {
			ready = append(ready, int32(row))
		}
	}
	for len(ready) > 0 {
		row := ready[len(ready)-1]
		ready = ready[:len(ready)-1]
		if b.stepOf[row] >= 0 || b.count[row] != 1 {
			continue
		}
		for _, pos := range b.inRow[row] {
			if b.done[pos] {
				continue
			}
			ok := false
			for _, e := range b.column(int(pos)) {
				ok = ok || e.at == row && math.Abs(e.value) > 0.01
			}
			if !ok {
				break
			}
			b.take(pos, row)
			for _, e := range b.column(int(pos)) {
				if b.stepOf[e.at] < 0 && b.count[e.at] == 1 {
					ready = append(ready, e.at)
				}
			}
			break
		}
	}
}

// take makes a column that needs no elimination the next step, with its pivot
// in a row.
func (b *factoring) take(pos, row int32) {
	k := int32(len(b.rowOf))
	var pivot float64
	for _, e := range b.column(int(pos)) {
		switch {
		case e.at == row:
			pivot = e.value
		case b.stepOf[e.at] >= 0:
			b.upper[k] = append(b.upper[k], element{b.stepOf[e.at], e.value})
		default:
			b.lower[k] = append(b.lower[k], e)
		}
	}
	b.finish(k, pos, row, pivot)
}

func (b *factoring) finish(k, pos, row int32, pivot float64) {
	for i := range b.lower[k] {
		b.lower[k][i].value /= pivot
	}
	if len(b.lower[k]) > 0 {
		b.lowSteps = append(b.lowSteps, k)
	}
	b.diagonal[k] = pivot
	b.rowOf, b.posOf = append(b.rowOf, row), append(b.posOf, pos)
	b.stepOf[row] = k
	b.done[pos] = true
	for _, e := range b.column(int(pos)) {
		b.count[e.at]--
	}
}

// rest returns the columns still to be taken, short ones first.
func (b *factoring) rest() []int32 {
	var rest []int32
	for pos := range b.m {
		if !b.done[pos] {
			rest = append(rest, int32(pos))
		}
	}
	slices.SortStableFunc(rest, func(x, y int32) int { return len(b.column(int(x))) - len(b.column(int(y))) })
	b.queued = make([]int32, b.m)
	return rest
}

// eliminate applies the steps so far to a column and makes it the next step.
func (b *factoring) eliminate(pos int32) bool {
	k := int32(len(b.rowOf))
	stamp := pos + 1
	b.active = b.active[:0]
	reach := func(row int32) {
		if b.queued[row] != stamp {
			b.queued[row] = stamp
			b.active = append(b.active, row)
			if s := b.stepOf[row]; s >= 0 && len(b.lower[s]) > 0 {
				heap.Push(&b.queue, s)
			}
		}
	}
	for _, e := range b.column(int(pos)) {
		b.work[e.at] = e.value
		reach(e.at)
	}
	for len(b.queue) > 0 {
		s := heap.Pop(&b.queue).(int32)
		x := b.work[b.rowOf[s]]
		if x == 0 {
			continue
		}
		for _, e := range b.lower[s] {
			b.work[e.at] -= x * e.value
			reach(e.at)
		}
	}
	row := b.pivotRow()
	var pivot float64
	for _, r := range b.active {
		x := b.work[r]
		b.work[r] = 0
		switch s := b.stepOf[r]; {
		case row < 0:
		case r == row:
			pivot = x
		case math.Abs(x) < 1e-14:
		case s >= 0:
			b.upper[k] = append(b.upper[k], element{s, x})
		default:
			b.lower[k] = append(b.lower[k], element{r, x})
		}
	}
	if row < 0 {
		b.done[pos] = true
		return false
	}
	b.finish(k, pos, row, pivot)
	return true
}

// pivotRow chooses, of the rows with a large enough entry, the one that the
// fewest columns still need.
func (b *factoring) pivotRow() int32 {
	largest := tinyPivot
	for _, r := range b.active {
		if b.stepOf[r] < 0 {
			largest = max(largest, math.Abs(b.work[r]))
		}
	}
	best := int32(-1)
	for _, r := range b.active {
		if b.stepOf[r] < 0 && math.Abs(b.work[r]) >= 0.1*largest && math.Abs(b.work[r]) > tinyPivot &&
			(best < 0 || b.count[r] < b.count[best] || b.count[r] == b.count[best] && r < best) {
			best = r
		}
	}
	return best
}

// A stepQueue gives steps in order (a heap).
type stepQueue []int32

// Len is how many steps wait.
func (q stepQueue) Len() int { return len(q) }

// Less puts the earlier step first.
func (q stepQueue) Less(i, j int) bool { return q[i] < q[j] }

// Swap exchanges two steps.
func (q stepQueue) Swap(i, j int) { q[i], q[j] = q[j], q[i] }

// Push appends a step, for package heap.
func (q *stepQueue) Push(x any) { *q = append(*q, x.(int32)) }

// Pop takes the last step, for package heap.
func (q *stepQueue) Pop() any {
	last := len(*q) - 1
	x := (*q)[last]
	*q = (*q)[:last]
	return x
}

// forward solves B·x = a. The vector a is by row and is overwritten; x is by
// position.
func (f *factor) forward(a, x []float64) {
	for _, k := range f.lowSteps {
		if v := a[f.rowOf[k]]; v != 0 {
			for _, e := range f.lower[k] {
				a[e.at] -= v * e.value
			}
		}
	}
	for k := f.m - 1; k >= 0; k-- {
		v := a[f.rowOf[k]]
		if v == 0 {
			x[f.posOf[k]] = 0
			continue
		}
		v /= f.diagonal[k]
		x[f.posOf[k]] = v
		for _, e := range f.upper[k] {
			a[f.rowOf[e.at]] -= v * e.value
		}
	}
	for i := range f.etas {
		t := &f.etas[i]
		v := x[t.at]
		if v == 0 {
			continue
		}
		v /= t.pivot
		for _, e := range t.elements {
			x[e.at] -= v * e.value
		}
		x[t.at] = v
	}
}

// backward solves Bᵀ·y = c. The vector c is by position and is overwritten; y is
// by row.
func (f *factor) backward(c, y []float64) {
	for i := len(f.etas) - 1; i >= 0; i-- {
		t := &f.etas[i]
		v := c[t.at]
		for _, e := range t.elements {
			v -= c[e.at] * e.value
		}
		c[t.at] = v / t.pivot
	}
	for k := range f.m {
		v := c[f.posOf[k]]
		for _, e := range f.upper[k] {
			v -= f.work[e.at] * e.value
		}
		if v != 0 {
			v /= f.diagonal[k]
		}
		f.work[k] = v
		y[f.rowOf[k]] = v
	}
	clear(f.work)
	for i := len(f.lowSteps) - 1; i >= 0; i-- {
		k := f.lowSteps[i]
		v := y[f.rowOf[k]]
		for _, e := range f.lower[k] {
			v -= y[e.at] * e.value
		}
		y[f.rowOf[k]] = v
	}
}

// exchange puts the column with image x (as forward gives it) at a position.
func (f *factor) exchange(at int32, x []float64) {
	t := eta{at: at, pivot: x[at]}
	for i, v := range x {
		if int32(i) != at && math.Abs(v) > 1e-14 {
			t.elements = append(t.elements, element{int32(i), v})
		}
	}
	f.etas = append(f.etas, t)
	f.size += len(t.elements)
}
