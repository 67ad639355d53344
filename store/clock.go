package store

import (
	"context"
	"encoding/binary"
	"sync"
	"time"

	"go.etcd.io/bbolt"

	"interlocal/model/access"
	"interlocal/model/failure"
)

// A clock that is wrong stamps what is done under it, and lets drafts and history
// expire that are not old. So a store that is told to ask ([Options.AskClock]) saves
// nothing while its clock is in doubt, until somebody says that it is right.
const (
	// clockBack is how far behind the last change a clock may be: people's machines
	// differ by minutes.
	clockBack = 24 * time.Hour
	// clockAhead is how long a file may lie untouched before somebody is asked.
	clockAhead = 90 * 24 * time.Hour
	// clockDrift is how far a clock may move from the machine's steady one while the
	// program runs.
	clockDrift = 24 * time.Hour
)

// ClockDoubt says why a clock is not believed.
type ClockDoubt struct {
	Now    time.Time // what the clock says
	Last   time.Time // when the last change was made; zero when the clock jumped while the program ran
	Before time.Time // what the clock would say had it not jumped
}

// Sentence says it to a person, with days in a zone.
func (d *ClockDoubt) Sentence(zone *time.Location) string {
	at := func(t time.Time) string { return t.In(zone).Format("Jan 2, 2006, 3:04 pm") }
	if d.Last.IsZero() {
		return "the clock of this machine has just moved from " + at(d.Before) + " to " + at(d.Now)
	}
	return "the clock of this machine says " + at(d.Now) + ", and the last change here was made on " + at(d.Last)
}

// clockWatch remembers where the clock stood when it was last believed.
type clockWatch struct {
	mu     sync.Mutex
	wall   time.Time
	steady time.Duration
}

// believe takes the clock as it is now.
func (w *clockWatch) believe(now time.Time, steady func() time.Duration) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.wall = now
	if steady != nil {
		w.steady = steady()
	}
}

// expected is what the clock would say had it run on evenly.
func (w *clockWatch) expected(steady func() time.Duration) time.Time {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.wall.Add(steady() - w.steady)
}

// ClockDoubt reports what is odd about the clock, nil when nothing is or the store
// was not told to ask. A clock that has gone back to where it should be is believed
// again by itself.
func (s *Store) ClockDoubt() *ClockDoubt {
	if !s.options.AskClock {
		return nil
	}
	head, err := s.queue.newest()
	if err != nil || head.rev == 0 {
		return nil
	}
	now := s.now()
	if now.Before(head.at.Add(-clockBack)) || now.After(head.at.Add(clockAhead)) {
		return &ClockDoubt{Now: now, Last: head.at}
	}
	if s.options.Steady == nil {
		return nil
	}
	before := s.clock.expected(s.options.Steady)
	if off := now.Sub(before); off.Abs() <= clockDrift {
		return nil
	}
	if before.Before(head.at.Add(-clockBack)) || before.After(head.at.Add(clockAhead)) {
		s.clock.believe(now, s.options.Steady) // it was wrong, and has been set right
		return nil
	}
	return &ClockDoubt{Now: now, Before: before}
}

// askClock refuses a change while the clock is in doubt.
func (s *Store) askClock(kind EntryKind) error {
	if kind == EntryClock {
		return nil
	}
	d := s.ClockDoubt()
	if d == nil {
		return nil
	}
	return failure.New(failure.Unusable, d.Sentence(s.location(s.durable.Load()))+
		", so nothing is saved until somebody says which is right: set the clock, or say that it is right with: "+
		Command(s.path, "clock right"))
}

// revRange is a run of revisions.
type revRange struct{ from, to uint64 }

// Believed is what came of saying that the clock is right.
type Believed struct {
	Rev    uint64 // the revision that records it
	Marked int    // changes that bear a time to come, and are marked as made under a wrong clock
}

// BelieveClock records that the clock is right. Changes that bear a time it has not
// reached are marked as made under a wrong clock. Only an administrator, or whoever
// works alone on the file, may say so.
func (s *Store) BelieveClock(ctx context.Context, id access.Identity) (Believed, error) {
	now := s.now()
	marks, n, err := s.aheadOf(ctx, now)
	if err != nil {
		return Believed{}, explainOpen(s.path, s.options.BackupDir, err)
	}
	title := "the clock is right: " + now.In(s.location(s.durable.Load())).Format("Jan 2, 2006, 3:04 pm")
	rev, err := s.decree(ctx, id, EntryClock, title, encodeRanges(marks))
	if err == nil {
		s.clock.believe(now, s.options.Steady)
	}
	return Believed{Rev: rev, Marked: n}, err
}

// MarkClock marks changes as made under a wrong clock.
func (s *Store) MarkClock(ctx context.Context, id access.Identity, from, to uint64) (uint64, error) {
	if head := s.durable.Load().rev; from == 0 || to < from || to > head {
		return 0, failure.New(failure.Invalid, "changes are numbered from 1 to "+uintText(head)+"; give the first "+
			"and the last, as history --json shows them")
	}
	title := "made under a wrong clock: changes " + uintText(from) + " to " + uintText(to)
	return s.decree(ctx, id, EntryClock, title, encodeRanges([]revRange{{from, to}}))
}

// aheadOf lists the revisions that bear a time to come and are not marked.
func (s *Store) aheadOf(ctx context.Context, now time.Time) (out []revRange, n int, err error) {
	err = s.view(func(tx *bbolt.Tx) error {
		return tx.Bucket([]byte(bucketJournal)).ForEach(func(key, value []byte) error {
			e, err := openEntry(key, value)
			if err != nil || !e.at.After(now) || s.wrongClock(e.rev) {
				return ctx.Err()
			}
			n++
			if last := len(out) - 1; last >= 0 && out[last].to+1 == e.rev {
				out[last].to = e.rev
			} else {
				out = append(out, revRange{e.rev, e.rev})
			}
			return nil
		})
	})
	return out, n, err
}

// wrongClock reports whether a revision is marked as made under a wrong clock.
func (s *Store) wrongClock(rev uint64) bool {
	list := s.marks.Load()
	if list == nil {
		return false
	}
	return marked(*list, rev)
}

func marked(list []revRange, rev uint64) bool {
	for _, r := range list {
		if rev >= r.from && rev <= r.to {
			return true
		}
	}
	return false
}

// decree queues an entry that changes no records and waits until it is on disk.
func (s *Store) decree(ctx context.Context, id access.Identity, kind EntryKind, title string,
	data []byte) (uint64, error) {
	if !id.Manages() {
		return 0, failure.New(failure.Forbidden, "only an administrator may do this, or whoever has the file to "+
			"themselves")
	}
	if err := ctx.Err(); err != nil {
		return 0, err
	}
	s.writing.Lock()
	p, _, err := s.make(attempt{id: id, op: Op{Title: title, Final: true}, kind: kind, data: data},
		func(*Tx) error { return nil })
	s.writing.Unlock()
	if err != nil {
		return 0, err
	}
	<-p.done
	return p.rev, p.err
}

func encodeRanges(list []revRange) (dst []byte) {
	for _, r := range list {
		dst = binary.AppendUvarint(binary.AppendUvarint(dst, r.from), r.to)
	}
	return dst
}

func decodeRanges(b []byte) (out []revRange) {
	c := cursor{b: b}
	for len(c.b) > 0 && !c.bad {
		if r := (revRange{c.uvarint(), c.uvarint()}); !c.bad {
			out = append(out, r)
		}
	}
	return out
}

// addMarks puts the marks of an entry into the file.
func addMarks(tx *bbolt.Tx, data []byte) error {
	had, err := optionalMeta(tx, metaClock)
	if err != nil || len(data) == 0 {
		return err
	}
	return putMeta(tx, metaClock, append(append([]byte{}, had...), data...))
}

// readMarks reads which revisions are marked.
func readMarks(tx *bbolt.Tx) []revRange {
	body, err := optionalMeta(tx, metaClock)
	if err != nil {
		return nil // checking names it
	}
	return decodeRanges(body)
}
