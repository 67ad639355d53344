package cyber

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"strings"

	tea "charm.land/bubbletea/v2"

	"interlocal/model"
	"interlocal/model/cyber"
	"interlocal/model/cyber/assess"
	"interlocal/model/cyber/paper"
	"interlocal/model/exchange"
	"interlocal/model/exchange/export"
	"interlocal/model/exchange/spreadsheet"
	"interlocal/model/field"
	"interlocal/model/report"
	"interlocal/model/text"
	"interlocal/store/run"
	"interlocal/tui/act"
	"interlocal/tui/app"
	"interlocal/tui/overlay"
)

// export offers what goes out of the program: the answers as the review's
// portal asks for them, the plan of what is done, the papers for the council,
// and a part of the questions for a colleague, which also comes back in here.
func (s *subject) export() {
	sh := s.sheet()
	if sh == nil || s.hidden("Files are not made while this is projected; P shows everything again.") {
		return
	}
	portal := func(read *cyber.Sheet) (export.Table, error) {
		return lined(paper.PortalKind(), paper.Portal(read, cyber.Official(s.d.View(), read.Cycle.Framework))), nil
	}
	plan := func(read *cyber.Sheet) (export.Table, error) { return lined(paper.PlanKind(), paper.Plan(read)), nil }
	save := func(what, format string, table func(*cyber.Sheet) (export.Table, error)) func() tea.Cmd {
		return func() tea.Cmd { s.save(sh, "Export "+sh.title(), what, format, table); return nil }
	}
	printed := func(name string) func() tea.Cmd {
		return func() tea.Cmd {
			return s.d.ShowReport(name, report.About{Partner: sh.City.ID, Record: uint64(sh.Cycle.ID)})
		}
	}
	s.menu("Export "+sh.title(), 68, []menuItem{
		{Value: save("portal", "xlsx", portal), Title: "Answers in the portal's order (XLSX)",
			Note: "to type over, line by line"},
		{Value: save("portal", "csv", portal), Title: "Answers in the portal's order (CSV)"},
		{Value: save("plan", "xlsx", plan), Title: "Plan of action (XLSX)", Note: "what, who, by when"},
		{Value: save("plan", "csv", plan), Title: "Plan of action (CSV)"},
		{Value: printed("council"), Title: "Print: public paper for the council", Note: "process and cost"},
		{Value: printed("assessment"), Title: "Print: closed paper for the council", Note: "scores and remedies"},
		{Value: printed("form"), Title: "Print: paper form", Note: "numbered as on the screen"},
		{Value: func() tea.Cmd { s.delegate(sh); return nil }, Title: "Send a part to a colleague",
			Note: "a sheet to fill in"},
		{Value: func() tea.Cmd { s.takeFrom(sh); return nil }, Title: "Take a colleague's sheet back in",
			Note: "merged with what is here"},
	})
}

// file proposes a name for a file made of the sheet.
func (sh *sheet) file(what, format string) string {
	return what + "-" + strings.ReplaceAll(field.FoldName(sh.title()), " ", "-") + "." + format
}

// save asks where a table of the sheet goes and writes it there, beside the
// session, as of this moment.
func (s *subject) save(sh *sheet, title, what, format string, table func(*cyber.Sheet) (export.Table, error)) {
	view, today, st, id := s.d.View(), s.d.Today(), s.d.Store, s.d.Me.Identity()
	o := export.Options{Zone: s.d.Settings().Location(), Now: s.d.Clock()}
	s.d.SaveFile(app.File{Title: title, Name: sh.file(what, format), Write: func(w io.Writer) error {
		read, err := cyber.ReadSheet(view, sh.Cycle.ID, sh.City.ID, today)
		if err != nil {
			return err
		}
		t, err := table(read)
		switch env := field.NewEnv(view, today); {
		case err != nil:
			return err
		case t.Kind.Name == paper.KindDelegation:
			return paper.WriteDelegated(w, t, env, o)
		case format == "xlsx":
			err = export.WriteXLSX(w, []export.Table{t}, env, o)
		default:
			err = export.WriteCSV(w, t, env, o)
		}
		if err != nil {
			return err
		}
		return run.NoteTaken(st, id, cyber.KindAnswers, field.Party(sh.City.ID), len(read.Levels))
	}})
}

// lined makes a table of a sheet's lines.
func lined[T any](k *field.Kind, lines []*T) export.Table {
	return export.Table{Kind: k, Rows: func(yield func(export.Row) bool) {
		for _, l := range lines {
			if !yield(export.Row{Rec: l}) {
				return
			}
		}
	}}
}

// delegate asks which part of the questions a colleague is to answer, and
// writes it as a sheet.
func (s *subject) delegate(sh *sheet) {
	var list []overlay.Choice[string]
	part := func(id, name string, n int) {
		list = append(list, overlay.Choice[string]{Value: id, Title: id + " " + name,
			Note: text.Counted(n, "question", "questions")})
	}
	for _, fn := range sh.Framework.Functions {
		part(string(fn.ID), fn.Name, fn.To-fn.From)
	}
	for _, c := range sh.Framework.Categories {
		part(string(c.ID), c.Name, c.To-c.From)
	}
	overlay.Pick[string]{Title: "Which part?", Width: 64, Placeholder: "a function or a category",
		Empty: "No function or category of that name.", Choices: list,
		Choose: func(part string) tea.Cmd { s.sendPart(sh, part); return nil }}.Open(s.d.Dialogs)
}

// sendPart writes a part of the questions as a sheet. Each row carries the
// number and the state of its answer, by which it finds its way back.
func (s *subject) sendPart(sh *sheet, part string) {
	view := s.d.View()
	table := func(read *cyber.Sheet) (export.Table, error) {
		lines, ids, err := paper.Delegated(read, part)
		return export.Table{Kind: paper.DelegationKind(), Rows: func(yield func(export.Row) bool) {
			for i, l := range lines {
				if !yield(export.Row{Rec: l, ID: uint64(ids[i]),
					Rev: view.StampOf(cyber.KindAnswers, uint64(ids[i]))}) {
					return
				}
			}
		}}, err
	}
	s.save(sh, "Send "+part+" to a colleague", strings.ToLower(part), "xlsx", table)
}

// takeFrom reads a colleague's sheet and asks who filled it in.
func (s *subject) takeFrom(sh *sheet) {
	if err := sh.closed(); err != nil {
		s.d.Fail(err)
		return
	}
	title := "Take a colleague's sheet back in"
	words := "Which file? What only one side has changed is merged; where both did, you are asked."
	s.d.OpenFile(title, words, func(name string, r io.Reader) func() tea.Cmd {
		read, err := spreadsheet.Read(r, name, spreadsheet.ReadOptions{Kind: model.NewSchema().Kind(cyber.KindAnswers)})
		return func() tea.Cmd {
			if err != nil {
				s.d.Fail(err)
				return nil
			}
			act.Ask(s.d, act.Line{Title: title, Words: "Who filled it in? The answers are confirmed in this name.",
				Accept: func(by string) tea.Cmd { return s.takeSheet(sh, read, by, nil) }})
			return nil
		}
	})
}

// takeSheet merges a colleague's sheet. The first time, what is here stays
// where both sides have changed a field; then each of those is asked about, and
// the file's value is taken for those in theirs.
func (s *subject) takeSheet(sh *sheet, read *spreadsheet.Sheet, by string, theirs []assess.Clash) tea.Cmd {
	st, me, ctx := s.d.Store, s.d.Me, context.WithoutCancel(s.d.Context)
	q := s.request("assess.take", func(args any) {
		*args.(*assess.SheetIn) = assess.SheetIn{Of: sh.of(), By: by, Theirs: theirs}
	})
	return s.d.Change(func() func() tea.Cmd {
		var out assess.Returned
		plan, err := run.NewFiles(st, me.Identity(), exchange.Rules{}).PlanWithout(cyber.KindAnswers, read,
			assess.OwnHeadings())
		if err == nil {
			var done run.Done
			q.Args.(*assess.SheetIn).Plan = plan
			done, err = run.Do(ctx, st, me.Identity(), q)
			out, _ = done.Detail.(assess.Returned)
		}
		return func() tea.Cmd {
			switch {
			case err != nil:
				s.d.Fail(err)
			case theirs != nil:
				s.d.SayUndo(text.Counted(len(theirs), "value of the file was taken.", "values of the file were taken."))
			default:
				s.tellTaken(out)
				s.settleClashes(out.Clashes, nil, func(theirs []assess.Clash) tea.Cmd {
					return s.takeSheet(sh, read, by, theirs)
				})
			}
			return nil
		}
	})
}

// tellTaken says what came of a sheet, and names the rows left out.
func (s *subject) tellTaken(out assess.Returned) {
	s.d.SayUndo(out.String())
	if len(out.Faults) == 0 {
		return
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n\n", out)
	for _, f := range out.Faults {
		fmt.Fprintln(&b, f.String())
	}
	s.d.Dialogs.Push(overlay.NewText(s.d.Theme, "Rows left out", b.String()))
}

// settleClashes asks field by field which value stands; Esc keeps the rest as
// it is here.
func (s *subject) settleClashes(left, theirs []assess.Clash, then func([]assess.Clash) tea.Cmd) {
	if len(left) == 0 {
		return
	}
	c, rest := left[0], left[1:]
	next := func() tea.Cmd {
		if len(rest) == 0 && len(theirs) > 0 {
			return then(theirs)
		}
		s.settleClashes(rest, theirs, then)
		return nil
	}
	overlay.Pick[bool]{Title: "Both changed " + c.Item + ", " + c.Field, Width: 84, Choices: []overlay.Choice[bool]{
		{Value: false, Title: "Here: " + cmp.Or(c.Here, "nothing"), Note: "stays"},
		{Value: true, Title: "In the file: " + cmp.Or(c.There, "nothing"), Note: "is taken"},
	}, Choose: func(file bool) tea.Cmd {
		if file {
			theirs = append(theirs, c)
		}
		return next()
	}}.Open(s.d.Dialogs)
}
