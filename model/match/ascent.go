package match

import (
	"math"
	"math/bits"
	"slices"
)

// Good prices can be had quickly by changing those that are wrong a little at a
// time (the subgradient method; Held and Karp 1971, with Polyak's step). They are
// not the best, but they tell which rules and which options matter, so that the
// simplex method has little left to do.
type ascent struct {
	in      *instance
	options []int32
	rows    []row
	price   []float64
	best    []float64
	bound   float64
	slack   []float64
	step    []float64
	// Meet prices, one for each edge and slot of hosts who also visit, are
	// kept apart: a visit pays those of everybody who might come.
	meet     []float64
	bestMeet []float64
	meetStep []float64
	visitPay []float64
	away     []float64
	used     []float64
	// So are the prices of host day rules, one for each edge and date.
	days   days
	charge []float64
	edges  []int32
	// places are the prices about meeting that can matter.
	places []place
	// column lists what each option adds to the rows, from[o] on.
	column []element
	from   []int32
	// mean is how often an option was chosen of late: close to the shares that
	// a relaxation would give (the volume algorithm; Barahona and Anbil 2000).
	mean []float64
}

// A place is where an edge and a person meet: of a price, by edge, and of what
// goes on, by person.
type place struct{ at, who int32 }

func newAscent(in *instance, options []int32, rows []row) *ascent {
	people := len(in.capacity) * in.slots
	a := &ascent{
		in: in, options: options, rows: rows, bound: math.Inf(1),
		price: make([]float64, len(rows)), slack: make([]float64, len(rows)), step: make([]float64, len(rows)),
		visitPay: make([]float64, people), away: make([]float64, people),
		charge: make([]float64, len(in.options)), mean: make([]float64, len(in.options)),
	}
	dual := make([]bool, people)
	for p := range in.capacity {
		for s := range in.slots {
			dual[p*in.slots+s] = in.capacity[p] > 1 && in.countIn(in.byVisitor[p], s) > 0
		}
	}
	last := int32(-1)
	for _, o := range options {
		if e := in.options[o].edge; e != last {
			a.edges, last = append(a.edges, e), e
		}
	}
	for _, v := range []*[]float64{&a.meet, &a.meetStep, &a.used} {
		*v = make([]float64, len(a.edges)*in.slots)
	}
	for k, e := range a.edges {
		for s := range in.slots {
			if who := int(in.options[in.ofEdge[e][0]].host)*in.slots + s; dual[who] {
				a.places = append(a.places, place{int32(k*in.slots + s), int32(who)})
			}
		}
	}
	a.days = newDays(in, options, a.edges)
	a.transpose()
	return a
}

// transpose lists the terms of the rows by option.
func (a *ascent) transpose() {
	a.from = make([]int32, len(a.in.options)+1)
	for i := range a.rows {
		for _, t := range a.rows[i].terms {
			a.from[t.option+1]++
		}
	}
	for o := range a.in.options {
		a.from[o+1] += a.from[o]
	}
	a.column = make([]element, a.from[len(a.in.options)])
	next := slices.Clone(a.from)
	for i := range a.rows {
		for _, t := range a.rows[i].terms {
			a.column[next[t.option]] = element{int32(i), float64(t.weight)}
			next[t.option]++
		}
	}
}

// memory is the part of the last direction kept in the next, fresh the part of
// the last choice in the mean.
const (
	memory = 0.93
	fresh  = 0.04
)

// Polyak's step is taken in part at first, and in a smaller part after so many
// rounds without gain. It does not become so small that the choices stand still,
// as their mean is wanted.
const (
	firstStep = 0.5
	laterStep = 0.1
	leastStep = 0.005
	patience  = 30
)

// run improves the prices for a number of rounds, aiming for some value with a
// share of Polyak's step.
func (a *ascent) run(rounds int, value, scale float64, stop func() bool) {
	since := 0
	for range rounds {
		if stop() {
			return
		}
		bound := a.evaluate()
		a.remember()
		if bound < a.bound-1e-5*math.Abs(bound) {
			since = 0
		} else if since++; since >= patience {
			scale, since = max(scale*0.7, leastStep), 0
		}
		if bound < a.bound {
			a.bound = bound
			a.best = append(a.best[:0], a.price...)
			a.bestMeet = append(a.bestMeet[:0], a.meet...)
			a.days.best = append(a.days.best[:0], a.days.price...)
		}
		a.move(scale * (bound - value))
	}
}

// remember lets the options chosen count in the mean.
func (a *ascent) remember() {
	for _, o := range a.options {
		a.mean[o] *= 1 - fresh
		if a.charge[o] == chosenMark {
			a.mean[o] += fresh
		}
	}
}

// shares reads the mean as shares of the options, what is faint in it left out.
func (a *ascent) shares() []float64 {
	out := make([]float64, len(a.options))
	for c, o := range a.options {
		switch v := a.mean[o]; {
		case v > 1-fresh:
			out[c] = 1
		case v >= fresh:
			out[c] = v
		}
	}
	return out
}

// with goes on from the best prices with more rules than before.
func (a *ascent) with(rows []row) *ascent {
	a.finish()
	next := newAscent(a.in, a.options, rows)
	copy(next.price, a.price)
	copy(next.meet, a.meet)
	copy(next.days.price, a.days.price)
	next.mean = a.mean
	return next
}

// evaluate computes what the prices prove, and for every rule how much of its
// limit the options that would be chosen leave.
func (a *ascent) evaluate() float64 {
	in := a.in
	for _, o := range a.options {
		a.charge[o] = float64(in.options[o].value)
	}
	var sum float64
	for i := range a.rows {
		r := &a.rows[i]
		a.slack[i] = float64(r.limit)
		if v := a.price[i]; v > 0 {
			sum += v * float64(r.limit)
			for _, t := range r.terms {
				a.charge[t.option] -= v * float64(t.weight)
			}
		}
	}
	clear(a.visitPay)
	clear(a.away)
	clear(a.used)
	for _, p := range a.places {
		if v := a.meet[p.at]; v > 0 {
			a.visitPay[p.who] += v
			sum += v
		}
	}
	sum += a.days.collect()
	for k, e := range a.edges {
		sum += a.choose(k, e)
	}
	return sum
}

// chosenMark marks in charge the option an edge would use.
const chosenMark = math.MaxFloat64

// choose finds the option of an edge that pays most beyond its charges.
func (a *ascent) choose(k int, e int32) float64 {
	in := a.in
	best, at := 0.0, int32(-1)
	if _, locked := in.must[e]; locked {
		best = math.Inf(-1)
	}
	for o := in.ofEdge[e][0]; o < in.ofEdge[e][1]; o++ {
		x := &in.options[o]
		c := a.charge[o] - a.days.charge(k, x)
		for rest := x.slots; rest != 0; rest &= rest - 1 {
			s := bits.TrailingZeros64(rest)
			c -= a.meet[k*in.slots+s] + a.visitPay[int(x.visitor)*in.slots+s]
		}
		if c > best {
			best, at = c, o
		}
	}
	if at >= 0 {
		a.charge[at] = chosenMark
		x := &in.options[at]
		eachSlot(x.slots, func(s int) {
			a.used[k*in.slots+s]++
			a.away[int(x.visitor)*in.slots+s]++
		})
		a.days.use(k, x)
		for _, t := range a.column[a.from[at]:a.from[at+1]] {
			a.slack[t.at] -= t.value
		}
	}
	return best
}

// move changes the prices against what the rules leave.
func (a *ascent) move(by float64) {
	var norm float64
	for i := range a.rows {
		a.step[i] = memory*a.step[i] - a.slack[i]
		if a.price[i] > 0 || a.step[i] > 0 {
			norm += a.step[i] * a.step[i]
		}
	}
	for _, p := range a.places {
		step := memory*a.meetStep[p.at] - (1 - a.used[p.at] - a.away[p.who])
		a.meetStep[p.at] = step
		if a.meet[p.at] > 0 || step > 0 {
			norm += step * step
		}
	}
	norm += a.days.turn()
	if norm == 0 {
		return
	}
	by /= norm
	a.days.move(by)
	for i, d := range a.step {
		a.price[i] = max(0, a.price[i]+by*d)
	}
	for _, p := range a.places {
		a.meet[p.at] = max(0, a.meet[p.at]+by*a.meetStep[p.at])
	}
}

// finish goes back to the best prices.
func (a *ascent) finish() {
	if a.best == nil {
		return
	}
	copy(a.price, a.best)
	copy(a.meet, a.bestMeet)
	copy(a.days.price, a.days.best)
	a.evaluate()
}

// eachPair visits the rules about pairs that have a price of their own and no row.
func (a *ascent) eachPair(visit func(r Rule, price float64)) {
	for k, e := range a.edges {
		for s := range a.in.slots {
			if v := a.meet[k*a.in.slots+s]; v > 0 {
				visit(Rule{Kind: MeetRule, Who: int(e), Slot: s}, v)
			}
		}
		for date := range a.in.dates() {
			if v := a.days.price[k*a.in.dates()+date]; v > 0 {
				visit(Rule{Kind: HostDayRule, Who: int(e), Slot: 2 * date}, v)
			}
		}
	}
}

// gain is what an option pays beyond its charges at the present prices, the
// rules about meeting among them; call it after refresh.
func (a *ascent) refresh() []float64 {
	in := a.in
	a.finish()
	for _, o := range a.options {
		a.charge[o] = float64(in.options[o].value)
	}
	for i := range a.rows {
		for _, t := range a.rows[i].terms {
			a.charge[t.option] -= a.price[i] * float64(t.weight)
		}
	}
	for k, e := range a.edges {
		for o := in.ofEdge[e][0]; o < in.ofEdge[e][1]; o++ {
			x := &in.options[o]
			a.charge[o] -= a.days.charge(k, x)
			eachSlot(x.slots, func(s int) {
				a.charge[o] -= a.meet[k*in.slots+s] + a.visitPay[int(x.visitor)*in.slots+s]
			})
		}
	}
	return a.charge
}
