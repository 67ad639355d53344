package records

import (
	"fmt"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"interlocal/model/field"
	"interlocal/store"
	"interlocal/tui/app"
	"interlocal/tui/frame"
	"interlocal/tui/overlay"
)

// conflict asks which value holds where two people changed the same field.
// Everything only one of them changed is merged already.
type conflict struct {
	d     *app.App
	kind  *field.Kind
	clash *store.ConflictError
	mine  []bool // per column: keep mine
	rows  *overlay.Rows
}

// askConflict asks about a clash; settle saves the outcome, which builds on the
// revision given.
func askConflict(d *app.App, clash *store.ConflictError, settle func(any, uint64) tea.Cmd) {
	c := &conflict{d: d, kind: d.Kind(clash.Kind), clash: clash, mine: make([]bool, len(clash.Columns))}
	b := func(help, does string, do func(i int) (bool, tea.Cmd), keys ...string) overlay.RowKey {
		return overlay.RowKey{Key: key.NewBinding(key.WithKeys(keys...), key.WithHelp(help, does)), Do: do}
	}
	c.rows = overlay.NewRows(d.Theme, overlay.RowsOptions{Title: "Two of you changed " + c.kind.Label(clash.Theirs),
		Width: 90, Leave: "back to my form",
		Len: func() int { return len(c.mine) }, Lines: func(int, int) int { return 3 }, Gap: 1, HeadRows: 2,
		Head: c.drawHead, Draw: c.drawField,
		Keys: []overlay.RowKey{b("m", "keep mine", c.choose(true), "m", "left"),
			b("t", "take theirs", c.choose(false), "t", "right"),
			b("F2 s", "save", func(int) (bool, tea.Cmd) { return true, settle(c.resolved(), clash.TheirRev) },
				"f2", "s")}})
	d.Dialogs.Push(c.rows)
}

func (c *conflict) choose(mine bool) func(int) (bool, tea.Cmd) {
	return func(i int) (bool, tea.Cmd) {
		c.mine[i] = mine
		c.rows.Move(1)
		return false, nil
	}
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

func (c *conflict) drawHead(f *frame.Frame, r frame.Rect) {
	says := c.clash.TheirActor + " saved first. What only one of you changed is kept; choose for the rest."
	if len(c.clash.Problems) > 0 {
		says = "Both changes do not go together: " + c.clash.Problems[0].Message + "."
	}
	f.At(r.X, r.Y)
	f.Text(c.d.Theme.Text, says, r.W)
}

// drawField draws a field with both values.
func (c *conflict) drawField(f *frame.Frame, r frame.Rect, i int, current bool) {
	t, env, col := c.d.Theme, c.d.Env(), c.clash.Columns[i]
	title := t.Heading
	if current {
		title = t.Accent
	}
	f.At(r.X, r.Y)
	f.Text(title, col.Title, r.W)
	c.drawChoice(f, r.Row(1), i, true, "mine", string(col.Show(nil, c.clash.Mine, env)))
	c.drawChoice(f, r.Row(2), i, false, "theirs", string(col.Show(nil, c.clash.Theirs, env)))
}

func (c *conflict) drawChoice(f *frame.Frame, r frame.Rect, i int, mine bool, who, value string) {
	t := c.d.Theme
	if r.Empty() {
		return
	}
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
			c.mine[i] = mine
		}
		return nil
	})
}
