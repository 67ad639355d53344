package shadowing

import (
	"fmt"
	"strconv"

	tea "charm.land/bubbletea/v2"

	"interlocal/model/field"
	"interlocal/model/partnership"
	"interlocal/model/shadowing"
	"interlocal/model/value"
	"interlocal/store"
	"interlocal/tui/desk"
	"interlocal/tui/overlay"
)

// lineState is how far a line has come.
type lineState int

const (
	waiting lineState = iota // to be stored, in the order of the paper
	saved
	refused
)

// line is one line of the paper as it was entered.
type line struct {
	number                          int
	person                          partnership.PersonID // 0 for somebody new, until the line is stored
	city                            partnership.PartnerID
	name, title, department, wishes string
	would                           shadowing.SignupRole
	takes                           int
	length                          shadowing.Length

	signup shadowing.SignupID
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
	l := &line{person: r.person, city: s.city, name: r.value(colName), title: r.value(colTitle), department: r.value(colDepartment),
		wishes: r.value(colWishes), would: r.would, takes: r.takes, length: r.length}
	if p := field.Get(s.d.View(), r.person); p != nil {
		l.city = p.Partner
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
	copied, event := *l, s.event
	var person partnership.PersonID
	var signup shadowing.SignupID
	return s.d.Do("sign up "+l.name, func(tx *store.Tx) (err error) {
		person, signup, err = copied.put(tx, event)
		return err
	}, func(_ store.Result, err error) tea.Cmd {
		s.storing = false
		if err != nil {
			l.state, l.why = refused, desk.Sentence(err)
			s.d.Say(overlay.Failed, fmt.Sprintf("Line %d: %s", l.number, l.why))
		} else {
			l.state, l.person, l.signup = saved, person, signup
		}
		s.keep()
		return s.storeNext()
	})
}

// put stores the line's person, when new, and sign-up.
func (l *line) put(tx *store.Tx, event shadowing.EventID) (partnership.PersonID, shadowing.SignupID, error) {
	person := l.person
	if person == 0 {
		var err error
		person, err = store.Put(tx, &partnership.Person{Name: l.name, Partner: l.city, Title: l.title, Department: l.department})
		if err != nil {
			return 0, 0, err
		}
	}
	sg := &shadowing.Signup{Event: event, Person: person, Role: l.would, Length: l.length, State: shadowing.SignupReceived, Wishes: l.wishes}
	if l.would != shadowing.SignupVisit && l.takes > 0 {
		sg.Capacity = value.Some(int64(l.takes))
	}
	id, err := store.Put(tx, sg)
	return person, id, err
}

// again brings a refused line back into the entry line.
func (s *Sheet) again(l *line) tea.Cmd {
	if s.row.value(colName) != "" {
		s.d.Say(overlay.Info, "A line is being entered: a goes on with it, F2 stores it; then mend this one.")
		return nil
	}
	for i, other := range s.lines {
		if other == l {
			s.lines = append(s.lines[:i], s.lines[i+1:]...)
			break
		}
	}
	r := &s.row
	r.clear()
	for c, v := range map[column]string{colName: l.name, colTitle: l.title, colDepartment: l.department, colWishes: l.wishes} {
		r.texts[c].SetValue(v)
	}
	r.person, r.would, r.takes, r.length = l.person, l.would, l.takes, l.length
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
func (s *Sheet) askCount() {
	s.d.Dialogs.Push(overlay.NewPrompt(s.d.Theme, "Count", "How many lines does the paper have?", "", "compare", func(typed string) tea.Cmd {
		n, err := strconv.Atoi(typed)
		if err != nil || n < 0 || n > 10_000 {
			s.d.Say(overlay.Failed, "A number of lines, such as 30.")
			return nil
		}
		s.paper = n
		s.sayCount()
		s.keep()
		return nil
	}))
}

// sayCount compares what was entered with the paper.
func (s *Sheet) sayCount() {
	n := s.entered()
	switch {
	case s.paper == 0 && n == 0:
	case s.paper == 0:
		s.d.Say(overlay.Info, counted(n, "line", "lines")+" entered. # compares with the paper.")
	case n == s.paper:
		s.d.Say(overlay.Done, fmt.Sprintf("The paper says %d, entered %d.", s.paper, n))
	default:
		s.d.Say(overlay.Warned, fmt.Sprintf("The paper says %d, entered %d.", s.paper, n))
	}
}

// counted writes a number with its noun.
func counted(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return strconv.Itoa(n) + " " + many
}
