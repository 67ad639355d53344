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
		db, err := bbolt.Open(path, 0o600, &bbolt.Options{Timeout: time.Second, FreelistType: bbolt.FreelistMapType,
			NoSync: true}) // whoever gives it its name makes it last
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

// stampBits is how much of a stamp is the revision; what is above names the
// timeline, and a spreadsheet still holds all of it exactly.
const stampBits = 32

// mark names the nth timeline of a file in a stamp: by its place, so that later ones
// are higher, and by a part of its name. The first is named by nothing, so that its
// stamps are plain revisions.
func (t *timeline) mark(n int) uint64 {
	if n == 0 {
		return 0
	}
	id := t.id
	if n < len(t.past) {
		id = t.past[n].id
	}
	return uint64(min(n, 63))<<14 | uint64(binary.BigEndian.Uint16(id[:]))&0x3fff
}

// stamp writes a revision so that it is known from those of other timelines.
func (t *timeline) stamp(rev uint64) uint64 {
	n := len(t.past)
	for i := range t.past {
		if rev <= t.past[i].rev {
			n = i
			break
		}
	}
	return t.mark(n)<<stampBits | rev
}

// revision reads a stamp; ok is false for one of a way that this file has not gone.
func (t *timeline) revision(stamp uint64) (rev uint64, ok bool) {
	rev = stamp & (1<<stampBits - 1)
	for n := range len(t.past) + 1 {
		if t.mark(n) == stamp>>stampBits {
			return rev, n == len(t.past) || rev <= t.past[n].rev
		}
	}
	return rev, false
}

// Stamp writes a revision as files carry it that leave: with the timeline in it once
// the file has gone back to a backup.
func (v *Session) Stamp(rev uint64) uint64 { return v.store.timeline.stamp(rev) }

// Revision reads a stamp in a file that comes back; ok is false when it left on a way
// that was given up, or is of another file.
func (v *Session) Revision(stamp uint64) (rev uint64, ok bool) {
	return v.store.timeline.revision(stamp)
}

// GivenUp reports whether a stamp is of a change on a way that was given up: the file
// went back to a backup of before it, or never was on that way.
func (v *Session) GivenUp(stamp uint64) bool {
	t := &v.store.timeline
	for n := range len(t.past) + 1 {
		if t.mark(n) == stamp>>stampBits {
			return n < len(t.past) && stamp&(1<<stampBits-1) > t.past[n].rev
		}
	}
	return true
}

// StampOf is the stamp of a record, 0 when it is not there for the identity.
func (w *View) StampOf(kind string, id uint64) uint64 {
	return w.store.timeline.stamp(w.revOf(kind, id))
}
