package pairing

import (
	"strconv"

	"interlocal/model/match"
)

// solveFair makes the matches so that the city worst off is as well off as can
// be, then the next, and only then the whole as good as can be.
func (x *Round) solveFair(problem *match.Problem, control match.Control) (*Plan, error) {
	opt := match.FairOptions{Had: map[string]int{}}
	if x.Event.Matching.CarryOver {
		for c, n := range x.received {
			opt.Had[strconv.FormatUint(uint64(c), 10)] = n
		}
	}
	r, err := match.SolveFair(problem, opt, control)
	if err != nil {
		return nil, x.explained(err)
	}
	p := x.solved(problem, &r.Result)
	if p.Quality.Fair = FairTried; r.Exact {
		p.Quality.Fair = Fairest
	}
	return p, nil
}
