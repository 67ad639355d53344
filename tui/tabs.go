package tui

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"interlocal/model/access"
	meetingmodel "interlocal/model/meeting"
	"interlocal/model/partnership"
	shadowingmodel "interlocal/model/shadowing"
	"interlocal/store/run/presence"
	"interlocal/tui/app"
	"interlocal/tui/cyber"
	"interlocal/tui/equipment"
	"interlocal/tui/meeting"
	"interlocal/tui/overview"
	"interlocal/tui/page"
	"interlocal/tui/records"
	"interlocal/tui/shadowing"
	"interlocal/tui/users"
)

// tab is one of the dashboard's tabs.
type tab struct {
	letter string // after g
	title  string
	screen app.Screen
	kinds  []string // kinds whose lists the tab shows
	aside  bool     // not in the strip until it is turned to
	stale  bool     // records have changed since it was at the front
}

// front turns to a tab, which takes up what has changed while another was shown.
// It comes before whatever the tab is then asked to show.
func (s *Session) front(i int) tea.Cmd {
	s.at = i
	if !s.tabs[i].stale {
		return nil
	}
	s.tabs[i].stale = false
	return s.tabs[i].screen.Refresh()
}

// refresh has the tab at the front take up a changed view, and the others when
// they are turned to: most are not before the next change.
func (s *Session) refresh() tea.Cmd {
	for i := range s.tabs {
		s.tabs[i].stale = true
	}
	return s.front(s.at)
}

// shows reports whether a place is on the tab.
func (t tab) shows(p app.Route) bool {
	if p.View == "" {
		return slices.Contains(t.kinds, p.Kind)
	}
	return slices.ContainsFunc(t.screen.(*records.Screen).Views(),
		func(v records.View) bool { return v.Name() == p.View })
}

// makeTabs lays the dashboard out.
func (s *Session) makeTabs() []tab {
	d := s.app
	list := func(letter, title string, kinds ...string) (tab, *records.Screen) {
		screen := records.New(d, title, kinds)
		return tab{letter: letter, title: title, screen: screen, kinds: kinds}, screen
	}
	partners, members := list("p", "Partners", partnership.KindPartners, partnership.KindPeople,
		partnership.KindResolutions,
		partnership.KindBriefings, partnership.KindHolidays)
	members.Offer(partnership.KindPartners, partnerActions(s, members)...).
		Offer(partnership.KindPeople, shadowing.PeersAction(d))
	programs, ideas := list("r", "Programs", partnership.KindPrograms, partnership.KindIdeas,
		partnership.KindAgreements)
	ideas.Offer(partnership.KindIdeas, ideaActions(d))
	tabs := []tab{
		{letter: "o", title: "Overview", screen: overview.New(d)},
		partners,
		shadowingTab(d),
		{letter: "e", title: "Equipment", screen: equipment.NewLending(d), kinds: equipment.LendingKinds()},
		{letter: "b", title: "Buying", screen: equipment.NewBuying(d), kinds: equipment.BuyingKinds()},
		cyberTab(d),
		programs,
		s.meetingTab(),
	}
	if users.MayManage(d) {
		tabs = append(tabs, s.usersTab())
	}
	return tabs
}

// usersTab is the administrator's. Whoever has a file to themselves has little
// use for it, and finds it by its letter and in the palette.
func (s *Session) usersTab() tab {
	screen := records.New(s.app, "Users", []string{"users"})
	screen.Offer("users", users.Actions(s.app)...)
	screen.Insert(1, users.NewHere(s.app, screen, s.connected))
	return tab{letter: "u", title: "Users", screen: screen, kinds: []string{"users"},
		aside: s.opts.Identity.Role == access.Owner}
}

// connected lists those connected to the file.
func (s *Session) connected() []presence.Visitor {
	if s.app.Seat == nil {
		return nil
	}
	return s.opts.Presence.All()
}

// meetingTab has the meeting room before the lists of what meetings leave.
func (s *Session) meetingTab() tab {
	kinds := []string{"meetings", "actions", "decisions", "motions", "agenda", "notes", "minutes"}
	screen := records.New(s.app, "Meetings", kinds)
	screen.Insert(0, meeting.New(s.app, screen))
	screen.Offer(meetingmodel.KindMeetings, page.On("m", "meeting room", func(id uint64) tea.Cmd {
		return s.app.Open(app.Route{View: "meeting", Kind: "meetings", ID: id})
	})).Offer(meetingmodel.KindMotions, page.On("m", "vote", func(id uint64) tea.Cmd {
		meeting.Vote(s.app, meetingmodel.MotionID(id))
		return nil
	}).Doing("meeting.vote")).Offer(meetingmodel.KindActions, meeting.Done(s.app))
	return tab{letter: "m", title: "Meetings", screen: screen, kinds: kinds}
}

// shadowingTab lays the Shadowing tab out: its lists, and the pages between them.
func shadowingTab(d *app.App) tab {
	kinds := []string{"events", "signups", "matches", "feedback", "synonyms"}
	screen := records.New(d, "Shadowing", kinds)
	screen.Offer(shadowingmodel.KindEvents, shadowing.EventActions(d)...)
	screen.Offer(shadowingmodel.KindMatches, shadowing.FeedbackAction(d, screen))
	screen.StartWith(shadowingmodel.KindEvents,
		func() any { return &shadowingmodel.Event{State: shadowingmodel.EventDraft} })
	at := shadowing.NewCurrent(d)
	screen.StartWith(shadowingmodel.KindSignups, func() any {
		return &shadowingmodel.Signup{Event: at.Event(), Role: shadowingmodel.SignupVisit,
			Length: shadowingmodel.EitherOfTwo, State: shadowingmodel.SignupReceived}
	})
	screen.StartWith(shadowingmodel.KindFeedback, func() any { return &shadowingmodel.Feedback{Event: at.Event()} })
	screen.Insert(4, shadowing.NewResults(d, screen))
	screen.Insert(1, shadowing.NewSheet(d, screen, at))
	screen.Insert(1, shadowing.NewBoard(d, screen, at))
	return tab{letter: "s", title: "Shadowing", screen: screen, kinds: kinds}
}

// cyberTab has the pages of the self-assessments before their lists.
func cyberTab(d *app.App) tab {
	kinds := []string{"cycles", "assessments", "answers", "solutions", "consents", "releases", "publications",
		"benchmarks", "wordings", "calltrees"}
	screen := records.New(d, "Cyber", kinds)
	cyber.Insert(d, screen)
	return tab{letter: "c", title: "Cyber", screen: screen, kinds: kinds}
}
