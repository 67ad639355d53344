package portfolio

import (
	"math/big"
	"math/bits"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"interlocal/model/cyber/framework"
	"interlocal/model/failure"
	"interlocal/model/value"
)

// shapleyByOrders walks through every order in which the cities could join.
func shapleyByOrders(n int, costOf func(Group) value.Cents) []*big.Rat {
	sums, orders := make([]int64, n), int64(0)
	var join func(g Group, added []int64)
	join = func(g Group, added []int64) {
		if g == 1<<n-1 {
			orders++
			for i, a := range added {
				sums[i] += a
			}
			return
		}
		for i := range n {
			if !g.Has(i) {
				with := slices.Clone(added)
				with[i] = int64(costOf(g|1<<i) - costOf(g))
				join(g|1<<i, with)
			}
		}
	}
	join(0, make([]int64, n))
	out := make([]*big.Rat, n)
	for i, s := range sums {
		out[i] = big.NewRat(s, orders)
	}
	return out
}

func TestShapleyEqualsAllOrders(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 5).Draw(t, "cities")
		costs := rapid.SliceOfN(rapid.Int64Range(0, 1_000_000), 1<<n, 1<<n).Draw(t, "costs")
		costs[0] = 0
		costOf := func(g Group) value.Cents { return value.Cents(costs[g]) }
		got, err := Shapley(n, costOf)
		if err != nil {
			t.Fatal(err)
		}
		var paid value.Cents
		for i, want := range shapleyByOrders(n, costOf) {
			paid += got[i]
			off := new(big.Rat).Sub(big.NewRat(int64(got[i]), 1), want)
			if off.Abs(off).Cmp(big.NewRat(1, 1)) >= 0 {
				t.Fatalf("city %d pays %d, all orders say %s", i, got[i], want.FloatString(3))
			}
		}
		if paid != costOf(1<<n-1) {
			t.Fatalf("shares add up to %d of %d", paid, costOf(1<<n-1))
		}
	})
}

func TestShapleyByHand(t *testing.T) {
	// A tool costs 900 for anyone; city 2 alone also needs training for 300.
	p := Problem{Cities: make([]City, 3), Years: 2, Solutions: []Solution{
		{Name: "tool", OneTime: 300, Yearly: 300},
		{Name: "training", OneTime: 300, Cities: []int{2}},
		{Name: "not chosen", OneTime: 5000}}}
	got, err := Shapley(3, p.CostOfGroup([]int{0, 1}))
	if err != nil || !slices.Equal(got, []value.Cents{300, 300, 600}) {
		t.Errorf("%v, %v", got, err)
	}
	// Alone each pays 70, any two 100, all three 100: a third each.
	alike := func(g Group) value.Cents { return []value.Cents{0, 70, 100, 100}[bits.OnesCount(uint(g))] }
	if got, err := Shapley(3, alike); err != nil || !slices.Equal(got, []value.Cents{34, 33, 33}) {
		t.Errorf("%v, %v", got, err)
	}
	// City 1 saves the others more than it costs.
	odd := func(g Group) value.Cents { return []value.Cents{0, 100, 0, 50}[g] }
	if got, err := Shapley(2, odd); err != nil || !slices.Equal(got, []value.Cents{75, -25}) {
		t.Errorf("%v, %v", got, err)
	}
	for _, n := range []int{0, 11, -1} {
		if _, err := Shapley(n, alike); failure.CodeOf(err) != failure.Invalid {
			t.Errorf("shared among %d cities", n)
		}
	}
	for _, bad := range []value.Cents{-1, 1 << 50, 5} {
		if _, err := Shapley(2, func(Group) value.Cents { return bad }); failure.CodeOf(err) != failure.Invalid {
			t.Errorf("took costs of %d for any group", bad)
		}
	}
}

func TestShapleyOfLargeAmountsDoesNotOverflow(t *testing.T) {
	most := maxMoney * MaxSolutions
	got, err := Shapley(MaxShapley, func(g Group) value.Cents {
		if g == 0 {
			return 0
		}
		return most
	})
	if err != nil || got[0] != most/MaxShapley || got[9] != most/MaxShapley {
		t.Errorf("%v, %v", got, err)
	}
}

func TestStartingLifts(t *testing.T) {
	for _, f := range framework.Catalogue() {
		got := StartingLifts(f)
		if len(got) != 5 {
			t.Errorf("CSF %s: %d suggestions", f.Version, len(got))
		}
		for _, s := range got {
			if s.Basis != LiftsBasis || len(s.Lifts) == 0 {
				t.Errorf("CSF %s: %+v", f.Version, s)
			}
			for _, l := range s.Lifts {
				if l.Item >= len(f.Items) || l.To != 5 || l.By != 0 {
					t.Errorf("CSF %s: %s lifts %+v", f.Version, s.Name, l)
				}
			}
		}
	}
	for version, counts := range map[framework.Version][]int{framework.CSF20: {2, 16, 31, 3, 2},
		framework.CSF11: {2, 14, 12, 3, 5}} {
		for i, s := range StartingLifts(mustLookup(t, version)) {
			if len(s.Lifts) != counts[i] {
				t.Errorf("CSF %s: %s lifts %d items, want %d", version, s.Name, len(s.Lifts), counts[i])
			}
		}
	}
}
