package match

import (
	"math"
	"slices"
)

// A prover turns the prices of a relaxation into a bound in integers.
type prover struct {
	in      *instance
	options []int32
	edges   []int32
	// missing are options of the edges that are not among the options.
	missing []int32
	// charge is what each option was worth beyond its prices in the last bound,
	// and total the sum that the bound is rounded from.
	charge []int64
	total  int64
}

func newProver(in *instance, options []int32) *prover {
	p := &prover{in: in, options: options, charge: make([]int64, len(in.options))}
	last := int32(-1)
	for _, o := range options {
		if e := in.options[o].edge; e != last {
			p.edges = append(p.edges, e)
			last = e
		}
	}
	for _, e := range p.edges {
		for o := in.ofEdge[e][0]; o < in.ofEdge[e][1]; o++ {
			if _, ok := slices.BinarySearch(options, o); !ok {
				p.missing = append(p.missing, o)
			}
		}
	}
	return p
}

// prices rounds the row prices of a relaxation.
func (x *relaxation) prices() []pricedRow {
	var out []pricedRow
	for i := range x.rows {
		if v := int64(math.Round(x.lp.rowPrice(i) * PriceUnit)); v > 0 {
			out = append(out, pricedRow{int32(i), v})
		}
	}
	return out
}

// A pricedRow is a row of a relaxation, by position, and its price.
type pricedRow struct {
	row   int32
	price int64
}

// bound computes what prices prove when some options are barred and some edges
// have to use the option taken.
func (p *prover) bound(rows []row, prices []pricedRow, c *caseOf) int64 {
	for _, o := range p.options {
		p.charge[o] = p.in.options[o].value * PriceUnit
	}
	var sum int64
	for _, q := range prices {
		r := &rows[q.row]
		sum += q.price * r.limit
		for _, t := range r.terms {
			p.charge[t.option] -= q.price * int64(t.weight)
		}
	}
	for _, o := range p.missing {
		p.charge[o] = impossible / 4
	}
	for _, e := range p.edges {
		sum += p.edgeGain(e, c)
	}
	p.total = sum
	return floorDiv(sum, PriceUnit)
}

// worth returns for each option what a plan that uses it can be worth at most, by
// the prices of the last bound.
func (p *prover) worth(c *caseOf) []int64 {
	out := make([]int64, len(p.charge))
	for _, e := range p.edges {
		rest := p.total - p.edgeGain(e, c)
		for o := p.in.ofEdge[e][0]; o < p.in.ofEdge[e][1]; o++ {
			out[o] = floorDiv(rest+p.charge[o], PriceUnit)
		}
	}
	return out
}

// impossible, and a part of it, stands for the gain of an option that cannot be used.
const impossible = -1 << 61

func (p *prover) edgeGain(e int32, c *caseOf) int64 {
	if o, ok := c.taken[e]; ok {
		if c.bars(o) {
			return impossible / 4
		}
		return p.charge[o]
	}
	var best int64
	if _, locked := p.in.must[e]; locked {
		best = impossible / 4
	}
	for o := p.in.ofEdge[e][0]; o < p.in.ofEdge[e][1]; o++ {
		if !c.bars(o) {
			best = max(best, p.charge[o])
		}
	}
	return best
}

// A caseOf is what has been decided on the way to a node. Below the root, options
// that cannot be part of a plan worth more than some value are out as well.
type caseOf struct {
	barred map[int32]bool
	taken  map[int32]int32
	worth  []int64
	value  int64
}

// bars reports whether an option is out.
func (c *caseOf) bars(o int32) bool { return c.barred[o] || c.worth != nil && c.worth[o] <= c.value }

// priceList is the prices as a certificate holds them.
func priceList(rows []row, prices []pricedRow) []Price {
	out := make([]Price, len(prices))
	for i, q := range prices {
		out[i] = Price{rows[q.row].rule, q.price}
	}
	return out
}
