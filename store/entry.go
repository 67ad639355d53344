package store

import (
	"encoding/binary"
	"time"

	"interlocal/model/field"
)

// EntryKind says what an entry of the journal records.
type EntryKind uint8

// What an entry may record.
const (
	EntryChange EntryKind = iota + 1 // somebody's change
	EntryUndo                        // a change taken back
	EntryRedo                        // an undo taken back
	EntryPurge                       // history removed before a date
	EntryBase                        // everything as it was when history before it was removed
)

// String gives the word used in reports.
func (k EntryKind) String() string {
	names := [...]string{"unknown", "change", "undo", "redo", "purge", "base"}
	if int(k) < len(names) {
		return names[k]
	}
	return names[0]
}

// Op is what an update is called.
type Op struct {
	ID      string // operation id: a repeat by the same user within a day returns the first result
	Title   string // for history and for the offer to undo: "edit Dana Reyes"
	Meeting uint64 // the meeting it was recorded in, or 0
	// Final says that others rely on it at once: a hand-over, a consent, a lock.
	// It cannot be undone; what follows is recorded instead.
	Final bool
}

// entryVersion is the first byte of a stored entry.
const entryVersion = 1

// Flags of a change in a stored entry.
const (
	hasBefore = 1 << iota
	hasAfter
)

// Flags of a stored entry.
const (
	isPruned = 1 << iota
	isFinal
)

// journalEntry is one revision as the journal keeps it. Images are records in
// their stored form.
type journalEntry struct {
	rev     uint64
	at      time.Time
	user    string
	actor   string
	op      Op
	kind    EntryKind
	of      uint64
	pruned  bool        // confidential values have been removed
	next    []nextID    // of a base entry
	changes []imagePair // empty when decoded by decodeHead
	rest    cursor      // the changes still to be decoded
	count   int         // how many there are
}

// nextID is the number the next record of a kind gets.
type nextID struct {
	tag  int
	next uint64
}

// imagePair is one record before and after; nil images stand for no record.
type imagePair struct {
	tag       int
	id        uint64
	before    []byte
	after     []byte
	beforeRev uint64
	afterRev  uint64
}

// encode gives the entry's stored form, without its checksum.
func (e *journalEntry) encode() []byte {
	dst := make([]byte, 0, 256+512*len(e.changes))
	flags := byte(0)
	if e.pruned {
		flags |= isPruned
	}
	if e.op.Final {
		flags |= isFinal
	}
	dst = append(dst, entryVersion, byte(e.kind), flags)
	dst = binary.AppendVarint(dst, e.at.UnixNano())
	dst = appendBytes(dst, e.user)
	dst = appendBytes(dst, e.actor)
	dst = appendBytes(dst, e.op.ID)
	dst = appendBytes(dst, e.op.Title)
	dst = binary.AppendUvarint(dst, e.op.Meeting)
	dst = binary.AppendUvarint(dst, e.of)
	dst = binary.AppendUvarint(dst, uint64(len(e.next)))
	for _, n := range e.next {
		dst = binary.AppendUvarint(binary.AppendUvarint(dst, uint64(n.tag)), n.next)
	}
	dst = binary.AppendUvarint(dst, uint64(len(e.changes)))
	for i := range e.changes {
		dst = e.changes[i].encode(dst)
	}
	return dst
}

func (p *imagePair) encode(dst []byte) []byte {
	flags := byte(0)
	if p.before != nil {
		flags |= hasBefore
	}
	if p.after != nil {
		flags |= hasAfter
	}
	dst = append(dst, flags)
	dst = binary.AppendUvarint(binary.AppendUvarint(dst, uint64(p.tag)), p.id)
	if p.before != nil {
		dst = appendBytes(binary.AppendUvarint(dst, p.beforeRev), p.before)
	}
	if p.after != nil {
		dst = appendBytes(binary.AppendUvarint(dst, p.afterRev), p.after)
	}
	return dst
}

// decodeHead reads all of an entry but its changes, which rest then yields.
func decodeHead(rev uint64, body []byte) (journalEntry, bool) {
	c := cursor{b: body}
	if c.byte() != entryVersion {
		return journalEntry{}, false
	}
	e := journalEntry{rev: rev, kind: EntryKind(c.byte())}
	flags := c.byte()
	e.pruned = flags&isPruned != 0
	e.at = time.Unix(0, c.varint()).UTC()
	e.user, e.actor = c.str(), c.str()
	e.op = Op{ID: c.str(), Title: c.str(), Meeting: c.uvarint(), Final: flags&isFinal != 0}
	e.of = c.uvarint()
	for n := c.uvarint(); n > 0 && !c.bad; n-- {
		e.next = append(e.next, nextID{int(c.uvarint()), c.uvarint()})
	}
	e.count = int(c.uvarint())
	e.rest = c
	return e, !c.bad && e.kind >= EntryChange && e.kind <= EntryBase && e.count >= 0
}

// each yields the changes not decoded yet; their images belong to the body. It
// reports whether all could be read.
func (e *journalEntry) each(yield func(p imagePair) bool) bool {
	c := e.rest
	for range e.count {
		p, ok := decodePair(&c)
		if !ok {
			return false
		}
		if !yield(p) {
			return true
		}
	}
	return len(c.b) == 0
}

func decodePair(c *cursor) (imagePair, bool) {
	flags := c.byte()
	p := imagePair{tag: int(c.uvarint()), id: c.uvarint()}
	if flags&hasBefore != 0 {
		p.beforeRev = c.uvarint()
		p.before = c.bytes()
	}
	if flags&hasAfter != 0 {
		p.afterRev = c.uvarint()
		p.after = c.bytes()
	}
	return p, !c.bad && flags&^(hasBefore|hasAfter) == 0
}

// decodeEntry reads a whole entry; its images belong to body.
func decodeEntry(rev uint64, body []byte) (journalEntry, bool) {
	e, ok := decodeHead(rev, body)
	if !ok {
		return e, false
	}
	e.changes = make([]imagePair, 0, min(e.count, len(body)/3))
	ok = e.each(func(p imagePair) bool {
		e.changes = append(e.changes, p)
		return true
	})
	e.rest = cursor{}
	return e, ok
}

// unpackImage makes a record of a stored form; nil for no image.
func unpackImage(k *field.Kind, id uint64, image []byte) (any, error) {
	if image == nil {
		return nil, nil
	}
	rec := k.New()
	err := k.Unpack(rec, id, string(image))
	return rec, err
}
