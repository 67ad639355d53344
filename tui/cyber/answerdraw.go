package cyber

import (
	"fmt"
	"strconv"

	tea "charm.land/bubbletea/v2"

	"interlocal/model/cyber"
	"interlocal/model/text"
	"interlocal/tui/chart"
	"interlocal/tui/frame"
	"interlocal/tui/page"
	"interlocal/tui/theme"
)

// wideFrom is from how many columns on a page has room for explanations beside
// its main part.
const wideFrom = 110

// choicesShown is how many answers a question offers.
const choicesShown = 10

// sideRows is as far down as what helps to answer reaches: beside the answers,
// where the eyes are.
const sideRows = 18

// meaningFrom is how many columns the meaning of an answer needs.
const meaningFrom = 40

// draw draws the page.
func (a *answering) draw(f *frame.Frame, r frame.Rect, sh *sheet) {
	a.Within(len(sh.Framework.Items), pageOfQuestions+1)
	head, r := r.SplitTop(1)
	a.drawHead(f, head)
	if r.H >= choicesShown+5 {
		r = a.drawProgress(f, r, r.H-a.needs(sh, r.W) >= 2)
	}
	r = a.drawQuestion(f, r)
	side := 24
	if r.W >= wideFrom {
		side = r.W * 2 / 5
	}
	left, right := r.SplitLeft(r.W - side)
	a.drawChoices(f, left)
	if r.W >= wideFrom {
		right.X, right.W = right.X+2, right.W-2
	} else {
		_, rest := r.SplitTop(choicesShown)
		page.Paragraph(f, rest, a.s.d.Theme.Dim, a.nextStep(), rest.H)
		right.H = min(right.H, choicesShown)
	}
	right.H = min(right.H, sideRows)
	a.drawSide(f, right)
}

// needs gives how many rows the question, its answers and, on a narrow screen,
// the next step take.
func (a *answering) needs(sh *sheet, w int) int {
	rows := 1 + len(text.Wrap(sh.Framework.Items[a.At].Question, w)) + choicesShown
	if w < wideFrom {
		rows += len(text.Wrap(a.nextStep(), w))
	}
	return rows
}

// drawHead tells whose sheet it is, where it stands and how much is left.
func (a *answering) drawHead(f *frame.Frame, r frame.Rect) {
	t := a.s.d.Theme
	f.At(r.X, r.Y)
	f.Put(t.Title, a.shown.title())
	if r.W >= wideFrom {
		f.Put(t.Dim, "  "+a.shown.stateWords())
	} else {
		f.Put(t.Dim, "  "+string(a.shown.state()))
	}
	if a.s.projected {
		f.Put(t.Plain, "  ")
		f.Put(t.Badge, " projected ")
	}
	note := a.pace.says(a.left())
	if n := a.shown.inheritedCount; n > 0 {
		note = fmt.Sprintf("%d to confirm, ", n) + note
	}
	if a.walk != walkAll {
		note = "going through: " + a.walk.String() + " (" + strconv.Itoa(a.walk.count(a.shown)) + ")  " + note
	}
	page.AtEnd(f, r, t.Accent, note)
}

// drawProgress shows how far each function is and, where there is room, the
// categories of the one in hand, and gives the room that is left.
func (a *answering) drawProgress(f *frame.Frame, r frame.Rect, categories bool) frame.Rect {
	t, sh := a.s.d.Theme, a.shown
	line, r := r.SplitTop(1)
	w := line.W / len(sh.Framework.Functions)
	for i, fn := range sh.Framework.Functions {
		x := line.X + i*w
		ink := t.Dim
		if a.At >= fn.From && a.At < fn.To {
			ink = t.Accent
		}
		f.At(x, line.Y)
		f.Text(ink, string(fn.ID), 3)
		done, of := a.done(fn.From, fn.To), fn.To-fn.From
		chart.Gauge(f, x+3, line.Y, w-4, float64(done)/float64(of), fmt.Sprintf("%d/%d", done, of),
			chart.Style{Fill: t.Bar, Track: t.BarTrack, Text: ink})
	}
	if !categories {
		return r
	}
	line, r = r.SplitTop(1)
	fn := sh.functionOf(a.At)
	f.At(line.X, line.Y)
	for _, c := range sh.Framework.Categories[fn.CatFrom:fn.CatTo] {
		ink := t.Dim
		if a.At >= c.From && a.At < c.To {
			ink = t.Accent
		}
		f.Put(ink, fmt.Sprintf("%s %d/%d", c.ID, a.done(c.From, c.To), c.To-c.From))
		f.Fill(t.Plain, 3)
	}
	if r.H >= choicesShown+12 {
		_, r = r.SplitTop(1)
	}
	return r
}

// done counts the questions from one to another that are answered.
func (a *answering) done(from, to int) int {
	n := 0
	for i := from; i < to; i++ {
		if a.level(i) != "" {
			n++
		}
	}
	return n
}

// drawQuestion asks: in the official words when they are on file, with the
// program's own beneath, otherwise in its own.
func (a *answering) drawQuestion(f *frame.Frame, r frame.Rect) frame.Rect {
	t, sh := a.s.d.Theme, a.shown
	it := sh.Framework.Items[a.At]
	line, r := r.SplitTop(1)
	f.At(line.X, line.Y)
	f.Put(t.Strong, string(it.ID))
	cat, _ := sh.Framework.Category(it.ID.Category())
	f.Put(t.Dim, fmt.Sprintf("  %d of %d  %s: %s", it.Number, len(sh.Framework.Items), sh.functionOf(a.At).Name,
		cat.Name))
	if sh.answer(a.At).Flag {
		page.AtEnd(f, line, t.Warn, "⚑ flagged")
	} else if len(sh.wording) == 0 && a.s.mayWord() {
		a.drawOffer(f, line)
	}
	rows := max(r.H-choicesShown, 1)
	official := sh.wording[it.ID]
	used := 0
	if official != "" && rows == 1 {
		used = page.Paragraph(f, r, t.Text, official, rows)
	} else if official != "" {
		used += page.Paragraph(f, r, t.Text, official, rows-1)
		_, below := r.SplitTop(used)
		used += page.Paragraph(f, below, t.Dim, it.Question, rows-used)
	} else {
		used += page.Paragraph(f, r, t.Text, it.Question, rows)
	}
	keep := 1
	if r.W < wideFrom {
		keep = len(text.Wrap(a.nextStep(), r.W))
	}
	if rows-used > keep {
		used++
	}
	_, r = r.SplitTop(used)
	return r
}

// drawOffer says whose words the question is in, and how to get the official
// ones, where there is room.
func (a *answering) drawOffer(f *frame.Frame, line frame.Rect) {
	x, _ := f.Pen()
	for _, says := range []string{"our words; O brings in the official ones", "our words; O: official"} {
		if f.Measure().Width(says)+x+2 <= line.Right() {
			page.AtEnd(f, line, a.s.d.Theme.Dim, says)
			return
		}
	}
}

// drawChoices lists the answers; the one given and last year's are marked by
// shape.
func (a *answering) drawChoices(f *frame.Frame, r frame.Rect) {
	t, sh := a.s.d.Theme, a.shown
	now, was := a.level(a.At), sh.ghost(a.At)
	meaning := r.W - 54
	for i, c := range a.s.choices {
		line := r.Row(i)
		if line.Empty() {
			return
		}
		mark, ink := "  ", t.Text
		switch {
		case c.Level == now:
			mark, ink = "● ", t.Strong
		case c.Level == was:
			mark, ink = "○ ", t.Dim
		}
		if a.half && c.Level != cyber.InProcess && c.Level != cyber.RiskAccepted {
			ink = t.Dim
		}
		f.At(line.X, line.Y)
		f.Text(t.Accent, mark, 2)
		f.Text(t.Key, c.Keys, 3)
		f.Text(ink, c.Label, min(line.W-5, 49))
		if meaning >= meaningFrom {
			f.Text(t.Dim, c.Meaning, meaning)
		}
		if c.Level == now || now == "" && i == 0 {
			f.Cursor(line.X, line.Y)
		}
		f.HitArea(line, func(m frame.Mouse) tea.Cmd {
			if !m.Clicked() {
				return nil
			}
			return a.choose(c.Level)
		})
	}
}

// nextStep says what has to be true for the next level.
func (a *answering) nextStep() string {
	l := a.level(a.At)
	if l == "" {
		l = a.shown.ghost(a.At)
	}
	return cyber.NextStep(a.shown.Framework.Items[a.At], l)
}

// drawSide shows what helps to answer: last year, what the next level takes,
// the note, what does not fit, and the answers given last.
func (a *answering) drawSide(f *frame.Frame, r frame.Rect) {
	t, sh := a.s.d.Theme, a.shown
	tail := r
	tail, r = r.SplitBottom(min(recentShown+1, r.H))
	a.drawRecent(f, tail)
	put := func(ink theme.Style, s string, rows int) {
		_, r = r.SplitTop(page.Paragraph(f, r, ink, s, min(rows, r.H)))
	}
	switch was := sh.ghost(a.At); {
	case was != "" && sh.answer(a.At).Inherited():
		put(t.Warn, fmt.Sprintf("○ %d: %s. Enter keeps it.", sh.beforeYear, short(was)), 2)
	case was != "":
		put(t.Dim, fmt.Sprintf("○ %d: %s", sh.beforeYear, short(was)), 2)
	default:
		put(t.Dim, "○ no answer last year", 2)
	}
	if now := a.level(a.At); now != "" {
		state := "stored"
		if a.unsaid[a.At] != nil {
			state = "storing …"
		}
		put(t.Text, "● now: "+short(now)+", "+state, 2)
	}
	if fd := sh.finding(a.At); fd != "" {
		if sh.completable(a.At) {
			fd += " c completes it."
		}
		put(t.Warn, "! "+fd, 5)
	}
	if r.W >= 40 {
		_, r = r.SplitTop(min(1, r.H))
		put(t.Text, a.nextStep(), 6)
	}
	if was := sh.beforeOf; was != nil {
		for _, sol := range cyber.Bought(a.s.d.View(), sh.City.ID, was, string(sh.Framework.Items[a.At].ID)) {
			put(t.Good, "Bought "+sol.Bought.V.String()+": "+sol.Name, 2)
		}
	}
	if near := sh.Framework.Items[a.At].Apart; near != "" {
		_, r = r.SplitTop(min(1, r.H))
		put(t.Accent, near, 4)
	}
	put(t.Dim, cyber.WeakestPart, 2)
	if note := sh.answer(a.At).Note; note != "" && !a.s.projected {
		_, r = r.SplitTop(min(1, r.H))
		put(t.Dim, "Note: "+note, 6)
	}
}

// drawRecent lists the answers given last, newest at the bottom.
func (a *answering) drawRecent(f *frame.Frame, r frame.Rect) {
	t := a.s.d.Theme
	if len(a.recent) == 0 || r.Empty() {
		return
	}
	f.At(r.X, r.Y)
	f.Text(t.Label, "Your last answers", r.W)
	from := max(len(a.recent)-recentShown, 0)
	for i, g := range a.recent[from:] {
		line := r.Row(i + 1)
		if line.Empty() {
			return
		}
		mark := "…"
		if g.stored {
			mark = "✓"
		}
		f.At(line.X, line.Y)
		f.Text(t.Good, mark+" ", 2)
		f.Text(t.Text, string(a.shown.Framework.Items[g.item].ID), 9)
		f.Text(t.Dim, " "+short(g.level), line.W-11)
	}
}

// short names a level in a few letters, with its digit.
func short(l cyber.Level) string {
	if s := map[cyber.Level]string{
		cyber.NotPerformed: "1 not performed", cyber.Informal: "2 informal", cyber.Documented: "3 policy",
		cyber.PartlyStandard: "4 partly written", cyber.RiskAccepted: "5 accepted", cyber.InProcess: "5 in process",
		cyber.Tested: "6 tested", cyber.Optimized: "7 optimized", cyber.NotApplicable: "not applicable",
		cyber.UnknownToAnyone: "nobody knows",
	}[l]; s != "" {
		return s
	}
	return "not answered"
}
