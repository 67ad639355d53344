package store

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"sync"
	"testing"
	"time"

	"interlocal/model/field"
	"interlocal/model/partnership"
)

// aged makes a file of a thousand people who have been changed many times.
func aged(t testing.TB, changes int) (*Store, *clock) {
	t.Helper()
	s, c := founded(t)
	const people, writers = 1000, 32
	update(t, s, keeper(), func(tx *Tx) error {
		for i := range people {
			if _, err := tx.Put("people", person(raytown, fmt.Sprint("Person ", i))); err != nil {
				return err
			}
		}
		return nil
	})
	var all sync.WaitGroup
	for w := range writers {
		all.Go(func() {
			rng := rand.New(rand.NewPCG(1, uint64(w)))
			for i := range changes / writers {
				p := person(raytown, fmt.Sprint("Person ", i))
				p.ID = partnership.PersonID(1 + rng.IntN(people))
				if _, err := s.Update(t.Context(), keeper(), Op{Title: "correct a person"}, func(tx *Tx) error {
					_, err := tx.Put("people", p)
					return err
				}); err != nil {
					t.Error(err)
					return
				}
				if w == 0 && i%100 == 99 {
					c.advance(time.Hour)
				}
			}
		})
	}
	all.Wait()
	return s, c
}

// TestOpeningAfterManyChanges tells how long a file takes to open by the number of
// changes in its past.
func TestOpeningAfterManyChanges(t *testing.T) {
	if !long() {
		t.Skip("takes minutes; set INTERLOCAL_LONG")
	}
	changes := 200_000
	if n, err := strconv.Atoi(os.Getenv("INTERLOCAL_CHANGES")); err == nil {
		changes = n
	}
	s, _ := aged(t, changes)
	s.Close()
	for range 3 {
		runtime.GC()
		start := time.Now()
		again, err := Open(s.path, s.options)
		took := time.Since(start)
		if err != nil {
			t.Fatal(err)
		}
		again.Close()
		t.Logf("%d changes, %d MB: opened in %v", changes, fileSize(s.path)>>20, took.Round(time.Millisecond))
	}
	w := time.Now()
	if err := verifyPages(s.path); err != nil {
		t.Fatal(err)
	}
	t.Logf("of that, walking the pages: %v; %s", time.Since(w).Round(time.Millisecond), filepath.Base(s.path))
}

// planted is a word that somebody wrote down by mistake and took out again.
const planted = "xylotomist-4711"

// busyYear makes so many changes to a thousand people over a year, each an entry of
// its own, by several writers at once.
func busyYear(t *testing.T, s *Store, c *clock, year, changes int) {
	t.Helper()
	const people, writers = 1000, 32
	day := time.Duration(float64(365*24*time.Hour) * writers / float64(changes))
	var all sync.WaitGroup
	for w := range writers {
		all.Go(func() {
			rng := rand.New(rand.NewPCG(uint64(year), uint64(w)))
			for i := range changes / writers {
				if w == 0 {
					c.advance(day)
				}
				id := partnership.PersonID(2 + rng.IntN(people-1))
				if _, err := s.Update(t.Context(), keeper(), Op{Title: "correct a person"}, func(tx *Tx) error {
					p := *field.Get(tx, id)
					p.Phone = fmt.Sprintf("816-555-%04d", (year*31+i*7+w)%10000)
					_, err := field.Put(tx, &p)
					return err
				}); err != nil {
					t.Error(err)
					return
				}
			}
		})
	}
	all.Wait()
}

// slowestBeside tells how long the slowest of the changes took that were made while
// work was under way.
func slowestBeside(t *testing.T, s *Store, work func()) (slowest time.Duration, changes int) {
	t.Helper()
	done, over := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(over)
		for stop := false; !stop; changes++ {
			select {
			case <-done:
				stop = true
			default:
			}
			start := time.Now()
			if _, err := s.Update(t.Context(), keeper(), Op{Title: "meanwhile"}, func(tx *Tx) error {
				p := *field.Get(tx, partnership.PersonID(1))
				p.Phone = fmt.Sprintf("816-555-%04d", changes%10000)
				_, err := field.Put(tx, &p)
				return err
			}); err != nil {
				t.Error(err)
			}
			slowest = max(slowest, time.Since(start))
		}
	}()
	work()
	close(done)
	<-over
	return slowest, changes
}

// holdsWord reports whether a file holds the planted word anywhere, unused pages
// among them.
func holdsWord(t *testing.T, path string) bool {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return bytes.Contains(data, []byte(planted))
}

// TestTenYears lets a file grow old: each year has its changes, and at its end what
// is older than a year is removed from the history. A word that was planted in the
// first year and taken out again is gone with it. In the long run it is 2,000,000
// changes, and a table of what the file comes to.
func TestTenYears(t *testing.T) {
	years, perYear := 3, 320
	if long() {
		years, perYear = 10, 200_000
	}
	s, c := founded(t)
	update(t, s, keeper(), func(tx *Tx) error {
		for i := range 1000 {
			p := person(raytown, fmt.Sprint("Person ", i))
			if i == 0 {
				p.Note = planted
			}
			if _, err := tx.Put("people", p); err != nil {
				return err
			}
		}
		return nil
	})
	update(t, s, keeper(), func(tx *Tx) error {
		p := *field.Get(tx, partnership.PersonID(1))
		p.Note = ""
		_, err := field.Put(tx, &p)
		return err
	})
	for year := 1; year <= years; year++ {
		start := time.Now()
		busyYear(t, s, c, year, perYear)
		made, before, gone := time.Since(start), fileSize(s.path), 0
		if year == 1 && !holdsWord(t, s.path) {
			t.Error("the word was not planted")
		}
		start = time.Now()
		slowest, meanwhile := slowestBeside(t, s, func() {
			var err error
			if gone, err = s.Purge(t.Context(), keeper(), c.now().AddDate(-1, 0, 0)); err != nil {
				t.Fatal(err)
			}
		})
		purged := time.Since(start)
		s.Close()
		runtime.GC()
		start = time.Now()
		s = openAt(t, s.path, s.options)
		opened := time.Since(start)
		runtime.GC()
		var is runtime.MemStats
		runtime.ReadMemStats(&is)
		t.Logf("year %2d: revision %7d, made in %5.1f s; file %4d MB; purge of %d in %.1f s beside %d changes, the "+
			"slowest %d ms; then %4d MB, opened in %d ms, heap %d MB", year, s.durable.Load().rev, made.Seconds(),
			before>>20, gone, purged.Seconds(), meanwhile, slowest.Milliseconds(), fileSize(s.path)>>20,
			opened.Milliseconds(), is.HeapAlloc>>20)
	}
	wordIsGone(t, s)
	clean(t, s)
}

// wordIsGone looks for the planted word wherever a purge should have removed it.
func wordIsGone(t *testing.T, s *Store) {
	t.Helper()
	backup := filepath.Join(t.TempDir(), "copy.db")
	if err := s.Backup(t.Context(), backup); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{s.path, backup} {
		if holdsWord(t, path) {
			t.Errorf("%s still holds what was purged", filepath.Base(path))
		}
	}
	changes, err := s.As(keeper()).History("people", 1, 1<<30)
	if err != nil || len(changes) == 0 {
		t.Errorf("%d changes are told of: %v", len(changes), err)
	}
	for _, c := range changes {
		if bytes.Contains(fmt.Appendf(nil, "%+v %+v", c.Before, c.After), []byte(planted)) {
			t.Error("the history still tells it")
		}
	}
}
