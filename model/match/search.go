package match

import (
	"cmp"
	"math"
	"slices"
)

// Control lets the caller of [Solve] watch and stop it. Stop is asked several
// hundred times a second; when it says true, the best plan so far is returned. A
// caller stops by the clock in this way, as the solver itself has none. Progress
// is told of every better plan and bound.
type Control struct {
	Stop     func() bool
	Progress func(Progress)
}

// Progress is what is known so far.
type Progress struct {
	Value, Bound int64
	Steps        int64
}

// A step is about a microsecond's work on a small computer, and more when much
// memory is visited. stepsPerSecond is how much is planned for a second: less than
// that, so that the search usually ends by itself, and with the same result,
// before the clock stops it.
func stepsPerSecond(options int) float64 { return 800_000 / (1 + math.Sqrt(float64(options))/130) }

// Of the work planned, this much is done when the first plan has been looked for,
// when the relaxations are tight, when the parts that are small enough have been
// settled, and when better plans of the others have been looked for; what is left
// goes to proof. Before all that, quickMoves for each option make a plan to show;
// earlyShare goes to better plans of small parts before they are settled.
const (
	quickMoves   = 20
	firstShare   = 0.03
	earlyShare   = 0.05
	tightShare   = 0.55
	smallShare   = 0.65
	nearShare    = 0.7
	lateShare    = 0.85
	improveShare = 0.95
)

// Solve finds a plan of the greatest value it can and proves how good it is. The
// error is an [InputError] when the problem cannot be used; a problem in which
// nothing is possible has a plan without matches, worth nothing.
func Solve(p *Problem, control Control) (*Result, error) {
	in, err := newInstance(p)
	if err != nil {
		return nil, err
	}
	seconds := p.Seconds
	if seconds == 0 {
		seconds = DefaultSeconds
	}
	s := &search{in: in, control: control, budget: int64(seconds * stepsPerSecond(len(in.options)))}
	s.run()
	return s.result(), nil
}

// A search is the solving of one instance.
type search struct {
	in      *instance
	control Control
	budget  int64
	spent   int64
	stopped bool
	parts   []*searchPart
	partOf  []int32
	value   int64
	best    []int32
	shown   Progress
	// attempt numbers the attempts at better plans.
	attempt uint64
	// rules are the basic rules about each person.
	rules [][]row
}

// A searchPart is a set of people who affect nobody else.
type searchPart struct {
	people  []int
	options []int32
	tree    *brancher
	// pay tells for each option of a large part what it is worth beyond the
	// prices of the rules it uses up.
	pay []float64
	// shares are those of the relaxation with all its rules, by option, where it
	// was solved.
	shares []float64
	// ascent is of a large part; unsolved says that its relaxation took too long.
	// broken are the rules of the ascent, and basicWork the steps that the basic
	// rules took.
	ascent    *ascent
	broken    *relaxation
	unsolved  bool
	basicWork int64
}

func (s *search) run() {
	s.split()
	s.anneal(min(s.share(firstShare), quickMoves*int64(s.in.unlikely())/movesPerStep), nil)
	s.prepare()
	s.ascend(s.share(firstAscent), func(*searchPart) bool { return true })
	s.tighten(s.share(tightShare))
	if s.gap() > 0 {
		s.anneal(s.share(s.againShare()), nil)
		s.handOut()
		s.improve(min(s.spent+s.share(earlyShare), s.share(smallShare)), false)
		s.prove(s.share(smallShare), func(p *searchPart) bool { return !p.large() })
	}
	s.ascend(s.share(ascentShare), func(p *searchPart) bool { return p.unsolved })
	s.improve(s.share(nearShare), true)
	s.prove(s.share(lateShare), func(p *searchPart) bool { return p.near() })
	s.improve(s.share(improveShare), true)
	s.improve(s.share(lateShare), false)
	s.prove(s.budget, func(*searchPart) bool { return true })
}

// againShare of the work planned goes to looking for a plan once more with the
// relaxations solved. There is time for more of it when they are and most edges are
// left out of the looking.
func (s *search) againShare() float64 {
	unsolved := slices.ContainsFunc(s.parts, func(p *searchPart) bool { return p.unsolved })
	if !unsolved && int(s.in.unlikely()) < len(s.in.options) {
		return 4 * firstShare
	}
	return firstShare
}

// steps is the work done on a relaxation.
func (p *lp) steps() int64 { return p.effort / effortPerStep }

// effortPerStep elements are visited in a step.
const effortPerStep = 280

// share is a share of the work planned.
func (s *search) share(of float64) int64 { return int64(of * float64(s.budget)) }

// stop asks whether to end now.
func (s *search) stop() bool {
	if !s.stopped && s.control.Stop != nil {
		s.stopped = s.control.Stop()
	}
	return s.stopped
}

// tell reports what is new.
func (s *search) tell() {
	now := Progress{s.value, s.bound(), s.spent}
	if s.control.Progress != nil && (now.Value != s.shown.Value || now.Bound != s.shown.Bound) {
		s.shown = now
		s.control.Progress(now)
	}
}

// split makes the parts, small ones first.
func (s *search) split() {
	var count int
	s.partOf, count = s.in.components()
	s.parts = make([]*searchPart, count)
	for i := range s.parts {
		s.parts[i] = &searchPart{}
	}
	for who, part := range s.partOf {
		s.parts[part].people = append(s.parts[part].people, who)
	}
	for o := range s.in.options {
		p := s.parts[s.partOf[s.in.options[o].host]]
		p.options = append(p.options, int32(o))
	}
}

// bound is what is proved so far for the whole.
func (s *search) bound() int64 {
	var sum int64
	for _, p := range s.parts {
		switch {
		case p.tree != nil:
			sum += p.tree.bound()
		default:
			sum += s.freeBound(p.options)
		}
	}
	return sum
}

// freeBound is what the options would be worth if no edge stood in the way of
// another: the bound without any prices.
func (s *search) freeBound(options []int32) int64 {
	var sum, best int64
	last := int32(-1)
	for _, o := range options {
		x := &s.in.options[o]
		if x.edge != last {
			sum, best, last = sum+best, 0, x.edge
		}
		best = max(best, x.value)
	}
	return sum + best
}

func (s *search) gap() int64 { return s.bound() - s.value }

// movesPerOption moves for each option are as many as annealing makes use of.
const movesPerOption = 1500

// movesPerStep moves of annealing are a step.
const movesPerStep = 8

// anneal looks for a better plan, from the best so far.
func (s *search) anneal(steps int64, pool []int32) {
	start := s.best
	if start == nil {
		start = firstPlan(s.in, s.byValue())
	}
	a := newAnnealer(s.in, start, s.in.problem.Seed+s.attempt)
	if pool != nil {
		a.pool = pool
	}
	s.take(a.bestValue, a.best)
	mean := s.meanValue()
	steps = min(steps, movesPerOption*int64(len(a.pool))/movesPerStep)
	const legs = 8
	for leg := range legs {
		hot := mean * 0.3
		if leg > 0 {
			hot = mean * 0.1
			a.plan.restore(a.best)
		}
		s.spent += a.run(steps/legs*movesPerStep, hot, mean*0.01, s.stop) / movesPerStep
		s.take(a.bestValue, a.best)
		s.tell()
	}
}

func (s *search) take(value int64, selection []int32) {
	if value > s.value || s.best == nil {
		s.value, s.best = value, slices.Clone(selection)
	}
}

// byValue lists the options by value per slot, highest first.
func (s *search) byValue() []int32 {
	order := make([]int32, len(s.in.options))
	for o := range order {
		order[o] = int32(o)
	}
	each := func(o int32) int64 {
		x := &s.in.options[o]
		if x.full() {
			return x.value
		}
		return 2 * x.value
	}
	slices.SortStableFunc(order, func(a, b int32) int { return cmp.Compare(each(b), each(a)) })
	return order
}

// meanValue is what the likely options are worth on average.
func (s *search) meanValue() float64 {
	var sum float64
	likely := s.in.options[:s.in.unlikely()]
	for i := range likely {
		sum += float64(likely[i].value)
	}
	return max(1, sum/float64(max(1, len(likely))))
}

// relax sets the relaxation of a part up.
func (s *search) relax(p *searchPart) {
	root := &Node{}
	b := &brancher{in: s.in, options: p.options, prover: newProver(s.in, p.options), root: root}
	b.work = s.stop
	b.found = func(int64, []int32) {}
	b.relax = newRelaxation(s.in, p.options, s.reward(p))
	b.open = frontier{{bound: s.freeBound(p.options), node: root}}
	p.tree = b
}

// reward is worth more than anything a locked visit could displace.
func (s *search) reward(p *searchPart) int64 {
	var most int64
	for _, o := range p.options {
		most = max(most, s.in.options[o].value)
	}
	return 16 * (most + 1)
}

// prepare relaxes every part and solves it with the basic rules alone.
func (s *search) prepare() {
	for _, p := range s.parts {
		s.relax(p)
	}
	s.rules = make([][]row, len(s.in.capacity))
	for _, r := range s.in.basicRules() {
		s.rules[r.rule.Who] = append(s.rules[r.rule.Who], r)
		s.parts[s.partOf[r.rule.Who]].tree.relax.addRow(r)
	}
	s.handOut()
	for _, p := range s.parts {
		b := p.tree
		if len(p.options) == 0 {
			b.open = nil
			continue
		}
		s.within(p, s.budget, func() {
			x := b.open[0]
			c := b.caseOf(x)
			b.relax.solve(math.Inf(-1), func(int64) bool { return b.work() })
			b.prove(x, c)
			p.basicWork = b.relax.lp.steps()
		})
	}
	s.tell()
}

// within lets a part work until the budget reaches a limit.
func (s *search) within(p *searchPart, limit int64, f func()) {
	b := p.tree
	done := b.relax.lp.steps()
	account := func() {
		s.spent += b.relax.lp.steps() - done
		done = b.relax.lp.steps()
	}
	b.work = func() bool {
		account()
		return s.spent >= limit || s.stop()
	}
	b.found = func(int64, []int32) {
		s.collect(p)
		s.tell()
	}
	f()
	account()
}

// collect puts the better plan of a part into the best plan.
func (s *search) collect(p *searchPart) {
	var selection []int32
	var value int64
	for _, o := range s.best {
		if s.parts[s.partOf[s.in.options[o].host]] != p {
			selection = append(selection, o)
			value += s.in.options[o].value
		}
	}
	selection = append(selection, p.tree.best...)
	slices.Sort(selection)
	s.take(value+p.tree.value, selection)
}

// handOut tells every part how good the best plan is within it.
func (s *search) handOut() {
	values := make([]int64, len(s.parts))
	lists := make([][]int32, len(s.parts))
	for _, o := range s.best {
		k := s.partOf[s.in.options[o].host]
		values[k] += s.in.options[o].value
		lists[k] = append(lists[k], o)
	}
	for i, p := range s.parts {
		if b := p.tree; values[i] > b.value || b.best == nil {
			b.value, b.best = values[i], lists[i]
		}
	}
}

// prove settles parts by case distinction, the small ones first.
func (s *search) prove(limit int64, which func(p *searchPart) bool) {
	order := slices.Clone(s.parts)
	slices.SortStableFunc(order, func(a, b *searchPart) int { return len(a.options) - len(b.options) })
	for _, p := range order {
		if which(p) && p.tree.bound() > p.tree.value {
			s.within(p, limit, p.tree.run)
			s.tell()
		}
	}
}
