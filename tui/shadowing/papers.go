package shadowing

import (
	"io"
	"strings"

	tea "charm.land/bubbletea/v2"

	"interlocal/model/exchange/export"
	"interlocal/model/field"
	"interlocal/model/partnership"
	"interlocal/model/report"
	"interlocal/model/shadowing"
	"interlocal/tui/app"
)

// calendar saves an event's visits, or one person's, as a calendar file.
func calendar(d *app.App, event shadowing.EventID, person partnership.PersonID) tea.Cmd {
	view := d.View()
	settings := d.Settings()
	opt := export.Options{Zone: settings.Location(), Now: d.Clock(), Origin: settings.Name}
	name := d.Env().Label(shadowing.KindEvents, uint64(event))
	if person != 0 {
		name += ", " + d.Env().Label(partnership.KindPeople, uint64(person))
	}
	d.SaveFile(app.File{Title: "Save the calendar",
		Name: strings.ReplaceAll(field.FoldName(strings.NewReplacer(",", "", "/", "-").Replace(name)), " ",
			"-") + ".ics",
		Write: func(w io.Writer) error {
			list, err := report.VisitCalendar(view, event, person)
			if err != nil {
				return err
			}
			return export.WriteAppointments(w, name, list, opt)
		}})
	return nil
}

// printEvent asks which paper of an event to print, and shows it: every report
// that is about events, its calendar, and more.
func printEvent(d *app.App, event shadowing.EventID, more ...app.Choice) tea.Cmd {
	var papers []app.Choice
	for _, r := range report.Reports() {
		if r.Of != shadowing.KindEvents {
			continue
		}
		p := app.Choice{Title: r.Title,
			Value: func() tea.Cmd { return d.AskReport(r, report.About{Record: uint64(event)}) }}
		if r.NeedsPartner {
			p.Note = "of one city"
		}
		papers = append(papers, p)
	}
	papers = append(papers, app.Choice{Title: "Calendar file of all visits", Note: "ICS",
		Value: func() tea.Cmd { return calendar(d, event, 0) }})
	return d.PickFrom(app.Choices{Title: "Print what?", Verb: "show", Width: 64, Choices: append(papers, more...)})
}

// print asks which paper of the board's event to print; beside those of the
// event there is the calendar of the visitor under the cursor.
func (b *Board) print() tea.Cmd {
	v := b.visitor()
	if v == 0 {
		return printEvent(b.d, b.event)
	}
	return printEvent(b.d, b.event, app.Choice{Title: "Calendar file of " + b.records.Name(v), Note: "ICS",
		Value: func() tea.Cmd { return calendar(b.d, b.event, v) }})
}
