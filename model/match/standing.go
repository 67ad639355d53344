package match

import "slices"

// Stand parts matches into those that keep the rules of a problem together and
// those that do not, locked ones and then earlier ones first, and lists who
// waits. It is how a plan made before is looked at when people have changed.
func Stand(p *Problem, matches []Match) (kept, broken []Match, waiting []Waiting, err error) {
	in, err := newInstance(p)
	if err != nil {
		return nil, nil, nil, err
	}
	r := &repairer{in: in, plan: newPlan(in)}
	r.keep(matches)
	chosen := map[Pair]Match{}
	for _, o := range r.plan.selection() {
		m := in.match(o)
		chosen[Pair{m.Visitor, m.Host}] = m
		kept = append(kept, m)
	}
	for _, m := range matches {
		if now, ok := chosen[Pair{m.Visitor, m.Host}]; !ok || !slices.Equal(now.Slots, m.Slots) {
			broken = append(broken, m)
		}
	}
	return kept, broken, r.plan.waiting(), nil
}

// Fill gives the free places of a plan to those who have no visit, the most
// valuable visit first, moving nobody.
func Fill(p *Problem, matches []Match) (filled []Match, waiting []Waiting, err error) {
	in, err := newInstance(p)
	if err != nil {
		return nil, nil, err
	}
	plan := in.planOf(matches)
	order := (&search{in: in}).byValue()
	for _, o := range order {
		if x := &in.options[o]; plan.trips[x.visitor] == 0 && plan.fits(o) {
			plan.add(o)
		}
	}
	for _, o := range plan.selection() {
		filled = append(filled, in.match(o))
	}
	return filled, plan.waiting(), nil
}
