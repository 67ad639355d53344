package equipment

import (
	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"interlocal/model/value"
	"interlocal/store"
	"interlocal/tui/desk"
	"interlocal/tui/records"
)

// tone says how a row is meant; its mark says the same without colour.
type tone uint8

const (
	plain tone = iota
	quiet
	good
	warn
	alarm
)

// row is a line of a sheet.
type row struct {
	head  bool     // a heading, which the cursor passes over
	cells []string // by column; a heading has one
	mark  string   // one glyph in front
	tone  tone     // of the mark
	place desk.Place
	of    any             // what the row is about, for its deeds
	says  func() []string // about the row under the cursor; headings begin with "# "
}

// column is a column of a sheet.
type column struct {
	title string
	w     int  // columns; 0 takes what is left
	right bool // figures
	from  int  // left out below this width of the sheet
}

// content is what a sheet shows, worked out beside the session.
type content struct {
	note string // a line above the rows
	rows []row
}

// deed is something a key does with the row under the cursor.
type deed struct {
	key  key.Binding
	any  bool              // works without a row
	fits func(r *row) bool // whether it is of use for a row; nil for every row
	does func(r *row) tea.Cmd
}

// sheet is a page of rows.
type sheet struct {
	d     *desk.Desk
	tab   *records.Screen
	name  string
	title string
	cols  []column
	deeds []deed
	// load works the content out; it may run on another goroutine.
	load  func(v *store.View, now value.Wall) content
	empty string   // what stands there without rows, naming the key that makes some
	ghost []string // a greyed example below it, a row of cells each line
	help  string   // for the help page

	content content
	at      int // index of the row under the cursor
	top     int
	height  int
	ready   bool
	stale   bool
	seen    bool // drawn since it was last told of changes
	loading bool
	goal    desk.Place // the row to stand on once it is there
}

// Name implements [records.View].
func (s *sheet) Name() string { return s.name }

// Title implements [records.View].
func (s *sheet) Title() string { return s.title }

// Typing implements [desk.Screen]: no letter is text here.
func (s *sheet) Typing() bool { return false }

// HelpText explains the page.
func (s *sheet) HelpText() string { return s.help }

// Visit implements [records.View].
func (s *sheet) Visit(p desk.Place) tea.Cmd {
	s.goal, s.stale = p, true // what is overdue depends on the hour
	s.stand()
	return s.reload()
}

// Refresh implements [desk.Screen]: a page that nobody looks at waits.
func (s *sheet) Refresh() tea.Cmd {
	s.stale = true
	if !s.seen {
		return nil
	}
	s.seen = false
	return s.reload()
}

// reload works the content out again, beside the session.
func (s *sheet) reload() tea.Cmd {
	if s.loading || s.ready && !s.stale {
		return nil
	}
	s.loading, s.stale = true, false
	view, now, load := s.d.View(), s.d.Now(), s.load
	return s.d.Beside(func() func() tea.Cmd {
		c := load(view, now)
		return func() tea.Cmd {
			s.loading = false
			s.take(c)
			if s.stale && s.seen {
				return s.reload()
			}
			return nil
		}
	})
}

// take shows new content with the cursor on the row it was on.
func (s *sheet) take(c content) {
	if s.goal == (desk.Place{}) && s.at < len(s.content.rows) {
		s.goal = s.content.rows[s.at].place
	}
	s.content, s.ready = c, true
	s.stand()
}

// stand puts the cursor on the row that leads where it is to go.
func (s *sheet) stand() {
	if s.goal.ID != 0 {
		for i, r := range s.content.rows {
			if !r.head && r.place.Kind == s.goal.Kind && r.place.ID == s.goal.ID {
				s.at, s.goal = i, desk.Place{}
				return
			}
		}
	}
	if s.ready {
		s.goal = desk.Place{}
	}
	s.at = min(s.at, max(len(s.content.rows)-1, 0))
	if cur := s.row(); cur == nil {
		s.move(1)
	}
	if cur := s.row(); cur == nil {
		s.move(-1)
	}
}

// row gives the row under the cursor, or nil.
func (s *sheet) row() *row {
	if s.at >= len(s.content.rows) || s.content.rows[s.at].head {
		return nil
	}
	return &s.content.rows[s.at]
}

// Keys implements [desk.Screen].
func (s *sheet) Keys() []key.Binding {
	k := s.d.Keys
	var out []key.Binding
	r := s.row()
	if r != nil && r.place.Kind != "" {
		out = append(out, k.Open)
	}
	for _, d := range s.deeds {
		if d.fits == nil || r != nil && d.fits(r) {
			out = append(out, d.key)
		}
	}
	return append(out, k.Down, k.Up, k.PageDown, k.PageUp, k.Home, k.End, k.Back)
}

// Update implements [desk.Screen].
func (s *sheet) Update(msg tea.Msg) tea.Cmd {
	press, ok := msg.(tea.KeyPressMsg)
	if !ok {
		return nil
	}
	fresh := s.reload()
	return tea.Batch(fresh, s.press(press))
}

func (s *sheet) press(press tea.KeyPressMsg) tea.Cmd {
	k := s.d.Keys
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
		s.jump(-len(s.content.rows))
	case key.Matches(press, k.End):
		s.jump(len(s.content.rows))
	case key.Matches(press, k.Back):
		cmd, _ := s.tab.Leave()
		return cmd
	case key.Matches(press, k.Open):
		if r := s.row(); r != nil && r.place.Kind != "" {
			return s.d.Open(r.place)
		}
	}
	for _, d := range s.deeds {
		if key.Matches(press, d.key) {
			if r := s.row(); r != nil || d.any {
				return d.does(r)
			}
		}
	}
	return nil
}

// move goes to the next row in a direction that is no heading.
func (s *sheet) move(n int) {
	for i := s.at + n; i >= 0 && i < len(s.content.rows); i += n {
		if !s.content.rows[i].head {
			s.at = i
			return
		}
	}
}

// jump goes several rows on, to one that is no heading.
func (s *sheet) jump(n int) {
	s.at = min(max(s.at+n, 0), max(len(s.content.rows)-1, 0))
	if s.row() == nil {
		if n > 0 {
			s.move(1)
		}
		if s.row() == nil {
			s.move(-1)
		}
		if s.row() == nil {
			s.move(1)
		}
	}
}

// bind makes a key of a page.
func bind(keys, does string) key.Binding {
	return key.NewBinding(key.WithKeys(keys), key.WithHelp(keys, does))
}

// relabel gives a key other words on this page.
func relabel(b key.Binding, does string) key.Binding {
	b.SetHelp(b.Help().Key, does)
	return b
}
