package shadowing

import (
	"cmp"
	"encoding/json"

	"interlocal/model/field"
	"interlocal/model/partnership"
	"interlocal/model/shadowing"
)

// sheetDraft is what is kept of a sheet while it is being entered, so that a
// lost connection loses nothing.
type sheetDraft struct {
	Event  uint64               `json:"event"`
	City   uint64               `json:"city,omitempty"`
	Paper  int                  `json:"paper,omitempty"`
	Lines  []uint64             `json:"lines,omitempty"` // sign-ups stored, as the paper has them
	Open   []lineDraft          `json:"open,omitempty"`  // lines not stored
	Row    []string             `json:"row,omitempty"`   // the texts of the line being entered
	Person uint64               `json:"person,omitempty"`
	Would  shadowing.SignupRole `json:"would,omitempty"`
	Takes  int                  `json:"takes,omitempty"`
	Length shadowing.Length     `json:"length,omitempty"`
}

// lineDraft is what is kept of a line that is not stored.
type lineDraft struct {
	Number     int                  `json:"number"`
	Person     uint64               `json:"person,omitempty"`
	City       uint64               `json:"city"`
	Name       string               `json:"name"`
	Title      string               `json:"title,omitempty"`
	Department string               `json:"department,omitempty"`
	Wishes     string               `json:"wishes,omitempty"`
	Would      shadowing.SignupRole `json:"would"`
	Takes      int                  `json:"takes,omitempty"`
	Length     shadowing.Length     `json:"length"`
}

func (l *line) draft() lineDraft {
	return lineDraft{l.number, uint64(l.Person), uint64(l.City), l.Name, l.Title, l.Department, l.Wishes, l.Role,
		int(l.Capacity.Or(0)), l.Length}
}

// line gives a line back that was not stored when the session ended. Whether it
// was after all shows when it is entered again, so that is left to the person.
func (d lineDraft) line() *line {
	l := &line{number: d.Number, state: refused, why: "was not stored when the session ended."}
	l.Name, l.Title, l.Department, l.City = d.Name, d.Title, d.Department, partnership.PartnerID(d.City)
	l.Person, l.Role, l.Length, l.Wishes, l.Capacity = partnership.PersonID(d.Person), d.Would, d.Length, d.Wishes,
		takes(d.Takes)
	return l
}

// draftName is the key under which the sheet is kept.
const draftName = "signups/sheet"

// keep puts the sheet on disk, beside the session.
func (s *Sheet) keep() {
	r := &s.row
	d := sheetDraft{Event: uint64(s.event), City: uint64(s.city), Paper: s.paper, Person: uint64(r.Person),
		Would: r.Role, Takes: int(r.Capacity.Or(0)), Length: r.Length}
	for _, l := range s.lines {
		if l.state == saved {
			d.Lines = append(d.Lines, uint64(l.ID))
		} else {
			d.Open = append(d.Open, l.draft())
		}
	}
	for c := range columns {
		d.Row = append(d.Row, r.texts[c].Value())
	}
	data, err := json.Marshal(d)
	if err != nil {
		return
	}
	s.d.Store.SaveDraft(s.d.Me.Identity(), draftName, data)
}

// restore brings back a sheet that was left, once a session.
func (s *Sheet) restore() {
	if s.begun {
		return
	}
	s.begun = true
	data, _, ok := s.d.Store.Draft(s.d.Me.Identity(), draftName)
	var d sheetDraft
	if !ok || json.Unmarshal(data, &d) != nil || field.Get(s.d.View(), shadowing.EventID(d.Event)) == nil {
		return
	}
	s.event, s.city, s.paper = shadowing.EventID(d.Event), partnership.PartnerID(d.City), d.Paper
	for i, id := range d.Lines {
		if sg := field.Get(s.d.View(), shadowing.SignupID(id)); sg != nil {
			s.lines = append(s.lines, s.lineOf(sg, i+1))
		}
	}
	for _, l := range d.Open {
		s.lines = append(s.lines, l.line())
	}
	r := &s.row
	for c, v := range d.Row {
		if c < int(columns) {
			r.texts[c].SetValue(v)
		}
	}
	r.Person, r.Capacity = partnership.PersonID(d.Person), takes(d.Takes)
	r.Role, r.Length = cmp.Or(d.Would, r.Role), cmp.Or(d.Length, r.Length)
	if r.Person != 0 {
		r.at = colWould
	}
	s.at = len(s.lines) - 1
}

// lineOf writes a stored sign-up as the line it was.
func (s *Sheet) lineOf(sg *shadowing.Signup, number int) *line {
	l := &line{number: number, state: saved}
	l.Signup = *sg
	if p := field.Get(s.d.View(), sg.Person); p != nil {
		l.Name, l.Title, l.Department, l.City = p.Name, p.Title, p.Department, p.Partner
	}
	return l
}
