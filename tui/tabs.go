package tui

import (
	"slices"

	"interlocal/model"
	"interlocal/tui/desk"
	"interlocal/tui/overview"
	"interlocal/tui/records"
	"interlocal/tui/shadowing"
)

// tab is one of the dashboard's tabs.
type tab struct {
	letter string // after g
	title  string
	screen desk.Screen
	kinds  []string // kinds whose lists the tab shows
}

// shows reports whether a place is on the tab.
func (t tab) shows(p desk.Place) bool {
	if p.View == "" {
		return slices.Contains(t.kinds, p.Kind)
	}
	return slices.ContainsFunc(t.screen.(*records.Screen).Views(), func(v records.View) bool { return v.Name() == p.View })
}

// makeTabs lays the dashboard out.
func (s *Session) makeTabs() []tab {
	d := s.desk
	list := func(letter, title string, kinds ...string) tab {
		return tab{letter, title, records.New(d, title, kinds), kinds}
	}
	partners := list("p", "Partners", "partners", "people", "resolutions", "briefings")
	partners.screen.(*records.Screen).Offer("partners", partnerActions(s)...)
	partners.screen.(*records.Screen).Offer("people", shadowing.PeersAction())
	programs := list("r", "Programs", "programs", "ideas", "agreements")
	programs.screen.(*records.Screen).Offer("ideas", ideaActions()...)
	return []tab{
		{letter: "o", title: "Overview", screen: overview.New(d)},
		partners,
		shadowingTab(d),
		list("e", "Equipment", "equipment", "reservations"),
		list("c", "Cyber", "cycles", "answers"),
		programs,
	}
}

// shadowingTab lays the Shadowing tab out: its lists, and the pages between them.
func shadowingTab(d *desk.Desk) tab {
	kinds := []string{"events", "signups", "matches", "feedback", "synonyms"}
	screen := records.New(d, "Shadowing", kinds)
	screen.Offer("events", shadowing.EventActions()...)
	screen.Offer("matches", shadowing.FeedbackAction())
	screen.StartWith("events", func() any { return &model.Event{State: model.EventDraft} })
	screen.StartWith("signups", func() any {
		return &model.Signup{Event: shadowing.Upcoming(d), Role: model.SignupVisit, Length: model.EitherOfTwo, State: model.SignupReceived}
	})
	screen.StartWith("feedback", func() any { return &model.Feedback{Event: shadowing.Upcoming(d)} })
	screen.Insert(4, shadowing.NewResults(d, screen))
	screen.Insert(1, shadowing.NewSheet(d, screen))
	screen.Insert(1, shadowing.NewBoard(d, screen))
	return tab{"s", "Shadowing", screen, kinds}
}
