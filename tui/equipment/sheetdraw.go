package equipment

import (
	tea "charm.land/bubbletea/v2"

	"interlocal/model/text"
	"interlocal/tui/frame"
	"interlocal/tui/theme"
)

func (t tone) ink(th *theme.Theme) theme.Ink {
	return [...]theme.Ink{th.Text, th.Dim, th.Good, th.Warn, th.Alarm}[t]
}

// besideFrom is from how many columns on a sheet says beside its rows, instead of
// below them, what there is to say about one.
const besideFrom = 110

// Draw implements [desk.Screen].
func (s *sheet) Draw(f *frame.Frame, r frame.Rect) {
	s.seen = true
	t := s.d.Theme
	r = r.Inset(1, 0)
	if !s.ready {
		f.At(r.X+1, r.Y+1)
		f.Text(t.Dim, "Working it out …", r.W-1)
		return
	}
	if s.content.note != "" {
		for _, l := range text.Wrap(s.content.note, r.W) {
			f.At(r.X, r.Y)
			f.Text(t.Dim, l, r.W)
			_, r = r.SplitTop(1)
		}
	}
	if len(s.content.rows) == 0 {
		s.drawEmpty(f, r)
		return
	}
	var side frame.Rect
	switch {
	case r.W >= besideFrom:
		r, side = r.SplitLeft(r.W * 62 / 100)
		f.VLine(side.X, side.Y, side.H, t.Faint)
		_, side = side.SplitLeft(2)
	case r.H >= 10:
		side, r = r.SplitBottom(min(max(r.H/3, 4), 12))
		f.HLine(side.X, side.Y, side.W, t.Faint)
		_, side = side.SplitTop(1)
	}
	s.drawRows(f, r)
	s.drawSays(f, side)
}

// widths gives each column its room; 0 leaves it out.
func (s *sheet) widths(w int) []int {
	out := make([]int, len(s.cols))
	left, grow := w-2, 0
	for i, c := range s.cols {
		switch {
		case w < c.from:
		case c.w == 0:
			grow++
			left--
		default:
			out[i] = c.w
			left -= c.w + 1
		}
	}
	for i, c := range s.cols {
		if c.w == 0 && w >= c.from {
			out[i] = max(left/max(grow, 1), 6)
		}
	}
	return out
}

func (s *sheet) drawRows(f *frame.Frame, r frame.Rect) {
	t := s.d.Theme
	head, body := r.SplitTop(1)
	widths := s.widths(r.W)
	f.At(head.X+2, head.Y)
	for i, c := range s.cols {
		drawCell(f, t.Heading, c, c.title, widths[i])
	}
	s.height = body.H
	s.top = max(min(s.top, s.at-b2i(s.at > 0 && s.content.rows[s.at-1].head)), s.at-body.H+1)
	s.top = max(min(s.top, len(s.content.rows)-body.H), 0)
	for i := s.top; i < min(s.top+body.H, len(s.content.rows)); i++ {
		s.drawRow(f, body.Row(i-s.top), &s.content.rows[i], widths, i)
	}
}

func b2i(b bool) int {
	if b {
		return 1
	}
	return 0
}

// drawCell draws a cell and the blank behind it.
func drawCell(f *frame.Frame, ink theme.Ink, c column, s string, w int) {
	switch {
	case w == 0:
		return
	case c.right:
		f.TextRight(ink, s, w)
	default:
		f.Text(ink, s, w)
	}
	f.Fill(ink, 1)
}

func (s *sheet) drawRow(f *frame.Frame, r frame.Rect, line *row, widths []int, i int) {
	t := s.d.Theme
	f.At(r.X, r.Y)
	if line.head {
		f.Text(t.Heading, line.cells[0], r.W)
		return
	}
	over := func(k theme.Ink) theme.Ink { return k }
	if i == s.at {
		over = func(k theme.Ink) theme.Ink { return t.Over(t.Selected, k) }
		f.Cursor(r.X, r.Y)
	}
	f.Text(over(line.tone.ink(t)), line.mark, 2)
	ink := over(t.Text)
	if line.tone == quiet {
		ink = over(t.Dim)
	}
	for j, c := range s.cols {
		v := ""
		if j < len(line.cells) {
			v = line.cells[j]
		}
		drawCell(f, ink, c, v, widths[j])
	}
	x, _ := f.Pen()
	f.Fill(ink, r.Right()-x)
	f.Zone(r, func(m frame.Mouse) tea.Cmd {
		if n := m.Wheel(); n != 0 {
			s.move(n)
			return nil
		}
		if !m.Clicked() {
			return nil
		}
		again := s.at == i
		s.at = i
		if again && line.place.Kind != "" {
			return s.d.Open(line.place)
		}
		return nil
	})
}

// drawSays says what there is to say about the row under the cursor.
func (s *sheet) drawSays(f *frame.Frame, r frame.Rect) {
	line := s.row()
	if r.Empty() || line == nil || line.says == nil {
		return
	}
	drawLines(f, r, s.d.Theme, line.says())
}

// drawLines draws wrapped lines; those that begin with "# " are headings.
func drawLines(f *frame.Frame, r frame.Rect, t *theme.Theme, lines []string) {
	for _, l := range lines {
		ink := t.Text
		if len(l) > 2 && l[:2] == "# " {
			l, ink = l[2:], t.Heading
		}
		for _, part := range text.Wrap(l, max(r.W, 8)) {
			if r.H <= 0 {
				return
			}
			f.At(r.X, r.Y)
			f.Text(ink, part, r.W)
			_, r = r.SplitTop(1)
		}
	}
}

// drawEmpty says why there is nothing and what it would look like.
func (s *sheet) drawEmpty(f *frame.Frame, r frame.Rect) {
	t := s.d.Theme
	_, r = r.SplitTop(1)
	for _, l := range text.Wrap(s.empty, r.W-2) {
		f.At(r.X+1, r.Y)
		f.Text(t.Text, l, r.W-1)
		_, r = r.SplitTop(1)
	}
	_, r = r.SplitTop(1)
	for _, l := range s.ghost {
		if r.H <= 0 {
			return
		}
		f.At(r.X+1, r.Y)
		f.Text(t.Ghost, l, r.W-1)
		_, r = r.SplitTop(1)
	}
}
