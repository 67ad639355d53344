package store

import (
	"iter"
	"slices"
	"sync"

	"interlocal/model/access"
	"interlocal/model/field"
)

// visibility is what identities of one class see of each kind. The policy is
// access's; a record's parties matter to it only by whether the identity's
// partner is among them, and that of whoever looks as it, so it is asked once for
// each case.
type visibility struct {
	id       access.Identity
	audience string
	kinds    []kindVisibility
	store    *Store
	revs     sync.Map // recKey to seenAt
	large    bulk
}

type kindVisibility struct {
	all        bool // every field of every record
	own, other scope
	also       [2]scope // of other and own records that are the asker's as well
}

// none reports whether nothing of the kind is seen.
func (v kindVisibility) none() bool {
	return !v.own.sees && !v.other.sees && !v.also[0].sees && !v.also[1].sees
}

// scope is what is seen of a record: nothing, or all but some columns.
type scope struct {
	sees bool
	hide []*field.Column
}

func (s scope) hides(c *field.Column) bool { return slices.Contains(s.hide, c) }

func newVisibility(st *Store, id access.Identity) *visibility {
	l := st.layout
	s := &visibility{id: id, audience: id.Audience(), kinds: make([]kindVisibility, len(l.kinds)), store: st}
	mine, none := []field.Party{id.Partner}, []field.Party(nil)
	for i := range l.kinds {
		k := l.kinds[i].Kind
		s.kinds[i] = kindVisibility{all: id.SeesAll(k), own: newScope(id, k, mine), other: newScope(id, k, none)}
		if id.Partner == 0 {
			s.kinds[i].own = s.kinds[i].other
		}
		if asker := id.AskedBy(); asker != 0 {
			theirs := []field.Party{asker}
			s.kinds[i].also = [2]scope{newScope(id, k, theirs), newScope(id, k, append(theirs, id.Partner))}
		}
	}
	return s
}

func newScope(id access.Identity, k *field.Kind, parties []field.Party) scope {
	out := scope{sees: id.Sees(k, parties)}
	for _, c := range k.Columns {
		if !id.SeesField(k, c, parties) {
			out.hide = append(out.hide, c)
		}
	}
	return out
}

// of gives what is seen of a record with the given parties.
func (s *visibility) of(kind int, parties []field.Party) scope {
	own := s.id.Partner != 0 && slices.Contains(parties, s.id.Partner)
	if asker := s.id.AskedBy(); asker != 0 && slices.Contains(parties, asker) {
		if own {
			return s.kinds[kind].also[1]
		}
		return s.kinds[kind].also[0]
	}
	if own {
		return s.kinds[kind].own
	}
	return s.kinds[kind].other
}

// source is where records are read whoever asks: a state or a draft.
type source interface {
	field.Reader
	field.SpanReader
	position(kind string) (int, bool)
	lookup(key recKey) entry
}

func (l *layout) position(kind string) (int, bool) { return l.kind(kind) }

func (s *state) lookup(key recKey) entry {
	e, _ := s.tables[key.kind].Get(key.id)
	return e
}

// scoped reads a source as one identity may. It is a [field.Reader].
type scoped struct {
	src source
	see *visibility
}

// scope gives what is seen of a record.
func (v scoped) scope(kind int, rec any) scope {
	return v.see.of(kind, v.src.Schema().Kinds[kind].Parties(v.src, rec))
}

// Logins reports whether anybody signs in to the file. It is no secret to those
// who do.
func (v scoped) Logins() bool {
	for _, k := range v.src.Schema().Kinds {
		if k.Scope == field.ScopeUsers {
			for range v.src.Scan(k.Name) {
				return true
			}
		}
	}
	return false
}

// show gives the record as the identity sees it; nil when it does not.
func (v scoped) show(kind int, rec any) any {
	if rec == nil || v.see.kinds[kind].all {
		return rec
	}
	sc := v.scope(kind, rec)
	if !sc.sees {
		return nil
	}
	if len(sc.hide) == 0 {
		return rec
	}
	return v.src.Schema().Kinds[kind].Redacted(rec, sc.hides)
}

// Schema describes the kinds.
func (v scoped) Schema() *field.Schema { return v.src.Schema() }

// Get returns the record as the identity sees it, or nil.
func (v scoped) Get(kind string, id uint64) any {
	k, ok := v.src.position(kind)
	if !ok {
		return nil
	}
	return v.show(k, v.src.lookup(recKey{k, id}).rec)
}

// Scan yields all records of a kind that the identity sees, in order of id.
func (v scoped) Scan(kind string) iter.Seq2[uint64, any] {
	return func(yield func(uint64, any) bool) {
		k, ok := v.src.position(kind)
		if !ok {
			return
		}
		for id, rec := range v.src.Scan(kind) {
			if seen := v.show(k, rec); seen != nil && !yield(id, seen) {
				return
			}
		}
	}
}

// Refer yields the records whose field, as far as the identity sees it, refers
// to the target.
func (v scoped) Refer(kind, field string, target uint64) iter.Seq2[uint64, any] {
	return func(yield func(uint64, any) bool) {
		k, ok := v.src.position(kind)
		if !ok {
			return
		}
		col := v.src.Schema().Kinds[k].Column(field)
		for id, rec := range v.src.Refer(kind, field, target) {
			seen := v.show(k, rec)
			if seen == nil || seen != rec && v.scope(k, rec).hides(col) {
				continue
			}
			if !yield(id, seen) {
				return
			}
		}
	}
}
