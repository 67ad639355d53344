package tui

import (
	"fmt"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"interlocal/model/text"
	"interlocal/store/run/presence"
	"interlocal/tui/app"
	"interlocal/tui/frame"
	"interlocal/tui/overlay"
	"interlocal/tui/records"
)

// told is when others have come, gone, begun or ended an edit.
type told struct{}

// calm is when the session listens for that again.
type calm struct{}

// listenPause is how long a session does not listen after it has been told: a
// meeting that begins is one redrawing, not thirty.
const listenPause = 700 * time.Millisecond

// awaitOthers waits for news of others.
func (s *Session) awaitOthers() tea.Cmd {
	if s.app.Seat == nil {
		return nil
	}
	news := s.app.Seat.Told()
	return func() tea.Msg {
		if _, open := <-news; !open {
			return nil
		}
		return told{}
	}
}

// met takes news of others up.
func (s *Session) met() tea.Cmd {
	s.others = present(s.app.Seat.Others())
	if said := s.opts.Presence.Said(); said.N > s.said {
		s.said = said.N
		s.app.SayFor(overlay.Info, said.Words, saidFor)
	}
	return s.nextTick(listenPause, calm{})
}

// saidFor is how long what an administrator says to everybody stands on the line.
const saidFor = time.Minute

// join takes a seat among those connected.
func (s *Session) join() {
	if s.opts.Presence == nil {
		return
	}
	s.app.Seat = s.opts.Presence.Enter(s.opts.Identity, s.opts.From)
	s.said = s.opts.Presence.Said().N // it was for those who were there
	s.others = present(s.app.Seat.Others())
}

// track notes where the session is now, for others.
func (s *Session) track() {
	if s.app.Seat == nil {
		return
	}
	p := presence.Place{Tab: s.tabs[s.at].title}
	if screen, ok := s.tabs[s.at].screen().(*records.Screen); ok {
		p.Kind, p.ID, p.Editing = screen.Looking()
	}
	if p != s.place {
		s.place = p
		s.app.Seat.At(p)
	}
}

// present lists the other people connected, each once.
func present(others []presence.Visitor) []presence.Visitor {
	seen := map[string]bool{}
	var out []presence.Visitor
	for _, v := range others {
		if !seen[v.Who.User] {
			seen[v.Who.User] = true
			out = append(out, v)
		}
	}
	return out
}

// wideHeader is from how many columns on the header names those who are here.
const wideHeader = 110

// company is what the header says of others: "Lee Ash (Raytown) is here".
func (s *Session) company() string {
	others := s.others
	switch {
	case len(others) == 0:
		return ""
	case s.size.W < wideHeader:
		return fmt.Sprintf("+%d here · ", len(others))
	case len(others) == 1:
		return s.app.Named(others[0].Who) + " is here · "
	}
	return fmt.Sprintf("%s and %d more are here · ", s.app.Named(others[0].Who), len(others)-1)
}

// whoIsHere lists everybody who is connected and where they are. What they look
// at is named only as far as the viewer sees it.
func (s *Session) whoIsHere() tea.Cmd {
	if s.app.Seat == nil {
		s.app.Say(overlay.Info, "Nobody else can be here: the file is open in this window alone.")
		return nil
	}
	var b strings.Builder
	for _, v := range s.opts.Presence.All() {
		name := s.app.Named(v.Who)
		if v.Who.User == s.opts.Identity.User {
			name += ", you"
		}
		fmt.Fprintf(&b, "%s\n    %s · since %s\n", name, s.whereabouts(v.Place), s.app.At(v.Since).Format("3:04 pm"))
	}
	s.app.Dialogs.Push(overlay.NewText(s.app.Theme, "Who is here", b.String()))
	return nil
}

// whereabouts says where somebody is.
func (s *Session) whereabouts(p presence.Place) string {
	out := p.Tab
	if out == "" {
		out = "just arrived"
	}
	k := s.app.View().Schema().Kind(p.Kind)
	if k == nil || p.ID == 0 {
		return out
	}
	rec := s.app.View().Get(p.Kind, p.ID)
	if rec == nil {
		return out
	}
	verb := "at"
	if p.Editing {
		verb = "editing"
	}
	return out + ", " + verb + " " + s.app.Env().Title(k, rec)
}

// drawWho draws who is signed in, and who else is here, at the header's right
// end. It returns the columns used.
func (s *Session) drawWho(f *frame.Frame, r frame.Rect) int {
	t := s.app.Theme
	company, who := s.company(), s.app.Named(s.opts.Identity)
	wide := text.Width(company)
	w := wide + text.Width(who) + 2
	f.At(r.Right()-w, r.Y)
	f.Text(t.Over(t.Header, t.Accent), company, wide)
	f.Text(t.Over(t.Header, t.Dim), who, w-wide)
	return w
}

// openElsewhere reports whether another window of the same person has a form
// open on a place: what is being filled in there needs no going on with here.
func (s *Session) openElsewhere(p app.Route) bool {
	if s.opts.Presence == nil {
		return false
	}
	for _, v := range s.opts.Presence.All() {
		if v.Who.User == s.opts.Identity.User && v.Place.Editing && v.Place.Kind == p.Kind && v.Place.ID == p.ID {
			return true
		}
	}
	return false
}

// editing opens the form that a draft belongs to; it reports false when there is
// none that can be opened from here.
func (s *Session) editing(key string) (tea.Cmd, bool) {
	p, ok := draftPlace(key)
	if !ok {
		return nil, false
	}
	for i, t := range s.tabs {
		if !t.shows(app.Route{Kind: p.Kind}) {
			continue
		}
		screen := t.screen().(*records.Screen)
		fresh := s.front(i)
		if p.Add {
			return tea.Batch(fresh, screen.Open(p)), true
		}
		if s.app.View().Get(p.Kind, p.ID) == nil {
			return nil, false
		}
		return tea.Batch(fresh, screen.Open(p), screen.Edit(p)), true
	}
	return nil, false
}
