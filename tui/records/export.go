package records

import (
	"io"
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"interlocal/model/exchange/export"
	"interlocal/model/field"
	"interlocal/store/run"
	"interlocal/tui/app"
	"interlocal/tui/overlay"
)

// export asks in which form the rows that are shown, or marked, go out.
func (s *Screen) export() tea.Cmd {
	l := s.list()
	if err := l.kind.Leaves(); err != nil {
		s.d.Fail(err)
		return nil
	}
	ids := l.marked()
	if len(ids) == 0 {
		ids = l.shownIDs()
	}
	what := l.name(ids)
	list := []overlay.Choice[string]{
		{Value: "xlsx", Title: "Spreadsheet (XLSX)", Note: "opens in Excel; can come back with i"},
		{Value: "csv", Title: "CSV", Note: "opens anywhere; can come back with i"},
		{Value: "json", Title: "JSON", Note: "for other programs"},
		{Value: "ics", Title: "Calendar (ICS)", Note: "its days, for a calendar program"},
	}
	if !hasDays(l.kind) {
		list = list[:3]
	}
	overlay.Pick[string]{Title: "Export " + what, Choices: list, Choose: func(format string) tea.Cmd {
		name := l.kind.Name + "-" + s.d.Today().String() + "." + format
		s.d.SaveFile(app.File{Title: "Export " + what, Name: name, Write: s.writer(l, format, ids)})
		return nil
	}}.Open(s.d.Dialogs)
	return nil
}

// hasDays reports whether records of the kind stand on a calendar.
func hasDays(k *field.Kind) bool {
	return slices.ContainsFunc(k.Columns, func(c *field.Column) bool {
		return c.Shape == field.ShapeDay || c.Shape == field.ShapeWall
	})
}

// shownIDs lists the rows shown, in their order.
func (l *list) shownIDs() []uint64 {
	src := l.table.Source()
	ids := make([]uint64, src.Len())
	for i := range ids {
		ids[i] = src.ID(i)
	}
	return ids
}

// writer makes the function that writes records in a format. It works on the
// view of this moment and an Env of its own, since it runs beside the session.
func (s *Screen) writer(l *list, format string, ids []uint64) func(io.Writer) error {
	view, today := s.d.View(), s.d.Today()
	zone, now := s.d.Settings().Location(), s.d.Clock()
	rows := func(yield func(export.Row) bool) {
		for _, id := range ids {
			rec := view.Get(l.kind.Name, id)
			if rec != nil && !yield(export.Row{ID: id, Rev: view.StampOf(l.kind.Name, id), Rec: rec}) {
				return
			}
		}
	}
	table, st, id := export.Table{Kind: l.kind, Rows: rows}, s.d.Store, s.d.Me.Identity()
	return func(w io.Writer) error {
		if err := write(w, format, table, field.NewEnv(view, today), zone, now); err != nil {
			return err
		}
		return run.NoteRows(st, id, view, l.kind, table.Records)
	}
}

func write(w io.Writer, format string, t export.Table, env *field.Env, zone *time.Location, now time.Time) error {
	o := export.Options{Zone: zone, Now: now}
	switch format {
	case "xlsx":
		return export.WriteXLSX(w, []export.Table{t}, env, o)
	case "json":
		return export.WriteJSON(w, t, env, o)
	case "ics":
		return export.WriteICS(w, []export.Table{t}, env, o)
	}
	return export.WriteCSV(w, t, env, o)
}
