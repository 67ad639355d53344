package tui

import (
	"fmt"

	tea "charm.land/bubbletea/v2"

	"interlocal/model/partnership"
	"interlocal/tui/app"
	"interlocal/tui/overlay"
	"interlocal/tui/records"
)

// step is a place that a link was followed from.
type step struct {
	tab  int
	here records.Here
}

// trailLength is how many steps are remembered.
const trailLength = 50

// open goes to a place: the tab that shows its kind, then the list or record.
// Esc there leads back here.
func (s *Session) open(p app.Route) tea.Cmd {
	if p.Kind == partnership.KindSettings {
		return s.editSettings()
	}
	for i, t := range s.tabs {
		if !t.shows(p) {
			continue
		}
		s.leaveTrace()
		fresh := s.front(i)
		return tea.Batch(fresh, t.screen().(*records.Screen).Open(p))
	}
	s.app.Say(overlay.Info, fmt.Sprintf("There is no list of %s to show.", p.Kind))
	return nil
}

func (s *Session) leaveTrace() {
	from := step{tab: s.at}
	if screen, ok := s.tabs[s.at].screen().(*records.Screen); ok {
		from.here = screen.Here()
	}
	s.trail = append(s.trail, from)
	if len(s.trail) > trailLength {
		s.trail = s.trail[1:]
	}
}

// back goes to where the last link was followed from.
func (s *Session) back() tea.Cmd {
	if len(s.trail) == 0 {
		return nil
	}
	from := s.trail[len(s.trail)-1]
	s.trail = s.trail[:len(s.trail)-1]
	fresh := s.front(from.tab)
	if screen, ok := s.tabs[s.at].screen().(*records.Screen); ok {
		return tea.Batch(fresh, screen.Revisit(from.here))
	}
	return fresh
}
