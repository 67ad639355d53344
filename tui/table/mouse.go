package table

import (
	tea "charm.land/bubbletea/v2"

	"interlocal/tui/frame"
)

// wheelStep is how many rows one notch of the wheel moves.
const wheelStep = 3

// clickHead sorts by the column whose heading was clicked.
func (m *Model) clickHead(at frame.Mouse) tea.Cmd {
	if !at.Clicked() {
		return m.turn(at)
	}
	for i, p := range m.placed {
		end := p.x + p.w
		if i+1 < len(m.placed) {
			end = m.placed[i+1].x
		}
		if at.X >= p.x && at.X < end {
			return m.SortOn(m.cols[p.col].Name)
		}
	}
	return nil
}

// clickRow selects the row that was clicked, marks it when the click was in the
// gutter, and opens it when it was selected before.
func (m *Model) clickRow(at frame.Mouse) tea.Cmd {
	if !at.Clicked() {
		return m.turn(at)
	}
	row := m.top + at.Y
	if row >= m.src.Len() {
		return nil
	}
	again := row == m.cursor && m.focused
	m.moveTo(row)
	switch {
	case at.X < gutter:
		m.toggle(m.id)
	case again && m.hooks.Open != nil:
		return m.hooks.Open(m.id)
	case m.hooks.Select != nil:
		return m.hooks.Select(m.id)
	}
	return nil
}

// clickBar goes to the part of the table that was clicked on the scroll bar.
func (m *Model) clickBar(at frame.Mouse) tea.Cmd {
	if !at.Clicked() {
		return m.turn(at)
	}
	if n := m.src.Len(); at.Zone.H > 1 && n > at.Zone.H {
		m.moveTo(at.Y * (n - 1) / (at.Zone.H - 1))
	}
	return nil
}

// turn scrolls by the wheel; the cursor goes along only when it would leave the
// screen.
func (m *Model) turn(at frame.Mouse) tea.Cmd {
	by := at.Wheel() * wheelStep
	if by == 0 {
		return nil
	}
	m.top = max(0, min(m.top+by, m.src.Len()-m.height))
	m.moveTo(max(m.top, min(m.cursor, m.top+m.height-1)))
	return nil
}
