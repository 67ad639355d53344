package form

import (
	"slices"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"interlocal/model/field"
)

// words lists what a choice may be: nothing where that is allowed, then the
// choices.
func words(c *field.Column) []field.Choice {
	if c.Required {
		return c.Choices
	}
	return append([]field.Choice{{}}, c.Choices...)
}

// title gives a choice as it is shown.
func title(c field.Choice) string {
	if c.Value == "" {
		return "(none)"
	}
	return c.Title
}

// pressChoice acts on a key at a choice.
func (m *Model) pressChoice(k tea.KeyPressMsg) {
	keys := m.opts.Keys
	switch {
	case key.Matches(k, keys.Right, keys.Toggle):
		m.cycle(1)
	case key.Matches(k, keys.Left):
		m.cycle(-1)
	case key.Matches(k, keys.Clear):
		m.prefix = ""
		m.choose("")
	case printable(k) != "":
		m.letter(strings.ToLower(printable(k)))
	}
}

// cycle goes to a neighbour among the choices.
func (m *Model) cycle(by int) {
	m.prefix = ""
	c := m.cell()
	all := words(c.col)
	at := slices.IndexFunc(all, func(w field.Choice) bool { return w.Value == c.text })
	if at < 0 && by < 0 {
		at = 0
	}
	m.choose(all[(at+by+len(all))%len(all)].Value)
}

// letter goes to the choice that begins with the letters typed so far, or, when
// none does, to the next one that begins with this letter.
func (m *Model) letter(s string) {
	c := m.cell()
	if w, ok := begins(c.col.Choices, m.prefix+s, -1); ok && m.prefix != "" {
		m.prefix += s
		m.choose(w.Value)
		return
	}
	at := slices.IndexFunc(c.col.Choices, func(w field.Choice) bool { return w.Value == c.text })
	if w, ok := begins(c.col.Choices, s, at); ok {
		m.prefix = s
		m.choose(w.Value)
	}
}

// begins finds the first choice behind a position, and then from the front, whose
// title or value begins with the letters.
func begins(choices []field.Choice, letters string, behind int) (w field.Choice, ok bool) {
	for i := range choices {
		w = choices[(behind+1+i)%len(choices)]
		if strings.HasPrefix(strings.ToLower(w.Title), letters) ||
			strings.HasPrefix(strings.ToLower(w.Value), letters) {
			return w, true
		}
	}
	return field.Choice{}, false
}

// choose sets the value of a choice or of an answer.
func (m *Model) choose(value string) {
	prefix := m.prefix
	m.edited(value)
	m.finishField(m.at)
	m.prefix = prefix
}

// pick takes the choice that a pasted text names, if it names one.
func (m *Model) pick(s string) {
	if text, _, err := m.understand(m.field(), m.at.col, s); err == nil {
		m.choose(text)
	}
}

// pressBool acts on a key at a question.
func (m *Model) pressBool(k tea.KeyPressMsg) {
	keys := m.opts.Keys
	yes := m.cell().text == "yes"
	switch {
	case key.Matches(k, keys.Yes):
		m.choose("yes")
	case key.Matches(k, keys.No):
		m.choose("no")
	case key.Matches(k, keys.Toggle, keys.Left, keys.Right):
		m.choose(map[bool]string{true: "no", false: "yes"}[yes])
	case key.Matches(k, keys.Clear) && m.opts.Bulk:
		m.choose("")
		m.field().touched = !m.field().blank()
	}
}
