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
	var items []overlay.Item
	for _, c := range l.kind.Columns {
		it := overlay.Item{ID: c.Name, Title: c.Title}
		if c.Name != name {
			items = append(items, it)
			continue
		}
		it.Mark, it.Note = "▲", "Enter turns it around"
		if desc {
			it.Mark = "▼"
		}
		items = append([]overlay.Item{it}, items...)
	}
	items = append(items, overlay.Item{ID: "", Title: "As entered"})
	s.d.Dialogs.Push(overlay.NewPick(s.d.Theme, overlay.PickOptions{
		Title: "Sort " + l.kind.Name, Placeholder: "which field", Verb: "sort", Search: overlay.List(items), Width: 48,
		Choose: func(it overlay.Item) tea.Cmd {
			if it.ID == "" {
				return l.table.SortBy("", false)
			}
			return l.table.SortOn(it.ID)
		},
	}))
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
