package model

import "strconv"

// CycleID identifies a self-assessment cycle.
type CycleID = ID[Cycle]

// FrameworkVersion is the edition of the NIST Cybersecurity Framework that a
// cycle asks about.
type FrameworkVersion string

// Editions.
const (
	CSF11 FrameworkVersion = "1.1"
	CSF20 FrameworkVersion = "2.0"
)

// Cycle is one yearly self-assessment, named by the year in which it opens.
type Cycle struct {
	ID        ID[Cycle]
	Year      int
	Framework FrameworkVersion
	Opens     Opt[Day]
	Closes    Opt[Day]
	Minimum   Opt[int64]
	Note      string
}

// KindName is "cycles".
func (Cycle) KindName() string { return "cycles" }

func cycleKind() *Kind {
	return Def[Cycle]{
		Tag: 13, One: "cycle", Title: "Cycles", Realm: RealmShared, UniqueLabel: true,
		Purpose: "The yearly cybersecurity self-assessments.",
		ID:      func(c *Cycle) *ID[Cycle] { return &c.ID },
		Label: func(c *Cycle) string {
			if c.Year == 0 {
				return ""
			}
			return strconv.Itoa(c.Year)
		},
		Unique: [][]string{{"year"}},
		Check: func(c *Checking, _, y *Cycle) {
			if y.Year < 2000 || y.Year > c.Today.Year()+5 {
				c.Add("year", "the year is between 2000 and five years from now")
			}
			if y.Opens.Set && y.Closes.Set && y.Closes.V < y.Opens.V {
				c.Add("closes", "the cycle closes before it opens")
			}
			if m := y.Minimum.Or(5); m < 1 || m > 7 {
				c.Add("minimum", "the minimum is a level from 1 to 7")
			}
		},
		Fields: []Field[Cycle]{
			Int(1, "year", "Year", func(c *Cycle) *int { return &c.Year }).Need().Wide(6).Eg("2026"),
			Word(2, "framework", "Framework", func(c *Cycle) *FrameworkVersion { return &c.Framework },
				Choice{"1.1", "CSF 1.1"}, Choice{"2.0", "CSF 2.0"}).Need().Wide(10).Eg("CSF 2.0"),
			OnDay(3, "opens", "Opens", func(c *Cycle) *Opt[Day] { return &c.Opens }).Eg("Oct 1, 2026"),
			OnDay(4, "closes", "Closes", func(c *Cycle) *Opt[Day] { return &c.Closes }).Eg("Feb 28, 2027"),
			Count(5, "minimum", "Minimum level", func(c *Cycle) *Opt[int64] { return &c.Minimum }).Wide(8).Eg("5"),
			Long(6, "note", "Note", func(c *Cycle) *string { return &c.Note }).Tucked(),
		},
	}.Kind()
}

// AnswerID identifies an answer.
type AnswerID = ID[Answer]

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

// Answer is a city's level for one item of a cycle. It is the city's own.
type Answer struct {
	ID      ID[Answer]
	Cycle   ID[Cycle]
	Partner ID[Partner]
	Item    string // framework id, such as PR.AA-01
	Level   Level
	Reason  string // why not applicable, or why the risk is accepted
	Note    string
}

// KindName is "answers".
func (Answer) KindName() string { return "answers" }

func answerKind() *Kind {
	return Def[Answer]{
		Tag: 14, One: "answer", Title: "Answers", Realm: RealmAnswers,
		Purpose: "A city's own answers; they leave it only with its sharing consent.",
		ID:      func(a *Answer) *ID[Answer] { return &a.ID },
		Label:   func(a *Answer) string { return a.Item },
		Unique:  [][]string{{"cycle", "partner", "item"}},
		Parties: func(_ Reader, a *Answer) []ID[Partner] { return []ID[Partner]{a.Partner} },
		Check: func(c *Checking, _, a *Answer) {
			if a.Level == NotApplicable && a.Reason == "" {
				c.Warn("reason", "say why it does not apply")
			}
		},
		Fields: []Field[Answer]{
			Ref(1, "cycle", "Cycle", func(a *Answer) *ID[Cycle] { return &a.Cycle }).Need().Wide(6).Eg("2026"),
			Ref(2, "partner", "City", func(a *Answer) *ID[Partner] { return &a.Partner }).Need().Wide(16).Eg("Raytown"),
			Text(3, "item", "Item", func(a *Answer) *string { return &a.Item }).Need().Wide(10).Eg("PR.AA-01"),
			Word(4, "level", "Level", func(a *Answer) *Level { return &a.Level }, levelChoices()...).Confidential().Wide(34).
				Eg("5 Implementation in process"),
			Text(5, "reason", "Reason", func(a *Answer) *string { return &a.Reason }).Confidential().Wide(24),
			Long(6, "note", "Note", func(a *Answer) *string { return &a.Note }).Confidential().Tucked(),
		},
	}.Kind()
}

func levelChoices() []Choice {
	return []Choice{{"1", "1 Not performed"}, {"2", "2 Informally performed"}, {"3", "3 Documented policy"},
		{"4", "4 Partially documented standards"}, {"5a", "5 Risk formally accepted"},
		{"5p", "5 Implementation in process"}, {"6", "6 Tested and verified"}, {"7", "7 Optimized"},
		{"n/a", "Not applicable"}, {"unknown", "Nobody knows"}}
}
