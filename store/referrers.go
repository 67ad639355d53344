package store

// Referrer is a record that refers to another, and through which column.
type Referrer struct {
	Kind   string
	ID     uint64
	Column string
}

// referrers lists up to limit of the records that refer to another and that the
// identity sees doing so, counts all of those, and tells whether there are others.
func (v scoped) referrers(s *state, key recKey, limit int) (found []Referrer, count int, hidden bool) {
	for _, slot := range s.kinds[key.kind].referrers {
		def := s.layout.refs[slot]
		s.referring(slot, key.id, func(id uint64, rec any) bool {
			if def.from == key.kind && id == key.id {
				return true
			}
			if !v.showsColumn(def, rec) {
				hidden = true
				return true
			}
			if count++; count <= limit {
				found = append(found, Referrer{s.kinds[def.from].Name, id, def.col.Name})
			}
			return true
		})
	}
	return found, count, hidden
}

// showsColumn reports whether the identity sees what the record refers to.
func (v scoped) showsColumn(def refSlot, rec any) bool {
	if v.see.kinds[def.from].all {
		return true
	}
	sc := v.scope(def.from, rec)
	return sc.sees && !sc.hides(def.col)
}

// revOf gives the revision of a record that the identity sees, or 0.
func (v scoped) revOf(kind string, id uint64) uint64 {
	k, ok := v.src.position(kind)
	if !ok {
		return 0
	}
	e := v.src.lookup(recKey{k, id})
	if v.show(k, e.rec) == nil {
		return 0
	}
	return v.visibleRev(recKey{k, id}, e.rec, e.rev)
}
