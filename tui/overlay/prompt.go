package overlay

import (
	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"interlocal/model/text"
	"interlocal/tui/frame"
	"interlocal/tui/theme"
)

// Prompt asks for one line, such as the name of a file.
type Prompt struct {
	theme  *theme.Theme
	title  string
	words  string
	entry  Entry
	accept func(string) tea.Cmd
	line   bool         // what is typed is a line of prose; several blanks are one
	empty  bool         // an empty line is an answer too
	keep   func(string) // is told of every change; nil for nobody
	save   key.Binding
	leave  key.Binding
}

// promptWidth is how wide a prompt is set when there is room.
const promptWidth = 72

// NewPrompt returns a dialog that asks for a line, beginning with value, and
// hands it to accept. Enter on an empty line does nothing.
func NewPrompt(th *theme.Theme, title, words, value, verb string, accept func(string) tea.Cmd) *Prompt {
	p := &Prompt{theme: th, title: title, words: words, entry: NewEntry(), accept: accept,
		save:  key.NewBinding(key.WithKeys("enter"), key.WithHelp("Enter", verb)),
		leave: key.NewBinding(key.WithKeys("esc"), key.WithHelp("Esc", "cancel")),
	}
	p.entry.SetLimit(4096)
	p.entry.SetValue(value)
	return p
}

// LineOptions say what a line of prose is asked for, and how.
type LineOptions struct {
	Title, Words, Value string
	Limit               int          // characters it takes
	Empty               bool         // an empty line is an answer too
	Keep                func(string) // keeps what is typed so far; "" once it is accepted
	Accept              func(string) tea.Cmd
}

// NewLine returns a dialog that asks for a line of prose, such as a note. Esc
// leaves it for another time; what was typed is kept by whoever keeps it.
func NewLine(th *theme.Theme, o LineOptions) *Prompt {
	p := NewPrompt(th, o.Title, o.Words, "", "keep", o.Accept)
	p.leave.SetHelp("Esc", "not now")
	p.entry.SetLimit(o.Limit)
	p.entry.SetValue(o.Value)
	p.line, p.empty, p.keep = true, o.Empty, o.Keep
	return p
}

// told gives what was typed.
func (p *Prompt) told() string {
	if p.line {
		return text.Line(p.entry.Value(), 0)
	}
	return p.entry.Value()
}

// kept has what was typed so far kept.
func (p *Prompt) kept(typed string) {
	if p.keep != nil {
		p.keep(typed)
	}
}

// Title implements Titled.
func (p *Prompt) Title() string { return p.title }

// Help implements Dialog.
func (p *Prompt) Help() []key.Binding { return []key.Binding{p.save, p.leave} }

// Size implements Dialog.
func (p *Prompt) Size(room frame.Rect) (w, h int) {
	w = min(room.W, promptWidth)
	return w, min(room.H, len(text.Wrap(p.words, w))+2)
}

// Update implements Dialog.
func (p *Prompt) Update(msg tea.Msg) (done bool, cmd tea.Cmd) {
	if press, ok := msg.(tea.KeyPressMsg); ok {
		switch {
		case key.Matches(press, p.leave):
			return true, nil
		case key.Matches(press, p.save):
			value := p.told()
			if value == "" && !p.empty {
				return false, nil
			}
			p.kept("")
			return true, p.accept(value)
		}
	}
	changed, cmd := p.entry.Update(msg)
	if changed {
		p.kept(p.entry.Value())
	}
	return false, cmd
}

// Draw implements Dialog.
func (p *Prompt) Draw(f *frame.Frame, r frame.Rect) {
	field, words := r.SplitBottom(1)
	for i, line := range text.Wrap(p.words, r.W) {
		if i < words.H {
			f.At(words.X, words.Y+i)
			f.Text(p.theme.Text, line, words.W)
		}
	}
	p.entry.Draw(f, field, p.theme, "")
}
