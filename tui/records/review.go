package records

import (
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"interlocal/model/exchange"
	"interlocal/model/exchange/export"
	"interlocal/model/exchange/spreadsheet"
	"interlocal/model/field"
	"interlocal/model/text"
	"interlocal/tui/app"
	"interlocal/tui/overlay"
)

// review shows what a file would do and does it on a y. What is not understood is
// asked: a key takes the answers that are likely, another asks for one.
type review struct {
	*overlay.Viewer
	*intake
	questions []exchange.Question
	rejected  []spreadsheet.Fault
	do        func() tea.Cmd

	yes, accept, answer, headings, rejects key.Binding
}

func newReview(in *intake, p *exchange.Plan, do func() tea.Cmd) *review {
	s := in.Screen
	rows := p.Counts[exchange.Add] + p.Counts[exchange.Change]
	yes := key.NewBinding(key.WithKeys("y"), key.WithHelp("y", "import "+text.Counted(rows, "row", "rows")))
	yes.SetEnabled(rows > 0)
	var b strings.Builder
	if rows > 0 {
		b.WriteString("Nothing has been imported yet. Press y to import " + text.Counted(rows, "row", "rows") + ".\n\n")
	}
	report := p.Report()
	_ = report.WriteText(&b) // a builder never fails
	_ = report.WriteColumns(&b)
	writeChanges(&b, p, s.d.Env())
	v := &review{Viewer: overlay.NewText(s.d.Theme, "Import "+p.File, b.String()), intake: in,
		questions: report.Questions, rejected: p.Faults, do: do, yes: yes}
	v.accept = key.NewBinding(key.WithKeys("a"), key.WithHelp("a", "take the likely answers"))
	v.answer = key.NewBinding(key.WithKeys("w"), key.WithHelp("w", "say what a value means"))
	v.headings = key.NewBinding(key.WithKeys("h"), key.WithHelp("h", "headings, a value for all rows"))
	v.rejects = key.NewBinding(key.WithKeys("r"), key.WithHelp("r", "save the rows left out"))
	v.rejects.SetEnabled(len(p.Faults) > 0)
	v.accept.SetEnabled(slices.ContainsFunc(v.questions, likely))
	v.answer.SetEnabled(len(v.questions) > 0)
	return v
}

// likely reports whether a question has an answer that a key may take. Whether
// two rows mean one person is never taken unread.
func likely(q exchange.Question) bool { return q.Suggest != "" && q.Field != "id" }

// acceptAll takes the likely answers and looks again.
func (v *review) acceptAll() tea.Cmd {
	for _, q := range v.questions {
		if likely(q) {
			if err := v.m.Answer(q.Field, q.Value, q.Suggest); err != nil {
				v.d.Fail(err)
			}
		}
	}
	return tea.Batch(remember(v.Screen, v.m), v.plan())
}

// ask lets a value be chosen and what it means be said.
func (v *review) ask() {
	var list []overlay.Choice[exchange.Question]
	for _, q := range v.questions {
		list = append(list, overlay.Choice[exchange.Question]{Value: q, Title: q.String(), Note: q.Reason})
	}
	overlay.Pick[exchange.Question]{Title: "Which value?", Width: 72, Choices: list,
		Choose: func(q exchange.Question) tea.Cmd { v.means(q); return nil }}.Open(v.d.Dialogs)
}

// means asks what a value means: one of the choices, or nothing.
func (v *review) means(q exchange.Question) {
	list := []overlay.Choice[string]{{Value: spreadsheet.Empty, Title: "Nothing: leave the cell empty"}}
	if q.Field == "id" {
		list = []overlay.Choice[string]{{Value: q.Suggest, Title: "It is " + q.Suggest, Note: q.Reason},
			{Value: "new", Title: "Somebody else: add a record"}}
	} else {
		for _, s := range v.meanings(v.m.Kind, q) {
			list = append(list, overlay.Choice[string]{Value: s, Title: s})
		}
	}
	overlay.Pick[string]{Title: strconv.Quote(q.Value) + " means", Width: 64, Choices: list,
		Choose: func(meaning string) tea.Cmd {
			if err := v.m.Answer(q.Field, q.Value, meaning); err != nil {
				v.d.Fail(err)
				return nil
			}
			v.d.Dialogs.Close(v)
			return tea.Batch(remember(v.Screen, v.m), v.plan())
		}}.Open(v.d.Dialogs)
}

// meanings lists what a value under a field can mean.
func (s *Screen) meanings(k *field.Kind, q exchange.Question) []string {
	c := k.Column(q.Field)
	if c == nil {
		return nil
	}
	target := c.Target
	if target == "" {
		target = k.Headings.Names[q.Field]
	}
	var out []string
	if target != "" {
		env := s.d.Env()
		for id := range env.Reader.Scan(target) {
			out = append(out, env.Name(target, id))
		}
	}
	for _, choice := range c.Choices {
		out = append(out, choice.Value)
	}
	return append(out, k.Headings.Answers[q.Field]...)
}

// changesListed is how many rows a review spells out.
const changesListed = 40

// writeChanges spells out what the rows that change records would change.
func writeChanges(b *strings.Builder, p *exchange.Plan, env *field.Env) {
	n := 0
	for _, row := range p.Rows {
		if row.Action != exchange.Change {
			continue
		}
		if n++; n > changesListed {
			b.WriteString("  and more\n")
			return
		}
		if n == 1 {
			b.WriteString("\n# Changes\n")
		}
		b.WriteString(p.Kind.Label(row.Mine) + "\n")
		for _, c := range row.Changed {
			fmt.Fprintf(b, "  %s: %s → %s\n", c.Title, orNothing(c, row.Base, env), orNothing(c, row.Mine, env))
		}
	}
}

// Help puts the deciding key first.
func (v *review) Help() []key.Binding {
	return append([]key.Binding{v.yes, v.accept, v.answer, v.headings, v.rejects}, v.Viewer.Help()...)
}

// Update implements overlay.Dialog.
func (v *review) Update(msg tea.Msg) (done bool, cmd tea.Cmd) {
	press, ok := msg.(tea.KeyPressMsg)
	switch {
	case ok && v.yes.Enabled() && key.Matches(press, v.yes):
		return true, v.do()
	case ok && v.accept.Enabled() && key.Matches(press, v.accept):
		return true, v.acceptAll()
	case ok && v.answer.Enabled() && key.Matches(press, v.answer):
		v.ask()
		return false, nil
	case ok && key.Matches(press, v.headings):
		return true, v.askHeadings()
	case ok && key.Matches(press, v.rejects):
		v.d.SaveFile(app.File{Title: "Save the rows left out, with the reasons", Name: "left-out.csv",
			Write: func(w io.Writer) error {
				return exchange.WriteRejects(w, v.sheet, v.m, v.rejected, export.Options{})
			}})
		return false, nil
	case ok && v.yes.Enabled() && press.String() == "enter":
		v.d.Say(overlay.Info, "Nothing has been imported yet: y imports, Esc leaves it.")
		return false, nil
	}
	return v.Viewer.Update(msg)
}
