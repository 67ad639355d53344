package tui

import (
	"slices"

	"interlocal/tui/desk"
	"interlocal/tui/equipment"
	"interlocal/tui/overview"
	"interlocal/tui/records"
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
	programs := list("r", "Programs", "programs", "ideas", "agreements")
	programs.screen.(*records.Screen).Offer("ideas", ideaActions()...)
	return []tab{
		{letter: "o", title: "Overview", screen: overview.New(d)},
		partners,
		list("s", "Shadowing", "events", "signups"),
		{"e", "Equipment", equipment.NewLending(d), equipment.LendingKinds()},
		{"b", "Buying", equipment.NewBuying(d), equipment.BuyingKinds()},
		list("c", "Cyber", "cycles", "answers"),
		programs,
	}
}
