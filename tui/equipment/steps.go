package equipment

import (
	tea "charm.land/bubbletea/v2"

	"interlocal/model/failure"
	"interlocal/model/field"
	"interlocal/model/lending"
	"interlocal/model/lending/loans"
	"interlocal/model/value"
	"interlocal/store"
	"interlocal/tui/desk"
	"interlocal/tui/overlay"
)

// step is a change and what is said of it.
type step struct {
	title string // what history calls it
	final bool   // others rely on it, so it is amended and not undone
	do    func(tx *store.Tx) error
	done  func(res store.Result) tea.Cmd
	fails func(err error) // nil says it in the usual way
	over  func()          // called first, whatever came of it; may be nil
}

// take carries a step out.
func take(d *desk.Desk, s step) tea.Cmd {
	st, id, ctx, title, final, do := d.Store, d.Me.Identity(), d.Context, s.title, s.final, s.do
	return d.Change(func() func() tea.Cmd {
		res, err := st.Update(ctx, id, store.Op{Title: title, Final: final}, do)
		return func() tea.Cmd {
			if s.over != nil {
				s.over()
			}
			switch {
			case err != nil && s.fails != nil:
				s.fails(err)
				return nil
			case err != nil:
				d.Fail(err)
				return nil
			}
			return s.done(res)
		}
	})
}

// says makes a step's end: a line that can be undone.
func says(d *desk.Desk, text string) func(store.Result) tea.Cmd {
	return func(res store.Result) tea.Cmd {
		d.SayUndo(text + withWarnings(res))
		return nil
	}
}

// order makes what a line asks for of an offer.
func order(l loans.Line, o offer, instead lending.ReservationID, wait bool) loans.Order {
	out := loans.Order{Unit: o.unit, Start: l.Start.V, End: l.End.V, Borrower: l.Borrower, Purpose: l.Purpose, Instead: instead,
		Weeks: l.Weeks, Except: l.Except, Wait: wait}
	if o.group != "" {
		out.Category, out.Minimum, out.Quantity = o.group, leastOf(l), l.Quantity
	}
	return out
}

// request books an offer and says what came of it.
func request(tx *store.Tx, now value.Wall, o offer, ask loans.Order) (string, error) {
	var made loans.Booked
	var err error
	if o.kit != 0 {
		kit := field.Get(tx, o.kit)
		if kit == nil {
			return "", failure.New(failure.NotFound, "that assembly is no longer there")
		}
		made, err = loans.BookKit(tx, now, kit, ask)
	} else {
		made, err = loans.Book(tx, now, ask)
	}
	if err != nil {
		return "", err
	}
	times := ""
	if n := len(made.IDs); n > 1 && o.kit == 0 {
		times = ", " + counted(n, "time")
	}
	switch made.State {
	case lending.Approved:
		return "Booked: " + o.title + times + ".", nil
	case lending.Waitlisted:
		return "On the wait list for " + o.title + times + ".", nil
	}
	if o.owner == "" || o.kit != 0 {
		return "Asked for " + o.title + times + ".", nil
	}
	return "Asked " + o.owner + " for " + o.title + times + ".", nil
}

// askLine asks for one line and hands on what was typed.
func askLine(d *desk.Desk, title, words, value, verb string, then func(string) tea.Cmd) tea.Cmd {
	d.Dialogs.Push(overlay.NewPrompt(d.Theme, title, words, value, verb, then))
	return nil
}
