package cyber

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"interlocal/model/cyber"
	"interlocal/model/cyber/assess"
	"interlocal/model/cyber/framework"
	"interlocal/tui/app"
	"interlocal/tui/overlay"
	"interlocal/tui/page"
)

// given is an answer given in this sitting.
type given struct {
	item   int
	level  cyber.Level
	stored bool // the store has it
}

// recentShown is how many of the last answers stay in view: people who are
// moved on correct less when they cannot see what they did.
const recentShown = 3

// pageOfQuestions is how many questions the page keys pass over.
const pageOfQuestions = 10

// answering is the page on which a city answers, one key a question. Its cursor
// stands on a question.
type answering struct {
	sheetPage
	walk    walk
	half    bool // 5 was typed; p or a comes next
	recent  []*given
	unsaid  map[int]*given // not stored yet, by item
	pace    pace
	storing int              // acts under way
	then    []func() tea.Cmd // what waits until all is stored
	shown   *sheet           // the sheet that the place and the recent answers belong to
	undoes  bool             // the user is taking something back
}

func newAnswering(s *subject) *answering {
	a := &answering{unsaid: map[int]*given{}}
	a.begin(s, "answer", "Answer", answerHelp(s.choices))
	a.take, a.paint = a.takeUp, a.draw
	empty, five := a.Scope, a.afterFive()
	a.Scope = func() *page.Scope {
		if sc := empty(); sc != nil || !a.half {
			return sc
		}
		return five
	}
	a.Actions = append(append(a.answers(), s.actions()...), a.ways()...)
	return a
}

// answers are the keys that say something about the question.
func (a *answering) answers() []page.Action {
	k := a.s.d.Keys
	level := func(key, does string, l cyber.Level) page.Action {
		return page.Does(page.Key(key, does), func() tea.Cmd { return a.choose(l) })
	}
	digits := page.Key("1-7", "answer", "1", "2", "3", "4", "5", "6", "7")
	return []page.Action{
		{Key: digits, Each: a.digit, Acts: []string{"answer.give"}},
		level("0", "n/a", cyber.NotApplicable),
		level("-", "unknown", cyber.UnknownToAnyone),
		page.Does(page.Key("Enter", "as last year", "enter"), a.accept),
		page.Moves(page.Key("Tab", "next open", "tab"), func() { a.seek(walkUnanswered, 1) }),
		page.Does(page.Key("t", "note"), a.note).Doing("answer.note"),
		page.Does(page.Key("f", "flag"), a.flag).Doing("answer.flag"),
		page.Moves(page.Key("Bksp", "back", "backspace"), a.stepBack),
		level("p", "5 in process", cyber.InProcess), // 5p in one key, since it is the usual 5
		page.Moves(page.Relabel(k.Filter, "go through"), a.chooseWalk),
	}
}

// ways are the keys of what stands behind an answer, and those that go from
// question to question.
func (a *answering) ways() []page.Action {
	k := a.s.d.Keys
	return []page.Action{
		page.Does(page.Key("c", "complete: by whom, why, until when"), a.complete),
		page.Does(page.Relabel(k.Edit, "all that belongs to the answer"), a.openWhole),
		page.Moves(page.Key("O", "bring in the official wording"), a.s.importWording).
			While(func() bool { return len(a.shown.wording) == 0 && a.s.mayWord() }),
		page.Moves(page.Relabel(k.NextMatch, "next of those"), func() { a.seek(a.walk, 1) }),
		page.Moves(page.Relabel(k.PrevMatch, "previous of those"), func() { a.seek(a.walk, -1) }),
		page.Moves(page.Relabel(k.Down, "next question"), func() { a.Step(1) }),
		page.Moves(page.Relabel(k.Up, "previous question"), func() { a.Step(-1) }),
		page.Moves(page.Relabel(k.Right, "next category"), func() { a.turnCategory(1) }),
		page.Moves(page.Relabel(k.Left, "previous category"), func() { a.turnCategory(-1) }),
		page.Moves(page.Key("Shift-Tab", "previous open", "shift+tab"), func() { a.seek(walkUnanswered, -1) }),
		page.Does(page.Relabel(k.Back, "all questions"), a.leave),
	}
}

// afterFive is the scope after a 5. Nothing that is not p or a is taken for
// another answer; it would be lost or land on the wrong question.
func (a *answering) afterFive() *page.Scope {
	second := func(key, does string, l cyber.Level) page.Action {
		return page.Does(page.Key(key, does, key, strings.ToUpper(key)), func() tea.Cmd { return a.choose(l) })
	}
	return &page.Scope{Typing: true, Actions: []page.Action{
		second("p", "5 in process", cyber.InProcess), second("a", "risk formally accepted", cyber.RiskAccepted),
		page.Moves(page.Key("Esc Bksp", "take the 5 back", "esc", "backspace"), func() { a.half = false }),
	}, Other: func() tea.Cmd {
		a.s.d.Say(overlay.Info, "5 is two answers: p in process, a risk accepted; Backspace takes the 5 back.")
		return nil
	}}
}

// Visit shows the sheet that a route names: an assessment, or an answer.
func (a *answering) Visit(to app.Route) tea.Cmd {
	a.half = false
	item := a.s.visit(to)
	if to.Filter != "" {
		item = framework.ID(to.Filter)
	}
	if sh := a.sheet(); sh != nil && item != "" {
		if i, ok := sh.Framework.Index(item); ok {
			a.At, a.walk = i, walkAll
		}
	}
	return nil
}

// takeUp takes up the sheet as it is now.
func (a *answering) takeUp(sh *sheet, other bool) {
	a.shown, a.Len = sh, len(sh.Framework.Items)
	if other {
		a.recent, a.half, a.pace, a.unsaid = nil, false, pace{}, map[int]*given{}
		a.At, a.walk = sh.firstOpen(), walkAll
		return
	}
	a.takenBack()
}

// takenBack returns to the question whose answer the user has taken back. What
// a colleague changes meanwhile moves nobody's place.
func (a *answering) takenBack() {
	if len(a.recent) == 0 || !a.undoes {
		return
	}
	last := a.recent[len(a.recent)-1]
	if last.stored && a.shown.Levels[last.item] != last.level {
		a.undoes = false
		a.recent = a.recent[:len(a.recent)-1]
		a.At = last.item
	}
}

// level gives what is answered to question i, stored or not.
func (a *answering) level(i int) cyber.Level {
	if g := a.unsaid[i]; g != nil {
		return g.level
	}
	return a.shown.Levels[i]
}

// left counts the questions that nobody has answered or confirmed.
func (a *answering) left() int {
	n := a.shown.open
	for i := range a.unsaid {
		if a.shown.Levels[i] == "" {
			n--
		}
	}
	return n
}

// digit answers with what a digit stands for; 5 waits for another key.
func (a *answering) digit(pressed string) tea.Cmd {
	level, what := cyber.Key(false, rune(pressed[0]))
	if what == cyber.HalfWay && !a.refused() {
		a.half = true
	}
	if what != cyber.Answered {
		return nil
	}
	return a.choose(level)
}

// refused says why answers cannot be changed, if they cannot.
func (a *answering) refused() bool {
	err := a.shown.closed()
	if err != nil {
		a.s.d.Fail(err)
	}
	return err != nil
}

// choose answers the question; that it does not apply needs a reason first.
func (a *answering) choose(level cyber.Level) tea.Cmd {
	if a.refused() {
		return nil
	}
	a.half = false
	if level == cyber.NotApplicable {
		a.askReason()
		return nil
	}
	return a.give(level, assess.Answering{})
}

// stepBack goes to the question answered last, so that it can be answered
// again, and from there backwards through the sheet.
func (a *answering) stepBack() {
	for n := len(a.recent) - 1; n >= 0; n-- {
		if i := a.recent[n].item; i < a.At || a.walk != walkAll && i != a.At {
			a.At = i
			return
		}
	}
	a.Step(-1)
}

// turnCategory goes to the first question of a neighboring category.
func (a *answering) turnCategory(n int) {
	cats := a.shown.Framework.Categories
	for c, cat := range cats {
		if a.At >= cat.From && a.At < cat.To {
			if n < 0 && a.At > cat.From {
				n = 0
			}
			a.At = cats[max(0, min(c+n, len(cats)-1))].From
			return
		}
	}
}

// leave takes one step back: to where a link was followed, or off the walk.
func (a *answering) leave() tea.Cmd {
	if cmd, ok := a.Host.Leave(); ok {
		return cmd
	}
	a.walk = walkAll
	return nil
}

// answerHelp explains the answers and the marks of the page.
func answerHelp(choices []cyber.Choice) string {
	help := "## Answers\n"
	for _, c := range choices {
		help += "  " + (c.Keys + "  ")[:3] + " " + c.Label + ". " + c.Meaning + "\n"
	}
	return help + "\n## Marks\n" +
		"  ●  the answer given    ○  last year's; it counts for nothing until it is confirmed\n" +
		"  ✓  stored              …  being stored: go on typing, nothing is lost\n" +
		"  ⚑  flagged             !  does not fit, or something is missing behind it\n\n" +
		"## Good to know\n" +
		"  5 waits for p (in process) or a (risk accepted); p alone is 5 in process.\n" +
		"  / goes through a part of the questions: of the inherited ones Enter keeps each, a digit changes it.\n" +
		"  A question nobody can answer is - (unknown). It is left out of the score and opens an interval.\n" +
		"  P hides notes, reasons, evidence and other cities while a meeting looks on.\n"
}
