package match

import (
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"testing"
)

// long reports whether the long proofs were asked for.
func long() bool { return os.Getenv("INTERLOCAL_LONG") == "1" }

// small draws a problem of a family that can be gone through by hand.
func (f *family) small(r *rand.Rand) *Problem {
	g := *f
	g.cities, g.trades, g.candidates = 3, min(f.trades, 4), 3
	p := g.draw(4+r.IntN(5), r.Uint64(), nil)
	p.Seconds, p.Seed = 2, r.Uint64()
	r.Shuffle(len(p.Edges), func(i, j int) { p.Edges[i], p.Edges[j] = p.Edges[j], p.Edges[i] })
	if len(p.Edges) > 10 {
		p.Edges, p.Locked, p.Excluded = p.Edges[:10], nil, nil
	}
	return p
}

// Every family, with all the rules that it has, is solved as going through every
// plan solves it, and its certificate holds.
func TestFamiliesAgreeWithBruteForce(t *testing.T) {
	each := 40
	if long() {
		each = 1000
	}
	for _, f := range families() {
		if f.texts {
			continue // differs in likeness alone
		}
		for seed := range uint64(each) {
			p := f.small(rand.New(rand.NewPCG(seed, 8)))
			got, err := Solve(p, Control{})
			if err != nil {
				t.Fatalf("%s %d: %v", f.name, seed, err)
			}
			if want := bruteForce(p); got.Value != want || !got.Proved {
				t.Fatalf("%s %d: value %d, bound %d; want %d", f.name, seed, got.Value, got.Bound, want)
			}
			if err := Check(p, got, got.Certificate); err != nil {
				t.Fatalf("%s %d: %v", f.name, seed, err)
			}
		}
	}
}

// spoiler changes certificates at random.
type spoiler struct{ *rand.Rand }

// nodes lists the nodes of a tree.
func nodes(n *Node) []*Node {
	if n == nil {
		return nil
	}
	return slices.Concat([]*Node{n}, nodes(n.Without), nodes(n.With))
}

func copied(n *Node) *Node {
	if n == nil {
		return nil
	}
	return &Node{slices.Clone(n.Prices), n.Split, copied(n.Without), copied(n.With)}
}

// rule changes something of a rule.
func (s spoiler) rule(r Rule, people, slots int) Rule {
	switch s.IntN(7) {
	case 0:
		r.Kind = RuleKind(s.IntN(int(ListedRule) + 2))
	case 1:
		r.Who = s.IntN(people+2) - 1
	case 2:
		r.Slot = s.IntN(slots+2) - 1
	case 3:
		if r.Of = slices.Clone(r.Of); len(r.Of) > 0 {
			i := s.IntN(len(r.Of))
			r.Of[i] = s.rule(r.Of[i], people, slots)
		}
	case 4:
		if len(r.Of) > 0 {
			r.Of = r.Of[1:]
		}
		if len(r.Times) > len(r.Of) {
			r.Times = r.Times[1:]
		}
	case 5:
		if r.Times = slices.Clone(r.Times); len(r.Times) > 0 {
			r.Times[s.IntN(len(r.Times))] = s.Int64N(r.Over)
		}
		r.Over += s.Int64N(3) - 1
	case 6:
		if r.Flipped = slices.Clone(r.Flipped); len(r.Flipped) > 0 {
			r.Flipped = r.Flipped[1:]
		} else if r.Kind == MixedRule {
			r.Flipped = []OptionID{{s.IntN(people), s.IntN(slots), s.IntN(2) == 0}}
		}
	}
	return r
}

// node changes something of a node.
func (s spoiler) node(n *Node, people, slots int) {
	if len(n.Prices) == 0 || n.Split != nil && s.IntN(3) == 0 {
		n.Without, n.With = n.With, n.Without
		return
	}
	i := s.IntN(len(n.Prices))
	switch s.IntN(4) {
	case 0:
		n.Prices[i].Price += s.Int64N(4*PriceUnit) - 2*PriceUnit
	case 1:
		n.Prices[i].Price = s.Int64N(1 << 62)
	case 2:
		n.Prices = slices.Delete(n.Prices, i, i+1)
	case 3:
		n.Prices[i].Rule = s.rule(n.Prices[i].Rule, people, slots)
	}
}

// However a certificate is changed, it does not prove less than the best plan is
// worth.
func TestNoCertificateProvesTooMuch(t *testing.T) {
	each := 10
	if long() {
		each = 400
	}
	spoiled := 0
	for _, f := range families() {
		if f.texts {
			continue
		}
		for seed := range uint64(4) {
			p := f.draw(30, 100+seed, nil)
			p.Seconds = 1
			r, err := Solve(p, Control{})
			if err != nil || !r.Proved {
				continue // only of what is proved best is it known that less is wrong
			}
			k, err := newChecker(p)
			if err != nil {
				t.Fatal(err)
			}
			s := spoiler{rand.New(rand.NewPCG(seed, uint64(len(p.Edges))))}
			for range each {
				c := s.spoil(r.Certificate, len(p.People), p.Slots)
				if bound, err := k.bound(c); err == nil && bound < r.Value {
					t.Fatalf("%s %d: a bound of %d passes and the best plan is worth %d", f.name, seed, bound, r.Value)
				}
				spoiled++
			}
		}
	}
	t.Log(fmt.Sprint(spoiled, " certificates were spoiled"))
	if spoiled < 20*each {
		t.Errorf("only %d certificates were spoiled", spoiled)
	}
}

// spoil copies a certificate, claims a point less for one of its parts and changes
// one to three things.
func (s spoiler) spoil(good *Certificate, people, slots int) *Certificate {
	c := &Certificate{Rules: slices.Clone(good.Rules)}
	if n := len(c.Rules); n > 0 && s.IntN(2) == 0 {
		i := s.IntN(n)
		c.Rules[i] = s.rule(c.Rules[i], people, slots)
	}
	largest := 0
	for i, part := range good.Parts {
		c.Parts = append(c.Parts, Part{part.People, part.Bound, copied(part.Root)})
		if part.Bound > c.Parts[largest].Bound {
			largest = i
		}
	}
	part := &c.Parts[largest]
	part.Bound--
	for range 1 + s.IntN(3) {
		list := nodes(part.Root)
		if len(list) > 0 {
			s.node(list[s.IntN(len(list))], people, slots)
		}
	}
	return c
}

// greedyWithExchange takes the best that fits, and then, for as long as that helps,
// forces one more option in, keeps of the others what still fits and fills up.
func greedyWithExchange(in *instance) int64 {
	order := (&search{in: in}).byValue()
	best := newPlan(in)
	best.restore(firstPlan(in, order))
	for better := true; better; {
		better = false
		for _, o := range order {
			if best.chosen[in.options[o].edge] == o {
				continue
			}
			kept := best.selection()
			next := newPlan(in)
			for _, k := range kept {
				if _, locked := in.must[in.options[k].edge]; locked {
					next.add(k)
				}
			}
			for _, k := range slices.Concat([]int32{o}, kept, order) {
				if next.fits(k) {
					next.add(k)
				}
			}
			if next.value > best.value {
				best, better = next, true
			}
		}
	}
	return best.value
}

// A plan for an event of sixty is never worse than what a patient person would find.
func TestNoPlanIsWorseThanGreedyWithExchange(t *testing.T) {
	seeds := uint64(1)
	if long() {
		seeds = 10
	}
	for _, f := range families() {
		if f.texts {
			continue
		}
		for seed := range seeds {
			p := f.draw(60, 200+seed, nil)
			p.Seconds = 0.5
			r, err := Solve(p, Control{})
			if err != nil {
				t.Fatal(err)
			}
			in, err := newInstance(p)
			if err != nil {
				t.Fatal(err)
			}
			if by := greedyWithExchange(in); r.Value < by {
				t.Errorf("%s %d: a plan of %d, where greed finds %d", f.name, seed, r.Value, by)
			}
		}
	}
}
