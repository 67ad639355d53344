package model

import "strings"

// SolutionID identifies a joint solution.
type SolutionID = ID[Solution]

// CostRule says how the cities divide a cost.
type CostRule string

// The rules.
const (
	CostEqually      CostRule = "equal"
	CostByPopulation CostRule = "population"
	CostByBenefit    CostRule = "benefit"
)

// Solution is something cities could buy or do together against what they
// lack. What it lifts is somebody's judgement and what it costs is the
// partnership's own figure; neither says anything about a city's answers.
type Solution struct {
	ID        ID[Solution]
	Name      string
	Lead      ID[Partner]
	OneTime   Opt[Cents]
	Yearly    Opt[Cents]
	Rule      CostRule
	Grant     Opt[Percent] // share of the cost that a grant pays
	Lifts     []SolutionLift
	Cities    []ID[Partner] // whom it serves; none named means all
	Requires  []string      // names of solutions without which it makes no sense
	Conflicts []string      // names of solutions it excludes
	Basis     string
	Note      string
}

// SolutionLift raises items to a level, or by some levels. Part is an item, a
// category or a function: PR.AA-01, PR.AA or PR.
type SolutionLift struct {
	Part string
	To   Opt[int64]
	By   Opt[int64]
}

// KindName is "solutions".
func (Solution) KindName() string { return "solutions" }

// Lifting lists the items of an edition that a part names.
func Lifting(v FrameworkVersion, part string) []string {
	part = strings.ToUpper(strings.TrimSpace(part))
	var out []string
	for _, item := range ItemsOf(v) {
		if item == part || strings.HasPrefix(item, part+"-") || strings.HasPrefix(item, part+".") {
			out = append(out, item)
		}
	}
	return out
}

func solutionKind() *Kind {
	return Def[Solution]{
		Tag: 54, One: "solution", Title: "Joint solutions", Realm: RealmShared, UniqueLabel: true,
		Purpose: "What cities could buy or do together: what it lifts, what it costs, how the cost is shared.",
		ID:      func(s *Solution) *ID[Solution] { return &s.ID },
		Label:   func(s *Solution) string { return s.Name },
		Unique:  [][]string{{"name"}},
		Parties: func(_ Reader, s *Solution) []Party {
			if s.Lead == 0 {
				return nil
			}
			return []Party{Party(s.Lead)}
		},
		Check: checkSolution,
		Fields: []Field[Solution]{
			Text(1, "name", "Solution", func(s *Solution) *string { return &s.Name }).Need().Wide(32).Eg("Second factor for every sign-in"),
			Ref(2, "lead", "Lead", func(s *Solution) *ID[Partner] { return &s.Lead }).Wide(14).Eg("Grandview").
				Say("The partner that leads; its editors may change the solution."),
			Money(3, "one_time", "One-time cost", func(s *Solution) *Opt[Cents] { return &s.OneTime }).Wide(13).Eg("40,000"),
			Money(4, "yearly", "Yearly cost", func(s *Solution) *Opt[Cents] { return &s.Yearly }).Wide(13).Eg("25,000"),
			Word(5, "cost_share", "Cost shared", func(s *Solution) *CostRule { return &s.Rule }, Choice{"equal", "Equally"},
				Choice{"population", "By population"}, Choice{"benefit", "By benefit"}).Wide(14).Eg("Equally"),
			Share(6, "grant", "Paid by a grant", func(s *Solution) *Opt[Percent] { return &s.Grant }).Tucked(),
			Rows(7, "lifts", "Lifts", func(s *Solution) *[]SolutionLift { return &s.Lifts }, []Field[SolutionLift]{
				Text(1, "part", "Item, category or function", func(l *SolutionLift) *string { return &l.Part }),
				Count(2, "to", "To level", func(l *SolutionLift) *Opt[int64] { return &l.To }),
				Count(3, "by", "By levels", func(l *SolutionLift) *Opt[int64] { return &l.By }),
			}).Wide(30).Eg("PR.AA-01 5; PR.AA-03 5"),
			Refs(8, "cities", "Serves", func(s *Solution) *[]ID[Partner] { return &s.Cities }).Tucked().Say("Leave empty when it serves every city."),
			Texts(9, "requires", "Needs first", func(s *Solution) *[]string { return &s.Requires }).Tucked().Say("Names of other solutions."),
			Texts(10, "conflicts", "Not together with", func(s *Solution) *[]string { return &s.Conflicts }).Tucked().Say("Names of other solutions."),
			Text(11, "basis", "Basis of the lifts", func(s *Solution) *string { return &s.Basis }).Tucked(),
			Long(12, "note", "Note", func(s *Solution) *string { return &s.Note }).Tucked(),
		},
	}.Kind()
}

func checkSolution(c *Checking, _, s *Solution) {
	if s.OneTime.Or(0) < 0 || s.Yearly.Or(0) < 0 {
		c.Add("one_time", "a cost is not negative")
	}
	if g := s.Grant.Or(0); g < 0 || g > 10000 {
		c.Add("grant", "a grant pays between 0 and 100 percent")
	}
	for _, l := range s.Lifts {
		if len(Lifting(CSF20, l.Part)) == 0 && len(Lifting(CSF11, l.Part)) == 0 {
			c.Add("lifts", l.Part+" is not an item, a category or a function of the framework")
		}
		if to, by := l.To.Or(1), l.By.Or(1); to < 1 || to > 7 || by < 1 || by > 6 || !l.To.Set && !l.By.Set {
			c.Add("lifts", l.Part+" is lifted to a level from 1 to 7, or by 1 to 6 levels")
		}
	}
	checkOtherSolutions(c, s, "requires", s.Requires)
	checkOtherSolutions(c, s, "conflicts", s.Conflicts)
}

// checkOtherSolutions looks at names of other solutions. One that is not on
// file may come in with the next row of a list, so it is only pointed out.
func checkOtherSolutions(c *Checking, s *Solution, field string, names []string) {
	for _, name := range names {
		if FoldName(name) == FoldName(s.Name) {
			c.Add(field, "a solution neither needs nor excludes itself")
		} else if SolutionNamed(c, name) == nil {
			c.Warn(field, "no solution on file is called "+name)
		}
	}
}

// SolutionNamed finds a solution by its name; nil when there is none.
func SolutionNamed(r Reader, name string) *Solution {
	for s := range All[Solution](r) {
		if FoldName(s.Name) == FoldName(name) {
			return s
		}
	}
	return nil
}
