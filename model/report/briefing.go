package report

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"interlocal/model"
)

// How much of each thing fits on two pages.
const (
	maxPrograms  = 12
	maxNextSteps = 8
	maxIdeas     = 5
	renewDays    = 180
)

// Briefing makes the paper for a partner's governing body, about two pages:
// what the partnership is and does, what the city gave and got since it was
// last briefed, and what became of the body's ideas.
func Briefing(r model.Reader, partner *model.Partner, now model.Wall) *Document {
	b := &briefing{citations: citations{r: r}, p: partner, today: now.Day(), settings: model.SettingsOf(r),
		due: model.NextBriefing(r, partner, now.Day())}
	doc := &Document{
		Title:    "Briefing for the " + bodyOf(partner) + " of " + partner.Name,
		Subtitle: subtitle(b.settings, b.today),
		Sections: []Section{
			b.partnership(), b.members(), b.programs(), b.nextSteps(), b.givenAndGot(),
			b.ideas(), b.agreements(), b.duty(),
		},
		Notes: []string{"Drawn from the partnership's own records on " + b.today.Long() + ". “" + NotRecorded +
			"” means that nobody has recorded it; it does not mean none. A mark such as [p1] names the record a figure comes from."},
	}
	doc.Sources = b.sources()
	return doc
}

func briefingOf(r model.Reader, about About, now model.Wall) (*Document, error) {
	p := model.Get(r, about.Partner)
	if p == nil {
		return nil, model.Fail(model.NotFound, "say whose governing body the briefing is for: name a partner")
	}
	if !p.Governs() {
		return nil, model.Fail(model.Invalid, p.Name+" has no governing body to brief; name a city")
	}
	return Briefing(r, p, now), nil
}

// subtitle names the partnership and the day a document was made.
func subtitle(s *model.Settings, today model.Day) string {
	parts := []string{}
	if s.Name != "" {
		parts = append(parts, s.Name)
	}
	parts = append(parts, today.Long())
	if s.Sample {
		parts = append(parts, "SAMPLE: people, machines and events are made up")
	}
	return strings.Join(parts, " · ")
}

// briefing is a council's paper being written.
type briefing struct {
	citations
	p        *model.Partner
	today    model.Day
	settings *model.Settings
	due      model.BriefingDue
}

// partnership says what the partnership is.
func (b *briefing) partnership() Section {
	var t Text
	if b.settings.Purpose != "" {
		t = append(t, b.run(sentence(b.settings.Purpose), "settings", uint64(b.settings.ID), "purpose"), Run{Text: " "})
	}
	var members []uint64
	for p := range model.All[model.Partner](b.r) {
		if p.Governs() && p.Active() {
			members = append(members, uint64(p.ID))
		}
	}
	t = append(t, b.tally(count(len(members), "city is a member", "cities are members"), "partners", members,
		"partners with status member, facilitators apart"))
	for p := range model.All[model.Partner](b.r) {
		if !p.Governs() && p.Active() {
			t = append(t, Run{Text: "; "}, b.run(p.Name+" helps as facilitator", "partners", uint64(p.ID), "kind"))
		}
	}
	t = append(t, Run{Text: ". Each member's governing body adopts the statement of common purpose by resolution."})
	return Section{"The partnership", []Block{Paragraph{t}}}
}

// members lists the partners and how each adopted the statement.
func (b *briefing) members() Section {
	t := Table{Head: []string{"Partner", "Since", "Population", "Statement of common purpose"}, Right: []bool{false, true, true, false}}
	for p := range model.All[model.Partner](b.r) {
		if p.Status == model.Withdrawn {
			continue
		}
		id := uint64(p.ID)
		since, population := plain(NotRecorded), plain(NotRecorded)
		if p.Since != 0 {
			since = b.text(strconv.Itoa(p.Since), "partners", id, "since")
		}
		if p.Population.Set {
			population = b.text(thousands(p.Population.V), "partners", id, "population")
		}
		name := p.Name
		if p.Status != model.Member {
			name += " (" + string(p.Status) + ")"
		}
		adopted := plain("facilitator")
		if p.Governs() {
			adopted = b.adopted(p)
		} else if !p.Population.Set {
			population = plain("–")
		}
		t.Rows = append(t.Rows, []Text{plain(name), since, population, adopted})
	}
	return Section{"Members and resolutions", []Block{t}}
}

// adopted says how a partner's governing body dealt with the statement.
func (b *briefing) adopted(p *model.Partner) Text {
	var t Text
	for res := range model.Of[model.Resolution](b.r, "partner", p.ID) {
		if len(t) > 0 {
			t = append(t, Run{Text: "; "})
		}
		words, fields := []string{string(res.Status)}, []string{"status"}
		if res.Number != "" {
			words, fields = append([]string{"No. " + res.Number}, words...), append(fields, "number")
		}
		if res.Date.Set {
			words, fields = append(words, res.Date.V.Long()), append(fields, "date")
		}
		text := strings.Join(words, " ")
		if res.Revision != "" {
			text = res.Revision + ": " + text
		}
		t = append(t, b.run(text, "resolutions", uint64(res.ID), fields...))
	}
	if len(t) == 0 {
		return plain(NotRecorded)
	}
	return t
}

// programs lists joint work, this city's first, and adds the money up.
func (b *briefing) programs() Section {
	all := slices.Collect(model.All[model.Program](b.r))
	if len(all) == 0 {
		return Section{"Programs and money", []Block{Paragraph{plain("Programs: " + NotRecorded + ".")}}}
	}
	sortPrograms(all, b.p.ID)
	t := Table{Head: []string{"Program", "Status", "Lead", b.p.Name, "Recorded funding"}, Right: []bool{false, false, false, false, true},
		More: max(0, len(all)-maxPrograms)}
	for _, p := range all[:min(len(all), maxPrograms)] {
		t.Rows = append(t.Rows, b.programRow(p))
	}
	return Section{"Programs and money", []Block{t, Paragraph{b.money(all)}}}
}

// money adds up what is recorded and says for how many programs it is not.
func (c *citations) money(all []*model.Program) Text {
	var funded []uint64
	var sum model.Cents
	for _, p := range all {
		if total, ok := p.Funded(); ok {
			sum, funded = sum+total, append(funded, uint64(p.ID))
		}
	}
	if len(funded) == 0 {
		return plain("Recorded funding: " + NotRecorded + ".")
	}
	slices.Sort(funded)
	rest := "."
	if len(funded) < len(all) {
		rest = "; for the others it is " + NotRecorded + "."
	}
	return Text{{Text: "Recorded funding in all: "}, c.tally(dollars(sum), "programs", funded, "sum of funding amounts"),
		{Text: ", in " + strconv.Itoa(len(funded)) + " of " + count(len(all), "program", "programs") + rest}}
}

// sortPrograms puts those a partner takes part in first, then the liveliest,
// then by name.
func sortPrograms(all []*model.Program, partner model.PartnerID) {
	rank := map[model.ProgramStatus]int{model.ProgramActive: 0, model.ProgramExploring: 1, model.ProgramIdea: 2, "": 3,
		model.ProgramCompleted: 4, model.ProgramRetired: 5}
	mine := func(p *model.Program) int {
		if p.TakesPart(partner) {
			return 0
		}
		return 1
	}
	slices.SortFunc(all, func(x, y *model.Program) int {
		return cmp.Or(cmp.Compare(mine(x), mine(y)), cmp.Compare(rank[x.Status], rank[y.Status]),
			cmp.Compare(x.Name, y.Name), cmp.Compare(x.ID, y.ID))
	})
}

func (b *briefing) programRow(p *model.Program) []Text {
	id := uint64(p.ID)
	name := b.text(p.Name, "programs", id, "status", "lead", "participants")
	lead, money := plain(NotRecorded), plain(NotRecorded)
	if p.Lead != 0 {
		lead = plain(partnerName(b.r, p.Lead))
	}
	if total, ok := p.Funded(); ok {
		money = b.text(dollars(total), "programs", id, "funding")
	}
	status := plain(choiceTitle(b.r, "programs", "status", string(p.Status)))
	return []Text{name, status, lead, b.part(p), money}
}

// part says what the city's part in a program is.
func (b *briefing) part(p *model.Program) Text {
	if !p.TakesPart(b.p.ID) {
		if len(p.Participants) == 0 {
			return plain(NotRecorded)
		}
		return plain("–")
	}
	word := "takes part"
	if p.Lead == b.p.ID {
		word = "leads"
	}
	for _, t := range p.Participants {
		if t.Partner == b.p.ID && t.Share.Set {
			return b.text(word+", "+percent(t.Share.V)+" of the cost", "programs", uint64(p.ID), "participants")
		}
	}
	return plain(word + ", cost share " + NotRecorded)
}

// percent writes a share: 12.5%.
func percent(p model.Percent) string {
	return strconv.FormatFloat(float64(p)/100, 'f', -1, 64) + "%"
}
