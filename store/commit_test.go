package store

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"sync"
	"syscall"
	"testing"

	"interlocal/model/access"
	"interlocal/model/failure"
	"interlocal/model/field"
	"interlocal/model/partnership"
)

func TestManyWritersLoseNothing(t *testing.T) {
	const writers, each = 100, 10
	s, _ := founded(t)
	var all sync.WaitGroup
	for w := range writers {
		all.Go(func() {
			for i := range each {
				_, err := s.Update(context.Background(), as(fmt.Sprint("w", w), access.Coordinator, 0), Op{},
					func(tx *Tx) error {
						n := len(collect(tx.Scan("people")))
						p := person(raytown, fmt.Sprint("Person ", w, " ", i))
						p.Title = fmt.Sprint(n) // one more each time, as updates run one by one
						_, err := field.Put(tx, p)
						return err
					})
				if err != nil {
					t.Error(err)
				}
			}
		})
	}
	all.Wait()
	seen := map[string]bool{}
	for _, rec := range s.As(keeper()).View().Scan("people") {
		seen[rec.(*partnership.Person).Title] = true
	}
	if len(seen) != writers*each || s.As(keeper()).View().Rev() != writers*each+1 {
		t.Errorf("%d different counts at revision %d", len(seen), s.As(keeper()).View().Rev())
	}
	want := s.durable.Load()
	clean(t, s)
	sameState(t, want, reopen(t, s).durable.Load())
}

func collect(seq func(func(uint64, any) bool)) (out []any) {
	for _, rec := range seq {
		out = append(out, rec)
	}
	return out
}

func TestAFailedCommitIsTakenBackAndSaid(t *testing.T) {
	s, _ := founded(t)
	put(t, s, keeper(), person(raytown, "Ann"))
	before := s.durable.Load()
	watch := s.Watch()
	s.fault = func() error { return syscall.ENOSPC }
	var all sync.WaitGroup
	for i := range 50 {
		all.Go(func() {
			_, err := s.Update(context.Background(), keeper(), Op{ID: fmt.Sprint("op", i)}, func(tx *Tx) error {
				_, err := field.Put(tx, person(raytown, fmt.Sprint("Lost ", i)))
				return err
			})
			if code := failure.CodeOf(err); code != failure.NoSpace && code != failure.Unusable {
				t.Errorf("got %v", err)
			}
		})
	}
	all.Wait()
	_, err := s.Update(context.Background(), keeper(), Op{}, func(tx *Tx) error { return tx.Delete("people", 1) })
	refused(t, failure.NoSpace, err)
	refused(t, failure.NoSpace, s.SetPref("keeper", "theme", []byte("dark")))
	if s.Pref("keeper", "theme") != nil || s.durable.Load() != before || len(watch.C()) != 0 {
		t.Error("a failed commit left something behind")
	}
	s.fault = nil // set while nothing is being written
	res := update(t, s, keeper(), func(tx *Tx) error { _, err := field.Put(tx, person(raytown, "Bea")); return err })
	if res.Rev != before.rev+1 || s.As(keeper()).View().Rows("people").Len() != 2 {
		t.Errorf("after the disk had space again: %+v", res)
	}
	again, err := s.Update(context.Background(), keeper(), Op{ID: "op1"},
		func(tx *Tx) error { _, err := field.Put(tx, person(raytown, "Op 1")); return err })
	if err != nil || again.Repeat {
		t.Errorf("an operation that failed counts as done: %+v, %v", again, err)
	}
	clean(t, s)
}

// A refusal waits for the change that led to it: nobody is refused for something
// that they cannot see, or that has never come about.
func TestARefusalWaitsForWhatLedToIt(t *testing.T) {
	for name, fault := range map[string]error{"that lands": nil, "that fails": syscall.ENOSPC} {
		t.Run(name, func(t *testing.T) {
			s, _ := founded(t)
			ann := put(t, s, keeper(), person(raytown, "Ann"))
			was := s.durable.Load()
			s.dbMu.Lock() // nothing gets to disk
			s.fault = func() error { return fault }
			var all sync.WaitGroup
			all.Go(func() {
				s.Update(context.Background(), keeper(), Op{},
					func(tx *Tx) error { return tx.Delete("people", uint64(ann)) })
			})
			for s.queue.basis() == nil {
				runtime.Gosched()
			}
			refused := make(chan struct{})
			all.Go(func() {
				_, err := s.Update(context.Background(), keeper(), Op{}, func(tx *Tx) error {
					defer close(refused)
					return tx.Delete("people", uint64(ann))
				})
				seen := s.durable.Load().rev
				switch code := failure.CodeOf(err); {
				case fault != nil && code != failure.Unusable:
					t.Errorf("refused for what never came about: %v", err)
				case fault == nil && (code != failure.NotFound || seen == was.rev):
					t.Errorf("at revision %d: %v", seen, err)
				}
			})
			<-refused
			s.dbMu.Unlock()
			all.Wait()
		})
	}
}

func TestADatabaseThatMayNotGrow(t *testing.T) {
	s, _ := founded(t)
	s.db.MaxSize = 1 << 17
	added := 0
	for {
		_, err := s.Update(context.Background(), keeper(), Op{}, func(tx *Tx) error {
			_, err := field.Put(tx, person(raytown, fmt.Sprint("Person ", added)))
			return err
		})
		if err != nil {
			refused(t, failure.NoSpace, err)
			break
		}
		if added++; added > 100_000 {
			t.Fatal("never full")
		}
	}
	s.db.MaxSize = 0
	put(t, s, keeper(), person(raytown, "After"))
	if got := s.As(keeper()).View().Rows("people").Len(); got != added+1 {
		t.Errorf("%d people, want %d", got, added+1)
	}
	clean(t, s)
	s = reopen(t, s)
	clean(t, s)
}

func TestAPanicInTheDatabaseStopsWriting(t *testing.T) {
	s, _ := founded(t)
	s.fault = func() error { panic("page assertion") }
	_, err := s.Update(context.Background(), keeper(), Op{},
		func(tx *Tx) error { _, err := field.Put(tx, person(raytown, "Ann")); return err })
	refused(t, failure.Unusable, err)
	s.fault = nil
	_, err = s.Update(context.Background(), keeper(), Op{},
		func(tx *Tx) error { _, err := field.Put(tx, person(raytown, "Ann")); return err })
	refused(t, failure.Unusable, err)
	if got := s.As(keeper()).View().Rows("partners").Len(); got != 6 {
		t.Errorf("%d partners can be read", got)
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
}

func TestAnUpdateThatFailsChangesNothing(t *testing.T) {
	s, _ := founded(t)
	before, mine := s.durable.Load(), errors.New("mine")
	for name, fn := range map[string]func(*Tx) error{
		"its own error": func(tx *Tx) error { field.Put(tx, person(raytown, "Ann")); return mine },
		"a rule": func(tx *Tx) error {
			_, err := field.Put(tx, &partnership.Person{Name: "No city"})
			return err
		},
		"a kind":   func(tx *Tx) error { _, err := tx.Put("wishes", nil); return err },
		"a number": func(tx *Tx) error { return tx.Delete("people", 99) },
	} {
		if _, err := s.Update(context.Background(), keeper(), Op{ID: "x"}, fn); err == nil {
			t.Errorf("%s was accepted", name)
		}
	}
	if s.durable.Load() != before {
		t.Error("something changed")
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := s.Update(ctx, keeper(), Op{}, nil); !errors.Is(err, context.Canceled) {
		t.Errorf("a cancelled update: %v", err)
	}
	if _, err := s.Update(context.Background(), keeper(), Op{}, func(tx *Tx) error {
		return tx.Insert("people", &partnership.Person{ID: 0, Name: "x"})
	}); failure.CodeOf(err) != failure.Conflict {
		t.Errorf("insert without a number: %v", err)
	}
}

func TestAPanicInAnUpdateLeavesTheStoreUsable(t *testing.T) {
	s, _ := founded(t)
	func() {
		defer func() { recover() }()
		s.Update(context.Background(), keeper(), Op{}, func(*Tx) error { panic("a bug") })
	}()
	put(t, s, keeper(), person(raytown, "Ann"))
}

func TestAViewStaysWhileOthersWrite(t *testing.T) {
	s, _ := founded(t)
	v := s.As(keeper()).View()
	put(t, s, keeper(), person(raytown, "Ann"))
	if v.Rows("people").Len() != 0 || s.As(keeper()).View().Rows("people").Len() != 1 || v.Rows("people").Len() != 0 {
		t.Error("a view moved on")
	}
}

func TestAfterClosingNothingIsAccepted(t *testing.T) {
	s, _ := founded(t)
	w := s.Watch()
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Errorf("closing twice: %v", err)
	}
	_, err := s.Update(context.Background(), keeper(), Op{}, func(*Tx) error { return nil })
	refused(t, failure.Unusable, err)
	if _, open := <-w.C(); open {
		t.Error("a watch goes on")
	}
}

// TestWhatIsChangedAndPutBackKeepsItsRevision, beside a change that stays.
func TestWhatIsChangedAndPutBackKeepsItsRevision(t *testing.T) {
	s, _ := founded(t)
	ann, bea := person(raytown, "Ann"), person(raytown, "Bea")
	ann.ID, bea.ID = put(t, s, keeper(), ann), put(t, s, keeper(), bea)
	rev := s.As(keeper()).View().RevOf("people", uint64(ann.ID))
	res := update(t, s, keeper(), func(tx *Tx) error {
		for _, title := range []string{"Chief", ann.Title} {
			p := *ann
			p.Title = title
			if _, err := field.Put(tx, &p); err != nil {
				return err
			}
		}
		p := *bea
		p.Title = "Chief"
		_, err := field.Put(tx, &p)
		return err
	})
	if got := s.As(keeper()).View().RevOf("people", uint64(ann.ID)); got != rev || res.Changed != 1 {
		t.Errorf("it is at %d, was at %d; %d records changed", got, rev, res.Changed)
	}
	clean(t, s)
}
