package main

import (
	"slices"

	"interlocal/model/exchange/export"
	"interlocal/model/field"
	"interlocal/model/shadowing"
)

// cityPart is the part of a file that one city needs to go on by itself: its own
// records, what is the partnership's as a whole, and what these refer to.
type cityPart struct {
	field.Reader
	whole bool // what is referred to goes out as well
	kept  map[cityKey]bool
}

type cityKey struct {
	kind string
	id   uint64
}

// ofCity keeps of tables what is a city's. Of one kind alone that is its own
// records.
func ofCity(r field.Reader, list []export.Table, city field.Party) []export.Table {
	p := cityPart{Reader: r, whole: len(list) > 1, kept: map[cityKey]bool{}}
	for _, t := range list {
		for row := range t.Rows {
			parties := t.Kind.Parties(r, row.Rec)
			shared := p.whole && len(parties) == 0 && t.Kind.Scope != field.ScopeUsers
			if shared || slices.Contains(parties, city) {
				p.keep(t.Kind.Name, row.ID)
			}
		}
	}
	for i, t := range list {
		list[i].Rows = func(yield func(export.Row) bool) {
			for row := range t.Rows {
				if p.kept[cityKey{t.Kind.Name, row.ID}] && !yield(row) {
					return
				}
			}
		}
	}
	return list
}

// keep keeps a record with all that it refers to. A match also counts on the
// sign-ups of the two whom it brings together.
func (p *cityPart) keep(kind string, id uint64) {
	rec := p.Get(kind, id)
	if rec == nil || p.kept[cityKey{kind, id}] {
		return
	}
	p.kept[cityKey{kind, id}] = true
	if !p.whole {
		return
	}
	p.Schema().Kind(kind).Refs(rec, func(_ *field.Column, kind string, id uint64) { p.keep(kind, id) })
	if m, ok := rec.(*shadowing.Match); ok {
		for s := range field.All[shadowing.Signup](p) {
			if s.Event == m.Event && (s.Person == m.Visitor || s.Person == m.Host) {
				p.keep(shadowing.KindSignups, uint64(s.ID))
			}
		}
	}
}
