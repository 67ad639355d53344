// Package page is the page kit of the tabs: rows under a few columns, worked out
// beside the session, with what there is to say about the row under the cursor
// beside or below them. A page gives its columns, how its rows are worked out,
// and the actions that its keys take; the kit owns cursor, scroll, filter,
// background loading, mouse, hints and help.
//
// An action is data: a key, and what it does with the row. Most are an act with
// the arguments that the key stands for; see [Bound].
package page

import (
	"slices"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"interlocal/model/value"
	"interlocal/store"
	"interlocal/tui/app"
	"interlocal/tui/overlay"
)

// Tone says how a row is meant; its mark says the same without color.
type Tone uint8

// The tones.
const (
	Plain Tone = iota
	Quiet
	Good
	Warn
	Alarm
)

// Row is a line of a page.
type Row struct {
	Heading bool     // a heading, which the cursor passes over
	Cells   []string // by column; a heading has one
	Mark    string   // one glyph in front
	Tone    Tone     // of the mark
	Route   app.Route
	About   any             // what the row is about, for the actions
	Side    func() []string // about the row under the cursor; headings begin with "# "
}

// Column is a column of a page.
type Column struct {
	Title string
	Width int  // columns; 0 takes what is left
	Right bool // figures
	From  int  // left out below this width of the page
}

// Content is what a page shows, worked out beside the session.
type Content struct {
	Note  string // a line above the rows
	Rows  []Row
	About any // what a page that draws more than its rows draws besides
}

// Action is something a key does with the row under the cursor.
type Action struct {
	Key    key.Binding
	Always bool              // works without a row
	Offers func(r *Row) bool // whether it is of use for a row; nil for every row
	Do     func(r *Row) tea.Cmd
}

// Host is the tab that a page stands in.
type Host interface {
	// Leave goes back to where a link to the page was followed from.
	Leave() (cmd tea.Cmd, left bool)
}

// Options say what a page shows and does.
type Options struct {
	App     *app.App
	Host    Host
	ID      string // what [app.Route.View] calls it
	Heading string // what the strip above the tab calls it
	Columns []Column
	Actions []Action
	// Load works the content out; it may run on another goroutine.
	Load    func(v *store.View, now value.Wall) Content
	Empty   string   // what stands there without rows, naming the key that makes some
	Example []string // a grayed example below it, a row of cells each line
	Help    string   // for the help page
}

// Page is a page of rows.
type Page struct {
	Options

	all     Content // before the filter
	Content Content // as shown
	filter  overlay.Entry
	typing  bool // the filter has the keys
	at      int  // index of the row under the cursor
	top     int
	height  int
	sided   bool // there is something to say of a row
	ready   bool
	Stale   bool
	seen    bool // drawn since it was last told of changes
	loading bool
	goal    app.Route // the row to stand on once it is there
}

// New makes a page.
func New(o Options) *Page { return &Page{Options: o, filter: overlay.NewEntry()} }

// Name implements [records.View].
func (s *Page) Name() string { return s.ID }

// Title implements [records.View].
func (s *Page) Title() string { return s.Heading }

// Typing implements [app.Screen]: letters are text while the filter has the keys.
func (s *Page) Typing() bool { return s.typing }

// HelpText explains the page.
func (s *Page) HelpText() string { return s.Help }

// Visit implements [records.View].
func (s *Page) Visit(p app.Route) tea.Cmd {
	s.goal, s.Stale = p, true // what is overdue depends on the hour
	s.placeCursor()
	return s.Reload()
}

// Refresh implements [app.Screen]: a page that nobody looks at waits.
func (s *Page) Refresh() tea.Cmd {
	s.Stale = true
	if !s.seen {
		return nil
	}
	s.seen = false
	return s.Reload()
}

// Reload works the content out again, beside the session.
func (s *Page) Reload() tea.Cmd {
	if s.loading || s.ready && !s.Stale {
		return nil
	}
	s.loading, s.Stale = true, false
	view, now, load := s.App.View(), s.App.Now(), s.Load
	return s.App.Background(func() func() tea.Cmd {
		c := load(view, now)
		return func() tea.Cmd {
			s.loading = false
			s.take(c)
			if s.Stale && s.seen {
				return s.Reload()
			}
			return nil
		}
	})
}

// Show shows new content with the cursor on the row it was on: what a page that
// is not loaded by itself is given.
func (s *Page) Show(c Content) { s.take(c) }

// take shows new content with the cursor on the row it was on.
func (s *Page) take(c Content) {
	if s.goal == (app.Route{}) && s.at < len(s.Content.Rows) {
		s.goal = s.Content.Rows[s.at].Route
	}
	s.all, s.ready = c, true
	s.sided = slices.ContainsFunc(c.Rows, func(r Row) bool { return r.Side != nil })
	s.narrow()
	s.placeCursor()
}

// placeCursor puts the cursor on the row that leads where it is to go.
func (s *Page) placeCursor() {
	if s.goal.ID != 0 {
		for i, r := range s.Content.Rows {
			if !r.Heading && r.Route.Kind == s.goal.Kind && r.Route.ID == s.goal.ID {
				s.at, s.goal = i, app.Route{}
				return
			}
		}
	}
	if s.ready {
		s.goal = app.Route{}
	}
	s.at = min(s.at, max(len(s.Content.Rows)-1, 0))
	if cur := s.Row(); cur == nil {
		s.move(1)
	}
	if cur := s.Row(); cur == nil {
		s.move(-1)
	}
}

// Row gives the row under the cursor, or nil.
func (s *Page) Row() *Row {
	if s.at >= len(s.Content.Rows) || s.Content.Rows[s.at].Heading {
		return nil
	}
	return &s.Content.Rows[s.at]
}

// Keys implements [app.Screen].
func (s *Page) Keys() []key.Binding {
	k := s.App.Keys
	var out []key.Binding
	r := s.Row()
	if r != nil && r.Route.Kind != "" {
		out = append(out, k.Open)
	}
	for _, d := range s.Actions {
		if d.Offers == nil || r != nil && d.Offers(r) {
			out = append(out, d.Key)
		}
	}
	out = append(out, k.Down, k.Up, k.PageDown, k.PageUp, k.Home, k.End, k.Back)
	if len(s.all.Rows) > 0 {
		out = append(out, k.Filter)
	}
	return out
}

// Update implements [app.Screen].
func (s *Page) Update(msg tea.Msg) tea.Cmd {
	press, ok := msg.(tea.KeyPressMsg)
	if s.typing {
		return s.typed(msg)
	}
	if !ok {
		return nil
	}
	fresh := s.Reload()
	return tea.Batch(fresh, s.press(press))
}

func (s *Page) press(press tea.KeyPressMsg) tea.Cmd {
	k := s.App.Keys
	switch {
	case key.Matches(press, k.Down):
		s.move(1)
	case key.Matches(press, k.Up):
		s.move(-1)
	case key.Matches(press, k.PageDown):
		s.jump(max(s.height-1, 1))
	case key.Matches(press, k.PageUp):
		s.jump(-max(s.height-1, 1))
	case key.Matches(press, k.Home):
		s.jump(-len(s.Content.Rows))
	case key.Matches(press, k.End):
		s.jump(len(s.Content.Rows))
	case key.Matches(press, k.Filter):
		s.typing = true
	case key.Matches(press, k.Back) && s.Filtered():
		s.clear()
	case key.Matches(press, k.Back):
		cmd, _ := s.Host.Leave()
		return cmd
	case key.Matches(press, k.Open):
		if r := s.Row(); r != nil && r.Route.Kind != "" {
			return s.App.Open(r.Route)
		}
	}
	for _, d := range s.Actions {
		if key.Matches(press, d.Key) {
			if r := s.Row(); r != nil || d.Always {
				return d.Do(r)
			}
		}
	}
	return nil
}

// move goes to the next row in a direction that is no heading.
func (s *Page) move(n int) {
	for i := s.at + n; i >= 0 && i < len(s.Content.Rows); i += n {
		if !s.Content.Rows[i].Heading {
			s.at = i
			return
		}
	}
}

// jump goes several rows on, to one that is no heading.
func (s *Page) jump(n int) {
	s.at = min(max(s.at+n, 0), max(len(s.Content.Rows)-1, 0))
	if s.Row() == nil {
		if n > 0 {
			s.move(1)
		}
		if s.Row() == nil {
			s.move(-1)
		}
		if s.Row() == nil {
			s.move(1)
		}
	}
}

// Bind makes a key of a page.
func Bind(keys, does string) key.Binding {
	return key.NewBinding(key.WithKeys(keys), key.WithHelp(keys, does))
}

// Relabel gives a key other words on this page.
func Relabel(b key.Binding, does string) key.Binding {
	b.SetHelp(b.Help().Key, does)
	return b
}
