package equipment

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"interlocal/model"
	"interlocal/model/schedule"
	"interlocal/model/text"
	"interlocal/store"
	"interlocal/tui/desk"
	"interlocal/tui/overlay"
	"interlocal/tui/records"
)

// loans is what can be done with a loan, wherever one is shown.
type loans struct {
	d   *desk.Desk
	tab *records.Screen
}

// loanDeeds lists the steps of a loan with their keys. A page shows those that
// the loan under its cursor may take next; the rules say whether this user may.
func loanDeeds(d *desk.Desk, tab *records.Screen) []deed {
	l := &loans{d, tab}
	step := func(k, does string, do func(v *model.Reservation) tea.Cmd, states ...model.ReservationState) deed {
		return deed{key: bind(k, does),
			fits: func(r *row) bool { v := l.of(r); return v != nil && slices.Contains(states, v.State) },
			does: func(r *row) tea.Cmd { return l.with(r, does, do, states) }}
	}
	return []deed{
		step("A", "approve", l.approve, model.Requested, model.Waitlisted, model.Declined),
		step("D", "decline", l.decline, model.Requested, model.Waitlisted),
		step("w", "wait-list", l.wait, model.Requested),
		step("O", "hand over", l.handOver, model.Approved),
		step("r", "take back", l.takeBack, model.OutOnLoan),
		step("E", "move the end", l.otherEnd, model.Requested, model.Approved, model.OutOnLoan),
		step("R", "recall", l.recall, model.Approved, model.OutOnLoan),
		step("C", "give up", l.giveUp, model.LoanDraft, model.Requested, model.Waitlisted, model.Approved),
		step("M", "amend", l.amend, model.OutOnLoan, model.Returned, model.Closed),
		printDeed(d, "loan-form", aboutRow),
	}
}

// of gives the loan a row is about, or nil.
func (l *loans) of(r *row) *model.Reservation {
	if r == nil || r.place.Kind != "reservations" {
		return nil
	}
	return model.Get(l.d.View(), model.ReservationID(r.place.ID))
}

// with takes a step with the loan of a row, or says why it is not one now.
func (l *loans) with(r *row, what string, do func(*model.Reservation) tea.Cmd, states []model.ReservationState) tea.Cmd {
	v := l.of(r)
	switch {
	case v == nil:
		l.d.Say(overlay.Info, "There is no loan here.")
		return nil
	case !slices.Contains(states, v.State):
		l.d.Say(overlay.Info, "This loan is "+stateWord(v, l.d.Now())+"; there is nothing to "+what+".")
		return nil
	}
	k := l.d.Kind("reservations")
	parties := k.Parties(l.d.View(), v)
	if err := l.d.Me.Identity().MayChange(k, false, false, parties, parties); err != nil {
		l.d.Fail(err)
		return nil
	}
	return do(v)
}

// change takes a step and says what came of it.
func (l *loans) change(title, text string, do func(tx *store.Tx) error) tea.Cmd {
	return take(l.d, step{title: title, do: func(tx *store.Tx, _ []model.Pass) error { return do(tx) }, done: says(l.d, text)})
}

// approve grants a loan. For what papers it lacks somebody puts a name and a
// reason to it.
func (l *loans) approve(v *model.Reservation) tea.Cmd {
	lender, id, now := cityOf(l.d), v.ID, l.d.Now()
	return take(l.d, step{title: "approve " + unitOf(l.d.View(), v), done: says(l.d, "Approved: "+l.name(v)+"."),
		do: func(tx *store.Tx, passes []model.Pass) error { return schedule.Approve(tx, now, id, lender, passes...) }})
}

// name says what a loan is, to whom and when.
func (l *loans) name(v *model.Reservation) string {
	s := unitOf(l.d.View(), v) + " for " + nameOf(l.d.View(), v.Borrower)
	if v.Start.Set && v.End.Set {
		s += ", " + shortWhen(v.Start.V, v.End.V)
	}
	return s
}

// sentence makes a sentence of a clause.
func sentence(s string) string {
	if s == "" {
		return s
	}
	return text.Capital(s) + "."
}

func (l *loans) decline(v *model.Reservation) tea.Cmd {
	return askLine(l.d, "Decline", l.name(v)+". Why? The borrower reads it.", "", "decline", func(reason string) tea.Cmd {
		return l.change("decline "+unitOf(l.d.View(), v), "Declined: "+l.name(v)+".", func(tx *store.Tx) error {
			return schedule.Decline(tx, v.ID, reason)
		})
	})
}

func (l *loans) wait(v *model.Reservation) tea.Cmd {
	return l.change("wait-list "+unitOf(l.d.View(), v), "On the wait list: "+l.name(v)+".", func(tx *store.Tx) error {
		return schedule.Wait(tx, v.ID)
	})
}

// giveUp lets a loan go: the borrower cancels it; the owner notes that nobody
// came for it.
func (l *loans) giveUp(v *model.Reservation) tea.Cmd {
	me, now := cityOf(l.d), l.d.Now()
	ask, verb, text, do := "Give this loan up?", "give it up", "Given up: ", schedule.Cancel
	if v.State == model.Approved && me != 0 && me != v.Borrower {
		ask, verb, text, do = "Did nobody come for it?", "nobody came", "Not fetched: ", schedule.NoShow
	}
	l.d.Dialogs.Push(overlay.NewConfirm(l.d.Theme, overlay.Question{Title: "Give up", Ask: ask, Consequences: []string{l.name(v)},
		Yes: verb, No: "leave it"}, func() tea.Cmd {
		return l.change("give up "+unitOf(l.d.View(), v), text+l.name(v)+".", func(tx *store.Tx) error { return do(tx, now, v.ID, "") })
	}))
	return nil
}

// otherEnd makes a loan longer or shorter. The owner decides; the borrower may
// shorten it, and asks for more.
func (l *loans) otherEnd(v *model.Reservation) tea.Cmd {
	env := l.d.Env()
	begin := ""
	if v.End.Set {
		begin = v.End.V.String()
	}
	words := l.name(v) + ". Until when? thu 17, 3/5 12, or a later day for more."
	if v.Extension.Set {
		begin = v.Extension.V.String()
		words = l.name(v) + ". " + nameOf(l.d.View(), v.Borrower) + " asks to keep it until " + moment(v.Extension.V, l.d.Today()) + ". Enter grants it."
	}
	return askLine(l.d, "Move the end", words, begin, "change", func(typed string) tea.Cmd {
		end, err := model.ParseWall(typed, env.Today)
		if err != nil {
			l.d.Fail(err)
			return nil
		}
		return l.moveEnd(v, end)
	})
}

func (l *loans) moveEnd(v *model.Reservation, end model.Wall) tea.Cmd {
	by, now := l.d.Me.Identity().Actor(l.d.Kind("reservations")), l.d.Now()
	unit, until := unitOf(l.d.View(), v), moment(end, l.d.Today())
	if v.End.Set && end < v.End.V {
		return l.change("end "+unit+" earlier", "Ends earlier: "+unit+", "+until+".", func(tx *store.Tx) error {
			return schedule.EndEarly(tx, now, v.ID, end)
		})
	}
	text := "Longer: " + unit + ", until " + until + "."
	if v.Holds() && !by.Is(model.Party(v.LentBy(l.d.View()))) {
		text = "Asked " + nameOf(l.d.View(), v.LentBy(l.d.View())) + " to let you keep it until " + until + "."
	}
	return l.change("extend "+unit, text, func(tx *store.Tx) error {
		_, err := schedule.Extend(tx, now, by, v.ID, end)
		return err
	})
}

// recall takes a loan back before its time. One that is out is to come back
// earlier; one that is not is called off, and what could stand in is shown, best
// first.
func (l *loans) recall(v *model.Reservation) tea.Cmd {
	out := v.State == model.OutOnLoan
	words := l.name(v) + ". Why? The borrower reads it. What could stand in is shown next."
	if out {
		words = l.name(v) + " is out and is to come back by this time tomorrow; E sets another. Why? The borrower reads it."
	}
	now := l.d.Now()
	return askLine(l.d, "Recall", words, "", "recall", func(reason string) tea.Cmd {
		return take(l.d, step{title: "recall " + unitOf(l.d.View(), v),
			do: func(tx *store.Tx, _ []model.Pass) error {
				_, err := schedule.Recall(tx, now, v.ID, now+24*60, reason)
				return err
			},
			done: func(res store.Result) tea.Cmd {
				l.d.SayUndo("Recalled: " + l.name(v) + ". What could stand in is shown, best first." + withWarnings(res))
				return bookInstead(l.d, v)
			}})
	})
}

// bookInstead opens the booking line with what could stand in for a loan.
func bookInstead(d *desk.Desk, v *model.Reservation) tea.Cmd {
	what := v.Category
	if u := model.Get(d.View(), v.Unit); u != nil {
		what = u.Category
	}
	if !v.Start.Set || !v.End.Set {
		return book(d, what+" ")
	}
	line := what + " " + schedule.WriteWhen(v.Start.V, v.End.V) + " for " + nameOf(d.View(), v.Borrower)
	if v.Purpose != "" {
		line += ": " + v.Purpose
	}
	return bookFor(d, line, v.ID)
}
