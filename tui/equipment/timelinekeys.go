package equipment

import (
	tea "charm.land/bubbletea/v2"

	"interlocal/model/lending/loans"
	"interlocal/tui/app"
	"interlocal/tui/overlay"
	"interlocal/tui/page"
)

// ways are the keys that move the window.
func (t *timeline) ways() []page.Action {
	return []page.Action{
		page.Moves(page.Key("h ←", "earlier", "h", "left"), func() { t.move(-1) }),
		page.Moves(page.Key("l →", "later", "l", "right"), func() { t.move(1) }),
		page.Moves(page.Key("H", "a week back"), func() { t.shift(-7) }),
		page.Moves(page.Key("L", "a week on"), func() { t.shift(7) }),
		page.Moves(page.Key("t", "today"), func() { t.goTo(t.App.Now()) }),
		page.Moves(page.Key("+", "hours larger", "+", "="), func() { t.enlarge(-1) }),
		page.Moves(page.Key("-", "more days"), func() { t.enlarge(1) }),
	}
}

// actions are the keys of the timeline: does is what can be done with a loan.
func (t *timeline) actions(does []page.Action) []page.Action {
	k := t.App.Keys
	list := append([]page.Action{
		page.Does(page.Relabel(k.Open, "open"), t.enter).While(t.opens),
		page.Does(page.Relabel(k.Open, "book"), t.enter).While(func() bool { return !t.opens() }),
		page.Moves(page.Key("v", "extend"), func() { t.extending, t.anchor = !t.extending, t.cursor }),
	}, t.ways()...)
	list = append(list, page.Does(page.Key("b", "book in a line"), t.bookUnit),
		t.onLoan(page.On("m", "move a loan", t.lift).Doing("loan.move")))
	for _, a := range does {
		list = append(list, t.onLoan(a))
	}
	return append(list, page.Moves(k.Back, func() { t.extending = false }).While(func() bool { return t.extending }))
}

// carrying is the scope while a loan is carried: it is put down or left before
// anything else.
func (t *timeline) carrying() *page.Scope {
	if t.carried == nil {
		return nil
	}
	k := t.App.Keys
	list := append([]page.Action{page.Does(page.Relabel(k.Open, "move it here"), t.putDown)}, t.ways()...)
	list = append(list, t.Moves(k)...)
	return &page.Scope{Alone: true, Actions: append(list,
		page.Moves(page.Relabel(k.Back, "leave it"), func() { t.carried = nil }))}
}

// loan gives a row that leads to the loan under the cursor, or nil. The row is good
// until the next is asked for.
func (t *timeline) loan() *page.Row {
	if m := t.under(); m != nil && m.kindName == "reservations" {
		t.pointed.Route = app.Route{Kind: m.kindName, ID: m.id}
		return &t.pointed
	}
	return nil
}

// onLoan makes of an action on a loan one on the loan under the cursor.
func (t *timeline) onLoan(a page.Action) page.Action {
	offers, do := a.Offers, a.Do
	a.Always = true
	a.Offers = func(*page.Row) bool { r := t.loan(); return r != nil && (offers == nil || offers(r)) }
	a.Do = func(*page.Row) tea.Cmd {
		if r := t.loan(); r != nil {
			row := *r
			return do(&row)
		}
		t.App.Say(overlay.Info, "There is no loan under the cursor.")
		return nil
	}
	return a
}

// opens reports whether Enter opens what takes up the cell.
func (t *timeline) opens() bool {
	m := t.under()
	return m != nil && m.id != 0 && !t.extending
}

// enter opens what takes up the cell, or books what is selected.
func (t *timeline) enter() tea.Cmd {
	if t.opens() {
		m := t.under()
		return t.App.Open(app.Route{Kind: m.kindName, ID: m.id})
	}
	u := t.unit()
	if u == nil {
		return book(t.App, "")
	}
	from, until := t.selected()
	t.extending = false
	return book(t.App, u.Tag+" "+loans.WriteWhen(from, until))
}

// bookUnit opens the booking line for the unit under the cursor.
func (t *timeline) bookUnit() tea.Cmd {
	t.extending = false
	if u := t.unit(); u != nil {
		return bookUnit(t.App, u.Tag)
	}
	return book(t.App, "")
}
