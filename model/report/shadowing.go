package report

import (
	"strconv"

	"interlocal/model/field"
	"interlocal/model/shadowing"
	"interlocal/model/value"
)

// Shadowing contributes the next events, the sign-ups that wait for approval,
// visitors without a visit, people to be told of changes, and what is to be
// recorded of events that took place.
func Shadowing(r field.Reader, now value.Wall) Contribution {
	g := gather(r, now, TabShadowing)
	var next *shadowing.Event
	for e := range field.All[shadowing.Event](r) {
		if !e.Date.Set || e.Until.Or(e.Date.V) < g.today || !e.Live() {
			g.afterwards(e)
			continue
		}
		g.happens(e.Date, shadowing.KindEvents, uint64(e.ID), func() string {
			if e.Place != "" {
				return e.Name + ", " + e.Place
			}
			return e.Name
		})
		g.unapproved(e)
		g.unmatched(e)
		if next == nil || e.Date.V < next.Date.V {
			next = e
		}
	}
	g.signupTile(next)
	g.visitTile(next)
	return g.contribution()
}

// signups counts an event's sign-ups that stand, and those not yet approved.
func signups(r field.Reader, event shadowing.EventID) (all, open int) {
	for s := range field.Of[shadowing.Signup](r, "event", event) {
		if s.State == shadowing.SignupWithdrawn {
			continue
		}
		all++
		if s.State != shadowing.SignupApproved {
			open++
		}
	}
	return all, open
}

func (g *gathering) unapproved(e *shadowing.Event) {
	if e.Date.V < g.today || e.Date.V > g.today+eventDays {
		return
	}
	all, open := signups(g.r, e.ID)
	if open == 0 {
		return
	}
	urgency := Waiting
	if e.Date.V <= g.today+nextStepDays {
		urgency = DueSoon
	}
	g.line(shadowing.KindEvents, uint64(e.ID), urgency, e.Date, func() string {
		verb := " are not approved yet"
		if open == 1 {
			verb = " is not approved yet"
		}
		return quoted(e.Name) + " is " + away(g.today, e.Date.V) + "; " + strconv.Itoa(open) + " of " +
			count(all, "sign-up", "sign-ups") + verb
	})
}

func (g *gathering) signupTile(next *shadowing.Event) {
	const name = "Sign-ups"
	if next == nil {
		g.blank(name, "for the next event; none is planned on file")
		return
	}
	all, open := signups(g.r, next.ID)
	note := "for " + quoted(next.Name) + " on " + next.Date.V.Long() + ", withdrawn ones apart"
	if open > 0 {
		note += "; " + strconv.Itoa(open) + " not approved yet"
	}
	g.tile(name, all, note)
}
