package match

import (
	"cmp"
	"math"
	"slices"
)

// Where capacities are two or three the relaxation gives people thirds and
// quarters, which no halved rule forbids. A mixed rule adds rules up with
// multipliers read from the simplex tableau, a whole number of parts each, and
// rounds: the mixed-integer cut of Gomory (1960), in the form of mixed-integer
// rounding (Nemhauser and Wolsey 1990; Marchand and Wolsey 2001). The slack of a
// rule is a whole number as well, so that all of the tableau row is.

const (
	// parts is the common denominator of multipliers; those of other denominators
	// are rounded, which costs depth and never truth.
	parts = 5040
	// mixedWeight is the largest weight of a mixed rule, after division by what all
	// its weights have in common: larger ones lose too much when duals are rounded.
	mixedWeight = 40
	// mixedRules are the most rules that one is made of.
	mixedRules = 250
	// mixedAdded are added at once, or this part of the rows if that is more.
	mixedAdded = 40
	mixedPart  = 8
	// mixedRank is how often a mixed rule may be made of mixed rules.
	mixedRank = 2
	// wholeWithin of a whole number a share counts as whole.
	wholeWithin = 0.02
)

// A mixer adds rules up and rounds them. It keeps, by option, the sum and the
// weight that comes of it.
type mixer struct {
	sum, weight []int64
	seen        []bool
	options     []int32
}

func newMixer(options int) *mixer {
	return &mixer{sum: make([]int64, options), weight: make([]int64, options), seen: make([]bool, options)}
}

// add adds up rules, so many times each.
func (m *mixer) add(rows []row, times []int64) (limit int64) {
	for _, o := range m.options {
		m.sum[o], m.weight[o], m.seen[o] = 0, 0, false
	}
	m.options = m.options[:0]
	for i := range rows {
		limit += times[i] * rows[i].limit
		for _, t := range rows[i].terms {
			if !m.seen[t.option] {
				m.seen[t.option] = true
				m.options = append(m.options, t.option)
			}
			m.sum[t.option] += times[i] * int64(t.weight)
		}
	}
	return limit
}

// mix rounds the sum of rules last added, so many parts of over each, the flipped
// options counted by what is left out of them. Without a fraction to round there is
// no rule.
func (m *mixer) mix(rows []row, times []int64, over, limit int64, flipped []int32) (row, bool) {
	for _, o := range flipped {
		limit -= m.sum[o]
	}
	f := limit - over*floorDiv(limit, over)
	if f == 0 {
		return row{}, false
	}
	round := func(a int64) int64 {
		whole := floorDiv(a, over)
		return whole*(over-f) + max(0, a-whole*over-f)
	}
	limit = floorDiv(limit, over) * (over - f)
	for _, o := range m.options {
		m.weight[o] = round(m.sum[o])
	}
	for _, o := range flipped {
		g := round(-m.sum[o])
		m.weight[o] = -g
		limit -= g
	}
	for i := range rows {
		if c := max(0, times[i]-f); c > 0 {
			limit -= c * rows[i].limit
			for _, t := range rows[i].terms {
				m.weight[t.option] -= c * int64(t.weight)
			}
		}
	}
	out, ok := m.reduced(limit)
	out.rule = Rule{Kind: MixedRule, Times: times, Over: over}
	return out, ok
}

// reduced divides the weights by what they have in common and writes them down.
func (m *mixer) reduced(limit int64) (row, bool) {
	var common, most int64
	used := 0
	for _, o := range m.options {
		if w := m.weight[o]; w != 0 {
			common = divisor(common, w)
			most = max(most, w, -w)
			used++
		}
	}
	if common == 0 || most/common > mixedWeight {
		return row{}, false
	}
	out := row{limit: floorDiv(limit, common), terms: make([]term, 0, used)}
	slices.Sort(m.options)
	for _, o := range m.options {
		if w := m.weight[o]; w != 0 {
			out.terms = append(out.terms, term{o, int32(w / common)})
		}
	}
	return out, true
}

// rank is how many times a rule was rounded, one upon the other.
func (r *Rule) rank() int {
	if r.Kind != MixedRule {
		return 0
	}
	most := 0
	for i := range r.Of {
		most = max(most, r.Of[i].rank())
	}
	return most + 1
}

// divisor is the greatest common divisor, never negative.
func divisor(a, b int64) int64 {
	for b != 0 {
		a, b = b, a%b
	}
	return max(a, -a)
}

// addMixed adds the mixed rules of the tableau that the shares break most, and
// returns how many.
func (x *relaxation) addMixed(shares []float64, stop func() bool) int {
	if x.lp.factor == nil {
		x.lp.refactor()
	}
	var cuts []deepRow
	known := map[uint64]bool{}
	if x.mixer == nil {
		x.mixer = newMixer(len(x.in.options))
	}
	for i, form := range x.forms(shares) {
		if i%16 == 0 && stop() {
			break
		}
		cut, ok := x.mixedAt(x.mixer, form, shares)
		if !ok {
			continue
		}
		if depth := x.depth(&cut, shares); depth > broken/2 && !known[cut.print()] {
			known[cut.print()] = true
			cuts = append(cuts, deepRow{cut, depth})
		}
	}
	return x.addDeepest(cuts, max(mixedAdded, len(x.rows)/mixedPart))
}

// forms lists sets of options of which a plan uses a whole number and the shares do
// not, by the positions of those that are basic: single options, the visits of
// somebody in a slot, all visits in a slot, and all visits.
func (x *relaxation) forms(shares []float64) [][]int32 {
	p, in := x.lp, x.in
	visits := make([][]int32, len(in.capacity)*in.slots)
	total := make([][]int32, in.slots+1)
	var out [][]int32
	part := func(v float64) bool { return math.Abs(v-math.Round(v)) >= wholeWithin }
	sum, sums := make([]float64, len(visits)), make([]float64, len(total))
	for c, o := range x.options {
		y := &in.options[o]
		pos, v := p.place[c], shares[c]
		each := func(list [][]int32, sum []float64, at int) {
			if sum[at] += v; pos >= 0 {
				list[at] = append(list[at], pos)
			}
		}
		if v == 0 && pos < 0 {
			continue
		}
		if pos >= 0 && part(v) {
			out = append(out, []int32{pos})
		}
		eachSlot(y.slots, func(s int) {
			each(visits, sum, int(y.visitor)*in.slots+s)
			each(total, sums, s)
		})
		each(total, sums, in.slots)
	}
	for i, list := range visits {
		if len(list) > 1 && part(sum[i]) {
			out = append(out, list)
		}
	}
	for i, list := range total {
		if len(list) > 1 && part(sums[i]) {
			out = append(out, list)
		}
	}
	return out
}

// deepRow is a rule and how deep it cuts.
type deepRow struct {
	row   row
	depth float64
}

// depth is how far the shares are beyond a rule, as a distance.
func (x *relaxation) depth(r *row, shares []float64) float64 {
	var norm float64
	for _, t := range r.terms {
		norm += float64(t.weight) * float64(t.weight)
	}
	return x.violation(r, shares) / math.Sqrt(max(norm, 1))
}

// addDeepest adds the deepest rules.
func (x *relaxation) addDeepest(cuts []deepRow, most int) int {
	slices.SortStableFunc(cuts, func(a, b deepRow) int { return cmp.Compare(b.depth, a.depth) })
	cuts = cuts[:min(len(cuts), most)]
	for _, c := range cuts {
		x.addRow(c.row)
	}
	return len(cuts)
}

// print is a number that tells rules apart.
func (r *row) print() uint64 {
	h := uint64(r.limit)
	for _, t := range r.terms {
		h = (h ^ uint64(t.option)<<8 ^ uint64(t.weight)) * 0x9e3779b97f4a7c15
		h ^= h >> 29
	}
	return h
}

// mixedAt makes the mixed rule of the sum of the tableau rows of some positions.
func (x *relaxation) mixedAt(m *mixer, form []int32, shares []float64) (row, bool) {
	p := x.lp
	clear(p.vector)
	for _, pos := range form {
		p.vector[pos] = 1
	}
	p.factor.backward(p.vector, p.rho)
	p.account()
	rows, times, over := x.multipliers()
	if len(rows) == 0 {
		return row{}, false
	}
	limit := m.add(rows, times)
	p.effort += 10 * int64(len(m.options))
	var flipped []int32
	for _, o := range m.options {
		if c := x.column[o]; c >= 0 && shares[c] > 0.5 && m.sum[o]%over != 0 {
			flipped = append(flipped, o)
		}
	}
	slices.Sort(flipped)
	cut, ok := m.mix(rows, times, over, limit, flipped)
	if ok {
		for i := range rows {
			cut.rule.Of = append(cut.rule.Of, rows[i].rule)
		}
		for _, o := range flipped {
			cut.rule.Flipped = append(cut.rule.Flipped, x.in.options[o].id())
		}
	}
	return cut, ok
}

// multipliers reads from rho which rows to add up, how many parts of over each. It
// lists none when there are too many, or when one was rounded too often.
func (x *relaxation) multipliers() (rows []row, times []int64, over int64) {
	over = parts
	for i, v := range x.lp.rho {
		u := int64(math.Round(v*parts)) % parts
		if u < 0 {
			u += parts
		}
		if u == 0 || math.Abs(v) < 1e-9 {
			continue
		}
		if len(rows) == mixedRules || x.rows[i].rule.rank() >= mixedRank {
			return nil, nil, over
		}
		rows, times = append(rows, x.rows[i]), append(times, u)
		over = divisor(over, u)
		x.lp.effort += 3 * int64(len(x.rows[i].terms))
	}
	for i := range times {
		times[i] /= over
	}
	return rows, times, parts / over
}
