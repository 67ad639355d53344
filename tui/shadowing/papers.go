package shadowing

import (
	"fmt"
	"io"
	"strings"

	tea "charm.land/bubbletea/v2"

	"interlocal/model/exchange"
	"interlocal/model/field"
	"interlocal/model/partnership"
	"interlocal/model/report"
	"interlocal/model/shadowing"
	"interlocal/tui/app"
	"interlocal/tui/overlay"
)

// paper is something about an event that can be printed.
type paper struct {
	title, note string
	show        func(*app.App) tea.Cmd
}

// papersOf lists what can be printed about an event: every report that is about
// events, those for one city after asking for which.
func papersOf(event shadowing.EventID) []paper {
	var out []paper
	for _, r := range report.Reports() {
		if r.Of != (shadowing.Event{}).KindName() {
			continue
		}
		about := report.About{Record: uint64(event)}
		p := paper{title: r.Title, show: func(d *app.App) tea.Cmd { return d.ShowReport(r.Name, about) }}
		if r.NeedsPartner {
			p.note = "of one city"
			p.show = func(d *app.App) tea.Cmd {
				pickPartner(d, func(id partnership.PartnerID) tea.Cmd {
					return d.ShowReport(r.Name, report.About{Record: uint64(event), Partner: id})
				})
				return nil
			}
		}
		out = append(out, p)
	}
	return append(out, paper{title: "Calendar file of all visits", note: "ICS", show: func(d *app.App) tea.Cmd { return calendar(d, event, 0) }})
}

// calendar saves an event's visits, or one person's, as a calendar file.
func calendar(d *app.App, event shadowing.EventID, person partnership.PersonID) tea.Cmd {
	view := d.View()
	settings := d.Settings()
	opt := exchange.Options{Zone: settings.Location(), Now: d.Clock(), Origin: settings.Name}
	name := d.Env().Label(shadowing.KindEvents, uint64(event))
	if person != 0 {
		name += ", " + d.Env().Label(partnership.KindPeople, uint64(person))
	}
	d.SaveFile(app.File{Title: "Save the calendar", Name: strings.ReplaceAll(field.FoldName(strings.NewReplacer(",", "", "/", "-").Replace(name)), " ", "-") + ".ics",
		Write: func(w io.Writer) error {
			list, err := report.VisitCalendar(view, event, person)
			if err != nil {
				return err
			}
			return exchange.WriteAppointments(w, name, list, opt)
		}})
	return nil
}

// pickPartner asks for a city.
func pickPartner(d *app.App, choose func(partnership.PartnerID) tea.Cmd) {
	var items []overlay.Item
	for p := range field.All[partnership.Partner](d.View()) {
		if p.Governs() && p.Status != partnership.Withdrawn {
			items = append(items, overlay.Item{ID: fmt.Sprint(uint64(p.ID)), Title: p.Name, Note: p.Short})
		}
	}
	d.Dialogs.Push(overlay.NewPick(d.Theme, overlay.PickOptions{Title: "For which city?", Width: 48, Search: overlay.List(items),
		Choose: func(it overlay.Item) tea.Cmd {
			var id uint64
			fmt.Sscan(it.ID, &id)
			return choose(partnership.PartnerID(id))
		}}))
}

// printEvent asks which paper of an event to print, and shows it.
func printEvent(d *app.App, event shadowing.EventID, more ...paper) tea.Cmd {
	papers := append(papersOf(event), more...)
	items := make([]overlay.Item, len(papers))
	for i, p := range papers {
		items[i] = overlay.Item{ID: p.title, Title: p.title, Note: p.note}
	}
	d.Dialogs.Push(overlay.NewPick(d.Theme, overlay.PickOptions{Title: "Print what?", Verb: "show", Width: 64, Search: overlay.List(items),
		Choose: func(it overlay.Item) tea.Cmd {
			for _, p := range papers {
				if p.title == it.ID {
					return p.show(d)
				}
			}
			return nil
		}}))
	return nil
}

// print asks which paper of the board's event to print; beside those of the
// event there is the calendar of the visitor under the cursor.
func (b *Board) print() tea.Cmd {
	if v := b.visitor(); v != 0 {
		return printEvent(b.d, b.event, paper{title: "Calendar file of " + b.records.Name(v), note: "ICS",
			show: func(d *app.App) tea.Cmd { return calendar(d, b.event, v) }})
	}
	return printEvent(b.d, b.event)
}
