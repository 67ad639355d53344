package cyber

import (
	tea "charm.land/bubbletea/v2"

	"interlocal/tui/app"
	"interlocal/tui/records"
)

// Insert puts the pages of the tab in front of its lists.
func Insert(d *app.App, screen *records.Screen) *records.Screen {
	s := newSubject(d, screen)
	views := []records.View{newAnswering(s), newHeat(s), newScores(s), newPlan(s), newJoint(s), newSharing(s)}
	for i, v := range views {
		screen.Insert(i, v)
	}
	open := binding("w", "answer, or read the sheet", "w")
	for _, kind := range []string{"assessments", "answers"} {
		screen.Offer(kind, records.Action{Key: open, Run: func(d *app.App, _ *records.Screen, id uint64) tea.Cmd {
			return d.Open(app.Route{View: "cyber-answer", Kind: kind, ID: id})
		}})
	}
	return screen.Cover(func() string {
		if !s.projected {
			return ""
		}
		return "Hidden while this is projected: < leads to the pages, where P shows it again."
	})
}
