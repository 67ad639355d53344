package records

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"interlocal/model/field"
	"interlocal/store"
	"interlocal/tui/app"
	"interlocal/tui/overlay"
)

// changedBy names the latest change of a record when somebody else made it:
// "Lee Ash changed Phone, Title". It is "" when the user did, or when nothing
// that the user sees was changed.
func changedBy(d *app.App, kind *field.Kind, changes []store.Change) string {
	if len(changes) == 0 || changes[0].User == d.Me.Identity().User {
		return ""
	}
	ch := changes[0]
	if ch.Before == nil || ch.After == nil {
		return ""
	}
	var titles []string
	for _, c := range kind.Changed(ch.Before, ch.After) {
		titles = append(titles, c.Title)
	}
	if len(titles) == 0 {
		return ""
	}
	return ch.Actor + " changed " + strings.Join(titles, ", ")
}

// tellChange says in the status line who has just changed the record that is
// being looked at. A line that offers something is not taken away for it.
func tellChange(d *app.App, kind *field.Kind, changes []store.Change) {
	says := changedBy(d, kind, changes)
	if toast, shown := d.Toast(); says == "" || shown && toast.Kind != overlay.Info {
		return
	}
	d.Say(overlay.Info, says+".")
}

// notice works out, beside the session, who has changed the record under the
// form since it was opened.
func (e *editor) notice() tea.Cmd {
	d := e.s.d
	if e.id == 0 || e.many != nil {
		return nil
	}
	rev := d.View().RevOf(e.kind.Name, e.id)
	if rev == e.baseRev || rev == e.noted || rev == 0 {
		return nil
	}
	e.noted = rev
	kind, id, me := e.kind, e.id, d.Me
	return d.Background(func() func() tea.Cmd {
		changes, err := me.History(kind.Name, id, 1)
		return func() tea.Cmd {
			if err == nil { // without it the merge on saving says the same
				e.moved = changedBy(d, kind, changes)
			}
			return nil
		}
	})
}

// company is the line under a form's title: who has changed the record
// meanwhile, or who else is editing it.
func (e *editor) company() string {
	if e.moved != "" {
		return " ✎ " + e.moved + "; saving merges the two"
	}
	if others := e.s.d.Editing(e.kind.Name, e.id); others != "" {
		return " ✎ " + others
	}
	return ""
}

// Looking tells which record of the tab the session is at, and whether a form is
// open on it; the id is 0 for a new record or none.
func (s *Screen) Looking() (kind string, id uint64, editing bool) {
	if e := s.editor(); e != nil {
		return e.kind.Name, e.id, true
	}
	if s.view() != nil || s.lists == nil {
		return "", 0, false
	}
	return s.page.name(), s.page.id, false
}

func (p *detail) name() string {
	if p.kind == nil {
		return ""
	}
	return p.kind.Name
}

// Unfinished names the draft of the form that is open, or "" when none is.
func (s *Screen) Unfinished() string {
	if e := s.editor(); e != nil && e.many == nil {
		return e.draftKey()
	}
	return ""
}
