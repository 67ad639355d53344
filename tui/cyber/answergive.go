package cyber

import (
	tea "charm.land/bubbletea/v2"

	"interlocal/model/cyber"
	"interlocal/model/cyber/assess"
	"interlocal/model/value"
	"interlocal/store/run"
	"interlocal/tui/act"
	"interlocal/tui/app"
	"interlocal/tui/overlay"
)

// store has an act done after those asked for before it, while the session goes
// on.
func (a *answering) store(name string, set func(args any), done func(error)) tea.Cmd {
	a.storing++
	return act.Carry(a.s.d, a.s.request(name, set), func(_ run.Done, err error) tea.Cmd {
		a.storing--
		if err != nil {
			a.s.d.Fail(err)
		}
		done(err)
		return a.release()
	})
}

// AfterStoring does something once every answer given is stored.
func (a *answering) AfterStoring(do func() tea.Cmd) tea.Cmd {
	a.undoes = true
	a.then = append(a.then, do)
	return a.release()
}

// release does what waited until all was stored.
func (a *answering) release() tea.Cmd {
	if a.storing > 0 {
		return nil
	}
	var cmds []tea.Cmd
	then := a.then
	a.then = nil
	for _, do := range then {
		cmds = append(cmds, do())
	}
	return tea.Batch(cmds...)
}

// give answers the question and goes on to the next one. Like says what goes
// with the answer: a reason, or last year's level.
func (a *answering) give(level cyber.Level, like assess.Answering) tea.Cmd {
	a.undoes = false
	g := &given{item: a.At, level: level}
	a.unsaid[g.item] = g
	a.recent = append(a.recent, g)
	a.pace.beat(a.s.d.Clock())
	like.Question, like.Level = a.shown.question(g.item), level
	set := func(args any) { *args.(*assess.Answering) = like }
	cmd := a.store("answer.give", set, func(err error) { a.answered(g, err) })
	a.advance()
	return cmd
}

// answered takes up what became of an answer.
func (a *answering) answered(g *given, err error) {
	if a.unsaid[g.item] == g {
		delete(a.unsaid, g.item)
	}
	if err == nil {
		g.stored = true
		return
	}
	for i, other := range a.recent {
		if other == g {
			a.recent = append(a.recent[:i], a.recent[i+1:]...)
			a.At = g.item
			break
		}
	}
}

// accept takes over last year's answer, or goes on where this year's is given
// already.
func (a *answering) accept() tea.Cmd {
	was := a.shown.ghost(a.At)
	switch {
	case a.shown.closed() != nil || a.level(a.At) != "":
		a.advance()
	case was == "":
		a.s.d.Say(overlay.Info, "There is no answer of last year to keep: 1 to 7, 0 or - answers.")
	default:
		return a.give(was, assess.Answering{Was: was})
	}
	return nil
}

// put stores something about a question after what was stored before it.
func (a *answering) put(name string, set func(args any), says string) tea.Cmd {
	return a.store(name, set, func(err error) {
		if err == nil {
			a.s.d.SayUndo(says)
		}
	})
}

// flag marks the question to be come back to, or takes the mark off.
func (a *answering) flag() tea.Cmd {
	if a.refused() {
		return nil
	}
	q, off, says := a.shown.question(a.At), a.shown.answer(a.At).Flag, "Flagged "
	if off {
		says = "No flag any more on "
	}
	return a.put("answer.flag", func(args any) { *args.(*assess.Flagging) = assess.Flagging{Question: q, Off: off} },
		says+q.Item+".")
}

// askReason asks why a question does not apply; the answer counts once it is
// told.
func (a *answering) askReason() {
	i, sh := a.At, a.shown
	words := "Why does this not apply to " + sh.City.Name + "? One sentence; the reason goes with the answer."
	line := sh.line(i, "reason", words, sh.answer(i).Reason, func(why string) tea.Cmd {
		a.At = i
		return a.give(cyber.NotApplicable, assess.Answering{Reason: why})
	})
	line.Title = "Not applicable: " + line.Title
	act.Ask(a.s.d, line)
}

// note asks for a note on the question, which stays where it is.
func (a *answering) note() tea.Cmd {
	if a.refused() || a.s.hidden("Notes are hidden while this is projected; P shows them again.") {
		return nil
	}
	i, sh := a.At, a.shown
	q := sh.question(i)
	line := sh.line(i, "note", "What stands behind the answer. It stays in "+sh.City.Name+".", sh.answer(i).Note,
		func(text string) tea.Cmd {
			return a.put("answer.note",
				func(args any) { *args.(*assess.Noting) = assess.Noting{Question: q, Note: text} },
				"Note on "+q.Item+" stored.")
		})
	line.Title, line.Empty = "Note on "+line.Title, true
	act.Ask(a.s.d, line)
	return nil
}

// openWhole opens the form with all that belongs to an answer: who accepted a
// risk and until when, the day of a test, evidence.
func (a *answering) openWhole() tea.Cmd {
	ans := a.shown.Answers[a.At]
	switch {
	case a.s.hidden("Notes and evidence are hidden while this is projected; P shows them again."):
		return nil
	case ans == nil:
		a.s.d.Say(overlay.Info, "Answer the question first; what stands behind the answer comes after.")
		return nil
	}
	return a.s.screen.Edit(app.Route{Kind: "answers", ID: uint64(ans.ID)})
}

// complete asks for what has to stand behind an answer: why something does not
// apply; who accepted a risk, why and until when; when it was last tested.
func (a *answering) complete() tea.Cmd {
	if a.refused() {
		return nil
	}
	sh, i := a.shown, a.At
	ans := sh.Answers[i]
	switch {
	case a.s.hidden("What stands behind an answer is hidden while this is projected; P shows it again."):
	case a.unsaid[i] != nil || ans == nil:
		a.s.d.Say(overlay.Info, "Answer the question first; what stands behind the answer comes after.")
	case ans.Level == cyber.NotApplicable:
		a.askReason()
	case ans.Level == cyber.RiskAccepted:
		a.askAcceptance(sh, i, *ans)
	case ans.Level == cyber.Tested || ans.Level == cyber.Optimized:
		line := sh.line(i, "tested", "On which day was it last tested? Such as 6/30 or Jun 30, 2026.",
			dayText(ans.Tested), nil)
		act.AskDay(a.s.d, line, func(on value.Opt[value.Day]) tea.Cmd {
			q := sh.question(i)
			return a.put("answer.tested",
				func(args any) { *args.(*assess.Testing) = assess.Testing{Question: q, On: on} },
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
		case cyber.TestDateMissing, cyber.TestDateAhead, cyber.AcceptanceExpired, cyber.AcceptanceIncomplete,
			cyber.ReasonMissing:
			return true
		}
	}
	return false
}

// askAcceptance asks who accepted a risk, why and until when; the three are
// stored together.
func (a *answering) askAcceptance(sh *sheet, i int, rec cyber.Answer) {
	d, q := a.s.d, sh.question(i)
	until := func(who, why string) tea.Cmd {
		line := sh.line(i, "until", "Until when? Such as 6/30/2027 or +1y.", dayText(rec.Acceptance.Expires), nil)
		act.AskDay(d, line, func(until value.Opt[value.Day]) tea.Cmd {
			accepted := assess.Accepting{Question: q, Approver: who, Reason: why, Until: until}
			return a.put("answer.accept-risk", func(args any) { *args.(*assess.Accepting) = accepted },
				"Risk acceptance of "+q.Item+" stored.")
		})
		return nil
	}
	words := "Who accepted the risk? Name and office."
	act.Ask(d, sh.line(i, "approver", words, rec.Acceptance.Approver, func(who string) tea.Cmd {
		act.Ask(d, sh.line(i, "reason", "Why is it accepted?", rec.Reason,
			func(why string) tea.Cmd { return until(who, why) }))
		return nil
	}))
}

// dayText writes a day as it may be typed.
func dayText(d value.Opt[value.Day]) string {
	if !d.Set {
		return ""
	}
	return d.V.String()
}
