package cyber

import (
	"fmt"
	"strconv"

	tea "charm.land/bubbletea/v2"

	"interlocal/model/text"
	"interlocal/tui/chart"
	"interlocal/tui/frame"
	"interlocal/tui/page"
)

// Widths of the heatmap's columns.
const (
	partWidth  = 11 // "▸ PR.AA-01 "
	shapeWidth = 4  // "5▒▒▒"
	nameWidth  = 14 // the least room for a name beside the cells
)

// draw draws the page.
func (h *heat) draw(f *frame.Frame, r frame.Rect, sh *sheet) {
	r = h.drawHead(f, r, sh)
	foot, r := r.SplitBottom(3)
	if r.W >= wideFrom {
		side := frame.Rect{}
		r.H += foot.H
		side, r = r.SplitRight(r.W / 3)
		side.X, side.W = side.X+2, side.W-2
		h.drawSentence(f, side)
	} else {
		foot.Y, foot.H = foot.Y+1, foot.H-1
		h.drawSentence(f, foot)
	}
	titles, body := r.SplitTop(1)
	h.Within(len(h.rows), body.H)
	h.col.Within(len(h.columns), max(1, (r.W-partWidth-nameWidth)/h.cellWidth()))
	h.drawTitles(f, titles)
	for i := h.Top; i < min(h.Top+body.H, len(h.rows)); i++ {
		h.drawRow(f, body.Row(i-h.Top), i)
		h.Click(f, body.Row(i-h.Top), i, func(x int, _ bool) tea.Cmd {
			if col := h.col.Top + (x-partWidth)/h.cellWidth(); x >= partWidth && col < len(h.columns) {
				h.col.At = col
			}
			return nil
		})
	}
}

// cellWidth is the room of a cell: a city's name needs more than a year.
func (h *heat) cellWidth() int {
	if h.cities {
		return 10
	}
	return shapeWidth + 1
}

// drawHead tells what the map shows.
func (h *heat) drawHead(f *frame.Frame, r frame.Rect, sh *sheet) frame.Rect {
	title, says := sh.City.Name+" by year", sh.Cycle.Framework.Title()
	note := "1-7 level  A accepted  - n/a  ? unknown  · alone: open"
	if h.cities {
		title, says = strconv.Itoa(sh.Cycle.Year)+" by city", "only what was shared with you"
	}
	if h.cities && h.hidden > 0 {
		note = text.Counted(h.hidden, "city has", "cities have") + " shared no scores with you"
	}
	return h.DrawHead(f, r, title, says, note, h.s.d.Theme.Dim)
}

func (h *heat) drawTitles(f *frame.Frame, r frame.Rect) {
	t := h.s.d.Theme
	f.At(r.X+partWidth, r.Y)
	for k := h.col.Top; k < min(h.col.Top+h.col.Height, len(h.columns)); k++ {
		ink := t.Heading
		if k == h.col.At {
			ink = t.Strong
		}
		f.Text(ink, h.columns[k].title, h.cellWidth()-1)
		f.Fill(t.Plain, 1)
	}
}

// drawRow draws one line: the part, its cells, its name.
func (h *heat) drawRow(f *frame.Frame, r frame.Rect, i int) {
	t, row := h.s.d.Theme, h.rows[i]
	ink, mark := t.Text, "  "
	if row.whole {
		ink = t.Heading
	}
	if i == h.At {
		mark = "▸ "
	}
	f.At(r.X, r.Y)
	f.Text(t.Accent, mark, 2)
	f.Text(ink, row.part, partWidth-2)
	st := chart.Style{Fill: t.Bar, Track: t.Plain, Text: t.Text}
	minimum := h.s.now.Options.Minimum
	last := min(h.col.Top+h.col.Height, len(h.columns))
	for k := h.col.Top; k < last; k++ {
		x, _ := f.Pen()
		c := h.cells[i][k]
		s := st
		if c.level > 0 && c.level < minimum {
			s.Fill, s.Text = t.Warn, t.Strong
		}
		if i == h.At && k == h.col.At {
			s.Text, s.Fill, s.Track = t.Selected, t.Over(t.Selected, s.Fill), t.Selected
			f.Cursor(x, r.Y)
		}
		chart.Heat(f, x, r.Y, shapeWidth, c.figure, c.level, 7, s)
		f.At(x+shapeWidth, r.Y)
		f.Fill(t.Plain, h.cellWidth()-shapeWidth)
	}
	name := t.Dim
	if row.whole {
		name = t.Heading
	}
	x, _ := f.Pen()
	f.Text(name, row.name, r.Right()-x)
}

// drawSentence says the cell under the cursor.
func (h *heat) drawSentence(f *frame.Frame, r frame.Rect) {
	t := h.s.d.Theme
	if r.H > 4 {
		f.At(r.X, r.Y)
		f.Text(t.Strong, fmt.Sprintf("%s, %s", h.rows[h.At].part, h.columns[h.col.At].title), r.W)
		_, r = r.SplitTop(2)
		_, r = r.SplitTop(page.Paragraph(f, r, t.Text, h.sentence(), 6) + 1)
		page.Paragraph(f, r, t.Dim, h.asks(), 8)
		return
	}
	page.Paragraph(f, r, t.Dim, h.sentence(), r.H)
}
