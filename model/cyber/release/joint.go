package release

import (
	"maps"
	"slices"

	"interlocal/model/cyber"
	"interlocal/model/cyber/framework"
	"interlocal/model/cyber/portfolio"
	"interlocal/model/failure"
	"interlocal/model/field"
	"interlocal/model/partnership"
	"interlocal/model/value"
)

// Case is the question which joint solutions to buy, as far as a viewer may
// ask it.
type Case struct {
	Problem   portfolio.Problem
	Solutions []cyber.SolutionID      // in the order of Problem.Solutions
	Cities    []partnership.PartnerID // in the order of Problem.Cities; 0 for "another city" of the shared list
	Notes     []string                // whose levels are in it, and what was left out
	Serves    []partnership.PartnerID // the cities that would share the costs
	Complete  bool                    // every city's levels are in it
}

// Joint puts the case together, as answers count on a day, from the viewer's own answers, the scores that
// other cities let it see and the shared lists. An item on a list is known to
// be below the minimum in two cities; where the viewer does not see whose they
// are, each counts as one level short, the least it can be. So the gain of a
// solution tells a viewer nothing that it was not handed.
func Joint(r field.Reader, cycle cyber.CycleID, viewer partnership.PartnerID, on value.Day) (*Case, error) {
	h := Handed(r, cycle, viewer)
	if h.Cycle == nil {
		return nil, failure.New(failure.NotFound, "there is no such self-assessment cycle; choose one on the list")
	}
	f, ok := framework.Lookup(h.Cycle.Framework)
	if !ok {
		return nil, failure.New(failure.Invalid, "the cycle names no framework; set it to CSF 1.1 or CSF 2.0")
	}
	c := &Case{Serves: h.Cycle.TakingPart()}
	c.Problem.Ceiling = h.Cycle.Level()
	c.own(r, cycle, viewer, on)
	c.shown(r, f, &h)
	c.listed(f, &h)
	c.Complete = !slices.ContainsFunc(c.Serves,
		func(p partnership.PartnerID) bool { return !slices.Contains(c.Cities, p) })
	c.solutions(r, f)
	return c, nil
}

func (c *Case) add(city partnership.PartnerID, levels cyber.Levels) {
	c.Cities = append(c.Cities, city)
	c.Problem.Cities = append(c.Problem.Cities, portfolio.City{Levels: levels})
}

// own adds the viewer's own answers; for whoever holds the file, those of every
// city that takes part.
func (c *Case) own(r field.Reader, cycle cyber.CycleID, viewer partnership.PartnerID, on value.Day) {
	cities := []partnership.PartnerID{viewer}
	if viewer == 0 {
		cities = c.Serves
	}
	for _, city := range cities {
		s, err := cyber.ReadSheet(r, cycle, city, on)
		if err != nil || !slices.ContainsFunc(s.Levels, func(l cyber.Level) bool { return l != "" }) {
			continue
		}
		c.add(city, s.Levels)
		c.Notes = append(c.Notes, s.City.Name+": its own answers")
	}
}

// shown adds cities that let the viewer see scores.
func (c *Case) shown(r field.Reader, f *framework.Framework, h *Handout) {
	for _, city := range slices.Sorted(maps.Keys(h.Scores)) {
		if slices.Contains(c.Cities, city) {
			continue
		}
		c.add(city, h.Levels(f, city))
		if p := field.Get(r, city); p != nil {
			c.Notes = append(c.Notes, p.Name+": the scores it shared with you")
		}
	}
}

// listed adds two nameless cities for what the lists tell beyond that.
func (c *Case) listed(f *framework.Framework, h *Handout) {
	short := cyber.LevelFor(max(1, c.Problem.Ceiling-1))
	some := [2]cyber.Levels{make(cyber.Levels, len(f.Items)), make(cyber.Levels, len(f.Items))}
	extra := 0
	for _, item := range h.Items() {
		i, ok := f.Index(framework.ID(item))
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
func (c *Case) solutions(r field.Reader, f *framework.Framework) {
	place := map[string]int{}
	var all []*cyber.Solution
	for s := range field.All[cyber.Solution](r) {
		place[field.FoldName(s.Name)] = len(all)
		all = append(all, s)
		c.Solutions = append(c.Solutions, s.ID)
	}
	for _, s := range all {
		out := portfolio.Solution{Name: s.Name, OneTime: ownShare(s.OneTime, s.Grant),
			Yearly: ownShare(s.Yearly, s.Grant)}
		for _, l := range s.Lifts {
			for _, item := range cyber.Lifting(f.Version, l.Part) {
				if i, ok := f.Index(framework.ID(item)); ok {
					out.Lifts = append(out.Lifts, portfolio.Lift{Item: i, To: int(l.To.Or(0)), By: int(l.By.Or(0))})
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
		if i, ok := place[field.FoldName(name)]; ok {
			out = append(out, i)
		}
	}
	return out
}

// ownShare gives what is left of a cost after a grant, rounded up to the cent.
func ownShare(cost value.Opt[value.Cents], grant value.Opt[value.Percent]) value.Cents {
	whole, g := cost.Or(0), value.Cents(grant.Or(0))
	return whole - whole/10000*g - whole%10000*g/10000
}

// OwnRule has every solution's cost shared by that solution's own rule.
const OwnRule cyber.CostRule = ""

// Shares divides the cost of a choice of solutions among the cities that take
// part, in the order of Serves: by one rule for all of it, or with [OwnRule] the
// cost of each solution by its own rule among the cities that it serves. By
// benefit it is divided only when the viewer sees every city's levels: otherwise
// a city's share would tell how much it lacks.
func (c *Case) Shares(r field.Reader, p portfolio.Portfolio, rule cyber.CostRule) ([]value.Cents, error) {
	if len(c.Serves) == 0 {
		return nil, failure.New(failure.Invalid, "say first which cities take part in the cycle")
	}
	if rule != OwnRule {
		return c.divide(r, p.Cost, c.Serves, rule, p.ByCity)
	}
	out := make([]value.Cents, len(c.Serves))
	for _, i := range p.Chosen {
		s := field.Get(r, c.Solutions[i])
		if s == nil {
			return nil, failure.New(failure.NotFound, "a solution is no longer on file; look again")
		}
		among := c.Serves
		if len(s.Cities) > 0 {
			among = slices.DeleteFunc(slices.Clone(c.Serves),
				func(p partnership.PartnerID) bool { return !slices.Contains(s.Cities, p) })
		}
		parts, err := c.divide(r, c.Problem.Solutions[i].Cost(c.Problem.Years), among, s.Rule, c.gainOf(i))
		if err != nil {
			return nil, failure.New(failure.CodeOf(err), s.Name+": "+err.Error())
		}
		for k, city := range among {
			out[slices.Index(c.Serves, city)] += parts[k]
		}
	}
	return out, nil
}

// gainOf gives what a solution gains each city by itself.
func (c *Case) gainOf(i int) []int64 {
	one := c.Problem.Solutions[i]
	one.Requires, one.Conflicts, one.Pinned, one.Barred = nil, nil, true, false
	pr := c.Problem
	pr.Solutions, pr.Budget = []portfolio.Solution{one}, max(one.Cost(pr.Years), 0)
	best, err := pr.Greedy()
	if err != nil || best.ByCity == nil {
		return make([]int64, len(c.Cities))
	}
	return best.ByCity
}

// divide divides a cost among cities; gain is by the order of Cities.
func (c *Case) divide(r field.Reader, cost value.Cents, among []partnership.PartnerID, rule cyber.CostRule,
	gain []int64) ([]value.Cents, error) {
	weights := make([]int64, len(among))
	for i, city := range among {
		switch rule {
		case cyber.CostByPopulation:
			rec := field.Get(r, city)
			if rec == nil || !rec.Population.Set {
				whose := "a city"
				if rec != nil {
					whose = rec.Name
				}
				return nil, failure.New(failure.Invalid, "the population of "+whose+" is not recorded; record it, "+
					"or share the cost equally")
			}
			weights[i] = rec.Population.V
		case cyber.CostByBenefit:
			if !c.Complete {
				return nil, failure.New(failure.Forbidden, "not every city shows you its scores, so a share by "+
					"benefit would tell what it lacks; share the cost equally or by population")
			}
			weights[i] = gain[slices.Index(c.Cities, city)]
		default:
			weights[i] = 1
		}
	}
	if !slices.ContainsFunc(weights, func(w int64) bool { return w > 0 }) {
		return nil, failure.New(failure.Invalid, "there is nothing to share by: every figure is zero; record the "+
			"figures, or share equally")
	}
	return value.Split(cost, weights), nil
}
