package records

import (
	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"interlocal/tui/app"
)

// View is a page of a tab that is not the list of one kind: a timeline, a
// board, a sheet to answer. It has every key but the two that turn pages, also
// the arrows; while it is [app.Screen.Typing] it has those two as well.
//
// A view opens forms through the [Screen] it stands in, with [Screen.AddWith]
// and [Screen.Edit].
type View interface {
	app.Screen
	// Name is what [app.Route.View] calls the view: "timeline".
	Name() string
	// Title is what the strip above the tab calls it: "Timeline".
	Title() string
	// Visit is called when somebody turns to the view; a place says what they
	// want to see there, the zero Place that they leafed through the pages.
	Visit(app.Route) tea.Cmd
}

// page is one page of a tab: a list or a view.
type page struct {
	list *list
	view View
}

// Insert puts a view into the strip before the page at position at; a
// position past the end puts it last.
func (s *Screen) Insert(at int, v View) *Screen {
	at = min(at, len(s.pages))
	s.pages = append(s.pages[:at], append([]page{{view: v}}, s.pages[at:]...)...)
	s.at = 0
	return s
}

// Views lists the tab's views in their order.
func (s *Screen) Views() []View {
	var out []View
	for _, pg := range s.pages {
		if pg.view != nil {
			out = append(out, pg.view)
		}
	}
	return out
}

// Pages names the tab's lists, by kind, and views in their order.
func (s *Screen) Pages() []string {
	out := make([]string, len(s.pages))
	for i, pg := range s.pages {
		if pg.view != nil {
			out[i] = pg.view.Name()
		} else {
			out[i] = pg.list.kind.Name
		}
	}
	return out
}

// view gives the view being shown, or nil.
func (s *Screen) view() View { return s.pages[s.at].view }

// Shown gives the view that has the keys, or nil.
func (s *Screen) Shown() View {
	if s.editor() != nil {
		return nil
	}
	return s.view()
}

// show turns to a page.
func (s *Screen) show(i int) {
	s.at = i
	for j, l := range s.lists {
		if l == s.pages[i].list {
			s.last = j
		}
	}
}

// turn goes to the page n further.
func (s *Screen) turn(n int) tea.Cmd {
	return s.turnTo((s.at + n + len(s.pages)) % len(s.pages))
}

func (s *Screen) turnTo(i int) tea.Cmd {
	s.reading, s.zoomed, s.visiting = false, false, false
	s.show(i)
	if v := s.view(); v != nil {
		return v.Visit(app.Route{})
	}
	return s.turnPage()
}

// Arrive is called when somebody turns to the tab: a view that is shown takes up
// what has changed while nobody saw it.
func (s *Screen) Arrive() tea.Cmd {
	if v := s.view(); v != nil {
		return v.Visit(app.Route{})
	}
	return nil
}

// openView turns to a named view.
func (s *Screen) openView(p app.Route) tea.Cmd {
	for i, pg := range s.pages {
		if pg.view != nil && pg.view.Name() == p.View {
			s.asking, s.reading, s.zoomed, s.visiting = false, false, false, true
			s.show(i)
			return pg.view.Visit(p)
		}
	}
	return nil
}

// viewMessage answers a message while a view is shown.
func (s *Screen) viewMessage(v View, msg tea.Msg) tea.Cmd {
	press, isKey := msg.(tea.KeyPressMsg)
	if !isKey && !isPaste(msg) {
		return s.toViews(msg)
	}
	if isKey && !v.Typing() {
		switch k := s.d.Keys; {
		case key.Matches(press, k.NextPage):
			return s.turn(1)
		case key.Matches(press, k.PrevPage):
			return s.turn(-1)
		}
	}
	return v.Update(msg)
}

// toViews hands a message that is not input to every view.
func (s *Screen) toViews(msg tea.Msg) tea.Cmd {
	var cmds []tea.Cmd
	for _, pg := range s.pages {
		if pg.view != nil {
			cmds = append(cmds, pg.view.Update(msg))
		}
	}
	return tea.Batch(cmds...)
}

// Leave goes back to where a link to the view was followed from; it reports
// false when none was.
func (s *Screen) Leave() (tea.Cmd, bool) {
	if !s.visiting {
		return nil, false
	}
	s.visiting = false
	return s.d.Return(), true
}

// AfterStoring does something once the views have stored what was typed in
// them. A view that stores behind the typist's back has a method of this name.
func (s *Screen) AfterStoring(do func() tea.Cmd) tea.Cmd {
	for _, v := range s.Views() {
		if storing, ok := v.(interface {
			AfterStoring(func() tea.Cmd) tea.Cmd
		}); ok {
			next := do
			do = func() tea.Cmd { return storing.AfterStoring(next) }
		}
	}
	return do()
}

// viewKeys lists the keys of a view and those that turn pages.
func (s *Screen) viewKeys(v View) []key.Binding {
	if v.Typing() {
		return v.Keys()
	}
	return append(v.Keys(), s.d.Keys.NextPage, s.d.Keys.PrevPage)
}

// Here is where in the tab a session is: the page, the record read and how.
type Here struct {
	page            int
	kind, query     string
	id              uint64
	reading, zoomed bool
	visiting        bool
}

// Here tells where the session is, for [Screen.Revisit].
func (s *Screen) Here() Here {
	l := s.list()
	id, _ := l.table.Cursor()
	if s.reading {
		id = s.page.id
	}
	return Here{s.at, l.kind.Name, l.query, id, s.reading, s.zoomed, s.visiting}
}

// Revisit goes back to where the session was.
func (s *Screen) Revisit(h Here) tea.Cmd {
	if h.kind == "" {
		return nil
	}
	s.show(h.page)
	if v := s.view(); v != nil {
		s.reading, s.zoomed, s.visiting = false, false, h.visiting
		if back, ok := v.(interface{ Return() tea.Cmd }); ok {
			return back.Return()
		}
		return s.Arrive()
	}
	l := s.list()
	if l.query != h.query {
		l.ask(h.query)
	}
	l.table.Select(h.id)
	s.reading, s.zoomed, s.visiting = h.reading, h.zoomed, h.visiting
	if s.reading {
		return s.page.show(l.kind, h.id)
	}
	return s.turnPage()
}
