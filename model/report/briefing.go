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

// How much of each thing fits on one page.
const (
	maxPrograms  = 12
	maxNextSteps = 5
	maxIdeas     = 3
	renewDays    = 180
)

// Briefing makes the paper for a partner's governing body, one page beside its
// sources: what is asked of it, why, what the work costs and brings its city,
// and what comes next. What nobody has recorded is left out and stands among
// the blanks that the author is told.
func Briefing(r field.Reader, partner *partnership.Partner, now value.Wall) *document.Document {
	b := &briefing{citations: citations{r: r}, p: partner, today: now.Day(), settings: partnership.SettingsOf(r),
		due: partnership.NextBriefing(r, partner, now.Day())}
	doc := &document.Document{
		Title:    "Briefing for the " + bodyOf(partner) + " of " + partner.Name,
		Subtitle: subtitle(b.settings, b.today),
		Notes: []string{"Drawn from the partnership's own records as they stood on " + b.today.Long() +
			". A mark such " +
			"as [p1] names the record a figure comes from. What is not said here is not on record; that does not " +
			"mean that there is none."},
	}
	for _, s := range []document.Section{
		{Heading: "What is asked", Blocks: b.asked()},
		{Heading: "Why", Blocks: b.why()},
		{Heading: "What it cost and brought " + partner.Name + b.span(), Blocks: b.givenAndGot()},
		{Heading: "Programs", Blocks: b.programs()},
		{Heading: "What comes next", Blocks: b.next()},
		{Heading: "Ideas of this body", Blocks: b.ideas()},
		{Heading: "Agreements", Blocks: b.agreements()},
	} {
		if len(s.Blocks) > 0 {
			doc.Sections = append(doc.Sections, s)
		}
	}
	doc.Sources, doc.Blanks = b.sources(), b.blanks
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
	blanks   []string
}

// blank notes what nobody has recorded of something.
func (b *briefing) blank(of string, what ...string) {
	if len(what) > 0 {
		b.blanks = append(b.blanks, text.OneLine(of)+": "+text.Joined(what, len(what)))
	}
}

// asked says what the body is to decide, and asks for its ideas.
func (b *briefing) asked() []document.Block {
	var list document.List
	for res := range field.Of[partnership.Resolution](b.r, "partner", b.p.ID) {
		if res.Status == partnership.Passed || res.Status == partnership.NotRecorded {
			continue
		}
		list.Items = append(list.Items, b.text("To adopt the "+purposeOf(res)+" by resolution ("+
			string(res.Status)+onDay(res.Date)+").", partnership.KindResolutions, uint64(res.ID), "status", "date"))
	}
	for a := range b.inForce() {
		if b.toRenew(a) {
			list.Items = append(list.Items, document.Text{{Text: "To renew or end "}, b.agreement(a), {Text: "."}})
		}
	}
	list.Items = append(list.Items,
		document.Plain("To say what the "+bodyOf(b.p)+" would like to see shared next: the "+
			"partners ask every governing body for ideas, at least once a year."))
	return []document.Block{list}
}

// purposeOf names what a resolution adopts: statement of common purpose, 2021
// revised.
func purposeOf(res *partnership.Resolution) string {
	said := "statement of common purpose"
	if res.Revision != "" {
		said += ", " + res.Revision
	}
	return said
}

// onDay writes a day behind what happened on it, nothing when it is not known.
func onDay(d value.Opt[value.Day]) string {
	if !d.Set {
		return ""
	}
	return " " + d.V.Long()
}

// why says what the partnership is and who has adopted its statement.
func (b *briefing) why() []document.Block {
	var t document.Text
	if b.settings.Purpose != "" {
		t = append(t, b.run(sentence(b.settings.Purpose), partnership.KindSettings, uint64(b.settings.ID), "purpose"),
			document.Run{Text: " "})
	} else {
		b.blank("The partnership", "purpose")
	}
	var members []uint64
	var names, helpers []string
	for p := range field.All[partnership.Partner](b.r) {
		switch {
		case p.Governs() && p.Active():
			members, names = append(members, uint64(p.ID)), append(names, p.Name)
		case p.Active():
			helpers = append(helpers, p.Name)
		}
	}
	t = append(t, b.tally(text.Counted(len(members), "city is a member", "cities are members"),
		partnership.KindPartners, members, "partners with status member, facilitators apart"),
		document.Run{Text: ": " + text.Joined(names, len(names)) + "."})
	if len(helpers) > 0 {
		t = append(t, document.Run{Text: " " + text.Joined(helpers, len(helpers)) + " helps as facilitator."})
	}
	return []document.Block{document.Paragraph{Text: append(t, b.adopted()...)}}
}

// adopted lists the resolutions that have passed.
func (b *briefing) adopted() document.Text {
	t := document.Text{}
	for res := range field.All[partnership.Resolution](b.r) {
		name := partnership.PartnerName(b.r, res.Partner)
		if res.Status == partnership.NotRecorded {
			b.blank(name, "whether it adopted the "+purposeOf(res))
		}
		if res.Status != partnership.Passed {
			continue
		}
		said := name + " adopted the " + purposeOf(res)
		if res.Number != "" {
			said += ", by No. " + res.Number
		}
		between := "; "
		if len(t) == 0 {
			between = " "
		}
		t = append(t, document.Run{Text: between}, b.run(said+" on"+onDay(res.Date), partnership.KindResolutions,
			uint64(res.ID), "status", "number",
			"date"))
	}
	if len(t) == 0 {
		return nil
	}
	return append(t, document.Run{Text: "."})
}

// programs lists joint work that is this city's, or nobody's yet, and adds the
// money up; the others' is named. A column in which nothing is recorded is left
// out.
func (b *briefing) programs() []document.Block {
	all := slices.Collect(field.All[partnership.Program](b.r))
	all = slices.DeleteFunc(all, func(p *partnership.Program) bool {
		_, funded := p.Funded()
		return !p.Live() && !p.TakesPart(b.p.ID) && !(funded && p.Status == "")
	})
	if len(all) == 0 {
		b.blank("Programs", "which are active")
		return nil
	}
	sortPrograms(all, b.p.ID)
	var others []string
	for i := len(all) - 1; i >= 0 && len(all[i].Participants) > 0 && !all[i].TakesPart(b.p.ID); i-- {
		others = append(others, all[i].Name)
	}
	all = all[:len(all)-len(others)]
	t := document.Table{Head: []string{"Program", "Status", "Lead", b.p.Name, "Recorded funding"},
		Right: []bool{false, false, false, false, true},
		More:  max(0, len(all)-maxPrograms)}
	for _, p := range all[:min(len(all), maxPrograms)] {
		t.Rows = append(t.Rows, b.programRow(p))
	}
	said := append(b.inPrograms(), b.money(all)...)
	if len(others) > 0 {
		slices.Reverse(others)
		said = append(said, document.Run{Text: "Of other cities: " + text.Joined(others, maxPrograms) + "."})
	}
	var blocks []document.Block
	if len(all) > 0 {
		blocks = append(blocks, withoutEmpty(t))
	}
	if len(said) > 0 {
		blocks = append(blocks, document.Paragraph{Text: said})
	}
	return blocks
}

// withoutEmpty leaves the columns out in which no row has anything.
func withoutEmpty(t document.Table) document.Table {
	out := document.Table{More: t.More, Rows: make([][]document.Text, len(t.Rows))}
	for i, head := range t.Head {
		if !slices.ContainsFunc(t.Rows, func(row []document.Text) bool { return len(row[i]) > 0 }) {
			continue
		}
		out.Head, out.Right = append(out.Head, head), append(out.Right, t.Right[i])
		for j, row := range t.Rows {
			out.Rows[j] = append(out.Rows[j], row[i])
		}
	}
	return out
}

// money adds up what is recorded and says for how many programs that is.
func (c *citations) money(all []*partnership.Program) document.Text {
	var funded []uint64
	var sum value.Cents
	for _, p := range all {
		if total, ok := p.Funded(); ok {
			sum, funded = sum+total, append(funded, uint64(p.ID))
		}
	}
	if len(funded) == 0 {
		return nil
	}
	slices.Sort(funded)
	return document.Text{{Text: "Recorded funding in all: "},
		c.tally(sum.Dollars(), partnership.KindPrograms, funded, "sum of funding amounts"),
		{Text: ", of " + strconv.Itoa(len(funded)) + " of " + text.Counted(len(all), "program", "programs") + ". "}}
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
	id, missing := uint64(p.ID), []string{}
	name := b.text(p.Name, partnership.KindPrograms, id, "status", "lead", "participants")
	var status, lead, money document.Text
	if status = document.Plain(choiceTitle(b.r, partnership.KindPrograms, "status", string(p.Status))); p.Status == "" {
		status, missing = nil, append(missing, "status")
	}
	if p.Lead != 0 {
		lead = document.Plain(partnership.PartnerName(b.r, p.Lead))
	} else {
		missing = append(missing, "lead")
	}
	part, ok := b.part(p)
	if !ok {
		missing = append(missing, "who takes part and for what share of the cost")
	}
	if total, ok := p.Funded(); ok {
		money = b.text(total.Dollars(), partnership.KindPrograms, id, "funding")
	} else {
		missing = append(missing, "funding")
	}
	b.blank(p.Name, missing...)
	return []document.Text{name, status, lead, part, money}
}

// part says what the city's part in a program is; whole is false when something
// of it is not recorded.
func (b *briefing) part(p *partnership.Program) (t document.Text, whole bool) {
	if !p.TakesPart(b.p.ID) {
		if len(p.Participants) == 0 {
			return nil, false
		}
		return document.Plain("–"), true
	}
	word := "takes part"
	if p.Lead == b.p.ID {
		word = "leads"
	}
	for _, t := range p.Participants {
		if t.Partner == b.p.ID && t.Share.Set {
			return b.text(word+", "+percent(t.Share.V)+" of the cost", partnership.KindPrograms, uint64(p.ID),
				"participants"), true
		}
	}
	return document.Plain(word), false
}

// percent writes a share: 12.5%.
func percent(p value.Percent) string {
	return strconv.FormatFloat(float64(p)/100, 'f', -1, 64) + "%"
}
