package records

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"

	"interlocal/model/text"
	"interlocal/store"
	"interlocal/tui/overlay"
)

// confirmDelete asks before records are deleted. What other records refer to
// cannot be deleted; then it says so at once.
func (s *Screen) confirmDelete(ids []uint64) {
	l := s.list()
	for _, id := range ids {
		if !s.mayChange(l.kind, id) {
			return
		}
	}
	name := l.name(ids)
	if in := s.referring(ids); len(in) > 0 {
		s.d.Dialogs.Push(overlay.NewMessage(s.d.Theme, "Not to be deleted", text.Capital(name)+" cannot be deleted "+
			"while other records refer to it:\n\n"+
			strings.Join(in, "\n")+"\n\nChange those first. If it is only no longer in use, edit it and say so "+
			"there: its history stays."))
		return
	}
	q := overlay.Question{Title: "Delete", Ask: "Delete " + name + "?", Yes: "delete", No: "keep",
		Consequences: []string{"u takes it back afterwards."}}
	s.d.Dialogs.Push(overlay.NewConfirm(s.d.Theme, q, func() tea.Cmd { return s.remove(l, ids, name) }))
}

// referring tells how many other records of each kind refer to those given.
func (s *Screen) referring(ids []uint64) []string {
	l, view := s.list(), s.d.View()
	var out []string
	for _, rc := range view.Schema().Referring(l.kind.Name) {
		found := map[uint64]string{}
		for _, id := range ids {
			for other, rec := range view.Refer(rc.Kind.Name, rc.Column.Name, id) {
				if rc.Kind != l.kind || !slices.Contains(ids, other) {
					found[other] = s.d.Env().Title(rc.Kind, rec)
				}
				if len(found) > relatedCounted {
					break
				}
			}
		}
		if len(found) > 0 {
			first := found[slices.Min(slices.Collect(maps.Keys(found)))]
			out = append(out, fmt.Sprintf("  %s, %s: %d, such as %s", rc.Kind.Title, strings.ToLower(rc.Column.Title),
				len(found), first))
		}
	}
	return out
}

// remove deletes the records; one undo brings all of them back.
func (s *Screen) remove(l *list, ids []uint64, name string) tea.Cmd {
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
