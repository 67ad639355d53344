package cyber

import (
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
	"interlocal/model/field"
	"interlocal/store/run"
	"interlocal/tui/app"
	"interlocal/tui/overlay"
)

// delegate asks which part of the questions a colleague is to answer, and
// writes it as a sheet.
func (s *subject) delegate(sh *sheet) {
	var items []overlay.Item
	for _, fn := range sh.fw.Functions {
		items = append(items, overlay.Item{ID: string(fn.ID), Title: string(fn.ID) + " " + fn.Name, Note: count(fn.To-fn.From, "question", "questions")})
	}
	for _, c := range sh.fw.Categories {
		items = append(items, overlay.Item{ID: string(c.ID), Title: string(c.ID) + " " + c.Name, Note: count(c.To-c.From, "question", "questions")})
	}
	s.d.Dialogs.Push(overlay.NewPick(s.d.Theme, overlay.PickOptions{Title: "Which part?", Width: 64, Placeholder: "a function or a category",
		Empty: "No function or category of that name.", Search: overlay.List(items), Choose: func(it overlay.Item) tea.Cmd {
			s.sendPart(sh, it.ID)
			return nil
		}}))
}

// sendPart asks where the sheet goes and writes it there. Each row carries the
// number and the state of its answer, by which it finds its way back.
func (s *subject) sendPart(sh *sheet, part string) {
	view, today := s.d.View(), s.d.Today()
	o := exchange.Options{Zone: s.d.Settings().Location(), Now: s.d.Clock()}
	cycle, city := sh.cycle.ID, sh.city.ID
	name := strings.ToLower(part) + "-" + strings.ReplaceAll(field.FoldName(sh.title()), " ", "-") + ".xlsx"
	s.d.SaveFile(app.File{Title: "Send " + part + " to a colleague", Name: name, Write: func(w io.Writer) error {
		read, err := cyber.ReadSheet(view, cycle, city, today)
		if err != nil {
			return err
		}
		lines, ids, err := paper.Delegated(read, part)
		if err != nil {
			return err
		}
		table := exchange.Table{Kind: paper.DelegationKind(), Rows: func(yield func(exchange.Row) bool) {
			for i, l := range lines {
				if !yield(exchange.Row{Rec: l, ID: uint64(ids[i]), Rev: view.StampOf(cyber.KindAnswers, uint64(ids[i]))}) {
					return
				}
			}
		}}
		return exchange.WriteXLSX(w, []exchange.Table{table}, field.NewEnv(view, today), o)
	}})
}

// takeFrom reads a colleague's sheet and asks who filled it in.
func (s *subject) takeFrom(sh *sheet) {
	if err := sh.closed(); err != nil {
		s.d.Fail(err)
		return
	}
	s.d.OpenFile("Take a colleague's sheet back in", "Which file? What only one side has changed is merged; where both did, you are asked.",
		func(name string, r io.Reader) func() tea.Cmd {
			read, err := exchange.Read(r, name, exchange.ReadOptions{Kind: model.NewSchema().Kind(cyber.KindAnswers)})
			return func() tea.Cmd {
				if err != nil {
					s.d.Fail(err)
					return nil
				}
				s.d.Dialogs.Push(newLine(s.d, lineOptions{title: "Take a colleague's sheet back in", words: "Who filled it in? The answers are confirmed in this name.",
					accept: func(by string) tea.Cmd { return s.takeSheet(sh, read, by, nil) }}))
				return nil
			}
		})
}

// takeSheet merges a colleague's sheet. The first time, what is here stays
// where both sides have changed a field; then each of those is asked about, and
// the file's value is taken for those in theirs.
func (s *subject) takeSheet(sh *sheet, read *exchange.Sheet, by string, theirs []assess.Clash) tea.Cmd {
	st, me, ctx := s.d.Store, s.d.Me, context.WithoutCancel(s.d.Context)
	q := s.request("assess.take", 0, func(args any) {
		*args.(*assess.SheetIn) = assess.SheetIn{Of: sh.of(), By: by, Theirs: theirs}
	})
	return s.d.Change(func() func() tea.Cmd {
		var out assess.Returned
		plan, err := run.NewFiles(st, me.Identity(), exchange.Rules{}).PlanWithout(cyber.KindAnswers, read, assess.OwnHeadings())
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
				s.d.SayUndo(count(len(theirs), "value of the file was taken.", "values of the file were taken."))
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
	items := []overlay.Item{{ID: "here", Title: "Here: " + orNothing(c.Here), Note: "stays"}, {ID: "file", Title: "In the file: " + orNothing(c.There), Note: "is taken"}}
	s.d.Dialogs.Push(overlay.NewPick(s.d.Theme, overlay.PickOptions{Title: "Both changed " + c.Item + ", " + c.Field, Width: 84, Search: overlay.List(items),
		Choose: func(it overlay.Item) tea.Cmd {
			if it.ID == "file" {
				theirs = append(theirs, c)
			}
			return next()
		}}))
}

// orNothing names an empty value.
func orNothing(value string) string {
	if value == "" {
		return "nothing"
	}
	return value
}
