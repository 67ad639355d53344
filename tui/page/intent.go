package page

import (
	"slices"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

// Intent is what a key of a screen means: data that help, hints and the keys
// themselves read alike.
type Intent struct {
	Key key.Binding
	Do  func() tea.Cmd
}

// On makes an intent.
func On(k key.Binding, do func() tea.Cmd) Intent { return Intent{k, do} }

// Intents are what the keys of a screen mean now, the innermost scope first.
type Intents []Intent

// Keys lists the keys and more, each once: where two scopes know a key, the inner
// has it.
func (in Intents) Keys(more ...key.Binding) []key.Binding {
	var out []key.Binding
	add := func(k key.Binding) {
		if !slices.ContainsFunc(out, func(own key.Binding) bool { return own.Keys()[0] == k.Keys()[0] }) {
			out = append(out, k)
		}
	}
	for _, i := range in {
		add(i.Key)
	}
	for _, k := range more {
		add(k)
	}
	return out
}

// Press does what a key means, and reports whether it means anything.
func (in Intents) Press(msg tea.KeyPressMsg) (cmd tea.Cmd, known bool) {
	for _, i := range in {
		if key.Matches(msg, i.Key) {
			return i.Do(), true
		}
	}
	return nil, false
}

// BindAs makes a key that is shown by other words than its name: "space" as
// "Space".
func BindAs(label, does string, keys ...string) key.Binding {
	return key.NewBinding(key.WithKeys(keys...), key.WithHelp(label, does))
}
