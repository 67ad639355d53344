package shadowing

import (
	"slices"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"interlocal/tui/page"
)

// intent is something a key of the board does.
type intent struct {
	key key.Binding
	act string // the act on the event whose rules are asked first; "" needs none
	do  func() tea.Cmd
}

// makeIntents lists what the keys of the board do with the event.
func (b *Board) makeIntents() []intent {
	k := b.d.Keys
	return []intent{
		{page.Bind("m", "make matches"), "event.match", b.make},
		{page.Bind("r", "repair"), "event.repair", b.repair},
		{page.Bind("P", "publish"), "", b.publish},
		{page.Bind("T", "tell again"), "", b.tellAgain},
		{page.Bind("L", "lock"), "event.lock", b.lock},
		{page.Bind("f", "rule out"), "event.rule-out", b.forbid},
		{page.Bind("w", "swap"), "event.swap", b.swap},
		{page.Relabel(k.Add, "add a visit"), "event.add", b.force},
		{page.Bind("D", "somebody drops out"), "event.drop", b.dropOut},
		{page.Bind("W", "why not …?"), "", b.whyNot},
		{page.Bind("t", "what if …?"), "", b.whatIf},
		{page.Bind("R", "whom to recruit"), "", b.recruit},
		{page.Bind("#", "numbers"), "", b.showNumbers},
		{page.Bind("p", "print"), "", b.print},
		{page.Relabel(k.Open, "details"), "", b.openDetails},
		{page.Bind("F", "feedback"), "", b.feedback},
		{page.Bind("c", "confirmed"), "", b.confirm},
		{page.Bind("M", "did not take place"), "", b.missed},
		{page.Relabel(k.NextPane, "matches, waiting, cities"), "", func() tea.Cmd { b.pane = (b.pane + 1) % panes; return nil }},
		{page.Relabel(k.Sort, "order"), "", func() tea.Cmd { b.order = (b.order + 1) % orders; b.layout(); return nil }},
		{page.Bind("E", "event"), "", b.pickEvent},
	}
}

// scope lists what keys do before those of the event, while work is under way or
// a proposal is shown.
func (b *Board) scope() []intent {
	k := b.d.Keys
	switch {
	case b.theEvent() == nil:
		return []intent{{page.Bind("E", "add an event"), "", b.pickEvent}}
	case b.work != nil:
		return []intent{{page.Relabel(k.Open, "take the best so far"), "", func() tea.Cmd { b.work.end(); return nil }},
			{page.Relabel(k.Back, "give up"), "", b.giveUp}}
	case b.proposing():
		return []intent{{page.Bind("y", "keep it"), "", b.keep}, {page.Relabel(k.Back, "drop it"), "", b.drop}}
	}
	return nil
}

// shown names the keys of the event that are worth showing now, the most useful
// first, by the first of their names.
func (b *Board) shown() []string {
	moving := []string{"tab", "s", "E", "#"}
	more := append([]string{"p", "c", "t", "R", "F", "M"}, moving...)
	switch {
	case b.work != nil:
		return moving
	case b.proposing():
		return append([]string{"enter", "L", "f", "w", "a", "W"}, moving...)
	case b.theEvent().Published():
		return append([]string{"D", "r", "T", "enter", "L", "w", "a", "f", "W", "m", "P"}, more...)
	}
	return append([]string{"m", "enter", "L", "f", "w", "a", "W", "r", "D", "P", "T"}, more...)
}

// Keys implements app.Screen.
func (b *Board) Keys() []key.Binding {
	if b.Typing() {
		return b.list().Keys()
	}
	var out []key.Binding
	for _, i := range b.scope() {
		out = append(out, i.key)
	}
	if b.theEvent() == nil {
		return append(out, b.d.Keys.Back)
	}
	for _, name := range b.shown() {
		at := slices.IndexFunc(b.intents, func(i intent) bool { return i.key.Keys()[0] == name })
		out = append(out, b.intents[at].key)
	}
	for _, k := range b.list().Keys() {
		if !slices.ContainsFunc(out, func(own key.Binding) bool { return own.Keys()[0] == k.Keys()[0] }) {
			out = append(out, k)
		}
	}
	return out
}

// Update answers a message.
func (b *Board) Update(msg tea.Msg) tea.Cmd {
	press, ok := msg.(tea.KeyPressMsg)
	switch {
	case msg == progressed{} && b.work != nil:
		return tick()
	case b.Typing():
		return b.list().Update(msg)
	case !ok:
		return nil
	}
	cmd := b.press(press)
	if b.stale {
		b.stale = false
		cmd = tea.Batch(cmd, b.gather())
	}
	return cmd
}

// press answers a key, the innermost scope first.
func (b *Board) press(msg tea.KeyPressMsg) tea.Cmd {
	in := b.scope()
	if b.theEvent() != nil {
		in = append(in, b.intents...)
	}
	for _, i := range in {
		if !key.Matches(msg, i.key) {
			continue
		}
		if i.act != "" && !b.allowed(i.act) {
			return nil
		}
		return i.do()
	}
	return b.list().Update(msg)
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
