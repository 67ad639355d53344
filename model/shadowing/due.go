package shadowing

import (
	"slices"
	"strconv"

	"interlocal/model/field"
	"interlocal/model/partnership"
	"interlocal/model/text"
)

// How many days an event is told of.
const (
	eventAhead   = 30 // before it: sign-ups should be approved and people matched
	eventNear    = 14 // before it, that presses
	feedbackDays = 60 // after it, feedback is asked for
)

// Approvals counts an event's sign-ups that stand, and those not yet approved.
func Approvals(r field.Reader, event EventID) (all, open int) {
	for s := range field.Of[Signup](r, "event", event) {
		if s.State == SignupWithdrawn {
			continue
		}
		all++
		if s.State != SignupApproved {
			open++
		}
	}
	return all, open
}

// Visiting is what an event's matches say, without comparing anybody's work.
type Visiting struct {
	Visitors, Without int // who would visit, and those of them without a visit
	Matches, Held     int
	Untold            int // people who were told of something that has changed
	Lost              int // visits with somebody who has withdrawn
}

// VisitingOf counts an event's matches.
func VisitingOf(r field.Reader, event EventID) Visiting {
	var out Visiting
	has, stands := map[partnership.PersonID]bool{}, map[partnership.PersonID]bool{}
	var would []partnership.PersonID
	for s := range field.Of[Signup](r, "event", event) {
		if s.Stands() {
			stands[s.Person] = true
			if s.Visits() {
				would = append(would, s.Person)
			}
		}
	}
	untold := map[partnership.PersonID]bool{}
	for m := range field.Of[Match](r, "event", event) {
		now := m.Slots
		switch {
		case m.State == MatchHeld:
			out.Held++
			has[m.Visitor] = true
			continue
		case m.State == MatchMissed:
			continue
		case m.Planned():
			out.Matches++
			if !stands[m.Visitor] || !stands[m.Host] {
				out.Lost++
			} else {
				has[m.Visitor] = true
			}
		default:
			now = nil
		}
		if !slices.Equal(m.ToldVisitor, now) {
			untold[m.Visitor] = true
		}
		if !slices.Equal(m.ToldHost, now) {
			untold[m.Host] = true
		}
	}
	out.Visitors, out.Untold = len(would), len(untold)
	for _, p := range would {
		if !has[p] {
			out.Without++
		}
	}
	return out
}

// dueEvent tells of an event to come and what keeps it from being ready, and of
// what is to be recorded of one that is over.
func dueEvent(v field.Viewpoint, e *Event, yield func(field.Due)) {
	today := v.Now.Day()
	if !e.Date.Set {
		return
	}
	if !e.ToCome(today) {
		dueAfter(v, e, yield)
		return
	}
	yield(field.Due{On: e.Date, Urgency: field.Later, Event: func() string {
		if e.Place != "" {
			return e.Name + ", " + e.Place
		}
		return e.Name
	}})
	if e.Date.V > today+eventAhead {
		return
	}
	if e.Date.V >= today {
		dueApprovals(v, e, yield)
	}
	dueMatches(v, e, yield)
}

// dueApprovals tells of sign-ups that are not approved.
func dueApprovals(v field.Viewpoint, e *Event, yield func(field.Due)) {
	all, open := Approvals(v, e.ID)
	if open == 0 {
		return
	}
	urgency := v.Nearness(e.Date.V, eventNear)
	if urgency == field.Later {
		urgency = field.Waiting
	}
	yield(field.Due{On: e.Date, Urgency: urgency, Line: func() string {
		verb := " are not approved yet"
		if open == 1 {
			verb = " is not approved yet"
		}
		return text.Quoted(e.Name) + " is " + e.Date.V.Away(v.Now.Day()) + "; " + strconv.Itoa(open) + " of " +
			text.Counted(all, "sign-up", "sign-ups") + verb
	}})
}

// dueMatches tells of visits that are missing, lost or not told of.
func dueMatches(v field.Viewpoint, e *Event, yield func(field.Due)) {
	n := VisitingOf(v, e.ID)
	says := func(urgency field.Urgency, said string) {
		yield(field.Due{On: e.Date, Urgency: urgency, Line: func() string { return text.Quoted(e.Name) + ": " + said }})
	}
	if n.Lost > 0 {
		says(field.DueSoon, text.Counted(n.Lost, "visit has", "visits have")+" lost somebody who withdrew; repair "+
			"the matches")
	}
	if n.Matches > 0 && n.Without > 0 && e.State != EventDraft {
		says(field.Waiting, strconv.Itoa(n.Without)+" of "+text.Counted(n.Visitors, "visitor", "visitors")+
			" without a visit")
	}
	if today := v.Now.Day(); n.Matches == 0 && n.Visitors > 0 && e.Date.V <= today+eventNear && e.State != EventDraft {
		says(field.DueSoon, "nobody is matched yet, and it is "+e.Date.V.Away(today))
	}
	if e.State == EventPublished && n.Untold > 0 {
		says(field.DueSoon, text.Counted(n.Untold, "person is", "people are")+" to be told of changes")
	}
}

// dueAfter tells of visits and feedback that are to be recorded of an event that
// is over.
func dueAfter(v field.Viewpoint, e *Event, yield func(field.Due)) {
	today := v.Now.Day()
	if e.Until.Or(e.Date.V) >= today || e.Date.V < today-feedbackDays || e.State == EventClosed {
		return
	}
	n := VisitingOf(v, e.ID)
	if e.Live() && n.Matches > 0 {
		yield(field.Due{On: e.Date, Urgency: field.Waiting, Line: func() string {
			return text.Quoted(e.Name) + " was " + e.Date.V.Away(today) + "; record which visits took place"
		}})
		return
	}
	sheets := 0
	for range field.Of[Feedback](v, "event", e.ID) {
		sheets++
	}
	if n.Held > 0 && sheets < n.Held {
		yield(field.Due{On: e.Date, Urgency: field.Note, Line: func() string {
			return text.Quoted(e.Name) + ": feedback on " + strconv.Itoa(sheets) + " of " +
				text.Counted(n.Held, "visit", "visits") + " so far"
		}})
	}
}
