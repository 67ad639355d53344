package match

// result writes the best plan down.
func (s *search) result() *Result {
	r := &Result{Value: s.value, Steps: s.spent, Finished: !s.stopped, Matches: []Match{}, Certificate: &Certificate{}}
	rounded := &lister{at: map[*Rule]int{}}
	for _, p := range s.parts {
		b := p.tree
		r.Bound += b.bound()
		r.Certificate.Parts = append(r.Certificate.Parts,
			Part{People: p.people, Bound: b.bound(), Root: rounded.tree(b.root)})
	}
	r.Certificate.Rules = rounded.rules
	r.Proved = r.Bound == r.Value
	r.Gap = shortfall(r.Value, r.Bound)
	for _, o := range s.best {
		r.Matches = append(r.Matches, s.in.match(o))
	}
	final := newPlan(s.in)
	final.restore(s.best)
	r.Waiting = final.waiting()
	return r
}

// match writes an option down.
func (in *instance) match(o int32) Match {
	x := &in.options[o]
	m := Match{Visitor: in.problem.People[x.visitor].ID, Host: in.problem.People[x.host].ID, Value: x.value}
	eachSlot(x.slots, func(s int) { m.Slots = append(m.Slots, s) })
	return m
}
