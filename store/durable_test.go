package store

import (
	"errors"
	"os"
	"path/filepath"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"go.etcd.io/bbolt"

	"interlocal/model/failure"
)

// TestTheDatabaseWaitsForTheDisk looks at every way in which a store comes to its
// database: none of them may leave out waiting for the disk.
func TestTheDatabaseWaitsForTheDisk(t *testing.T) {
	waits := func(what string, s *Store) {
		t.Helper()
		if s.db.NoSync || s.db.NoFreelistSync || s.db.NoGrowSync {
			t.Errorf("%s does not wait for the disk", what)
		}
	}
	path := filepath.Join(t.TempDir(), "desk.db")
	o := options(newClock())
	s, err := Open(path, o)
	if err != nil {
		t.Fatal(err)
	}
	waits("a new file", s)
	fillFounding(t, s)
	if _, _, err := s.Compact(t.Context()); err != nil {
		t.Fatal(err)
	}
	waits("a compacted file", s)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if s, err = Open(path, o); err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	waits("a file that was there", s)
}

// onDisk reads a draft from the file itself.
func onDisk(t *testing.T, s *Store, key string) (string, bool) {
	t.Helper()
	var data []byte
	s.view(func(tx *bbolt.Tx) error {
		name := []byte(draftKey(keeper(), key))
		if value := tx.Bucket([]byte(bucketDrafts)).Get(name); value != nil {
			d, _ := decodeDraft(name, value)
			data = d.data
		}
		return nil
	})
	return string(data), data != nil
}

func TestADraftIsOnDiskWithinASecondAndNotAtOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, _ := founded(t)
		synctest.Wait() // until nothing more is written of what was founded
		s.SaveDraft(keeper(), "people/1", []byte("h"))
		s.SaveDraft(keeper(), "people/1", []byte("he"))
		synctest.Wait()
		if got, there := onDisk(t, s, "people/1"); there {
			t.Errorf("%q was written for every key", got)
		}
		time.Sleep(time.Second)
		synctest.Wait()
		if got, _ := onDisk(t, s, "people/1"); got != "he" {
			t.Errorf("after a second the disk holds %q", got)
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
	})
}

func TestADraftOutlivesACommitThatFailed(t *testing.T) {
	s, _ := founded(t)
	var failing atomic.Bool
	failing.Store(true)
	s.fault = func() error {
		if failing.Load() {
			return errors.New("the disk is away")
		}
		return nil
	}
	s.SaveDraft(keeper(), "people/1", []byte("half a sentence"))
	if err := tryPut(t, s, "Lost"); err == nil {
		t.Fatal("a commit that failed was acknowledged")
	}
	failing.Store(false)
	if err := tryPut(t, s, "Kept"); err != nil {
		t.Fatal(err)
	}
	if got, _ := onDisk(t, s, "people/1"); got != "half a sentence" {
		t.Errorf("the disk holds %q", got)
	}
	if data, _, ok := reopen(t, s).Draft(keeper(), "people/1"); !ok || string(data) != "half a sentence" {
		t.Error("the draft is gone")
	}
}

// TestADraftOutlivesAFileThatIsAway moves the file away from under the program and back.
func TestADraftOutlivesAFileThatIsAway(t *testing.T) {
	s, _ := founded(t)
	away := s.path + ".away"
	if err := os.Rename(s.path, away); err != nil {
		t.Fatal(err)
	}
	s.SaveDraft(keeper(), "people/1", []byte("half a sentence"))
	refused(t, failure.Unusable, tryPut(t, s, "Lost"))
	if err := os.Rename(away, s.path); err != nil {
		t.Fatal(err)
	}
	if err := tryPut(t, s, "Kept"); err != nil {
		t.Fatal(err)
	}
	if got, _ := onDisk(t, s, "people/1"); got != "half a sentence" {
		t.Errorf("the disk holds %q", got)
	}
}
