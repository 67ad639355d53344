package sample

import (
	"slices"

	"interlocal/model"
	"interlocal/model/cyber"
	"interlocal/model/cyber/release"
)

// The two cycles of the story.
const (
	lastYear model.CycleID = 1
	thisYear model.CycleID = 2
)

// cyber gives last year's finished cycle, whose results the cities shared, and
// one that is open: Raytown has carried last year forward and has 38 of its
// 106 answers to go, Grandview has released already.
func (t *teller) cyber() {
	opened := t.today - 60
	t.Cycles = []*model.Cycle{
		{ID: lastYear, Year: opened.Year() - 1, Framework: model.CSF20, Opens: model.Some(opened.AddMonths(-12)),
			Closes: model.Some((t.today + 41).AddMonths(-12)), Minimum: model.Some[int64](5)},
		{ID: thisYear, Year: opened.Year(), Framework: model.CSF20, Opens: model.Some(opened), Closes: t.in(41), Minimum: model.Some[int64](5)},
	}
	for _, y := range t.Cycles {
		for _, city := range cityIDs() {
			y.Cities = append(y.Cities, model.CycleCity{Partner: city, Part: model.TakesPart})
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
	for i, part := range append([]string{""}, model.FunctionsOf(model.CSF20)...) {
		t.Benchmarks = append(t.Benchmarks, &model.Benchmark{ID: model.BenchmarkID(i + 1), Cycle: lastYear, Partner: raytown, Part: part,
			Score: model.Some(model.Tenths(38 + 3*(i*5%7))), Group: "Sample cities", Source: "Sample report, page 9"})
	}
}

// remedies says what Raytown and Grandview do about what they lacked, and what
// answers rest on.
func (t *teller) remedies() {
	steps := []string{"Buy tokens for the last two departments", "Write it down and have the city manager sign it",
		"Ask the vendor for its report", "Walk through it once with the department heads", "Add it to the budget request"}
	owners := map[model.PartnerID]string{raytown: t.person(who(raytown, jobIT)).Name, grandview: t.person(who(grandview, jobIT)).Name}
	for i, a := range t.Answers {
		v, scored := a.Level.Value()
		if scored && v >= 6 {
			a.Tested, a.Confidence = t.in(-420-i%50), model.TestedAndShown
			a.Evidence = []model.Evidence{{What: "Test report", Where: "IT share, folder " + a.Item, Dated: a.Tested}}
		}
		owner := owners[a.Partner]
		if owner == "" || !scored || v >= 4 || i%3 != 0 {
			continue
		}
		a.Remedy = model.Remedy{Step: steps[i%len(steps)], Owner: owner, Due: t.in(20 + 15*(i%12)),
			State: []model.RemedyState{model.RemedyOpen, model.RemedyStarted}[i%2]}
	}
}

// carried brings a city's answers of last year into this one and confirms all
// but the last few, some of them a level higher.
func (t *teller) carried(city model.PartnerID, left int) {
	by := t.person(who(city, jobIT)).Name
	c, err := cyber.Carry(t.Reader(), thisYear, city)
	if err != nil {
		panic("sample: " + err.Error())
	}
	for i, a := range c.Answers {
		a.ID = model.AnswerID(len(t.Answers) + 1)
		t.Answers = append(t.Answers, a)
		if i >= len(c.Answers)-left {
			continue
		}
		a.Level, a.ConfirmedBy, a.Confirmed = a.Was, by, t.in(-40+i/8)
		if v, ok := a.Was.Value(); ok && v < 5 && i%6 == 1 {
			a.Level = cyber.LevelFor(v + 1)
			a.Remedy.State = model.RemedyDone
		}
		a.Flag = i%31 == 7
	}
	// One of Raytown's risk acceptances ran out last month.
	for _, a := range c.Answers {
		if city == raytown && a.Level == model.RiskAccepted {
			a.Acceptance.Expires = t.in(-25)
			return
		}
	}
}

// statesOf says how far each assessment has come.
func (t *teller) statesOf() {
	add := func(cycle model.CycleID, city model.PartnerID, done bool, on int) {
		it := t.person(who(city, jobIT))
		s := &model.Assessment{ID: model.AssessmentID(len(t.Assessments) + 1), Cycle: cycle, Partner: city, State: model.AssessmentDraft,
			PreparedBy: it.Name + ", " + it.Title}
		if done {
			s.State, s.Submitted, s.Approved, s.Locked = model.AssessmentLocked, t.in(on-9), t.in(on-2), t.in(on)
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
	add := func(cycle model.CycleID, city model.PartnerID, level model.ConsentLevel, on int, with []model.PartnerID, functions ...model.FunctionConsent) {
		t.Consents = append(t.Consents, &model.Consent{ID: model.ConsentID(len(t.Consents) + 1), Cycle: cycle, Partner: city, Level: level,
			Functions: functions, With: with, GivenBy: t.person(who(city, jobLiaison)).Name, Given: t.in(on)})
	}
	neighbor := []model.PartnerID{raytown}
	scores := func(fn string) model.FunctionConsent {
		return model.FunctionConsent{Function: fn, Level: model.SharesScores}
	}
	add(lastYear, independence, model.SharesBands, -340, nil)
	add(lastYear, leesSummit, model.SharesList, -338, nil)
	add(lastYear, blueSprings, model.SharesList, -336, nil, model.FunctionConsent{Function: "RC", Level: model.SharesNothing})
	add(lastYear, grandview, model.SharesBands, -334, neighbor, scores("PR"), scores("DE"))
	add(lastYear, raytown, model.SharesBands, -330, nil)
	add(thisYear, grandview, model.SharesBands, -7, neighbor, scores("PR"), scores("DE"))
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
		v.ID = model.ReleaseID(len(t.Releases) + 1)
		t.Releases = append(t.Releases, release.Seal(r, v))
		s.Cycle.City(c.Partner).Released = c.Given
	}
	last := t.Cycles[0]
	mine := func(v *model.Release) bool { return v.Cycle != lastYear }
	t.Publications = release.Publish(last, slices.DeleteFunc(slices.Clone(t.Releases), mine), []model.PartnerID{marc}, t.today-330)
	for i, p := range t.Publications {
		p.ID = model.PublicationID(i + 1)
	}
	last.Published = t.in(-330)
}

// solutions are the program's starting lifts with made-up costs.
func (t *teller) solutions() {
	f, _ := cyber.Lookup(model.CSF20)
	costs := [][2]int64{{62_000, 31_000}, {25_000, 148_000}, {0, 96_000}, {7_500, 0}, {2_000, 14_400}}
	for i, s := range cyber.StartingLifts(f) {
		out := &model.Solution{ID: model.SolutionID(i + 1), Name: s.Name, Basis: s.Basis,
			OneTime: model.Some(model.Cents(costs[i][0] * 100)), Yearly: model.Some(model.Cents(costs[i][1] * 100)),
			Rule: []model.CostRule{model.CostEqually, model.CostByPopulation}[i%2]}
		for _, part := range wholeParts(f, s.Lifts) {
			out.Lifts = append(out.Lifts, model.SolutionLift{Part: part, To: model.Some(int64(s.Lifts[0].To))})
		}
		t.Solutions = append(t.Solutions, out)
	}
	t.Solutions[2].Lead = grandview
	t.Solutions[1].Grant = model.Some(model.Percent(3000))
}

// wholeParts names what lifts reach: a function or a category where they reach
// all of it, else item by item.
func wholeParts(f *cyber.Framework, lifts []cyber.Lift) []string {
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
			if reached[whole] == len(model.Lifting(f.Version, whole)) {
				part = whole
			}
		}
		if !slices.Contains(out, part) {
			out = append(out, part)
		}
	}
	return out
}
