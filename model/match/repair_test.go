package match

import (
	"math/rand/v2"
	"slices"
	"testing"
	"time"
)

// mostPlaced finds by trying every plan how many of the displaced can be placed
// when at most some of the matches kept may change and nobody loses by it.
func mostPlaced(p *Problem, kept []Match, displaced, moves int) int {
	best := -1
	count := func(plan []Match) {
		moved, of := 0, map[string]int{}
		for _, k := range kept {
			if !slices.ContainsFunc(plan, func(m Match) bool {
				return m.Visitor == k.Visitor && m.Host == k.Host && slices.Equal(m.Slots, k.Slots)
			}) {
				moved++
			}
			of[k.Visitor]++
		}
		if moved > moves {
			return
		}
		for _, m := range plan {
			of[m.Visitor]--
		}
		for _, missing := range of {
			if missing > 0 {
				return
			}
		}
		best = max(best, min(displaced, len(plan)-len(kept)))
	}
	var try func(e int, plan []Match)
	k, err := newChecker(p)
	if err != nil {
		return -1
	}
	wanted := map[string]bool{}
	for _, m := range kept {
		wanted[m.Visitor] = true
	}
	try = func(e int, plan []Match) {
		if e == len(p.Edges) {
			if _, err := k.plan(plan); err == nil {
				count(plan)
			}
			return
		}
		try(e+1, plan)
		for _, u := range k.edgeUses[e] {
			m := Match{Visitor: p.Edges[e].Visitor, Host: p.Edges[e].Host}
			eachSlot(k.uses[u].slots, func(s int) { m.Slots = append(m.Slots, s) })
			try(e+1, append(slices.Clone(plan), m))
		}
	}
	try(0, nil)
	return best
}

func TestRepairMovesTheFewest(t *testing.T) {
	compared := 0
	for seed := range uint64(400) {
		r := rand.New(rand.NewPCG(seed, 9))
		p := randomProblem(r, 3+r.IntN(5), 1+r.IntN(2), 40)
		p.Locked, p.Units = nil, nil
		p.Visits = number(1)
		p.Edges = p.Edges[:min(len(p.Edges), 8)]
		before, err := Solve(p, Control{})
		if err != nil || len(before.Matches) == 0 {
			continue
		}
		gone := before.Matches[r.IntN(len(before.Matches))].Host
		for i := range p.People {
			if p.People[i].ID == gone {
				p.People[i].Available = make([]bool, p.Slots)
			}
		}
		choices, err := Repair(p, before.Matches, RepairOptions{MostMoved: 2})
		if err != nil {
			t.Fatal(err)
		}
		var kept []Match
		for _, m := range before.Matches {
			if m.Visitor != gone && m.Host != gone {
				kept = append(kept, m)
			}
		}
		compared++
		last := -1
		for _, c := range choices {
			k, err := newChecker(p)
			if err != nil {
				t.Fatal(err)
			}
			if value, err := k.plan(c.Matches); err != nil || value != c.Value {
				t.Fatalf("seed %d: %v, worth %d, said to be %d", seed, err, value, c.Value)
			}
			if len(c.Placed) <= last {
				t.Fatalf("seed %d: a choice moves more and places no more", seed)
			}
			last = len(c.Placed)
			if len(c.Moved) > 0 {
				if most := mostPlaced(p, kept, len(c.Displaced), len(c.Moved)-1); most >= len(c.Placed) {
					t.Fatalf("seed %d: %d placed by moving %d; moving one less places %d", seed, len(c.Placed),
						len(c.Moved), most)
				}
			}
			if most := mostPlaced(p, kept, len(c.Displaced), len(c.Moved)); most != len(c.Placed) {
				t.Fatalf("seed %d: %d placed by moving %d, of %d possible", seed, len(c.Placed), len(c.Moved), most)
			}
		}
	}
	if compared < 80 {
		t.Errorf("only %d repairs were compared", compared)
	}
}

func TestRepairAmongAThousandIsQuick(t *testing.T) {
	p := fairProblem(8, 1000)
	in, err := newInstance(p)
	if err != nil {
		t.Fatal(err)
	}
	s := &search{in: in}
	var before []Match
	for _, o := range firstPlan(in, s.byValue()) {
		before = append(before, in.match(o))
	}
	worst := time.Duration(0)
	for k := range 20 {
		gone := before[k*17].Host
		var available []bool
		for i := range p.People {
			if p.People[i].ID == gone {
				available, p.People[i].Available = p.People[i].Available, []bool{false, false}
			}
		}
		start := time.Now()
		choices, err := Repair(p, before, RepairOptions{MostMoved: 2})
		worst = max(worst, time.Since(start))
		if err != nil || len(choices) == 0 {
			t.Fatal(err)
		}
		if len(choices[0].Moved) != 0 {
			t.Errorf("the first choice moves %v", choices[0].Moved)
		}
		for i := range p.People {
			if p.People[i].ID == gone {
				p.People[i].Available = available
			}
		}
	}
	t.Logf("the slowest repair took %v", worst)
	if worst > 2*time.Second {
		t.Errorf("the slowest repair took %v", worst)
	}
}
