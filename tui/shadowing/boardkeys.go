package shadowing

import (
	"slices"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"interlocal/tui/act"
	"interlocal/tui/page"
)

// makeIntents lists what the keys of the board do with the event; those that are
// an act are refused where it is, before anything is asked.
func (b *Board) makeIntents() page.Keymap {
	k := b.d.Keys
	when := func(name string, do func() tea.Cmd) func() tea.Cmd {
		return func() tea.Cmd {
			if err := act.May(b.d, b.acts.Named(name), uint64(b.event)); err != nil {
				act.Refuse(b.d, err)
				return nil
			}
			return do()
		}
	}
	return page.Keymap{
		page.Does(page.Bind("m", "make matches"), when("event.match", b.make)).Doing("event.match"),
		page.Does(page.Bind("r", "repair"), when("event.repair", b.repair)).Doing("event.repair"),
		page.Does(page.Bind("P", "publish"), b.publish).Doing("event.publish"),
		page.Does(page.Bind("T", "tell again"), b.tellAgain).Doing("event.tell"),
		page.Does(page.Bind("L", "lock"), when("event.lock", b.lock)).Doing("event.lock", "event.unlock"),
		page.Does(page.Bind("f", "rule out"), when("event.rule-out", b.forbid)).Doing("event.rule-out"),
		page.Does(page.Bind("w", "swap"), when("event.swap", b.swap)).Doing("event.swap"),
		page.Does(page.Relabel(k.Add, "add a visit"), when("event.add", b.force)).Doing("event.add"),
		page.Does(page.Bind("D", "somebody drops out"), when("event.drop", b.dropOut)).Doing("event.drop"),
		page.Does(page.Bind("W", "why not …?"), b.whyNot),
		page.Does(page.Bind("t", "what if …?"), b.whatIf),
		page.Does(page.Bind("R", "whom to recruit"), b.recruit),
		page.Does(page.Bind("#", "numbers"), b.showNumbers),
		page.Does(page.Bind("p", "print"), b.print),
		page.Does(page.Relabel(k.Open, "details"), b.openDetails),
		page.Does(page.Bind("F", "feedback"), b.feedback),
		page.Does(page.Bind("c", "confirmed"), b.confirm).Doing("match.confirm", "match.unconfirm"),
		page.Does(page.Bind("M", "did not take place"), b.missed).Doing("match.missed"),
		page.Does(page.Relabel(k.NextPane, "matches, waiting, cities"),
			func() tea.Cmd { b.pane = (b.pane + 1) % panes; return nil }),
		page.Does(page.Relabel(k.Sort, "order"),
			func() tea.Cmd { b.order = (b.order + 1) % orders; b.layout(); return nil }),
		page.Does(page.Bind("E", "event"), b.pickEvent),
	}
}

// Acting lists what the keys of the board do with the event.
func (b *Board) Acting() page.Keymap { return b.intents }

// scope lists what keys do before those of the event, while work is under way or
// a proposal is shown.
func (b *Board) scope() page.Keymap {
	k := b.d.Keys
	switch {
	case b.theEvent() == nil:
		return page.Keymap{page.Does(page.Bind("E", "add an event"), b.pickEvent)}
	case b.work != nil:
		return page.Keymap{page.Does(page.Relabel(k.Open, "take the best so far"),
			func() tea.Cmd { b.work.end(); return nil }),
			page.Does(page.Relabel(k.Back, "give up"), b.giveUp)}
	case b.proposing():
		return page.Keymap{page.Does(page.Bind("y", "keep it"), b.keep),
			page.Does(page.Relabel(k.Back, "drop it"), b.drop)}
	}
	return nil
}

// shown names the keys of the event that are worth showing now, the most useful
// first, by the first of their names.
func (b *Board) shown() string {
	const moving, more = " tab s E #", " p c t R F M"
	switch {
	case b.work != nil:
		return moving
	case b.proposing():
		return "enter L f w a W" + moving
	case b.theEvent().Published():
		return "D r T enter L w a f W m P" + more + moving
	}
	return "m enter L f w a W r D P T" + more + moving
}

// Keys implements app.Screen. The list is good until the next is asked for.
func (b *Board) Keys() []key.Binding {
	if b.Typing() {
		return b.list().Keys()
	}
	in := b.scope()
	if b.theEvent() == nil {
		return in.Keys(b.d.Keys.Back)
	}
	b.keys = b.keys[:0]
	for i := range in {
		b.keys = page.AppendKey(b.keys, in[i].Key)
	}
	for name := range strings.FieldsSeq(b.shown()) {
		b.keys = page.AppendKey(b.keys, b.intents[slices.IndexFunc(b.intents,
			func(i page.Action) bool { return i.Key.Keys()[0] == name })].Key)
	}
	for _, k := range b.list().Keys() {
		b.keys = page.AppendKey(b.keys, k)
	}
	return b.keys
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
	if cmd, known := b.scope().Press(msg); known {
		return cmd
	}
	if b.theEvent() != nil {
		if cmd, known := b.Acting().Press(msg); known {
			return cmd
		}
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
