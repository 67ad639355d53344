package buying

import (
	"interlocal/model/field"
	"interlocal/model/partnership"
	"interlocal/model/value"
)

// AwardID identifies an award.
type AwardID = field.ID[Award]

// Award says which bid was taken and what each agency buys under it.
type Award struct {
	ID           field.ID[Award]
	Solicitation field.ID[Solicitation]
	Bid          field.ID[Bid]
	Vendor       string
	On           value.Opt[value.Day]
	Lines        []AwardLine
	Note         string
}

// AwardLine is one agency's part: its quantity and the price of a unit, with
// the price that it would have paid alone.
type AwardLine struct {
	Partner  field.ID[partnership.Partner]
	Quantity value.Opt[int64]
	Price    value.Opt[value.Cents]
	Baseline value.Opt[value.Cents]
}

// Saved gives what the agency saves; ok is false when a figure is not
// recorded, and then nothing has been computed.
func (l *AwardLine) Saved() (saved value.Cents, ok bool) {
	if !l.Quantity.Set || !l.Price.Set || !l.Baseline.Set {
		return 0, false
	}
	return value.Cents(l.Quantity.V) * (l.Baseline.V - l.Price.V), true
}

// KindAwards names the kind whose records are of type [Award].
const KindAwards = "awards"

// KindName is "awards".
func (Award) KindName() string { return KindAwards }

// DescribeAward describes awards.
func DescribeAward() *field.Kind {
	return field.Def[Award]{
		Tag: 42, One: "award", Title: "Awards", Scope: field.ScopeShared,
		Purpose:   "Which bid was taken, and what each agency buys under it at what price.",
		ID:        func(v *Award) *field.ID[Award] { return &v.ID },
		Label:     func(*Award) string { return "" },
		Recognise: [][]string{{"solicitation", "vendor"}},
		Parties: func(r field.Reader, v *Award) []field.Party {
			if s := field.Get(r, v.Solicitation); s != nil {
				return []field.Party{field.Party(s.Lead)}
			}
			return nil
		},
		Check: func(c *field.Checking, _, v *Award) {
			if s := field.Get(c, v.Solicitation); s != nil && !s.Open() {
				c.Add("solicitation", "bids have not been opened, so nothing can be awarded")
			}
			if b := field.Get(c, v.Bid); b != nil && b.Solicitation != v.Solicitation {
				c.Add("bid", "the bid is for another solicitation")
			}
			for _, l := range v.Lines {
				if l.Partner == 0 || l.Quantity.Set && l.Quantity.V <= 0 || l.Price.Or(0) < 0 || l.Baseline.Or(0) < 0 {
					c.Add("lines",
						"each line names its agency, a quantity of at least 1 and prices that are not negative")
					return
				}
			}
		},
		Fields: []field.Field[Award]{
			field.Ref(1, "solicitation", "Solicitation", func(v *Award) *field.ID[Solicitation] {
				return &v.Solicitation
			}).Required().Width(26).Example("Road salt 2027-28"),
			field.Ref(2, "bid", "Bid", func(v *Award) *field.ID[Bid] { return &v.Bid }).HiddenByDefault(),
			field.Text(3, "vendor", "Vendor", func(v *Award) *string { return &v.Vendor }).Required().Width(22).
				Example("Prairie Salt"),
			field.OnDay(4, "on", "Awarded", func(v *Award) *value.Opt[value.Day] { return &v.On }).Width(12).
				Example("Apr 6, 2027"),
			field.Rows(5, "lines", "Lines", func(v *Award) *[]AwardLine { return &v.Lines }, []field.Field[AwardLine]{
				field.Ref(1, "partner", "Agency",
					func(l *AwardLine) *field.ID[partnership.Partner] { return &l.Partner }),
				field.OptInt(2, "quantity", "Quantity", func(l *AwardLine) *value.Opt[int64] { return &l.Quantity }),
				field.Money(3, "price", "Price", func(l *AwardLine) *value.Opt[value.Cents] { return &l.Price }),
				field.Money(4, "baseline", "Price alone",
					func(l *AwardLine) *value.Opt[value.Cents] { return &l.Baseline }),
			}).HiddenByDefault(),
			field.Long(6, "note", "Note", func(v *Award) *string { return &v.Note }).HiddenByDefault(),
		},
	}.Kind()
}
