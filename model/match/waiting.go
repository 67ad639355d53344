package match

import (
	"math/bits"
	"slices"
)

// A Hurdle is what keeps a visit out of a plan.
type Hurdle string

// The hurdles, from those that nothing in the plan can change to those that are
// a matter of better use.
const (
	// NotListed: no host is listed, or the pair is not.
	NotListed Hurdle = "not listed"
	// NoSharedSlot: visitor and host are never both free for the length wished,
	// or the pair is excluded.
	NoSharedSlot Hurdle = "no shared slot"
	// UnitAway: as many of the visitor's unit are away as may be.
	UnitAway Hurdle = "unit is away"
	// VisitsMade: the visitor makes as many visits as they may.
	VisitsMade Hurdle = "visits made"
	// VisitorAway: the visitor is with another host then.
	VisitorAway Hurdle = "visiting elsewhere"
	// VisitorHosts: the visitor has visitors of their own then.
	VisitorHosts Hurdle = "is hosting"
	// HostVisits: the host is away visiting then.
	HostVisits Hurdle = "host is visiting"
	// HostFull: the host has as many visitors then as they take.
	HostFull Hurdle = "host is full"
	// NothingInTheWay: the visit could be added as things stand.
	NothingInTheWay Hurdle = "nothing"
)

// Waiting names somebody who signed up to visit and got no visit, and why.
type Waiting struct {
	Person string `json:"person"`
	Reason Hurdle `json:"reason"`
	// Host is the one whom it would cost least to visit, Instead the visits that
	// would make way, and Cost what that takes from the value of the plan.
	Host    string  `json:"host,omitempty"`
	Instead []Match `json:"instead,omitempty"`
	Cost    int64   `json:"cost,omitempty"`
}

// A WhyNot says, for one way of bringing a visitor to a host, what is in its way
// and what forcing it would cost before anybody else is given another visit.
type WhyNot struct {
	Slots   []int
	Hurdle  Hurdle
	Instead []Match
	// Cost is the value of what makes way less the value of the visit.
	Cost int64
}

// Explain tells why a visitor does not visit a host in a plan: one answer for
// each slot and length that would be possible by itself, cheapest first. Without
// any there is one answer that says why.
func Explain(p *Problem, matches []Match, visitor, host string) ([]WhyNot, error) {
	in, err := newInstance(p)
	if err != nil {
		return nil, err
	}
	plan := in.planOf(matches)
	e := slices.IndexFunc(p.Edges, func(e Edge) bool { return e.Visitor == visitor && e.Host == host })
	if e < 0 {
		return []WhyNot{{Hurdle: NotListed}}, nil
	}
	var out []WhyNot
	for o := in.ofEdge[e][0]; o < in.ofEdge[e][1]; o++ {
		if plan.chosen[e] != o {
			out = append(out, plan.whyNot(o))
		}
	}
	if len(out) == 0 && plan.chosen[e] < 0 {
		return []WhyNot{{Hurdle: NoSharedSlot}}, nil
	}
	slices.SortStableFunc(out, func(a, b WhyNot) int { return int(a.Cost - b.Cost) })
	return out, nil
}

// planOf takes over the matches that keep the rules.
func (in *instance) planOf(matches []Match) *plan {
	r := &repairer{in: in, plan: newPlan(in)}
	r.keep(matches)
	return r.plan
}

// whyNot names the first hurdle of an option and everything that would have to
// make way; of the guests of a full host, the one of least value.
func (p *plan) whyNot(o int32) WhyNot {
	in, x := p.in, &p.in.options[o]
	w := WhyNot{Hurdle: NothingInTheWay, Slots: in.match(o).Slots, Cost: -x.value}
	var out []int32
	hurdle := func(h Hurdle, least bool, options ...int32) {
		if w.Hurdle == NothingInTheWay {
			w.Hurdle = h
		}
		options = slices.DeleteFunc(slices.Clone(options),
			func(o int32) bool { return least && slices.Contains(out, o) })
		slices.SortStableFunc(options, func(a, b int32) int { return int(in.options[a].value - in.options[b].value) })
		if least && len(options) > 0 {
			options = options[:1]
		}
		for _, r := range options {
			if !slices.Contains(out, r) {
				out = append(out, r)
				w.Cost += in.options[r].value
				w.Instead = append(w.Instead, in.match(r))
			}
		}
	}
	if r := p.chosen[x.edge]; r >= 0 {
		hurdle(VisitorAway, false, r)
	}
	for slots := x.slots; slots != 0; slots &= slots - 1 {
		s := bits.TrailingZeros64(slots)
		v, h := int(x.visitor)*in.slots+s, int(x.host)*in.slots+s
		if r := p.visit[v]; r >= 0 {
			hurdle(VisitorAway, false, r)
		}
		if len(p.guests[v]) > 0 {
			hurdle(VisitorHosts, false, p.guests[v]...)
		}
		if r := p.visit[h]; r >= 0 {
			hurdle(HostVisits, false, r)
		}
		if len(p.guests[h])-countShared(p.guests[h], out) >= in.capacity[x.host] {
			hurdle(HostFull, true, p.guests[h]...)
		}
		if u := in.unit[x.visitor]; u >= 0 && p.away[int(u)*in.slots+s] >= in.unitAway[u] {
			hurdle(UnitAway, true, (&repairer{in: in, plan: p}).awayWith(u, s)...)
		}
	}
	if p.trips[x.visitor] >= in.visitCap[x.visitor] {
		hurdle(VisitsMade, true, (&repairer{in: in, plan: p}).visitsOf(x.visitor)...)
	}
	return w
}

func countShared(a, b []int32) int {
	n := 0
	for _, x := range a {
		if slices.Contains(b, x) {
			n++
		}
	}
	return n
}

// waiting lists those who signed up to visit and do not.
func (p *plan) waiting() []Waiting {
	in := p.in
	var out []Waiting
	listed := map[string]bool{}
	for _, e := range in.problem.Edges {
		listed[e.Visitor] = true
	}
	for v := range in.problem.People {
		a := &in.problem.People[v]
		switch {
		case !a.Role.visits() || p.trips[v] > 0 || in.visitCap[v] == 0:
		case !listed[a.ID]:
			out = append(out, Waiting{Person: a.ID, Reason: NotListed})
		case len(in.byVisitor[v]) == 0:
			out = append(out, Waiting{Person: a.ID, Reason: NoSharedSlot})
		default:
			out = append(out, p.cheapest(int32(v)))
		}
	}
	return out
}

// cheapest is the visit of somebody without one that would cost least.
func (p *plan) cheapest(v int32) Waiting {
	best := Waiting{Person: p.in.problem.People[v].ID}
	for i, o := range p.in.byVisitor[v] {
		w := p.whyNot(o)
		if i == 0 || w.Cost < best.Cost {
			best.Reason, best.Cost, best.Instead = w.Hurdle, w.Cost, w.Instead
			best.Host = p.in.problem.People[p.in.options[o].host].ID
		}
	}
	return best
}
