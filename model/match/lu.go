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

// A factor solves systems with a basis matrix B = L·T·U. The sparse triangular
// factors L and U are found column by column (Gilbert and Peierls 1988) after the
// columns and rows that are singletons have been taken first. Each exchange of a
// column appends one elementary matrix to T (the middle product form; Huangfu and
// Hall 2015) until the factor is made anew.
//
// Vectors on the side of the constraints are indexed by row, those on the side of
// the basic variables by position; within, both are indexed by the step of the
// elimination that took the row and the position.
type factor struct {
	m        int
	rowOf    []int32
	posOf    []int32
	stepOf   []int32 // of each row
	stepAt   []int32 // of each position
	lower    vectors
	lowSteps []int32
	upper    vectors // by column
	across   vectors // the same by row
	diagonal []float64
	// An update is I + column·rowᵀ; pivots are what its row makes of its column.
	columns, rows vectors
	pivots        []float64
	// middle is the column, and early the row, that the last solves kept for the
	// next exchange, between L and U.
	middle, early []float64
	work          []float64
	// visited counts the elements that solving has visited.
	visited int64
	// size is the number of elements of the factors.
	size   int
	making *factoring
}

// vectors are sparse vectors one after the other; the i-th begins at from[i].
type vectors struct {
	from []int32
	list []element
}

func (v *vectors) of(i int32) []element { return v.list[v.from[i]:v.from[i+1]] }

// end ends the vector whose elements were appended last.
func (v *vectors) end() { v.from = append(v.from, int32(len(v.list))) }

// truncate leaves the first n vectors.
func (v *vectors) truncate(n int) { v.from, v.list = v.from[:n+1], v.list[:v.from[n]] }

// emptied is no vectors, in the memory of others.
func emptied(v vectors) vectors { return vectors{from: append(v.from[:0], 0), list: v.list[:0]} }

// grown is a list of n zeros, in the memory of another where there is enough of it.
func grown[T any](old []T, n int) []T {
	if cap(old) < n {
		return make([]T, n, n+n/4)
	}
	old = old[:n]
	clear(old)
	return old
}

const tinyPivot = 1e-9

// newFactor factors the basis whose column at each position is given, in the memory
// of an old factor. Where columns depend on others it returns the positions, and for
// each a row whose slack takes its place.
func newFactor(m int, column func(pos int) []element, old *factor) (*factor, [][2]int32) {
	if old == nil {
		old = &factor{making: &factoring{}}
	}
	f := &factor{
		m: m, rowOf: grown(old.rowOf, m)[:0], posOf: grown(old.posOf, m)[:0],
		stepOf: grown(old.stepOf, m), stepAt: grown(old.stepAt, m),
		lower: emptied(old.lower), upper: emptied(old.upper), across: old.across,
		diagonal: grown(old.diagonal, m), work: grown(old.work, m),
		middle: grown(old.middle, m), early: grown(old.early, m), columns: emptied(old.columns),
		rows:   emptied(old.rows),
		pivots: old.pivots[:0], lowSteps: old.lowSteps[:0],
	}
	b := old.making
	b.factor, b.column, b.count, b.done, b.queue = f, column, grown(b.count, m), grown(b.done, m), b.queue[:0]
	f.making = b
	for i := range f.stepOf {
		f.stepOf[i] = -1
	}
	b.singletons()
	var broken []int32
	for _, pos := range b.rest() {
		if !b.eliminate(pos) {
			broken = append(broken, pos)
		}
	}
	if broken == nil {
		f.finish()
		return f, nil
	}
	clear(f.work)
	var repair [][2]int32
	row := int32(0)
	for _, pos := range broken {
		for f.stepOf[row] >= 0 {
			row++
		}
		repair = append(repair, [2]int32{pos, row})
		row++
	}
	return f, repair
}

// finish numbers the rows of L by their steps and lists U by row as well.
func (f *factor) finish() {
	for k, pos := range f.posOf {
		f.stepAt[pos] = int32(k)
	}
	for i := range f.lower.list {
		f.lower.list[i].at = f.stepOf[f.lower.list[i].at]
	}
	f.across = vectors{from: grown(f.across.from, f.m+1), list: grown(f.across.list, len(f.upper.list))}
	for _, e := range f.upper.list {
		f.across.from[e.at+1]++
	}
	for k := range f.m {
		f.across.from[k+1] += f.across.from[k]
	}
	next := append(f.making.next[:0], f.across.from...)
	f.making.next = next
	for k := range int32(f.m) {
		for _, e := range f.upper.of(k) {
			f.across.list[next[e.at]] = element{k, e.value}
			next[e.at]++
		}
	}
	f.size = f.m + len(f.lower.list) + len(f.upper.list)
}

// factoring is a factor in the making.
type factoring struct {
	*factor
	column func(pos int) []element
	// count is the number of columns not yet taken with an entry in a row.
	count  []int32
	done   []bool
	inRow  vectors // the positions with an entry in a row
	active []int32
	queue  stepQueue
	queued []int32
	next   []int32
	left   []int32
}

// listRows lists the positions with an entry in each row.
func (b *factoring) listRows() {
	from := grown(b.inRow.from, b.m+1)
	for pos := range b.m {
		for _, e := range b.column(pos) {
			from[e.at+1]++
			b.count[e.at]++
		}
	}
	for i := range b.m {
		from[i+1] += from[i]
	}
	b.inRow = vectors{from: from, list: grown(b.inRow.list, int(from[b.m]))}
	next := append(b.next[:0], from...)
	b.next = next
	for pos := range b.m {
		for _, e := range b.column(pos) {
			b.inRow.list[next[e.at]] = element{at: int32(pos)}
			next[e.at]++
		}
	}
}

// singletons takes columns with one row left, then rows with one column left:
// they need no arithmetic.
func (b *factoring) singletons() {
	b.listRows()
	left := grown(b.left, b.m)
	b.left = left
	var ready []int32
	for pos := range b.m {
		if left[pos] = int32(len(b.column(pos))); left[pos] == 1 {
			ready = append(ready, int32(pos))
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
				for _, other := range b.inRow.of(e.at) {
					if left[other.at]--; left[other.at] == 1 && !b.done[other.at] {
						ready = append(ready, other.at)
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
		for _, in := range b.inRow.of(row) {
			pos := in.at
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
	var pivot float64
	for _, e := range b.column(int(pos)) {
		switch {
		case e.at == row:
			pivot = e.value
		case b.stepOf[e.at] >= 0:
			b.upper.list = append(b.upper.list, element{b.stepOf[e.at], e.value})
		default:
			b.lower.list = append(b.lower.list, e)
		}
	}
	b.close(pos, row, pivot)
}

// close ends the step that takes a position with its pivot in a row.
func (b *factoring) close(pos, row int32, pivot float64) {
	k := int32(len(b.rowOf))
	b.upper.end()
	b.lower.end()
	low := b.lower.of(k)
	for i := range low {
		low[i].value /= pivot
	}
	if len(low) > 0 {
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
	b.queued = grown(b.queued, b.m)
	return rest
}

// reach notes that a row of the column being eliminated has an entry.
func (b *factoring) reach(row, stamp int32) {
	if b.queued[row] != stamp {
		b.queued[row] = stamp
		b.active = append(b.active, row)
		if s := b.stepOf[row]; s >= 0 && b.lower.from[s] < b.lower.from[s+1] {
			heap.Push(&b.queue, s)
		}
	}
}

// eliminate applies the steps so far to a column and makes it the next step.
func (b *factoring) eliminate(pos int32) bool {
	stamp := pos + 1
	b.active = b.active[:0]
	for _, e := range b.column(int(pos)) {
		b.work[e.at] = e.value
		b.reach(e.at, stamp)
	}
	for len(b.queue) > 0 {
		s := heap.Pop(&b.queue).(int32)
		x := b.work[b.rowOf[s]]
		if x == 0 {
			continue
		}
		for _, e := range b.lower.of(s) {
			b.work[e.at] -= x * e.value
			b.reach(e.at, stamp)
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
			b.upper.list = append(b.upper.list, element{s, x})
		default:
			b.lower.list = append(b.lower.list, element{r, x})
		}
	}
	if row < 0 {
		b.done[pos] = true
		return false
	}
	b.close(pos, row, pivot)
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
