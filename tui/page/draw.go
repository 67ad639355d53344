package page

import (
	tea "charm.land/bubbletea/v2"

	"interlocal/model/text"
	"interlocal/tui/frame"
	"interlocal/tui/theme"
)

func (t Tone) ink(th *theme.Theme) theme.Style {
	return [...]theme.Style{th.Text, th.Dim, th.Good, th.Warn, th.Alarm}[t]
}

// besideFrom is from how many columns on a page says beside its rows, instead of
// below them, what there is to say about one.
const besideFrom = 110

// Draw implements [app.Screen].
func (s *Page) Draw(f *frame.Frame, r frame.Rect) {
	s.seen = true
	t := s.App.Theme
	r = r.Inset(1, 0)
	if !s.ready {
		s.drawWaiting(f, r)
		return
	}
	if s.Content.Note != "" {
		for _, l := range text.Wrap(s.Content.Note, r.W) {
			f.At(r.X, r.Y)
			f.Text(t.Dim, l, r.W)
			_, r = r.SplitTop(1)
		}
	}
	r = s.drawFilter(f, r)
	if len(s.all.Rows) == 0 {
		s.drawEmpty(f, r)
		return
	}
	var side frame.Rect
	switch {
	case !s.sided:
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

// DrawRows draws the rows alone, with the filter over them, for a screen on which
// the page is one part of several.
func (s *Page) DrawRows(f *frame.Frame, r frame.Rect) {
	s.seen = true
	if !s.ready {
		s.drawWaiting(f, r)
		return
	}
	r = s.drawFilter(f, r)
	if len(s.all.Rows) == 0 {
		s.drawEmpty(f, r)
		return
	}
	s.drawRows(f, r)
}

func (s *Page) drawWaiting(f *frame.Frame, r frame.Rect) {
	f.At(r.X+1, r.Y+1)
	f.Text(s.App.Theme.Dim, "Working it out …", r.W-1)
}

// widths gives each column its room; 0 leaves it out.
func (s *Page) widths(w int) []int {
	out := make([]int, len(s.Columns))
	left, grow := w-2, 0
	for i, c := range s.Columns {
		switch {
		case w < c.From:
		case c.Width == 0:
			grow++
			left--
		default:
			out[i] = c.Width
			left -= c.Width + 1
		}
	}
	for i, c := range s.Columns {
		if c.Width == 0 && w >= c.From {
			out[i] = max(left/max(grow, 1), 6)
		}
	}
	return out
}

func (s *Page) drawRows(f *frame.Frame, r frame.Rect) {
	t := s.App.Theme
	head, body := r.SplitTop(1)
	widths := s.widths(r.W)
	f.At(head.X+2, head.Y)
	for i, c := range s.Columns {
		drawCell(f, t.Heading, c, c.Title, widths[i])
	}
	s.height = body.H
	s.top = max(min(s.top, s.at-b2i(s.at > 0 && s.Content.Rows[s.at-1].Heading)), s.at-body.H+1)
	s.top = max(min(s.top, len(s.Content.Rows)-body.H), 0)
	for i := s.top; i < min(s.top+body.H, len(s.Content.Rows)); i++ {
		s.drawRow(f, body.Row(i-s.top), &s.Content.Rows[i], widths, i)
	}
}

func b2i(b bool) int {
	if b {
		return 1
	}
	return 0
}

// drawCell draws a cell and the blank behind it.
func drawCell(f *frame.Frame, ink theme.Style, c Column, s string, w int) {
	switch {
	case w == 0:
		return
	case c.Right:
		f.TextRight(ink, s, w)
	default:
		f.Text(ink, s, w)
	}
	f.Fill(ink, 1)
}

func (s *Page) drawRow(f *frame.Frame, r frame.Rect, line *Row, widths []int, i int) {
	t := s.App.Theme
	f.At(r.X, r.Y)
	if line.Heading {
		f.Text(t.Heading, line.Cells[0], r.W)
		return
	}
	over := func(k theme.Style) theme.Style { return k }
	if i == s.at {
		over = func(k theme.Style) theme.Style { return t.Over(t.Selected, k) }
		f.Cursor(r.X, r.Y)
	}
	f.Text(over(line.Tone.ink(t)), line.Mark, 2)
	ink := over(t.Text)
	if line.Tone == Quiet {
		ink = over(t.Dim)
	}
	for j, c := range s.Columns {
		v := ""
		if j < len(line.Cells) {
			v = line.Cells[j]
		}
		drawCell(f, ink, c, v, widths[j])
	}
	x, _ := f.Pen()
	f.Fill(ink, r.Right()-x)
	f.HitArea(r, func(m frame.Mouse) tea.Cmd {
		if n := m.Wheel(); n != 0 {
			s.move(n)
			return nil
		}
		if !m.Clicked() {
			return nil
		}
		again := s.at == i
		s.at = i
		if again && line.Route.Kind != "" {
			return s.App.Open(line.Route)
		}
		return nil
	})
}

// drawSays says what there is to say about the row under the cursor.
func (s *Page) drawSays(f *frame.Frame, r frame.Rect) {
	line := s.Row()
	if r.Empty() || line == nil || line.Side == nil {
		return
	}
	DrawLines(f, r, s.App.Theme, line.Side())
}

// DrawLines draws wrapped lines and returns what is left below; those that begin
// with "# " are headings.
func DrawLines(f *frame.Frame, r frame.Rect, t *theme.Theme, lines []string) frame.Rect {
	for _, l := range lines {
		ink := t.Text
		if len(l) > 2 && l[:2] == "# " {
			l, ink = l[2:], t.Heading
		}
		for _, part := range text.Wrap(l, max(r.W, 8)) {
			if r.H <= 0 {
				return r
			}
			f.At(r.X, r.Y)
			f.Text(ink, part, r.W)
			_, r = r.SplitTop(1)
		}
	}
	return r
}

// drawEmpty says why there is nothing and what it would look like.
func (s *Page) drawEmpty(f *frame.Frame, r frame.Rect) {
	t := s.App.Theme
	_, r = r.SplitTop(1)
	for _, l := range text.Wrap(s.Empty, r.W-2) {
		f.At(r.X+1, r.Y)
		f.Text(t.Text, l, r.W-1)
		_, r = r.SplitTop(1)
	}
	_, r = r.SplitTop(1)
	for _, l := range s.Example {
		if r.H <= 0 {
			return
		}
		f.At(r.X+1, r.Y)
		f.Text(t.Ghost, l, r.W-1)
		_, r = r.SplitTop(1)
	}
}
