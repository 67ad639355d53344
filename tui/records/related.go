package records

import (
	"fmt"
	"strconv"
	"strings"

	"interlocal/model/field"
	"interlocal/model/text"
	"interlocal/store"
	"interlocal/tui/app"
)

// related lists what refers to the record, by kind and field.
func (p *detail) related(env *field.Env) {
	view := p.d.View()
	if p.d.Projected() {
		view = p.d.Onlooking().View()
		env = field.NewEnv(view, p.d.Today())
	}
	for _, rc := range view.Schema().Referring(p.kind.Name) {
		n := 0
		var shown []detailLine
		for id, rec := range view.Refer(rc.Kind.Name, rc.Column.Name, p.id) {
			if n++; n <= relatedShown {
				shown = append(shown, detailLine{text: "  " + glance(rc.Kind, rec, env, rc.Column), ink: inkLink,
					wide:  true,
					place: app.Route{Kind: rc.Kind.Name, ID: id}})
			}
			if n > relatedCounted {
				break
			}
		}
		if n == 0 {
			continue
		}
		count := strconv.Itoa(n)
		if n > relatedCounted {
			count = "over " + strconv.Itoa(relatedCounted)
		}
		all := app.Route{Kind: rc.Kind.Name, Filter: rc.Column.Name + `:"` + p.kind.Label(p.rec) + `"`}
		p.add(detailLine{})
		p.add(detailLine{text: fmt.Sprintf("%s (%s) as %s", rc.Kind.Title, count, strings.ToLower(rc.Column.Title)),
			ink:  inkHeading,
			wide: true, place: all})
		p.lines = append(p.lines, shown...)
		if n > relatedShown {
			p.add(detailLine{text: "  all of them …", ink: inkLink, wide: true, place: all})
		}
	}
}

// glance names a record with the first values that tell it from others,
// leaving out the column through which it was found.
func glance(k *field.Kind, rec any, env *field.Env, except *field.Column) string {
	title := env.Title(k, rec)
	parts := []string{title}
	for _, c := range k.Columns {
		if len(parts) == 3 {
			break
		}
		if c.Hidden || c == except || c.Empty(rec) {
			continue
		}
		if s := string(c.Show(nil, rec, env)); !strings.Contains(title, s) {
			parts = append(parts, s)
		}
	}
	return strings.Join(parts, " · ")
}

// changes lists the record's latest changes, newest first.
func (p *detail) changes(env *field.Env) {
	if len(p.history) == 0 {
		return
	}
	p.heading("History")
	for _, ch := range p.history {
		when := p.d.At(ch.At).Format("Jan 2, 2006 3:04 pm")
		p.add(detailLine{text: when + "  " + ch.Actor + ": " + changeVerb(ch), ink: inkDim, wide: true})
		if ch.Before == nil || ch.After == nil {
			continue
		}
		for _, c := range p.kind.Changed(ch.Before, ch.After) {
			s := fmt.Sprintf("  %s: %s → %s", c.Title, orNothing(c, ch.Before, env), orNothing(c, ch.After, env))
			for i, part := range text.Wrap(s, max(p.width-2, 10)) {
				if i < 3 {
					p.add(detailLine{text: part})
				}
			}
		}
	}
}

func changeVerb(ch store.Change) string {
	switch {
	case ch.Before == nil:
		return "added"
	case ch.After == nil:
		return "deleted"
	case ch.Kind == store.EntryUndo:
		return "took back: " + ch.Op.Title
	case ch.Kind == store.EntryRedo:
		return "did again: " + ch.Op.Title
	}
	return ch.Op.Title
}

func orNothing(c *field.Column, rec any, env *field.Env) string {
	if c.Empty(rec) {
		return "nothing"
	}
	return string(c.Show(nil, rec, env))
}
