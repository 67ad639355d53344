package meeting

import (
	"interlocal/model/field"
	"interlocal/model/partnership"
	"interlocal/model/value"
)

// MotionID identifies a motion.
type MotionID = field.ID[Motion]

// Threshold is what a motion needs to carry. Abstentions and recusals are not
// votes cast; a partner that is recused does not count as present either, but is
// a member all the same.
type Threshold string

// Thresholds.
const (
	Majority  Threshold = "majority"   // more yes than no
	TwoThirds Threshold = "two thirds" // yes at least two thirds of the votes cast
	Unanimous Threshold = "unanimous"  // no vote against

	MajorityPresent Threshold = "of those present" // yes of more than half of the partners present
	MajorityMembers Threshold = "of all members"   // yes of more than half of the partners that may vote
)

// ThresholdWords says a threshold in words.
func ThresholdWords(t Threshold) string {
	switch t {
	case TwoThirds:
		return "two thirds of the votes"
	case Unanimous:
		return "no vote against"
	case MajorityPresent:
		return "a majority of those present"
	case MajorityMembers:
		return "a majority of all members"
	}
	return "a majority of the votes"
}

// Vote is how a partner voted.
type Vote string

// Votes.
const (
	VoteYes     Vote = "yes"
	VoteNo      Vote = "no"
	VoteAbstain Vote = "abstain"
	VoteRecused Vote = "recused"
)

// Outcome is what became of a motion.
type Outcome string

// Outcomes; a motion without one is still before the meeting.
const (
	Carried         Outcome = "carried"
	Failed          Outcome = "failed"
	MotionWithdrawn Outcome = "withdrawn"
	Tabled          Outcome = "tabled"
)

// Motion is a formal proposal and the vote on it, one vote a partner.
type Motion struct {
	ID        field.ID[Motion]
	Meeting   field.ID[Meeting]
	Item      field.ID[AgendaItem]
	At        value.Opt[value.Wall]
	Text      string
	Mover     field.ID[partnership.Person]
	Seconder  field.ID[partnership.Person]
	Threshold Threshold
	Votes     []Ballot
	Outcome   Outcome
	Present   value.Opt[int64] // partners at the meeting when it voted, with those recused
	Members   value.Opt[int64] // partners that may vote, there or not
}

// Ballot is one partner's vote.
type Ballot struct {
	Partner field.ID[partnership.Partner]
	Vote    Vote
}

// KindMotions names the kind whose records are of type [Motion].
const KindMotions = "motions"

// KindName is "motions".
func (Motion) KindName() string { return KindMotions }

// Count counts the votes by kind.
func (m *Motion) Count() (yes, no, abstain, recused int) {
	for _, b := range m.Votes {
		switch b.Vote {
		case VoteYes:
			yes++
		case VoteNo:
			no++
		case VoteAbstain:
			abstain++
		case VoteRecused:
			recused++
		}
	}
	return yes, no, abstain, recused
}

// Counted is the outcome that the votes give by the threshold; none without a
// vote cast. A tie fails.
func (m *Motion) Counted() Outcome {
	yes, no, abstain, recused := m.Count()
	carried := yes > no
	switch m.Threshold {
	case TwoThirds:
		carried = 3*yes >= 2*(yes+no)
	case Unanimous:
		carried = no == 0
	case MajorityPresent:
		// Where the roll was not called, anybody with a vote may be there.
		present := max(int(m.Present.Or(m.Members.Or(0))), yes+no+abstain+recused)
		carried = 2*yes > present-recused
	case MajorityMembers:
		carried = 2*yes > max(int(m.Members.Or(0)), yes+no+abstain+recused)
	}
	ofAll := m.Threshold == MajorityPresent || m.Threshold == MajorityMembers // an abstention is as good as a no
	switch {
	case yes+no == 0 && !(ofAll && abstain > 0):
		return ""
	case carried:
		return Carried
	}
	return Failed
}

// DescribeMotion describes motions.
func DescribeMotion() *field.Kind {
	return field.Def[Motion]{
		Tag: 74, One: "motion", Title: "Motions", Scope: field.ScopeShared,
		Purpose:   "What was moved and seconded, and how each partner voted.",
		ID:        func(m *Motion) *field.ID[Motion] { return &m.ID },
		Label:     func(m *Motion) string { return m.Text },
		Recognise: [][]string{{"meeting", "text"}},
		Parties:   func(r field.Reader, m *Motion) []field.Party { return meetingParties(r, m.Meeting) },
		Check:     checkMotion,
		Fields: []field.Field[Motion]{
			field.Ref(1, "meeting", "Meeting", func(m *Motion) *field.ID[Meeting] { return &m.Meeting }).Required().
				Width(28),
			field.Ref(2, "item", "Item", func(m *Motion) *field.ID[AgendaItem] { return &m.Item }).HiddenByDefault(),
			field.AtWall(3, "at", "At", func(m *Motion) *value.Opt[value.Wall] { return &m.At }).HiddenByDefault(),
			field.Text(4, "text", "Motion", func(m *Motion) *string { return &m.Text }).Required().Width(40).
				Example("Renew the hotline contract for a year"),
			field.Ref(5, "mover", "Moved by", func(m *Motion) *field.ID[partnership.Person] { return &m.Mover }).
				Width(16),
			field.Ref(6, "seconder", "Seconded by",
				func(m *Motion) *field.ID[partnership.Person] { return &m.Seconder }).Width(16),
			field.Word(7, "threshold", "Needs", func(m *Motion) *Threshold { return &m.Threshold }, thresholds()...).
				Width(10).
				Help("Of the votes cast, unless it says otherwise; abstentions and recusals are not votes. Empty " +
					"means a majority."),
			field.Rows(8, "votes", "Votes", func(m *Motion) *[]Ballot { return &m.Votes }, ballotFields()).
				HiddenByDefault(),
			field.Word(9, "outcome", "Outcome", func(m *Motion) *Outcome { return &m.Outcome },
				field.Choice{Value: "carried", Title: "Carried"},
				field.Choice{Value: "failed", Title: "Failed"}, field.Choice{Value: "withdrawn", Title: "Withdrawn"},
				field.Choice{Value: "tabled", Title: "Tabled"}).Width(9),
			field.OptInt(10, "present", "Present", func(m *Motion) *value.Opt[int64] { return &m.Present }).
				HiddenByDefault().
				Help("How many partners were there when it was voted on, with those recused."),
			field.OptInt(11, "members", "Members", func(m *Motion) *value.Opt[int64] { return &m.Members }).
				HiddenByDefault().
				Help("How many partners may vote, there or not."),
		},
	}.Kind()
}

func ballotFields() []field.Field[Ballot] {
	return []field.Field[Ballot]{
		field.Ref(1, "partner", "Partner", func(b *Ballot) *field.ID[partnership.Partner] { return &b.Partner }),
		field.Word(2, "vote", "Vote", func(b *Ballot) *Vote { return &b.Vote },
			field.Choice{Value: "yes", Title: "Yes"}, field.Choice{Value: "no", Title: "No"},
			field.Choice{Value: "abstain", Title: "Abstain"}, field.Choice{Value: "recused", Title: "Recused"}),
	}
}

func thresholds() []field.Choice {
	return []field.Choice{{Value: "majority", Title: "Majority"}, {Value: "two thirds", Title: "Two thirds"},
		{Value: "unanimous", Title: "Unanimous"},
		{Value: "of those present", Title: "Majority of those present"},
		{Value: "of all members", Title: "Majority of all members"}}
}

func checkMotion(c *field.Checking, _, m *Motion) {
	checkItem(c, m.Meeting, m.Item)
	if m.Mover != 0 && m.Mover == m.Seconder {
		c.Add("seconder", "somebody other than the mover seconds a motion")
	}
	seen := map[field.ID[partnership.Partner]]bool{}
	for _, b := range m.Votes {
		switch {
		case b.Partner == 0 || b.Vote == "":
			c.Add("votes", "each vote names a partner and how it voted")
		case seen[b.Partner]:
			c.Add("votes", "a partner votes once")
		}
		seen[b.Partner] = true
	}
	counted := m.Counted()
	switch m.Outcome {
	case Carried, Failed:
		if counted == "" {
			c.Warn("outcome", "no vote is recorded for this motion")
		} else if counted != m.Outcome {
			c.Add("outcome", "by the votes recorded the motion "+string(counted))
		}
	}
}
