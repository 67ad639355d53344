package table

import (
	"slices"
	"strconv"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"interlocal/model/text"
	"interlocal/tui/frame"
)

// chooserKeys are the keys of a [Chooser].
type chooserKeys struct {
	up, down, first, last key.Binding
	toggle                key.Binding // show or put away
	narrower, wider       key.Binding
	earlier, later        key.Binding // move the column
	sort                  key.Binding // by this column; again: the other way
	reset                 key.Binding // the table as it was meant
	leave                 key.Binding
}

func newChooserKeys() chooserKeys {
	bind := func(label, help string, keys ...string) key.Binding {
		return key.NewBinding(key.WithKeys(keys...), key.WithHelp(label, help))
	}
	return chooserKeys{
		up: bind("↑ k", "up", "up", "k"), down: bind("↓ j", "down", "down", "j"),
		first: bind("Home", "first", "home", "pgup", "g"), last: bind("End", "last", "end", "pgdown", "G"),
		toggle:   bind("Space", "show or hide", "space"),
		narrower: bind("<", "narrower", "<"), wider: bind(">", "wider", ">"),
		earlier: bind("K", "move left", "K", "shift+up"), later: bind("J", "move right", "J", "shift+down"),
		sort: bind("s", "sort by it", "s"), reset: bind("r", "reset", "r"),
		leave: bind("Esc", "done", "esc", "enter", "c", "q"),
	}
}

// Chooser lists a table's columns, so that they can be shown, put away, moved,
// widened and sorted by. What it does shows in the table at once. It is a dialog
// that an overlay can hold.
type Chooser struct {
	m    *Model
	keys chooserKeys
	done func() tea.Cmd
	at   int // line under the cursor
	top  int // first line drawn
}

// Chooser makes a chooser for the table's columns. Leaving it calls done, which
// may be nil, so that the layout can be remembered.
func (m *Model) Chooser(done func() tea.Cmd) *Chooser {
	return &Chooser{m: m, keys: newChooserKeys(), done: done}
}

// Title names the dialog.
func (c *Chooser) Title() string { return "Columns" }

// Size gives the columns and rows that show everything, if there is room.
func (c *Chooser) Size(most frame.Rect) (w, h int) {
	w = 18
	for _, col := range c.m.cols {
		w = max(w, text.Width(col.Title))
	}
	return min(w+boxWidth+noteWidth, most.W), min(len(c.m.cols), most.H)
}

// Update takes a message and says whether the chooser is done with. The mouse
// comes through the zones that Draw has set.
func (c *Chooser) Update(msg tea.Msg) (done bool, cmd tea.Cmd) {
	k, ok := msg.(tea.KeyPressMsg)
	if !ok {
		return false, nil
	}
	if key.Matches(k, c.keys.leave) {
		if c.done != nil {
			cmd = c.done()
		}
		return true, cmd
	}
	if order := c.m.layout.ordered(c.m.cols); len(order) > 0 {
		cmd = c.press(k, order)
	}
	return false, cmd
}

// press acts on a key that does not leave.
func (c *Chooser) press(k tea.KeyPressMsg, order []int) tea.Cmd {
	col := c.m.cols[order[c.at]]
	switch {
	case key.Matches(k, c.keys.up):
		c.move(c.at - 1)
	case key.Matches(k, c.keys.down):
		c.move(c.at + 1)
	case key.Matches(k, c.keys.first):
		c.move(0)
	case key.Matches(k, c.keys.last):
		c.move(len(order) - 1)
	case key.Matches(k, c.keys.toggle):
		c.toggle(col)
	case key.Matches(k, c.keys.narrower):
		c.resize(col, -1)
	case key.Matches(k, c.keys.wider):
		c.resize(col, 1)
	case key.Matches(k, c.keys.earlier):
		c.shift(order, -1)
	case key.Matches(k, c.keys.later):
		c.shift(order, 1)
	case key.Matches(k, c.keys.reset):
		c.reset()
	case key.Matches(k, c.keys.sort):
		return c.m.SortOn(col.Name)
	}
	return nil
}

func (c *Chooser) move(to int) { c.at = max(0, min(to, len(c.m.cols)-1)) }

// toggle shows or puts away a column; the last one shown stays.
func (c *Chooser) toggle(col Column) {
	l := &c.m.layout
	if !l.hides(col) && len(l.visible(c.m.cols)) == 1 {
		return
	}
	l.toggle(col)
	c.m.fitted = 0
}

// resize makes a column wider or narrower by one, starting from the width it is
// drawn in.
func (c *Chooser) resize(col Column, by int) {
	l := &c.m.layout
	now, set := l.Widths[col.Name]
	if !set {
		now = col.Width
		for _, p := range c.m.placed {
			if c.m.cols[p.col].Name == col.Name {
				now = p.w
			}
		}
	}
	if l.Widths == nil {
		l.Widths = map[string]int{}
	}
	l.Widths[col.Name] = max(narrowest, min(now+by, widest))
	c.m.fitted = 0
}

// shift moves the column under the cursor among the others.
func (c *Chooser) shift(order []int, by int) {
	to := c.at + by
	if to < 0 || to >= len(order) {
		return
	}
	order[c.at], order[to] = order[to], order[c.at]
	names := make([]string, len(order))
	for i, n := range order {
		names[i] = c.m.cols[n].Name
	}
	c.m.layout.Order, c.at, c.m.fitted = names, to, 0
}

// reset brings the columns back as they were meant; the order of rows stays.
func (c *Chooser) reset() {
	l := &c.m.layout
	*l = Layout{Sort: l.Sort, Desc: l.Desc}
	c.m.fitted = 0
}

const (
	boxWidth  = 4  // the box that shows whether a column is shown
	noteWidth = 12 // its width and whether the rows are sorted by it
)

// Draw draws the list.
func (c *Chooser) Draw(f *frame.Frame, r frame.Rect) {
	if r.Empty() || len(c.m.cols) == 0 {
		return
	}
	before := f.Clip(r)
	defer f.Unclip(before)
	order := c.m.layout.ordered(c.m.cols)
	c.move(c.at)
	c.top = max(0, min(c.top, c.at, len(order)-r.H))
	c.top = max(c.top, c.at-r.H+1)
	for y := range min(r.H, len(order)-c.top) {
		c.drawLine(f, r.Row(y), order[c.top+y], c.top+y == c.at)
	}
	f.Cursor(r.X, r.Y+c.at-c.top)
	f.HitArea(r, c.click)
}

func (c *Chooser) drawLine(f *frame.Frame, r frame.Rect, n int, current bool) {
	th, col, l := c.m.th, c.m.cols[n], &c.m.layout
	base := th.Text
	if current {
		base = th.Selected
	}
	hidden := l.hides(col)
	at := slices.IndexFunc(c.m.placed, func(p placed) bool { return p.col == n })
	sign, note, ink := "[✓] ", "", base
	switch {
	case hidden:
		sign, ink = "[ ] ", th.Over(base, th.Dim)
	case at < 0:
		note = "no room"
	default:
		note = strconv.Itoa(c.m.placed[at].w) + " wide"
	}
	if col.Name == l.Sort {
		note += map[bool]string{false: " " + upward, true: " " + downward}[l.Desc]
	}
	f.At(r.X, r.Y)
	f.Text(ink, sign, boxWidth)
	f.Text(ink, col.Title, max(0, r.W-boxWidth-noteWidth))
	f.TextRight(th.Over(base, th.Dim), note, noteWidth)
}

// click selects a line, and shows or puts away the column when it was selected
// before or its box was clicked.
func (c *Chooser) click(at frame.Mouse) tea.Cmd {
	if by := at.Wheel(); by != 0 {
		c.move(c.at + by)
		return nil
	}
	line := c.top + at.Y
	if !at.Clicked() || line >= len(c.m.cols) {
		return nil
	}
	again := line == c.at || at.X < boxWidth
	c.move(line)
	if again {
		c.toggle(c.m.cols[c.m.layout.ordered(c.m.cols)[line]])
	}
	return nil
}

// Help gives the keys for the line of keys.
func (c *Chooser) Help() []key.Binding {
	k := c.keys
	return []key.Binding{k.toggle, k.narrower, k.wider, k.earlier, k.later, k.sort, k.reset, k.leave}
}
