package table

import (
	"strconv"

	"interlocal/tui/frame"
	"interlocal/tui/theme"
)

const (
	gutter   = 2 // the mark and a blank
	barWidth = 2 // a blank and the scroll bar
)

// The signs in a table.
const (
	markSign  = "✓" // a marked row
	rangeSign = "+" // a row that will be marked
	unset     = "·" // nothing recorded
	upward    = "▲"
	downward  = "▼"
	thumb     = "┃"
	track     = "│"
)

// Draw draws the table in a rectangle: the headings, then as many rows as fit.
func (m *Model) Draw(f *frame.Frame, r frame.Rect) {
	if r.Empty() {
		return
	}
	before := f.Clip(r)
	defer f.Unclip(before)
	m.place(r.W)
	head, body := r.SplitTop(1)
	m.drawHead(f, head)
	m.height = max(1, body.H)
	m.moveTo(m.cursor)
	if m.src.Len() == 0 {
		m.drawEmpty(f, body)
		return
	}
	for y := range min(body.H, m.src.Len()-m.top) {
		m.drawRow(f, body.Row(y), m.top+y)
	}
	m.drawBar(f, body)
	if !body.Empty() {
		f.HitArea(body, m.onRow)
		bar, _ := body.SplitRight(barWidth)
		f.HitArea(bar, m.onBar)
		if m.focused {
			f.Cursor(body.X, body.Y+m.cursor-m.top)
		}
	}
}

// drawHead draws the headings.
func (m *Model) drawHead(f *frame.Frame, r frame.Rect) {
	for _, p := range m.placed {
		c := m.cols[p.col]
		f.At(r.X+p.x, r.Y)
		if c.Name != m.layout.Sort {
			put(f, m.th.Heading, c.Title, p.w, c.Right)
			continue
		}
		sign := upward
		if m.layout.Desc {
			sign = downward
		}
		w := min(f.Measure().Width(c.Title), max(0, p.w-2))
		if c.Right {
			f.Fill(m.th.Heading, p.w-w-2)
		}
		f.Text(m.th.Heading, c.Title, w)
		if w > 0 {
			f.Fill(m.th.Heading, 1)
		}
		f.Text(m.th.Accent, sign, 1)
	}
	f.HitArea(r, m.onHead)
}

// put draws a text on the left or on the right of its width.
func put(f *frame.Frame, ink theme.Style, s string, w int, right bool) {
	if right {
		f.TextRight(ink, s, w)
	} else {
		f.Text(ink, s, w)
	}
}

// drawRow draws one row across the whole width.
func (m *Model) drawRow(f *frame.Frame, r frame.Rect, row int) {
	id := m.src.ID(row)
	marked, pending := m.isMarked(id), m.inRange(row)
	base := m.th.Text
	switch {
	case row == m.cursor && m.focused:
		base = m.th.Selected
	case row == m.cursor:
		base = m.th.SelectedBlur
	case marked || pending:
		base = m.th.Marked
	}
	plain := base == m.th.Text
	f.At(r.X, r.Y)
	switch {
	case pending:
		f.Text(m.th.Over(base, m.th.Accent), rangeSign, 1)
	case marked:
		f.Text(m.th.Over(base, m.th.Accent), markSign, 1)
	default:
		f.Fill(base, 1)
	}
	for _, p := range m.placed {
		x, _ := f.Pen()
		f.Fill(base, r.X+p.x-x)
		m.drawCell(f, base, plain, row, p)
	}
	x, _ := f.Pen()
	f.Fill(base, r.Right()-barWidth-x)
}

// drawCell draws one cell at the pen.
func (m *Model) drawCell(f *frame.Frame, base theme.Style, plain bool, row int, p placed) {
	right := m.cols[p.col].Right
	m.buf = m.src.AppendCell(m.buf[:0], row, p.col)
	ink := base
	switch {
	case len(m.buf) == 0:
		put(f, m.ink(base, plain, m.th.Faint), unset, p.w, right)
		return
	case m.inker != nil:
		ink = m.ink(base, plain, m.inker.CellInk(row, p.col, m.th))
	}
	if right {
		f.BytesRight(ink, m.buf, p.w)
	} else {
		f.Bytes(ink, m.buf, p.w)
	}
}

// ink gives the ink for a cell on the background of its row.
func (m *Model) ink(base theme.Style, plain bool, over theme.Style) theme.Style {
	if plain {
		return over
	}
	return m.th.Over(base, over)
}

// drawEmpty draws what a table without rows shows.
func (m *Model) drawEmpty(f *frame.Frame, r frame.Rect) {
	y := 0
	for _, cells := range m.empty.Examples {
		for _, p := range m.placed {
			if p.col < len(cells) {
				f.At(r.X+p.x, r.Y+y)
				put(f, m.th.Ghost, cells[p.col], p.w, m.cols[p.col].Right)
			}
		}
		y++
	}
	if y > 0 && r.H > y+1 {
		y++
	}
	if m.empty.Line != "" {
		for i, line := range f.Measure().Wrap(m.empty.Line, max(1, r.W-gutter)) {
			f.At(r.X+gutter, r.Y+y+i)
			f.Text(m.th.Dim, line, r.W-gutter)
		}
	}
	if m.focused && r.H > 0 {
		f.Cursor(r.X, r.Y)
	}
}

// drawBar draws the scroll bar when there are more rows than fit.
func (m *Model) drawBar(f *frame.Frame, r frame.Rect) {
	n := m.src.Len()
	if n <= r.H || r.H <= 0 {
		return
	}
	size := max(1, r.H*r.H/n)
	at := 0
	if n > r.H {
		at = (m.top*(r.H-size) + (n-r.H)/2) / (n - r.H)
	}
	for y := range r.H {
		f.At(r.Right()-1, r.Y+y)
		if y >= at && y < at+size {
			f.Repeat(m.th.Dim, thumb, 1)
		} else {
			f.Repeat(m.th.Faint, track, 1)
		}
	}
}

// Position says which rows are on the screen, as in "12–47 of 312". It is empty
// when there are none.
func (m *Model) Position() string {
	n := m.src.Len()
	if n == 0 {
		return ""
	}
	last := min(n, m.top+m.height)
	return grouped(m.top+1) + "–" + grouped(last) + " of " + grouped(n)
}

// grouped writes a number with commas between thousands.
func grouped(n int) string {
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}
