package store

import (
	"strings"
	"sync"

	"interlocal/model/failure"
)

// verification is the walk over the pages of an open file. What the present needs
// is walked before the file is opened as a database. The rest, whose size is that of
// the past, is walked beside the work: a file that people work on is walked to its
// end at once, one that a command has a question to only as far as it asks. Nothing
// is written to the file, and no history read, before all of it has been walked; so
// the pages stay as they are meanwhile.
type verification struct {
	mu  sync.Mutex
	w   *pageWalk // nil once it has come to its end
	err error     // what it came to
}

// walkedAtOnce is up to how many pages a file is walked whole before it is opened,
// which takes about ten milliseconds.
const walkedAtOnce = 4096

// walkStep is how many pages are walked before others who wait may go on.
const walkStep = 256

// begin walks what a file is needed for at once. A file of no more than so many
// pages is walked whole.
func (v *verification) begin(path string, atOnce uint64, later func(bucket string) bool) error {
	w, err := openPages(path)
	if err != nil {
		return err
	}
	v.w = w
	if err := w.readMeta(); err != nil {
		return v.end(err)
	}
	if w.lastLost {
		return v.end(errLastLost())
	}
	if w.meta.high > atOnce {
		w.later = later
	}
	if err := w.start(); err != nil {
		return v.end(err)
	}
	if err := w.down(0); err != nil {
		return v.end(err)
	}
	if len(w.aside) == 0 {
		return v.end(w.finish())
	}
	return nil
}

// end gives back what the walk needed, and keeps what it came to.
func (v *verification) end(err error) error {
	if v.w != nil {
		v.w.f.Close() // it was read only
		v.w, v.err = nil, err
	}
	return v.err
}

// close ends a walk that is under way.
func (v *verification) close() {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.end(failure.New(failure.Unusable, "has been closed"))
}

// bucket walks one that was put aside, unless that has been done.
func (v *verification) bucket(name string) error {
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.w == nil {
		return v.err
	}
	left := len(v.w.todo)
	v.w.take(name)
	if err := v.w.down(left); err != nil {
		return v.end(err)
	}
	return nil
}

// whole walks all that is left.
func (v *verification) whole() error {
	for {
		if more, err := v.some(); !more {
			return err
		}
	}
}

// some walks a step of what is left and reports whether there is more.
func (v *verification) some() (more bool, err error) {
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.w == nil {
		return false, v.err
	}
	for range walkStep {
		for name := range v.w.aside {
			if len(v.w.todo) == 0 {
				v.w.take(name)
			}
		}
		if len(v.w.todo) == 0 {
			return false, v.end(v.w.finish())
		}
		if err := v.w.next(); err != nil {
			return false, v.end(err)
		}
	}
	return true, nil
}

// left reports whether any of the file has not been walked.
func (v *verification) left() bool {
	v.mu.Lock()
	defer v.mu.Unlock()
	return v.w != nil
}

// asideOf reports whether a bucket was put aside and has not been walked.
func (v *verification) asideOf(bucket string) bool {
	v.mu.Lock()
	defer v.mu.Unlock()
	return v.w != nil && v.w.aside[bucket] != 0
}

// take has a bucket visited next that was put aside.
func (w *pageWalk) take(name string) {
	if root, ok := w.aside[name]; ok {
		delete(w.aside, name)
		w.todo = append(w.todo, subtree{page: root})
	}
}

// later reports whether a bucket is not needed to begin with.
func (s *Store) later(bucket string) bool {
	return bucket == bucketJournal || bucket == bucketTrail ||
		s.options.AtNeed && strings.HasPrefix(bucket, kindPrefix)
}

// verified waits until all of the file has been walked. Where it is damaged, the
// sentence says what to do.
func (s *Store) verified() error { return explainOpen(s.path, s.options.BackupDir, s.pages.whole()) }

// verifyRest walks what opening left, and tells those who watch when it is damaged.
func (s *Store) verifyRest() {
	if err := s.verified(); failure.CodeOf(err) == failure.Damaged {
		s.damage.Store(&Damage{Words: err.Error()})
		s.watches.send(Notice{Rev: s.durable.Load().rev, Reload: true})
	}
}
