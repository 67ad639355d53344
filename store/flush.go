package store

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"errors"
	"slices"
	"time"

	"go.etcd.io/bbolt"
	bolterrors "go.etcd.io/bbolt/errors"

	"interlocal/model/failure"
)

// appendFill is how full pages are packed in buckets that mostly grow at the
// end.
const appendFill = 0.9

// flushLoop is the only goroutine that writes to the database.
func (s *Store) flushLoop() {
	defer close(s.stopped)
	for {
		select {
		case <-s.wake:
			s.flush()
		case <-s.quit:
			s.flush()
			return
		}
	}
}

// flush writes what waits, until nothing does.
func (s *Store) flush() {
	for {
		batch := s.queue.take()
		drafts := s.drafts.take()
		if len(batch) == 0 && len(drafts) == 0 {
			return
		}
		if err := s.verified(); err != nil {
			s.drafts.giveBack(drafts)
			s.fall(err, err)
			return
		}
		if err := s.present(); err != nil {
			s.drafts.giveBack(drafts)
			s.fail(err)
			return
		}
		began := time.Now()
		err := s.commit(batch, drafts)
		s.pace.add(time.Since(began))
		if err != nil {
			s.drafts.giveBack(drafts)
			s.fail(s.explainCommit(err))
			return
		}
		s.land(batch)
		s.gather(len(batch))
	}
}

// gatherFor is how long the flusher waits for the writers it has just answered
// to come back. It is short beside the time a disk needs, and makes one commit
// of what would be two.
const gatherFor = 300 * time.Microsecond

// gather waits until as many changes are queued as were just written, if those
// were several.
func (s *Store) gather(n int) {
	if !s.queue.expect(n) {
		return
	}
	timer := time.NewTimer(gatherFor)
	defer timer.Stop()
	select {
	case <-s.queue.full:
	case <-timer.C:
	}
	s.queue.expect(0)
}

// land publishes what is on disk and answers those who wait for it.
func (s *Store) land(batch []*pending) {
	for i := len(batch) - 1; i >= 0; i-- {
		if batch[i].state != nil {
			s.durable.Store(batch[i].state)
			break
		}
	}
	s.noteDecrees(batch)
	s.trails.forget()
	s.queue.landed()
	if n, ok := s.notice(batch); ok {
		s.watches.send(n)
	}
	for _, p := range batch {
		s.ops.stored(p.op)
		if p.pref != nil {
			s.prefs.apply(p.pref)
		}
		close(p.done)
	}
}

// noteDecrees takes into memory what entries said of the history.
func (s *Store) noteDecrees(batch []*pending) {
	for _, p := range batch {
		if p.entry != nil && p.entry.kind == EntryKeep {
			s.keeping.Store(decodeKeeping(p.entry.data))
		}
		if p.entry == nil || p.entry.kind != EntryClock || len(p.entry.data) == 0 {
			continue
		}
		list := decodeRanges(p.entry.data)
		if had := s.marks.Load(); had != nil {
			list = append(append([]revRange{}, *had...), list...)
		}
		s.marks.Store(&list)
	}
}

// fail takes back everything that is not on disk and tells the callers.
func (s *Store) fail(err error) {
	var broken error
	if rev, ok := s.revOnDisk(); !ok || rev != s.durable.Load().rev || failure.CodeOf(err) == failure.Damaged {
		broken = &failure.Error{Code: failure.Unusable, Cause: err, Message: QuotePath(s.path) +
			" could not be written safely, so nothing more will be written to it; close the program, see to the disk " +
			"and start again"}
		err = broken
	}
	s.fall(err, broken)
}

// fall tells the callers of everything that is not on disk, and of all that follows
// when broken says that nothing more may be written.
func (s *Store) fall(err, broken error) {
	for _, p := range s.queue.takeBack(s.durable.Load(), broken) {
		s.ops.forget(p.op)
		p.err = err
		close(p.done)
	}
}

// revOnDisk reads which revision the file holds.
func (s *Store) revOnDisk() (rev uint64, ok bool) {
	s.dbMu.RLock()
	defer s.dbMu.RUnlock()
	err := guard(func() error {
		return s.db.View(func(tx *bbolt.Tx) error {
			h, err := readHead(tx)
			rev = h.rev
			return err
		})
	})
	return rev, err == nil
}

// commit writes a batch in one transaction of the database.
func (s *Store) commit(batch []*pending, drafts []draftWrite) error {
	s.dbMu.RLock()
	defer s.dbMu.RUnlock()
	return guard(func() error {
		return s.db.Update(func(tx *bbolt.Tx) error {
			if err := s.writeBatch(tx, batch); err != nil {
				return err
			}
			if err := writeDrafts(tx, drafts); err != nil {
				return err
			}
			if s.fault != nil {
				return s.fault()
			}
			return nil
		})
	})
}

// writeBatch writes what the entries of a batch come to, operations and
// preferences.
func (s *Store) writeBatch(tx *bbolt.Tx, batch []*pending) error {
	var newest *state
	land := newLanding(tx, s.layout)
	for _, p := range batch {
		if p.pref != nil {
			if err := p.pref.write(tx); err != nil {
				return err
			}
			continue
		}
		newest = p.state
		if err := land.take(p.entry, p.sealed); err != nil {
			return err
		}
		if err := p.op.write(tx); err != nil {
			return err
		}
	}
	if newest == nil {
		return nil
	}
	return land.finish(headOf(newest))
}

func writeTrail(tx *bbolt.Tx, keys [][]byte) error {
	slices.SortFunc(keys, bytes.Compare)
	b := tx.Bucket([]byte(bucketTrail))
	for _, key := range keys {
		if err := b.Put(key, nil); err != nil {
			return err
		}
	}
	return nil
}

// head is where a file stands: its revision, when that came about, and the next
// number of each kind.
type head struct {
	rev  uint64
	at   time.Time
	next []nextID
}

func headOf(st *state) head {
	h := head{rev: st.rev, at: st.at}
	for i, next := range st.next {
		if next > 1 {
			h.next = append(h.next, nextID{st.kinds[i].Tag, next})
		}
	}
	slices.SortFunc(h.next, func(a, b nextID) int { return cmp.Compare(a.tag, b.tag) })
	return h
}

func writeHead(tx *bbolt.Tx, h head) error {
	body := binary.AppendVarint(binary.AppendUvarint(nil, h.rev), h.at.UnixNano())
	body = binary.AppendUvarint(body, uint64(len(h.next)))
	for _, n := range h.next {
		body = binary.AppendUvarint(binary.AppendUvarint(body, uint64(n.tag)), n.next)
	}
	return putMeta(tx, metaHead, body)
}

func readHead(tx *bbolt.Tx) (head, error) {
	body, err := getMeta(tx, metaHead)
	if err != nil {
		return head{}, err
	}
	return decodeFileHead(body)
}

func decodeFileHead(body []byte) (head, error) {
	c := cursor{b: body}
	h := head{rev: c.uvarint(), at: unixTime(c.varint())}
	for n := c.uvarint(); n > 0 && !c.bad; n-- {
		h.next = append(h.next, nextID{int(c.uvarint()), c.uvarint()})
	}
	if c.bad {
		return h, errDamage("its revision cannot be read")
	}
	return h, nil
}

// unixTime is an instant in nanoseconds since 1970, as the file keeps it.
func unixTime(nanoseconds int64) time.Time { return time.Unix(0, nanoseconds).UTC() }

// explainCommit turns a failed commit into a sentence.
func (s *Store) explainCommit(err error) error {
	if isNoSpace(err) || errors.Is(err, bolterrors.ErrMaxSizeReached) {
		return &failure.Error{Code: failure.NoSpace, Cause: err,
			Message: "the disk that holds " + QuotePath(s.path) + " is full, so nothing of this change was saved; " +
				"free some space and try again"}
	}
	if failure.CodeOf(err) != "" {
		return err
	}
	return &failure.Error{Code: failure.Unusable, Cause: err,
		Message: QuotePath(s.path) + " could not be written, so nothing of this change was saved; see to the disk " +
			"and try again"}
}
