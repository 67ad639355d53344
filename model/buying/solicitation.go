package buying

import (
	"slices"
	"strconv"

	"interlocal/model/failure"
	"interlocal/model/field"
	"interlocal/model/partnership"
	"interlocal/model/value"
)

// SolicitationID identifies a solicitation.
type SolicitationID = field.ID[Solicitation]

// SolicitationState is how far a solicitation has come.
type SolicitationState string

// From gathering quantities to the end of the contract.
const (
	Gathering      SolicitationState = "gathering"
	CommittedState SolicitationState = "committed"
	Issued         SolicitationState = "issued"
	Opened         SolicitationState = "opened"
	Awarded        SolicitationState = "awarded"
	ActiveContract SolicitationState = "active"
	ExpiredState   SolicitationState = "expired"
	CancelledState SolicitationState = "cancelled"
)

// Solicitation is a joint request for bids, or the use of somebody else's
// contract, with one lead agency and the agencies that take part.
type Solicitation struct {
	ID           field.ID[Solicitation]
	Title        string
	Lead         field.ID[partnership.Partner]
	Manner       Manner
	Contract     string // the one that is used, for a piggyback
	Participants []Participation
	Needs        []field.ID[Need]
	Unit         string
	Due          value.Opt[value.Wall] // bids are received until then and opened then
	Begins       value.Opt[value.Day]
	Ends         value.Opt[value.Day]
	RenewalsLeft value.Opt[int64]
	Fee          value.Opt[value.Cents] // of the lead agency, shared by quantity
	State        SolicitationState
	Note         string
	Sealed       bool             // nobody enters a bid here before it is due, whatever is changed
	Estimate     value.Opt[int64] // in all, where no agency's own quantity is recorded
}

// Manner is how the partners buy.
type Manner string

// Together, or on another's contract.
const (
	JointBid  Manner = "joint"
	Piggyback Manner = "piggyback"
)

// Participation is one agency's quantity, committed or estimated.
type Participation struct {
	Partner   field.ID[partnership.Partner]
	Quantity  value.Opt[int64]
	Committed bool
}

// KindSolicitations names the kind whose records are of type [Solicitation].
const KindSolicitations = "solicitations"

// KindName is "solicitations".
func (Solicitation) KindName() string { return KindSolicitations }

// Live reports whether the solicitation may still use its needs.
func (v *Solicitation) Live() bool { return v.State != CancelledState && v.State != ExpiredState }

// Open reports whether bids have been opened, so that they may be entered.
func (v *Solicitation) Open() bool {
	switch v.State {
	case Opened, Awarded, ActiveContract, ExpiredState:
		return true
	}
	return false
}

// Quantity adds up what the agencies want; where none has said, it is what the
// bids are for.
func (v *Solicitation) Quantity() (total int64) {
	for _, p := range v.Participants {
		total += p.Quantity.Or(0)
	}
	if total == 0 {
		return v.Estimate.Or(0)
	}
	return total
}

// DescribeSolicitation describes solicitations.
func DescribeSolicitation() *field.Kind {
	return field.Def[Solicitation]{
		Tag: 40, One: "solicitation", Title: "Solicitations", Scope: field.ScopeShared,
		Purpose: "Joint bids and shared contracts: who leads, who takes part with how much, and when bids are opened.",
		ID:      func(v *Solicitation) *field.ID[Solicitation] { return &v.ID },
		Label:   func(v *Solicitation) string { return v.Title },
		Unique:  [][]string{{"title"}},
		Parties: func(_ field.Reader, v *Solicitation) []field.Party {
			out := []field.Party{field.Party(v.Lead)}
			for _, p := range v.Participants {
				out = append(out, field.Party(p.Partner))
			}
			return out
		},
		Check:      checkSolicitation,
		Headings:   solicitationHeadings(),
		Due:        dueSolicitation,
		Transition: stepSolicitation,
		Fields:     solicitationFields(),
	}.Kind()
}

// stepSolicitation leaves everything but an agency's own quantity to the lead.
func stepSolicitation(_ field.Reader, by field.Actor, before, v *Solicitation) error {
	if before == nil || v == nil {
		one := v
		if one == nil {
			one = before
		}
		if !by.Is(field.Party(one.Lead)) {
			return failure.New(failure.Forbidden, "the lead agency opens and removes a solicitation; ask them to")
		}
		return nil
	}
	if by.Is(field.Party(before.Lead)) {
		return nil
	}
	others := func(s *Solicitation) (out []Participation) {
		for _, p := range s.Participants {
			if field.Party(p.Partner) != by.Partner {
				out = append(out, p)
			}
		}
		return out
	}
	if before.State != v.State || before.Due != v.Due || before.Lead != v.Lead || before.Title != v.Title ||
		before.Fee != v.Fee || before.Sealed != v.Sealed || before.Estimate != v.Estimate ||
		!slices.Equal(others(before), others(v)) {
		return failure.New(failure.Forbidden, "the lead agency runs a solicitation; each of the others changes its "+
			"own quantity only")
	}
	return nil
}

func checkSolicitation(c *field.Checking, before, v *Solicitation) {
	seen := map[partnership.PartnerID]bool{}
	for _, p := range v.Participants {
		switch {
		case p.Partner == 0 || seen[p.Partner]:
			c.Add("participants", "each agency is listed once")
		case p.Quantity.Set && p.Quantity.V <= 0:
			c.Add("participants", "a quantity is at least 1")
		case p.Committed && !p.Quantity.Set:
			c.Add("participants", "a quantity that is committed is stated")
		}
		seen[p.Partner] = true
	}
	if v.Manner == Piggyback && v.Contract == "" {
		c.Warn("contract", "name the contract that is used, its number and its holder")
	}
	if v.Begins.Set && v.Ends.Set && v.Ends.V < v.Begins.V {
		c.Add("ends", "the term ends before it begins")
	}
	if v.Estimate.Set && v.Estimate.V <= 0 {
		c.Add("estimate", "a quantity is at least 1")
	}
	if v.Fee.Or(0) < 0 || v.RenewalsLeft.Or(0) < 0 {
		c.Add("fee", "fee and renewals are not negative")
	}
	checkOpening(c, before, v)
	if v.Live() {
		checkNeedsOnce(c, v)
	}
}

// checkOpening refuses to open what is not due yet, and to close what has been
// opened. Of a solicitation that is sealed it keeps the time that vendors were
// told, whatever is changed on the way there: until then no bid can be entered,
// so there is none that anybody could read.
func checkOpening(c *field.Checking, before, v *Solicitation) {
	opening := v.Open() && (before == nil || !before.Open())
	ahead := before != nil && before.Sealed && !before.Open() && before.Manner == JointBid && before.Due.Set &&
		c.Now < before.Due.V
	switch {
	case v.Manner == JointBid && v.Open() && v.Due.Set && c.Now < v.Due.V:
		c.Add("state", "bids are opened on "+v.Due.V.Long()+", not before")
	case ahead && before.State == Issued && (opening || v.Manner != before.Manner || !v.Sealed):
		c.Add("state", "vendors were told that bids are opened on "+before.Due.V.Long()+", not before; until then "+
			"they stay sealed")
	case ahead && v.Manner == JointBid && (!v.Due.Set || v.Due.V <= c.Now):
		c.Add("due", "bids are due on "+before.Due.V.Long()+"; another time for that lies ahead as well")
	case v.Sealed && v.Manner == JointBid && opening && !v.Due.Set && (before != nil || v.State == Opened):
		c.Add("due", "say when bids were due before opening them")
	}
	if v.Open() || v.State == CancelledState {
		return
	}
	if before != nil && before.Open() {
		c.Add("state", "bids have been opened already, and cannot be sealed again")
		return
	}
	for range field.Of[Bid](c, "solicitation", v.ID) {
		c.Add("state", "bids have been opened already, and cannot be sealed again")
		break
	}
}

// checkNeedsOnce keeps a need in at most one live solicitation.
func checkNeedsOnce(c *field.Checking, v *Solicitation) {
	for i, n := range v.Needs {
		if slices.Contains(v.Needs[:i], n) {
			c.Add("needs", "a need is listed twice")
			return
		}
		for other := range field.Of[Solicitation](c, "needs", n) {
			if other.ID != v.ID && other.Live() {
				name := "need #" + strconv.FormatUint(uint64(n), 10)
				if need := field.Get(c, n); need != nil {
					name = strconv.Quote(need.Item)
				}
				c.Add("needs", name+" is part of "+strconv.Quote(other.Title)+" already; take it out there first")
				return
			}
		}
	}
}

func solicitationFields() []field.Field[Solicitation] {
	return []field.Field[Solicitation]{
		field.Text(1, "title", "Solicitation", func(v *Solicitation) *string { return &v.Title }).Required().Width(28).
			Example("Road salt 2027-28"),
		field.Ref(2, "lead", "Lead agency", func(v *Solicitation) *field.ID[partnership.Partner] { return &v.Lead }).
			Required().Width(14).Example("Lee's Summit"),
		field.Word(3, "manner", "Manner", func(v *Solicitation) *Manner { return &v.Manner },
			field.Choice{Value: "joint", Title: "Joint bid"}, field.Choice{Value: "piggyback", Title: "Piggyback"}).
			Required().Width(9).Example("Joint bid"),
		field.Text(4, "contract", "Contract used", func(v *Solicitation) *string { return &v.Contract }).
			HiddenByDefault(),
		field.Rows(5, "participants", "Agencies", func(v *Solicitation) *[]Participation { return &v.Participants },
			[]field.Field[Participation]{
				field.Ref(1, "partner", "Agency",
					func(p *Participation) *field.ID[partnership.Partner] { return &p.Partner }),
				field.OptInt(2, "quantity", "Quantity",
					func(p *Participation) *value.Opt[int64] { return &p.Quantity }),
				field.Bool(3, "committed", "Committed", func(p *Participation) *bool { return &p.Committed }),
			}).HiddenByDefault(),
		field.Refs(6, "needs", "Needs", func(v *Solicitation) *[]field.ID[Need] { return &v.Needs }).HiddenByDefault(),
		field.Text(7, "unit", "Unit", func(v *Solicitation) *string { return &v.Unit }).HiddenByDefault().
			Example("ton"),
		field.AtWall(8, "due", "Bids due", func(v *Solicitation) *value.Opt[value.Wall] { return &v.Due }).Width(19).
			Example("Mar 2, 2:00 pm"),
		field.OnDay(9, "begins", "Term from", func(v *Solicitation) *value.Opt[value.Day] { return &v.Begins }).
			HiddenByDefault(),
		field.OnDay(10, "ends", "Term until", func(v *Solicitation) *value.Opt[value.Day] { return &v.Ends }).
			HiddenByDefault(),
		field.OptInt(11, "renewals_left", "Renewals left",
			func(v *Solicitation) *value.Opt[int64] { return &v.RenewalsLeft }).HiddenByDefault(),
		field.Money(12, "fee", "Fee", func(v *Solicitation) *value.Opt[value.Cents] { return &v.Fee }).
			HiddenByDefault(),
		field.Word(13, "state", "State", func(v *Solicitation) *SolicitationState { return &v.State },
			field.Choice{Value: "gathering", Title: "Gathering"},
			field.Choice{Value: "committed", Title: "Committed"}, field.Choice{Value: "issued", Title: "Issued"},
			field.Choice{Value: "opened", Title: "Opened"}, field.Choice{Value: "awarded", Title: "Awarded"},
			field.Choice{Value: "active", Title: "Active"}, field.Choice{Value: "expired", Title: "Expired"},
			field.Choice{Value: "cancelled", Title: "Cancelled"}).Required().Width(10).Example("Gathering"),
		field.Long(14, "note", "Note", func(v *Solicitation) *string { return &v.Note }).HiddenByDefault(),
		field.Bool(15, "sealed", "Sealed here", func(v *Solicitation) *bool { return &v.Sealed }).HiddenByDefault().
			Help("Nobody enters a bid here before it is due. Without it bids are kept in the city's own portal and " +
				"recorded here once they were opened there."),
		field.OptInt(16, "estimate", "Quantity in all", func(v *Solicitation) *value.Opt[int64] { return &v.Estimate }).
			HiddenByDefault().Help("What the bids are for, where the agencies' own quantities are not recorded."),
	}
}
