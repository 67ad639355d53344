package partnership

import (
	"interlocal/model/field"
	"interlocal/model/value"
)

// AgreementID identifies an agreement.
type AgreementID = field.ID[Agreement]

// AgreementStatus is how far an agreement has come.
type AgreementStatus string

// From draft to ended.
const (
	AgreementDraft  AgreementStatus = "draft"
	AgreementSigned AgreementStatus = "signed"
	AgreementEnded  AgreementStatus = "ended"
)

// Charging is what loans under an agreement cost.
type Charging string

// Nothing, the owner's rate, or that of the federal schedule; where nothing is said
// each unit says it for itself.
const (
	ChargingNone  Charging = "none"
	ChargingLocal Charging = "local"
	ChargingFEMA  Charging = "fema"
)

// Agreement is a cooperative agreement among partners.
type Agreement struct {
	ID           field.ID[Agreement]
	Title        string
	Parties      []field.ID[Partner]
	Programs     []field.ID[Program]
	Others       []string // parties that are no partners: a county, a school district, a company
	Effective    value.Opt[value.Day]
	Expires      value.Opt[value.Day]
	RenewalsLeft value.Opt[int64]
	NoticeDays   value.Opt[int64]
	Status       AgreementStatus
	Charging     Charging
	Document     string
	Note         string
}

// KindAgreements names the kind whose records are of type [Agreement].
const KindAgreements = "agreements"

// KindName is "agreements".
func (Agreement) KindName() string { return KindAgreements }

// InForce reports whether the agreement binds its parties on a day: signed,
// begun, and not past its expiry. An effective date that is not recorded
// leaves it not in force, since nobody can say that it has begun.
func (a *Agreement) InForce(on value.Day) bool {
	return a.Status == AgreementSigned && a.Effective.Set && a.Effective.V <= on &&
		(!a.Expires.Set || on <= a.Expires.V)
}

// Binds reports whether the partner is a party.
func (a *Agreement) Binds(partner field.ID[Partner]) bool {
	for _, p := range a.Parties {
		if p == partner {
			return true
		}
	}
	return false
}

// NoticeDay gives the last day on which notice is in time: the expiry less the
// notice days. It is unset when there is no expiry.
func (a *Agreement) NoticeDay() value.Opt[value.Day] {
	if !a.Expires.Set {
		return value.Opt[value.Day]{}
	}
	return value.Some(a.Expires.V - value.Day(a.NoticeDays.Or(0)))
}

// InForceBetween lists the agreements in force on a day to which both partners
// are parties.
func InForceBetween(r field.Reader, on value.Day, a, b field.ID[Partner]) []*Agreement {
	var out []*Agreement
	for g := range field.Of[Agreement](r, "parties", a) {
		if g.Binds(b) && g.InForce(on) {
			out = append(out, g)
		}
	}
	return out
}

// Charges gives the agreement that says what loans between two partners cost that
// begin on a day; nil where none says so. Of several the one with the fewest parties
// counts, being made for the two, and of those the latest.
func Charges(r field.Reader, on value.Day, a, b field.ID[Partner]) *Agreement {
	var says *Agreement
	parties := func(g *Agreement) int { return len(g.Parties) + len(g.Others) }
	for _, g := range InForceBetween(r, on, a, b) {
		if g.Charging != "" && (says == nil || parties(g) < parties(says) ||
			parties(g) == parties(says) && g.Effective.V >= says.Effective.V) {
			says = g
		}
	}
	return says
}

// DescribeAgreement describes agreements.
func DescribeAgreement() *field.Kind {
	return field.Def[Agreement]{
		Tag: 8, One: "agreement", Title: "Agreements", Scope: field.ScopeShared,
		Purpose:   "Cooperative agreements: who is bound, since when and until when.",
		ID:        func(a *Agreement) *field.ID[Agreement] { return &a.ID },
		Label:     func(a *Agreement) string { return a.Title },
		Recognise: [][]string{{"title"}},
		Headings:  registerHeadings(),
		Parties:   func(_ field.Reader, a *Agreement) []field.Party { return field.PartiesOf(a.Parties) },
		Check:     checkAgreement,
		Due:       dueAgreement,
		Fields: []field.Field[Agreement]{
			field.Text(1, "title", "Title", func(a *Agreement) *string { return &a.Title }).Required().Width(34).
				Example("Mutual equipment use"),
			field.Refs(2, "parties", "Parties", func(a *Agreement) *[]field.ID[Partner] { return &a.Parties }).
				Width(26).Example("Grandview; Raytown"),
			field.Texts(11, "other_parties", "Other parties", func(a *Agreement) *[]string { return &a.Others }).
				HiddenByDefault().Example("Jackson County").
				Help("A county, a school district or a company that is party without being a partner."),
			field.Word(3, "status", "Status", func(a *Agreement) *AgreementStatus { return &a.Status },
				field.Choice{Value: "draft", Title: "Draft"}, field.Choice{Value: "signed", Title: "Signed"},
				field.Choice{Value: "ended", Title: "Ended"}).Required().Width(8).Example("Signed"),
			field.OnDay(4, "effective", "Effective", func(a *Agreement) *value.Opt[value.Day] { return &a.Effective }).
				Example("Jul 1, 2026"),
			field.OnDay(5, "expires", "Expires", func(a *Agreement) *value.Opt[value.Day] { return &a.Expires }).
				Example("Jun 30, 2029"),
			field.OptInt(6, "renewals_left", "Renewals left",
				func(a *Agreement) *value.Opt[int64] { return &a.RenewalsLeft }).HiddenByDefault(),
			field.OptInt(7, "notice_days", "Notice", func(a *Agreement) *value.Opt[int64] { return &a.NoticeDays }).
				In("days").Width(7).Example("90"),
			field.Word(12, "charging", "Loans cost", func(a *Agreement) *Charging { return &a.Charging },
				field.Choice{Value: "none", Title: "No charge"},
				field.Choice{Value: "local", Title: "Owner's rate"}, field.Choice{Value: "fema", Title: "FEMA rate"}).
				HiddenByDefault().Example("No charge").
				Help("No charge (hours are recorded) holds for every unit lent under it; a rate, for units that say " +
					"nothing themselves. Left empty, loans cost what each unit says, and nothing where it says " +
					"nothing."),
			field.Refs(8, "programs", "Programs covered",
				func(a *Agreement) *[]field.ID[Program] { return &a.Programs }).HiddenByDefault(),
			field.Link(9, "document", "Document", func(a *Agreement) *string { return &a.Document }).HiddenByDefault(),
			field.Long(10, "note", "Note", func(a *Agreement) *string { return &a.Note }).HiddenByDefault(),
		},
	}.Kind()
}

func checkAgreement(c *field.Checking, _, a *Agreement) {
	if a.Effective.Set && a.Expires.Set && a.Expires.V < a.Effective.V {
		c.Add("expires", "the agreement expires before it takes effect")
	}
	if n := a.NoticeDays.Or(0); n < 0 || n > 3660 {
		c.Add("notice_days", "notice is between 0 and 3,660 days")
	}
	if a.RenewalsLeft.Or(0) < 0 {
		c.Add("renewals_left", "renewals left are not negative")
	}
	if a.Status == AgreementSigned && len(a.Parties)+len(a.Others) < 2 {
		c.Add("parties", "a signed agreement has at least two parties")
	}
	if a.Status == AgreementSigned && !a.Effective.Set {
		c.Warn("effective", "without an effective date nobody can tell whether it is in force; check with counsel")
	}
}
