package tui

import (
	"slices"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"interlocal/model/text"
	"interlocal/tui/app"
	"interlocal/tui/meeting"
	"interlocal/tui/overlay"
	"interlocal/tui/records"
)

// press routes a key: to the open dialog, to a screen that is taking text, to
// the session's own keys, and otherwise to the active screen.
func (s *Session) press(msg tea.KeyPressMsg) tea.Cmd {
	if msg.String() == "ctrl+c" {
		return s.afterStoring(s.quit)
	}
	if s.lay.tooSmall {
		if key.Matches(msg, s.app.Keys.Quit) && !s.tabs[s.at].screen().Typing() && s.app.Dialogs.Len() == 0 {
			return s.afterStoring(s.quit)
		}
		return nil
	}
	at, typing := s.at, s.tabs[s.at].screen().Typing()
	said, _ := s.app.Toast()
	defer func() {
		now, _ := s.app.Toast()
		if now == said && (s.at != at || s.tabs[s.at].screen().Typing() != typing) {
			s.app.Hush() // what was said belonged to the place just left
		}
	}()
	if s.app.Dialogs.Len() > 0 && s.captureTyping(msg) {
		return nil
	}
	if handled, cmd := s.app.Dialogs.Update(msg); handled {
		return cmd
	}
	screen := s.tabs[s.at].screen()
	if screen.Typing() {
		if msg.String() == "f1" {
			return s.help()
		}
		if s.captureTyping(msg) {
			return nil
		}
		return screen.Update(msg)
	}
	if s.going {
		return s.goTo(msg)
	}
	if handled, cmd := s.tour.press(s, msg); handled {
		return cmd
	}
	k := s.app.Keys
	switch {
	case key.Matches(msg, k.Go):
		s.going = true
		return nil
	case key.Matches(msg, k.NextTab):
		return s.turn(1)
	case key.Matches(msg, k.PrevTab):
		return s.turn(-1)
	case key.Matches(msg, k.Help):
		return s.help()
	case key.Matches(msg, k.Palette), s.at == 0 && key.Matches(msg, k.Filter):
		s.palette()
		return nil
	case key.Matches(msg, k.Undo):
		return s.afterStoring(s.app.Undo)
	case key.Matches(msg, k.Redo):
		return s.afterStoring(s.app.Redo)
	case key.Matches(msg, k.Quit):
		return s.afterStoring(s.quit)
	case s.capture(msg):
		return nil
	}
	return screen.Update(msg)
}

// capture opens the line for a note, decision, action or motion while a meeting
// is being recorded.
func (s *Session) capture(msg tea.KeyPressMsg) bool {
	if s.app.Meeting() == nil {
		return false
	}
	for i, b := range meeting.Keys() {
		if key.Matches(msg, b) {
			meeting.Capture(s.app, meeting.Sort(i))
			return true
		}
	}
	return false
}

// captureTyping is capture where letters and signs are typed into something, or
// belong to a dialog; the line lies over it then. One line is open at a time.
func (s *Session) captureTyping(msg tea.KeyPressMsg) bool {
	if meeting.Capturing(s.app) {
		return false
	}
	for i, b := range meeting.TypingKeys() {
		if s.app.Meeting() != nil && key.Matches(msg, b) {
			meeting.Capture(s.app, meeting.Sort(i))
			return true
		}
	}
	return false
}

// afterStoring does something once every tab has stored what was typed in it:
// undo has to find it, and quitting must not lose it.
func (s *Session) afterStoring(do func() tea.Cmd) tea.Cmd {
	for _, t := range s.tabs {
		if screen, ok := t.made.(*records.Screen); ok {
			next := do
			do = func() tea.Cmd { return screen.AfterStoring(next) }
		}
	}
	return do()
}

// goTo answers the key after g: a tab's letter, or g again for the first row.
func (s *Session) goTo(msg tea.KeyPressMsg) tea.Cmd {
	s.going = false
	pressed := msg.String()
	if pressed == "g" {
		return s.tabs[s.at].screen().Update(tea.KeyPressMsg{Code: tea.KeyHome})
	}
	for i, t := range s.tabs {
		if t.letter == pressed {
			return s.turnTo(i)
		}
	}
	if pressed != "esc" {
		s.app.Say(overlay.Info, "After g comes "+s.letters(0)+".")
	}
	return nil
}

// letters names the tabs and their letters, in w columns: where that is too
// long, those letters that no tab's name begins with.
func (s *Session) letters(w int) string {
	long, short, odd := "", "the first letter of a tab", ""
	for _, t := range s.tabs {
		if t.aside {
			continue
		}
		long += t.letter + " " + t.title + "  "
		if !strings.HasPrefix(strings.ToLower(t.title), t.letter) {
			odd += ", " + t.letter + " " + t.title
		}
	}
	if long = strings.TrimSpace(long); text.Width(long) <= w {
		return long
	}
	return short + odd
}

// turn moves to the tab n further.
func (s *Session) turn(n int) tea.Cmd {
	at := (s.at + n + len(s.tabs)) % len(s.tabs)
	if s.tabs[at].aside {
		at = (at + n + len(s.tabs)) % len(s.tabs)
	}
	return s.turnTo(at)
}

// turnTo turns to a tab by the user's own choice: links followed before are no
// longer led back along.
func (s *Session) turnTo(i int) tea.Cmd {
	fresh := s.front(i)
	s.trail = nil
	for _, t := range s.tabs {
		if screen, ok := t.made.(*records.Screen); ok {
			screen.Stay()
		}
	}
	if screen, ok := s.tabs[i].screen().(*records.Screen); ok {
		return tea.Batch(fresh, screen.Arrive())
	}
	return fresh
}

// quit ends the session. What is being typed is kept as a draft by the screens
// as it is typed, so nothing needs asking.
func (s *Session) quit() tea.Cmd {
	s.quitting = true
	return s.app.Last()
}

// bindings lists the keys that work now, the screen's first.
func (s *Session) bindings() []key.Binding {
	if s.app.Dialogs.Len() > 0 {
		return s.app.Dialogs.Help()
	}
	k := s.app.Keys
	own := slices.Clone(s.tabs[s.at].screen().Keys())
	if s.tabs[s.at].screen().Typing() {
		if s.app.Meeting() != nil {
			own = append(own, meeting.TypingKeys()...)
		}
		return own
	}
	if s.app.Meeting() != nil {
		own = append(own, meeting.Keys()...)
	}
	return append(own, k.NextTab, k.PrevTab, k.Go, k.Palette, k.Undo, k.Redo, k.Help, k.Quit)
}

// look changes the colours and remembers them.
func (s *Session) setLook(look string) tea.Cmd {
	s.look = look
	s.app.SetTheme(s.makeTheme())
	st, user := s.opts.Store, s.opts.Identity.User
	return s.app.Background(func() func() tea.Cmd {
		if err := st.SetPref(user, "theme", []byte(look)); err != nil {
			return func() tea.Cmd { s.app.Fail(err); return nil }
		}
		return nil
	})
}

// setMotion says whether things may move by themselves, and remembers it.
func (s *Session) setMotion(motion string) tea.Cmd {
	st, user := s.opts.Store, s.opts.Identity.User
	return s.app.Background(func() func() tea.Cmd {
		err := st.SetPref(user, motionPref, []byte(motion))
		return func() tea.Cmd {
			if err != nil {
				s.app.Fail(err)
			}
			s.app.SetTheme(s.makeTheme())
			return nil
		}
	})
}

// editSettings opens the partnership's own record.
func (s *Session) editSettings() tea.Cmd {
	set := s.app.Settings()
	if set.ID == 0 {
		s.app.Say(overlay.Info, "This file has no settings yet.")
		return nil
	}
	for i, t := range s.tabs {
		if t.letter == "p" {
			fresh := s.front(i)
			return tea.Batch(fresh, t.screen().(interface {
				Edit(app.Route) tea.Cmd
			}).Edit(app.Route{Kind: "settings", ID: uint64(set.ID)}))
		}
	}
	return nil
}
