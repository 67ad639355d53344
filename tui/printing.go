package tui

import (
	tea "charm.land/bubbletea/v2"

	"interlocal/model/field"
	"interlocal/model/partnership"
	"interlocal/model/report"
	"interlocal/tui/overlay"
)

// reportActions are the palette's entries for documents to print.
func (s *Session) reportActions() []action {
	var out []action
	for _, r := range report.Reports() {
		run := func() tea.Cmd { return s.app.ShowReport(r.Name, report.About{}) }
		if r.NeedsPartner {
			run = func() tea.Cmd { s.pickPartner(r.Name); return nil }
		}
		out = append(out, action{Value: run, Title: "Print: " + r.Title, Note: "report"})
	}
	return out
}

// pickPartner asks for whom a report is.
func (s *Session) pickPartner(name string) {
	var list []overlay.Choice[partnership.PartnerID]
	for p := range field.All[partnership.Partner](s.app.View()) {
		if p.Governs() && p.Status != partnership.Withdrawn {
			list = append(list, overlay.Choice[partnership.PartnerID]{Value: p.ID, Title: p.Name, Note: p.GoverningBody})
		}
	}
	overlay.Pick[partnership.PartnerID]{Title: "For which city?", Width: 48, Choices: list,
		Choose: func(id partnership.PartnerID) tea.Cmd {
			return s.app.ShowReport(name, report.About{Partner: id})
		}}.Open(s.app.Dialogs)
}
