package cyber

import (
	"fmt"

	tea "charm.land/bubbletea/v2"

	"interlocal/model/cyber"
	"interlocal/tui/frame"
)

// Draw draws the page.
func (p *plan) Draw(f *frame.Frame, r frame.Rect) {
	t := p.s.d.Theme
	r = r.Inset(1, 0)
	sh := p.sheet()
	if sh == nil {
		p.s.drawEmpty(f, r)
		return
	}
	head, r := r.SplitTop(1)
	f.At(head.X, head.Y)
	f.Put(t.Title, sh.title())
	f.Put(t.Dim, "  "+p.says)
	if p.part != planAll {
		right(f, head, t.Accent, "shown: "+p.part.String())
	}
	titles, r := r.SplitTop(1)
	foot, r := r.SplitBottom(3)
	p.drawLine(f, titles, planLine{"", "Question", "Level", "", "What is done about it", "Who", "By", "State"}, false, true)
	p.height = r.H
	p.top = max(0, min(p.top, p.at), p.at-p.height+1)
	onWheel(f, r, p.move)
	for i := 0; i < r.H && p.top+i < len(p.rows); i++ {
		p.drawLine(f, r.Row(i), p.line(sh, p.rows[p.top+i]), p.top+i == p.at, false)
		at := p.top + i
		onClick(f, r.Row(i), func(int) tea.Cmd { p.at = at; return nil })
	}
	if len(p.rows) == 0 {
		p.drawNone(f, r)
		return
	}
	_, foot = foot.SplitTop(1)
	it := sh.fw.Items[p.rows[p.at].item]
	paragraph(f, foot, t.Dim, "Level 5: "+it.InPlace, foot.H)
}

// drawNone shows what a remedy looks like where there is none to show.
func (p *plan) drawNone(f *frame.Frame, r frame.Rect) {
	t := p.s.d.Theme
	says := "Nothing is below its goal among the answers given so far."
	if p.part != planAll {
		says = "There are none: " + p.part.String() + ". Esc shows everything below its goal."
	}
	f.At(r.X+2, r.Y)
	f.Text(t.Text, says, r.W-2)
	line := planLine{" ", "PR.AA-03", "2→5", "★", "Second factor for every sign-in", "IT lead", "Mar 31", "started"}
	if row := r.Row(2); !row.Empty() {
		p.drawLine(f, row, line, false, false)
		f.At(row.X, row.Y)
		f.Text(t.Ghost, "e.g.  PR.AA-03  2→5 ★ Second factor for every sign-in, IT lead, by Mar 31: started", row.W)
	}
}

// planLine is a row as it is written.
type planLine struct{ mark, item, level, signs, step, who, by, state string }

// line writes a row. What the city does about a weakness is its own and not
// for a wall.
func (p *plan) line(sh *sheet, r planRow) planLine {
	l := planLine{item: string(sh.fw.Items[r.item].ID), level: fmt.Sprintf("%d→%d", r.value, r.goal), state: string(r.remedy.State)}
	if r.cheap {
		l.signs += "★"
	}
	if r.shared && !p.s.projected {
		l.signs += "●"
	}
	l.step, l.who = r.remedy.Step, r.remedy.Owner
	if l.step == "" {
		l.step = "–"
	}
	if r.remedy.Due.Set {
		_, m, d := r.remedy.Due.V.Date()
		l.by = fmt.Sprintf("%s %d", m.String()[:3], d)
		if y := r.remedy.Due.V.Year(); y != p.s.d.Today().Year() {
			l.by += fmt.Sprintf(" '%02d", y%100)
		}
	}
	if r.overdue {
		l.state = "! overdue"
	}
	if r.remedy.State == cyber.RemedyLeft {
		l.state = "left as is"
	}
	if p.s.projected {
		l.step, l.who = "hidden while projected", ""
	}
	return l
}

// drawLine draws a row.
func (p *plan) drawLine(f *frame.Frame, r frame.Rect, l planLine, current, title bool) {
	t := p.s.d.Theme
	ground, ink := t.Plain, t.Text
	switch {
	case current:
		ground, l.mark = t.Selected, "▸"
		f.Cursor(r.X, r.Y)
	case title:
		ink = t.Heading
	}
	who := max(r.W/8, 8)
	step := r.W - 2 - 10 - 6 - 3 - who - 1 - 11 - 11
	f.At(r.X, r.Y)
	f.Text(t.Over(ground, t.Accent), l.mark, 2)
	f.Text(t.Over(ground, ink), l.item, 10)
	f.Text(t.Over(ground, ink), l.level, 6)
	f.Text(t.Over(ground, t.Accent), l.signs, 3)
	f.Text(t.Over(ground, ink), l.step, step)
	f.Fill(ground, 1)
	f.Text(t.Over(ground, ink), l.who, who)
	f.Text(t.Over(ground, ink), l.by, 11)
	state := ink
	if l.state == "! overdue" {
		state = t.Alarm
	}
	f.Text(t.Over(ground, state), l.state, 11)
}

// HelpText explains the marks.
func (p *plan) HelpText() string {
	return "## Marks\n  ★  part of the least work that lifts its function to the minimum\n" +
		"  ●  at least two of the cities that joined lack it\n  !  the day it was due has passed\n"
}
