package buying

import (
	"interlocal/model/field"
	"interlocal/model/value"
)

// BidID identifies a bid.
type BidID = field.ID[Bid]

// TierManner is what the price of a tier is for.
type TierManner string

// A tier's price is for all units once the quantity reaches it, or for the
// units from there on.
const (
	TierAll         TierManner = "all units"
	TierIncremental TierManner = "incremental"
)

// Bid is one vendor's offer. Bids are recorded once they have been opened, so
// there is none that anybody could read before, by whatever way; see checkOpening.
type Bid struct {
	ID           field.ID[Bid]
	Solicitation field.ID[Solicitation]
	Vendor       string
	Received     value.Opt[value.Wall]
	Manner       TierManner
	Tiers        []Tier
	Responsive   bool // meets what was asked
	Note         string
}

// Tier is a price from a quantity on.
type Tier struct {
	From  value.Opt[int64]
	Price value.Opt[value.Cents]
}

// KindBids names the kind whose records are of type [Bid].
const KindBids = "bids"

// KindName is "bids".
func (Bid) KindName() string { return KindBids }

// DescribeBid describes bids.
func DescribeBid() *field.Kind {
	return field.Def[Bid]{
		Tag: 41, One: "bid", Title: "Bids", Scope: field.ScopeShared,
		Purpose:   "What vendors offered, by quantity, as read out at the opening.",
		ID:        func(v *Bid) *field.ID[Bid] { return &v.ID },
		Label:     func(v *Bid) string { return v.Vendor },
		Unique:    [][]string{{"solicitation", "vendor"}},
		Recognise: [][]string{{"solicitation", "vendor"}},
		Parties: func(r field.Reader, v *Bid) []field.Party {
			if s := field.Get(r, v.Solicitation); s != nil {
				return []field.Party{field.Party(s.Lead)}
			}
			return nil
		},
		Check: checkBid, Headings: bidHeadings(), Fields: bidFields(),
	}.Kind()
}

func bidFields() []field.Field[Bid] {
	return []field.Field[Bid]{
		field.Ref(1, "solicitation", "Solicitation", func(v *Bid) *field.ID[Solicitation] {
			return &v.Solicitation
		}).Required().Width(26).Example("Road salt 2027-28"),
		field.Text(2, "vendor", "Vendor", func(v *Bid) *string { return &v.Vendor }).Required().Width(22).
			Example("Prairie Salt"),
		field.AtWall(3, "received", "Received", func(v *Bid) *value.Opt[value.Wall] { return &v.Received }).
			Width(19),
		field.Word(4, "manner", "Tiers are for", func(v *Bid) *TierManner { return &v.Manner },
			field.Choice{Value: "all units", Title: "All units"},
			field.Choice{Value: "incremental", Title: "Units above"}).Required().Width(11).Example("All units"),
		field.Rows(5, "tiers", "Tiers", func(v *Bid) *[]Tier { return &v.Tiers }, []field.Field[Tier]{
			field.OptInt(1, "from", "From", func(t *Tier) *value.Opt[int64] { return &t.From }),
			field.Money(2, "price", "Price", func(t *Tier) *value.Opt[value.Cents] { return &t.Price }),
		}).Width(30).Example("1 | 78.40; 2000 | 71.10"),
		field.Bool(6, "responsive", "Meets the terms", func(v *Bid) *bool { return &v.Responsive }).Width(9),
		field.Long(7, "note", "Note", func(v *Bid) *string { return &v.Note }).HiddenByDefault(),
	}
}

func checkBid(c *field.Checking, before, v *Bid) {
	s := field.Get(c, v.Solicitation)
	if s != nil && !s.Open() && (s.Sealed || s.Due.Set && c.Now < s.Due.V) {
		c.Add("solicitation", "its bids have not been opened; open the solicitation first")
	}
	if s != nil && v.Received.Set && s.Due.Set && v.Received.V > s.Due.V {
		c.Add("received", "the bid came after the opening on "+s.Due.V.Long()+" and is not read")
	}
	if v.Received.Set && v.Received.V > c.Now && (before == nil || before.Received != v.Received) {
		c.Add("received", "the bid cannot have been received later than now")
	}
	if s != nil && before == nil && s.Open() && s.State != Opened && !v.Received.Set {
		c.Add("received", "the solicitation has been awarded; a bid entered now says when it was received")
	}
	checkTiers(c, v.Tiers)
}

// checkTiers wants quantities that rise from tier to tier.
func checkTiers(c *field.Checking, tiers []Tier) {
	if len(tiers) == 0 {
		c.Add("tiers", "a bid has at least one price")
	}
	for i, t := range tiers {
		switch {
		case !t.From.Set || !t.Price.Set || t.From.V < 0 || t.Price.V < 0:
			c.Add("tiers", "each tier has a quantity from which it holds and a price")
			return
		case i > 0 && t.From.V <= tiers[i-1].From.V:
			c.Add("tiers", "tiers rise: each begins at a greater quantity than the one before")
			return
		case i > 0 && t.Price.V > tiers[i-1].Price.V:
			c.Warn("tiers", "the price goes up with the quantity; check the bid")
		}
	}
}
