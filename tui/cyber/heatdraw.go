package cyber

import (
	"fmt"
	"strconv"

	tea "charm.land/bubbletea/v2"

	"interlocal/tui/chart"
	"interlocal/tui/frame"
)

// Widths of the heatmap's columns.
const (
	partWidth  = 11 // "▸ PR.AA-01 "
	shapeWidth = 4  // "5▒▒▒"
	nameWidth  = 14 // the least room for a name beside the cells
)

// Draw draws the page.
func (h *heat) Draw(f *frame.Frame, r frame.Rect) {
	r = r.Inset(1, 0)
	sh := h.sheet()
	if sh == nil {
		h.s.drawEmpty(f, r)
		return
	}
	head, r := r.SplitTop(1)
	h.drawHead(f, head)
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
	h.height = body.H
	h.across = max(1, (r.W-partWidth-nameWidth)/h.cellWidth())
	h.scroll()
	h.drawTitles(f, titles)
	onWheel(f, body, func(rows int) { h.move(rows, 0) })
	for i := 0; i < body.H && h.top+i < len(h.rows); i++ {
		h.drawRow(f, body.Row(i), h.top+i)
		row := h.top + i
		onClick(f, body.Row(i), func(x int) tea.Cmd {
			h.row = row
			if col := h.left + (x-partWidth)/h.cellWidth(); x >= partWidth && col < len(h.columns) {
				h.col = col
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

// scroll keeps the cursor in sight.
func (h *heat) scroll() {
	h.top = max(0, min(h.top, h.row), h.row-h.height+1)
	h.left = max(0, min(h.left, h.col), h.col-h.across+1)
}

// drawHead tells what the map shows.
func (h *heat) drawHead(f *frame.Frame, r frame.Rect) {
	t := h.s.d.Theme
	f.At(r.X, r.Y)
	if h.cities {
		f.Put(t.Title, strconv.Itoa(h.s.now.cycle.Year)+" by city")
		f.Put(t.Dim, "  only what was shared with you")
	} else {
		f.Put(t.Title, h.s.now.city.Name+" by year")
		f.Put(t.Dim, "  "+h.s.now.cycle.Framework.Title())
	}
	note := "1-7 level  A accepted  - n/a  ? unknown  · alone: open"
	if h.cities && h.hidden > 0 {
		note = count(h.hidden, "city has", "cities have") + " shared no scores with you"
	}
	right(f, r, t.Dim, note)
}

func (h *heat) drawTitles(f *frame.Frame, r frame.Rect) {
	t := h.s.d.Theme
	f.At(r.X+partWidth, r.Y)
	for k := h.left; k < min(h.left+h.across, len(h.columns)); k++ {
		ink := t.Heading
		if k == h.col {
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
	if i == h.row {
		mark = "▸ "
	}
	f.At(r.X, r.Y)
	f.Text(t.Accent, mark, 2)
	f.Text(ink, row.part, partWidth-2)
	st := chart.Style{Fill: t.Bar, Track: t.Plain, Text: t.Text}
	minimum := h.s.now.minimum()
	last := min(h.left+h.across, len(h.columns))
	for k := h.left; k < last; k++ {
		x, _ := f.Pen()
		c := h.cells[i][k]
		s := st
		if c.level > 0 && c.level < minimum {
			s.Fill, s.Text = t.Warn, t.Strong
		}
		if i == h.row && k == h.col {
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
		f.Text(t.Strong, fmt.Sprintf("%s, %s", h.rows[h.row].part, h.columns[h.col].title), r.W)
		_, r = r.SplitTop(2)
		_, r = r.SplitTop(paragraph(f, r, t.Text, h.sentence(), 6) + 1)
		paragraph(f, r, t.Dim, h.asks(), 8)
		return
	}
	paragraph(f, r, t.Dim, h.sentence(), r.H)
}
