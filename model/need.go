package model

// NeedID identifies a purchase need.
type NeedID = ID[Need]

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
	ID             ID[Need]
	Partner        ID[Partner]
	Item           string
	Commodity      string // code
	Quantity       Opt[int64]
	Unit           string
	NeededBy       Opt[Day]
	Budget         Opt[Cents]
	Baseline       Opt[Cents] // a unit
	BaselineSource string
	Flexibility    Flexibility
	Funded         bool
	State          NeedState
	Note           string
}

// KindName is "needs".
func (Need) KindName() string { return "needs" }

func needKind() *Kind {
	return Def[Need]{
		Tag: 39, One: "need", Title: "Purchase needs", Realm: RealmCity,
		Purpose:   "What each city will buy, so that those who buy alike can buy together.",
		ID:        func(v *Need) *ID[Need] { return &v.ID },
		Label:     func(v *Need) string { return v.Item },
		Recognise: [][]string{{"partner", "item", "needed_by"}},
		Parties:   func(_ Reader, v *Need) []Party { return []Party{Party(v.Partner)} },
		Check: func(c *Checking, _, v *Need) {
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
		Fields: []Field[Need]{
			Text(1, "item", "Item", func(v *Need) *string { return &v.Item }).Need().Wide(24).Eg("Road salt, bulk"),
			Ref(2, "partner", "City", func(v *Need) *ID[Partner] { return &v.Partner }).Need().Wide(14).Eg("Raytown"),
			Text(3, "commodity", "Commodity code", func(v *Need) *string { return &v.Commodity }).Wide(10).Eg("775-45"),
			Count(4, "quantity", "Quantity", func(v *Need) *Opt[int64] { return &v.Quantity }).Wide(9).Eg("1,200"),
			Text(5, "unit", "Unit", func(v *Need) *string { return &v.Unit }).Wide(6).Eg("ton"),
			OnDay(6, "needed_by", "Needed by", func(v *Need) *Opt[Day] { return &v.NeededBy }).Wide(12).Eg("Oct 15, 2027"),
			Money(7, "budget", "Budget", func(v *Need) *Opt[Cents] { return &v.Budget }).Tucked(),
			Money(8, "baseline", "Price alone", func(v *Need) *Opt[Cents] { return &v.Baseline }).Wide(11).Eg("78.40").
				Say("What a unit costs this city when it buys alone. Leave it empty when nobody knows."),
			Text(9, "baseline_source", "Price from", func(v *Need) *string { return &v.BaselineSource }).Tucked().Eg("last winter's invoice"),
			Word(10, "flexibility", "Would change", func(v *Need) *Flexibility { return &v.Flexibility },
				Choice{"fixed", "Nothing"}, Choice{"dates", "Dates"}, Choice{"model", "Model or make"}, Choice{"both", "Both"}).Tucked(),
			Bool(11, "funded", "Funded", func(v *Need) *bool { return &v.Funded }).Wide(7),
			Word(12, "state", "State", func(v *Need) *NeedState { return &v.State }, Choice{"open", "Open"}, Choice{"met", "Met"},
				Choice{"withdrawn", "Withdrawn"}).Need().Wide(9).Eg("Open"),
			Long(13, "note", "Note", func(v *Need) *string { return &v.Note }).Tucked(),
		},
	}.Kind()
}
