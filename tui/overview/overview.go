// Package overview is the first screen: what needs attention, what to do first,
// the figures that matter, the next thirty days and what changed lately. Every
// line opens the record it speaks of.
//
// What is shown comes from package model/report/overview, to which each tab contributes;
// this package only lays it out. It is worked out beside the session whenever
// records have changed.
package overview

import (
	"fmt"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"interlocal/model/accounts"
	"interlocal/model/field"
	"interlocal/model/report/overview"
	"interlocal/model/value"
	"interlocal/store"
	"interlocal/store/run"
	"interlocal/tui/app"
	"interlocal/tui/page"
)

// Screen is the overview.
type Screen struct {
	d        *app.App
	summary  overview.Summary
	recent   []store.Entry
	ready    bool
	seen     bool   // drawn since the last look
	stale    bool   // records have changed since
	rev      uint64 // of the records that are shown
	sections []section
	at       int // section with the cursor
	keys     page.Keymap
	how      bool // lines say by what arithmetic their day was found
}

// section is a titled list of lines.
type section struct {
	title string
	empty string // what stands there when it has no lines
	items []item
	page.Cursor
}

// item is one line of a section.
type item struct {
	glyph string
	tone  page.Tone // of the glyph
	when  string
	text  string
	place app.Route
}

// New makes the overview; it is empty until the first [Screen.Refresh].
func New(d *app.App) *Screen { return &Screen{d: d} }

// worked is the outcome of looking through the records.
type worked struct {
	summary overview.Summary
	recent  []store.Entry
}

// recentShown is how many changes are listed.
const recentShown = 12

// Refresh takes up a changed view; while nobody looks at the overview it waits
// for [Screen.Arrive].
func (s *Screen) Refresh() tea.Cmd {
	if s.ready && !s.seen {
		s.stale = true
		return nil
	}
	s.seen, s.stale = false, false
	return s.look()
}

// Arrive is called while the overview is at the front: it takes up what has
// changed while it was not.
func (s *Screen) Arrive() tea.Cmd {
	if !s.stale {
		return nil
	}
	s.stale = false
	return s.look()
}

// look goes through the records, beside the session.
func (s *Screen) look() tea.Cmd {
	me, now, projected := s.d.Onlooking(), s.d.Now(), s.d.Projected()
	view := s.d.View()
	if projected {
		view = me.View()
	}
	return s.d.Background(func() func() tea.Cmd {
		by := field.Actor{Partner: me.Identity().Partner}
		w := worked{summary: overview.Of(field.Viewpoint{Reader: view, By: by, Now: now})}
		if !projected {
			w.summary.Tell(append(me.Notices(),
				accounts.Resting(view, me.Identity(), run.KeyDays(s.d.Store), now.Day())...))
		}
		entries, err := me.Recent(recentShown, 0)
		if err == nil {
			w.recent = entries
		}
		return func() tea.Cmd {
			if view.Rev() >= s.rev && projected == s.d.Projected() {
				s.rev = view.Rev()
				s.take(w)
			}
			return nil
		}
	})
}

func (s *Screen) take(w worked) {
	s.summary, s.recent, s.ready = w.summary, w.recent, true
	s.layOut()
}

// layOut makes sections of the summary and keeps the cursor where it is.
func (s *Screen) layOut() {
	before := s.sections
	s.sections = nil
	if len(s.summary.First) > 0 {
		s.sections = append(s.sections, s.firstSteps())
	}
	attention := s.attention()
	if len(attention.items) > 0 {
		s.sections = append([]section{attention}, s.sections...)
	} else {
		s.sections = append(s.sections, attention)
	}
	s.sections = append(s.sections, s.coming(), s.lately())
	for i := range s.sections {
		s.sections[i].Len = len(s.sections[i].items)
		for _, b := range before {
			if b.title == s.sections[i].title {
				s.sections[i].Cursor = b.Cursor
			}
		}
	}
	s.at = min(s.at, len(s.sections)-1)
}

func (s *Screen) attention() section {
	sec := section{title: "Needs attention", empty: "Nothing needs attention today."}
	for _, l := range s.summary.Attention {
		it := item{text: l.Text, place: app.Route{Kind: l.Kind, ID: l.ID}}
		if s.how && l.How != "" {
			it.text += " (" + l.How + ")"
		}
		it.glyph, it.tone = urgency(l.Urgency)
		sec.items = append(sec.items, it)
	}
	return sec
}

// urgency gives the glyph and tone of an urgency; the glyph alone tells.
func urgency(u field.Urgency) (string, page.Tone) {
	switch u {
	case field.Overdue:
		return "!", page.Alarm
	case field.DueSoon:
		return "◷", page.Warn
	case field.Waiting:
		return "…", page.Lively
	}
	return "·", page.Quiet
}

func (s *Screen) firstSteps() section {
	sec := section{title: "To do first"}
	for _, st := range s.summary.First {
		sec.items = append(sec.items, item{glyph: "→", text: st.Text, place: app.Route{Kind: st.Kind},
			tone: page.Lively})
	}
	return sec
}

func (s *Screen) coming() section {
	sec := section{title: "Next 30 days", empty: "Nothing is planned in the next 30 days."}
	for _, c := range s.summary.Coming {
		sec.items = append(sec.items, item{when: day(c.Day, s.d.Today()), text: c.Text,
			place: app.Route{Kind: c.Kind, ID: c.ID}})
	}
	return sec
}

// day writes a near day as people say it.
func day(d, today value.Day) string {
	switch d - today {
	case 0:
		return "today"
	case 1:
		return "tomorrow"
	}
	_, m, n := d.Date()
	return fmt.Sprintf("%s %s %d", d.Weekday().String()[:3], m.String()[:3], n)
}

func (s *Screen) lately() section {
	sec := section{title: "Changed lately", empty: "Nothing has been changed yet."}
	for _, e := range s.recent {
		it := item{when: s.d.At(e.At).Format("Jan 2"), text: e.Actor + ": " + entryText(e)}
		for _, c := range e.Changes {
			if c.Kind == "settings" {
				continue // there is no page of them to open
			}
			it.place = app.Route{Kind: c.Kind, ID: c.ID}
			if c.After == nil || len(e.Changes) > 1 {
				it.place.ID = 0
			}
			break
		}
		sec.items = append(sec.items, it)
	}
	return sec
}

func entryText(e store.Entry) string {
	switch e.Kind {
	case store.EntryUndo:
		return "took back " + e.Op.Title
	case store.EntryRedo:
		return "did again " + e.Op.Title
	}
	return e.Op.Title
}

// Typing is always false: no letter is text here.
func (s *Screen) Typing() bool { return false }

// Keys lists the overview's keys.
func (s *Screen) Keys() []key.Binding { return s.keymap().Keys()[:5] }

// keymap is what the keys mean, those that are told of first.
func (s *Screen) keymap() page.Keymap {
	if s.keys == nil {
		s.keys = s.makeKeymap()
	}
	return s.keys
}

func (s *Screen) makeKeymap() page.Keymap {
	k := s.d.Keys
	leaf := func(n int) func() { return func() { s.sections[s.at].Leaf(n) } }
	return page.Keymap{page.Does(k.Open, s.openLine),
		page.Moves(k.Down, func() { s.move(1) }), page.Moves(k.Up, func() { s.move(-1) }),
		page.Moves(k.NextPane, func() { s.next(1) }),
		page.Moves(page.Key("p", "how days are counted"), func() { s.how = !s.how; s.layOut() }),
		page.Moves(page.Key("Shift-Tab", "back", "shift+tab"), func() { s.next(-1) }),
		page.Moves(k.PageDown, leaf(1)), page.Moves(k.PageUp, leaf(-1)),
		page.Moves(k.Home, func() { s.at, s.sections[0].At = 0, 0 }),
		page.Moves(k.End, func() { s.sections[s.at].Jump(len(s.sections[s.at].items)) })}
}

// HelpText explains the glyphs.
func (s *Screen) HelpText() string {
	return "## Marks\n  !  its day has passed\n  ◷  due soon\n  …  somebody waits for an answer\n" +
		"  →  a good thing " +
		"to do first\n"
}

// Update moves among the lines and opens them.
func (s *Screen) Update(msg tea.Msg) tea.Cmd {
	press, ok := msg.(tea.KeyPressMsg)
	if !ok || len(s.sections) == 0 {
		return nil
	}
	cmd, _ := s.keymap().Press(press)
	return cmd
}

// move goes to the next line, and from a section's last line to the next
// section's first.
func (s *Screen) move(n int) {
	at := s.sections[s.at].At
	if s.sections[s.at].Step(n); s.sections[s.at].At != at {
		return
	}
	for i := s.at + n; i >= 0 && i < len(s.sections); i += n {
		if sec := &s.sections[i]; sec.Len > 0 {
			s.at, sec.At = i, 0
			if n < 0 {
				sec.At = sec.Len - 1
			}
			return
		}
	}
}

// next goes to the next section that has lines.
func (s *Screen) next(n int) {
	for i := 1; i <= len(s.sections); i++ {
		to := (s.at + n*i + len(s.sections)*i) % len(s.sections)
		if len(s.sections[to].items) > 0 {
			s.at = to
			return
		}
	}
}

func (s *Screen) openLine() tea.Cmd {
	sec := s.sections[s.at]
	if sec.At < len(sec.items) && sec.items[sec.At].place.Kind != "" {
		return s.d.Open(sec.items[sec.At].place)
	}
	return nil
}

// title gives the heading of a section with its count.
func (sec *section) heading() string {
	if n := len(sec.items); n > 0 {
		return fmt.Sprintf("%s (%d)", sec.title, n)
	}
	return sec.title
}
