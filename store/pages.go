package store

import (
	"bytes"
	"encoding/binary"
	"errors"
	"hash/fnv"
	"os"
	"strconv"

	"interlocal/model/failure"
)

// A bbolt file is a tree of pages, each a header and a run of elements. bbolt
// trusts them: a flipped bit in a page number can send it in circles, and a
// wrong list of free pages makes it overwrite records. So before bbolt reads a page,
// it has been walked, and before it writes, verifyPages has walked everything that
// the newest header leads to, and accepted the file only when each page is reached
// exactly once, all keys are in order and where their parents say, and every other
// page is listed as free; see verification for what is walked when. What is inside
// the values is left to their checksums.
//
// The layout is that of bbolt's version 2 files, in the machine's byte order. A file
// of a later version is not walked, since nothing is known of it, but refused.
const (
	pageHeader  = 16 // id, flags, count, overflow
	elementSize = 16
	metaSize    = 64
	bucketSize  = 16 // root page and sequence of a nested bucket

	branchPage   = 0x01
	leafPage     = 0x02
	freelistPage = 0x10

	bucketElement = 0x01

	boltMagic   = 0xED0CDAED
	boltVersion = 2
	noFreelist  = 1<<64 - 1
)

// pageMeta is one of the two headers of a file.
type pageMeta struct {
	pageSize int64
	root     uint64
	freelist uint64
	high     uint64 // number of pages
	txid     uint64
}

// pageWalk checks one file.
type pageWalk struct {
	f    *os.File
	size int64
	meta pageMeta
	used []bool
	todo []subtree
	buf  []byte // the page being checked, unless it is a branch
	free int

	later func(bucket string) bool // which buckets are put aside; nil for none
	aside map[string]uint64        // the first page of each

	lastLost bool // the header of the last change is damaged
}

// subtree is a page still to be visited, with the bounds of its keys: from low
// on, and below high unless that is nil.
type subtree struct {
	page      uint64
	low, high []byte
}

// verifyPages checks the structure of a file that nobody writes to.
func verifyPages(path string) error {
	w, err := walkPages(path)
	if err != nil {
		return err
	}
	if w.lastLost {
		return errLastLost()
	}
	return nil
}

func errLastLost() error {
	return failure.New(failure.Damaged, "the header of its last change cannot be read; restoring the file from "+
		"itself brings back what can be")
}

// openPages opens a file to read its pages; the caller closes it.
func openPages(path string) (*pageWalk, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	info, err := f.Stat()
	if err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return &pageWalk{f: f, size: info.Size()}, nil
}

// walkPages checks what the newest header that can be read leads to.
func walkPages(path string) (*pageWalk, error) {
	w, err := openPages(path)
	if err != nil {
		return nil, err
	}
	defer w.f.Close()
	if err := w.readMeta(); err != nil {
		return nil, err
	}
	return w, w.walk()
}

// readMeta finds the newest header. When the other one is damaged and was newer,
// bbolt would go back a change without a word; lastLost notes it.
func (w *pageWalk) readMeta() error {
	if w.size == 0 {
		return errDamage("it is empty")
	}
	first, ok := metaAt(w.f, 0)
	if !ok {
		return w.readSecondMeta()
	}
	w.meta = first
	switch second, ok := metaAt(w.f, first.pageSize); {
	case ok && second.txid > first.txid:
		w.meta = second
	case !ok:
		w.lastLost = !isOlder(w.f, first.pageSize, first.txid)
	}
	return nil
}

// readSecondMeta finds the header on the second page, of whatever size.
func (w *pageWalk) readSecondMeta() error {
	for size := int64(1024); size <= 64<<10; size *= 2 {
		if m, ok := metaAt(w.f, size); ok && m.pageSize == size {
			w.meta, w.lastLost = m, !isOlder(w.f, 0, m.txid)
			return nil
		}
	}
	var b [metaSize]byte
	w.f.ReadAt(b[:], pageHeader) // what cannot be read is not the magic number
	ne := binary.NativeEndian
	if ne.Uint32(b[:]) != boltMagic {
		return errForeign()
	}
	if ne.Uint32(b[4:]) > boltVersion && ne.Uint64(b[56:]) == metaSum(b) {
		return errNewer()
	}
	return errDamage("its header cannot be read")
}

// metaAt reads a header; ok is false when it does not fit its checksum.
func metaAt(f *os.File, off int64) (m pageMeta, ok bool) {
	var b [metaSize]byte
	if _, err := f.ReadAt(b[:], off+pageHeader); err != nil {
		return m, false
	}
	return parseMeta(b)
}

func parseMeta(b [metaSize]byte) (m pageMeta, ok bool) {
	ne := binary.NativeEndian
	m = pageMeta{pageSize: int64(ne.Uint32(b[8:])), root: ne.Uint64(b[16:]), freelist: ne.Uint64(b[32:]),
		high: ne.Uint64(b[40:]), txid: ne.Uint64(b[48:])}
	return m, ne.Uint32(b[0:]) == boltMagic && ne.Uint32(b[4:]) == boltVersion && ne.Uint64(b[56:]) == metaSum(b) &&
		m.pageSize >= 1024 && m.pageSize <= 64<<10
}

func metaSum(b [metaSize]byte) uint64 {
	sum := fnv.New64a()
	sum.Write(b[:56])
	return sum.Sum64()
}

// isOlder reports whether the damaged header at off is the one before txid, so
// that nothing is lost with it.
func isOlder(f *os.File, off int64, txid uint64) bool {
	var b [metaSize]byte
	if _, err := f.ReadAt(b[:], off+pageHeader); err != nil {
		return false
	}
	if binary.NativeEndian.Uint64(b[48:]) == txid-1 {
		return true
	}
	binary.NativeEndian.PutUint64(b[48:], txid-1)
	_, ok := parseMeta(b)
	return ok
}

func (w *pageWalk) walk() error {
	if err := w.start(); err != nil {
		return err
	}
	if err := w.down(0); err != nil {
		return err
	}
	return w.finish()
}

// start checks what the header says and marks the pages that are listed as free.
func (w *pageWalk) start() error {
	if w.meta.high < 3 || w.meta.high > 1<<40 || int64(w.meta.high)*w.meta.pageSize > w.size {
		return errDamage("it is cut short")
	}
	w.used = make([]bool, w.meta.high)
	w.used[0], w.used[1] = true, true
	w.todo, w.aside = []subtree{{page: w.meta.root}}, map[string]uint64{}
	if w.meta.freelist == noFreelist {
		return nil // bbolt then works out what is free
	}
	return w.visitFreelist()
}

// down visits pages until no more than some are left to be visited.
func (w *pageWalk) down(left int) error {
	for len(w.todo) > left {
		if err := w.next(); err != nil {
			return err
		}
	}
	return nil
}

// next visits one page.
func (w *pageWalk) next() error {
	t := w.todo[len(w.todo)-1]
	w.todo = w.todo[:len(w.todo)-1]
	return w.visit(t)
}

// finish looks for pages that nothing leads to, once all have been visited.
func (w *pageWalk) finish() error {
	if w.meta.freelist == noFreelist {
		return nil
	}
	for page, used := range w.used {
		if !used {
			return w.bad(uint64(page))
		}
	}
	return nil
}

func (w *pageWalk) bad(page uint64) error {
	return errDamage("page " + strconv.FormatUint(page, 10) + " is not what it should be")
}

// span is a page with its overflow, read as far as needed.
type span struct {
	w        *pageWalk
	page     uint64
	flags    uint16
	count    int
	overflow uint64
	length   int64
	head     []byte // its first page, or all of an inline bucket
}

// open reads a page's header and marks its pages as used.
func (w *pageWalk) open(page uint64) (*span, error) {
	if page < 2 || page >= w.meta.high {
		return nil, w.bad(page)
	}
	if int64(len(w.buf)) != w.meta.pageSize {
		w.buf = make([]byte, w.meta.pageSize)
	}
	head := w.buf
	if _, err := w.f.ReadAt(head, int64(page)*w.meta.pageSize); err != nil {
		return nil, err
	}
	p := newSpan(w, page, head)
	if p.flags == branchPage {
		p.head = bytes.Clone(head) // its keys are kept as bounds
	}
	if binary.NativeEndian.Uint64(head) != page || page+p.overflow >= w.meta.high {
		return nil, w.bad(page)
	}
	p.length = int64(p.overflow+1) * w.meta.pageSize
	for i := page; i <= page+p.overflow; i++ {
		if w.used[i] {
			return nil, w.bad(i)
		}
		w.used[i] = true
	}
	return p, nil
}

func newSpan(w *pageWalk, page uint64, head []byte) *span {
	ne := binary.NativeEndian
	return &span{w: w, page: page, flags: ne.Uint16(head[8:]), count: int(ne.Uint16(head[10:])),
		overflow: uint64(ne.Uint32(head[12:])), length: int64(len(head)), head: head}
}

// bytes gives n bytes at an offset in the span; nil when they are not inside.
func (p *span) bytes(off, n int64) []byte {
	if off < 0 || n < 0 || off > p.length || n > p.length-off {
		return nil
	}
	if off+n <= int64(len(p.head)) {
		return p.head[off : off+n]
	}
	out := make([]byte, n)
	if _, err := p.w.f.ReadAt(out, int64(p.page)*p.w.meta.pageSize+off); err != nil {
		return nil
	}
	return out
}

// visit checks a branch or leaf page and notes what it leads to.
func (w *pageWalk) visit(t subtree) error {
	p, err := w.open(t.page)
	if err != nil {
		return err
	}
	switch {
	case p.flags == branchPage && p.count > 0:
		return w.visitBranch(p, t)
	case p.flags == leafPage:
		return w.visitLeaf(p, t, true)
	}
	return w.bad(t.page)
}

// inOrder checks that a key follows the one before and lies within bounds.
func inOrder(key, before []byte, t subtree) bool {
	return len(key) > 0 && (before == nil || bytes.Compare(before, key) < 0) &&
		bytes.Compare(t.low, key) <= 0 && (t.high == nil || bytes.Compare(key, t.high) < 0)
}

func (w *pageWalk) visitBranch(p *span, t subtree) error {
	ne := binary.NativeEndian
	var before []byte
	children := make([]subtree, p.count)
	for i := range p.count {
		off := int64(pageHeader + i*elementSize)
		e := p.bytes(off, elementSize)
		if e == nil {
			return w.bad(p.page)
		}
		key := p.bytes(off+int64(ne.Uint32(e)), int64(ne.Uint32(e[4:])))
		if !inOrder(key, before, t) {
			return w.bad(p.page)
		}
		children[i] = subtree{page: ne.Uint64(e[8:]), low: key, high: t.high}
		if i > 0 {
			children[i-1].high = key
		}
		before = key
	}
	for i := len(children) - 1; i >= 0; i-- { // visited first to last
		w.todo = append(w.todo, children[i])
	}
	return nil
}

// tight gives where the elements of a leaf end. They lie one behind the other from where
// their list ends, as the database writes them; ok is false where they do not, as when
// their number is not what it was, which no checksum covers.
func (p *span) tight() (end int64, ok bool) {
	ne := binary.NativeEndian
	end = int64(pageHeader + p.count*elementSize)
	for i := range p.count {
		off := int64(pageHeader + i*elementSize)
		e := p.bytes(off, elementSize)
		if e == nil || off+int64(ne.Uint32(e[4:])) != end {
			return 0, false
		}
		end += int64(ne.Uint32(e[8:])) + int64(ne.Uint32(e[12:]))
	}
	return end, end <= p.length
}

// visitLeaf checks a leaf; nested says whether it may hold buckets. One inside its parent's
// value ends with that, and none but the root of a file without buckets is empty.
func (w *pageWalk) visitLeaf(p *span, t subtree, nested bool) error {
	if end, ok := p.tight(); !ok || !nested && end != p.length || nested && p.count == 0 && t.page != w.meta.root {
		return w.bad(p.page)
	}
	ne := binary.NativeEndian
	var before []byte
	for i := range p.count {
		off := int64(pageHeader + i*elementSize)
		e := p.bytes(off, elementSize)
		if e == nil {
			return w.bad(p.page)
		}
		flags, pos := ne.Uint32(e), off+int64(ne.Uint32(e[4:]))
		ksize, vsize := int64(ne.Uint32(e[8:])), int64(ne.Uint32(e[12:]))
		key := p.bytes(pos, ksize)
		if !inOrder(key, before, t) || vsize > p.length-pos-ksize || flags > bucketElement {
			return w.bad(p.page)
		}
		if flags == bucketElement {
			if !nested {
				return w.bad(p.page)
			}
			if err := w.visitBucket(p, string(key), pos+ksize, vsize); err != nil {
				return err
			}
		}
		before = key
	}
	return nil
}

// visitBucket follows a nested bucket, which is a tree of its own or, when
// small, a leaf inside its parent's value.
func (w *pageWalk) visitBucket(p *span, name string, off, size int64) error {
	value := p.bytes(off, size)
	if len(value) < bucketSize {
		return w.bad(p.page)
	}
	if root := binary.NativeEndian.Uint64(value); root != 0 {
		if w.later != nil && w.later(name) {
			w.aside[name] = root
			return nil
		}
		w.todo = append(w.todo, subtree{page: root})
		return nil
	}
	if len(value) < bucketSize+pageHeader {
		return w.bad(p.page)
	}
	inline := newSpan(w, p.page, value[bucketSize:])
	if inline.flags != leafPage {
		return w.bad(p.page)
	}
	return w.visitLeaf(inline, subtree{}, false)
}

// visitFreelist marks the pages listed as free; none of them may be in use.
func (w *pageWalk) visitFreelist() error {
	p, err := w.open(w.meta.freelist)
	if err != nil {
		return err
	}
	off, count := int64(pageHeader), int64(p.count)
	if count == 0xFFFF {
		first := p.bytes(off, 8)
		if first == nil {
			return w.bad(p.page)
		}
		off, count = off+8, int64(binary.NativeEndian.Uint64(first))
	}
	if p.flags != freelistPage || count < 0 || count > int64(w.meta.high) {
		return w.bad(p.page)
	}
	list := p.bytes(off, 8*count)
	if list == nil && count > 0 {
		return w.bad(p.page)
	}
	w.free = int(count)
	for ; len(list) > 0; list = list[8:] {
		page := binary.NativeEndian.Uint64(list)
		if page < 2 || page >= w.meta.high || w.used[page] {
			return w.bad(p.page)
		}
		w.used[page] = true
	}
	return nil
}
