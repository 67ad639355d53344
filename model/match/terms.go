package match

import (
	"math"
	"slices"
)

// A termMatrix holds, for each person, the terms they used and how much each
// counts, as a unit vector: the classic vector space model (Salton, Wong and
// Yang 1975) with logarithmic term frequency and inverse document frequency.
// Row i is cells[at[i]:at[i+1]], in order of term.
type termMatrix struct {
	at    []int32
	cells []cell
	terms int
}

type cell struct {
	term   int32
	weight float32
}

func (m *termMatrix) row(i int) []cell { return m.cells[m.at[i]:m.at[i+1]] }

// spread writes row i into a dense vector; clear takes it out again.
func (m *termMatrix) spread(i int, dense []float32) {
	for _, c := range m.row(i) {
		dense[c.term] = c.weight
	}
}

func (m *termMatrix) clear(i int, dense []float32) {
	for _, c := range m.row(i) {
		dense[c.term] = 0
	}
}

// against is the inner product of row j with a dense vector.
func (m *termMatrix) against(j int, dense []float32) float32 {
	var sum float32
	for _, c := range m.row(j) {
		sum += float32(c.weight * dense[c.term])
	}
	return sum
}

// A counter says how to count words as terms.
type counter struct {
	terms   int
	weights [fields]int
	expand  func(word int32) []int32
}

// matrix counts the terms of each text and weighs them, keeping the heaviest.
func (c counter) matrix(texts []reading, keep int, run Parallel) *termMatrix {
	m := &termMatrix{at: make([]int32, len(texts)+1), terms: c.terms}
	parts := make([][]cell, (len(texts)+chunkRows-1)/chunkRows)
	run.chunks(len(texts), func(from, to int) {
		tally := make([]float32, c.terms)
		var cells []cell
		for i := from; i < to; i++ {
			start := len(cells)
			cells = c.count(texts[i], tally, cells)
			m.at[i+1] = int32(len(cells) - start)
		}
		parts[from/chunkRows] = cells
	})
	for i := range texts {
		m.at[i+1] += m.at[i]
	}
	m.cells = slices.Concat(parts...)
	m.weigh(float64(max(1, c.weights[inDuties])), run)
	m.keepHeaviest(keep)
	return m
}

// count appends the tally of a text, in order of term; tally is left empty.
func (c counter) count(text reading, tally []float32, cells []cell) []cell {
	start := len(cells)
	for f, words := range text {
		if c.weights[f] <= 0 {
			continue
		}
		for _, w := range words {
			for _, t := range c.expand(w) {
				if tally[t] == 0 {
					cells = append(cells, cell{term: t})
				}
				tally[t] += float32(c.weights[f])
			}
		}
	}
	row := cells[start:]
	slices.SortFunc(row, func(a, b cell) int { return int(a.term - b.term) })
	for k, x := range row {
		row[k].weight = tally[x.term]
		tally[x.term] = 0
	}
	return cells
}

// weigh turns tallies into weights: 1 + log of the tally in units of a mention
// among the duties, times the rarity of the term, each row scaled to length 1.
func (m *termMatrix) weigh(unit float64, run Parallel) {
	found := make([]int32, m.terms)
	for _, c := range m.cells {
		found[c.term]++
	}
	rarity := make([]float64, m.terms)
	people := len(m.at) - 1
	for t, n := range found {
		rarity[t] = math.Log((float64(people) + 1) / (float64(n) + 0.5))
	}
	run.chunks(people, func(from, to int) {
		for i := from; i < to; i++ {
			row := m.row(i)
			var square float64
			for k, c := range row {
				x := (1 + math.Log(max(float64(c.weight)/unit, 0.3))) * rarity[c.term]
				square += float64(x * x)
				row[k].weight = float32(x)
			}
			if square > 0 {
				scale := float32(1 / math.Sqrt(square))
				for k := range row {
					row[k].weight *= scale
				}
			}
		}
	})
}

// keepHeaviest drops all but the n heaviest cells of each row. The light ones,
// which everybody has, say little and cost most of the time.
func (m *termMatrix) keepHeaviest(n int) {
	kept := m.cells[:0]
	var order []cell
	start := int32(0)
	for i := range len(m.at) - 1 {
		row := m.cells[start:m.at[i+1]]
		start = m.at[i+1]
		var least cell
		if len(row) > n {
			order = append(order[:0], row...)
			slices.SortFunc(order, heavier)
			least = order[n-1]
		}
		for _, c := range row {
			if len(row) <= n || heavier(c, least) <= 0 {
				kept = append(kept, c)
			}
		}
		m.at[i+1] = int32(len(kept))
	}
	m.cells = slices.Clip(kept)
}

func heavier(a, b cell) int {
	switch {
	case a.weight > b.weight:
		return -1
	case a.weight < b.weight:
		return 1
	}
	return int(a.term - b.term)
}
