package match

import "slices"

// An option is one way of using an edge: at a slot for half a day, or for both
// halves of a date.
type option struct {
	edge, visitor, host int32
	slots               uint64
	value               int64
}

// An instance is a problem with people numbered and every usable option listed;
// all that follows works on it. The options of an edge are neighbours.
type instance struct {
	problem   *Problem
	slots     int
	capacity  []int
	visitCap  []int
	unit      []int32
	unitAway  []int
	options   []option
	ofEdge    [][2]int32
	byVisitor [][]int32
	byHost    [][]int32
	// must tells for a locked edge the slots that its visit has to include.
	must map[int32]uint64
}

// unlimited stands for a cap that cannot be reached.
const unlimited = 1 << 30

// newInstance validates a problem and prepares it for solving.
func newInstance(p *Problem) (*instance, error) {
	if err := p.validate(); err != nil {
		return nil, err
	}
	in := &instance{problem: p, slots: p.Slots, must: map[int32]uint64{}}
	number, err := in.numberPeople()
	if err != nil {
		return nil, err
	}
	edge, err := in.numberEdges(number)
	if err != nil {
		return nil, err
	}
	excluded, err := in.exclude(number, edge)
	if err != nil {
		return nil, err
	}
	if err := in.lock(number, edge, excluded); err != nil {
		return nil, err
	}
	in.listOptions(number, excluded)
	return in, in.checkLocks()
}

func (in *instance) numberPeople() (map[string]int32, error) {
	p := in.problem
	number := make(map[string]int32, len(p.People))
	units := map[string]int32{}
	for i := range p.People {
		a := &p.People[i]
		if first, dup := number[a.ID]; dup {
			return nil, refuse(at("people", i)+".id", "%q is already %s", a.ID, at("people", int(first)))
		}
		number[a.ID] = int32(i)
		in.capacity = append(in.capacity, a.capacity())
		in.visitCap = append(in.visitCap, min(visitLimit(p.Visits), visitLimit(a.Visits)))
		unit := int32(-1)
		if away, ok := p.Units[a.Unit]; ok {
			if unit, ok = units[a.Unit]; !ok {
				unit = int32(len(units))
				units[a.Unit] = unit
				in.unitAway = append(in.unitAway, away)
			}
		}
		in.unit = append(in.unit, unit)
	}
	return number, nil
}

func visitLimit(n *int) int {
	if n == nil {
		return unlimited
	}
	return min(*n, unlimited)
}

type pairKey [2]int32

// numberEdges checks the edges and returns where each pair is listed.
func (in *instance) numberEdges(number map[string]int32) (map[pairKey]int32, error) {
	p := in.problem
	edge := make(map[pairKey]int32, len(p.Edges))
	for i, e := range p.Edges {
		field := at("edges", i)
		v, ok := number[e.Visitor]
		if !ok {
			return nil, refuse(field+".visitor", "%q is not among the people", e.Visitor)
		}
		h, ok := number[e.Host]
		if !ok {
			return nil, refuse(field+".host", "%q is not among the people", e.Host)
		}
		switch org := p.People[v].Org; {
		case v == h:
			return nil, refuse(field, "%q cannot visit themselves", e.Visitor)
		case org != "" && org == p.People[h].Org:
			return nil, refuse(field, "%q and %q are both of %q; a visit is to another organisation", e.Visitor,
				e.Host, org)
		}
		if bad := outOfRange(e.Half); bad {
			return nil, refuse(field+".half", "is %d; it should be from 0 to %d", *e.Half, maxValue)
		}
		if bad := outOfRange(e.Full); bad {
			return nil, refuse(field+".full", "is %d; it should be from 0 to %d", *e.Full, maxValue)
		}
		if first, dup := edge[pairKey{v, h}]; dup {
			return nil, refuse(field, "%q visiting %q is already %s", e.Visitor, e.Host, at("edges", int(first)))
		}
		edge[pairKey{v, h}] = int32(i)
	}
	return edge, nil
}

func outOfRange(value *int64) bool { return value != nil && (*value < 0 || *value > maxValue) }

// pair looks a named pair up. The edge is -1 when the pair is not listed.
func (in *instance) pair(field, visitor, host string, number map[string]int32, edge map[pairKey]int32) (int32, error) {
	v, ok := number[visitor]
	if !ok {
		return -1, refuse(field, "%q is not among the people", visitor)
	}
	h, ok := number[host]
	if !ok {
		return -1, refuse(field, "%q is not among the people", host)
	}
	if e, ok := edge[pairKey{v, h}]; ok {
		return e, nil
	}
	return -1, nil
}

func (in *instance) exclude(number map[string]int32, edge map[pairKey]int32) (map[int32]bool, error) {
	excluded := map[int32]bool{}
	for i, x := range in.problem.Excluded {
		e, err := in.pair(at("excluded", i), x.Visitor, x.Host, number, edge)
		if err != nil {
			return nil, err
		}
		if e >= 0 {
			excluded[e] = true
		}
	}
	return excluded, nil
}

func (in *instance) lock(number map[string]int32, edge map[pairKey]int32, excluded map[int32]bool) error {
	for i, l := range in.problem.Locked {
		field := at("locked", i)
		e, err := in.pair(field, l.Visitor, l.Host, number, edge)
		switch {
		case err != nil:
			return err
		case l.Slot < 0 || l.Slot >= in.slots:
			return refuse(field, "there is no slot %d; slots are 0 to %d", l.Slot, in.slots-1)
		case e < 0:
			return refuse(field, "%q visiting %q is not among the edges", l.Visitor, l.Host)
		case excluded[e]:
			return refuse(field, "%q visiting %q is both locked and excluded", l.Visitor, l.Host)
		}
		in.must[e] |= 1 << l.Slot
	}
	return nil
}

// listOptions lists what each edge can be used for, given roles, availability,
// wishes, exclusions and locks.
func (in *instance) listOptions(number map[string]int32, excluded map[int32]bool) {
	p := in.problem
	in.ofEdge = make([][2]int32, len(p.Edges))
	in.byVisitor = make([][]int32, len(p.People))
	in.byHost = make([][]int32, len(p.People))
	for i, e := range p.Edges {
		from := int32(len(in.options))
		v, h := number[e.Visitor], number[e.Host]
		if !excluded[int32(i)] && p.People[v].Role.visits() && in.capacity[h] > 0 && in.visitCap[v] > 0 {
			in.addOptions(int32(i), v, h)
		}
		to := int32(len(in.options))
		in.ofEdge[i] = [2]int32{from, to}
		for o := from; o < to; o++ {
			in.byVisitor[v] = append(in.byVisitor[v], o)
			in.byHost[h] = append(in.byHost[h], o)
		}
	}
}

func (in *instance) addOptions(e, v, h int32) {
	p := in.problem
	wants, must := p.People[v].Wants, in.must[e]
	both := func(s int) bool { return p.People[v].free(s) && p.People[h].free(s) }
	add := func(slots uint64, value *int64) {
		if value != nil && must&^slots == 0 {
			in.options = append(in.options, option{e, v, h, slots, *value})
		}
	}
	for s := range in.slots {
		if wants != Full && both(s) {
			add(1<<s, p.Edges[e].Half)
		}
		if wants != Half && s%2 == 0 && s+1 < in.slots && both(s) && both(s+1) {
			add(3<<s, p.Edges[e].Full)
		}
	}
}

// checkLocks refuses locks that no plan can keep. Of the ways to keep a lock the
// shortest leaves most room, so it is enough that these go together.
func (in *instance) checkLocks() error {
	plan := newPlan(in)
	for i, l := range in.problem.Locked {
		e := in.lockedEdge(i)
		if plan.chosen[e] >= 0 {
			continue
		}
		best := in.shortest(e)
		if best < 0 {
			return refuse(at("locked", i), "%q cannot visit %q in slot %d: check role, availability, length and "+
				"other locks of the pair",
				l.Visitor, l.Host, l.Slot)
		}
		if !plan.fits(best) {
			return refuse(at("locked", i), "%q cannot visit %q in slot %d beside the locks before it", l.Visitor,
				l.Host, l.Slot)
		}
		plan.add(best)
	}
	return nil
}

func (in *instance) lockedEdge(i int) int32 {
	l := in.problem.Locked[i]
	return int32(slices.IndexFunc(in.problem.Edges, func(e Edge) bool {
		return e.Visitor == l.Visitor &&
			e.Host == l.Host
	}))
}

// shortest returns the option of an edge that takes the fewest slots, or -1.
func (in *instance) shortest(e int32) int32 {
	best := int32(-1)
	for o := in.ofEdge[e][0]; o < in.ofEdge[e][1]; o++ {
		if best < 0 || !in.options[o].full() {
			best = o
		}
	}
	return best
}

// Possible returns an error that says why when no visit at all can take place.
func (p *Problem) Possible() error {
	in, err := newInstance(p)
	if err != nil {
		return err
	}
	if len(in.options) == 0 {
		return refuse("edges",
			"none of the %d can be used: check roles, capacity, availability, lengths and exclusions", len(p.Edges))
	}
	return nil
}

// unlikely is the first option of the edges that are not likely; before it are
// those of the edges that are.
func (in *instance) unlikely() int32 {
	if n := in.problem.Likely; n > 0 && n < len(in.ofEdge) {
		return in.ofEdge[n][0]
	}
	return int32(len(in.options))
}

// dates is how many dates there are; the last may have one half only.
func (in *instance) dates() int { return (in.slots + 1) / 2 }

// date is the number of the date that an option is on.
func (o *option) date() int { return o.firstSlot() / 2 }

// full reports whether an option takes both halves of its date.
func (o *option) full() bool { return o.slots&(o.slots-1) != 0 }
