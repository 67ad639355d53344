package cyber

import "interlocal/model/cyber/framework"

// RollUp names a way to carry scores upward. The review does not publish its
// own, so a screen shows which of the two it uses.
type RollUp uint8

// The two ways. They differ because categories differ in size: the ten
// subcategories of GV.SC are a third of GV by the first and a sixth by the
// second.
const (
	BySubcategory RollUp = iota // every subcategory weighs the same, at every level
	ByCategory                  // a function is the mean of its categories, the whole the mean of its functions
)

// String names the roll-up for a screen.
func (r RollUp) String() string {
	if r == ByCategory {
		return "mean of category means"
	}
	return "mean of subcategories"
}

// Levels is one assessment's answers in the order of its framework's items;
// what is missing at the end is unanswered. An answer carried over from last
// year and not yet confirmed is no answer: leave it [Unanswered].
type Levels []Level

// At gives the answer to item i.
func (ls Levels) At(i int) Level {
	if i < len(ls) {
		return ls[i]
	}
	return Unanswered
}

// Options say how to score.
type Options struct {
	RollUp  RollUp
	Minimum int   // 0 means [DefaultMinimum]
	Targets []int // the city's own goal per item; 0 or missing means the minimum
}

// Goal gives what item i is measured against.
func (o Options) Goal(i int) int {
	if i < len(o.Targets) && o.Targets[i] > 0 {
		return o.Targets[i]
	}
	return o.minimum()
}

func (o Options) minimum() int {
	if o.Minimum > 0 {
		return o.Minimum
	}
	return DefaultMinimum
}

// Gap gives how many levels an answer falls short of a goal; ok is false when
// the answer scores nothing.
func Gap(l Level, goal int) (gap int, ok bool) {
	v, ok := l.Value()
	if !ok {
		return 0, false
	}
	return max(0, goal-v), true
}

// Tally counts the answers of a part of the framework.
type Tally struct {
	Items         int // subcategories
	Scored        int // answered with 1 to 7
	Sum           int // of the scored values
	NotApplicable int
	Unknown       int
	Unanswered    int
	Accepted      int // scored 5 by a formal acceptance of the risk
	Met           int // scored at or above the goal, acceptances included
	MetAccepted   int // of those, the ones met only by acceptance
	Short         int // scored below the goal
	Gap           int // levels missing in all, below the goal
}

// Open gives how many answers are still to be found out.
func (t Tally) Open() int { return t.Unknown + t.Unanswered }

func (t *Tally) count(l Level, goal int) {
	t.Items++
	switch l {
	case NotApplicable:
		t.NotApplicable++
		return
	case UnknownToAnyone:
		t.Unknown++
		return
	}
	v, ok := l.Value()
	if !ok {
		t.Unanswered++
		return
	}
	t.Scored++
	t.Sum += v
	if l == RiskAccepted {
		t.Accepted++
	}
	switch {
	case v < goal:
		t.Short++
		t.Gap += goal - v
	case l == RiskAccepted:
		t.MetAccepted++
		t.Met++
	default:
		t.Met++
	}
}

func (t *Tally) add(o Tally) {
	t.Items += o.Items
	t.Scored += o.Scored
	t.Sum += o.Sum
	t.NotApplicable += o.NotApplicable
	t.Unknown += o.Unknown
	t.Unanswered += o.Unanswered
	t.Accepted += o.Accepted
	t.Met += o.Met
	t.MetAccepted += o.MetAccepted
	t.Short += o.Short
	t.Gap += o.Gap
}

// Figure is a score with what stands behind it. Low and High are what the mean
// would be with every open answer at 1 and at 7; without open answers both are
// the mean. A part in which nothing is scored has no mean.
type Figure struct {
	Tally
	Mean Ratio
	Low  Ratio
	High Ratio
}

// bySubcategory makes a figure in which every counted item weighs the same.
func (t Tally) bySubcategory() Figure {
	all := int64(t.Scored + t.Open())
	return Figure{
		Tally: t,
		Mean:  NewRatio(int64(t.Sum), int64(t.Scored)),
		Low:   NewRatio(int64(t.Sum+t.Open()), all),
		High:  NewRatio(int64(t.Sum+7*t.Open()), all),
	}
}

// figure carries the figures of the parts upward.
func (r RollUp) figure(parts []Figure) Figure {
	var t Tally
	for _, p := range parts {
		t.add(p.Tally)
	}
	if r == BySubcategory {
		return t.bySubcategory()
	}
	return Figure{
		Tally: t,
		Mean:  meanOf(parts, func(f Figure) Ratio { return f.Mean }),
		Low:   meanOf(parts, func(f Figure) Ratio { return f.Low }),
		High:  meanOf(parts, func(f Figure) Ratio { return f.High }),
	}
}

// meanOf gives the mean of one figure of the parts, over those that have it.
func meanOf(parts []Figure, of func(Figure) Ratio) Ratio {
	var sum Ratio
	n := 0
	for _, p := range parts {
		if r := of(p); r.Known() {
			sum, n = sum.Add(r), n+1
		}
	}
	return sum.Over(n)
}

// Shortfall gives how far the mean is below a goal, or 0.
func (f Figure) Shortfall(goal int) Ratio {
	d := NewRatio(int64(goal), 1).Sub(f.Mean)
	if d.Known() && d.num < 0 {
		return NewRatio(0, 1)
	}
	return d
}

// Score is an assessment's figures: Functions and Categories in the order of
// the framework's.
type Score struct {
	Version    framework.Version
	Options    Options
	Overall    Figure
	Functions  []Figure
	Categories []Figure
}

// Part writes the score of a function or a category, a dash where nothing is
// scored.
func (s Score) Part(part string) string {
	f := framework.Builtin(s.Version)
	for i, c := range f.Categories {
		if string(c.ID) == part {
			return s.Categories[i].Mean.String()
		}
	}
	for i, fn := range f.Functions {
		if string(fn.ID) == part {
			return s.Functions[i].Mean.String()
		}
	}
	return ""
}

// ScoreOf works out every figure.
func ScoreOf(f *framework.Framework, levels Levels, o Options) Score {
	s := Score{Version: f.Version, Options: o,
		Functions: make([]Figure, len(f.Functions)), Categories: make([]Figure, len(f.Categories))}
	for i, c := range f.Categories {
		var t Tally
		for j := c.From; j < c.To; j++ {
			t.count(levels.At(j), o.Goal(j))
		}
		s.Categories[i] = t.bySubcategory()
	}
	for i, fn := range f.Functions {
		s.Functions[i] = o.RollUp.figure(s.Categories[fn.CatFrom:fn.CatTo])
	}
	s.Overall = o.RollUp.figure(s.Functions)
	return s
}
