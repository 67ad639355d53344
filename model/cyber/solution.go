package cyber

import (
	"slices"
	"strings"

	"interlocal/model/cyber/framework"
	"interlocal/model/field"
	"interlocal/model/partnership"
	"interlocal/model/value"
)

// SolutionID identifies a joint solution.
type SolutionID = field.ID[Solution]

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
	ID        field.ID[Solution]
	Name      string
	Lead      field.ID[partnership.Partner]
	OneTime   value.Opt[value.Cents]
	Yearly    value.Opt[value.Cents]
	Rule      CostRule
	Grant     value.Opt[value.Percent] // share of the cost that a grant pays
	Lifts     []SolutionLift
	Cities    []field.ID[partnership.Partner] // whom it serves; none named means all
	Requires  []string                        // names of solutions without which it makes no sense
	Conflicts []string                        // names of solutions it excludes
	Basis     string
	Note      string
	Bought    value.Opt[value.Day] // unset while it is under study
}

// SolutionLift raises items to a level, or by some levels. Part is an item, a
// category or a function: PR.AA-01, PR.AA or PR.
type SolutionLift struct {
	Part string
	To   value.Opt[int64]
	By   value.Opt[int64]
}

// KindSolutions names the kind whose records are of type [Solution].
const KindSolutions = "solutions"

// KindName is "solutions".
func (Solution) KindName() string { return KindSolutions }

// Lifting lists the items of an edition that a part names.
func Lifting(v framework.Version, part string) []string {
	part = strings.ToUpper(strings.TrimSpace(part))
	var out []string
	for _, item := range framework.ItemsOf(v) {
		if item == part || strings.HasPrefix(item, part+"-") || strings.HasPrefix(item, part+".") {
			out = append(out, item)
		}
	}
	return out
}

// DescribeSolution describes joint solutions.
func DescribeSolution() *field.Kind {
	return field.Def[Solution]{
		Tag: 54, One: "solution", Title: "Joint solutions", Scope: field.ScopeShared, UniqueLabel: true,
		Purpose: "What cities could buy or do together: what it lifts, what it costs, how the cost is shared.",
		ID:      func(s *Solution) *field.ID[Solution] { return &s.ID },
		Label:   func(s *Solution) string { return s.Name },
		Unique:  [][]string{{"name"}},
		Parties: func(_ field.Reader, s *Solution) []field.Party {
			if s.Lead == 0 {
				return nil
			}
			return []field.Party{field.Party(s.Lead)}
		},
		Check: checkSolution,
		Fields: []field.Field[Solution]{
			field.Text(1, "name", "Solution", func(s *Solution) *string { return &s.Name }).Required().Width(32).
				Example("Second factor for every sign-in"),
			field.Ref(2, "lead", "Lead", func(s *Solution) *field.ID[partnership.Partner] { return &s.Lead }).Width(14).
				Example("Grandview").
				Help("The partner that leads; its editors may change the solution."),
			field.Money(3, "one_time", "One-time cost",
				func(s *Solution) *value.Opt[value.Cents] { return &s.OneTime }).Width(13).Example("40,000"),
			field.Money(4, "yearly", "Yearly cost", func(s *Solution) *value.Opt[value.Cents] { return &s.Yearly }).
				Width(13).Example("25,000"),
			field.Word(5, "cost_share", "Cost shared", func(s *Solution) *CostRule { return &s.Rule },
				field.Choice{Value: "equal", Title: "Equally"},
				field.Choice{Value: "population", Title: "By population"},
				field.Choice{Value: "benefit", Title: "By benefit"}).Width(14).Example("Equally"),
			field.Share(6, "grant", "Paid by a grant", func(s *Solution) *value.Opt[value.Percent] { return &s.Grant }).
				HiddenByDefault(),
			field.Rows(7, "lifts", "Lifts", func(s *Solution) *[]SolutionLift { return &s.Lifts },
				[]field.Field[SolutionLift]{
					field.Text(1, "part", "Item, category or function",
						func(l *SolutionLift) *string { return &l.Part }),
					field.OptInt(2, "to", "To level", func(l *SolutionLift) *value.Opt[int64] { return &l.To }),
					field.OptInt(3, "by", "By levels", func(l *SolutionLift) *value.Opt[int64] { return &l.By }),
				}).Width(30).Example("PR.AA-01 5; PR.AA-03 5"),
			field.Refs(8, "cities", "Serves", func(s *Solution) *[]field.ID[partnership.Partner] { return &s.Cities }).
				HiddenByDefault().Help("Leave empty when it serves every city."),
			field.Texts(9, "requires", "Needs first", func(s *Solution) *[]string { return &s.Requires }).
				HiddenByDefault().Help("Names of other solutions."),
			field.Texts(10, "conflicts", "Not together with", func(s *Solution) *[]string { return &s.Conflicts }).
				HiddenByDefault().Help("Names of other solutions."),
			field.Text(11, "basis", "Basis of the lifts", func(s *Solution) *string { return &s.Basis }).
				HiddenByDefault(),
			field.Long(12, "note", "Note", func(s *Solution) *string { return &s.Note }).HiddenByDefault(),
			field.OnDay(13, "bought", "Bought", func(s *Solution) *value.Opt[value.Day] { return &s.Bought }).
				HiddenByDefault().Help("Empty while it is under study; later answers then show what it lifted."),
		},
	}.Kind()
}

// Serving reports whether it serves a city.
func (s *Solution) Serving(city field.ID[partnership.Partner]) bool {
	return len(s.Cities) == 0 || slices.Contains(s.Cities, city)
}

// Lifted gives how many of the questions that a purchase was to lift are answered
// higher in a year than in the year before it was bought, by how many levels in
// all, and how many it was to lift.
func (s *Solution) Lifted(now *Sheet, before *Year) (items, levels, of int) {
	was := before.In(now.Framework)
	for _, l := range s.Lifts {
		for _, item := range Lifting(now.Framework.Version, l.Part) {
			i, _ := now.Framework.Index(framework.ID(item))
			a, okA := was.At(i).Value()
			if b, okB := now.Levels.At(i).Value(); okA && okB {
				if of++; b > a {
					items, levels = items+1, levels+b-a
				}
			}
		}
	}
	return items, levels, of
}

// Bought lists the solutions bought for a city since a cycle opened that were to
// lift an item, any item for "".
func Bought(r field.Reader, city field.ID[partnership.Partner], since *Cycle, item string) (out []*Solution) {
	for s := range field.All[Solution](r) {
		lifts := item == "" || slices.ContainsFunc(s.Lifts, func(l SolutionLift) bool {
			return slices.Contains(Lifting(since.Framework, l.Part), item)
		})
		if s.Bought.Set && s.Bought.V >= since.Opens.Or(value.Date(since.Year, 7, 1)) && s.Serving(city) && lifts {
			out = append(out, s)
		}
	}
	return out
}

func checkSolution(c *field.Checking, _, s *Solution) {
	if s.OneTime.Or(0) < 0 || s.Yearly.Or(0) < 0 {
		c.Add("one_time", "a cost is not negative")
	}
	if g := s.Grant.Or(0); g < 0 || g > 10000 {
		c.Add("grant", "a grant pays between 0 and 100 percent")
	}
	for _, l := range s.Lifts {
		if len(Lifting(framework.CSF20, l.Part)) == 0 && len(Lifting(framework.CSF11, l.Part)) == 0 {
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
func checkOtherSolutions(c *field.Checking, s *Solution, fld string, names []string) {
	for _, name := range names {
		if field.FoldName(name) == field.FoldName(s.Name) {
			c.Add(fld, "a solution neither needs nor excludes itself")
		} else if SolutionNamed(c, name) == nil {
			c.Warn(fld, "no solution on file is called "+name)
		}
	}
}

// SolutionNamed finds a solution by its name; nil when there is none.
func SolutionNamed(r field.Reader, name string) *Solution {
	for s := range field.All[Solution](r) {
		if field.FoldName(s.Name) == field.FoldName(name) {
			return s
		}
	}
	return nil
}
