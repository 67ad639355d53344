package equipment

import (
	"fmt"
	"strconv"

	tea "charm.land/bubbletea/v2"

	"interlocal/model/lending"
	"interlocal/model/value"
	"interlocal/tui/frame"
	"interlocal/tui/theme"
)

// cell is one column of one unit: what it shows and of which mark.
type cell struct {
	kind markKind
	mark int16 // index among the unit's marks, -1 for none
	day  bool  // a day begins here
}

// panelHeight is the rows below the units: what is under the cursor, and what
// the glyphs mean.
const panelHeight = 4

// labelWidth is how many columns a unit's name gets in a window of a width.
func labelWidth(w int) int { return min(max(w/4, 22), 40) }

// Draw implements [app.Screen].
func (t *timeline) Draw(f *frame.Frame, r frame.Rect) {
	rest, ok := t.DrawTop(f, r.Inset(1, 0))
	if !ok {
		return
	}
	r.Y, r.H = rest.Y, rest.H
	panel, body := r.SplitBottom(panelHeight)
	names := labelWidth(r.W)
	head, units := body.SplitTop(2)
	t.cols = max(r.W-names-1, 1)
	t.keepInView()
	t.drawHead(f, head, names)
	t.Within(len(t.Content.Rows), units.H)
	for i := t.Top; i < min(t.Top+t.Height, t.Len); i++ {
		t.drawUnit(f, units.Row(i-t.Top), names, i)
		t.Click(f, units.Row(i-t.Top), i, func(x int, again bool) tea.Cmd { return t.clicked(x-names-1, again) })
	}
	if t.Len == 0 {
		f.At(units.X+1, units.Y)
		f.Text(t.App.Theme.Text, "No unit fits “"+t.Query()+"”. Esc shows all again.", units.W-1)
	}
	t.drawPanel(f, panel)
}

// clicked puts the cursor on a column; a second click is as Enter.
func (t *timeline) clicked(col int, again bool) tea.Cmd {
	to := t.left + value.Wall(col)*t.step()
	switch {
	case col < 0:
	case again && to == t.cursor && t.carried != nil:
		return t.putDown()
	case again && to == t.cursor:
		return t.enter()
	default:
		t.cursor = to
	}
	return nil
}

// keepInView moves the window so that the cursor is in it, after the window has
// become narrower.
func (t *timeline) keepInView() {
	if end := t.left + value.Wall(t.cols)*t.step(); t.cursor >= end {
		t.left += (t.cursor-end)/t.step()*t.step() + t.step()
	}
}

// drawHead writes the days and, where there is room, the hours.
func (t *timeline) drawHead(f *frame.Frame, r frame.Rect, names int) {
	th := t.App.Theme
	x0, step := r.X+names+1, t.step()
	f.At(r.X+1, r.Y)
	f.Text(th.Dim, t.count(), names-1)
	perDay := int(1440 / step)
	for day := t.left.Day(); day.At(0, 0) < t.left+value.Wall(t.cols)*step; day++ {
		if perDay == 1 && day.Weekday() != 1 && day != t.left.Day() || perDay == 2 && day.Weekday()%2 == 0 {
			continue
		}
		t.drawDay(f, r, x0, day, perDay)
	}
	now := int((t.startOf(t.App.Now()) - t.left) / step)
	for col := range t.cols {
		s := hourMark(t.left+value.Wall(col)*step, step)
		switch {
		case col == now:
			f.At(x0+col, r.Y+1)
			f.Text(th.Accent, "▼", 1)
		case s != "" && col+len(s) <= t.cols && (now < col || now >= col+len(s)):
			f.At(x0+col, r.Y+1)
			f.Text(th.Dim, s, len(s))
		}
	}
}

// drawDay names a day as far as the columns to the next one named allow.
func (t *timeline) drawDay(f *frame.Frame, r frame.Rect, x0 int, day value.Day, perDay int) {
	th := t.App.Theme
	col := int((day.At(0, 0) - t.left) / t.step())
	room := perDay
	switch perDay {
	case 1:
		room = 7
	case 2:
		room = 4
	}
	_, month, n := day.Date()
	s := month.String()[:3] + " " + strconv.Itoa(n)
	if room >= len("Wed Sep 30 ") {
		s = day.Weekday().String()[:3] + " " + s
	}
	if room < len(s)+1 {
		s = strconv.Itoa(n)
	}
	if col < 0 {
		if room+col < len(s)+1 {
			return
		}
		col = 0
	}
	if col+len(s) > t.cols {
		return
	}
	ink := th.Heading
	if day == t.App.Today() {
		ink = th.Accent
	}
	f.At(x0+col, r.Y)
	f.Text(ink, s, len(s))
}

// hourMark gives the hour, or the letter of the day, that stands above a column.
func hourMark(at, step value.Wall) string {
	hour, minute := at.Clock()
	every := 6
	switch step {
	case 30:
		every = 3
	case 240:
		every = 12
	}
	switch {
	case step >= 720:
		if hour == 0 {
			return at.Day().Weekday().String()[:1]
		}
	case minute == 0 && hour%every == 0:
		return strconv.Itoa(hour)
	}
	return ""
}

// count says how many units there are and how long a column is.
func (t *timeline) count() string {
	per := map[value.Wall]string{30: "½ h", 60: "1 h", 120: "2 h", 240: "4 h", 720: "½ day", 1440: "1 day"}[t.step()]
	n := strconv.Itoa(len(t.Content.Rows)) + " units"
	if t.Filtered() {
		n = fmt.Sprint(len(t.Content.Rows), " of ", t.Content.About)
	}
	return n + ", " + per + " each"
}

// fill works out what the columns of a unit show.
func (t *timeline) fill(marks []mark) []cell {
	if cap(t.cells) < t.cols {
		t.cells = make([]cell, t.cols)
	}
	cells := t.cells[:t.cols]
	step := t.step()
	for i := range cells {
		cells[i] = cell{mark: -1}
	}
	for day := t.left.Day(); ; day++ {
		at := day.At(0, 0)
		if at >= t.left+value.Wall(t.cols)*step {
			break
		}
		if at >= t.left {
			cells[(at-t.left)/step].day = true
		}
	}
	for i := range marks {
		m := &marks[i]
		first, last := max(floorDiv(m.from-t.left, step), 0), min(floorDiv(m.until-1-t.left, step),
			value.Wall(t.cols-1))
		for c := first; c <= last; c++ {
			paint(&cells[c], m.kind, int16(i))
		}
	}
	return cells
}

func floorDiv(a, b value.Wall) value.Wall {
	if a < 0 {
		return -((-a + b - 1) / b)
	}
	return a / b
}

// paint lays a mark over what a column shows. A clash covers everything; what
// holds a unit covers what does not; two of a kind become several.
func paint(c *cell, kind markKind, mark int16) {
	switch {
	case c.kind == free || kind == clash || c.kind == turnround || c.kind == returned:
	case kind == turnround || kind == returned || c.kind == clash:
		return
	default:
		kind = several
	}
	c.kind, c.mark = kind, mark
}

// drawUnit draws a unit's row.
func (t *timeline) drawUnit(f *frame.Frame, r frame.Rect, names, i int) {
	th, u := t.App.Theme, t.Content.Rows[i].About.(*lending.Equipment)
	current := i == t.At
	ink := th.Text
	if current {
		ink = th.Selected
	}
	f.At(r.X, r.Y)
	f.Text(ink, " ", 1)
	tag := min(len(u.Tag)+1, names-1)
	f.Text(ink, u.Tag, tag)
	if !current {
		ink = th.Dim
	}
	f.Text(ink, u.Name, names-1-tag)
	f.Fill(th.Faint, 1)
	marks := t.marks(u)
	cells := t.fill(marks)
	sel0, sel1 := -1, -1
	if current {
		from, until := t.cursor, t.cursor+t.step()
		if t.extending || t.carried != nil {
			from, until = t.selected()
		}
		sel0, sel1 = int(max((from-t.left)/t.step(), 0)), int((until-t.left-1)/t.step())
		f.Cursor(r.X+names+1+int((t.cursor-t.left)/t.step()), r.Y)
		f.At(r.X+names+1, r.Y)
	}
	named := int16(-1) // the mark that bears its name already
	for c := 0; c < len(cells); {
		n := alike(cells, c, sel0, sel1)
		over := current && c >= sel0 && c <= sel1
		name := ""
		if m := cells[c].mark; m >= 0 && m != named && n >= 5 && cells[c].kind < clash {
			name, named = marks[m].who, m
		}
		t.drawRun(f, cells[c], n, name, over)
		c += n
	}
}

// alike counts the columns from c on that are drawn alike.
func alike(cells []cell, c, sel0, sel1 int) int {
	n := c + 1
	first := cells[c]
	for n < len(cells) && cells[n].kind == first.kind && cells[n].mark == first.mark && n != sel0 && n != sel1+1 {
		if first.kind == free && (cells[n].day || first.day) {
			break
		}
		n++
	}
	return n - c
}

// drawRun draws columns that are alike: blanks, or a mark with its borrower's
// name where there is room.
func (t *timeline) drawRun(f *frame.Frame, first cell, n int, name string, over bool) {
	th := t.App.Theme
	ink := markInk(th, first.kind)
	if over {
		ink = th.Over(th.Selected, ink)
	}
	if first.kind == free {
		if first.day {
			f.Text(ink, "|", 1)
			return
		}
		f.Fill(ink, n)
		return
	}
	glyph := glyphs[first.kind]
	if name != "" {
		f.Text(ink, glyph, 1)
		w := min(f.Measure().Width(name), n-2)
		f.Text(ink, name, w)
		n -= 1 + w
	}
	f.Repeat(ink, glyph, n)
}

func markInk(th *theme.Theme, k markKind) theme.Style {
	switch k {
	case free, turnround:
		return th.Faint
	case returned, blocked:
		return th.Dim
	case asked, waiting:
		return th.Warn
	case overdue, clash:
		return th.Alarm
	case lent:
		return th.Strong
	}
	return th.Accent
}
