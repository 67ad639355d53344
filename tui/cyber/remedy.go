package cyber

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"interlocal/model/cyber"
	"interlocal/model/cyber/assess"
	"interlocal/model/value"
	"interlocal/store/run"
	"interlocal/tui/overlay"
)

// assign asks what is done about a deficiency, who does it and by when, one
// line each; the three are stored together.
func (p *plan) assign() tea.Cmd {
	if len(p.rows) == 0 {
		return nil
	}
	row, sh := p.rows[p.at], p.s.now
	if p.s.projected {
		p.s.d.Say(overlay.Info, "What is done about it is hidden while this is projected; P shows it again.")
		return nil
	}
	remedy := row.remedy
	p.ask(sh, row, "What is done about it?", "step", remedy.Step, func(step string) tea.Cmd {
		remedy.Step = step
		p.ask(sh, row, "Who does it? A name, or an office.", "owner", remedy.Owner, func(owner string) tea.Cmd {
			remedy.Owner = owner
			p.askDue(sh, row, remedy, due(remedy))
			return nil
		})
		return nil
	})
	return nil
}

// ask asks one line about a deficiency.
func (p *plan) ask(sh *sheet, row planRow, words, what, value string, then func(string) tea.Cmd) {
	p.s.d.Dialogs.Push(newLine(p.s.d, lineOptions{title: string(sh.fw.Items[row.item].ID), words: words, value: value,
		draft: sh.draftKey(row.item, what), clear: what == "due", accept: then}))
}

// askDue asks for the day, again when it cannot be read, and stores the
// remedy.
func (p *plan) askDue(sh *sheet, row planRow, remedy cyber.Remedy, typed string) {
	p.ask(sh, row, "By when? Such as 3/31, Mar 31 or +90d; empty for no day yet.", "due", typed, func(typed string) tea.Cmd {
		remedy.Due = value.Opt[value.Day]{}
		if strings.TrimSpace(typed) != "" {
			day, err := value.ParseDay(typed, p.s.d.Today())
			if err != nil {
				p.askDue(sh, row, remedy, typed)
				p.s.d.Fail(err)
				return nil
			}
			remedy.Due = value.Some(day)
		}
		if remedy.State == "" {
			remedy.State = cyber.RemedyOpen
		}
		return p.store(sh, row, remedy)
	})
}

func due(r cyber.Remedy) string {
	if !r.Due.Set {
		return ""
	}
	return r.Due.V.String()
}

// further takes a remedy one state on: open, started, done, left as it is.
func (p *plan) further() tea.Cmd {
	if len(p.rows) == 0 {
		return nil
	}
	row := p.rows[p.at]
	states := []cyber.RemedyState{cyber.RemedyOpen, cyber.RemedyStarted, cyber.RemedyDone, cyber.RemedyLeft}
	remedy := row.remedy
	remedy.State = states[0]
	for i, s := range states {
		if s == row.remedy.State {
			remedy.State = states[(i+1)%len(states)]
		}
	}
	return p.store(p.s.now, row, remedy)
}

// store keeps a remedy.
func (p *plan) store(sh *sheet, row planRow, remedy cyber.Remedy) tea.Cmd {
	q := sh.question(row.item)
	set := func(args any) { *args.(*assess.Remedying) = assess.Remedying{Question: q, Remedy: remedy, Whole: true} }
	return p.s.perform("answer.remedy", 0, set, func(_ run.Done, err error) tea.Cmd {
		if err != nil {
			p.s.d.Fail(err)
			return nil
		}
		p.s.d.SayUndo(q.Item + ": " + remedyWords(remedy) + ".")
		return nil
	})
}

// remedyWords says a remedy in a few words.
func remedyWords(r cyber.Remedy) string {
	words := string(r.State)
	if r.Owner != "" {
		words += ", " + r.Owner
	}
	if r.Due.Set {
		words += ", by " + r.Due.V.Long()
	}
	return words
}
