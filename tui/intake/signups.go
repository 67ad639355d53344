package intake

import (
	"interlocal/model/exchange"
	"interlocal/model/field"
	"interlocal/model/partnership"
	"interlocal/model/shadowing"
	"interlocal/model/shadowing/forms"
	"interlocal/model/value"
	"interlocal/store"
)

// PlanSignups works out what a sign-up form would do for an event; rows that
// name an event of their own are for that one.
func PlanSignups(have field.Reader, today value.Day, s *exchange.Sheet, m *exchange.Mapping, event shadowing.EventID) (*exchange.Plan, error) {
	return forms.NewSignupPlan(s, m, field.NewEnv(have, today), event)
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

// takeSignup carries a row of a sign-up form out: the person is added, or what
// the record lacks is filled in, and then the sign-up. Either both are done or
// neither.
func (o *Outcome) takeSignup(tx *store.Tx, row *exchange.Planned, l *shadowing.SignupLine) {
	fail := func(err error) {
		o.Refused++
		o.Faults = append(o.Faults, fault(row, err))
	}
	person, signup := l.Person, l.Signup
	had := field.Get(tx, person.ID)
	if person.ID == 0 || had != nil && !tx.Schema().Kind("people").Equal(had, &person) {
		id, err := tx.Try("people", &person)
		if err != nil {
			fail(err)
			return
		}
		person.ID = partnership.PersonID(id)
	}
	signup.Person = person.ID
	if _, err := tx.Try("signups", &signup); err != nil {
		if l.Person.ID == 0 {
			_ = tx.Delete("people", uint64(person.ID)) // nothing refers to it
		}
		fail(err)
		return
	}
	if row.Action == exchange.Add {
		o.Added++
	} else {
		o.Changed++
	}
}
