package match

import (
	"cmp"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// A family is a kind of instance: who signs up, and how alike their work is. The
// families differ in what makes an instance hard, so that a solver tuned to one
// shows it on another.
type family struct {
	name string
	// cities is how many cities there are; the first has bigCity percent of the
	// people beyond its equal share.
	cities, bigCity int
	// trades is how many people there are to a trade, on average; 0 means that
	// how alike two people are is drawn anew for each pair.
	trades int
	// visit and host are the percentages of people who do only that.
	visit, host int
	// half and full are the percentages of people who ask for that.
	half, full int
	// capacity is the largest; free the percentage of half days people are free.
	capacity, free int
	slots          int
	candidates     int
	// capped adds caps on visits and units, locks and exclusions.
	capped bool
	// texts takes likeness from real sign-ups instead of drawn vectors.
	texts bool
}

// families lists every kind of instance, each with what is particular to it.
func families() []family {
	base := family{cities: 5, trades: 15, visit: 35, host: 25, half: 40, full: 30,
		capacity: 3, free: 85, slots: 2, candidates: 15}
	list := []family{}
	add := func(name string, change func(f *family)) {
		f := base
		f.name = name
		change(&f)
		list = append(list, f)
	}
	add("clustered", func(*family) {})
	add("uniform", func(f *family) { f.trades, f.half, f.full = 0, 33, 33 })
	add("onet", func(f *family) { f.texts = true })
	add("fewtrades", func(f *family) { f.trades = 60 })
	add("manytrades", func(f *family) { f.trades = 4 })
	add("scarce", func(f *family) { f.visit, f.host = 80, 12 })
	add("bigcity", func(f *family) { f.bigCity = 55 })
	add("narrow", func(f *family) { f.free = 55 })
	add("wide", func(f *family) { f.free, f.visit, f.host = 100, 10, 10 })
	add("fourslots", func(f *family) { f.slots = 4 })
	add("caps", func(f *family) { f.slots, f.capped = 4, true })
	add("open", func(f *family) { f.candidates, f.capacity = 60, 2 })
	return list
}

// trait is the number of dimensions of a work vector.
const trait = 12

// draw makes an instance of so many people. Real sign-ups are drawn from texts.
func (f *family) draw(people int, seed uint64, texts []Person) *Problem {
	r := rand.New(rand.NewPCG(seed, uint64(len(f.name))<<32|uint64(f.name[0])))
	p := &Problem{Slots: f.slots, Seed: 1}
	chosen := make([]Person, people)
	if f.texts {
		order := r.Perm(len(texts))
		for i := range chosen {
			chosen[i] = texts[order[i%len(order)]]
			chosen[i].ID = fmt.Sprint("p", i)
		}
	}
	for i := range people {
		city := fmt.Sprint("city", r.IntN(f.cities))
		if r.IntN(100) < f.bigCity {
			city = "city0"
		}
		if f.texts {
			city = chosen[i].City
		}
		a := Participant{ID: fmt.Sprint("p", i), Org: city, Role: f.role(r.IntN(100)), Wants: f.length(r.IntN(100)),
			Capacity: new(1 + r.IntN(f.capacity))}
		for range f.slots {
			a.Available = append(a.Available, r.IntN(100) < f.free)
		}
		p.People = append(p.People, a)
	}
	f.list(p, f.likeness(r, people, chosen), r)
	if f.capped {
		f.restrict(p, r)
	}
	return p
}

func (f *family) role(n int) Role {
	switch {
	case n < f.visit:
		return Visit
	case n < f.visit+f.host:
		return Host
	}
	return Both
}

func (f *family) length(n int) Length {
	switch {
	case n < f.half:
		return Half
	case n < f.half+f.full:
		return Full
	}
	return Either
}

// likeness gives how alike two people's work is, from 0 to 1.
func (f *family) likeness(r *rand.Rand, people int, chosen []Person) func(v, h int) float64 {
	switch {
	case f.texts:
		s := NewSimilarity(chosen, SimilarityOptions{})
		like := make([]map[int]float64, people)
		for i := range like {
			like[i] = map[int]float64{}
			for _, peer := range s.Rank(i, 4*f.candidates) {
				like[i][peer.Index] = float64(peer.Score) / 1000
			}
		}
		return func(v, h int) float64 { return like[v][h] }
	case f.trades == 0:
		return func(int, int) float64 { return 0.1 + 0.9*r.Float64() }
	}
	vector := func(around []float64, spread float64) []float64 {
		out := make([]float64, trait)
		var norm float64
		for k := range out {
			out[k] = spread * r.NormFloat64()
			if around != nil {
				out[k] += around[k]
			}
			norm += out[k] * out[k]
		}
		for k := range out {
			out[k] /= math.Sqrt(norm)
		}
		return out
	}
	centers := make([][]float64, max(2, people/f.trades))
	for i := range centers {
		centers[i] = vector(nil, 1)
	}
	work := make([][]float64, people)
	for i := range work {
		work[i] = vector(centers[r.IntN(len(centers))], 0.2)
	}
	return func(v, h int) float64 {
		var sum float64
		for k, x := range work[v] {
			sum += x * work[h][k]
		}
		return sum
	}
}

// list makes edges to those most like each visitor.
func (f *family) list(p *Problem, like func(v, h int) float64, r *rand.Rand) {
	type peer struct {
		who   int
		score float64
	}
	for v := range p.People {
		if p.People[v].Role == Host {
			continue
		}
		var peers []peer
		for _, h := range r.Perm(len(p.People)) {
			if p.People[h].Role == Visit || p.People[h].Org == p.People[v].Org || f.trades == 0 &&
				len(peers) == f.candidates {
				continue
			}
			if s := like(v, h); s > 0.01 {
				peers = append(peers, peer{h, s})
			}
		}
		slices.SortStableFunc(peers, func(a, b peer) int { return cmp.Compare(b.score, a.score) })
		for _, x := range peers[:min(len(peers), f.candidates)] {
			p.Edges = append(p.Edges, Edge{Visitor: p.People[v].ID, Host: p.People[x.who].ID,
				Half: new(int64(math.Round(1000 * x.score))), Full: new(int64(math.Round(1800 * x.score)))})
		}
	}
}

// restrict caps visits and units, excludes one pair in forty, and locks what goes
// together of a few pairs drawn.
func (f *family) restrict(p *Problem, r *rand.Rand) {
	p.Visits = new(2)
	p.Units = map[string]int{}
	for i := range p.People {
		a := &p.People[i]
		a.Unit = fmt.Sprint(a.Org, " ", r.IntN(len(p.People)/40+1))
		p.Units[a.Unit] = 2
		if r.IntN(5) == 0 {
			a.Visits = new(1)
		}
	}
	for i, e := range p.Edges {
		switch at := r.IntN(120); {
		case at < 3:
			p.Excluded = append(p.Excluded, Pair{e.Visitor, e.Host})
		case at == 3 && i%3 == 0:
			p.Locked = append(p.Locked, Lock{e.Visitor, e.Host, r.IntN(f.slots)})
			if p.Validate() != nil {
				p.Locked = p.Locked[:len(p.Locked)-1]
			}
		}
	}
}

// signups reads the real sign-ups for the families that are drawn from them.
func signups(t testing.TB, f *family) []Person {
	t.Helper()
	if !f.texts {
		return nil
	}
	people, _ := judged(t)
	return people
}
