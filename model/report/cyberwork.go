package report

import (
	"strconv"

	"interlocal/model"
)

// cityWork is what is left to do about a city's newest answers, as far as the
// reader shows them.
type cityWork struct {
	partner model.PartnerID
	cycle   *model.Cycle
	late    int                  // remedies past their day
	first   model.Opt[model.Day] // the earliest of those days
	lapsed  int                  // risk acceptances past their day
	until   model.Opt[model.Day] // the earliest of those days
}

// work counts a cycle's remedies and acceptances that are past their day, for
// every city that has no newer answers.
func (g *gathering) work(c *model.Cycle, newest map[model.PartnerID]*cityWork) {
	for a := range model.Of[model.Answer](g.r, "cycle", c.ID) {
		w := newest[a.Partner]
		if w == nil || w.cycle.Year < c.Year {
			w = &cityWork{partner: a.Partner, cycle: c}
			newest[a.Partner] = w
		}
		if w.cycle.ID != c.ID {
			continue
		}
		m := &a.Remedy
		if m.Due.Set && m.Due.V < g.today && (m.State == model.RemedyOpen || m.State == model.RemedyStarted) {
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
		g.line("cycles", id, Overdue, w.first, func() string {
			return partnerName(g.r, w.partner) + ": " + count(w.late, "remedy is", "remedies are") + " past due, the first since " + w.first.V.Long()
		})
	}
	if w.lapsed > 0 {
		g.line("cycles", id, Overdue, w.until, func() string {
			return partnerName(g.r, w.partner) + ": " + count(w.lapsed, "risk acceptance has", "risk acceptances have") + " run out; renew or remedy"
		})
	}
}

// states tells which assessments wait for somebody.
func (g *gathering) states(c *model.Cycle) {
	for s := range model.Of[model.Assessment](g.r, "cycle", c.ID) {
		var what string
		switch s.State {
		case model.AssessmentInReview:
			what = " waits for approval"
		case model.AssessmentReturned:
			what = " was returned: " + oneLine(s.Returned)
		case model.AssessmentApproved:
			what = " is approved and waits to be locked"
		case model.AssessmentReopened:
			what = " was reopened: " + oneLine(s.Reopened)
		case model.AssessmentLocked:
			if c.Published.Set || model.ReleaseOf(g.r, c.ID, s.Partner) != nil {
				continue
			}
			what = " is locked; decide what of it to release"
		default:
			continue
		}
		g.line("assessments", uint64(s.ID), Waiting, c.Closes, func() string {
			return whose(partnerName(g.r, s.Partner)) + " " + strconv.Itoa(c.Year) + " self-assessment" + what
		})
	}
}

// releases tells how many cities have released, which all may know, and that
// results were shared.
func (g *gathering) releases(c *model.Cycle) {
	in, all := 0, 0
	for _, city := range c.Cities {
		if city.Part == model.TakesPart {
			all++
			if city.Released.Set {
				in++
			}
		}
	}
	switch {
	case c.Published.Set && c.Published.V > g.today-comingDays:
		g.line("cycles", uint64(c.ID), Note, c.Published, func() string {
			return "Results of the " + strconv.Itoa(c.Year) + " self-assessments were shared on " + c.Published.V.Long()
		})
	case in > 0 && !c.Published.Set:
		g.tiles = append(g.tiles, Tile{Name: "Releases in", Value: strconv.Itoa(in) + " of " + strconv.Itoa(all), Number: model.Some(int64(in)), Tab: g.tab,
			Note: "cities that have released results of " + strconv.Itoa(c.Year) + "; they are shared when all have"})
	}
}
