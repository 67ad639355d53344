package frame

import (
	"testing"

	"pgregory.net/rapid"
)

// cells lists the cells of a rectangle.
func cells(r Rect) map[[2]int]bool {
	out := map[[2]int]bool{}
	for y := r.Y; y < r.Y+r.H; y++ {
		for x := r.X; x < r.X+r.W; x++ {
			out[[2]int{x, y}] = true
		}
	}
	return out
}

// anyRect draws a small rectangle, some of them empty.
func anyRect(t *rapid.T, name string) Rect {
	n := rapid.IntRange(-3, 9)
	return Rect{n.Draw(t, name+"x"), n.Draw(t, name+"y"), rapid.IntRange(0, 8).Draw(t, name+"w"), rapid.IntRange(0, 8).
		Draw(t, name+"h")}
}

func TestSplitsShareOutTheCells(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r, n := anyRect(t, "r"), rapid.IntRange(-2, 12).Draw(t, "n")
		for name, split := range map[string]func(int) (Rect, Rect){
			"left": r.SplitLeft, "right": r.SplitRight, "top": r.SplitTop, "bottom": r.SplitBottom,
		} {
			part, rest := split(n)
			all := cells(part)
			for c := range cells(rest) {
				if all[c] {
					t.Fatalf("%s: cell %v is in both %v and %v", name, c, part, rest)
				}
				all[c] = true
			}
			if len(all) != r.W*r.H {
				t.Fatalf("%s: %v by %d is %v and %v", name, r, n, part, rest)
			}
			for c := range all {
				if !r.Contains(c[0], c[1]) {
					t.Fatalf("%s: %v is outside %v", name, c, r)
				}
			}
		}
	})
}

func TestIntersect(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r, s := anyRect(t, "r"), anyRect(t, "s")
		both := cells(r.Intersect(s))
		for c := range both {
			if !r.Contains(c[0], c[1]) || !s.Contains(c[0], c[1]) {
				t.Fatalf("%v is not in both %v and %v", c, r, s)
			}
		}
		for c := range cells(r) {
			if s.Contains(c[0], c[1]) && !both[c] {
				t.Fatalf("%v of %v and %v is missing", c, r, s)
			}
		}
	})
}

func TestRectParts(t *testing.T) {
	r := Rect{2, 3, 10, 6}
	cases := []struct {
		name      string
		got, want Rect
	}{
		{"inset", r.Inset(1, 2), Rect{3, 5, 8, 2}},
		{"inset beyond the middle", r.Inset(9, 9), Rect{7, 6, 0, 0}},
		{"row", r.Row(5), Rect{2, 8, 10, 1}},
		{"no such row", r.Row(6), Rect{2, 3, 0, 0}},
		{"center", r.Center(4, 2), Rect{5, 5, 4, 2}},
		{"center of something larger", r.Center(40, 20), r},
	}
	for _, c := range cases {
		if c.got != c.want {
			t.Errorf("%s: %v, want %v", c.name, c.got, c.want)
		}
	}
	if !r.Row(6).Empty() || r.Empty() {
		t.Error("Empty is wrong")
	}
}
