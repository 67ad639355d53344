package app

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"interlocal/model/field"
	"interlocal/model/text"
	"interlocal/tui/overlay"
)

// AskReason asks in one line who answers for doubts, and why. Answer gets nil when
// no reason was given.
func (d *App) AskReason(doubts field.Doubts, words, verb string, answer func(*field.Override) tea.Cmd) {
	var lacks []string
	for _, m := range doubts {
		lacks = append(lacks, text.Capital(m.Sentence)+".")
	}
	name := d.Me.Identity().Name
	d.Dialogs.Push(overlay.NewPrompt(d.Theme, "This is in doubt", strings.Join(lacks, " ")+" "+words, name+": ", verb,
		func(typed string) tea.Cmd {
			who, why, _ := strings.Cut(typed, ":")
			who, why = strings.TrimSpace(who), strings.TrimSpace(why)
			if who == "" || why == "" {
				return answer(nil)
			}
			return answer(&field.Override{Name: who, Reason: why, To: doubts.About()})
		}))
}

// Doubted asks who answers for what an attempt to change something left in doubt,
// and tries again with the answer; without one all stays as it was.
func (d *App) Doubted(doubts field.Doubts, again func(*field.Override) tea.Cmd) {
	d.AskReason(doubts,
		"It can go ahead when somebody answers for it: a name, a colon, the reason. It is listed for counsel.",
		"go ahead", func(o *field.Override) tea.Cmd {
			if o == nil {
				d.Say(overlay.Info, "Not done: a name and a reason are needed, as in "+d.Me.Identity().Name+
					": storm damage")
				return nil
			}
			return again(o)
		})
}
