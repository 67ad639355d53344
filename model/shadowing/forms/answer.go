package forms

import (
	"interlocal/model/exchange"
	"interlocal/model/exchange/spreadsheet"
	"interlocal/model/field"
	"interlocal/model/partnership"
	"interlocal/model/shadowing"
	"interlocal/model/value"
)

// PlanForm is [NewSignupPlan] for the event that people sign up for at present; nil
// when the mapping is of no form.
func PlanForm(s *spreadsheet.Sheet, m *spreadsheet.Mapping, env *field.Env) (*exchange.Plan, error) {
	if !IsSignupForm(m) {
		return nil, nil
	}
	return NewSignupPlan(s, m, env, NextEvent(env.Reader, env.Today))
}

// NextEvent gives the event that people sign up for: the only one that is
// not over, or the next of those that are open; 0 when that cannot be told.
func NextEvent(r field.Reader, today value.Day) shadowing.EventID {
	var live, open []*shadowing.Event
	for e := range field.All[shadowing.Event](r) {
		if !e.Live() || e.Date.Set && e.Until.Or(e.Date.V) < today {
			continue
		}
		live = append(live, e)
		if e.State == shadowing.EventOpen {
			open = append(open, e)
		}
	}
	switch {
	case len(live) == 1:
		return live[0].ID
	case len(open) == 1:
		return open[0].ID
	}
	return 0
}

// Answer carries a row of a sign-up form out: the person is added, or what the
// record lacks is filled in, and then the sign-up.
func Answer(w field.Writer, row any) error {
	l := row.(*shadowing.SignupLine)
	person, signup := l.Person, l.Signup
	had := field.Get(w, person.ID)
	if person.ID == 0 || had != nil && !w.Schema().Kind(person.KindName()).Equal(had, &person) {
		id, err := field.Put(w, &person)
		if err != nil {
			return err
		}
		person.ID = partnership.PersonID(id)
	}
	signup.Person = person.ID
	_, err := field.Put(w, &signup)
	return err
}
