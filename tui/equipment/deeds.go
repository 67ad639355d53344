package equipment

import (
	tea "charm.land/bubbletea/v2"

	"interlocal/model/field"
	"interlocal/model/lending"
	"interlocal/model/lending/loans"
	"interlocal/model/partnership"
	"interlocal/model/text"
	"interlocal/store"
	"interlocal/store/run"
	"interlocal/tui/act"
	"interlocal/tui/desk"
	"interlocal/tui/overlay"
	"interlocal/tui/records"
)

// lentUnits is what can be done with a loan, wherever one is shown.
type lentUnits struct {
	d    *desk.Desk
	tab  *records.Screen
	acts field.Acts

	view *store.View // for which may is known
	id   lending.ReservationID
	may  map[string]bool
}

// loanDeeds lists the acts on a loan with their keys. A page shows those that
// may be done to the loan under its cursor; pressed elsewhere, a key says why
// not.
func loanDeeds(d *desk.Desk, tab *records.Screen) []deed {
	l := &lentUnits{d: d, tab: tab, acts: loans.Acts()}
	return []deed{
		l.bind("A", "approve", l.plain, "loan.approve"),
		l.bind("D", "decline", l.plain, "loan.decline"),
		l.bind("w", "wait-list", l.plain, "loan.wait"),
		l.bind("O", "hand over", l.handOver, "loan.handover"),
		l.bind("r", "take back", l.takeBack, "loan.return"),
		l.bind("E", "move the end", l.otherEnd, "loan.end"),
		l.bind("R", "recall", l.recall, "loan.recall"),
		l.bind("C", "give up", l.giveUp, "loan.noshow", "loan.cancel"),
		l.bind("M", "amend", l.amend, "loan.amend-return", "loan.amend-handover"),
		printDeed(d, "loan-form", aboutRow),
	}
}

// bind gives a key to the first of some acts that may be done to a loan.
func (l *lentUnits) bind(k, does string, do func(*field.Act, *lending.Reservation) tea.Cmd, names ...string) deed {
	first := func(v *lending.Reservation) *field.Act {
		for _, name := range names {
			if l.allowed(name, v.ID) {
				return l.acts.Named(name)
			}
		}
		return nil
	}
	return deed{key: bind(k, does),
		fits: func(r *row) bool { v := l.of(r); return v != nil && first(v) != nil },
		does: func(r *row) tea.Cmd {
			v := l.of(r)
			if v == nil {
				l.d.Say(overlay.Info, "There is no loan here.")
				return nil
			}
			if a := first(v); a != nil {
				return do(a, v)
			}
			return act.Do(l.d, act.Offer{Act: l.acts.Named(names[len(names)-1]), ID: uint64(v.ID)}) // says why not
		}}
}

// allowed reports whether an act may be done to a loan, remembered as long as
// the cursor stays and nothing changes.
func (l *lentUnits) allowed(name string, id lending.ReservationID) bool {
	if view := l.d.View(); l.view != view || l.id != id {
		l.view, l.id, l.may = view, id, map[string]bool{}
	}
	may, known := l.may[name]
	if !known {
		may = act.May(l.d, l.acts.Named(name), uint64(id)) == nil
		l.may[name] = may
	}
	return may
}

// of gives the loan a row is about, or nil.
func (l *lentUnits) of(r *row) *lending.Reservation {
	if r == nil || r.place.Kind != "reservations" {
		return nil
	}
	return field.Get(l.d.View(), lending.ReservationID(r.place.ID))
}

// offer is an act on a loan, with what it is about above the form.
func (l *lentUnits) offer(a *field.Act, v *lending.Reservation) act.Offer {
	return act.Offer{Act: a, ID: uint64(v.ID), Intro: []string{l.name(v) + "."}}
}

// plain does an act that asks for what it lacks and nothing else.
func (l *lentUnits) plain(a *field.Act, v *lending.Reservation) tea.Cmd {
	return act.Do(l.d, l.offer(a, v))
}

// name says what a loan is, for whom and when.
func (l *lentUnits) name(v *lending.Reservation) string { return loans.LoanText(l.d.View(), v) }

// sentence makes a sentence of a clause.
func sentence(s string) string {
	if s == "" {
		return s
	}
	return text.Capital(s) + "."
}

// giveUp lets a loan go: the borrower cancels it; the owner notes that nobody
// came for it.
func (l *lentUnits) giveUp(a *field.Act, v *lending.Reservation) tea.Cmd {
	me := cityOf(l.d)
	if me == 0 || me == v.Borrower {
		a = l.acts.Named("loan.cancel")
	}
	ask, verb := "Give this loan up?", "give it up"
	if a.Name == "loan.noshow" {
		ask, verb = "Did nobody come for it?", "nobody came"
	}
	o := l.offer(a, v)
	o.AtOnce = true
	l.d.Dialogs.Push(overlay.NewConfirm(l.d.Theme, overlay.Question{Title: "Give up", Ask: ask, Consequences: []string{l.name(v)},
		Yes: verb, No: "leave it"}, func() tea.Cmd { return act.Do(l.d, o) }))
	return nil
}

// otherEnd makes a loan longer or shorter. The owner decides; the borrower may
// shorten it, and asks for more.
func (l *lentUnits) otherEnd(a *field.Act, v *lending.Reservation) tea.Cmd {
	o := l.offer(a, v)
	if v.Extension.Set {
		o.Intro = append(o.Intro, partnerName(l.d, v.Borrower)+" asks to keep it until "+
			loans.MomentText(v.Extension.V, l.d.Today())+". Enter grants it.")
	}
	return act.Do(l.d, o)
}

func partnerName(d *desk.Desk, id partnership.PartnerID) string { return nameOf(d.View(), id) }

// recall takes a loan back before its time, and shows what could stand in, best
// first.
func (l *lentUnits) recall(a *field.Act, v *lending.Reservation) tea.Cmd {
	o := l.offer(a, v)
	o.Ask = []string{"reason"}
	if v.State == lending.OutOnLoan {
		o.Intro = []string{l.name(v) + " is out and is to come back by this time tomorrow; E sets another."}
	} else {
		o.Intro = append(o.Intro, "What could stand in is shown next.")
	}
	o.Then = func(done run.Done) tea.Cmd {
		done.Text += " What could stand in is shown, best first."
		return tea.Batch(act.Tell(l.d, a, done), bookInstead(l.d, v))
	}
	return act.Do(l.d, o)
}

// bookInstead opens the booking line with what could stand in for a loan.
func bookInstead(d *desk.Desk, v *lending.Reservation) tea.Cmd {
	what := v.Category
	if u := field.Get(d.View(), v.Unit); u != nil {
		what = u.Category
	}
	if !v.Start.Set || !v.End.Set {
		return book(d, what+" ")
	}
	line := what + " " + loans.WriteWhen(v.Start.V, v.End.V) + " for " + nameOf(d.View(), v.Borrower)
	if v.Purpose != "" {
		line += ": " + v.Purpose
	}
	return bookFor(d, line, v.ID)
}
