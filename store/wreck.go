package store

import (
	"bytes"
	"context"
	"encoding/binary"
	"slices"
	"strconv"
	"strings"
)

// wreck is what can be read of a file that may be damaged. Nothing in the file is
// trusted but what bears a checksum that fits.
type wreck struct {
	*layout
	w        *pageWalk
	trusted  bool // a header leads to the tree, and no newer one is lost
	info     fileInfo
	named    bool // info could be read
	head     head
	headed   bool // head could be read
	pruned   uint64
	ruled    map[string][]byte // other parts of the description
	entries  map[uint64][]byte // of the journal, sealed, by revision
	unread   map[uint64]bool   // revisions whose entries stand there and cannot be read
	tables   map[tagID]image
	broken   map[tagID]bool               // records whose numbers stand there and that cannot be read
	followed map[string]bool              // buckets all pages of which could be followed
	whole    map[string]bool              // those of them in which all could be read
	boxes    map[string]map[string][]byte // drafts, preferences and remembered operations
	boxesBad int
	done     map[uint64]bool // leaf pages whose values have been taken
}

// openWreck reads a file by its tree, and by all its pages where the tree is
// broken.
func openWreck(ctx context.Context, path string, l *layout) (*wreck, error) {
	w, err := openPages(path)
	if err != nil {
		return nil, err
	}
	defer w.f.Close()
	g := &wreck{layout: l, w: w, ruled: map[string][]byte{}, entries: map[uint64][]byte{}, unread: map[uint64]bool{},
		tables: map[tagID]image{}, broken: map[tagID]bool{}, followed: map[string]bool{}, whole: map[string]bool{},
		boxes: map[string]map[string][]byte{}, done: map[uint64]bool{}}
	err = guard(func() error {
		if err := g.byTree(ctx); err != nil {
			return err
		}
		if g.intact() {
			return nil
		}
		return g.byPages(ctx)
	})
	return g, err
}

// intact reports whether the tree led to all there was, so that pages which it
// does not lead to hold nothing but the past.
func (g *wreck) intact() bool {
	if !g.trusted || !g.headed || !g.whole[bucketJournal] {
		return false
	}
	for i := range g.kinds {
		if !g.whole[string(g.kinds[i].bucket)] {
			return false
		}
	}
	return true
}

// byTree follows the newest header that can be read, past what cannot be.
func (g *wreck) byTree(ctx context.Context) error {
	if err := g.w.readMeta(); err != nil || g.w.meta.high < 3 || g.w.meta.high > 1<<32 {
		return nil
	}
	g.trusted = !g.w.lastLost
	g.w.used = make([]bool, g.w.meta.high)
	list := g.buckets(ctx)
	for _, b := range list {
		followed, whole := g.contents(ctx, b, g.taker(b.name))
		_, twice := g.followed[b.name]
		g.followed[b.name] = followed && b.sure && !twice
		g.whole[b.name] = g.followed[b.name] && whole
	}
	if g.headed && len(list) > 0 && list[0].sure {
		g.skipNewKinds()
	}
	return ctx.Err()
}

// skipNewKinds takes the tables of kinds that the file never had for read: they are
// newer than the file.
func (g *wreck) skipNewKinds() {
	for i := range g.kinds {
		name := string(g.kinds[i].bucket)
		had := slices.ContainsFunc(g.head.next, func(n nextID) bool { return n.tag == g.kinds[i].Tag })
		if _, there := g.followed[name]; !there && !had {
			g.followed[name], g.whole[name] = true, true
		}
	}
}

// foundBucket is a bucket that the tree leads to.
type foundBucket struct {
	name   string
	root   uint64
	inline *span
	sure   bool // all buckets could be found
}

// buckets lists the buckets that the root of the tree leads to.
func (g *wreck) buckets(ctx context.Context) (out []foundBucket) {
	followed, whole := g.tree(ctx, g.w.meta.root, func(p *span, i int) bool {
		flags, key, value, ok := p.element(i)
		if !ok || flags != bucketElement || len(value) < bucketSize {
			return false
		}
		b := foundBucket{name: string(key), root: binary.NativeEndian.Uint64(value)}
		if b.root == 0 && len(value) >= bucketSize+pageHeader {
			b.inline = newSpan(g.w, p.page, value[bucketSize:])
		}
		out = append(out, b)
		return true
	})
	for i := range out {
		out[i].sure = followed && whole
	}
	return out
}

// contents hands out the elements of a bucket.
func (g *wreck) contents(ctx context.Context, b foundBucket, take func(p *span, i int) bool) (followed, whole bool) {
	if b.inline == nil {
		return g.tree(ctx, b.root, take)
	}
	end, tight := b.inline.tight()
	whole = tight && end == b.inline.length
	for i := range b.inline.count {
		whole = take(b.inline, i) && whole
	}
	return true, whole
}

// tree hands out the elements of all leaves under a page. It reports whether every
// page could be followed, and whether every element was taken as well.
func (g *wreck) tree(ctx context.Context, root uint64, take func(p *span, i int) bool) (followed, whole bool) {
	followed, whole = true, true
	todo := []uint64{root}
	for len(todo) > 0 && ctx.Err() == nil {
		page := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		p, err := g.w.open(page)
		switch {
		case err == nil && p.flags == branchPage:
			children, ok := p.children()
			followed, todo = followed && ok, append(todo, children...)
		case err == nil && p.flags == leafPage:
			g.done[page] = true
			p.head = bytes.Clone(p.head)
			_, tight := p.tight()
			whole = whole && tight
			for i := range p.count {
				whole = take(p, i) && whole
			}
		default:
			followed = false
		}
	}
	return followed, whole && followed
}

// children lists what a branch leads to, past elements that cannot be read.
func (p *span) children() (out []uint64, whole bool) {
	whole = true
	var before []byte
	for i := range p.count {
		off := int64(pageHeader + i*elementSize)
		e := p.bytes(off, elementSize)
		if e == nil {
			return out, false
		}
		key := p.bytes(off+int64(binary.NativeEndian.Uint32(e)), int64(binary.NativeEndian.Uint32(e[4:])))
		whole = whole && inOrder(key, before, subtree{})
		before = key
		out = append(out, binary.NativeEndian.Uint64(e[8:]))
	}
	return out, whole && p.count > 0
}

// element reads one element of a leaf.
func (p *span) element(i int) (flags uint32, key, value []byte, ok bool) {
	ne, off := binary.NativeEndian, int64(pageHeader+i*elementSize)
	e := p.bytes(off, elementSize)
	if e == nil {
		return 0, nil, nil, false
	}
	flags = ne.Uint32(e)
	pos, ksize, vsize := off+int64(ne.Uint32(e[4:])), int64(ne.Uint32(e[8:])), int64(ne.Uint32(e[12:]))
	key, value = p.bytes(pos, ksize), p.bytes(pos+ksize, vsize)
	return flags, key, value, key != nil && (value != nil || vsize == 0)
}

// taker gives the function that takes the elements of a bucket.
func (g *wreck) taker(bucket string) func(p *span, i int) bool {
	var take func(key, value []byte) bool
	tag, err := strconv.Atoi(strings.TrimPrefix(bucket, kindPrefix))
	switch {
	case bucket == bucketMeta:
		take = g.takeMeta
	case bucket == bucketJournal:
		take = g.takeEntry
	case bucket == bucketDrafts || bucket == bucketPrefs || bucket == bucketOps:
		take = g.boxTaker(bucket)
	case strings.HasPrefix(bucket, kindPrefix) && err == nil:
		take = g.recordTaker(tag)
	default:
		return func(*span, int) bool { return true }
	}
	return func(p *span, i int) bool {
		flags, key, value, ok := p.element(i)
		return ok && flags == 0 && take(key, value)
	}
}

func (g *wreck) takeMeta(key, value []byte) bool {
	body, ok := unseal(key, value)
	if !ok {
		return false
	}
	c := cursor{b: body}
	switch string(key) {
	case metaFile:
		g.named = copy(g.info.id[:], body) == len(g.info.id)
	case metaHead:
		h, err := decodeFileHead(body)
		g.head, g.headed = h, err == nil
	case metaPruned:
		g.pruned = c.uvarint()
	case metaFormat:
		g.info.format = int(c.uvarint())
	case metaCreated:
		g.info.created = unixTime(c.varint())
	default:
		g.ruled[string(key)] = bytes.Clone(body)
	}
	return true
}

func (g *wreck) takeEntry(key, value []byte) bool {
	if len(key) != 8 {
		return false
	}
	e, err := openEntry(key, value)
	if err != nil || !e.readable() {
		g.unread[revOf(key)] = true
		return false
	}
	g.entries[revOf(key)] = bytes.Clone(value)
	return true
}

func (g *wreck) recordTaker(tag int) func(key, value []byte) bool {
	return func(key, value []byte) bool {
		if len(key) != 8 {
			return false
		}
		id := tagID{tag, revOf(key)}
		rec, _, ok := openImage(tag, id.id, value)
		if !ok {
			g.broken[id] = true
			return false
		}
		g.tables[id] = rec
		return true
	}
}

// openImage reads a stored record; sure says that it is of this kind.
func openImage(tag int, id uint64, value []byte) (rec image, sure, ok bool) {
	body, sure, ok := unsealRecord(tag, id, value)
	rev, n := binary.Uvarint(body)
	if !ok || n <= 0 {
		return image{}, false, false
	}
	return image{bytes.Clone(body[n:]), rev}, sure, true
}

func (g *wreck) boxTaker(bucket string) func(key, value []byte) bool {
	g.boxes[bucket] = map[string][]byte{}
	return func(key, value []byte) bool {
		if _, ok := unseal(key, value); !ok {
			g.boxesBad++
			return false
		}
		g.boxes[bucket][string(key)] = bytes.Clone(value)
		return true
	}
}

// errNothing is what is said of a file in which nothing is left.
func errNothing() error { return errDamage("nothing in it can be saved") }
