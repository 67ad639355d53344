package shadowing

import (
	"fmt"
	"strconv"

	"interlocal/model/field"
	"interlocal/model/partnership"
	"interlocal/model/shadowing"
	"interlocal/model/value"
	"interlocal/tui/frame"
	"interlocal/tui/theme"
)

// sheetColumn is where a column of the sheet stands.
type sheetColumn struct{ x, w int }

// layout places the columns in a width; wishes have one only where there is
// room.
func layout(w int) [columns]sheetColumn {
	var out [columns]sheetColumn
	x := 6
	put := func(c column, width int) {
		out[c] = sheetColumn{x, width}
		x += width + 1
	}
	rest := w - x - 6 - 6 - 7 - 6 - 1
	wishes := 0
	if w >= 110 {
		wishes = rest / 4
		rest -= wishes + 1
	}
	put(colName, rest*2/5)
	put(colTitle, rest/3)
	put(colDepartment, rest-rest*2/5-rest/3)
	put(colWould, 6)
	put(colTakes, 6)
	put(colLength, 7)
	if wishes > 0 {
		put(colWishes, wishes)
	}
	return out
}

// below is how many rows are kept under the entry line: wishes and offers.
const below = shadowing.KnownShown + 1

// Draw implements app.Screen.
func (s *Sheet) Draw(f *frame.Frame, r frame.Rect) {
	s.seen = true
	t := s.d.Theme
	head, body := r.SplitTop(1)
	s.drawHead(f, head)
	if s.event == 0 {
		s.drawNoEvent(f, body)
		return
	}
	titles, body := body.SplitTop(1)
	cols := layout(r.W)
	for c, title := range []string{"Name", "Title", "Department", "Would", "Takes", "Length", "Wishes"} {
		f.At(titles.X+cols[c].x, titles.Y)
		f.Text(t.Heading, title, cols[c].w)
	}
	room := body.H - 1
	if s.typing {
		room = max(body.H-1-below, 1)
	}
	n := min(room, len(s.lines))
	if s.typing {
		s.top = len(s.lines) - n
	} else {
		s.top = max(min(s.top, s.at, len(s.lines)-n), s.at-n+1, 0)
	}
	for i := range n {
		s.drawLine(f, body.Row(i), s.lines[s.top+i], cols, !s.typing && s.top+i == s.at)
	}
	s.drawEntry(f, frame.Rect{X: body.X, Y: body.Y + n, W: body.W, H: body.H - n}, cols)
}

// drawHead says what holds for every line and how far the paper is.
func (s *Sheet) drawHead(f *frame.Frame, r frame.Rect) {
	t := s.d.Theme
	f.At(r.X+1, r.Y)
	e := field.Get(s.d.View(), s.event)
	if e == nil {
		return
	}
	count := strconv.Itoa(s.entered()) + " entered"
	ink := t.Dim
	if s.paper > 0 {
		count += ", the paper says " + strconv.Itoa(s.paper)
		if s.paper == s.entered() {
			ink = t.Good
			count += " ✓"
		}
	}
	city := "not chosen"
	if s.city != 0 {
		city = s.d.Env().Label(partnership.KindPartners, uint64(s.city))
	}
	w := f.Measure().Width(count) + 1
	label := "City " + city
	room := max(r.W-w-f.Measure().Width(label)-5, 8)
	title := e.Name + " · " + eventNote(e)
	f.Text(t.Title, title, min(room, f.Measure().Width(title)))
	f.Put(t.Plain, "   ")
	f.Put(t.Label, "City ")
	f.Put(t.Strong, city)
	f.At(r.Right()-w, r.Y)
	f.Text(ink, count, w)
}

func (s *Sheet) drawNoEvent(f *frame.Frame, r frame.Rect) {
	t := s.d.Theme
	f.At(r.X+2, r.Y+1)
	f.Text(t.Text, "There is no event to sign up for.", r.W-3)
	f.At(r.X+2, r.Y+2)
	f.Text(t.Dim, "Press E to add one. Sign-ups are then typed here, a line each:", r.W-3)
	f.At(r.X+2, r.Y+4)
	f.Text(t.Ghost, "e.g. Dana Reyes   Street Superintendent   Public Works   both   2   half", r.W-3)
}

// drawLine draws a line that was entered.
func (s *Sheet) drawLine(f *frame.Frame, r frame.Rect, l *line, cols [columns]sheetColumn, current bool) {
	t := s.d.Theme
	base := t.Text
	if current {
		base = t.Selected
	}
	sign, ink := "…", t.Dim
	switch l.state {
	case saved:
		sign, ink = "✓", t.Good
	case refused:
		sign, ink = "×", t.Alarm
	}
	over := func(k theme.Style) theme.Style {
		if current {
			return t.Over(t.Selected, k)
		}
		return k
	}
	f.At(r.X, r.Y)
	f.TextRight(over(t.Dim), strconv.Itoa(l.number), 3)
	f.Text(over(ink), " "+sign, 3)
	if l.state == refused {
		f.Text(base, l.Name+": "+l.why+" Enter mends it.", r.W-6)
		return
	}
	for c, v := range []string{l.Name, l.Title, l.Department, string(l.Role), said(l.Capacity), string(l.Length),
		l.Wishes} {
		if cols[c].w == 0 {
			continue
		}
		x, _ := f.Pen()
		f.Fill(base, r.X+cols[c].x-x)
		f.Text(base, v, cols[c].w)
	}
	x, _ := f.Pen()
	f.Fill(base, r.Right()-x)
}

// drawEntry draws the line being entered and what is offered for it.
func (s *Sheet) drawEntry(f *frame.Frame, r frame.Rect, cols [columns]sheetColumn) {
	t := s.d.Theme
	if r.H <= 0 {
		return
	}
	if !s.typing && s.row.value(colName) == "" {
		s.drawGhost(f, r, cols)
		return
	}
	f.At(r.X, r.Y)
	f.TextRight(t.Accent, strconv.Itoa(s.nextNumber()), 3)
	f.Text(t.Accent, " ›", 3)
	for c := range colWishes {
		s.drawField(f, frame.Rect{X: r.X + cols[c].x, Y: r.Y, W: cols[c].w, H: 1}, c)
	}
	if !s.typing {
		return
	}
	f.At(r.X+6, r.Y+1)
	f.Text(t.Label, "Wishes ", 7)
	s.drawField(f, frame.Rect{X: r.X + 13, Y: r.Y + 1, W: max(r.W-14, 1), H: 1}, colWishes)
	s.drawOffers(f, frame.Rect{X: r.X + cols[min(s.row.at, colDepartment)].x, Y: r.Y + 2, W: 64,
		H: r.H - 2}.Intersect(r))
}

// drawGhost shows an example, greyed, and the key that begins a line.
func (s *Sheet) drawGhost(f *frame.Frame, r frame.Rect, cols [columns]sheetColumn) {
	t := s.d.Theme
	if len(s.lines) == 0 {
		for c, v := range []string{"e.g. Dana Reyes", "Street Superintendent", "Public Works", "both", "2", "half"} {
			f.At(r.X+cols[c].x, r.Y)
			f.Text(t.Ghost, v, cols[c].w)
		}
		r.Y += 2
	}
	f.At(r.X+6, r.Y)
	f.Put(t.Key, "a")
	f.Put(t.Dim, fmt.Sprintf(" types line %d; or paste lines from a list.", s.nextNumber()))
}

// drawField draws one field of the line being entered.
func (s *Sheet) drawField(f *frame.Frame, r frame.Rect, c column) {
	t, row := s.d.Theme, &s.row
	focused := s.typing && row.at == c && s.d.Dialogs.Len() == 0
	if c.isText() && focused {
		row.texts[c].Draw(f, r, t, fieldHint(c))
		return
	}
	v := row.value(c)
	ink := t.Text
	switch c {
	case colWould:
		v = string(row.Role)
	case colTakes:
		v = said(row.Capacity)
	case colLength:
		if v = string(row.Length); row.Role == shadowing.SignupHost {
			v = ""
		}
	}
	if !c.isText() {
		ink = t.Dim // carried from the line before
	}
	if focused {
		ink = t.InputFocus
		f.Cursor(r.X, r.Y)
	} else if s.typing && c.isText() && row.Person == 0 {
		ink = t.Over(t.Input, t.Text)
	}
	f.At(r.X, r.Y)
	f.Text(ink, v, r.W)
}

// said writes how many visitors somebody takes; "" when they do not say.
func said(n value.Opt[int64]) string {
	if !n.Set {
		return ""
	}
	return strconv.FormatInt(n.V, 10)
}

func fieldHint(c column) string {
	switch c {
	case colName:
		return "name"
	case colWishes:
		return "anything the person asks for"
	}
	return ""
}

// drawOffers lists what the text may be meant for.
func (s *Sheet) drawOffers(f *frame.Frame, r frame.Rect) {
	t := s.d.Theme
	for i, o := range s.row.offers {
		if i >= r.H {
			return
		}
		base, sign := t.Toast, "  "
		if i == s.row.pointed {
			base, sign = t.Selected, "▸ "
		}
		f.At(r.X, r.Y+i)
		f.Text(t.Over(base, t.Accent), sign, 2)
		w := min(f.Measure().Width(o.text), r.W-2)
		f.Text(base, o.text, w)
		f.Text(t.Over(base, t.Dim), "  "+o.note, r.W-2-w)
	}
}
