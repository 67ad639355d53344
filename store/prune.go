package store

import (
	"bytes"
	"context"
	"encoding/binary"
	"maps"
	"slices"
	"time"

	"go.etcd.io/bbolt"

	"interlocal/model/access"
	"interlocal/model/field"
)

// PruneConfidential takes confidential values out of the journal once they have
// been replaced for as many days as [Options] say, and returns how many
// entries it changed. Without that setting nothing is ever taken out, nor while
// anything is held. A value stands in two places, after the change that set it and
// before the change that replaced it; both go together, so that the journal still
// rebuilds what there is today. That it was done is an entry, which says what to strip.
// It runs with the daily backup; backups keep what they hold, and the oldest of those
// is fourteen days old.
func (s *Store) PruneConfidential(ctx context.Context) (int, error) {
	days := int64(0)
	if s.options.PruneAfter != nil {
		days = s.options.PruneAfter(s.durable.Load())
	}
	if days < 1 || !s.holdsConfidential() || s.held() != nil {
		return 0, nil
	}
	p, n, err := s.stageRedaction(ctx, s.now().AddDate(0, 0, -int(days)))
	if err != nil || p == nil {
		return 0, explainOpen(s.path, s.options.BackupDir, err)
	}
	<-p.done
	if p.err != nil {
		return 0, p.err
	}
	_, _, err = s.Compact(ctx)
	return n, err
}

// stageRedaction queues the entry that has replaced values stripped, when there are
// any.
func (s *Store) stageRedaction(ctx context.Context, before time.Time) (*pending, int, error) {
	s.writing.Lock()
	defer s.writing.Unlock()
	s.drain()
	r, n := redaction{columns: s.confidentialColumns()}, 0
	err := s.view(func(tx *bbolt.Tx) error {
		if body, err := optionalMeta(tx, metaPruned); err == nil {
			c := cursor{b: body}
			r.From = c.uvarint() + 1
		}
		last, err := lastBefore(ctx, tx, r.From-1, before, s.now())
		if err != nil || last < r.From {
			return err
		}
		r.To = last
		p := newPruner(s.layout, tx, r)
		if err := p.find(ctx); err != nil {
			return err
		}
		n, err = p.rewrite(func(uint64, *journalEntry) error { return nil })
		return err
	})
	if err != nil || r.To == 0 {
		return nil, 0, err
	}
	if n == 0 {
		return nil, 0,
			s.alter(func(tx *bbolt.Tx) error { return putMeta(tx, metaPruned, binary.AppendUvarint(nil, r.To)) })
	}
	title := "take out confidential values replaced before " + before.In(s.location(s.durable.Load())).
		Format("Jan 2, 2006")
	a := attempt{id: access.Identity{Name: scheduleName, Role: access.Owner}, op: Op{Title: title, Final: true},
		kind: EntryRedact, data: r.encode()}
	p, _, err := s.make(a, func(*Tx) error { return nil })
	return p, n, err
}

// scheduleName stands as the actor of what nobody did by hand.
const scheduleName = "the schedule"

// redaction says which values to strip: those of some columns that were replaced by
// the changes of a run of revisions.
type redaction struct {
	From, To uint64
	columns  map[int][]string // by a kind's tag
}

func (r *redaction) encode() []byte {
	dst := binary.AppendUvarint(binary.AppendUvarint(nil, r.From), r.To)
	for _, tag := range slices.Sorted(maps.Keys(r.columns)) {
		dst = binary.AppendUvarint(binary.AppendUvarint(dst, uint64(tag)), uint64(len(r.columns[tag])))
		for _, name := range r.columns[tag] {
			dst = appendBytes(dst, name)
		}
	}
	return dst
}

func decodeRedaction(b []byte) (r redaction, ok bool) {
	c := cursor{b: b}
	r = redaction{From: c.uvarint(), To: c.uvarint(), columns: map[int][]string{}}
	for len(c.b) > 0 && !c.bad {
		tag := int(c.uvarint())
		for n := c.uvarint(); n > 0 && !c.bad; n-- {
			r.columns[tag] = append(r.columns[tag], c.str())
		}
	}
	return r, !c.bad
}

// confidentialColumns names the columns whose replaced values are stripped.
func (l *layout) confidentialColumns() map[int][]string {
	out := map[int][]string{}
	for i := range l.kinds {
		for _, c := range confidential(l.kinds[i].Kind) {
			out[l.kinds[i].Tag] = append(out[l.kinds[i].Tag], c.Name)
		}
	}
	return out
}

// redact strips from the journal what an entry says.
func redact(l *layout, tx *bbolt.Tx, data []byte) error {
	r, ok := decodeRedaction(data)
	if !ok {
		return errDamage("what a redaction says cannot be read")
	}
	p := newPruner(l, tx, r)
	if err := p.find(context.Background()); err != nil {
		return err
	}
	journal := tx.Bucket([]byte(bucketJournal))
	_, err := p.rewrite(func(rev uint64, e *journalEntry) error {
		return journal.Put(idKey(rev), sealEntry(rev, e.encode()))
	})
	if err != nil {
		return err
	}
	return putMeta(tx, metaPruned, binary.AppendUvarint(nil, r.To))
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
	redaction
	tx      *bbolt.Tx
	base    uint64
	entries map[uint64]map[tagID]byte // which images to strip, by entry and record
}

func newPruner(l *layout, tx *bbolt.Tx, r redaction) *pruner {
	return &pruner{layout: l, redaction: r, tx: tx, entries: map[uint64]map[tagID]byte{}}
}

// find notes every image that was replaced in the run of revisions.
func (p *pruner) find(ctx context.Context) error {
	c := p.tx.Bucket([]byte(bucketJournal)).Cursor()
	key, value := c.First()
	if key != nil {
		if e, err := openEntry(key, value); err == nil && e.kind == EntryBase {
			p.base = e.rev
		}
	}
	for key, value = c.Seek(idKey(p.From)); key != nil && revOf(key) <= p.To; key, value = c.Next() {
		if err := ctx.Err(); err != nil {
			return err
		}
		e, err := openEntry(key, value)
		if err != nil {
			return err
		}
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
	if !ok || pair.before == nil || len(p.columns[p.kinds[k].Tag]) == 0 {
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

// rewrite strips the images that were noted and hands out the entries they are in.
func (p *pruner) rewrite(put func(rev uint64, e *journalEntry) error) (changed int, err error) {
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
		if err := put(rev, e); err != nil {
			return changed, err
		}
	}
	return changed, nil
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
		for _, name := range p.columns[pair.tag] {
			if c := k.Column(name); c != nil {
				c.Clear(rec)
			}
		}
		image := k.Pack(make([]byte, 0, len(*s.data)), rec)
		did = did || !bytes.Equal(image, *s.data)
		*s.data = image
	}
	return did, nil
}
