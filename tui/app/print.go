package app

import (
	"bytes"
	"io"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"interlocal/model/document"
	"interlocal/model/field"
	"interlocal/model/partnership"
	"interlocal/model/report"
	"interlocal/model/text"
	"interlocal/store/run"
	"interlocal/tui/overlay"
)

// AskReport shows a report, after asking of which city where it is about one.
func (d *App) AskReport(r report.Report, about report.About) tea.Cmd {
	if !r.NeedsPartner || about.Partner != 0 {
		return d.ShowReport(r.Name, about)
	}
	return d.PickPartner("For which city?", nil, func(id partnership.PartnerID) tea.Cmd {
		about.Partner = id
		return d.ShowReport(r.Name, about)
	})
}

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
	noted := run.Noted{Did: run.Reported, What: r.Name}
	if about.Partner != 0 {
		noted.Cities = map[field.Party]int{field.Party(about.Partner): 0}
	}
	st, id := d.Store, d.Me.Identity()
	return d.Background(func() func() tea.Cmd {
		doc, err := r.Build(view, about, now)
		if err == nil {
			err = run.Note(st, id, noted)
		}
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

// fileName proposes a name for a printed document: briefing-raytown.
func fileName(name string, env *field.Env, partner partnership.PartnerID) string {
	if partner != 0 {
		name += "-" + strings.ReplaceAll(
			field.FoldName(strings.ReplaceAll(env.Label(partnership.KindPartners, uint64(partner)), "'", "")), " ", "-")
	}
	return name
}

// printWidth is the width at which documents are shown.
const printWidth = 74

// ShowDocument shows a document to read, copy or save; name is proposed for its
// file, without the ending.
func (d *App) ShowDocument(name string, doc *document.Document) {
	var b bytes.Buffer
	_ = doc.Text(&b, printWidth) // a buffer never fails
	v := overlay.NewText(d.Theme, doc.Title, b.String())
	offer := func(k, does string, do func() (bool, tea.Cmd)) {
		v.Offer(key.NewBinding(key.WithKeys(k), key.WithHelp(k, does)), do)
	}
	save := func(ext string, write func(io.Writer) error) func() (bool, tea.Cmd) {
		return func() (bool, tea.Cmd) {
			d.SaveFile(File{Title: "Save the report", Name: name + ext, Write: write})
			return false, nil
		}
	}
	if n := len(doc.Blanks); n > 0 {
		blanks := text.Counted(n, "blank", "blanks") + " before you print"
		offer("b", blanks, func() (bool, tea.Cmd) {
			d.Dialogs.Push(overlay.NewText(d.Theme, blanks, "- "+strings.Join(doc.Blanks, "\n- ")))
			return false, nil
		})
	}
	offer("w", "save to print (HTML)", save(".html", doc.HTML))
	offer("d", "save for Word", save(".docx", doc.DOCX))
	offer("m", "save as Markdown", save(".md", doc.Markdown))
	offer("y", "copy", func() (bool, tea.Cmd) {
		var b bytes.Buffer
		_ = doc.Markdown(&b) // a buffer never fails
		return true, d.Copy(b.String(), "Report")
	})
	d.Dialogs.Push(v)
}
