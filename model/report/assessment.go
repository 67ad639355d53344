package report

import (
	"slices"
	"strconv"
	"strings"

	"interlocal/model/cyber"
	"interlocal/model/document"
	"interlocal/model/failure"
	"interlocal/model/field"
	"interlocal/model/partnership"
	"interlocal/model/text"
	"interlocal/model/value"
)

// Assessment makes the closed paper on a city's self-assessment of a cycle, or
// with cycle 0 on its latest: its scores, what it lacks and what is done about
// it. Every score carries a mark that leads to how it was worked out.
func Assessment(r field.Reader, partner *partnership.Partner, cycle cyber.CycleID,
	now value.Wall) (*document.Document, error) {
	s, before, err := sheetOf(r, partner, cycle, now.Day())
	if err != nil {
		return nil, err
	}
	if s == nil {
		return &document.Document{Title: "CLOSED: cybersecurity self-assessment of " + partner.Name,
			Subtitle: subtitle(partnership.SettingsOf(r), now.Day()),
			Sections: []document.Section{{Heading: "Where it stands",
				Blocks: []document.Block{document.Paragraph{Text: document.Plain("There are no answers of " +
					partner.Name + " that you may see. This paper is for the city itself.")}}}}}, nil
	}
	a := &assessmentPaper{citations: citations{r: r}, s: s, before: before, today: now.Day(),
		score: s.Score(cyber.BySubcategory)}
	doc := &document.Document{
		Title:    "CLOSED: " + strconv.Itoa(s.Cycle.Year) + " cybersecurity self-assessment of " + partner.Name,
		Subtitle: subtitle(partnership.SettingsOf(r), a.today),
		Sections: []document.Section{closure(), a.standing(), a.scores(), a.deficiencies(), a.acceptances(),
			a.findings(), a.shared()},
		Notes: []string{"Levels are the Nationwide Cybersecurity Review's, from 1 to 7; two different answers are " +
			"worth 5. The review does not " +
			"publish how it adds scores up: here every subcategory counts the same, and the second figure is the " +
			"mean of the category means.",
			"“" + document.NotRecorded + "” means that nobody has recorded it. Notes and evidence are not part of " +
				"this paper."},
	}
	doc.Sources = a.sources()
	return doc, nil
}

func assessmentOf(r field.Reader, about About, now value.Wall) (*document.Document, error) {
	p := field.Get(r, about.Partner)
	if p == nil {
		return nil, failure.New(failure.NotFound, "say whose self-assessment it is: name a city")
	}
	if err := cycleAsked(r, about); err != nil {
		return nil, err
	}
	return Assessment(r, p, cyber.CycleID(about.Record), now)
}

// cycleAsked refuses a report about a cycle that is not on file.
func cycleAsked(r field.Reader, about About) error {
	if about.Record != 0 && field.Get(r, cyber.CycleID(about.Record)) == nil {
		return failure.New(failure.NotFound, "there is no such self-assessment cycle; choose one on the list")
	}
	return nil
}

// sheetOf reads a cycle, or the newest in which the reader shows answers of a
// city, and the year before it; both are nil when it shows none.
func sheetOf(r field.Reader, p *partnership.Partner, cycle cyber.CycleID,
	on value.Day) (*cyber.Sheet, *cyber.Year, error) {
	years := cyber.Years(r, p.ID, on)
	if cycle != 0 {
		years = years[:1+slices.IndexFunc(years, func(y cyber.Year) bool { return y.Cycle.ID == cycle })]
	}
	if len(years) == 0 {
		return nil, nil, nil
	}
	s, err := cyber.ReadSheet(r, years[len(years)-1].Cycle.ID, p.ID, on)
	if err != nil || len(years) == 1 {
		return s, nil, err
	}
	return s, &years[len(years)-2], nil
}

// closure is the statement with which a body closes a session. The law and the
// section are for counsel to fill in.
func closure() document.Section {
	return document.Section{Heading: "Statement for closing the session (draft for counsel)", Blocks: []document.Block{
		document.Paragraph{Text: document.Plain("This paper says where the city's protection against attacks on its " +
			"computers is weak. Made public, it would help an attacker. " +
			"It is therefore kept closed, and the body meets in closed session to hear it, under:")},
		document.Paragraph{Text: document.Plain("Section ______ of the open-records law, as determined by counsel on " +
			"____________________")},
		document.Paragraph{Text: document.Plain("Copies are numbered and collected after the meeting. The public " +
			"paper (report council) covers process and cost.")},
	}}
}

// assessmentPaper is the closed paper being written.
type assessmentPaper struct {
	citations
	s      *cyber.Sheet
	before *cyber.Year
	today  value.Day
	score  cyber.Score
}

// formula makes a figure whose source says how it was worked out.
func (c *citations) formula(figure, how string) document.Run {
	mark := "t" + strconv.Itoa(len(c.tallies)+1)
	c.tallies = append(c.tallies, document.Source{Mark: mark, Text: how})
	return document.Run{Text: figure, Marks: []string{mark}}
}

// standing says how far the assessment has come and who signed it.
func (a *assessmentPaper) standing() document.Section {
	said := "Asked were " + text.Counted(len(a.s.Levels), "subcategory", "subcategories") + " of " +
		a.s.Framework.Version.Title() +
		"; the minimum level is " + strconv.Itoa(a.s.Cycle.Level()) + ". "
	st := a.s.Assessment
	if st == nil {
		return document.Section{Heading: "Where it stands",
			Blocks: []document.Block{document.Paragraph{Text: document.Plain(said + "The assessment has no record of " +
				"its state.")}}}
	}
	t := document.Text{{Text: said}, a.run("State: "+choiceTitle(a.r, cyber.KindAssessments, "state", string(st.State)),
		cyber.KindAssessments, uint64(st.ID), "state")}
	if st.PreparedBy != "" {
		t = append(t, document.Run{Text: ". Prepared by "}, a.run(st.PreparedBy, cyber.KindAssessments, uint64(st.ID),
			"prepared_by"))
	}
	if st.ApprovedBy != "" && st.Approved.Set {
		name := st.ApprovedBy
		if st.Office != "" {
			name += ", " + st.Office
		}
		t = append(t, document.Run{Text: ". Approved by "},
			a.run(name+" on "+st.Approved.V.Long(), cyber.KindAssessments, uint64(st.ID), "approved_by", "approved"))
		t = append(t, document.Run{Text: signedBy(st)})
	}
	if st.Reopened != "" {
		t = append(t, document.Run{Text: ". It was reopened: "},
			a.run(st.Reopened, cyber.KindAssessments, uint64(st.ID), "reopened"))
	}
	return document.Section{Heading: "Where it stands",
		Blocks: []document.Block{document.Paragraph{Text: append(t, document.Run{Text: "."})}}}
}

// scores lists every function with its score both ways, what is open, how it
// stands to the minimum, to last year and to the benchmark.
func (a *assessmentPaper) scores() document.Section {
	other := a.s.Score(cyber.ByCategory)
	var trend cyber.Trend
	head := []string{"Function", "Score", "By category", "Could be", "Below goal", "Accepted", "Change", "Benchmark"}
	if a.before != nil {
		trend = cyber.NewTrend(a.before.Framework.Version, a.before.Levels, a.s.Framework.Version, a.s.Levels)
		head[6] = "Since " + strconv.Itoa(a.before.Cycle.Year)
	}
	t := document.Table{Head: head, Right: []bool{false, true, true, true, true, true, true, true}}
	row := func(name, part string, f, alt cyber.Figure, change *cyber.Change) {
		cells := []document.Text{document.Plain(name), {a.formula(f.Mean.String(), a.score.Explain(part))},
			document.Plain(alt.Mean.String()), document.Plain(interval(f)),
			document.Plain(strconv.Itoa(f.Short)), document.Plain(strconv.Itoa(f.Accepted)), document.Plain("–"),
			a.benchmark(part)}
		if change != nil && change.Comparable > 0 {
			cells[6] = document.Text{a.formula(change.Difference().Signed(), trend.Explain(*change))}
		}
		t.Rows = append(t.Rows, cells)
	}
	for i, fn := range a.s.Framework.Functions {
		var change *cyber.Change
		if i < len(trend.Functions) {
			change = &trend.Functions[i]
		}
		row(string(fn.ID)+" "+fn.Name, string(fn.ID), a.score.Functions[i], other.Functions[i], change)
		for j := fn.CatFrom; j < fn.CatTo; j++ {
			c := a.s.Framework.Categories[j]
			row("· "+string(c.ID)+" "+c.Name, string(c.ID), a.score.Categories[j], a.score.Categories[j], nil)
		}
	}
	row("Overall", "", a.score.Overall, other.Overall, &trend.Overall)
	blocks := []document.Block{t}
	if trend.Estimated {
		blocks = append(blocks, document.Remark{Text: document.Plain("The framework changed in between: changes are " +
			"estimated over the " + strconv.Itoa(trend.Overall.Share()) +
			"% of subcategories that can be compared.")})
	}
	return document.Section{Heading: "Scores", Blocks: blocks}
}

// interval says between what a score lies while answers are open.
func interval(f cyber.Figure) string {
	if f.Open() == 0 {
		return "–"
	}
	return f.Low.String() + " to " + f.High.String()
}

// benchmark gives the figure the city copied from its report of the review.
func (a *assessmentPaper) benchmark(part string) document.Text {
	for b := range field.Of[cyber.Benchmark](a.r, "partner", a.s.City.ID) {
		if b.Cycle == a.s.Cycle.ID && b.Part == part && b.Score.Set {
			return a.text(cyber.NewRatio(int64(b.Score.V), 10).String(), cyber.KindBenchmarks, uint64(b.ID), "score",
				"group")
		}
	}
	return document.Plain(document.NotRecorded)
}

// deficiencies lists what is below its goal with what is done about it.
func (a *assessmentPaper) deficiencies() document.Section {
	t := document.Table{Head: []string{"Subcategory", "What it asks", "Level", "Goal", "Remedy", "Who", "Due"},
		Right: []bool{false, false, false, true, false, false, false}}
	for _, i := range a.s.Deficiencies() {
		ans, it := a.s.Answers[i], a.s.Framework.Items[i]
		step, who, due := document.Plain(document.NotRecorded), document.Plain(document.NotRecorded), document.Plain(
			document.NotRecorded)
		id := uint64(ans.ID)
		if ans.Remedy.Step != "" {
			step = a.text(ans.Remedy.Step, cyber.KindAnswers, id, "remedy_step")
		}
		if ans.Remedy.Owner != "" {
			who = a.text(ans.Remedy.Owner, cyber.KindAnswers, id, "remedy_owner")
		}
		if ans.Remedy.Due.Set {
			due = a.text(ans.Remedy.Due.V.Long(), cyber.KindAnswers, id, "remedy_due")
		}
		t.Rows = append(t.Rows, []document.Text{document.Plain(string(it.ID)), document.Plain(it.Question),
			a.text(cyber.Label(a.s.Levels[i]), cyber.KindAnswers, id, "level"),
			document.Plain(strconv.Itoa(a.s.Goal(i))), step, who, due})
	}
	if len(t.Rows) == 0 {
		return document.Section{Heading: "Below the goal",
			Blocks: []document.Block{document.Paragraph{Text: document.Plain("Nothing that was answered is " +
				"below its goal.")}}}
	}
	return document.Section{Heading: "Below the goal", Blocks: []document.Block{t}}
}

// acceptances lists the risks that were formally accepted.
func (a *assessmentPaper) acceptances() document.Section {
	var items []document.Text
	for _, ans := range a.s.Answers {
		if ans == nil || ans.Given() != cyber.RiskAccepted {
			continue
		}
		until := "until when is " + document.NotRecorded
		if ans.Acceptance.Expires.Set {
			until = "until " + ans.Acceptance.Expires.V.Long()
			if ans.Acceptance.Expires.V < a.today {
				until += ", which is past, so it counts as 4"
			}
		}
		who := ans.Acceptance.Approver
		if who == "" {
			who = "who is " + document.NotRecorded
		}
		items = append(items, document.Text{{Text: ans.Item + ": "},
			a.run(who+", "+until, cyber.KindAnswers, uint64(ans.ID), "approver", "accepted_until"),
			{Text: ". " + sentence(ans.Reason)}})
	}
	if len(items) == 0 {
		return document.Section{Heading: "Risks formally accepted",
			Blocks: []document.Block{document.Paragraph{Text: document.Plain("None.")}}}
	}
	return document.Section{Heading: "Risks formally accepted", Blocks: []document.Block{document.List{Items: items}}}
}

// findings lists what does not fit together.
func (a *assessmentPaper) findings() document.Section {
	var items []document.Text
	for _, f := range a.s.Findings(a.today) {
		items = append(items, document.Plain(f.Text))
	}
	if len(items) == 0 {
		return document.Section{Heading: "Check of the answers against each other",
			Blocks: []document.Block{document.Paragraph{Text: document.Plain("Nothing stands out.")}}}
	}
	return document.Section{Heading: "Check of the answers against each other",
		Blocks: []document.Block{document.List{Items: items}}}
}

// shared says what has left the city.
func (a *assessmentPaper) shared() document.Section {
	v := cyber.ReleaseOf(a.r, a.s.Cycle.ID, a.s.City.ID)
	if v == nil {
		return document.Section{Heading: "What has left the city",
			Blocks: []document.Block{document.Paragraph{Text: document.Plain("Nothing of this assessment has been " +
				"released.")}}}
	}
	var parts []string
	for _, f := range v.Functions {
		parts = append(parts, f.Function+" "+choiceTitle(a.r, cyber.KindConsents, "level", string(f.Level)))
	}
	return document.Section{Heading: "What has left the city",
		Blocks: []document.Block{document.Paragraph{Text: document.Text{{Text: "Released "},
			a.run("on "+v.Made.V.Long()+" by "+v.MadeBy, cyber.KindReleases, uint64(v.ID), "made", "made_by"),
			{Text: ", by function: " + strings.Join(parts, "; ") + "."}}}}}
}
