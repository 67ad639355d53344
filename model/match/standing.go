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
