package frame

import (
	"bytes"

	"interlocal/model/text"
	"interlocal/tui/theme"
)

// reset is the escape sequence that returns to the terminal's own colours.
const reset = "\x1b[m"

// spaces is copied from when blanks are wanted.
const spaces = "                                                                                "

// row is one row of a frame: the bytes so far and the column they reach.
type row struct {
	buf []byte
	col int

	// The escape sequence in force stands at openAt in buf and is openLen long; a
	// length of 0 means the terminal's own colours.
	openAt, openLen int
	solid           bool // it shows on blanks

	// When the pen goes back, under keeps what the row held, underCols wide.
	// What is right of the pen is taken from there when the pen leaves.
	under     []byte
	underCols int
}

// reset empties the row.
func (r *row) reset() {
	r.buf, r.col, r.openAt, r.openLen, r.underCols, r.solid = r.buf[:0], 0, 0, 0, 0, false
}

// use puts an escape sequence in force. One no longer than a reset is none.
func use[T string | []byte](r *row, open T) {
	if len(open) <= len(reset) {
		if r.openLen > 0 {
			r.buf, r.openLen = append(r.buf, reset...), 0
		}
		r.solid = false
		return
	}
	if string(open) == string(r.buf[r.openAt:r.openAt+r.openLen]) {
		return
	}
	r.openAt, r.openLen, r.solid = len(r.buf), len(open), true
	r.buf = append(r.buf, open...)
}

// draw puts an ink in force for a text. Blanks that show nothing of it are drawn
// in whatever ink is in force that shows nothing on them either.
func (r *row) draw(ink theme.Style, size int) {
	if size == 0 && !ink.Solid() && !r.solid {
		return
	}
	use(r, ink.Open())
	r.solid = ink.Solid()
}

// blanks appends n spaces.
func (r *row) blanks(n int) {
	for n > len(spaces) {
		r.buf = append(r.buf, spaces...)
		n -= len(spaces)
	}
	if n > 0 {
		r.buf = append(r.buf, spaces[:n]...)
	}
}

// rich appends any text in exactly w columns; col is left to the caller.
func (r *row) rich(m text.Measure, s string, w int, right bool) {
	start := len(r.buf)
	buf, n := m.Append(r.buf, s, w)
	r.buf = buf
	r.part(start, m)
	end := len(r.buf)
	r.blanks(w - n)
	if right {
		shift := len(r.buf) - end
		copy(r.buf[start+shift:], r.buf[start:end])
		for i := start; i < start+shift; i++ {
			r.buf[i] = ' '
		}
	}
}

// part sees to it that the character at start does not run together with the
// one before it, as two halves of a Korean syllable would. Where it would, the
// replacement character stands in its place.
func (r *row) part(start int, m text.Measure) {
	if start == 0 || start >= len(r.buf) || r.buf[start] < 0xc0 {
		return
	}
	before := tail(r.buf[:start])
	if len(before) == 0 {
		return
	}
	size, width := m.Step(r.buf[start:])
	if text.Parted(before, r.buf[start:start+size]) {
		return
	}
	stand := append([]byte("\ufffd"), spaces[:max(0, width-1)]...)
	rest := bytes.Clone(r.buf[start+size:])
	r.buf = append(append(r.buf[:start], stand...), rest...)
}

// tail returns the last non-ASCII characters of b, looking past escape
// sequences, or nothing when b ends in ASCII.
func tail(b []byte) []byte {
	for len(b) > 0 && b[len(b)-1] == 'm' {
		at := bytes.LastIndexByte(b, 0x1b)
		if at < 0 || bytes.IndexByte(b[at:], 'm') != len(b)-at-1 {
			return nil
		}
		b = b[:at]
	}
	from := len(b)
	for from > 0 && b[from-1] >= 0x80 {
		from--
	}
	return b[from:]
}

// seek brings the end of the row to column x.
func (r *row) seek(x int, m text.Measure) {
	switch {
	case x > r.col:
		if to := min(x, r.underCols); to > r.col {
			r.cells(r.under, r.col, to, m)
			r.col = to
		}
		if x > r.col {
			use(r, "")
			r.blanks(x - r.col)
			r.col = x
		}
	case x < r.col:
		r.finish(m)
		r.under, r.buf = r.buf, r.under[:0]
		r.underCols, r.openAt, r.openLen, r.solid = r.col, 0, 0, false
		r.cells(r.under, 0, x, m)
		r.col = x
	}
}

// finish brings back what is right of the pen.
func (r *row) finish(m text.Measure) {
	if r.underCols > r.col {
		r.cells(r.under, r.col, r.underCols, m)
		r.col = r.underCols
	}
	r.underCols = 0
}

// cells appends the columns from (inclusive) to to (exclusive) of a finished
// row. Of a wide character that is parted, blanks remain; columns that src does
// not have are blank.
func (r *row) cells(src []byte, from, to int, m text.Measure) {
	var open []byte
	col, fresh := 0, true
	for len(src) > 0 && col < to {
		if src[0] == 0x1b {
			n := bytes.IndexByte(src, 'm') + 1
			open, src = src[:n], src[n:]
			continue
		}
		if run := text.Run(src); run > 0 {
			first, last := min(max(from-col, 0), run), min(run, to-col)
			if first < last {
				use(r, open)
				r.buf = append(r.buf, src[first:last]...)
				fresh = false
			}
			col, src = col+run, src[run:]
			continue
		}
		size, width := m.Step(src)
		end := col + width
		switch {
		case end <= from:
		case col < from || end > to:
			use(r, open)
			r.blanks(min(end, to) - max(col, from))
			fresh = false
		default:
			use(r, open)
			start := len(r.buf)
			r.buf = append(r.buf, src[:size]...)
			if fresh {
				r.part(start, m)
			}
			fresh = false
		}
		col, src = end, src[size:]
	}
	if col = max(col, from); col < to {
		use(r, "")
		r.blanks(to - col)
	}
}
