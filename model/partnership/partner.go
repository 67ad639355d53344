package partnership

import (
	"time"

	"interlocal/model/field"
	"interlocal/model/value"
)

// PartnerID identifies a partner.
type PartnerID = field.ID[Partner]

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
	ID            field.ID[Partner]
	Name          string
	Short         string // abbreviation by which people know it
	Kind          PartnerKind
	Status        PartnerStatus
	Since         int // year
	Population    value.Opt[int64]
	PopulationAs  string // source of the figure
	GoverningBody string
	FiscalStart   FiscalMonth
	Website       string
	Services      []string
	Note          string
	InsuredUntil  value.Opt[value.Day] // last day of its certificate of insurance
}

// KindPartners names the kind whose records are of type [Partner].
const KindPartners = "partners"

// KindName is "partners".
func (Partner) KindName() string { return KindPartners }

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

func months() []field.Choice {
	out := make([]field.Choice, 12)
	for i := range out {
		m := i + 1
		out[i] = field.Choice{Value: string([]byte{'0' + byte(m/10), '0' + byte(m%10)}), Title: time.Month(m).String()}
	}
	return out
}

// Governs reports whether the partner has a governing body to brief.
func (p *Partner) Governs() bool { return p.Kind != Facilitator }

// Active reports whether the partner takes part today.
func (p *Partner) Active() bool {
	return p.Status == Member || p.Kind == Facilitator && p.Status != Withdrawn
}

// DescribePartner describes partners.
func DescribePartner() *field.Kind {
	return field.Def[Partner]{
		Tag: 2, One: "partner", Title: "Partners", Scope: field.ScopeCity, UniqueLabel: true,
		Purpose: "The cities that share services, and the council that helps them.",
		ID:      func(p *Partner) *field.ID[Partner] { return &p.ID },
		Label:   func(p *Partner) string { return p.Name },
		Aliases: func(p *Partner) []string { return []string{p.Short, "City of " + p.Name} },
		Unique:  [][]string{{"name"}},
		Parties: func(_ field.Reader, p *Partner) []field.Party { return []field.Party{field.Party(p.ID)} },
		Check:   checkPartner, Transition: stepPartner,
		Due:      duePartner,
		Headings: field.Headings{Called: calledPartner},
		Fields:   partnerFields(),
	}.Kind()
}

func partnerFields() []field.Field[Partner] {
	return []field.Field[Partner]{
		field.Text(1, "name", "Name", func(p *Partner) *string { return &p.Name }).Required().Width(24).
			Example("Raytown"),
		field.Text(2, "short", "Short name", func(p *Partner) *string { return &p.Short }).Width(8).HiddenByDefault().
			Help("An abbreviation people use, such as MARC."),
		field.Word(3, "kind", "Kind", func(p *Partner) *PartnerKind { return &p.Kind },
			field.Choice{Value: "city", Title: "City"}, field.Choice{Value: "county", Title: "County"},
			field.Choice{Value: "district", Title: "District"},
			field.Choice{Value: "facilitator", Title: "Facilitator"}).Required().Width(11).Example("City"),
		field.Word(4, "status", "Status", func(p *Partner) *PartnerStatus { return &p.Status },
			field.Choice{Value: "invited", Title: "Invited"}, field.Choice{Value: "joining", Title: "Joining"},
			field.Choice{Value: "member", Title: "Member"},
			field.Choice{Value: "withdrawn", Title: "Withdrawn"}).Required().Width(9).Example("Member").
			Help("Invited, then joining; a passed resolution makes a city a member."),
		field.Int(5, "since", "Since", func(p *Partner) *int { return &p.Since }).Width(6).Example("2021"),
		field.OptInt(6, "population", "Population", func(p *Partner) *value.Opt[int64] { return &p.Population }).
			Width(10).Example("30,012"),
		field.Text(7, "population_source", "Population source", func(p *Partner) *string { return &p.PopulationAs }).
			HiddenByDefault(),
		field.Text(8, "governing_body", "Governing body", func(p *Partner) *string { return &p.GoverningBody }).
			Width(18).
			Example("Board of Aldermen").Help("Its local name, as it should stand in a briefing."),
		field.Word(9, "fiscal_year_start", "Fiscal year starts",
			func(p *Partner) *FiscalMonth { return &p.FiscalStart },
			months()...).Width(12).Example("July"),
		field.Link(10, "website", "Website", func(p *Partner) *string { return &p.Website }).HiddenByDefault(),
		field.Texts(11, "services", "Shared services offered", func(p *Partner) *[]string { return &p.Services }).
			HiddenByDefault(),
		field.OnDay(13, "insured_until", "Insured until",
			func(p *Partner) *value.Opt[value.Day] { return &p.InsuredUntil }).HiddenByDefault().
			Help("Last day of its certificate of insurance, which owners of equipment ask for."),
		field.Long(12, "note", "Note", func(p *Partner) *string { return &p.Note }).HiddenByDefault(),
	}
}

func checkPartner(c *field.Checking, before, p *Partner) {
	if p.Since != 0 && (p.Since < 1900 || p.Since > c.Today.Year()+2) {
		c.Add("since", "the year of joining is between 1900 and two years from now")
	}
	if p.Population.Set && p.Population.V < 0 {
		c.Add("population", "a population is not negative")
	}
	if before != nil && before.Status != Member && p.Status == Member && p.NeedsResolution(c) {
		c.Warn("status", p.Name+" has no passed resolution on file yet; record it under Resolutions")
	}
}

// NeedsResolution reports whether a resolution of the partner's governing body
// is still to be put on file before it is a member.
func (p *Partner) NeedsResolution(r field.Reader) bool {
	if !p.Governs() {
		return false
	}
	for res := range field.Of[Resolution](r, "partner", p.ID) {
		if res.Status == Passed {
			return false
		}
	}
	return true
}

// PartnerName gives the name by which people call a partner.
func PartnerName(r field.Reader, id field.ID[Partner]) string {
	p := field.Get(r, id)
	switch {
	case p == nil:
		return "a partner that is not recorded"
	case p.Short != "":
		return p.Short
	}
	return p.Name
}

// Cities lists the partners that have a governing body and take part.
func Cities(r field.Reader) []*Partner {
	var out []*Partner
	for p := range field.All[Partner](r) {
		if p.Governs() && p.Active() {
			out = append(out, p)
		}
	}
	return out
}
