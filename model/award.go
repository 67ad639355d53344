package model

// AwardID identifies an award.
type AwardID = ID[Award]

// Award says which bid was taken and what each agency buys under it.
type Award struct {
	ID           ID[Award]
	Solicitation ID[Solicitation]
	Bid          ID[Bid]
	Vendor       string
	On           Opt[Day]
	Lines        []AwardLine
	Note         string
}

// AwardLine is one agency's part: its quantity and the price of a unit, with
// the price that it would have paid alone.
type AwardLine struct {
	Partner  ID[Partner]
	Quantity Opt[int64]
	Price    Opt[Cents]
	Baseline Opt[Cents]
}

// Saved gives what the agency saves; ok is false when a figure is not
// recorded, and then nothing has been computed.
func (l *AwardLine) Saved() (saved Cents, ok bool) {
	if !l.Quantity.Set || !l.Price.Set || !l.Baseline.Set {
		return 0, false
	}
	return Cents(l.Quantity.V) * (l.Baseline.V - l.Price.V), true
}

// KindName is "awards".
func (Award) KindName() string { return "awards" }

func awardKind() *Kind {
	return Def[Award]{
		Tag: 42, One: "award", Title: "Awards", Realm: RealmShared,
		Purpose:   "Which bid was taken, and what each agency buys under it at what price.",
		ID:        func(v *Award) *ID[Award] { return &v.ID },
		Label:     func(*Award) string { return "" },
		Recognise: [][]string{{"solicitation", "vendor"}},
		Parties: func(r Reader, v *Award) []Party {
			if s := Get(r, v.Solicitation); s != nil {
				return []Party{Party(s.Lead)}
			}
			return nil
		},
		Check: func(c *Checking, _, v *Award) {
			if s := Get(c, v.Solicitation); s != nil && !s.Open() {
				c.Add("solicitation", "bids have not been opened, so nothing can be awarded")
			}
			if b := Get(c, v.Bid); b != nil && b.Solicitation != v.Solicitation {
				c.Add("bid", "the bid is for another solicitation")
			}
			for _, l := range v.Lines {
				if l.Partner == 0 || l.Quantity.Set && l.Quantity.V <= 0 || l.Price.Or(0) < 0 || l.Baseline.Or(0) < 0 {
					c.Add("lines", "each line names its agency, a quantity of at least 1 and prices that are not negative")
					return
				}
			}
		},
		Fields: []Field[Award]{
			Ref(1, "solicitation", "Solicitation", func(v *Award) *ID[Solicitation] { return &v.Solicitation }).Need().Wide(26).Eg("Road salt 2027-28"),
			Ref(2, "bid", "Bid", func(v *Award) *ID[Bid] { return &v.Bid }).Tucked(),
			Text(3, "vendor", "Vendor", func(v *Award) *string { return &v.Vendor }).Need().Wide(22).Eg("Prairie Salt"),
			OnDay(4, "on", "Awarded", func(v *Award) *Opt[Day] { return &v.On }).Wide(12).Eg("Apr 6, 2027"),
			Rows(5, "lines", "Lines", func(v *Award) *[]AwardLine { return &v.Lines }, []Field[AwardLine]{
				Ref(1, "partner", "Agency", func(l *AwardLine) *ID[Partner] { return &l.Partner }),
				Count(2, "quantity", "Quantity", func(l *AwardLine) *Opt[int64] { return &l.Quantity }),
				Money(3, "price", "Price", func(l *AwardLine) *Opt[Cents] { return &l.Price }),
				Money(4, "baseline", "Price alone", func(l *AwardLine) *Opt[Cents] { return &l.Baseline }),
			}).Tucked(),
			Long(6, "note", "Note", func(v *Award) *string { return &v.Note }).Tucked(),
		},
	}.Kind()
}
