package app

import (
	tea "charm.land/bubbletea/v2"

	"interlocal/model/field"
	"interlocal/model/partnership"
	"interlocal/tui/overlay"
)

// Ask asks for a line, beginning with value, and hands it on.
func (d *App) Ask(title, words, value, verb string, then func(string) tea.Cmd) tea.Cmd {
	d.Dialogs.Push(overlay.NewPrompt(d.Theme, title, words, value, verb, then))
	return nil
}

// Confirm asks a question and goes on when the answer is yes.
func (d *App) Confirm(q overlay.Question, then func() tea.Cmd) tea.Cmd {
	d.Dialogs.Push(overlay.NewConfirm(d.Theme, q, then))
	return nil
}

// Pick asks for one of several things, each of which says what choosing it does.
func (d *App) Pick(title string, width int, items []overlay.Item) tea.Cmd {
	d.Dialogs.Push(overlay.NewPick(d.Theme, overlay.PickOptions{Title: title, Width: width, Search: overlay.List(items)}))
	return nil
}

// PickPartner asks for one of the partners that among admits; nil admits those
// that govern and take part.
func (d *App) PickPartner(title string, among func(*partnership.Partner) bool, choose func(partnership.PartnerID) tea.Cmd) tea.Cmd {
	if among == nil {
		among = func(p *partnership.Partner) bool { return p.Governs() && p.Status != partnership.Withdrawn }
	}
	var items []overlay.Item
	for p := range field.All[partnership.Partner](d.view) {
		if among(p) {
			items = append(items, overlay.Item{Title: p.Name, Note: p.Short, Do: func() tea.Cmd { return choose(p.ID) }})
		}
	}
	return d.Pick(title, 48, items)
}
