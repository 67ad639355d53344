package assess

import (
	"interlocal/model/cyber"
	"interlocal/model/cyber/framework"
	"interlocal/model/cyber/portfolio"
	"interlocal/model/failure"
	"interlocal/model/field"
	"interlocal/model/text"
	"interlocal/model/value"
)

// Suggesting is for which edition of the framework solutions are suggested.
type Suggesting struct{ Framework framework.Version }

// maySpeakForAll says why somebody cannot add what belongs to no partner.
func maySpeakForAll(v field.Viewpoint, _ *field.Alone) error {
	if v.By.All {
		return nil
	}
	return failure.New(failure.Forbidden, "the facilitator does this, for all cities at once; ask for it there")
}

func suggestAct() *field.Act {
	return field.ActOn[field.Alone, Suggesting]{Name: "solution.suggest", Title: "Add suggested solutions",
		Makes: "solutions",
		Help: "Puts the suggestions on file that a portfolio may begin with. What they lift is a judgement to be " +
			"edited; what they cost is for the cities to say.",
		Args: []field.Field[Suggesting]{
			field.Word(1, "framework", "Framework", func(s *Suggesting) *framework.Version { return &s.Framework },
				framework.Versions()...).Required(),
		},
		May: maySpeakForAll,
		Fill: func(v field.Viewpoint, _ *field.Alone, s *Suggesting) {
			s.Framework = framework.CSF20
			if y := field.Get(v, usual(v).Cycle); y != nil && y.Framework != "" {
				s.Framework = y.Framework
			}
		},
		Do: func(w field.Writer, _ *field.Alone, s *Suggesting, _ any) (field.Result, error) {
			fw, ok := framework.Lookup(s.Framework)
			if !ok {
				return field.Result{}, failure.New(failure.Invalid, "choose CSF 2.0 or CSF 1.1")
			}
			n, err := suggest(w, fw)
			says := text.Counted(n, "suggestion", "suggestions") +
				" added. Write what each costs, and check what it lifts."
			return field.Result{Text: says, Detail: n}, err
		}}.Act()
}

// suggest adds the suggestions that are not on file, and counts them.
func suggest(w field.Writer, fw *framework.Framework) (n int, err error) {
	have := map[string]bool{}
	for s := range field.All[cyber.Solution](w) {
		have[s.Name] = true
	}
	for _, start := range portfolio.StartingLifts(fw) {
		if have[start.Name] {
			continue
		}
		rec := &cyber.Solution{Name: start.Name, Rule: cyber.CostEqually, Basis: start.Basis,
			Lifts: partsOf(fw, start.Lifts)}
		if _, err := field.Put(w, rec); err != nil {
			return n, err
		}
		n++
	}
	return n, nil
}

// partsOf writes lifts as briefly as a person would: a whole function or
// category by its name, the rest question by question.
func partsOf(fw *framework.Framework, lifts []portfolio.Lift) []cyber.SolutionLift {
	to := make([]int, len(fw.Items))
	for _, l := range lifts {
		to[l.Item] = l.To
	}
	whole := func(from, end int) int {
		for i := from; i < end; i++ {
			if to[i] == 0 || to[i] != to[from] {
				return 0
			}
		}
		return to[from]
	}
	var out []cyber.SolutionLift
	add := func(part string, level int) {
		out = append(out, cyber.SolutionLift{Part: part, To: value.Some(int64(level))})
	}
	for _, fn := range fw.Functions {
		if level := whole(fn.From, fn.To); level > 0 {
			add(string(fn.ID), level)
			continue
		}
		for _, c := range fw.Categories[fn.CatFrom:fn.CatTo] {
			if level := whole(c.From, c.To); level > 0 {
				add(string(c.ID), level)
				continue
			}
			for i := c.From; i < c.To; i++ {
				if to[i] > 0 {
					add(string(fw.Items[i].ID), to[i])
				}
			}
		}
	}
	return out
}
