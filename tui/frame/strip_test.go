package frame

import (
	"testing"

	"pgregory.net/rapid"
)

func TestStrip(t *testing.T) {
	for _, c := range []struct {
		widths    []int
		chosen, w int
		from, to  int
	}{
		{[]int{3, 3, 3}, 0, 9, 0, 3},
		{[]int{3, 3, 3}, 2, 9, 0, 3},
		{[]int{3, 3, 3}, 0, 8, 0, 2},
		{[]int{3, 3, 3}, 2, 8, 1, 3},
		{[]int{3, 3, 3}, 1, 2, 1, 2}, // none fits: the chosen one alone
		{[]int{9}, 0, 0, 0, 1},
	} {
		if from, to := Strip(c.widths, c.chosen, c.w); from != c.from || to != c.to {
			t.Errorf("Strip(%v, %d, %d) = %d, %d, want %d, %d", c.widths, c.chosen, c.w, from, to, c.from, c.to)
		}
	}
}

func TestTheChosenLabelIsAlwaysInTheStrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		widths := rapid.SliceOfN(rapid.IntRange(1, 20), 1, 12).Draw(t, "widths")
		chosen, w := rapid.IntRange(0, len(widths)-1).Draw(t, "chosen"), rapid.IntRange(0, 120).Draw(t, "w")
		from, to := Strip(widths, chosen, w)
		if from > chosen || to <= chosen || from < 0 || to > len(widths) {
			t.Fatalf("from %d to %d", from, to)
		}
		sum := 0
		for _, n := range widths[from:to] {
			sum += n
		}
		if sum > w && to-from > 1 {
			t.Fatalf("%d columns in %d", sum, w)
		}
	})
}
