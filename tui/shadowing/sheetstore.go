package shadowing

import (
	"fmt"
	"slices"
	"strconv"

	tea "charm.land/bubbletea/v2"

	"interlocal/model/field"
	"interlocal/model/shadowing"
	"interlocal/model/shadowing/events"
	"interlocal/model/text"
	"interlocal/store/run"
	"interlocal/tui/act"
	"interlocal/tui/app"
	"interlocal/tui/overlay"
)

// lineState is how far a line has come.
type lineState int

const (
	waiting lineState = iota // to be stored, in the order of the paper
	saved
	refused
)

// line is one line of the paper as it was entered. Its ID is that of the sign-up
// once it is stored, its person 0 for somebody new until then.
type line struct {
	events.Line
	number int
	state  lineState
	why    string // it was refused
}

// enterLine stores the line being entered and begins the next.
func (s *Sheet) enterLine() tea.Cmd {
	r := &s.row
	if r.value(colName) == "" {
		r.goTo(colName, s)
		s.d.Say(overlay.Info, "A line begins with a name; Esc ends the sheet.")
		return nil
	}
	l := &line{Line: r.Line}
	l.City = s.city
	l.Name, l.Title, l.Department, l.Wishes = r.value(colName), r.value(colTitle), r.value(colDepartment),
		r.value(colWishes)
	if p := field.Get(s.d.View(), r.Person); p != nil {
		l.City = p.Partner
	}
	r.clear()
	return s.append(l)
}

// append puts a line on the sheet and has it stored.
func (s *Sheet) append(l *line) tea.Cmd {
	l.number = s.nextNumber()
	s.lines = append(s.lines, l)
	s.at = len(s.lines) - 1
	s.queue = append(s.queue, l)
	s.keep()
	return s.storeNext()
}

func (s *Sheet) nextNumber() int {
	n := 0
	for _, l := range s.lines {
		n = max(n, l.number)
	}
	return n + 1
}

// storeNext stores the line that waits longest. One line is on its way at a
// time, so that sign-ups are numbered as the paper is.
func (s *Sheet) storeNext() tea.Cmd {
	if s.storing || len(s.queue) == 0 {
		return nil
	}
	l := s.queue[0]
	s.queue, s.storing = s.queue[1:], true
	next := func() tea.Cmd { s.storing = false; s.keep(); return s.storeNext() }
	return act.Do(s.d, act.Offer{Act: events.Acts().Named("event.signup"), ID: uint64(s.event), AtOnce: true,
		Preset: func(a any) { *a.(*events.Line) = l.Line },
		Then: func(done run.Done) tea.Cmd {
			l.state, l.ID = saved, shadowing.SignupID(done.ID)
			if sg := field.Get(s.d.View(), l.ID); sg != nil {
				l.Person = sg.Person
			}
			return next()
		},
		Fails: func(err error) tea.Cmd {
			l.state, l.why = refused, app.Sentence(err)
			s.d.Say(overlay.Failed, fmt.Sprintf("Line %d: %s", l.number, l.why))
			return next()
		}})
}

// again brings a refused line back into the entry line.
func (s *Sheet) again(l *line) tea.Cmd {
	if s.row.value(colName) != "" {
		s.d.Say(overlay.Info, "A line is being entered: a goes on with it, F2 stores it; then mend this one.")
		return nil
	}
	s.lines = slices.DeleteFunc(s.lines, func(other *line) bool { return other == l })
	r := &s.row
	r.clear()
	for c, v := range map[column]string{colName: l.Name, colTitle: l.Title, colDepartment: l.Department,
		colWishes: l.Wishes} {
		r.texts[c].SetValue(v)
	}
	r.Line = l.Line
	return s.begin()
}

// entered counts the lines that stand.
func (s *Sheet) entered() int {
	n := 0
	for _, l := range s.lines {
		if l.state != refused {
			n++
		}
	}
	return n
}

// askCount asks how many lines the paper has.
func (s *Sheet) askCount() tea.Cmd {
	return s.d.Ask("Count", "How many lines does the paper have?", "", "compare", func(typed string) tea.Cmd {
		n, err := strconv.Atoi(typed)
		if err != nil || n < 0 || n > 10_000 {
			s.d.Say(overlay.Failed, "A number of lines, such as 30.")
			return nil
		}
		s.paper = n
		s.sayCount()
		s.keep()
		return nil
	})
}

// sayCount compares what was entered with the paper.
func (s *Sheet) sayCount() {
	n := s.entered()
	switch {
	case s.paper == 0 && n == 0:
	case s.paper == 0:
		s.d.Say(overlay.Info, text.Counted(n, "line", "lines")+" entered. # compares with the paper.")
	case n == s.paper:
		s.d.Say(overlay.Done, fmt.Sprintf("The paper says %d, entered %d.", s.paper, n))
	default:
		s.d.Say(overlay.Warned, fmt.Sprintf("The paper says %d, entered %d.", s.paper, n))
	}
}
