package model

import "time"

// BriefingID identifies a briefing.
type BriefingID = ID[Briefing]

// BriefingStatus tells a planned briefing from one that was given.
type BriefingStatus string

// Planned, then given.
const (
	BriefingPlanned BriefingStatus = "planned"
	BriefingGiven   BriefingStatus = "given"
)

// Briefing is a report to one governing body, owed at least once a year.
type Briefing struct {
	ID        ID[Briefing]
	Partner   ID[Partner]
	Date      Opt[Day]
	Status    BriefingStatus
	Presenter ID[Person]
	Material  string
	Offered   string // ideas offered by the body
	Note      string
}

// KindName is "briefings".
func (Briefing) KindName() string { return "briefings" }

// BriefingDue says when a governing body is next to be briefed.
type BriefingDue struct {
	Last    Opt[Day] // the latest briefing given
	Due     Opt[Day] // last day on which the next one is in time
	Planned Opt[Day] // the next one planned from today on
}

// NextBriefing works out when a partner's governing body is to be briefed:
// within a year of the last briefing, or by the end of the fiscal year after
// the one the last was given in when the partner's fiscal year is recorded and
// that comes later. The clock starts with the first briefing; before it
// nothing is due.
func NextBriefing(r Reader, partner *Partner, today Day) BriefingDue {
	var due BriefingDue
	for b := range Of[Briefing](r, "partner", partner.ID) {
		switch {
		case !b.Date.Set:
		case b.Status == BriefingGiven && (!due.Last.Set || b.Date.V > due.Last.V):
			due.Last = b.Date
		case b.Status == BriefingPlanned && b.Date.V >= today && (!due.Planned.Set || b.Date.V < due.Planned.V):
			due.Planned = b.Date
		}
	}
	if !due.Last.Set {
		return due
	}
	by := due.Last.V.AddMonths(12)
	if m, ok := partner.FiscalStart.Month(); ok {
		by = max(by, fiscalYearEnd(fiscalYearEnd(due.Last.V, m)+1, m))
	}
	due.Due = Some(by)
	return due
}

// fiscalYearEnd gives the last day of the fiscal year that holds d.
func fiscalYearEnd(d Day, start time.Month) Day {
	y, m, _ := d.Date()
	if m >= start {
		y++
	}
	return Date(y, start, 1) - 1
}

func briefingKind() *Kind {
	return Def[Briefing]{
		Tag: 5, One: "briefing", Title: "Briefings", Realm: RealmCity,
		Purpose: "Reports to each governing body, at least once a year.",
		ID:      func(b *Briefing) *ID[Briefing] { return &b.ID },
		Label: func(b *Briefing) string {
			if b.Date.Set {
				return "Briefing of " + b.Date.V.Long()
			}
			return ""
		},
		Unique:  [][]string{{"partner", "date"}},
		Parties: func(_ Reader, b *Briefing) []Party { return []Party{Party(b.Partner)} },
		Check: func(c *Checking, _, b *Briefing) {
			if b.Status == BriefingGiven && b.Date.Set && b.Date.V > c.Today {
				c.Add("date", "a briefing to come is planned, not given")
			}
		},
		Fields: []Field[Briefing]{
			Ref(1, "partner", "Governing body of", func(b *Briefing) *ID[Partner] { return &b.Partner }).Need().Wide(18).Eg("Grandview"),
			OnDay(2, "date", "Date", func(b *Briefing) *Opt[Day] { return &b.Date }).Need().Eg("Mar 4, 2027"),
			Word(3, "status", "Status", func(b *Briefing) *BriefingStatus { return &b.Status },
				Choice{"planned", "Planned"}, Choice{"given", "Given"}).Need().Wide(9).Eg("Given"),
			Ref(4, "presenter", "Presenter", func(b *Briefing) *ID[Person] { return &b.Presenter }).Wide(22).Eg("Dana Reyes"),
			Link(5, "material", "Material", func(b *Briefing) *string { return &b.Material }).Tucked(),
			Long(6, "ideas_offered", "Ideas offered", func(b *Briefing) *string { return &b.Offered }).Wide(30),
			Long(7, "note", "Note", func(b *Briefing) *string { return &b.Note }).Tucked(),
		},
	}.Kind()
}
