package store

import (
	"context"
	"encoding/binary"
	"io"
	"os"

	"go.etcd.io/bbolt"

	"interlocal/model/failure"
)

// rebuild makes a file of what can be read of the one at the store's path: by
// its journal, or by what is found of that when the way to it is broken.
func (s *Store) rebuild(ctx context.Context, into string) error {
	os.Remove(into) // it is made anew
	rev, lastLost, err := replayFile(ctx, s.path, into, s.options)
	if err == nil && !lastLost {
		return nil
	}
	if code := failure.CodeOf(err); err != nil && code != failure.Damaged && code != failure.Unusable {
		return err
	}
	other := into + ".found"
	defer os.Remove(other)
	found, failed := salvage(ctx, s.path, other, s.options)
	if err == nil && (failed != nil || found <= rev) {
		return nil
	}
	if failed != nil {
		return failed
	}
	return moveInto(other, into)
}

// salvage makes a file from what can still be read of a damaged one. It does not
// trust the damaged file's tree: it looks at every page for entries of the
// journal, which carry their own numbers and checksums, and replays them from
// the first on, up to the first that is missing. The last of them may be a change
// that was refused because the disk was full. It returns the last revision saved.
func salvage(ctx context.Context, from, into string, o Options) (rev uint64, err error) {
	found, err := carve(ctx, from)
	if err != nil {
		return 0, err
	}
	l, r := newLayout(o.Schema), newReplay()
	err = makeFile(into, func(db *bbolt.DB) error {
		return db.Update(func(tx *bbolt.Tx) error {
			if err := initialise(tx, l, newFileInfo(formatOf(o.Migrations), o.Now()), head{}); err != nil {
				return err
			}
			if err := found.write(tx, r); err != nil {
				return err
			}
			return r.writeTo(tx, l)
		})
	})
	return r.rev, err
}

// carved holds the entries found in a file, sealed, by revision.
type carved struct {
	entries map[uint64][]byte
	base    uint64 // the newest base entry
	first   uint64 // the oldest entry that counts
}

// write stores the entries that follow one another and takes them in.
func (c *carved) write(tx *bbolt.Tx, r *replay) error {
	journal, trail := tx.Bucket([]byte(bucketJournal)), [][]byte(nil)
	for rev := c.first; ; rev++ {
		value, ok := c.entries[rev]
		if !ok {
			break
		}
		e, err := openEntry(idKey(rev), value)
		if err != nil {
			return err
		}
		if len(r.apply(&e)) > 0 {
			return errDamage("its journal does not hold together at entry " + uintText(rev))
		}
		trail = appendTrail(trail, &e)
		if err := journal.Put(idKey(rev), value); err != nil {
			return err
		}
	}
	return writeTrail(tx, trail)
}

// carve looks through all pages of a file for entries of the journal.
func carve(ctx context.Context, path string) (*carved, error) {
	w, err := openPages(path)
	if err != nil {
		return nil, err
	}
	defer w.f.Close()
	if w.readMeta() != nil {
		w.meta.pageSize = int64(os.Getpagesize()) // the header is gone; most files are of this machine
	}
	c := &carved{entries: map[uint64][]byte{}}
	head := make([]byte, w.meta.pageSize)
	for page := int64(0); page*w.meta.pageSize < w.size; page++ {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		n, err := w.f.ReadAt(head, page*w.meta.pageSize)
		if err != nil && err != io.EOF {
			continue // a sector that cannot be read
		}
		if n < pageHeader {
			break
		}
		p := newSpan(w, uint64(page), head[:n])
		p.length = min(int64(p.overflow+1)*w.meta.pageSize, w.size-page*w.meta.pageSize)
		c.look(p, true)
	}
	return c, c.finish()
}

// look takes the entries out of a leaf, and out of small buckets inside it.
func (c *carved) look(p *span, nested bool) {
	if p.flags != leafPage {
		return
	}
	ne := binary.NativeEndian
	for i := range p.count {
		off := int64(pageHeader + i*elementSize)
		e := p.bytes(off, elementSize)
		if e == nil {
			return
		}
		pos, ksize, vsize := off+int64(ne.Uint32(e[4:])), int64(ne.Uint32(e[8:])), int64(ne.Uint32(e[12:]))
		key := p.bytes(pos, ksize)
		switch bucket := ne.Uint32(e) == bucketElement; {
		case bucket && nested:
			if value := p.bytes(pos+ksize, vsize); len(value) >= bucketSize+pageHeader {
				c.look(newSpan(p.w, p.page, value[bucketSize:]), false)
			}
		case !bucket && len(key) == 8:
			c.take(revOf(key), p.bytes(pos+ksize, vsize))
		}
	}
}

// take keeps an entry if it is one. Of two versions, which old pages may still
// hold, the one whose confidential values have gone counts, and otherwise the
// later one.
func (c *carved) take(rev uint64, value []byte) {
	e, err := openEntry(idKey(rev), value)
	if err != nil {
		return
	}
	if old, ok := c.entries[rev]; ok {
		was, _ := openEntry(idKey(rev), old)
		replaces := e.kind == EntryBase || e.pruned && !was.pruned || e.at.After(was.at)
		if was.kind == EntryBase || !replaces {
			return
		}
	}
	c.entries[rev] = append([]byte{}, value...)
	if e.kind == EntryBase {
		c.base = max(c.base, rev)
	}
}

// finish finds where the journal begins: with its newest base or with revision 1.
func (c *carved) finish() error {
	c.first = max(c.base, 1)
	if _, ok := c.entries[c.first]; !ok {
		return errDamage("nothing in it can be saved")
	}
	return nil
}
