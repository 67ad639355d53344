package model

import (
	"slices"
	"strconv"
)

// SolicitationID identifies a solicitation.
type SolicitationID = ID[Solicitation]

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
	ID           ID[Solicitation]
	Title        string
	Lead         ID[Partner]
	Manner       Manner
	Contract     string // the one that is used, for a piggyback
	Participants []Participation
	Needs        []ID[Need]
	Unit         string
	Due          Opt[Wall] // bids are received until then and opened then
	Begins       Opt[Day]
	Ends         Opt[Day]
	RenewalsLeft Opt[int64]
	Fee          Opt[Cents] // of the lead agency, shared by quantity
	State        SolicitationState
	Note         string
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
	Partner   ID[Partner]
	Quantity  Opt[int64]
	Committed bool
}

// KindName is "solicitations".
func (Solicitation) KindName() string { return "solicitations" }

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

// Quantity adds up what the agencies want.
func (v *Solicitation) Quantity() (total int64) {
	for _, p := range v.Participants {
		total += p.Quantity.Or(0)
	}
	return total
}

func solicitationKind() *Kind {
	return Def[Solicitation]{
		Tag: 40, One: "solicitation", Title: "Solicitations", Realm: RealmShared,
		Purpose: "Joint bids and shared contracts: who leads, who takes part with how much, and when bids are opened.",
		ID:      func(v *Solicitation) *ID[Solicitation] { return &v.ID },
		Label:   func(v *Solicitation) string { return v.Title },
		Unique:  [][]string{{"title"}},
		Parties: func(_ Reader, v *Solicitation) []Party {
			out := []Party{Party(v.Lead)}
			for _, p := range v.Participants {
				out = append(out, Party(p.Partner))
			}
			return out
		},
		Check:      checkSolicitation,
		Transition: stepSolicitation,
		Fields:     solicitationFields(),
	}.Kind()
}

// stepSolicitation leaves everything but an agency's own quantity to the lead.
func stepSolicitation(_ Reader, by Actor, before, v *Solicitation) error {
	if before == nil || v == nil {
		one := v
		if one == nil {
			one = before
		}
		if !by.Is(Party(one.Lead)) {
			return Fail(Forbidden, "the lead agency opens and removes a solicitation; ask them to")
		}
		return nil
	}
	if by.Is(Party(before.Lead)) {
		return nil
	}
	others := func(s *Solicitation) (out []Participation) {
		for _, p := range s.Participants {
			if Party(p.Partner) != by.Partner {
				out = append(out, p)
			}
		}
		return out
	}
	if before.State != v.State || before.Due != v.Due || before.Lead != v.Lead || before.Title != v.Title || before.Fee != v.Fee ||
		!slices.Equal(others(before), others(v)) {
		return Fail(Forbidden, "the lead agency runs a solicitation; each of the others changes its own quantity only")
	}
	return nil
}

func checkSolicitation(c *Checking, before, v *Solicitation) {
	seen := map[PartnerID]bool{}
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
	if v.Fee.Or(0) < 0 || v.RenewalsLeft.Or(0) < 0 {
		c.Add("fee", "fee and renewals are not negative")
	}
	checkOpening(c, before, v)
	if v.Live() {
		checkNeedsOnce(c, v)
	}
}

// checkOpening keeps bids sealed until the time that vendors were told, whatever
// is changed on the way there: while they are sealed no bid can be entered, so
// there is none that anybody could read, and what has been opened stays open.
func checkOpening(c *Checking, before, v *Solicitation) {
	opening := v.Open() && (before == nil || !before.Open())
	ahead := before != nil && !before.Open() && before.Manner == JointBid && before.Due.Set && c.Now < before.Due.V
	switch {
	case v.Manner == JointBid && v.Open() && v.Due.Set && c.Now < v.Due.V:
		c.Add("state", "bids are opened on "+v.Due.V.Long()+", not before")
	case ahead && before.State == Issued && (opening || v.Manner != before.Manner):
		c.Add("state", "vendors were told that bids are opened on "+before.Due.V.Long()+", not before; until then they stay sealed")
	case ahead && v.Manner == JointBid && (!v.Due.Set || v.Due.V <= c.Now):
		c.Add("due", "bids are due on "+before.Due.V.Long()+"; another time for that lies ahead as well")
	case v.Manner == JointBid && opening && !v.Due.Set && (before != nil || v.State == Opened):
		c.Add("due", "say when bids were due before opening them")
	}
	if v.Open() || v.State == CancelledState {
		return
	}
	if before != nil && before.Open() {
		c.Add("state", "bids have been opened already, and cannot be sealed again")
		return
	}
	for range Of[Bid](c, "solicitation", v.ID) {
		c.Add("state", "bids have been opened already, and cannot be sealed again")
		break
	}
}

// checkNeedsOnce keeps a need in at most one live solicitation.
func checkNeedsOnce(c *Checking, v *Solicitation) {
	for i, n := range v.Needs {
		if slices.Contains(v.Needs[:i], n) {
			c.Add("needs", "a need is listed twice")
			return
		}
		for other := range Of[Solicitation](c, "needs", n) {
			if other.ID != v.ID && other.Live() {
				name := "need #" + strconv.FormatUint(uint64(n), 10)
				if need := Get(c, n); need != nil {
					name = strconv.Quote(need.Item)
				}
				c.Add("needs", name+" is part of "+strconv.Quote(other.Title)+" already; take it out there first")
				return
			}
		}
	}
}

func solicitationFields() []Field[Solicitation] {
	return []Field[Solicitation]{
		Text(1, "title", "Solicitation", func(v *Solicitation) *string { return &v.Title }).Need().Wide(28).Eg("Road salt 2027-28"),
		Ref(2, "lead", "Lead agency", func(v *Solicitation) *ID[Partner] { return &v.Lead }).Need().Wide(14).Eg("Lee's Summit"),
		Word(3, "manner", "Manner", func(v *Solicitation) *Manner { return &v.Manner },
			Choice{"joint", "Joint bid"}, Choice{"piggyback", "Piggyback"}).Need().Wide(9).Eg("Joint bid"),
		Text(4, "contract", "Contract used", func(v *Solicitation) *string { return &v.Contract }).Tucked(),
		Rows(5, "participants", "Agencies", func(v *Solicitation) *[]Participation { return &v.Participants }, []Field[Participation]{
			Ref(1, "partner", "Agency", func(p *Participation) *ID[Partner] { return &p.Partner }),
			Count(2, "quantity", "Quantity", func(p *Participation) *Opt[int64] { return &p.Quantity }),
			Bool(3, "committed", "Committed", func(p *Participation) *bool { return &p.Committed }),
		}).Tucked(),
		Refs(6, "needs", "Needs", func(v *Solicitation) *[]ID[Need] { return &v.Needs }).Tucked(),
		Text(7, "unit", "Unit", func(v *Solicitation) *string { return &v.Unit }).Tucked().Eg("ton"),
		AtWall(8, "due", "Bids due", func(v *Solicitation) *Opt[Wall] { return &v.Due }).Wide(19).Eg("Mar 2, 2:00 pm"),
		OnDay(9, "begins", "Term from", func(v *Solicitation) *Opt[Day] { return &v.Begins }).Tucked(),
		OnDay(10, "ends", "Term until", func(v *Solicitation) *Opt[Day] { return &v.Ends }).Tucked(),
		Count(11, "renewals_left", "Renewals left", func(v *Solicitation) *Opt[int64] { return &v.RenewalsLeft }).Tucked(),
		Money(12, "fee", "Fee", func(v *Solicitation) *Opt[Cents] { return &v.Fee }).Tucked(),
		Word(13, "state", "State", func(v *Solicitation) *SolicitationState { return &v.State }, Choice{"gathering", "Gathering"},
			Choice{"committed", "Committed"}, Choice{"issued", "Issued"}, Choice{"opened", "Opened"}, Choice{"awarded", "Awarded"},
			Choice{"active", "Active"}, Choice{"expired", "Expired"}, Choice{"cancelled", "Cancelled"}).Need().Wide(10).Eg("Gathering"),
		Long(14, "note", "Note", func(v *Solicitation) *string { return &v.Note }).Tucked(),
	}
}
