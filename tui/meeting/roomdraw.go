package meeting

import (
	"strconv"

	"interlocal/model/meeting"
	"interlocal/model/text"
	"interlocal/tui/frame"
	"interlocal/tui/theme"
)

// roomSplit is from how many columns on the lines stand beside the agenda.
const roomSplit = 100

// Draw draws the meeting: its agenda, and what has been recorded.
func (r *Room) Draw(f *frame.Frame, area frame.Rect) {
	area = area.Inset(1, 0)
	m := r.meeting()
	if m == nil {
		r.drawEmpty(f, area)
		return
	}
	head, body := area.SplitTop(3)
	r.drawHead(f, head, m)
	items := r.items()
	if area.W >= roomSplit {
		left, right := body.SplitLeft(body.W * 42 / 100)
		_, right = right.SplitLeft(2)
		r.drawAgenda(f, left, m, items)
		r.drawLines(f, right, m)
		return
	}
	top, rest := body.SplitTop(min(len(items)+2, max(body.H/2, 4)))
	r.drawAgenda(f, top, m, items)
	r.drawLines(f, rest, m)
}

// drawEmpty shows what a meeting would look like.
func (r *Room) drawEmpty(f *frame.Frame, area frame.Rect) {
	t := r.d.Theme
	f.At(area.X+1, area.Y+1)
	f.Text(t.Text, "No meeting is planned. Press a to plan one; its agenda fills itself from what is due.", area.W-1)
	for i, s := range []string{"Monthly staff meeting     Thu Dec 3, 9:00 am     planned", "▸ 1  Winter readiness: " +
		"brine and plows          15 min",
		"  2  Grandview's yearly briefing is due"} {
		f.At(area.X+3, area.Y+3+i)
		f.Text(t.Ghost, s, area.W-3)
	}
}

// drawHead says which meeting it is and how it stands.
func (r *Room) drawHead(f *frame.Frame, area frame.Rect, m *meeting.Meeting) {
	t := r.d.Theme
	f.At(area.X, area.Y)
	f.Text(t.Title, m.Name, min(area.W-24, f.Measure().Width(m.Name)))
	f.Put(t.Plain, "  ")
	if m.State == meeting.MeetingOpen {
		f.Put(t.BadgeWarn, " open ")
	} else {
		f.Put(t.Badge, " "+string(m.State)+" ")
	}
	says := ""
	if at := m.Held(); at.Set {
		says = at.V.Long()
	}
	if m.Place != "" {
		says += ", " + m.Place
	}
	switch {
	case m.State == meeting.MeetingOpen && !m.RollCalled():
		says += "   The roll is not called: r"
	case len(m.Attendance) > 0:
		says += "   " + text.Capital(attendance(m))
	}
	f.At(area.X, area.Y+1)
	f.Text(t.Dim, says, area.W)
	if m.State == meeting.MeetingOpen {
		note, ink := "You do not record this meeting; b records what you change.", t.Warn
		if now := r.d.Meeting(); now != nil && now.ID == m.ID {
			note, ink = "Recording. Change anything in any tab; ; note  ! decision  @ action  & motion", t.Good
		}
		f.At(area.X, area.Y+2)
		f.Text(ink, note, area.W)
	}
}

// drawAgenda draws the items, the current one marked.
func (r *Room) drawAgenda(f *frame.Frame, area frame.Rect, m *meeting.Meeting, items []*meeting.AgendaItem) {
	t := r.d.Theme
	title, list := area.SplitTop(1)
	f.At(title.X, title.Y)
	f.Text(t.Heading, "Agenda", title.W)
	if len(items) == 0 {
		f.At(list.X+1, list.Y)
		f.Text(t.Dim, "Nothing yet. a adds an item, f offers what is due.", list.W-1)
		return
	}
	at := 0
	for i, a := range items {
		if a.ID == r.at {
			at = i
		}
	}
	top := max(0, min(at-list.H/2, len(items)-list.H))
	for i := top; i < len(items) && i-top < list.H; i++ {
		r.drawItem(f, frame.Rect{X: list.X, Y: list.Y + i - top, W: list.W, H: 1}, items[i], i, m)
	}
}

func (r *Room) drawItem(f *frame.Frame, row frame.Rect, a *meeting.AgendaItem, i int, m *meeting.Meeting) {
	t := r.d.Theme
	ink, glyph := t.Text, "  "
	switch a.State {
	case meeting.ItemNow:
		ink, glyph = t.Strong, "▸ "
	case meeting.ItemDone:
		ink, glyph = t.Dim, "✓ "
	}
	if a.ID == r.at && r.d.Dialogs.Len() == 0 {
		ink = t.Selected
		f.Cursor(row.X, row.Y)
	}
	right := ""
	switch {
	case a.State == meeting.ItemNow && m.State == meeting.MeetingOpen:
		right = meeting.TimeLeft(r.d.View(), a, r.d.Now())
	case a.Minutes.Set:
		right = strconv.FormatInt(a.Minutes.V, 10) + " min"
	}
	w := f.Measure().Width(right) + 2
	f.At(row.X, row.Y)
	f.Text(ink, glyph+strconv.Itoa(i+1)+"  "+a.Title, row.W-w)
	f.TextRight(ink, right+" ", w)
}

// drawLines draws what has been recorded, the newest at the bottom.
func (r *Room) drawLines(f *frame.Frame, area frame.Rect, m *meeting.Meeting) {
	t := r.d.Theme
	title, list := area.SplitTop(1)
	f.At(title.X, title.Y)
	heading := "Recorded"
	if r.up > 0 {
		heading += "  (PgDn for newer lines)"
	}
	f.Text(t.Heading, heading, title.W)
	if len(r.lines) == 0 {
		f.At(list.X+1, list.Y)
		says := "Nothing is recorded yet."
		if m.State == meeting.MeetingPlanned {
			says = "b calls the meeting to order; from then on every change is recorded here."
		}
		for i, s := range text.Wrap(says, list.W-2) {
			f.At(list.X+1, list.Y+i)
			f.Text(t.Dim, s, list.W-1)
		}
		return
	}
	rows := wrapLines(r.lines[:len(r.lines)-min(r.up, len(r.lines)-1)], list.W, list.H, numbering(r.items()))
	for i, row := range rows {
		f.At(list.X, list.Y+i)
		f.Text(row.ink(t), row.text, list.W)
	}
}

// numbering gives the items' places on the agenda.
func numbering(items []*meeting.AgendaItem) map[meeting.AgendaItemID]string {
	out := map[meeting.AgendaItemID]string{}
	for i, a := range items {
		out[a.ID] = strconv.Itoa(i+1) + "  " + a.Title
	}
	return out
}

// lineRow is one row of the lines as drawn.
type lineRow struct {
	text   string
	head   bool
	struck bool
	sort   meeting.Sort
}

func (l lineRow) ink(t *theme.Theme) theme.Style {
	switch {
	case l.head:
		return t.Label
	case l.struck:
		return t.Dim
	case l.sort == meeting.Work || l.sort == meeting.Order:
		return t.Text
	}
	return t.Strong
}

// wrapLines lays the newest lines out in at most h rows of w columns, each
// item's under its heading.
func wrapLines(lines []meeting.Line, w, h int, items map[meeting.AgendaItemID]string) []lineRow {
	var rows []lineRow
	from := max(0, len(lines)-h)
	last := meeting.AgendaItemID(0)
	for i, l := range lines[from:] {
		if name := items[l.Item]; name != "" && (i == 0 || l.Item != last) {
			rows = append(rows, lineRow{text: name, head: true})
		}
		last = l.Item
		words := l.Text
		if l.Struck {
			words = "struck: " + words
		}
		for j, part := range text.Wrap(words, max(w-7, 8)) {
			lead := "      "
			if j == 0 {
				lead = l.Clock() + " "
			}
			rows = append(rows, lineRow{text: lead + part, struck: l.Struck, sort: l.Sort})
		}
	}
	return rows[max(0, len(rows)-h):]
}
