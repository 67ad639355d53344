package report

import (
	"strconv"

	"interlocal/model/field"
	"interlocal/model/partnership"
	"interlocal/model/value"
)

// Partners contributes the duty to brief, memberships on their way and
// qualifications that expire.
func Partners(r field.Reader, now value.Wall) Contribution {
	g := gather(r, now, TabPartners)
	members, bodies, briefed := 0, 0, 0
	for p := range field.All[partnership.Partner](r) {
		g.membership(p)
		if !p.Governs() || !p.Active() {
			continue
		}
		members++
		due := partnership.NextBriefing(r, p, g.today)
		g.briefingDue(p, due)
		if due.Last.Set {
			bodies++
			if due.Last.V.AddMonths(12) >= g.today {
				briefed++
			}
		}
	}
	g.tile("Member cities", members, "partners with status Member, the facilitator apart")
	g.people()
	if bodies == 0 {
		g.blank("Bodies briefed", "governing bodies with a briefing given in the last twelve months")
	} else {
		g.tiles = append(g.tiles, Tile{Name: "Bodies briefed", Value: strconv.Itoa(briefed) + " of " + strconv.Itoa(members),
			Number: value.Some(int64(briefed)), Note: "governing bodies with a briefing given in the last twelve months", Tab: g.tab})
	}
	g.plannedBriefings()
	return g.contribution()
}

// membership tells of a city that is invited or joining.
func (g *gathering) membership(p *partnership.Partner) {
	if p.Status != partnership.Invited && p.Status != partnership.Joining {
		return
	}
	passed := false
	for res := range field.Of[partnership.Resolution](g.r, "partner", p.ID) {
		passed = passed || res.Status == partnership.Passed
	}
	g.line(partnership.KindPartners, uint64(p.ID), Waiting, value.Opt[value.Day]{}, func() string {
		if passed {
			return p.Name + " has passed its resolution and can be marked as a member"
		}
		return p.Name + " is " + string(p.Status) + "; its resolution is still to come"
	})
}

// briefingDue tells of a briefing that comes due and is not planned yet.
func (g *gathering) briefingDue(p *partnership.Partner, due partnership.BriefingDue) {
	if !due.Due.Set || due.Planned.Set || due.Due.V > g.today+briefingDays {
		return
	}
	name := whose(p.Name) + " yearly briefing"
	if p.GoverningBody != "" {
		name = whose(p.Name) + " " + p.GoverningBody + " briefing"
	}
	if due.Due.V < g.today {
		g.line(partnership.KindPartners, uint64(p.ID), Overdue, due.Due, func() string {
			return name + " was due by " + when(g.today, due.Due.V)
		})
		return
	}
	g.line(partnership.KindPartners, uint64(p.ID), DueSoon, due.Due, func() string {
		return name + " is due by " + when(g.today, due.Due.V)
	})
	g.happens(due.Due, partnership.KindPartners, uint64(p.ID), func() string { return name + " is due" })
}

// plannedBriefings tells of briefings to come, and of planned ones whose day
// has passed.
func (g *gathering) plannedBriefings() {
	for b := range field.All[partnership.Briefing](g.r) {
		if b.Status != partnership.BriefingPlanned || !b.Date.Set {
			continue
		}
		g.happens(b.Date, partnership.KindBriefings, uint64(b.ID), func() string {
			text := "Briefing planned for " + partnerName(g.r, b.Partner)
			if name := personName(g.r, b.Presenter); name != "" {
				text += ", presented by " + name
			}
			return text
		})
		if b.Date.V < g.today {
			g.line(partnership.KindBriefings, uint64(b.ID), Waiting, b.Date, func() string {
				return whose(partnerName(g.r, b.Partner)) + " briefing was planned for " + when(g.today, b.Date.V) +
					"; it can be recorded as given or moved"
			})
		}
	}
}

// people counts staff and looks for qualifications that expire.
func (g *gathering) people() {
	n := 0
	for p := range field.All[partnership.Person](g.r) {
		if p.Left {
			continue
		}
		n++
		for i := range p.Qualifications {
			g.qualification(p, &p.Qualifications[i])
		}
	}
	const note = "staff of all partners on file, without those who left service"
	if n == 0 {
		g.blank("People", note)
		return
	}
	g.tile("People", n, note)
}

func (g *gathering) qualification(p *partnership.Person, q *partnership.Qualification) {
	if !q.Expires.Set || q.Expires.V > g.today+qualificationDays || q.Expires.V < g.today-qualificationDays {
		return
	}
	if q.Expires.V < g.today {
		if renewed(p, q) {
			return
		}
		g.line(partnership.KindPeople, uint64(p.ID), Waiting, q.Expires, func() string {
			return whose(p.Name) + " " + q.Name + " expired on " + when(g.today, q.Expires.V)
		})
		return
	}
	if renewed(p, q) {
		return
	}
	g.line(partnership.KindPeople, uint64(p.ID), DueSoon, q.Expires, func() string {
		return whose(p.Name) + " " + q.Name + " expires on " + when(g.today, q.Expires.V)
	})
	g.happens(q.Expires, partnership.KindPeople, uint64(p.ID), func() string { return whose(p.Name) + " " + q.Name + " expires" })
}

// renewed reports whether the person holds the same qualification for longer.
func renewed(p *partnership.Person, q *partnership.Qualification) bool {
	return p.Qualified(q.Name, q.Expires.V+1)
}
