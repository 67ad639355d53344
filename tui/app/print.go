package app

import (
	"bytes"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"interlocal/model/document"
	"interlocal/model/field"
	"interlocal/model/partnership"
	"interlocal/model/report"
	"interlocal/tui/overlay"
)

// ShowReport builds a report beside the session and shows it, to be read,
// copied or saved.
func (d *App) ShowReport(name string, about report.About) tea.Cmd {
	view, now := d.view, d.Now()
	r, ok := report.ReportNamed(name)
	if !ok {
		return nil
	}
	if d.projected && name == "assessment" {
		d.Say(overlay.Info, "The closed paper is not shown while this is projected; P on the Cyber tab ends that.")
		return nil
	}
	return d.Background(func() func() tea.Cmd {
		doc, err := r.Build(view, about, now)
		return func() tea.Cmd {
			if err != nil {
				d.Fail(err)
				return nil
			}
			d.ShowDocument(fileName(r.Name, d.env, about.Partner), doc)
			return nil
		}
	})
}

// ShowDocument shows a document; name is proposed for its file, without the
// ending.
func (d *App) ShowDocument(name string, doc *document.Document) {
	d.Dialogs.Push(newPrint(d, name, doc))
}

// fileName proposes a name for a printed document: briefing-raytown.
func fileName(name string, env *field.Env, partner partnership.PartnerID) string {
	if partner != 0 {
		name += "-" + strings.ReplaceAll(field.FoldName(strings.ReplaceAll(env.Label(partnership.KindPartners, uint64(partner)), "'", "")), " ", "-")
	}
	return name
}

// print shows a document to read and saves it to print.
type print struct {
	*overlay.Viewer
	d    *App
	name string
	doc  *document.Document
	html key.Binding
	md   key.Binding
	copy key.Binding
}

// printWidth is the width at which documents are shown.
const printWidth = 74

func newPrint(d *App, name string, doc *document.Document) *print {
	var b bytes.Buffer
	_ = doc.Text(&b, printWidth) // a buffer never fails
	return &print{
		Viewer: overlay.NewText(d.Theme, doc.Title, b.String()), d: d, name: name, doc: doc,
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
			return true, p.d.Copy(b.String(), "Report")
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
	p.d.SaveFile(File{Title: "Save the report", Name: p.name + ext, Write: write})
	return nil
}
