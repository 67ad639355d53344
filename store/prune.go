package store

import (
	"bytes"
	"context"
	"encoding/binary"
	"maps"
	"slices"
	"time"

	"go.etcd.io/bbolt"

	"interlocal/model/field"
)

// PruneConfidential takes confidential values out of the journal once they have
// been replaced for as many days as [Options] say, and returns how many
// entries it changed. Without that setting nothing is ever taken out. A value
// stands in two places, after the change that set it and before the change that
// replaced it; both go together, so that the journal still rebuilds what there
// is today. It runs with the daily backup; backups keep what they hold, and the
// oldest of those is fourteen days old.
func (s *Store) PruneConfidential(ctx context.Context) (int, error) {
	s.writing.Lock()
	defer s.writing.Unlock()
	s.drain()
	days := int64(0)
	if s.options.PruneAfter != nil {
		days = s.options.PruneAfter(s.durable.Load())
	}
	if days < 1 || !s.holdsConfidential() {
		return 0, nil
	}
	n := 0
	err := s.alter(func(tx *bbolt.Tx) error {
		now := s.now()
		p := &pruner{layout: s.layout, tx: tx, before: now.AddDate(0, 0, -int(days)), now: now,
			entries: map[uint64]map[tagID]byte{}}
		if err := p.find(ctx); err != nil {
			return err
		}
		var err error
		n, err = p.rewrite()
		return err
	})
	if err != nil {
		return 0, explainOpen(s.path, s.options.BackupDir, err)
	}
	return n, nil
}

func (l *layout) holdsConfidential() bool {
	for i := range l.kinds {
		if len(confidential(l.kinds[i].Kind)) > 0 {
			return true
		}
	}
	return false
}

func confidential(k *field.Kind) []*field.Column {
	var out []*field.Column
	for _, c := range k.Columns {
		if c.Sensitivity == field.Confidential {
			out = append(out, c)
		}
	}
	return out
}

// pruner finds and rewrites old entries.
type pruner struct {
	*layout
	tx      *bbolt.Tx
	before  time.Time
	now     time.Time
	base    uint64
	done    uint64                    // the last entry looked at
	entries map[uint64]map[tagID]byte // which images to strip, by entry and record
}

// find notes every image that was replaced before the time, beginning where the
// last run ended.
func (p *pruner) find(ctx context.Context) error {
	if body, err := getMeta(p.tx, metaPruned); err == nil {
		c := cursor{b: body}
		p.done = c.uvarint()
	}
	c := p.tx.Bucket([]byte(bucketJournal)).Cursor()
	key, value := c.First()
	if key != nil {
		if e, err := openEntry(key, value); err == nil && e.kind == EntryBase {
			p.base = e.rev
		}
	}
	last, err := lastBefore(ctx, p.tx, p.done, p.before, p.now)
	if err != nil {
		return err
	}
	for key, value = c.Seek(idKey(p.done + 1)); key != nil && revOf(key) <= last; key, value = c.Next() {
		if err := ctx.Err(); err != nil {
			return err
		}
		e, err := openEntry(key, value)
		if err != nil {
			return err
		}
		p.done = e.rev
		e.each(func(pair imagePair) bool {
			p.note(&e, pair)
			return true
		})
	}
	return nil
}

// note marks the image that a change replaced, where it was set and where it was
// replaced.
func (p *pruner) note(e *journalEntry, pair imagePair) {
	k, ok := p.byTag[pair.tag]
	if !ok || pair.before == nil || len(confidential(p.kinds[k].Kind)) == 0 {
		return
	}
	key := tagID{pair.tag, pair.id}
	p.mark(e.rev, key, hasBefore)
	p.mark(max(p.base, pair.beforeRev), key, hasAfter)
}

func (p *pruner) mark(rev uint64, key tagID, side byte) {
	if p.entries[rev] == nil {
		p.entries[rev] = map[tagID]byte{}
	}
	p.entries[rev][key] |= side
}

// rewrite strips the images that were noted.
func (p *pruner) rewrite() (changed int, err error) {
	journal := p.tx.Bucket([]byte(bucketJournal))
	for _, rev := range slices.Sorted(maps.Keys(p.entries)) {
		key := idKey(rev)
		value := journal.Get(key)
		if value == nil {
			continue
		}
		e, err := wholeEntry(key, value)
		if err != nil {
			return changed, err
		}
		stripped := false
		for i := range e.changes {
			side := p.entries[rev][tagID{e.changes[i].tag, e.changes[i].id}]
			did, err := p.strip(&e.changes[i], side)
			if err != nil {
				return changed, err
			}
			stripped = stripped || did
		}
		if !stripped {
			continue
		}
		e.pruned = true
		changed++
		if err := journal.Put(key, sealEntry(rev, e.encode())); err != nil {
			return changed, err
		}
	}
	return changed, putMeta(p.tx, metaPruned, binary.AppendUvarint(nil, p.done))
}

// strip takes the confidential values out of the given sides of a change.
func (p *pruner) strip(pair *imagePair, side byte) (did bool, err error) {
	for _, s := range []struct {
		flag byte
		data *[]byte
	}{{hasBefore, &pair.before}, {hasAfter, &pair.after}} {
		if side&s.flag == 0 || *s.data == nil {
			continue
		}
		k := p.kinds[p.byTag[pair.tag]].Kind
		rec, err := unpackImage(k, pair.id, *s.data)
		if err != nil {
			return false, err
		}
		for _, c := range confidential(k) {
			c.Clear(rec)
		}
		image := k.Pack(make([]byte, 0, len(*s.data)), rec)
		did = did || !bytes.Equal(image, *s.data)
		*s.data = image
	}
	return did, nil
}
