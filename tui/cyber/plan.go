package cyber

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"interlocal/model/cyber"
	"interlocal/model/text"
	"interlocal/model/value"
	"interlocal/tui/app"
	"interlocal/tui/overlay"
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
	return [...]string{"everything below its goal", "nothing done about it yet", "overdue", "least work to the minimum", "shared by at least two cities"}[p]
}

// takes reports whether a row is in the part.
func (p planPart) takes(r planRow) bool {
	switch p {
	case planBare:
		return r.remedy.Step == ""
	case planOverdue:
		return r.overdue
	case planLeast:
		return r.cheap
	case planShared:
		return r.shared
	}
	return true
}

// plan is the page of deficiencies and what is done about each.
type plan struct {
	sheetPage
	keys             planKeys
	part             planPart
	all, rows        []planRow
	at, top, height  int
	made             bool
	rev              uint64
	of               string
	bare, late, done int
	says             string // how the plan stands
}

// planKeys are the keys of the page.
type planKeys struct {
	subjectKeys
	up, down, first, last key.Binding
	assign, state         key.Binding
	part, question        key.Binding
}

func newPlan(s *subject) *plan {
	k := s.d.Keys
	return &plan{sheetPage: sheetPage{s}, keys: planKeys{subjectKeys: newSubjectKeys(k), up: k.Up, down: k.Down, first: k.Home, last: k.End,
		assign: renamed(k.Open, "what, who, by when"), state: binding("Space", "started, done", "space"),
		part: renamed(k.Filter, "show"), question: binding("i", "the question", "i")}}
}

// Name implements records.View.
func (p *plan) Name() string { return "cyber-plan" }

// Title implements records.View.
func (p *plan) Title() string { return "Plan" }

// Keys lists what the keys do.
func (p *plan) Keys() []key.Binding {
	k := p.keys
	return []key.Binding{k.assign, k.state, k.part, k.question, k.whose, k.review, k.down, k.up, k.first, k.last, k.export, k.project, k.begin}
}

// sheet takes up what has changed and gives the sheet; nil when there is none.
func (p *plan) sheet() *sheet {
	sh := p.s.sheet()
	if sh == nil || p.made && p.rev == p.s.rev && p.of == sh.key() {
		return sh
	}
	p.made, p.rev = true, p.s.rev
	if p.of != sh.key() {
		p.of, p.at, p.part = sh.key(), 0, planAll
	}
	cheap := map[int]bool{}
	for i := range sh.fw.Functions {
		for _, raise := range cyber.LeastWork(sh.fw, sh.levels, i, sh.options(p.s.rollUp)).Raises {
			cheap[raise.Item] = true
		}
	}
	shared, today := p.s.shared(sh.cycle), p.s.d.Today()
	p.all, p.bare, p.late, p.done = nil, 0, 0, 0
	for i, l := range sh.levels {
		v, ok := l.Value()
		if !ok || v >= sh.goal(i) {
			continue
		}
		r := planRow{item: i, value: v, goal: sh.goal(i), cheap: cheap[i], shared: shared.list[string(sh.fw.Items[i].ID)], remedy: sh.answers[i].Remedy}
		finished := r.remedy.State == cyber.RemedyDone || r.remedy.State == cyber.RemedyLeft
		r.overdue = r.remedy.Due.Set && r.remedy.Due.V < today && !finished
		p.all = append(p.all, r)
		p.count(r, finished)
	}
	p.says = p.summary()
	p.show()
	return sh
}

func (p *plan) count(r planRow, finished bool) {
	if r.remedy.Step == "" {
		p.bare++
	}
	if r.overdue {
		p.late++
	}
	if finished {
		p.done++
	}
}

// show lists the rows of the part that is shown.
func (p *plan) show() {
	p.rows = nil
	for _, r := range p.all {
		if p.part.takes(r) {
			p.rows = append(p.rows, r)
		}
	}
	p.at = max(0, min(p.at, len(p.rows)-1))
}

// Update answers a key.
func (p *plan) Update(msg tea.Msg) tea.Cmd {
	press, ok := msg.(tea.KeyPressMsg)
	if !ok {
		return nil
	}
	if p.sheet() == nil {
		return p.s.emptyKey(press, p.keys.subjectKeys)
	}
	k := p.keys
	switch {
	case key.Matches(press, k.down):
		p.move(1)
	case key.Matches(press, k.up):
		p.move(-1)
	case key.Matches(press, p.s.d.Keys.PageDown):
		p.move(max(p.height-1, 1))
	case key.Matches(press, p.s.d.Keys.PageUp):
		p.move(-max(p.height-1, 1))
	case key.Matches(press, k.first):
		p.at = 0
	case key.Matches(press, k.last):
		p.move(len(p.rows))
	case key.Matches(press, k.assign):
		return p.assign()
	case key.Matches(press, k.state):
		return p.further()
	case key.Matches(press, k.part):
		p.choosePart()
	case key.Matches(press, k.question):
		return p.question()
	case key.Matches(press, p.s.d.Keys.Back):
		return p.leave()
	default:
		return p.s.key(press, k.subjectKeys)
	}
	return nil
}

func (p *plan) move(n int) { p.at = max(0, min(p.at+n, len(p.rows)-1)) }

// leave shows everything again, or goes back to where a link was followed.
func (p *plan) leave() tea.Cmd {
	if p.part != planAll {
		p.part = planAll
		p.show()
		return nil
	}
	cmd, _ := p.s.screen.Leave()
	return cmd
}

// choosePart asks which deficiencies to show.
func (p *plan) choosePart() {
	var items []overlay.Item
	for part := planAll; part <= planShared; part++ {
		n := 0
		for _, r := range p.all {
			if part.takes(r) {
				n++
			}
		}
		items = append(items, overlay.Item{ID: strconv.Itoa(int(part)), Title: text.Capital(part.String()), Note: strconv.Itoa(n)})
	}
	p.s.d.Dialogs.Push(overlay.NewPick(p.s.d.Theme, overlay.PickOptions{Title: "Show", Width: 52, Search: overlay.List(items),
		Choose: func(it overlay.Item) tea.Cmd {
			n, _ := strconv.Atoi(it.ID)
			p.part, p.at = planPart(n), 0
			p.show()
			return nil
		}}))
}

// question opens the question of the row.
func (p *plan) question() tea.Cmd {
	if len(p.rows) == 0 {
		return nil
	}
	return p.s.d.Open(app.Route{View: "cyber-answer", Filter: string(p.s.now.fw.Items[p.rows[p.at].item].ID)})
}

// byDue orders rows by the day they are due; what has none comes last.
func byDue(rows []planRow) []planRow {
	out := slices.Clone(rows)
	slices.SortStableFunc(out, func(a, b planRow) int {
		const never = value.Day(1 << 40)
		return cmp.Compare(a.remedy.Due.Or(never), b.remedy.Due.Or(never))
	})
	return out
}

// summary says how the plan stands.
func (p *plan) summary() string {
	n := len(p.all)
	if n == 0 {
		return "nothing is below its goal"
	}
	text := fmt.Sprintf("%d below the goal", n)
	if p.bare > 0 {
		text += fmt.Sprintf(", %d without a remedy", p.bare)
	}
	if p.late > 0 {
		text += fmt.Sprintf(", %d overdue", p.late)
	}
	for _, r := range byDue(p.all) {
		if r.remedy.Due.Set && !r.overdue && r.remedy.State != cyber.RemedyDone {
			return text + ", next due " + r.remedy.Due.V.Long()
		}
	}
	return text
}
