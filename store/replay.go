package store

import (
	"bytes"
	"cmp"
	"context"
	"slices"
	"time"

	"go.etcd.io/bbolt"

	"interlocal/model/failure"
)

// replay is what reading the journal from its beginning gives: every record in
// its stored form. Images belong to the mapped file.
type replay struct {
	recs map[tagID]image
	next map[int]uint64
	rev  uint64
	at   time.Time
	base uint64 // revision of the base entry, 0 without one
}

// tagID names a record by its kind's tag and its id.
type tagID struct {
	tag int
	id  uint64
}

func (a tagID) compare(b tagID) int {
	return cmp.Or(cmp.Compare(a.tag, b.tag), cmp.Compare(a.id, b.id))
}

// image is a record in its stored form, at a revision.
type image struct {
	data []byte
	rev  uint64
}

func newReplay() *replay { return &replay{recs: map[tagID]image{}, next: map[int]uint64{}} }

// apply takes one entry in. It reports what does not follow from the entries
// before it; the entry counts all the same.
func (r *replay) apply(e *journalEntry) (problems []string) {
	name := "entry " + uintText(e.rev) + " of the journal"
	switch {
	case e.kind == EntryBase && r.rev != 0:
		problems = append(problems, name+" is a base that does not stand first")
	case e.kind == EntryLost && e.of != r.rev+1:
		problems = append(problems, name+" stands for lost ones that do not follow entry "+uintText(r.rev))
	case e.kind != EntryBase && e.kind != EntryLost && e.rev != r.rev+1:
		problems = append(problems, name+" does not follow entry "+uintText(r.rev))
	}
	r.rev, r.at = e.rev, e.at
	if e.kind == EntryBase {
		r.base = e.rev
	}
	for _, n := range e.next {
		r.next[n.tag] = max(r.next[n.tag], n.next)
	}
	whole := e.each(func(p imagePair) bool {
		if p := r.applyPair(e, p); p != "" {
			problems = append(problems, name+": "+p)
		}
		return true
	})
	if !whole {
		problems = append(problems, name+" is cut short")
	}
	return problems
}

func (r *replay) applyPair(e *journalEntry, p imagePair) (problem string) {
	key := tagID{p.tag, p.id}
	was, there := r.recs[key]
	if there != (p.before != nil) || there && (was.rev != p.beforeRev || !bytes.Equal(was.data, p.before)) {
		problem = "record " + uintText(p.id) + " was not as it says"
	}
	switch {
	case p.after == nil:
		delete(r.recs, key)
	case p.afterRev != e.rev && e.kind != EntryBase && (e.kind != EntryLost || p.afterRev > e.rev):
		problem = "record " + uintText(p.id) + " bears another revision"
		fallthrough
	default:
		r.recs[key] = image{p.after, p.afterRev}
		if e.kind != EntryBase { // a base states the next numbers itself
			r.next[p.tag] = max(r.next[p.tag], p.id+1)
		}
	}
	return problem
}

// keys lists the records in order.
func (r *replay) keys() []tagID {
	keys := make([]tagID, 0, len(r.recs))
	for key := range r.recs {
		keys = append(keys, key)
	}
	slices.SortFunc(keys, tagID.compare)
	return keys
}

// head gives where a file stands after the entries taken in.
func (r *replay) head() head {
	h := head{rev: r.rev, at: r.at}
	for tag, next := range r.next {
		h.next = append(h.next, nextID{tag, next})
	}
	slices.SortFunc(h.next, func(a, b nextID) int { return cmp.Compare(a.tag, b.tag) })
	return h
}

// forward reads the journal from its beginning.
func forward(ctx context.Context, tx *bbolt.Tx, f func(key, value []byte, e *journalEntry) error) error {
	return tx.Bucket([]byte(bucketJournal)).ForEach(func(key, value []byte) error {
		if err := ctx.Err(); err != nil {
			return err
		}
		if len(key) != 8 {
			return errDamage("its journal holds a key that is no revision")
		}
		e, err := openEntry(key, value)
		if err != nil {
			return err
		}
		return f(key, value, &e)
	})
}

// appendTrail adds the trail keys of an entry; a base leaves no trail.
func appendTrail(trail [][]byte, e *journalEntry) [][]byte {
	if e.kind == EntryBase {
		return trail
	}
	e.each(func(p imagePair) bool {
		trail = append(trail, trailKey(nil, p.tag, p.id, e.rev))
		return true
	})
	return trail
}

func errExists(path string) error {
	return failure.New(failure.Conflict, QuotePath(path)+" is there already; choose another name")
}
