package form

import (
	"strings"

	"interlocal/model/field"
	"interlocal/model/text"
	"interlocal/tui/frame"
	"interlocal/tui/theme"
)

// drawCell draws the value at a place in exactly w columns.
func (m *Model) drawCell(f *frame.Frame, at spot, x, y, w int) {
	th := m.opts.Theme
	fd := m.fields[at.field]
	c := &fd.cells[at.row][at.col]
	focused := at == m.at
	ink := th.Input
	if focused {
		ink = th.InputFocus
	}
	f.At(x, y)
	mode := c.mode()
	if mode == modeArea {
		mode = modeLine
	}
	switch {
	case mode == modeLine && focused && m.line.Value() != "":
		m.drawLine(f, x, y, w)
		return
	case m.opts.Bulk && fd.text() == "" && at.row == 0 && at.col == 0:
		f.Text(th.Over(ink, th.Placeholder), m.untouched(fd), w)
	case mode == modeChoice && focused:
		f.Text(ink, "‹ "+m.wordNow(c)+" ›", w)
	case mode == modeBool:
		f.Text(ink, answer(c), w)
	case c.blank() && !focused && fd.grid() && at.row == len(fd.cells)-1 && at.col == 0:
		f.Text(th.Over(ink, th.Placeholder), "+", w)
	default:
		m.drawStill(f, ink, c, w)
	}
	if focused {
		f.Cursor(x, y)
	}
}

// drawStill draws a value that is not being typed: as it was understood, or as it
// was typed when it was not.
func (m *Model) drawStill(f *frame.Frame, ink theme.Style, c *cell, w int) {
	s := c.shown
	if c.bad != "" || c.text != c.settled {
		s = c.text
	}
	if c.bad != "" {
		ink = m.opts.Theme.Over(ink, m.opts.Theme.Error)
	}
	f.Text(ink, s, w)
}

// wordNow gives the choice made, in words.
func (m *Model) wordNow(c *cell) string {
	switch {
	case !c.blank() && c.shown != "":
		return c.shown
	case !c.blank():
		return c.text
	case c.col.Required:
		return "choose"
	}
	return title(field.Choice{})
}

// answer draws yes or no with a box, so that it reads at a glance.
func answer(c *cell) string {
	switch c.text {
	case "yes":
		return "[✓] Yes"
	case "no", "":
		return "[ ] No"
	}
	return c.text
}

// drawLine draws the text being typed, moved so that the cursor is in view with
// something on either side, and puts the cursor.
func (m *Model) drawLine(f *frame.Frame, x, y, w int) {
	th, meter := m.opts.Theme, f.Measure()
	runes := []rune(m.line.Value())
	pos := min(m.line.Position(), len(runes))
	from, lead := window(runes, pos, w, meter)
	ink := th.InputFocus
	if m.fresh {
		ink = th.Selected
	}
	if lead > 0 {
		f.Text(th.InputFocus, text.Ellipsis, 1)
	}
	shown := string(runes[from:])
	n := min(meter.Width(shown), w-lead)
	f.Text(ink, shown, n)
	f.Fill(th.InputFocus, w-lead-n)
	f.Cursor(x+min(w-1, lead+meter.Width(string(runes[from:pos]))), y)
}

// window gives the first character to draw of a line that may be too long, and
// the columns that the sign for the rest takes before it.
func window(runes []rune, pos, w int, meter text.Measure) (from, lead int) {
	if meter.Width(string(runes)) < w || meter.Width(string(runes[:pos])) < w-1 {
		return 0, 0
	}
	behind := min(meter.Width(string(runes[pos:])), w/3)
	for from = pos; from > 0 && meter.Width(string(runes[from-1:pos])) < max(1, w-1-behind); {
		from--
	}
	return from, min(1, from)
}

// drawGrid draws child rows under the names of their cells.
func (m *Model) drawGrid(f *frame.Frame, b *block, x, y int) {
	th, fd := m.opts.Theme, m.fields[b.field]
	xs, widths := m.cellsOf(fd)
	for i, c := range fd.col.Sub {
		f.At(x+xs[i], y)
		f.Text(th.Dim, c.Title, widths[i])
	}
	for row := range fd.cells {
		for col, w := range widths {
			if col > 0 {
				f.At(x+xs[col]-1, y+1+row)
				f.Text(th.Border, "│", 1)
			}
			m.drawCell(f, spot{b.field, row, col}, x+xs[col], y+1+row, w)
		}
	}
}

// trimRight takes off the blanks that a line was broken at.
func trimRight(s string) string { return strings.TrimRight(s, " ") }
