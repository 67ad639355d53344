package cyber

import (
	"fmt"
	"strconv"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"interlocal/model/text"
	"interlocal/tui/app"
	"interlocal/tui/overlay"
)

// moveKey answers the keys that go from question to question, and those that
// every page has.
func (a *answering) moveKey(press tea.KeyPressMsg) tea.Cmd {
	k, last := a.keys, len(a.shown.fw.Items)-1
	switch {
	case key.Matches(press, k.back):
		a.stepBack()
	case key.Matches(press, k.down):
		a.at = min(a.at+1, last)
	case key.Matches(press, k.up):
		a.at = max(a.at-1, 0)
	case key.Matches(press, a.s.d.Keys.PageDown):
		a.at = min(a.at+10, last)
	case key.Matches(press, a.s.d.Keys.PageUp):
		a.at = max(a.at-10, 0)
	case key.Matches(press, k.first):
		a.at = 0
	case key.Matches(press, k.last):
		a.at = last
	case key.Matches(press, k.category):
		a.turnCategory(1)
	case key.Matches(press, k.catBack):
		a.turnCategory(-1)
	case key.Matches(press, k.open):
		a.seek(walkUnanswered, 1)
	case key.Matches(press, k.openBack):
		a.seek(walkUnanswered, -1)
	case key.Matches(press, k.next):
		a.seek(a.walk, 1)
	case key.Matches(press, k.previous):
		a.seek(a.walk, -1)
	case key.Matches(press, k.walk):
		a.chooseWalk()
	case key.Matches(press, k.whole):
		return a.openWhole()
	case key.Matches(press, k.complete):
		return a.complete()
	case key.Matches(press, k.wording):
		a.s.importWording(a.shown.cycle.Framework)
	case key.Matches(press, a.s.d.Keys.Back):
		return a.leave()
	default:
		return a.s.key(press, k.subjectKeys)
	}
	return nil
}

// stepBack goes to the question answered last, so that it can be answered
// again, and from there backwards through the sheet.
func (a *answering) stepBack() {
	for n := len(a.recent) - 1; n >= 0; n-- {
		if i := a.recent[n].item; i < a.at || a.walk != walkAll && i != a.at {
			a.at = i
			return
		}
	}
	a.at = max(a.at-1, 0)
}

// turnCategory goes to the first question of a neighbouring category.
func (a *answering) turnCategory(n int) {
	cats := a.shown.fw.Categories
	for c, cat := range cats {
		if a.at >= cat.From && a.at < cat.To {
			if n < 0 && a.at > cat.From {
				n = 0
			}
			a.at = cats[max(0, min(c+n, len(cats)-1))].From
			return
		}
	}
}

// seek goes to the next question of a walk without changing the one that
// answering follows.
func (a *answering) seek(w walk, step int) {
	from := a.at
	for range a.shown.fw.Items {
		to, ok := w.next(a.shown, from, step)
		switch {
		case !ok && w == walkUnanswered:
			a.s.d.Say(overlay.Info, "No other question is unanswered.")
			return
		case !ok:
			a.s.d.Say(overlay.Info, "There is no other one: "+w.String()+".")
			return
		case a.unsaid[to] == nil || !w.settled():
			a.at = to
			return
		}
		from = to
	}
}

// chooseWalk asks which questions to go through.
func (a *answering) chooseWalk() {
	var items []overlay.Item
	for _, w := range walks() {
		it := overlay.Item{ID: strconv.Itoa(int(w)), Title: text.Capital(w.String()), Note: fmt.Sprint(w.count(a.shown))}
		if w == a.walk {
			it.Mark = "✓"
		}
		if w == walkInherited {
			it.Note += "  Enter keeps, a digit changes"
		}
		items = append(items, it)
	}
	a.s.d.Dialogs.Push(overlay.NewPick(a.s.d.Theme, overlay.PickOptions{Title: "Go through", Width: 56, Search: overlay.List(items),
		Choose: func(it overlay.Item) tea.Cmd {
			n, _ := strconv.Atoi(it.ID)
			a.follow(walk(n))
			return nil
		}}))
}

// follow makes answering go through a walk, from its first question.
func (a *answering) follow(w walk) {
	if w.count(a.shown) == 0 {
		a.s.d.Say(overlay.Info, "There are none: "+w.String()+".")
		return
	}
	a.walk = w
	if !w.takes(a.shown, a.at) {
		if to, ok := w.next(a.shown, len(a.shown.fw.Items)-1, 1); ok {
			a.at = to
		} else {
			a.at = len(a.shown.fw.Items) - 1
		}
	}
}

// openWhole opens the form with all that belongs to an answer: who accepted a
// risk and until when, the day of a test, evidence.
func (a *answering) openWhole() tea.Cmd {
	ans := a.shown.answers[a.at]
	switch {
	case a.s.projected:
		a.s.d.Say(overlay.Info, "Notes and evidence are hidden while this is projected; P shows them again.")
		return nil
	case ans == nil:
		a.s.d.Say(overlay.Info, "Answer the question first; what stands behind the answer comes after.")
		return nil
	}
	return a.s.screen.Edit(app.Route{Kind: "answers", ID: uint64(ans.ID)})
}

// leave takes one step back: off the walk, or to where a link was followed.
func (a *answering) leave() tea.Cmd {
	if cmd, ok := a.s.screen.Leave(); ok {
		return cmd
	}
	a.walk = walkAll
	return nil
}
