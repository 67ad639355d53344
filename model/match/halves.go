package match

import (
	"cmp"
	"fmt"
	"math"
	"math/bits"
	"math/rand/v2"
	"slices"
)

// Where roles go round in a circle (a visits b, b visits c, c visits a) the
// relaxation can give everybody half of everything. Adding the rules of such a
// circle and halving the sum gives a rule that forbids it. Rules to be added are
// found by elimination modulo two (Koster, Zymolka and Kutschka 2009): wanted is
// a set of tight rules whose sum has an odd limit and even weights, except where
// shares are small.

// halfRow is a sum of rules modulo two.
type halfRow struct {
	odd   []uint64
	rows  []int32
	slack float64
	limit bool
	used  bool
}

const (
	halvesSlack = 0.3
	halvesRows  = 16_000
	// As many rules are added at once, or this part of the rows if that is more.
	halvesAdded = 60
	halvesPart  = 5
	halvesLoss  = 0.06
)

// halvesTries orders of elimination are tried where shares are exact.
const halvesTries = 6

// addHalves adds halved rules that the shares break, the deepest of those found in
// so many orders of elimination, and returns how many. It
// gives up when stop says so.
func (x *relaxation) addHalves(shares []float64, tries int, stop func() bool) int {
	candidates := x.tightRows(shares)
	var cols []int32
	for c, v := range shares {
		if v > 1e-6 {
			cols = append(cols, int32(c))
		}
	}
	random := rand.New(rand.NewPCG(uint64(len(x.rows)), uint64(len(cols))))
	weight := slices.Clone(shares)
	known := map[string]bool{}
	most := max(halvesAdded, len(x.rows)/halvesPart)
	var cuts []deepRow
	for try := range tries {
		if try > 0 {
			for c := range weight {
				weight[c] = shares[c] * (0.5 + random.Float64())
			}
		}
		slices.SortStableFunc(cols, func(a, b int32) int {
			switch {
			case weight[a] > weight[b]+1e-9:
				return -1
			case weight[b] > weight[a]+1e-9:
				return 1
			}
			return int(a - b)
		})
		for _, f := range eliminate(x.parities(candidates, cols, shares), cols, shares, stop) {
			slices.Sort(f.rows)
			name := fmt.Sprint(f.rows)
			if known[name] {
				continue
			}
			known[name] = true
			parts := make([]row, len(f.rows))
			for i, r := range f.rows {
				parts[i] = candidates[r]
			}
			if cut := halve(parts); x.violation(&cut, shares) > broken/2 {
				cuts = append(cuts, deepRow{cut, x.violation(&cut, shares) / math.Sqrt(float64(len(cut.terms)))})
			}
		}
		if len(cuts) >= most {
			break
		}
	}
	return x.addDeepest(cuts, most)
}

// tightRows lists the rules, rows of the relaxation or not, that the shares
// nearly reach and that may be halved.
func (x *relaxation) tightRows(shares []float64) []row {
	var out []row
	for i := range x.rows {
		if !x.rows[i].rounded() && x.violation(&x.rows[i], shares) > -halvesSlack {
			out = append(out, x.rows[i])
		}
	}
	for _, r := range x.edgeRules(shares, 1-halvesSlack) {
		out = append(out, x.in.writeOut(r.Rule))
	}
	return out[:min(len(out), halvesRows)]
}

func (x *relaxation) parities(candidates []row, cols []int32, shares []float64) []*halfRow {
	place := map[int32]int{}
	for i, c := range cols {
		place[c] = i
	}
	table := make([]*halfRow, len(candidates))
	for i := range candidates {
		r := &candidates[i]
		h := &halfRow{odd: make([]uint64, (len(cols)+63)/64), rows: []int32{int32(i)}, limit: r.limit&1 == 1}
		h.slack = max(0, -x.violation(r, shares))
		for _, t := range r.terms {
			if c := x.column[t.option]; c >= 0 && t.weight&1 == 1 {
				if k, ok := place[c]; ok {
					h.odd[k/64] |= 1 << (k % 64)
				}
			}
		}
		table[i] = h
	}
	return table
}

// eliminate makes the columns even one after the other, largest share first,
// always with the tightest row, and returns the odd rows that promise most.
func eliminate(table []*halfRow, cols []int32, shares []float64, stop func() bool) []*halfRow {
	live := slices.Clone(table) // neither used nor past hope
	var odd []*halfRow
	for k := range cols {
		if k%16 == 0 {
			if stop() {
				return nil
			}
			live = slices.DeleteFunc(live, func(h *halfRow) bool { return h.used || h.slack >= 1 })
		}
		odd = odd[:0]
		for _, h := range live {
			if h.odd[k/64]>>(k%64)&1 == 1 && !h.used && h.slack < 1 {
				odd = append(odd, h)
			}
		}
		if len(odd) == 0 {
			continue
		}
		pivot := slices.MinFunc(odd, func(a, b *halfRow) int {
			return cmp.Or(cmp.Compare(a.slack, b.slack), len(a.rows)-len(b.rows))
		})
		pivot.used = true
		for _, h := range odd {
			if h != pivot {
				h.add(pivot)
			}
		}
	}
	loss := map[*halfRow]float64{}
	var found []*halfRow
	for _, h := range table {
		if !h.limit || len(h.rows) < 2 {
			continue
		}
		l := h.slack
		for w, word := range h.odd {
			for ; word != 0; word &= word - 1 {
				l += shares[cols[w*64+bits.TrailingZeros64(word)]]
			}
		}
		if l < 1-halvesLoss {
			loss[h] = l
			found = append(found, h)
		}
	}
	slices.SortStableFunc(found, func(a, b *halfRow) int {
		switch {
		case loss[a] < loss[b]:
			return -1
		case loss[a] > loss[b]:
			return 1
		}
		return len(a.rows) - len(b.rows)
	})
	return found
}

// add adds another row modulo two. Rows counted twice drop out.
func (h *halfRow) add(other *halfRow) {
	for i, w := range other.odd {
		h.odd[i] ^= w
	}
	h.slack += other.slack
	h.limit = h.limit != other.limit
	for _, r := range other.rows {
		if i := slices.Index(h.rows, r); i >= 0 {
			h.rows = slices.Delete(h.rows, i, i+1)
		} else {
			h.rows = append(h.rows, r)
		}
	}
}
