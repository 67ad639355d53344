package records

import (
	tea "charm.land/bubbletea/v2"

	"interlocal/tui/overlay"
)

// chooseSort asks which column to sort by; choosing the same again turns the
// order around.
func (s *Screen) chooseSort() {
	l := s.list()
	name, desc := l.table.SortedBy()
	items := []overlay.Item{{ID: "", Title: "As entered"}}
	for _, c := range l.kind.Columns {
		it := overlay.Item{ID: c.Name, Title: c.Title}
		if c.Name == name {
			it.Mark, it.Note = "▲", "choose again to turn around"
			if desc {
				it.Mark = "▼"
			}
		}
		items = append(items, it)
	}
	s.d.Dialogs.Push(overlay.NewPick(s.d.Theme, overlay.Options{
		Title: "Sort " + l.kind.Name, Placeholder: "which field", Verb: "sort", Search: overlay.List(items), Width: 48,
		Choose: func(it overlay.Item) tea.Cmd {
			if it.ID == "" {
				return l.table.SortBy("", false)
			}
			return l.table.SortOn(it.ID)
		},
	}))
}
