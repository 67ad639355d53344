package match

import "slices"

// Comparing everybody with everybody takes too long beyond a few thousand
// people, so people are first put into groups by meaning (spherical k-means;
// Dhillon and Modha 2001), and each is compared with the nearest groups only.

// groupSize people make a group, on average, and grouping is refined this many
// times.
const (
	groupSize   = 100
	groupRounds = 3
)

type groups struct {
	centres space
	members [][]int32
}

func newGroups(s *space, run Parallel) *groups {
	people := len(s.coords) / s.dim
	count := max(1, people/groupSize)
	g := &groups{centres: space{dim: s.dim, coords: make([]float32, count*s.dim)}}
	for k, p := range evenly(people, count) {
		copy(g.centres.of(k), s.of(int(p)))
	}
	home := make([]int32, people)
	for round := range groupRounds {
		run.chunks(people, func(from, to int) {
			for i := from; i < to; i++ {
				home[i] = g.nearest(s.of(i))
			}
		})
		if round < groupRounds-1 {
			g.recentre(s, home)
		}
	}
	g.members = make([][]int32, count)
	for i, k := range home {
		g.members[k] = append(g.members[k], int32(i))
	}
	return g
}

func (g *groups) count() int { return len(g.centres.coords) / g.centres.dim }

func (g *groups) nearest(v []float32) int32 {
	best, at := float32(-2), 0
	for k := range g.count() {
		if d := dot(g.centres.of(k), v); d > best {
			best, at = d, k
		}
	}
	return int32(at)
}

func (g *groups) recentre(s *space, home []int32) {
	clear(g.centres.coords)
	for i, k := range home {
		addScaled(g.centres.of(int(k)), s.of(i), 1)
	}
	for k := range g.count() {
		normalise(g.centres.of(k))
	}
}

// near appends the members of the groups nearest to somebody, until there are
// enough of them.
func (g *groups) near(s *space, i int, out []int32) []int32 {
	order := make([]entry, g.count())
	for k := range order {
		order[k] = entry{int32(k), dot(g.centres.of(k), s.of(i))}
	}
	slices.SortFunc(order, byScore)
	for _, k := range order {
		out = append(out, g.members[k.who]...)
		if len(out) >= probed {
			break
		}
	}
	return out
}
