package shadowing

import (
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"

	"interlocal/model/field"
	"interlocal/model/partnership"
	"interlocal/model/shadowing/pairing"
	"interlocal/model/text"
	"interlocal/tui/overlay"
	"interlocal/tui/theme"
)

// detail is a line about what is under the cursor.
type detail struct {
	text string
	ink  func(*theme.Theme) theme.Style
}

func inkTitle(t *theme.Theme) theme.Style { return t.Title }

func inkText(t *theme.Theme) theme.Style { return t.Text }

func inkDim(t *theme.Theme) theme.Style { return t.Dim }

func inkHeading(t *theme.Theme) theme.Style { return t.Heading }

// details tells what there is to know of the line under the cursor. They are
// worked out when the cursor has moved, not while drawing.
func (b *Board) details(width int) []detail {
	e := b.focused().at()
	if e == nil || b.plan == nil {
		return nil
	}
	if b.shown.id == e.id && b.shown.pane == b.pane && b.shown.width == width && b.shown.plan == b.plan && b.shown.numbers == b.figures {
		return b.shown.lines
	}
	b.shown = showing{e.id, b.pane, width, b.figures, b.plan, b.describe(e, width)}
	return b.shown.lines
}

// showing is what details were worked out for.
type showing struct {
	id      uint64
	pane    pane
	width   int
	numbers bool
	plan    *pairing.Plan
	lines   []detail
}

func (b *Board) describe(e *entry, width int) []detail {
	var out []detail
	add := func(ink func(*theme.Theme) theme.Style, s string) {
		for _, part := range text.Wrap(s, max(width, 12)) {
			out = append(out, detail{part, ink})
		}
	}
	if e.wait != nil {
		add(inkTitle, b.who(e.wait.Person))
		add(inkText, "Waits: "+e.wait.Sentence+".")
		b.describePerson(add, e.wait.Person)
		return out
	}
	v := e.visit
	add(inkTitle, b.who(v.Visitor)+" → "+b.who(v.Host))
	add(inkText, v.When()+" · "+string(v.State)+lockedWord(v.Locked))
	add(inkText, "")
	add(inkHeading, "Why these two")
	if b.figures {
		add(inkText, strconv.FormatInt(v.Score, 10)+" points: "+strings.ReplaceAll(v.Reasons, "; ", " · "))
		add(inkDim, "Worth "+strconv.FormatInt(v.Value, 10)+" to the plan.")
	} else {
		add(inkText, withoutNumbers(v.Reasons))
	}
	b.describePerson(add, v.Visitor)
	b.describePerson(add, v.Host)
	return out
}

func lockedWord(locked bool) string {
	if locked {
		return " · locked"
	}
	return ""
}

// describePerson tells what somebody does, asked for and needs.
func (b *Board) describePerson(add func(func(*theme.Theme) theme.Style, string), id partnership.PersonID) {
	p := field.Get(b.d.View(), id)
	if p == nil {
		return
	}
	add(inkText, "")
	add(inkHeading, p.Name)
	add(inkText, joined(" · ", p.Title, p.Department))
	entry := b.records.Entry(id)
	if entry == nil {
		add(inkDim, "takes no part any more")
		return
	}
	sg := entry.Signup
	says := "Would " + string(sg.Role)
	if sg.Hosts() {
		says += ", takes " + strconv.FormatInt(sg.Seats(), 10) + " at once"
	}
	add(inkDim, says+" · "+string(sg.State))
	if sg.Wishes != "" {
		add(inkDim, "Wishes: "+sg.Wishes)
	}
	if sg.Needs != "" {
		add(inkDim, "Needs: "+sg.Needs)
	}
}

// openDetails shows the details in a window of their own.
func (b *Board) openDetails() tea.Cmd {
	e := b.focused().at()
	if e == nil {
		return nil
	}
	var lines []string
	for _, l := range b.describe(e, 72) {
		lines = append(lines, l.text)
	}
	b.d.Dialogs.Push(overlay.NewText(b.d.Theme, "Details", strings.Join(lines, "\n")))
	return nil
}
