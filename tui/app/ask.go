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

// Choice is something that can be done, as a list of such things has it.
type Choice = overlay.Choice[func() tea.Cmd]

// Choices asks which of several things is to be done.
type Choices = overlay.Pick[func() tea.Cmd]

// Pick asks for one of several things to do, and does it.
func (d *App) Pick(title string, width int, list []Choice) tea.Cmd {
	return d.PickFrom(Choices{Title: title, Width: width, Choices: list})
}

// PickFrom is Pick with more to say about the list.
func (d *App) PickFrom(p Choices) tea.Cmd {
	p.Choose = func(do func() tea.Cmd) tea.Cmd { return do() }
	p.Open(d.Dialogs)
	return nil
}

// PickPartner asks for one of the partners that among admits; nil admits those
// that govern and take part.
func (d *App) PickPartner(title string, among func(*partnership.Partner) bool,
	choose func(partnership.PartnerID) tea.Cmd) tea.Cmd {
	if among == nil {
		among = func(p *partnership.Partner) bool { return p.Governs() && p.Status != partnership.Withdrawn }
	}
	var items []Choice
	for p := range field.All[partnership.Partner](d.view) {
		if among(p) {
			items = append(items, Choice{Title: p.Name, Note: p.Short, Value: func() tea.Cmd { return choose(p.ID) }})
		}
	}
	return d.Pick(title, 48, items)
}
