package value_test

import (
	"math/big"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"interlocal/model/value"
)

func TestSharesByHand(t *testing.T) {
	for _, c := range []struct {
		total   value.Cents
		weights []int64
		want    []value.Cents
	}{
		{100, []int64{1, 1, 1}, []value.Cents{34, 33, 33}},
		{-100, []int64{1, 1, 1}, []value.Cents{-34, -33, -33}},
		{1, []int64{1, 2}, []value.Cents{0, 1}},
		{10_000, []int64{30_000, 10_000, 0}, []value.Cents{7_500, 2_500, 0}},
		{0, []int64{3, 4}, []value.Cents{0, 0}},
		{101, []int64{1, 1}, []value.Cents{51, 50}},
		{1_000_01, []int64{1, 1, 1, 1, 1}, []value.Cents{20_001, 20_000, 20_000, 20_000, 20_000}},
		{100, []int64{0, 0}, []value.Cents{0, 0}},
		{100, []int64{1, -5}, []value.Cents{100, 0}},
		{100, nil, []value.Cents{}},
	} {
		if got := value.Split(c.total, c.weights); !slices.Equal(got, c.want) {
			t.Errorf("%d by %v is %v; want %v", c.total, c.weights, got, c.want)
		}
	}
}

// The parts add up to the cent, and none is a whole cent away from its fair
// share, large amounts and weights included.
func TestSharesAddToTheCent(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		total := value.Cents(rapid.Int64Range(-1<<45, 1<<45).Draw(t, "total"))
		weights := append(rapid.SliceOfN(rapid.Int64Range(0, 1<<35), 0, 12).Draw(t, "weights"), 1)
		var sum int64
		for _, w := range weights {
			sum += w
		}
		var paid value.Cents
		for i, s := range value.Split(total, weights) {
			paid += s
			exact := new(big.Rat).Mul(big.NewRat(int64(total), 1), big.NewRat(weights[i], sum))
			off := new(big.Rat).Sub(big.NewRat(int64(s), 1), exact)
			if off.Abs(off).Cmp(big.NewRat(1, 1)) >= 0 {
				t.Fatalf("share %d is a cent or more from %s", s, exact.FloatString(3))
			}
			if weights[i] == 0 && s != 0 {
				t.Fatalf("weight 0 pays %d", s)
			}
		}
		if paid != total {
			t.Fatalf("shares add up to %d of %d", paid, total)
		}
	})
}
