package cyber

import (
	"strconv"

	tea "charm.land/bubbletea/v2"

	"interlocal/model/text"
	"interlocal/tui/overlay"
)

// walk names the questions that answering goes through: all of them, or those
// that want something.
type walk int

// The walks.
const (
	walkAll walk = iota
	walkUnanswered
	walkInherited
	walkFlagged
	walkChanged
	walkBelow
)

// String names a walk for the sheet's first line.
func (w walk) String() string {
	return [...]string{"all questions", "unanswered", "inherited", "flagged", "changed since last year", "below the minimum"}[w]
}

// takes reports whether question i is on the walk.
func (w walk) takes(sh *sheet, i int) bool {
	l, was := sh.Levels[i], sh.ghost(i)
	v, scored := l.Value()
	inherited := sh.answer(i).Inherited()
	return [...]bool{true, l == "" && !inherited, inherited, sh.answer(i).Flag, l != "" && was != "" && l != was,
		scored && v < sh.Goal(i)}[w]
}

// count tells how many questions are on a walk.
func (w walk) count(sh *sheet) int {
	n := 0
	for i := range sh.Framework.Items {
		if w.takes(sh, i) {
			n++
		}
	}
	return n
}

// next gives the first question on the walk from one on in a direction, going
// round at the end; ok is false when there is none but possibly from itself.
func (w walk) next(sh *sheet, from, step int) (to int, ok bool) {
	n := len(sh.Framework.Items)
	for k := 1; k <= n; k++ {
		i := ((from+step*k)%n + n) % n
		if i != from && w.takes(sh, i) {
			return i, true
		}
	}
	return from, false
}

// settled reports whether an answer takes a question off the walk.
func (w walk) settled() bool { return w == walkUnanswered || w == walkInherited }

// advance goes on after an answer: to the next question of the walk, or, when
// all have one, to the end of it.
func (a *answering) advance() {
	if a.walk == walkAll {
		a.Step(1)
	} else if !a.turnTo(a.walk, 1) {
		a.s.d.Say(overlay.Done, "That was the last one of: "+a.walk.String()+". Back to all questions.")
		a.walk = walkAll
	}
}

// seek goes to the next question of a walk without changing the one that
// answering follows.
func (a *answering) seek(w walk, step int) {
	switch {
	case a.turnTo(w, step):
	case w == walkUnanswered:
		a.s.d.Say(overlay.Info, "No other question is unanswered.")
	default:
		a.s.d.Say(overlay.Info, "There is no other one: "+w.String()+".")
	}
}

// turnTo goes to the next question of a walk that has not just been dealt with,
// and reports whether there was one.
func (a *answering) turnTo(w walk, step int) bool {
	from := a.At
	for range a.shown.Framework.Items {
		to, ok := w.next(a.shown, from, step)
		switch {
		case !ok:
			return false
		case a.unsaid[to] == nil || !w.settled():
			a.At = to
			return true
		}
		from = to
	}
	return false
}

// chooseWalk asks which questions to go through.
func (a *answering) chooseWalk() {
	var list []overlay.Choice[walk]
	for w := walkAll; w <= walkBelow; w++ {
		it := overlay.Choice[walk]{Value: w, Title: text.Capital(w.String()), Note: strconv.Itoa(w.count(a.shown))}
		if w == a.walk {
			it.Mark = "✓"
		}
		if w == walkInherited {
			it.Note += "  Enter keeps, a digit changes"
		}
		list = append(list, it)
	}
	overlay.Pick[walk]{Title: "Go through", Width: 56, Choices: list,
		Choose: func(w walk) tea.Cmd { a.follow(w); return nil }}.Open(a.s.d.Dialogs)
}

// follow makes answering go through a walk, from its first question.
func (a *answering) follow(w walk) {
	if w.count(a.shown) == 0 {
		a.s.d.Say(overlay.Info, "There are none: "+w.String()+".")
		return
	}
	a.walk = w
	if last := len(a.shown.Framework.Items) - 1; !w.takes(a.shown, a.At) {
		a.At, _ = w.next(a.shown, last, 1) // the last, where it is the only one
	}
}
