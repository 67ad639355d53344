package portfolio

import (
	"slices"
	"testing"

	"interlocal/model/failure"
)

// TestWhatAProblemMayHold: each number at its limits, and one beyond.
func TestWhatAProblemMayHold(t *testing.T) {
	lift := func(set func(*Lift)) func(*Problem) { return func(p *Problem) { set(&p.Solutions[0].Lifts[0]) } }
	for _, c := range []struct {
		name string
		edit func(*Problem)
		ok   bool
	}{
		{"no budget", func(p *Problem) { p.Budget = 0 }, true},
		{"the largest budget", func(p *Problem) { p.Budget = maxMoney }, true},
		{"a cent more", func(p *Problem) { p.Budget = maxMoney + 1 }, false},
		{"64 solutions", func(p *Problem) { p.Solutions = make([]Solution, MaxSolutions) }, true},
		{"a year that is not said", func(p *Problem) { p.Years = 0 }, true},
		{"years of less", func(p *Problem) { p.Years = -1 }, false},
		{"a hundred years", func(p *Problem) { p.Years = 100 }, true},
		{"a ceiling that is not said", func(p *Problem) { p.Ceiling = 0 }, true},
		{"a ceiling of less", func(p *Problem) { p.Ceiling = -1 }, false},
		{"a ceiling of 7", func(p *Problem) { p.Ceiling = 7 }, true},
		{"a weight of nothing", func(p *Problem) { p.Cities[0].Weights = []int{0} }, true},
		{"the largest weight", func(p *Problem) { p.Cities[0].Weights = []int{maxWeight} }, true},
		{"a larger weight", func(p *Problem) { p.Cities[0].Weights = []int{maxWeight + 1} }, false},
		{"bought for nothing", func(p *Problem) { p.Solutions[0].OneTime = 0 }, true},
		{"bought for less", func(p *Problem) { p.Solutions[0].OneTime = -1 }, false},
		{"bought for the largest amount", func(p *Problem) { p.Solutions[0].OneTime = maxMoney }, true},
		{"bought for more", func(p *Problem) { p.Solutions[0].OneTime = maxMoney + 1 }, false},
		{"run for nothing", func(p *Problem) { p.Solutions[0].Yearly = 0 }, true},
		{"run for the largest amount", func(p *Problem) { p.Solutions[0].Yearly = maxMoney }, true},
		{"run for more", func(p *Problem) { p.Solutions[0].Yearly = maxMoney + 1 }, false},
		{"an item before the first", lift(func(l *Lift) { l.Item = -1 }), false},
		{"lifted to nothing", lift(func(l *Lift) { l.To = 0 }), true},
		{"lifted to less", lift(func(l *Lift) { l.To = -1 }), false},
		{"lifted to 7", lift(func(l *Lift) { l.To = 7 }), true},
		{"lifted by nothing", lift(func(l *Lift) { l.By = 0 }), true},
		{"lifted by less", lift(func(l *Lift) { l.By = -1 }), false},
		{"lifted by 6", lift(func(l *Lift) { l.By = 6 }), true},
		{"lifted by 7", lift(func(l *Lift) { l.By = 7 }), false},
		{"for the first city", func(p *Problem) { p.Solutions[0].Cities = []int{0} }, true},
		{"for a city before the first", func(p *Problem) { p.Solutions[0].Cities = []int{-1} }, false},
		{"needing the first", func(p *Problem) { p.Solutions[1].Requires = []int{0} }, true},
		{"needing one before the first", func(p *Problem) { p.Solutions[1].Requires = []int{-1} }, false},
		{"excluding the first", func(p *Problem) { p.Solutions[1].Conflicts = []int{0} }, true},
		{"excluding one behind the last", func(p *Problem) { p.Solutions[1].Conflicts = []int{3} }, false},
		{"required ones as dear as the budget", func(p *Problem) {
			p.Budget, p.Solutions[0].Pinned, p.Solutions[1].Pinned = 120, true, true
		}, true},
		{"required ones a cent dearer", func(p *Problem) {
			p.Budget, p.Solutions[0].Pinned, p.Solutions[1].Pinned = 119, true, true
		}, false},
	} {
		p := plain(100, []int{60, 60, 10}, []int{1, 1, 1})
		c.edit(&p)
		_, err := p.Best(0, nil)
		if (err == nil) != c.ok || err != nil && failure.CodeOf(err) != failure.Invalid {
			t.Errorf("%s: %v", c.name, err)
		}
	}
}

// TestCostsOverTheYears: what is bought once, and what is paid each year; a year
// that is not said is one.
func TestCostsOverTheYears(t *testing.T) {
	s := Solution{OneTime: 1000, Yearly: 10}
	for years, want := range map[int]int64{0: 1010, 1: 1010, 2: 1020, 5: 1050} {
		if got := s.Cost(years); int64(got) != want {
			t.Errorf("over %d years %d, want %d", years, got, want)
		}
	}
}

// TestHowGoodAPlanIsSaid: rounded up, so that nothing is called better than it is.
func TestHowGoodAPlanIsSaid(t *testing.T) {
	for _, c := range []struct {
		gain, bound int64
		want        string
	}{{10, 10, "proved best"}, {0, 0, "proved best"}, {999, 1000, "within 0.1% of the best"},
		{9999, 10000, "within 0.1% of the best"}, {968, 1000, "within 3.2% of the best"},
		{0, 7, "within 100.0% of the best"}} {
		if got := (Portfolio{Gain: c.gain, Bound: c.bound}).Quality(); got != c.want {
			t.Errorf("%d of %d: %s, want %s", c.gain, c.bound, got, c.want)
		}
	}
}

// TestOfTwoAsGoodTheCheaper, and of two as cheap the one that is fewer; what a
// solution needs is bought with it.
func TestOfTwoAsGoodTheCheaper(t *testing.T) {
	p := plain(100, []int{60, 50, 40}, []int{1, 1, 1})
	for i := range p.Solutions {
		p.Solutions[i].Lifts = p.Solutions[0].Lifts // all lift the same
	}
	for name, c := range map[string]struct {
		edit func(*Problem)
		want []int
	}{
		"the cheapest":             {func(*Problem) {}, []int{2}},
		"the cheapest that may be": {func(p *Problem) { p.Solutions[2].Barred = true }, []int{1}},
		"with what it needs":       {func(p *Problem) { p.Solutions[2].Requires = []int{0} }, []int{1}},
		"with what is required":    {func(p *Problem) { p.Solutions[0].Pinned = true }, []int{0}},
		"to the last cent":         {func(p *Problem) { p.Budget = 40 }, []int{2}},
		"not for a cent less":      {func(p *Problem) { p.Budget = 39 }, nil},
		"not what excludes its need": {func(p *Problem) {
			p.Solutions[2].Requires, p.Solutions[2].Conflicts = []int{0}, []int{0}
		}, []int{1}},
	} {
		q := p
		q.Solutions = slices.Clone(p.Solutions)
		c.edit(&q)
		for by, find := range map[string]func() (Portfolio, error){"best": func() (Portfolio, error) { return q.Best(0, nil) }, "greedy": q.Greedy} {
			if got, err := find(); err != nil || !slices.Equal(got.Chosen, c.want) {
				t.Errorf("%s, %s: %v %v, want %v", name, by, got.Chosen, err, c.want)
			}
		}
	}
}
