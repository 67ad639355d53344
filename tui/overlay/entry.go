package overlay

import (
	"charm.land/bubbles/v2/key"
	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"

	"interlocal/model/text"
	"interlocal/tui/frame"
	"interlocal/tui/theme"
)

// entryLimit is the most characters a filter takes.
const entryLimit = 200

// Entry is a line to type into: editing by Bubbles, drawing on a frame.
type Entry struct {
	input *textinput.Model // made when something is typed or set: most lines stay empty
	limit int
	left  int // the first character in view
}

// NewEntry returns an empty entry that has the keys.
func NewEntry() Entry { return Entry{limit: entryLimit} }

// made gives what edits. Keys that terminals and multiplexers own are left alone.
// Paste from a clipboard is off: it would be the clipboard of the machine this
// program runs on, not of the person typing. What a terminal pastes arrives as
// text.
func (e *Entry) made() *textinput.Model {
	if e.input != nil {
		return e.input
	}
	in := textinput.New()
	in.CharLimit = e.limit
	in.SetVirtualCursor(false)
	in.KeyMap = textinput.KeyMap{
		CharacterForward:        key.NewBinding(key.WithKeys("right")),
		CharacterBackward:       key.NewBinding(key.WithKeys("left")),
		WordForward:             key.NewBinding(key.WithKeys("ctrl+right", "alt+right")),
		WordBackward:            key.NewBinding(key.WithKeys("ctrl+left", "alt+left")),
		DeleteAfterCursor:       key.NewBinding(key.WithKeys("ctrl+k")),
		DeleteBeforeCursor:      key.NewBinding(key.WithKeys("ctrl+u")),
		DeleteCharacterBackward: key.NewBinding(key.WithKeys("backspace", "ctrl+h")),
		DeleteCharacterForward:  key.NewBinding(key.WithKeys("delete")),
		LineStart:               key.NewBinding(key.WithKeys("ctrl+a")),
		LineEnd:                 key.NewBinding(key.WithKeys("ctrl+e")),
	}
	in.Focus()
	e.input = &in
	return e.input
}

// Update edits and reports whether the text changed.
func (e *Entry) Update(msg tea.Msg) (changed bool, cmd tea.Cmd) {
	in := e.made()
	before := in.Value()
	*in, cmd = in.Update(msg)
	now := in.Value()
	if safe := text.Typed(now, in.CharLimit); safe != now {
		at := in.Position()
		in.SetValue(safe)
		in.SetCursor(at)
	}
	return in.Value() != before, cmd
}

// Draw draws the text in one row with the cursor in view.
func (e *Entry) Draw(f *frame.Frame, r frame.Rect, th *theme.Theme, placeholder string) {
	f.At(r.X, r.Y)
	if e.Value() == "" {
		f.Text(th.Over(th.InputFocus, th.Placeholder), placeholder, r.W)
		f.Cursor(r.X, r.Y)
		return
	}
	runes := []rune(e.input.Value())
	at := min(e.input.Position(), len(runes))
	e.left = min(e.left, at)
	for e.left < at && f.Measure().Width(string(runes[e.left:at])) >= r.W {
		e.left++
	}
	f.Text(th.InputFocus, string(runes[e.left:]), r.W)
	f.Cursor(r.X+f.Measure().Width(string(runes[e.left:at])), r.Y)
}

// SetLimit changes how many characters the entry takes.
func (e *Entry) SetLimit(n int) {
	if e.limit = n; e.input != nil {
		e.input.CharLimit = n
	}
}

// Value gives the text.
func (e *Entry) Value() string {
	if e.input == nil {
		return ""
	}
	return e.input.Value()
}

// SetValue replaces the text and puts the cursor at its end.
func (e *Entry) SetValue(s string) {
	if s != "" || e.input != nil {
		e.made().SetValue(s)
		e.input.CursorEnd()
	}
}
