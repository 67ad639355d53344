package match

import (
	"fmt"
	"math/rand/v2"
	"os"
	"testing"
	"time"
)

func TestSolveFiles(t *testing.T) {
	for _, name := range []string{"300-0", "1000-0"} {
		f, err := os.Open("/tmp/sol/" + name + ".json")
		if err != nil {
			t.Fatal(err)
		}
		p, err := DecodeProblem(f)
		if err != nil {
			t.Fatal(err)
		}
		p.Seconds = map[byte]float64{'6': 2, '3': 5, '1': 10}[name[0]]
		if name == "3000-0" {
			p.Seconds = 30
		}
		start := time.Now()
		r, err := Solve(p, Control{Progress: func(x Progress) {
			if testing.Verbose() {
				fmt.Println(time.Since(start).Milliseconds(), x)
			}
		}, Stop: func() bool { return time.Since(start).Seconds() > 3*p.Seconds }})
		if err != nil {
			t.Fatal(err)
		}
		took := time.Since(start)
		fmt.Printf("%s value %d bound %d gap %.3f%% proved %v finished %v steps %d %v\n", name, r.Value, r.Bound, 100*r.Gap, r.Proved, r.Finished, r.Steps, took)
		start = time.Now()
		if err := Check(p, r, r.Certificate); err != nil {
			t.Error(err)
		}
		fmt.Println("checked", time.Since(start))
	}
}

var _ = rand.New
