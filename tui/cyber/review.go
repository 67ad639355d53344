package cyber

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"

	"interlocal/model/cyber"
	"interlocal/model/partnership"
	"interlocal/store"
	"interlocal/tui/assess"
	"interlocal/tui/desk"
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
	to    cyber.AssessmentState
	title string
	note  string
	ask   string // what has to be said with it, or ""
	final bool
}

// passages lists the steps open from a state, the usual one first.
func passages(from cyber.AssessmentState) []passage {
	returned := passage{cyber.AssessmentReturned, "Return it", "with a reason; answers can change again", "Why is it returned?", false}
	switch from {
	case cyber.AssessmentInReview:
		return []passage{{cyber.AssessmentApproved, "Approve it", "by the city's official", "Who approves it? Name and office, such as: Sam Lee, City manager", true}, returned}
	case cyber.AssessmentApproved:
		return []passage{{cyber.AssessmentLocked, "Lock it", "no answer changes any more; releases become possible", "", true}, returned}
	case cyber.AssessmentLocked:
		return []passage{{cyber.AssessmentReopened, "Reopen it", "with a reason that stays in its history", "Why is it reopened?", true}}
	}
	return []passage{{cyber.AssessmentInReview, "Send it for review", "to whoever approves it", "", false}}
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
	s.d.Dialogs.Push(overlay.NewPick(s.d.Theme, overlay.Options{Title: sh.readBack(), Width: 96, Stay: false,
		Placeholder: "a step, or a question to look at", Verb: "do, or go there", Search: overlay.List(items),
		Choose: func(it overlay.Item) tea.Cmd { return s.reviewed(sh, steps, it.ID, len(lacks)) }}))
	return nil
}

// reviewed does what was chosen of a read-back.
func (s *subject) reviewed(sh *sheet, steps []passage, chosen string, lacks int) tea.Cmd {
	if item, ok := strings.CutPrefix(chosen, "item "); ok {
		return s.d.Open(desk.Place{View: "cyber-answer", Filter: item})
	}
	n, _ := strconv.Atoi(strings.TrimPrefix(chosen, "step "))
	p := steps[n]
	switch {
	case p.to == cyber.AssessmentApproved && lacks > 0:
		first := cyber.ApprovalLacks(s.d.View(), sh.cycle.ID, sh.city.ID)[0]
		s.d.Say(overlay.Warned, "Not approved: "+first.Item+" is "+string(first.What)+". Deal with it here; r lists all that is missing.")
		return s.d.Open(desk.Place{View: "cyber-answer", Filter: first.Item})
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

// pass takes an assessment to its next state.
func (s *subject) pass(sh *sheet, p passage, said string) tea.Cmd {
	city, cycle, by := sh.city.ID, sh.cycle.ID, sh.by
	op := store.Op{Title: strings.ToLower(p.title) + ": " + sh.title(), Final: p.final}
	st, id, ctx := s.d.Store, s.d.Me.Identity(), s.d.Context
	return s.d.Change(func() func() tea.Cmd {
		_, err := st.Update(context.WithoutCancel(ctx), id, op, func(tx *store.Tx) error {
			if _, err := assess.Begin(tx, cycle, city, by); err != nil {
				return err
			}
			return pass(tx, cycle, city, p.to, said)
		})
		return func() tea.Cmd {
			switch {
			case err != nil:
				s.d.Fail(err)
			case p.final:
				s.d.Say(overlay.Done, sh.title()+" is "+string(p.to)+".")
			default:
				s.d.SayUndo(sh.title() + " is " + string(p.to) + ".")
			}
			return nil
		}
	})
}

// pass carries a step out.
func pass(tx *store.Tx, cycle cyber.CycleID, city partnership.PartnerID, to cyber.AssessmentState, said string) error {
	switch to {
	case cyber.AssessmentApproved:
		name, office, _ := strings.Cut(said, ",")
		return assess.Approve(tx, cycle, city, strings.TrimSpace(name), strings.TrimSpace(office))
	case cyber.AssessmentLocked:
		return assess.Lock(tx, cycle, city)
	case cyber.AssessmentReturned:
		return assess.Return(tx, cycle, city, said)
	case cyber.AssessmentReopened:
		return assess.Reopen(tx, cycle, city, said)
	}
	return assess.Submit(tx, cycle, city, tx.Identity().Name)
}
