package cyber

import (
	"cmp"
	"slices"

	"interlocal/model/cyber/framework"
	"interlocal/model/field"
	"interlocal/model/partnership"
	"interlocal/model/value"
)

// AnswerID identifies an answer.
type AnswerID = field.ID[Answer]

// Level is one of the review's eight answers, or one of the two that score
// nothing. The two answers worth five are told apart by a letter.
type Level string

// Levels, weakest first.
const (
	NotPerformed    Level = "1"
	Informal        Level = "2"
	Documented      Level = "3"
	PartlyStandard  Level = "4"
	RiskAccepted    Level = "5a"
	InProcess       Level = "5p"
	Tested          Level = "6"
	Optimized       Level = "7"
	NotApplicable   Level = "n/a"
	UnknownToAnyone Level = "unknown"
)

// Value gives the level's worth from 1 to 7; ok is false for answers that
// score nothing.
func (l Level) Value() (value int, ok bool) {
	if l == RiskAccepted || l == InProcess {
		return 5, true
	}
	if len(l) != 1 || l[0] < '1' || l[0] > '7' || l[0] == '5' {
		return 0, false
	}
	return int(l[0] - '0'), true
}

// Confidence says what an answer rests on.
type Confidence string

// From somebody's word to a test.
const (
	Claimed        Confidence = "claimed"
	DocumentedToo  Confidence = "documented"
	TestedAndShown Confidence = "tested"
)

// Answer is a city's level for one item of a cycle. It is the city's own.
//
// An answer carried forward from an earlier cycle brings its note, evidence
// and target, and last year's level as Was: a ghost that counts for nothing
// until somebody confirms or changes it. An answer below its goal is a
// deficiency; what is done about it is its Remedy, which goes on after the
// assessment is locked.
type Answer struct {
	ID          field.ID[Answer]
	Cycle       field.ID[Cycle]
	Partner     field.ID[partnership.Partner]
	Item        string // framework id, such as PR.AA-01
	Level       Level
	Reason      string // why not applicable, or why the risk is accepted
	Note        string
	Was         Level // last year's, for comparison only
	Carried     field.ID[Cycle]
	CarriedFrom string // the items it was carried from, when their numbers differ
	ConfirmedBy string
	Confirmed   value.Opt[value.Day]
	Target      value.Opt[int64]
	Confidence  Confidence
	Evidence    []Evidence
	Tested      value.Opt[value.Day]
	Flag        bool
	Acceptance  Acceptance
	Remedy      Remedy
	Milestones  []Milestone
}

// Evidence points to what proves an answer. It never leaves the city.
type Evidence struct {
	What    string
	Where   string
	Dated   value.Opt[value.Day]
	Expires value.Opt[value.Day]
}

// Acceptance is a formal acceptance of a risk; its reason is the answer's.
type Acceptance struct {
	Approver string
	Expires  value.Opt[value.Day]
}

// RemedyState is how far a remedy has come.
type RemedyState string

// From open to done; accepted means that the city lives with it.
const (
	RemedyOpen    RemedyState = "open"
	RemedyStarted RemedyState = "started"
	RemedyDone    RemedyState = "done"
	RemedyLeft    RemedyState = "accepted"
)

// Remedy is what is done about a deficiency.
type Remedy struct {
	Step  string
	Owner string
	Due   value.Opt[value.Day]
	State RemedyState
	Cost  value.Opt[value.Cents]
}

// Milestone is a step of a remedy: whose it is, and when the council is to decide
// where it has to.
type Milestone struct {
	What    string
	Owner   string
	Due     value.Opt[value.Day]
	Council value.Opt[value.Day]
	Done    value.Opt[value.Day]
}

// String writes it as a plan shows it.
func (m Milestone) String() string {
	out := m.What
	if m.Owner != "" {
		out += ", " + m.Owner
	}
	for _, d := range []struct {
		is string
		on value.Opt[value.Day]
	}{{"due", m.Due}, {"council", m.Council}, {"done", m.Done}} {
		if d.on.Set {
			out += ", " + d.is + " " + d.on.V.String()
		}
	}
	return out
}

// KindAnswers names the kind whose records are of type [Answer].
const KindAnswers = "answers"

// KindName is "answers".
func (Answer) KindName() string { return KindAnswers }

// Inherited reports whether the answer is last year's and nobody has looked at
// it since.
func (a *Answer) Inherited() bool { return a.Carried != 0 && !a.Confirmed.Set }

// Given is the level that counts; none for an answer that is only inherited.
func (a *Answer) Given() Level {
	if a.Inherited() {
		return ""
	}
	return a.Level
}

// Stale reports whether all that stands behind the answer has expired on a day,
// where anything does.
func (a *Answer) Stale(on value.Day) bool {
	for _, e := range a.Evidence {
		if !e.Expires.Set || e.Expires.V >= on {
			return false
		}
	}
	return len(a.Evidence) > 0
}

// Lapsed reports whether the answer is a risk acceptance whose last day is past
// on a day.
func (a *Answer) Lapsed(on value.Day) bool {
	return a.Given() == RiskAccepted && a.Acceptance.Expires.Set && a.Acceptance.Expires.V < on
}

// Counts is the level that counts on a day. An acceptance that has run out, and an
// answer of which all evidence has expired, count as the level beneath until somebody
// renews it or answers what is really done.
func (a *Answer) Counts(on value.Day) Level {
	if a.Lapsed(on) || a.Stale(on) {
		return a.Given().beneath()
	}
	return a.Given()
}

// Expires gives the day on which the answer begins to count as the level beneath
// unless somebody looks again: the last of its acceptance, or of its evidence.
func (a *Answer) Expires() (last value.Opt[value.Day]) {
	for _, e := range a.Evidence {
		if !e.Expires.Set {
			last = value.Opt[value.Day]{}
			break
		}
		if !last.Set || e.Expires.V > last.V {
			last = e.Expires
		}
	}
	if x := a.Acceptance.Expires; a.Given() == RiskAccepted && x.Set && (!last.Set || x.V < last.V) {
		last = x
	}
	return last
}

// Goal is the level to reach: the city's own target, else the cycle's minimum.
func (a *Answer) Goal(minimum int) int { return int(a.Target.Or(int64(minimum))) }

// sameAssessed reports whether two answers say the same about the city. What
// is done about a deficiency and the flag are not part of that.
func sameAssessed(a, b *Answer) bool {
	return slices.Equal(a.Evidence, b.Evidence) && a.ID == b.ID && a.Cycle == b.Cycle && a.Partner == b.Partner &&
		a.Item == b.Item && a.Level == b.Level && a.Reason == b.Reason && a.Note == b.Note && a.Was == b.Was &&
		a.Carried == b.Carried && a.CarriedFrom == b.CarriedFrom && a.ConfirmedBy == b.ConfirmedBy &&
		a.Confirmed == b.Confirmed && a.Target == b.Target && a.Confidence == b.Confidence &&
		a.Tested == b.Tested && a.Acceptance == b.Acceptance
}

// answerMoved compares a level with what was answered before, or last year.
func answerMoved(before, after *Answer) int {
	was, had := after.Was.Value()
	if before != nil && before.Given() != "" {
		was, had = before.Given().Value()
	}
	is, has := after.Given().Value()
	if !had || !has {
		return 0
	}
	return cmp.Compare(is, was)
}

// DescribeAnswer describes answers.
func DescribeAnswer() *field.Kind {
	return field.Def[Answer]{
		Tag: 14, One: "answer", Title: "Answers", Scope: field.ScopeAnswers,
		Purpose: "A city's own answers; they leave it only with its sharing consent.",
		ID:      func(a *Answer) *field.ID[Answer] { return &a.ID },
		Label:   func(a *Answer) string { return a.Item },
		Unique:  [][]string{{"cycle", "partner", "item"}},
		Parties: func(_ field.Reader, a *Answer) []field.Party { return []field.Party{field.Party(a.Partner)} },
		Check:   checkAnswer,
		Removal: func(c *field.Checking, a *Answer) {
			if s := AssessmentOf(c, a.Cycle, a.Partner); s != nil && s.Settled() {
				c.Add("level", settledSentence(s))
			}
		},
		Told:   field.Told[Answer]{Moved: answerMoved},
		Fields: answerFields(),
	}.Kind()
}

func checkAnswer(c *field.Checking, before, a *Answer) {
	if a.Given() == NotApplicable && a.Reason == "" {
		c.Warn("reason", "say why it does not apply")
	}
	if a.Given() == RiskAccepted && (a.Reason == "" || a.Acceptance.Approver == "" || !a.Acceptance.Expires.Set) {
		c.Warn("approver", "say who accepted the risk, why and until when")
	}
	if y := field.Get(c, a.Cycle); y != nil && a.Item != "" && !framework.IsItem(y.Framework, a.Item) {
		c.Add("item", a.Item+" is not a subcategory of "+y.Framework.Title()+", which the "+yearOf(y)+
			" cycle asks about")
	}
	if t := a.Target.Or(DefaultMinimum); t < 1 || t > 7 {
		c.Add("target", "a target is a level from 1 to 7")
	}
	if a.Remedy.Cost.Or(0) < 0 {
		c.Add("remedy_cost", "a cost is not negative")
	}
	for _, e := range a.Evidence {
		if e.What == "" && e.Where == "" {
			c.Add("evidence", "each piece of evidence says what it is or where it lies")
		}
		if e.Dated.Set && e.Expires.Set && e.Expires.V < e.Dated.V {
			c.Add("evidence", "evidence expires before its date")
		}
	}
	if before != nil && !sameAssessed(before, a) {
		for _, of := range []*Answer{before, a} {
			if s := AssessmentOf(c, of.Cycle, of.Partner); s != nil && s.Settled() {
				c.Add("level", settledSentence(s))
				return
			}
		}
	}
}

// remedies heads what is done about an answer below the minimum.
const remedies = "What is done about it"

func answerFields() []field.Field[Answer] {
	fields := []field.Field[Answer]{
		field.Ref(1, "cycle", "Cycle", func(a *Answer) *field.ID[Cycle] { return &a.Cycle }).Required().Width(6).
			Example("2026"),
		field.Ref(2, "partner", "City", func(a *Answer) *field.ID[partnership.Partner] { return &a.Partner }).
			Required().Width(16).Example("Raytown"),
		field.Text(3, "item", "Item", func(a *Answer) *string { return &a.Item }).Required().Width(10).
			Example("PR.AA-01"),
		field.Word(4, "level", "Level", func(a *Answer) *Level { return &a.Level }, LevelChoices()...).Confidential().
			Width(34).
			Example("5 Implementation in process"),
		field.Text(5, "reason", "Reason", func(a *Answer) *string { return &a.Reason }).Confidential().Width(24).
			Help("Why it does not apply, or why the risk is accepted."),
		field.Long(6, "note", "Note", func(a *Answer) *string { return &a.Note }).Confidential().HiddenByDefault(),
		field.Word(7, "was", "Last year", func(a *Answer) *Level { return &a.Was }, LevelChoices()...).Confidential().
			HiddenByDefault(),
		field.Ref(8, "carried", "Carried from", func(a *Answer) *field.ID[Cycle] { return &a.Carried }).Confidential().
			HiddenByDefault(),
		field.Text(9, "carried_items", "Carried from items", func(a *Answer) *string { return &a.CarriedFrom }).
			Confidential().HiddenByDefault(),
		field.Text(10, "confirmed_by", "Confirmed by", func(a *Answer) *string { return &a.ConfirmedBy }).
			Confidential().HiddenByDefault(),
		field.OnDay(11, "confirmed", "Confirmed", func(a *Answer) *value.Opt[value.Day] { return &a.Confirmed }).
			Confidential().HiddenByDefault(),
		field.OptInt(12, "target", "Target", func(a *Answer) *value.Opt[int64] { return &a.Target }).Confidential().
			HiddenByDefault().Example("6"),
		field.Word(13, "confidence", "Rests on", func(a *Answer) *Confidence { return &a.Confidence },
			field.Choice{Value: "claimed", Title: "Somebody's word"}, field.Choice{Value: "documented",
				Title: "A document"}, field.Choice{Value: "tested", Title: "A test"}).Confidential().HiddenByDefault(),
		field.Rows(14, "evidence", "Evidence", func(a *Answer) *[]Evidence { return &a.Evidence },
			[]field.Field[Evidence]{
				field.Text(1, "what", "What", func(e *Evidence) *string { return &e.What }),
				field.Text(2, "where", "Where it lies", func(e *Evidence) *string { return &e.Where }),
				field.OnDay(3, "dated", "Dated", func(e *Evidence) *value.Opt[value.Day] { return &e.Dated }),
				field.OnDay(4, "expires", "Expires", func(e *Evidence) *value.Opt[value.Day] { return &e.Expires }),
			}).Confidential().HiddenByDefault().
			Help("Pointers only; evidence stays where it is and never leaves the city."),
		field.OnDay(15, "tested", "Tested on", func(a *Answer) *value.Opt[value.Day] { return &a.Tested }).
			Confidential().HiddenByDefault(),
		field.Bool(16, "flag", "Flagged", func(a *Answer) *bool { return &a.Flag }).Confidential().HiddenByDefault(),
	}
	fields = append(fields, field.Part(20, "", "Risk acceptance", func(a *Answer) *Acceptance { return &a.Acceptance },
		[]field.Field[Acceptance]{
			field.Text(1, "approver", "Accepted by", func(x *Acceptance) *string { return &x.Approver }).Confidential().
				HiddenByDefault().
				Help("Name and office of who accepted the risk."),
			field.OnDay(2, "accepted_until", "Accepted until",
				func(x *Acceptance) *value.Opt[value.Day] { return &x.Expires }).Confidential().HiddenByDefault(),
		})...)
	fields = append(fields, field.Rows(17, "milestones", "Milestones",
		func(a *Answer) *[]Milestone { return &a.Milestones },
		[]field.Field[Milestone]{
			field.Text(1, "what", "What", func(m *Milestone) *string { return &m.What }),
			field.Text(2, "owner", "Who", func(m *Milestone) *string { return &m.Owner }),
			field.OnDay(3, "due", "Due", func(m *Milestone) *value.Opt[value.Day] { return &m.Due }),
			field.OnDay(4, "council", "Council", func(m *Milestone) *value.Opt[value.Day] { return &m.Council }),
			field.OnDay(5, "done", "Done", func(m *Milestone) *value.Opt[value.Day] { return &m.Done }),
		}).Confidential().HiddenByDefault().Help("Steps of the remedy: whose, by when, and when the council decides.").
		Under(remedies))
	return append(fields, field.Part(40, "remedy_", remedies, func(a *Answer) *Remedy { return &a.Remedy },
		RemedyFields())...)
}

// RemedyFields describes what is done about a deficiency.
func RemedyFields() []field.Field[Remedy] {
	return []field.Field[Remedy]{
		field.Text(1, "step", "Remedy", func(x *Remedy) *string { return &x.Step }).Confidential().HiddenByDefault(),
		field.Text(2, "owner", "Who", func(x *Remedy) *string { return &x.Owner }).Confidential().HiddenByDefault(),
		field.OnDay(3, "due", "Due", func(x *Remedy) *value.Opt[value.Day] { return &x.Due }).Confidential().
			HiddenByDefault(),
		field.Word(4, "state", "State", func(x *Remedy) *RemedyState { return &x.State },
			field.Choice{Value: "open", Title: "Open"},
			field.Choice{Value: "started", Title: "Started"}, field.Choice{Value: "done", Title: "Done"},
			field.Choice{Value: "accepted", Title: "Left as it is"}).Confidential().HiddenByDefault(),
		field.Money(5, "cost", "Cost", func(x *Remedy) *value.Opt[value.Cents] { return &x.Cost }).Confidential().
			HiddenByDefault(),
	}
}

// LevelChoices lists the answers to choose from.
func LevelChoices() []field.Choice {
	return []field.Choice{{Value: "1", Title: "1 Not performed"}, {Value: "2", Title: "2 Informally performed"},
		{Value: "3", Title: "3 Documented policy"},
		{Value: "4", Title: "4 Partially documented standards"}, {Value: "5a", Title: "5 Risk formally accepted"},
		{Value: "5p", Title: "5 Implementation in process"}, {Value: "6", Title: "6 Tested and verified"},
		{Value: "7", Title: "7 Optimized"},
		{Value: "n/a", Title: "Not applicable"}, {Value: "unknown", Title: "Nobody knows"}}
}
