package store

import (
	"sync"

	"go.etcd.io/bbolt"
)

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
func (see *visibility) lastSeen(key recKey, rev uint64) (shown uint64, onFile bool) {
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
		for i, r := range revs {
			out = r
			if i == len(revs)-1 {
				return nil // what added the record, or the oldest change on file
			}
			if seen, err := see.seenIn(me, tx, r, key); seen || err != nil {
				return err
			}
		}
		return nil
	})
	return out, onFile
}

// largeEntry is from how many changes on an entry is gone through once for all
// its records: an import touches thousands, and each of them asks.
const largeEntry = 64

// bulk is what can be seen of the records of one large entry.
type bulk struct {
	mu   sync.Mutex
	rev  uint64
	seen map[recKey]bool
}

// seenIn reports whether something of what a revision did to a record is seen.
func (see *visibility) seenIn(me *Session, tx *bbolt.Tx, rev uint64, key recKey) (bool, error) {
	e, err := entryHead(tx, rev)
	if err != nil {
		return false, err
	}
	if e.count < largeEntry {
		_, seen, err := me.changeIn(&e, key.kind, key.id)
		return seen, err
	}
	see.large.mu.Lock()
	defer see.large.mu.Unlock()
	if see.large.rev != rev {
		all := make(map[recKey]bool, e.count)
		whole := e.each(func(p imagePair) bool {
			if k, known := me.store.byTag[p.tag]; known {
				var rc RecordChange
				var seen bool
				if rc, seen, err = me.reveal(k, p); seen && me.touches(k, rc) {
					all[recKey{k, p.id}] = true
				}
			}
			return err == nil
		})
		if err != nil || !whole {
			return false, errEntry(rev)
		}
		see.large.rev, see.large.seen = rev, all
	}
	return see.large.seen[key], nil
}

// entryHead reads an entry up to its changes, without its checksum: that of a
// large entry takes as long as reading all of it. Opening the file has looked at
// it, and whoever reads the history does again.
func entryHead(tx *bbolt.Tx, rev uint64) (journalEntry, error) {
	value := tx.Bucket([]byte(bucketJournal)).Get(idKey(rev))
	if len(value) < checksumSize {
		return journalEntry{}, errEntry(rev)
	}
	e, ok := decodeHead(rev, value[:len(value)-checksumSize])
	if !ok {
		return e, errEntry(rev)
	}
	return e, nil
}

// neutralTitle is what an entry is called for those from whom a part of it is
// hidden: its own title may name what they may not know of.
const neutralTitle = "several changes at once"
