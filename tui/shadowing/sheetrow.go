package shadowing

import (
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"

	"interlocal/model/field"
	"interlocal/model/partnership"
	"interlocal/model/shadowing"
	"interlocal/model/shadowing/events"
	"interlocal/model/value"
	"interlocal/tui/overlay"
)

// column is a place in the entry line.
type column int

// The columns, in the order in which they are filled in.
const (
	colName column = iota
	colTitle
	colDepartment
	colWould
	colTakes
	colLength
	colWishes
	columns
)

// isText reports whether letters are text in the column; elsewhere a letter is
// an answer.
func (c column) isText() bool { return c <= colDepartment || c == colWishes }

// row is the line being entered: who and what they would do in its Line, the rest
// as text. What a person would do is carried over from the line before.
type row struct {
	events.Line
	at    column
	texts [columns]overlay.Entry

	offers  []offer
	pointed int
	hushed  bool // offers were put away until the text changes
}

// offer is something that the text being typed may be meant for.
type offer struct {
	person     partnership.PersonID
	text, note string
}

func newRow() row {
	var r row
	r.Role, r.Length = shadowing.SignupVisit, shadowing.EitherOfTwo
	for c := range columns {
		r.texts[c] = overlay.NewEntry()
	}
	return r
}

// takes is how many visitors somebody takes at once; 0 when they do not say.
func takes(n int) value.Opt[int64] { return value.Opt[int64]{V: int64(n), Set: n > 0} }

// value gives the text of a column.
func (r *row) value(c column) string { return strings.TrimSpace(r.texts[c].Value()) }

// clear makes room for the next line; what a person would do is carried.
func (r *row) clear() {
	for c := range columns {
		r.texts[c].SetValue("")
	}
	r.at, r.Person, r.offers, r.hushed = colName, 0, nil, false
}

// after gives the column that follows; what is known or does not apply is
// passed over.
func (r *row) after(c column) column {
	switch {
	case c == colName && r.Person != 0:
		return colWould
	case c == colWould && r.Role == shadowing.SignupVisit:
		return colLength
	case c == colTakes && r.Role == shadowing.SignupHost:
		return colWishes
	}
	return min(c+1, colWishes)
}

// before gives the column that goes before.
func (r *row) before(c column) column {
	switch {
	case c == colWould && r.Person != 0:
		return colName
	case c == colLength && r.Role == shadowing.SignupVisit:
		return colWould
	case c == colWishes && r.Role == shadowing.SignupHost:
		return colTakes
	}
	return max(c-1, colName)
}

// goTo moves to a column.
func (r *row) goTo(c column, s *Sheet) {
	r.at, r.hushed = c, false
	r.offer(s)
}

// offer looks up what the text may be meant for and points at the likeliest.
func (r *row) offer(s *Sheet) {
	r.offers, r.pointed = nil, 0
	if r.hushed || s.known == nil || r.Person != 0 && r.at == colName {
		return
	}
	switch r.at {
	case colName:
		for _, p := range s.known.FindPeople(r.value(colName), s.city) {
			r.offers = append(r.offers, offer{p.ID, p.Name, p.Note})
		}
	case colTitle:
		r.offerWords(s.known.Titles(r.value(colTitle)))
	case colDepartment:
		r.offerWords(s.known.Departments(r.value(colDepartment)))
	}
}

func (r *row) offerWords(words []string) {
	for _, w := range words {
		r.offers = append(r.offers, offer{text: w})
	}
}

// answer takes a letter or digit for an answer and reports whether it was one.
func (r *row) answer(press tea.KeyPressMsg) bool {
	typed := press.String()
	switch r.at {
	case colWould:
		would, ok := map[string]shadowing.SignupRole{"v": shadowing.SignupVisit, "h": shadowing.SignupHost,
			"b": shadowing.SignupBoth}[typed]
		if ok {
			r.Role = would
			if would == shadowing.SignupVisit {
				r.Capacity = takes(0)
			}
		}
		return ok
	case colTakes:
		n, err := strconv.Atoi(typed)
		if err == nil {
			r.Capacity = takes(n)
		}
		return err == nil
	case colLength:
		length, ok := map[string]shadowing.Length{"h": shadowing.HalfDay, "f": shadowing.FullDay,
			"e": shadowing.EitherOfTwo}[typed]
		if ok {
			r.Length = length
		}
		return ok
	}
	return false
}

// typeKey answers a key while the entry line has the keys.
func (s *Sheet) typeKey(press tea.KeyPressMsg) tea.Cmd {
	r := &s.row
	switch pressed := press.String(); {
	case pressed == "esc" && len(r.offers) > 0:
		r.hushed, r.offers = true, nil
		return nil
	case pressed == "esc":
		s.end()
		return nil
	case pressed == "f2":
		return s.enterLine()
	case pressed == "tab":
		s.passOn()
		return nil
	case pressed == "shift+tab" && r.at == colName:
		return s.pickCity(nil)
	case pressed == "shift+tab":
		r.goTo(r.before(r.at), s)
		return nil
	case pressed == "enter":
		return s.accept()
	case pressed == "down" && len(r.offers) > 0:
		r.pointed = min(r.pointed+1, len(r.offers)-1)
		return nil
	case pressed == "up" && len(r.offers) > 0:
		r.pointed = max(r.pointed-1, 0)
		return nil
	case pressed == ditto && r.at != colName && r.at.isText() && r.value(r.at) == "":
		s.ditto()
		return nil
	}
	return s.write(press)
}

// write takes a key for text or for an answer.
func (s *Sheet) write(press tea.KeyPressMsg) tea.Cmd {
	r := &s.row
	if !r.at.isText() {
		if r.answer(press) {
			r.goTo(r.after(r.at), s)
			s.keep()
		}
		return nil
	}
	changed, cmd := r.texts[r.at].Update(press)
	if changed {
		if r.at == colName && r.Person != 0 {
			r.Person = 0
			r.texts[colTitle].SetValue("")
			r.texts[colDepartment].SetValue("")
		}
		r.hushed = false
		r.offer(s)
		s.keep()
	}
	return cmd
}

// passOn keeps what is typed as it is and goes to the next column.
func (s *Sheet) passOn() {
	if s.row.at == colName && s.row.value(colName) == "" {
		s.d.Say(overlay.Info, "A line begins with a name; Esc ends the sheet.")
		return
	}
	s.row.goTo(s.row.after(s.row.at), s)
}

// accept takes what is offered, goes on, or stores the line.
func (s *Sheet) accept() tea.Cmd {
	r := &s.row
	switch {
	case len(r.offers) > 0 && r.at == colName:
		return s.take(r.offers[r.pointed].person)
	case len(r.offers) > 0:
		r.texts[r.at].SetValue(r.offers[r.pointed].text)
		r.goTo(r.after(r.at), s)
	case r.at <= colDepartment:
		s.passOn()
	default:
		return s.enterLine()
	}
	s.keep()
	return nil
}

// take puts somebody known on the line.
func (s *Sheet) take(id partnership.PersonID) tea.Cmd {
	r := &s.row
	p := field.Get(s.d.View(), id)
	if p == nil {
		return nil
	}
	if why := s.already(id); why != "" {
		r.clear()
		s.d.Say(overlay.Warned, p.Name+" "+why)
		return nil
	}
	r.Person = id
	r.texts[colName].SetValue(p.Name)
	r.texts[colTitle].SetValue(p.Title)
	r.texts[colDepartment].SetValue(p.Department)
	r.goTo(r.after(colName), s)
	s.keep()
	return nil
}

// already tells that a person has signed up for the event.
func (s *Sheet) already(id partnership.PersonID) string {
	for _, l := range s.lines {
		if l.Person == id && l.state != refused {
			return "is on line " + strconv.Itoa(l.number) + " already; type the next name."
		}
	}
	for sg := range field.Of[shadowing.Signup](s.d.View(), "person", id) {
		if sg.Event == s.event {
			return "has signed up already (" + string(sg.State) + "); type the next name."
		}
	}
	return ""
}

// ditto repeats what the line before said in this column.
func (s *Sheet) ditto() {
	r := &s.row
	if len(s.lines) == 0 {
		return
	}
	last := s.lines[len(s.lines)-1]
	r.texts[r.at].SetValue(map[column]string{colTitle: last.Title, colDepartment: last.Department,
		colWishes: last.Wishes}[r.at])
	r.hushed, r.offers = true, nil
	s.keep()
}
