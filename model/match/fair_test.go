package match

import (
	"fmt"
	"math/rand/v2"
	"testing"
)

// fairest tries every plan and returns the shares of the fairest, worst first,
// and the greatest value among the plans as fair. It is written from the wording
// of the rules, by way of the checker.
func fairest(t *testing.T, p *Problem, had map[string]int) ([]Share, int64) {
	t.Helper()
	k, err := newChecker(p)
	if err != nil {
		t.Fatal(err)
	}
	in, err := newInstance(p)
	if err != nil {
		t.Fatal(err)
	}
	f := newFair(in, FairOptions{Had: had})
	var best []Share
	var most int64
	var made []Match
	var try func(e int)
	try = func(e int) {
		if e == len(p.Edges) {
			value, err := k.plan(made)
			if err != nil {
				return
			}
			got := make([]int, len(f.orgs))
			for _, m := range made {
				for i, a := range p.People {
					if a.ID == m.Visitor {
						got[f.org[i]] += len(m.Slots)
					}
				}
			}
			shares := f.sharesOf(got)
			if best == nil || fairer(shares, best) > 0 || fairer(shares, best) == 0 && value > most {
				best, most = shares, value
			}
			return
		}
		try(e + 1)
		for o := in.ofEdge[e][0]; o < in.ofEdge[e][1]; o++ {
			made = append(made, in.match(o))
			if len(p.Locked) > 0 || partly(k, made) {
				try(e + 1)
			}
			made = made[:len(made)-1]
		}
	}
	try(0)
	return best, most
}

// partly reports whether matches keep the rules as far as they go.
func partly(k *checker, made []Match) bool { _, err := k.plan(made); return err == nil }

func TestFairnessAgreesWithBruteForce(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 8))
	tried, reached := 0, 0
	for n := 0; tried < 150 && n < 2000; n++ {
		p := randomProblem(r, 3+r.IntN(4), 2, 45)
		if p.Validate() != nil || len(p.Edges) > 12 {
			continue
		}
		p.Seconds = 0.2
		had := map[string]int{}
		for o := range 4 {
			had[fmt.Sprint("o", o)] = r.IntN(3)
		}
		want, most := fairest(t, p, had)
		got, err := SolveFair(p, FairOptions{Had: had}, Control{})
		if err != nil {
			t.Fatal(err)
		}
		tried++
		if !got.Exact || got.Value != most || len(want) != len(got.Shares) || len(want) > 0 &&
			fairer(got.Shares, want) != 0 {
			t.Fatalf("problem %d: exact %v, shares %v worth %d; brute force has %v worth %d", n, got.Exact, got.Shares,
				got.Value, want, most)
		}
		if err := Check(p, &got.Result, got.Certificate); err != nil {
			t.Fatalf("problem %d: %v", n, err)
		}
		if len(want) > 0 {
			switch c := want[0].below(got.Ceiling); {
			case c > 0:
				t.Fatalf("problem %d: the worst off can have %+v, more than the ceiling %+v", n, want[0], got.Ceiling)
			case c == 0:
				reached++
			}
		}
	}
	if reached < tried/4 {
		t.Errorf("of %d ceilings %d were reached", tried, reached)
	}
	if tried < 100 {
		t.Errorf("only %d problems", tried)
	}
}

func TestFairnessMindsWhatWasHad(t *testing.T) {
	p := &Problem{Slots: 1, People: []Participant{{ID: "a", Org: "x", Role: Visit}, {ID: "b", Org: "y", Role: Visit},
		{ID: "h", Org: "z", Role: Host}},
		Edges: []Edge{{Visitor: "a", Host: "h", Half: number[int64](900)},
			{Visitor: "b", Host: "h", Half: number[int64](100)}}}
	for had, want := range map[int]string{0: "a", 1: "b"} {
		r, err := SolveFair(p, FairOptions{Had: map[string]int{"x": had}}, Control{})
		if err != nil || len(r.Matches) != 1 || r.Matches[0].Visitor != want {
			t.Errorf("x had %d: %+v %v", had, r, err)
		}
	}
}

func TestFairnessStopsWhenAsked(t *testing.T) {
	p := randomProblem(rand.New(rand.NewPCG(1, 1)), 40, 2, 60)
	for p.Validate() != nil {
		p.Locked = nil
	}
	if r, err := SolveFair(p, FairOptions{}, Control{Stop: func() bool { return true }}); err != nil || r.Exact ||
		Check(p, &r.Result, r.Certificate) != nil {
		t.Errorf("%+v %v", r, err)
	}
}
