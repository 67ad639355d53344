package cyber

import (
	tea "charm.land/bubbletea/v2"

	"interlocal/model/cyber/assess"
	"interlocal/model/cyber/framework"
	"interlocal/model/field"
	"interlocal/store/run"
)

// suggest puts the suggestions on file that a portfolio may begin with. What
// they lift is a judgement to be edited; what they cost is for the cities to
// say.
func (p *joint) suggest() tea.Cmd {
	fw := p.s.frames[framework.CSF20]
	if c := field.Get(p.s.d.View(), p.s.cycle); c != nil && p.s.frames[c.Framework] != nil {
		fw = p.s.frames[c.Framework]
	}
	set := func(args any) { args.(*assess.Suggesting).Framework = fw.Version }
	return p.s.perform("solution.suggest", 0, set, func(done run.Done, err error) tea.Cmd {
		if err != nil {
			p.s.d.Fail(err)
			return nil
		}
		p.s.d.SayUndo(count(done.Detail.(int), "suggestion", "suggestions") + " added. Enter opens one: write what it costs, and check what it lifts.")
		return p.renew()
	})
}
