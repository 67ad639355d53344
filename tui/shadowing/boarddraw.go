package shadowing

import (
	"fmt"
	"strconv"

	"interlocal/model/field"
	"interlocal/model/shadowing"
	"interlocal/model/text"
	"interlocal/tui/frame"
	"interlocal/tui/page"
	"interlocal/tui/theme"
)

// sideFrom is from how many columns on the details stand beside the lists.
const sideFrom = 110

// Draw implements app.Screen.
func (b *Board) Draw(f *frame.Frame, r frame.Rect) {
	b.seen = true
	head, body := r.SplitTop(2)
	if b.theEvent() == nil {
		b.drawNoEvent(f, r)
		return
	}
	b.drawHead(f, head)
	if r.W < sideFrom {
		b.drawPanes(f, body)
		return
	}
	body, side := body.SplitLeft(body.W * 68 / 100)
	b.drawPanes(f, body) // from left to right, which is what frames are quick at
	f.VLine(side.X, side.Y, side.H, b.d.Theme.Faint)
	_, side = side.SplitLeft(2)
	b.drawSide(f, side)
}

// theEvent gives the event of the board; nil when there is none.
func (b *Board) theEvent() *shadowing.Event {
	if b.event == 0 {
		return nil
	}
	return field.Get(b.d.View(), b.event)
}

func (b *Board) drawNoEvent(f *frame.Frame, r frame.Rect) {
	t := b.d.Theme
	f.At(r.X+2, r.Y+1)
	f.Text(t.Text, "There is no event to match people at.", r.W-3)
	f.At(r.X+2, r.Y+2)
	f.Text(t.Dim, "Press E to add one, then enter sign-ups on the sheet.", r.W-3)
	f.At(r.X+2, r.Y+4)
	f.Text(t.Ghost, "e.g. Dana Reyes, Raytown   → Jerome Pickett, Grandview   morning   ■■■■□ 812", r.W-3)
}

// drawHead says which event it is, what there is and how good it is.
func (b *Board) drawHead(f *frame.Frame, r frame.Rect) {
	t, e := b.d.Theme, b.theEvent()
	counts := ""
	if b.plan != nil {
		counts = text.Counted(len(b.records.Entries), "sign-up", "sign-ups") + " · " +
			text.Counted(len(b.plan.Visits), "visit", "visits") + " · " +
			strconv.Itoa(len(b.plan.Waiting)) + " waiting"
	}
	w := f.Measure().Width(counts) + 1
	f.At(r.X+1, r.Y)
	f.Text(t.Title, e.Name+" · "+stateAndDate(e, r.W < sideFrom), max(r.W-w-2, 1))
	f.At(r.Right()-w, r.Y)
	f.Text(t.Dim, counts, w)
	says, ink := b.standing()
	f.At(r.X+1, r.Y+1)
	f.Text(ink, says, r.W-2)
}

// standing says how things stand with the plan, in a sentence.
func (b *Board) standing() (string, theme.Style) {
	t := b.d.Theme
	switch {
	case b.work != nil:
		says := b.work.title + " …  " + b.work.sofar()
		return says, t.Info
	case b.failed != "":
		return b.failed, t.Warn
	case b.round == nil || b.plan == nil:
		return "Comparing work …", t.Dim
	case b.proposing():
		return b.proposal.title + ": y keeps, Esc drops it; " + b.plan.Quality.Words() + ", " +
			text.Counted(len(b.moved), "new visit", "new visits") + ".", t.Accent
	}
	says := ""
	if len(b.round.Broken) > 0 {
		return "A lock cannot be kept: " + b.round.Broken[0] + ".", t.Warn
	}
	if n := len(b.plan.Broken); n > 0 {
		return text.Counted(n, "visit has", "visits have") + " fallen through. r repairs.", t.Alarm
	}
	if n := len(b.tells); n > 0 {
		says = text.Counted(n, "person", "people") + " must be told again: T.  "
	}
	if len(b.plan.Visits) == 0 {
		return says + "No matches yet.", t.Dim
	}
	says += "Quality: " + b.plan.Quality.Words() + "."
	if len(b.tells) > 0 {
		return says, t.Warn
	}
	return says, t.Good
}

// drawPanes draws the list that has the keys; where there is room the others
// are beneath.
func (b *Board) drawPanes(f *frame.Frame, r frame.Rect) {
	t := b.d.Theme
	titles, r := r.SplitTop(1)
	f.At(titles.X+1, titles.Y)
	waits, total := 0, 0
	if b.plan != nil {
		waits, total = len(b.plan.Waiting), len(b.plan.Visits)
	}
	for p, title := range []string{fmt.Sprintf("Matches %d", total), fmt.Sprintf("Waiting %d", waits), "Cities"} {
		ink := t.Dim
		if pane(p) == b.pane {
			ink = t.Badge
		}
		f.Put(ink, " "+title+" ")
		f.Put(t.Plain, " ")
	}
	if b.pane == paneVisits && total > 1 {
		note := b.order.String()
		f.At(titles.Right()-f.Measure().Width(note)-2, titles.Y)
		f.Put(t.Dim, note)
	}
	if b.pane == paneCities {
		b.drawCities(f, r)
		return
	}
	b.list().DrawRows(f, r)
}

// drawCities shows what each city gives and receives.
func (b *Board) drawCities(f *frame.Frame, r frame.Rect) {
	const cell = 8 // columns of a figure
	t := b.d.Theme
	if b.plan == nil {
		return
	}
	cells := func(y int, ink theme.Style, name string, values ...string) {
		if y >= r.Bottom() {
			return
		}
		f.At(r.X+1, y)
		f.Text(ink, name, min(22, max(r.W-2-cell*len(values), 10)))
		for _, v := range values {
			f.TextRight(ink, v, cell)
		}
	}
	n := 5
	switch {
	case r.W < 44:
		n = 3
	case r.W < 56:
		n = 4
	}
	cells(r.Y, t.Heading, "City", []string{"visit", "placed", "given", "halves", "before"}[:n]...)
	for i, c := range b.balance {
		values := []string{strconv.Itoa(c.Visitors), strconv.Itoa(c.Visiting), strconv.Itoa(c.Given),
			strconv.Itoa(c.Made), strconv.Itoa(c.Before)}
		cells(r.Y+1+i, t.Text, c.Name, values[:n]...)
	}
	y := r.Y + 2 + len(b.balance)
	for _, line := range f.Measure().Wrap("“visit”: people who would visit; “placed”: those with a visit; "+
		"“given”: half days its hosts give; “halves”: half days its people spend with hosts elsewhere; "+
		"“before”: half days its people had at earlier events.", max(r.W-2, 10)) {
		if y < r.Bottom() {
			f.At(r.X+1, y)
			f.Text(t.Dim, line, r.W-2)
			y++
		}
	}
}

// drawSide shows what there is to know of the line under the cursor, and the
// cities beneath when there is room.
func (b *Board) drawSide(f *frame.Frame, r frame.Rect) {
	rest := r
	if row := b.list().Row(); row != nil && b.plan != nil {
		rest = page.DrawLines(f, r, b.d.Theme, row.Side())
	}
	if b.pane == paneCities || rest.H < len(b.balance)+4 {
		return
	}
	f.At(r.X, rest.Y+1)
	f.Text(b.d.Theme.Heading, "Balance of the cities", r.W)
	b.drawCities(f, frame.Rect{X: r.X - 1, Y: rest.Y + 2, W: r.W + 1, H: len(b.balance) + 1})
}
