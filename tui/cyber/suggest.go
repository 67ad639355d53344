package cyber

import (
	tea "charm.land/bubbletea/v2"

	"interlocal/model/cyber"
	"interlocal/model/cyber/framework"
	"interlocal/model/cyber/portfolio"
	"interlocal/model/field"
	"interlocal/model/value"
	"interlocal/store"
)

// suggest puts the suggestions on file that a portfolio may begin with. What
// they lift is a judgement to be edited; what they cost is for the cities to
// say.
func (p *joint) suggest() tea.Cmd {
	fw := p.s.frames[framework.CSF20]
	if c := field.Get(p.s.d.View(), p.s.cycle); c != nil && p.s.frames[c.Framework] != nil {
		fw = p.s.frames[c.Framework]
	}
	n := 0
	return p.s.d.Do("add suggested solutions", func(tx *store.Tx) error {
		n = 0
		have := map[string]bool{}
		for s := range field.All[cyber.Solution](tx) {
			have[s.Name] = true
		}
		for _, start := range portfolio.StartingLifts(fw) {
			if have[start.Name] {
				continue
			}
			rec := &cyber.Solution{Name: start.Name, Rule: cyber.CostEqually, Basis: start.Basis, Lifts: partsOf(fw, start.Lifts)}
			if _, err := store.Put(tx, rec); err != nil {
				return err
			}
			n++
		}
		return nil
	}, func(_ store.Result, err error) tea.Cmd {
		if err != nil {
			p.s.d.Fail(err)
			return nil
		}
		p.s.d.SayUndo(count(n, "suggestion", "suggestions") + " added. Enter opens one: write what it costs, and check what it lifts.")
		return p.renew()
	})
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
