package buying

import (
	"interlocal/model/field"
	"interlocal/model/partnership"
	"interlocal/model/value"
)

// OpportunityID identifies an opportunity.
type OpportunityID = field.ID[Opportunity]

// Verdict is what the partners made of an opportunity.
type Verdict string

// Opportunity compares what each city has, spends and wants for one kind of
// work, so that the partners can say whether to lend, to borrow or to buy
// together. It is of use before there is any loan.
type Opportunity struct {
	ID      field.ID[Opportunity]
	Title   string
	Work    string // the kind of work or of machine
	Cities  []CityNeed
	Options string
	Verdict Verdict
	Reason  string
	Next    partnership.NextStep
	Needs   []field.ID[Need]
}

// CityNeed is one city's side of an opportunity.
type CityNeed struct {
	Partner field.ID[partnership.Partner]
	Has     string
	Spends  value.Opt[value.Cents] // a year
	Wants   string
}

// KindOpportunities names the kind whose records are of type [Opportunity].
const KindOpportunities = "opportunities"

// KindName is "opportunities".
func (Opportunity) KindName() string { return KindOpportunities }

// Spent adds up what the cities spend a year; known counts the cities that
// have said.
func (v *Opportunity) Spent() (total value.Cents, known int) {
	for _, c := range v.Cities {
		if c.Spends.Set {
			total, known = total+c.Spends.V, known+1
		}
	}
	return total, known
}

// DescribeOpportunity describes opportunities.
func DescribeOpportunity() *field.Kind {
	fields := []field.Field[Opportunity]{
		field.Text(1, "title", "Opportunity", func(v *Opportunity) *string { return &v.Title }).Required().Width(30).
			Example("Street sweeping"),
		field.Text(2, "work", "Kind of work", func(v *Opportunity) *string { return &v.Work }).Width(16).
			Example("sweeper"),
		field.Rows(3, "cities", "What each city says", func(v *Opportunity) *[]CityNeed { return &v.Cities },
			[]field.Field[CityNeed]{
				field.Ref(1, "partner", "City", func(n *CityNeed) *field.ID[partnership.Partner] { return &n.Partner }),
				field.Text(2, "has", "Has", func(n *CityNeed) *string { return &n.Has }),
				field.Money(3, "spends", "Spends a year",
					func(n *CityNeed) *value.Opt[value.Cents] { return &n.Spends }),
				field.Text(4, "wants", "Wants", func(n *CityNeed) *string { return &n.Wants }),
			}).HiddenByDefault(),
		field.Long(4, "options", "Options", func(v *Opportunity) *string { return &v.Options }).HiddenByDefault(),
		field.Word(5, "verdict", "Verdict", func(v *Opportunity) *Verdict { return &v.Verdict },
			field.Choice{Value: "open", Title: "Open"}, field.Choice{Value: "lend", Title: "Lend and borrow"},
			field.Choice{Value: "buy", Title: "Buy together"},
			field.Choice{Value: "contract", Title: "Contract together"},
			field.Choice{Value: "drop", Title: "Not worth it"}).Width(14).Example("Open"),
		field.Text(6, "reason", "Why", func(v *Opportunity) *string { return &v.Reason }).Width(24),
		field.Refs(7, "needs", "Needs", func(v *Opportunity) *[]field.ID[Need] { return &v.Needs }).HiddenByDefault(),
	}
	next := field.Part(20, "next_", "What comes next", func(v *Opportunity) *partnership.NextStep { return &v.Next },
		[]field.Field[partnership.NextStep]{
			field.Text(1, "step", "Next step", func(n *partnership.NextStep) *string { return &n.What }).Width(24),
			field.Ref(2, "owner", "Who",
				func(n *partnership.NextStep) *field.ID[partnership.Person] { return &n.Owner }).
				HiddenByDefault(),
			field.OnDay(3, "due", "Due", func(n *partnership.NextStep) *value.Opt[value.Day] { return &n.Due }).
				Width(12),
		})
	return field.Def[Opportunity]{
		Tag: 30, One: "opportunity", Title: "Opportunities", Scope: field.ScopeShared,
		Purpose: "What each city has, spends and wants for a kind of work, and what came of comparing.",
		ID:      func(v *Opportunity) *field.ID[Opportunity] { return &v.ID },
		Label:   func(v *Opportunity) string { return v.Title },
		Unique:  [][]string{{"title"}},
		Parties: func(_ field.Reader, v *Opportunity) []field.Party {
			var out []field.Party
			for _, c := range v.Cities {
				out = append(out, field.Party(c.Partner))
			}
			return out
		},
		Due: dueOpportunity,
		Check: func(c *field.Checking, _, v *Opportunity) {
			for _, n := range v.Cities {
				if n.Partner == 0 {
					c.Add("cities", "each line names its city")
				}
				if n.Spends.Or(0) < 0 {
					c.Add("cities", "what a city spends is not negative")
				}
			}
			if v.Verdict != "" && v.Verdict != "open" && v.Reason == "" {
				c.Warn("reason", "say why, for those who ask next year")
			}
		},
		Fields: append(fields, next...),
	}.Kind()
}
