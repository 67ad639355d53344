package report

import (
	"cmp"
	"slices"
	"strings"

	"interlocal/model/cyber"
	"interlocal/model/field"
	"interlocal/model/meeting"
	"interlocal/model/partnership"
	"interlocal/model/shadowing"
	"interlocal/model/value"
)

// TabMeetings is the tab of meetings.
const TabMeetings Tab = "meetings"

// How far ahead meetings and actions are told of.
const (
	actionDays  = 7 // an action is due
	meetingDays = 3 // a meeting should have an agenda
)

// Meetings contributes actions that are due, meetings without an agenda and
// minutes that wait for approval.
func Meetings(r field.Reader, now value.Wall) Contribution {
	g := gather(r, now, TabMeetings)
	open, late := 0, 0
	for a := range field.All[meeting.Action](r) {
		if a.State != meeting.ActionOpen {
			continue
		}
		open++
		if a.Overdue(g.today) {
			late++
		}
		g.action(a)
	}
	held := 0
	for m := range field.All[meeting.Meeting](r) {
		held++
		g.meeting(m)
	}
	if open > 0 || held > 0 {
		note := "actions with state Open"
		if late > 0 {
			note += "; " + count(late, "is past its day", "are past their day")
		}
		g.tile("Open actions", open, note)
	}
	return g.contribution()
}

func (g *gathering) action(a *meeting.Action) {
	says := func() string { return quoted(a.What) + " (" + actionOwner(g.r, a) + ")" }
	switch {
	case a.Overdue(g.today):
		g.line(meeting.KindActions, uint64(a.ID), Overdue, a.Due, func() string { return says() + " was due " + when(g.today, a.Due.V) })
	case a.Due.Set && a.Due.V <= g.today+actionDays:
		g.line(meeting.KindActions, uint64(a.ID), DueSoon, a.Due, func() string { return says() + " is due " + when(g.today, a.Due.V) })
	}
	if a.Due.Or(g.today) >= g.today {
		g.happens(a.Due, meeting.KindActions, uint64(a.ID), func() string { return a.What + ", " + actionOwner(g.r, a) })
	}
}

func actionOwner(r field.Reader, a *meeting.Action) string {
	if a.Who == 0 {
		return "nobody yet"
	}
	return personName(r, a.Who)
}

func (g *gathering) meeting(m *meeting.Meeting) {
	id := uint64(m.ID)
	switch {
	case m.State == meeting.MeetingOpen:
		g.line(meeting.KindMeetings, id, Waiting, value.Opt[value.Day]{}, func() string { return quoted(m.Name) + " is open" })
	case m.State == meeting.MeetingPlanned && m.Start.Set:
		day := value.Some(m.Start.V.Day())
		g.happens(day, meeting.KindMeetings, id, func() string {
			if m.Place != "" {
				return m.Name + ", " + m.Place
			}
			return m.Name
		})
		if day.V >= g.today && day.V <= g.today+meetingDays && len(meeting.AgendaOf(g.r, m.ID)) == 0 {
			g.line(meeting.KindMeetings, id, DueSoon, day, func() string {
				return quoted(m.Name) + " is " + away(g.today, day.V) + " and has no agenda yet"
			})
		}
	case m.State == meeting.MeetingClosed:
		g.line(meeting.KindMeetings, id, Waiting, value.Opt[value.Day]{}, func() string {
			return "The minutes of " + quoted(m.Name) + " wait for approval"
		})
	}
}

// Owner is somebody with open actions.
type Owner struct {
	Person  partnership.PersonID // 0 for what nobody has taken on
	Name    string
	Open    int
	Overdue int
}

// Owners lists who has open actions, those with the most overdue first.
func Owners(r field.Reader, today value.Day) []Owner {
	at := map[partnership.PersonID]int{}
	var out []Owner
	for a := range field.All[meeting.Action](r) {
		if a.State != meeting.ActionOpen {
			continue
		}
		i, known := at[a.Who]
		if !known {
			i = len(out)
			at[a.Who] = i
			out = append(out, Owner{Person: a.Who, Name: actionOwner(r, a)})
		}
		out[i].Open++
		if a.Overdue(today) {
			out[i].Overdue++
		}
	}
	slices.SortStableFunc(out, func(a, b Owner) int {
		return cmp.Or(cmp.Compare(b.Overdue, a.Overdue), cmp.Compare(b.Open, a.Open), cmp.Compare(a.Name, b.Name))
	})
	return out
}

// Proposal is something for an agenda.
type Proposal struct {
	Title string
	About string // kind and number of the record it comes from, or ""
	Why   string // "carried over", "overdue", "due soon" …
}

// Proposals lists what a meeting's agenda could hold and does not yet: items
// that the last meeting of its series did not reach, then what is due in every
// tab, most urgent first.
func Proposals(r field.Reader, m *meeting.Meeting, now value.Wall) []Proposal {
	have := map[string]bool{}
	for _, item := range meeting.AgendaOf(r, m.ID) {
		have[item.Title], have[item.About] = true, true
	}
	delete(have, "")
	var out []Proposal
	add := func(p Proposal) {
		kind, _, _ := strings.Cut(p.About, "/")
		one := kind != cyber.KindCycles && kind != shadowing.KindEvents // of those there is more than one thing to say
		if !have[p.Title] && !(one && have[p.About]) {
			have[p.Title], have[p.About] = true, true
			delete(have, "")
			out = append(out, p)
		}
	}
	if last := meeting.LastOfSeries(r, m); last != nil {
		for _, item := range meeting.AgendaOf(r, last.ID) {
			if item.State != meeting.ItemDone {
				add(Proposal{item.Title, item.About, "carried over"})
			}
		}
	}
	for _, l := range forAgenda(r, now) {
		if l.Kind == meeting.KindMeetings && l.ID == uint64(m.ID) {
			continue
		}
		add(proposalOf(r, l))
	}
	return out
}

// proposalOf makes a line of what is due one of an agenda, which everybody
// reads. Of self-assessments a line says how a city stands, so the agenda only
// names the year.
func proposalOf(r field.Reader, l Line) Proposal {
	if l.Tab != TabCyber {
		return Proposal{l.Text, recordWord(l.Kind, l.ID), l.Urgency.String()}
	}
	cycle := cyber.CycleID(l.ID)
	if l.Kind == cyber.KindAssessments {
		if s := field.Get(r, cyber.AssessmentID(l.ID)); s != nil {
			cycle = s.Cycle
		}
	}
	p := Proposal{Title: "Self-assessments: what is left to do", About: recordWord(cyber.KindCycles, uint64(cycle)), Why: "under way"}
	if c := field.Get(r, cycle); c != nil {
		p.Title = cycleName(c) + ": what is left to do"
	}
	return p
}
