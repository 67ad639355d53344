package report

import (
	"strconv"

	"interlocal/model"
)

// Shadowing contributes the next events, the sign-ups that wait for approval,
// visitors without a visit, people to be told of changes, and what is to be
// recorded of events that took place.
func Shadowing(r model.Reader, now model.Wall) Contribution {
	g := gather(r, now, TabShadowing)
	var next *model.Event
	for e := range model.All[model.Event](r) {
		if !e.Date.Set || e.Until.Or(e.Date.V) < g.today || !e.Live() {
			g.afterwards(e)
			continue
		}
		g.happens(e.Date, "events", uint64(e.ID), func() string {
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
func signups(r model.Reader, event model.EventID) (all, open int) {
	for s := range model.Of[model.Signup](r, "event", event) {
		if s.State == model.SignupWithdrawn {
			continue
		}
		all++
		if s.State != model.SignupApproved {
			open++
		}
	}
	return all, open
}

func (g *gathering) unapproved(e *model.Event) {
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
	g.line("events", uint64(e.ID), urgency, e.Date, func() string {
		verb := " are not approved yet"
		if open == 1 {
			verb = " is not approved yet"
		}
		return quoted(e.Name) + " is " + away(g.today, e.Date.V) + "; " + strconv.Itoa(open) + " of " +
			count(all, "sign-up", "sign-ups") + verb
	})
}

func (g *gathering) signupTile(next *model.Event) {
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
