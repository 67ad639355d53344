package form

import (
	"interlocal/model/field"
	"interlocal/model/text"
	"interlocal/tui/frame"
)

// What is offered for the field that has the keys lies over the fields below it:
// the list of look-ups, one to a row, or the words of a choice, side by side.

// popupRows gives the rows wanted.
func (m *Model) popupRows() int {
	switch {
	case m.quiet:
	case m.list.on():
		return min(len(m.list.options), offered+1)
	case m.cell().mode() == modeChoice:
		return len(m.chips(m.popupWidth()))
	}
	return 0
}

// popupX gives where the value that has the keys begins, and popupWidth the
// columns from there to the margin.
func (m *Model) popupX() int {
	x := m.page.sheet.x
	if f := m.field(); f.grid() {
		xs, _ := m.cellsOf(f)
		x += xs[m.at.col]
	}
	return x
}

func (m *Model) popupWidth() int { return max(8, m.page.body.W-m.popupX()-margin) }

// drawPopup draws what is offered, in at most as many rows as are left.
func (m *Model) drawPopup(f *frame.Frame, rows int) {
	p := &m.page
	p.popup = frame.Rect{}
	if rows == 0 {
		return
	}
	y := p.body.Y + m.offerRow() - m.scroll
	area := frame.Rect{X: p.body.X + m.popupX(), Y: y, W: m.popupWidth(), H: rows}.Intersect(p.body)
	if area.Empty() {
		return
	}
	if m.list.on() {
		area.W = min(area.W, m.listWidth())
	}
	p.popup = area
	f.HitArea(area, m.clickPopup)
	if m.list.on() {
		m.drawList(f, area)
		return
	}
	for i, line := range m.chips(area.W) {
		if i < area.H {
			m.drawChips(f, area.Row(i), line)
		}
	}
}

// listWidth gives the columns that the longest option wants.
func (m *Model) listWidth() int {
	w := 24
	for _, o := range m.list.options {
		w = max(w, text.Width(o.label)+text.Width(o.note)+7)
	}
	return w
}

// drawList draws the options, scrolled so that the one pointed at is among them.
func (m *Model) drawList(f *frame.Frame, r frame.Rect) {
	th := m.opts.Theme
	m.page.first = max(0, m.list.at-r.H+1)
	for i := range min(r.H, len(m.list.options)-m.page.first) {
		o := m.list.options[m.page.first+i]
		base, sign := th.Toast, "│ "
		if m.page.first+i == m.list.at {
			base, sign = th.Selected, "│›"
		}
		f.At(r.X, r.Y+i)
		f.Text(th.Over(base, th.Border), sign, 2)
		n := min(f.Measure().Width(o.label), r.W-3)
		f.Text(base, o.label, n)
		f.Fill(base, min(2, r.W-3-n))
		f.Text(th.Over(base, th.Dim), o.note, max(0, r.W-5-n))
		f.Text(th.Over(base, th.Border), "│", 1)
	}
}

// chips breaks the words of a choice into lines, by their number among them.
func (m *Model) chips(w int) [][]int {
	var out [][]int
	used := 0
	for i, word := range words(m.cell().col) {
		n := text.Width(title(word)) + 2
		if len(out) == 0 || used+n > w-3 {
			out = append(out, nil)
			used = 0
		}
		out[len(out)-1] = append(out[len(out)-1], i)
		used += n
	}
	return out
}

// drawChips draws one line of words, the one chosen between brackets.
func (m *Model) drawChips(f *frame.Frame, r frame.Rect, line []int) {
	th := m.opts.Theme
	all := words(m.cell().col)
	f.At(r.X, r.Y)
	f.Text(th.Over(th.Toast, th.Border), "│ ", 2)
	for _, i := range line {
		s, ink := " "+title(all[i])+" ", th.Toast
		if all[i].Value == m.cell().text && (m.field().touched || !m.opts.Bulk) {
			s, ink = "["+title(all[i])+"]", th.Selected
		}
		f.Put(ink, s)
	}
	x, _ := f.Pen()
	f.Fill(th.Toast, r.Right()-1-x)
	f.At(r.Right()-1, r.Y)
	f.Text(th.Over(th.Toast, th.Border), "│", 1)
}

// chipAt gives the word under a column of a line of words.
func (m *Model) chipAt(line []int, x int) (w field.Choice, ok bool) {
	at := 2
	for _, i := range line {
		word := words(m.cell().col)[i]
		n := text.Width(title(word)) + 2
		if x >= at && x < at+n {
			return word, true
		}
		at += n
	}
	return field.Choice{}, false
}
