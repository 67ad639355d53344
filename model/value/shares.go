package value

import (
	"cmp"
	"math/bits"
	"slices"
)

// Split deals an amount out by weights, such as populations or quantities, so
// that the parts add up to it: each gets its share rounded down, and the cents
// left over go to the largest remainders, earlier ones first. A weight that is
// not above 0 gets nothing; where none is, nothing is dealt.
func Split(total Cents, weights []int64) []Cents {
	parts, rests := make([]Cents, len(weights)), make([]int64, len(weights))
	sum := int64(0)
	for _, w := range weights {
		sum += max(w, 0)
	}
	if sum <= 0 {
		return parts
	}
	sign := Cents(1)
	if total < 0 {
		sign, total = -1, -total
	}
	for i, w := range weights {
		hi, lo := bits.Mul64(uint64(total), uint64(max(w, 0)))
		part, rest := bits.Div64(hi, lo, uint64(sum))
		parts[i], rests[i] = Cents(part), int64(rest)
	}
	DealRest(total, parts, rests)
	for i := range parts {
		parts[i] *= sign
	}
	return parts
}

// DealRest hands out the cents of a total that rounding down has left, to the
// parts with the largest remainders, earlier ones first.
func DealRest(total Cents, parts []Cents, remainders []int64) {
	left, order := total, make([]int, len(parts))
	for i, p := range parts {
		left -= p
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(remainders[b], remainders[a]) })
	for _, i := range order[:left] {
		parts[i]++
	}
}
