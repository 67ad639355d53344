package records

import (
	"fmt"
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"

	"interlocal/store"
	"interlocal/tui/overlay"
)

// confirmDelete asks before records are deleted and says what refers to them.
func (s *Screen) confirmDelete(ids []uint64) {
	l := s.list()
	name := l.name(ids)
	q := overlay.Question{Title: "Delete", Ask: "Delete " + name + "?", Yes: "delete", No: "keep",
		Consequences: append(s.referring(ids), "u takes it back afterwards.")}
	s.d.Dialogs.Push(overlay.NewConfirm(s.d.Theme, q, func() tea.Cmd { return s.remove(ids, name) }))
}

// referring tells how many records of each kind refer to those being deleted;
// the store refuses the deletion while any does.
func (s *Screen) referring(ids []uint64) []string {
	l, view := s.list(), s.d.View()
	var out []string
	for _, rc := range view.Schema().Referring(l.kind.Name) {
		n, first := 0, ""
		for _, id := range ids {
			for _, rec := range view.Refer(rc.Kind.Name, rc.Column.Name, id) {
				if n++; n == 1 {
					first = rc.Kind.Label(rec)
				}
				if n > relatedCounted {
					break
				}
			}
		}
		switch {
		case n == 1:
			out = append(out, fmt.Sprintf("%s still refers to it as %s.", first, strings.ToLower(rc.Column.Title)))
		case n > 1:
			out = append(out, fmt.Sprintf("%d %s still refer to it as %s, %s for one.", n, rc.Kind.Name,
				strings.ToLower(rc.Column.Title), first))
		}
	}
	if len(out) > 0 {
		out = append(out, "Nothing that is referred to can be deleted: change those first.")
	}
	return out
}

// remove deletes the records; one undo brings all of them back.
func (s *Screen) remove(ids []uint64, name string) tea.Cmd {
	l := s.list()
	row := l.table.Row()
	return s.d.Do("delete "+name, func(tx *store.Tx) error {
		for _, id := range ids {
			if err := tx.Delete(l.kind.Name, id); err != nil {
				return err
			}
		}
		return nil
	}, func(_ store.Result, err error) tea.Cmd {
		if err != nil {
			s.d.Fail(err)
			return nil
		}
		s.reading, s.zoomed = false, false
		l.table.ClearMarks()
		l.table.SelectRow(row)
		s.d.SayUndo("Deleted " + name + ".")
		return s.turnPage()
	})
}

// copyLink copies how to name the record elsewhere: its first address, or its
// kind and number.
func (s *Screen) copyLink(id uint64) tea.Cmd {
	if url := s.page.url(); url != "" && s.page.id == id {
		return s.d.Copy(url, "Link")
	}
	l := s.list()
	return s.d.Copy(l.kind.Name+" #"+strconv.FormatUint(id, 10), "Name of the record")
}
