package tui

import (
	"strconv"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"interlocal/tui/frame"
	"interlocal/tui/meeting"
	"interlocal/tui/theme"
)

// View gives the picture, drawn again only when something may have changed.
func (s *Session) View() tea.View {
	if s.drawn {
		return s.view
	}
	s.drawn = true
	f := s.frame
	f.Reset(s.size.W, s.size.H)
	if s.lay.tooSmall {
		s.drawNotice(f)
	} else if s.size.W > 0 {
		s.drawHeader(f, s.lay.header)
		s.drawTabs(f, s.lay.tabs)
		s.tabs[s.at].screen.Draw(f, s.lay.body)
		s.drawStatus(f, s.lay.status)
		s.drawKeys(f, s.lay.keys)
		if s.desk.Dialogs.Len() > 0 {
			s.desk.Dialogs.Draw(f, s.lay.body)
		}
	}
	s.view = f.View(frame.Window{Title: "interlocal: " + s.desk.Settings().Name, Mouse: true})
	return s.view
}

func (s *Session) drawNotice(f *frame.Frame) {
	t := s.desk.Theme
	msg := "This window is too small."
	f.At(max(0, (s.size.W-len(msg))/2), s.size.H/2)
	f.Text(t.Title, msg, min(len(msg), s.size.W))
	msg = "q quits. interlocal needs " + strconv.Itoa(minWidth) + " columns and " + strconv.Itoa(minHeight) + " rows"
	f.At(max(0, (s.size.W-len(msg))/2), s.size.H/2+1)
	f.Text(t.Dim, msg, min(len(msg), s.size.W))
}

func (s *Session) drawHeader(f *frame.Frame, r frame.Rect) {
	t := s.desk.Theme
	set := s.desk.Settings()
	f.At(r.X, r.Y)
	f.Text(t.Header, "", r.W)
	name := set.Name
	if name == "" {
		name = "interlocal"
	}
	whoW := s.drawWho(f, r)
	room := r.W - 4 - whoW
	badge := ""
	if set.Sample {
		badge = " SAMPLE DATA "
		room -= len(badge) + 1
	}
	on := ""
	if m := s.desk.Meeting(); m != nil {
		on = meeting.Status(s.desk.View(), m, s.desk.Now()) + " "
		name = ""
	}
	f.At(r.X+1, r.Y)
	f.Put(t.Over(t.Header, t.Accent), "◆ ")
	f.Text(t.Over(t.Header, t.Title), name, min(room, f.Meter().Width(name)))
	if on != "" {
		f.Text(t.BadgeWarn, on, min(room, f.Meter().Width(on)))
	}
	if badge != "" {
		f.Put(t.Header, " ")
		f.Put(t.BadgeWarn, badge)
	}
}

// tabsWidth is from how many columns on the tabs stand apart.
const tabsWidth = 72

// drawTabs draws the tabs with a rule beneath that the active one breaks.
func (s *Session) drawTabs(f *frame.Frame, r frame.Rect) {
	t := s.desk.Theme
	x, gap := r.X+1, 1
	if r.W < tabsWidth {
		x, gap = r.X, 0
	}
	var under frame.Rect
	for i := range s.tabs {
		if s.tabs[i].aside && i != s.at {
			continue
		}
		title := " " + s.tabs[i].title + " "
		w := f.Meter().Width(title)
		if x+w > r.Right() {
			break
		}
		f.At(x, r.Y)
		ink := t.TabIdle
		if i == s.at {
			ink = t.TabActive
			under = frame.Rect{X: x, W: w}
		}
		f.Text(ink, title, w)
		at := i
		f.Zone(frame.Rect{X: x, Y: r.Y, W: w, H: 2}, func(m frame.Mouse) tea.Cmd {
			if m.Clicked() {
				return s.turnTo(at)
			}
			return nil
		})
		x += w + gap
	}
	f.HLine(r.X, r.Y+1, under.X-r.X, t.Faint)
	f.At(under.X, r.Y+1)
	f.Repeat(t.Accent, "━", under.W)
	f.HLine(under.Right(), r.Y+1, r.Right()-under.Right(), t.Faint)
}

func (s *Session) drawStatus(f *frame.Frame, r frame.Rect) {
	t := s.desk.Theme
	if toast, ok := s.desk.Toast(); ok {
		toast.Draw(f, r, t)
		return
	}
	f.At(r.X+1, r.Y)
	switch {
	case s.going:
		f.Put(t.Key, "g ")
		f.Put(t.Dim, s.letters())
	case s.tour.on:
		s.tour.draw(f, r, t, s.tabs[s.at].letter)
	}
}

// drawKeys draws the keys that work now, as many as there is room for; help is
// always among them.
func (s *Session) drawKeys(f *frame.Frame, r frame.Rect) {
	t := s.desk.Theme
	k := s.desk.Keys
	tail := []key.Binding{k.Palette, k.Help, k.Quit}
	if s.desk.Dialogs.Len() > 0 || s.tabs[s.at].screen.Typing() {
		tail = nil
	}
	tailW := 0
	for _, b := range tail {
		tailW += keyWidth(f, b)
	}
	list := s.desk.Dialogs.Help()
	if s.desk.Dialogs.Len() == 0 {
		list = s.tabs[s.at].screen.Keys()
	}
	x := r.X + 1
	for _, b := range list {
		if w := keyWidth(f, b); b.Enabled() && x+w <= r.Right()-tailW {
			drawKey(f, t, x, r.Y, b)
			x += w
		}
	}
	x = max(x, r.Right()-tailW)
	for _, b := range tail {
		drawKey(f, t, x, r.Y, b)
		x += keyWidth(f, b)
	}
}

func keyWidth(f *frame.Frame, b key.Binding) int {
	h := b.Help()
	return f.Meter().Width(h.Key) + f.Meter().Width(h.Desc) + 3
}

func drawKey(f *frame.Frame, t *theme.Theme, x, y int, b key.Binding) {
	h := b.Help()
	f.At(x, y)
	f.Put(t.Key, h.Key)
	f.Put(t.KeyHelp, " "+h.Desc)
}
