package tui

import (
	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"interlocal/model/partnership"
	"interlocal/model/text"
	"interlocal/store"
	"interlocal/store/run"
	"interlocal/tui/act"
	"interlocal/tui/app"
	"interlocal/tui/frame"
	"interlocal/tui/overlay"
)

// welcomed is the preference that remembers that the first choice was made.
const welcomed = "welcomed"

// welcome offers the first choice on a file in which nothing has happened yet,
// or starts the demo's tour.
func (s *Session) welcome() tea.Cmd {
	if s.opts.Tour {
		return s.tour.start(s)
	}
	fresh := s.app.View().Rev() <= 1 && !s.app.Settings().Sample
	if fresh && s.opts.Store.Pref(s.opts.Identity.User, welcomed) == nil {
		s.app.Dialogs.Push(&greeting{s: s})
	}
	return nil
}

// greeting is the dialog of the first run.
type greeting struct{ s *Session }

// Title implements overlay.Titled.
func (g *greeting) Title() string { return "Welcome to interlocal" }

func (g *greeting) options() []key.Binding {
	b := func(k, does string, more ...string) key.Binding {
		return key.NewBinding(key.WithKeys(append(more, k)...), key.WithHelp(k, does))
	}
	out := []key.Binding{
		b("t", "this partnership", "enter", "esc"),
		b("b", "start blank"),
	}
	if g.s.opts.Samples != nil {
		out = append(out, b("l", "look around"))
	}
	return out
}

// meanings says what the keys bring about, in their order.
func (g *greeting) meanings() []string {
	return []string{
		"go on with this partnership (Enter does the same)",
		"start blank, for another partnership",
		"look around in sample data; your file stays as it is",
	}
}

func (g *greeting) words() []string {
	return append(text.Wrap("This file is new. It starts with what is publicly known of the "+
		g.s.app.Settings().Name+": its partners, resolutions and programs. Nothing else is filled in.", 60), "")
}

// Help lists the three keys.
func (g *greeting) Help() []key.Binding { return g.options() }

// Size implements overlay.Dialog.
func (g *greeting) Size(frame.Rect) (w, h int) { return 60, len(g.words()) + 2*len(g.options()) }

// Draw implements overlay.Dialog.
func (g *greeting) Draw(f *frame.Frame, r frame.Rect) {
	t := g.s.app.Theme
	y := r.Y
	for _, line := range g.words() {
		f.At(r.X, y)
		f.Text(t.Text, line, r.W)
		y++
	}
	for i, b := range g.options() {
		f.At(r.X+2, y)
		f.Put(t.Key, b.Help().Key)
		f.Put(t.Text, "  "+g.meanings()[i])
		f.HitArea(frame.Rect{X: r.X, Y: y, W: r.W, H: 1}, func(m frame.Mouse) tea.Cmd {
			if !m.Clicked() {
				return nil
			}
			g.s.app.Dialogs.Pop()
			return g.choose(i)
		})
		y += 2
	}
}

// Update implements overlay.Dialog.
func (g *greeting) Update(msg tea.Msg) (done bool, cmd tea.Cmd) {
	press, ok := msg.(tea.KeyPressMsg)
	if !ok {
		return false, nil
	}
	for i, b := range g.options() {
		if key.Matches(press, b) {
			return true, g.choose(i)
		}
	}
	return false, nil
}

func (g *greeting) choose(i int) tea.Cmd {
	switch i {
	case 1:
		return g.s.startBlank()
	case 2:
		return g.s.lookAround()
	}
	g.s.app.Say(overlay.Info, "Good. The overview says what to do first; ? helps anywhere.")
	return g.s.remember()
}

// remember keeps that the choice was made.
func (s *Session) remember() tea.Cmd {
	st, user := s.opts.Store, s.opts.Identity.User
	return s.app.Background(func() func() tea.Cmd {
		if err := st.SetPref(user, welcomed, []byte("yes")); err != nil {
			return func() tea.Cmd { s.app.Fail(err); return nil }
		}
		return nil
	})
}

// startBlank empties the file of the founding records and asks what the
// partnership is called.
func (s *Session) startBlank() tea.Cmd {
	blank := act.Do(s.app, act.Offer{Act: partnership.BlankAct(),
		Then: func(run.Done) tea.Cmd { return s.editSettings() }})
	return tea.Batch(s.remember(), blank)
}

// lookAround replaces the session's file by a throwaway one with samples. The
// real file stays open and untouched; the next start shows it again.
func (s *Session) lookAround() tea.Cmd {
	open := s.opts.Samples
	return s.app.Background(func() func() tea.Cmd {
		st, err := open()
		return func() tea.Cmd {
			if err != nil {
				s.app.Fail(err)
				return nil
			}
			return s.moveTo(st)
		}
	})
}

// moveTo shows another store from here on.
func (s *Session) moveTo(st *store.Store) tea.Cmd {
	s.watch.Close()
	if s.app.Seat != nil { // nobody else is in the samples
		s.app.Seat.Leave()
		s.others = nil
	}
	s.opts.Store, s.opts.Tour, s.opts.Back = st, true, false
	s.watch = st.Watch()
	s.app = app.New(app.Options{Store: st, Me: st.As(s.opts.Identity), Theme: s.app.Theme,
		Clock: s.opts.Clock, Local: s.opts.Local, Context: s.opts.Context})
	s.app.OnOpen(s.open, s.back)
	s.tabs, s.at = s.makeTabs(), 0
	cmds := []tea.Cmd{s.await(), s.welcome(), s.toScreens(tea.WindowSizeMsg{Width: s.size.W, Height: s.size.H})}
	return tea.Batch(append(cmds, s.refresh())...)
}
