package records

import (
	"errors"
	"fmt"

	tea "charm.land/bubbletea/v2"

	"interlocal/model"
	"interlocal/model/failure"
	"interlocal/model/field"
	"interlocal/store"
	"interlocal/store/run"
	"interlocal/tui/app"
	"interlocal/tui/overlay"
)

// save stores what was filled in. The form stays until it is stored.
func (e *editor) save(rec any) tea.Cmd {
	if e.saving {
		return nil
	}
	e.saving = true
	if e.many != nil {
		return e.saveMany(rec)
	}
	title := "add " + e.s.d.Env().Title(e.kind, rec)
	if e.id != 0 {
		title = "edit " + e.s.d.Env().Title(e.kind, rec)
	}
	return e.store(title, store.Edit{ID: e.id, BaseRev: e.baseRev, Base: e.base, Mine: rec}, nil)
}

// store saves an edit, by the act for which it stands where there is one. What is in
// doubt is asked about, and saved with the answer.
func (e *editor) store(title string, edit store.Edit, answer *field.Override) tea.Cmd {
	var id uint64
	acts := model.NewActs()
	return e.s.d.Do(title, func(tx *store.Tx) (err error) {
		id, err = run.Save(tx, acts, e.kind, edit, answer)
		return err
	}, func(res store.Result, err error) tea.Cmd {
		var doubts field.Doubts
		if errors.As(err, &doubts) {
			e.saving, e.ahead = false, nil
			e.s.d.Doubted(doubts, func(o *field.Override) tea.Cmd {
				e.saving = true
				return e.store(title, edit, o)
			})
			return nil
		}
		return e.stored(title, id, edit.Mine, res, err)
	})
}

// stored takes up the outcome of a save.
func (e *editor) stored(title string, id uint64, rec any, res store.Result, err error) tea.Cmd {
	e.saving = false
	d := e.s.d
	if err != nil {
		e.ahead = nil
	}
	var clash *store.ConflictError
	if errors.As(err, &clash) && clash.Theirs != nil {
		d.Dialogs.Push(newConflict(d, clash, func(resolved any, rev uint64) tea.Cmd {
			e.saving = true
			return e.store(title, store.Edit{ID: e.id, BaseRev: rev, Base: clash.Theirs, Mine: resolved}, nil)
		}))
		return nil
	}
	var problem *failure.Error
	if errors.As(err, &problem) && len(problem.Problems) > 0 {
		e.form.SetProblems(problem.Problems)
	}
	if err != nil {
		d.Fail(err)
		return nil
	}
	e.dropDraft()
	e.close()
	e.saved(id, rec, res)
	if e.then != nil {
		return tea.Batch(e.then(id), e.typedAhead())
	}
	l := e.s.list()
	if l.kind == e.kind {
		if !l.table.Select(id) && l.query != "" {
			l.ask("")
			l.table.Select(id)
		}
	}
	return tea.Batch(e.s.turnPage(), e.typedAhead())
}

// typedAhead hands on what was typed while the form was being saved, once it
// is. What was typed before a refusal was meant for another screen and goes.
func (e *editor) typedAhead() tea.Cmd {
	ahead := e.ahead
	e.ahead = nil
	if len(ahead) == 0 {
		return nil
	}
	return func() tea.Msg { return app.Replay(ahead) }
}

// saved tells what was stored, and remembers a new record for the ditto key.
func (e *editor) saved(id uint64, rec any, res store.Result) {
	d := e.s.d
	label := d.Env().Title(e.kind, rec)
	if id != 0 {
		if now := d.View().Get(e.kind.Name, id); now != nil {
			label = d.Env().Title(e.kind, now)
			if e.id == 0 && e.s.list().kind == e.kind {
				e.s.list().last = now
			}
		}
	}
	switch {
	case res.Changed == 0:
		d.Say(overlay.Info, "Nothing was different.")
		return
	case e.id == 0:
		d.SayUndo("Added " + label + ". a adds the next.")
	default:
		d.SayUndo("Saved " + label + ".")
	}
	if len(res.Warnings) > 0 {
		d.SayUndo("Saved, but look: " + res.Warnings[0].Message + ".")
	}
}

// saveMany applies the fields that were filled in to every marked record; one
// undo takes all of it back.
func (e *editor) saveMany(rec any) tea.Cmd {
	cols := e.form.Touched()
	name, acts := fmt.Sprintf("%d %s", len(e.many), e.kind.Name), model.NewActs()
	return e.s.d.Do("edit "+name, func(tx *store.Tx) error {
		for _, id := range e.many {
			now := tx.Get(e.kind.Name, id)
			if now == nil {
				continue
			}
			mine := e.kind.Clone(now)
			for _, c := range cols {
				c.Copy(mine, rec)
			}
			edit := store.Edit{ID: id, BaseRev: tx.RevOf(e.kind.Name, id), Base: now, Mine: mine}
			if _, err := run.Save(tx, acts, e.kind, edit, nil); err != nil {
				return err
			}
		}
		return nil
	}, func(res store.Result, err error) tea.Cmd {
		e.saving = false
		if err != nil {
			e.ahead = nil
			e.s.d.Fail(err)
			return nil
		}
		e.close()
		if res.Changed == 0 {
			e.s.d.Say(overlay.Info, "Nothing was different.")
			return tea.Batch(e.s.turnPage(), e.typedAhead())
		}
		e.s.d.SayUndo(fmt.Sprintf("Changed %d %s.", res.Changed, e.kind.Name))
		return tea.Batch(e.s.turnPage(), e.typedAhead())
	})
}
