package overview

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"interlocal/model/text"
	"interlocal/tui/frame"
	"interlocal/tui/theme"
)

// wide is from how many columns on the figures and the calendar stand beside
// the list instead of above and below it.
const wide = 110

// tileHeight is the rows of a figure: its worth and its name.
const tileHeight = 3

// Draw draws the overview.
func (s *Screen) Draw(f *frame.Frame, r frame.Rect) {
	r = r.Inset(1, 0)
	s.seen = true
	if !s.ready {
		f.At(r.X+1, r.Y+1)
		f.Text(s.d.Theme.Dim, "Looking through the records …", r.W-1)
		return
	}
	if r.W >= wide {
		left, right := r.SplitLeft(r.W * 11 / 20)
		_, right = right.SplitLeft(2)
		tiles, right := right.SplitTop(s.tileRows(right.W) * tileHeight)
		s.drawTiles(f, tiles)
		s.stack(f, left, 0, len(s.sections)-2)
		s.stack(f, right, len(s.sections)-2, len(s.sections))
		return
	}
	tiles, rest := r.SplitTop(tileHeight)
	s.drawTiles(f, tiles)
	half := max(rest.H*3/5, rest.H-8)
	upper, lower := rest.SplitTop(half)
	s.stack(f, upper, 0, len(s.sections)-2)
	left, right := lower.SplitLeft(lower.W / 2)
	s.drawSection(f, left, len(s.sections)-2)
	s.drawSection(f, right, len(s.sections)-1)
}

// tileRows is how many rows of figures fit a width with all of them shown.
func (s *Screen) tileRows(w int) int {
	per := max(w/tileWidth(w), 1)
	return min((len(s.summary.Tiles)+per-1)/per, 3)
}

func tileWidth(w int) int { return max(w/max(w/18, 1), 1) }

// drawTiles draws the figures from left to right, as many as there is room for.
func (s *Screen) drawTiles(f *frame.Frame, r frame.Rect) {
	t := s.d.Theme
	tw := tileWidth(r.W)
	x, y := r.X, r.Y
	for _, tile := range s.summary.Tiles {
		if x+tw > r.Right() {
			x, y = r.X, y+tileHeight
		}
		if y+tileHeight > r.Bottom() {
			return
		}
		value := t.Strong
		if !tile.Number.Set {
			value = t.Placeholder
		}
		f.At(x+1, y)
		f.Text(value, tile.Value, tw-2)
		f.At(x+1, y+1)
		f.Text(t.Dim, tile.Name, tw-2)
		x += tw
	}
}

// stack draws sections one below the other, each with as many lines as it has
// and the last with what is left.
func (s *Screen) stack(f *frame.Frame, r frame.Rect, from, to int) {
	for i := from; i < to; i++ {
		want := s.sections[i].height(r.W) + 2
		left := to - i - 1
		h := min(want, r.H-4*left)
		if left == 0 {
			h = r.H
		}
		var part frame.Rect
		part, r = r.SplitTop(h)
		s.drawSection(f, part, i)
	}
}

func (s *Screen) drawSection(f *frame.Frame, r frame.Rect, i int) {
	if r.H < 2 {
		return
	}
	t := s.d.Theme
	sec := &s.sections[i]
	f.At(r.X, r.Y)
	f.Text(t.Heading, sec.heading(), r.W)
	body := frame.Rect{X: r.X, Y: r.Y + 1, W: r.W - 1, H: r.H - 1}
	if r.H > 4 {
		body.H--
	}
	if len(sec.items) == 0 {
		f.At(body.X+1, body.Y)
		f.Text(t.Dim, sec.empty, body.W-1)
		return
	}
	sec.Within(len(sec.items), body.H)
	spare := body.H - (sec.Len - sec.Top)
	for n := sec.Top; n < len(sec.items) && body.H > 0; n++ {
		lines := sec.items[n].lines(body.W)
		h := max(min(len(lines), spare+1), 1)
		spare -= h - 1
		var part frame.Rect
		part, body = body.SplitTop(h)
		s.drawItem(f, part, sec.items[n], lines, s.at == i && sec.At == n)
		f.HitArea(part, func(m frame.Mouse) tea.Cmd { return s.mouse(m, i, n) })
	}
}

// whenWidth is the columns of a line's day.
const whenWidth = len("Wed Sep 30") + 2

// indent is the columns in front of a line's text.
func (it *item) indent() int {
	n := 0
	if it.glyph != "" {
		n += 3
	}
	if it.when != "" {
		n += whenWidth
	}
	return n
}

// height is the rows that show every line of the section in full.
func (sec *section) height(w int) int {
	n := 0
	for i := range sec.items {
		n += len(sec.items[i].lines(w - 1))
	}
	return max(n, 1)
}

// lines breaks the text for a width.
func (it *item) lines(w int) []string { return text.Wrap(it.text, max(w-it.indent(), 10)) }

// mouse selects a line with one click, opens it with the second and scrolls.
func (s *Screen) mouse(m frame.Mouse, section, n int) tea.Cmd {
	if turn := m.Wheel(); turn != 0 {
		s.at = section
		s.sections[section].Jump(turn)
		return nil
	}
	if !m.Clicked() {
		return nil
	}
	again := s.at == section && s.sections[section].At == n
	s.at, s.sections[section].At = section, n
	if again {
		return s.openLine()
	}
	return nil
}

// drawItem draws a line of a section in as many rows as r has. The last row
// takes what is left of the text, cut when it must be.
func (s *Screen) drawItem(f *frame.Frame, r frame.Rect, it item, lines []string, current bool) {
	t := s.d.Theme
	over := func(k theme.Style) theme.Style { return k }
	if current {
		over = func(k theme.Style) theme.Style { return t.Over(t.Selected, k) }
		f.Cursor(r.X, r.Y)
	}
	indent := it.indent()
	for row := range r.H {
		f.At(r.X, r.Y+row)
		if row > 0 {
			f.Fill(over(t.Text), indent)
		} else {
			s.drawLead(f, it, over)
		}
		part := ""
		if row < len(lines) {
			part = lines[row]
		}
		if row == r.H-1 && row+1 < len(lines) {
			part = strings.Join(lines[row:], " ")
		}
		f.Text(over(t.Text), part, r.W-indent)
	}
}

// drawLead draws what stands in front of a line's text.
func (s *Screen) drawLead(f *frame.Frame, it item, over func(theme.Style) theme.Style) {
	t := s.d.Theme
	if it.glyph != "" {
		f.Text(over(it.tone.Ink(t)), " "+it.glyph+" ", 3)
	}
	if it.when != "" {
		f.Text(over(t.Dim), " "+it.when, whenWidth)
	}
}
