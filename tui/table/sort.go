package table

import tea "charm.land/bubbletea/v2"

// SortedBy gives the column that the rows are sorted by, and the direction. The
// name is empty when they come as they are.
func (m *Model) SortedBy() (column string, descending bool) { return m.layout.Sort, m.layout.Desc }

// SortBy notes another order and asks for it through the hook.
func (m *Model) SortBy(column string, descending bool) tea.Cmd {
	m.layout.Sort, m.layout.Desc = column, descending
	if m.hooks.Sort == nil {
		return nil
	}
	return m.hooks.Sort(column, descending)
}

// SortOn sorts by a column, or turns the direction around when the rows are
// sorted by it already.
func (m *Model) SortOn(column string) tea.Cmd {
	return m.SortBy(column, m.layout.Sort == column && !m.layout.Desc)
}

// SortNext goes through the orders that the columns shown offer: each upward,
// then downward.
func (m *Model) SortNext() tea.Cmd {
	cols := m.layout.visible(m.cols)
	if len(cols) == 0 {
		return nil
	}
	at := m.column(m.layout.Sort)
	for i, c := range cols {
		if c != at {
			continue
		}
		if !m.layout.Desc {
			return m.SortBy(m.layout.Sort, true)
		}
		return m.SortBy(m.cols[cols[(i+1)%len(cols)]].Name, false)
	}
	return m.SortBy(m.cols[cols[0]].Name, false)
}
