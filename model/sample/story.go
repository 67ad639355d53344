package sample

import (
	"slices"
	"strconv"
	"strings"

	"interlocal/model/partnership"
	"interlocal/model/value"
)

// Story gives the records of a busy day.
func Story(today value.Day) *Set {
	s := frame()
	t := teller{Set: s, today: today}
	t.people()
	t.briefings()
	t.programs()
	t.ideas()
	t.agreements()
	t.shadowing()
	t.equipment()
	t.loans()
	t.lending()
	t.papers()
	t.buying()
	t.cyber()
	t.meetings()
	return s
}

// teller writes the story's records.
type teller struct {
	*Set
	today value.Day
}

// in gives the day so many days from today.
func (t *teller) in(days int) value.Opt[value.Day] { return value.Some(t.today + value.Day(days)) }

// at gives a time so many days from today.
func (t *teller) at(days, hour, minute int) value.Opt[value.Wall] {
	return value.Some((t.today + value.Day(days)).At(hour, minute))
}

// who gives the number of the person who does a job in a city.
func who(city partnership.PartnerID, job int) partnership.PersonID {
	return partnership.PersonID((int(city)-1)*jobCount + job + 1)
}

// Numbers of the facilitator's people, after those of the cities.
const (
	marcTraining partnership.PersonID = 5*jobCount + 1 + iota
	marcPurchasing
)

// people staffs every city with every job.
func (t *teller) people() {
	list := jobs()
	for i, city := range cityIDs() {
		for j, job := range list {
			p := &partnership.Person{ID: who(city, j), Partner: city, Name: job.names[i], Department: job.department,
				Title: job.titles[i], Roles: slices.Clone(job.roles), Tags: append([]string{"sample"}, job.tags...)}
			for k := range 3 {
				p.Duties = append(p.Duties, job.duties[(i+2*k)%len(job.duties)])
			}
			if job.licence != "" {
				p.Qualifications = []partnership.Qualification{{Name: job.licence, Issued: t.in(-900 + 40*i),
					Expires: t.in(240 + 90*i + 30*j)}}
			}
			reach(p)
			t.People = append(t.People, p)
		}
	}
	t.person(who(raytown, jobStreets)).Qualifications[0].Expires = t.in(31)
	t.person(who(grandview, jobStreets)).Mobile = "816-555-0198"
	t.person(who(grandview, jobStreets)).Note = "Answers the mobile on weekends during snow."
	marcPerson := func(id partnership.PersonID, name, title string, role partnership.ContactRole, duties ...string) {
		p := &partnership.Person{ID: id, Partner: marc, Name: name, Department: "Local Government Services",
			Title: title,
			Roles: []partnership.ContactRole{role}, Tags: []string{"sample"}, Duties: duties}
		reach(p)
		t.People = append(t.People, p)
	}
	marcPerson(marcTraining, "Adele Winthrop", "Training Program Manager", partnership.RoleTraining,
		"Arrange supervisory training for the cities", "Run the job-shadowing events")
	marcPerson(marcPurchasing, "Isaac Lundgren", "Cooperative Purchasing Manager", partnership.RolePurchasing,
		"Manage cooperative bids", "Answer cities' questions on piggybacking")
}

// reach gives a person a telephone number kept for fiction and an address in
// a domain that cannot exist.
func reach(p *partnership.Person) {
	p.Phone = "816-555-0" + strconv.Itoa(100+int(p.ID)%100)
	user := strings.ToLower(strings.NewReplacer(" ", ".", "-", "", "'", "").Replace(p.Name))
	p.Email = user + "@" + domain(p.Partner)
}

func (t *teller) person(id partnership.PersonID) *partnership.Person { return t.People[id-1] }

// briefings puts Grandview's next one twelve days off and plans one of the
// others.
func (t *teller) briefings() {
	given := func(city partnership.PartnerID, on value.Day, offered string) {
		t.Briefings = append(t.Briefings, &partnership.Briefing{ID: partnership.BriefingID(len(t.Briefings) + 1),
			Partner: city,
			Date:    value.Some(on), Status: partnership.BriefingGiven, Presenter: who(city, jobLiaison),
			Offered: offered})
	}
	last := (t.today + 12).AddMonths(-12)
	given(grandview, last.AddMonths(-12)+6, "A shared dispatcher pool")
	given(grandview, last, "One street-sweeping contract for all; joint training of board members")
	given(independence, t.today-340, "")
	given(leesSummit, t.today-150, "Share the cost of aerial photographs")
	given(blueSprings, t.today-97, "")
	given(raytown, t.today-204, "Lend each other building inspectors in storm season")
	t.Briefings = append(t.Briefings, &partnership.Briefing{ID: partnership.BriefingID(len(t.Briefings) + 1),
		Partner: independence,
		Date:    t.in(20), Status: partnership.BriefingPlanned, Presenter: who(independence, jobLiaison)})
}

// The programs, by their numbers.
const (
	progTraining partnership.ProgramID = 1 + iota
	progExit
	progShadowing
	progHotline
	progResponders
	progEquipment
	progCyber
	progAgreements
	progSweeping
	progPhotos
)

func (t *teller) programs() {
	shares := func(cities []partnership.PartnerID, percents ...value.Percent) []partnership.Participant {
		out := make([]partnership.Participant, len(cities))
		for i, c := range cities {
			out[i].Partner = c
			if i < len(percents) {
				out[i].Share = value.Some(percents[i] * 100)
			}
		}
		return out
	}
	five := cityIDs()
	money := func(source string, dollars int64) []partnership.Funding {
		return []partnership.Funding{{Source: source, Amount: value.Some(value.Cents(dollars * 100))}}
	}
	step := func(what string, owner partnership.PersonID, days int) partnership.NextStep {
		return partnership.NextStep{What: what, Owner: owner, Due: t.in(days)}
	}
	t.Programs = []*partnership.Program{
		{ID: progTraining, Name: "Joint supervisory training", Area: "training", Status: partnership.ProgramActive,
			Lead:    leesSummit,
			Contact: who(leesSummit, jobTraining), Participants: shares(five, 28, 26, 18, 13, 15), Start: t.in(-700),
			Funding:  money("Partners' training budgets", 42_500),
			Outcomes: "61 supervisors finished the course in two years.",
			Next:     step("Agree on spring dates with the trainer", who(leesSummit, jobTraining), -5)},
		{ID: progExit, Name: "Employee exit interviews", Area: "workforce", Status: partnership.ProgramActive,
			Lead:    blueSprings,
			Contact: who(blueSprings, jobHR), Participants: shares([]partnership.PartnerID{blueSprings, independence},
				40, 60),
			Start: t.in(-650), Funding: money("Partners' operating budgets", 18_000),
			Next: step("Share the first yearly summary", who(blueSprings, jobHR), 26)},
		{ID: progShadowing, Name: "Staff job shadowing", Area: "workforce", Status: partnership.ProgramActive,
			Lead:    independence,
			Contact: who(independence, jobLiaison), Participants: shares(five), Start: t.in(-400),
			Next: step("Approve the remaining sign-ups", who(independence, jobLiaison), 4)},
		{ID: progHotline, Name: "Employee hotline for ethics, safety and fraud", Area: "purchasing",
			Status: partnership.ProgramActive,
			Lead:   independence, Contact: who(independence, jobPurchasing),
			Participants: shares([]partnership.PartnerID{independence, leesSummit, blueSprings}, 44, 35, 21),
			Start:        t.in(-1000),
			Funding:      money("Partners' operating budgets", 9_600),
			Next:         step("Decide whether to renew the contract", who(independence, jobPurchasing), 12)},
		{ID: progResponders, Name: "Police mental-health co-responders", Area: "public safety",
			Status: partnership.ProgramActive,
			Lead:   leesSummit, Contact: who(leesSummit, jobRecords), Participants: shares(five), Start: t.in(-800),
			Funding: money("Federal grant", 310_000), Next: step("Report the second year to the grantor",
				who(leesSummit, jobRecords), 47)},
		{ID: progEquipment, Name: "Shared equipment", Area: "infrastructure", Status: partnership.ProgramActive,
			Lead:    raytown,
			Contact: who(raytown, jobFleet), Participants: shares(five), Start: t.in(-380),
			Next: step("Inspect the chipper together", who(raytown, jobFleet), 18)},
		{ID: progCyber, Name: "Regional cybersecurity framework", Area: "cybersecurity",
			Status: partnership.ProgramExploring, Lead: grandview,
			Contact: who(grandview, jobIT), Participants: shares(five),
			Next: step("Compare results once all five have answered", who(grandview, jobIT), 60)},
		{ID: progAgreements, Name: "Cooperative agreements and shared services", Area: "modernization",
			Status: partnership.ProgramExploring,
			Lead:   blueSprings, Contact: who(blueSprings, jobLiaison), Participants: shares(five)},
		{ID: progSweeping, Name: "Joint street sweeping", Area: "purchasing", Status: partnership.ProgramExploring,
			Lead:         raytown,
			Contact:      who(raytown, jobPurchasing),
			Participants: shares([]partnership.PartnerID{raytown, grandview, blueSprings}),
			Next:         step("Collect lane miles from the three cities", who(raytown, jobStreets), 33)},
		{ID: progPhotos, Name: "Aerial photographs", Area: "modernization", Status: partnership.ProgramCompleted,
			Lead:         leesSummit,
			Participants: shares([]partnership.PartnerID{leesSummit, independence}, 50, 50), Start: t.in(-500),
			End:     t.in(-120),
			Funding: money("Partners' capital budgets", 64_000), Outcomes: "One flight instead of two; $21,000 less " +
				"than apart."},
	}
}

func (t *teller) ideas() {
	last := t.Briefings[1].Date
	t.Ideas = []*partnership.Idea{
		{ID: 1, Title: "One street-sweeping contract for all", Partner: grandview, Body: true, Date: last,
			Status:  partnership.IdeaAdopted,
			Program: progSweeping, Response: "Three cities are working out a joint contract; the other two own " +
				"sweepers."},
		{ID: 2, Title: "Joint training of board members", Partner: grandview, Body: true, Date: last,
			Status:   partnership.IdeaStudied,
			Response: "The trainer can offer an evening course; dates are being compared."},
		{ID: 3, Title: "A shared dispatcher pool", Partner: grandview, Body: true, Date: t.Briefings[0].Date,
			Status:   partnership.IdeaDeclined,
			Response: "The dispatch centers use different radio systems until they are replaced."},
		{ID: 4, Title: "Lend each other building inspectors in storm season", Partner: raytown, Body: true,
			Date:   t.in(-204),
			Status: partnership.IdeaNew},
		{ID: 5, Title: "One vendor list for small purchases", Partner: blueSprings, Date: t.in(-23),
			Status: partnership.IdeaNew,
			Detail: "Each city asks the same plumbers and printers for the same forms."},
		{ID: 6, Title: "Share the cost of aerial photographs", Partner: leesSummit, Body: true, Date: t.in(-150),
			Status: partnership.IdeaAdopted, Program: progPhotos, Response: "Flown together with Independence."},
	}
}

func (t *teller) agreements() {
	five := cityIDs()
	t.Agreements = []*partnership.Agreement{
		{ID: 1, Title: "Mutual use of equipment", Parties: five, Programs: []partnership.ProgramID{progEquipment},
			Status:    partnership.AgreementSigned,
			Effective: t.in(-380), Expires: t.in(715), RenewalsLeft: value.Some[int64](2),
			NoticeDays: value.Some[int64](90)},
		{ID: 2, Title: "Employee hotline", Parties: []partnership.PartnerID{independence, leesSummit, blueSprings},
			Programs: []partnership.ProgramID{progHotline}, Status: partnership.AgreementSigned, Effective: t.in(-1000),
			Expires:      t.in(57),
			RenewalsLeft: value.Some[int64](1), NoticeDays: value.Some[int64](90)},
		{ID: 3, Title: "Exit interviews by a third party",
			Parties:  []partnership.PartnerID{blueSprings, independence, marc},
			Programs: []partnership.ProgramID{progExit}, Status: partnership.AgreementSigned, Effective: t.in(-650),
			Expires:    t.in(445),
			NoticeDays: value.Some[int64](60)},
		{ID: 4, Title: "Joint street sweeping", Parties: []partnership.PartnerID{raytown, grandview, blueSprings},
			Programs: []partnership.ProgramID{progSweeping}, Status: partnership.AgreementDraft},
	}
}
