package overlay

import (
	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"interlocal/tui/frame"
	"interlocal/tui/theme"
)

// RowKey is a key of a [Rows], and what it does with the row under the cursor; i
// is -1 where there is none.
type RowKey struct {
	Key key.Binding
	Do  func(i int) (done bool, cmd tea.Cmd)
}

// RowsOptions say what a [Rows] shows.
type RowsOptions struct {
	Title string
	Width int                // columns wanted
	Len   func() int         // how many rows there are
	Lines func(i, w int) int // lines of a row; nil is one
	Gap   int                // blank lines between rows
	Draw  func(f *frame.Frame, r frame.Rect, i int, current bool)
	Empty string // stands there without rows

	// Head and Foot draw so many lines above and below the rows.
	Head, Foot         func(f *frame.Frame, r frame.Rect)
	HeadRows, FootRows int

	Keys  []RowKey
	Leave string // what Esc does
}

// Rows is a list to go through with keys of its own: a roll, a vote, ways to go
// on. It owns cursor, scrolling and the mouse.
type Rows struct {
	theme *theme.Theme
	opts  RowsOptions

	at, top         int
	up, down, leave key.Binding
}

// NewRows returns a list to go through.
func NewRows(th *theme.Theme, o RowsOptions) *Rows {
	return &Rows{theme: th, opts: o,
		up:    key.NewBinding(key.WithKeys("up", "k"), key.WithHelp("↑ k", "up")),
		down:  key.NewBinding(key.WithKeys("down", "j"), key.WithHelp("↓ j", "down")),
		leave: key.NewBinding(key.WithKeys("esc"), key.WithHelp("Esc", o.Leave))}
}

// Title implements Titled.
func (l *Rows) Title() string { return l.opts.Title }

// Help implements Dialog.
func (l *Rows) Help() []key.Binding {
	var out []key.Binding
	for _, k := range l.opts.Keys {
		out = append(out, k.Key)
	}
	return append(out, l.down, l.up, l.leave)
}

// height is the lines of a row.
func (l *Rows) height(i, w int) int {
	if l.opts.Lines == nil {
		return 1
	}
	return l.opts.Lines(i, w)
}

// Size implements Dialog.
func (l *Rows) Size(room frame.Rect) (w, h int) {
	w = min(room.W, l.opts.Width)
	n := l.opts.Len()
	for i := range n {
		h += l.height(i, w)
	}
	return w, min(room.H, max(h+l.opts.Gap*(n-1), 1)+l.opts.HeadRows+l.opts.FootRows)
}

// Move goes n rows on.
func (l *Rows) Move(n int) { l.at = max(min(l.at+n, l.opts.Len()-1), 0) }

// Update implements Dialog.
func (l *Rows) Update(msg tea.Msg) (done bool, cmd tea.Cmd) {
	press, ok := msg.(tea.KeyPressMsg)
	switch {
	case !ok:
		return false, nil
	case key.Matches(press, l.up):
		l.Move(-1)
	case key.Matches(press, l.down):
		l.Move(1)
	case key.Matches(press, l.leave):
		return true, nil
	}
	for _, k := range l.opts.Keys {
		if key.Matches(press, k.Key) {
			return k.Do(min(l.at, l.opts.Len()-1))
		}
	}
	return false, nil
}

// Draw implements Dialog; the row under the cursor is in view.
func (l *Rows) Draw(f *frame.Frame, r frame.Rect) {
	head, r := r.SplitTop(l.opts.HeadRows)
	foot, r := r.SplitBottom(l.opts.FootRows)
	if l.opts.Head != nil {
		l.opts.Head(f, head)
	}
	if l.opts.Foot != nil {
		l.opts.Foot(f, foot)
	}
	l.Move(0)
	if l.opts.Len() == 0 {
		f.At(r.X, r.Y)
		f.Text(l.theme.Dim, l.opts.Empty, r.W)
		return
	}
	l.top = min(l.top, l.at)
	for used := l.used(r.W); l.top < l.at && used > r.H; l.top++ {
		used -= l.height(l.top, r.W) + l.opts.Gap
	}
	for i := l.top; i < l.opts.Len() && r.H > 0; i++ {
		var row frame.Rect
		row, r = r.SplitTop(min(l.height(i, r.W), r.H))
		_, r = r.SplitTop(min(l.opts.Gap, r.H))
		if i == l.at {
			f.Cursor(row.X, row.Y)
		}
		f.HitArea(row, func(m frame.Mouse) tea.Cmd {
			if n := m.Wheel(); n != 0 {
				l.Move(n)
			} else if m.Clicked() {
				l.at = i
			}
			return nil
		})
		l.opts.Draw(f, row, i, i == l.at)
	}
}

// used is the lines from the first row in view to the one under the cursor.
func (l *Rows) used(w int) int {
	n := -l.opts.Gap
	for i := l.top; i <= l.at; i++ {
		n += l.height(i, w) + l.opts.Gap
	}
	return n
}
