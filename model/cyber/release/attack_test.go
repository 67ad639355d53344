package release_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"interlocal/model"
	"interlocal/model/cyber"
	"interlocal/model/cyber/framework"
	"interlocal/model/cyber/portfolio"
	"interlocal/model/cyber/release"
	"interlocal/model/field"
	"interlocal/model/field/fieldtest"
	"interlocal/model/partnership"
	"interlocal/model/value"
)

// These tests attack what is handed out. A world is what every city answered
// to a few items. Worlds in which a coalition of viewers answered the same and
// was told the same, by a second reading of the rules written here, have to
// look the same to the coalition in everything the program shows; where two of
// them differ, the coalition has learned more than the consents permit.

const facilitator partnership.PartnerID = 6

// What is the same in every world is made once.
var (
	theSchema       = model.NewSchema()
	theFramework, _ = framework.Lookup(framework.CSF20)
)

// scene is a cycle with its consents.
type scene struct {
	items    []string
	consents map[partnership.PartnerID]*cyber.Consent
	out      []partnership.PartnerID // cities that do not take part
}

func (s *scene) cycle() *cyber.Cycle {
	y := &cyber.Cycle{ID: 1, Year: 2026, Framework: framework.CSF20}
	for p := partnership.PartnerID(1); p <= 5; p++ {
		c := cyber.CycleCity{Partner: p, Part: cyber.TakesPart}
		if slices.Contains(s.out, p) {
			c.Part = cyber.StaysOut
		}
		y.Cities = append(y.Cities, c)
	}
	return y
}

// world holds a level for each city (from 1) and item of the scene.
type world [6][]cyber.Level

// someLevels are one of each sort: far below, just below, at the minimum,
// and open.
func someLevels() []cyber.Level {
	return []cyber.Level{cyber.NotPerformed, cyber.PartlyStandard, cyber.InProcess, cyber.UnknownToAnyone}
}

// enumerate gives all 4^5 worlds of one item; the others of the scene are as
// the base has them.
func enumerate(base world, item int) []world {
	var out []world
	for n := range 1024 {
		var w world
		for p := 1; p <= 5; p++ {
			w[p] = slices.Clone(base[p])
			w[p][item] = someLevels()[n%4]
			n /= 4
		}
		out = append(out, w)
	}
	return out
}

func randomWorld(r *rand.Rand, items int) world {
	var w world
	for p := 1; p <= 5; p++ {
		for range items {
			w[p] = append(w[p], someLevels()[r.IntN(4)])
		}
	}
	return w
}

func (w world) levels(s *scene, p partnership.PartnerID) cyber.Levels {
	f := theFramework
	out := make(cyber.Levels, len(f.Items))
	for k, item := range s.items {
		i, _ := f.Index(framework.ID(item))
		out[i] = w[p][k]
	}
	return out
}

// publisher is the program, or a faulty copy of it.
type publisher func(s *scene, w world) []*cyber.Publication

func honest(s *scene, w world) []*cyber.Publication {
	return release.Publish(s.cycle(), s.releases(w), []partnership.PartnerID{facilitator}, 20000)
}

func (s *scene) releases(w world) []*cyber.Release {
	f := theFramework
	var out []*cyber.Release
	for p := partnership.PartnerID(1); p <= 5; p++ {
		if !slices.Contains(s.out, p) {
			out = append(out, release.Of(f, w.levels(s, p), s.cycle(), s.consents[p], p, "clerk", 20000))
		}
	}
	return out
}

// told is the second reading of the rules: what a coalition may know, its own
// answers included.
func told(s *scene, w world, coalition []partnership.PartnerID) string {
	var b strings.Builder
	for _, p := range coalition {
		if p != facilitator {
			fmt.Fprintln(&b, "own", p, w[p])
		}
	}
	for k, item := range s.items {
		fn := item[:2]
		var joined []partnership.PartnerID
		lacking, anyhow, quiet, agreed := 0, 0, 0, 0
		for p := partnership.PartnerID(1); p <= 5; p++ {
			level := s.consents[p].For(fn)
			if slices.Contains(s.out, p) || level == cyber.SharesNothing {
				continue
			}
			joined = append(joined, p)
			if v, ok := w[p][k].Value(); ok && v < 5 {
				if lacking++; !s.consents[p].FromThree {
					anyhow++
				}
			}
			if level != cyber.SharesScores {
				quiet++
			}
			if s.consents[p].SmallToo {
				agreed++
			}
			if level == cyber.SharesScores && slices.ContainsFunc(s.consents[p].With,
				func(to partnership.PartnerID) bool { return slices.Contains(coalition, to) }) {
				v, _ := w[p][k].Value()
				fmt.Fprintln(&b, "score", p, item, v)
			}
		}
		hears := slices.Contains(coalition, facilitator)
		for _, p := range coalition {
			hears = hears || slices.Contains(joined, p)
		}
		if hears && len(joined) >= 2 && (quiet >= 4 || agreed == len(joined)) {
			fmt.Fprintln(&b, "list", item, lacking >= 3 || anyhow >= 2)
		}
	}
	return b.String()
}

// sees is all that the program shows a coalition: the results it is handed,
// its own previews, and every gain, cost and sentence worked out from them.
func sees(s *scene, w world, pubs []*cyber.Publication, coalition []partnership.PartnerID) string {
	var b strings.Builder
	for _, viewer := range coalition {
		r := handedTo(s, w, pubs, viewer)
		h := release.Handed(r, 1, viewer)
		for _, l := range h.Lists {
			fmt.Fprintln(&b, l.Function, l.Joined, l.Items, l.Withheld, l.Audience)
		}
		fmt.Fprintln(&b, h.Bands, h.Scores, h.Why, h.Items())
		c, err := release.Joint(r, 1, viewer, packetDay)
		if err != nil {
			panic(err)
		}
		fmt.Fprintln(&b, c.Notes, c.Cities, c.Complete)
		for n := range c.Problem.Solutions {
			alone := c.Problem
			alone.Solutions, alone.Budget = alone.Solutions[n:n+1], 1_000_000_00
			g, err := alone.Greedy()
			fmt.Fprintln(&b, g.Gain, g.ByCity, err)
			shares, err := c.Shares(r, g, cyber.CostByBenefit)
			fmt.Fprintln(&b, shares, err)
		}
		if viewer != facilitator && !slices.Contains(s.out, viewer) {
			v := release.Of(theFramework, w.levels(s, viewer), s.cycle(), s.consents[viewer], viewer, "clerk", 20000)
			fmt.Fprintln(&b, release.Previews(r, v))
		}
	}
	return b.String()
}

// handedTo gives the records that a viewer sees: the cycle, its own answers
// and the results it is in the audience of.
func handedTo(s *scene, w world, pubs []*cyber.Publication, viewer partnership.PartnerID) field.Reader {
	m := fieldtest.NewMemory(theSchema)
	for p := partnership.PartnerID(1); p <= facilitator; p++ {
		kind := partnership.City
		if p == facilitator {
			kind = partnership.Facilitator
		}
		m.Put("partners", &partnership.Partner{ID: p, Name: fmt.Sprint("City ", p), Kind: kind,
			Status: partnership.Member, Population: value.Some(int64(p) * 1000)})
	}
	y := s.cycle()
	if len(pubs) > 0 {
		y.Published = value.Some(value.Day(20000))
	}
	m.Put("cycles", y)
	if viewer != facilitator {
		for k, item := range s.items {
			m.Put("answers", &cyber.Answer{ID: cyber.AnswerID(k + 1), Cycle: 1, Partner: viewer, Item: item,
				Level: w[viewer][k]})
		}
	}
	for i, p := range pubs {
		if slices.Contains(p.Audience, viewer) {
			p.ID = cyber.PublicationID(i + 1)
			m.Put("publications", p)
		}
	}
	for i, fn := range []string{"PR.AA", "DE", "GV"} {
		m.Put("solutions", &cyber.Solution{ID: cyber.SolutionID(i + 1), Name: fn,
			OneTime: value.Some(value.Cents(1000)),
			Lifts:   []cyber.SolutionLift{{Part: fn, To: value.Some[int64](5)}}})
	}
	return m
}

// leak looks for two worlds that a coalition may not tell apart and can.
func leak(s *scene, worlds []world, publish publisher, coalition []partnership.PartnerID) string {
	seen := map[string]string{}
	for _, w := range worlds {
		key := told(s, w, coalition)
		view := sees(s, w, publish(s, w), coalition)
		if before, known := seen[key]; known && before != view {
			return fmt.Sprintf("coalition %v, told\n%sis shown\n%s\nor\n%s", coalition, key, before, view)
		}
		seen[key] = view
	}
	return ""
}

// coalitions are every city alone, the facilitator, and every pair of them.
func coalitions() [][]partnership.PartnerID {
	var out [][]partnership.PartnerID
	for a := partnership.PartnerID(1); a <= facilitator; a++ {
		out = append(out, []partnership.PartnerID{a})
		for b := a + 1; b <= facilitator; b++ {
			out = append(out, []partnership.PartnerID{a, b})
		}
	}
	return out
}

// plainScene has every city join every list and nothing more.
func plainScene(items ...string) *scene {
	s := &scene{items: items, consents: map[partnership.PartnerID]*cyber.Consent{}}
	for p := partnership.PartnerID(1); p <= 5; p++ {
		s.consents[p] = &cyber.Consent{Level: cyber.SharesList}
	}
	return s
}

// randomScene draws consents of every sort.
func randomScene(r *rand.Rand, items ...string) *scene {
	s := plainScene(items...)
	levels := []cyber.ConsentLevel{cyber.SharesNothing, cyber.SharesList, cyber.SharesList, cyber.SharesBands,
		cyber.SharesScores}
	for p := partnership.PartnerID(1); p <= 5; p++ {
		c := &cyber.Consent{Level: levels[r.IntN(len(levels))], SmallToo: r.IntN(3) == 0,
			FromThree: r.IntN(4) == 0}
		for _, fn := range []string{"PR", "DE"} {
			if r.IntN(2) == 0 {
				c.Functions = append(c.Functions,
					cyber.FunctionConsent{Function: fn, Level: levels[r.IntN(len(levels))]})
			}
		}
		for to := partnership.PartnerID(1); to <= facilitator; to++ {
			if to != p && r.IntN(4) == 0 {
				c.With = append(c.With, to)
			}
		}
		s.consents[p] = c
		if r.IntN(8) == 0 {
			s.out = append(s.out, p)
		}
	}
	return s
}

func TestNothingIsToldBeyondTheConsents(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 2026))
	scenes := []*scene{plainScene("PR.AA-01", "DE.CM-01")}
	for range 4 {
		scenes = append(scenes, randomScene(r, "PR.AA-01", "DE.CM-01", "GV.PO-01"))
	}
	all := coalitions()
	for n, s := range scenes {
		worlds := enumerate(randomWorld(r, len(s.items)), r.IntN(len(s.items)))
		// Every coalition in the plain scene would take minutes; a few in each
		// scene cover all over the scenes.
		for k := range 3 {
			if found := leak(s, worlds, honest, all[(5*n+7*k+1)%len(all)]); found != "" {
				t.Errorf("scene %d: %s", n, found)
			}
		}
	}
}

// TestWorldsCollide: the search looks at groups of worlds, not at single ones.
func TestWorldsCollide(t *testing.T) {
	s := plainScene("PR.AA-01")
	keys := map[string]bool{}
	for _, w := range enumerate(randomWorld(rand.New(rand.NewPCG(1, 1)), 1), 0) {
		keys[told(s, w, []partnership.PartnerID{1})] = true
	}
	if len(keys) != 8 { // four own levels, on the list or not
		t.Errorf("1,024 worlds fall into %d groups", len(keys))
	}
}

// TestPlantedLeaksAreFound runs the same search against faulty programs.
func TestPlantedLeaksAreFound(t *testing.T) {
	r := rand.New(rand.NewPCG(9, 9))
	edit := func(change func(s *scene, w world, p *cyber.Publication)) publisher {
		return func(s *scene, w world) []*cyber.Publication {
			pubs := honest(s, w)
			for _, p := range pubs {
				change(s, w, p)
			}
			return pubs
		}
	}
	deficient := func(s *scene, w world, p partnership.PartnerID) int {
		n := 0
		for _, l := range w[p] {
			if v, ok := l.Value(); ok && v < 5 {
				n++
			}
		}
		return n
	}
	for name, publish := range map[string]publisher{
		"how many lack an item": edit(func(s *scene, w world, p *cyber.Publication) {
			n := 0
			for c := partnership.PartnerID(1); c <= 5; c++ {
				n += deficient(s, w, c)
			}
			p.Withheld = fmt.Sprint(n)
		}),
		"a list of what one city lacks": edit(func(s *scene, w world, p *cyber.Publication) {
			p.Items = nil
			for _, v := range s.releases(w) {
				p.Items = append(p.Items, v.Below...)
			}
			slices.Sort(p.Items)
			p.Items = slices.Compact(p.Items)
		}),
		"only cities that lack something count as joined": edit(func(s *scene, w world, p *cyber.Publication) {
			p.Joined = slices.DeleteFunc(slices.Clone(p.Joined),
				func(c partnership.PartnerID) bool { return deficient(s, w, c) == 0 })
		}),
		"an order that tells whose it was": edit(func(s *scene, w world, p *cyber.Publication) {
			if lacks(w, 2) {
				slices.Reverse(p.Audience)
			}
		}),
		"unknown told apart": edit(func(s *scene, w world, p *cyber.Publication) {
			if w[3][0] == cyber.UnknownToAnyone {
				p.Withheld = "open"
			}
		}),
		"scores to everybody": edit(func(s *scene, w world, p *cyber.Publication) {
			if p.Sort == cyber.PublishedList && p.Function == "PR" {
				p.Withheld = fmt.Sprint(w[4])
			}
		}),
		"a total over all": edit(func(s *scene, w world, p *cyber.Publication) {
			sum := 0
			for c := 1; c <= 5; c++ {
				v, _ := w[c][0].Value()
				sum += v
			}
			p.Withheld = fmt.Sprint(sum / 5)
		}),
	} {
		s := plainScene("PR.AA-01", "DE.CM-01")
		worlds := enumerate(randomWorld(r, 2), 0)
		if leak(s, worlds, publish, []partnership.PartnerID{1}) == "" {
			t.Errorf("%s: the leak was not found", name)
		}
	}
}

// TestGainsOfHiddenCitiesAreFound: a portfolio worked out from all answers is a
// leak, and the search sees it.
func TestGainsOfHiddenCitiesAreFound(t *testing.T) {
	s := plainScene("PR.AA-01")
	worlds := enumerate(randomWorld(rand.New(rand.NewPCG(3, 3)), 1), 0)
	seen := map[string]int64{}
	for _, w := range worlds {
		p := portfolio.Problem{Budget: 1_000_000_00,
			Solutions: []portfolio.Solution{{Name: "s", OneTime: 1, Lifts: []portfolio.Lift{{Item: 0, To: 5}}}}}
		for c := partnership.PartnerID(1); c <= 5; c++ {
			p.Cities = append(p.Cities, portfolio.City{Levels: cyber.Levels{w[c][0]}})
		}
		g, err := p.Greedy()
		if err != nil {
			t.Fatal(err)
		}
		key := told(s, w, []partnership.PartnerID{1})
		if before, known := seen[key]; known && before != g.Gain {
			return
		}
		seen[key] = g.Gain
	}
	t.Error("a gain over all cities' answers was not recognised as a leak")
}
