package records

import (
	"fmt"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"interlocal/model/field"
	"interlocal/store"
	"interlocal/tui/app"
	"interlocal/tui/frame"
)

// conflict asks which value holds where two people changed the same field.
// Everything only one of them changed is merged already.
type conflict struct {
	d      *app.App
	kind   *field.Kind
	clash  *store.ConflictError
	mine   []bool // per column: keep mine
	at     int
	settle func(resolved any, rev uint64) tea.Cmd
	keys   struct{ up, down, mine, theirs, save, leave key.Binding }
}

// newConflict asks about a clash; settle saves the outcome, which builds on
// the revision given.
func newConflict(d *app.App, clash *store.ConflictError, settle func(any, uint64) tea.Cmd) *conflict {
	c := &conflict{d: d, kind: d.Kind(clash.Kind), clash: clash, mine: make([]bool, len(clash.Columns)), settle: settle}
	b := func(help, does string, keys ...string) key.Binding {
		return key.NewBinding(key.WithKeys(keys...), key.WithHelp(help, does))
	}
	c.keys.up, c.keys.down = b("↑", "field above", "up", "k"), b("↓", "field below", "down", "j")
	c.keys.mine, c.keys.theirs = b("m", "keep mine", "m", "left"), b("t", "take theirs", "t", "right")
	c.keys.save, c.keys.leave = b("F2 s", "save", "f2", "s"), b("Esc", "back to my form", "esc")
	return c
}

// Title implements overlay.Titled.
func (c *conflict) Title() string { return "Two of you changed " + c.kind.Label(c.clash.Theirs) }

// Help implements overlay.Dialog.
func (c *conflict) Help() []key.Binding {
	return []key.Binding{c.keys.mine, c.keys.theirs, c.keys.up, c.keys.down, c.keys.save, c.keys.leave}
}

// Size implements overlay.Dialog.
func (c *conflict) Size(room frame.Rect) (w, h int) {
	return min(room.W, 90), min(room.H, 3+4*len(c.clash.Columns))
}

// Update implements overlay.Dialog.
func (c *conflict) Update(msg tea.Msg) (done bool, cmd tea.Cmd) {
	press, ok := msg.(tea.KeyPressMsg)
	if !ok {
		return false, nil
	}
	switch {
	case key.Matches(press, c.keys.up):
		c.at = max(c.at-1, 0)
	case key.Matches(press, c.keys.down):
		c.at = min(c.at+1, len(c.mine)-1)
	case key.Matches(press, c.keys.mine):
		c.choose(true)
	case key.Matches(press, c.keys.theirs):
		c.choose(false)
	case key.Matches(press, c.keys.leave):
		return true, nil
	case key.Matches(press, c.keys.save):
		return true, c.settle(c.resolved(), c.clash.TheirRev)
	}
	return false, nil
}

func (c *conflict) choose(mine bool) {
	c.mine[c.at] = mine
	c.at = min(c.at+1, len(c.mine)-1)
}

// resolved is the merged record with the chosen values.
func (c *conflict) resolved() any {
	rec := c.kind.Clone(c.clash.Merged)
	for i, col := range c.clash.Columns {
		from := c.clash.Theirs
		if c.mine[i] {
			from = c.clash.Mine
		}
		col.Copy(rec, from)
	}
	return rec
}

// Draw implements overlay.Dialog.
func (c *conflict) Draw(f *frame.Frame, r frame.Rect) {
	t, env := c.d.Theme, c.d.Env()
	f.At(r.X, r.Y)
	says := c.clash.TheirActor + " saved first. What only one of you changed is kept; choose for the rest."
	if len(c.clash.Problems) > 0 {
		says = "Both changes do not go together: " + c.clash.Problems[0].Message + "."
	}
	f.Text(t.Text, says, r.W)
	first := max(0, min(c.at-(r.H-3)/4+1, c.at))
	for i := first; i < len(c.mine); i++ {
		y := r.Y + 2 + 4*(i-first)
		if y+2 >= r.Bottom() {
			break
		}
		col := c.clash.Columns[i]
		f.At(r.X, y)
		title := t.Heading
		if i == c.at {
			title = t.Accent
		}
		f.Text(title, col.Title, r.W)
		c.drawChoice(f, frame.Rect{X: r.X, Y: y + 1, W: r.W, H: 1}, i, true, "mine", string(col.Show(nil, c.clash.Mine, env)))
		c.drawChoice(f, frame.Rect{X: r.X, Y: y + 2, W: r.W, H: 1}, i, false, "theirs", string(col.Show(nil, c.clash.Theirs, env)))
	}
}

func (c *conflict) drawChoice(f *frame.Frame, r frame.Rect, i int, mine bool, who, value string) {
	t := c.d.Theme
	glyph, ink := "( )", t.Dim
	if c.mine[i] == mine {
		glyph, ink = "(•)", t.Text
	}
	if value == "" {
		value = "nothing"
	}
	f.At(r.X+1, r.Y)
	f.Text(ink, fmt.Sprintf("%s %-7s %s", glyph, who, value), r.W-1)
	f.HitArea(r, func(m frame.Mouse) tea.Cmd {
		if m.Clicked() {
			c.at = i
			c.mine[i] = mine
		}
		return nil
	})
}
