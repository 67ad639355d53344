package store

import (
	"bytes"
	"cmp"
	"context"
	"io"
	"os"
	"slices"
)

// orphan is a leaf that no tree leads to, which may hold records.
type orphan struct {
	recs []orphanRecord
}

// orphanRecord is a record that nothing leads to. Those of format 1 do not tell
// their kind; their tag is 0.
type orphanRecord struct {
	tag int
	id  uint64
	image
}

// byPages looks through all pages for what the tree does not lead to. Entries of
// the journal carry their numbers and a mark of their own, records their kind.
func (g *wreck) byPages(ctx context.Context) error {
	if g.w.meta.pageSize == 0 {
		g.w.meta.pageSize = int64(os.Getpagesize()) // the header is gone; most files are of this machine
	}
	size, first := g.w.meta.pageSize, g.firstKept()
	var orphans []orphan
	head := make([]byte, size)
	for page := int64(0); page*size < g.w.size; page++ {
		if err := ctx.Err(); err != nil {
			return err
		}
		n, err := g.w.f.ReadAt(head, page*size)
		if err != nil && err != io.EOF {
			continue // a sector that cannot be read
		}
		if n < pageHeader {
			break
		}
		p := newSpan(g.w, uint64(page), head[:n])
		if g.done[p.page] || p.flags != leafPage {
			continue
		}
		p.length = min(int64(p.overflow+1)*size, g.w.size-page*size)
		orphans = append(orphans, g.look(p, first)...)
	}
	for _, o := range orphans {
		g.adopt(o)
	}
	return nil
}

// firstKept is the revision with which the history on file begins: what is older
// has been removed, and old pages that still hold it are not read.
func (g *wreck) firstKept() uint64 {
	first := uint64(1)
	for rev, value := range g.entries {
		if e, err := openEntry(idKey(rev), value); err == nil && e.kind == EntryBase {
			first = max(first, rev)
		}
	}
	if !g.followed[bucketJournal] {
		return first
	}
	least := uint64(1<<64 - 1)
	for rev := range g.entries {
		least = min(least, rev)
	}
	for rev := range g.unread {
		least = min(least, rev)
	}
	if least == 1<<64-1 {
		return first
	}
	return max(first, least)
}

// look takes the entries out of a leaf, and out of small buckets inside it, and
// gives what may be records. A bucket's name tells the kind of what is in it.
func (g *wreck) look(p *span, first uint64) (out []orphan) {
	var own orphan
	for i := range p.count {
		flags, key, value, ok := p.element(i)
		switch {
		case !ok:
		case flags == bucketElement && len(value) >= bucketSize+pageHeader:
			if inside := g.within(string(key), newSpan(g.w, p.page, value[bucketSize:]), first); len(inside.recs) > 0 {
				out = append(out, inside)
			}
		case flags == 0 && len(key) == 8 && !g.foundEntry(revOf(key), value, first):
			if rec, ok := g.lostRecord(revOf(key), value); ok && g.reached(rec.rev) {
				own.recs = append(own.recs, rec)
			}
		}
	}
	if len(own.recs) > 0 {
		out = append(out, own)
	}
	return out
}

// within is look at a small bucket that lies inside a leaf.
func (g *wreck) within(bucket string, p *span, first uint64) (out orphan) {
	tag := 0
	for i := range g.kinds {
		if string(g.kinds[i].bucket) == bucket {
			tag = g.kinds[i].Tag
		}
	}
	for i := range p.count {
		flags, key, value, ok := p.element(i)
		if !ok || flags != 0 || len(key) != 8 || g.foundEntry(revOf(key), value, first) || tag == 0 {
			continue
		}
		if rec, _, ok := openImage(tag, revOf(key), value); ok && g.reached(rec.rev) {
			out.recs = append(out.recs, orphanRecord{tag, revOf(key), rec})
		}
	}
	return out
}

// reached reports whether a revision came about, as far as the header tells:
// pages of a change that was refused may hold later ones.
func (g *wreck) reached(rev uint64) bool { return !g.headed || rev <= g.head.rev || !g.trusted }

// foundEntry keeps an entry if it is one. Of two versions, which old pages may
// still hold, the one whose confidential values have gone counts, and otherwise
// the later one. What is known to have been removed is not brought back.
func (g *wreck) foundEntry(rev uint64, value []byte, first uint64) bool {
	e, err := openEntry(idKey(rev), value)
	if err != nil || !e.readable() {
		return false
	}
	tooOld := rev < first || rev <= g.pruned && !e.pruned
	tooNew := g.trusted && g.headed && rev > g.head.rev // refused because the disk was full
	if tooOld || tooNew {
		return true
	}
	if old, ok := g.entries[rev]; ok {
		was, _ := openEntry(idKey(rev), old)
		replaces := e.kind == EntryBase || e.pruned && !was.pruned || e.at.After(was.at)
		if was.kind == EntryBase || !replaces {
			return true
		}
	}
	g.entries[rev] = bytes.Clone(value)
	return true
}

// lostRecord reads a record whose kind nothing but itself can tell.
func (g *wreck) lostRecord(id uint64, value []byte) (orphanRecord, bool) {
	unsure, found := orphanRecord{}, false
	for i := range g.kinds {
		tag := g.kinds[i].Tag
		switch rec, sure, ok := openImage(tag, id, value); {
		case sure:
			return orphanRecord{tag, id, rec}, true
		case ok:
			unsure, found = orphanRecord{0, id, rec}, true
		}
	}
	return unsure, found
}

// adopt takes the records of a leaf whose kind can be told.
func (g *wreck) adopt(o orphan) {
	usual, known := 0, false
	if slices.ContainsFunc(o.recs, func(r orphanRecord) bool { return r.tag == 0 }) {
		usual, known = g.tagOf(o)
	}
	for _, r := range o.recs {
		if r.tag == 0 && !known {
			continue
		}
		key := tagID{cmp.Or(r.tag, usual), r.id}
		if was, there := g.tables[key]; !g.whole[string(kindBucket(key.tag))] && (!there || was.rev < r.rev) {
			g.tables[key] = r.image
		}
	}
}

// tagOf tells the kind of a leaf's records: by one of them that says so itself, by
// an entry that made one of them, or because no other kind could hold them.
func (g *wreck) tagOf(o orphan) (tag int, ok bool) {
	for _, r := range o.recs {
		if r.tag != 0 {
			return r.tag, true
		}
		e, err := openEntry(idKey(r.rev), g.entries[r.rev])
		if err != nil {
			continue
		}
		e.each(func(p imagePair) bool {
			if p.id == r.id && p.after != nil && bytes.Equal(p.after, r.data) {
				tag, ok = p.tag, true
			}
			return !ok
		})
		if ok {
			return tag, true
		}
	}
	var fits []int
	for i := range g.kinds {
		if !g.whole[string(g.kinds[i].bucket)] && !slices.ContainsFunc(o.recs, func(r orphanRecord) bool {
			_, err := unpackImage(g.kinds[i].Kind, r.id, r.data)
			return err != nil
		}) {
			fits = append(fits, g.kinds[i].Tag)
		}
	}
	if len(fits) != 1 {
		return 0, false
	}
	return fits[0], true
}
