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

// Viewer shows a text to read: help, a report, what has been copied. It wraps to
// the width there is and scrolls. A line that begins with "# " or "## " is a
// heading.
type Viewer struct {
	theme *theme.Theme
	title string
	body  string
	wide  int

	width  int
	lines  []line
	top    int
	height int
	keys   viewerKeys
	offers []offer
}

// offer is a key of a text beyond reading it, and what it does.
type offer struct {
	key key.Binding
	do  func() (done bool, cmd tea.Cmd)
}

// Offer adds a key to a text, such as one that does what the text describes. A
// key without words for help is not listed; one of Enter keeps a hand on it from
// closing the text unread.
func (v *Viewer) Offer(k key.Binding, do func() (done bool, cmd tea.Cmd)) *Viewer {
	v.offers = append(v.offers, offer{k, do})
	return v
}

// viewerKeys are the keys of a Viewer.
type viewerKeys struct{ up, down, pageUp, pageDown, home, end, leave key.Binding }

// viewerWidth is how wide a text is set when there is room: about what reads
// well.
const viewerWidth = 76

// NewText returns a viewer for a longer text.
func NewText(th *theme.Theme, title, body string) *Viewer {
	return &Viewer{
		theme: th, title: title, body: text.Block(body, 0), wide: viewerWidth,
		keys: viewerKeys{
			up:       key.NewBinding(key.WithKeys("up", "k"), key.WithHelp("↑/k", "up")),
			down:     key.NewBinding(key.WithKeys("down", "j"), key.WithHelp("↓/j", "down")),
			pageUp:   key.NewBinding(key.WithKeys("pgup", "b"), key.WithHelp("PgUp", "page up")),
			pageDown: key.NewBinding(key.WithKeys("pgdown", "space"), key.WithHelp("PgDn", "page down")),
			home:     key.NewBinding(key.WithKeys("home", "g"), key.WithHelp("Home", "first line")),
			end:      key.NewBinding(key.WithKeys("end", "G"), key.WithHelp("End", "last line")),
			leave:    key.NewBinding(key.WithKeys("esc", "q", "enter", "?"), key.WithHelp("Esc", "close")),
		},
	}
}

// messageWidth is how wide a short message is set.
const messageWidth = 52

// NewMessage returns a viewer for a sentence or two.
func NewMessage(th *theme.Theme, title, body string) *Viewer {
	v := NewText(th, title, body)
	v.wide = messageWidth
	return v
}

// Title implements Titled.
func (v *Viewer) Title() string { return v.title }

// Help implements Dialog.
func (v *Viewer) Help() []key.Binding {
	var out []key.Binding
	for _, o := range v.offers {
		if o.key.Help().Desc != "" {
			out = append(out, o.key)
		}
	}
	if len(v.lines) <= v.height {
		return append(out, v.keys.leave)
	}
	return append(out, v.keys.down, v.keys.up, v.keys.pageDown, v.keys.pageUp, v.keys.end, v.keys.home, v.keys.leave)
}

// Update implements Dialog.
func (v *Viewer) Update(msg tea.Msg) (done bool, cmd tea.Cmd) {
	press, ok := msg.(tea.KeyPressMsg)
	if !ok {
		if wheel, ok := msg.(tea.MouseWheelMsg); ok {
			v.scroll(3 * (frame.Mouse{Msg: wheel}).Wheel())
		}
		return false, nil
	}
	for _, o := range v.offers {
		if key.Matches(press, o.key) {
			return o.do()
		}
	}
	switch k := v.keys; {
	case key.Matches(press, k.leave):
		return true, nil
	case key.Matches(press, k.up):
		v.scroll(-1)
	case key.Matches(press, k.down):
		v.scroll(1)
	case key.Matches(press, k.pageUp):
		v.scroll(1 - v.height)
	case key.Matches(press, k.pageDown):
		v.scroll(v.height - 1)
	case key.Matches(press, k.home):
		v.top = 0
	case key.Matches(press, k.end):
		v.scroll(len(v.lines))
	}
	return false, nil
}

// scroll moves by n lines as far as there are lines.
func (v *Viewer) scroll(n int) {
	v.top = max(0, min(v.top+n, len(v.lines)-v.height))
}

// Size implements Dialog.
func (v *Viewer) Size(room frame.Rect) (w, h int) {
	v.layout(min(v.wide, room.W))
	for _, l := range v.lines {
		w = max(w, text.Width(l.text))
	}
	w = max(w, text.Width(v.title)+4, 20)
	h = len(v.lines)
	if h > room.H {
		h, w = room.H, v.wide
	}
	return min(w, room.W), h
}

// layout breaks the body into lines of at most w columns. The line at the top of
// the window stays in sight.
func (v *Viewer) layout(w int) {
	if w == v.width {
		return
	}
	before := len(v.lines)
	v.width, v.lines = w, nil
	for part := range strings.SplitSeq(v.body, "\n") {
		ink := v.theme.Text
		if head, ok := heading(part); ok {
			part, ink = head, v.theme.Heading
		}
		for _, s := range text.Wrap(part, w) {
			v.lines = append(v.lines, line{s, ink})
		}
	}
	if before > 0 {
		v.top = v.top * len(v.lines) / before
	}
}

// heading returns a line without the marks that make it a heading.
func heading(s string) (string, bool) {
	rest := strings.TrimLeft(s, "#")
	if len(rest) == len(s) || !strings.HasPrefix(rest, " ") {
		return s, false
	}
	return rest[1:], true
}

// Draw implements Dialog. When the text is longer than the window, the last row
// says where in it one is.
func (v *Viewer) Draw(f *frame.Frame, r frame.Rect) {
	f.HitArea(r, func(m frame.Mouse) tea.Cmd { v.scroll(3 * m.Wheel()); return nil })
	v.layout(min(v.wide, r.W))
	v.height = r.H
	more := len(v.lines) > r.H
	if more {
		v.height = max(r.H-1, 1)
	}
	v.scroll(0)
	for i, l := range v.lines[v.top:min(v.top+v.height, len(v.lines))] {
		f.At(r.X, r.Y+i)
		f.Text(l.ink, l.text, r.W)
	}
	if more && r.H > 1 {
		at := fmt.Sprintf("%d–%d of %d", v.top+1, min(v.top+v.height, len(v.lines)), len(v.lines))
		f.At(r.X, r.Bottom()-1)
		f.TextRight(v.theme.Dim, at, r.W)
	}
	f.Cursor(r.X, r.Y)
}
