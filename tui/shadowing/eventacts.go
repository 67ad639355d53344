package shadowing

import (
	tea "charm.land/bubbletea/v2"

	"interlocal/model"
	"interlocal/model/pairing"
	"interlocal/store"
	"interlocal/tui/desk"
	"interlocal/tui/records"
)

// EventActions are what can be done with an event in the list of events.
func EventActions() []records.Action {
	place := func(view string) func(*desk.Desk, *records.Screen, uint64) tea.Cmd {
		return func(d *desk.Desk, _ *records.Screen, id uint64) tea.Cmd {
			return d.Open(desk.Place{View: view, Kind: model.Event{}.KindName(), ID: id})
		}
	}
	return []records.Action{
		{Key: press("m", "match board"), Run: place("board")},
		{Key: press("S", "sign-up sheet"), Run: place("sheet")},
		{Key: press("t", "take it a step on"), Run: func(d *desk.Desk, _ *records.Screen, id uint64) tea.Cmd {
			return nextStep(d, model.EventID(id))
		}},
		{Key: press("P", "print"), Run: func(d *desk.Desk, _ *records.Screen, id uint64) tea.Cmd {
			return printEvent(d, model.EventID(id))
		}},
	}
}

// step is something that can be done with an event as its state allows.
type step struct {
	title, says string
	to          model.EventState
}

// steps lists what an event's state allows, the usual first.
func steps(state model.EventState) []step {
	open := step{"Open for sign-ups", "People may sign up; the sheet (S) takes them.", model.EventOpen}
	match := step{"Match", "Go to the board, where matches are made and changed.", model.EventMatched}
	switch state {
	case model.EventDraft:
		return []step{open}
	case model.EventOpen:
		return []step{match, {"Back to draft", "Nobody signs up as yet.", model.EventDraft}}
	case model.EventMatched:
		return []step{{"Publish", "People are told of their visits; later changes are listed until they have been told again.", model.EventPublished},
			match, open}
	case model.EventPublished:
		return []step{{"It took place", "Every planned visit counts as held, except those recorded as missed.", model.EventHeld}, match}
	case model.EventHeld:
		return []step{{"Close", "The feedback is summed up on the event, where every partner reads it.", model.EventClosed}}
	}
	return []step{{"Open it again", "Feedback that came late can be entered; closing sums it up anew.", model.EventHeld}}
}

// nextStep asks which step an event is to take.
func nextStep(d *desk.Desk, id model.EventID) tea.Cmd {
	e := model.Get(d.View(), id)
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
		list = append(list, choice{s.title, s.says, func() tea.Cmd { return takeStep(d, id, e.State, s.to) }})
	}
	d.Dialogs.Push(newChoices(d, e.Name+" is "+string(e.State), "do it", list))
	return nil
}

// takeStep takes an event from one state to another.
func takeStep(d *desk.Desk, id model.EventID, from, to model.EventState) tea.Cmd {
	e := model.Get(d.View(), id)
	if e == nil {
		return nil
	}
	switch to {
	case model.EventMatched:
		return d.Open(desk.Place{View: "board", Kind: e.KindName(), ID: uint64(id)})
	case model.EventPublished:
		publish(d, id)
		return nil
	}
	return d.Do(e.Name+" is "+string(to), func(tx *store.Tx) error {
		b, err := pairing.Load(tx, id)
		switch {
		case err != nil:
			return err
		case b.Event.State != from:
			return model.Fail(model.Conflict, e.Name+" is "+string(b.Event.State)+" by now; look again")
		case to == model.EventHeld && from == model.EventPublished:
			return b.Held().Apply(tx)
		case to == model.EventClosed:
			return b.Close(tx).Apply(tx)
		}
		moved := *b.Event
		moved.State = to
		_, err = store.Put(tx, &moved)
		return err
	}, func(_ store.Result, err error) tea.Cmd {
		if err != nil {
			d.Fail(err)
			return nil
		}
		d.SayUndo(e.Name + " is " + string(to) + ".")
		return nil
	})
}
