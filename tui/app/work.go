package app

import (
	"context"
	"errors"

	tea "charm.land/bubbletea/v2"

	"interlocal/model/access"
	"interlocal/model/failure"
	"interlocal/model/text"
	"interlocal/store"
	"interlocal/tui/overlay"
)

// Done reports the end of work that ran beside the session. The root renews
// the view and calls After.
type Done struct {
	After func() tea.Cmd
	// Changed says that records may have changed.
	Changed bool

	next func() tea.Cmd // starts the change that waits for this one
}

// Next gives the change that has waited for this work to end, or nil; the root
// calls it once for each Done.
func (m Done) Next() tea.Cmd {
	if m.next == nil {
		return nil
	}
	return m.next()
}

// inTurn runs a change after those asked for before it: what is undone is what
// was done last, and two notes stand in the order in which they were written,
// however quickly the keys follow each other.
func (d *App) inTurn(change func() Done) tea.Cmd {
	return d.queue(func() tea.Msg {
		done := change()
		done.next = d.dequeue
		return done
	})
}

// queue starts a command, or keeps it until the changes before it have ended.
func (d *App) queue(cmd tea.Cmd) tea.Cmd {
	d.changes = append(d.changes, cmd)
	if len(d.changes) > 1 {
		return nil
	}
	return cmd
}

// dequeue drops the change that has ended and starts the next.
func (d *App) dequeue() tea.Cmd {
	d.changes = d.changes[1:]
	if len(d.changes) == 0 {
		return nil
	}
	return d.changes[0]
}

// Last ends the session once every change asked for has ended; asked a second
// time, at once.
func (d *App) Last() tea.Cmd {
	if d.leaving {
		return tea.Quit
	}
	d.leaving = true
	if len(d.changes) > 0 {
		d.Say(overlay.Info, "Closes as soon as everything is stored. Once more closes now.")
	}
	return d.queue(tea.Quit)
}

// Replay is what was typed ahead while something was being stored: the root
// routes it in order, as if it were typed now.
type Replay []tea.Msg

// Do changes records beside the session. Fn runs on another goroutine and must
// not touch the screen; after runs back in the session, with the view renewed.
// The title is what undo and history call the change: "edit Dana Reyes".
func (d *App) Do(title string, fn func(*store.Tx) error, after func(store.Result, error) tea.Cmd) tea.Cmd {
	return d.do(store.Op{Title: title}, fn, after)
}

// DoFinal is [App.Do] for what others rely on at once and undo therefore
// refuses to take back: approved minutes, a consent, a hand-over.
func (d *App) DoFinal(title string, fn func(*store.Tx) error, after func(store.Result, error) tea.Cmd) tea.Cmd {
	return d.do(store.Op{Title: title, Final: true}, fn, after)
}

func (d *App) do(op store.Op, fn func(*store.Tx) error, after func(store.Result, error) tea.Cmd) tea.Cmd {
	st, id, ctx := d.Store, d.Me.Identity(), d.Context
	return d.inTurn(func() Done {
		res, err := st.Update(ctx, id, op, fn)
		return Done{Changed: err == nil, After: func() tea.Cmd { return after(res, err) }}
	})
}

// Background runs work that changes no records, such as reading a file, beside the
// session. It returns what to do with the outcome.
func (d *App) Background(work func() (after func() tea.Cmd)) tea.Cmd {
	return func() tea.Msg { return Done{After: work()} }
}

// Change is Background for work that changes records by other means than Do.
func (d *App) Change(work func() (after func() tea.Cmd)) tea.Cmd {
	return d.inTurn(func() Done { return Done{Changed: true, After: work()} })
}

// Undo takes back one's own latest change.
func (d *App) Undo() tea.Cmd { return d.turnBack("Took back", d.Store.Undo) }

// Redo makes the change again that was taken back last.
func (d *App) Redo() tea.Cmd { return d.turnBack("Did again", d.Store.Redo) }

func (d *App) turnBack(verb string, turn func(context.Context, access.Identity) (store.Undone, error)) tea.Cmd {
	id, ctx := d.Me.Identity(), d.Context
	return d.inTurn(func() Done {
		u, err := turn(ctx, id)
		return Done{Changed: err == nil, After: func() tea.Cmd {
			if err != nil {
				d.Fail(err)
				return nil
			}
			d.SayUndo(verb + ": " + u.Title)
			if verb == "Took back" {
				d.toast.Key, d.toast.Does = "U", "redo"
			}
			return nil
		}}
	})
}

// Sentence gives the words of an error that may be shown.
func Sentence(err error) string {
	var e *failure.Error
	if errors.As(err, &e) {
		return text.Capital(e.Message)
	}
	return "That did not work. Run `interlocal check` if it happens again."
}
