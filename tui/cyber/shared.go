package cyber

import (
	"slices"
	"strconv"

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
	lists   map[string]*cyber.Publication // what at least two cities lack, by function
}

// shared reads the shared results of a cycle.
func (s *subject) shared(cycle *cyber.Cycle) *sharedResults {
	view := s.d.View()
	own := partnership.PartnerID(s.d.Me.Identity().Partner)
	out := &sharedResults{lists: map[string]*cyber.Publication{}, handout: release.Handed(view, cycle.ID, own)}
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
	for _, l := range out.handout.Lists {
		out.lists[l.Function] = l
	}
	return out
}

// lacks reports whether at least two cities lack an item, as far as is known.
func (r *sharedResults) lacks(item framework.ID) bool {
	l := r.lists[framework.FunctionOf(string(item))]
	return l != nil && slices.Contains(l.Items, string(item))
}

// listColumn marks what at least two of the cities that joined lack.
func (r *sharedResults) listColumn(sh *sheet) heatColumn {
	return heatColumn{title: "≥2 lack", cycle: sh.Cycle.ID,
		plain: func(i int) heatCell {
			if r.lacks(sh.Framework.Items[i].ID) {
				return heatCell{"●", 0}
			}
			return heatCell{" ", 0}
		},
		mean: func(w heatRow) heatCell {
			if n := r.count(sh, w); n > 0 {
				return heatCell{strconv.Itoa(n) + "●", 0}
			}
			return heatCell{" ", 0}
		},
		about: func(w heatRow) string { return r.listSentence(sh, w) },
	}
}

// count tells how many items of a part are on a list.
func (r *sharedResults) count(sh *sheet, w heatRow) (n int) {
	for _, it := range sh.Framework.Items[w.from:w.to] {
		n += one(r.lacks(it.ID))
	}
	return n
}

// listSentence says what the list tells about a row.
func (r *sharedResults) listSentence(sh *sheet, w heatRow) string {
	fn := framework.FunctionOf(w.part)
	l, n := r.lists[fn], r.count(sh, w)
	switch {
	case r.handout.Why != "":
		return "Whether others lack " + w.part + " too is not known here. " + r.handout.Why
	case l == nil:
		return "No list for " + fn + " was shared with you."
	case l.Withheld != "":
		return "There is no list for " + fn + ": " + l.Withheld + "."
	case w.whole && n == 0:
		return "Nothing in " + w.part + " is on the list of what at least two cities lack."
	case w.whole:
		return strconv.Itoa(n) + " of " + w.part + " are on the list of what at least two cities lack."
	case n > 0:
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
