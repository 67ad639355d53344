package match

import (
	"math"
	"math/bits"
	"math/rand/v2"
)

// An annealer improves a plan by simulated annealing (Kirkpatrick, Gelatt and
// Vecchi 1983). A move puts in one option and takes out the few that stand in
// its way; a poorer plan is accepted with a probability that falls as the
// search cools. The best plan seen is kept.
type annealer struct {
	in     *instance
	plan   *plan
	random *rand.Rand
	// pool holds the options worth trying. Who loses a visit is given another
	// below the option unlikely only.
	pool     []int32
	unlikely int32
	best     []int32
	// bestValue and startHeat are in points of value.
	bestValue int64
	out       []int32
}

func newAnnealer(in *instance, start []int32, seed uint64) *annealer {
	a := &annealer{in: in, plan: newPlan(in), random: rand.New(rand.NewPCG(seed, 1))}
	a.plan.restore(start)
	a.best, a.bestValue = a.plan.selection(), a.plan.value
	a.unlikely = in.unlikely()
	for o := range a.unlikely {
		a.pool = append(a.pool, o)
	}
	return a
}

// firstPlan keeps the locks and adds what fits, best for its length first.
func firstPlan(in *instance, order []int32) []int32 {
	p := newPlan(in)
	for e := range in.must {
		p.add(in.shortest(e))
	}
	for _, o := range order {
		if p.fits(o) {
			p.add(o)
		}
	}
	return p.selection()
}

// stepsBetweenLooks moves are made between two looks at the clock.
const stepsBetweenLooks = 2048

// run makes a number of moves while cooling from one heat to another, and
// returns how many it made before being stopped.
func (a *annealer) run(steps int64, hot, cold float64, stop func() bool) int64 {
	if len(a.pool) == 0 {
		return 0
	}
	cooling := math.Pow(cold/hot, 1/float64(max(1, steps/stepsBetweenLooks)))
	heat := hot
	for done := int64(0); done < steps; done += stepsBetweenLooks {
		if stop() {
			return done
		}
		for range stepsBetweenLooks {
			a.move(heat)
		}
		a.note()
		heat *= cooling
	}
	return steps
}

// move tries one option of the pool.
func (a *annealer) move(heat float64) {
	o := a.pool[a.random.IntN(len(a.pool))]
	x := &a.in.options[o]
	if a.plan.chosen[x.edge] == o {
		return
	}
	loss, ok := a.inTheWay(o)
	if !ok {
		return
	}
	gain := x.value - loss
	if gain < 0 && a.random.Float64() >= math.Exp(float64(gain)/heat) {
		return
	}
	for _, r := range a.out {
		a.plan.remove(r)
	}
	a.plan.add(o)
	for _, r := range a.out {
		a.refill(a.in.options[r].visitor)
		a.refillHost(a.in.options[r].host)
	}
}

// note keeps the plan if it is the best so far. Writing a plan down takes long
// beside a move, so this is done between batches of moves only.
func (a *annealer) note() {
	if a.plan.value > a.bestValue {
		a.bestValue = a.plan.value
		a.best = append(a.best[:0], a.plan.selection()...)
	}
}

// inTheWay collects in a.out what has to leave for an option to enter, and its
// value. It fails when a lock, or a cap of nothing, is in the way.
func (a *annealer) inTheWay(o int32) (int64, bool) {
	p, in := a.plan, a.in
	x := &in.options[o]
	a.out = a.out[:0]
	var loss int64
	ok := true
	leave := func(r int32) {
		for _, known := range a.out {
			if known == r {
				return
			}
		}
		y := &in.options[r]
		if _, locked := in.must[y.edge]; locked && y.edge != x.edge {
			ok = false
		}
		a.out = append(a.out, r)
		loss += y.value
	}
	if r := p.chosen[x.edge]; r >= 0 {
		leave(r)
	}
	for slots := x.slots; slots != 0 && ok; slots &= slots - 1 {
		s := bits.TrailingZeros64(slots)
		v, h := int(x.visitor)*in.slots+s, int(x.host)*in.slots+s
		if r := p.visit[v]; r >= 0 {
			leave(r)
		}
		for _, r := range p.guests[v] {
			leave(r)
		}
		if r := p.visit[h]; r >= 0 {
			leave(r)
		}
		if a.staying(p.guests[h]) >= in.capacity[x.host] {
			leave(a.leastGuest(p.guests[h]))
		}
	}
	if ok && p.trips[x.visitor]-a.leaving(x.visitor) >= in.visitCap[x.visitor] {
		ok = a.dropTrip(x.visitor, leave) && ok
	}
	return loss, ok && a.unitHasRoom(x)
}

// staying counts the guests that do not leave anyway.
func (a *annealer) staying(guests []int32) int {
	n := len(guests)
	for _, g := range guests {
		for _, r := range a.out {
			if r == g {
				n--
			}
		}
	}
	return n
}

// leastGuest is the guest of least value in the slot, or of equal value one at
// random, so that no guest is always the one to go.
func (a *annealer) leastGuest(guests []int32) int32 {
	best, score := guests[0], math.Inf(1)
	for _, g := range guests {
		gone := false
		for _, r := range a.out {
			gone = gone || r == g
		}
		y := &a.in.options[g]
		_, locked := a.in.must[y.edge]
		if gone || locked {
			continue
		}
		if v := float64(y.value) * (0.7 + 0.6*a.random.Float64()); v < score {
			best, score = g, v
		}
	}
	return best
}

func (a *annealer) leaving(visitor int32) int {
	n := 0
	for _, r := range a.out {
		if a.in.options[r].visitor == visitor {
			n++
		}
	}
	return n
}

// dropTrip makes somebody who may make no more visits give up the least one.
func (a *annealer) dropTrip(visitor int32, leave func(int32)) bool {
	least := int32(-1)
	for s := range a.in.slots {
		r := a.plan.visit[int(visitor)*a.in.slots+s]
		if r >= 0 && (least < 0 || a.in.options[r].value < a.in.options[least].value) {
			least = r
		}
	}
	if least < 0 {
		return false
	}
	before := len(a.out)
	leave(least)
	return len(a.out) > before
}

// unitHasRoom reports whether the visitor's unit can spare one more.
func (a *annealer) unitHasRoom(x *option) bool {
	u := a.in.unit[x.visitor]
	if u < 0 {
		return true
	}
	for slots := x.slots; slots != 0; slots &= slots - 1 {
		s := bits.TrailingZeros64(slots)
		away := a.plan.away[int(u)*a.in.slots+s]
		for _, r := range a.out {
			y := &a.in.options[r]
			if a.in.unit[y.visitor] == u && y.slots>>s&1 == 1 {
				away--
			}
		}
		if away >= a.in.unitAway[u] {
			return false
		}
	}
	return true
}

// refill gives a visitor who lost a visit the best that fits.
func (a *annealer) refill(v int32) { a.addBest(a.in.byVisitor[v]) }

// refillHost gives a host who lost a guest the best that fits.
func (a *annealer) refillHost(h int32) { a.addBest(a.in.byHost[h]) }

func (a *annealer) addBest(options []int32) {
	best := int32(-1)
	for _, o := range options {
		if o >= a.unlikely {
			break
		}
		if (best < 0 || a.in.options[o].value > a.in.options[best].value) && a.plan.fits(o) {
			best = o
		}
	}
	if best >= 0 {
		a.plan.add(best)
	}
}
