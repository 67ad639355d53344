package match

import (
	"math/rand/v2"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// What is likely says where to look, and nothing about what is possible.
func TestUnlikelyEdgesAreUsedAndProved(t *testing.T) {
	r := rand.New(rand.NewPCG(11, 4))
	for range 300 {
		p := randomProblem(r, 2+r.IntN(6), 1+r.IntN(4), 50)
		if len(p.Edges) < 2 || p.Validate() != nil {
			continue
		}
		p.Likely = 1 + r.IntN(len(p.Edges)-1)
		got, err := Solve(p, Control{})
		if err != nil {
			t.Fatal(err)
		}
		if err := Check(p, got, got.Certificate); err != nil {
			t.Fatal(err)
		}
		if best := bruteForce(p); got.Value != best || got.Bound != best {
			t.Fatalf("value %d and bound %d, but the best is %d with %d of %d edges likely", got.Value, got.Bound, best,
				p.Likely, len(p.Edges))
		}
	}
}

// halfLikely is a larger problem of which the poorer half of the edges are not
// likely.
func halfLikely(people int, seed uint64, seconds float64) *Problem {
	p := fullProblem(people, seed)
	p.Seconds = seconds
	slices.SortStableFunc(p.Edges, func(a, b Edge) int { return int(*b.Half - *a.Half) })
	p.Likely = len(p.Edges) / 2
	return p
}

func TestTheBoundOfALargeProblemHoldsForUnlikelyEdges(t *testing.T) {
	for seed := range uint64(2) {
		p := halfLikely(260+80*int(seed), seed, 0.3)
		r, err := Solve(p, Control{})
		if err != nil {
			t.Fatal(err)
		}
		if err := Check(p, r, r.Certificate); err != nil {
			t.Error(err)
		}
		if r.Gap > 0.2 {
			t.Errorf("%g from the best possible", r.Gap)
		}
		again, err := Solve(p, Control{})
		if err != nil || again.Value != r.Value || again.Bound != r.Bound {
			t.Errorf("%d of %d, and then %d of %d", r.Value, r.Bound, again.Value, again.Bound)
		}
	}
}

func TestAnUnlikelyEdgeWorthMuchGetsIn(t *testing.T) {
	p := halfLikely(300, 7, 0.5)
	last := &p.Edges[len(p.Edges)-1]
	last.Half, last.Full = number(int64(20_000)), number(int64(36_000))
	for i := range p.People {
		if a := &p.People[i]; a.ID == last.Visitor || a.ID == last.Host {
			a.Available, a.Wants = nil, Either
		}
	}
	r, err := Solve(p, Control{})
	if err != nil {
		t.Fatal(err)
	}
	if !slices.ContainsFunc(r.Matches, func(m Match) bool { return m.Visitor == last.Visitor && m.Host == last.Host }) {
		t.Error("it does not")
	}
}

func TestUnlikelyEdgesWhenStopped(t *testing.T) {
	p := halfLikely(300, 3, 2)
	for _, after := range []int{0, 3, 200} {
		asked := 0
		r, err := Solve(p, Control{Stop: func() bool { asked++; return asked > after }})
		if err != nil {
			t.Fatal(err)
		}
		if err := Check(p, r, r.Certificate); err != nil || r.Finished {
			t.Errorf("stopped after %d: %v, finished %v", after, err, r.Finished)
		}
	}
}

// Scores of everybody are those of a ranking of everybody, and a comparison of two
// people is what the ranking says of them.
func TestScoresAreThoseOfTheRanking(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		people := somePeople(t)
		s := NewSimilarity(people, SimilarityOptions{})
		least := rapid.IntRange(-5, 400).Draw(t, "least")
		one := rapid.IntRange(0, max(0, len(people)-1)).Draw(t, "one")
		for i, list := range s.ScoreAll(least) {
			want := map[int]Peer{}
			for _, p := range s.Rank(i, len(people)) {
				want[p.Index] = p
			}
			for _, e := range list {
				p, ranked := want[int(e.Index)]
				if !ranked || p.Score != int(e.Score) || p.Score < least {
					t.Fatalf("%d scores %d with %d, and the ranking says %v", e.Index, e.Score, i, p)
				}
				delete(want, int(e.Index))
				if i != one {
					continue
				}
				if got, ok := s.Compare(i, int(e.Index)); !ok || got.Score != p.Score ||
					!slices.Equal(got.Reasons, p.Reasons) {
					t.Fatalf("%v, want %v", got, p)
				}
			}
			for j, p := range want {
				if p.Score >= least {
					t.Fatalf("%d is missing for %d", j, i)
				}
			}
			if _, ok := s.Compare(i, i); ok {
				t.Fatal("somebody is their own peer")
			}
		}
	})
}
