package report

import (
	"strconv"

	"interlocal/model"
	"interlocal/model/cyber"
)

// Council makes the public paper on a city's self-assessment of a cycle, or with
// cycle 0 of the latest that has opened: what was done, by whom, when, and what
// it costs. It holds no level, no score, no subcategory and no count of either.
func Council(r model.Reader, partner *model.Partner, cycle model.CycleID, now model.Wall) (*Document, error) {
	latest := model.Get(r, cycle)
	for y := range model.All[model.Cycle](r) {
		if cycle != 0 {
			break
		}
		if opened := y.Opens.Set && y.Opens.V <= now.Day(); opened && (latest == nil || y.Year > latest.Year) {
			latest = y
		}
	}
	if latest == nil {
		return &Document{Title: "Cybersecurity self-assessment: process and cost", Subtitle: subtitle(model.SettingsOf(r), now.Day()),
			Sections: []Section{{"What it is", []Block{Paragraph{plain("A self-assessment cycle that has opened: " + NotRecorded + ".")}}}}}, nil
	}
	p := &councilPaper{citations: citations{r: r}, y: latest, city: partner, today: now.Day()}
	doc := &Document{
		Title:    strconv.Itoa(latest.Year) + " cybersecurity self-assessment: process and cost",
		Subtitle: subtitle(model.SettingsOf(r), p.today),
		Sections: []Section{p.what(), p.how(), p.together(), p.cost()},
		Notes: []string{"Results are not part of this paper: they would show where the city can be attacked. The body can hear them in closed session.",
			"“" + NotRecorded + "” means that nobody has recorded it; it does not mean none."},
	}
	doc.Sources = p.sources()
	return doc, nil
}

func councilOf(r model.Reader, about About, now model.Wall) (*Document, error) {
	p := model.Get(r, about.Partner)
	if p == nil || !p.Governs() {
		return nil, model.Fail(model.NotFound, "say for whose council the paper is: name a city")
	}
	if err := cycleAsked(r, about); err != nil {
		return nil, err
	}
	return Council(r, p, model.CycleID(about.Record), now)
}

// councilPaper is the public paper being written.
type councilPaper struct {
	citations
	y     *model.Cycle
	city  *model.Partner
	today model.Day
}

func (p *councilPaper) what() Section {
	f, ok := cyber.Lookup(p.y.Framework)
	if !ok {
		return Section{"What it is", []Block{Paragraph{plain("The framework of this cycle is " + NotRecorded + ".")}}}
	}
	return Section{"What it is", []Block{
		Paragraph{Text{{Text: "Once a year the city answers " + strconv.Itoa(len(f.Items)) + " questions on how it protects its computers and data. The questions are those of the "},
			p.run("NIST Cybersecurity Framework "+string(p.y.Framework), "cycles", uint64(p.y.ID), "framework"),
			{Text: ", on which the Nationwide Cybersecurity Review is built. Each answer is a level from 1 to 7; the recommended minimum is "},
			p.run(strconv.Itoa(p.y.Level()), "cycles", uint64(p.y.ID), "minimum"), {Text: "."}}}}}
}

// how tells dates and sign-off, as far as the reader may see the assessment.
func (p *councilPaper) how() Section {
	opens, closes := NotRecorded, NotRecorded
	if p.y.Opens.Set {
		opens = p.y.Opens.V.Long()
	}
	if p.y.Closes.Set {
		closes = p.y.Closes.V.Long()
	}
	items := []Text{{{Text: "The cycle opened: "}, p.run(opens, "cycles", uint64(p.y.ID), "opens"), {Text: "; it closes: "}, p.run(closes, "cycles", uint64(p.y.ID), "closes")}}
	s := model.AssessmentOf(p.r, p.y.ID, p.city.ID)
	if s == nil {
		return Section{"How it was done in " + p.city.Name, []Block{List{append(items, plain("State of the assessment: "+NotRecorded))}}}
	}
	id := uint64(s.ID)
	if s.PreparedBy != "" {
		items = append(items, Text{{Text: "Prepared by "}, p.run(s.PreparedBy, "assessments", id, "prepared_by")})
	}
	switch {
	case s.Settled() && s.Approved.Set:
		name := s.ApprovedBy
		if s.Office != "" {
			name += ", " + s.Office
		}
		items = append(items, Text{{Text: "Every question was answered or marked as open, reviewed, and approved by "},
			p.run(name+" on "+s.Approved.V.Long(), "assessments", id, "approved_by", "approved")})
	default:
		items = append(items, Text{{Text: "State: "}, p.run(choiceTitle(p.r, "assessments", "state", string(s.State)), "assessments", id, "state")})
	}
	return Section{"How it was done in " + p.city.Name, []Block{List{items}}}
}

// together says which cities take part and that consent governs what is
// shared.
func (p *councilPaper) together() Section {
	var names []string
	for _, c := range p.y.TakingPart() {
		names = append(names, partnerName(p.r, c))
	}
	t := Text{{Text: "Which cities take part: " + NotRecorded + "."}}
	if len(names) > 0 {
		t = Text{{Text: "Taking part: "}, p.run(joined(names, 10), "cycles", uint64(p.y.ID), "cities"), {Text: "."}}
	}
	t = append(t, Run{Text: " A city's answers stay with it. What it shares with the others, so that they can buy and train together, is its own decision each year."})
	return Section{"Working together", []Block{Paragraph{t}}}
}

// cost lists the joint solutions under study with their costs.
func (p *councilPaper) cost() Section {
	t := Table{Head: []string{"Joint solution", "Lead", "One time", "A year"}, Right: []bool{false, false, true, true}}
	amount := func(s *model.Solution, v model.Opt[model.Cents], field string) Text {
		if !v.Set {
			return plain(NotRecorded)
		}
		return p.text(dollars(v.V), "solutions", uint64(s.ID), field)
	}
	for s := range model.All[model.Solution](p.r) {
		lead := NotRecorded
		if s.Lead != 0 {
			lead = partnerName(p.r, s.Lead)
		}
		t.Rows = append(t.Rows, []Text{plain(s.Name), plain(lead), amount(s, s.OneTime, "one_time"), amount(s, s.Yearly, "yearly")})
	}
	if len(t.Rows) == 0 {
		return Section{"Cost", []Block{Paragraph{plain("Joint solutions under study: " + NotRecorded + ".")}}}
	}
	return Section{"Cost of joint solutions under study", []Block{t, Remark{plain("Whole costs, before they are shared among the cities and before grants.")}}}
}
