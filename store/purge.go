package store

import (
	"bytes"
	"cmp"
	"context"
	"encoding/binary"
	"time"

	"go.etcd.io/bbolt"

	"interlocal/model/access"
	"interlocal/model/failure"
	"interlocal/model/text"
)

// PurgeOrder says what history is removed, and by what right.
type PurgeOrder struct {
	Before time.Time
	By     string // who ordered it; "" is whoever does it
	Series string // the series of the schedule that allows it
}

// Purge removes history from before a date; see [Store.PurgeBy].
func (s *Store) Purge(ctx context.Context, id access.Identity, before time.Time) (int, error) {
	return s.PurgeBy(ctx, id, PurgeOrder{Before: before})
}

// PurgeBy removes history from before a date and returns how many entries went.
// What the records were then stays as one base entry, so that the journal still
// rebuilds everything. The purge itself is an entry that says what went, how much, by
// whose order and under which series, and from which every copy of the file works out
// the same. The file is rewritten meanwhile as by [Store.Compact], so that no unused
// page still holds what went; what the disk keeps of the old file is the disk's. Only
// an administrator, or whoever works alone on the file, may do it, and not while
// anything is held; see [Store.Hold].
func (s *Store) PurgeBy(ctx context.Context, id access.Identity, o PurgeOrder) (int, error) {
	if !id.Manages() {
		return 0, failure.New(failure.Forbidden, "only an administrator may remove history")
	}
	if err := ctx.Err(); err != nil {
		return 0, err
	}
	if err := s.held(); err != nil {
		return 0, err
	}
	s.rewriting.Lock()
	defer s.rewriting.Unlock()
	last, n, err := s.baseBefore(ctx, o.Before)
	if err != nil || n == 0 {
		return 0, explainOpen(s.path, s.options.BackupDir, err)
	}
	var p *pending
	err = s.rewrite(ctx, last, func() (*pending, error) {
		if err := s.held(); err != nil { // since
			return nil, err
		}
		var err error
		p, _, err = s.make(s.purgeOf(id, o, last, n), func(*Tx) error { return nil })
		return p, err
	})
	if p == nil {
		return 0, err
	}
	<-p.done
	return n, cmp.Or(p.err, err)
}

// OlderThan counts the changes that a purge before a date would remove. It refuses
// what refuses the purge.
func (s *Store) OlderThan(ctx context.Context, before time.Time) (int, error) {
	if err := s.held(); err != nil {
		return 0, err
	}
	_, n, err := s.baseBefore(ctx, before)
	return n, explainOpen(s.path, s.options.BackupDir, err)
}

// purgeOf is the entry that says what a purge removes.
func (s *Store) purgeOf(id access.Identity, o PurgeOrder, last uint64, n int) attempt {
	title := "remove history before " + o.Before.In(s.location(s.durable.Load())).Format("Jan 2, 2006") + ": " +
		text.Counted(n, "change", "changes") + ", by order of " + text.Line(cmp.Or(o.By, id.Name), maxLabel)
	if o.Series != "" {
		title += ", series " + text.Line(o.Series, maxLabel)
	}
	return attempt{id: id, op: Op{Title: title, Final: true}, kind: EntryPurge, data: binary.AppendUvarint(nil, last)}
}

// baseBefore finds the last revision before a time and counts the entries up to it,
// all of which must be readable.
func (s *Store) baseBefore(ctx context.Context, before time.Time) (last uint64, n int, err error) {
	r := newReplay()
	err = s.view(func(tx *bbolt.Tx) error {
		var err error
		if last, err = lastBefore(ctx, tx, 0, before, s.now()); err != nil {
			return err
		}
		n, err = r.upTo(ctx, tx, last)
		return err
	})
	return last, n, err
}

// upTo takes in the entries up to a revision and counts those that are no base.
func (r *replay) upTo(ctx context.Context, tx *bbolt.Tx, last uint64) (n int, err error) {
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
	if err == errStop {
		err = nil
	}
	return n, err
}

// purgeUpTo puts a base entry in the place of all entries up to a revision. Where
// that has been done already, nothing happens.
func purgeUpTo(tx *bbolt.Tx, last uint64) error {
	key, value := tx.Bucket([]byte(bucketJournal)).Cursor().First()
	if key == nil || revOf(key) > last {
		return nil
	}
	if first, err := openEntry(key, value); err == nil && first.kind == EntryBase && first.rev == last {
		return nil
	}
	r := newReplay()
	if _, err := r.upTo(context.Background(), tx, last); err != nil {
		return err
	}
	return replaceByBase(tx, r.baseEntry())
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
		e.changes = append(e.changes, imagePair{tag: key.tag, id: key.id, after: bytes.Clone(rec.data),
			afterRev: rec.rev})
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
