package value

import (
	"cmp"
	"slices"
)

// Split deals an amount out by weights so that the parts add up to it: each
// gets its share rounded down, and the cents left over go to the largest
// remainders, earlier ones first. Without weights nothing is dealt.
func Split(total Cents, weights []int64) []Cents {
	out := make([]Cents, len(weights))
	sum := int64(0)
	for _, w := range weights {
		sum += w
	}
	if sum <= 0 {
		return out
	}
	sign, amount := Cents(1), int64(total)
	if amount < 0 {
		sign, amount = -1, -amount
	}
	order, left := make([]int, len(weights)), amount
	rest := make([]int64, len(weights))
	for i, w := range weights {
		hi, lo := amount/sum*w, amount%sum*w
		out[i], rest[i], order[i] = Cents(hi+lo/sum), lo%sum, i
		left -= int64(out[i])
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(rest[b], rest[a]) })
	for i := range order {
		if int64(i) < left {
			out[order[i]]++
		}
	}
	for i := range out {
		out[i] *= sign
	}
	return out
}
