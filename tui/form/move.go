package form

import tea "charm.land/bubbletea/v2"

// next gives the place behind another; ok is false behind the last. An empty row
// at the end of a grid is left as a whole.
func (m *Model) next(at spot) (to spot, ok bool) {
	f := m.fields[at.field]
	last := len(f.cells) - 1
	if f.grid() && (at.row < last || !blankRow(f.cells[last])) {
		if at.col+1 < len(f.cells[at.row]) {
			return spot{at.field, at.row, at.col + 1}, true
		}
		if at.row < last {
			return spot{at.field, at.row + 1, 0}, true
		}
	}
	return spot{field: at.field + 1}, at.field+1 < len(m.fields)
}

// prev gives the place before another; ok is false before the first.
func (m *Model) prev(at spot) (to spot, ok bool) {
	switch {
	case at.col > 0:
		return spot{at.field, at.row, at.col - 1}, true
	case at.row > 0:
		return spot{at.field, at.row - 1, len(m.fields[at.field].cells[at.row-1]) - 1}, true
	case at.field > 0:
		return spot{at.field - 1, len(m.fields[at.field-1].cells) - 1, 0}, true
	}
	return at, false
}

// below gives the place under another: in a grid the same cell of the next row.
func (m *Model) below(at spot) (to spot, ok bool) {
	if at.row+1 < len(m.fields[at.field].cells) {
		return spot{at.field, at.row + 1, at.col}, true
	}
	return spot{field: at.field + 1}, at.field+1 < len(m.fields)
}

// above gives the place over another.
func (m *Model) above(at spot) (to spot, ok bool) {
	switch {
	case at.row > 0:
		return spot{at.field, at.row - 1, at.col}, true
	case at.field > 0:
		return spot{at.field - 1, len(m.fields[at.field-1].cells) - 1, 0}, true
	}
	return at, false
}

// step moves the keys along a way and reports whether there was one.
func (m *Model) step(way func(spot) (spot, bool)) bool {
	to, ok := way(m.at)
	if ok {
		m.leave(to)
	}
	return ok
}

// back moves the keys to what stands above. Nothing is offered there until a key
// is pressed, because it would cover what is said about the field just left.
func (m *Model) back(way func(spot) (spot, bool)) {
	if m.step(way) {
		m.quiet, m.list = true, list{}
	}
}

// forward goes on; behind the last field the form is saved.
func (m *Model) forward() tea.Cmd {
	if m.step(m.next) {
		return nil
	}
	return m.saving()
}

// jump moves the keys by several fields.
func (m *Model) jump(by int) {
	to := max(0, min(m.at.field+by, len(m.fields)-1))
	if to != m.at.field {
		m.leave(spot{field: to})
	}
}

// leave reads the cell that has the keys, says at once what is wrong with it, and
// moves the keys.
func (m *Model) leave(to spot) {
	m.finishField(m.at)
	if to.field != m.at.field {
		m.require(m.field())
	}
	m.enter(m.tidy(to))
}

// tidy takes rows that were cleared out of the grid being left, and gives where
// to is afterwards.
func (m *Model) tidy(to spot) spot {
	f := m.field()
	if !f.grid() || to.field == m.at.field && to.row == m.at.row {
		return to
	}
	for row := len(f.cells) - 2; row >= 0; row-- {
		if !blankRow(f.cells[row]) {
			continue
		}
		f.cells = append(f.cells[:row], f.cells[row+1:]...)
		if to.field == m.at.field && to.row > row {
			to.row--
		}
	}
	return to
}

// enter gives the keys to a place.
func (m *Model) enter(to spot) {
	if len(m.fields) == 0 {
		return
	}
	m.at = to
	m.load()
	m.hint()
}

// load takes the text of the place that has the keys up for editing.
func (m *Model) load() {
	c := m.cell()
	m.prefix, m.preview, m.list, m.open = "", "", list{}, false
	m.fresh = false
	switch c.mode() {
	case modeArea:
		m.area.load(c.text)
	case modeLine:
		m.line.SetValue(m.lineText(c))
		m.line.CursorEnd()
		m.loaded = m.line.Value()
		m.fresh = m.loaded != "" && c.bad == "" && replaced(c.col.Shape)
	}
}
