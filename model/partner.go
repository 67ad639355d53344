package model

import "time"

// PartnerID identifies a partner.
type PartnerID = ID[Partner]

// PartnerKind is what sort of organization a partner is.
type PartnerKind string

// Kinds of partner.
const (
	City        PartnerKind = "city"
	County      PartnerKind = "county"
	District    PartnerKind = "district"
	Facilitator PartnerKind = "facilitator"
)

// PartnerStatus is how far a partner's membership has come.
type PartnerStatus string

// From invitation to withdrawal.
const (
	Invited   PartnerStatus = "invited"
	Joining   PartnerStatus = "joining"
	Member    PartnerStatus = "member"
	Withdrawn PartnerStatus = "withdrawn"
)

// Partner is an organization in the partnership: a city, or the facilitator.
type Partner struct {
	ID            ID[Partner]
	Name          string
	Short         string // abbreviation by which people know it
	Kind          PartnerKind
	Status        PartnerStatus
	Since         int // year
	Population    Opt[int64]
	PopulationAs  string // source of the figure
	GoverningBody string
	FiscalStart   FiscalMonth
	Website       string
	Services      []string
	Note          string
}

// KindName is "partners".
func (Partner) KindName() string { return "partners" }

// FiscalMonth is the month a fiscal year starts in, as "01" to "12".
type FiscalMonth string

// Month gives the month; ok is false when it is not recorded.
func (m FiscalMonth) Month() (month time.Month, ok bool) {
	if len(m) != 2 {
		return 0, false
	}
	n := int(m[0]-'0')*10 + int(m[1]-'0')
	return time.Month(n), n >= 1 && n <= 12
}

func months() []Choice {
	out := make([]Choice, 12)
	for i := range out {
		m := i + 1
		out[i] = Choice{string([]byte{'0' + byte(m/10), '0' + byte(m%10)}), time.Month(m).String()}
	}
	return out
}

// Governs reports whether the partner has a governing body to brief.
func (p *Partner) Governs() bool { return p.Kind != Facilitator }

// Active reports whether the partner takes part today.
func (p *Partner) Active() bool {
	return p.Status == Member || p.Kind == Facilitator && p.Status != Withdrawn
}

func partnerKind() *Kind {
	return Def[Partner]{
		Tag: 2, One: "partner", Title: "Partners", Realm: RealmCity, UniqueLabel: true,
		Purpose: "The cities that share services, and the council that helps them.",
		ID:      func(p *Partner) *ID[Partner] { return &p.ID },
		Label:   func(p *Partner) string { return p.Name },
		Aliases: func(p *Partner) []string { return []string{p.Short, "City of " + p.Name} },
		Unique:  [][]string{{"name"}},
		Parties: func(_ Reader, p *Partner) []Party { return []Party{Party(p.ID)} },
		Check:   checkPartner,
		Fields:  partnerFields(),
	}.Kind()
}

func partnerFields() []Field[Partner] {
	return []Field[Partner]{
		Text(1, "name", "Name", func(p *Partner) *string { return &p.Name }).Need().Wide(24).Eg("Raytown"),
		Text(2, "short", "Short name", func(p *Partner) *string { return &p.Short }).Wide(8).Tucked().
			Say("An abbreviation people use, such as MARC."),
		Word(3, "kind", "Kind", func(p *Partner) *PartnerKind { return &p.Kind },
			Choice{"city", "City"}, Choice{"county", "County"}, Choice{"district", "District"},
			Choice{"facilitator", "Facilitator"}).Need().Wide(11).Eg("City"),
		Word(4, "status", "Status", func(p *Partner) *PartnerStatus { return &p.Status },
			Choice{"invited", "Invited"}, Choice{"joining", "Joining"}, Choice{"member", "Member"},
			Choice{"withdrawn", "Withdrawn"}).Need().Wide(9).Eg("Member").
			Say("Invited, then joining; a passed resolution makes a city a member."),
		Int(5, "since", "Since", func(p *Partner) *int { return &p.Since }).Wide(6).Eg("2021"),
		Count(6, "population", "Population", func(p *Partner) *Opt[int64] { return &p.Population }).Wide(10).Eg("30,012"),
		Text(7, "population_source", "Population source", func(p *Partner) *string { return &p.PopulationAs }).Tucked(),
		Text(8, "governing_body", "Governing body", func(p *Partner) *string { return &p.GoverningBody }).Wide(18).
			Eg("Board of Aldermen").Say("Its local name, as it should stand in a briefing."),
		Word(9, "fiscal_year_start", "Fiscal year starts", func(p *Partner) *FiscalMonth { return &p.FiscalStart },
			months()...).Wide(12).Eg("July"),
		Link(10, "website", "Website", func(p *Partner) *string { return &p.Website }).Tucked(),
		Texts(11, "services", "Shared services offered", func(p *Partner) *[]string { return &p.Services }).Tucked(),
		Long(12, "note", "Note", func(p *Partner) *string { return &p.Note }).Tucked(),
	}
}

func checkPartner(c *Checking, before, p *Partner) {
	if p.Since != 0 && (p.Since < 1900 || p.Since > c.Today.Year()+2) {
		c.Add("since", "the year of joining is between 1900 and two years from now")
	}
	if p.Population.Set && p.Population.V < 0 {
		c.Add("population", "a population is not negative")
	}
	if before != nil && before.Status != Member && p.Status == Member && p.Governs() && !hasPassed(c, p.ID) {
		c.Warn("status", p.Name+" has no passed resolution on file yet; record it under Resolutions")
	}
}

func hasPassed(r Reader, partner ID[Partner]) bool {
	for res := range Of[Resolution](r, "partner", partner) {
		if res.Status == Passed {
			return true
		}
	}
	return false
}
