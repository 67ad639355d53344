package match

import (
	"cmp"
	"slices"
)

// FairOptions say what counts as fair.
type FairOptions struct {
	// Had is how many half days each organisation's people received before.
	Had map[string]int
}

// A Share is what an organisation receives: half days of visits, what it had
// before included, for the people of it who signed up to visit.
type Share struct {
	Org      string
	HalfDays int
	Visitors int
}

// below orders shares by half days for each visitor.
func (s Share) below(o Share) int { return cmp.Compare(s.HalfDays*o.Visitors, o.HalfDays*s.Visitors) }

// A FairResult is a plan that treats organisations fairly. Bound is what plans
// without regard to fairness can be worth at most. Shares are given worst first.
type FairResult struct {
	Result
	Shares []Share
	// Exact says that no plan is fairer, and of those as fair none is worth more.
	Exact bool
	// Ceiling is as much as any plan gives the organisation that it leaves worst off:
	// what limits that is one organisation, or, without a name, all together.
	Ceiling Share
}

// WorstProved says that no plan is better for the organisation that it leaves worst
// off.
func (r *FairResult) WorstProved() bool {
	return r.Exact || len(r.Shares) > 0 && r.Shares[0].below(r.Ceiling) >= 0
}

// fairRounds are tries at lifting the organisation that is worst off.
const fairRounds = 12

// SolveFair finds a plan under which the worst-off organisation is as well off
// as it can be, then the next, and so on (lexicographic max-min; compare Rawls
// 1971, Ogryczak 1997), and which is worth as much as it can be after that.
// Organisations are lifted by bonuses on their visits, raised until lifting one
// hurts another as much; where the problem is small, all plans are gone through
// and the result is exact.
func SolveFair(p *Problem, opt FairOptions, control Control) (*FairResult, error) {
	in, err := newInstance(p)
	if err != nil {
		return nil, err
	}
	seconds := p.Seconds
	if seconds == 0 {
		seconds = DefaultSeconds
	}
	plain := *p
	plain.Seconds = seconds * 3 / 8
	free, err := Solve(&plain, control)
	if err != nil {
		return nil, err
	}
	f := newFair(in, opt)
	f.see(free.Matches)
	f.lift(p, seconds/2/fairRounds, control)
	exact := f.all(control.Stop)
	out := &FairResult{Result: *free, Exact: exact, Shares: f.best.shares, Ceiling: f.ceiling(p, seconds/8, control)}
	out.Matches, out.Value = []Match{}, f.best.value
	final := newPlan(in)
	final.restore(f.best.selection)
	for _, o := range f.best.selection {
		out.Matches = append(out.Matches, in.match(o))
	}
	out.Waiting, out.Proved, out.Gap = final.waiting(), out.Value == out.Bound, shortfall(out.Value, out.Bound)
	return out, nil
}

// fair is the search for a fair plan.
type fair struct {
	in       *instance
	orgs     []string
	org      []int // of each person
	visitors []int // by organisation
	had      []int
	best     fairPlan
	steps    int
	stop     func() bool
}

// fairPlan is a plan and how fair it is.
type fairPlan struct {
	selection []int32
	value     int64
	shares    []Share
}

func newFair(in *instance, opt FairOptions) *fair {
	f := &fair{in: in}
	at := map[string]int{}
	for i := range in.problem.People {
		a := &in.problem.People[i]
		k, known := at[a.Org]
		if !known {
			k = len(f.orgs)
			at[a.Org] = k
			f.orgs, f.visitors, f.had = append(f.orgs, a.Org), append(f.visitors, 0), append(f.had, opt.Had[a.Org])
		}
		f.org = append(f.org, k)
		if a.Role.visits() {
			f.visitors[k]++
		}
	}
	return f
}

// sharesOf gives what organisations receive, worst first; extra is added to
// what each has.
func (f *fair) sharesOf(extra []int) []Share {
	var out []Share
	for k, n := range f.visitors {
		if n > 0 {
			out = append(out, Share{f.orgs[k], f.had[k] + extra[k], n})
		}
	}
	slices.SortStableFunc(out, func(a, b Share) int { return cmp.Or(a.below(b), cmp.Compare(a.Org, b.Org)) })
	return out
}

// fairer compares shares that are sorted worst first.
func fairer(a, b []Share) int {
	for i := range a {
		if c := a[i].below(b[i]); c != 0 {
			return c
		}
	}
	return 0
}

// received counts the half days of a selection by organisation.
func (f *fair) received(selection []int32) []int {
	out := make([]int, len(f.orgs))
	for _, o := range selection {
		out[f.org[f.in.options[o].visitor]] += f.in.length(o)
	}
	return out
}

// length is how many half days an option takes.
func (in *instance) length(o int32) int { return len(in.match(o).Slots) }

// take keeps a plan that is fairer than the best so far, or as fair and worth
// more.
func (f *fair) take(selection []int32) bool {
	var value int64
	for _, o := range selection {
		value += f.in.options[o].value
	}
	shares := f.sharesOf(f.received(selection))
	if f.best.shares != nil {
		if c := fairer(shares, f.best.shares); c < 0 || c == 0 && value <= f.best.value {
			return false
		}
	}
	f.best = fairPlan{slices.Clone(selection), value, shares}
	return true
}

// see takes a plan given by its matches.
func (f *fair) see(matches []Match) bool { return f.take(f.in.planOf(matches).selection()) }

// lift solves the problem with bonuses for the visits of organisations that are
// badly off.
func (f *fair) lift(p *Problem, seconds float64, control Control) {
	bonus := make([]int64, len(f.orgs))
	var step int64 = 1
	for i := range f.in.options {
		step = max(step, f.in.options[i].value)
	}
	step = max(1, step/4)
	for range fairRounds {
		if len(f.best.shares) == 0 {
			return
		}
		if control.Stop != nil && control.Stop() {
			return
		}
		worst := f.best.shares[0]
		for k, org := range f.orgs {
			if org == worst.Org {
				bonus[k] += step
			}
		}
		r, err := Solve(f.favoured(p, bonus, seconds), Control{Stop: control.Stop})
		if err != nil {
			return
		}
		if !f.see(r.Matches) {
			step *= 2
		}
	}
}

// favoured is the problem with a bonus for each half day.
func (f *fair) favoured(p *Problem, bonus []int64, seconds float64) *Problem {
	out := *p
	out.Seconds = seconds
	out.Edges = slices.Clone(p.Edges)
	number := map[string]int{}
	for i, a := range p.People {
		number[a.ID] = i
	}
	for i := range out.Edges {
		e := &out.Edges[i]
		b := bonus[f.org[number[e.Visitor]]]
		if e.Half != nil {
			e.Half = new(min(maxValue, *e.Half+b))
		}
		if e.Full != nil {
			e.Full = new(min(maxValue, *e.Full+2*b))
		}
	}
	return &out
}

// ceiling is as much as any plan gives the organisation that it leaves worst off: no
// more than each could receive if it alone counted, and no more than all receive
// together at most, for each visitor.
func (f *fair) ceiling(p *Problem, seconds float64, control Control) Share {
	best := Share{HalfDays: unlimited, Visitors: 1}
	all := Share{}
	bound := func(k int) int {
		r, err := Solve(f.counting(p, k, seconds/float64(len(f.orgs)+1)), Control{Stop: control.Stop})
		if err != nil {
			return unlimited
		}
		return int(r.Bound)
	}
	for k, n := range f.visitors {
		if n == 0 {
			continue
		}
		all.HalfDays, all.Visitors = all.HalfDays+f.had[k], all.Visitors+n
		if s := (Share{f.orgs[k], f.had[k] + bound(k), n}); s.below(best) < 0 {
			best = s
		}
	}
	if all.HalfDays += bound(-1); all.Visitors > 0 && all.below(best) < 0 {
		best = all
	}
	return best
}

// counting is the problem in which the half days of one organisation's visitors
// count, or everybody's, and nothing else.
func (f *fair) counting(p *Problem, org int, seconds float64) *Problem {
	out := *p
	out.Seconds, out.Likely, out.Edges = seconds, 0, nil
	for e := range p.Edges {
		span := f.in.ofEdge[e]
		if span[0] == span[1] {
			continue
		}
		x := p.Edges[e]
		counts := org < 0 || f.org[f.in.options[span[0]].visitor] == org
		if _, locked := f.in.must[int32(e)]; !counts && !locked {
			continue
		}
		worth := func(v *int64, halves int64) *int64 {
			if v == nil {
				return nil
			}
			if !counts {
				halves = 0
			}
			return &halves
		}
		x.Half, x.Full = worth(x.Half, 1), worth(x.Full, 2)
		out.Edges = append(out.Edges, x)
	}
	return &out
}

// fairSteps are the most plans in part that are gone through.
const fairSteps = 3_000_000

// all goes through all plans, as far as they can be better than the best, and
// reports whether it came to the end.
func (f *fair) all(stop func() bool) bool {
	f.stop = stop
	var order []int32
	for e := range f.in.ofEdge {
		if f.in.ofEdge[e][0] < f.in.ofEdge[e][1] {
			order = append(order, int32(e))
		}
	}
	visitor := func(e int32) int32 { return f.in.options[f.in.ofEdge[e][0]].visitor }
	slices.SortStableFunc(order, func(a, b int32) int { return int(visitor(a) - visitor(b)) })
	w := &fairWalk{fair: f, plan: newPlan(f.in), order: order, got: make([]int, len(f.orgs)),
		room: make([][]int, len(order)+1),
		rest: make([]int64, len(order)+1)}
	w.foresee(visitor)
	return w.next(0)
}

// fairWalk goes through the plans edge by edge, visitor by visitor.
type fairWalk struct {
	*fair
	plan  *plan
	order []int32
	got   []int
	// room is what each organisation could receive at most from an edge on, rest
	// what the edges from it on are worth at most.
	room [][]int
	rest []int64
}

func (w *fairWalk) foresee(visitor func(int32) int32) {
	w.room[len(w.order)] = make([]int, len(w.orgs))
	left := map[int32]uint64{}
	for i := len(w.order) - 1; i >= 0; i-- {
		e := w.order[i]
		v := visitor(e)
		w.room[i] = slices.Clone(w.room[i+1])
		var most int64
		for o := w.in.ofEdge[e][0]; o < w.in.ofEdge[e][1]; o++ {
			x := &w.in.options[o]
			most = max(most, x.value)
			eachSlot(x.slots&^left[v], func(int) { w.room[i][w.org[v]]++ })
			left[v] |= x.slots
		}
		w.rest[i] = w.rest[i+1] + most
	}
}

// next decides the edges from the i-th on; it reports false when it was cut
// short.
func (w *fairWalk) next(i int) bool {
	if w.steps++; w.steps > fairSteps || w.steps%1024 == 0 && w.stop != nil && w.stop() {
		return false
	}
	if i == len(w.order) {
		w.take(w.plan.selection())
		return true
	}
	if w.hopeless(i) {
		return true
	}
	e := w.order[i]
	for o := w.in.ofEdge[e][0]; o < w.in.ofEdge[e][1]; o++ {
		if !w.plan.fits(o) {
			continue
		}
		k, n := w.org[w.in.options[o].visitor], w.in.length(o)
		w.plan.add(o)
		w.got[k] += n
		done := w.next(i + 1)
		w.got[k] -= n
		w.plan.remove(o)
		if !done {
			return false
		}
	}
	if _, locked := w.in.must[e]; locked {
		return true
	}
	return w.next(i + 1)
}

// hopeless reports whether no way of going on beats the best.
func (w *fairWalk) hopeless(i int) bool {
	most := make([]int, len(w.orgs))
	for k := range most {
		most[k] = w.got[k] + w.room[i][k]
	}
	c := fairer(w.sharesOf(most), w.best.shares)
	return c < 0 || c == 0 && w.plan.value+w.rest[i] <= w.best.value
}
