package store

import (
	"encoding/binary"
	"hash/crc32"
	"strconv"
)

// Names of the buckets in the file. Each kind has one more, named by its tag.
const (
	bucketMeta    = "meta"
	bucketJournal = "journal"
	bucketTrail   = "trail"
	bucketOps     = "ops"
	bucketDrafts  = "drafts"
	bucketPrefs   = "prefs"
	kindPrefix    = "kind-"
)

func fixedBuckets() []string {
	return []string{bucketMeta, bucketJournal, bucketTrail, bucketOps, bucketDrafts, bucketPrefs}
}

func kindBucket(tag int) []byte { return []byte(kindPrefix + strconv.Itoa(tag)) }

// checksumSize is what [seal] adds to a value.
const checksumSize = 4

func checksum(key, body []byte) uint32 {
	table := crc32.MakeTable(crc32.Castagnoli)
	return crc32.Update(crc32.Checksum(key, table), table, body)
}

// seal appends a checksum over key and value, so that neither a flipped bit nor
// a value under the wrong key goes unnoticed.
func seal(key, body []byte) []byte {
	return binary.LittleEndian.AppendUint32(body, checksum(key, body))
}

// unseal takes the checksum off; ok is false when it does not fit.
func unseal(key, value []byte) (body []byte, ok bool) {
	if len(value) < checksumSize {
		return nil, false
	}
	body = value[:len(value)-checksumSize]
	return body, checksum(key, body) == binary.LittleEndian.Uint32(value[len(body):])
}

// entryMark is taken into an entry's checksum, so that nothing else in a file
// can pass for an entry when pages are searched for what can be saved.
const entryMark = "journal"

func sealEntry(rev uint64, body []byte) []byte { return seal(entryKey(rev), body) }

func unsealEntry(rev uint64, value []byte) (body []byte, ok bool) {
	return unseal(entryKey(rev), value)
}

func entryKey(rev uint64) []byte { return binary.BigEndian.AppendUint64([]byte(entryMark), rev) }

// idKey is the key of a record or a revision: it sorts as the number does.
func idKey(id uint64) []byte { return binary.BigEndian.AppendUint64(nil, id) }

// trailKey names a revision that touched a record.
func trailKey(dst []byte, tag int, id, rev uint64) []byte {
	dst = binary.BigEndian.AppendUint16(dst, uint16(tag))
	dst = binary.BigEndian.AppendUint64(dst, id)
	return binary.BigEndian.AppendUint64(dst, rev)
}

// trailKeySize is the length of a trail key, trailPrefixSize of the part that
// names the record.
const (
	trailKeySize    = 18
	trailPrefixSize = 10
)

// cursor takes a stored value apart. Once something does not fit, bad is set
// and everything further reads as zero.
type cursor struct {
	b   []byte
	bad bool
}

func (c *cursor) fail() {
	c.b, c.bad = nil, true
}

func (c *cursor) uvarint() uint64 {
	v, n := binary.Uvarint(c.b)
	if n <= 0 {
		c.fail()
		return 0
	}
	c.b = c.b[n:]
	return v
}

func (c *cursor) varint() int64 {
	v, n := binary.Varint(c.b)
	if n <= 0 {
		c.fail()
		return 0
	}
	c.b = c.b[n:]
	return v
}

func (c *cursor) byte() byte {
	if len(c.b) == 0 {
		c.fail()
		return 0
	}
	v := c.b[0]
	c.b = c.b[1:]
	return v
}

// bytes takes a length and that many bytes, which still belong to the value.
func (c *cursor) bytes() []byte {
	n := c.uvarint()
	if n > uint64(len(c.b)) {
		c.fail()
		return nil
	}
	v := c.b[:n:n]
	c.b = c.b[n:]
	return v
}

func (c *cursor) str() string { return string(c.bytes()) }

func appendBytes[S ~string | ~[]byte](dst []byte, s S) []byte {
	return append(binary.AppendUvarint(dst, uint64(len(s))), s...)
}

// sealRecord gives the stored value of a record from its packed form. Its checksum
// is over its kind as well, so that a record tells of which kind it is even when
// nothing leads to its page any more.
func sealRecord(tag int, id, rev uint64, image []byte) []byte {
	body := binary.AppendUvarint(make([]byte, 0, len(image)+16), rev)
	return seal(recordKey(tag, id), append(body, image...))
}

// recordKey is what a record's checksum is over besides its value.
func recordKey(tag int, id uint64) []byte {
	return binary.BigEndian.AppendUint64(binary.BigEndian.AppendUint16(nil, uint16(tag)), id)
}

// unsealRecord takes the checksum off a stored record. In files of format 1 it is
// over the number alone; then sure is false, since the kind is not proved.
func unsealRecord(tag int, id uint64, value []byte) (body []byte, sure, ok bool) {
	if body, ok = unseal(recordKey(tag, id), value); ok {
		return body, true, true
	}
	body, ok = unseal(idKey(id), value)
	return body, false, ok
}

// revOf reads the number in a key of [idKey].
func revOf(key []byte) uint64 { return binary.BigEndian.Uint64(key) }
