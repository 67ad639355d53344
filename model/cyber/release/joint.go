package release

import (
	"maps"
	"slices"

	"interlocal/model"
	"interlocal/model/cyber"
)

// Case is the question which joint solutions to buy, as far as a viewer may
// ask it.
type Case struct {
	Problem   cyber.Problem
	Solutions []model.SolutionID // in the order of Problem.Solutions
	Cities    []model.PartnerID  // in the order of Problem.Cities; 0 for "another city" of the shared list
	Notes     []string           // whose levels are in it, and what was left out
	Serves    []model.PartnerID  // the cities that would share the costs
	Complete  bool               // every city's levels are in it
}

// Joint puts the case together, as answers count on a day, from the viewer's own answers, the scores that
// other cities let it see and the shared lists. An item on a list is known to
// be below the minimum in two cities; where the viewer does not see whose they
// are, each counts as one level short, the least it can be. So the gain of a
// solution tells a viewer nothing that it was not handed.
func Joint(r model.Reader, cycle model.CycleID, viewer model.PartnerID, on model.Day) (*Case, error) {
	h := Handed(r, cycle, viewer)
	if h.Cycle == nil {
		return nil, model.Fail(model.NotFound, "there is no such self-assessment cycle; choose one on the list")
	}
	f, ok := cyber.Lookup(h.Cycle.Framework)
	if !ok {
		return nil, model.Fail(model.Invalid, "the cycle names no framework; set it to CSF 1.1 or CSF 2.0")
	}
	c := &Case{Serves: h.Cycle.TakingPart()}
	c.Problem.Ceiling = h.Cycle.Level()
	c.own(r, cycle, viewer, on)
	c.shown(r, f, &h)
	c.listed(f, &h)
	c.Complete = !slices.ContainsFunc(c.Serves, func(p model.PartnerID) bool { return !slices.Contains(c.Cities, p) })
	c.solutions(r, f)
	return c, nil
}

func (c *Case) add(city model.PartnerID, levels cyber.Levels) {
	c.Cities = append(c.Cities, city)
	c.Problem.Cities = append(c.Problem.Cities, cyber.City{Levels: levels})
}

// own adds the viewer's own answers; for whoever holds the file, those of every
// city that takes part.
func (c *Case) own(r model.Reader, cycle model.CycleID, viewer model.PartnerID, on model.Day) {
	cities := []model.PartnerID{viewer}
	if viewer == 0 {
		cities = c.Serves
	}
	for _, city := range cities {
		s, err := cyber.ReadSheet(r, cycle, city, on)
		if err != nil || !slices.ContainsFunc(s.Levels, func(l model.Level) bool { return l != "" }) {
			continue
		}
		c.add(city, s.Levels)
		c.Notes = append(c.Notes, s.City.Name+": its own answers")
	}
}

// shown adds cities that let the viewer see scores.
func (c *Case) shown(r model.Reader, f *cyber.Framework, h *Handout) {
	for _, city := range slices.Sorted(maps.Keys(h.Scores)) {
		if slices.Contains(c.Cities, city) {
			continue
		}
		c.add(city, h.Levels(f, city))
		if p := model.Get(r, city); p != nil {
			c.Notes = append(c.Notes, p.Name+": the scores it shared with you")
		}
	}
}

// listed adds two nameless cities for what the lists tell beyond that.
func (c *Case) listed(f *cyber.Framework, h *Handout) {
	short := cyber.LevelFor(max(1, c.Problem.Ceiling-1))
	some := [2]cyber.Levels{make(cyber.Levels, len(f.Items)), make(cyber.Levels, len(f.Items))}
	extra := 0
	for _, item := range h.Items() {
		i, ok := f.Index(cyber.ID(item))
		if !ok {
			continue
		}
		known := 0
		for _, city := range c.Problem.Cities {
			if v, ok := city.Levels.At(i).Value(); ok && v < c.Problem.Ceiling {
				known++
			}
		}
		for n := known; n < 2; n++ {
			some[n][i] = short
			extra++
		}
	}
	if extra == 0 {
		return
	}
	for _, levels := range some {
		c.add(0, levels)
	}
	c.Notes = append(c.Notes, "The shared lists: "+count(extra, "deficiency", "deficiencies")+
		" of cities whose scores you do not see, each counted as one level short, the least it can be")
}

// solutions adds the joint solutions on file. One that serves only some cities
// serves the nameless ones too, since they may be among them.
func (c *Case) solutions(r model.Reader, f *cyber.Framework) {
	place := map[string]int{}
	var all []*model.Solution
	for s := range model.All[model.Solution](r) {
		place[model.FoldName(s.Name)] = len(all)
		all = append(all, s)
		c.Solutions = append(c.Solutions, s.ID)
	}
	for _, s := range all {
		out := cyber.Solution{Name: s.Name, OneTime: ownShare(s.OneTime, s.Grant), Yearly: ownShare(s.Yearly, s.Grant)}
		for _, l := range s.Lifts {
			for _, item := range model.Lifting(f.Version, l.Part) {
				if i, ok := f.Index(cyber.ID(item)); ok {
					out.Lifts = append(out.Lifts, cyber.Lift{Item: i, To: int(l.To.Or(0)), By: int(l.By.Or(0))})
				}
			}
		}
		if len(s.Cities) > 0 {
			out.Cities = []int{}
			for i, city := range c.Cities {
				if city == 0 || slices.Contains(s.Cities, city) {
					out.Cities = append(out.Cities, i)
				}
			}
		}
		out.Requires, out.Conflicts = placesOf(place, s.Requires), placesOf(place, s.Conflicts)
		c.Problem.Solutions = append(c.Problem.Solutions, out)
	}
}

// placesOf finds solutions by name, passing over names that are not on file.
func placesOf(place map[string]int, names []string) []int {
	var out []int
	for _, name := range names {
		if i, ok := place[model.FoldName(name)]; ok {
			out = append(out, i)
		}
	}
	return out
}

// ownShare gives what is left of a cost after a grant, rounded up to the cent.
func ownShare(cost model.Opt[model.Cents], grant model.Opt[model.Percent]) model.Cents {
	whole, g := cost.Or(0), model.Cents(grant.Or(0))
	return whole - whole/10000*g - whole%10000*g/10000
}

// Shares divides the cost of a choice of solutions among the cities that take
// part, in the order of Serves. By benefit it is divided only when the viewer
// sees every city's levels: otherwise a city's share would tell how much it
// lacks.
func (c *Case) Shares(r model.Reader, p cyber.Portfolio, rule model.CostRule) ([]model.Cents, error) {
	if len(c.Serves) == 0 {
		return nil, model.Fail(model.Invalid, "say first which cities take part in the cycle")
	}
	weights := make([]int64, len(c.Serves))
	for i, city := range c.Serves {
		switch rule {
		case model.CostByPopulation:
			rec := model.Get(r, city)
			if rec == nil || !rec.Population.Set {
				return nil, model.Fail(model.Invalid, "the population of a city is not recorded; record it, or share the cost equally")
			}
			weights[i] = rec.Population.V
		case model.CostByBenefit:
			if !c.Complete {
				return nil, model.Fail(model.Forbidden, "not every city shows you its scores, so a share by benefit would tell what it lacks; share the cost equally or by population")
			}
			weights[i] = p.ByCity[slices.Index(c.Cities, city)]
		default:
			weights[i] = 1
		}
	}
	return cyber.SplitBy(p.Cost, weights)
}
