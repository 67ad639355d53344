package overlay

import (
	"fmt"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"interlocal/model/text"
	"interlocal/tui/frame"
	"interlocal/tui/theme"
)

// Item is something that can be picked.
type Item struct {
	ID    string // what the caller knows it by; not shown
	Title string
	Note  string // a few words more, shown dim
	Key   string // the key that does the same without the list, or empty
	Mark  string // one glyph in front, such as "✓" for a column that is shown
}

// PickOptions say what a [Picker] offers.
type PickOptions struct {
	Title       string
	Placeholder string // shown while nothing has been typed
	Empty       string // shown when nothing fits; "Nothing fits." when empty
	Verb        string // what Enter does; "choose" when empty
	Width       int    // columns wanted; 64 when 0

	// Search returns what fits a query, best first, at most limit of it. It is
	// asked when the query changes, not while drawing.
	Search func(query string, limit int) []Item
	// Choose is called with the item on which Enter was pressed.
	Choose func(Item) tea.Cmd
	// Stay keeps the list open after a choice and asks Search again, for lists
	// of things to turn on and off.
	Stay bool
}

// pickLimit is the most items asked for at once; typing narrows them down.
const pickLimit = 200

// pickRows is how many rows of items are shown when there is room.
const pickRows = 12

// Picker is a list with a line to type into that narrows it down.
type Picker struct {
	theme *theme.Theme
	opts  PickOptions
	entry Entry

	items  []Item
	cursor int
	top    int
	height int
	rows   int // the most items there have been, so that the frame keeps its size

	up, down, pageUp, pageDown, home, end, choose, leave key.Binding
}

// NewPick returns a list to pick from.
func NewPick(th *theme.Theme, opts PickOptions) *Picker {
	if opts.Verb == "" {
		opts.Verb = "choose"
	}
	if opts.Empty == "" {
		opts.Empty = "Nothing fits."
	}
	if opts.Width == 0 {
		opts.Width = 64
	}
	p := &Picker{
		theme: th, opts: opts, entry: NewEntry(), height: 1,
		up:       key.NewBinding(key.WithKeys("up", "shift+tab"), key.WithHelp("↑", "up")),
		down:     key.NewBinding(key.WithKeys("down", "tab"), key.WithHelp("↓", "down")),
		pageUp:   key.NewBinding(key.WithKeys("pgup"), key.WithHelp("PgUp", "page up")),
		pageDown: key.NewBinding(key.WithKeys("pgdown"), key.WithHelp("PgDn", "page down")),
		home:     key.NewBinding(key.WithKeys("home"), key.WithHelp("Home", "first")),
		end:      key.NewBinding(key.WithKeys("end"), key.WithHelp("End", "last")),
		choose:   key.NewBinding(key.WithKeys("enter"), key.WithHelp("Enter", opts.Verb)),
		leave:    key.NewBinding(key.WithKeys("esc"), key.WithHelp("Esc", "close")),
	}
	p.refresh()
	return p
}

// Title implements Titled.
func (p *Picker) Title() string { return p.opts.Title }

// Help implements Dialog.
func (p *Picker) Help() []key.Binding {
	return []key.Binding{p.choose, p.down, p.up, p.leave}
}

// Query returns what has been typed.
func (p *Picker) Query() string { return p.entry.Value() }

// Current returns the item under the cursor, if there is one.
func (p *Picker) Current() (Item, bool) {
	if p.cursor >= len(p.items) {
		return Item{}, false
	}
	return p.items[p.cursor], true
}

// refresh asks for the items that fit; the cursor stays on its row as far as
// there is one.
func (p *Picker) refresh() {
	p.items = nil
	if p.opts.Search != nil {
		p.items = p.opts.Search(p.Query(), pickLimit)
	}
	p.rows = max(p.rows, len(p.items))
	p.move(0)
}

// move moves the cursor by n items and keeps it in view.
func (p *Picker) move(n int) {
	p.cursor = max(0, min(p.cursor+n, len(p.items)-1))
	p.top = max(0, min(p.top, p.cursor, len(p.items)-p.height), p.cursor-p.height+1)
}

// Update implements Dialog.
func (p *Picker) Update(msg tea.Msg) (done bool, cmd tea.Cmd) {
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		return p.press(msg)
	case tea.MouseWheelMsg:
		p.move((frame.Mouse{Msg: msg}).Wheel())
		return false, nil
	}
	return false, p.edit(msg)
}

// press handles a key; what is not a key of the list edits the filter.
func (p *Picker) press(msg tea.KeyPressMsg) (done bool, cmd tea.Cmd) {
	switch {
	case key.Matches(msg, p.leave):
		return true, nil
	case key.Matches(msg, p.choose):
		return p.take()
	case key.Matches(msg, p.up):
		p.move(-1)
	case key.Matches(msg, p.down):
		p.move(1)
	case key.Matches(msg, p.pageUp):
		p.move(-p.height)
	case key.Matches(msg, p.pageDown):
		p.move(p.height)
	case key.Matches(msg, p.home):
		p.move(-len(p.items))
	case key.Matches(msg, p.end):
		p.move(len(p.items))
	default:
		return false, p.edit(msg)
	}
	return false, nil
}

// edit hands a message to the filter and searches anew when it changed.
func (p *Picker) edit(msg tea.Msg) tea.Cmd {
	changed, cmd := p.entry.Update(msg)
	if changed {
		p.cursor, p.top = 0, 0
		p.refresh()
	}
	return cmd
}

// take chooses the item under the cursor.
func (p *Picker) take() (done bool, cmd tea.Cmd) {
	item, ok := p.Current()
	if !ok {
		return false, nil
	}
	if p.opts.Choose != nil {
		cmd = p.opts.Choose(item)
	}
	if p.opts.Stay {
		p.refresh()
		return false, cmd
	}
	return true, cmd
}

// Size implements Dialog.
func (p *Picker) Size(room frame.Rect) (w, h int) {
	return min(p.opts.Width, room.W), min(max(min(p.rows, pickRows), 1)+2, room.H)
}

// Draw implements Dialog.
func (p *Picker) Draw(f *frame.Frame, r frame.Rect) {
	input, list := r.SplitTop(1)
	status, list := list.SplitBottom(1)
	p.height = max(list.H, 1)
	p.move(0)
	f.HitArea(list, p.click)
	for i, item := range p.items[p.top:min(p.top+p.height, len(p.items))] {
		p.drawItem(f, list.Row(i), item, p.top+i == p.cursor)
	}
	if len(p.items) == 0 && !list.Empty() {
		f.At(list.X, list.Y)
		f.Text(p.theme.Dim, p.opts.Empty, list.W)
	}
	if !status.Empty() {
		f.At(status.X, status.Y)
		f.TextRight(p.theme.Dim, p.count(), status.W)
	}
	f.At(input.X, input.Y)
	f.Text(p.theme.Over(p.theme.InputFocus, p.theme.Accent), "› ", 2)
	_, field := input.SplitLeft(2)
	p.entry.Draw(f, field, p.theme, p.opts.Placeholder)
}

// count says where in the list the cursor is.
func (p *Picker) count() string {
	switch {
	case len(p.items) == 0:
		return ""
	case len(p.items) >= pickLimit:
		return fmt.Sprintf("%d of the first %d; type to narrow down", p.cursor+1, len(p.items))
	}
	return fmt.Sprintf("%d of %d", p.cursor+1, len(p.items))
}

// drawItem draws one row of the list.
func (p *Picker) drawItem(f *frame.Frame, r frame.Rect, item Item, current bool) {
	th := p.theme
	ground, pointer := th.Plain, "  "
	if current {
		ground, pointer = th.Selected, "▸ "
	}
	f.At(r.X, r.Y)
	f.Text(th.Over(ground, th.Accent), pointer, 2)
	w := r.W - 2
	if item.Mark != "" || p.opts.Stay {
		f.Text(th.Over(ground, th.Accent), item.Mark, 2)
		w -= 2
	}
	tail := 0
	if item.Key != "" {
		tail = min(f.Measure().Width(item.Key)+1, w/3)
	}
	w = max(w-tail, 0)
	title := min(f.Measure().Width(item.Title), w)
	p.drawTitle(f, ground, item.Title, title)
	if item.Note != "" && title+2 < w {
		f.Fill(ground, 2)
		f.Text(th.Over(ground, th.Dim), item.Note, w-title-2)
	} else {
		f.Fill(ground, w-title)
	}
	f.TextRight(th.Over(ground, th.Key), item.Key, tail)
}

// drawTitle draws a title in w columns with what was searched for brought out,
// where it stands in one piece.
func (p *Picker) drawTitle(f *frame.Frame, ground theme.Style, title string, w int) {
	ink := p.theme.Over(ground, p.theme.Text)
	query := strings.TrimSpace(p.Query())
	at := -1
	if query != "" && len(title) == w && text.Plain(title) {
		at = strings.Index(text.Fold(title), text.Fold(query))
	}
	if at < 0 {
		f.Text(ink, title, w)
		return
	}
	end := at + len(text.Fold(query))
	f.Text(ink, title[:at], at)
	f.Text(p.theme.Over(ground, p.theme.Match), title[at:end], end-at)
	f.Text(ink, title[end:], w-end)
}

// click puts the cursor on the item clicked and presses Enter for the person; the
// wheel moves the cursor.
func (p *Picker) click(m frame.Mouse) tea.Cmd {
	if n := m.Wheel(); n != 0 {
		p.move(n)
		return nil
	}
	if !m.Clicked() || p.top+m.Y >= len(p.items) {
		return nil
	}
	p.cursor = p.top + m.Y
	return func() tea.Msg { return tea.KeyPressMsg{Code: tea.KeyEnter} }
}
