package cyber

import (
	"io"
	"strings"

	tea "charm.land/bubbletea/v2"

	"interlocal/model/cyber"
	"interlocal/model/cyber/paper"
	"interlocal/model/exchange"
	"interlocal/model/field"
	"interlocal/model/report"
	"interlocal/tui/app"
	"interlocal/tui/overlay"
)

// export offers what goes out of the program: the answers as the review's
// portal asks for them, the plan of what is done, the papers for the council,
// and a part of the questions for a colleague, which also comes back in here.
func (s *subject) export() {
	sh := s.sheet()
	if sh == nil {
		return
	}
	if s.projected {
		s.d.Say(overlay.Info, "Files are not made while this is projected; P shows everything again.")
		return
	}
	items := []overlay.Item{
		{ID: "portal xlsx", Title: "Answers in the portal's order (XLSX)", Note: "to type over, line by line"},
		{ID: "portal csv", Title: "Answers in the portal's order (CSV)"},
		{ID: "plan xlsx", Title: "Plan of action (XLSX)", Note: "what, who, by when"},
		{ID: "plan csv", Title: "Plan of action (CSV)"},
		{ID: "print council", Title: "Print: public paper for the council", Note: "process and cost"},
		{ID: "print assessment", Title: "Print: closed paper for the council", Note: "scores and remedies"},
		{ID: "print form", Title: "Print: paper form", Note: "numbered as on the screen"},
		{ID: "send", Title: "Send a part to a colleague", Note: "a sheet to fill in"},
		{ID: "take", Title: "Take a colleague's sheet back in", Note: "merged with what is here"},
	}
	s.d.Dialogs.Push(overlay.NewPick(s.d.Theme, overlay.PickOptions{Title: "Export " + sh.title(), Width: 68, Search: overlay.List(items),
		Choose: func(it overlay.Item) tea.Cmd {
			what, which, _ := strings.Cut(it.ID, " ")
			switch what {
			case "print":
				return s.d.ShowReport(which, report.About{Partner: sh.city.ID, Record: uint64(sh.cycle.ID)})
			case "send":
				s.delegate(sh)
			case "take":
				s.takeFrom(sh)
			default:
				s.save(sh, what, which)
			}
			return nil
		}}))
}

// save asks where a sheet goes and writes it there, beside the session, as of
// this moment.
func (s *subject) save(sh *sheet, what, format string) {
	view, today := s.d.View(), s.d.Today()
	o := exchange.Options{Zone: s.d.Settings().Location(), Now: s.d.Clock()}
	name := what + "-" + strings.ReplaceAll(field.FoldName(sh.title()), " ", "-") + "." + format
	cycle, city, version := sh.cycle.ID, sh.city.ID, sh.cycle.Framework
	s.d.SaveFile(app.File{Title: "Export " + sh.title(), Name: name, Write: func(w io.Writer) error {
		read, err := cyber.ReadSheet(view, cycle, city, today)
		if err != nil {
			return err
		}
		table := lined(paper.PlanKind(), paper.Plan(read))
		if what == "portal" {
			table = lined(paper.PortalKind(), paper.Portal(read, cyber.Official(view, version)))
		}
		if env := field.NewEnv(view, today); format == "xlsx" {
			return exchange.WriteXLSX(w, []exchange.Table{table}, env, o)
		} else {
			return exchange.WriteCSV(w, table, env, o)
		}
	}})
}

// lined makes a table of a sheet's lines.
func lined[T any](k *field.Kind, lines []*T) exchange.Table {
	return exchange.Table{Kind: k, Rows: func(yield func(exchange.Row) bool) {
		for _, l := range lines {
			if !yield(exchange.Row{Rec: l}) {
				return
			}
		}
	}}
}
