package sshd

import (
	"context"
	"sync"
	"time"
)

// turns lets heavy commands run a few at a time, and one of each person: what
// one asks for takes nothing from everybody else.
type turns struct {
	places chan struct{}
	quiet  time.Duration // to wait without a word

	mu  sync.Mutex
	own map[string]*queue // by person
}

// queue is a person's own: one place, and how many hold or want it.
type queue struct {
	place chan struct{}
	size  int
}

func newTurns(n int) *turns {
	return &turns{places: make(chan struct{}, n), quiet: time.Second, own: map[string]*queue{}}
}

// take waits for a turn and gives what ends it. Whoever has to wait for more than
// a moment is told so, once; the error is the context's.
func (t *turns) take(ctx context.Context, who string, tell func(words string)) (done func(), err error) {
	q := t.join(who)
	if err := t.await(ctx, q.place, func() { tell("your other command runs first; this one waits") }); err != nil {
		t.part(who)
		return nil, err
	}
	if err := t.await(ctx, t.places,
		func() { tell("others are at work on something large; yours waits its turn") }); err != nil {
		<-q.place
		t.part(who)
		return nil, err
	}
	return func() {
		<-t.places
		<-q.place
		t.part(who)
	}, nil
}

// state counts heavy commands that run and those that wait.
func (t *turns) state() (running, waiting int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, q := range t.own {
		waiting += q.size
	}
	running = len(t.places)
	return running, max(0, waiting-running)
}

func (t *turns) join(who string) *queue {
	t.mu.Lock()
	defer t.mu.Unlock()
	q := t.own[who]
	if q == nil {
		q = &queue{place: make(chan struct{}, 1)}
		t.own[who] = q
	}
	q.size++
	return q
}

func (t *turns) part(who string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.own[who].size--; t.own[who].size == 0 {
		delete(t.own, who)
	}
}

// await puts itself into a place, and says so when none becomes free soon.
func (t *turns) await(ctx context.Context, place chan struct{}, full func()) error {
	soon := time.NewTimer(t.quiet)
	defer soon.Stop()
	select {
	case place <- struct{}{}:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	case <-soon.C:
	}
	full()
	select {
	case place <- struct{}{}:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
