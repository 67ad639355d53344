package buying

import (
	"interlocal/model/field"
	"interlocal/model/partnership"
	"interlocal/model/value"
)

// NeedID identifies a purchase need.
type NeedID = field.ID[Need]

// NeedState says whether a need is still to be met.
type NeedState string

// Open, met, or no longer there.
const (
	NeedOpen      NeedState = "open"
	NeedMet       NeedState = "met"
	NeedWithdrawn NeedState = "withdrawn"
)

// Flexibility is how far a city would bend to buy with others.
type Flexibility string

// Need is what one city will buy. Baseline is the price it would pay alone,
// with where that is from; unless it is known, nothing is said to be saved.
type Need struct {
	ID             field.ID[Need]
	Partner        field.ID[partnership.Partner]
	Item           string
	Commodity      string // code
	Quantity       value.Opt[int64]
	Unit           string
	NeededBy       value.Opt[value.Day]
	Budget         value.Opt[value.Cents]
	Baseline       value.Opt[value.Cents] // a unit
	BaselineSource string
	Flexibility    Flexibility
	Funded         bool
	State          NeedState
	Note           string
}

// KindNeeds names the kind whose records are of type [Need].
const KindNeeds = "needs"

// KindName is "needs".
func (Need) KindName() string { return KindNeeds }

// DescribeNeed describes purchase needs.
func DescribeNeed() *field.Kind {
	return field.Def[Need]{
		Tag: 39, One: "need", Title: "Purchase needs", Scope: field.ScopeCity,
		Purpose:   "What each city will buy, so that those who buy alike can buy together.",
		ID:        func(v *Need) *field.ID[Need] { return &v.ID },
		Label:     func(v *Need) string { return v.Item },
		Recognise: [][]string{{"partner", "item", "needed_by"}},
		Parties:   func(_ field.Reader, v *Need) []field.Party { return []field.Party{field.Party(v.Partner)} },
		Due:       dueNeed,
		Headings:  needHeadings(),
		Check: func(c *field.Checking, _, v *Need) {
			if v.Quantity.Set && v.Quantity.V <= 0 {
				c.Add("quantity", "a quantity is at least 1")
			}
			if v.Budget.Or(0) < 0 || v.Baseline.Or(0) < 0 {
				c.Add("baseline", "money is not negative")
			}
			if v.Baseline.Set && v.BaselineSource == "" {
				c.Warn("baseline_source", "say where the price is from: an invoice, a quote, a contract")
			}
		},
		Fields: []field.Field[Need]{
			field.Text(1, "item", "Item", func(v *Need) *string { return &v.Item }).Required().Width(24).
				Example("Road salt, bulk"),
			field.Ref(2, "partner", "City", func(v *Need) *field.ID[partnership.Partner] { return &v.Partner }).
				Required().Width(14).Example("Raytown"),
			field.Text(3, "commodity", "Commodity code", func(v *Need) *string { return &v.Commodity }).Width(10).
				Example("775-45"),
			field.OptInt(4, "quantity", "Quantity", func(v *Need) *value.Opt[int64] { return &v.Quantity }).Width(9).
				Example("1,200"),
			field.Text(5, "unit", "Unit", func(v *Need) *string { return &v.Unit }).Width(6).Example("ton"),
			field.OnDay(6, "needed_by", "Needed by", func(v *Need) *value.Opt[value.Day] { return &v.NeededBy }).
				Width(12).Example("Oct 15, 2027"),
			field.Money(7, "budget", "Budget", func(v *Need) *value.Opt[value.Cents] { return &v.Budget }).
				HiddenByDefault(),
			field.Money(8, "baseline", "Price alone", func(v *Need) *value.Opt[value.Cents] { return &v.Baseline }).
				Width(11).Example("78.40").
				Help("What a unit costs this city when it buys alone. Leave it empty when nobody knows."),
			field.Text(9, "baseline_source", "Price from", func(v *Need) *string { return &v.BaselineSource }).
				HiddenByDefault().Example("last winter's invoice"),
			field.Word(10, "flexibility", "Would change", func(v *Need) *Flexibility { return &v.Flexibility },
				field.Choice{Value: "fixed", Title: "Nothing"}, field.Choice{Value: "dates", Title: "Dates"},
				field.Choice{Value: "model", Title: "Model or make"}, field.Choice{Value: "both", Title: "Both"}).
				HiddenByDefault(),
			field.Bool(11, "funded", "Funded", func(v *Need) *bool { return &v.Funded }).Width(7),
			field.Word(12, "state", "State", func(v *Need) *NeedState { return &v.State },
				field.Choice{Value: "open", Title: "Open"}, field.Choice{Value: "met", Title: "Met"},
				field.Choice{Value: "withdrawn", Title: "Withdrawn"}).Required().Width(9).Example("Open"),
			field.Long(13, "note", "Note", func(v *Need) *string { return &v.Note }).HiddenByDefault(),
		},
	}.Kind()
}
