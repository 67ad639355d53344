package cyber

import (
	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"interlocal/model/cyber"
	"interlocal/model/cyber/assess"
	"interlocal/model/cyber/framework"
	"interlocal/store/run"
	"interlocal/tui/app"
	"interlocal/tui/overlay"
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

// answering is the page on which a city answers, one key a question.
type answering struct {
	s      *subject
	keys   answerKeys
	at     int
	walk   walk
	half   bool // 5 was typed; p or a comes next
	recent []*given
	unsaid map[int]*given // not stored yet, by item
	pace   pace
	queue  queue
	shown  *sheet // the sheet that the place and the recent answers belong to
	undoes bool   // the user is taking something back
}

func newAnswering(s *subject) *answering {
	return &answering{s: s, keys: newAnswerKeys(s.d.Keys), queue: queue{d: s.d}, unsaid: map[int]*given{}}
}

// Name implements records.View.
func (a *answering) Name() string { return "cyber-answer" }

// Title implements records.View.
func (a *answering) Title() string { return "Answer" }

// Typing reports that p or a is awaited after a 5.
func (a *answering) Typing() bool { return a.half }

// Refresh implements app.Screen.
func (a *answering) Refresh() tea.Cmd {
	a.s.renewed()
	return nil
}

// Visit shows the sheet that a place names: an assessment, or an answer.
func (a *answering) Visit(p app.Route) tea.Cmd {
	a.half = false
	item := a.s.visit(p)
	if p.Filter != "" {
		item = framework.ID(p.Filter)
	}
	a.sheet()
	if item != "" && a.shown != nil {
		if i, ok := a.shown.fw.Index(item); ok {
			a.at, a.walk = i, walkAll
		}
	}
	return nil
}

// AfterStoring does something once every answer given is stored.
func (a *answering) AfterStoring(do func() tea.Cmd) tea.Cmd {
	a.undoes = true
	return a.queue.afterwards(do)
}

// sheet gives the sheet to answer, taking up what has changed; nil when there
// is none.
func (a *answering) sheet() *sheet {
	sh := a.s.sheet()
	switch {
	case sh == a.shown:
	case sh == nil || a.shown == nil || sh.key() != a.shown.key():
		a.shown, a.recent, a.half, a.pace, a.unsaid = sh, nil, false, pace{}, map[int]*given{}
		a.at, a.walk = 0, walkAll
		if sh != nil {
			a.at = sh.firstOpen()
		}
	default:
		a.shown = sh
		a.takenBack()
	}
	return sh
}

// takenBack returns to the question whose answer the user has taken back. What
// a colleague changes meanwhile moves nobody's place.
func (a *answering) takenBack() {
	if len(a.recent) == 0 || !a.undoes {
		return
	}
	last := a.recent[len(a.recent)-1]
	if last.stored && a.shown.level(last.item) != last.level {
		a.undoes = false
		a.recent = a.recent[:len(a.recent)-1]
		a.at = last.item
	}
}

// level gives what is answered to question i, stored or not.
func (a *answering) level(i int) cyber.Level {
	if g := a.unsaid[i]; g != nil {
		return g.level
	}
	return a.shown.level(i)
}

// left counts the questions that nobody has answered or confirmed.
func (a *answering) left() int {
	n := a.shown.open
	for i := range a.unsaid {
		if a.shown.level(i) == "" {
			n--
		}
	}
	return n
}

// Update answers a key.
func (a *answering) Update(msg tea.Msg) tea.Cmd {
	press, ok := msg.(tea.KeyPressMsg)
	if !ok {
		return nil
	}
	sh := a.sheet()
	if sh == nil {
		return a.s.emptyKey(press, a.keys.subjectKeys)
	}
	if a.half {
		return a.secondKey(press)
	}
	if cmd, ok := a.answerKey(press); ok {
		return cmd
	}
	return a.moveKey(press)
}

// answerKey answers the keys that say something about the question.
func (a *answering) answerKey(press tea.KeyPressMsg) (tea.Cmd, bool) {
	k := a.keys
	switch {
	case key.Matches(press, k.same):
		return a.accept(), true
	case key.Matches(press, k.note):
		return a.note(), true
	case key.Matches(press, k.flag):
		return a.flag(), true
	}
	if len(press.Text) != 1 {
		return nil, false
	}
	level, what := cyber.Key(key.Matches(press, k.process), rune(press.Text[0]))
	if what == cyber.NoAnswer {
		return nil, false
	}
	if err := a.shown.closed(); err != nil {
		a.s.d.Fail(err)
		return nil, true
	}
	switch {
	case what == cyber.HalfWay:
		a.half = true
		return nil, true
	case level == cyber.NotApplicable:
		a.askReason()
		return nil, true
	}
	return a.give(level, assess.Answering{}), true
}

// clicked answers with the choice that was clicked.
func (a *answering) clicked(level cyber.Level) tea.Cmd {
	if err := a.shown.closed(); err != nil {
		a.s.d.Fail(err)
		return nil
	}
	a.half = false
	if level == cyber.NotApplicable {
		a.askReason()
		return nil
	}
	return a.give(level, assess.Answering{})
}

// secondKey takes the key after a 5. Nothing that is not p or a is taken for
// another answer; it would be lost or land on the wrong question.
func (a *answering) secondKey(press tea.KeyPressMsg) tea.Cmd {
	if key.Matches(press, a.keys.back, a.s.d.Keys.Back) {
		a.half = false
		return nil
	}
	if len(press.Text) == 1 {
		if level, what := cyber.Key(true, rune(press.Text[0])); what == cyber.Answered {
			a.half = false
			return a.give(level, assess.Answering{})
		}
	}
	a.s.d.Say(overlay.Info, "5 is two answers: p in process, a risk accepted; Backspace takes the 5 back.")
	return nil
}

// give answers the question and goes on to the next one. Like says what goes
// with the answer: a reason, or last year's level.
func (a *answering) give(level cyber.Level, like assess.Answering) tea.Cmd {
	i, sh := a.at, a.shown
	a.undoes = false
	g := &given{item: i, level: level}
	a.unsaid[i] = g
	a.recent = append(a.recent, g)
	a.pace.beat(a.s.d.Clock())
	like.Question, like.Level = sh.question(i), level
	cmd := a.queue.add(change{
		request: a.s.request("answer.give", 0, func(args any) { *args.(*assess.Answering) = like }),
		done:    func(_ run.Done, err error) tea.Cmd { return a.answered(g, err) },
	})
	a.advance()
	return cmd
}

// answered takes up what became of an answer.
func (a *answering) answered(g *given, err error) tea.Cmd {
	if a.unsaid[g.item] == g {
		delete(a.unsaid, g.item)
	}
	if err == nil {
		g.stored = true
		return nil
	}
	for i, other := range a.recent {
		if other == g {
			a.recent = append(a.recent[:i], a.recent[i+1:]...)
			a.at = g.item
			break
		}
	}
	a.s.d.Fail(err)
	return nil
}

// advance goes on after an answer: to the next question of the walk, or, when
// all have one, to the end of it.
func (a *answering) advance() {
	if a.walk == walkAll {
		a.at = min(a.at+1, len(a.shown.fw.Items)-1)
		return
	}
	a.go1(1)
}

// go1 goes to the next question of the walk that has not just been dealt with.
func (a *answering) go1(step int) {
	from := a.at
	for range a.shown.fw.Items {
		to, ok := a.walk.next(a.shown, from, step)
		if !ok {
			break
		}
		if a.unsaid[to] == nil || !a.walk.settled() {
			a.at = to
			return
		}
		from = to
	}
	a.s.d.Say(overlay.Done, "That was the last one of: "+a.walk.String()+". Back to all questions.")
	a.walk = walkAll
}

// settled reports whether an answer takes a question off the walk.
func (w walk) settled() bool { return w == walkUnanswered || w == walkInherited }

// accept takes over last year's answer, or goes on where this year's is given
// already.
func (a *answering) accept() tea.Cmd {
	sh := a.shown
	if err := sh.closed(); err != nil || a.level(a.at) != "" {
		a.advance()
		return nil
	}
	was := sh.ghost(a.at)
	if was == "" {
		a.s.d.Say(overlay.Info, "There is no answer of last year to keep: 1 to 7, 0 or - answers.")
		return nil
	}
	return a.give(was, assess.Answering{Was: was})
}

// flag marks the question to be come back to, or takes the mark off.
func (a *answering) flag() tea.Cmd {
	sh, i := a.shown, a.at
	if err := sh.closed(); err != nil {
		a.s.d.Fail(err)
		return nil
	}
	q, says := sh.question(i), "Flagged "
	if sh.flagged(i) {
		says = "No flag any more on "
	}
	off := sh.flagged(i)
	return a.put("answer.flag", func(args any) { *args.(*assess.Flagging) = assess.Flagging{Question: q, Off: off} }, says+q.Item+".")
}

// put stores something about a question after what was stored before it.
func (a *answering) put(name string, set func(args any), says string) tea.Cmd {
	return a.queue.add(change{request: a.s.request(name, 0, set), done: a.reported(says)})
}

// reported says that something was stored, or why not.
func (a *answering) reported(says string) func(run.Done, error) tea.Cmd {
	return func(_ run.Done, err error) tea.Cmd {
		if err != nil {
			a.s.d.Fail(err)
			return nil
		}
		a.s.d.SayUndo(says)
		return nil
	}
}

// askReason asks why a question does not apply; the answer counts once it is
// told.
func (a *answering) askReason() {
	i, sh := a.at, a.shown
	line := newLine(a.s.d, lineOptions{
		title: "Not applicable: " + string(sh.fw.Items[i].ID),
		words: "Why does this not apply to " + sh.city.Name + "? One sentence; the reason goes with the answer.",
		value: sh.reason(i), draft: sh.draftKey(i, "reason"),
		accept: func(why string) tea.Cmd {
			a.at = i
			return a.give(cyber.NotApplicable, assess.Answering{Reason: why})
		},
	})
	a.s.d.Dialogs.Push(line)
}

// note asks for a note on the question, which stays where it is.
func (a *answering) note() tea.Cmd {
	i, sh := a.at, a.shown
	if err := sh.closed(); err != nil {
		a.s.d.Fail(err)
		return nil
	}
	if a.s.projected {
		a.s.d.Say(overlay.Info, "Notes are hidden while this is projected; P shows them again.")
		return nil
	}
	id := string(sh.fw.Items[i].ID)
	a.s.d.Dialogs.Push(newLine(a.s.d, lineOptions{
		title: "Note on " + id, words: "What stands behind the answer. It stays in " + sh.city.Name + ".",
		value: sh.note(i), draft: sh.draftKey(i, "note"), clear: true,
		accept: func(text string) tea.Cmd {
			q := sh.question(i)
			return a.put("answer.note", func(args any) { *args.(*assess.Noting) = assess.Noting{Question: q, Note: text} },
				"Note on "+id+" stored.")
		},
	}))
	return nil
}
