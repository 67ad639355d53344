package report

import (
	"cmp"
	"slices"
	"strings"

	"interlocal/model/document"
	"interlocal/model/field"
	"interlocal/model/partnership"
	"interlocal/model/text"
	"interlocal/model/value"
)

// Directory lists the people of every partner, those that colleagues look up
// first, then the others by department.
func Directory(r field.Reader, now value.Wall) *document.Document {
	settings := partnership.SettingsOf(r)
	doc := &document.Document{Title: "Directory", Subtitle: subtitle(settings, now.Day())}
	byPartner := map[partnership.PartnerID][]*partnership.Person{}
	for p := range field.All[partnership.Person](r) {
		if !p.Left {
			byPartner[p.Partner] = append(byPartner[p.Partner], p)
		}
	}
	for partner := range field.All[partnership.Partner](r) {
		people := byPartner[partner.ID]
		if partner.Status == partnership.Withdrawn && len(people) == 0 {
			continue
		}
		doc.Sections = append(doc.Sections,
			document.Section{Heading: partner.Name, Blocks: []document.Block{directoryTable(r, people)}})
	}
	if len(doc.Sections) == 0 {
		doc.Sections = []document.Section{{Heading: "People",
			Blocks: []document.Block{document.Paragraph{Text: document.Plain("People: " + document.NotRecorded +
				".")}}}}
	}
	doc.Notes = []string{"People who left service are not listed."}
	return doc
}

func directoryOf(r field.Reader, about About, now value.Wall) (*document.Document, error) {
	return Directory(r, now), nil
}

func directoryTable(r field.Reader, people []*partnership.Person) document.Block {
	if len(people) == 0 {
		return document.Paragraph{Text: document.Plain("People: " + document.NotRecorded + ".")}
	}
	slices.SortStableFunc(people, func(x, y *partnership.Person) int {
		return cmp.Or(cmp.Compare(roleRank(r, x), roleRank(r, y)),
			cmp.Compare(strings.ToLower(x.Department), strings.ToLower(y.Department)),
			cmp.Compare(x.Name, y.Name))
	})
	t := document.Table{Head: []string{"Name", "Contact for", "Title and department", "Phone", "E-mail"}}
	for _, p := range people {
		var roles []string
		for _, role := range p.Roles {
			roles = append(roles, choiceTitle(r, partnership.KindPeople, "roles", string(role)))
		}
		title := p.Title
		if p.Department != "" {
			title = strings.TrimPrefix(title+", "+p.Department, ", ")
		}
		t.Rows = append(t.Rows, []document.Text{document.Plain(p.Name), document.Plain(strings.Join(roles, ", ")),
			document.Plain(title), known(p.Phone), known(p.Email)})
	}
	return t
}

// known writes a cell that says so when nothing is recorded.
func known(s string) document.Text {
	if s == "" {
		return document.Plain(document.NotRecorded)
	}
	return document.Plain(s)
}

// roleRank orders people by the first contact role they hold.
func roleRank(r field.Reader, p *partnership.Person) int {
	choices := r.Schema().Kind(partnership.KindPeople).Column("roles").Choices
	best := len(choices)
	for i, c := range choices {
		if p.Has(partnership.ContactRole(c.Value)) {
			best = min(best, i)
		}
	}
	return best
}

// Portfolio lists every program with its people, money and next step.
func Portfolio(r field.Reader, now value.Wall) *document.Document {
	c := &citations{r: r}
	doc := &document.Document{Title: "Program portfolio", Subtitle: subtitle(partnership.SettingsOf(r), now.Day())}
	all := slices.Collect(field.All[partnership.Program](r))
	sortPrograms(all, 0)
	t := document.Table{Head: []string{"Program", "Status", "Lead", "Participants", "Recorded funding", "Next step"},
		Right: []bool{false, false, false, false, true, false}}
	for _, p := range all {
		t.Rows = append(t.Rows, portfolioRow(c, p))
	}
	if len(all) == 0 {
		doc.Sections = []document.Section{{Heading: "Programs",
			Blocks: []document.Block{document.Paragraph{Text: document.Plain("Programs: " + document.NotRecorded +
				".")}}}}
		return doc
	}
	doc.Sections = []document.Section{{Heading: "Programs", Blocks: []document.Block{t}}}
	if said := c.money(all); len(said) > 0 {
		doc.Sections[0].Blocks = append(doc.Sections[0].Blocks, document.Paragraph{Text: said})
	}
	doc.Sources = c.sources()
	return doc
}

func portfolioOf(r field.Reader, _ About, now value.Wall) (*document.Document, error) {
	return Portfolio(r, now), nil
}

func portfolioRow(c *citations, p *partnership.Program) []document.Text {
	id := uint64(p.ID)
	lead, money, next := document.Plain(document.NotRecorded), document.Plain(document.NotRecorded), document.Plain(
		document.NotRecorded)
	if p.Lead != 0 {
		lead = document.Plain(partnership.PartnerName(c.r, p.Lead))
	}
	if total, ok := p.Funded(); ok {
		money = c.text(total.Dollars(), partnership.KindPrograms, id, "funding")
	}
	if p.Next.What != "" {
		said := text.OneLine(p.Next.What)
		if p.Next.Due.Set {
			said += ", by " + p.Next.Due.V.Long()
		}
		next = document.Plain(said)
	}
	var names []string
	for _, t := range p.Participants {
		name := partnership.PartnerName(c.r, t.Partner)
		if t.Share.Set {
			name += " " + percent(t.Share.V)
		}
		names = append(names, name)
	}
	parts := document.Plain(document.NotRecorded)
	if len(names) > 0 {
		parts = c.text(strings.Join(names, ", "), partnership.KindPrograms, id, "participants")
	}
	return []document.Text{document.Plain(p.Name), document.Plain(choiceTitle(c.r, partnership.KindPrograms, "status",
		string(p.Status))), lead, parts, money, next}
}
