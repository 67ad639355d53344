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

// choice is a key of the greeting, what it brings about, and that.
type choice struct {
	key.Binding
	means string
	do    func() tea.Cmd
	stays bool // the greeting stays behind what it opens
}

func (g *greeting) choices() []choice {
	b := func(k, does string, more ...string) key.Binding {
		return key.NewBinding(key.WithKeys(append(more, k)...), key.WithHelp(k, does))
	}
	out := []choice{
		{Binding: b("t", "this partnership", "enter", "esc"), do: g.goOn,
			means: "go on with this partnership (Enter does the same)"},
		{Binding: b("b", "start blank"), do: g.s.startBlank, means: "start blank, for another partnership"},
	}
	if g.s.opts.Samples != nil {
		out = append(out, choice{Binding: b("l", "look around"), do: g.s.lookAround,
			means: "look around in sample data; your file stays as it is"})
	}
	if g.s.opts.Local {
		out = append(out, choice{Binding: b("p", "put a copy back"), do: g.s.putBack, stays: true,
			means: "put a copy of your file back, from the old computer"})
	}
	return out
}

// take does what was chosen.
func (g *greeting) take(c choice) tea.Cmd {
	if !c.stays {
		g.s.app.Dialogs.Close(g)
	}
	return c.do()
}

func (g *greeting) words() []string {
	return append(text.Wrap("This file is new. It starts with what is publicly known of the "+
		g.s.app.Settings().Name+": its partners, resolutions and programs. Nothing else is filled in.", 60), "")
}

// Help lists the keys.
func (g *greeting) Help() (list []key.Binding) {
	for _, c := range g.choices() {
		list = append(list, c.Binding)
	}
	return list
}

// Size implements overlay.Dialog.
func (g *greeting) Size(frame.Rect) (w, h int) { return 60, len(g.words()) + 2*len(g.choices()) }

// Draw implements overlay.Dialog.
func (g *greeting) Draw(f *frame.Frame, r frame.Rect) {
	t := g.s.app.Theme
	y := r.Y
	for _, line := range g.words() {
		f.At(r.X, y)
		f.Text(t.Text, line, r.W)
		y++
	}
	for _, c := range g.choices() {
		f.At(r.X+2, y)
		f.Put(t.Key, c.Binding.Help().Key)
		f.Put(t.Text, "  "+c.means)
		f.HitArea(frame.Rect{X: r.X, Y: y, W: r.W, H: 1}, func(m frame.Mouse) tea.Cmd {
			if !m.Clicked() {
				return nil
			}
			return g.take(c)
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
	for _, c := range g.choices() {
		if key.Matches(press, c.Binding) {
			return !c.stays, g.take(c)
		}
	}
	return false, nil
}

// goOn keeps the file as it is.
func (g *greeting) goOn() tea.Cmd {
	g.s.app.Say(overlay.Info, "Good. The overview says what to do first; ? helps anywhere.")
	return g.s.remember()
}

// putBack says how a copy takes the place of this file, which nobody may have open then,
// and closes it.
func (s *Session) putBack() tea.Cmd {
	path := s.opts.Store.Path()
	s.app.Dialogs.Push(overlay.NewConfirm(s.app.Theme, overlay.Question{
		Title: "Put a copy back", Ask: "Close interlocal? A copy goes in while nobody has the file open.",
		Consequences: []string{"Then type, with the copy's name for COPY:", store.Command(path, "restore COPY"),
			"A page to go by: interlocal help restore"},
		Yes: "close", No: "back",
	}, s.quit))
	return nil
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
