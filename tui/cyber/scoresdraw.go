package cyber

import (
	"strconv"

	"interlocal/model/cyber"
	"interlocal/model/text"
	"interlocal/tui/chart"
	"interlocal/tui/frame"
	"interlocal/tui/page"
	"interlocal/tui/theme"
)

// topLevel is where a bar ends: the highest level.
const topLevel = 7

// draw draws the page.
func (p *scores) draw(f *frame.Frame, r frame.Rect, sh *sheet) {
	note := text.Counted(p.score.Overall.Short, "question", "questions") + " below the goal"
	if n := p.score.Overall.MetAccepted; n > 0 {
		note += ", " + strconv.Itoa(n) + " met by acceptance only"
	}
	r = p.DrawHead(f, r, sh.title(), p.s.rollUp.String(), note, p.s.d.Theme.Warn)
	_, r = r.SplitTop(1)
	if r.W >= wideFrom {
		side, rest := r.SplitRight(r.W / 3)
		r = rest
		side.X, side.W = side.X+2, side.W-2
		used := page.Paragraph(f, side, p.s.d.Theme.Text, p.score.Explain(p.rows[p.At].part), 8)
		_, side = side.SplitTop(used + 1)
		if row := p.rows[p.At]; row.fn >= 0 {
			page.DrawLines(f, side, p.s.d.Theme, p.functionWork(sh, row.fn, true))
		}
	}
	legend, r := r.SplitBottom(1)
	p.drawLegend(f, legend)
	lines := 1
	if r.H >= 2*len(p.rows) {
		lines = 2
	}
	p.Within(len(p.rows), r.H/lines)
	for i := p.Top; i < min(p.Top+p.Height, p.Len); i++ {
		row, _ := r.SplitTop(1)
		row.Y = r.Y + (i-p.Top)*lines
		p.drawRow(f, row, i)
		p.Click(f, row, i, nil)
	}
}

// drawLegend explains the marks on the bars.
func (p *scores) drawLegend(f *frame.Frame, r frame.Rect) {
	t, sh := p.s.d.Theme, p.s.now
	f.At(r.X, r.Y)
	f.Put(t.Dim, "│ minimum "+strconv.Itoa(sh.Options.Minimum)+"   ◇ own target")
	if sh.beforeYear != 0 {
		f.Put(t.Dim, "   ○ "+strconv.Itoa(sh.beforeYear)+", same questions")
	}
	if p.rows[0].benchmark.Known() {
		f.Put(t.Dim, "   ▲ benchmark")
	} else {
		f.Put(t.Dim, "   ▲ benchmark: none on file")
	}
}

// drawRow draws a figure: its name, its bar, the mean, and what the open answers
// leave possible.
func (p *scores) drawRow(f *frame.Frame, r frame.Rect, i int) {
	t, row := p.s.d.Theme, p.rows[i]
	mark, ink := "  ", t.Text
	if i == p.At {
		mark = "▸ "
		f.Cursor(r.X, r.Y)
	}
	name := row.name
	if row.part != "" {
		name = row.part + " " + name
	}
	switch {
	case row.fn < 0:
		ink = t.Strong
	case row.deep:
		ink, name = t.Dim, "  "+name
	}
	f.At(r.X, r.Y)
	f.Text(t.Accent, mark, 2)
	label := max(r.W/4, 16)
	f.Text(ink, name, label)
	figures := 24
	bar := frame.Rect{X: r.X + 2 + label, Y: r.Y, W: max(r.W-label-figures-3, 8), H: 1}
	p.drawBar(f, bar, row)
	f.At(bar.Right()+1, r.Y)
	f.TextRight(t.Strong, row.now.Mean.String(), 3)
	change := ""
	if row.change.Known() {
		change = row.change.Signed()
		if p.s.now.estimated {
			change = "~" + change
		}
	}
	f.TextRight(t.Text, change, 6)
	interval := ""
	if row.now.Open() > 0 && row.now.Low.Known() {
		interval = " " + row.now.Low.String() + " to " + row.now.High.String()
	}
	f.Text(t.Dim, interval, figures-10)
}

// drawBar draws a figure's bar with the marks it is measured by.
func (p *scores) drawBar(f *frame.Frame, bar frame.Rect, row scoreRow) {
	t, fill := p.s.d.Theme, p.s.d.Theme.Bar
	if row.now.Mean.Known() && row.now.Mean.Compare(cyber.NewRatio(int64(p.s.now.Options.Minimum), 1)) < 0 {
		fill = t.Warn
	}
	chart.Bar(f, bar.X, bar.Y, bar.W, share(row.now.Mean), chart.Style{Fill: fill, Track: t.BarTrack})
	at := func(v cyber.Ratio, glyph string, ink theme.Style) {
		if v.Known() {
			f.At(bar.X+min(int(share(v)*float64(bar.W)), bar.W-1), bar.Y)
			f.Text(ink, glyph, 1)
		}
	}
	at(row.target, "◇", t.Accent)
	at(cyber.NewRatio(int64(p.s.now.Options.Minimum), 1), "│", t.Strong)
	at(row.before, "○", t.Text)
	at(row.benchmark, "▲", t.Text)
}

// share places a figure on the scale from 0 to the top level.
func share(v cyber.Ratio) float64 {
	num, den := v.Parts()
	if den == 0 {
		return 0
	}
	return float64(num) / float64(den) / topLevel
}
