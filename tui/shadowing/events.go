package shadowing

import (
	"fmt"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"interlocal/model/field"
	"interlocal/model/shadowing"
	"interlocal/model/value"
	"interlocal/store"
	"interlocal/tui/app"
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

// Current is the event being worked on, the same for the sign-up sheet and the
// board: matches are made for the event whose sign-ups were entered.
type Current struct {
	d     *app.App
	event shadowing.EventID
}

// NewCurrent makes the value of a session.
func NewCurrent(d *app.App) *Current { return &Current{d: d} }

// Set notes that an event is worked on.
func (c *Current) Set(id shadowing.EventID) { c.event = id }

// Event gives the event being worked on; where none has been in this session,
// that of the events to come whose records changed last, and of several the
// first to come. It is 0 when there is no event.
func (c *Current) Event() shadowing.EventID {
	view := c.d.View()
	if field.Get(view, c.event) != nil {
		return c.event
	}
	found, newest := shadowing.EventID(0), uint64(0)
	for _, e := range eventsByDate(view, c.d.Today()) {
		switch rev := lastChange(view, e.ID); {
		case found == 0:
			found = e.ID
			if e.Live() {
				newest = rev
			}
		case e.Live() && rev > newest:
			found, newest = e.ID, rev
		}
	}
	return found
}

// lastChange gives the revision that last changed an event, its sign-ups or its
// matches.
func lastChange(view *store.View, event shadowing.EventID) uint64 {
	rev := view.RevOf(shadowing.Event{}.KindName(), uint64(event))
	for _, kind := range []string{"signups", "matches"} {
		for id := range view.Refer(kind, "event", uint64(event)) {
			rev = max(rev, view.RevOf(kind, id))
		}
	}
	return rev
}

// pickEvent asks for an event, or for a new one when there is none.
func pickEvent(d *app.App, title string, choose func(shadowing.EventID) tea.Cmd) tea.Cmd {
	events := eventsByDate(d.View(), d.Today())
	if len(events) == 0 {
		return d.Open(app.Route{Kind: shadowing.Event{}.KindName(), Add: true})
	}
	items := make([]overlay.Item, len(events))
	for i, e := range events {
		items[i] = overlay.Item{ID: fmt.Sprint(uint64(e.ID)), Title: e.Name, Note: eventNote(e)}
	}
	d.Dialogs.Push(overlay.NewPick(d.Theme, overlay.PickOptions{Title: title, Width: 60, Search: overlay.List(items),
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
