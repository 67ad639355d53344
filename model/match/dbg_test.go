package match

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"testing"
)

func TestDbg(t *testing.T) {
	r := rand.New(rand.NewPCG(10, 3))
	p := randomProblem(r, 2+r.IntN(7), 1+r.IntN(4), 10+r.IntN(25))
	b, _ := json.Marshal(p)
	fmt.Println(string(b))
	got, _ := Solve(p, Control{})
	b, _ = json.Marshal(got.Certificate)
	fmt.Println(string(b), got.Matches)
}
