package store

import (
	"encoding/binary"
	"time"
)

// Tags of the fields in an entry's head. A tag is never used for anything else.
// Those from optionalTag on may be passed over by a program that does not know
// them.
const (
	tagEnd = iota
	tagAt
	tagUser
	tagActor
	tagOp
	tagTitle
	tagMeeting
	tagOf
	tagFlags
	tagNext
	tagAct
	tagData

	optionalTag = 128
)

// encode gives the entry's stored form, without its checksum.
func (e *journalEntry) encode() []byte {
	dst := append(make([]byte, 0, 256+512*len(e.changes)), entryVersion, byte(e.kind))
	flags := uint64(0)
	if e.pruned {
		flags |= isPruned
	}
	if e.op.Final {
		flags |= isFinal
	}
	dst = appendField(dst, tagAt, binary.AppendVarint(nil, e.at.UnixNano()))
	dst = appendField(dst, tagUser, []byte(e.user))
	dst = appendField(dst, tagActor, []byte(e.actor))
	dst = appendField(dst, tagOp, []byte(e.op.ID))
	dst = appendField(dst, tagAct, []byte(e.op.Act))
	dst = appendField(dst, tagTitle, []byte(e.op.Title))
	dst = appendNumber(dst, tagMeeting, e.op.Meeting)
	dst = appendNumber(dst, tagOf, e.of)
	dst = appendNumber(dst, tagFlags, flags)
	dst = appendField(dst, tagNext, encodeNext(e.next))
	dst = append(appendField(dst, tagData, e.data), tagEnd)
	dst = binary.AppendUvarint(dst, uint64(len(e.changes)))
	for i := range e.changes {
		dst = e.changes[i].encode(dst)
	}
	return dst
}

// appendField adds a field to a head unless it says nothing.
func appendField(dst []byte, tag uint64, value []byte) []byte {
	if len(value) == 0 {
		return dst
	}
	return appendBytes(binary.AppendUvarint(dst, tag), value)
}

func appendNumber(dst []byte, tag, n uint64) []byte {
	if n == 0 {
		return dst
	}
	return appendField(dst, tag, binary.AppendUvarint(nil, n))
}

func encodeNext(list []nextID) (dst []byte) {
	for _, n := range list {
		dst = binary.AppendUvarint(binary.AppendUvarint(dst, uint64(n.tag)), n.next)
	}
	return dst
}

// decodeHead reads all of an entry but its changes, which rest then yields.
func decodeHead(rev uint64, body []byte) (journalEntry, bool) {
	c := cursor{b: body}
	e, known := journalEntry{rev: rev}, true
	switch c.byte() {
	case entryFixed:
		e.decodeFixed(&c)
	case entryVersion:
		e.kind = EntryKind(c.byte())
		for tag := c.uvarint(); tag != tagEnd && !c.bad; tag = c.uvarint() {
			known = e.decodeField(&c, tag) && known
		}
	default:
		return e, false
	}
	e.count = int(c.uvarint())
	e.rest = c
	return e, !c.bad && known && e.kind >= EntryChange && e.kind <= lastEntryKind && e.count >= 0
}

// decodeFixed reads a head of version 1.
func (e *journalEntry) decodeFixed(c *cursor) {
	e.kind = EntryKind(c.byte())
	flags := c.byte()
	e.pruned = flags&isPruned != 0
	e.at = time.Unix(0, c.varint()).UTC()
	e.user, e.actor = c.str(), c.str()
	e.op = Op{ID: c.str(), Title: c.str(), Meeting: c.uvarint(), Final: flags&isFinal != 0}
	e.of = c.uvarint()
	for n := c.uvarint(); n > 0 && !c.bad; n-- {
		e.next = append(e.next, nextID{int(c.uvarint()), c.uvarint()})
	}
}

// decodeField reads a field of a head; it is false for one that has to be known
// and is not, or cannot be read.
func (e *journalEntry) decodeField(c *cursor, tag uint64) bool {
	f := cursor{b: c.bytes()}
	switch tag {
	case tagAt:
		e.at = time.Unix(0, f.varint()).UTC()
	case tagUser:
		e.user = string(f.b)
	case tagActor:
		e.actor = string(f.b)
	case tagOp:
		e.op.ID = string(f.b)
	case tagAct:
		e.op.Act = string(f.b)
	case tagTitle:
		e.op.Title = string(f.b)
	case tagMeeting:
		e.op.Meeting = f.uvarint()
	case tagOf:
		e.of = f.uvarint()
	case tagFlags:
		flags := f.uvarint()
		e.pruned, e.op.Final = flags&isPruned != 0, flags&isFinal != 0
	case tagNext:
		for len(f.b) > 0 && !f.bad {
			e.next = append(e.next, nextID{int(f.uvarint()), f.uvarint()})
		}
	case tagData:
		e.data = f.b
	default:
		return tag >= optionalTag
	}
	return !f.bad
}
