package store

import "go.etcd.io/bbolt"

// A change that touches only what an identity may not see has not happened, as
// far as that identity can tell: it is in no history it reads, and the record's
// revision, as it sees it, is that of the latest change it can see.

// touches reports whether a change, as it is seen, changes anything.
func (v *Session) touches(kind int, rc RecordChange) bool {
	if v.see.kinds[kind].all || rc.Before == nil || rc.After == nil {
		return true
	}
	return !v.store.kinds[kind].Equal(rc.Before, rc.After)
}

// seenAt is a record's revision and the one that is shown for it.
type seenAt struct{ rev, shown uint64 }

// visibleRev gives the revision of the latest change of a record that can be
// seen, given the record and the revision that changed it last. It is worked
// out once for each class of viewers.
func (v scoped) visibleRev(key recKey, rec any, rev uint64) uint64 {
	if v.see.kinds[key.kind].all || len(v.scope(key.kind, rec).hide) == 0 {
		return rev
	}
	if known, ok := v.see.revs.Load(key); ok && known.(seenAt).rev == rev {
		return known.(seenAt).shown
	}
	shown, onFile := v.see.lastSeen(key, rev)
	if onFile {
		v.see.revs.Store(key, seenAt{rev, shown})
	}
	return shown
}

// lastSeen goes back through a record's changes to one that can be seen. Where
// the journal no longer reaches, the oldest change on file counts as seen; a
// change that is not on file yet does as well.
func (see *sight) lastSeen(key recKey, rev uint64) (shown uint64, onFile bool) {
	s, out := see.store, rev
	me, def := &Session{store: s, id: see.id, see: see}, s.kinds[key.kind].Kind
	_ = s.view(func(tx *bbolt.Tx) error { // damage is told of where history is asked for
		revs := revisionsOf(tx, def.Tag, key.id)
		for len(revs) > 0 && revs[0] > rev {
			revs = revs[1:]
		}
		if onFile = len(revs) > 0 && revs[0] == rev; !onFile {
			return nil
		}
		for _, r := range revs {
			e, err := readEntry(tx, r)
			if err != nil {
				return err
			}
			out = r
			if _, seen, err := me.changeIn(&e, key.kind, key.id); seen || err != nil {
				return err
			}
		}
		return nil
	})
	return out, onFile
}

// neutralTitle is what an entry is called for those from whom a part of it is
// hidden: its own title may name what they may not know of.
const neutralTitle = "several changes at once"
