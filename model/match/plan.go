package match

import "math/bits"

// A plan is a set of options that keeps every rule. For each person and slot it
// knows the visit made and the visits received, so that what stands in the way
// of an option is found without searching.
type plan struct {
	in *instance
	// chosen is the option used of each edge, or -1.
	chosen []int32
	// visit[p*slots+s] is the option by which p is away, or -1.
	visit []int32
	// guests[p*slots+s] are the options by which others come.
	guests [][]int32
	// trips counts the visits a person makes, away those a unit makes in a slot.
	trips []int
	away  []int
	value int64
}

func newPlan(in *instance) *plan {
	n := len(in.capacity)
	p := &plan{
		in: in, chosen: make([]int32, len(in.ofEdge)), visit: make([]int32, n*in.slots),
		guests: make([][]int32, n*in.slots), trips: make([]int, n), away: make([]int, len(in.unitAway)*in.slots),
	}
	for i := range p.chosen {
		p.chosen[i] = -1
	}
	for i := range p.visit {
		p.visit[i] = -1
	}
	return p
}

// eachSlot calls f for every slot of a set.
func eachSlot(slots uint64, f func(s int)) {
	for ; slots != 0; slots &= slots - 1 {
		f(bits.TrailingZeros64(slots))
	}
}

// fits reports whether an option can be added as things stand.
func (p *plan) fits(o int32) bool {
	x := &p.in.options[o]
	if p.chosen[x.edge] >= 0 || p.trips[x.visitor] >= p.in.visitCap[x.visitor] {
		return false
	}
	for slots := x.slots; slots != 0; slots &= slots - 1 {
		s := bits.TrailingZeros64(slots)
		v, h := int(x.visitor)*p.in.slots+s, int(x.host)*p.in.slots+s
		if p.visit[v] >= 0 || len(p.guests[v]) > 0 || p.visit[h] >= 0 || len(p.guests[h]) >= p.in.capacity[x.host] {
			return false
		}
		if u := p.in.unit[x.visitor]; u >= 0 && p.away[int(u)*p.in.slots+s] >= p.in.unitAway[u] {
			return false
		}
	}
	return true
}

// add puts an option that fits into the plan.
func (p *plan) add(o int32) {
	x := &p.in.options[o]
	p.chosen[x.edge] = o
	p.trips[x.visitor]++
	p.value += x.value
	for slots := x.slots; slots != 0; slots &= slots - 1 {
		s := bits.TrailingZeros64(slots)
		p.visit[int(x.visitor)*p.in.slots+s] = o
		h := int(x.host)*p.in.slots + s
		p.guests[h] = append(p.guests[h], o)
		if u := p.in.unit[x.visitor]; u >= 0 {
			p.away[int(u)*p.in.slots+s]++
		}
	}
}

// remove takes an option out of the plan.
func (p *plan) remove(o int32) {
	x := &p.in.options[o]
	p.chosen[x.edge] = -1
	p.trips[x.visitor]--
	p.value -= x.value
	for slots := x.slots; slots != 0; slots &= slots - 1 {
		s := bits.TrailingZeros64(slots)
		p.visit[int(x.visitor)*p.in.slots+s] = -1
		list := p.guests[int(x.host)*p.in.slots+s]
		for i, g := range list {
			if g == o {
				list[i] = list[len(list)-1]
				p.guests[int(x.host)*p.in.slots+s] = list[:len(list)-1]
				break
			}
		}
		if u := p.in.unit[x.visitor]; u >= 0 {
			p.away[int(u)*p.in.slots+s]--
		}
	}
}

// selection lists the options in the plan, by edge.
func (p *plan) selection() []int32 {
	var out []int32
	for _, o := range p.chosen {
		if o >= 0 {
			out = append(out, o)
		}
	}
	return out
}

// restore makes the plan consist of the options given.
func (p *plan) restore(selection []int32) {
	for _, o := range p.selection() {
		p.remove(o)
	}
	for _, o := range selection {
		p.add(o)
	}
}
