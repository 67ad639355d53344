package store

import (
	"context"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"interlocal/model"
	"interlocal/model/access"
	"interlocal/model/failure"
	"interlocal/model/field"
	"interlocal/model/partnership"
)

// clock is a clock that tests set.
type clock struct {
	mu sync.Mutex
	t  time.Time
}

func newClock() *clock { return &clock{t: time.Date(2027, 3, 4, 15, 0, 0, 0, time.UTC)} }

func (c *clock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.t
}

func (c *clock) advance(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.t = c.t.Add(d)
}

// options are those of a store in a test.
func options(c *clock) Options {
	return Options{Schema: model.NewSchema(), Zone: partnership.ZoneOf, PruneAfter: partnership.PruneAfter, Now: c.now}
}

// open makes a store in a temporary folder, closed when the test ends.
func open(t testing.TB) (*Store, *clock) {
	t.Helper()
	c := newClock()
	return openAt(t, filepath.Join(t.TempDir(), "desk.db"), options(c)), c
}

func openAt(t testing.TB, path string, o Options) *Store {
	t.Helper()
	s, err := Open(path, o)
	if err != nil {
		t.Fatalf("open: %v", err)
	}
	t.Cleanup(func() { s.Close() })
	return hasty(s)
}

// hasty stops the database from waiting for the disk, which only tests that kill
// the process have a use for.
func hasty(s *Store) *Store {
	s.db.NoSync = true
	return s
}

// reopen closes a store and opens its file again.
func reopen(t testing.TB, s *Store) *Store {
	t.Helper()
	if err := s.Close(); err != nil {
		t.Fatalf("close: %v", err)
	}
	return openAt(t, s.path, s.options)
}

func keeper() access.Identity { return access.Alone("keeper") }

func as(user string, role access.Role, partner field.Party) access.Identity {
	return access.Identity{User: user, Name: user, Role: role, Partner: partner}
}

// update must succeed.
func update(t testing.TB, s *Store, id access.Identity, fn func(*Tx) error) Result {
	t.Helper()
	res, err := s.Update(context.Background(), id, Op{Title: t.Name()}, fn)
	if err != nil {
		t.Fatalf("update: %v", err)
	}
	return res
}

// put stores one record, which must succeed.
func put[T field.Record](t testing.TB, s *Store, id access.Identity, rec *T) field.ID[T] {
	t.Helper()
	var out field.ID[T]
	update(t, s, id, func(tx *Tx) (err error) {
		out, err = field.Put(tx, rec)
		return err
	})
	return out
}

// refused must fail with the code; it returns the sentence.
func refused(t testing.TB, code failure.Code, err error) string {
	t.Helper()
	if err == nil {
		t.Fatalf("accepted, want %q", code)
	}
	if got := failure.CodeOf(err); got != code {
		t.Fatalf("code %q, want %q: %v", got, code, err)
	}
	return err.Error()
}

// found gives a store with the founding records in it.
func founded(t testing.TB) (*Store, *clock) {
	t.Helper()
	s, c := open(t)
	fillFounding(t, s)
	return s, c
}

func fillFounding(t testing.TB, s *Store) {
	t.Helper()
	update(t, s, keeper(), func(tx *Tx) error { return partnership.NewSeed().Each(tx.Insert) })
}

// Partners of the founding records.
const (
	independence partnership.PartnerID = iota + 1
	leesSummit
	blueSprings
	grandview
	raytown
)

// person is somebody with private fields.
func person(partner partnership.PartnerID, name string) *partnership.Person {
	return &partnership.Person{Partner: partner, Name: name, Title: "Clerk", Phone: "816-555-0100",
		Mobile: "816-555-0199 " + name, Note: "private note on " + name}
}
