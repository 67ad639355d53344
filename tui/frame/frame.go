// Package frame is the sheet of paper a screen is drawn on.
//
// A [Frame] keeps each row of the screen as the bytes that will be sent, with
// the column they have reached. Drawing appends to a row: an ink's ready-made
// escape sequence when the ink changes, then the text. A screen draws from left
// to right and the cost is that of copying its characters; drawing further left
// than a row has reached is allowed and comes out right, only slower. The
// buffers are kept from one drawing to the next.
//
// Three promises hold whatever is drawn. Every row is exactly as wide as the
// frame. Nothing leaves the rectangle that [Frame.Clip] has set. The only escape
// sequences in the result are those of inks: text passes package text on its
// way, and control characters in it never reach the terminal.
//
// A frame also carries what belongs to a picture but is not text: where the real
// cursor stands, which areas answer to the mouse, and layers, which are frames
// laid over this one when an overlay is open. Coordinates are those of the
// window everywhere, in layers too. Only the session's root turns a frame into a
// tea.View.
package frame

import (
	"slices"

	"interlocal/model/text"
	"interlocal/tui/theme"
)

// Frame is a picture in the making. Make one per session with [New] and call
// [Frame.Reset] before every drawing.
type Frame struct {
	area  Rect // the cells of this frame, in window coordinates
	rows  []row
	meter text.Measure

	x, y int  // the pen
	clip Rect // where the pen may draw

	zones  []zone
	layers []*Frame // in use, from the lowest to the highest
	spare  []*Frame // from earlier drawings
	root   *Frame   // the frame a layer lies on; nil for the lowest
	cursor cursor   // kept by the lowest frame

	out  []byte // the finished picture
	last string // the one before
	aux  [2]row // rows under layers, being put together
}

// cursor is where the terminal's own cursor should stand.
type cursor struct {
	x, y int
	on   bool
}

// New returns an empty frame without size.
func New() *Frame { return &Frame{} }

// SetMeter tells the frame how the terminal measures text. It holds until it is
// set again.
func (f *Frame) SetMeter(m text.Measure) { f.meter = m }

// Measure returns how the terminal measures text.
func (f *Frame) Measure() text.Measure { return f.meter }

// Reset begins a new drawing of w columns and h rows.
func (f *Frame) Reset(w, h int) { f.reset(Rect{W: max(w, 0), H: max(h, 0)}) }

// reset begins a new drawing of the given cells.
func (f *Frame) reset(area Rect) {
	f.area, f.clip = area, area
	f.rows = slices.Grow(f.rows[:0], area.H)[:area.H]
	for i := range f.rows {
		f.rows[i].reset()
	}
	f.x, f.y = area.X, area.Y
	clear(f.zones)
	f.zones = f.zones[:0]
	f.spare = append(f.spare, f.layers...)
	clear(f.layers)
	f.layers = f.layers[:0]
	f.cursor = cursor{}
}

// Area returns the cells of the frame.
func (f *Frame) Area() Rect { return f.area }

// Clip keeps drawing inside r, within what was allowed before, and returns what
// was allowed before, for [Frame.Unclip].
func (f *Frame) Clip(r Rect) (before Rect) {
	before = f.clip
	f.clip = f.clip.Intersect(r)
	return before
}

// Unclip allows again what Clip returned.
func (f *Frame) Unclip(before Rect) { f.clip = before }

// At moves the pen.
func (f *Frame) At(x, y int) { f.x, f.y = x, y }

// Pen returns where the pen stands.
func (f *Frame) Pen() (x, y int) { return f.x, f.y }

// Text draws s in exactly w columns: cut with "…" when it is longer, filled with
// blanks when it is shorter. The pen moves w columns.
func (f *Frame) Text(ink theme.Style, s string, w int) { cell(f, ink, s, w, false) }

// TextRight draws s in exactly w columns with the blanks in front.
func (f *Frame) TextRight(ink theme.Style, s string, w int) { cell(f, ink, s, w, true) }

// Bytes is Text for bytes; it keeps nothing of b.
func (f *Frame) Bytes(ink theme.Style, b []byte, w int) { cell(f, ink, b, w, false) }

// BytesRight is TextRight for bytes.
func (f *Frame) BytesRight(ink theme.Style, b []byte, w int) { cell(f, ink, b, w, true) }

// Put draws s in the columns it needs, as far as the clipping rectangle allows,
// and returns how many those were.
func (f *Frame) Put(ink theme.Style, s string) int {
	w := min(f.meter.Width(s), f.clip.Right()-f.x)
	if w <= 0 {
		return 0
	}
	cell(f, ink, s, w, false)
	return w
}

// Fill draws w blanks.
func (f *Frame) Fill(ink theme.Style, w int) { cell(f, ink, "", w, false) }

// cell draws s in exactly w columns at the pen and moves the pen behind them.
func cell[T string | []byte](f *Frame, ink theme.Style, s T, w int, right bool) {
	if w <= 0 {
		return
	}
	x, y := f.x, f.y
	f.x += w
	if y < f.clip.Y || y >= f.clip.Bottom() || min(x+w, f.clip.Right()) <= max(x, f.clip.X) {
		return
	}
	if x < f.clip.X {
		partial(f, ink, s, x, w, right)
		return
	}
	w = min(w, f.clip.Right()-x)
	r := f.row(x, y)
	r.draw(ink, len(s))
	if len(s) <= w && text.Plain(s) {
		blanks := w - len(s)
		if right {
			r.blanks(blanks)
			blanks = 0
		}
		r.buf = append(r.buf, s...)
		r.blanks(blanks)
	} else if len(s) > w && text.Plain(s[:w+1]) {
		r.buf = append(append(r.buf, s[:w-1]...), text.Ellipsis...)
	} else {
		r.rich(f.meter, string(s), w, right)
	}
	r.col += w
}

// partial draws a cell that begins left of the clipping rectangle: it is drawn
// aside in full and the visible columns are taken over.
func partial[T string | []byte](f *Frame, ink theme.Style, s T, x, w int, right bool) {
	var aside row
	use(&aside, ink.Open())
	aside.rich(f.meter, string(s), w, right)
	from, to := f.clip.X-x, min(x+w, f.clip.Right())-x
	r := f.row(f.clip.X, f.y)
	r.cells(aside.buf, from, to, f.meter)
	r.col += to - from
}

// row returns the row at y, ready to be written at column x. Both are in
// window coordinates and inside the frame.
func (f *Frame) row(x, y int) *row {
	r := &f.rows[y-f.area.Y]
	r.seek(x-f.area.X, f.meter)
	return r
}
