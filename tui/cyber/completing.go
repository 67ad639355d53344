package cyber

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"interlocal/model/cyber"
	"interlocal/model/cyber/assess"
	"interlocal/model/value"
	"interlocal/tui/overlay"
)

// complete asks for what has to stand behind an answer: why something does not
// apply; who accepted a risk, why and until when; when it was last tested.
func (a *answering) complete() tea.Cmd {
	sh, i := a.shown, a.at
	if err := sh.closed(); err != nil {
		a.s.d.Fail(err)
		return nil
	}
	ans := sh.answers[i]
	switch {
	case a.s.projected:
		a.s.d.Say(overlay.Info, "What stands behind an answer is hidden while this is projected; P shows it again.")
	case a.unsaid[i] != nil || ans == nil:
		a.s.d.Say(overlay.Info, "Answer the question first; what stands behind the answer comes after.")
	case ans.Level == cyber.NotApplicable:
		a.askReason()
	case ans.Level == cyber.RiskAccepted:
		a.askAcceptance(sh, i, *ans)
	case ans.Level == cyber.Tested || ans.Level == cyber.Optimized:
		a.askDay(sh, i, "tested", "On which day was it last tested? Such as 6/30 or Jun 30, 2026.", ans.Tested, func(d value.Day) tea.Cmd {
			q := sh.question(i)
			return a.put("answer.tested", func(args any) { *args.(*assess.Testing) = assess.Testing{Question: q, On: value.Some(d)} },
				"Test date of "+q.Item+" stored.")
		})
	default:
		a.s.d.Say(overlay.Info, "Nothing has to stand behind this answer; e opens all that may.")
	}
	return nil
}

// completable reports whether what does not fit about question i is something
// left out, which can be asked for.
func (sh *sheet) completable(i int) bool {
	for _, fd := range sh.findings[i] {
		switch fd.Rule {
		case cyber.TestDateMissing, cyber.TestDateAhead, cyber.AcceptanceExpired, cyber.AcceptanceIncomplete, cyber.ReasonMissing:
			return true
		}
	}
	return false
}

// askAcceptance asks who accepted a risk, why and until when; the three are
// stored together.
func (a *answering) askAcceptance(sh *sheet, i int, rec cyber.Answer) {
	a.ask(sh, i, "approver", "Who accepted the risk? Name and office.", rec.Acceptance.Approver, func(who string) tea.Cmd {
		a.ask(sh, i, "reason", "Why is it accepted?", rec.Reason, func(why string) tea.Cmd {
			a.askDay(sh, i, "until", "Until when? Such as 6/30/2027 or +1y.", rec.Acceptance.Expires, func(until value.Day) tea.Cmd {
				q := sh.question(i)
				accepted := assess.Accepting{Question: q, Approver: who, Reason: why, Until: value.Some(until)}
				return a.put("answer.accept-risk", func(args any) { *args.(*assess.Accepting) = accepted }, "Risk acceptance of "+q.Item+" stored.")
			})
			return nil
		})
		return nil
	})
}

// ask asks one line about question i.
func (a *answering) ask(sh *sheet, i int, what, words, value string, then func(string) tea.Cmd) {
	a.s.d.Dialogs.Push(newLine(a.s.d, lineOptions{title: string(sh.fw.Items[i].ID), words: words, value: value,
		draft: sh.draftKey(i, what), accept: then}))
}

// askDay asks for a day about question i, again while it cannot be read.
func (a *answering) askDay(sh *sheet, i int, what, words string, now value.Opt[value.Day], then func(value.Day) tea.Cmd) {
	value := ""
	if now.Set {
		value = now.V.String()
	}
	a.askDayTyped(sh, i, what, words, value, then)
}

func (a *answering) askDayTyped(sh *sheet, i int, what, words, val string, then func(value.Day) tea.Cmd) {
	a.ask(sh, i, what, words, val, func(typed string) tea.Cmd {
		day, err := value.ParseDay(strings.TrimSpace(typed), a.s.d.Today())
		if err != nil {
			a.askDayTyped(sh, i, what, words, typed, then)
			a.s.d.Fail(err)
			return nil
		}
		return then(day)
	})
}
