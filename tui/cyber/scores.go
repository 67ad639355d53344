package cyber

import (
	"fmt"
	"strings"

	"interlocal/model/cyber"
	"interlocal/model/field"
	"interlocal/model/text"
	"interlocal/tui/overlay"
	"interlocal/tui/page"
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
	deep  bool // categories too
	rows  []scoreRow
	score cyber.Score
}

func newScores(s *subject) *scores {
	p := &scores{}
	p.begin(s, "scores", "Scores", scoresHelp)
	p.take, p.paint = p.takeUp, p.draw
	show := func(title string, says func() string) func() {
		return func() { s.d.Dialogs.Push(overlay.NewText(s.d.Theme, title, says())) }
	}
	p.Actions = append([]page.Action{
		page.Moves(page.Key("=", "how it comes about"), show("How it comes about", p.formula)),
		page.Moves(page.Relabel(s.d.Keys.Open, "least work"), show("Least work", p.work)),
		page.Moves(page.Key("b", "other roll-up"), func() {
			s.rollUp = 1 - s.rollUp
			s.d.Say(overlay.Info, "Scores are now the "+s.rollUp.String()+"; the review does not publish its own way.")
		}),
		page.Moves(page.Relabel(s.d.Keys.Zoom, "categories too"), func() { p.deep, p.taken.rev = !p.deep, 0 }),
	}, s.actions()...)
	return p
}

// scoresHelp explains the marks on the bars.
const scoresHelp = "## Bars\n  │ the minimum   ◇ the mean of the city's own targets   ○ last year, over the " +
	"questions scored in both\n" +
	"  ▲ a benchmark from your own report. 3.2 to 5.5 is what the open answers leave possible: all at 1, all at 7.\n" +
	"  The review does not publish how it carries scores upward: b switches between the two ways, = says how.\n"

// takeUp works the figures out.
func (p *scores) takeUp(sh *sheet, _ bool) {
	o := sh.options(p.s.rollUp)
	p.score = cyber.ScoreOf(sh.Framework, sh.Levels, o)
	was, is := sh.comparable()
	c := comparison{cyber.ScoreOf(sh.Framework, was, o), cyber.ScoreOf(sh.Framework, is, o), p.benchmarks(sh)}
	p.rows = []scoreRow{c.row(sh, scoreRow{name: "Overall", fn: -1, now: p.score.Overall}, 0, len(sh.Framework.Items),
		c.was.Overall, c.is.Overall)}
	for i, fn := range sh.Framework.Functions {
		p.rows = append(p.rows, c.row(sh, scoreRow{part: string(fn.ID), name: fn.Name, fn: i,
			now: p.score.Functions[i]},
			fn.From, fn.To, c.was.Functions[i], c.is.Functions[i]))
		for k := fn.CatFrom; k < fn.CatTo && p.deep; k++ {
			cat := sh.Framework.Categories[k]
			p.rows = append(p.rows, c.row(sh, scoreRow{part: string(cat.ID), name: cat.Name, fn: i, deep: true,
				now: p.score.Categories[k]}, cat.From, cat.To, c.was.Categories[k], c.is.Categories[k]))
		}
	}
	p.Within(len(p.rows), p.Height)
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
		goals += sh.Goal(i)
	}
	r.target, r.benchmark = cyber.NewRatio(int64(goals), int64(to-from)), c.benchmarks[r.part]
	r.before, r.change = was.Mean, is.Mean.Sub(was.Mean)
	return r
}

// benchmarks gives the averages that the city has copied from its own report.
func (p *scores) benchmarks(sh *sheet) map[string]cyber.Ratio {
	out := map[string]cyber.Ratio{}
	for b := range field.Of[cyber.Benchmark](p.s.d.View(), "partner", sh.City.ID) {
		if _, have := out[b.Part]; b.Cycle == sh.Cycle.ID && b.Score.Set && !have {
			out[b.Part] = cyber.NewRatio(int64(b.Score.V), 10)
		}
	}
	return out
}

// formula says how the figure under the cursor comes about.
func (p *scores) formula() string {
	r := p.rows[p.At]
	text := p.score.Explain(r.part)
	text += "\n\nRoll-up: " + p.score.Options.RollUp.String() + " (b switches)."
	if open := r.now.Open(); open > 0 {
		text += fmt.Sprintf("\n%d of %d are still open, so the score may turn out anywhere from %s to %s.", open,
			r.now.Items, r.now.Low, r.now.High)
	}
	if r.now.MetAccepted > 0 {
		text += fmt.Sprintf("\n%d of %d are met, %d of them only because a risk is accepted.", r.now.Met, r.now.Items,
			r.now.MetAccepted)
	}
	return text
}

// work says the least work that brings a function, or each of them, to the
// minimum.
func (p *scores) work() string {
	sh, r := p.s.now, p.rows[p.At]
	var out []string
	for i, fn := range sh.Framework.Functions {
		if r.fn < 0 || r.fn == i {
			out = append(out, "## "+string(fn.ID)+" "+fn.Name)
			out = append(append(out, p.functionWork(sh, i, false)...), "")
		}
	}
	return strings.Join(out, "\n")
}

// functionWork says the least work that brings a function to the minimum.
func (p *scores) functionWork(sh *sheet, i int, brief bool) (lines []string) {
	w, minimum := cyber.LeastWork(sh.Framework, sh.Levels, i, sh.options(p.s.rollUp)), sh.Options.Minimum
	steps := fmt.Sprintf("From %s to %s in %s:", w.Before, w.After, text.Counted(w.Steps, "step of one level",
		"steps of one level each"))
	switch {
	case brief && w.Steps == 0:
		return []string{fmt.Sprintf("# No work needed to reach %d", minimum)}
	case brief:
		steps = fmt.Sprintf("# Least work to reach %d: %s", minimum, text.Counted(w.Steps, "step", "steps"))
	case !w.Before.Known():
		steps = "Nothing in it is answered with a level yet."
	case w.Steps == 0:
		steps = fmt.Sprintf("It stands at %s: the minimum of %d is reached.", w.Before, minimum)
	}
	lines = append(lines, steps)
	for _, raise := range w.Raises {
		it := sh.Framework.Items[raise.Item]
		lines = append(lines, fmt.Sprintf("%s  %d → %d  %s", it.ID, raise.From, raise.To, it.InPlace))
	}
	if w.Open > 0 && !brief {
		lines = append(lines, text.Counted(w.Open, "answer is", "answers are")+" still open; find those out first, "+
			"they may "+
			"change the plan.")
	}
	return lines
}
