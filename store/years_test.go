package store

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"sync"
	"testing"
	"time"

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
