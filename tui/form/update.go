package form

import (
	"unicode"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"interlocal/model/field"
)

// Update takes a message: keys and pasted text. The mouse comes through the zones
// that Draw has set.
func (m *Model) Update(msg tea.Msg) tea.Cmd {
	if len(m.fields) == 0 {
		if k, ok := msg.(tea.KeyPressMsg); ok && key.Matches(k, m.opts.Keys.Leave) {
			return m.leaving()
		}
		return nil
	}
	switch msg := msg.(type) {
	case tea.PasteMsg:
		m.paste(msg.Content)
	case tea.KeyPressMsg:
		return m.press(msg)
	}
	return nil
}

// press acts on a key: first those that mean the same everywhere, then those of
// what is open, then those of the field.
func (m *Model) press(k tea.KeyPressMsg) tea.Cmd {
	keys := m.opts.Keys
	m.quiet = false
	switch {
	case key.Matches(k, keys.Save):
		return m.saving()
	case m.open:
		m.pressEditor(k)
		return nil
	case m.list.on() && m.pressList(k):
		return nil
	case key.Matches(k, keys.Accept):
		return m.accept()
	case key.Matches(k, keys.Next):
		m.takeOffered()
		if !m.step(m.next) {
			m.leave(m.at)
		}
	case key.Matches(k, keys.Back):
		m.back(m.prev)
	case key.Matches(k, keys.Leave):
		return m.leaving()
	case key.Matches(k, keys.Page):
		m.jump(5)
	case key.Matches(k, keys.PageUp):
		m.jump(-5)
	case key.Matches(k, keys.Drop) && m.field().grid():
		m.drop()
	case key.Matches(k, keys.Ditto) && m.ditto() != "":
		m.repeat(m.ditto())
	case m.opts.Bulk && m.field().blank() && key.Matches(k, keys.Clear):
		m.field().touched = !m.field().touched
		m.edits++
	default:
		m.pressField(k)
	}
	return nil
}

// pressField acts on a key that is the field's.
func (m *Model) pressField(k tea.KeyPressMsg) {
	keys := m.opts.Keys
	mode := m.cell().mode()
	up, down := key.Matches(k, keys.Up), key.Matches(k, keys.Down)
	switch {
	case mode == modeArea && key.Matches(k, keys.Open):
		m.open = true
	case mode == modeArea && (up || down) && m.area.vertical(m.areaWidth(), up):
	case up:
		m.back(m.above)
	case down:
		m.step(m.below)
	case mode == modeArea:
		m.typeArea(k)
	case mode == modeChoice:
		m.pressChoice(k)
	case mode == modeBool:
		m.pressBool(k)
	case m.field().grid() && m.atEdge(k):
	default:
		m.typeLine(k)
	}
}

// atEdge moves between the cells of a row with Left and Right where the text
// ends, and reports whether it did.
func (m *Model) atEdge(k tea.KeyPressMsg) bool {
	keys := m.opts.Keys
	end := len([]rune(m.line.Value()))
	switch {
	case key.Matches(k, keys.Left) && m.at.col > 0 && (m.line.Position() == 0 || m.fresh):
		m.leave(spot{m.at.field, m.at.row, m.at.col - 1})
	case key.Matches(k, keys.Right) && m.at.col+1 < len(m.field().cells[m.at.row]) &&
		(m.line.Position() == end || m.fresh):
		m.leave(spot{m.at.field, m.at.row, m.at.col + 1})
	default:
		return false
	}
	return true
}

// pressEditor acts on a key in the editor for several lines.
func (m *Model) pressEditor(k tea.KeyPressMsg) {
	keys := m.opts.Keys
	switch {
	case key.Matches(k, keys.Leave, keys.Next, keys.Open):
		m.open = false
	case key.Matches(k, keys.Accept):
		m.area.insert("\n")
		m.edited(m.area.text())
	case key.Matches(k, keys.Up), key.Matches(k, keys.Down):
		m.area.vertical(m.areaWidth(), key.Matches(k, keys.Up))
	case key.Matches(k, keys.Page), key.Matches(k, keys.PageUp):
		for range max(1, m.page.editor-1) {
			m.area.vertical(m.areaWidth(), key.Matches(k, keys.PageUp))
		}
	default:
		m.typeArea(k)
	}
}

// typeArea edits the text of several lines by a key.
func (m *Model) typeArea(k tea.KeyPressMsg) {
	if m.area.press(k) {
		m.edited(m.area.text())
	}
}

// accept is Enter: take what is offered, or go on.
func (m *Model) accept() tea.Cmd {
	if m.list.on() && m.list.at >= 0 {
		o := m.list.options[m.list.at]
		if o.add {
			return m.add()
		}
		m.take(o)
		if m.cell().col.Shape == field.ShapeList || m.last() {
			return nil
		}
	}
	return m.forward()
}

// last reports whether nothing is behind the place that has the keys.
func (m *Model) last() bool {
	_, more := m.next(m.at)
	return !more
}

// takeOffered takes the record or word that the list points at, if any.
func (m *Model) takeOffered() {
	if m.list.on() && m.list.at >= 0 && !m.list.options[m.list.at].add {
		m.take(m.list.options[m.list.at])
	}
}

// saving hands the record to its owner when nothing refuses it.
func (m *Model) saving() tea.Cmd {
	if saved, rec := m.save(); saved && m.opts.Save != nil {
		return m.opts.Save(rec)
	}
	return nil
}

// leaving tells the owner that the user wants to be elsewhere.
func (m *Model) leaving() tea.Cmd {
	if m.opts.Leave != nil {
		return m.opts.Leave()
	}
	return nil
}

// drop takes the child row that has the keys off.
func (m *Model) drop() {
	f := m.field()
	if m.at.row == len(f.cells)-1 && blankRow(f.cells[m.at.row]) {
		return
	}
	f.cells = append(f.cells[:m.at.row], f.cells[m.at.row+1:]...)
	m.grow()
	m.touch()
	m.enter(spot{m.at.field, min(m.at.row, len(f.cells)-1), 0})
}

// printable gives the text of a key that types something.
func printable(k tea.KeyPressMsg) string {
	for _, r := range k.Text {
		if !unicode.IsGraphic(r) {
			return ""
		}
	}
	return k.Text
}
