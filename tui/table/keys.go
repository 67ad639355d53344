package table

import (
	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

// Keys are the keys of a table.
type Keys struct {
	Up, Down         key.Binding
	PageUp, PageDown key.Binding
	Top, Bottom      key.Binding
	First            key.Binding // typed twice it is Top
	Mark             key.Binding // mark and move down
	Range            key.Binding // begin, and end, a range of marks
	All              key.Binding // mark all shown, or none of them
	Cancel           key.Binding // give a range up; otherwise not the table's
}

// DefaultKeys gives the keys that the program uses everywhere.
func DefaultKeys() Keys {
	bind := func(label, help string, keys ...string) key.Binding {
		return key.NewBinding(key.WithKeys(keys...), key.WithHelp(label, help))
	}
	return Keys{
		Up:       bind("↑ k", "up", "up", "k"),
		Down:     bind("↓ j", "down", "down", "j"),
		PageUp:   bind("PgUp", "page up", "pgup"),
		PageDown: bind("PgDn", "page down", "pgdown"),
		Top:      bind("gg Home", "first", "home"),
		Bottom:   bind("G End", "last", "end", "G"),
		First:    bind("gg", "first", "g"),
		Mark:     bind("Space", "mark", "space"),
		Range:    bind("v", "mark a range", "v"),
		All:      bind("*", "mark all shown", "*"),
		Cancel:   bind("Esc", "give the range up", "esc"),
	}
}

// Update takes a message. Keys and the wheel move the selection; everything else
// is left alone. The mouse comes through the zones that Draw has set.
func (m *Model) Update(msg tea.Msg) tea.Cmd {
	if k, ok := msg.(tea.KeyPressMsg); ok {
		m.Key(k)
	}
	return nil
}

// Key acts on a key and reports whether it was one of the table's.
func (m *Model) Key(k tea.KeyPressMsg) (used bool) {
	if again := m.pending; again || key.Matches(k, m.keys.First) {
		m.pending = !again && key.Matches(k, m.keys.First)
		if m.pending {
			return true
		}
		if key.Matches(k, m.keys.First) {
			m.moveTo(0)
			return true
		}
	}
	if to, ok := m.target(k); ok {
		m.moveTo(to)
		return true
	}
	switch {
	case key.Matches(k, m.keys.Mark):
		m.mark()
	case key.Matches(k, m.keys.Range):
		m.markRange()
	case key.Matches(k, m.keys.All):
		m.markAll()
	case m.ranging && key.Matches(k, m.keys.Cancel):
		m.ranging = false
	default:
		return false
	}
	return true
}

// target gives the row that a movement key leads to.
func (m *Model) target(k tea.KeyPressMsg) (row int, ok bool) {
	page := max(1, m.height-1)
	switch {
	case key.Matches(k, m.keys.Down):
		return m.cursor + 1, true
	case key.Matches(k, m.keys.Up):
		return m.cursor - 1, true
	case key.Matches(k, m.keys.PageDown):
		return m.cursor + page, true
	case key.Matches(k, m.keys.PageUp):
		return m.cursor - page, true
	case key.Matches(k, m.keys.Top):
		return 0, true
	case key.Matches(k, m.keys.Bottom):
		return m.src.Len() - 1, true
	}
	return 0, false
}

// ShortHelp gives the keys for the line of keys.
func (m *Model) ShortHelp() []key.Binding {
	if m.ranging {
		return []key.Binding{m.keys.Down, m.keys.Up, m.keys.Range, m.keys.Cancel}
	}
	return []key.Binding{m.keys.Mark, m.keys.Range, m.keys.All}
}

// FullHelp gives all keys.
func (m *Model) FullHelp() [][]key.Binding {
	k := m.keys
	return [][]key.Binding{
		{k.Up, k.Down, k.PageUp, k.PageDown, k.Top, k.Bottom},
		{k.Mark, k.Range, k.All},
	}
}
