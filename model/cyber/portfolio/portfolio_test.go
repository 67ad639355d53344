package portfolio

import (
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"

	"interlocal/model/failure"
)

func TestPortfolioEqualsBruteForce(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 106))
	refused, worse, pinned := 0, 0, 0
	for round := range 4000 {
		p := randomProblem(r, 1+r.IntN(4), 1+r.IntN(10), 1+r.IntN(10))
		gain, cost, possible := bruteForce(p)
		best, err := p.Best(0, nil)
		if (err == nil) != possible {
			t.Fatalf("round %d: error %v, but possible is %v for %+v", round, err, possible, p)
		}
		if err != nil {
			refused++
			continue
		}
		checkPortfolio(t, p, best)
		if best.Gain != gain || best.Cost != cost || !best.Proved() || best.Bound != gain {
			t.Fatalf("round %d: gain %d cost %d bound %d; every choice tried gives %d at %d for %+v",
				round, best.Gain, best.Cost, best.Bound, gain, cost, p)
		}
		greedy, err := p.Greedy()
		if err != nil {
			t.Fatal(err)
		}
		checkPortfolio(t, p, greedy)
		if greedy.Gain > gain || greedy.Bound < gain {
			t.Fatalf("round %d: greedy gains %d with bound %d, best is %d", round, greedy.Gain, greedy.Bound, gain)
		}
		if greedy.Gain < gain {
			worse++
		}
		if p.Solutions[0].Pinned {
			pinned++
		}
	}
	// The cases must have been of every sort, or the test shows little.
	if refused < 50 || worse < 20 || pinned < 50 || refused > 2000 {
		t.Errorf("%d refused, %d where greedy was worse, %d pinned", refused, worse, pinned)
	}
}

func TestGreedyTriesTheMostUsefulFirst(t *testing.T) {
	// Per dollar the small one wins, but then the large one no longer fits.
	got, err := plain(100, []int{1, 100}, []int{2, 50}).Greedy()
	if err != nil || !slices.Equal(got.Chosen, []int{1}) || got.Gain != 50 ||
		got.Quality() != "within 2.0% of the best" {
		t.Errorf("%+v, %v, %s", got, err, got.Quality())
	}
}

func TestGreedyDropsWhatBecameUseless(t *testing.T) {
	// The first is the cheapest per level, and the second lifts all it lifts.
	p := plain(100, []int{1, 50}, []int{2, 50})
	p.Solutions[1].Lifts = append(p.Solutions[1].Lifts, p.Solutions[0].Lifts...)
	got, err := p.Greedy()
	if err != nil || !slices.Equal(got.Chosen, []int{1}) || got.Cost != 50 || got.Gain != 52 ||
		got.Quality() != "proved best" {
		t.Errorf("%+v, %v", got, err)
	}
}

func TestPortfolioRefuses(t *testing.T) {
	ok := func() Problem { return plain(100, []int{60, 60, 10}, []int{1, 1, 1}) }
	for _, c := range []struct {
		name string
		edit func(*Problem)
		says string
	}{
		{"a negative budget", func(p *Problem) { p.Budget = -1 }, "budget"},
		{"too many solutions", func(p *Problem) { p.Solutions = make([]Solution, 65) }, "At most 64"},
		{"years without end", func(p *Problem) { p.Years = 101 }, "1 to 100 years"},
		{"a ceiling of 8", func(p *Problem) { p.Ceiling = 8 }, "1 to 7"},
		{"a negative cost", func(p *Problem) { p.Solutions[0].Yearly = -1 }, "costs of \"s0\""},
		{"a level 8", func(p *Problem) { p.Solutions[0].Lifts[0].To = 8 }, "lift that is not a level"},
		{"a weight below zero", func(p *Problem) { p.Cities[0].Weights = []int{-1} }, "weight"},
		{"an unknown city", func(p *Problem) { p.Solutions[0].Cities = []int{1} }, "not part of the plan"},
		{"an unknown prerequisite", func(p *Problem) { p.Solutions[0].Requires = []int{3} }, "not part of the plan"},
		{"a conflict with itself", func(p *Problem) { p.Solutions[0].Conflicts = []int{0} }, "itself"},
		{"in and out", func(p *Problem) { p.Solutions[0].Pinned, p.Solutions[0].Barred = true, true }, "both"},
		{"two required that conflict", func(p *Problem) {
			p.Solutions[0].Pinned, p.Solutions[2].Pinned, p.Solutions[0].Conflicts = true, true, []int{2}
		}, "conflict"},
		{"a required one whose need is ruled out", func(p *Problem) {
			p.Solutions[0].Pinned, p.Solutions[0].Requires, p.Solutions[2].Barred = true, []int{2}, true
		}, "\"s0\" is required"},
		{"required ones over the budget",
			func(p *Problem) { p.Solutions[0].Pinned, p.Solutions[1].Pinned = true, true }, "$1.20, more than the " +
				"budget of $1.00"},
	} {
		p := ok()
		c.edit(&p)
		_, err := p.Best(0, nil)
		_, quick := p.Greedy()
		if failure.CodeOf(err) != failure.Invalid || !strings.Contains(err.Error(), c.says) || quick == nil ||
			quick.Error() != err.Error() {
			t.Errorf("%s: %v / %v", c.name, err, quick)
		}
	}
	if got, err := ok().Best(0, nil); err != nil || got.Gain != 2 || got.Cost != 70 {
		t.Errorf("%+v, %v", got, err)
	}
	if got, err := (Problem{}).Best(0, nil); err != nil || !got.Proved() || got.Chosen != nil {
		t.Errorf("an empty problem: %+v, %v", got, err)
	}
}

func TestSearchStopsWhenAsked(t *testing.T) {
	p := bigProblem(1, 20, 50, true)
	asked := 0
	got, err := p.Best(0, func() bool { asked++; return asked == 2 })
	if err != nil || !got.Stopped || asked != 2 || got.Nodes > 200+MaxSolutions {
		t.Errorf("asked %d times, %d steps, stopped %v, %v", asked, got.Nodes, got.Stopped, err)
	}
	if full, _ := p.Best(0, nil); got.Bound < full.Gain || full.Stopped {
		t.Errorf("bound %d, best %d", got.Bound, full.Gain)
	}
}

func TestStoppedSearchKeepsItsPromise(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	open := 0
	for range 600 {
		p := randomProblem(r, 2, 6, 9)
		gain, _, possible := bruteForce(p)
		got, err := p.Best(1+r.IntN(4), nil)
		if err != nil {
			if possible {
				t.Fatal(err)
			}
			continue
		}
		checkPortfolio(t, p, got)
		if got.Bound < gain {
			t.Fatalf("bound %d, but %d can be had", got.Bound, gain)
		}
		if within := int64(got.Within()); got.Gain*1000 < gain*(1000-within) {
			t.Fatalf("gain %d is not within %d/1000 of %d", got.Gain, within, gain)
		}
		if !got.Proved() {
			open++
			if !got.Stopped || !strings.HasPrefix(got.Quality(), "within ") {
				t.Fatalf("stopped %v, quality %q", got.Stopped, got.Quality())
			}
		}
	}
	if open < 10 {
		t.Errorf("only %d searches were left open", open)
	}
}

func TestPortfolioOfTwentyIsProved(t *testing.T) {
	for seed := range uint64(3) {
		for _, overlap := range []int{4, 25, 90} {
			p := bigProblem(seed, 20, overlap, true)
			best, err := p.Best(0, nil)
			if err != nil {
				t.Fatal(err)
			}
			greedy, err := p.Greedy()
			if err != nil {
				t.Fatal(err)
			}
			t.Logf("overlap %d: best %d in %d steps, greedy %d (%s)", overlap, best.Gain, best.Nodes, greedy.Gain,
				greedy.Quality())
			if want := tableBest(t, p); best.Gain != want || !best.Proved() {
				t.Errorf("overlap %d: gain %d, proved %v, want %d", overlap, best.Gain, best.Proved(), want)
			}
		}
	}
}

func BenchmarkPortfolio(b *testing.B) {
	for _, overlap := range []int{4, 12, 25, 50, 90} {
		for seed := range uint64(2) {
			p := bigProblem(seed, 20, overlap, true)
			name := "overlap=" + strconv.Itoa(overlap) + "/seed=" + strconv.Itoa(int(seed))
			b.Run("best/"+name, func(b *testing.B) {
				for b.Loop() {
					if got, err := p.Best(0, nil); err != nil || !got.Proved() {
						b.Fatal(err)
					}
				}
			})
			b.Run("greedy/"+name, func(b *testing.B) {
				for b.Loop() {
					if _, err := p.Greedy(); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
}
