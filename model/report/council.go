package report

import (
	"strconv"

	"interlocal/model/cyber"
	"interlocal/model/cyber/framework"
	"interlocal/model/document"
	"interlocal/model/failure"
	"interlocal/model/field"
	"interlocal/model/partnership"
	"interlocal/model/text"
	"interlocal/model/value"
)

// Council makes the public paper on a city's self-assessment of a cycle, or with
// cycle 0 of the latest that has opened: what was done, by whom, when, and what
// it costs. It holds no level, no score, no subcategory and no count of either.
func Council(r field.Reader, partner *partnership.Partner, cycle cyber.CycleID,
	now value.Wall) (*document.Document, error) {
	latest := field.Get(r, cycle)
	for y := range field.All[cyber.Cycle](r) {
		if cycle != 0 {
			break
		}
		if opened := y.Opens.Set && y.Opens.V <= now.Day(); opened && (latest == nil || y.Year > latest.Year) {
			latest = y
		}
	}
	if latest == nil {
		return &document.Document{Title: "Cybersecurity self-assessment: process and cost",
			Subtitle: subtitle(partnership.SettingsOf(r), now.Day()),
			Sections: []document.Section{{Heading: "What it is",
				Blocks: []document.Block{document.Paragraph{Text: document.Plain("A self-assessment cycle " +
					"that has opened: " + document.NotRecorded + ".")}}}}}, nil
	}
	p := &councilPaper{citations: citations{r: r}, y: latest, city: partner, today: now.Day()}
	doc := &document.Document{
		Title:    strconv.Itoa(latest.Year) + " cybersecurity self-assessment: process and cost",
		Subtitle: subtitle(partnership.SettingsOf(r), p.today),
		Sections: []document.Section{p.what(), p.how(), p.together(), p.cost()},
		Notes: []string{"Results are not part of this paper: they would show where the city can be attacked. The " +
			"body can hear them in closed session.",
			"“" + document.NotRecorded + "” means that nobody has recorded it; it does not mean none."},
	}
	doc.Sources = p.sources()
	return doc, nil
}

func councilOf(r field.Reader, about About, now value.Wall) (*document.Document, error) {
	p := field.Get(r, about.Partner)
	if p == nil || !p.Governs() {
		return nil, failure.New(failure.NotFound, "say for whose council the paper is: name a city")
	}
	if err := cycleAsked(r, about); err != nil {
		return nil, err
	}
	return Council(r, p, cyber.CycleID(about.Record), now)
}

// councilPaper is the public paper being written.
type councilPaper struct {
	citations
	y     *cyber.Cycle
	city  *partnership.Partner
	today value.Day
}

func (p *councilPaper) what() document.Section {
	f, ok := framework.Lookup(p.y.Framework)
	if !ok {
		return document.Section{Heading: "What it is",
			Blocks: []document.Block{document.Paragraph{Text: document.Plain("The framework of this cycle is " +
				document.NotRecorded + ".")}}}
	}
	return document.Section{Heading: "What it is", Blocks: []document.Block{
		document.Paragraph{Text: document.Text{{Text: "Once a year the city answers " + strconv.Itoa(len(f.Items)) +
			" questions on how it protects its computers and data. The questions are those of the "},
			p.run("NIST Cybersecurity Framework "+string(p.y.Framework), cyber.KindCycles, uint64(p.y.ID), "framework"),
			{Text: ", on which the Nationwide Cybersecurity Review is built. Each answer is a level from 1 to 7; the " +
				"recommended minimum is "},
			p.run(strconv.Itoa(p.y.Level()), cyber.KindCycles, uint64(p.y.ID), "minimum"), {Text: "."}}}}}
}

// how tells dates and sign-off, as far as the reader may see the assessment.
func (p *councilPaper) how() document.Section {
	opens, closes := document.NotRecorded, document.NotRecorded
	if p.y.Opens.Set {
		opens = p.y.Opens.V.Long()
	}
	if p.y.Closes.Set {
		closes = p.y.Closes.V.Long()
	}
	items := []document.Text{{{Text: "The cycle opened: "}, p.run(opens, cyber.KindCycles, uint64(p.y.ID), "opens"),
		{Text: "; it closes: "}, p.run(closes, cyber.KindCycles, uint64(p.y.ID), "closes")}}
	s := cyber.AssessmentOf(p.r, p.y.ID, p.city.ID)
	if s == nil {
		return document.Section{Heading: "How it was done in " + p.city.Name,
			Blocks: []document.Block{document.List{Items: append(items,
				document.Plain("State of the assessment: "+document.NotRecorded))}}}
	}
	id := uint64(s.ID)
	if s.PreparedBy != "" {
		items = append(items, document.Text{{Text: "Prepared by "}, p.run(s.PreparedBy, cyber.KindAssessments, id,
			"prepared_by")})
	}
	switch {
	case s.Settled() && s.Approved.Set:
		name := s.ApprovedBy
		if s.Office != "" {
			name += ", " + s.Office
		}
		items = append(items, document.Text{{Text: "Every question was answered or marked as open, reviewed, and " +
			"approved by "},
			p.run(name+" on "+s.Approved.V.Long(), cyber.KindAssessments, id, "approved_by", "approved"),
			document.Run{Text: signedBy(s)}})
	default:
		items = append(items, document.Text{{Text: "State: "},
			p.run(choiceTitle(p.r, cyber.KindAssessments, "state", string(s.State)), cyber.KindAssessments, id,
				"state")})
	}
	return document.Section{Heading: "How it was done in " + p.city.Name,
		Blocks: []document.Block{document.List{Items: items}}}
}

// together says which cities take part and that consent governs what is
// shared.
func (p *councilPaper) together() document.Section {
	var names []string
	for _, c := range p.y.TakingPart() {
		names = append(names, partnership.PartnerName(p.r, c))
	}
	t := document.Text{{Text: "Which cities take part: " + document.NotRecorded + "."}}
	if len(names) > 0 {
		t = document.Text{{Text: "Taking part: "}, p.run(text.Joined(names, 10), cyber.KindCycles, uint64(p.y.ID),
			"cities"), {Text: "."}}
	}
	t = append(t, document.Run{Text: " A city's answers stay with it. What it shares with the others, so that they " +
		"can buy and train together, is its own decision each year."})
	return document.Section{Heading: "Working together", Blocks: []document.Block{document.Paragraph{Text: t}}}
}

// cost lists the joint solutions under study with their costs.
func (p *councilPaper) cost() document.Section {
	t := document.Table{Head: []string{"Joint solution", "Lead", "One time", "A year"},
		Right: []bool{false, false, true, true}}
	amount := func(s *cyber.Solution, v value.Opt[value.Cents], field string) document.Text {
		if !v.Set {
			return document.Plain(document.NotRecorded)
		}
		return p.text(v.V.Dollars(), cyber.KindSolutions, uint64(s.ID), field)
	}
	for s := range field.All[cyber.Solution](p.r) {
		lead := document.NotRecorded
		if s.Lead != 0 {
			lead = partnership.PartnerName(p.r, s.Lead)
		}
		t.Rows = append(t.Rows, []document.Text{document.Plain(s.Name), document.Plain(lead),
			amount(s, s.OneTime, "one_time"), amount(s, s.Yearly, "yearly")})
	}
	if len(t.Rows) == 0 {
		return document.Section{Heading: "Cost",
			Blocks: []document.Block{document.Paragraph{Text: document.Plain("Joint solutions under study: " +
				document.NotRecorded + ".")}}}
	}
	return document.Section{Heading: "Cost of joint solutions under study",
		Blocks: []document.Block{t, document.Remark{Text: document.Plain("Whole costs, before they are shared among " +
			"the cities and before grants.")}}}
}

// signedBy says by whose logins a sign-off came about, in brackets, or "".
func signedBy(s *cyber.Assessment) string {
	if by := s.Logins(); by != "" {
		return " (" + by + ")"
	}
	return ""
}
