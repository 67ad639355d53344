package partnership

import (
	"interlocal/model/field"
	"interlocal/model/value"
)

// BriefingID identifies a briefing.
type BriefingID = field.ID[Briefing]

// BriefingStatus tells a planned briefing from one that was given.
type BriefingStatus string

// Planned, then given.
const (
	BriefingPlanned BriefingStatus = "planned"
	BriefingGiven   BriefingStatus = "given"
)

// Briefing is a report to one governing body, owed at least once a year.
type Briefing struct {
	ID        field.ID[Briefing]
	Partner   field.ID[Partner]
	Date      value.Opt[value.Day]
	Status    BriefingStatus
	Presenter field.ID[Person]
	Material  string
	Offered   string // ideas offered by the body
	Note      string
}

// KindBriefings names the kind whose records are of type [Briefing].
const KindBriefings = "briefings"

// KindName is "briefings".
func (Briefing) KindName() string { return KindBriefings }

// BriefingDue says when a governing body is next to be briefed.
type BriefingDue struct {
	Last    value.Opt[value.Day] // the latest briefing given
	Due     value.Opt[value.Day] // last day on which the next one is in time
	Planned value.Opt[value.Day] // the next one planned from today on
}

// NextBriefing works out when a partner's governing body is to be briefed:
// within a year of the last briefing, or by the end of the fiscal year after
// the one the last was given in when the partner's fiscal year is recorded and
// that comes later. The clock starts with the first briefing; before it
// nothing is due.
func NextBriefing(r field.Reader, partner *Partner, today value.Day) BriefingDue {
	var due BriefingDue
	for b := range field.Of[Briefing](r, "partner", partner.ID) {
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
	if next, ok := partner.fiscalYearAfter(due.Last.V); ok {
		by = max(by, next)
	}
	due.Due = value.Some(by)
	return due
}

// fiscalYearAfter gives the last day of the fiscal year that follows the one
// which holds a day.
func (p *Partner) fiscalYearAfter(d value.Day) (last value.Day, ok bool) {
	_, last, ok = p.FiscalYear(d)
	_, last, _ = p.FiscalYear(last + 1)
	return last, ok
}

// DescribeBriefing describes briefings.
func DescribeBriefing() *field.Kind {
	return field.Def[Briefing]{
		Tag: 5, One: "briefing", Title: "Briefings", Scope: field.ScopeCity,
		Purpose: "Reports to each governing body, at least once a year.",
		ID:      func(b *Briefing) *field.ID[Briefing] { return &b.ID },
		Label: func(b *Briefing) string {
			if b.Date.Set {
				return "Briefing of " + b.Date.V.Long()
			}
			return ""
		},
		Unique:  [][]string{{"partner", "date"}},
		Parties: func(_ field.Reader, b *Briefing) []field.Party { return []field.Party{field.Party(b.Partner)} },
		Due:     dueBriefing,
		Check: func(c *field.Checking, _, b *Briefing) {
			if b.Status == BriefingGiven && b.Date.Set && b.Date.V > c.Today {
				c.Add("date", "a briefing to come is planned, not given")
			}
		},
		Fields: []field.Field[Briefing]{
			field.Ref(1, "partner", "Governing body of", func(b *Briefing) *field.ID[Partner] { return &b.Partner }).
				Required().Width(18).Example("Grandview"),
			field.OnDay(2, "date", "Date", func(b *Briefing) *value.Opt[value.Day] { return &b.Date }).Required().
				Example("Mar 4, 2027"),
			field.Word(3, "status", "Status", func(b *Briefing) *BriefingStatus { return &b.Status },
				field.Choice{Value: "planned", Title: "Planned"}, field.Choice{Value: "given", Title: "Given"}).
				Required().Width(9).Example("Given"),
			field.Ref(4, "presenter", "Presenter", func(b *Briefing) *field.ID[Person] { return &b.Presenter }).
				Width(22).Example("Dana Reyes"),
			field.Link(5, "material", "Material", func(b *Briefing) *string { return &b.Material }).HiddenByDefault(),
			field.Long(6, "ideas_offered", "Ideas offered", func(b *Briefing) *string { return &b.Offered }).Width(30),
			field.Long(7, "note", "Note", func(b *Briefing) *string { return &b.Note }).HiddenByDefault(),
		},
	}.Kind()
}
