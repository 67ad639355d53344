package tui

import (
	"bytes"
	"fmt"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"interlocal/model"
	"interlocal/model/report"
	"interlocal/tui/desk"
	"interlocal/tui/overlay"
)

// reportActions are the palette's entries for documents to print.
func (s *Session) reportActions() []action {
	var out []action
	for _, r := range report.Reports() {
		run := func() tea.Cmd { return s.showReport(r.Name, 0) }
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
	for p := range model.All[model.Partner](s.desk.View()) {
		if p.Governs() && p.Status != model.Withdrawn {
			items = append(items, overlay.Item{ID: fmt.Sprint(uint64(p.ID)), Title: p.Name, Note: p.GoverningBody})
		}
	}
	s.desk.Dialogs.Push(overlay.NewPick(s.desk.Theme, overlay.Options{Title: "For which city?", Width: 48,
		Search: overlay.List(items), Choose: func(it overlay.Item) tea.Cmd {
			var id uint64
			fmt.Sscan(it.ID, &id)
			return s.showReport(name, model.PartnerID(id))
		}}))
}

// showReport builds a document beside the session and shows it.
func (s *Session) showReport(name string, partner model.PartnerID) tea.Cmd {
	view, now := s.desk.View(), s.desk.Now()
	for _, r := range report.Reports() {
		if r.Name != name {
			continue
		}
		return s.desk.Beside(func() func() tea.Cmd {
			doc, err := r.Build(view, partner, now)
			return func() tea.Cmd {
				if err != nil {
					s.desk.Fail(err)
					return nil
				}
				s.desk.Dialogs.Push(newPrint(s, fileName(r.Name, s.desk.Env(), partner), doc))
				return nil
			}
		})
	}
	return nil
}

// fileName proposes a name for a printed document: briefing-raytown.
func fileName(name string, env *model.Env, partner model.PartnerID) string {
	if partner != 0 {
		name += "-" + strings.ReplaceAll(model.FoldName(strings.ReplaceAll(env.Label("partners", uint64(partner)), "'", "")), " ", "-")
	}
	return name
}

// print shows a document to read and saves it to print.
type print struct {
	*overlay.Viewer
	s    *Session
	name string
	doc  *report.Document
	html key.Binding
	md   key.Binding
	copy key.Binding
}

// printWidth is the width at which documents are shown.
const printWidth = 74

func newPrint(s *Session, name string, doc *report.Document) *print {
	var b bytes.Buffer
	_ = doc.Text(&b, printWidth) // a buffer never fails
	return &print{
		Viewer: overlay.NewText(s.desk.Theme, doc.Title, b.String()), s: s, name: name, doc: doc,
		html: key.NewBinding(key.WithKeys("w"), key.WithHelp("w", "save to print (HTML)")),
		md:   key.NewBinding(key.WithKeys("m"), key.WithHelp("m", "save as Markdown")),
		copy: key.NewBinding(key.WithKeys("y"), key.WithHelp("y", "copy")),
	}
}

// Help puts saving first.
func (p *print) Help() []key.Binding {
	return append([]key.Binding{p.html, p.md, p.copy}, p.Viewer.Help()...)
}

// Update saves or leaves the rest to the viewer.
func (p *print) Update(msg tea.Msg) (done bool, cmd tea.Cmd) {
	if press, ok := msg.(tea.KeyPressMsg); ok {
		switch {
		case key.Matches(press, p.html):
			return false, p.save(".html")
		case key.Matches(press, p.md):
			return false, p.save(".md")
		case key.Matches(press, p.copy):
			var b bytes.Buffer
			_ = p.doc.Markdown(&b) // a buffer never fails
			return true, p.s.desk.Copy(b.String(), "Report")
		}
	}
	return p.Viewer.Update(msg)
}

// save asks where and writes the document.
func (p *print) save(ext string) tea.Cmd {
	write := p.doc.Markdown
	if ext == ".html" {
		write = p.doc.HTML
	}
	p.s.desk.SaveFile(desk.File{Title: "Save the report", Name: p.name + ext, Write: write})
	return nil
}
