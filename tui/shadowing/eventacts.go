package shadowing

import (
	tea "charm.land/bubbletea/v2"

	"interlocal/model/failure"
	"interlocal/model/field"
	"interlocal/model/shadowing"
	"interlocal/model/shadowing/pairing"
	"interlocal/store"
	"interlocal/tui/desk"
	"interlocal/tui/records"
)

// EventActions are what can be done with an event in the list of events.
func EventActions() []records.Action {
	place := func(view string) func(*desk.Desk, *records.Screen, uint64) tea.Cmd {
		return func(d *desk.Desk, _ *records.Screen, id uint64) tea.Cmd {
			return d.Open(desk.Place{View: view, Kind: shadowing.Event{}.KindName(), ID: id})
		}
	}
	return []records.Action{
		{Key: press("m", "match board"), Run: place("board")},
		{Key: press("S", "sign-up sheet"), Run: place("sheet")},
		{Key: press("t", "take it a step on"), Run: func(d *desk.Desk, _ *records.Screen, id uint64) tea.Cmd {
			return nextStep(d, shadowing.EventID(id))
		}},
		{Key: press("P", "print"), Run: func(d *desk.Desk, _ *records.Screen, id uint64) tea.Cmd {
			return printEvent(d, shadowing.EventID(id))
		}},
	}
}

// step is something that can be done with an event as its state allows.
type step struct {
	title, says string
	to          shadowing.EventState
}

// steps lists what an event's state allows, the usual first.
func steps(state shadowing.EventState) []step {
	open := step{"Open for sign-ups", "People may sign up; the sheet (S) takes them.", shadowing.EventOpen}
	match := step{"Match", "Go to the board, where matches are made and changed.", shadowing.EventMatched}
	switch state {
	case shadowing.EventDraft:
		return []step{open}
	case shadowing.EventOpen:
		return []step{match, {"Back to draft", "Nobody signs up as yet.", shadowing.EventDraft}}
	case shadowing.EventMatched:
		return []step{{"Publish", "People are told of their visits; later changes are listed until they have been told again.", shadowing.EventPublished},
			match, open}
	case shadowing.EventPublished:
		return []step{{"It took place", "Every planned visit counts as held, except those recorded as missed.", shadowing.EventHeld}, match}
	case shadowing.EventHeld:
		return []step{{"Close", "The feedback is summed up on the event, where every partner reads it.", shadowing.EventClosed}}
	}
	return []step{{"Open it again", "Feedback that came late can be entered; closing sums it up anew.", shadowing.EventHeld}}
}

// nextStep asks which step an event is to take.
func nextStep(d *desk.Desk, id shadowing.EventID) tea.Cmd {
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
		list = append(list, choice{s.title, s.says, func() tea.Cmd { return takeStep(d, id, e.State, s.to) }})
	}
	d.Dialogs.Push(newChoices(d, e.Name+" is "+string(e.State), "do it", list))
	return nil
}

// takeStep takes an event from one state to another.
func takeStep(d *desk.Desk, id shadowing.EventID, from, to shadowing.EventState) tea.Cmd {
	e := field.Get(d.View(), id)
	if e == nil {
		return nil
	}
	switch to {
	case shadowing.EventMatched:
		return d.Open(desk.Place{View: "board", Kind: e.KindName(), ID: uint64(id)})
	case shadowing.EventPublished:
		publish(d, id)
		return nil
	}
	return d.Do(e.Name+" is "+string(to), func(tx *store.Tx) error {
		b, err := pairing.Load(tx, id)
		switch {
		case err != nil:
			return err
		case b.Event.State != from:
			return failure.New(failure.Conflict, e.Name+" is "+string(b.Event.State)+" by now; look again")
		case to == shadowing.EventHeld && from == shadowing.EventPublished:
			return b.Held().Apply(tx)
		case to == shadowing.EventClosed:
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
