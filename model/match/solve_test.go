package match

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"
)

func number[T any](x T) *T { return &x }

// randomProblem draws a problem with every rule in play.
func randomProblem(r *rand.Rand, people, slots, chance int) *Problem {
	p := &Problem{Slots: slots, Seconds: 2, Seed: r.Uint64()}
	roles := []Role{Visit, Host, Both, Both}
	lengths := []Length{Half, Full, Either, ""}
	for i := range people {
		a := Participant{
			ID: fmt.Sprint("p", i), Org: fmt.Sprint("o", r.IntN(4)), Role: roles[r.IntN(4)], Wants: lengths[r.IntN(4)],
			Capacity: number(r.IntN(4)), Unit: fmt.Sprint("u", r.IntN(3)),
		}
		if r.IntN(5) > 0 {
			for range slots {
				a.Available = append(a.Available, r.IntN(100) < 85)
			}
		}
		if r.IntN(4) == 0 {
			a.Visits = number(r.IntN(3))
		}
		p.People = append(p.People, a)
	}
	for v := range people {
		for h := range people {
			if p.People[v].Org == p.People[h].Org || r.IntN(100) >= chance {
				continue
			}
			e := Edge{Visitor: p.People[v].ID, Host: p.People[h].ID}
			if r.IntN(8) > 0 {
				e.Half = number(r.Int64N(20))
			}
			if r.IntN(8) > 0 {
				e.Full = number(r.Int64N(36))
			}
			p.Edges = append(p.Edges, e)
		}
	}
	if r.IntN(3) == 0 {
		p.Visits = number(r.IntN(3))
	}
	if r.IntN(3) == 0 {
		p.Units = map[string]int{"u0": r.IntN(3), "u1": 1}
	}
	for range r.IntN(4) {
		if len(p.Edges) > 0 {
			e := p.Edges[r.IntN(len(p.Edges))]
			p.Excluded = append(p.Excluded, Pair{e.Visitor, e.Host})
		}
	}
	for range r.IntN(3) {
		if len(p.Edges) > 0 {
			e := p.Edges[r.IntN(len(p.Edges))]
			p.Locked = append(p.Locked, Lock{e.Visitor, e.Host, r.IntN(slots)})
		}
	}
	return p
}

// bruteForce tries every plan, straight from the wording of the rules. It
// returns -1 when no plan keeps the locks.
func bruteForce(p *Problem) int64 {
	type visit struct {
		v, h, from, to int
		edge           int
	}
	index := map[string]int{}
	for i, a := range p.People {
		index[a.ID] = i
	}
	var made []visit
	best := int64(-1)
	allowed := func(x visit) bool {
		v, h := &p.People[x.v], &p.People[x.h]
		if v.Role == Host || h.Role == Visit || slices.Contains(p.Excluded, Pair{v.ID, h.ID}) {
			return false
		}
		trips := 1
		for s := x.from; s <= x.to; s++ {
			if v.Available != nil && !v.Available[s] || h.Available != nil && !h.Available[s] {
				return false
			}
			guests, unit := 1, 1
			for _, y := range made {
				if s < y.from || s > y.to {
					continue
				}
				if y.v == x.v || y.h == x.v || y.v == x.h {
					return false
				}
				if y.h == x.h {
					guests++
				}
				if p.People[y.v].Unit == v.Unit {
					unit++
				}
			}
			if most, capped := p.Units[v.Unit]; guests > *h.Capacity || capped && unit > most {
				return false
			}
		}
		for _, y := range made {
			if y.v == x.v {
				trips++
			}
		}
		return (p.Visits == nil || trips <= *p.Visits) && (v.Visits == nil || trips <= *v.Visits)
	}
	var try func(e int, value int64)
	try = func(e int, value int64) {
		if e == len(p.Edges) {
			for _, l := range p.Locked {
				if !slices.ContainsFunc(made, func(y visit) bool {
					return p.People[y.v].ID == l.Visitor && p.People[y.h].ID == l.Host && y.from <= l.Slot &&
						l.Slot <= y.to
				}) {
					return
				}
			}
			best = max(best, value)
			return
		}
		try(e+1, value)
		edge := p.Edges[e]
		v, h := index[edge.Visitor], index[edge.Host]
		for s := range p.Slots {
			if x := (visit{v, h, s, s, e}); edge.Half != nil && p.People[v].Wants != Full && allowed(x) {
				made = append(made, x)
				try(e+1, value+*edge.Half)
				made = made[:len(made)-1]
			}
			if x := (visit{v, h, s, s + 1, e}); edge.Full != nil && p.People[v].Wants != Half && s%2 == 0 &&
				s+1 < p.Slots && allowed(x) {
				made = append(made, x)
				try(e+1, value+*edge.Full)
				made = made[:len(made)-1]
			}
		}
	}
	try(0, 0)
	return best
}

func TestSolveAgreesWithBruteForce(t *testing.T) {
	enough := 4000 // problems that have a plan; about as many are found to have none
	if testing.Short() {
		enough = 500
	}
	solved, refused := 0, 0
	for seed := uint64(0); solved < enough; seed++ {
		r := rand.New(rand.NewPCG(seed, 3))
		p := randomProblem(r, 2+r.IntN(7), 1+r.IntN(4), 10+r.IntN(25))
		if len(p.Edges) > 10 {
			p.Edges = p.Edges[:10]
			p.Locked, p.Excluded = nil, nil
		}
		want := bruteForce(p)
		got, err := Solve(p, Control{})
		if err != nil {
			if refused++; want >= 0 {
				t.Fatalf("seed %d: %v, but a plan of %d exists", seed, err, want)
			}
			continue
		}
		solved++
		if got.Value != want || !got.Proved || got.Bound != want {
			t.Fatalf("seed %d: value %d, bound %d, proved %v; want %d", seed, got.Value, got.Bound, got.Proved, want)
		}
		if err := Check(p, got, got.Certificate); err != nil {
			t.Fatalf("seed %d: %v", seed, err)
		}
	}
	if refused < enough/100 {
		t.Errorf("beside %d that were solved only %d were refused", solved, refused)
	}
}

// fairProblem draws a problem like those of real events: two half days, four in
// ten people both visiting and hosting, about fifteen candidates each.
func fairProblem(seed uint64, people int) *Problem {
	r := rand.New(rand.NewPCG(seed, 4))
	p := &Problem{Slots: 2, Seconds: 2, Seed: 1}
	for i := range people {
		a := Participant{
			ID: fmt.Sprint("p", i), Org: fmt.Sprint("o", r.IntN(5)), Role: []Role{Both, Both, Both, Both, Visit, Visit,
				Visit, Host, Host, Host}[r.IntN(10)],
			Wants: []Length{Half, Full, Either}[r.IntN(3)], Capacity: number(1 + r.IntN(3)),
			Available: []bool{r.IntN(100) < 85, r.IntN(100) < 85},
		}
		p.People = append(p.People, a)
	}
	for v := range p.People {
		if p.People[v].Role == Host {
			continue
		}
		left := 15
		for _, h := range r.Perm(people) {
			if p.People[h].Role == Visit || p.People[h].Org == p.People[v].Org || left == 0 {
				continue
			}
			left--
			half := 200 + r.Int64N(800)
			p.Edges = append(p.Edges, Edge{
				Visitor: p.People[v].ID, Host: p.People[h].ID, Half: number(half),
				Full: number(half * (140 + r.Int64N(55)) / 100),
			})
		}
	}
	return p
}

func TestSixtyPeopleAreProvedBest(t *testing.T) {
	if underRace {
		t.Skip("measures what the race detector slows down")
	}
	proved := 0
	for seed := range uint64(6) {
		p := fairProblem(seed, 60)
		r, err := Solve(p, Control{})
		if err != nil {
			t.Fatal(err)
		}
		if err := Check(p, r, r.Certificate); err != nil {
			t.Fatal(err)
		}
		if r.Proved {
			proved++
		}
	}
	if proved < 5 {
		t.Errorf("%d of 6 were proved best", proved)
	}
}

func TestThreeHundredPeopleComeWithinOnePercent(t *testing.T) {
	if underRace {
		t.Skip("measures what the race detector slows down")
	}
	p := fairProblem(1, 300)
	p.Seconds = 0.7
	r, err := Solve(p, Control{})
	if err != nil {
		t.Fatal(err)
	}
	if err := Check(p, r, r.Certificate); err != nil {
		t.Fatal(err)
	}
	if r.Gap > 0.01 {
		t.Errorf("value %d, bound %d: %.2f%%", r.Value, r.Bound, 100*r.Gap)
	}
}

// With roles apart and half days only the problem is a flow and its relaxation
// is tight.
func TestPolynomialCaseIsProvedBest(t *testing.T) {
	p := fairProblem(2, 300)
	for i := range p.People {
		p.People[i].Wants = Half
		if p.People[i].Role == Both {
			p.People[i].Role = []Role{Visit, Host}[i%2]
		}
	}
	p.Slots, p.Seconds = 1, 3
	for i := range p.People {
		p.People[i].Available = p.People[i].Available[:1]
	}
	r, err := Solve(p, Control{})
	if err != nil {
		t.Fatal(err)
	}
	if !r.Proved || Check(p, r, r.Certificate) != nil {
		t.Errorf("value %d, bound %d", r.Value, r.Bound)
	}
}

func TestSameProblemAndSeedGiveTheSameResult(t *testing.T) {
	p := fairProblem(3, 210)
	p.Seconds = 0.1
	a, _ := Solve(p, Control{})
	b, _ := Solve(p, Control{Stop: func() bool { return false }, Progress: func(Progress) {}})
	if !a.Finished || !reflect.DeepEqual(a, b) {
		t.Errorf("%d and %d, after %d and %d steps", a.Value, b.Value, a.Steps, b.Steps)
	}
}

func TestStopReturnsTheBestSoFar(t *testing.T) {
	for _, after := range []int{0, 10, 300} {
		p := fairProblem(5, 210)
		asked := 0
		r, err := Solve(p, Control{Stop: func() bool { asked++; return asked > after }})
		if err != nil {
			t.Fatal(err)
		}
		if r.Finished || r.Value <= 0 {
			t.Errorf("stopped after %d looks: value %d, finished %v", after, r.Value, r.Finished)
		}
		if err := Check(p, r, r.Certificate); err != nil {
			t.Errorf("stopped after %d looks: %v", after, err)
		}
	}
}

func TestProgressOnlyImproves(t *testing.T) {
	p := fairProblem(6, 80)
	var last *Progress
	r, err := Solve(p, Control{Progress: func(x Progress) {
		if x.Value > x.Bound || last != nil && (x.Value < last.Value || x.Bound > last.Bound) {
			t.Errorf("after %v came %v", last, x)
		}
		last = &x
	}})
	if err != nil || last == nil || last.Value != r.Value || last.Bound != r.Bound {
		t.Errorf("%v: last heard of was %v, the result is %d of %d", err, last, r.Value, r.Bound)
	}
}

func TestNothingPossible(t *testing.T) {
	p := &Problem{Slots: 1, People: []Participant{{ID: "a", Role: Visit}, {ID: "b", Role: Visit}},
		Edges: []Edge{{"a", "b", number[int64](3), nil}}}
	r, err := Solve(p, Control{})
	if err != nil || r.Value != 0 || !r.Proved || Check(p, r, r.Certificate) != nil {
		t.Errorf("%+v, %v", r, err)
	}
	if p.Possible() == nil {
		t.Error("nothing is possible, and nothing is said about it")
	}
	var out bytes.Buffer
	if err := r.Encode(&out); err != nil || !bytes.Contains(out.Bytes(), []byte(`"matches":[]`)) {
		t.Errorf("%s, %v", out.Bytes(), err)
	}
}
