package records

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"interlocal/model/field"
	"interlocal/model/text"
	"interlocal/tui/form"
)

// suggest finds records by the beginnings of the words of their names.
func (s *Screen) suggest(kind, query string, limit int) []form.Suggestion {
	k := s.d.Kind(kind)
	f, err := field.ParseFilter(k, `"`+query+`"`, s.d.Env(), text.Fold)
	if err != nil {
		return nil
	}
	rows := s.d.View().Rows(kind)
	hits, _ := rows.Filter(f, s.d.Env())
	var named, other []form.Suggestion
	for _, i := range hits {
		rec := rows.At(int(i))
		label := s.d.Env().Title(k, rec)
		sug := form.Suggestion{ID: k.ID(rec), Label: label, Note: note(k, rec, s.d.Env())}
		if hasWord(label, query) {
			named = append(named, sug)
		} else {
			other = append(other, sug)
		}
		if len(named) == limit {
			break
		}
	}
	if len(named) == 0 {
		named = other // found by something else, such as a department
	}
	return named[:min(len(named), limit)]
}

// hasWord reports whether a word of the label begins as the query does.
func hasWord(label, query string) bool {
	return strings.Contains(" "+text.Fold(label), " "+text.Fold(strings.TrimSpace(query)))
}

// note tells a record from others of its name.
func note(k *field.Kind, rec any, env *field.Env) string {
	s := glance(k, rec, env, nil)
	if label := env.Title(k, rec); len(s) > len(label) {
		return s[len(label)+len(" · "):]
	}
	return ""
}

// addNew opens a form for a record that a reference should name, over the one
// being filled in, and fills the reference in when it is saved.
func (s *Screen) addNew(kind, typed string) tea.Cmd {
	parent := s.editor()
	k := s.d.Kind(kind)
	if !s.mayAdd(k) {
		return nil
	}
	rec := k.New()
	if len(k.Columns) > 0 {
		_ = k.Columns[0].Parse(rec, typed, s.d.Env()) // a name that cannot be taken over is typed again
	}
	e := &editor{s: s, kind: k, title: "New " + k.One, below: parent, then: func(id uint64) tea.Cmd {
		parent.refresh()
		parent.form.Added(id)
		parent.keep()
		return nil
	}}
	return s.begin(e, rec, nil)
}
