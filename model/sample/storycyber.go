package sample

import (
	"slices"

	"interlocal/model/cyber"
	"interlocal/model/cyber/framework"
	"interlocal/model/cyber/portfolio"
	"interlocal/model/cyber/release"
	"interlocal/model/partnership"
	"interlocal/model/value"
)

// The two cycles of the story.
const (
	lastYear cyber.CycleID = 1
	thisYear cyber.CycleID = 2
)

// cyber gives last year's finished cycle, whose results the cities shared, and
// one that is open: Raytown has carried last year forward and has 38 of its
// 106 answers to go, Grandview has released already.
func (t *teller) cyber() {
	opened := t.today - 60
	t.Cycles = []*cyber.Cycle{
		{ID: lastYear, Year: opened.Year() - 1, Framework: framework.CSF20, Opens: value.Some(opened.AddMonths(-12)),
			Closes: value.Some((t.today + 41).AddMonths(-12)), Minimum: value.Some[int64](5)},
		{ID: thisYear, Year: opened.Year(), Framework: framework.CSF20, Opens: value.Some(opened), Closes: t.in(41),
			Minimum: value.Some[int64](5)},
	}
	for _, y := range t.Cycles {
		for _, city := range cityIDs() {
			y.Cities = append(y.Cities, cyber.CycleCity{Partner: city, Part: cyber.TakesPart})
		}
	}
	t.answer(lastYear, cityIDs(), 0)
	t.remedies()
	t.carried(grandview, 0)
	t.carried(raytown, 38)
	t.statesOf()
	t.consents()
	t.solutions()
	t.releases()
	t.benchmarks()
}

// benchmarks are figures Raytown copied from a report that is as made up as
// they are.
func (t *teller) benchmarks() {
	for i, part := range append([]string{""}, framework.FunctionsOf(framework.CSF20)...) {
		t.Benchmarks = append(t.Benchmarks, &cyber.Benchmark{ID: cyber.BenchmarkID(i + 1), Cycle: lastYear,
			Partner: raytown, Part: part,
			Score: value.Some(value.Tenths(38 + 3*(i*5%7))), Group: "Sample cities", Source: "Sample report, page 9"})
	}
}

// remedies says what Raytown and Grandview do about what they lacked, and what
// answers rest on.
func (t *teller) remedies() {
	steps := []string{"Buy tokens for the last two departments", "Write it down and have the city manager sign it",
		"Ask the vendor for its report", "Walk through it once with the department heads",
		"Add it to the budget request"}
	owners := map[partnership.PartnerID]string{raytown: t.person(who(raytown, jobIT)).Name,
		grandview: t.person(who(grandview, jobIT)).Name}
	for i, a := range t.Answers {
		v, scored := a.Level.Value()
		if scored && v >= 6 {
			a.Tested, a.Confidence = t.in(-420-i%50), cyber.TestedAndShown
			a.Evidence = []cyber.Evidence{{What: "Test report", Where: "IT share, folder " + a.Item, Dated: a.Tested}}
		}
		owner := owners[a.Partner]
		if owner == "" || !scored || v >= 4 || i%3 != 0 {
			continue
		}
		a.Remedy = cyber.Remedy{Step: steps[i%len(steps)], Owner: owner, Due: t.in(20 + 15*(i%12)),
			State: []cyber.RemedyState{cyber.RemedyOpen, cyber.RemedyStarted}[i%2]}
	}
}

// carried brings a city's answers of last year into this one and confirms all
// but the last few, some of them a level higher.
func (t *teller) carried(city partnership.PartnerID, left int) {
	by := t.person(who(city, jobIT)).Name
	c, err := cyber.Carry(t.Reader(), thisYear, city)
	if err != nil {
		panic("sample: " + err.Error())
	}
	for i, a := range c.Answers {
		a.ID = cyber.AnswerID(len(t.Answers) + 1)
		t.Answers = append(t.Answers, a)
		if i >= len(c.Answers)-left {
			continue
		}
		a.Level, a.ConfirmedBy, a.Confirmed = a.Was, by, t.in(-40+i/8)
		if v, ok := a.Was.Value(); ok && v < 5 && i%6 == 1 {
			a.Level = cyber.LevelFor(v + 1)
			a.Remedy.State = cyber.RemedyDone
		}
		a.Flag = i%31 == 7
	}
	// One of Raytown's risk acceptances ran out last month.
	for _, a := range c.Answers {
		if city == raytown && a.Level == cyber.RiskAccepted {
			a.Acceptance.Expires = t.in(-25)
			return
		}
	}
}

// statesOf says how far each assessment has come.
func (t *teller) statesOf() {
	add := func(cycle cyber.CycleID, city partnership.PartnerID, done bool, on int) {
		it := t.person(who(city, jobIT))
		s := &cyber.Assessment{ID: cyber.AssessmentID(len(t.Assessments) + 1), Cycle: cycle, Partner: city,
			State:      cyber.AssessmentDraft,
			PreparedBy: it.Name + ", " + it.Title}
		if done {
			s.State, s.Submitted, s.Approved, s.Locked = cyber.AssessmentLocked, t.in(on-9), t.in(on-2), t.in(on)
			s.ApprovedBy, s.Office = t.person(who(city, jobLiaison)).Name, "for the city manager"
		}
		t.Assessments = append(t.Assessments, s)
	}
	for i, city := range cityIDs() {
		add(lastYear, city, true, -345+4*i)
	}
	add(thisYear, grandview, true, -6)
	add(thisYear, raytown, false, 0)
}

// consents differ as they would: most join the lists, one lets the facilitator
// see bands, one its neighbor scores in two functions.
func (t *teller) consents() {
	add := func(cycle cyber.CycleID, city partnership.PartnerID, level cyber.ConsentLevel, on int,
		with []partnership.PartnerID, functions ...cyber.FunctionConsent) {
		t.Consents = append(t.Consents, &cyber.Consent{ID: cyber.ConsentID(len(t.Consents) + 1), Cycle: cycle,
			Partner: city, Level: level,
			Functions: functions, With: with, GivenBy: t.person(who(city, jobLiaison)).Name, Given: t.in(on)})
	}
	neighbor := []partnership.PartnerID{raytown}
	scores := func(fn string) cyber.FunctionConsent {
		return cyber.FunctionConsent{Function: fn, Level: cyber.SharesScores}
	}
	add(lastYear, independence, cyber.SharesBands, -340, nil)
	add(lastYear, leesSummit, cyber.SharesList, -338, nil)
	add(lastYear, blueSprings, cyber.SharesList, -336, nil,
		cyber.FunctionConsent{Function: "RC", Level: cyber.SharesNothing})
	add(lastYear, grandview, cyber.SharesBands, -334, neighbor, scores("PR"), scores("DE"))
	add(lastYear, raytown, cyber.SharesBands, -330, nil)
	add(thisYear, grandview, cyber.SharesBands, -7, neighbor, scores("PR"), scores("DE"))
}

// releases hands in what the consents permit, and shares last year's results.
func (t *teller) releases() {
	r := t.Reader()
	for _, c := range t.Consents {
		s, err := cyber.ReadSheet(r, c.Cycle, c.Partner, c.Given.V)
		if err != nil {
			panic("sample: " + err.Error())
		}
		v := release.Of(s.Framework, s.Levels, s.Cycle, c, c.Partner, c.GivenBy, c.Given.V)
		v.ID = cyber.ReleaseID(len(t.Releases) + 1)
		t.Releases = append(t.Releases, release.Seal(r, v))
		s.Cycle.City(c.Partner).Released = c.Given
	}
	last := t.Cycles[0]
	mine := func(v *cyber.Release) bool { return v.Cycle != lastYear }
	t.Publications = release.Publish(last, slices.DeleteFunc(slices.Clone(t.Releases), mine),
		[]partnership.PartnerID{marc}, t.today-330)
	for i, p := range t.Publications {
		p.ID = cyber.PublicationID(i + 1)
	}
	last.Published = t.in(-330)
}

// solutions are the program's starting lifts with made-up costs.
func (t *teller) solutions() {
	f, _ := framework.Lookup(framework.CSF20)
	costs := [][2]int64{{62_000, 31_000}, {25_000, 148_000}, {0, 96_000}, {7_500, 0}, {2_000, 14_400}}
	for i, s := range portfolio.StartingLifts(f) {
		out := &cyber.Solution{ID: cyber.SolutionID(i + 1), Name: s.Name, Basis: s.Basis,
			OneTime: value.Some(value.Cents(costs[i][0] * 100)), Yearly: value.Some(value.Cents(costs[i][1] * 100)),
			Rule: []cyber.CostRule{cyber.CostEqually, cyber.CostByPopulation}[i%2]}
		for _, part := range wholeParts(f, s.Lifts) {
			out.Lifts = append(out.Lifts, cyber.SolutionLift{Part: part, To: value.Some(int64(s.Lifts[0].To))})
		}
		t.Solutions = append(t.Solutions, out)
	}
	t.Solutions[2].Lead = grandview
	t.Solutions[1].Grant = value.Some(value.Percent(3000))
}

// wholeParts names what lifts reach: a function or a category where they reach
// all of it, else item by item.
func wholeParts(f *framework.Framework, lifts []portfolio.Lift) []string {
	reached := map[string]int{}
	for _, l := range lifts {
		id := f.Items[l.Item].ID
		reached[string(id.Function())]++
		reached[string(id.Category())]++
	}
	var out []string
	for _, l := range lifts {
		id := f.Items[l.Item].ID
		part := string(id)
		for _, whole := range []string{string(id.Category()), string(id.Function())} {
			if reached[whole] == len(cyber.Lifting(f.Version, whole)) {
				part = whole
			}
		}
		if !slices.Contains(out, part) {
			out = append(out, part)
		}
	}
	return out
}
