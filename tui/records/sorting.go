package records

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"interlocal/tui/overlay"
)

// chooseSort asks which column to sort by; choosing the same again turns the
// order around.
func (s *Screen) chooseSort() {
	l := s.list()
	name, desc := l.table.SortedBy()
	var list []overlay.Choice[string]
	for _, c := range l.kind.Columns {
		it := overlay.Choice[string]{Value: c.Name, Title: c.Title}
		if c.Name != name {
			list = append(list, it)
			continue
		}
		it.Mark, it.Note = "▲", "Enter turns it around"
		if desc {
			it.Mark = "▼"
		}
		list = append([]overlay.Choice[string]{it}, list...)
	}
	overlay.Pick[string]{Title: "Sort " + l.kind.Name, Placeholder: "which field", Verb: "sort", Width: 48,
		Choices: append(list, overlay.Choice[string]{Title: "As entered"}),
		Choose: func(name string) tea.Cmd {
			if name == "" {
				return l.table.SortBy("", false)
			}
			return l.table.SortOn(name)
		}}.Open(s.d.Dialogs)
}

// sortNote names the order when the column it goes by is not shown.
func (l *list) sortNote() string {
	name, desc := l.table.SortedBy()
	c := l.kind.Column(name)
	if c == nil {
		return ""
	}
	for _, i := range l.table.Shown() {
		if l.kind.Columns[i] == c {
			return ""
		}
	}
	mark := "▲"
	if desc {
		mark = "▼"
	}
	return "by " + strings.ToLower(c.Title) + " " + mark + "  "
}
