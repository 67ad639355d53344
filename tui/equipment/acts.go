package equipment

import (
	tea "charm.land/bubbletea/v2"

	"interlocal/model/field"
	"interlocal/model/lending"
	"interlocal/model/lending/loans"
	"interlocal/model/lending/rates"
	"interlocal/model/partnership"
	"interlocal/model/text"
	"interlocal/store/run"
	"interlocal/tui/act"
	"interlocal/tui/app"
	"interlocal/tui/overlay"
	"interlocal/tui/page"
	"interlocal/tui/records"
)

// lentUnits is what can be done with a loan, wherever one is shown.
type lentUnits struct {
	d      *app.App
	tab    *records.Screen
	acts   field.Acts
	binder *page.Binder
}

// loanDeeds lists the acts on a loan with their keys. A page shows those that
// may be done to the loan under its cursor; pressed elsewhere, a key says why
// not.
func loanDeeds(d *app.App, tab *records.Screen) []page.Action {
	l := &lentUnits{d: d, tab: tab, acts: loans.Acts(), binder: page.NewBinder(d)}
	return []page.Action{
		l.bind("A", "approve", l.plain, "loan.approve"),
		l.bind("D", "decline", l.plain, "loan.decline"),
		l.bind("w", "wait-list", l.plain, "loan.wait"),
		l.bind("O", "hand over", l.handOver, "loan.handover"),
		l.bind("r", "take back", l.takeBack, "loan.return"),
		l.bind("E", "move the end", l.otherEnd, "loan.end"),
		l.bind("R", "recall", l.recall, "loan.recall"),
		l.bind("C", "give up", l.giveUp, "loan.noshow", "loan.cancel"),
		l.bind("M", "amend", l.amend, "loan.amend-return", "loan.amend-handover"),
		l.bind("K", "take the next reading", l.plain, "loan.split"),
		printDeed(d, "loan-form", aboutRow),
	}
}

// moneyDeeds lists the acts on settlement lines and statements with their keys.
func moneyDeeds(d *app.App) (lines, statements []page.Action) {
	acts := rates.Acts()
	lines = []page.Action{page.ActKey(d, "D", "dispute", acts.Named("line.dispute")),
		page.ActKey(d, "W", "withdraw the dispute", acts.Named("line.withdraw")),
		page.ActKey(d, "T", "take something off", acts.Named("line.credit"))}
	return lines, []page.Action{page.ActKey(d, "S", "send", acts.Named("statement.send")),
		page.ActKey(d, "P", "paid", acts.Named("statement.settle"))}
}

// bind gives a key to the first of some acts that may be done to a loan.
func (l *lentUnits) bind(k, does string, do func(*field.Act, *lending.Reservation) tea.Cmd,
	names ...string) page.Action {
	x := page.Binding{Key: k, Does: does, Missing: "There is no loan here.", Do: func(a *field.Act, id uint64) tea.Cmd {
		return do(a, field.Get(l.d.View(), lending.ReservationID(id)))
	}}
	for _, name := range names {
		x.Acts = append(x.Acts, l.acts.Named(name))
	}
	return l.binder.Bound(x)
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
	return l.d.Confirm(overlay.Question{Title: "Give up", Ask: ask, Consequences: []string{l.name(v)},
		Yes: verb, No: "leave it"}, func() tea.Cmd { return act.Do(l.d, o) })
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

func partnerName(d *app.App, id partnership.PartnerID) string { return nameOf(d.View(), id) }

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
func bookInstead(d *app.App, v *lending.Reservation) tea.Cmd {
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
