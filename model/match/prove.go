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
	// charge is working memory, by option.
	charge []int64
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
	return floorDiv(sum, PriceUnit)
}

func (p *prover) edgeGain(e int32, c *caseOf) int64 {
	if o, ok := c.taken[e]; ok {
		return p.charge[o]
	}
	var best int64
	if _, locked := p.in.must[e]; locked {
		best = impossible / 4
	}
	for o := p.in.ofEdge[e][0]; o < p.in.ofEdge[e][1]; o++ {
		if !c.barred[o] {
			best = max(best, p.charge[o])
		}
	}
	return best
}

// A caseOf is what has been decided on the way to a node.
type caseOf struct {
	barred map[int32]bool
	taken  map[int32]int32
}

// priceList is the prices as a certificate holds them.
func priceList(rows []row, prices []pricedRow) []Price {
	out := make([]Price, len(prices))
	for i, q := range prices {
		out[i] = Price{rows[q.row].rule, q.price}
	}
	return out
}
