package match

import (
	"math/rand/v2"
	"slices"
)

// Annealing gets close and no closer. What remains is found by taking the plan
// apart among a few dozen people who are near each other, and putting it together
// again in the best possible way, by branch and cut, with everybody else's visits
// left as they are (large neighbourhood search; Shaw 1998).

// A neighbourhood is sized so that most are settled without case distinctions; of
// a small part it is a third.
const (
	fewest = 60
	most   = 400
	// hardWork steps are the most spent on one neighbourhood.
	hardWork = 150_000
)

type explorer struct {
	*search
	random *rand.Rand
	// near lists for each person the options worth trying, as either end.
	near [][]int32
	// size is how many people a neighbourhood has: from least to largest, a step
	// more after one that was easy, three less after one that was hard.
	size, least, largest, step int
	since                      int
	// doubtful are the options of which the relaxation would use some part.
	doubtful []int32
}

// explore improves the best plan until the budget reaches a limit, the plan is
// proved best, or nothing has come of many neighbourhoods in a row.
func (s *search) explore(limit int64, pool []int32) {
	x := &explorer{search: s, random: rand.New(rand.NewPCG(s.in.problem.Seed, 2+s.attempt)),
		near: make([][]int32, len(s.in.capacity))}
	for _, o := range pool {
		v, h := s.in.options[o].visitor, s.in.options[o].host
		x.near[v] = append(x.near[v], o)
		x.near[h] = append(x.near[h], o)
	}
	if len(pool) == 0 {
		return
	}
	for _, o := range pool {
		if shares := s.parts[s.partOf[s.in.options[o].host]].shares; shares != nil && shares[o] > inDoubt {
			x.doubtful = append(x.doubtful, o)
		}
	}
	people := 0
	for _, near := range x.near {
		if len(near) > 0 {
			people++
		}
	}
	x.size, x.least, x.largest, x.step = min(max(people/4, fewest), most), fewest/2, 2*most, 4
	if people < 3*fewest {
		x.size, x.least, x.largest, x.step = people/3+2, 4, people*2/3, 1
	}
	p := newPlan(s.in)
	p.restore(s.best)
	for s.spent < limit && !s.stop() && x.since < 2*len(pool)/x.size+40 {
		x.since++
		if x.improve(p, x.around(p), limit) {
			x.since = 0
			s.tell()
		}
	}
}

// Half the neighbourhoods are around an option of which the relaxation would use
// more than this part and the plan does not, found in so many looks.
const (
	inDoubt = 0.3
	looks   = 30
)

// around collects the people near one chosen at random.
func (x *explorer) around(p *plan) map[int32]bool {
	o := &x.in.options[x.pick(p)]
	inside := map[int32]bool{o.visitor: true, o.host: true}
	queue := []int32{o.visitor, o.host}
	for k := 0; k < len(queue) && len(inside) < x.size; k++ {
		near := x.near[queue[k]]
		for _, i := range x.random.Perm(len(near)) {
			for _, who := range []int32{x.in.options[near[i]].visitor, x.in.options[near[i]].host} {
				if !inside[who] && len(inside) < x.size {
					inside[who] = true
					queue = append(queue, who)
				}
			}
		}
	}
	return inside
}

func (x *explorer) pick(p *plan) int32 {
	if len(x.doubtful) > 0 && x.random.IntN(2) == 0 {
		for range looks {
			o := x.doubtful[x.random.IntN(len(x.doubtful))]
			if p.chosen[x.in.options[o].edge] != o {
				return o
			}
		}
	}
	for {
		if near := x.near[x.random.IntN(len(x.near))]; len(near) > 0 {
			return near[x.random.IntN(len(near))]
		}
	}
}

// improve replaces the visits among the people inside by the best ones, as far
// as the work allows, and reports whether the plan became better.
func (x *explorer) improve(p *plan, inside map[int32]bool, limit int64) bool {
	in := x.in
	var old []int32
	for _, o := range p.selection() {
		if inside[in.options[o].visitor] && inside[in.options[o].host] {
			old = append(old, o)
			p.remove(o)
		}
	}
	base := p.value
	fixed := p.selection()
	var options []int32
	for who := range inside {
		for _, o := range x.near[who] {
			if y := &in.options[o]; y.visitor == who && inside[y.host] && p.fits(o) {
				options = append(options, o)
			}
		}
	}
	options = append(options, old...)
	slices.Sort(options)
	options = slices.Compact(options)
	b := x.subproblem(p, inside, options)
	b.fixed, b.base = fixed, base
	for _, o := range old {
		b.value += in.options[o].value
	}
	b.best = append(slices.Clone(fixed), old...)
	before := b.value
	spent := x.spent
	done := int64(0)
	b.found = func(int64, []int32) {}
	b.work = func() bool {
		x.spent += b.relax.lp.steps() - done
		done = b.relax.lp.steps()
		return x.spent-spent > hardWork || x.spent >= limit || x.stop()
	}
	b.run()
	hard := b.work()
	x.spent += int64(200 + len(options))
	switch {
	case hard && x.size > x.least:
		x.size -= 3 * x.step
	case !hard && x.size < x.largest:
		x.size += x.step
	}
	slices.Sort(b.best)
	p.restore(b.best)
	x.take(p.value, b.best)
	return b.value > before
}

// subproblem relaxes what the options can make of the room that a plan leaves.
func (x *explorer) subproblem(p *plan, inside map[int32]bool, options []int32) *brancher {
	in := x.in
	b := &brancher{in: in, options: options, prover: newProver(in, options), root: &Node{}, mended: newPlan(in)}
	var most int64
	for _, o := range options {
		most = max(most, in.options[o].value)
	}
	b.relax = newRelaxation(in, options, 16*(most+1))
	people := make([]int32, 0, len(inside))
	for who := range inside {
		people = append(people, who)
	}
	slices.Sort(people)
	for _, who := range people {
		for _, r := range x.rules[who] {
			for _, t := range r.terms {
				if p.chosen[in.options[t.option].edge] == t.option {
					r.limit -= int64(t.weight)
				}
			}
			b.relax.addRow(r)
		}
	}
	b.open = frontier{{bound: x.freeBound(options), node: b.root}}
	return b
}
