package match

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"
)

// fullProblem draws a problem of a day of two halves with every kind of wish:
// two in five both visit and host, hosts take one to three, five in six halves
// are free, and each visitor has about fifteen hosts to choose from.
func fullProblem(people int, seed uint64) *Problem {
	r := rand.New(rand.NewPCG(seed, 60))
	p := &Problem{Slots: 2, Seed: seed}
	for i := range people {
		role := Visit
		if n := r.IntN(20); n >= 12 {
			role = Both
		} else if n >= 7 {
			role = Host
		}
		p.People = append(p.People, Participant{ID: fmt.Sprint(i), Org: fmt.Sprint(r.IntN(5)), Role: role,
			Capacity:  number(1 + r.IntN(3)),
			Available: []bool{r.IntN(100) < 85, r.IntN(100) < 85}, Wants: []Length{Half, Full, Either}[r.IntN(3)]})
	}
	for v := range p.People {
		if p.People[v].Role == Host {
			continue
		}
		listed := 0
		for _, h := range r.Perm(people) {
			a := &p.People[h]
			if listed == 15 || a.Role == Visit || a.Org == p.People[v].Org {
				continue
			}
			listed++
			half := 100 + r.Int64N(901)
			p.Edges = append(p.Edges, Edge{Visitor: p.People[v].ID, Host: a.ID, Half: &half,
				Full: number(half * 9 / 5)})
		}
	}
	return p
}

// BenchmarkFullProblem reports how far from proved best plans of the full
// problem are, in thousandths, in the time allowed; run it with -benchtime 1x.
func BenchmarkFullProblem(b *testing.B) {
	for _, c := range []struct {
		people  int
		seconds float64
	}{{60, 2}, {300, 5}, {1000, 10}, {3000, 30}} {
		b.Run(fmt.Sprint(c.people), func(b *testing.B) {
			gap, proved := 0.0, 0
			for n := range b.N {
				p := fullProblem(c.people, uint64(n+1))
				p.Seconds = c.seconds
				end := time.Now().Add(time.Duration(c.seconds * float64(time.Second)))
				r, err := Solve(p, Control{Stop: func() bool { return time.Now().After(end) }})
				if err != nil {
					b.Fatal(err)
				}
				gap += r.Gap
				if r.Proved {
					proved++
				}
			}
			b.ReportMetric(1000*gap/float64(b.N), "gap/1000")
			b.ReportMetric(float64(proved)/float64(b.N), "proved")
		})
	}
}

// halfDays makes a full problem one of half days alone in which everybody either
// visits or hosts: a minimum-cost flow, but that a pair meets once.
func halfDays(p *Problem) *Problem {
	role := map[string]Role{}
	for i := range p.People {
		a := &p.People[i]
		a.Wants = Half
		if a.Role == Both {
			a.Role = []Role{Visit, Host}[i%2]
		}
		role[a.ID] = a.Role
	}
	p.Edges = slices.DeleteFunc(p.Edges, func(e Edge) bool { return role[e.Visitor] != Visit || role[e.Host] != Host })
	return p
}

// BenchmarkHalfDays solves problems of half days to proof.
func BenchmarkHalfDays(b *testing.B) {
	for _, people := range []int{60, 300, 1000, 3000} {
		b.Run(fmt.Sprint(people), func(b *testing.B) {
			seed := uint64(0)
			for b.Loop() {
				seed++
				if r, err := Solve(halfDays(fullProblem(people, seed)), Control{}); err != nil || !r.Proved {
					b.Fatalf("%v, %v", r, err)
				}
			}
		})
	}
}

// BenchmarkCancel reports the longest time in which nobody is asked whether to
// stop, which is the longest that a cancelled search goes on.
func BenchmarkCancel(b *testing.B) {
	for _, people := range []int{60, 1000, 3000} {
		b.Run(fmt.Sprint(people), func(b *testing.B) {
			var worst time.Duration
			for n := range b.N {
				p := fullProblem(people, uint64(n+1))
				p.Seconds = 10
				last := time.Now()
				end := last.Add(10 * time.Second)
				_, err := Solve(p, Control{Stop: func() bool {
					now := time.Now()
					worst = max(worst, now.Sub(last))
					last = now
					return now.After(end)
				}})
				if err != nil {
					b.Fatal(err)
				}
				worst = max(worst, time.Since(last))
			}
			b.ReportMetric(float64(worst.Microseconds())/1000, "ms/longest")
		})
	}
}

func TestNobodySearchesOnWhenStopped(t *testing.T) {
	p := fullProblem(60, 3)
	p.Seconds = 1
	for after := range 16 {
		asked := 0
		r, err := Solve(p, Control{Stop: func() bool { asked++; return asked > after*after }})
		if err != nil || Check(p, r, r.Certificate) != nil {
			t.Fatalf("stopped after %d: %v", after*after, err)
		}
		// Having been told, the search only writes down what it has.
		if asked > after*after+1 && !r.Finished && asked > after*after+64 {
			t.Errorf("stopped after %d, and asked %d times more", after*after, asked-after*after)
		}
	}
}
