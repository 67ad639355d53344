package report

import (
	"strconv"

	"interlocal/model/cyber"
	"interlocal/model/field"
	"interlocal/model/partnership"
	"interlocal/model/text"
	"interlocal/model/value"
)

// cityWork is what is left to do about a city's newest answers, as far as the
// reader shows them.
type cityWork struct {
	partner partnership.PartnerID
	cycle   *cyber.Cycle
	late    int                  // remedies past their day
	first   value.Opt[value.Day] // the earliest of those days
	lapsed  int                  // risk acceptances past their day
	until   value.Opt[value.Day] // the earliest of those days
}

// work counts a cycle's remedies and acceptances that are past their day, for
// every city that has no newer answers.
func (g *gathering) work(c *cyber.Cycle, newest map[partnership.PartnerID]*cityWork) {
	for a := range field.Of[cyber.Answer](g.r, "cycle", c.ID) {
		w := newest[a.Partner]
		if w == nil || w.cycle.Year < c.Year {
			w = &cityWork{partner: a.Partner, cycle: c}
			newest[a.Partner] = w
		}
		if w.cycle.ID != c.ID {
			continue
		}
		m := &a.Remedy
		if m.Due.Set && m.Due.V < g.today && (m.State == cyber.RemedyOpen || m.State == cyber.RemedyStarted) {
			w.late++
			if !w.first.Set || m.Due.V < w.first.V {
				w.first = m.Due
			}
		}
		if a.Lapsed(g.today) {
			w.lapsed++
			if e := a.Acceptance.Expires; !w.until.Set || e.V < w.until.V {
				w.until = e
			}
		}
	}
}

// workLines tells what is past its day.
func (g *gathering) workLines(w *cityWork) {
	id := uint64(w.cycle.ID)
	if w.late > 0 {
		g.line(cyber.KindCycles, id, Overdue, w.first, func() string {
			return partnerName(g.r, w.partner) + ": " + count(w.late, "remedy is", "remedies are") + " past due, the first since " + w.first.V.Long()
		})
	}
	if w.lapsed > 0 {
		g.line(cyber.KindCycles, id, Overdue, w.until, func() string {
			return partnerName(g.r, w.partner) + ": " + count(w.lapsed, "risk acceptance has", "risk acceptances have") + " run out; renew or remedy"
		})
	}
}

// states tells which assessments wait for somebody.
func (g *gathering) states(c *cyber.Cycle) {
	for s := range field.Of[cyber.Assessment](g.r, "cycle", c.ID) {
		var what string
		switch s.State {
		case cyber.AssessmentInReview:
			what = " waits for approval"
		case cyber.AssessmentReturned:
			what = " was returned: " + text.OneLine(s.Returned)
		case cyber.AssessmentApproved:
			what = " is approved and waits to be locked"
		case cyber.AssessmentReopened:
			what = " was reopened: " + text.OneLine(s.Reopened)
		case cyber.AssessmentLocked:
			if c.Published.Set || cyber.ReleaseOf(g.r, c.ID, s.Partner) != nil {
				continue
			}
			what = " is locked; decide what of it to release"
		default:
			continue
		}
		g.line(cyber.KindAssessments, uint64(s.ID), Waiting, c.Closes, func() string {
			return whose(partnerName(g.r, s.Partner)) + " " + strconv.Itoa(c.Year) + " self-assessment" + what
		})
	}
}

// releases tells how many cities have released, which all may know, and that
// results were shared.
func (g *gathering) releases(c *cyber.Cycle) {
	in, all := 0, 0
	for _, city := range c.Cities {
		if city.Part == cyber.TakesPart {
			all++
			if city.Released.Set {
				in++
			}
		}
	}
	switch {
	case c.Published.Set && c.Published.V > g.today-comingDays:
		g.line(cyber.KindCycles, uint64(c.ID), Note, c.Published, func() string {
			return "Results of the " + strconv.Itoa(c.Year) + " self-assessments were shared on " + c.Published.V.Long()
		})
	case in > 0 && !c.Published.Set:
		g.tiles = append(g.tiles, Tile{Name: "Releases in", Value: strconv.Itoa(in) + " of " + strconv.Itoa(all), Number: value.Some(int64(in)), Tab: g.tab,
			Note: "cities that have released results of " + strconv.Itoa(c.Year) + "; they are shared when all have"})
	}
}
