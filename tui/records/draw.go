package records

import (
	"fmt"
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"

	"interlocal/model/field"
	"interlocal/tui/frame"
)

// splitFrom is from how many columns on the page stands beside the list.
const splitFrom = 110

// Draw draws the tab.
func (s *Screen) Draw(f *frame.Frame, r frame.Rect) {
	first := s.room == 0
	s.room = r.W
	l := s.list()
	if first {
		s.page.show(l.kind, firstID(l))
		s.page.loaded = 0 // its history is read when it is turned to
	}
	split := r.W >= splitFrom
	if e := s.editor(); e != nil && !split {
		e.draw(f, r.Inset(1, 0))
		return
	}
	chips, body := r.SplitTop(1)
	s.drawChips(f, chips)
	if v := s.view(); v != nil && s.editor() == nil {
		v.Draw(f, body)
		return
	}
	if why := s.covered(); why != "" && s.editor() == nil {
		f.At(body.X+2, body.Y+1)
		f.Text(s.d.Theme.Text, why, body.W-3)
		return
	}
	full := s.reading && (s.zoomed || !split)
	switch {
	case full:
		s.page.draw(f, body.Inset(2, 0), true)
	case split && (s.preview || s.reading || s.editor() != nil):
		var side frame.Rect
		body, side = body.SplitLeft(body.W * 58 / 100)
		s.drawList(f, body, l) // first: a row is drawn from left to right
		f.VLine(side.X, side.Y, side.H, s.d.Theme.Faint)
		_, side = side.SplitLeft(2)
		if e := s.editor(); e != nil {
			e.draw(f, side)
		} else {
			s.page.draw(f, side.Inset(1, 0), s.reading)
		}
	default:
		s.drawList(f, body, l)
	}
}

func firstID(l *list) uint64 {
	id, _ := l.table.Cursor()
	return id
}

// drawChips names the tab's pages, lists with their counts. Of more than fit, those
// around the one being shown are named, and a sign says that there are others.
func (s *Screen) drawChips(f *frame.Frame, r frame.Rect) {
	t := s.d.Theme
	x := r.X + 1
	labels, from, to := s.chips(f, r.W-2)
	if from > 0 {
		f.At(r.X, r.Y)
		f.Text(t.Dim, "‹", 1)
	}
	for i := from; i < to; i++ {
		label := labels[i]
		wide := f.Measure().Width(label)
		w := min(wide+2, r.Right()-x)
		ink := t.Dim
		if i == s.at {
			ink = t.Badge
		}
		f.At(x, r.Y)
		if w < wide+2 {
			f.Text(ink, " "+label+" ", w)
		} else {
			f.Fill(ink, 1)
			f.Text(ink, label, wide)
			f.Fill(ink, 1)
		}
		f.HitArea(frame.Rect{X: x, Y: r.Y, W: w, H: 1}, func(m frame.Mouse) tea.Cmd {
			if !m.Clicked() || s.Typing() {
				return nil
			}
			return s.turnTo(i)
		})
		x += w + 1
	}
	if to < len(labels) {
		f.At(r.Right()-1, r.Y)
		f.Text(t.Dim, "›", 1)
	}
	if s.view() != nil {
		return
	}
	l := s.list()
	note := l.markNote() + l.sortNote()
	if l.query != "" && !s.asking {
		note += fmt.Sprintf("/%s   %s  ", l.query, l.count())
	}
	w := min(f.Measure().Width(note), max(r.Right()-x-1, 0))
	f.At(r.Right()-w, r.Y)
	f.Text(t.Accent, note, w)
}

// chips gives the labels of the pages and which of them to draw, such that the
// page being shown is in sight in w columns.
func (s *Screen) chips(f *frame.Frame, w int) (labels []string, from, to int) {
	labels = make([]string, len(s.pages))
	widths := make([]int, len(s.pages))
	for i, pg := range s.pages {
		labels[i] = s.chip(pg)
		widths[i] = f.Measure().Width(labels[i]) + 3
	}
	from, to = frame.Strip(widths, s.at, w+1) // nothing stands behind the last
	return labels, from, to
}

// chip names a page; a list says how much it holds.
func (s *Screen) chip(pg page) string {
	if pg.view != nil {
		return pg.view.Title()
	}
	label := pg.list.kind.Title
	if n := s.d.View().Rows(pg.list.kind.Name).Len(); n > 0 {
		label += " " + strconv.Itoa(n)
	}
	return label
}

func (s *Screen) drawList(f *frame.Frame, r frame.Rect, l *list) {
	l.table.SetTheme(s.d.Theme)
	if s.asking {
		var line frame.Rect
		line, r = r.SplitTop(1)
		s.drawAsk(f, line, l)
	}
	l.table.SetFocus(!s.asking && !s.reading && s.editor() == nil && s.d.Dialogs.Len() == 0)
	if l.rows != nil && l.rows.Len() > 0 && l.shown != nil && len(l.shown) == 0 {
		s.drawNothing(f, r, l)
		return
	}
	l.table.Draw(f, r)
}

// drawNothing tells that nothing passes the filter and what to do about it.
func (s *Screen) drawNothing(f *frame.Frame, r frame.Rect, l *list) {
	t := s.d.Theme
	f.At(r.X+2, r.Y+1)
	f.Text(t.Text, fmt.Sprintf("None of %d %s fits “%s”.", l.rows.Len(), l.kind.Name, l.query), r.W-3)
	f.At(r.X+2, r.Y+2)
	f.Text(t.Dim, "Esc shows all again. Words may be shortened; field:word asks one field; ? lists the fields.", r.W-3)
}

// drawAsk draws the filter line.
func (s *Screen) drawAsk(f *frame.Frame, r frame.Rect, l *list) {
	t := s.d.Theme
	f.At(r.X, r.Y)
	f.Text(t.Key, " / ", 3)
	note, ink := l.count(), t.Dim
	if l.loose {
		note += ", inside words"
	}
	if l.bad != "" {
		note, ink = l.bad, t.Error
	}
	noteW := min(f.Measure().Width(note)+2, r.W/2)
	room := r.W - 3 - noteW
	s.line.Draw(f, frame.Rect{X: r.X + 3, Y: r.Y, W: room, H: 1}, t,
		`a few letters, or  field:word  >  "two words"  -not`)
	f.At(r.X+3+room, r.Y)
	f.TextRight(ink, note+" ", noteW)
}

// HelpText explains the filter language for the list being shown; a view may
// have a text of its own.
func (s *Screen) HelpText() string {
	if v := s.view(); v != nil {
		if own, ok := v.(interface{ HelpText() string }); ok {
			return own.HelpText()
		}
		return ""
	}
	return "## Filter language (after /)\n  " + strings.Join(field.FilterHelp(s.list().kind), "\n  ") + "\n"
}
