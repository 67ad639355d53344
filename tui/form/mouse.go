package form

import (
	tea "charm.land/bubbletea/v2"

	"interlocal/tui/frame"
)

// click gives the keys to the field that was clicked, and puts the cursor where
// the click was when it had them already. The wheel moves from field to field.
func (m *Model) click(at frame.Mouse) tea.Cmd {
	switch by := at.Wheel(); {
	case by > 0:
		m.step(m.below)
		return nil
	case by < 0:
		m.back(m.above)
		return nil
	case !at.Clicked():
		return nil
	}
	to, x, ok := m.spotAt(at.X+at.Zone.X-m.page.body.X, at.Y+at.Zone.Y-m.page.body.Y+m.scroll)
	if !ok {
		return nil
	}
	if to != m.at {
		m.leave(to)
		return nil
	}
	switch m.cell().mode() {
	case modeLine:
		m.fresh = false
		m.line.SetCursor(m.runeAt(x))
	case modeBool:
		m.pressBool(tea.KeyPressMsg{Code: tea.KeySpace, Text: " "})
	case modeArea:
		m.clickArea(x, at.Y+at.Zone.Y-m.page.body.Y+m.scroll)
	}
	return nil
}

// spotAt gives the place under a cell of the form, and the column within it.
func (m *Model) spotAt(x, y int) (to spot, in int, ok bool) {
	for _, b := range m.page.blocks {
		if y < b.y || y >= b.y+b.h {
			continue
		}
		f := m.fields[b.field]
		to, in = spot{field: b.field}, x-m.page.sheet.x
		if !f.grid() {
			return to, in, true
		}
		xs, _ := m.cellsOf(f)
		to.row = max(0, min(y-b.y-1, len(f.cells)-1))
		for col, from := range xs {
			if in >= from {
				to.col = col
			}
		}
		return to, in - xs[to.col], true
	}
	return spot{}, 0, false
}

// runeAt gives the position in the line under a column of it.
func (m *Model) runeAt(x int) int {
	meter := m.area.meter
	runes := []rune(m.line.Value())
	w := m.inputWidth(m.cell().col)
	if f := m.field(); f.grid() {
		_, widths := m.cellsOf(f)
		w = widths[m.at.col]
	}
	from, lead := window(runes, m.line.Position(), w, meter)
	pos := from
	for pos < len(runes) && lead+meter.Width(string(runes[from:pos+1])) <= x {
		pos++
	}
	return pos
}

// clickArea puts the cursor in text of several lines.
func (m *Model) clickArea(x, row int) {
	b := m.page.blocks[m.at.field]
	spans := m.area.wrap(m.page.sheet.room)
	line, _ := m.area.where(spans)
	top := max(0, line-b.lines+1)
	m.area.put(spans, max(0, min(top+row-b.y, len(spans)-1)), x)
}

// clickPopup takes what was clicked among what is offered.
func (m *Model) clickPopup(at frame.Mouse) tea.Cmd {
	switch by := at.Wheel(); {
	case by != 0 && m.list.on():
		m.list.at = max(0, min(m.list.at+by, len(m.list.options)-1))
		return nil
	case !at.Clicked():
		return nil
	case !m.list.on():
		if lines := m.chips(at.Zone.W); at.Y < len(lines) {
			if w, ok := m.chipAt(lines[at.Y], at.X); ok {
				m.prefix = ""
				m.choose(w.Value)
			}
		}
		return nil
	}
	if i := m.page.first + at.Y; i < len(m.list.options) {
		if m.list.options[i].add {
			return m.add()
		}
		m.take(m.list.options[i])
	}
	return nil
}
