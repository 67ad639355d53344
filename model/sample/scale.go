package sample

import (
	"slices"
	"strconv"
	"strings"

	"interlocal/model/partnership"
	"interlocal/model/value"
)

// Scale gives a partnership with n people, a tenth as many units and a fifth
// as many reservations, of which no two of a unit overlap, with 120 programs
// and what goes with them.
func Scale(n int, today value.Day) *Set {
	s := frame()
	g := grower{Set: s, today: today, jobs: jobs(), first: firstNames(), last: lastNames()}
	for i := range n {
		s.People = append(s.People, g.person(i))
	}
	g.briefings()
	g.programs()
	g.ideas()
	g.agreements()
	g.events()
	for i := range max(n/10, min(n/5, 1)) {
		s.Equipment = append(s.Equipment, g.unit(i))
	}
	for i := range n / 5 {
		s.Reservations = append(s.Reservations, g.loan(i))
	}
	g.handovers()
	g.cyber()
	return s
}

// grower makes records up by number.
type grower struct {
	*Set
	today       value.Day
	jobs        []job
	first, last []string
}

func (g *grower) in(days int) value.Opt[value.Day] { return value.Some(g.today + value.Day(days)) }

// city gives the city of the i-th thing, larger cities having more.
func city(i int) partnership.PartnerID {
	weights := []partnership.PartnerID{independence, independence, independence, leesSummit, leesSummit, leesSummit,
		blueSprings, blueSprings, grandview, raytown}
	return weights[mix(uint64(i))%uint64(len(weights))]
}

// firstNames and lastNames combine to more names than a large file has people;
// beyond that, initials tell them apart.
func firstNames() []string {
	return strings.Fields(
		`Abel Ada Agnes Alma Alton Amara Anders Anya Asa Beatrice Benita Boyd Bruno Calla Carlos Cedric
		Chandra Clara Dalia Darius Della Dominic Edith Elias Elena Emeka Enid Esther Ezra Fatima Felix Flora Gideon Gita
		Greta Hana Harold Hazel Hiro Ida Imani Ines Ivan Jasper Joel Juno Kamal Kira Lars Leona Linus Lydia Mabel Mateo
		Mina Nils Nora Odell Olive Omar Pearl Quentin Rafael Ramona Rhea Rufus Sana Silas Sofia Thea Tobias Uma Vera
		Viola Wade Wilma Xavier Yara Yusuf Zelda`)
}

func lastNames() []string {
	return strings.Fields(
		`Abbott Acosta Adler Almeida Amato Archer Baird Barros Bellamy Benson Bishop Boone Bouchard Brandt
		Calloway Carver Castle Chandler Cho Clifton Corbin Dalton Desai Dixon Doyle Draper Duarte Ellery Emerson Engel
		Farrow Ferris Fields Fontaine Forbes Frost Gallo Garland Gibbs Goodwin Grady Hale Hartley Hayes Holloway Ibarra
		Iverson Jarvis Jensen Keller Khan Kimura Lambert Lang Larkin Lowry Maddox Mercer Meyer Molina Nolan Norris Oakes
		Okoro Ortega Palmer Patel Peralta Quinn Ramsey Rhodes Rivera Rowan Sato Sawyer Shah Slater Soto Stone Tate Tran
		Underhill Vance Vega Walker Walsh Webb Weiss Whitaker Winters Yates Young Zamora Zeller`)
}

func (g *grower) person(i int) *partnership.Person {
	first, last := g.first, g.last
	// The step shares no factor with the number of names, so that every
	// combination comes up before any comes up twice.
	pairs := len(first) * len(last)
	pick := i * 3571 % pairs
	name := first[pick%len(first)]
	if round := i / pairs; round > 0 {
		name += " " + string(rune('A'+(round-1)%26)) + "."
	}
	name += " " + last[pick/len(first)]
	h := mix(uint64(i) ^ 0x5eed)
	job := g.jobs[h%uint64(len(g.jobs))]
	p := &partnership.Person{ID: partnership.PersonID(i + 1), Partner: city(i), Name: name, Department: job.department,
		Title: job.titles[h>>8%5], Tags: append([]string{"sample"}, job.tags...),
		Phone: "816-555-0" + strconv.Itoa(100+i%100)}
	for k := range 3 {
		p.Duties = append(p.Duties, job.duties[(int(h>>16%7)+2*k)%len(job.duties)])
	}
	user := strings.ToLower(strings.NewReplacer(". ", ".", " ", ".").Replace(name))
	p.Email = user + "." + strconv.Itoa(i+1) + "@" + domain(p.Partner)
	if h>>24%40 == 0 {
		p.Roles = slices.Clone(job.roles)
	}
	if job.licence != "" {
		p.Qualifications = []partnership.Qualification{{Name: job.licence, Issued: g.in(-700),
			Expires: g.in(int(h>>32%1400) + 20)}}
	}
	return p
}

// someone gives a person, or nobody when there are none.
func (g *grower) someone(i int) partnership.PersonID {
	if len(g.People) == 0 {
		return 0
	}
	return g.People[mix(uint64(i))%uint64(len(g.People))].ID
}

func (g *grower) briefings() {
	for i, c := range cityIDs() {
		for year := range 6 {
			on := g.today.AddMonths(-12*year) - value.Day(20+31*i)
			g.Briefings = append(g.Briefings, &partnership.Briefing{ID: partnership.BriefingID(len(g.Briefings) + 1),
				Partner: c,
				Date:    value.Some(on), Status: partnership.BriefingGiven, Presenter: g.someone(i*6 + year)})
		}
	}
}

func (g *grower) programs() {
	subjects := []string{"supervisory training", "fuel purchasing", "street sweeping", "code inspections",
		"payroll services",
		"fleet repair", "radio upkeep", "snow response", "records digitizing", "legal research", "grant writing",
		"tree care"}
	manners := []string{"Joint", "Shared", "Regional", "Cooperative", "Pooled", "Common", "Mutual", "Combined",
		"Paired", "Rotating"}
	areas := []partnership.ProgramArea{"training", "purchasing", "infrastructure", "public safety", "modernization",
		"workforce"}
	states := []partnership.ProgramStatus{partnership.ProgramActive, partnership.ProgramExploring,
		partnership.ProgramActive, partnership.ProgramIdea,
		partnership.ProgramCompleted, partnership.ProgramActive}
	for i := range 120 {
		cities := cityIDs()
		p := &partnership.Program{ID: partnership.ProgramID(i + 1), Name: manners[i/12] + " " + subjects[i%12],
			Area:   areas[i%6],
			Status: states[i/2%6], Lead: cities[i%5], Contact: g.someone(i),
			Participants: []partnership.Participant{{Partner: cities[i%5], Share: value.Some(value.Percent(6000))},
				{Partner: cities[(i+1+i/5%4)%5], Share: value.Some(value.Percent(4000))}},
			Start: g.in(-30 * (i%40 + 1))}
		if i%3 == 0 {
			p.Funding = []partnership.Funding{{Source: "Partners' budgets",
				Amount: value.Some(value.Cents(5_000_00 + 1_250_00*int64(i)))}}
		}
		if p.Live() {
			p.Next = partnership.NextStep{What: "Agree on the work of the coming quarter", Owner: g.someone(i + 500),
				Due: g.in(i*7%300 - 8)}
		}
		g.Programs = append(g.Programs, p)
	}
}

func (g *grower) ideas() {
	states := []partnership.IdeaStatus{partnership.IdeaStudied, partnership.IdeaAdopted, partnership.IdeaDeclined,
		partnership.IdeaStudied, partnership.IdeaNew}
	for i := range 60 {
		p := g.Programs[i*2]
		idea := &partnership.Idea{ID: partnership.IdeaID(i + 1), Title: "More of: " + strings.ToLower(p.Name),
			Partner: cityIDs()[i%5],
			Body:    i%2 == 0, Date: g.in(-17 * (i + 1)), Status: states[i%5],
			Response: "Answered at the quarterly meeting."}
		switch idea.Status {
		case partnership.IdeaAdopted:
			idea.Program = p.ID
		case partnership.IdeaNew:
			idea.Response = ""
		}
		g.Ideas = append(g.Ideas, idea)
	}
}

func (g *grower) agreements() {
	g.Agreements = []*partnership.Agreement{{ID: 1, Title: "Mutual use of equipment", Parties: cityIDs(),
		Status:    partnership.AgreementSigned,
		Effective: g.in(-1500), Expires: g.in(1500), NoticeDays: value.Some[int64](90)}}
	for i := 1; i < 24; i++ {
		p := g.Programs[i*5]
		g.Agreements = append(g.Agreements, &partnership.Agreement{ID: partnership.AgreementID(i + 1),
			Title:    "Agreement on " + strings.ToLower(p.Name),
			Parties:  []partnership.PartnerID{p.Participants[0].Partner, p.Participants[1].Partner},
			Programs: []partnership.ProgramID{p.ID},
			Status:   partnership.AgreementSigned, Effective: g.in(-40 * i), Expires: g.in(50 * i),
			NoticeDays: value.Some(int64(30 * (i % 4)))})
	}
}
