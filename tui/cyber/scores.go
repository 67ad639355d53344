package cyber

import (
	"fmt"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"interlocal/model/cyber"
	"interlocal/model/field"
	"interlocal/tui/overlay"
)

// scoreRow is one figure of an assessment: the whole, a function or a category.
type scoreRow struct {
	part, name string
	fn         int // place among the functions; -1 for the whole
	deep       bool
	now        cyber.Figure
	before     cyber.Ratio // over the questions scored in both years
	change     cyber.Ratio // and what became of it
	target     cyber.Ratio
	benchmark  cyber.Ratio
}

// scores is the page of the figures: bars by function against what they are
// measured by.
type scores struct {
	sheetPage
	keys   scoreKeys
	deep   bool // categories too
	at     int
	top    int
	height int

	made  bool
	rev   uint64
	of    string
	rows  []scoreRow
	score cyber.Score
}

// scoreKeys are the keys of the page.
type scoreKeys struct {
	subjectKeys
	up, down, first, last key.Binding
	formula, work         key.Binding
	rollUp, deep          key.Binding
}

func newScores(s *subject) *scores {
	k := s.d.Keys
	return &scores{sheetPage: sheetPage{s}, keys: scoreKeys{subjectKeys: newSubjectKeys(k), up: k.Up, down: k.Down, first: k.Home, last: k.End,
		formula: binding("=", "how it comes about", "="), work: renamed(k.Open, "least work"),
		rollUp: binding("b", "other roll-up", "b"), deep: renamed(k.Zoom, "categories too")}}
}

// Name implements records.View.
func (p *scores) Name() string { return "cyber-scores" }

// Title implements records.View.
func (p *scores) Title() string { return "Scores" }

// Keys lists what the keys do.
func (p *scores) Keys() []key.Binding {
	k := p.keys
	return []key.Binding{k.formula, k.work, k.rollUp, k.deep, k.review, k.whose, k.down, k.up, k.first, k.last, k.export, k.project, k.begin}
}

// Update answers a key.
func (p *scores) Update(msg tea.Msg) tea.Cmd {
	press, ok := msg.(tea.KeyPressMsg)
	if !ok {
		return nil
	}
	sh := p.sheet()
	if sh == nil {
		return p.s.emptyKey(press, p.keys.subjectKeys)
	}
	k := p.keys
	switch {
	case key.Matches(press, k.down):
		p.at = min(p.at+1, len(p.rows)-1)
	case key.Matches(press, k.up):
		p.at = max(p.at-1, 0)
	case key.Matches(press, k.first):
		p.at = 0
	case key.Matches(press, k.last):
		p.at = len(p.rows) - 1
	case key.Matches(press, k.rollUp):
		p.s.rollUp, p.made = 1-p.s.rollUp, false
		p.s.d.Say(overlay.Info, "Scores are now the "+p.s.rollUp.String()+"; the review does not publish its own way.")
	case key.Matches(press, k.deep):
		p.deep, p.made = !p.deep, false
	case key.Matches(press, k.formula):
		p.s.d.Dialogs.Push(overlay.NewText(p.s.d.Theme, "How it comes about", p.formula()))
	case key.Matches(press, k.work):
		p.s.d.Dialogs.Push(overlay.NewText(p.s.d.Theme, "Least work", p.work()))
	case key.Matches(press, p.s.d.Keys.Back):
		cmd, _ := p.s.screen.Leave()
		return cmd
	default:
		return p.s.key(press, k.subjectKeys)
	}
	return nil
}

// sheet takes up what has changed and gives the sheet; nil when there is none.
func (p *scores) sheet() *sheet {
	sh := p.s.sheet()
	if sh == nil || p.made && p.rev == p.s.rev && p.of == sh.key() && p.score.Options.RollUp == p.s.rollUp {
		return sh
	}
	p.made, p.rev, p.of = true, p.s.rev, sh.key()
	o := sh.options(p.s.rollUp)
	p.score = cyber.ScoreOf(sh.fw, sh.levels, o)
	was, is := sh.comparable()
	c := comparison{cyber.ScoreOf(sh.fw, was, o), cyber.ScoreOf(sh.fw, is, o), p.benchmarks(sh)}
	p.rows = []scoreRow{c.row(sh, scoreRow{name: "Overall", fn: -1, now: p.score.Overall}, 0, len(sh.fw.Items), c.was.Overall, c.is.Overall)}
	for i, fn := range sh.fw.Functions {
		p.rows = append(p.rows, c.row(sh, scoreRow{part: string(fn.ID), name: fn.Name, fn: i, now: p.score.Functions[i]},
			fn.From, fn.To, c.was.Functions[i], c.is.Functions[i]))
		if !p.deep {
			continue
		}
		for k := fn.CatFrom; k < fn.CatTo; k++ {
			cat := sh.fw.Categories[k]
			p.rows = append(p.rows, c.row(sh, scoreRow{part: string(cat.ID), name: cat.Name, fn: i, deep: true, now: p.score.Categories[k]},
				cat.From, cat.To, c.was.Categories[k], c.is.Categories[k]))
		}
	}
	p.at = min(p.at, len(p.rows)-1)
	return sh
}

// comparison is what the figures of an assessment are measured by.
type comparison struct {
	was, is    cyber.Score // over the questions scored in both years
	benchmarks map[string]cyber.Ratio
}

// row completes a line. Its target is the mean of the goals of its questions.
func (c comparison) row(sh *sheet, r scoreRow, from, to int, was, is cyber.Figure) scoreRow {
	goals := 0
	for i := from; i < to; i++ {
		goals += sh.goal(i)
	}
	r.target, r.benchmark = cyber.NewRatio(int64(goals), int64(to-from)), c.benchmarks[r.part]
	r.before, r.change = was.Mean, is.Mean.Sub(was.Mean)
	return r
}

// benchmarks gives the averages that the city has copied from its own report.
func (p *scores) benchmarks(sh *sheet) map[string]cyber.Ratio {
	out := map[string]cyber.Ratio{}
	for b := range field.Of[cyber.Benchmark](p.s.d.View(), "partner", sh.city.ID) {
		if _, have := out[b.Part]; b.Cycle == sh.cycle.ID && b.Score.Set && !have {
			out[b.Part] = cyber.NewRatio(int64(b.Score.V), 10)
		}
	}
	return out
}

// formula says how the figure under the cursor comes about.
func (p *scores) formula() string {
	r := p.rows[p.at]
	text := p.score.Explain(r.part)
	text += "\n\nRoll-up: " + p.score.Options.RollUp.String() + " (b switches)."
	if open := r.now.Open(); open > 0 {
		text += fmt.Sprintf("\n%d of %d are still open, so the score may turn out anywhere from %s to %s.", open, r.now.Items, r.now.Low, r.now.High)
	}
	if r.now.MetAccepted > 0 {
		text += fmt.Sprintf("\n%d of %d are met, %d of them only because a risk is accepted.", r.now.Met, r.now.Items, r.now.MetAccepted)
	}
	return text
}

// work says the least work that brings a function, or each of them, to the
// minimum.
func (p *scores) work() string {
	sh, r := p.s.now, p.rows[p.at]
	var b strings.Builder
	for i := range sh.fw.Functions {
		if r.fn >= 0 && r.fn != i {
			continue
		}
		b.WriteString(p.functionWork(sh, i))
	}
	return b.String()
}

func (p *scores) functionWork(sh *sheet, i int) string {
	fn := sh.fw.Functions[i]
	w := cyber.LeastWork(sh.fw, sh.levels, i, sh.options(p.s.rollUp))
	var b strings.Builder
	fmt.Fprintf(&b, "## %s %s\n", fn.ID, fn.Name)
	switch {
	case !w.Before.Known():
		b.WriteString("Nothing in it is answered with a level yet.\n")
	case w.Steps == 0:
		fmt.Fprintf(&b, "It stands at %s: the minimum of %d is reached.\n", w.Before, sh.minimum())
	default:
		fmt.Fprintf(&b, "From %s to %s in %s:\n", w.Before, w.After, count(w.Steps, "step of one level", "steps of one level each"))
	}
	for _, raise := range w.Raises {
		it := sh.fw.Items[raise.Item]
		fmt.Fprintf(&b, "%s  %d → %d  %s\n", it.ID, raise.From, raise.To, it.InPlace)
	}
	if w.Open > 0 {
		fmt.Fprintf(&b, "%s still open; find those out first, they may change the plan.\n", count(w.Open, "answer is", "answers are"))
	}
	return b.String() + "\n"
}
