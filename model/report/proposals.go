package report

import (
	"slices"
	"strings"

	"interlocal/model/cyber"
	"interlocal/model/field"
	"interlocal/model/meeting"
	"interlocal/model/shadowing"
	"interlocal/model/value"
)

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
	for _, l := range forAgenda(field.Viewpoint{Reader: r, Now: now}) {
		if l.Kind == meeting.KindMeetings && l.ID == uint64(m.ID) {
			continue
		}
		add(proposalOf(r, l))
	}
	return out
}

// forAgenda lists what is due in every tab as far as an agenda may hold it. An
// agenda goes to everyone, whatever its maker may see: of self-assessments it
// tells how many answers are missing, and neither what was answered nor what
// was said about it.
func forAgenda(v field.Viewpoint) []Line {
	var out []Line
	for _, c := range Contributors() {
		for _, l := range c(v).Attention {
			if !l.Closed {
				out = append(out, l)
			}
		}
	}
	slices.SortStableFunc(out, orderLines)
	return out
}

// proposalOf makes a line of what is due one of an agenda, which everybody
// reads. Of self-assessments a line says how a city stands, so the agenda only
// names the year.
func proposalOf(r field.Reader, l Line) Proposal {
	if l.Tab != TabCyber {
		return Proposal{l.Text, recordWord(l.Kind, l.ID), l.Urgency.String()}
	}
	p := Proposal{Title: "Self-assessments: what is left to do", About: recordWord(l.Kind, l.ID), Why: "under way"}
	if c := field.Get(r, cyber.CycleID(l.ID)); c != nil {
		p.Title = c.Name() + ": what is left to do"
	}
	return p
}
