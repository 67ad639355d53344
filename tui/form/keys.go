package form

import (
	"charm.land/bubbles/v2/key"

	"interlocal/model/field"
)

// Keys are the keys of a form, apart from those that edit text.
type Keys struct {
	Next, Back   key.Binding // Tab and Shift-Tab
	Accept       key.Binding // Enter: take what is offered and go on
	Up, Down     key.Binding
	Left, Right  key.Binding // at a choice
	PageUp, Page key.Binding // several fields at once
	Save         key.Binding
	Leave        key.Binding
	Ditto        key.Binding
	Open         key.Binding // the editor for several lines
	Drop         key.Binding // take the child row off
	Yes, No      key.Binding
	Toggle       key.Binding // Space: the next choice, the other answer
	Clear        key.Binding // Backspace, where nothing is typed
}

// DefaultKeys gives the keys that the program uses everywhere.
func DefaultKeys() Keys {
	bind := func(label, help string, keys ...string) key.Binding {
		return key.NewBinding(key.WithKeys(keys...), key.WithHelp(label, help))
	}
	return Keys{
		Next: bind("Tab", "next", "tab"), Back: bind("Shift-Tab", "back", "shift+tab"),
		Accept: bind("Enter", "next", "enter"),
		Up:     bind("↑", "up", "up"), Down: bind("↓", "down", "down"),
		Left: bind("←", "choice before", "left"), Right: bind("→", "next choice", "right"),
		PageUp: bind("PgUp", "five fields up", "pgup"), Page: bind("PgDn", "five fields down", "pgdown"),
		Save: bind("F2", "save", "f2"), Leave: bind("Esc", "leave", "esc"),
		Ditto: bind(`"`, "same as before", `"`),
		Open:  bind("F4", "several lines", "f4"), Drop: bind("F3", "remove the row", "f3"),
		Yes: bind("y", "yes", "y", "Y"), No: bind("n", "no", "n", "N"),
		Toggle: bind("Space", "change", "space"),
		Clear:  bind("Backspace", "clear", "backspace", "ctrl+h", "delete"),
	}
}

// ShortHelp gives the keys that do something here, for the line of keys.
func (m *Model) ShortHelp() []key.Binding {
	k := m.opts.Keys
	if len(m.fields) == 0 {
		return []key.Binding{k.Leave}
	}
	if m.open {
		return []key.Binding{k.breakLine(), k.closeEditor(), k.Save}
	}
	accept := k.Accept
	if m.list.on() && m.list.at >= 0 {
		accept.SetHelp("Enter", "take it")
	} else if _, more := m.next(m.at); !more {
		accept.SetHelp("Enter", "save")
	}
	out := []key.Binding{accept, k.Back, k.Save, k.Leave}
	out = append(out, m.hereHelp()...)
	if m.ditto() != "" {
		out = append(out, k.Ditto)
	}
	return out
}

// hereHelp gives the keys that belong to the field that has them.
func (m *Model) hereHelp() []key.Binding {
	k := m.opts.Keys
	var out []key.Binding
	switch m.cell().mode() {
	case modeChoice:
		both := key.NewBinding(key.WithKeys("left", "right"), key.WithHelp("← → letter", "choose"))
		out = append(out, both)
	case modeBool:
		out = append(out, k.Toggle)
	case modeArea:
		out = append(out, k.Open)
	}
	if m.list.on() {
		both := key.NewBinding(key.WithKeys("up", "down"), key.WithHelp("↑ ↓", "pick"))
		out = append(out, both)
	}
	if m.field().grid() && !blankRow(m.field().cells[m.at.row]) {
		out = append(out, k.Drop)
	}
	if m.opts.Bulk && m.field().blank() {
		clear := k.Clear
		clear.SetHelp("Backspace", "clear it everywhere")
		if m.field().touched {
			clear.SetHelp("Backspace", "leave it unchanged")
		}
		out = append(out, clear)
	}
	return out
}

// breakLine and closeEditor are keys of the editor for several lines.
func (k Keys) breakLine() key.Binding {
	b := k.Accept
	b.SetHelp("Enter", "new line")
	return b
}

func (k Keys) closeEditor() key.Binding {
	return key.NewBinding(key.WithKeys("esc", "tab", "f4"), key.WithHelp("Esc Tab", "back to the form"))
}

// FullHelp gives all keys.
func (m *Model) FullHelp() [][]key.Binding {
	k := m.opts.Keys
	return [][]key.Binding{
		{k.Accept, k.Next, k.Back, k.Up, k.Down, k.PageUp, k.Page, k.Save, k.Leave, k.Ditto},
		{k.Left, k.Right, k.Toggle, k.Yes, k.No, k.Open, k.Drop},
		{
			key.NewBinding(key.WithKeys("ctrl+a"), key.WithHelp("^A Home", "start of the line")),
			key.NewBinding(key.WithKeys("ctrl+e"), key.WithHelp("^E End", "end of the line")),
			key.NewBinding(key.WithKeys("ctrl+k"), key.WithHelp("^K", "delete to the end")),
			key.NewBinding(key.WithKeys("ctrl+u"), key.WithHelp("^U", "delete to the start")),
		},
	}
}

// mode is the way a cell is edited.
type mode uint8

const (
	modeLine   mode = iota // a line of text
	modeArea               // several lines of text
	modeChoice             // one of a few words
	modeBool               // yes or no
)

// mode gives the way the cell is edited. Within child rows text has one line.
func (c *cell) mode() mode {
	switch c.col.Shape {
	case field.ShapeChoice:
		return modeChoice
	case field.ShapeBool:
		return modeBool
	case field.ShapeLong:
		return modeArea
	}
	return modeLine
}
