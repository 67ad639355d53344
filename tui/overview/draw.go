package overview

import (
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
		want := max(len(s.sections[i].items), 1) + 2
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
		f.Text(t.Dim, sec.says(s.ready), body.W-1)
		return
	}
	sec.rows = body.H
	sec.top = min(max(sec.top, sec.at-body.H+1), sec.at)
	sec.top = max(min(sec.top, len(sec.items)-body.H), 0)
	for row := 0; row < body.H && sec.top+row < len(sec.items); row++ {
		n := sec.top + row
		s.drawItem(f, body.Row(row), sec.items[n], s.at == i && sec.at == n)
		f.Zone(body.Row(row), func(m frame.Mouse) tea.Cmd { return s.mouse(m, i, n) })
	}
}

// mouse selects a line with one click, opens it with the second and scrolls.
func (s *Screen) mouse(m frame.Mouse, section, n int) tea.Cmd {
	if turn := m.Wheel(); turn != 0 {
		s.at = section
		sec := &s.sections[section]
		sec.at = min(max(sec.at+turn, 0), len(sec.items)-1)
		return nil
	}
	if !m.Clicked() {
		return nil
	}
	again := s.at == section && s.sections[section].at == n
	s.at, s.sections[section].at = section, n
	if again {
		return s.openLine()
	}
	return nil
}

func (s *Screen) drawItem(f *frame.Frame, r frame.Rect, it item, current bool) {
	t := s.d.Theme
	over := func(k theme.Ink) theme.Ink { return k }
	if current {
		over = func(k theme.Ink) theme.Ink { return t.Over(t.Selected, k) }
		f.Cursor(r.X, r.Y)
	}
	f.At(r.X, r.Y)
	w := r.W
	if it.glyph != "" {
		f.Text(over(it.ink(t)), " "+it.glyph+" ", 3)
		w -= 3
	}
	if it.when != "" {
		ww := text.Width("Wed Sep 30") + 2
		f.Text(over(t.Dim), " "+it.when, ww)
		w -= ww
	}
	f.Text(over(t.Text), it.text, w)
}
