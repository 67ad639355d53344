package page

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"interlocal/model/text"
	"interlocal/tui/frame"
	"interlocal/tui/theme"
)

// Ink is the style of a tone.
func (t Tone) Ink(th *theme.Theme) theme.Style {
	return [...]theme.Style{th.Text, th.Dim, th.Good, th.Warn, th.Alarm, th.Accent}[t]
}

// besideFrom is from how many columns on a page says beside its rows, instead of
// below them, what there is to say about one.
const besideFrom = 110

// Draw implements [app.Screen].
func (s *Page) Draw(f *frame.Frame, r frame.Rect) {
	t := s.App.Theme
	r = r.Inset(1, 0)
	if s.ready && s.Content.Note != "" {
		for _, l := range text.Wrap(s.Content.Note, r.W) {
			f.At(r.X, r.Y)
			f.Text(t.Dim, l, r.W)
			_, r = r.SplitTop(1)
		}
	}
	r, ok := s.DrawTop(f, r)
	if !ok {
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
			if c.Part > 0 {
				out[i] = max(c.Width, w/c.Part)
			}
			left -= out[i] + 1
		}
	}
	for i, c := range s.Columns {
		if c.Width == 0 && w >= c.From {
			out[i] = max(left/max(grow, 1), 6)
		}
	}
	return out
}

// DrawTop draws the filter above the rows and gives what is left for them, or
// draws why there are none; ok is false then.
func (s *Page) DrawTop(f *frame.Frame, r frame.Rect) (rest frame.Rect, ok bool) {
	s.seen = true
	switch {
	case !s.ready:
		s.drawWaiting(f, r)
	case len(s.all.Rows) == 0:
		s.drawEmpty(f, r)
	default:
		return s.drawFilter(f, r), true
	}
	return r, false
}

// DrawRows draws the rows under their titles, with the cursor in view and the
// filter above them, or why there are none.
func (s *Page) DrawRows(f *frame.Frame, r frame.Rect) {
	if rest, ok := s.DrawTop(f, r); ok {
		s.drawRows(f, rest)
	}
}

func (s *Page) drawWaiting(f *frame.Frame, r frame.Rect) {
	f.At(r.X+1, r.Y+1)
	f.Text(s.App.Theme.Dim, "Working it out …", r.W-1)
}

func (s *Page) drawRows(f *frame.Frame, r frame.Rect) {
	t := s.App.Theme
	head, body := r.SplitTop(1)
	widths := s.widths(r.W)
	f.At(head.X+2, head.Y)
	for i, c := range s.Columns {
		drawCell(f, t.Heading, c, c.Title, widths[i])
	}
	s.Within(len(s.Content.Rows), body.H)
	if s.Top == s.At && s.skips(s.At-1) && body.H > 1 {
		s.Top-- // its heading with it
	}
	for i := s.Top; i < min(s.Top+body.H, s.Len); i++ {
		s.drawRow(f, body.Row(i-s.Top), &s.Content.Rows[i], widths, i)
	}
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
	mark, tone := line.Mark, line.Tone
	if s.Pointer {
		mark, tone = "", Lively
	}
	if i == s.At {
		over = func(k theme.Style) theme.Style { return t.Over(t.Selected, k) }
		f.Cursor(r.X, r.Y)
		if s.Pointer {
			mark = "▸"
		}
	}
	f.Text(over(tone.Ink(t)), mark, 2)
	for j, c := range s.Columns {
		v := ""
		if j < len(line.Cells) {
			v = line.Cells[j]
		}
		drawCell(f, over(line.ink(j, c).Ink(t)), c, v, widths[j])
	}
	x, _ := f.Pen()
	f.Fill(over(t.Text), r.Right()-x)
	s.Click(f, r, i, func(_ int, again bool) tea.Cmd {
		if !again || line.Route.Kind == "" {
			return nil
		}
		return s.App.Open(line.Route)
	})
}

// ink is how a cell is meant: as it says itself, as its row is, or its column.
func (r *Row) ink(i int, c Column) Tone {
	switch {
	case i < len(r.Tones) && r.Tones[i] != Plain:
		return r.Tones[i]
	case r.Tone == Quiet:
		return Quiet
	}
	return c.Tone
}

// drawSays says what there is to say about the row under the cursor.
func (s *Page) drawSays(f *frame.Frame, r frame.Rect) {
	line := s.Row()
	if r.Empty() || line == nil || line.Side == nil {
		return
	}
	DrawLines(f, r, s.App.Theme, line.Side())
}

// wrappedLine is a row of text as it is drawn.
type wrappedLine struct {
	ink theme.Style
	s   string
}

// wrapped wraps lines; those that begin with "# " are headings.
func wrapped(lines []string, w int, t *theme.Theme) (rows []wrappedLine) {
	for _, l := range lines {
		ink := t.Text
		if head, ok := strings.CutPrefix(l, "# "); ok {
			l, ink = head, t.Heading
		}
		for _, part := range text.Wrap(l, max(w, 8)) {
			rows = append(rows, wrappedLine{ink, part})
		}
	}
	return rows
}

// drawWrapped draws as many rows as there is room for.
func drawWrapped(f *frame.Frame, r frame.Rect, rows []wrappedLine) {
	for i, row := range rows[:min(len(rows), max(r.H, 0))] {
		f.At(r.X, r.Y+i)
		f.Text(row.ink, row.s, r.W)
	}
}

// DrawLines draws wrapped lines and returns what is left below; those that begin
// with "# " are headings.
func DrawLines(f *frame.Frame, r frame.Rect, t *theme.Theme, lines []string) frame.Rect {
	rows := wrapped(lines, r.W, t)
	drawWrapped(f, r, rows)
	_, rest := r.SplitTop(len(rows))
	return rest
}

// drawEmpty says why there is nothing and what it would look like.
func (s *Page) drawEmpty(f *frame.Frame, r frame.Rect) {
	t := s.App.Theme
	words := text.Wrap(s.Empty, r.W-2)
	if len(words)+len(s.Example)+2 <= r.H { // the example is worth more than a blank row
		_, r = r.SplitTop(1)
	}
	for _, l := range words {
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

// Paragraph draws a text in at most so many rows, cut where it is longer, and
// tells how many it took.
func Paragraph(f *frame.Frame, r frame.Rect, ink theme.Style, s string, rows int) int {
	lines := text.Wrap(s, max(r.W, 1))
	rows = max(min(rows, r.H, len(lines)), 0)
	for i := range rows {
		s := lines[i]
		if i == rows-1 && len(lines) > rows {
			s = text.Cut(s+" "+lines[i+1], r.W)
		}
		f.At(r.X, r.Y+i)
		f.Text(ink, s, r.W)
	}
	return rows
}

// AtEnd puts a text at the right end of a row, as far as there is room behind
// the pen.
func AtEnd(f *frame.Frame, r frame.Rect, ink theme.Style, s string) {
	x, _ := f.Pen()
	w := min(f.Measure().Width(s), r.Right()-x-2)
	f.At(r.Right()-max(w, 0), r.Y)
	f.Text(ink, s, w)
}

// DrawHead draws a line about a page that draws itself, with a note at its end,
// and gives the rest.
func (s *Page) DrawHead(f *frame.Frame, r frame.Rect, title, says, note string, ink theme.Style) frame.Rect {
	line, rest := r.SplitTop(1)
	f.At(line.X, line.Y)
	f.Put(s.App.Theme.Title, title)
	f.Put(s.App.Theme.Dim, "  "+says)
	AtEnd(f, line, ink, note)
	return rest
}
