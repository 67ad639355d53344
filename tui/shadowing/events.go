package shadowing

import (
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"interlocal/model/field"
	"interlocal/model/shadowing"
	"interlocal/model/shadowing/events"
	"interlocal/model/text"
	"interlocal/tui/act"
	"interlocal/tui/app"
	"interlocal/tui/frame"
	"interlocal/tui/overlay"
	"interlocal/tui/page"
)

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

// Event gives the event being worked on, or the one at hand where none has been
// in this session.
func (c *Current) Event() shadowing.EventID {
	if field.Get(c.d.View(), c.event) != nil {
		return c.event
	}
	return shadowing.AtHand(c.d.View(), c.d.Today())
}

// pickEvent asks for an event, or for a new one when there is none.
func pickEvent(d *app.App, title string, choose func(shadowing.EventID) tea.Cmd) tea.Cmd {
	var items []app.Choice
	for _, e := range shadowing.ByDate(d.View(), d.Today()) {
		items = append(items, app.Choice{Title: e.Name, Note: eventNote(e),
			Value: func() tea.Cmd { return choose(e.ID) }})
	}
	if items == nil {
		return d.Open(app.Route{Kind: shadowing.KindEvents, Add: true})
	}
	return d.Pick(title, 60, items)
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

// EventActions are what can be done with an event in the list of events.
func EventActions(d *app.App) []page.Action {
	action := func(k, does string, do func(*app.App, shadowing.EventID) tea.Cmd) page.Action {
		return page.On(k, does, func(id uint64) tea.Cmd { return do(d, shadowing.EventID(id)) })
	}
	return []page.Action{
		action("m", "match board", func(d *app.App, id shadowing.EventID) tea.Cmd { return openView(d, "board", id) }),
		action("S", "sign-up sheet", func(d *app.App, id shadowing.EventID) tea.Cmd {
			return openView(d, "sheet", id)
		}),
		action("t", "take it a step on", nextStep).Doing("event.open", "event.draft", "event.publish", "event.hold",
			"event.close", "event.reopen"),
		action("P", "print", func(d *app.App, id shadowing.EventID) tea.Cmd { return printEvent(d, id) }),
	}
}

// openView goes to a page of an event.
func openView(d *app.App, view string, id shadowing.EventID) tea.Cmd {
	return d.Open(app.Route{View: view, Kind: shadowing.KindEvents, ID: uint64(id)})
}

// step is something that can be done with an event as its state allows.
type step struct {
	title, says string
	act         string // "" goes to the board
}

// steps lists what an event's state allows, the usual first.
func steps(state shadowing.EventState) []step {
	open := step{"Open for sign-ups", "People may sign up; the sheet (S) takes them.", "event.open"}
	match := step{"Match", "Go to the board, where matches are made and changed.", ""}
	switch state {
	case shadowing.EventDraft:
		return []step{open}
	case shadowing.EventOpen:
		return []step{match, {"Back to draft", "Nobody signs up as yet.", "event.draft"}}
	case shadowing.EventMatched:
		return []step{{"Publish", "People are told of their visits; later changes are listed until they have been " +
			"told again.", "event.publish"},
			match, open}
	case shadowing.EventPublished:
		return []step{{"It took place", "Every planned visit counts as held, except those recorded as missed.",
			"event.hold"}, match}
	case shadowing.EventHeld:
		return []step{{"Close", "The feedback is summed up on the event, where every partner reads it.", "event.close"}}
	}
	return []step{{"Open it again", "Feedback that came late can be entered; closing sums it up anew.", "event.reopen"}}
}

// nextStep asks which step an event is to take.
func nextStep(d *app.App, id shadowing.EventID) tea.Cmd {
	e := field.Get(d.View(), id)
	if e == nil {
		return nil
	}
	if err := d.Me.Identity().MayChange(d.Kind(shadowing.KindEvents), false, false, nil, nil); err != nil {
		d.Fail(err)
		return nil
	}
	var list []choice
	for _, s := range steps(e.State) {
		list = append(list, choice{s.title, s.says, func() tea.Cmd { return takeStep(d, id, s.act) }})
	}
	return choose(d, e.Name+" is "+string(e.State), "do it", list)
}

// takeStep has an event take a step.
func takeStep(d *app.App, id shadowing.EventID, name string) tea.Cmd {
	switch name {
	case "":
		return openView(d, "board", id)
	case "event.publish":
		return publish(d, id)
	}
	return act.Do(d, act.Offer{Act: events.Acts().Named(name), ID: uint64(id)})
}

// publish asks whether an event is to be published, and does it on a y.
func publish(d *app.App, event shadowing.EventID) tea.Cmd {
	o := act.Offer{Act: events.Acts().Named("event.publish"), ID: uint64(event)}
	e := field.Get(d.View(), event)
	if e != nil && e.State == shadowing.EventPublished {
		d.Say(overlay.Info, e.Name+" is published. T lists who must be told again.")
		return nil
	}
	if err := act.May(d, o.Act, o.ID); err != nil {
		act.Refuse(d, err)
		return nil
	}
	visits, broken := events.Visits(d.View(), event)
	q := overlay.Question{Title: "Publish " + e.Name, Ask: "Publish " + text.Counted(visits, "visit", "visits") + "?",
		Yes: "publish", No: "not yet",
		Consequences: []string{"Everybody counts as told of their visits as they are now: print the schedules and " +
			"invitations with p.",
			"From then on every change is listed until the people concerned have been told again."}}
	if broken > 0 {
		q.Consequences = append([]string{text.Counted(broken, "visit has", "visits have") + " somebody who takes no " +
			"part any more: repair first."}, q.Consequences...)
	}
	return d.Confirm(q, func() tea.Cmd { return act.Do(d, o) })
}

// choice is one of several ways to go on.
type choice struct {
	title, says string
	take        func() tea.Cmd
}

// choose shows ways to go on with what each would do; Enter takes one. More are
// keys that are not about one of them.
func choose(d *app.App, title, verb string, list []choice, more ...overlay.RowKey) tea.Cmd {
	take := overlay.RowKey{Key: page.Relabel(d.Keys.Open, verb), Do: func(i int) (bool, tea.Cmd) {
		return true,
			list[i].take()
	}}
	says := func(i, w int) []string { return text.Wrap(list[i].says, max(w-4, 10)) }
	d.Dialogs.Push(overlay.NewRows(d.Theme, overlay.RowsOptions{Title: title, Width: 76, Gap: 1, Leave: "leave it",
		Keys: append([]overlay.RowKey{take}, more...), Len: func() int { return len(list) },
		Lines: func(i, w int) int { return 1 + len(says(i, w)) },
		Draw: func(f *frame.Frame, r frame.Rect, i int, current bool) {
			f.At(r.X, r.Y)
			if current {
				f.Text(d.Theme.Selected, "▸ "+list[i].title, r.W)
			} else {
				f.Text(d.Theme.Strong, "  "+list[i].title, r.W)
			}
			for n, l := range says(i, r.W) {
				if n+1 < r.H {
					f.At(r.X, r.Y+1+n)
					f.Text(d.Theme.Dim, "    "+l, r.W)
				}
			}
		}}))
	return nil
}

// besides makes a key of choices that is not about one of them.
func besides(k key.Binding, do func() tea.Cmd) overlay.RowKey {
	return overlay.RowKey{Key: k, Do: func(int) (bool, tea.Cmd) { return true, do() }}
}
