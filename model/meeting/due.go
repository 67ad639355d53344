package meeting

import (
	"interlocal/model/field"
	"interlocal/model/partnership"
	"interlocal/model/text"
	"interlocal/model/value"
)

// How many days before its day something is told of.
const (
	actionAhead = 7
	agendaAhead = 3 // business days of the host's: a meeting should have an agenda
)

// dueAction tells of an action that is open.
func dueAction(v field.Viewpoint, a *Action, yield func(field.Due)) {
	if a.State != ActionOpen || !a.Due.Set {
		return
	}
	today, owner := v.Now.Day(), func() string { return a.Owner(v) }
	yield(field.Due{On: a.Due, Urgency: v.Nearness(a.Due.V, actionAhead),
		Line: func() string {
			said := text.Quoted(a.What) + " (" + owner() + ")"
			if a.Overdue(today) {
				return said + " was due " + a.Due.V.When(today)
			}
			return said + " is due " + a.Due.V.When(today)
		},
		Event: func() string { return a.What + ", " + owner() }})
}

// Owner names who took the action on.
func (a *Action) Owner(r field.Reader) string {
	if a.Who == 0 {
		return "nobody yet"
	}
	return partnership.PersonName(r, a.Who)
}

// dueMeeting tells of a meeting that is open, lacks its agenda or waits for the
// approval of its minutes.
func dueMeeting(v field.Viewpoint, m *Meeting, yield func(field.Due)) {
	switch {
	case m.State == MeetingOpen:
		yield(field.Due{Urgency: field.Waiting, Line: func() string { return text.Quoted(m.Name) + " is open" }})
	case m.State == MeetingClosed:
		yield(field.Due{Urgency: field.Waiting, Line: func() string {
			return "The minutes of " + text.Quoted(m.Name) +
				" wait for approval"
		}})
	case m.State == MeetingPlanned && m.Start.Set:
		day, today := m.Start.V.Day(), v.Now.Day()
		d := field.Due{On: value.Some(day), Urgency: field.Later, Event: func() string {
			if m.Place != "" {
				return m.Name + ", " + m.Place
			}
			return m.Name
		}}
		if host := partnership.CalendarOf(v, m.Host); day >= today && host.Before(day, agendaAhead) <= today &&
			len(AgendaOf(v, m.ID)) == 0 {
			d.Urgency = field.DueSoon
			d.Line = func() string { return text.Quoted(m.Name) + " is " + day.Away(today) + " and has no agenda yet" }
			d.How = func() string { return host.CountedBack(day, agendaAhead) }
		}
		yield(d)
	}
}
