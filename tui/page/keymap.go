package page

import (
	"slices"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

// Keymap is what the keys of a screen that is no page of rows mean now, the
// innermost scope first: data that help, hints and the keys themselves read alike.
type Keymap []Action

// Keys lists the keys and more, each once: where two scopes know a key, the inner
// has it.
func (in Keymap) Keys(more ...key.Binding) []key.Binding {
	out := make([]key.Binding, 0, len(in)+len(more))
	for i := range in {
		out = AppendKey(out, in[i].Key)
	}
	for _, k := range more {
		out = AppendKey(out, k)
	}
	return out
}

// AppendKey adds a key to a list, unless an inner scope has it already.
func AppendKey(list []key.Binding, k key.Binding) []key.Binding {
	if slices.ContainsFunc(list, func(own key.Binding) bool { return own.Keys()[0] == k.Keys()[0] }) {
		return list
	}
	return append(list, k)
}

// Press does what a key means, and reports whether it means anything.
func (in Keymap) Press(msg tea.KeyPressMsg) (cmd tea.Cmd, known bool) {
	for i := range in {
		if key.Matches(msg, in[i].Key) {
			return in[i].run(nil, msg.String()), true
		}
	}
	return nil, false
}
