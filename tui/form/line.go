package form

import (
	"strings"

	"charm.land/bubbles/v2/key"
	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"

	"interlocal/model/failure"
	"interlocal/model/field"
	"interlocal/model/text"
)

// The most characters taken from a paste; the store keeps no more.
const (
	lineLimit  = 4 << 10
	blockLimit = 64 << 10
)

// newLine makes the editor for one line. Keys that multiplexers and browsers own
// are left alone, and so is the clipboard of the machine the program runs on: what
// a terminal pastes arrives as text.
func newLine() textinput.Model {
	in := textinput.New()
	in.SetVirtualCursor(false)
	bind := func(keys ...string) key.Binding { return key.NewBinding(key.WithKeys(keys...)) }
	in.KeyMap = textinput.KeyMap{
		CharacterForward: bind("right"), CharacterBackward: bind("left"),
		WordForward: bind("ctrl+right", "alt+right"), WordBackward: bind("ctrl+left", "alt+left"),
		DeleteAfterCursor: bind("ctrl+k"), DeleteBeforeCursor: bind("ctrl+u"),
		DeleteCharacterBackward: bind("backspace", "ctrl+h"), DeleteCharacterForward: bind("delete"),
		LineStart: bind("home", "ctrl+a"), LineEnd: bind("end", "ctrl+e"),
	}
	in.Focus()
	return in
}

// replaced reports whether typing into a filled field of the shape begins it
// anew: values that are short and read as a whole.
func replaced(s field.Shape) bool {
	return s.Numeric() || s == field.ShapeDay || s == field.ShapeWall || s == field.ShapeRef
}

// lineText gives the text to edit: of a list that may be completed, with room for
// the next entry.
func (m *Model) lineText(c *cell) string {
	if c.text != "" && c.bad == "" && completes(c.col) && c.col.Shape == field.ShapeList {
		return c.text + "; "
	}
	return c.text
}

// typeLine edits the line by a key.
func (m *Model) typeLine(k tea.KeyPressMsg) {
	if m.fresh {
		m.fresh = false
		if k.Text != "" || key.Matches(k, m.opts.Keys.Clear) {
			m.line.SetValue("")
			if k.Text == "" {
				m.edited(m.line.Value())
				return
			}
		}
	}
	before := m.line.Value()
	m.line, _ = m.line.Update(k)
	m.cleanLine()
	if now := m.line.Value(); now != before {
		m.edited(now)
	}
}

// cleanLine makes what was typed safe to show and to keep.
func (m *Model) cleanLine() {
	now := m.line.Value()
	safe := text.Typed(now, 0)
	if safe == now {
		return
	}
	head := string([]rune(now)[:m.line.Position()])
	m.line.SetValue(safe)
	m.line.SetCursor(len([]rune(text.Typed(head, 0))))
}

// paste takes text that the terminal has pasted.
func (m *Model) paste(s string) {
	c := m.cell()
	switch {
	case c.mode() == modeArea:
		clean := text.Block(s, blockLimit)
		m.cut(clean, text.Block(s, 0))
		m.area.insert(clean)
		m.edited(m.area.text())
	case c.mode() != modeLine:
		m.pick(text.Line(s, lineLimit))
	case m.field().grid() && strings.ContainsAny(strings.TrimRight(s, "\r\n"), "\n\t"):
		m.pasteRows(s)
	case c.col.Shape == field.ShapeList:
		m.pasteLine(strings.Join(lines(s), "; "))
	default:
		m.pasteLine(text.Line(s, 0))
	}
}

// pasteLine puts one clean line at the cursor.
func (m *Model) pasteLine(whole string) {
	clean := text.Line(whole, lineLimit)
	m.cut(clean, whole)
	if m.fresh {
		m.fresh = false
		m.line.SetValue("")
	}
	m.line, _ = m.line.Update(tea.PasteMsg{Content: clean})
	m.cleanLine()
	m.edited(m.line.Value())
}

// cut says so when not all of a paste was taken.
func (m *Model) cut(taken, whole string) {
	if len(taken) < len(whole) {
		m.general = failure.Problems{{Message: "the pasted text was too long and has been cut", Warning: true}}
	}
}

// lines gives the lines of a pasted text that hold anything, cleaned.
func lines(s string) []string {
	var out []string
	for line := range strings.SplitSeq(text.Block(s, 0), "\n") {
		if line = text.Line(line, lineLimit); line != "" {
			out = append(out, line)
		}
	}
	return out
}

// pasteRows fills a grid from lines of cells parted by tabs, as a spreadsheet
// copies them, beginning at the cell that has the keys.
func (m *Model) pasteRows(s string) {
	f, at := m.field(), m.at
	s = strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(s)
	for line := range strings.SplitSeq(strings.Trim(s, "\n"), "\n") {
		col := at.col
		for part := range strings.SplitSeq(line, "\t") {
			if col < len(f.cells[at.row]) {
				f.cells[at.row][col].text = text.Line(part, lineLimit)
				m.finishField(spot{at.field, at.row, col})
			}
			col++
		}
		m.grow()
		if at.row+1 < len(f.cells) {
			at.row++
		}
	}
	m.touch()
	m.load()
}

// edited notes the new text of the place that has the keys, and says how it is
// understood.
func (m *Model) edited(s string) {
	c := m.cell()
	if s == c.text {
		return
	}
	c.text = s
	m.touch()
	m.grow()
	m.preview = ""
	if completes(c.col) {
		c.bad = ""
		m.look()
		return
	}
	if c.mode() != modeLine {
		return
	}
	_, shown, err := m.understand(m.field(), m.at.col, s)
	switch {
	case err == nil:
		c.bad = ""
		if shown != strings.TrimSpace(s) {
			m.preview = shown
		}
	case c.bad != "":
		c.bad = err.Error()
	}
}

// touch notes that the field was changed by hand.
func (m *Model) touch() {
	f := m.field()
	f.touched, f.notes, f.need = true, nil, ""
	m.edits++
}

// grow keeps one empty row at the end of a grid.
func (m *Model) grow() {
	if f := m.field(); f.grid() && !blankRow(f.cells[len(f.cells)-1]) {
		f.cells = append(f.cells, f.emptyRow())
	}
}

// ditto gives what the ditto key would put where the keys are; empty when it has
// nothing to repeat. In child rows it repeats the row above.
func (m *Model) ditto() string {
	f, c := m.field(), m.cell()
	editable := c.mode() == modeChoice || c.mode() == modeBool
	switch {
	case !c.blank() && !editable:
		return ""
	case f.grid() && m.at.row > 0:
		return f.cells[m.at.row-1][m.at.col].text
	case m.opts.Previous == nil || f.grid() && f.text() != "":
		return ""
	case f.col.Empty(m.opts.Previous) && f.col.Shape != field.ShapeBool:
		return ""
	}
	return string(f.col.Format(nil, m.opts.Previous, m.opts.Env))
}

// repeat does what the ditto key says.
func (m *Model) repeat(s string) {
	f := m.field()
	if f.grid() && m.at.row == 0 && len(f.cells) == 1 {
		f.setText(s)
		f.each(func(row, col int, _ *cell) { m.read(f, row, col) })
		m.at = spot{field: m.at.field, row: len(f.cells) - 1}
	} else {
		m.cell().text = s
		m.finishField(m.at)
		m.grow()
	}
	m.touch()
	m.load()
	m.fresh = false
}
