package frame

import "interlocal/tui/theme"

// The glyphs of frames and rules.
const (
	horizontal  = "─"
	vertical    = "│"
	topLeft     = "╭"
	topRight    = "╮"
	bottomLeft  = "╰"
	bottomRight = "╯"
)

// HLine draws a rule of w columns from x, y to the right.
func (f *Frame) HLine(x, y, w int, ink theme.Style) {
	f.At(x, y)
	f.Repeat(ink, horizontal, w)
}

// VLine draws a rule of h rows from x, y downwards.
func (f *Frame) VLine(x, y, h int, ink theme.Style) {
	for i := range max(h, 0) {
		f.At(x, y+i)
		f.Repeat(ink, vertical, 1)
	}
}

// Repeat draws a character of one column n times.
func (f *Frame) Repeat(ink theme.Style, glyph string, n int) {
	x, y := f.x, f.y
	f.x += max(n, 0)
	from, to := max(x, f.clip.X), min(x+n, f.clip.Right())
	if to <= from || y < f.clip.Y || y >= f.clip.Bottom() {
		return
	}
	r := f.row(from, y)
	r.draw(ink, len(glyph))
	if alone(glyph) {
		r.buf = append(r.buf, glyph...)
	} else {
		r.rich(f.meter, glyph, 1, false)
	}
	r.col++
	size := len(glyph)
	if !hasSuffix(r.buf, glyph) {
		return
	}
	for range to - from - 1 {
		r.buf = append(r.buf, r.buf[len(r.buf)-size:]...)
		r.col++
	}
}

// alone reports whether a glyph is a line, a block or a middle dot: of one
// column on every terminal, and nothing before it runs together with it, so
// that it needs no looking at.
func alone(glyph string) bool {
	switch {
	case len(glyph) == 3:
		return glyph[0] == 0xe2 && (glyph[1] == 0x94 || glyph[1] == 0x95 || glyph[1] == 0x96 && glyph[2] <= 0x9f)
	case len(glyph) == 2:
		return glyph == "·"
	}
	return false
}

// hasSuffix reports whether b ends in s.
func hasSuffix(b []byte, s string) bool {
	return len(b) >= len(s) && string(b[len(b)-len(s):]) == s
}

// Box draws a frame with rounded corners along the edge of r, with a title in
// its upper side, and returns the rectangle inside.
func (f *Frame) Box(r Rect, border, ink theme.Style, title string) Rect {
	if r.W < 2 || r.H < 2 {
		return Rect{X: r.X, Y: r.Y}
	}
	f.At(r.X, r.Y)
	f.Text(border, topLeft, 1)
	left := r.W - 2
	if title != "" && left >= 5 {
		f.Repeat(border, horizontal, 1)
		f.Fill(border, 1)
		w := min(f.meter.Width(title), left-4)
		f.Text(ink, title, w)
		f.Fill(border, 1)
		left -= w + 3
	}
	f.Repeat(border, horizontal, left)
	f.Text(border, topRight, 1)
	for y := r.Y + 1; y < r.Bottom()-1; y++ {
		f.At(r.X, y)
		f.Text(border, vertical, 1)
		f.At(r.Right()-1, y)
		f.Text(border, vertical, 1)
	}
	f.At(r.X, r.Bottom()-1)
	f.Text(border, bottomLeft, 1)
	f.Repeat(border, horizontal, r.W-2)
	f.Text(border, bottomRight, 1)
	return r.Inset(1, 1)
}
