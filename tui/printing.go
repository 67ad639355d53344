package tui

import (
	tea "charm.land/bubbletea/v2"

	"interlocal/model/report"
	"interlocal/tui/overlay"
)

// reportActions are the palette's entries for documents to print.
func (s *Session) reportActions() []action {
	var out []action
	for _, r := range report.Reports() {
		out = append(out, action{overlay.Item{Title: "Print: " + r.Title, Note: "report"},
			func() tea.Cmd { return s.app.AskReport(r, report.About{}) }})
	}
	return out
}
