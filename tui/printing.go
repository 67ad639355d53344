package tui

import (
	"fmt"

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
		out = append(out, action{overlay.Item{Title: "Print: " + r.Title, Note: "report"}, run})
	}
	return out
}

// pickPartner asks for whom a report is.
func (s *Session) pickPartner(name string) {
	var items []overlay.Item
	for p := range field.All[partnership.Partner](s.app.View()) {
		if p.Governs() && p.Status != partnership.Withdrawn {
			items = append(items, overlay.Item{ID: fmt.Sprint(uint64(p.ID)), Title: p.Name, Note: p.GoverningBody})
		}
	}
	s.app.Dialogs.Push(overlay.NewPick(s.app.Theme, overlay.PickOptions{Title: "For which city?", Width: 48,
		Search: overlay.List(items), Choose: func(it overlay.Item) tea.Cmd {
			var id uint64
			fmt.Sscan(it.ID, &id)
			return s.app.ShowReport(name, report.About{Partner: partnership.PartnerID(id)})
		}}))
}
