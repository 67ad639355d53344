package cyber

import (
	"strconv"
	"strings"

	"interlocal/model"
)

// sharedCity is what one city has shared of a cycle with the viewer.
type sharedCity struct {
	city   *model.Partner
	scores map[string]int
	bands  map[string]model.Band
}

// sharedResults is what has been shared of a cycle with the viewer: nothing
// else of another city is ever read.
type sharedResults struct {
	cities []*sharedCity
	list   map[string]bool // items that at least two cities lack
	lists  int             // functions that have a list
	why    []string        // why functions have none
	on     model.Opt[model.Day]
}

// shared reads the shared results of a sheet's cycle.
func (s *subject) shared(sh *sheet) *sharedResults {
	view := s.d.View()
	out := &sharedResults{list: map[string]bool{}}
	by := map[model.PartnerID]*sharedCity{}
	for _, p := range sh.cycle.TakingPart() {
		if city := model.Get(view, p); city != nil {
			by[p] = &sharedCity{city: city}
			out.cities = append(out.cities, by[p])
		}
	}
	for p := range model.Of[model.Publication](view, "cycle", sh.cycle.ID) {
		out.on = p.On
		city := by[p.City]
		switch p.Sort {
		case model.PublishedList:
			out.take(p)
		case model.PublishedScores:
			if city != nil {
				city.scores = map[string]int{}
				for _, sc := range p.Scores {
					city.scores[sc.Item] = sc.Score
				}
			}
		case model.PublishedBands:
			if city != nil {
				city.bands = map[string]model.Band{}
				for _, b := range p.Bands {
					city.bands[b.Function] = b.Band
				}
			}
		}
	}
	return out
}

// take adds a function's list.
func (r *sharedResults) take(p *model.Publication) {
	if p.Withheld != "" {
		r.why = append(r.why, p.Function+": "+p.Withheld)
		return
	}
	r.lists++
	for _, item := range p.Items {
		r.list[item] = true
	}
}

// listColumn marks what at least two of the cities that joined lack.
func (r *sharedResults) listColumn(sh *sheet) heatColumn {
	return heatColumn{title: "≥2 lack", cycle: sh.cycle.ID,
		plain: func(i int) heatCell {
			if r.list[string(sh.fw.Items[i].ID)] {
				return heatCell{"●", 0}
			}
			return heatCell{" ", 0}
		},
		mean: func(w heatRow) heatCell {
			n := 0
			for i := w.from; i < w.to; i++ {
				if r.list[string(sh.fw.Items[i].ID)] {
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
	switch {
	case r.lists == 0 && len(r.why) > 0:
		return "There is no list of shared deficiencies. " + strings.Join(r.why, "; ") + "."
	case r.lists == 0:
		return "Nothing has been shared of this cycle, so nobody knows whether others lack " + w.part + " too."
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
	return heatColumn{title: c.city.Name, cycle: sh.cycle.ID, city: c.city,
		plain: func(i int) heatCell {
			if v := c.scores[string(sh.fw.Items[i].ID)]; v > 0 {
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
func bandMark(b model.Band) string {
	switch b {
	case model.BandLow:
		return "<3"
	case model.BandMiddle:
		return "3-5"
	case model.BandHigh:
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
