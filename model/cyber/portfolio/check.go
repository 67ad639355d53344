package portfolio

import (
	"strconv"

	"interlocal/model/failure"
	"interlocal/model/text"
	"interlocal/model/value"
)

// maxMoney is a billion dollars. With at most a hundred years and 64 solutions
// every sum of costs stays well inside 64 bits.
const maxMoney value.Cents = 100_000_000_000

func refusePlan(sentence string) error { return failure.New(failure.Invalid, sentence) }

// check refuses a problem whose numbers make no sense.
func (p Problem) check() error {
	switch {
	case len(p.Solutions) > MaxSolutions:
		return refusePlan("At most " + strconv.Itoa(MaxSolutions) +
			" solutions can be weighed at once: set some aside.")
	case p.Budget < 0 || p.Budget > maxMoney:
		return refusePlan("The budget is an amount from $0 to " + maxMoney.String() + ".")
	case p.Years < 0 || p.Years > 100:
		return refusePlan("The budget covers 1 to 100 years.")
	case p.Ceiling < 0 || p.Ceiling > 7:
		return refusePlan("The level to aim for is from 1 to 7.")
	}
	for _, c := range p.Cities {
		for _, w := range c.Weights {
			if w < 0 || w > maxWeight {
				return refusePlan("A weight is from 0 to " + strconv.Itoa(maxWeight) + ".")
			}
		}
	}
	for i := range p.Solutions {
		if err := p.checkSolution(i); err != nil {
			return err
		}
	}
	return nil
}

func (p Problem) checkSolution(i int) error {
	s := p.Solutions[i]
	name := text.QuoteShort(s.Name)
	if s.OneTime < 0 || s.Yearly < 0 || s.OneTime > maxMoney || s.Yearly > maxMoney {
		return refusePlan("The costs of " + name + " are not amounts a budget could hold.")
	}
	if s.Pinned && s.Barred {
		return refusePlan(name + " cannot be both required and ruled out.")
	}
	for _, l := range s.Lifts {
		if l.Item < 0 || l.To < 0 || l.To > 7 || l.By < 0 || l.By > 6 {
			return refusePlan(name + " has a lift that is not a level from 1 to 7 or a rise of 1 to 6.")
		}
	}
	for _, c := range s.Cities {
		if c < 0 || c >= len(p.Cities) {
			return refusePlan(name + " serves a city that is not part of the plan.")
		}
	}
	for _, list := range [][]int{s.Requires, s.Conflicts} {
		for _, j := range list {
			if j < 0 || j >= len(p.Solutions) {
				return refusePlan(name + " names a solution that is not part of the plan.")
			}
		}
	}
	for _, j := range s.Conflicts {
		if j == i {
			return refusePlan(name + " cannot conflict with itself.")
		}
	}
	return nil
}

// checkPins refuses pins that cannot be kept, saying why.
func (v *solver) checkPins(solutions []Solution) error {
	for i, s := range solutions {
		if s.Pinned && v.barred.has(i) {
			return refusePlan(text.QuoteShort(s.Name) + " is required, but it is ruled out, or needs something that " +
				"is ruled out or that conflicts with it.")
		}
	}
	if v.clashes(v.pinned) {
		return refusePlan("Two of the required solutions conflict, or need something that conflicts.")
	}
	if cost := v.costOf(v.pinned); cost > v.budget {
		return refusePlan("The required solutions cost " + value.Cents(cost).String() + ", more than the budget of " +
			value.Cents(v.budget).String() + ".")
	}
	return nil
}
