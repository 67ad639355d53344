package match

import (
	"errors"
	"fmt"
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
				value, slots, wanted = edge.Full, uint64(3)<<s, visitor.Wants != Half && s%2 == 0 &&
					s+1 < k.problem.Slots
			}
			if value == nil || !wanted || !visitor.Role.visits() || host.capacity() == 0 || k.trips(v) == 0 ||
				k.locked[e]&^slots != 0 {
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
			return 0, fmt.Errorf("%s visiting %s is locked and missing", k.problem.Edges[e].Visitor,
				k.problem.Edges[e].Host)
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
	listed, err := k.listed(c)
	if err != nil {
		return 0, err
	}
	var total int64
	charge := make([]safeSum, len(k.uses))
	for i, p := range c.Parts {
		t := tree{
			checker: k, edges: edges[i+1], target: p.Bound, barred: make([]int, len(k.uses)), taken: map[int]int{},
			charge: charge, listed: listed, partOf: part, own: i + 1,
		}
		if err := t.verify(p.Root, 0); err != nil {
			return 0, err
		}
		total += p.Bound
	}
	return total, nil
}

// listed writes the rules of a certificate out, in order, so that each refers to
// earlier ones only.
func (k *checker) listed(c *Certificate) ([]written, error) {
	t := tree{checker: k}
	for _, r := range c.Rules {
		weight, limit, err := t.rule(r)
		if err != nil {
			return nil, err
		}
		t.listed = append(t.listed, written{weight, limit})
	}
	return t.listed, nil
}
