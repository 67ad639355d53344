package match

import (
	"errors"
	"fmt"
	"math/bits"
	"slices"
)

// A tree is a proof being walked. Options are barred and taken by the cases
// between the root and the node looked at.
type tree struct {
	*checker
	edges  []int
	target int64
	barred []int
	taken  map[int]int
	// charge is room to add up in what each use is charged.
	charge []safeSum
	// listed are the rules of the certificate, written out.
	listed []written
	// partOf is the part that each person is in, and own the one being proved.
	partOf []int
	own    int
}

// A written rule is one written out.
type written struct {
	weight map[int]int64
	limit  int64
}

// maxDepth keeps a malicious certificate from exhausting the stack.
const maxDepth = 10_000

func (t *tree) verify(n *Node, depth int) error {
	if n == nil || depth > maxDepth {
		return errors.New("the proof ends without having proved its bound")
	}
	bound, useless, err := t.price(n.Prices)
	if err != nil || bound <= t.target {
		return err
	}
	if n.Split == nil {
		return fmt.Errorf("a case is bounded by %d only, not by %d", bound, t.target)
	}
	defer t.bar(useless)()
	for side, child := range []*Node{n.Without, n.With} {
		undo, err := t.enter(n.Split, side == 1)
		if err != nil {
			return err
		}
		if err := t.verify(child, depth+1); err != nil {
			return err
		}
		undo()
	}
	return nil
}

// bar bars options and returns how to take that back.
func (t *tree) bar(uses []int) func() {
	for _, u := range uses {
		t.barred[u]++
	}
	return func() {
		for _, u := range uses {
			t.barred[u]--
		}
	}
}

// enter goes into one case of a split. The two cases cover everything: a plan
// has an option or not; and somebody who visits in a slot receives nobody.
func (t *tree) enter(s *Split, with bool) (func(), error) {
	if s.ByRole {
		if s.Person < 0 || s.Person >= len(t.visits) || s.Slot < 0 || s.Slot >= t.problem.Slots {
			return nil, errors.New("a case is about somebody who does not exist")
		}
		list := t.visits[s.Person]
		if with {
			list = t.guests[s.Person]
		}
		return t.bar(t.inSlot(list, s.Slot)), nil
	}
	u, ok := t.index[s.Option]
	if !ok {
		return nil, errors.New("a case is about an option that does not exist")
	}
	if !with {
		return t.bar([]int{u}), nil
	}
	e := t.uses[u].id.Edge
	if _, again := t.taken[e]; again {
		return nil, errors.New("a case takes an edge twice")
	}
	t.taken[e] = u
	return func() { delete(t.taken, e) }, nil
}

func (t *tree) inSlot(uses []int, slot int) []int {
	var out []int
	for _, u := range uses {
		if t.uses[u].slots>>slot&1 == 1 {
			out = append(out, u)
		}
	}
	return out
}

// price computes the bound that prices prove in the present case, and the
// options that no plan worth more than the target can use.
func (t *tree) price(prices []Price) (int64, []int, error) {
	var sum safeSum
	charge := t.charge
	for _, e := range t.edges {
		for _, u := range t.edgeUses[e] {
			charge[u] = safeSum{}
		}
	}
	for _, p := range prices {
		if p.Price < 0 {
			return 0, nil, errors.New("a price is negative")
		}
		weight, limit, err := t.rule(p.Rule)
		if err != nil {
			return 0, nil, err
		}
		sum.add(p.Price, limit)
		for u, w := range weight {
			// What a rule counts of other parts may be left out where that leaves less.
			if w < 0 && t.partOf[t.uses[u].host] != t.own {
				return 0, nil, errors.New("a rule depends on another part")
			}
			charge[u].add(p.Price, w)
		}
	}
	gain := func(u int) int64 {
		g := charge[u]
		g.negate()
		g.add(PriceUnit, t.uses[u].value)
		sum.bad = sum.bad || g.bad
		return g.total
	}
	best := make([]int64, len(t.edges))
	for i, e := range t.edges {
		var possible bool
		if best[i], possible = t.bestOf(e, gain); !possible {
			return t.target, nil, nil // a case without plans
		}
		sum.add(1, best[i])
	}
	if sum.bad {
		return 0, nil, errors.New("the prices are too large to add up")
	}
	var useless []int
	for i, e := range t.edges {
		for _, u := range t.edgeUses[e] {
			if floorDiv(sum.total-best[i]+gain(u), PriceUnit) <= t.target {
				useless = append(useless, u)
			}
		}
	}
	return floorDiv(sum.total, PriceUnit), useless, nil
}

// bestOf is the most an edge can gain: nothing if it need not be used. It reports
// whether an edge that has to be used can be.
func (t *tree) bestOf(e int, gain func(int) int64) (best int64, possible bool) {
	if u, ok := t.taken[e]; ok {
		return gain(u), t.barred[u] == 0
	}
	possible = t.locked[e] == 0
	for _, u := range t.edgeUses[e] {
		if t.barred[u] > 0 {
			continue
		}
		if g := gain(u); !possible || g > best {
			best, possible = g, true
		}
	}
	return best, possible
}

// rule returns the weights and the limit of a rule.
func (t *tree) rule(r Rule) (map[int]int64, int64, error) {
	switch r.Kind {
	case HalfRule:
		return t.half(r.Of)
	case MixedRule:
		return t.mixed(r, 0)
	case ListedRule:
		if r.Who < 0 || r.Who >= len(t.listed) {
			return nil, 0, errors.New("a rule refers to one that is not listed before it")
		}
		return t.listed[r.Who].weight, t.listed[r.Who].limit, nil
	}
	weight := map[int]int64{}
	count := func(uses []int, w int64) {
		for _, u := range uses {
			weight[u] += w
		}
	}
	edge := r.Kind == MeetRule || r.Kind == OnceRule || r.Kind == HostDayRule || r.Kind == VisitorDayRule
	if r.Who < 0 || edge && r.Who >= len(t.edgeUses) || !edge && r.Who >= len(t.visits) || r.Slot < 0 ||
		r.Slot >= t.problem.Slots {
		return nil, 0, errors.New("a rule is about somebody who does not exist")
	}
	switch r.Kind {
	case VisitRule:
		count(t.inSlot(t.visits[r.Who], r.Slot), 1)
		return weight, 1, nil
	case HostRule:
		count(t.inSlot(t.guests[r.Who], r.Slot), 1)
		return weight, t.cap(r.Who), nil
	case RoleRule:
		count(t.inSlot(t.visits[r.Who], r.Slot), t.cap(r.Who))
		count(t.inSlot(t.guests[r.Who], r.Slot), 1)
		return weight, t.cap(r.Who), nil
	case MeetRule:
		host := t.person[t.problem.Edges[r.Who].Host]
		count(t.inSlot(t.edgeUses[r.Who], r.Slot), 1)
		count(t.inSlot(t.visits[host], r.Slot), 1)
		return weight, 1, nil
	case TripRule:
		count(t.visits[r.Who], 1)
		return weight, t.trips(r.Who), nil
	case UnitRule:
		name := t.problem.People[r.Who].Unit
		most, capped := t.problem.Units[name]
		if !capped {
			return nil, 0, errors.New("a rule is about a unit without a cap")
		}
		for who, a := range t.problem.People {
			if a.Unit == name {
				count(t.inSlot(t.visits[who], r.Slot), 1)
			}
		}
		return weight, int64(most), nil
	case OnceRule:
		count(t.edgeUses[r.Who], 1)
		return weight, 1, nil
	case HostDayRule, VisitorDayRule:
		if r.Slot%2 == 1 {
			return nil, 0, errors.New("a rule is about a date that begins with its second half")
		}
		who := t.person[t.problem.Edges[r.Who].Host]
		if r.Kind == VisitorDayRule {
			who = t.person[t.problem.Edges[r.Who].Visitor]
		}
		return t.day(r, who), 1, nil
	}
	return nil, 0, errors.New("a rule is of no known kind")
}

// day returns the weights of a rule about a date. Any two of the uses it counts
// exclude each other: those of the edge as a pair meets once, and a full day away
// excludes every other visit by or to the person on that date, as does a full day
// with a visitor where there is room for one.
func (t *tree) day(r Rule, who int) map[int]int64 {
	weight := map[int]int64{}
	date := uint64(3) << r.Slot
	for _, u := range t.edgeUses[r.Who] {
		if t.uses[u].slots&date != 0 {
			weight[u] = 1
		}
	}
	full := t.visits[who]
	if t.cap(who) == 1 {
		full = slices.Concat(full, t.guests[who])
	}
	for _, u := range full {
		if t.uses[u].slots == date {
			weight[u] = 1
		}
	}
	return weight
}

// half adds rules up and halves the sum. Plans count whole options, so what
// remains after rounding the weights down is whole, and the limit may be
// rounded down as well.
func (t *tree) half(of []Rule) (map[int]int64, int64, error) {
	sum, limit := map[int]int64{}, int64(0)
	for _, r := range of {
		if r.Kind == HalfRule || r.Kind == MixedRule || r.Kind == ListedRule {
			return nil, 0, errors.New("a halved rule is made of rules that were rounded before")
		}
		weight, most, err := t.rule(r)
		if err != nil {
			return nil, 0, err
		}
		for u, w := range weight {
			sum[u] += w
		}
		limit += most
	}
	for u := range sum {
		sum[u] = floorDiv(sum[u], 2)
	}
	return sum, floorDiv(limit, 2), nil
}

// A safeSum adds products up and notices when they do not fit.
type safeSum struct {
	total int64
	bad   bool
}

func (s *safeSum) add(a, b int64) {
	hi, lo := bits.Mul64(uint64(max(a, -a)), uint64(max(b, -b)))
	x := int64(lo)
	if (a < 0) != (b < 0) {
		x = -x
	}
	s.bad = s.bad || hi != 0 || lo > 1<<62 || max(s.total, -s.total) > 1<<62
	s.total += x
}

func (s *safeSum) negate() { s.total = -s.total }

// floorDiv divides by a positive number, rounding down.
func floorDiv(a, b int64) int64 {
	q := a / b
	if a%b < 0 {
		q--
	}
	return q
}
