package forms

import (
	"strconv"
	"strings"

	"interlocal/model/exchange"
	"interlocal/model/exchange/spreadsheet"
	"interlocal/model/field"
	"interlocal/model/partnership"
	"interlocal/model/shadowing"
	"interlocal/model/value"
)

// what reads what a row signs up for, and settles what it does.
func (w *signupPlanner) what(i int, l *shadowing.SignupLine, e *shadowing.Event) {
	row := &w.plan.Rows[i]
	s := shadowing.Signup{Event: e.ID, Person: l.Person.ID, Role: shadowing.SignupVisit,
		State: shadowing.SignupReceived}
	had := shadowing.SignupOf(w.env.Reader, e.ID, l.Person.ID)
	if had != nil {
		s = *had
	}
	if !w.roleOf(i, l, &s) || !w.lengthOf(i, l, &s) || !w.capacityOf(i, l, &s) || !w.slotsOf(i, l, &s, e) ||
		!w.peopleOf(i, l, &s) {
		return
	}
	w.approvedOf(i, l, &s)
	if l.Wishes != "" {
		s.Wishes = l.Wishes
	}
	if l.Needs != "" && !nothing(l.Needs) {
		s.Needs = l.Needs
	}
	l.Signup = s
	w.tell(l, e)
	row.Mine, row.ID, row.Action = l, uint64(s.ID), exchange.Add
	if had == nil {
		return
	}
	schema := w.env.Reader.Schema()
	row.Action = exchange.Change
	if schema.Kind(shadowing.KindSignups).Equal(had, &s) && schema.Kind(partnership.KindPeople).
		Equal(field.Get(w.env.Reader, l.Person.ID), &l.Person) {
		row.Action, row.Mine = exchange.Same, nil
	}
}

// tell says what the answers will be stored as.
func (w *signupPlanner) tell(l *shadowing.SignupLine, e *shadowing.Event) {
	signups := w.env.Reader.Schema().Kind(shadowing.KindSignups)
	for _, f := range []struct{ field, said string }{{"role", l.Role}, {"length", l.Length}, {"capacity", l.Capacity},
		{"available", l.Available}} {
		stored := string(signups.Column(f.field).Show(nil, &l.Signup, w.env))
		if f.field == "available" && stored == "" {
			stored = "all half days of " + e.Name
		}
		w.reader.Stored(f.field, f.said, stored)
	}
	w.reader.Stored("partner", l.Partner, w.env.Label(partnership.KindPartners, uint64(l.Person.Partner)))
	if l.Approved != "" {
		stored := "not approved"
		if l.Signup.State != shadowing.SignupReceived {
			stored = string(l.Signup.State)
		}
		w.reader.Stored("approved", l.Approved, stored)
	}
}

// nothing reports whether an answer says that there is nothing to say.
func nothing(s string) bool {
	switch strings.Trim(strings.ToLower(strings.TrimSpace(s)), ".!") {
	case "", "no", "none", "n/a", "na", "-", "nothing", "not applicable":
		return true
	}
	return false
}

// roleOf reads whether somebody would visit, host or do both.
func (w *signupPlanner) roleOf(i int, l *shadowing.SignupLine, s *shadowing.Signup) bool {
	if l.Role == "" {
		if s.ID == 0 {
			w.refuse(i, "role", "", "nothing is said of visiting or hosting; say it for all rows by --set role=visit")
		}
		return s.ID != 0
	}
	role, ok := roleSaid(l.Role)
	if !ok {
		w.refuse(i, "role", l.Role, strconv.Quote(spreadsheet.Shorten(l.Role))+" says neither visit nor host; write "+
			"visit, host or both")
		return false
	}
	s.Role = role
	return true
}

// lengthOf reads whether half a day is asked for, a full one, or either.
func (w *signupPlanner) lengthOf(i int, l *shadowing.SignupLine, s *shadowing.Signup) bool {
	if l.Length == "" {
		return true
	}
	length, ok := lengthSaid(l.Length)
	if !ok {
		w.refuse(i, "length", l.Length, strconv.Quote(spreadsheet.Shorten(l.Length))+" is neither half a day, a full "+
			"day nor either")
		return false
	}
	s.Length = length
	return true
}

// capacityOf reads how many visitors a host takes at once.
func (w *signupPlanner) capacityOf(i int, l *shadowing.SignupLine, s *shadowing.Signup) bool {
	if l.Capacity == "" || nothing(l.Capacity) {
		return true
	}
	n, ok := capacitySaid(l.Capacity)
	if !ok {
		w.refuse(i, "capacity", l.Capacity, strconv.Quote(spreadsheet.Shorten(l.Capacity))+" is not a number of "+
			"visitors from 0 to 100")
		return false
	}
	if s.Hosts() {
		s.Capacity = value.Some(n)
	}
	return true
}

// approvedOf reads whether a supervisor has approved. What cannot be read costs
// the approval, not the sign-up.
func (w *signupPlanner) approvedOf(i int, l *shadowing.SignupLine, s *shadowing.Signup) {
	approved, ok := approvedSaid(l.Approved)
	if !ok {
		w.warn(i, "approved", l.Approved, "says neither yes nor no; the sign-up waits for approval")
	}
	if approved && s.State == shadowing.SignupReceived {
		s.State = shadowing.SignupApproved
	}
}

// slotsOf reads when somebody is available.
func (w *signupPlanner) slotsOf(i int, l *shadowing.SignupLine, s *shadowing.Signup, e *shadowing.Event) bool {
	if l.Available == "" {
		return true
	}
	free, err := SlotsSaid(l.Available, e, w.env.Today)
	if err != nil {
		w.refuse(i, "available", l.Available, err.Error())
		return false
	}
	s.Available = free
	return true
}

// peopleOf reads whom somebody asks for or rules out; a name that is not on
// record stays a wish in words.
func (w *signupPlanner) peopleOf(i int, l *shadowing.SignupLine, s *shadowing.Signup) bool {
	for _, f := range []struct {
		field, said string
		to          *[]partnership.PersonID
	}{{"wanted", l.Wanted, &s.Wanted}, {"avoid", l.Avoid, &s.Avoid}} {
		if nothing(f.said) {
			continue
		}
		var list []partnership.PersonID
		for _, name := range lines(f.said) {
			id, err := w.env.Resolve(partnership.KindPeople, name)
			if err != nil {
				w.note(i, f.field, name, "is nobody on record and is kept among the wishes")
				if f.field == "wanted" && !strings.Contains(l.Wishes, name) {
					l.Wishes = strings.TrimSpace(l.Wishes + "\nAsked for " + name)
				}
				continue
			}
			list = append(list, partnership.PersonID(id))
		}
		if len(list) > 0 {
			*f.to = list
		}
	}
	return true
}
