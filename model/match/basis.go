package match

import "slices"

// basis is what it takes to go back to a state.
type basis struct {
	head   []int32
	atUp   []bool
	weight []float64
}

func (p *lp) save() basis {
	return basis{slices.Clone(p.head), slices.Clone(p.atUp), slices.Clone(p.weight)}
}

// load goes back to a basis; the slacks of rows added since are basic.
func (p *lp) load(b basis) {
	for i := range p.place {
		p.place[i] = -1
	}
	copy(p.head, b.head)
	copy(p.weight, b.weight)
	for i := len(b.head); i < p.m; i++ {
		p.head[i] = int32(p.n + i)
		p.weight[i] = 1
	}
	for i := range p.atUp {
		p.atUp[i] = i < len(b.atUp) && b.atUp[i]
	}
	for pos, v := range p.head {
		p.place[v] = int32(pos)
	}
	p.factor = nil
}

// A mark is a state that can be gone back to as long as no factor is made anew.
type mark struct {
	basis
	place   []int32
	x, d    []float64
	factor  *factor
	updates int
	moved   bool
}

func (p *lp) mark() mark {
	return mark{
		p.save(), slices.Clone(p.place), slices.Clone(p.x), slices.Clone(p.d),
		p.factor, len(p.factor.pivots), p.moved,
	}
}

// back goes back to a mark.
func (p *lp) back(k *mark) {
	if p.factor != k.factor {
		p.load(k.basis)
		return
	}
	copy(p.head, k.head)
	copy(p.weight, k.weight)
	copy(p.atUp, k.atUp)
	copy(p.place, k.place)
	copy(p.x, k.x)
	copy(p.d, k.d)
	p.factor.truncate(k.updates)
	p.moved = k.moved
}
