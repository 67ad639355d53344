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
	switch {
	case r.Exact:
		p.Quality.Fair = Fairest
	case r.WorstProved():
		p.Quality.Fair = FairWorst
	default:
		p.Quality.Fair = FairTried
		if len(r.Shares) > 0 {
			worst, most := r.Shares[0], r.Ceiling
			p.Quality.WorstOff = 100 * worst.HalfDays / worst.Visitors
			p.Quality.WorstAtMost = (100*most.HalfDays + most.Visitors - 1) / most.Visitors
		}
	}
	return p, nil
}
