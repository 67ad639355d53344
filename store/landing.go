package store

import (
	"bytes"
	"maps"
	"slices"

	"go.etcd.io/bbolt"

	"interlocal/model/failure"
)

// landing puts entries of the journal into a file: the entry itself, its trail,
// and what it makes of the records. It is the one way in which a change reaches a
// file, be it somebody's own, replayed from another file, or saved from a damaged
// one. Records are written at the end, once each and in order of their keys.
type landing struct {
	*layout
	tx    *bbolt.Tx
	trail [][]byte
	recs  map[tagID]image // nil data is a record that is gone
}

func newLanding(tx *bbolt.Tx, l *layout) *landing {
	tx.Bucket([]byte(bucketJournal)).FillPercent = appendFill
	return &landing{layout: l, tx: tx, recs: map[tagID]image{}}
}

// take puts in an entry, whose stored form is value. Entries come in order.
func (l *landing) take(e *journalEntry, value []byte) error {
	if err := l.tx.Bucket([]byte(bucketJournal)).Put(idKey(e.rev), value); err != nil {
		return err
	}
	if err := l.decree(e); err != nil {
		return err
	}
	l.trail = appendTrail(l.trail, e)
	whole := e.each(func(p imagePair) bool {
		l.recs[tagID{p.tag, p.id}] = image{p.after, p.afterRev}
		return true
	})
	if !whole {
		return errEntry(e.rev)
	}
	return nil
}

// decree does to the file what an entry says of the history itself.
func (l *landing) decree(e *journalEntry) error {
	switch e.kind {
	case EntryClock:
		return addMarks(l.tx, e.data)
	case EntryKeep:
		return putMeta(l.tx, metaKeep, bytes.Clone(e.data))
	case EntryRedact:
		return redact(l.layout, l.tx, e.data)
	case EntryPurge:
		c := cursor{b: e.data}
		last := c.uvarint()
		if c.bad || last == 0 {
			return nil // of format 1, which says nothing: it was done when the entry was made
		}
		l.trail = slices.DeleteFunc(l.trail, func(key []byte) bool { return revOf(key[trailPrefixSize:]) <= last })
		return purgeUpTo(l.tx, last)
	}
	return nil
}

// finish writes what the entries make of the records, and where the file stands.
func (l *landing) finish(h head) error {
	var b *bbolt.Bucket
	last := -1
	for _, key := range slices.SortedFunc(maps.Keys(l.recs), tagID.compare) {
		if key.tag != last {
			if _, ok := l.byTag[key.tag]; !ok {
				return failure.New(failure.Unusable,
					"holds a kind of record that this version of the program does not know")
			}
			b = l.tx.Bucket(kindBucket(key.tag))
			b.FillPercent, last = appendFill, key.tag
		}
		var err error
		if rec := l.recs[key]; rec.data == nil {
			err = b.Delete(idKey(key.id))
		} else {
			err = b.Put(idKey(key.id), sealRecord(key.tag, key.id, rec.rev, rec.data))
		}
		if err != nil {
			return err
		}
	}
	if err := writeTrail(l.tx, l.trail); err != nil {
		return err
	}
	return writeHead(l.tx, h)
}
