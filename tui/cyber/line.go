package cyber

import (
	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"interlocal/model/text"
	"interlocal/tui/app"
	"interlocal/tui/frame"
	"interlocal/tui/overlay"
)

// lineOptions say what a [line] asks.
type lineOptions struct {
	title, words, value string
	draft               string // the draft that keeps what is typed; "" keeps nothing
	clear               bool   // an empty line is an answer too
	accept              func(string) tea.Cmd
}

// line asks for a sentence without leaving the page. What is typed is kept as
// a draft until it is stored, so that nothing is lost however it ends.
type line struct {
	d     *app.App
	o     lineOptions
	entry overlay.Entry
	save  key.Binding
	leave key.Binding
}

// lineWidth is how wide a line is set when there is room.
const lineWidth = 72

func newLine(d *app.App, o lineOptions) *line {
	l := &line{d: d, o: o, entry: overlay.NewEntry(),
		save:  key.NewBinding(key.WithKeys("enter"), key.WithHelp("Enter", "keep")),
		leave: key.NewBinding(key.WithKeys("esc"), key.WithHelp("Esc", "not now"))}
	l.entry.SetLimit(2000)
	l.entry.SetValue(o.value)
	if o.draft == "" {
		return l
	}
	if typed, _, ok := d.Store.Draft(d.Me.Identity(), o.draft); ok && len(typed) > 0 {
		l.entry.SetValue(string(typed))
		l.o.words += " What you typed earlier is back."
	}
	return l
}

// Title implements overlay.Titled.
func (l *line) Title() string { return l.o.title }

// Help implements overlay.Dialog.
func (l *line) Help() []key.Binding { return []key.Binding{l.save, l.leave} }

// Size implements overlay.Dialog.
func (l *line) Size(room frame.Rect) (w, h int) {
	w = min(room.W, lineWidth)
	return w, min(room.H, len(text.Wrap(l.o.words, w))+2)
}

// Update implements overlay.Dialog.
func (l *line) Update(msg tea.Msg) (done bool, cmd tea.Cmd) {
	if press, ok := msg.(tea.KeyPressMsg); ok {
		switch {
		case key.Matches(press, l.leave):
			return true, nil
		case key.Matches(press, l.save):
			value := text.Line(l.entry.Value(), 0)
			if value == "" && !l.o.clear {
				return false, nil
			}
			l.keep("")
			return true, l.o.accept(value)
		}
	}
	changed, cmd := l.entry.Update(msg)
	if changed {
		l.keep(l.entry.Value())
	}
	return false, cmd
}

// keep puts what has been typed so far on disk, beside the session.
func (l *line) keep(typed string) {
	id := l.d.Me.Identity()
	switch {
	case l.o.draft == "":
	case typed == "":
		l.d.Store.DropDraft(id, l.o.draft)
	default:
		l.d.Store.SaveDraft(id, l.o.draft, []byte(typed))
	}
}

// Draw implements overlay.Dialog.
func (l *line) Draw(f *frame.Frame, r frame.Rect) {
	field, words := r.SplitBottom(1)
	for i, s := range text.Wrap(l.o.words, r.W) {
		if i < words.H {
			f.At(words.X, words.Y+i)
			f.Text(l.d.Theme.Text, s, words.W)
		}
	}
	l.entry.Draw(f, field, l.d.Theme, "")
}
