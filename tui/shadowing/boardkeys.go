package shadowing

import (
	"charm.land/bubbles/v2/key"

	"interlocal/tui/app"
)

// boardKeys are the keys of the board.
type boardKeys struct {
	match, repair, publish, tell              key.Binding
	lock, forbid, swap, add, out              key.Binding
	why, whatIf, recruit, numbers, print      key.Binding
	open, event, filter, sort, nextPane, back key.Binding
	keep, give, takeBest, feedback            key.Binding
	confirm, missed                           key.Binding
	up, down, pageUp, pageDown, home, end     key.Binding
}

func newBoardKeys(k app.Keys) boardKeys {
	return boardKeys{
		match: press("m", "make matches"), repair: press("r", "repair"), publish: press("P", "publish"), tell: press("T", "tell again"),
		lock: press("L", "lock"), forbid: press("f", "rule out"), swap: press("w", "swap"), add: named(k.Add, "add a visit"),
		out: press("D", "somebody drops out"), why: press("W", "why not …?"), whatIf: press("t", "what if …?"),
		recruit: press("R", "whom to recruit"), numbers: press("#", "numbers"), print: press("p", "print"),
		open: named(k.Open, "details"), event: press("E", "event"), filter: k.Filter, sort: named(k.Sort, "order"),
		nextPane: named(k.NextPane, "matches, waiting, cities"), back: k.Back,
		keep: press("y", "keep it"), give: labelled("esc", "Esc", "give up"), takeBest: labelled("enter", "Enter", "take the best so far"),
		feedback: press("F", "feedback"), confirm: press("c", "confirmed"), missed: press("M", "did not take place"),
		up: k.Up, down: k.Down, pageUp: k.PageUp, pageDown: k.PageDown, home: k.Home, end: k.End,
	}
}

// Keys implements app.Screen.
func (b *Board) Keys() []key.Binding {
	k := b.keys
	moving := []key.Binding{k.nextPane, k.filter, k.sort, k.event, k.numbers, k.down, k.up, k.pageDown, k.pageUp, k.home, k.end}
	switch {
	case b.theEvent() == nil:
		return []key.Binding{named(k.event, "add an event"), k.back}
	case b.asking:
		return []key.Binding{labelled("enter", "Enter", "keep filter"), labelled("esc", "Esc", "show all")}
	case b.work != nil:
		return append([]key.Binding{k.takeBest, k.give}, moving...)
	case b.proposing():
		back := named(k.back, "drop it")
		return append([]key.Binding{k.keep, back, k.open, k.lock, k.forbid, k.swap, k.add, k.why}, moving...)
	}
	out := []key.Binding{k.match, k.open, k.lock, k.forbid, k.swap, k.add, k.why, k.repair, k.out, k.publish, k.tell}
	if e := b.theEvent(); e != nil && e.Published() {
		out = []key.Binding{k.out, k.repair, k.tell, k.open, k.lock, k.swap, k.add, k.forbid, k.why, k.match, k.publish}
	}
	out = append(out, k.print, k.confirm, k.whatIf, k.recruit, k.feedback, k.missed)
	return append(append(out, moving...), k.back)
}

// HelpText explains the board.
func (b *Board) HelpText() string {
	return `## The board
  m has matches made; they are shown first, and y keeps them.
  Each change says what it costs before it is made: lock, rule out, swap, add.
  After a dropout (D), r offers repairs: the one that moves fewest people first.
  Once published, T lists who must be told again, until they have been told.
  Points say how alike two people's work is; # shows them. 1,000 means the same words.
`
}
