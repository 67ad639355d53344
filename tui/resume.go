package tui

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"interlocal/model/text"
	"interlocal/store"
	"interlocal/store/run"
	"interlocal/tui/app"
	"interlocal/tui/frame"
	"interlocal/tui/records"
)

// Whoever comes back finds what happened while they were away, as far as they
// may see it, and the form they were filling in when the connection ended. When
// somebody was last here, and in which form, is kept as a preference: it is no
// record, and in no journal.

// awayFor is how long somebody has been away at least before they are told what
// happened.
const awayFor = 10 * time.Minute

// awayRead and awayShown are how many changes are gone through and listed.
const (
	awayRead  = 500
	awayShown = 8
)

// unfinished names the draft of the form that is open, or "".
func (s *Session) unfinished() string {
	if screen, ok := s.tabs[s.at].screen().(*records.Screen); ok {
		return screen.Unfinished()
	}
	return ""
}

// marking is work that remembers that the session is here now, and in which
// form.
func (s *Session) marking() func() error {
	if !s.opts.Back {
		return func() error { return nil }
	}
	st, user := s.opts.Store, s.opts.Identity.User
	seen := run.Seen{At: s.opts.Clock(), Rev: s.app.View().Rev(), Form: s.unfinished()}
	own, marks := s.form != "", s.marks
	turn := marks.asked()
	return func() error {
		marks.mu.Lock()
		defer marks.mu.Unlock()
		if !marks.due(turn) {
			return nil // a later one has been quicker
		}
		if last, ok := run.LastSeen(st, user); ok && seen.Form == "" && !own {
			seen.Form = last.Form // of another window of the same person
		}
		return run.MarkSeen(st, user, seen)
	}
}

// marks keeps what is remembered of a session in order: each is written beside
// the session, and an earlier one must not undo a later one.
type marks struct {
	mu   sync.Mutex
	last int // asked for last; the session's own
	done int // written last
}

func (m *marks) asked() int {
	m.last++
	return m.last
}

// due takes a turn, unless a later one has been taken.
func (m *marks) due(turn int) bool {
	if turn < m.done {
		return false
	}
	m.done = turn
	return true
}

// mark does that beside the session.
func (s *Session) mark() tea.Cmd {
	work := s.marking()
	return func() tea.Msg {
		_ = work() // a file that takes no writes says so at the next save
		return nil
	}
}

// markForm is mark when the form that is open is another than the one
// remembered.
func (s *Session) markForm() tea.Cmd {
	form := s.unfinished()
	if !s.opts.Back || form == s.form {
		return nil
	}
	work := s.mark() // which knows what was open before
	s.form = form
	return work
}

// welcomeBack shows what happened since the last visit, or offers the form that
// was left open, or both.
func (s *Session) welcomeBack() tea.Cmd {
	if !s.opts.Back || s.opts.Tour {
		return nil
	}
	seen, ok := run.LastSeen(s.opts.Store, s.opts.Identity.User)
	if !ok {
		return s.mark()
	}
	me, now := s.app.Me, s.opts.Clock()
	return s.app.Background(func() func() tea.Cmd {
		var away []store.Entry
		if now.Sub(seen.At) >= awayFor {
			away = since(me, seen.Rev)
		}
		return func() tea.Cmd { return s.greetBack(seen, away) }
	})
}

// since lists what others have done since a revision, newest first, as far as
// the viewer may see it.
func since(me *store.Session, rev uint64) []store.Entry {
	recent, err := me.Recent(awayRead, 0)
	if err != nil {
		return nil // history that cannot be read is told of where it is asked for
	}
	var out []store.Entry
	for _, e := range recent {
		if e.Rev > rev && e.User != me.Identity().User {
			out = append(out, e)
		}
	}
	return out
}

func (s *Session) greetBack(seen run.Seen, away []store.Entry) tea.Cmd {
	b := s.gap
	if b == nil || b.closed {
		b = &back{s: s}
	}
	b.lines = s.awayLines(seen.At, away)
	if name, ok := s.draftName(seen.Form); ok {
		b.form, b.draft = seen.Form, name
	}
	s.form = seen.Form // offered now, and not once more
	if b != s.gap && (len(b.lines) > 0 || b.form != "") {
		s.app.Dialogs.Push(b)
	}
	return s.mark()
}

// awayLines tells what happened, latest first.
func (s *Session) awayLines(at time.Time, away []store.Entry) []string {
	if len(away) == 0 {
		return nil
	}
	var who []string
	for _, e := range away {
		if !slices.Contains(who, e.User) {
			who = append(who, e.User)
		}
	}
	out := []string{fmt.Sprintf("Since %s: %s by %s.", s.app.At(at).Format("Mon Jan 2, 3:04 pm"),
		some(len(away), "change", "changes"), some(len(who), "person", "people")), ""}
	for i, e := range away {
		if i == awayShown {
			out = append(out, fmt.Sprintf("… and %d more; history lists all", len(away)-awayShown))
			break
		}
		out = append(out, s.app.At(e.At).Format("Jan 2, 3:04 pm")+"  "+e.Actor+": "+e.Op.Title)
	}
	return out
}

func some(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return strconv.Itoa(n) + " " + many
}

// draftPlace reads the name of a draft: "people/12", "people/new". What was
// typed into a form over another one is found from the one below.
func draftPlace(key string) (app.Route, bool) {
	kind, rest, ok := strings.Cut(key, "/")
	which, more, nested := strings.Cut(rest, "/")
	if id, err := strconv.ParseUint(which, 10, 64); ok && err == nil && id != 0 {
		return app.Route{Kind: kind, ID: id}, true
	}
	return app.Route{Kind: kind, Add: true}, ok && which == "new" && !(nested && more != "")
}

// draftName says what an unfinished form is about; ok is false when nothing was
// typed into it, or when it cannot be opened any more.
func (s *Session) draftName(key string) (string, bool) {
	p, ok := draftPlace(key)
	if !ok || s.openElsewhere(p) {
		return "", false
	}
	_, at, kept := s.opts.Store.Draft(s.opts.Identity, key)
	k := s.app.View().Schema().Kind(p.Kind)
	if !kept || k == nil {
		return "", false
	}
	name := "a new " + k.One
	if p.ID != 0 {
		rec := s.app.View().Get(p.Kind, p.ID)
		if rec == nil {
			return "", false
		}
		name = s.app.Env().Title(k, rec)
	}
	return name + ", " + s.app.At(at).Format("Jan 2, 3:04 pm"), true
}

// back is the card that somebody who comes back finds.
type back struct {
	s     *Session
	lines []string // what happened
	form  string   // the draft of the form left open, or ""
	draft string   // what it is about

	resumed bool // the dashboard goes on after another window had to close
	closed  bool
}

// Title implements overlay.Titled.
func (b *back) Title() string {
	switch {
	case len(b.lines) > 0:
		return "While you were away"
	case b.form == "":
		return "This window goes on"
	}
	return "Go on where you were?"
}

// Help implements overlay.Dialog.
func (b *back) Help() []key.Binding {
	closes := []string{"esc", "q"}
	if b.resumed {
		closes = closes[:1] // a letter may be of a word that was being typed
	}
	esc := key.NewBinding(key.WithKeys(closes...), key.WithHelp("Esc", "close"))
	if b.form == "" {
		return []key.Binding{key.NewBinding(key.WithKeys(append(closes, "enter")...), key.WithHelp("Enter", "close"))}
	}
	esc.SetHelp("Esc", "leave it; it is kept")
	return []key.Binding{key.NewBinding(key.WithKeys("enter"), key.WithHelp("Enter", "go on with the form")), esc}
}

func (b *back) words(w int) []string {
	var out []string
	if b.resumed {
		out = text.Wrap("The window that had the file open has ended; this one goes on without it. What stood in a "+
			"form is kept: open the form again and it is there.", w)
	}
	if b.resumed && len(b.lines) > 0 {
		out = append(out, "")
	}
	out = append(out, b.lines...)
	if b.form != "" {
		if len(out) > 0 {
			out = append(out, "")
		}
		out = append(out, text.Wrap("You were filling in "+b.draft+
			". Enter goes on with it; nothing that you typed is lost.", w)...)
	}
	return out
}

// backWidth is how wide the card is.
const backWidth = 68

// Size implements overlay.Dialog.
func (b *back) Size(room frame.Rect) (w, h int) {
	w = min(room.W, backWidth)
	return w, min(room.H, len(b.words(w)))
}

// Draw implements overlay.Dialog.
func (b *back) Draw(f *frame.Frame, r frame.Rect) {
	for i, line := range b.words(r.W) {
		if i < r.H {
			f.At(r.X, r.Y+i)
			f.Text(b.s.app.Theme.Text, line, r.W)
		}
	}
}

// Update implements overlay.Dialog.
func (b *back) Update(msg tea.Msg) (done bool, cmd tea.Cmd) {
	press, ok := msg.(tea.KeyPressMsg)
	if !ok {
		return false, nil
	}
	if b.form != "" && press.String() == "enter" {
		cmd, _ = b.s.editing(b.form)
		b.closed = true
		return true, cmd
	}
	keys := b.Help()
	b.closed = key.Matches(press, keys[len(keys)-1])
	return b.closed, nil
}
