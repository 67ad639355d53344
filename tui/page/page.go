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
	Lively // what the eye is to find
)

// Row is a line of a page.
type Row struct {
	Heading bool     // a heading, which the cursor passes over
	Cells   []string // by column; a heading has one
	Mark    string   // one glyph in front
	Tone    Tone     // of the mark
	Tones   []Tone   // of the cells, by column; nil where all are as the column is
	Route   app.Route
	About   any             // what the row is about, for the actions
	Side    func() []string // about the row under the cursor; headings begin with "# "
}

// Column is a column of a page.
type Column struct {
	Title string
	Width int  // columns; 0 takes what is left
	Part  int  // one in so many of the page's columns, and at least Width
	Right bool // figures
	From  int  // left out below this width of the page
	Tone  Tone // of its cells
}

// Content is what a page shows, worked out beside the session.
type Content struct {
	Note  string // a line above the rows
	Rows  []Row
	About any // what a page that draws more than its rows draws besides
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
	// Scope gives the state that the page is in, if in it keys mean something else.
	Scope func() *Scope
	// Pointer marks the row under the cursor in place of a row's own mark.
	Pointer bool
	// Load works the content out; it may run on another goroutine.
	Load func(v *store.View, now value.Wall) Content
	// Finds tells which rows a filter finds; nil finds those with its words.
	Finds   func(query string) func(*Row) bool
	Hint    string   // what stands in the empty filter
	Empty   string   // what stands there without rows, naming the key that makes some
	Example []string // a grayed example below it, a row of cells each line
	Help    string   // for the help page
}

// Page is a page of rows. A page that draws itself embeds one and has a Draw of
// its own; the kit then keeps its cursor and keys.
type Page struct {
	Options
	Cursor

	all     Content // before the filter
	Content Content // as shown
	filter  overlay.Entry
	typing  bool     // the filter has the keys
	folded  []string // of all rows, as a filter reads them; nil until one does
	kept    []Row    // what the filter left
	kit     []Action
	link    []Action
	offered []*Action     // of use when keys were last asked for
	keys    []key.Binding // theirs
	sided   bool          // there is something to say of a row
	ready   bool
	Stale   bool
	seen    bool // drawn since it was last told of changes
	loading bool
	goal    app.Route // the row to stand on once it is there
}

// New makes a page.
func New(o Options) *Page {
	s := &Page{Options: o, filter: overlay.NewEntry()}
	s.Skip = func(i int) bool { return i < len(s.Content.Rows) && s.Content.Rows[i].Heading }
	return s
}

// Name implements [records.View].
func (s *Page) Name() string { return s.ID }

// Title implements [records.View].
func (s *Page) Title() string { return s.Heading }

// Typing implements [app.Screen]: letters are text while the filter has the keys.
func (s *Page) Typing() bool {
	sc := s.scope()
	return s.typing || sc != nil && sc.Typing
}

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
	if s.Load == nil || s.loading || s.ready && !s.Stale {
		return nil
	}
	s.loading, s.Stale = true, false
	view, now, load := s.App.View(), s.App.Now(), s.Load
	return s.App.Background(func() func() tea.Cmd {
		c := load(view, now)
		return func() tea.Cmd {
			s.loading = false
			s.Show(c)
			if s.Stale && s.seen {
				return s.Reload()
			}
			return nil
		}
	})
}

// Show shows new content with the cursor on the row it was on.
func (s *Page) Show(c Content) {
	if s.goal == (app.Route{}) && s.At < len(s.Content.Rows) {
		s.goal = s.Content.Rows[s.At].Route
	}
	s.all, s.folded, s.ready = c, nil, true
	s.sided = slices.ContainsFunc(c.Rows, func(r Row) bool { return r.Side != nil })
	s.narrow()
	s.placeCursor()
}

// placeCursor puts the cursor on the row that leads where it is to go.
func (s *Page) placeCursor() {
	s.Len = len(s.Content.Rows)
	if s.goal.ID != 0 {
		for i, r := range s.Content.Rows {
			if !r.Heading && r.Route.Kind == s.goal.Kind && r.Route.ID == s.goal.ID {
				s.At, s.goal = i, app.Route{}
				return
			}
		}
	}
	if s.ready {
		s.goal = app.Route{}
	}
	s.At = min(s.At, max(s.Len-1, 0))
	s.Jump(0)
}

// Row gives the row under the cursor, or nil.
func (s *Page) Row() *Row {
	if s.At >= len(s.Content.Rows) || s.Content.Rows[s.At].Heading {
		return nil
	}
	return &s.Content.Rows[s.At]
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
