package match

import (
	"os"
	"testing"
	"time"
)

func TestLPx(t *testing.T) {
	for _, name := range []string{"60-0", "60-1", "60-4", "300-0", "300-1", "1000-0"} {
		f, err := os.Open("/tmp/sol/" + name + ".json")
		if err != nil {
			t.Fatal(err)
		}
		p, err := DecodeProblem(f)
		if err != nil {
			t.Fatal(err)
		}
		in, err := newInstance(p)
		if err != nil {
			t.Fatal(err)
		}
		all := make([]int32, len(in.options))
		for i := range all {
			all[i] = int32(i)
		}
		start := time.Now()
		x := newRelaxation(in, all, 0)
		for _, r := range in.basicRules() {
			x.addRow(r)
		}
		o := x.solve(-1e18, func(int64) bool { return false })
		t.Log(name, len(all), "cols", x.lp.m, "rows", o, x.lp.bound(), x.lp.pivots, time.Since(start))
		for round := range 20 {
			n := x.addEdgeRules(x.shares())
			if n == 0 {
				break
			}
			o := x.solve(-1e18, func(int64) bool { return false })
			t.Log(round, n, "edge rules", o, x.lp.bound(), x.lp.pivots, time.Since(start))
		}
	}
}
