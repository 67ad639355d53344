package shadowing

import (
	"fmt"

	tea "charm.land/bubbletea/v2"

	"interlocal/model/field"
	"interlocal/model/partnership"
	"interlocal/model/shadowing"
	"interlocal/tui/app"
	"interlocal/tui/overlay"
	"interlocal/tui/records"
)

// feedback asks whose sheet is to be entered and opens it at its first question.
func feedback(d *app.App, s *records.Screen, event shadowing.EventID, match shadowing.MatchID, visitor, host string) tea.Cmd {
	sides := map[string]shadowing.FeedbackSide{"v": shadowing.FromVisitor, "h": shadowing.FromHost}
	items := []overlay.Item{{ID: "v", Title: visitor, Note: "visitor"}, {ID: "h", Title: host, Note: "host"}}
	have := map[shadowing.FeedbackSide]shadowing.FeedbackID{}
	for f := range field.Of[shadowing.Feedback](d.View(), "match", match) {
		have[f.Side] = f.ID
	}
	for i, it := range items {
		if have[sides[it.ID]] != 0 {
			items[i].Note += " · entered"
		}
	}
	d.Dialogs.Push(overlay.NewPick(d.Theme, overlay.PickOptions{Title: "Whose feedback sheet?", Width: 48, Search: overlay.List(items),
		Choose: func(it overlay.Item) tea.Cmd {
			side := sides[it.ID]
			if id := have[side]; id != 0 {
				return s.Edit(app.Route{Kind: shadowing.Feedback{}.KindName(), ID: uint64(id)})
			}
			rec := &shadowing.Feedback{Event: event, Match: match, Side: side}
			return s.AddWith(rec.KindName(), rec, fmt.Sprintf("/%d/%s", match, side), "useful", func(uint64) tea.Cmd {
				d.SayUndo("Entered. F enters the next sheet.")
				return nil
			})
		}}))
	return nil
}

// FeedbackAction is "feedback" for the list of matches.
func FeedbackAction() records.Action {
	return records.Action{Key: press("F", "feedback"), Run: func(d *app.App, s *records.Screen, id uint64) tea.Cmd {
		m := field.Get(d.View(), shadowing.MatchID(id))
		if m == nil {
			return nil
		}
		return feedback(d, s, m.Event, m.ID, d.Env().Label(partnership.KindPeople, uint64(m.Visitor)), d.Env().Label(partnership.KindPeople, uint64(m.Host)))
	}}
}
