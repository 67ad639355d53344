package sample

import (
	"slices"
	"strconv"
	"strings"

	"interlocal/model"
)

// Story gives the records of a busy day.
func Story(today model.Day) *Set {
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
	today model.Day
}

// in gives the day so many days from today.
func (t *teller) in(days int) model.Opt[model.Day] { return model.Some(t.today + model.Day(days)) }

// at gives a time so many days from today.
func (t *teller) at(days, hour, minute int) model.Opt[model.Wall] {
	return model.Some((t.today + model.Day(days)).At(hour, minute))
}

// who gives the number of the person who does a job in a city.
func who(city model.PartnerID, job int) model.PersonID {
	return model.PersonID((int(city)-1)*jobCount + job + 1)
}

// Numbers of the facilitator's people, after those of the cities.
const (
	marcTraining model.PersonID = 5*jobCount + 1 + iota
	marcPurchasing
)

// people staffs every city with every job.
func (t *teller) people() {
	list := jobs()
	for i, city := range cityIDs() {
		for j, job := range list {
			p := &model.Person{ID: who(city, j), Partner: city, Name: job.names[i], Department: job.department,
				Title: job.titles[i], Roles: slices.Clone(job.roles), Tags: append([]string{"sample"}, job.tags...)}
			for k := range 3 {
				p.Duties = append(p.Duties, job.duties[(i+2*k)%len(job.duties)])
			}
			if job.licence != "" {
				p.Qualifications = []model.Qualification{{Name: job.licence, Issued: t.in(-900 + 40*i),
					Expires: t.in(240 + 90*i + 30*j)}}
			}
			reach(p)
			t.People = append(t.People, p)
		}
	}
	t.person(who(raytown, jobStreets)).Qualifications[0].Expires = t.in(31)
	t.person(who(grandview, jobStreets)).Mobile = "816-555-0198"
	t.person(who(grandview, jobStreets)).Note = "Answers the mobile on weekends during snow."
	marcPerson := func(id model.PersonID, name, title string, role model.ContactRole, duties ...string) {
		p := &model.Person{ID: id, Partner: marc, Name: name, Department: "Local Government Services", Title: title,
			Roles: []model.ContactRole{role}, Tags: []string{"sample"}, Duties: duties}
		reach(p)
		t.People = append(t.People, p)
	}
	marcPerson(marcTraining, "Adele Winthrop", "Training Program Manager", model.RoleTraining,
		"Arrange supervisory training for the cities", "Run the job-shadowing events")
	marcPerson(marcPurchasing, "Isaac Lundgren", "Cooperative Purchasing Manager", model.RolePurchasing,
		"Manage cooperative bids", "Answer cities' questions on piggybacking")
}

// reach gives a person a telephone number kept for fiction and an address in
// a domain that cannot exist.
func reach(p *model.Person) {
	p.Phone = "816-555-0" + strconv.Itoa(100+int(p.ID)%100)
	user := strings.ToLower(strings.NewReplacer(" ", ".", "-", "", "'", "").Replace(p.Name))
	p.Email = user + "@" + domain(p.Partner)
}

func (t *teller) person(id model.PersonID) *model.Person { return t.People[id-1] }

// briefings puts Grandview's next one twelve days off and plans one of the
// others.
func (t *teller) briefings() {
	given := func(city model.PartnerID, on model.Day, offered string) {
		t.Briefings = append(t.Briefings, &model.Briefing{ID: model.BriefingID(len(t.Briefings) + 1), Partner: city,
			Date: model.Some(on), Status: model.BriefingGiven, Presenter: who(city, jobLiaison), Offered: offered})
	}
	last := (t.today + 12).AddMonths(-12)
	given(grandview, last.AddMonths(-12)+6, "A shared dispatcher pool")
	given(grandview, last, "One street-sweeping contract for all; joint training of board members")
	given(independence, t.today-340, "")
	given(leesSummit, t.today-150, "Share the cost of aerial photographs")
	given(blueSprings, t.today-97, "")
	given(raytown, t.today-204, "Lend each other building inspectors in storm season")
	t.Briefings = append(t.Briefings, &model.Briefing{ID: model.BriefingID(len(t.Briefings) + 1), Partner: independence,
		Date: t.in(20), Status: model.BriefingPlanned, Presenter: who(independence, jobLiaison)})
}

// The programs, by their numbers.
const (
	progTraining model.ProgramID = 1 + iota
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
	shares := func(cities []model.PartnerID, percents ...model.Percent) []model.Participant {
		out := make([]model.Participant, len(cities))
		for i, c := range cities {
			out[i].Partner = c
			if i < len(percents) {
				out[i].Share = model.Some(percents[i] * 100)
			}
		}
		return out
	}
	five := cityIDs()
	money := func(source string, dollars int64) []model.Funding {
		return []model.Funding{{Source: source, Amount: model.Some(model.Cents(dollars * 100))}}
	}
	step := func(what string, owner model.PersonID, days int) model.NextStep {
		return model.NextStep{What: what, Owner: owner, Due: t.in(days)}
	}
	t.Programs = []*model.Program{
		{ID: progTraining, Name: "Joint supervisory training", Area: "training", Status: model.ProgramActive, Lead: leesSummit,
			Contact: who(leesSummit, jobTraining), Participants: shares(five, 28, 26, 18, 13, 15), Start: t.in(-700),
			Funding: money("Partners' training budgets", 42_500), Outcomes: "61 supervisors finished the course in two years.",
			Next: step("Agree on spring dates with the trainer", who(leesSummit, jobTraining), -5)},
		{ID: progExit, Name: "Employee exit interviews", Area: "workforce", Status: model.ProgramActive, Lead: blueSprings,
			Contact: who(blueSprings, jobHR), Participants: shares([]model.PartnerID{blueSprings, independence}, 40, 60),
			Start: t.in(-650), Funding: money("Partners' operating budgets", 18_000),
			Next: step("Share the first yearly summary", who(blueSprings, jobHR), 26)},
		{ID: progShadowing, Name: "Staff job shadowing", Area: "workforce", Status: model.ProgramActive, Lead: independence,
			Contact: who(independence, jobLiaison), Participants: shares(five), Start: t.in(-400),
			Next: step("Approve the remaining sign-ups", who(independence, jobLiaison), 4)},
		{ID: progHotline, Name: "Employee hotline for ethics, safety and fraud", Area: "purchasing", Status: model.ProgramActive,
			Lead: independence, Contact: who(independence, jobPurchasing),
			Participants: shares([]model.PartnerID{independence, leesSummit, blueSprings}, 44, 35, 21), Start: t.in(-1000),
			Funding: money("Partners' operating budgets", 9_600),
			Next:    step("Decide whether to renew the contract", who(independence, jobPurchasing), 12)},
		{ID: progResponders, Name: "Police mental-health co-responders", Area: "public safety", Status: model.ProgramActive,
			Lead: leesSummit, Contact: who(leesSummit, jobRecords), Participants: shares(five), Start: t.in(-800),
			Funding: money("Federal grant", 310_000), Next: step("Report the second year to the grantor", who(leesSummit, jobRecords), 47)},
		{ID: progEquipment, Name: "Shared equipment", Area: "infrastructure", Status: model.ProgramActive, Lead: raytown,
			Contact: who(raytown, jobFleet), Participants: shares(five), Start: t.in(-380),
			Next: step("Inspect the chipper together", who(raytown, jobFleet), 18)},
		{ID: progCyber, Name: "Regional cybersecurity framework", Area: "cybersecurity", Status: model.ProgramExploring, Lead: grandview,
			Contact: who(grandview, jobIT), Participants: shares(five),
			Next: step("Compare results once all five have answered", who(grandview, jobIT), 60)},
		{ID: progAgreements, Name: "Cooperative agreements and shared services", Area: "modernization", Status: model.ProgramExploring,
			Lead: blueSprings, Contact: who(blueSprings, jobLiaison), Participants: shares(five)},
		{ID: progSweeping, Name: "Joint street sweeping", Area: "purchasing", Status: model.ProgramExploring, Lead: raytown,
			Contact: who(raytown, jobPurchasing), Participants: shares([]model.PartnerID{raytown, grandview, blueSprings}),
			Next: step("Collect lane miles from the three cities", who(raytown, jobStreets), 33)},
		{ID: progPhotos, Name: "Aerial photographs", Area: "modernization", Status: model.ProgramCompleted, Lead: leesSummit,
			Participants: shares([]model.PartnerID{leesSummit, independence}, 50, 50), Start: t.in(-500), End: t.in(-120),
			Funding: money("Partners' capital budgets", 64_000), Outcomes: "One flight instead of two; $21,000 less than apart."},
	}
}

func (t *teller) ideas() {
	last := t.Briefings[1].Date
	t.Ideas = []*model.Idea{
		{ID: 1, Title: "One street-sweeping contract for all", Partner: grandview, Body: true, Date: last, Status: model.IdeaAdopted,
			Program: progSweeping, Response: "Three cities are working out a joint contract; the other two own sweepers."},
		{ID: 2, Title: "Joint training of board members", Partner: grandview, Body: true, Date: last, Status: model.IdeaStudied,
			Response: "The trainer can offer an evening course; dates are being compared."},
		{ID: 3, Title: "A shared dispatcher pool", Partner: grandview, Body: true, Date: t.Briefings[0].Date, Status: model.IdeaDeclined,
			Response: "The dispatch centers use different radio systems until they are replaced."},
		{ID: 4, Title: "Lend each other building inspectors in storm season", Partner: raytown, Body: true, Date: t.in(-204),
			Status: model.IdeaNew},
		{ID: 5, Title: "One vendor list for small purchases", Partner: blueSprings, Date: t.in(-23), Status: model.IdeaNew,
			Detail: "Each city asks the same plumbers and printers for the same forms."},
		{ID: 6, Title: "Share the cost of aerial photographs", Partner: leesSummit, Body: true, Date: t.in(-150),
			Status: model.IdeaAdopted, Program: progPhotos, Response: "Flown together with Independence."},
	}
}

func (t *teller) agreements() {
	five := cityIDs()
	t.Agreements = []*model.Agreement{
		{ID: 1, Title: "Mutual use of equipment", Parties: five, Programs: []model.ProgramID{progEquipment}, Status: model.AgreementSigned,
			Effective: t.in(-380), Expires: t.in(715), RenewalsLeft: model.Some[int64](2), NoticeDays: model.Some[int64](90)},
		{ID: 2, Title: "Employee hotline", Parties: []model.PartnerID{independence, leesSummit, blueSprings},
			Programs: []model.ProgramID{progHotline}, Status: model.AgreementSigned, Effective: t.in(-1000), Expires: t.in(57),
			RenewalsLeft: model.Some[int64](1), NoticeDays: model.Some[int64](90)},
		{ID: 3, Title: "Exit interviews by a third party", Parties: []model.PartnerID{blueSprings, independence, marc},
			Programs: []model.ProgramID{progExit}, Status: model.AgreementSigned, Effective: t.in(-650), Expires: t.in(445),
			NoticeDays: model.Some[int64](60)},
		{ID: 4, Title: "Joint street sweeping", Parties: []model.PartnerID{raytown, grandview, blueSprings},
			Programs: []model.ProgramID{progSweeping}, Status: model.AgreementDraft},
	}
}
