package report

import (
	"cmp"
	"slices"
	"strings"

	"interlocal/model"
)

// Directory lists the people of every partner, those that colleagues look up
// first, then the others by department.
func Directory(r model.Reader, now model.Wall) *Document {
	settings := model.SettingsOf(r)
	doc := &Document{Title: "Directory", Subtitle: subtitle(settings, now.Day())}
	byPartner := map[model.PartnerID][]*model.Person{}
	for p := range model.All[model.Person](r) {
		if !p.Left {
			byPartner[p.Partner] = append(byPartner[p.Partner], p)
		}
	}
	for partner := range model.All[model.Partner](r) {
		people := byPartner[partner.ID]
		if partner.Status == model.Withdrawn && len(people) == 0 {
			continue
		}
		doc.Sections = append(doc.Sections, Section{partner.Name, []Block{directoryTable(r, people)}})
	}
	if len(doc.Sections) == 0 {
		doc.Sections = []Section{{"People", []Block{Paragraph{plain("People: " + NotRecorded + ".")}}}}
	}
	doc.Notes = []string{"People who left service are not listed."}
	return doc
}

func directoryOf(r model.Reader, about About, now model.Wall) (*Document, error) {
	return Directory(r, now), nil
}

func directoryTable(r model.Reader, people []*model.Person) Block {
	if len(people) == 0 {
		return Paragraph{plain("People: " + NotRecorded + ".")}
	}
	slices.SortStableFunc(people, func(x, y *model.Person) int {
		return cmp.Or(cmp.Compare(roleRank(r, x), roleRank(r, y)), cmp.Compare(strings.ToLower(x.Department), strings.ToLower(y.Department)),
			cmp.Compare(x.Name, y.Name))
	})
	t := Table{Head: []string{"Name", "Contact for", "Title and department", "Phone", "E-mail"}}
	for _, p := range people {
		var roles []string
		for _, role := range p.Roles {
			roles = append(roles, choiceTitle(r, "people", "roles", string(role)))
		}
		title := p.Title
		if p.Department != "" {
			title = strings.TrimPrefix(title+", "+p.Department, ", ")
		}
		t.Rows = append(t.Rows, []Text{plain(p.Name), plain(strings.Join(roles, ", ")), plain(title), known(p.Phone), known(p.Email)})
	}
	return t
}

// known writes a cell that says so when nothing is recorded.
func known(s string) Text {
	if s == "" {
		return plain(NotRecorded)
	}
	return plain(s)
}

// roleRank orders people by the first contact role they hold.
func roleRank(r model.Reader, p *model.Person) int {
	choices := r.Schema().Kind("people").Column("roles").Choices
	best := len(choices)
	for i, c := range choices {
		if p.Has(model.ContactRole(c.Value)) {
			best = min(best, i)
		}
	}
	return best
}

// Portfolio lists every program with its people, money and next step.
func Portfolio(r model.Reader, now model.Wall) *Document {
	c := &citations{r: r}
	doc := &Document{Title: "Program portfolio", Subtitle: subtitle(model.SettingsOf(r), now.Day())}
	all := slices.Collect(model.All[model.Program](r))
	sortPrograms(all, 0)
	t := Table{Head: []string{"Program", "Status", "Lead", "Participants", "Recorded funding", "Next step"},
		Right: []bool{false, false, false, false, true, false}}
	for _, p := range all {
		t.Rows = append(t.Rows, portfolioRow(c, p))
	}
	if len(all) == 0 {
		doc.Sections = []Section{{"Programs", []Block{Paragraph{plain("Programs: " + NotRecorded + ".")}}}}
		return doc
	}
	doc.Sections = []Section{{"Programs", []Block{t, Paragraph{c.money(all)}}}}
	doc.Sources = c.sources()
	return doc
}

func portfolioOf(r model.Reader, _ About, now model.Wall) (*Document, error) {
	return Portfolio(r, now), nil
}

func portfolioRow(c *citations, p *model.Program) []Text {
	id := uint64(p.ID)
	lead, money, next := plain(NotRecorded), plain(NotRecorded), plain(NotRecorded)
	if p.Lead != 0 {
		lead = plain(partnerName(c.r, p.Lead))
	}
	if total, ok := p.Funded(); ok {
		money = c.text(dollars(total), "programs", id, "funding")
	}
	if p.Next.What != "" {
		text := oneLine(p.Next.What)
		if p.Next.Due.Set {
			text += ", by " + p.Next.Due.V.Long()
		}
		next = plain(text)
	}
	var names []string
	for _, t := range p.Participants {
		name := partnerName(c.r, t.Partner)
		if t.Share.Set {
			name += " " + percent(t.Share.V)
		}
		names = append(names, name)
	}
	parts := plain(NotRecorded)
	if len(names) > 0 {
		parts = c.text(strings.Join(names, ", "), "programs", id, "participants")
	}
	return []Text{plain(p.Name), plain(choiceTitle(c.r, "programs", "status", string(p.Status))), lead, parts, money, next}
}
