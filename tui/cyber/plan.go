package cyber

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"interlocal/model/cyber"
	"interlocal/model/cyber/assess"
	"interlocal/model/text"
	"interlocal/model/value"
	"interlocal/store/run"
	"interlocal/tui/act"
	"interlocal/tui/app"
	"interlocal/tui/frame"
	"interlocal/tui/overlay"
	"interlocal/tui/page"
)

// planRow is a question that is answered below its goal, with what is done
// about it.
type planRow struct {
	item    int
	value   int
	goal    int
	cheap   bool // part of the least work
	shared  bool // at least two of the cities that joined lack it
	remedy  cyber.Remedy
	overdue bool
}

// finished reports whether nothing more is to be done.
func (r *planRow) finished() bool {
	return r.remedy.State == cyber.RemedyDone || r.remedy.State == cyber.RemedyLeft
}

// planPart names the rows that the page shows.
type planPart int

// The parts of a plan.
const (
	planAll planPart = iota
	planBare
	planOverdue
	planLeast
	planShared
)

// String names a part.
func (p planPart) String() string {
	return [...]string{"everything below its goal", "nothing done about it yet", "overdue", "least work to the minimum",
		"shared by at least two cities"}[p]
}

// of gives the rows of a part.
func (p planPart) of(all []*planRow) (rows []*planRow) {
	for _, r := range all {
		if [...]bool{true, r.remedy.Step == "", r.overdue, r.cheap, r.shared}[p] {
			rows = append(rows, r)
		}
	}
	return rows
}

// plan is the page of deficiencies and what is done about each.
type plan struct {
	sheetPage
	part planPart
	all  []*planRow
}

func newPlan(s *subject) *plan {
	p := &plan{}
	p.begin(s, "plan", "Plan", planHelp)
	p.take, p.paint, p.Pointer = p.takeUp, p.draw, true
	p.Columns = []page.Column{{Title: "Question", Width: 9}, {Title: "Level", Width: 5}, {Width: 2, Tone: page.Lively},
		{Title: "What is done about it"}, {Title: "Who", Width: 7, Part: 8}, {Title: "By", Width: 10},
		{Title: "State", Width: 10}}
	k := s.d.Keys
	on := func(b key.Binding, do func(*planRow) tea.Cmd) page.Action {
		return page.Action{Key: b, Do: func(r *page.Row) tea.Cmd { return do(r.About.(*planRow)) }}
	}
	p.Actions = append([]page.Action{
		on(page.Relabel(k.Open, "what, who, by when"), p.assign),
		on(page.Key("Space", "started, done", "space"), p.further),
		page.Moves(page.Relabel(k.Filter, "show"), p.choosePart),
		on(page.Key("i", "the question"), func(r *planRow) tea.Cmd {
			return s.d.Open(app.Route{View: "cyber-answer", Filter: string(s.now.Framework.Items[r.item].ID)})
		}),
		page.Moves(page.Relabel(k.Back, "show everything"), func() { p.show(planAll) }).
			While(func() bool { return p.part != planAll }),
	}, s.actions()...)
	return p
}

// takeUp lists what is below its goal.
func (p *plan) takeUp(sh *sheet, other bool) {
	if other {
		p.At, p.part = 0, planAll
	}
	cheap := map[int]bool{}
	for i := range sh.Framework.Functions {
		for _, raise := range cyber.LeastWork(sh.Framework, sh.Levels, i, sh.options(p.s.rollUp)).Raises {
			cheap[raise.Item] = true
		}
	}
	shared, today := p.s.shared(sh.Cycle), p.s.d.Today()
	p.all = nil
	for i, l := range sh.Levels {
		v, ok := l.Value()
		if !ok || v >= sh.Goal(i) {
			continue
		}
		r := &planRow{item: i, value: v, goal: sh.Goal(i), cheap: cheap[i], remedy: sh.Answers[i].Remedy,
			shared: shared.lacks(sh.Framework.Items[i].ID)}
		r.overdue = r.remedy.Due.Set && r.remedy.Due.V < today && !r.finished()
		p.all = append(p.all, r)
	}
	p.list()
}

// list shows the rows of the part that is shown.
func (p *plan) list() {
	var c page.Content
	for _, r := range p.part.of(p.all) {
		c.Rows = append(c.Rows, p.row(r))
	}
	p.Show(c)
}

// show turns to a part of the plan.
func (p *plan) show(part planPart) {
	p.part, p.At = part, 0
	p.list()
}

// choosePart asks which deficiencies to show.
func (p *plan) choosePart() {
	var list []overlay.Choice[planPart]
	for part := planAll; part <= planShared; part++ {
		list = append(list, overlay.Choice[planPart]{Value: part, Title: text.Capital(part.String()),
			Note: strconv.Itoa(len(part.of(p.all)))})
	}
	overlay.Pick[planPart]{Title: "Show", Width: 52, Choices: list,
		Choose: func(part planPart) tea.Cmd { p.show(part); return nil }}.Open(p.s.d.Dialogs)
}

// summary says how the plan stands.
func (p *plan) summary() string {
	if len(p.all) == 0 {
		return "nothing is below its goal"
	}
	says := fmt.Sprintf("%d below the goal", len(p.all))
	if n := len(planBare.of(p.all)); n > 0 {
		says += fmt.Sprintf(", %d without a remedy", n)
	}
	if n := len(planOverdue.of(p.all)); n > 0 {
		says += fmt.Sprintf(", %d overdue", n)
	}
	due := slices.DeleteFunc(slices.Clone(p.all), func(r *planRow) bool {
		return !r.remedy.Due.Set || r.overdue || r.remedy.State == cyber.RemedyDone
	})
	if len(due) > 0 {
		next := slices.MinFunc(due, func(a, b *planRow) int { return cmp.Compare(a.remedy.Due.V, b.remedy.Due.V) })
		says += ", next due " + next.remedy.Due.V.Long()
	}
	return says
}

// row writes a row. What the city does about a weakness is its own and not for
// a wall.
func (p *plan) row(r *planRow) page.Row {
	signs, step, who, by, state := "", r.remedy.Step, r.remedy.Owner, "", string(r.remedy.State)
	if r.cheap {
		signs += "★"
	}
	if r.shared && !p.s.projected {
		signs += "●"
	}
	if r.remedy.Due.Set {
		_, m, d := r.remedy.Due.V.Date()
		by = fmt.Sprintf("%s %d", m.String()[:3], d)
		if y := r.remedy.Due.V.Year(); y != p.s.d.Today().Year() {
			by += fmt.Sprintf(" '%02d", y%100)
		}
	}
	tone := page.Plain
	switch {
	case r.remedy.State == cyber.RemedyLeft:
		state = "left as is"
	case r.overdue:
		state, tone = "! overdue", page.Alarm
	}
	if p.s.projected {
		step, who = "hidden while projected", ""
	}
	return page.Row{About: r, Tones: []page.Tone{6: tone}, Cells: []string{string(p.s.now.Framework.Items[r.item].ID),
		fmt.Sprintf("%d→%d", r.value, r.goal), signs, cmp.Or(step, "–"), who, by, state}}
}

// draw draws the page.
func (p *plan) draw(f *frame.Frame, r frame.Rect, sh *sheet) {
	t, shown := p.s.d.Theme, ""
	if p.part != planAll {
		shown = "shown: " + p.part.String()
	}
	r = p.DrawHead(f, r, sh.title(), p.summary(), shown, t.Accent)
	p.Example = []string{"e.g.  PR.AA-03  2→5 ★ Second factor for every sign-in, IT lead, by Mar 31: started"}
	p.Empty = "Nothing is below its goal among the answers given so far."
	if p.part != planAll {
		p.Empty = "There are none: " + p.part.String() + ". Esc shows everything below its goal."
	}
	foot, r := r.SplitBottom(3)
	p.DrawRows(f, r)
	if row := p.Row(); row != nil {
		_, foot = foot.SplitTop(1)
		page.Paragraph(f, foot, t.Dim, "Level 5: "+sh.Framework.Items[row.About.(*planRow).item].InPlace, foot.H)
	}
}

// assign asks what is done about a deficiency, who does it and by when, one
// line each; the three are stored together.
func (p *plan) assign(r *planRow) tea.Cmd {
	if p.s.hidden("What is done about it is hidden while this is projected; P shows it again.") {
		return nil
	}
	d, sh, remedy := p.s.d, p.s.now, r.remedy
	act.Ask(d, sh.line(r.item, "step", "What is done about it?", remedy.Step, func(step string) tea.Cmd {
		remedy.Step = step
		act.Ask(d, sh.line(r.item, "owner", "Who does it? A name, or an office.", remedy.Owner,
			func(owner string) tea.Cmd {
				remedy.Owner = owner
				due := sh.line(r.item, "due", "By when? Such as 3/31, Mar 31 or +90d; empty for no day yet.",
					dayText(remedy.Due), nil)
				due.Empty = true
				act.AskDay(d, due, func(day value.Opt[value.Day]) tea.Cmd {
					remedy.Due, remedy.State = day, cmp.Or(remedy.State, cyber.RemedyOpen)
					return p.keep(sh, r.item, remedy)
				})
				return nil
			}))
		return nil
	}))
	return nil
}

// further takes a remedy one state on: open, started, done, left as it is.
func (p *plan) further(r *planRow) tea.Cmd {
	states := []cyber.RemedyState{cyber.RemedyOpen, cyber.RemedyStarted, cyber.RemedyDone, cyber.RemedyLeft}
	remedy := r.remedy
	remedy.State = states[(slices.Index(states, remedy.State)+1)%len(states)]
	return p.keep(p.s.now, r.item, remedy)
}

// keep stores a remedy.
func (p *plan) keep(sh *sheet, item int, remedy cyber.Remedy) tea.Cmd {
	in := assess.Remedying{Question: sh.question(item), Remedy: remedy, Whole: true}
	return p.s.bound("answer.remedy", 0, func(args any) { *args.(*assess.Remedying) = in }, func(run.Done) tea.Cmd {
		p.s.d.SayUndo(in.Item + ": " + remedyWords(remedy) + ".")
		return nil
	})
}

// remedyWords says a remedy in a few words.
func remedyWords(r cyber.Remedy) string {
	words := string(r.State)
	if r.Owner != "" {
		words += ", " + r.Owner
	}
	if r.Due.Set {
		words += ", by " + r.Due.V.Long()
	}
	return words
}

// planHelp explains the marks.
const planHelp = "## Marks\n  ★  part of the least work that lifts its function to the minimum\n" +
	"  ●  at least two of the cities that joined lack it\n  !  the day it was due has passed\n"
