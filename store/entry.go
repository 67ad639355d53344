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
	EntryLost                        // changes that could no longer be read when the file was repaired
	EntryRedact                      // replaced confidential values taken out of history
	EntryClock                       // what somebody said about the clock
	EntryKeep                        // how long history is kept, and what holds it
)

// lastEntryKind bounds what a stored entry may be.
const lastEntryKind = EntryKeep

// String gives the word used in reports.
func (k EntryKind) String() string {
	names := [...]string{"unknown", "change", "undo", "redo", "purge", "base", "lost", "redact", "clock", "keep"}
	if int(k) < len(names) {
		return names[k]
	}
	return names[0]
}

// decrees reports whether an entry says something of the history itself, and need
// not change any record.
func (k EntryKind) decrees() bool {
	return k == EntryPurge || k == EntryRedact || k == EntryClock || k == EntryKeep
}

// Op is what an update is called.
type Op struct {
	ID      string // operation id: a repeat by the same user within a day returns the first result
	Act     string // the act's name, such as "loan.approve"; "" is named for what the entry is
	Title   string // for history and for the offer to undo: "edit Dana Reyes"
	Meeting uint64 // the meeting it was recorded in, or 0
	// Final says that others rely on it at once: a hand-over, a consent, a lock.
	// It cannot be undone; what follows is recorded instead.
	Final bool
}

// The versions of a stored entry, which is its first byte. Version 1 has a head
// of fixed parts. The head of version 2 is a list of tagged fields, of which a
// reader may pass over those that it does not know from tag 128 on.
const (
	entryFixed   = 1
	entryVersion = 2
)

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
	of      uint64      // the revision taken back; of a lost entry, the first of those it stands for
	pruned  bool        // confidential values have been removed
	data    []byte      // what a purge, redaction, clock mark or rule of keeping says
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

// each yields the changes not decoded yet; their images belong to the body. It
// reports whether all could be read.
func (e *journalEntry) each(yield func(p imagePair) bool) bool {
	if e.changes != nil {
		for _, p := range e.changes {
			if !yield(p) {
				break
			}
		}
		return true
	}
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

// readable reports whether all changes can be decoded.
func (e *journalEntry) readable() bool { return e.each(func(imagePair) bool { return true }) }

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
	changes := make([]imagePair, 0, min(e.count, len(body)/3))
	ok = e.each(func(p imagePair) bool {
		changes = append(changes, p)
		return true
	})
	e.changes, e.rest = changes, cursor{}
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
