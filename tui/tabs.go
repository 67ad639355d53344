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
	kinds  []string // kinds whose lists the tab shows
	aside  bool     // not in the strip until it is turned to
	stale  bool     // records have changed since it was at the front
	make   func() app.Screen
	made   app.Screen // nil until it is asked for: most tabs are not turned to
}

// screen gives what the tab shows.
func (t *tab) screen() app.Screen {
	if t.made == nil {
		t.made = t.make()
	}
	return t.made
}

// front turns to a tab, which takes up what has changed while another was shown.
// It comes before whatever the tab is then asked to show.
func (s *Session) front(i int) tea.Cmd {
	s.at = i
	if !s.tabs[i].stale {
		return nil
	}
	s.tabs[i].stale = false
	return s.tabs[i].screen().Refresh()
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
func (t *tab) shows(p app.Route) bool {
	if p.View == "" {
		return slices.Contains(t.kinds, p.Kind)
	}
	screen, ok := t.screen().(*records.Screen)
	return ok && slices.ContainsFunc(screen.Views(), func(v records.View) bool { return v.Name() == p.View })
}

// makeTabs lays the dashboard out.
func (s *Session) makeTabs() []*tab {
	d := s.app
	tabs := []*tab{
		{letter: "o", title: "Overview", make: func() app.Screen { return overview.New(d) }},
		s.listTab("p", "Partners", []string{partnership.KindPartners, partnership.KindPeople,
			partnership.KindResolutions, partnership.KindBriefings, partnership.KindHolidays},
			func(members *records.Screen) {
				members.Offer(partnership.KindPartners, partnerActions(s, members)...).
					Offer(partnership.KindPeople, shadowing.PeersAction(d))
			}),
		s.listTab("s", "Shadowing", []string{"events", "signups", "matches", "feedback", "synonyms"},
			func(screen *records.Screen) { shadowingTab(d, screen) }),
		{letter: "e", title: "Equipment", kinds: equipment.LendingKinds(),
			make: func() app.Screen { return equipment.NewLending(d) }},
		{letter: "b", title: "Buying", kinds: equipment.BuyingKinds(),
			make: func() app.Screen { return equipment.NewBuying(d) }},
		s.listTab("c", "Cyber", []string{"cycles", "assessments", "answers", "solutions", "consents", "releases",
			"publications", "benchmarks", "wordings", "calltrees"},
			func(screen *records.Screen) { cyber.Insert(d, screen) }),
		s.listTab("r", "Programs", []string{partnership.KindPrograms, partnership.KindIdeas,
			partnership.KindAgreements},
			func(ideas *records.Screen) { ideas.Offer(partnership.KindIdeas, ideaActions(d)) }),
		s.listTab("m", "Meetings", []string{"meetings", "actions", "decisions", "motions", "agenda", "notes",
			"minutes"}, s.meetingTab),
	}
	if users.MayManage(d) {
		// Whoever has a file to themselves has little use for it, and finds it by its
		// letter and in the palette.
		administration := s.listTab("u", "Users", []string{"users"}, s.usersTab)
		administration.aside = s.opts.Identity.Role == access.Owner
		tabs = append(tabs, administration)
	}
	return tabs
}

// listTab is a tab of lists, to which more is added when it is made.
func (s *Session) listTab(letter, title string, kinds []string, add func(*records.Screen)) *tab {
	d := s.app
	return &tab{letter: letter, title: title, kinds: kinds, make: func() app.Screen {
		screen := records.New(d, title, kinds)
		add(screen)
		return screen
	}}
}

// usersTab is the administrator's.
func (s *Session) usersTab(screen *records.Screen) {
	screen.Offer("users", users.Actions(s.app)...)
	screen.Insert(1, users.NewHere(s.app, screen, s.connected))
}

// connected lists those connected to the file.
func (s *Session) connected() []presence.Visitor {
	if s.app.Seat == nil {
		return nil
	}
	return s.opts.Presence.All()
}

// meetingTab has the meeting room before the lists of what meetings leave.
func (s *Session) meetingTab(screen *records.Screen) {
	screen.Insert(0, meeting.New(s.app, screen))
	screen.Offer(meetingmodel.KindMeetings, page.On("m", "meeting room", func(id uint64) tea.Cmd {
		return s.app.Open(app.Route{View: "meeting", Kind: "meetings", ID: id})
	})).Offer(meetingmodel.KindMotions, page.On("m", "vote", func(id uint64) tea.Cmd {
		meeting.Vote(s.app, meetingmodel.MotionID(id))
		return nil
	}).Doing("meeting.vote")).Offer(meetingmodel.KindActions, meeting.Done(s.app))
}

// shadowingTab lays the Shadowing tab out: its lists, and the pages between them.
func shadowingTab(d *app.App, screen *records.Screen) {
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
}
