package act

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"interlocal/model/value"
	"interlocal/tui/app"
	"interlocal/tui/overlay"
)

// Line is a question of one line, asked without leaving the page.
type Line struct {
	Title, Words, Value string
	Draft               string // the draft that keeps what is typed until it is stored; "" keeps nothing
	Empty               bool   // an empty line is an answer too
	Accept              func(string) tea.Cmd
}

// lineLimit is the most characters that a line takes.
const lineLimit = 2000

// Ask asks for a line. What was typed into it earlier and never stored is back.
func Ask(d *app.App, l Line) {
	o := overlay.LineOptions{Title: l.Title, Words: l.Words, Value: l.Value, Limit: lineLimit, Empty: l.Empty, Accept: l.Accept}
	if id := d.Me.Identity(); l.Draft != "" {
		if typed, _, ok := d.Store.Draft(id, l.Draft); ok && len(typed) > 0 {
			o.Value = string(typed)
			o.Words += " What you typed earlier is back."
		}
		o.Keep = func(typed string) {
			if typed == "" {
				d.Store.DropDraft(id, l.Draft)
			} else {
				d.Store.SaveDraft(id, l.Draft, []byte(typed))
			}
		}
	}
	d.Dialogs.Push(overlay.NewLine(d.Theme, o))
}

// AskDay asks for a day, again with what was typed while it cannot be read.
func AskDay(d *app.App, l Line, then func(value.Opt[value.Day]) tea.Cmd) {
	l.Accept = func(typed string) tea.Cmd {
		if strings.TrimSpace(typed) == "" {
			return then(value.Opt[value.Day]{})
		}
		day, err := value.ParseDay(strings.TrimSpace(typed), d.Today())
		if err != nil {
			l.Value = typed
			AskDay(d, l, then)
			d.Fail(err)
			return nil
		}
		return then(value.Some(day))
	}
	Ask(d, l)
}
