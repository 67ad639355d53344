package match

import "errors"

// largeWeight is more than weights and limits of a rule that means anything come to;
// up to it, sums of products stay whole numbers.
const largeWeight = 1 << 40

var (
	errMixed = errors.New("a mixed rule is not made as it should be")
	errLarge = errors.New("the weights of a mixed rule are too large to add up")
)

// mixed adds rules up and rounds. Plans count whole options and leave a whole
// number of every limit, so that with f and G as [MixedRule] has them, G of the
// weights comes to at most G of the limit.
func (t *tree) mixed(r Rule, depth int) (map[int]int64, int64, error) {
	if len(r.Of) != len(r.Times) || r.Over < 2 || r.Over > 1<<16 {
		return nil, 0, errMixed
	}
	sum, limit := map[int]int64{}, int64(0)
	parts := make([]map[int]int64, len(r.Of))
	limits := make([]int64, len(r.Of))
	for i, of := range r.Of {
		times := r.Times[i]
		if times < 0 || times >= r.Over {
			return nil, 0, errMixed
		}
		var err error
		if parts[i], limits[i], err = t.part(of, depth); err != nil {
			return nil, 0, err
		}
		limit += times * limits[i]
		for u, w := range parts[i] {
			sum[u] += times * w
			if max(sum[u], -sum[u], limit, -limit) > largeWeight {
				return nil, 0, errLarge
			}
		}
	}
	g, limit, err := t.round(r, sum, limit)
	if err != nil {
		return nil, 0, err
	}
	for i, of := range parts {
		left := g(r.Times[i])
		limit -= left * limits[i]
		for u, w := range of {
			sum[u] -= left * w
		}
	}
	return divided(sum, limit)
}

// round rounds the sum of rules, the flipped options counted by whether they are left
// out, and returns G and the limit.
func (t *tree) round(r Rule, sum map[int]int64, limit int64) (func(int64) int64, int64, error) {
	out := map[int]bool{}
	for _, id := range r.Flipped {
		u, ok := t.index[id]
		if !ok || out[u] {
			return nil, 0, errMixed
		}
		out[u] = true
		limit -= sum[u]
		sum[u] = -sum[u]
	}
	f := limit - r.Over*floorDiv(limit, r.Over)
	g := func(a int64) int64 {
		whole := floorDiv(a, r.Over)
		return whole*(r.Over-f) + max(0, a-whole*r.Over-f)
	}
	limit = g(limit)
	for u := range sum {
		sum[u] = g(sum[u])
		if out[u] {
			limit -= sum[u]
			sum[u] = -sum[u]
		}
	}
	return g, limit, nil
}

// mixedDepth is how deep mixed rules may be made of mixed rules.
const mixedDepth = 8

// part writes out a rule that a mixed rule is made of.
func (t *tree) part(r Rule, depth int) (weight map[int]int64, limit int64, err error) {
	switch {
	case r.Kind != MixedRule:
		weight, limit, err = t.rule(r)
	case depth == mixedDepth:
		return nil, 0, errMixed
	default:
		weight, limit, err = t.mixed(r, depth+1)
	}
	if err == nil && max(limit, -limit) > largeWeight>>16 {
		err = errLarge
	}
	for _, w := range weight {
		if max(w, -w) > largeWeight>>16 {
			err = errLarge
		}
	}
	return weight, limit, err
}

// divided divides a rule by what its weights have in common. Plans count whole
// options, so that the limit may be rounded down.
func divided(weight map[int]int64, limit int64) (map[int]int64, int64, error) {
	var common int64
	for _, w := range weight {
		for a := w; a != 0; {
			common, a = a, common%a
		}
	}
	if common = max(common, -common); common == 0 {
		return weight, limit, nil
	}
	for u := range weight {
		weight[u] /= common
	}
	return weight, floorDiv(limit, common), nil
}
