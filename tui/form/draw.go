package form

import (
	"interlocal/model/field"
	"interlocal/model/text"
	"interlocal/tui/frame"
	"interlocal/tui/theme"
)

// Draw draws the form in a rectangle: as many fields as fit around the one that
// has the keys, and what is to be known about that one beneath.
func (m *Model) Draw(f *frame.Frame, r frame.Rect) {
	if r.Empty() || len(m.fields) == 0 {
		return
	}
	before := f.Clip(r)
	defer f.Unclip(before)
	m.area.measure(f.Measure())
	body := m.drawFoot(f, r)
	m.layout(body, f.Measure())
	if m.open {
		m.drawEditor(f, body)
		return
	}
	offered := m.popupRows()
	m.scrollTo(min(offered, max(0, body.H-1)))
	inside := f.Clip(body)
	for i := range m.page.blocks {
		if b := &m.page.blocks[i]; b.y+b.h > m.scroll && b.top() < m.scroll+body.H {
			m.drawBlock(f, b)
		}
	}
	m.drawBar(f, body)
	f.HitArea(body, m.click)
	m.drawPopup(f, offered)
	f.Unclip(inside)
}

// drawFoot draws what stands beneath the fields and gives the rest of the
// rectangle.
func (m *Model) drawFoot(f *frame.Frame, r frame.Rect) frame.Rect {
	th := m.opts.Theme
	if r.H < 5 {
		return r
	}
	help, r := r.SplitBottom(1)
	m.drawHelp(f, help)
	if r.H >= 11 {
		var rule frame.Rect
		rule, r = r.SplitBottom(1)
		f.HLine(rule.X, rule.Y, rule.W, th.Faint)
	}
	for i := min(len(m.general), spoken) - 1; i >= 0; i-- {
		var row frame.Rect
		row, r = r.SplitBottom(1)
		n := noteOf(m.general[i])
		if more := len(m.general) - spoken; i == spoken-1 && more > 0 {
			n.text = "(and " + itoa(more) + " more) " + n.text
		}
		f.At(row.X+gutter, row.Y)
		f.Text(m.toneInk(n.tone), n.tone.sign()+n.text, row.W-gutter)
	}
	return r
}

// spoken is how many problems of the record as a whole are shown at once.
const spoken = 2

// drawHelp draws the sentence about the field that has the keys, and how far down
// the form it is.
func (m *Model) drawHelp(f *frame.Frame, r frame.Rect) {
	th := m.opts.Theme
	where := itoa(m.at.field+1) + " of " + itoa(len(m.fields))
	w := len(where) + 1
	f.At(r.X+gutter, r.Y)
	f.Text(th.Dim, m.help(), max(0, r.W-gutter-w-1))
	f.At(r.Right()-w, r.Y)
	f.Text(th.Dim, where, w)
}

// help gives the sentence about the field that has the keys.
func (m *Model) help() string {
	c, col := m.field().col, m.cell().col
	s := col.Help
	if s == "" {
		s = c.Help
	}
	switch c.Sensitivity {
	case field.Private:
		if s == "" {
			s = "Seen by the record’s own partner and the facilitator."
		}
	case field.Confidential:
		s = join(s, "Seen by the record’s own partner alone.")
	}
	if col.Example != "" && m.cell().blank() && !m.opts.Bulk {
		s = join(s, "For instance: "+col.Example)
	}
	return s
}

func join(a, b string) string {
	if a == "" {
		return b
	}
	return a + " " + b
}

// drawBlock draws one field.
func (m *Model) drawBlock(f *frame.Frame, b *block) {
	th, p := m.opts.Theme, &m.page
	fd := m.fields[b.field]
	left, top := p.body.X, p.body.Y-m.scroll
	if b.heading >= 0 {
		m.drawHeading(f, left, top+b.heading, fd.col.Section)
	}
	y := top + b.y
	m.drawLabel(f, b, left, y)
	x := left + p.sheet.x
	switch {
	case fd.grid():
		m.drawGrid(f, b, x, y)
	case fd.cells[0][0].mode() == modeArea:
		m.drawArea(f, b, x, y)
	default:
		w := m.inputWidth(fd.col)
		m.drawCell(f, spot{field: b.field}, x, y, w)
		unit, who := tags(fd)
		for _, tag := range []string{unit, who} {
			if tag != "" {
				f.Fill(th.Plain, 1)
				f.Put(th.Dim, tag)
			}
		}
		if b.beside.text != "" {
			f.Fill(th.Plain, 2)
			f.Put(m.toneInk(b.beside.tone), b.beside.text)
		}
	}
	for i, n := range b.beneath {
		f.At(x, y+b.lines+i)
		f.Text(m.toneInk(n.tone), n.text, p.sheet.room)
	}
}

// toneInk gives the ink of a note.
func (m *Model) toneInk(t tone) theme.Style {
	th := m.opts.Theme
	return [...]theme.Style{th.Good, th.Warn, th.Error}[t]
}

func (m *Model) drawHeading(f *frame.Frame, x, y int, section string) {
	th := m.opts.Theme
	f.At(x+gutter, y)
	f.Put(th.Heading, section)
	f.Fill(th.Plain, 1)
	at, _ := f.Pen()
	f.Repeat(th.Faint, "─", m.page.body.Right()-margin-at)
}

// drawLabel draws a field's name and, where there is a second row, who may see it.
func (m *Model) drawLabel(f *frame.Frame, b *block, x, y int) {
	th, s := m.opts.Theme, m.page.sheet
	fd := m.fields[b.field]
	ink, sign := th.Label, " "
	if b.field == m.at.field {
		ink, sign = th.Strong, "›"
	}
	f.At(x, y)
	f.Text(th.Accent, sign, gutter)
	star := 0
	if fd.col.Required {
		star = 2
	}
	w := min(f.Measure().Width(fd.col.Title), s.label-star)
	if s.right {
		f.Fill(th.Plain, s.label-star-w)
	}
	f.Text(ink, fd.col.Title, w)
	if star > 0 {
		f.Text(th.Accent, " *", star)
	}
	if _, who := tags(fd); who != "" && b.lines > 1 {
		f.At(x+gutter, y+1)
		if s.right {
			f.TextRight(th.Dim, who, s.label)
		} else {
			f.Text(th.Dim, who, s.label)
		}
	}
}

// drawBar draws the scroll bar when the form is longer than the screen.
func (m *Model) drawBar(f *frame.Frame, r frame.Rect) {
	n := max(m.page.rows, m.scroll+r.H)
	if n <= r.H || r.H <= 0 {
		return
	}
	size := max(1, r.H*r.H/n)
	at := (m.scroll*(r.H-size) + (n-r.H)/2) / (n - r.H)
	for y := range r.H {
		f.At(r.Right()-1, r.Y+y)
		if y >= at && y < at+size {
			f.Text(m.opts.Theme.Dim, "┃", 1)
		} else {
			f.Text(m.opts.Theme.Faint, "│", 1)
		}
	}
}

// drawArea draws text of several lines in its place in the form.
func (m *Model) drawArea(f *frame.Frame, b *block, x, y int) {
	th, focused := m.opts.Theme, b.field == m.at.field
	fd := m.fields[b.field]
	a := m.areaOf(b.field)
	if focused || !m.opts.Bulk || !fd.cells[0][0].blank() {
		m.drawLines(f, a, frame.Rect{X: x, Y: y, W: m.page.sheet.room, H: b.lines}, focused)
		if !focused || !m.opts.Bulk || !fd.cells[0][0].blank() {
			return
		}
	}
	ink := th.Input
	if focused {
		ink = th.InputFocus
	}
	f.At(x, y)
	f.Text(th.Over(ink, th.Placeholder), m.untouched(fd), m.page.sheet.room)
}

// drawLines draws lines of text, scrolled so that the cursor is among them.
func (m *Model) drawLines(f *frame.Frame, a *area, r frame.Rect, focused bool) {
	ink := m.opts.Theme.Input
	if focused {
		ink = m.opts.Theme.InputFocus
	}
	spans := a.wrap(r.W)
	line, col := a.where(spans)
	top := 0
	if focused {
		top = max(0, line-r.H+1)
	}
	for y := range r.H {
		f.At(r.X, r.Y+y)
		if top+y >= len(spans) {
			f.Fill(ink, r.W)
			continue
		}
		s := string(a.runes[spans[top+y].from:spans[top+y].to])
		if more := top+y < len(spans)-1 && y == r.H-1 && !focused; more {
			s = text.Cut(s, r.W-1) + text.Ellipsis
		}
		f.Text(ink, trimRight(s), r.W)
	}
	if focused {
		f.Cursor(r.X+min(col, r.W-1), r.Y+line-top)
	}
}

// drawEditor draws the editor for several lines over the whole form.
func (m *Model) drawEditor(f *frame.Frame, body frame.Rect) {
	th := m.opts.Theme
	head, rest := body.SplitTop(1)
	f.At(head.X+gutter, head.Y)
	f.Put(th.Heading, m.field().col.Title)
	m.page.editor = rest.H
	rest = rest.Inset(gutter, 0)
	m.drawLines(f, &m.area, rest, true)
	f.HitArea(body, nil)
}

// untouched gives what stands in an empty field of a form for many records.
func (m *Model) untouched(f *entry) string {
	if f.touched {
		return "(cleared)"
	}
	return "(unchanged)"
}
