package match

import (
	"math"
	"slices"
	"strconv"
	"strings"
)

// Areas say which departments do each other's work. Every city cuts its work
// up differently and names the pieces as it likes; what tells is that the people
// of two departments keep turning up as each other's nearest in words and
// meaning. For each pair of departments that count is compared with what chance
// would give, as a log ratio held back by a prior: pointwise mutual information
// (Church and Hanks 1990), smoothed.
type areas struct {
	of    []int32
	names [][]int32
	label []string
	ratio []float32
	count int
}

// newAreas groups people by the stems of their department's name and counts
// votes in the lists found so far.
func newAreas(s *Similarity, departments [][]int32) *areas {
	a := &areas{of: make([]int32, len(departments))}
	number := map[string]int32{}
	var size []int
	for i, d := range departments {
		k := key(d)
		id, ok := number[k]
		if !ok {
			id = int32(len(size))
			number[k] = id
			size = append(size, 0)
			a.names = append(a.names, d)
			a.label = append(a.label, s.people[i].Department)
		}
		a.of[i] = id
		size[id]++
	}
	a.dropRare(size)
	a.vote(s)
	return a
}

func key(stems []int32) string {
	var b strings.Builder
	for _, t := range stems {
		b.WriteString(strconv.Itoa(int(t)))
		b.WriteByte(' ')
	}
	return b.String()
}

// dropRare renumbers departments by size, so that those beyond the limit, and
// the unnamed one, are the ones not counted.
func (a *areas) dropRare(size []int) {
	order := make([]int32, len(size))
	for i := range order {
		order[i] = int32(i)
	}
	rank := func(i int32) int {
		if len(a.names[i]) == 0 {
			return 0
		}
		return size[i]
	}
	slices.SortStableFunc(order, func(x, y int32) int { return rank(y) - rank(x) })
	names, label, to := make([][]int32, len(size)), make([]string, len(size)), make([]int32, len(size))
	for at, was := range order {
		names[at], label[at], to[was] = a.names[was], a.label[was], int32(at)
		if rank(was) > 0 && at < areaLimit {
			a.count = at + 1
		}
	}
	a.names, a.label = names, label
	for i, was := range a.of {
		a.of[i] = to[was]
	}
}

// vote lets each person's nearest in other cities speak for their departments.
func (a *areas) vote(s *Similarity) {
	n := a.count
	votes := make([]float64, n*n)
	total := make([]float64, n)
	var all float64
	for i, list := range s.lists {
		left := areaVotes
		for _, e := range list {
			if left == 0 {
				break
			}
			if s.city[e.who] == s.city[i] {
				continue
			}
			left--
			x, y := int(a.of[i]), int(a.of[e.who])
			if x >= n || y >= n {
				continue
			}
			votes[x*n+y]++
			votes[y*n+x]++
			total[x]++
			total[y]++
			all += 2
		}
	}
	a.ratio = make([]float32, n*n)
	for x := range n {
		for y := range n {
			expected := total[x] * total[y] / max(all, 1)
			a.ratio[x*n+y] = float32(math.Log((votes[x*n+y] + areaPrior) / (expected + areaPrior)))
		}
	}
}

// points is what the departments of two people add to their score.
func (a *areas) points(w Weights, i, j int) float32 {
	x, y := int(a.of[i]), int(a.of[j])
	var p float32
	if len(a.names[x]) > 0 && len(a.names[y]) > 0 {
		p = float32(float32(w.DepartmentName) * overlap(a.names[x], a.names[y]))
	}
	if x < a.count && y < a.count {
		p += float32(float32(w.Area) * a.ratio[x*a.count+y])
	}
	return p
}

// overlap is the share of words two names have in common (Dice 1945).
func overlap(x, y []int32) float32 {
	same := 0
	for i, j := 0, 0; i < len(x) && j < len(y); {
		switch {
		case x[i] == y[j]:
			same, i, j = same+1, i+1, j+1
		case x[i] < y[j]:
			i++
		default:
			j++
		}
	}
	return float32(2*same) / float32(len(x)+len(y))
}
