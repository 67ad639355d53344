package match

import (
	"errors"
	"fmt"
	"math/bits"
)

// Check verifies a result against its problem: that the matches keep every
// rule, that they are worth Value, and that the certificate proves that no plan
// is worth more than Bound. It uses nothing of the solver but the definitions of
// the problem and the certificate, computes in integers only, and is meant to be
// read. A nil certificate leaves the bound unchecked and is an error.
func Check(p *Problem, r *Result, c *Certificate) error {
	k, err := newChecker(p)
	if err != nil {
		return err
	}
	value, err := k.plan(r.Matches)
	switch {
	case err != nil:
		return err
	case value != r.Value:
		return fmt.Errorf("the matches are worth %d, not %d", value, r.Value)
	case r.Value > r.Bound:
		return fmt.Errorf("the value %d exceeds the bound %d", r.Value, r.Bound)
	case r.Proved != (r.Value == r.Bound):
		return fmt.Errorf("proved is %v with value %d and bound %d", r.Proved, r.Value, r.Bound)
	case r.Gap != shortfall(r.Value, r.Bound):
		return fmt.Errorf("the gap is given as %g", r.Gap)
	case c == nil:
		return errors.New("there is no certificate")
	}
	bound, err := k.bound(c)
	if err == nil && bound > r.Bound {
		err = fmt.Errorf("the certificate proves %d, not %d", bound, r.Bound)
	}
	return err
}

// A use is an option as the checker sees it.
type use struct {
	id            OptionID
	visitor, host int
	slots         uint64
	value         int64
	must          bool
}

type checker struct {
	problem  *Problem
	person   map[string]int
	uses     []use
	index    map[OptionID]int
	visits   [][]int
	guests   [][]int
	edgeUses [][]int
	locked   map[int]uint64
}

func newChecker(p *Problem) (*checker, error) {
	if err := p.Validate(); err != nil {
		return nil, err
	}
	k := &checker{problem: p, person: map[string]int{}, index: map[OptionID]int{}, locked: map[int]uint64{}}
	for i, a := range p.People {
		k.person[a.ID] = i
	}
	banned := map[Pair]bool{}
	for _, x := range p.Excluded {
		banned[x] = true
	}
	must := map[Pair]uint64{}
	for _, l := range p.Locked {
		must[Pair{l.Visitor, l.Host}] |= 1 << l.Slot
	}
	k.visits, k.guests = make([][]int, len(p.People)), make([][]int, len(p.People))
	k.edgeUses = make([][]int, len(p.Edges))
	for e, edge := range p.Edges {
		pair := Pair{edge.Visitor, edge.Host}
		if m := must[pair]; m != 0 {
			k.locked[e] = m
		}
		if !banned[pair] {
			k.list(e)
		}
	}
	return k, nil
}

// list adds every use of an edge that keeps the rules by itself.
func (k *checker) list(e int) {
	edge := k.problem.Edges[e]
	v, h := k.person[edge.Visitor], k.person[edge.Host]
	visitor, host := &k.problem.People[v], &k.problem.People[h]
	for s := range k.problem.Slots {
		for _, full := range []bool{false, true} {
			value, slots, wanted := edge.Half, uint64(1)<<s, visitor.Wants != Full
			if full {
				value, slots, wanted = edge.Full, uint64(3)<<s, visitor.Wants != Half && s%2 == 0 && s+1 < k.problem.Slots
			}
			if value == nil || !wanted || !visitor.Role.visits() || host.capacity() == 0 || k.trips(v) == 0 || k.locked[e]&^slots != 0 {
				continue
			}
			if !visitor.free(s) || !host.free(s) || full && (!visitor.free(s+1) || !host.free(s+1)) {
				continue
			}
			u := use{OptionID{e, s, full}, v, h, slots, *value, k.locked[e] != 0}
			k.index[u.id] = len(k.uses)
			k.visits[v] = append(k.visits[v], len(k.uses))
			k.guests[h] = append(k.guests[h], len(k.uses))
			k.edgeUses[e] = append(k.edgeUses[e], len(k.uses))
			k.uses = append(k.uses, u)
		}
	}
}

func (k *checker) cap(person int) int64 { return int64(k.problem.People[person].capacity()) }

// trips is how many visits somebody may make.
func (k *checker) trips(person int) int64 {
	limit := int64(k.problem.Slots)
	for _, n := range []*int{k.problem.Visits, k.problem.People[person].Visits} {
		if n != nil {
			limit = min(limit, int64(*n))
		}
	}
	return limit
}

// plan verifies the matches and returns what they are worth.
func (k *checker) plan(matches []Match) (int64, error) {
	edges := map[Pair]int{}
	for e, edge := range k.problem.Edges {
		edges[Pair{edge.Visitor, edge.Host}] = e
	}
	type place struct{ who, slot int }
	away, received, trips, unit := map[place]int{}, map[place]int64{}, map[int]int64{}, map[string]int{}
	met := map[int]bool{}
	var value int64
	for _, m := range matches {
		e, listed := edges[Pair{m.Visitor, m.Host}]
		if !listed || met[e] || len(m.Slots) < 1 || len(m.Slots) > 2 {
			return 0, fmt.Errorf("%s visiting %s is not listed, or twice", m.Visitor, m.Host)
		}
		met[e] = true
		i, ok := k.index[OptionID{e, m.Slots[0], len(m.Slots) == 2}]
		if !ok || len(m.Slots) == 2 && m.Slots[1] != m.Slots[0]+1 {
			return 0, fmt.Errorf("%s cannot visit %s in slots %v", m.Visitor, m.Host, m.Slots)
		}
		u := k.uses[i]
		value += u.value
		trips[u.visitor]++
		for _, s := range m.Slots {
			away[place{u.visitor, s}]++
			received[place{u.host, s}]++
			unit[fmt.Sprint(s, " ", k.problem.People[u.visitor].Unit)]++
		}
	}
	for at, n := range away {
		if n > 1 || received[at] > 0 {
			return 0, fmt.Errorf("%s is in two places in slot %d", k.problem.People[at.who].ID, at.slot)
		}
		name := k.problem.People[at.who].Unit
		if most, capped := k.problem.Units[name]; capped && unit[fmt.Sprint(at.slot, " ", name)] > most {
			return 0, fmt.Errorf("too many of %s are away in slot %d", name, at.slot)
		}
	}
	for at, n := range received {
		if n > k.cap(at.who) {
			return 0, fmt.Errorf("%s has %d visitors in slot %d", k.problem.People[at.who].ID, n, at.slot)
		}
	}
	for who, n := range trips {
		if n > k.trips(who) {
			return 0, fmt.Errorf("%s makes %d visits", k.problem.People[who].ID, n)
		}
	}
	for e := range k.locked {
		if !met[e] {
			return 0, fmt.Errorf("%s visiting %s is locked and missing", k.problem.Edges[e].Visitor, k.problem.Edges[e].Host)
		}
	}
	return value, nil
}

// bound verifies the certificate and returns what it proves.
func (k *checker) bound(c *Certificate) (int64, error) {
	part := make([]int, len(k.problem.People))
	for i, p := range c.Parts {
		for _, who := range p.People {
			if who < 0 || who >= len(part) || part[who] != 0 {
				return 0, errors.New("a person is in two parts, or in none that exists")
			}
			part[who] = i + 1
		}
	}
	edges := make([][]int, len(c.Parts)+1)
	for e, uses := range k.edgeUses {
		if len(uses) == 0 {
			continue
		}
		u := k.uses[uses[0]]
		if part[u.visitor] != part[u.host] || part[u.host] == 0 {
			return 0, errors.New("an edge leads from one part to another")
		}
		edges[part[u.host]] = append(edges[part[u.host]], e)
	}
	var total int64
	for i, p := range c.Parts {
		t := tree{checker: k, edges: edges[i+1], target: p.Bound, barred: make([]int, len(k.uses)), taken: map[int]int{}}
		if err := t.verify(p.Root, 0); err != nil {
			return 0, err
		}
		total += p.Bound
	}
	return total, nil
}

// A tree is a proof being walked. Options are barred and taken by the cases
// between the root and the node looked at.
type tree struct {
	*checker
	edges  []int
	target int64
	barred []int
	taken  map[int]int
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
	charge := make([]safeSum, len(t.uses))
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
		best[i] = t.bestOf(e, gain)
		if best[i] == impossible {
			return t.target, nil, nil
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

// impossible stands for the gain of an edge that must be used and cannot be: a
// case without plans.
const impossible = -1 << 61

// bestOf is the most an edge can gain: nothing if it need not be used.
func (t *tree) bestOf(e int, gain func(int) int64) int64 {
	if u, ok := t.taken[e]; ok {
		if t.barred[u] > 0 {
			return impossible
		}
		return gain(u)
	}
	best, must := int64(0), t.locked[e] != 0
	if must {
		best = impossible
	}
	for _, u := range t.edgeUses[e] {
		if t.barred[u] == 0 {
			best = max(best, gain(u))
		}
	}
	return best
}

// rule returns the weights and the limit of a rule.
func (t *tree) rule(r Rule) (map[int]int64, int64, error) {
	if r.Kind == HalfRule {
		return t.half(r.Of)
	}
	weight := map[int]int64{}
	count := func(uses []int, w int64) {
		for _, u := range uses {
			weight[u] += w
		}
	}
	edge := r.Kind == MeetRule || r.Kind == OnceRule
	if r.Who < 0 || edge && r.Who >= len(t.edgeUses) || !edge && r.Who >= len(t.visits) || r.Slot < 0 || r.Slot >= t.problem.Slots {
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
	}
	return nil, 0, errors.New("a rule is of no known kind")
}

// half adds rules up and halves the sum. Plans count whole options, so what
// remains after rounding the weights down is whole, and the limit may be
// rounded down as well.
func (t *tree) half(of []Rule) (map[int]int64, int64, error) {
	sum, limit := map[int]int64{}, int64(0)
	for _, r := range of {
		if r.Kind == HalfRule {
			return nil, 0, errors.New("a halved rule is made of halved rules")
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
