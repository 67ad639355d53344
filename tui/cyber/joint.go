package cyber

import (
	"fmt"
	"slices"
	"sync/atomic"

	tea "charm.land/bubbletea/v2"

	"interlocal/model/cyber"
	"interlocal/model/cyber/assess"
	"interlocal/model/cyber/framework"
	"interlocal/model/cyber/portfolio"
	"interlocal/model/cyber/release"
	"interlocal/model/field"
	"interlocal/model/partnership"
	"interlocal/model/text"
	"interlocal/model/value"
	"interlocal/store/run"
	"interlocal/tui/act"
	"interlocal/tui/app"
	"interlocal/tui/overlay"
	"interlocal/tui/page"
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
	*page.Page
	s      *subject
	made   bool
	rev    uint64
	cycle  cyber.CycleID
	kase   *release.Case
	why    error
	alones []int64 // what each solution gains by itself
	wishes map[cyber.SolutionID]wish
	budget value.Cents
	years  int
	rule   int // among the cost rules

	drawn     bool // since the records changed last: somebody looks
	best      portfolio.Portfolio
	fails     error        // why no choice is possible
	searching *atomic.Bool // set to stop the search that is under way; nil when none is
}

func newJoint(s *subject) *joint {
	p := &joint{s: s, wishes: map[cyber.SolutionID]wish{}, years: 3}
	p.Page = page.New(page.Options{App: s.d, Host: s.screen, ID: "cyber-joint", Heading: "Joint", Help: jointHelp,
		Pointer: true,
		Example: []string{"e.g. ✓  Second factor for every sign-in    $115,000.00   2 questions   14"}})
	k, shared := s.d.Keys, s.actions()
	add := page.Does(page.Relabel(k.Add, "add a solution"), p.add)
	suggest := page.Does(page.Key("t", "start with suggestions"), p.suggest).Doing("solution.suggest")
	whose, project := shared[0], shared[3]
	none := &page.Scope{Alone: true, Actions: []page.Action{add, suggest, whose, project}}
	p.Scope = func() *page.Scope {
		if p.none() {
			return none
		}
		return nil
	}
	p.Actions = []page.Action{
		{Key: page.Key("Space", "in, out, open", "space"), Do: func(r *page.Row) tea.Cmd {
			id := cyber.SolutionID(r.Route.ID)
			p.wishes[id] = (p.wishes[id] + 1) % 3
			return p.search()
		}},
		page.Moves(page.Key("b", "budget"), p.askBudget),
		page.Does(page.Key("y", "years"), func() tea.Cmd { p.years = p.years%5 + 1; return p.search() }),
		page.Moves(page.Relabel(k.Sort, "cost shared how"), func() { p.rule = (p.rule + 1) % 4 }),
		page.Moves(page.Key("=", "how it comes about"), func() {
			s.d.Dialogs.Push(overlay.NewText(s.d.Theme, "How it comes about", p.formula()))
		}),
		add,
		page.Moves(page.Relabel(k.Back, "stop the search"), func() {
			p.stop()
			s.d.Say(overlay.Info, "The search has stopped; what is shown is "+p.best.Quality()+".")
		}).While(func() bool { return p.searching != nil }),
		suggest, whose, project,
	}
	return p
}

// none reports whether there is nothing to choose from.
func (p *joint) none() bool { return p.why != nil || p.kase == nil || len(p.kase.Solutions) == 0 }

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

// Update answers a key.
func (p *joint) Update(msg tea.Msg) tea.Cmd {
	if _, ok := msg.(tea.KeyPressMsg); !ok {
		return nil
	}
	return tea.Batch(p.renew(), p.Page.Update(msg))
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
	viewer := partnership.PartnerID(p.s.d.Me.Identity().Partner)
	if p.kase, p.why = release.Joint(p.s.d.View(), p.cycle, viewer, p.s.d.Today()); p.why != nil {
		return nil
	}
	p.alones = make([]int64, len(p.kase.Solutions))
	for i := range p.alones {
		p.alones[i] = p.alone(i)
	}
	return p.search()
}

// alone gives what a solution gains by itself.
func (p *joint) alone(i int) int64 {
	one := p.kase.Problem.Solutions[i]
	one.Requires, one.Conflicts = nil, nil
	pr := p.kase.Problem
	pr.Solutions, pr.Budget = []portfolio.Solution{one}, max(one.Cost(pr.Years), 0)
	best, _ := pr.Greedy() // what cannot be bought gains nothing
	return best.Gain
}

// problem is the case with the user's wishes, budget and years.
func (p *joint) problem() portfolio.Problem {
	p.kase.Problem.Years = p.years
	pr := p.kase.Problem
	pr.Solutions = slices.Clone(pr.Solutions)
	for i, id := range p.kase.Solutions {
		pr.Solutions[i].Pinned = p.wishes[id] == wishIn
		pr.Solutions[i].Barred = p.wishes[id] == wishOut
	}
	pr.Budget = p.budget
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
func (p *joint) stop() {
	if p.searching != nil {
		p.searching.Store(true)
		p.searching = nil
	}
}

// costRules lists the ways to share costs, each before the next.
func costRules() []cyber.CostRule {
	return []cyber.CostRule{release.OwnRule, cyber.CostEqually, cyber.CostByPopulation, cyber.CostByBenefit}
}

// askBudget asks what may be spent over the years.
func (p *joint) askBudget() {
	val := ""
	if p.budget > 0 {
		val = p.budget.String()
	}
	words := "What may be spent in all over " + text.Counted(p.years, "year", "years") +
		"? Dollars; empty for no limit."
	act.Ask(p.s.d, act.Line{Title: "Budget", Empty: true, Value: val, Words: words, Accept: func(typed string) tea.Cmd {
		var scratch cyber.Solution // read as its costs are
		if err := p.s.d.Kind(cyber.KindSolutions).Column("one_time").Parse(&scratch, typed, p.s.d.Env()); err != nil {
			p.s.d.Fail(err)
			return nil
		}
		p.budget = max(scratch.OneTime.Or(0), 0)
		return p.search()
	}})
}

// add opens the form for a new solution.
func (p *joint) add() tea.Cmd {
	return p.s.screen.AddWith(cyber.KindSolutions, &cyber.Solution{Rule: cyber.CostEqually}, "", "name",
		func(uint64) tea.Cmd { return p.renew() })
}

// suggest puts the suggestions on file that a portfolio may begin with. What
// they lift is a judgment to be edited; what they cost is for the cities to
// say.
func (p *joint) suggest() tea.Cmd {
	version := framework.CSF20
	if c := field.Get(p.s.d.View(), p.s.cycle); c != nil && p.s.frames[c.Framework] != nil {
		version = c.Framework
	}
	set := func(args any) { args.(*assess.Suggesting).Framework = version }
	return p.s.bound("solution.suggest", 0, set, func(done run.Done) tea.Cmd {
		p.s.d.SayUndo(text.Counted(done.Detail.(int), "suggestion", "suggestions") +
			" added. Enter opens one: write what it costs, and check what it lifts.")
		return p.renew()
	})
}

// rows writes the solutions.
func (p *joint) rows() (c page.Content) {
	for i, id := range p.kase.Solutions {
		s, chosen, gain := p.kase.Problem.Solutions[i], "", ""
		if slices.Contains(p.best.Chosen, i) && p.fails == nil {
			chosen = "✓"
		}
		cost := s.Cost(p.years).String()
		if s.OneTime == 0 && s.Yearly == 0 {
			cost = "not recorded"
		}
		if !p.s.projected {
			gain = fmt.Sprint(p.alones[i])
		}
		c.Rows = append(c.Rows, page.Row{Route: app.Route{Kind: "solutions", ID: uint64(id)}, Cells: []string{chosen,
			[...]string{"", "must", "out"}[p.wishes[id]], s.Name, cost,
			text.Counted(len(s.Lifts), "question", "questions"),
			gain}})
	}
	return c
}

// jointHelp says how the choice of solutions comes about.
const jointHelp = "## Marks\n  ✓  in the best choice   must, out  your own wish (Space)\n" +
	"  The search goes on beside you; Esc stops it, and what is shown says how far from the best it may be.\n"
