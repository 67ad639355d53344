package store

import "go.etcd.io/bbolt"

// lineage tells which revisions of a record are the same again: an undo has a
// revision of its own, but what it leaves is what there was before the change
// that it took back. So a chain of one's own changes can be undone one by one.
type lineage struct {
	store *Store
	// known holds, for revisions that took one back, the revision at which each
	// record then stood; nil for other revisions.
	known map[uint64]map[recKey]uint64
}

// standsAt reports whether a record at revision rev is as revision want left it.
func (l *lineage) standsAt(key recKey, rev, want uint64) bool {
	for rev > want {
		back := l.restored(rev)
		if back == nil {
			return false
		}
		rev = back[key]
	}
	return rev == want
}

// restored gives the revisions to which an undo or redo took its records; nil
// when the revision is neither, or what it took back is no longer on file.
func (l *lineage) restored(rev uint64) map[recKey]uint64 {
	if back, ok := l.known[rev]; ok {
		return back
	}
	var back map[recKey]uint64
	l.store.view(func(tx *bbolt.Tx) error { // what cannot be read stays nil
		e, err := readEntry(tx, rev)
		if err != nil || e.kind != EntryUndo && e.kind != EntryRedo {
			return err
		}
		of, err := readEntry(tx, e.of)
		if err != nil {
			return err
		}
		back = make(map[recKey]uint64, of.count)
		of.each(func(p imagePair) bool {
			back[recKey{l.store.byTag[p.tag], p.id}] = p.beforeRev
			return true
		})
		return nil
	})
	l.known[rev] = back
	return back
}
