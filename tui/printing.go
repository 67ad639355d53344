package tui

import (
	tea "charm.land/bubbletea/v2"

	"interlocal/model/report"
)

// reportActions are the palette's entries for documents to print.
func (s *Session) reportActions() []action {
	var out []action
	for _, r := range report.Reports() {
		out = append(out, action{Title: "Print: " + r.Title, Note: "report",
			Value: func() tea.Cmd { return s.app.AskReport(r, report.About{}) }})
	}
	return out
}
