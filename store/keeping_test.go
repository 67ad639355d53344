package store

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"go.etcd.io/bbolt"

	"interlocal/model/access"
	"interlocal/model/failure"
)

// TestAPurgeIsAnEntryFromWhichEveryCopyWorksOutTheSame lands the entries of a file,
// from before its purge on, in another: both come out the same.
func TestAPurgeIsAnEntryFromWhichEveryCopyWorksOutTheSame(t *testing.T) {
	s, c := lively(t)
	pruning(t, s, 30)
	answer := replacedSecret(t, s)
	c.advance(31 * 24 * time.Hour)
	follower := follow(t, s)
	if n, err := s.PruneConfidential(t.Context()); err != nil || n != 2 {
		t.Fatal(n, err)
	}
	if err := s.Hold(t.Context(), keeper(), "Smith v. Raytown"); err != nil {
		t.Fatal(err)
	}
	if err := s.Release(t.Context(), keeper(), "smith v. raytown"); err != nil {
		t.Fatal(err)
	}
	order := PurgeOrder{Before: c.now().Add(-45 * 24 * time.Hour), By: "the board", Series: "GS 010"}
	n, err := s.PurgeBy(t.Context(), as("root", access.Admin, 0), order)
	if err != nil || n == 0 {
		t.Fatal(n, err)
	}
	if _, err := s.MarkClock(t.Context(), keeper(), 60, 61); err != nil {
		t.Fatal(err)
	}
	put(t, s, keeper(), person(raytown, "After"))
	entries, err := s.As(keeper()).Recent(0, 0)
	if err != nil {
		t.Fatal(err)
	}
	line := ""
	for _, e := range entries {
		if e.Kind == EntryPurge {
			line = e.Op.Title
		}
	}
	if !strings.Contains(line, "changes, by order of the board, series GS 010") || !strings.Contains(line, "before") {
		t.Errorf("what remains is %q", line)
	}
	if got := historyText(t, s, s.As(keeper()), "answers", uint64(answer.ID)); strings.Contains(got, "first") {
		t.Errorf("a redacted value is there: %s", got)
	}
	follower(t)
}

// follow copies a file; the function it returns lands in the copy what the file has
// gained since, entry by entry, and compares the two value by value.
func follow(t *testing.T, s *Store) func(t *testing.T) {
	path := filepath.Join(t.TempDir(), "follower.db")
	if err := s.Backup(t.Context(), path); err != nil {
		t.Fatal(err)
	}
	from := s.durable.Load().rev + 1
	return func(t *testing.T) {
		t.Helper()
		db, err := bbolt.Open(path, 0o600, nil)
		if err != nil {
			t.Fatal(err)
		}
		defer db.Close()
		for rev := from; rev <= s.durable.Load().rev; rev++ {
			var value []byte
			s.view(func(tx *bbolt.Tx) error {
				value = bytes.Clone(tx.Bucket([]byte(bucketJournal)).Get(idKey(rev)))
				return nil
			})
			e, err := openEntry(idKey(rev), value)
			if err != nil {
				t.Fatal(err)
			}
			err = db.Update(func(tx *bbolt.Tx) error {
				h, err := readHead(tx)
				if err != nil {
					return err
				}
				land := newLanding(tx, s.layout)
				if err := land.take(&e, value); err != nil {
					return err
				}
				r := &replay{next: map[int]uint64{}, recs: map[tagID]image{}}
				for _, n := range h.next {
					r.next[n.tag] = n.next
				}
				r.rev = e.rev - 1
				e.each(func(p imagePair) bool { r.applyPair(&e, p); return true })
				r.rev, r.at = e.rev, e.at
				return land.finish(r.head())
			})
			if err != nil {
				t.Fatalf("entry %d: %v", rev, err)
			}
		}
		sameContent(t, s, db)
	}
}

// sameContent compares everything that comes of entries.
func sameContent(t *testing.T, s *Store, db *bbolt.DB) {
	t.Helper()
	s.view(func(a *bbolt.Tx) error {
		return db.View(func(b *bbolt.Tx) error {
			names := []string{bucketJournal, bucketTrail}
			for i := range s.kinds {
				names = append(names, string(s.kinds[i].bucket))
			}
			for _, name := range names {
				mine, theirs := a.Bucket([]byte(name)), b.Bucket([]byte(name))
				count := 0
				mine.ForEach(func(key, value []byte) error {
					count++
					if !bytes.Equal(theirs.Get(key), value) {
						t.Errorf("%s: %x differs", name, key)
					}
					return nil
				})
				others := 0
				theirs.ForEach(func(_, _ []byte) error { others++; return nil })
				if count != others {
					t.Errorf("%s: %d here, %d there", name, count, others)
				}
			}
			for _, name := range []string{metaHead, metaClock, metaKeep, metaPruned} {
				mine, _ := optionalMeta(a, name)
				if theirs, _ := optionalMeta(b, name); !bytes.Equal(mine, theirs) {
					t.Errorf("%s differs", name)
				}
			}
			return nil
		})
	})
}

func TestAHoldStopsEverythingThatRemovesHistory(t *testing.T) {
	s, c := founded(t)
	pruning(t, s, 30)
	replacedSecret(t, s)
	for _, id := range []access.Identity{as("x", access.Coordinator, 0), as("x", access.Viewer, 0)} {
		refused(t, failure.Forbidden, s.Hold(t.Context(), id, "A request"))
		refused(t, failure.Forbidden, s.Schedule(t.Context(), id, 7, "GS 010"))
	}
	refused(t, failure.Invalid, s.Hold(t.Context(), keeper(), " "))
	refused(t, failure.NotFound, s.Release(t.Context(), keeper(), "A request"))
	refused(t, failure.Invalid, s.Schedule(t.Context(), keeper(), 1, ""))
	refused(t, failure.Invalid, s.Schedule(t.Context(), keeper(), 101, "GS 010"))
	for _, err := range []error{s.Hold(t.Context(), keeper(), "A request"),
		s.Schedule(t.Context(), keeper(), 1, "GS 010")} {
		if err != nil {
			t.Fatal(err)
		}
	}
	refused(t, failure.Conflict, s.Hold(t.Context(), keeper(), "A request"))
	c.advance(800 * 24 * time.Hour)
	put(t, s, keeper(), person(raytown, "Later"))
	before := historyCount(t, s)
	s = reopen(t, s)
	_, err := s.Purge(t.Context(), keeper(), c.now())
	if sentence := refused(t, failure.Forbidden, err); !strings.Contains(sentence, "held for A request") {
		t.Error(sentence)
	}
	_, err = s.OlderThan(t.Context(), c.now())
	refused(t, failure.Forbidden, err)
	if _, _, err := s.BackupDaily(t.Context()); err != nil || historyCount(t, s) != before {
		t.Errorf("%d changes of %d are left, %v", historyCount(t, s), before, err)
	}
	if err := s.Release(t.Context(), keeper(), "a request"); err != nil {
		t.Fatal(err)
	}
	c.advance(24 * time.Hour)
	if _, _, err := s.BackupDaily(t.Context()); err != nil {
		t.Fatal(err)
	}
	entries, err := s.As(keeper()).Recent(1, 0)
	if err != nil || entries[0].Kind != EntryPurge || entries[0].Actor != scheduleName ||
		!strings.HasSuffix(entries[0].Op.Title, "by order of keeper, series GS 010") {
		t.Errorf("%+v, %v", entries, err)
	}
	clean(t, s)
	if err := s.Schedule(t.Context(), keeper(), 0, ""); err != nil || s.Keeping().Years != 0 {
		t.Error(err)
	}
}

func historyCount(t *testing.T, s *Store) int {
	t.Helper()
	entries, err := s.As(keeper()).Recent(0, 0)
	if err != nil {
		t.Fatal(err)
	}
	return len(entries)
}

// TestAPurgedWordIsNowhere looks for a word that was purged in every byte of the
// file and of a backup made afterwards.
func TestAPurgedWordIsNowhere(t *testing.T) {
	s, c := founded(t)
	const word = "Zwiebelkuchen"
	p := person(raytown, "Ann "+word)
	p.ID = put(t, s, keeper(), p)
	p.Name = "Ann"
	p.Mobile, p.Note = "", ""
	put(t, s, keeper(), p)
	for i := range 40 {
		put(t, s, keeper(), person(raytown, "Others "+strings.Repeat("x", i)))
	}
	if _, _, err := s.BackupDaily(t.Context()); err != nil {
		t.Fatal(err)
	}
	c.advance(400 * 24 * time.Hour)
	put(t, s, keeper(), person(raytown, "Today"))
	if n, err := s.OlderThan(t.Context(), c.now().Add(-time.Hour)); err != nil || n != 43 {
		t.Errorf("%d changes are older, %v", n, err)
	}
	if n, err := s.Purge(t.Context(), keeper(), c.now().Add(-time.Hour)); err != nil || n != 43 {
		t.Fatal(n, err)
	}
	copied := filepath.Join(t.TempDir(), "copy.db")
	if err := s.Backup(t.Context(), copied); err != nil {
		t.Fatal(err)
	}
	clean(t, s)
	s.Close()
	for _, path := range []string{s.path, copied} {
		if data, err := os.ReadFile(path); err != nil || bytes.Contains(data, []byte(word)) {
			t.Errorf("the word is still in %s: %v", path, err)
		}
	}
}
