package match

import (
	"math/bits"
	"slices"
)

// RepairOptions say how a plan may be mended. The zero value moves nobody.
type RepairOptions struct {
	// MostMoved is how many confirmed visitors may be given another visit, at
	// most, so that those who lost theirs get one.
	MostMoved int
	// Stop, when it says true, ends the search with the best found.
	Stop func() bool
}

// A Repaired is a mended plan. Displaced are the visitors whose visit fell
// through; Placed of them have another one now, and Moved are the confirmed
// visitors who had to change for it.
type Repaired struct {
	Matches   []Match
	Value     int64
	Displaced []string
	Placed    []string
	Moved     []string
	// Most says that no more could be placed whatever the number moved.
	Most bool
	// Best says that nothing of more value places as many and moves no more. It
	// is false when the search was cut short.
	Best bool
}

// Repair mends a plan after people dropped out or changed what they can do. The
// problem is as it is now; before are the matches as they were confirmed. Matches
// that still keep the rules stay; the visitors of the others are displaced and
// looked after, moving as few as possible: first nobody, then one person, and so
// on up to the number allowed. The results are the choices there are: each
// places more people than the one before and moves more.
//
// The search is exhaustive (iterative deepening; Korf 1985): more are moved only
// after every way of moving fewer has failed, so that the number moved is the
// least that places as many.
func Repair(p *Problem, before []Match, opt RepairOptions) ([]Repaired, error) {
	in, err := newInstance(p)
	if err != nil {
		return nil, err
	}
	r := &repairer{in: in, plan: newPlan(in), stop: opt.Stop, added: map[int32]bool{}}
	displaced := r.keep(before)
	var out []Repaired
	reached := -1
	for moves := 0; moves <= max(0, opt.MostMoved) && !r.short; moves++ {
		r.most, r.cut = nil, false
		r.placedMost, r.valueMost = -1, -1
		r.next(displaced, moves, 0)
		if r.placedMost > reached {
			reached = r.placedMost
			out = append(out, r.repaired(displaced))
		}
		if last := &out[len(out)-1]; reached == len(displaced) || !r.cut && !r.short {
			last.Most = true
			break
		}
	}
	return out, nil
}

// A seeker is a visitor to be placed. One who was moved must be.
type seeker struct {
	visitor int32
	must    bool
}

// repairSteps are the most options tried.
const repairSteps = 400_000

type repairer struct {
	in     *instance
	plan   *plan
	kept   []int32
	stop   func() bool
	steps  int
	short  bool
	cut    bool
	added  map[int32]bool
	most   []int32
	placed []int32
	// placedMost and valueMost are what the best plan so far achieves.
	placedMost int
	valueMost  int64
	placedBest []int32
}

// keep takes over the matches that still keep the rules, locked ones first, and
// returns the visitors of the others.
func (r *repairer) keep(before []Match) []seeker {
	person := map[string]int32{}
	for i, a := range r.in.problem.People {
		person[a.ID] = int32(i)
	}
	edge := map[Pair]int32{}
	for e, x := range r.in.problem.Edges {
		edge[Pair{x.Visitor, x.Host}] = int32(e)
	}
	var displaced []seeker
	lost := func(m Match) {
		if v, ok := person[m.Visitor]; ok && len(r.in.byVisitor[v]) > 0 {
			displaced = append(displaced, seeker{v, false})
		}
	}
	for _, first := range []bool{true, false} {
		for _, m := range before {
			e, listed := edge[Pair{m.Visitor, m.Host}]
			if _, locked := r.in.must[e]; (listed && locked) != first {
				continue
			}
			o := int32(-1)
			if listed {
				o = r.option(e, m.Slots)
			}
			if o < 0 || !r.plan.fits(o) {
				lost(m)
				continue
			}
			r.plan.add(o)
		}
	}
	for e := range r.in.must {
		if o := r.in.shortest(e); r.plan.chosen[e] < 0 && r.plan.fits(o) {
			r.plan.add(o)
		}
	}
	r.kept = r.plan.selection()
	slices.SortFunc(displaced, func(a, b seeker) int { return int(a.visitor - b.visitor) })
	return displaced
}

func (r *repairer) option(e int32, slots []int) int32 {
	var set uint64
	for _, s := range slots {
		if s >= 0 && s < r.in.slots {
			set |= 1 << s
		}
	}
	for o := r.in.ofEdge[e][0]; o < r.in.ofEdge[e][1]; o++ {
		if r.in.options[o].slots == set {
			return o
		}
	}
	return -1
}

// next places the first of the pending visitors in every possible way, moving at
// most some people for it, and goes on with the others.
func (r *repairer) next(pending []seeker, moves, placed int) {
	if len(pending) == 0 {
		if placed > r.placedMost || placed == r.placedMost && r.plan.value > r.valueMost {
			r.placedMost, r.valueMost, r.most = placed, r.plan.value, r.plan.selection()
			r.placedBest = slices.Clone(r.placed)
		}
		return
	}
	if r.hopeless(pending, placed) || r.tired() {
		return
	}
	first := pending[0]
	options := slices.Clone(r.in.byVisitor[first.visitor])
	slices.SortStableFunc(options, func(a, b int32) int { return int(r.in.options[b].value - r.in.options[a].value) })
	for _, o := range options {
		r.try(o, pending[1:], moves, placed)
	}
	if !first.must {
		r.next(pending[1:], moves, placed)
	}
}

// hopeless reports whether the best so far cannot be beaten from here.
func (r *repairer) hopeless(pending []seeker, placed int) bool {
	could := placed + len(pending)
	if could != r.placedMost {
		return could < r.placedMost
	}
	value := r.plan.value
	for _, x := range pending {
		var best int64
		for _, o := range r.in.byVisitor[x.visitor] {
			best = max(best, r.in.options[o].value)
		}
		value += best
	}
	return value <= r.valueMost
}

func (r *repairer) tired() bool {
	r.steps++
	if r.steps > repairSteps || r.steps%1024 == 0 && r.stop != nil && r.stop() {
		r.short = true
	}
	return r.short
}

// try puts an option into the plan, moving what is in its way as far as moves
// allow, one rule after the other. Whoever is moved has to be placed as well.
func (r *repairer) try(o int32, pending []seeker, moves, placed int) {
	if r.tired() || r.plan.chosen[r.in.options[o].edge] >= 0 {
		return
	}
	blocking, blocked := r.blocking(o)
	if !blocked {
		r.plan.add(o)
		r.added[o] = true
		r.placed = append(r.placed, r.in.options[o].visitor)
		r.next(pending, moves, placed+1)
		r.placed = r.placed[:len(r.placed)-1]
		delete(r.added, o)
		r.plan.remove(o)
		return
	}
	for _, m := range slices.Clone(blocking) {
		if _, locked := r.in.must[r.in.options[m].edge]; locked || r.added[m] {
			continue
		}
		if moves == 0 {
			r.cut = true
			return
		}
		r.plan.remove(m)
		r.replace(o, m, pending, moves-1, placed)
		r.plan.add(m)
	}
}

// replace goes on trying o after m has made way. Being moved is only acceptable
// with another visit, which counts as no gain: whoever moves had one before.
func (r *repairer) replace(o, m int32, pending []seeker, moves, placed int) {
	rest := append(slices.Clone(pending), seeker{r.in.options[m].visitor, true})
	r.try(o, rest, moves, placed-1)
}

// blocking returns the options any of which could make way so that one rule that
// forbids o is kept, and whether there is such a rule.
func (r *repairer) blocking(o int32) ([]int32, bool) {
	p, x := r.plan, &r.in.options[o]
	for slots := x.slots; slots != 0; slots &= slots - 1 {
		s := bits.TrailingZeros64(slots)
		v, h := int(x.visitor)*r.in.slots+s, int(x.host)*r.in.slots+s
		switch {
		case p.visit[v] >= 0:
			return []int32{p.visit[v]}, true
		case len(p.guests[v]) > 0:
			return p.guests[v][:1], true
		case p.visit[h] >= 0:
			return []int32{p.visit[h]}, true
		case len(p.guests[h]) >= r.in.capacity[x.host]:
			return p.guests[h], true
		}
		if u := r.in.unit[x.visitor]; u >= 0 && p.away[int(u)*r.in.slots+s] >= r.in.unitAway[u] {
			return r.awayWith(u, s), true
		}
	}
	if p.trips[x.visitor] >= r.in.visitCap[x.visitor] {
		return r.visitsOf(x.visitor), true
	}
	return nil, false
}

func (r *repairer) awayWith(unit int32, slot int) []int32 {
	var out []int32
	for p, u := range r.in.unit {
		if o := r.plan.visit[p*r.in.slots+slot]; u == unit && o >= 0 {
			out = append(out, o)
		}
	}
	return out
}

func (r *repairer) visitsOf(v int32) []int32 {
	var out []int32
	for s := range r.in.slots {
		if o := r.plan.visit[int(v)*r.in.slots+s]; o >= 0 && !slices.Contains(out, o) {
			out = append(out, o)
		}
	}
	return out
}

// repaired writes the best plan down.
func (r *repairer) repaired(displaced []seeker) Repaired {
	out := Repaired{Value: r.valueMost, Best: !r.short, Matches: []Match{}}
	name := func(v int32) string { return r.in.problem.People[v].ID }
	for _, o := range r.most {
		out.Matches = append(out.Matches, r.in.match(o))
	}
	moved := map[int32]bool{}
	for _, o := range r.kept {
		if _, still := slices.BinarySearch(r.most, o); !still {
			moved[r.in.options[o].visitor] = true
			out.Moved = append(out.Moved, name(r.in.options[o].visitor))
		}
	}
	for _, x := range displaced {
		out.Displaced = append(out.Displaced, name(x.visitor))
	}
	for _, v := range r.placedBest {
		if !moved[v] {
			out.Placed = append(out.Placed, name(v))
		}
	}
	return out
}
