package cyber

import (
	"strconv"
	"sync/atomic"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"interlocal/model/cyber"
	"interlocal/model/cyber/portfolio"
	"interlocal/model/cyber/release"
	"interlocal/model/partnership"
	"interlocal/model/value"
	"interlocal/tui/app"
	"interlocal/tui/overlay"
)

// wish is what the user wants of one solution.
type wish int

const (
	wishOpen wish = iota // the search decides
	wishIn               // must be bought
	wishOut              // must not
)

// joint is the page of joint solutions: which to buy for a budget, what each
// city pays, and how good the choice is.
type joint struct {
	sheetPage
	keys jointKeys

	made   bool
	rev    uint64
	cycle  cyber.CycleID
	kase   *release.Case
	why    error
	alones []int64 // what each solution gains by itself
	wishes map[cyber.SolutionID]wish
	budget value.Cents
	years  int
	rule   cyber.CostRule

	at        int
	drawn     bool // since the records changed last: somebody looks
	best      portfolio.Portfolio
	fails     error        // why no choice is possible
	searching *atomic.Bool // set to stop the search that is under way; nil when none is
}

// jointKeys are the keys of the page.
type jointKeys struct {
	up, down, first, last key.Binding
	wish, budget, years   key.Binding
	rule, stop, formula   key.Binding
	add, edit, suggest    key.Binding
	whose, project        key.Binding
}

func newJoint(s *subject) *joint {
	k := s.d.Keys
	sub := newSubjectKeys(k)
	return &joint{sheetPage: sheetPage{s}, wishes: map[cyber.SolutionID]wish{}, years: 3, rule: cyber.CostEqually, keys: jointKeys{
		up: k.Up, down: k.Down, first: k.Home, last: k.End,
		wish: binding("Space", "in, out, open", "space"), budget: binding("b", "budget", "b"), years: binding("y", "years", "y"),
		rule: renamed(k.Sort, "cost shared how"), stop: binding("Esc", "stop the search", "esc"), formula: binding("=", "how it comes about", "="),
		add: renamed(k.Add, "add a solution"), edit: renamed(k.Open, "open"), suggest: binding("t", "start with suggestions", "t"),
		whose: sub.whose, project: sub.project}}
}

// Name implements records.View.
func (p *joint) Name() string { return "cyber-joint" }

// Title implements records.View.
func (p *joint) Title() string { return "Joint" }

// Refresh implements app.Screen.
func (p *joint) Refresh() tea.Cmd {
	p.s.renewed()
	if !p.drawn {
		return nil
	}
	p.drawn = false
	return p.renew()
}

// Visit looks for the best choice when somebody turns to the page.
func (p *joint) Visit(to app.Route) tea.Cmd {
	p.s.visit(to)
	return p.renew()
}

// Keys lists what the keys do.
func (p *joint) Keys() []key.Binding {
	k := p.keys
	if p.kase == nil || len(p.kase.Solutions) == 0 {
		return []key.Binding{k.add, k.suggest, k.whose, k.project}
	}
	return []key.Binding{k.wish, k.budget, k.years, k.rule, k.formula, k.edit, k.add, k.stop, k.suggest, k.down, k.up, k.first, k.last, k.whose, k.project}
}

// renew reads the case anew when the records have changed, and looks for the
// best choice.
func (p *joint) renew() tea.Cmd {
	p.s.sheet()
	if p.made && p.rev == p.s.rev && p.cycle == p.s.cycle {
		return nil
	}
	p.made, p.rev, p.cycle = true, p.s.rev, p.s.cycle
	if p.s.cycle == 0 {
		if cycles := p.s.cyclesByYear(); len(cycles) > 0 {
			p.s.cycle, p.cycle = cycles[0].ID, cycles[0].ID
		}
	}
	p.kase, p.why = release.Joint(p.s.d.View(), p.cycle, partnership.PartnerID(p.s.d.Me.Identity().Partner), p.s.d.Today())
	if p.why != nil {
		return nil
	}
	p.at = max(0, min(p.at, len(p.kase.Solutions)-1))
	p.alones = make([]int64, len(p.kase.Solutions))
	for i := range p.alones {
		p.alones[i] = p.alone(i)
	}
	return p.search()
}

// problem is the case with the user's wishes, budget and years.
func (p *joint) problem() portfolio.Problem {
	pr := p.kase.Problem
	pr.Solutions = append([]portfolio.Solution(nil), pr.Solutions...)
	for i, id := range p.kase.Solutions {
		pr.Solutions[i].Pinned = p.wishes[id] == wishIn
		pr.Solutions[i].Barred = p.wishes[id] == wishOut
	}
	pr.Budget, pr.Years = p.budget, p.years
	if p.budget == 0 {
		for _, s := range pr.Solutions {
			pr.Budget += s.Cost(p.years)
		}
	}
	return pr
}

// search answers at once with the greedy choice and proves the best one beside
// the session. A search that is under way for earlier wishes is stopped.
func (p *joint) search() tea.Cmd {
	p.stop()
	pr := p.problem()
	p.best, p.fails = pr.Greedy()
	if p.fails != nil || p.best.Proved() {
		return nil
	}
	stop := &atomic.Bool{}
	p.searching = stop
	return p.s.d.Background(func() func() tea.Cmd {
		best, err := pr.Best(0, stop.Load)
		return func() tea.Cmd {
			if p.searching == stop {
				p.searching = nil
			}
			if err == nil && !stop.Load() {
				p.best = best
			}
			return nil
		}
	})
}

// stop ends the search that is under way.
func (p *joint) stop() bool {
	if p.searching == nil {
		return false
	}
	p.searching.Store(true)
	p.searching = nil
	return true
}

// Update answers a key.
func (p *joint) Update(msg tea.Msg) tea.Cmd {
	press, ok := msg.(tea.KeyPressMsg)
	if !ok {
		return nil
	}
	fresh := p.renew()
	k := p.keys
	switch {
	case key.Matches(press, k.add):
		return p.add()
	case key.Matches(press, k.suggest):
		return p.suggest()
	case key.Matches(press, k.whose):
		p.s.choose()
	case key.Matches(press, k.project):
		p.s.project()
	case key.Matches(press, k.stop):
		if p.stop() {
			p.s.d.Say(overlay.Info, "The search has stopped; what is shown is "+p.best.Quality()+".")
			return nil
		}
		cmd, _ := p.s.screen.Leave()
		return cmd
	case p.kase == nil || len(p.kase.Solutions) == 0:
	default:
		return tea.Batch(fresh, p.choose(press))
	}
	return fresh
}

// choose answers the keys that are about the solutions on file.
func (p *joint) choose(press tea.KeyPressMsg) tea.Cmd {
	k, last := p.keys, len(p.kase.Solutions)-1
	switch {
	case key.Matches(press, k.down):
		p.at = min(p.at+1, last)
	case key.Matches(press, k.up):
		p.at = max(p.at-1, 0)
	case key.Matches(press, k.first):
		p.at = 0
	case key.Matches(press, k.last):
		p.at = last
	case key.Matches(press, k.wish):
		id := p.kase.Solutions[p.at]
		p.wishes[id] = (p.wishes[id] + 1) % 3
		return p.search()
	case key.Matches(press, k.rule):
		p.rule = nextRule(p.rule)
	case key.Matches(press, k.years):
		p.years = p.years%5 + 1
		return p.search()
	case key.Matches(press, k.budget):
		p.askBudget()
	case key.Matches(press, k.formula):
		p.s.d.Dialogs.Push(overlay.NewText(p.s.d.Theme, "How it comes about", p.formula()))
	case key.Matches(press, k.edit):
		return p.s.d.Open(app.Route{Kind: "solutions", ID: uint64(p.kase.Solutions[p.at])})
	}
	return nil
}

func nextRule(r cyber.CostRule) cyber.CostRule {
	switch r {
	case cyber.CostEqually:
		return cyber.CostByPopulation
	case cyber.CostByPopulation:
		return cyber.CostByBenefit
	}
	return cyber.CostEqually
}

// askBudget asks what may be spent over the years.
func (p *joint) askBudget() {
	value := ""
	if p.budget > 0 {
		value = p.budget.String()
	}
	p.s.d.Dialogs.Push(newLine(p.s.d, lineOptions{title: "Budget", clear: true, value: value,
		words: "What may be spent in all over " + count(p.years, "year", "years") + "? Dollars; empty for no limit.",
		accept: func(typed string) tea.Cmd {
			var scratch cyber.Solution // read as its costs are
			if err := p.s.d.Kind(cyber.KindSolutions).Column("one_time").Parse(&scratch, typed, p.s.d.Env()); err != nil {
				p.s.d.Fail(err)
				return nil
			}
			p.budget = max(scratch.OneTime.Or(0), 0)
			return p.search()
		}}))
}

// add opens the form for a new solution.
func (p *joint) add() tea.Cmd {
	return p.s.screen.AddWith(cyber.KindSolutions, &cyber.Solution{Rule: cyber.CostEqually}, "", "name", func(uint64) tea.Cmd { return p.renew() })
}

func yearsWord(n int) string {
	if n == 1 {
		return "1 year"
	}
	return strconv.Itoa(n) + " years"
}
