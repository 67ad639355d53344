package cyber

import (
	tea "charm.land/bubbletea/v2"

	"interlocal/tui/app"
)

// sheetPage is what the pages about one sheet share that only show it: they take
// up what has changed, turn to the sheet that a place names, and no letter is
// text on them. A page that does more has methods of its own.
type sheetPage struct{ s *subject }

// Typing is always false: no letter is text here.
func (p sheetPage) Typing() bool { return false }

// Refresh implements app.Screen.
func (p sheetPage) Refresh() tea.Cmd {
	p.s.renewed()
	return nil
}

// Visit shows the sheet that a place names.
func (p sheetPage) Visit(to app.Route) tea.Cmd {
	p.s.visit(to)
	return nil
}
