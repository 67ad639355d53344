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
// the price that it would have paid alone, and what both come to in all.
type AwardLine struct {
	Partner  field.ID[partnership.Partner]
	Quantity value.Opt[int64]
	Price    value.Opt[value.Cents]
	Baseline value.Opt[value.Cents]
	Pays     value.Opt[value.Cents] // in all, its part of the fee included; see [AwardLine.Figures]
	Alone    value.Opt[value.Cents] // what its quantity would have cost it alone
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
		Check:  checkAward,
		Fields: awardFields(),
	}.Kind()
}

func checkAward(c *field.Checking, before, v *Award) {
	if s := field.Get(c, v.Solicitation); s != nil && s.Manner != Piggyback && !s.Open() {
		c.Add("solicitation", "bids have not been opened, so nothing can be awarded")
	}
	if b := field.Get(c, v.Bid); b != nil && b.Solicitation != v.Solicitation {
		c.Add("bid", "the bid is for another solicitation")
	}
	if v.Bid == 0 && v.Note == "" && (before == nil || before.Bid != 0 || before.Note != "") {
		c.Add("note", "an award without a bid says why: whose contract is used, or that there is no other source")
	}
	for _, l := range v.Lines {
		if l.Partner == 0 || l.Quantity.Set && l.Quantity.V <= 0 || l.Price.Or(0) < 0 || l.Baseline.Or(0) < 0 ||
			l.Pays.Or(0) < 0 || l.Alone.Or(0) < 0 {
			c.Add("lines", "each line names its agency, a quantity of at least 1 and prices that are not negative")
			return
		}
		if before != nil && l.stale(before.Lines) {
			c.Add("lines", "a line's quantity or price changed; say as well what is paid in all, or leave that empty")
			return
		}
	}
}

// stale reports whether a line still says in all what other figures came to.
func (v *AwardLine) stale(before []AwardLine) bool {
	for _, was := range before {
		if was.Partner == v.Partner {
			return v.Pays.Set && v.Pays == was.Pays && (v.Quantity != was.Quantity || v.Price != was.Price) ||
				v.Alone.Set && v.Alone == was.Alone && (v.Quantity != was.Quantity || v.Baseline != was.Baseline)
		}
	}
	return false
}

func awardFields() []field.Field[Award] {
	return []field.Field[Award]{
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
			field.Money(5, "pays", "Pays in all", func(l *AwardLine) *value.Opt[value.Cents] { return &l.Pays }),
			field.Money(6, "alone", "Alone in all", func(l *AwardLine) *value.Opt[value.Cents] { return &l.Alone }),
		}).HiddenByDefault(),
		field.Long(6, "note", "Note", func(v *Award) *string { return &v.Note }).HiddenByDefault().
			Help("Of an award without a bid, why: the contract that is used, or that there is no other source."),
	}
}
