package store

import (
	"bytes"
	"context"
	"time"

	"go.etcd.io/bbolt"

	"interlocal/model/access"
	"interlocal/model/failure"
)

// Purge removes history from before a date and returns how many entries went.
// What the records were then stays as one base entry, so that the journal still
// rebuilds everything. The purge itself is recorded. Only an administrator, or
// whoever works alone on the file, may do it.
func (s *Store) Purge(ctx context.Context, id access.Identity, before time.Time) (int, error) {
	if id.Role != access.Admin && id.Role != access.Owner {
		return 0, failure.New(failure.Forbidden, "only an administrator may remove history")
	}
	if err := ctx.Err(); err != nil {
		return 0, err
	}
	p, n, err := s.stagePurge(ctx, id, before)
	if err != nil || p == nil {
		return 0, err
	}
	<-p.done
	return n, p.err
}

func (s *Store) stagePurge(ctx context.Context, id access.Identity, before time.Time) (*pending, int, error) {
	s.writing.Lock()
	defer s.writing.Unlock()
	s.drain()
	base, n, err := s.baseBefore(ctx, before)
	if err != nil {
		return nil, 0, explainOpen(s.path, s.options.BackupDir, err)
	}
	if n == 0 {
		return nil, 0, nil
	}
	day := before.In(s.location(s.durable.Load())).Format("Jan 2, 2006")
	a := attempt{id: id, op: Op{Title: "remove history before " + day}, kind: EntryPurge,
		also: func(tx *bbolt.Tx) error { return replaceByBase(tx, base) }}
	p, _, err := s.make(a, func(*Tx) error { return nil })
	return p, n, err
}

// baseBefore makes the entry that stands for all entries before a time, and
// counts those.
func (s *Store) baseBefore(ctx context.Context, before time.Time) (*journalEntry, int, error) {
	r, n := newReplay(), 0
	var base *journalEntry
	err := s.view(func(tx *bbolt.Tx) error {
		last, err := lastBefore(ctx, tx, 0, before, s.now())
		if err != nil {
			return err
		}
		err = forward(ctx, tx, func(_, _ []byte, e *journalEntry) error {
			if e.rev > last {
				return errStop
			}
			if problems := r.apply(e); len(problems) > 0 {
				return errDamage(problems[0])
			}
			if e.kind != EntryBase {
				n++
			}
			return nil
		})
		if err != nil && err != errStop {
			return err
		}
		base = r.baseEntry()
		return nil
	})
	return base, n, err
}

// lastBefore gives the last of the revisions after from that, with all between,
// were made before a time; from when there is none. A stamp that the clock has not
// reached is of a clock that was wrong: such an entry is as old as the next one.
func lastBefore(ctx context.Context, tx *bbolt.Tx, from uint64, before, now time.Time) (uint64, error) {
	last := from
	c := tx.Bucket([]byte(bucketJournal)).Cursor()
	for key, value := c.Seek(idKey(from + 1)); key != nil; key, value = c.Next() {
		if err := ctx.Err(); err != nil {
			return from, err
		}
		e, err := openEntry(key, value)
		switch {
		case err != nil:
			return from, err
		case e.at.Before(before):
			last = e.rev
		case !e.at.After(now):
			return last, nil
		}
	}
	return last, nil
}

// errStop ends an iteration early.
const errStop = constError("stop")

// baseEntry makes one entry of all that a replay holds, with images of its own.
func (r *replay) baseEntry() *journalEntry {
	e := &journalEntry{rev: r.rev, at: r.at, kind: EntryBase, next: r.head().next}
	for _, key := range r.keys() {
		rec := r.recs[key]
		e.changes = append(e.changes, imagePair{tag: key.tag, id: key.id, after: bytes.Clone(rec.data), afterRev: rec.rev})
	}
	return e
}

// replaceByBase puts a base entry in the place of all entries up to it.
func replaceByBase(tx *bbolt.Tx, base *journalEntry) error {
	journal, trail := tx.Bucket([]byte(bucketJournal)), tx.Bucket([]byte(bucketTrail))
	var gone [][]byte
	c := journal.Cursor()
	for key, _ := c.First(); key != nil && revOf(key) <= base.rev; key, _ = c.Next() {
		gone = append(gone, bytes.Clone(key))
	}
	if err := deleteAll(journal, gone); err != nil {
		return err
	}
	gone = gone[:0]
	err := trail.ForEach(func(key, _ []byte) error {
		if revOf(key[trailPrefixSize:]) <= base.rev {
			gone = append(gone, bytes.Clone(key))
		}
		return nil
	})
	if err != nil {
		return err
	}
	if err := deleteAll(trail, gone); err != nil {
		return err
	}
	return journal.Put(idKey(base.rev), sealEntry(base.rev, base.encode()))
}

func deleteAll(b *bbolt.Bucket, keys [][]byte) error {
	for _, key := range keys {
		if err := b.Delete(key); err != nil {
			return err
		}
	}
	return nil
}
