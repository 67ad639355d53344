package form

import (
	"interlocal/model/failure"
	"interlocal/model/field"
	"interlocal/model/text"
	"interlocal/tui/frame"
)

const (
	gutter  = 2 // the sign before the field that has the keys
	margin  = 2 // a blank and the scroll bar
	aligned = 100
)

// sheet is where things stand across a form of some width.
type sheet struct {
	right bool // labels are lined up on the right
	label int  // columns for labels
	x     int  // where values begin
	room  int  // columns from there to the margin
	text  int  // columns for a line of text; what is left is for what it says beside
}

// sheetOf works out where things stand.
func sheetOf(width, longest int) sheet {
	s := sheet{right: width >= aligned, label: min(longest, max(14, min(width/4, 26)))}
	s.x = gutter + s.label + 2
	s.room = max(8, width-s.x-margin)
	side := 0
	switch {
	case width >= aligned:
		side = 32
	case width >= 76:
		side = 22
	}
	s.text = min(60, max(min(16, s.room), s.room-side))
	return s
}

// inputWidth gives the columns that the value of a column takes on a sheet.
func (s sheet) inputWidth(c *field.Column) int {
	w := s.text
	switch c.Shape {
	case field.ShapeLong, field.ShapeRows:
		return s.room
	case field.ShapeInt, field.ShapeMoney, field.ShapeTenths, field.ShapePercent:
		w = 16
	case field.ShapeDay, field.ShapePhone:
		w = 18
	case field.ShapeWall:
		w = 27
	case field.ShapeBool:
		w = 8
	case field.ShapeChoice:
		w = len("(none)") + 4
		for _, choice := range c.Choices {
			w = max(w, text.Width(choice.Title)+4)
		}
	}
	return min(w, s.text)
}

// inputWidth gives the columns that the value of a column takes in this form.
func (m *Model) inputWidth(c *field.Column) int {
	w := m.page.sheet.inputWidth(c)
	if m.opts.Bulk {
		w = max(w, min(len("(unchanged)"), m.page.sheet.room))
	}
	return w
}

// cellWidths gives the columns of each cell of child rows: what suits it, or its
// share of the room.
func cellWidths(cols []*field.Column, room int) []int {
	out := make([]int, len(cols))
	wide := sheet{text: 26}
	all := len(cols) - 1
	for i, c := range cols {
		out[i] = max(wide.inputWidth(c), text.Width(c.Title))
		if c.Shape == field.ShapeLong {
			out[i] = wide.text
		}
		all += out[i]
	}
	for excess := all - room; excess > 0; excess-- {
		widest := 0
		for i := range out {
			if out[i] > out[widest] {
				widest = i
			}
		}
		if out[widest] <= 3 {
			break
		}
		out[widest]--
	}
	return out
}

// tone says what sort of thing a note is.
type tone uint8

const (
	toneUnderstood tone = iota
	toneWarning
	toneError
)

// note is something said about a field.
type note struct {
	text string
	tone tone
}

// block is a field's place down the form. Rows are counted from the form's top.
type block struct {
	field   int
	heading int // row of the section's name; -1 for none
	y       int // first row
	lines   int // rows of values
	h       int // rows in all
	beside  note
	beneath []note
}

// top gives the first row, that of the heading if there is one.
func (b *block) top() int {
	if b.heading >= 0 {
		return b.heading
	}
	return b.y
}

// page is the form as it was drawn last.
type page struct {
	body   frame.Rect
	sheet  sheet
	blocks []block
	rows   int        // rows of the whole form
	editor int        // rows of the editor for several lines
	popup  frame.Rect // where something is offered
	first  int        // the first option drawn
}

// How many rows text of several lines takes in the form.
const (
	areaLeast = 2
	areaMost  = 6
)

// layout works out where every field is.
func (m *Model) layout(body frame.Rect, meter text.Measure) {
	longest := 0
	for _, f := range m.fields {
		w := meter.Width(f.col.Title)
		if f.col.Required {
			w += 2
		}
		longest = max(longest, w)
	}
	p := &m.page
	p.body, p.sheet, p.blocks = body, sheetOf(body.W, longest), p.blocks[:0]
	y, section := 0, ""
	for i, f := range m.fields {
		b := block{field: i, heading: -1}
		if f.col.Section != section {
			section = f.col.Section
			if y > 0 {
				y++
			}
			if section != "" {
				b.heading = y
				y++
			}
		}
		b.y, b.lines = y, m.inputLines(i)
		m.annotate(&b, meter)
		b.h = b.lines + len(b.beneath)
		y += b.h
		if f.grid() {
			y++
		}
		p.blocks = append(p.blocks, b)
	}
	p.rows = y
}

// inputLines gives the rows that a field's value takes.
func (m *Model) inputLines(i int) int {
	f := m.fields[i]
	switch {
	case f.grid():
		return 1 + len(f.cells)
	case f.cells[0][0].mode() == modeArea:
		return max(areaLeast, min(len(m.areaOf(i).wrap(m.page.sheet.room)), areaMost))
	}
	return 1
}

// areaOf gives the text of several lines of a field.
func (m *Model) areaOf(i int) *area {
	if i == m.at.field {
		return &m.area
	}
	return &area{runes: []rune(m.fields[i].cells[0][0].text), meter: m.area.meter}
}

// areaWidth gives the columns in which text of several lines was drawn last.
func (m *Model) areaWidth() int {
	switch {
	case m.page.body.W == 0:
		return 60
	case m.open:
		return max(2, m.page.body.W-2*gutter)
	}
	return m.page.sheet.room
}

// notes gives what is to be said about a field.
func (m *Model) notes(i int) []note {
	f := m.fields[i]
	var out []note
	if why := f.bad(); why != "" {
		out = append(out, note{why, toneError})
	}
	if f.need != "" {
		out = append(out, note{f.need, toneError})
	}
	for _, p := range f.notes {
		out = append(out, noteOf(p))
	}
	if i == m.at.field && m.preview != "" {
		out = append(out, note{m.preview, toneUnderstood})
	}
	return out
}

func noteOf(p failure.Problem) note {
	if p.Warning {
		return note{p.Message, toneWarning}
	}
	return note{p.Message, toneError}
}

// annotate places what is to be said about a field: the first thing beside it when
// that fits, everything else beneath.
func (m *Model) annotate(b *block, meter text.Measure) {
	f, s := m.fields[b.field], m.page.sheet
	for i, n := range m.notes(b.field) {
		n.text = n.tone.sign() + n.text
		beside := s.room - m.inputWidth(f.col) - m.tagWidth(f, meter) - 2
		if i == 0 && b.lines == 1 && !f.grid() && meter.Width(n.text) <= beside {
			b.beside = n
			continue
		}
		lines := meter.Wrap(n.text, s.room)
		for _, line := range lines[:min(len(lines), 3)] {
			b.beneath = append(b.beneath, note{line, n.tone})
		}
	}
}

// sign gives what stands before a note, so that its colour is not needed.
func (t tone) sign() string { return [...]string{"= ", "! ", "✗ "}[t] }

// tags gives what always stands behind a value: its unit, and who may see it.
func tags(f *entry) (unit, who string) {
	if f.col.Sensitivity != field.Open {
		who = f.col.Sensitivity.String()
	}
	return f.col.Unit, who
}

// tagWidth gives the columns that the tags of a field take.
func (m *Model) tagWidth(f *entry, meter text.Measure) int {
	unit, who := tags(f)
	w := 0
	if unit != "" {
		w += 1 + meter.Width(unit)
	}
	if who != "" {
		w += 1 + meter.Width(who)
	}
	return w
}

// focusRow gives the row of the value that has the keys.
func (m *Model) focusRow() int {
	b := &m.page.blocks[m.at.field]
	switch f := m.field(); {
	case f.grid():
		return b.y + 1 + m.at.row
	case m.cell().mode() == modeArea:
		line, _ := m.area.where(m.area.wrap(m.page.sheet.room))
		return b.y + min(line, b.lines-1)
	}
	return b.y
}

// offerRow gives the first row of what is offered for the value that has the
// keys: below it and below what is said about it.
func (m *Model) offerRow() int {
	if m.field().grid() {
		return m.focusRow() + 1
	}
	b := &m.page.blocks[m.at.field]
	return b.y + b.h
}

// scrollTo scrolls so that the value that has the keys is in view with what is
// offered for it, said about it and, if it is the first of a section, its heading.
func (m *Model) scrollTo(offered int) {
	p := &m.page
	b := &p.blocks[m.at.field]
	row := m.focusRow()
	top, bottom := row, m.offerRow()+offered-1
	if !m.field().grid() || m.at.row == 0 {
		top = b.y
	}
	if top == b.y {
		top = b.top()
	}
	m.scroll = max(m.scroll, bottom-p.body.H+1)
	m.scroll = min(m.scroll, top)
	m.scroll = max(m.scroll, row-p.body.H+1)
	m.scroll = max(0, min(m.scroll, max(p.rows, bottom+1)-p.body.H))
}

// cellsOf gives where the cells of a grid begin, from its left edge, and their
// widths.
func (m *Model) cellsOf(f *entry) (xs, widths []int) {
	widths = cellWidths(f.col.Sub, m.page.sheet.room)
	x := 0
	for _, w := range widths {
		xs = append(xs, x)
		x += w + 1
	}
	return xs, widths
}
