package store

import (
	"bytes"
	"crypto/rand"
	"encoding/binary"
	"encoding/hex"
	"time"

	"go.etcd.io/bbolt"
)

// A file that goes back to a backup goes on from there by another way: the numbers
// of the changes that were given up are given again to others. So each way has a
// name of its own. What is exported carries it, and what comes back is taken for a
// change of the record only if it left on the same way.
type timeline struct {
	id   [timelineSize]byte
	past []fork // the ways that led here, oldest first
}

// fork is a way that was left: its changes up to a revision are those of the ways
// that came after as well.
type fork struct {
	id  [timelineSize]byte
	rev uint64
}

// timelineSize is the length of a timeline's name.
const timelineSize = 8

// encode gives the stored form.
func (t *timeline) encode() []byte {
	dst := bytes.Clone(t.id[:])
	for _, f := range t.past {
		dst = binary.AppendUvarint(append(dst, f.id[:]...), f.rev)
	}
	return dst
}

// decodeTimeline reads a stored form; a file without one is on the way it was made
// with.
func decodeTimeline(body []byte, info fileInfo) (t timeline) {
	if copy(t.id[:], body) < timelineSize {
		copy(t.id[:], info.id[:])
		return t
	}
	c := cursor{b: body[timelineSize:]}
	for len(c.b) >= timelineSize && !c.bad {
		var f fork
		c.b = c.b[copy(f.id[:], c.b):]
		f.rev = c.uvarint()
		t.past = append(t.past, f)
	}
	return t
}

// name is how a timeline is written.
func (t *timeline) name() string { return hex.EncodeToString(t.id[:]) }

// holds reports whether a revision of a timeline is part of this one.
func (t *timeline) holds(name string, rev, head uint64) bool {
	if name == t.name() {
		return rev <= head
	}
	for _, f := range t.past {
		if hex.EncodeToString(f.id[:]) == name {
			return rev <= f.rev
		}
	}
	return false
}

// leave begins a new way at a revision.
func (t *timeline) leave(rev uint64) {
	for i := range t.past {
		t.past[i].rev = min(t.past[i].rev, rev)
	}
	t.past = append(t.past, fork{t.id, rev})
	rand.Read(t.id[:]) // never fails; see its documentation
}

func readTimeline(tx *bbolt.Tx, info fileInfo) (timeline, error) {
	body, err := optionalMeta(tx, metaTimeline)
	return decodeTimeline(body, info), err
}

// branchOff has a file that is about to take another's place go a way of its own
// from where it stands.
func branchOff(tx *bbolt.Tx) error {
	info, err := readInfo(tx)
	if err != nil {
		return err
	}
	h, err := readHead(tx)
	if err != nil {
		return err
	}
	t, err := readTimeline(tx, info)
	if err != nil {
		return err
	}
	t.leave(h.rev)
	return putMeta(tx, metaTimeline, t.encode())
}

// branchFile does so in a file that nobody has open.
func branchFile(path string) error {
	return guard(func() error {
		db, err := bbolt.Open(path, 0o600, &bbolt.Options{Timeout: time.Second, FreelistType: bbolt.FreelistMapType})
		if err != nil {
			return err
		}
		defer db.Close()
		return db.Update(branchOff)
	})
}

// Timeline names the way that the file is on. It changes when the file goes back
// to a backup, or loses changes to damage.
func (s *Store) Timeline() string { return s.timeline.name() }

// Holds reports whether a revision of a timeline is part of this file's past, so
// that a record which left the file then can be merged with what it is now.
func (s *Store) Holds(timeline string, rev uint64) bool {
	return s.timeline.holds(timeline, rev, s.durable.Load().rev)
}
