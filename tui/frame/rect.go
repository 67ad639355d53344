package frame

// Rect is a rectangle of cells: where its upper left corner is, how wide and how
// high it is. A rectangle without width or height is empty and nothing can be
// drawn in it.
type Rect struct{ X, Y, W, H int }

// Empty reports whether the rectangle has no cell.
func (r Rect) Empty() bool { return r.W <= 0 || r.H <= 0 }

// Right returns the first column behind the rectangle.
func (r Rect) Right() int { return r.X + r.W }

// Bottom returns the first row below the rectangle.
func (r Rect) Bottom() int { return r.Y + r.H }

// Contains reports whether the cell at x, y is in the rectangle.
func (r Rect) Contains(x, y int) bool {
	return x >= r.X && x < r.Right() && y >= r.Y && y < r.Bottom()
}

// Intersect returns what r and s have in common.
func (r Rect) Intersect(s Rect) Rect {
	x, y := max(r.X, s.X), max(r.Y, s.Y)
	return Rect{X: x, Y: y, W: max(0, min(r.Right(), s.Right())-x), H: max(0, min(r.Bottom(), s.Bottom())-y)}
}

// Inset takes dx columns off the left and right and dy rows off the top and
// bottom.
func (r Rect) Inset(dx, dy int) Rect {
	dx, dy = min(dx, r.W/2), min(dy, r.H/2)
	return Rect{X: r.X + dx, Y: r.Y + dy, W: max(0, r.W-2*dx), H: max(0, r.H-2*dy)}
}

// SplitLeft parts off the first n columns.
func (r Rect) SplitLeft(n int) (left, rest Rect) {
	n = min(max(n, 0), max(r.W, 0))
	return Rect{r.X, r.Y, n, r.H}, Rect{r.X + n, r.Y, r.W - n, r.H}
}

// SplitRight parts off the last n columns.
func (r Rect) SplitRight(n int) (right, rest Rect) {
	rest, right = r.SplitLeft(r.W - min(max(n, 0), max(r.W, 0)))
	return right, rest
}

// SplitTop parts off the first n rows.
func (r Rect) SplitTop(n int) (top, rest Rect) {
	n = min(max(n, 0), max(r.H, 0))
	return Rect{r.X, r.Y, r.W, n}, Rect{r.X, r.Y + n, r.W, r.H - n}
}

// SplitBottom parts off the last n rows.
func (r Rect) SplitBottom(n int) (bottom, rest Rect) {
	rest, bottom = r.SplitTop(r.H - min(max(n, 0), max(r.H, 0)))
	return bottom, rest
}

// Row returns the one-row rectangle at row i, counted from the top of r; it is
// empty when r has no such row.
func (r Rect) Row(i int) Rect {
	if i < 0 || i >= r.H {
		return Rect{X: r.X, Y: r.Y}
	}
	return Rect{r.X, r.Y + i, r.W, 1}
}

// Center returns a rectangle of w by h cells in the middle of r, made smaller
// where r is smaller.
func (r Rect) Center(w, h int) Rect {
	w, h = min(max(w, 0), max(r.W, 0)), min(max(h, 0), max(r.H, 0))
	return Rect{r.X + (r.W-w)/2, r.Y + (r.H-h)/2, w, h}
}
