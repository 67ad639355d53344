package cyber

import (
	"fmt"
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"

	"interlocal/model/cyber"
	"interlocal/model/cyber/assess"
	"interlocal/store/run"
	"interlocal/tui/act"
	"interlocal/tui/app"
	"interlocal/tui/overlay"
)

// readBack says what a sheet comes to, as one reads it out before it is
// submitted: "106 of 106, 9 raised, 2 lowered, 4 flagged".
func (sh *sheet) readBack() string {
	n := len(sh.levels)
	raised, lowered, unknown := 0, 0, 0
	for i, l := range sh.levels {
		switch cyber.Against(sh.ghost(i), l) {
		case cyber.KeptRaised:
			raised++
		case cyber.KeptLowered:
			lowered++
		}
		if l == cyber.UnknownToAnyone {
			unknown++
		}
	}
	parts := []string{fmt.Sprintf("%d of %d", n-sh.open, n)}
	if sh.beforeYear != 0 {
		parts = append(parts, fmt.Sprintf("%d raised", raised), fmt.Sprintf("%d lowered", lowered))
	}
	parts = append(parts, fmt.Sprintf("%d flagged", sh.flags))
	if sh.inheritedCount > 0 {
		parts = append(parts, fmt.Sprintf("%d to confirm", sh.inheritedCount))
	}
	if unknown > 0 {
		parts = append(parts, fmt.Sprintf("%d nobody knows", unknown))
	}
	return strings.Join(parts, ", ")
}

// passage is a step that an assessment can take.
type passage struct {
	act   string
	to    cyber.AssessmentState
	title string
	note  string
	ask   string // what has to be said with it, or ""
	final bool
}

// passages lists the steps open from a state, the usual one first.
func passages(from cyber.AssessmentState) []passage {
	returned := passage{"assess.return", cyber.AssessmentReturned, "Return it", "with a reason; answers can change again", "Why is it returned?", false}
	switch from {
	case cyber.AssessmentInReview:
		return []passage{{"assess.approve", cyber.AssessmentApproved, "Approve it", "by the city's official", "Who approves it? Name and office, such as: Sam Lee, City manager", true}, returned}
	case cyber.AssessmentApproved:
		return []passage{{"assess.lock", cyber.AssessmentLocked, "Lock it", "no answer changes any more; releases become possible", "", true}, returned}
	case cyber.AssessmentLocked:
		return []passage{{"assess.reopen", cyber.AssessmentReopened, "Reopen it", "with a reason that stays in its history", "Why is it reopened?", true}}
	}
	return []passage{{"assess.submit", cyber.AssessmentInReview, "Send it for review", "to whoever approves it", "", false}}
}

// review reads the sheet back and offers the steps open to it; what is missing
// is named, and Enter leads there.
func (s *subject) review() tea.Cmd {
	sh := s.sheet()
	if sh == nil {
		return nil
	}
	steps := passages(sh.state())
	lacks := cyber.ApprovalLacks(s.d.View(), sh.cycle.ID, sh.city.ID)
	var items []overlay.Item
	for i, p := range steps {
		it := overlay.Item{ID: "step " + strconv.Itoa(i), Title: p.title, Note: p.note, Mark: "→"}
		if p.to == cyber.AssessmentApproved && len(lacks) > 0 {
			it.Note = "not yet: " + count(len(lacks), "thing is", "things are") + " missing, listed here"
		}
		items = append(items, it)
	}
	for _, l := range lacks {
		items = append(items, overlay.Item{ID: "item " + l.Item, Title: l.Item, Note: string(l.What), Mark: "○"})
	}
	for i, it := range sh.fw.Items {
		for _, fd := range sh.findings[i] {
			words := strings.TrimPrefix(fd.Text, string(it.ID)+" ")
			items = append(items, overlay.Item{ID: "item " + string(it.ID), Title: string(it.ID), Note: words, Mark: "!"})
		}
	}
	s.d.Dialogs.Push(overlay.NewPick(s.d.Theme, overlay.PickOptions{Title: sh.readBack(), Width: 96, Stay: false,
		Placeholder: "a step, or a question to look at", Verb: "do, or go there", Search: overlay.List(items),
		Choose: func(it overlay.Item) tea.Cmd { return s.reviewed(sh, steps, it.ID, len(lacks)) }}))
	return nil
}

// reviewed does what was chosen of a read-back.
func (s *subject) reviewed(sh *sheet, steps []passage, chosen string, lacks int) tea.Cmd {
	if item, ok := strings.CutPrefix(chosen, "item "); ok {
		return s.d.Open(app.Route{View: "cyber-answer", Filter: item})
	}
	n, _ := strconv.Atoi(strings.TrimPrefix(chosen, "step "))
	p := steps[n]
	switch {
	case p.to == cyber.AssessmentApproved && lacks > 0:
		first := cyber.ApprovalLacks(s.d.View(), sh.cycle.ID, sh.city.ID)[0]
		s.d.Say(overlay.Warned, "Not approved: "+first.Item+" is "+string(first.What)+". Deal with it here; r lists all that is missing.")
		return s.d.Open(app.Route{View: "cyber-answer", Filter: first.Item})
	case p.ask != "":
		s.d.Dialogs.Push(newLine(s.d, lineOptions{title: p.title, words: p.ask,
			accept: func(said string) tea.Cmd { return s.pass(sh, p, said) }}))
		return nil
	case p.final:
		s.d.Dialogs.Push(overlay.NewConfirm(s.d.Theme, overlay.Question{Title: p.title, Ask: "Lock " + sh.title() + "?",
			Consequences: []string{"No answer can change any more.", "Reopening needs a reason, and both stay in the history."},
			Yes:          "lock", No: "not yet"}, func() tea.Cmd { return s.pass(sh, p, "") }))
		return nil
	}
	return s.pass(sh, p, "")
}

// pass takes an assessment to its next state; one that nobody has begun, since
// its answers came in a file, begins first.
func (s *subject) pass(sh *sheet, p passage, said string) tea.Cmd {
	if sh.assessment != nil {
		return s.step(uint64(sh.assessment.ID), p, said)
	}
	begins := func(args any) { args.(*assess.Beginning).Of = sh.of() }
	return s.perform("assess.begin", 0, begins, func(done run.Done, err error) tea.Cmd {
		if err != nil {
			s.d.Fail(err)
			return nil
		}
		return s.step(done.ID, p, said)
	})
}

// step has an assessment's next step done, with what was said to it.
func (s *subject) step(id uint64, p passage, said string) tea.Cmd {
	q := s.request(p.act, id, func(args any) {
		switch a := args.(type) {
		case *assess.Because:
			a.Reason = said
		case *assess.Signing:
			name, office, _ := strings.Cut(said, ",")
			a.Name, a.Office = strings.TrimSpace(name), strings.TrimSpace(office)
		}
	})
	return act.Carry(s.d, q, func(done run.Done, err error) tea.Cmd {
		if err != nil {
			s.d.Fail(err)
			return nil
		}
		return act.Tell(s.d, q.Act, done)
	})
}
