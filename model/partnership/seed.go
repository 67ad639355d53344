package partnership

import "interlocal/model/value"

// Seed is what is publicly known of the Eastern Jackson County Shared
// Services Collaborative (Missouri): the records a new file starts with. What
// is not known stays empty. Sources: the partners' resolutions of 2018 and
// 2021 with the council papers that go with them, the 2020 census, and for the
// fiscal years Lee's Summit's budget ordinance, Blue Springs' budget page and
// Raytown's budget as reported in October 2023.
//
// Records refer to each other by the numbers they are given here.
type Seed struct {
	Settings    []*Settings
	Partners    []*Partner
	Resolutions []*Resolution
	Programs    []*Program
}

// Numbers of the founding partners.
const (
	independence PartnerID = iota + 1
	leesSummit
	blueSprings
	grandview
	raytown
	marc
)

// NewSeed gives fresh founding records.
func NewSeed() *Seed {
	return &Seed{
		Settings: []*Settings{{
			ID: 1, Name: "Eastern Jackson County Shared Services Collaborative", Zone: "America/Chicago",
			Purpose: "Neighboring cities in Jackson County, Missouri, share services and skills, " +
				"helped by the Mid-America Regional Council.",
		}},
		Partners:    seedPartners(),
		Resolutions: seedResolutions(),
		Programs:    seedPrograms(),
	}
}

// Each visits the records in an order in which references hold.
func (f *Seed) Each(visit func(kind string, rec any) error) error {
	for _, r := range f.Settings {
		if err := visit(KindSettings, r); err != nil {
			return err
		}
	}
	for _, r := range f.Partners {
		if err := visit(KindPartners, r); err != nil {
			return err
		}
	}
	for _, r := range f.Resolutions {
		if err := visit(KindResolutions, r); err != nil {
			return err
		}
	}
	for _, r := range f.Programs {
		if err := visit(KindPrograms, r); err != nil {
			return err
		}
	}
	return nil
}

func seedPartners() []*Partner {
	city := func(id PartnerID, name string, since int, population int64, body string, fiscal FiscalMonth) *Partner {
		p := &Partner{ID: id, Name: name, Kind: City, Status: Member, Since: since, GoverningBody: body,
			FiscalStart: fiscal}
		if population > 0 {
			p.Population, p.PopulationAs = value.Some(population), "2020 census"
		}
		return p
	}
	council := "City Council"
	return []*Partner{
		city(independence, "Independence", 2018, 123011, council, ""),
		city(leesSummit, "Lee's Summit", 2018, 101108, council, "07"),
		city(blueSprings, "Blue Springs", 2018, 58603, council, "10"),
		city(grandview, "Grandview", 2021, 0, "", ""),
		city(raytown, "Raytown", 2021, 30012, "", "11"),
		{ID: marc, Name: "Mid-America Regional Council", Short: "MARC", Kind: Facilitator, Status: Member, Since: 2018,
			Services: []string{"Government Training Institute (GTI)",
				"Kansas City Regional Purchasing Cooperative (KCRPC), with MACPP, since 2002"},
			Note: "Council of governments of 119 cities and nine counties in the Kansas City region."},
	}
}

func seedResolutions() []*Resolution {
	const (
		title    = "Statement of common purpose"
		original = "2018 original"
		revised  = "2021 revised"
	)
	open := func(id ResolutionID, p PartnerID, revision string) *Resolution {
		return &Resolution{ID: id, Partner: p, Title: title, Revision: revision, Status: NotRecorded}
	}
	return []*Resolution{
		{ID: 1, Partner: independence, Bill: "18-799", Number: "6376", Title: title, Revision: original,
			Date: value.Some(value.Date(2018, 10, 15)), Status: Passed,
			Note: "The original statement, with three cities."},
		{ID: 2, Partner: leesSummit, Number: "21-08", Title: title, Revision: revised,
			Date: value.Some(value.Date(2021, 4, 13)), Status: OnAgenda, Note: "On the council's agenda of 13 April " +
				"2021; its passage is not recorded here."},
		{ID: 3, Partner: independence, Title: title, Revision: revised, Status: NotRecorded,
			Note: "Bill drafted 4 March 2021; its number and date of passage are not recorded here."},
		open(4, blueSprings, revised),
		open(5, grandview, revised),
		open(6, raytown, revised),
	}
}

func seedPrograms() []*Program {
	program := func(id ProgramID, name string, area ProgramArea, status ProgramStatus, note string) *Program {
		return &Program{ID: id, Name: name, Area: area, Status: status, Note: note}
	}
	const unknown = ProgramStatus("") // our sources end in 2021
	next := func(p *Program, step string) *Program {
		p.Next.What = step
		return p
	}
	exit := program(2, "Employee exit interviews", "workforce", unknown,
		"MARC administers the interviews as a third party under a three-year agreement. Lee's Summit runs its own "+
			"and may share data.")
	exit.Participants = []Participant{{Partner: blueSprings}, {Partner: independence}}
	grant := program(6, "Police mental-health co-responders", "public safety", unknown, "")
	grant.Funding = []Funding{{Source: "Federal grant", Amount: value.Some(value.Cents(748_000_00))}}
	return []*Program{
		next(program(1, "Joint supervisory training", "training", ProgramActive,
			"With MARC's Government Training Institute; governance training for volunteer boards and "+
				"commissions is a wish."),
			"More joint supervisory training, widened to other common needs"),
		exit,
		next(program(3, "Staff job shadowing and networking", "workforce", ProgramActive, ""),
			"A second networking event that matches employees with similar duties"),
		program(4, "Employee hotline for ethics, safety and fraud", "purchasing", unknown,
			"Bought together; KCRPC managed the bid, which is open to other jurisdictions."),
		program(5, "Sharing practices in the COVID-19 response", "other", unknown, ""),
		grant,
		next(program(7, "Shared upkeep of city facilities and assets", "infrastructure", ProgramExploring, ""),
			"Evaluate joint purchasing or shared equipment"),
		next(program(8, "Regional cybersecurity framework", "cybersecurity", ProgramExploring,
			"Includes the yearly Nationwide Cybersecurity Review self-assessment."),
			"Lead on the framework, and on joint answers to the deficiencies it shows"),
		next(program(9, "Cooperative agreements and shared services", "modernization", ProgramExploring, ""),
			"Find business functions that agreements would streamline"),
	}
}
