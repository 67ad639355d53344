package cyber

import (
	"slices"
	"strconv"
	"strings"

	"interlocal/model/cyber/framework"
	"interlocal/model/failure"
	"interlocal/model/field"
	"interlocal/model/partnership"
	"interlocal/model/value"
)

// AssessmentID identifies an assessment.
type AssessmentID = field.ID[Assessment]

// AssessmentState is how far a city's self-assessment has come.
type AssessmentState string

// From draft to locked, and the way back.
const (
	AssessmentDraft    AssessmentState = "draft"
	AssessmentInReview AssessmentState = "in review"
	AssessmentReturned AssessmentState = "returned"
	AssessmentApproved AssessmentState = "approved"
	AssessmentLocked   AssessmentState = "locked"
	AssessmentReopened AssessmentState = "reopened"
)

// Next lists the states that may follow a state.
func (s AssessmentState) Next() []AssessmentState {
	switch s {
	case AssessmentDraft, AssessmentReturned, AssessmentReopened:
		return []AssessmentState{AssessmentInReview}
	case AssessmentInReview:
		return []AssessmentState{AssessmentReturned, AssessmentApproved}
	case AssessmentApproved:
		return []AssessmentState{AssessmentReturned, AssessmentLocked}
	case AssessmentLocked:
		return []AssessmentState{AssessmentReopened}
	}
	return []AssessmentState{AssessmentDraft}
}

// MayBecome says in a sentence why another state cannot follow; nil when it may.
func (s AssessmentState) MayBecome(to AssessmentState) error {
	if slices.Contains(s.Next(), to) {
		return nil
	}
	var next []string
	for _, n := range s.Next() {
		next = append(next, string(n))
	}
	return failure.New(failure.Invalid, "an assessment that is "+string(s)+" can become "+strings.Join(next, " or ")+
		", not "+string(to))
}

// Assessment is one city's self-assessment in one cycle: its state and who
// signed it off. The answers are records of their own.
type Assessment struct {
	ID         field.ID[Assessment]
	Cycle      field.ID[Cycle]
	Partner    field.ID[partnership.Partner]
	State      AssessmentState
	PreparedBy string
	Submitted  value.Opt[value.Day]
	ApprovedBy string
	Office     string // of whoever approved
	Approved   value.Opt[value.Day]
	Locked     value.Opt[value.Day]
	Returned   string // why it was returned
	Reopened   string // why it was reopened
	Note       string
	SentBy     string // the key of the login that sent it for review
	SentLogin  string // and whose it was
	SignLogin  string // whose login recorded the approval
	Alone      string // who answers for one login having done both, and why
}

// Logins says by whose logins it was sent and approved, as papers carry it; ""
// where nobody signs in.
func (s *Assessment) Logins() string {
	switch {
	case s.SignLogin == "":
		return ""
	case s.Alone != "":
		return "recorded by the login of " + s.SignLogin + " alone: " + s.Alone
	case s.SentLogin == "":
		return "recorded by the login of " + s.SignLogin
	}
	return "sent by the login of " + s.SentLogin + ", recorded by that of " + s.SignLogin
}

// KindAssessments names the kind whose records are of type [Assessment].
const KindAssessments = "assessments"

// KindName is "assessments".
func (Assessment) KindName() string { return KindAssessments }

// Settled reports whether the answers are fixed.
func (s *Assessment) Settled() bool {
	return s.State == AssessmentApproved || s.State == AssessmentLocked
}

// AssessmentOf finds a city's assessment in a cycle; nil when there is none.
func AssessmentOf(r field.Reader, cycle field.ID[Cycle], partner field.ID[partnership.Partner]) *Assessment {
	for s := range field.Of[Assessment](r, "partner", partner) {
		if s.Cycle == cycle {
			return s
		}
	}
	return nil
}

// settledSentence says why an answer cannot be changed and what to do.
func settledSentence(s *Assessment) string {
	if s.State == AssessmentLocked {
		return "the assessment is locked; reopen it, with a reason, to change an answer"
	}
	return "the assessment is approved; return it to change an answer"
}

func yearOf(c *Cycle) string { return strconv.Itoa(c.Year) }

// DescribeAssessment describes assessments.
func DescribeAssessment() *field.Kind {
	return field.Def[Assessment]{
		Tag: 50, One: "assessment", Title: "Assessments", Scope: field.ScopeAnswers,
		Purpose: "How far a city's self-assessment has come and who signed it off.",
		ID:      func(s *Assessment) *field.ID[Assessment] { return &s.ID },
		Label:   func(*Assessment) string { return "" },
		Unique:  [][]string{{"cycle", "partner"}},
		Parties: func(_ field.Reader, s *Assessment) []field.Party { return []field.Party{field.Party(s.Partner)} },
		Check:   checkAssessment,
		Due:     dueAssessment,
		Removal: func(c *field.Checking, s *Assessment) {
			if s.Settled() {
				c.Add("state", "an assessment that is "+string(s.State)+" stays on file")
			}
		},
		Fields: []field.Field[Assessment]{
			field.Ref(1, "cycle", "Cycle", func(s *Assessment) *field.ID[Cycle] { return &s.Cycle }).Required().
				Width(6).Example("2026"),
			field.Ref(2, "partner", "City", func(s *Assessment) *field.ID[partnership.Partner] { return &s.Partner }).
				Required().Width(16).Example("Raytown"),
			field.Word(3, "state", "State", func(s *Assessment) *AssessmentState { return &s.State },
				field.Choice{Value: "draft", Title: "Draft"}, field.Choice{Value: "in review", Title: "In review"},
				field.Choice{Value: "returned", Title: "Returned"},
				field.Choice{Value: "approved", Title: "Approved"}, field.Choice{Value: "locked", Title: "Locked"},
				field.Choice{Value: "reopened", Title: "Reopened"}).Required().Width(10).Example("Draft"),
			field.Text(4, "prepared_by", "Prepared by", func(s *Assessment) *string { return &s.PreparedBy }).Width(20).
				Example("Ana Ortiz, IT lead"),
			field.OnDay(5, "submitted", "Sent for review",
				func(s *Assessment) *value.Opt[value.Day] { return &s.Submitted }).HiddenByDefault(),
			field.Text(6, "approved_by", "Approved by", func(s *Assessment) *string { return &s.ApprovedBy }).Width(20).
				Example("Sam Lee"),
			field.Text(7, "office", "Office", func(s *Assessment) *string { return &s.Office }).HiddenByDefault().
				Example("City manager"),
			field.OnDay(8, "approved", "Approved on", func(s *Assessment) *value.Opt[value.Day] { return &s.Approved }).
				Width(12),
			field.OnDay(9, "locked", "Locked on", func(s *Assessment) *value.Opt[value.Day] { return &s.Locked }).
				Width(12),
			field.Text(10, "returned", "Returned because", func(s *Assessment) *string { return &s.Returned }).
				HiddenByDefault(),
			field.Text(11, "reopened", "Reopened because", func(s *Assessment) *string { return &s.Reopened }).
				HiddenByDefault(),
			field.Long(12, "note", "Note", func(s *Assessment) *string { return &s.Note }).HiddenByDefault(),
			field.Text(13, "sent_by", "Sent by (key)", func(s *Assessment) *string { return &s.SentBy }).
				HiddenByDefault(),
			field.Text(14, "sent_login", "Sent by", func(s *Assessment) *string { return &s.SentLogin }).
				HiddenByDefault(),
			field.Text(15, "sign_login", "Recorded by", func(s *Assessment) *string { return &s.SignLogin }).
				HiddenByDefault(),
			field.Text(16, "alone", "Signed off by one because", func(s *Assessment) *string { return &s.Alone }).
				HiddenByDefault(),
		},
	}.Kind()
}

func checkAssessment(c *field.Checking, before, s *Assessment) {
	if before != nil {
		checkTransition(c, before, s)
	}
	switch s.State {
	case AssessmentReturned:
		if s.Returned == "" {
			c.Add("returned", "say why it is returned")
		}
	case AssessmentReopened:
		if s.Reopened == "" {
			c.Add("reopened", "say why it is reopened")
		}
	case AssessmentApproved, AssessmentLocked:
		if s.ApprovedBy == "" || !s.Approved.Set {
			c.Add("approved_by", "say who approves it, and when")
		}
		if before == nil || !before.Settled() {
			if missing := ApprovalLacks(c, s.Cycle, s.Partner, s.Approved.Or(c.Today)); len(missing) > 0 {
				c.Add("state", "it cannot be approved yet: "+lacksSentence(missing))
			}
		}
	}
	if s.State == AssessmentLocked && !s.Locked.Set {
		c.Add("locked", "say when it was locked")
	}
}

func checkTransition(c *field.Checking, before, s *Assessment) {
	if s.Cycle != before.Cycle || s.Partner != before.Partner {
		c.Add("cycle", "an assessment stays with its city and its cycle")
	}
	if s.State != before.State {
		if err := before.State.MayBecome(s.State); err != nil {
			c.Add("state", err.Error())
		}
	}
	if s.State == before.State && s.Settled() && (s.ApprovedBy != before.ApprovedBy || s.Approved != before.Approved ||
		s.Office != before.Office || s.Locked != before.Locked || s.SignLogin != before.SignLogin ||
		s.SentLogin != before.SentLogin || s.Alone != before.Alone) {
		c.Add("approved_by", "a sign-off stays as it was given; return or reopen the assessment and sign it again")
	}
}

// Lack is something that stands in the way of an approval.
type Lack struct {
	Item string
	What LackOf
}

// LackOf says what is missing of an answer.
type LackOf string

// What may be missing, most basic first.
const (
	LacksAnswer   LackOf = "not answered"
	LacksLook     LackOf = "inherited and not confirmed"
	LacksReason   LackOf = "not applicable without a reason"
	LacksApprover LackOf = "risk accepted without an approver"
	LacksWhy      LackOf = "risk accepted without a reason"
	LacksExpiry   LackOf = "risk accepted without an expiry"
	LacksRenewal  LackOf = "risk accepted until a day that is past"
	LacksProof    LackOf = "evidence that has expired"
)

// ApprovalLacks lists what an assessment needs before it can be approved, in
// the order of the sheet, on a day. "Nobody knows" is an answer.
func ApprovalLacks(r field.Reader, cycle field.ID[Cycle], partner field.ID[partnership.Partner],
	on value.Day) []Lack {
	y := field.Get(r, cycle)
	if y == nil {
		return nil
	}
	answers := map[string]*Answer{}
	for a := range field.Of[Answer](r, "partner", partner) {
		if a.Cycle == cycle {
			answers[a.Item] = a
		}
	}
	var out []Lack
	for _, item := range framework.ItemsOf(y.Framework) {
		for _, what := range answers[item].lacks(on) {
			out = append(out, Lack{item, what})
		}
	}
	return out
}

// lacks lists what one answer needs; a nil answer was not given.
func (a *Answer) lacks(on value.Day) []LackOf {
	var out []LackOf
	switch {
	case a == nil:
		return []LackOf{LacksAnswer}
	case a.Inherited():
		return []LackOf{LacksLook}
	case a.Level == "":
		return []LackOf{LacksAnswer}
	case a.Level == NotApplicable && a.Reason == "":
		return []LackOf{LacksReason}
	}
	if a.Stale(on) {
		out = append(out, LacksProof)
	}
	if a.Level != RiskAccepted {
		return out
	}
	if a.Acceptance.Approver == "" {
		out = append(out, LacksApprover)
	}
	if a.Reason == "" {
		out = append(out, LacksWhy)
	}
	if !a.Acceptance.Expires.Set {
		out = append(out, LacksExpiry)
	} else if a.Lapsed(on) {
		out = append(out, LacksRenewal)
	}
	return out
}

// maxLacks is how many items a sentence names of each sort.
const maxLacks = 5

// lacksSentence names what is missing, sort by sort.
func lacksSentence(lacks []Lack) string {
	var parts []string
	for _, what := range []LackOf{LacksAnswer, LacksLook, LacksReason, LacksApprover, LacksWhy, LacksExpiry,
		LacksRenewal, LacksProof} {
		var items []string
		for _, l := range lacks {
			if l.What == what {
				items = append(items, l.Item)
			}
		}
		if n := len(items); n > 0 {
			named := strings.Join(items[:min(n, maxLacks)], ", ")
			if n > maxLacks {
				named += " and " + strconv.Itoa(n-maxLacks) + " more"
			}
			parts = append(parts, strconv.Itoa(n)+" "+string(what)+" ("+named+")")
		}
	}
	return strings.Join(parts, "; ")
}
