package cyber

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"interlocal/model/cyber"
	"interlocal/model/cyber/assess"
	"interlocal/model/text"
	"interlocal/store/run"
	"interlocal/tui/act"
	"interlocal/tui/app"
	"interlocal/tui/overlay"
)

// readBack says what a sheet comes to, as one reads it out before it is
// submitted: "106 of 106, 9 raised, 2 lowered, 4 flagged".
func (sh *sheet) readBack() string {
	n := len(sh.Levels)
	raised, lowered, unknown := 0, 0, 0
	for i, l := range sh.Levels {
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
	act  string
	note string
	ask  string // what has to be said with it, or ""
}

// passages lists the steps open from a state, the usual one first.
func passages(from cyber.AssessmentState) []passage {
	returned := passage{"assess.return", "with a reason; answers can change again", "Why is it returned?"}
	switch from {
	case cyber.AssessmentInReview:
		return []passage{{"assess.approve", "by the city's official",
			"Who approves it? Name and office, such as: Sam Lee, City manager"}, returned}
	case cyber.AssessmentApproved:
		return []passage{{"assess.lock", "no answer changes any more; releases become possible", ""}, returned}
	case cyber.AssessmentLocked:
		return []passage{{"assess.reopen", "with a reason that stays in its history", "Why is it reopened?"}}
	}
	return []passage{{"assess.submit", "to whoever approves it", ""}}
}

// menuItem is something to be chosen and done.
type menuItem = overlay.Choice[func() tea.Cmd]

// menu offers things to do.
func (s *subject) menu(title string, width int, list []menuItem) {
	overlay.Pick[func() tea.Cmd]{Title: title, Width: width, Choices: list,
		Choose: func(do func() tea.Cmd) tea.Cmd { return do() }}.Open(s.d.Dialogs)
}

// review reads the sheet back and offers the steps open to it; what is missing
// is named, and Enter leads there.
func (s *subject) review() tea.Cmd {
	sh := s.sheet()
	if sh == nil {
		return nil
	}
	lacks := cyber.ApprovalLacks(s.d.View(), sh.Cycle.ID, sh.City.ID, s.d.Today())
	var list []menuItem
	for _, p := range passages(sh.state()) {
		it := menuItem{Value: func() tea.Cmd { return s.tell(sh, p) }, Title: s.acts.Named(p.act).Title, Note: p.note,
			Mark: "→"}
		if p.act == "assess.approve" && len(lacks) > 0 {
			it.Note = "not yet: " + text.Counted(len(lacks), "thing is", "things are") + " missing, listed here"
			it.Value = func() tea.Cmd { return s.lacking(lacks[0]) }
		}
		list = append(list, it)
	}
	for _, l := range lacks {
		list = append(list, menuItem{Value: s.question(l.Item), Title: l.Item, Note: string(l.What), Mark: "○"})
	}
	for i, it := range sh.Framework.Items {
		for _, fd := range sh.findings[i] {
			words := strings.TrimPrefix(fd.Text, string(it.ID)+" ")
			list = append(list, menuItem{Value: s.question(string(it.ID)), Title: string(it.ID), Note: words,
				Mark: "!"})
		}
	}
	overlay.Pick[func() tea.Cmd]{Title: sh.readBack(), Width: 96, Placeholder: "a step, or a question to look at",
		Verb: "do, or go there", Choices: list,
		Choose: func(do func() tea.Cmd) tea.Cmd { return do() }}.Open(s.d.Dialogs)
	return nil
}

// question gives what opens a question.
func (s *subject) question(item string) func() tea.Cmd {
	return func() tea.Cmd { return s.d.Open(app.Route{View: "cyber-answer", Filter: item}) }
}

// lacking says what is missing for an approval and leads there.
func (s *subject) lacking(first cyber.Lack) tea.Cmd {
	s.d.Say(overlay.Warned, "Not approved: "+first.Item+" is "+string(first.What)+
		". Deal with it here; r lists all that is missing.")
	return s.question(first.Item)()
}

// tell asks what a step of an assessment has to be told, and takes it.
func (s *subject) tell(sh *sheet, p passage) tea.Cmd {
	title := s.acts.Named(p.act).Title
	switch {
	case p.ask != "":
		act.Ask(s.d, act.Line{Title: title, Words: p.ask,
			Accept: func(said string) tea.Cmd { return s.pass(sh, p, said) }})
		return nil
	case p.act == "assess.lock":
		return s.d.Confirm(overlay.Question{Title: title, Ask: "Lock " + sh.title() + "?",
			Consequences: []string{"No answer can change any more.",
				"Reopening needs a reason, and both stay in the history."},
			Yes: "lock", No: "not yet"}, func() tea.Cmd { return s.pass(sh, p, "") })
	}
	return s.pass(sh, p, "")
}

// pass takes an assessment to its next state, with what was said to it; one
// that nobody has begun, since its answers came in a file, begins first.
func (s *subject) pass(sh *sheet, p passage, said string) tea.Cmd {
	telling := func(args any) {
		switch a := args.(type) {
		case *assess.Because:
			a.Reason = said
		case *assess.Signing:
			name, office, _ := strings.Cut(said, ",")
			a.Name, a.Office = strings.TrimSpace(name), strings.TrimSpace(office)
		}
	}
	if sh.Assessment != nil {
		return s.bound(p.act, uint64(sh.Assessment.ID), telling, nil)
	}
	begins := func(args any) { args.(*assess.Beginning).Of = sh.of() }
	return s.bound("assess.begin", 0, begins,
		func(done run.Done) tea.Cmd { return s.bound(p.act, done.ID, telling, nil) })
}
