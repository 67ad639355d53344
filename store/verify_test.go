package store

import (
	"encoding/binary"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"go.etcd.io/bbolt"

	"interlocal/model/failure"
	"interlocal/model/field"
	"interlocal/model/partnership"
)

// past makes a file whose people and history take pages of their own, and closes it.
func past(t *testing.T) *Store {
	t.Helper()
	s, _ := founded(t)
	for i := range 60 {
		put(t, s, keeper(), person(raytown, fmt.Sprint("Person ", i)))
	}
	s.Close()
	s.options.atOnce = 1
	return s
}

// harm spoils a leaf page of a bucket in the file of a closed store.
func harm(t *testing.T, s *Store, bucket string) {
	t.Helper()
	db, err := bbolt.Open(s.path, 0o600, nil)
	if err != nil {
		t.Fatal(err)
	}
	var page uint64
	db.View(func(tx *bbolt.Tx) error {
		page = uint64(tx.Bucket([]byte(bucket)).Root())
		return nil
	})
	size := db.Info().PageSize
	db.Close()
	data, err := os.ReadFile(s.path)
	if err != nil || page == 0 {
		t.Fatal(page, err)
	}
	binary.NativeEndian.PutUint64(data[int(page)*size:], page+1)
	if err := os.WriteFile(s.path, data, 0o600); err != nil {
		t.Fatal(err)
	}
}

// loaded names the kinds that have been read.
func loaded(s *Store) (names []string) {
	for i, table := range s.durable.Load().tables {
		if table.built.Load() != nil && table.Len() > 0 {
			names = append(names, s.kinds[i].Name)
		}
	}
	return names
}

// A file whose history is damaged opens, since the present is whole; but nothing is
// written to it, and none of its history is read, and both say what to do.
func TestNothingIsWrittenBeforeAllPagesAreWalked(t *testing.T) {
	for _, bucket := range []string{bucketJournal, bucketTrail} {
		t.Run(bucket, func(t *testing.T) {
			s := past(t)
			want := s.durable.Load()
			harm(t, s, bucket)
			before, _ := os.ReadFile(s.path)
			s = openAt(t, s.path, s.options)
			sameState(t, want, s.durable.Load())
			w := s.Watch()
			_, err := s.Update(t.Context(), keeper(), Op{}, func(tx *Tx) error {
				_, err := tx.Put("people", person(raytown, "Ann"))
				return err
			})
			if sentence := refused(t, failure.Damaged, err); !strings.Contains(sentence, "interlocal --db "+
				QuotePath(s.path)+" repair") {
				t.Error(sentence)
			}
			if s.As(keeper()).View().Rows("people").Len() != 60 {
				t.Error("a refused change is shown")
			}
			_, err = s.As(keeper()).Recent(10, 0)
			refused(t, failure.Damaged, err)
			s.verifyRest()
			if n := <-w.C(); !n.Reload || s.Damage() == nil || !strings.Contains(s.Damage().Words, "repair") {
				t.Errorf("those who watch are told %+v, and the file says %+v", n, s.Damage())
			}
			s.Close()
			if after, _ := os.ReadFile(s.path); string(after) != string(before) {
				t.Error("the file was written to")
			}
			if _, _, err := Repair(s.path, s.options); err != nil {
				t.Fatal(err)
			}
			s = openAt(t, s.path, s.options)
			put(t, s, keeper(), person(raytown, "Ann"))
			clean(t, s)
		})
	}
}

// A page that the list of free pages names and the history uses is found before it
// is overwritten.
func TestAFreePageOfTheHistoryIsFoundBeforeTheFirstChange(t *testing.T) {
	s := past(t)
	w, err := walkPages(s.path)
	if err != nil {
		t.Fatal(err)
	}
	data, _ := os.ReadFile(s.path)
	var page uint64
	db, _ := bbolt.Open(s.path, 0o600, &bbolt.Options{ReadOnly: true})
	db.View(func(tx *bbolt.Tx) error {
		page = uint64(tx.Bucket([]byte(bucketTrail)).Root())
		return nil
	})
	db.Close()
	list := data[int64(w.meta.freelist)*w.meta.pageSize+pageHeader:]
	binary.NativeEndian.PutUint64(list[8*(w.free-1):], page)
	if err := os.WriteFile(s.path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	s = openAt(t, s.path, s.options)
	_, err = s.Update(t.Context(), keeper(), Op{}, func(tx *Tx) error {
		_, err := tx.Put("people", person(raytown, "Ann"))
		return err
	})
	refused(t, failure.Damaged, err)
}

// A command that asks for partners does not read the people, whose damage is then
// none of its business; one that asks for them is told.
func TestACommandReadsWhatItAsksFor(t *testing.T) {
	s := past(t)
	want := s.durable.Load()
	s.options.AtNeed = true
	s = openAt(t, s.path, s.options)
	bucket := string(s.kinds[s.byName["people"]].bucket)
	if n := s.As(keeper()).View().Rows("partners").Len(); n != 6 || strings.Contains(fmt.Sprint(loaded(s)), "people") ||
		!s.pages.asideOf(bucket) {
		t.Errorf("%d partners; read were %v", n, loaded(s))
	}
	if _, ok := s.durable.Load().tables[s.byName["people"]].Get(3); !ok || !strings.Contains(fmt.Sprint(loaded(s)),
		"people") || s.pages.asideOf(bucket) {
		t.Errorf("read were %v, and walked: %v", loaded(s), !s.pages.asideOf(bucket))
	}
	put(t, s, keeper(), person(raytown, "Ann"))
	clean(t, s)
	s.Close()
	harm(t, s, bucket)
	s = openAt(t, s.path, s.options)
	if s.As(keeper()).View().Rows("partners").Len() != 6 {
		t.Error("the partners are not there")
	}
	defer func() {
		if err := Unread(recover()); failure.CodeOf(err) != failure.Damaged || !strings.Contains(err.Error(), s.path) {
			t.Errorf("reading damaged people ended with %v", err)
		}
		if err := s.LoadAll(); failure.CodeOf(err) != failure.Damaged {
			t.Errorf("loading all came to %v", err)
		}
	}()
	t.Errorf("%d people, %d were there", s.As(keeper()).View().Rows("people").Len(), want.tables[0].Len())
}

// What is read at need is what was there, whoever asks first and whatever is being
// written meanwhile.
func TestManyReadAtNeedAtOnce(t *testing.T) {
	s := past(t)
	want := s.durable.Load()
	s.options.AtNeed = true
	s = openAt(t, s.path, s.options)
	before := s.durable.Load()
	var all sync.WaitGroup
	for i := range 8 {
		all.Go(func() {
			if i%4 == 0 {
				if _, err := s.Update(t.Context(), keeper(), Op{}, func(tx *Tx) error {
					p := person(raytown, fmt.Sprint("New ", i))
					if i > 0 {
						p.ID = partnership.PersonID(i)
					}
					_, err := tx.Put("people", p)
					return err
				}); err != nil {
					t.Error(err)
				}
			}
			if i%4 == 1 {
				if _, err := s.As(keeper()).Recent(10, 0); err != nil {
					t.Error(err)
				}
			}
			if i%4 == 2 {
				if _, _, err := s.Compact(t.Context()); err != nil {
					t.Error(err)
				}
			}
			s.As(as("Kim", "editor", field.Party(raytown))).View().Rows("people")
		})
	}
	all.Wait()
	sameState(t, want, before)
	clean(t, s)
}

// A file of a later database is no damaged one.
func TestAFileOfALaterDatabaseIsLeftAlone(t *testing.T) {
	s := past(t)
	data, _ := os.ReadFile(s.path)
	for page := range 2 {
		var b [metaSize]byte
		at := data[page*os.Getpagesize()+pageHeader:]
		copy(b[:], at)
		binary.NativeEndian.PutUint32(b[4:], boltVersion+1)
		binary.NativeEndian.PutUint64(b[56:], metaSum(b))
		copy(at, b[:])
	}
	path := filepath.Join(t.TempDir(), "later.db")
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	_, err := Open(path, s.options)
	if sentence := refused(t, failure.Unusable, err); !strings.Contains(sentence, "newer version") {
		t.Error(sentence)
	}
}
