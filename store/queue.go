package store

import (
	"sync"

	"interlocal/model/failure"
)

// queue holds accepted changes until they are on disk. Each stands on the one
// before it, so when one fails all after it fail with it.
type queue struct {
	mu       sync.Mutex
	head     *state // the newest accepted moment
	waiting  []*pending
	inflight []*pending
	expected int           // changes the flusher waits for, 0 when it does not
	full     chan struct{} // told when they are there
	closed   bool
	broken   error // set when the file may no longer be written
}

// newest gives the moment that the next change stands on.
func (q *queue) newest() (*state, error) {
	q.mu.Lock()
	defer q.mu.Unlock()
	return q.head, q.refusal()
}

func (q *queue) refusal() error {
	if q.broken != nil {
		return q.broken
	}
	if q.closed {
		return failure.New(failure.Unusable, "the file has been closed; start the program again")
	}
	return nil
}

// errFellWith is what is said of a change that stood on one that failed.
func errFellWith() error {
	return failure.New(failure.Unusable, "a change before this one could not be written, so this one was not made "+
		"either; try again")
}

// basis gives the newest accepted change, when it is not on disk yet.
func (q *queue) basis() *pending {
	return q.find(func(p *pending) bool { return p.state != nil })
}

// stack queues a change made on base. It fails when base has been taken back
// meanwhile.
func (q *queue) stack(base *state, p *pending) error {
	q.mu.Lock()
	defer q.mu.Unlock()
	if err := q.refusal(); err != nil {
		return err
	}
	if p.state != nil {
		if q.head != base {
			return errFellWith()
		}
		q.head = p.state
	}
	q.waiting = append(q.waiting, p)
	if len(q.waiting) == q.expected {
		q.full <- struct{}{} // has room: it is told once for each expect
	}
	return nil
}

// expect asks to be told when n changes wait, if those are several; it is false when
// they do already. Zero asks no more.
func (q *queue) expect(n int) bool {
	q.mu.Lock()
	defer q.mu.Unlock()
	select {
	case <-q.full:
	default:
	}
	if q.expected = n; n < 2 || len(q.waiting) >= n {
		q.expected = 0
	}
	return q.expected != 0
}

// take gives the flusher everything that waits.
func (q *queue) take() []*pending {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.inflight, q.waiting = q.waiting, nil
	return q.inflight
}

// length is how many changes are not on disk yet.
func (q *queue) length() int {
	q.mu.Lock()
	defer q.mu.Unlock()
	return len(q.waiting) + len(q.inflight)
}

// landed notes that what was taken is on disk.
func (q *queue) landed() {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.inflight = nil
}

// takeBack returns the head to a moment on disk and lists all changes that fall.
func (q *queue) takeBack(durable *state, broken error) []*pending {
	q.mu.Lock()
	defer q.mu.Unlock()
	fallen := append(q.inflight, q.waiting...)
	q.inflight, q.waiting, q.head = nil, nil, durable
	if broken != nil {
		q.broken = broken
	}
	return fallen
}

// last gives the newest change that is not on disk yet.
func (q *queue) last() *pending {
	q.mu.Lock()
	defer q.mu.Unlock()
	if n := len(q.waiting); n > 0 {
		return q.waiting[n-1]
	}
	if n := len(q.inflight); n > 0 {
		return q.inflight[n-1]
	}
	return nil
}

// find gives the newest change not on disk yet for which match holds.
func (q *queue) find(match func(*pending) bool) *pending {
	q.mu.Lock()
	defer q.mu.Unlock()
	for _, list := range [][]*pending{q.waiting, q.inflight} {
		for i := len(list) - 1; i >= 0; i-- {
			if match(list[i]) {
				return list[i]
			}
		}
	}
	return nil
}

// close stops further changes; it reports whether this call did.
func (q *queue) close() bool {
	q.mu.Lock()
	defer q.mu.Unlock()
	was := q.closed
	q.closed = true
	return !was
}

func (q *queue) failure() error {
	q.mu.Lock()
	defer q.mu.Unlock()
	return q.broken
}

// drain waits until everything accepted is on disk or has failed. The caller
// holds writing, so nothing is added meanwhile but preferences.
func (s *Store) drain() {
	if p := s.queue.last(); p != nil {
		<-p.done // whoever queued it has woken the flusher
	}
}
