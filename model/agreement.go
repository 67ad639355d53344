package model

// AgreementID identifies an agreement.
type AgreementID = ID[Agreement]

// AgreementStatus is how far an agreement has come.
type AgreementStatus string

// From draft to ended.
const (
	AgreementDraft  AgreementStatus = "draft"
	AgreementSigned AgreementStatus = "signed"
	AgreementEnded  AgreementStatus = "ended"
)

// Agreement is a cooperative agreement among partners.
type Agreement struct {
	ID           ID[Agreement]
	Title        string
	Parties      []ID[Partner]
	Programs     []ID[Program]
	Effective    Opt[Day]
	Expires      Opt[Day]
	RenewalsLeft Opt[int64]
	NoticeDays   Opt[int64]
	Status       AgreementStatus
	Document     string
	Note         string
}

// KindName is "agreements".
func (Agreement) KindName() string { return "agreements" }

// InForce reports whether the agreement binds its parties on a day: signed,
// begun, and not past its expiry. An effective date that is not recorded
// leaves it not in force, since nobody can say that it has begun.
func (a *Agreement) InForce(on Day) bool {
	return a.Status == AgreementSigned && a.Effective.Set && a.Effective.V <= on &&
		(!a.Expires.Set || on <= a.Expires.V)
}

// Binds reports whether the partner is a party.
func (a *Agreement) Binds(partner ID[Partner]) bool {
	for _, p := range a.Parties {
		if p == partner {
			return true
		}
	}
	return false
}

// NoticeDay gives the last day on which notice is in time: the expiry less the
// notice days. It is unset when there is no expiry.
func (a *Agreement) NoticeDay() Opt[Day] {
	if !a.Expires.Set {
		return Opt[Day]{}
	}
	return Some(a.Expires.V - Day(a.NoticeDays.Or(0)))
}

// InForceBetween lists the agreements in force on a day to which both partners
// are parties.
func InForceBetween(r Reader, on Day, a, b ID[Partner]) []*Agreement {
	var out []*Agreement
	for g := range Of[Agreement](r, "parties", a) {
		if g.Binds(b) && g.InForce(on) {
			out = append(out, g)
		}
	}
	return out
}

func agreementKind() *Kind {
	return Def[Agreement]{
		Tag: 8, One: "agreement", Title: "Agreements", Realm: RealmShared,
		Purpose:   "Cooperative agreements: who is bound, since when and until when.",
		ID:        func(a *Agreement) *ID[Agreement] { return &a.ID },
		Label:     func(a *Agreement) string { return a.Title },
		Recognise: [][]string{{"title"}},
		Parties:   func(_ Reader, a *Agreement) []Party { return PartiesOf(a.Parties) },
		Check:     checkAgreement,
		Fields: []Field[Agreement]{
			Text(1, "title", "Title", func(a *Agreement) *string { return &a.Title }).Need().Wide(34).Eg("Mutual equipment use"),
			Refs(2, "parties", "Parties", func(a *Agreement) *[]ID[Partner] { return &a.Parties }).Wide(26).Eg("Grandview; Raytown"),
			Word(3, "status", "Status", func(a *Agreement) *AgreementStatus { return &a.Status },
				Choice{"draft", "Draft"}, Choice{"signed", "Signed"}, Choice{"ended", "Ended"}).Need().Wide(8).Eg("Signed"),
			OnDay(4, "effective", "Effective", func(a *Agreement) *Opt[Day] { return &a.Effective }).Eg("Jul 1, 2026"),
			OnDay(5, "expires", "Expires", func(a *Agreement) *Opt[Day] { return &a.Expires }).Eg("Jun 30, 2029"),
			Count(6, "renewals_left", "Renewals left", func(a *Agreement) *Opt[int64] { return &a.RenewalsLeft }).Tucked(),
			Count(7, "notice_days", "Notice", func(a *Agreement) *Opt[int64] { return &a.NoticeDays }).In("days").Wide(7).Eg("90"),
			Refs(8, "programs", "Programs covered", func(a *Agreement) *[]ID[Program] { return &a.Programs }).Tucked(),
			Link(9, "document", "Document", func(a *Agreement) *string { return &a.Document }).Tucked(),
			Long(10, "note", "Note", func(a *Agreement) *string { return &a.Note }).Tucked(),
		},
	}.Kind()
}

func checkAgreement(c *Checking, _, a *Agreement) {
	if a.Effective.Set && a.Expires.Set && a.Expires.V < a.Effective.V {
		c.Add("expires", "the agreement expires before it takes effect")
	}
	if n := a.NoticeDays.Or(0); n < 0 || n > 3660 {
		c.Add("notice_days", "notice is between 0 and 3,660 days")
	}
	if a.RenewalsLeft.Or(0) < 0 {
		c.Add("renewals_left", "renewals left are not negative")
	}
	if a.Status == AgreementSigned && len(a.Parties) < 2 {
		c.Add("parties", "a signed agreement has at least two parties")
	}
	if a.Status == AgreementSigned && !a.Effective.Set {
		c.Warn("effective", "without an effective date nobody can tell whether it is in force; check with counsel")
	}
}
