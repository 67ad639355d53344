package cyber

import (
	"strconv"
	"strings"

	"interlocal/model/cyber"
	"interlocal/model/cyber/framework"
	"interlocal/model/cyber/release"
	"interlocal/model/field"
	"interlocal/model/partnership"
)

// sharedCity is what one city has shared of a cycle with the viewer.
type sharedCity struct {
	city   *partnership.Partner
	scores map[string]int
	bands  map[string]cyber.Band
}

// sharedResults is what has been shared of a cycle with the viewer: nothing
// else of another city is ever read.
type sharedResults struct {
	handout release.Handout
	cities  []*sharedCity
	list    map[string]bool   // items that at least two cities lack
	listed  map[string]bool   // functions that have a list
	why     map[string]string // why others have none
}

// shared reads the shared results of a cycle.
func (s *subject) shared(cycle *cyber.Cycle) *sharedResults {
	view := s.d.View()
	out := &sharedResults{list: map[string]bool{}, listed: map[string]bool{}, why: map[string]string{}, handout: release.Handed(view, cycle.ID, partnership.PartnerID(s.d.Me.Identity().Partner))}
	for _, p := range cycle.TakingPart() {
		city := field.Get(view, p)
		if city == nil {
			continue
		}
		c := &sharedCity{city: city, scores: out.handout.Scores[p]}
		for _, b := range out.handout.Bands[p] {
			if c.bands == nil {
				c.bands = map[string]cyber.Band{}
			}
			c.bands[b.Function] = b.Band
		}
		out.cities = append(out.cities, c)
	}
	for _, p := range out.handout.Lists {
		if p.Withheld != "" {
			out.why[p.Function] = p.Withheld
			continue
		}
		out.listed[p.Function] = true
		for _, item := range p.Items {
			out.list[item] = true
		}
	}
	return out
}

// listColumn marks what at least two of the cities that joined lack.
func (r *sharedResults) listColumn(sh *sheet) heatColumn {
	return heatColumn{title: "≥2 lack", cycle: sh.Cycle.ID,
		plain: func(i int) heatCell {
			if r.list[string(sh.Framework.Items[i].ID)] {
				return heatCell{"●", 0}
			}
			return heatCell{" ", 0}
		},
		mean: func(w heatRow) heatCell {
			n := 0
			for i := w.from; i < w.to; i++ {
				if r.list[string(sh.Framework.Items[i].ID)] {
					n++
				}
			}
			if n == 0 {
				return heatCell{" ", 0}
			}
			return heatCell{strconv.Itoa(n) + "●", 0}
		},
		about: func(w heatRow) string { return r.listSentence(sh, w) },
	}
}

// listSentence says what the list tells about a row.
func (r *sharedResults) listSentence(sh *sheet, w heatRow) string {
	fn := framework.FunctionOf(w.part)
	switch {
	case r.handout.Why != "":
		return "Whether others lack " + w.part + " too is not known here. " + r.handout.Why
	case !r.listed[fn] && r.why[fn] != "":
		return "There is no list for " + fn + ": " + r.why[fn] + "."
	case !r.listed[fn]:
		return "No list for " + fn + " was shared with you."
	case w.whole:
		n := r.listColumn(sh).mean(w).figure
		if n == " " {
			return "Nothing in " + w.part + " is on the list of what at least two cities lack."
		}
		return strings.TrimSuffix(n, "●") + " of " + w.part + " are on the list of what at least two cities lack."
	case r.list[w.part]:
		return "At least two of the cities that joined are below the minimum in " + w.part + ". Which ones the list does not say."
	}
	return w.part + " is not on the list: at most one of the cities that joined is below the minimum in it."
}

// column shows one city's shared scores, or its bands.
func (c *sharedCity) column(sh *sheet) heatColumn {
	return heatColumn{title: c.city.Name, cycle: sh.Cycle.ID, city: c.city,
		plain: func(i int) heatCell {
			if v := c.scores[string(sh.Framework.Items[i].ID)]; v > 0 {
				return heatCell{strconv.Itoa(v), v}
			}
			return heatCell{" ", 0}
		},
		mean: func(r heatRow) heatCell {
			if b := c.bands[r.part]; b != "" {
				return heatCell{bandMark(b), 0}
			}
			return heatCell{" ", 0}
		},
		about: func(r heatRow) string { return c.sentence(r) },
	}
}

// bandMark writes a band in three columns.
func bandMark(b cyber.Band) string {
	switch b {
	case cyber.BandLow:
		return "<3"
	case cyber.BandMiddle:
		return "3-5"
	case cyber.BandHigh:
		return "5+"
	}
	return "few"
}

// sentence says what a city has shared about a row.
func (c *sharedCity) sentence(r heatRow) string {
	name := c.city.Name
	if r.whole {
		if b := c.bands[r.part]; b != "" {
			return name + " is " + string(b) + " in " + r.part + ", as it shared it."
		}
		return name + " has shared no band for " + r.part + "."
	}
	if v, ok := c.scores[r.part]; ok && v > 0 {
		return name + " shared a score of " + strconv.Itoa(v) + " for " + r.part + "."
	} else if ok {
		return name + " shared that " + r.part + " has no score; why is its own."
	}
	return name + " has shared no score for " + r.part + "."
}
