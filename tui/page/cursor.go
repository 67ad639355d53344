package page

import (
	"fmt"

	tea "charm.land/bubbletea/v2"

	"interlocal/tui/app"
	"interlocal/tui/frame"
	"interlocal/tui/theme"
)

// Cursor is where somebody stands among rows, and which of them are in view.
type Cursor struct {
	At, Top int              // the row under the cursor, the first in view
	Len     int              // how many rows there are
	Height  int              // how many are in view, as drawn last
	Skip    func(i int) bool // rows that the cursor passes over; nil for none
}

func (c *Cursor) skips(i int) bool { return i >= 0 && c.Skip != nil && c.Skip(i) }

// Step goes to the next row in a direction, 1 or -1, if there is one.
func (c *Cursor) Step(n int) {
	for i := c.At + n; i >= 0 && i < c.Len; i += n {
		if !c.skips(i) {
			c.At = i
			return
		}
	}
}

// Jump goes several rows on, and no further than the last or the first.
func (c *Cursor) Jump(n int) {
	c.At = min(max(c.At+n, 0), max(c.Len-1, 0))
	way := 1
	if n < 0 {
		way = -1
	}
	for range 2 {
		if c.skips(c.At) {
			c.Step(way)
		}
		way = -way
	}
}

// Leaf goes as many pages on as fill the view.
func (c *Cursor) Leaf(n int) { c.Jump(n * max(c.Height-1, 1)) }

// Within keeps the cursor on one of n rows and in a view of some height.
func (c *Cursor) Within(n, height int) {
	c.Len, c.Height = n, max(height, 0)
	c.At = max(min(c.At, n-1), 0)
	c.Top = max(min(c.Top, c.At, n-c.Height), c.At-c.Height+1, 0)
}

// Click makes a row answer the mouse: a click puts the cursor on it, the wheel
// moves the cursor. On is told how far from the row's left end a click was, and
// whether the cursor was on the row before; nil for nobody.
func (c *Cursor) Click(f *frame.Frame, r frame.Rect, row int, on func(x int, again bool) tea.Cmd) {
	f.HitArea(r, func(m frame.Mouse) tea.Cmd {
		if n := m.Wheel(); n != 0 {
			c.Step(n)
		}
		if !m.Clicked() {
			return nil
		}
		again := c.At == row
		c.At = row
		if on != nil {
			return on(m.X, again)
		}
		return nil
	})
}

// Scroll leafs through what is in view, wherever the cursor is.
func (c *Cursor) Scroll(n int) {
	c.Top = max(0, min(c.Top+n*(c.Height-1), c.Len-c.Height))
}

// DrawText draws lines as [DrawLines] does, from the first in view, and says how
// much is left below.
func (c *Cursor) DrawText(f *frame.Frame, r frame.Rect, t *theme.Theme, lines []string) {
	rows := wrapped(lines, r.W, t)
	c.Len, c.Height = len(rows), r.H
	c.Scroll(0)
	drawWrapped(f, r, rows[c.Top:])
	if more := c.Len - c.Top - r.H; more > 0 {
		says := fmt.Sprintf(" PgDn: %d more lines", more)
		if more == 1 {
			says = " PgDn: 1 more line"
		}
		AtEnd(f, r.Row(r.H-1), t.Accent, says)
	}
}

// Moves are the keys that move the cursor.
func (c *Cursor) Moves(k app.Keys) []Action {
	return []Action{
		Moves(k.Down, func() { c.Step(1) }), Moves(k.Up, func() { c.Step(-1) }),
		Moves(k.PageDown, func() { c.Leaf(1) }), Moves(k.PageUp, func() { c.Leaf(-1) }),
		Moves(k.Home, func() { c.Jump(-c.Len) }), Moves(k.End, func() { c.Jump(c.Len) }),
	}
}
