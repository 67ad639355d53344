package tui

import (
	"strconv"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"interlocal/model/meeting"
	"interlocal/tui/frame"
	"interlocal/tui/theme"
)

// View gives the picture, drawn again only when something may have changed.
func (s *Session) View() tea.View {
	_, v := s.Picture()
	v.Content = s.frame.Content()
	return v
}

// Picture gives the picture as rows of bytes, which are good until the next one
// is asked for, and what else the terminal is told: a view without its content.
func (s *Session) Picture() (rows []byte, v tea.View) {
	if s.drawn {
		return s.frame.Finished(), s.view
	}
	s.drawn = true
	f := s.frame
	f.Reset(s.size.W, s.size.H)
	if s.lay.tooSmall {
		s.drawNotice(f)
	} else if s.size.W > 0 {
		s.drawHeader(f, s.lay.header)
		s.drawTabs(f, s.lay.tabs)
		s.tabs[s.at].screen().Draw(f, s.lay.body)
		s.drawStatus(f, s.lay.status)
		s.drawKeys(f, s.lay.keys)
		if s.app.Dialogs.Len() > 0 {
			s.app.Dialogs.Draw(f, s.lay.body)
		}
	}
	rows = f.Finish()
	s.view = f.About(frame.Window{Title: "interlocal: " + s.app.Settings().Name, Mouse: true})
	return rows, s.view
}

func (s *Session) drawNotice(f *frame.Frame) {
	t := s.app.Theme
	msg := "This window is too small."
	f.At(max(0, (s.size.W-len(msg))/2), s.size.H/2)
	f.Text(t.Title, msg, min(len(msg), s.size.W))
	msg = "q quits. interlocal needs " + strconv.Itoa(minWidth) + " columns and " + strconv.Itoa(minHeight) + " rows"
	f.At(max(0, (s.size.W-len(msg))/2), s.size.H/2+1)
	f.Text(t.Dim, msg, min(len(msg), s.size.W))
}

func (s *Session) drawHeader(f *frame.Frame, r frame.Rect) {
	t := s.app.Theme
	set := s.app.Settings()
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
	if m := s.app.Meeting(); m != nil {
		on = meeting.Status(s.app.View(), m, s.app.Now()) + " "
		name = ""
	}
	f.At(r.X+1, r.Y)
	f.Put(t.Over(t.Header, t.Accent), "◆ ")
	f.Text(t.Over(t.Header, t.Title), name, min(room, f.Measure().Width(name)))
	if on != "" {
		f.Text(t.BadgeWarn, on, min(room, f.Measure().Width(on)))
	}
	if badge != "" {
		f.Put(t.Header, " ")
		f.Put(t.BadgeWarn, badge)
	}
}

// drawTabs draws the tabs with a rule beneath that the active one breaks. Where
// they do not fit they move closer together, and of more than fit then, those
// around the active one are drawn.
func (s *Session) drawTabs(f *frame.Frame, r frame.Rect) {
	t := s.app.Theme
	shown := s.inStrip()
	pad, gap := s.tabSpacing(f, shown, r.W)
	widths, chosen := make([]int, len(shown)), 0
	for i, at := range shown {
		widths[i] = f.Measure().Width(s.tabs[at].title) + 2*pad + gap
		if at == s.at {
			chosen = i
		}
	}
	from, to := frame.Strip(widths, chosen, r.W-2+gap)
	x := r.X
	if gap > 0 || from > 0 {
		x++
	}
	if from > 0 {
		f.At(r.X, r.Y)
		f.Text(t.Dim, "‹", 1)
	}
	var under frame.Rect
	for i := from; i < to; i++ {
		at, w := shown[i], widths[i]-gap
		ink := t.TabIdle
		if at == s.at {
			ink = t.TabActive
			under = frame.Rect{X: x, W: w}
		}
		f.At(x, r.Y)
		f.Text(ink, strings.Repeat(" ", pad)+s.tabs[at].title+strings.Repeat(" ", pad), w)
		f.HitArea(frame.Rect{X: x, Y: r.Y, W: w, H: 2}, func(m frame.Mouse) tea.Cmd {
			if m.Clicked() {
				return s.turnTo(at)
			}
			return nil
		})
		x += widths[i]
	}
	if to < len(shown) {
		f.At(r.Right()-1, r.Y)
		f.Text(t.Dim, "›", 1)
	}
	f.HLine(r.X, r.Y+1, under.X-r.X, t.Faint)
	f.At(under.X, r.Y+1)
	f.Repeat(t.Accent, "━", under.W)
	f.HLine(under.Right(), r.Y+1, r.Right()-under.Right(), t.Faint)
}

// inStrip lists the tabs that the strip names.
func (s *Session) inStrip() []int {
	var out []int
	for i := range s.tabs {
		if !s.tabs[i].aside || i == s.at {
			out = append(out, i)
		}
	}
	return out
}

// tabSpacing gives the space within a tab's label on either side and between
// two of them: the widest with which all fit w columns, else the closest.
func (s *Session) tabSpacing(f *frame.Frame, shown []int, w int) (pad, gap int) {
	names := 0
	for _, at := range shown {
		names += f.Measure().Width(s.tabs[at].title)
	}
	n := len(shown)
	switch {
	case names+3*n < w:
		return 1, 1
	case names+2*n+1 < w:
		return 1, 0
	}
	return 0, 1
}

func (s *Session) drawStatus(f *frame.Frame, r frame.Rect) {
	t := s.app.Theme
	if toast, ok := s.app.Toast(); ok {
		toast.Draw(f, r, t)
		return
	}
	f.At(r.X+1, r.Y)
	switch {
	case s.going:
		f.Put(t.Key, "g ")
		f.Text(t.Dim, s.letters(r.W-4), r.W-4)
	case s.tour.on:
		s.tour.draw(f, r, t, s.tabs[s.at].letter)
	case !s.app.Projected():
		f.Text(t.Dim, s.app.Onlooking().CopyWords(), r.W-2)
	}
}

// drawKeys draws the keys that work now, as many as there is room for; help is
// always among them.
func (s *Session) drawKeys(f *frame.Frame, r frame.Rect) {
	t := s.app.Theme
	k := s.app.Keys
	tail := []key.Binding{k.Palette, k.Help, k.Quit}
	if s.app.Dialogs.Len() > 0 || s.tabs[s.at].screen().Typing() {
		tail = nil
	}
	tailW := 0
	for _, b := range tail {
		tailW += keyWidth(f, b)
	}
	list := s.app.Dialogs.Help()
	if s.app.Dialogs.Len() == 0 {
		list = s.tabs[s.at].screen().Keys()
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
	return f.Measure().Width(h.Key) + f.Measure().Width(h.Desc) + 3
}

func drawKey(f *frame.Frame, t *theme.Theme, x, y int, b key.Binding) {
	h := b.Help()
	f.At(x, y)
	f.Put(t.Key, h.Key)
	f.Put(t.KeyHelp, " "+h.Desc)
}
