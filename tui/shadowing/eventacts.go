package shadowing

import (
	tea "charm.land/bubbletea/v2"

	"interlocal/model/field"
	"interlocal/model/shadowing"
	"interlocal/model/shadowing/events"
	"interlocal/tui/act"
	"interlocal/tui/app"
	"interlocal/tui/records"
)

// EventActions are what can be done with an event in the list of events.
func EventActions() []records.Action {
	place := func(view string) func(*app.App, *records.Screen, uint64) tea.Cmd {
		return func(d *app.App, _ *records.Screen, id uint64) tea.Cmd {
			return d.Open(app.Route{View: view, Kind: shadowing.Event{}.KindName(), ID: id})
		}
	}
	return []records.Action{
		{Key: press("m", "match board"), Run: place("board")},
		{Key: press("S", "sign-up sheet"), Run: place("sheet")},
		{Key: press("t", "take it a step on"), Run: func(d *app.App, _ *records.Screen, id uint64) tea.Cmd {
			return nextStep(d, shadowing.EventID(id))
		}},
		{Key: press("P", "print"), Run: func(d *app.App, _ *records.Screen, id uint64) tea.Cmd {
			return printEvent(d, shadowing.EventID(id))
		}},
	}
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
		return []step{{"Publish", "People are told of their visits; later changes are listed until they have been told again.", "event.publish"},
			match, open}
	case shadowing.EventPublished:
		return []step{{"It took place", "Every planned visit counts as held, except those recorded as missed.", "event.hold"}, match}
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
	k := d.Kind(e.KindName())
	if err := d.Me.Identity().MayChange(k, false, false, nil, nil); err != nil {
		d.Fail(err)
		return nil
	}
	var list []choice
	for _, s := range steps(e.State) {
		list = append(list, choice{s.title, s.says, func() tea.Cmd { return takeStep(d, id, s.act) }})
	}
	d.Dialogs.Push(newChoices(d, e.Name+" is "+string(e.State), "do it", list))
	return nil
}

// takeStep has an event take a step.
func takeStep(d *app.App, id shadowing.EventID, name string) tea.Cmd {
	switch name {
	case "":
		return d.Open(app.Route{View: "board", Kind: shadowing.Event{}.KindName(), ID: uint64(id)})
	case "event.publish":
		publish(d, id)
		return nil
	}
	return act.Do(d, act.Offer{Act: events.Acts().Named(name), ID: uint64(id)})
}
