package records

import (
	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"interlocal/tui/app"
	"interlocal/tui/overlay"
	kit "interlocal/tui/page"
	"interlocal/tui/table"
)

// Screen shows the lists of one tab.
type Screen struct {
	d       *app.App
	title   string
	pages   []page // in the order of the strip above the tab
	at      int    // index of the page being shown
	lists   []*list
	last    int                     // index in lists of the list shown last
	actions map[string][]kit.Action // what can be done beyond what every record allows, by kind
	starts  map[string]func() any   // what a new record of a kind begins with

	page    detail
	reading bool // the record's page has the keys
	preview bool // the page stands beside the list when there is room
	zoomed  bool // the page has the whole screen

	visiting bool // a link led here: Esc goes back to where it was followed

	asking  bool // the filter line has the keys
	line    overlay.Entry
	before  string // the filter before it was changed
	editors []*editor
	room    int // columns of the last drawing
	pace    pace

	bindings []key.Binding // of the last list of keys, to be written over
	cover    func() string
}

// New makes the screen of a tab that shows the named kinds.
func New(d *app.App, title string, kinds []string) *Screen {
	s := &Screen{d: d, title: title, preview: true, page: detail{d: d, link: -1}, line: overlay.NewEntry(),
		actions: map[string][]kit.Action{}}
	for _, name := range kinds {
		l := newList(d, d.Kind(name))
		l.table.SetHooks(table.Hooks{
			Sort:   func(string, bool) tea.Cmd { l.reorder(); return l.keepLayout() },
			Select: func(uint64) tea.Cmd { return s.clicked() },
			Open:   func(uint64) tea.Cmd { return s.read() },
		})
		s.lists = append(s.lists, l)
		s.pages = append(s.pages, page{list: l})
	}
	return s
}

// Offer adds what can be done with records of a kind, beyond what every record
// allows. An action is handed a row that leads to the record.
func (s *Screen) Offer(kind string, actions ...kit.Action) *Screen {
	s.actions[kind] = append(s.actions[kind], actions...)
	return s
}

// Acting lists what can be done with records of a kind beyond what every record
// allows.
func (s *Screen) Acting(kind string) []kit.Action { return s.actions[kind] }

// StartWith says what a new record of a kind begins with when nothing else is
// known of it.
func (s *Screen) StartWith(kind string, begin func() any) *Screen {
	if s.starts == nil {
		s.starts = map[string]func() any{}
	}
	s.starts[kind] = begin
	return s
}

// Cover hides the tab's lists, and all that can be done in them, while why
// gives a sentence, which is shown in their place: somebody else may be
// looking on. Views see to themselves.
func (s *Screen) Cover(why func() string) *Screen {
	s.cover = why
	return s
}

// covered gives the sentence that is shown in place of a list, or "".
func (s *Screen) covered() string {
	if s.cover == nil || s.view() != nil {
		return ""
	}
	return s.cover()
}

// list gives the list being shown, or the one shown last.
func (s *Screen) list() *list {
	l := s.lists[s.last]
	if l.stale {
		l.refresh()
	}
	return l
}

// editor gives the form being filled in, or nil.
func (s *Screen) editor() *editor {
	if len(s.editors) == 0 {
		return nil
	}
	return s.editors[len(s.editors)-1]
}

// Typing reports whether letters are text.
func (s *Screen) Typing() bool {
	if v := s.view(); v != nil && v.Typing() {
		return true
	}
	return s.asking || s.editor() != nil
}

// Refresh takes up a changed view: the list being shown now, others when they
// are turned to. Rows are prepared beside the session first, so that a long
// list does not hold up the keys.
func (s *Screen) Refresh() tea.Cmd {
	kinds := make([]string, len(s.lists))
	for i, l := range s.lists {
		l.stale = true
		kinds[i] = l.kind.Name
	}
	view := s.d.View()
	prepare := s.d.Background(func() func() tea.Cmd {
		for _, k := range kinds {
			view.Rows(k).Prepare()
		}
		return nil
	})
	cmds := []tea.Cmd{prepare}
	for _, e := range s.editors {
		e.refresh()
		cmds = append(cmds, e.notice())
	}
	for _, pg := range s.pages {
		if pg.view != nil {
			cmds = append(cmds, pg.view.Refresh())
		}
	}
	if s.room != 0 {
		cmds = append(cmds, s.turnPage())
	}
	return tea.Batch(cmds...)
}

// turnPage shows the record under the cursor on the page.
func (s *Screen) turnPage() tea.Cmd {
	s.pace.behind = false
	l := s.list()
	id, _ := l.table.Cursor()
	if s.reading && s.page.kind == l.kind && s.page.id != 0 {
		id = s.page.id
	}
	return s.page.show(l.kind, id)
}

// Open goes to a view, a list, a record of it, or the form for a new record.
func (s *Screen) Open(p app.Route) tea.Cmd {
	if p.View != "" {
		return s.openView(p)
	}
	for i, pg := range s.pages {
		if pg.list != nil && pg.list.kind.Name == p.Kind {
			s.show(i)
		}
	}
	l := s.list()
	s.asking, s.reading, s.zoomed, s.visiting = false, false, false, true
	switch {
	case p.Add:
		return s.add(nil)
	case p.Filter != "":
		l.ask(p.Filter)
		return s.turnPage()
	case p.ID == 0:
		return s.turnPage()
	case s.d.View().Get(p.Kind, p.ID) == nil:
		s.d.Say(overlay.Info, "That "+l.kind.One+" is no longer there.")
		return s.turnPage()
	}
	if !l.table.Select(p.ID) && l.query != "" {
		l.ask("")
		l.table.Select(p.ID)
	}
	s.reading = true
	return s.page.show(l.kind, p.ID)
}

// Stay forgets that a link led here: the user has turned elsewhere since.
func (s *Screen) Stay() { s.visiting = false }

// Update answers what concerns the screen.
func (s *Screen) Update(msg tea.Msg) tea.Cmd {
	press, isKey := msg.(tea.KeyPressMsg)
	if r, ok := msg.(Rested); ok {
		return s.rested(r)
	}
	if e := s.editor(); e != nil {
		if isKey || isPaste(msg) {
			return e.update(msg)
		}
		return e.other(msg)
	}
	if v := s.view(); v != nil {
		return s.viewMessage(v, msg)
	}
	if !isKey && !isPaste(msg) {
		return s.toViews(msg)
	}
	if s.covered() != "" {
		return s.coveredKey(msg)
	}
	switch {
	case s.asking && (isKey || isPaste(msg)):
		return s.askKey(msg)
	case !isKey:
		return nil
	case s.reading:
		return s.readKey(press)
	}
	return s.listKey(press)
}

// coveredKey answers a key over a list that is covered: only turning on.
func (s *Screen) coveredKey(msg tea.Msg) tea.Cmd {
	press, ok := msg.(tea.KeyPressMsg)
	k := s.d.Keys
	switch {
	case !ok:
	case key.Matches(press, k.Left, k.PrevPage):
		return s.turn(-1)
	case key.Matches(press, k.Right, k.NextPage):
		return s.turn(1)
	case key.Matches(press, k.Back) && s.visiting:
		s.reading, s.zoomed, s.visiting = false, false, false
		return s.d.Return()
	}
	return nil
}

func isPaste(msg tea.Msg) bool {
	_, ok := msg.(tea.PasteMsg)
	return ok
}

// askKey answers a key in the filter line: the list follows as it is typed.
func (s *Screen) askKey(msg tea.Msg) tea.Cmd {
	l := s.list()
	if press, ok := msg.(tea.KeyPressMsg); ok {
		switch press.String() {
		case "enter", "tab":
			s.asking = false
			return s.turnPage()
		case "esc":
			s.asking = false
			l.ask(s.before)
			return s.turnPage()
		case "up", "down", "pgup", "pgdown":
			l.table.Key(press)
			return s.turnPage()
		}
	}
	var cmd tea.Cmd
	_, cmd = s.line.Update(msg)
	if q := s.line.Value(); q != l.query {
		l.ask(q)
		return tea.Batch(cmd, s.turnPage())
	}
	return cmd
}

// readKey answers a key while the record's page has the keys.
func (s *Screen) readKey(press tea.KeyPressMsg) tea.Cmd {
	k := s.d.Keys
	switch {
	case key.Matches(press, k.Back) && s.visiting:
		s.reading, s.zoomed, s.visiting = false, false, false
		return s.d.Return()
	case key.Matches(press, k.Back), key.Matches(press, k.NextPane):
		s.reading, s.zoomed, s.visiting = false, false, false
		return s.turnPage()
	case key.Matches(press, k.Zoom):
		s.zoomed = !s.zoomed
		return nil
	}
	if cmd, ok := s.recordKey(press, []uint64{s.page.id}); ok {
		return cmd
	}
	return s.page.update(press)
}

// listKey answers a key while the list has the keys.
func (s *Screen) listKey(press tea.KeyPressMsg) tea.Cmd {
	k, l := s.d.Keys, s.list()
	switch {
	case key.Matches(press, k.Left, k.PrevPage):
		return s.turn(-1)
	case key.Matches(press, k.Right, k.NextPage):
		return s.turn(1)
	case key.Matches(press, k.Filter):
		s.ask()
		return nil
	case key.Matches(press, k.Open), key.Matches(press, k.NextPane):
		return s.read()
	case key.Matches(press, k.Preview):
		s.preview = !s.preview
		return nil
	case key.Matches(press, k.Zoom):
		s.zoomed = true
		return s.read()
	case key.Matches(press, k.Back) && !l.table.Ranging():
		return s.back()
	case key.Matches(press, k.NextMatch) && l.query != "":
		l.table.SelectRow(l.table.Row() + 1)
		return s.turnPage()
	case key.Matches(press, k.PrevMatch) && l.query != "":
		l.table.SelectRow(l.table.Row() - 1)
		return s.turnPage()
	case key.Matches(press, k.Sort):
		s.chooseSort()
		return nil
	case key.Matches(press, k.Columns):
		s.d.Dialogs.Push(l.table.Chooser(l.keepLayout))
		return nil
	case key.Matches(press, k.Import):
		return s.importFile()
	case key.Matches(press, k.Export):
		return s.export()
	case key.Matches(press, k.Add):
		return s.add(nil)
	}
	if cmd, ok := s.recordKey(press, l.chosen()); ok {
		return cmd
	}
	if l.table.Key(press) {
		return s.follow()
	}
	return nil
}

// recordKey answers a key that is about records: the marked ones, the one under
// the cursor, or the one being read.
func (s *Screen) recordKey(press tea.KeyPressMsg, ids []uint64) (tea.Cmd, bool) {
	k, l := s.d.Keys, s.list()
	if len(ids) == 0 {
		return nil, false
	}
	switch {
	case key.Matches(press, k.Edit):
		return s.edit(ids), true
	case key.Matches(press, k.Delete):
		s.confirmDelete(ids)
		return nil, true
	case key.Matches(press, k.Copy):
		return s.d.Copy(string(l.table.AppendTSV(nil)), "Rows"), true
	case key.Matches(press, k.CopyLink):
		return s.copyLink(ids[0]), true
	case key.Matches(press, k.URL):
		follow := s.settle()
		if url := s.page.url(); url != "" {
			return tea.Batch(follow, s.d.Browse(url)), true
		}
		s.d.Say(0, "There is no link in this "+l.kind.One+".")
		return follow, true
	}
	for _, a := range s.Acting(l.kind.Name) {
		if key.Matches(press, a.Key) && len(ids) > 1 {
			s.d.Say(overlay.Info, "One at a time: Esc takes the marks off.")
			return nil, true
		}
		if key.Matches(press, a.Key) {
			return a.Do(&kit.Row{Route: app.Route{Kind: l.kind.Name, ID: ids[0]}}), true
		}
	}
	return nil, false
}

// ask opens the filter line.
func (s *Screen) ask() {
	l := s.list()
	s.asking, s.before = true, l.query
	s.line.SetValue(l.query)
}

// back undoes one step: the link that led here, the marks, then the filter.
func (s *Screen) back() tea.Cmd {
	l := s.list()
	switch {
	case s.visiting:
		s.visiting = false
		if l.query != "" {
			l.ask("")
		}
		return s.d.Return()
	case l.table.MarkCount() > 0:
		l.table.ClearMarks()
	case l.query != "":
		l.ask("")
	}
	return s.turnPage()
}

// read gives the record's page the keys.
func (s *Screen) read() tea.Cmd {
	if _, ok := s.list().table.Cursor(); !ok {
		s.zoomed = false
		return nil
	}
	cmd := s.turnPage() // before it is read, so that it is the one under the cursor
	s.reading = true
	return cmd
}

// clicked shows the row that the mouse chose.
func (s *Screen) clicked() tea.Cmd {
	s.reading = false
	return s.turnPage()
}

// Keys lists what the keys do now. The list is good until the next is asked for.
func (s *Screen) Keys() []key.Binding {
	k, l := s.d.Keys, s.list()
	if e := s.editor(); e != nil {
		return e.keys()
	}
	if v := s.view(); v != nil {
		return s.viewKeys(v)
	}
	if s.covered() != "" {
		return []key.Binding{k.NextPage, k.PrevPage}
	}
	help := func(b key.Binding, does string) key.Binding { b.SetHelp(b.Help().Key, does); return b }
	out := s.bindings[:0]
	switch {
	case s.asking:
		return append(out, help(k.Open, "keep filter"), help(k.Back, "as before"), k.Up, k.Down)
	case l.table.MarkCount() > 0 && !s.reading:
		return append(out, help(k.Edit, "edit marked"), help(k.Delete, "delete marked"), k.Copy,
			help(k.Export, "export"),
			k.Mark, k.Range, k.MarkAll, help(k.Back, "unmark"))
	case s.reading:
		out = append(out, help(k.Back, "back to list"), k.Edit, help(k.Open, "follow"), k.Down, k.Up)
		return append(s.offered(out), k.Delete, k.Zoom, k.URL, k.CopyLink)
	}
	lists := k.Right
	lists.SetHelp("← →", "lists")
	out = append(out, k.Open, k.Add, k.Edit, k.Filter, lists)
	s.bindings = append(s.offered(out), k.Delete, k.Mark, k.Sort, k.Columns,
		k.Export, k.Import, k.Copy, k.Preview, k.Zoom, k.NextPane, k.Range, k.MarkAll, k.CopyLink, k.URL)
	return s.bindings
}

// offered appends the keys of what can be done with records of this kind alone.
func (s *Screen) offered(out []key.Binding) []key.Binding {
	for _, a := range s.Acting(s.list().kind.Name) {
		out = append(out, a.Key)
	}
	return out
}
