package report

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"interlocal/model/document"
	"interlocal/model/failure"
	"interlocal/model/field"
	"interlocal/model/partnership"
	"interlocal/model/text"
	"interlocal/model/value"
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
func Briefing(r field.Reader, partner *partnership.Partner, now value.Wall) *document.Document {
	b := &briefing{citations: citations{r: r}, p: partner, today: now.Day(), settings: partnership.SettingsOf(r),
		due: partnership.NextBriefing(r, partner, now.Day())}
	doc := &document.Document{
		Title:    "Briefing for the " + bodyOf(partner) + " of " + partner.Name,
		Subtitle: subtitle(b.settings, b.today),
		Sections: []document.Section{
			b.partnership(), b.members(), b.programs(), b.nextSteps(), b.givenAndGot(),
			b.ideas(), b.agreements(), b.duty(),
		},
		Notes: []string{"Drawn from the partnership's own records on " + b.today.Long() + ". “" + document.NotRecorded +
			"” means that nobody has recorded it; it does not mean none. A mark such as [p1] names the record a " +
			"figure comes from."},
	}
	doc.Sources = b.sources()
	return doc
}

func briefingOf(r field.Reader, about About, now value.Wall) (*document.Document, error) {
	p := field.Get(r, about.Partner)
	if p == nil {
		return nil, failure.New(failure.NotFound, "say whose governing body the briefing is for: name a partner")
	}
	if !p.Governs() {
		return nil, failure.New(failure.Invalid, p.Name+" has no governing body to brief; name a city")
	}
	return Briefing(r, p, now), nil
}

// subtitle names the partnership and the day a document was made.
func subtitle(s *partnership.Settings, today value.Day) string {
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
	p        *partnership.Partner
	today    value.Day
	settings *partnership.Settings
	due      partnership.BriefingDue
}

// partnership says what the partnership is.
func (b *briefing) partnership() document.Section {
	var t document.Text
	if b.settings.Purpose != "" {
		t = append(t, b.run(sentence(b.settings.Purpose), partnership.KindSettings, uint64(b.settings.ID), "purpose"),
			document.Run{Text: " "})
	}
	var members []uint64
	for p := range field.All[partnership.Partner](b.r) {
		if p.Governs() && p.Active() {
			members = append(members, uint64(p.ID))
		}
	}
	t = append(t, b.tally(text.Counted(len(members), "city is a member", "cities are members"),
		partnership.KindPartners, members,
		"partners with status member, facilitators apart"))
	for p := range field.All[partnership.Partner](b.r) {
		if !p.Governs() && p.Active() {
			t = append(t, document.Run{Text: "; "}, b.run(p.Name+" helps as facilitator", partnership.KindPartners,
				uint64(p.ID), "kind"))
		}
	}
	t = append(t, document.Run{Text: ". Each member's governing body adopts the statement of common purpose by " +
		"resolution."})
	return document.Section{Heading: "The partnership", Blocks: []document.Block{document.Paragraph{Text: t}}}
}

// members lists the partners and how each adopted the statement.
func (b *briefing) members() document.Section {
	t := document.Table{Head: []string{"Partner", "Since", "Population", "Statement of common purpose"},
		Right: []bool{false, true, true, false}}
	for p := range field.All[partnership.Partner](b.r) {
		if p.Status == partnership.Withdrawn {
			continue
		}
		id := uint64(p.ID)
		since, population := document.Plain(document.NotRecorded), document.Plain(document.NotRecorded)
		if p.Since != 0 {
			since = b.text(strconv.Itoa(p.Since), partnership.KindPartners, id, "since")
		}
		if p.Population.Set {
			population = b.text(text.Thousands(p.Population.V), partnership.KindPartners, id, "population")
		}
		name := p.Name
		if p.Status != partnership.Member {
			name += " (" + string(p.Status) + ")"
		}
		adopted := document.Plain("facilitator")
		if p.Governs() {
			adopted = b.adopted(p)
		} else if !p.Population.Set {
			population = document.Plain("–")
		}
		t.Rows = append(t.Rows, []document.Text{document.Plain(name), since, population, adopted})
	}
	return document.Section{Heading: "Members and resolutions", Blocks: []document.Block{t}}
}

// adopted says how a partner's governing body dealt with the statement.
func (b *briefing) adopted(p *partnership.Partner) document.Text {
	var t document.Text
	for res := range field.Of[partnership.Resolution](b.r, "partner", p.ID) {
		if len(t) > 0 {
			t = append(t, document.Run{Text: "; "})
		}
		words, fields := []string{string(res.Status)}, []string{"status"}
		if res.Number != "" {
			words, fields = append([]string{"No. " + res.Number}, words...), append(fields, "number")
		}
		if res.Date.Set {
			words, fields = append(words, res.Date.V.Long()), append(fields, "date")
		}
		said := strings.Join(words, " ")
		if res.Revision != "" {
			said = res.Revision + ": " + said
		}
		t = append(t, b.run(said, partnership.KindResolutions, uint64(res.ID), fields...))
	}
	if len(t) == 0 {
		return document.Plain(document.NotRecorded)
	}
	return t
}

// programs lists joint work, this city's first, and adds the money up.
func (b *briefing) programs() document.Section {
	all := slices.Collect(field.All[partnership.Program](b.r))
	if len(all) == 0 {
		return document.Section{Heading: "Programs and money",
			Blocks: []document.Block{document.Paragraph{Text: document.Plain("Programs: " +
				document.NotRecorded + ".")}}}
	}
	sortPrograms(all, b.p.ID)
	t := document.Table{Head: []string{"Program", "Status", "Lead", b.p.Name, "Recorded funding"},
		Right: []bool{false, false, false, false, true},
		More:  max(0, len(all)-maxPrograms)}
	for _, p := range all[:min(len(all), maxPrograms)] {
		t.Rows = append(t.Rows, b.programRow(p))
	}
	return document.Section{Heading: "Programs and money",
		Blocks: []document.Block{t, document.Paragraph{Text: b.money(all)}}}
}

// money adds up what is recorded and says for how many programs it is not.
func (c *citations) money(all []*partnership.Program) document.Text {
	var funded []uint64
	var sum value.Cents
	for _, p := range all {
		if total, ok := p.Funded(); ok {
			sum, funded = sum+total, append(funded, uint64(p.ID))
		}
	}
	if len(funded) == 0 {
		return document.Plain("Recorded funding: " + document.NotRecorded + ".")
	}
	slices.Sort(funded)
	rest := "."
	if len(funded) < len(all) {
		rest = "; for the others it is " + document.NotRecorded + "."
	}
	return document.Text{{Text: "Recorded funding in all: "}, c.tally(sum.Dollars(), partnership.KindPrograms, funded,
		"sum of funding amounts"),
		{Text: ", in " + strconv.Itoa(len(funded)) + " of " + text.Counted(len(all), "program", "programs") + rest}}
}

// sortPrograms puts those a partner takes part in first, then the liveliest,
// then by name.
func sortPrograms(all []*partnership.Program, partner partnership.PartnerID) {
	rank := map[partnership.ProgramStatus]int{partnership.ProgramActive: 0, partnership.ProgramExploring: 1,
		partnership.ProgramIdea: 2, "": 3,
		partnership.ProgramCompleted: 4, partnership.ProgramRetired: 5}
	mine := func(p *partnership.Program) int {
		if p.TakesPart(partner) {
			return 0
		}
		return 1
	}
	slices.SortFunc(all, func(x, y *partnership.Program) int {
		return cmp.Or(cmp.Compare(mine(x), mine(y)), cmp.Compare(rank[x.Status], rank[y.Status]),
			cmp.Compare(x.Name, y.Name), cmp.Compare(x.ID, y.ID))
	})
}

func (b *briefing) programRow(p *partnership.Program) []document.Text {
	id := uint64(p.ID)
	name := b.text(p.Name, partnership.KindPrograms, id, "status", "lead", "participants")
	lead, money := document.Plain(document.NotRecorded), document.Plain(document.NotRecorded)
	if p.Lead != 0 {
		lead = document.Plain(partnership.PartnerName(b.r, p.Lead))
	}
	if total, ok := p.Funded(); ok {
		money = b.text(total.Dollars(), partnership.KindPrograms, id, "funding")
	}
	status := document.Plain(choiceTitle(b.r, partnership.KindPrograms, "status", string(p.Status)))
	return []document.Text{name, status, lead, b.part(p), money}
}

// part says what the city's part in a program is.
func (b *briefing) part(p *partnership.Program) document.Text {
	if !p.TakesPart(b.p.ID) {
		if len(p.Participants) == 0 {
			return document.Plain(document.NotRecorded)
		}
		return document.Plain("–")
	}
	word := "takes part"
	if p.Lead == b.p.ID {
		word = "leads"
	}
	for _, t := range p.Participants {
		if t.Partner == b.p.ID && t.Share.Set {
			return b.text(word+", "+percent(t.Share.V)+" of the cost", partnership.KindPrograms, uint64(p.ID),
				"participants")
		}
	}
	return document.Plain(word + ", cost share " + document.NotRecorded)
}

// percent writes a share: 12.5%.
func percent(p value.Percent) string {
	return strconv.FormatFloat(float64(p)/100, 'f', -1, 64) + "%"
}
