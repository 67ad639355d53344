package shadowing

import (
	"fmt"

	tea "charm.land/bubbletea/v2"

	"interlocal/model/field"
	"interlocal/model/partnership"
	"interlocal/model/shadowing"
	"interlocal/tui/app"
	"interlocal/tui/page"
	"interlocal/tui/records"
)

// feedback asks whose sheet about a match is to be entered and opens it at its
// first question.
func feedback(d *app.App, s *records.Screen, id shadowing.MatchID) tea.Cmd {
	m := field.Get(d.View(), id)
	if m == nil {
		return nil
	}
	have := map[shadowing.FeedbackSide]shadowing.FeedbackID{}
	for f := range field.Of[shadowing.Feedback](d.View(), "match", id) {
		have[f.Side] = f.ID
	}
	item := func(who partnership.PersonID, note string, side shadowing.FeedbackSide) app.Choice {
		if have[side] != 0 {
			note += " · entered"
		}
		return app.Choice{Title: d.Env().Label(partnership.KindPeople, uint64(who)), Note: note, Value: func() tea.Cmd {
			if id := have[side]; id != 0 {
				return s.Edit(app.Route{Kind: shadowing.Feedback{}.KindName(), ID: uint64(id)})
			}
			rec := &shadowing.Feedback{Event: m.Event, Match: id, Side: side}
			return s.AddWith(rec.KindName(), rec, fmt.Sprintf("/%d/%s", id, side), "useful", func(uint64) tea.Cmd {
				d.SayUndo("Entered. F enters the next sheet.")
				return nil
			})
		}}
	}
	return d.Pick("Whose feedback sheet?", 48, []app.Choice{item(m.Visitor, "visitor", shadowing.FromVisitor),
		item(m.Host, "host", shadowing.FromHost)})
}

// FeedbackAction is "feedback" for the list of matches.
func FeedbackAction(d *app.App, s *records.Screen) page.Action {
	return page.On("F", "feedback", func(id uint64) tea.Cmd { return feedback(d, s, shadowing.MatchID(id)) })
}
