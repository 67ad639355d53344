package report

import (
	"slices"
	"strconv"

	"interlocal/model/field"
	"interlocal/model/partnership"
	"interlocal/model/shadowing"
)

// feedbackDays is how long after an event its feedback is asked for.
const feedbackDays = 60

// visiting is what an event's matches say, without comparing anybody's work.
type visiting struct {
	visitors, without int // who would visit, and those of them without a visit
	matches, held     int
	untold            int // people who were told of something that has changed
	lost              int // visits with somebody who has withdrawn
}

func visitingOf(r field.Reader, e *shadowing.Event) visiting {
	var out visiting
	has := map[partnership.PersonID]bool{}
	stands := map[partnership.PersonID]bool{}
	var would []partnership.PersonID
	for s := range field.Of[shadowing.Signup](r, "event", e.ID) {
		if s.Stands() {
			stands[s.Person] = true
			if s.Visits() {
				would = append(would, s.Person)
			}
		}
	}
	untold := map[partnership.PersonID]bool{}
	for m := range field.Of[shadowing.Match](r, "event", e.ID) {
		now := m.Slots
		switch {
		case m.State == shadowing.MatchHeld:
			out.held++
			has[m.Visitor] = true
			continue
		case m.State == shadowing.MatchMissed:
			continue
		case m.Planned():
			out.matches++
			if !stands[m.Visitor] || !stands[m.Host] {
				out.lost++
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
	out.visitors, out.untold = len(would), len(untold)
	for _, p := range would {
		if !has[p] {
			out.without++
		}
	}
	return out
}

// unmatched points out what keeps an event that is near from being ready.
func (g *gathering) unmatched(e *shadowing.Event) {
	if e.Date.V > g.today+eventDays {
		return
	}
	v := visitingOf(g.r, e)
	say := func(urgency Urgency, text string) {
		g.line(shadowing.KindEvents, uint64(e.ID), urgency, e.Date, func() string { return quoted(e.Name) + ": " + text })
	}
	if v.lost > 0 {
		say(DueSoon, count(v.lost, "visit has", "visits have")+" lost somebody who withdrew; repair the matches")
	}
	if v.matches > 0 && v.without > 0 && e.State != shadowing.EventDraft {
		say(Waiting, strconv.Itoa(v.without)+" of "+count(v.visitors, "visitor", "visitors")+" without a visit")
	}
	if v.matches == 0 && v.visitors > 0 && e.Date.V <= g.today+nextStepDays && e.State != shadowing.EventDraft {
		say(DueSoon, "nobody is matched yet, and it is "+away(g.today, e.Date.V))
	}
	if e.State == shadowing.EventPublished && v.untold > 0 {
		say(DueSoon, count(v.untold, "person is", "people are")+" to be told of changes")
	}
}

// afterwards points out what is to be recorded of an event that is over.
func (g *gathering) afterwards(e *shadowing.Event) {
	if !e.Date.Set || e.Until.Or(e.Date.V) >= g.today || e.Date.V < g.today-feedbackDays || e.State == shadowing.EventClosed {
		return
	}
	v := visitingOf(g.r, e)
	if e.Live() && v.matches > 0 {
		g.line(shadowing.KindEvents, uint64(e.ID), Waiting, e.Date, func() string {
			return quoted(e.Name) + " was " + away(g.today, e.Date.V) + "; record which visits took place"
		})
		return
	}
	sheets := 0
	for range field.Of[shadowing.Feedback](g.r, "event", e.ID) {
		sheets++
	}
	if v.held > 0 && sheets < v.held {
		g.line(shadowing.KindEvents, uint64(e.ID), Note, e.Date, func() string {
			return quoted(e.Name) + ": feedback on " + strconv.Itoa(sheets) + " of " + count(v.held, "visit", "visits") + " so far"
		})
	}
}

func (g *gathering) visitTile(next *shadowing.Event) {
	const name = "Visits planned"
	if next == nil {
		return
	}
	v := visitingOf(g.r, next)
	if v.matches == 0 {
		return
	}
	g.tile(name, v.matches, "for "+quoted(next.Name)+"; "+strconv.Itoa(v.without)+" of "+count(v.visitors, "visitor", "visitors")+" without one")
}
