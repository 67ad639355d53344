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
	var out []key.Binding
	add := func(k key.Binding) {
		if !slices.ContainsFunc(out, func(own key.Binding) bool { return own.Keys()[0] == k.Keys()[0] }) {
			out = append(out, k)
		}
	}
	for _, a := range in {
		add(a.Key)
	}
	for _, k := range more {
		add(k)
	}
	return out
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
