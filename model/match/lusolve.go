package match

import "math"

// forward solves B·x = a. The vector a is by row; x is by position. What the next
// exchange needs of a column that enters is kept.
func (f *factor) forward(a, x []float64) { f.solve(a, x, false) }

// enter is forward for the column that is to enter.
func (f *factor) enter(a, x []float64) { f.solve(a, x, true) }

func (f *factor) solve(a, x []float64, keep bool) {
	w := f.work
	for k, row := range f.rowOf {
		w[k] = a[row]
	}
	for _, k := range f.lowSteps {
		if v := w[k]; v != 0 {
			subtract(w, v, f.lower.of(k))
			f.visited += int64(f.lower.from[k+1] - f.lower.from[k])
		}
	}
	for i := range f.pivots {
		row := f.rows.of(int32(i))
		if v := product(w, row); v != 0 {
			subtract(w, v/f.pivots[i], f.columns.of(int32(i)))
		}
		f.visited += int64(len(row))
	}
	if keep {
		copy(f.middle, w)
	}
	for k := f.m - 1; k >= 0; k-- {
		v := w[k]
		if v == 0 {
			x[f.posOf[k]] = 0
			continue
		}
		w[k] = 0
		v /= f.diagonal[k]
		x[f.posOf[k]] = v
		u := f.upper.of(int32(k))
		subtract(w, v, u)
		f.visited += int64(len(u))
	}
	f.visited += int64(f.m / 4)
}

// subtract takes a multiple of a sparse vector from w.
func subtract(w []float64, v float64, list []element) {
	for _, e := range list {
		w[e.at] -= v * e.value
	}
}

func product(w []float64, list []element) (sum float64) {
	for _, e := range list {
		sum += w[e.at] * e.value
	}
	return sum
}

// backward solves Bᵀ·y = c. The vector c is by position; y is by row.
func (f *factor) backward(c, y []float64) { f.solveBack(c, y, false) }

// leave is backward for the position that a variable is to leave.
func (f *factor) leave(c, y []float64) { f.solveBack(c, y, true) }

func (f *factor) solveBack(c, y []float64, keep bool) {
	w := f.work
	for k, pos := range f.posOf {
		w[k] = c[pos]
	}
	for k := range f.m {
		v := w[k]
		if v == 0 {
			continue
		}
		v /= f.diagonal[k]
		w[k] = v
		u := f.across.of(int32(k))
		subtract(w, v, u)
		f.visited += int64(len(u))
	}
	if keep {
		copy(f.early, w)
	}
	for i := len(f.pivots) - 1; i >= 0; i-- {
		column := f.columns.of(int32(i))
		if v := product(w, column); v != 0 {
			subtract(w, v/f.pivots[i], f.rows.of(int32(i)))
		}
		f.visited += int64(len(column))
	}
	for i := len(f.lowSteps) - 1; i >= 0; i-- {
		k := f.lowSteps[i]
		w[k] -= product(w, f.lower.of(k))
	}
	f.visited += int64(len(f.lower.list) + f.m/4)
	for k, row := range f.rowOf {
		y[row] = w[k]
		w[k] = 0
	}
}

// exchange puts the column that entered last at the position left last. With u its
// present column of U and e its unit vector, L⁻¹B becomes U + (middle-u)·eᵀ, which
// is (I + (middle-u)·earlyᵀ)·U.
func (f *factor) exchange(at int32) {
	k := f.stepAt[at]
	for _, e := range f.upper.of(k) {
		f.middle[e.at] -= e.value
	}
	f.middle[k] -= f.diagonal[k]
	pivot := 1.0
	for i, v := range f.middle {
		if math.Abs(v) > 1e-14 {
			f.columns.list = append(f.columns.list, element{int32(i), v})
			pivot += v * f.early[i]
		}
	}
	f.columns.end()
	for i, v := range f.early {
		if math.Abs(v) > 1e-14 {
			f.rows.list = append(f.rows.list, element{int32(i), v})
		}
	}
	f.rows.end()
	f.pivots = append(f.pivots, pivot)
}

// truncate takes back all but the first exchanges.
func (f *factor) truncate(updates int) {
	f.pivots = f.pivots[:updates]
	f.columns.truncate(updates)
	f.rows.truncate(updates)
}
