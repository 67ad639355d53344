package cyber

import (
	"slices"

	"interlocal/model/cyber/framework"
)

// Raise is one item lifted by some levels.
type Raise struct {
	Item int // place in the framework's Items
	From int
	To   int
}

// Work is the least work that brings a function to a goal: the fewest steps of
// one level each. Among items that count the same, the ones with the most room
// come first, so that few are touched. No item is lifted past the goal. Open
// answers are left out: finding them out comes first and may change the plan.
type Work struct {
	Raises []Raise // in the order of the sheet
	Steps  int
	Open   int   // answers still to be found out
	Before Ratio // the function's mean now
	After  Ratio // and when the work is done
}

// LeastWork plans for function number fn of the framework, with the means that
// the roll-up of o gives and its minimum as the goal. Items that are met by
// acceptance count as met.
func LeastWork(f *framework.Framework, levels Levels, fn int, o Options) Work {
	goal := o.minimum()
	span := f.Functions[fn]
	now := ScoreOf(f, levels, o).Functions[fn]
	w := Work{Open: now.Open(), Before: now.Mean, After: now.Mean}
	missing := now.Shortfall(goal)
	if !missing.Known() || missing.num == 0 {
		return w
	}
	for _, r := range raisables(f, levels, span, goal, o.RollUp) {
		if missing.num <= 0 {
			break
		}
		steps := min(r.To-r.From, stepsFor(missing, r.weight))
		missing = missing.Sub(Ratio{r.weight.num * int64(steps), r.weight.den})
		w.After = w.After.Add(Ratio{r.weight.num * int64(steps), r.weight.den})
		w.Steps += steps
		w.Raises = append(w.Raises, Raise{r.Item, r.From, r.From + steps})
	}
	slices.SortFunc(w.Raises, func(a, b Raise) int { return a.Item - b.Item })
	return w
}

// raisable is an item that can be lifted, with what one level of it adds to
// the function's mean.
type raisable struct {
	Raise
	weight Ratio
}

// raisable lists the items below the goal, those that move the mean most for a
// step first, then those with the most room. Taking steps in this order is
// optimal because every step of an item moves the mean by the same amount.
func raisables(f *framework.Framework, levels Levels, span framework.Function, goal int, way RollUp) []raisable {
	var out []raisable
	scored, parts := 0, 0
	for _, c := range f.Categories[span.CatFrom:span.CatTo] {
		from, n := len(out), 0
		for i := c.From; i < c.To; i++ {
			v, ok := levels.At(i).Value()
			if !ok {
				continue
			}
			n++
			if v < goal {
				out = append(out, raisable{Raise: Raise{i, v, goal}})
			}
		}
		for i := range out[from:] {
			out[from+i].weight = NewRatio(1, int64(n))
		}
		scored += n
		if n > 0 {
			parts++
		}
	}
	for i := range out {
		if way == ByCategory {
			out[i].weight = out[i].weight.Over(parts)
		} else {
			out[i].weight = NewRatio(1, int64(scored))
		}
	}
	slices.SortStableFunc(out, func(a, b raisable) int {
		if d := b.weight.Compare(a.weight); d != 0 {
			return d
		}
		return (b.To - b.From) - (a.To - a.From)
	})
	return out
}

// stepsFor gives the whole number of steps of a weight that covers a sum.
func stepsFor(missing, weight Ratio) int {
	a, b := missing.num*weight.den, missing.den*weight.num
	return int((a + b - 1) / b)
}

// LevelFor gives the answer that stands for a value when something is planned:
// a plan to reach 5 is a plan to do it, never to accept the risk.
func LevelFor(value int) Level {
	for _, c := range Choices()[:8] {
		if v, _ := c.Level.Value(); v == value && c.Level != RiskAccepted {
			return c.Level
		}
	}
	return Unanswered
}
