package shadowing

import (
	"fmt"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"interlocal/model/field"
	"interlocal/model/shadowing"
	"interlocal/model/value"
	"interlocal/tui/desk"
	"interlocal/tui/overlay"
)

// eventsByDate lists the events, the one that matters first: those to come by
// date, then those without a date, then past ones, the latest first.
func eventsByDate(r field.Reader, today value.Day) []*shadowing.Event {
	var out []*shadowing.Event
	for e := range field.All[shadowing.Event](r) {
		out = append(out, e)
	}
	rank := func(e *shadowing.Event) (class, day int) {
		switch {
		case !e.Date.Set:
			return 1, 0
		case e.State == shadowing.EventClosed || e.Until.Or(e.Date.V) < today:
			return 2, -int(e.Date.V)
		}
		return 0, int(e.Date.V)
	}
	slices.SortStableFunc(out, func(a, b *shadowing.Event) int {
		ac, ad := rank(a)
		bc, bd := rank(b)
		if ac != bc {
			return ac - bc
		}
		return ad - bd
	})
	return out
}

// Upcoming gives the event that a page begins with; 0 when there is none.
func Upcoming(d *desk.Desk) shadowing.EventID {
	for _, e := range eventsByDate(d.View(), d.Today()) {
		return e.ID
	}
	return 0
}

// pickEvent asks for an event, or for a new one when there is none.
func pickEvent(d *desk.Desk, title string, choose func(shadowing.EventID) tea.Cmd) tea.Cmd {
	events := eventsByDate(d.View(), d.Today())
	if len(events) == 0 {
		return d.Open(desk.Place{Kind: shadowing.Event{}.KindName(), Add: true})
	}
	items := make([]overlay.Item, len(events))
	for i, e := range events {
		items[i] = overlay.Item{ID: fmt.Sprint(uint64(e.ID)), Title: e.Name, Note: eventNote(e)}
	}
	d.Dialogs.Push(overlay.NewPick(d.Theme, overlay.Options{Title: title, Width: 60, Search: overlay.List(items),
		Choose: func(it overlay.Item) tea.Cmd {
			var id uint64
			fmt.Sscan(it.ID, &id)
			return choose(shadowing.EventID(id))
		}}))
	return nil
}

// eventNote says when an event is and how far it has come.
func eventNote(e *shadowing.Event) string {
	if !e.Date.Set {
		return "date not recorded · " + string(e.State)
	}
	return e.Date.V.Long() + " · " + string(e.State)
}

// stateAndDate is eventNote for where the state matters most; short leaves out
// the year.
func stateAndDate(e *shadowing.Event, short bool) string {
	if !e.Date.Set {
		return string(e.State)
	}
	date := e.Date.V.Long()
	if short {
		date, _, _ = strings.Cut(date, ",")
	}
	return string(e.State) + " · " + date
}
