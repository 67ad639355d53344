package store

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"go.etcd.io/bbolt"

	"interlocal/model/access"
	"interlocal/model/failure"
)

func TestWhatIsKnownOfCopiesIsKept(t *testing.T) {
	s, c := founded(t)
	if s.Copies().Good != (CopyMade{}) || s.As(keeper()).CopyWords() != "" {
		t.Error("a copy is known before one was made")
	}
	put(t, s, keeper(), person(raytown, "Ann"))
	path, _, err := s.BackupDaily(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	want := CopyMade{At: c.now(), Rev: s.durable.Load().rev, Path: path}
	away := t.TempDir()
	if s.Copies().Good != want {
		t.Errorf("%+v, want %+v", s.Copies().Good, want)
	}
	c.advance(time.Hour)
	first, made, err := s.BackupTo(t.Context(), away)
	if err != nil || !made || filepath.Base(first) != "desk-2027-03-04-change-2.db" {
		t.Fatal(first, made, err)
	}
	again, made, err := s.BackupTo(t.Context(), away)
	if err != nil || made || again != first {
		t.Errorf("with nothing changed: %s, %v, %v", again, made, err)
	}
	if !s.Finds(s.Copies().Good) || s.Finds(CopyMade{Path: filepath.Join(away, "another.db")}) {
		t.Error("where a copy lies is told wrongly")
	}
	s = reopen(t, s)
	if got := s.Copies(); got.Good.Path != first || got.Away.Path != first || len(got.Pending) > 0 || got.Failed != "" {
		t.Errorf("%+v", got)
	}
	if words := s.As(keeper()).CopyWords(); words != "last good copy Mar 4, 10:00 am, elsewhere Mar 4, 10:00 am" {
		t.Error(words)
	}
}

// TestACopyOfAnotherWayIsNoCopy: after a restore the same day and number may stand on a
// copy of what was given up.
func TestACopyOfAnotherWayIsNoCopy(t *testing.T) {
	s, _ := founded(t)
	away := t.TempDir()
	backup := filepath.Join(t.TempDir(), "copy.db")
	if err := s.Backup(t.Context(), backup); err != nil {
		t.Fatal(err)
	}
	put(t, s, keeper(), person(raytown, "Given Up"))
	if _, _, err := s.BackupTo(t.Context(), away); err != nil {
		t.Fatal(err)
	}
	s.Close()
	if _, err := Restore(s.path, backup, s.options); err != nil {
		t.Fatal(err)
	}
	s = openAt(t, s.path, s.options)
	put(t, s, keeper(), person(raytown, "Kept"))
	path, made, err := s.BackupTo(t.Context(), away)
	if err != nil || !made {
		t.Fatal(path, made, err)
	}
	copied := openAt(t, path, s.options)
	sameState(t, s.durable.Load(), copied.durable.Load())
	copied.Close()
	if again, made, err := s.BackupTo(t.Context(), away); err != nil || made || again != path {
		t.Error(again, made, err)
	}
}

func TestACopyThatFailsIsSeenAtOnce(t *testing.T) {
	s, c := founded(t)
	if _, _, err := s.BackupDaily(t.Context()); err != nil {
		t.Fatal(err)
	}
	w := s.Watch()
	defer w.Close()
	gone := filepath.Join(t.TempDir(), "not mounted")
	_, _, err := s.BackupTo(t.Context(), gone)
	refused(t, failure.NotFound, err)
	if there, _ := exists(gone); there {
		t.Error("a folder was made where a share should be mounted")
	}
	if n := <-w.C(); !n.Reload {
		t.Errorf("%+v", n)
	}
	for _, id := range []access.Identity{keeper(), as("ada", access.Admin, 0), as("pat", access.Coordinator, 0)} {
		notices := s.As(id).Notices()
		if len(notices) != 1 || !strings.Contains(notices[0], "The copy of Mar 4, 2027 could not be made: there is "+
			"no folder") ||
			!strings.Contains(notices[0], "The last good copy is of Mar 4, 2027.") {
			t.Errorf("%q", notices)
		}
	}
	if got := s.As(as("vic", access.Viewer, 0)).Notices(); len(got) > 0 {
		t.Errorf("a viewer is told %q", got)
	}
	c.advance(24 * time.Hour)
	if _, _, err := s.BackupDaily(t.Context()); err != nil {
		t.Fatal(err)
	}
	if got := s.As(keeper()).Notices(); len(got) > 0 {
		t.Errorf("after a good copy: %q", got)
	}
}

func TestOldCopiesAreSeen(t *testing.T) {
	s, c := founded(t)
	if _, _, err := s.BackupDaily(t.Context()); err != nil {
		t.Fatal(err)
	}
	c.advance(10 * 24 * time.Hour)
	if got := s.As(keeper()).Notices(); len(got) > 0 {
		t.Errorf("nothing has changed since, and %q", got)
	}
	put(t, s, keeper(), person(raytown, "Ann"))
	if got := s.As(keeper()).Notices(); len(got) != 1 ||
		!strings.Contains(got[0], "The last good copy is of Mar 4, 2027. Make one with: interlocal --db "+s.path+" backup") {
		t.Errorf("%q", got)
	}
}

func TestCopiesElsewhereAreThinnedOutByWhatIsInThem(t *testing.T) {
	s, c := founded(t)
	away := t.TempDir()
	strange := filepath.Join(away, "desk-2020-01-01-change-1.db")
	other, _ := founded(t)
	if err := other.Backup(t.Context(), strange); err != nil {
		t.Fatal(err)
	}
	for range backupsKept + 2 {
		put(t, s, keeper(), person(raytown, "More"))
		if _, made, err := s.BackupTo(t.Context(), away); err != nil || !made {
			t.Fatal(made, err)
		}
		c.advance(24 * time.Hour)
	}
	left, _ := filepath.Glob(filepath.Join(away, "*"))
	if len(left) != backupsKept+1 {
		t.Errorf("%d files are left", len(left))
	}
	if there, _ := exists(strange); !there {
		t.Error("another file's copy is gone")
	}
}

// TestLeavingsOfEveryKindAreSwept puts down what kills leave, wherever it lies.
func TestLeavingsOfEveryKindAreSwept(t *testing.T) {
	s, _ := founded(t)
	if _, _, err := s.BackupDaily(t.Context()); err != nil {
		t.Fatal(err)
	}
	elsewhere := filepath.Join(t.TempDir(), "copy.db")
	s.making(elsewhere) // and was killed
	s.Close()
	dir := filepath.Dir(s.path)
	left := []string{
		filepath.Join(dir, ".desk.db.123.tmp"),                                // a restore, a repair, a new file
		filepath.Join(dir, "..desk.db.123.tmp.456.tmp"),                       // a compaction
		filepath.Join(s.options.BackupDir, ".interlocal-2027-03-05.db.7.tmp"), // a daily backup
		filepath.Join(s.options.BackupDir, ".before-format-2-20270304.db.8.tmp"),
		filepath.Join(filepath.Dir(elsewhere), ".copy.db.99.tmp"), // a copy to another folder
	}
	stays := []string{filepath.Join(dir, ".desk.dbx.123.tmp"), filepath.Join(dir, "desk.db.tmp"),
		filepath.Join(filepath.Dir(elsewhere), ".other.db.99.tmp")}
	for _, path := range append(left, stays...) {
		if err := os.WriteFile(path, []byte("half"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	s = openAt(t, s.path, s.options)
	for _, path := range left {
		if there, _ := exists(path); there {
			t.Errorf("%s is still there", path)
		}
	}
	for _, path := range stays {
		if there, _ := exists(path); !there {
			t.Errorf("%s is gone", path)
		}
	}
	if len(s.Copies().Pending) > 0 {
		t.Error("it would be swept again")
	}
	backup := s.Backups()[0]
	s.Close()
	for what, do := range map[string]func() error{
		"restore": func() error { _, err := Restore(s.path, backup, s.options); return err },
		"repair":  func() error { _, _, err := Repair(s.path, s.options); return err },
	} {
		for _, path := range left[:3] {
			if err := os.WriteFile(path, []byte("half"), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		if err := do(); err != nil {
			t.Fatal(err)
		}
		for _, path := range left[:3] {
			if there, _ := exists(path); there {
				t.Errorf("a %s leaves %s", what, path)
			}
		}
	}
}

// TestACopyIsCheckedBeforeItHasItsName harms what is read while a copy is made: the
// copy is not kept, and the one before it stays the last good one.
func TestACopyIsCheckedBeforeItHasItsName(t *testing.T) {
	s, _ := founded(t)
	good := filepath.Join(t.TempDir(), "good.db")
	if err := s.Backup(t.Context(), good); err != nil {
		t.Fatal(err)
	}
	k := s.kinds[s.byName["partners"]]
	if err := s.alter(func(tx *bbolt.Tx) error { return tx.Bucket(k.bucket).Put(idKey(2), []byte("nonsense")) }); err !=
		nil {
		t.Fatal(err)
	}
	bad := filepath.Join(t.TempDir(), "bad.db")
	refused(t, failure.Damaged, s.Backup(t.Context(), bad))
	if left, _ := filepath.Glob(filepath.Join(filepath.Dir(bad), "*")); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
	if c := s.Copies(); c.Good.Path != good || !strings.Contains(c.Failed, "partner #2") || len(c.Pending) > 0 {
		t.Errorf("%+v", c)
	}
}

// A disk that fills is told of before nothing can be saved, and how long commits take
// is known.
func TestADiskThatFillsIsSeen(t *testing.T) {
	c, left := newClock(), int64(leastLeft)
	o := options(c)
	o.Probe = func(string) (Filesystem, error) { return Filesystem{Name: "test", Left: left}, nil }
	s := openAt(t, filepath.Join(t.TempDir(), "full.db"), o)
	if got := s.As(keeper()).Notices(); len(got) > 0 {
		t.Errorf("with %d MB left: %q", left>>20, got)
	}
	left = 12 << 20
	if got := s.As(keeper()).Notices(); len(got) != 1 || !strings.Contains(got[0], "Only 12 MB are left") {
		t.Errorf("with 12 MB left: %q", got)
	}
	if err := s.SetPref("ann", "look", []byte("dark")); err != nil {
		t.Fatal(err)
	}
	stats := s.Stats()
	if stats.Left != left || stats.Commits.Count == 0 || stats.Commits.Median <= 0 ||
		stats.Commits.Slowest < stats.Commits.Median {
		t.Errorf("%d left, commits %+v", stats.Left, stats.Commits)
	}
}

// TestACopyThatIsThereIsCheckedAgain harms the copy that has all there is.
func TestACopyThatIsThereIsCheckedAgain(t *testing.T) {
	s, _ := founded(t)
	path, _, err := s.BackupTo(t.Context(), t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	spoilPartner(t, path)
	_, made, err := s.BackupTo(t.Context(), filepath.Dir(path))
	if said := refused(t, failure.Damaged, err); made || !strings.Contains(said, "remove it and copy again") {
		t.Error(said, made)
	}
	os.Remove(path)
	if _, made, err := s.BackupTo(t.Context(), filepath.Dir(path)); err != nil || !made {
		t.Error(made, err)
	}
}

// spoilPartner makes a record of a closed file unreadable, on pages that are well.
func spoilPartner(t *testing.T, path string) {
	t.Helper()
	name := newLayout(options(newClock()).Schema)
	k := name.kinds[name.byName["partners"]]
	spoil(t, path, func(tx *bbolt.Tx) error { return tx.Bucket(k.bucket).Put(idKey(2), []byte("nonsense")) })
}

// TestNoDamagedFileTakesTheFilesPlace: neither a backup nor a rewritten file does in
// which a record cannot be read.
func TestNoDamagedFileTakesTheFilesPlace(t *testing.T) {
	s, _ := founded(t)
	backup := filepath.Join(t.TempDir(), "copy.db")
	if err := s.Backup(t.Context(), backup); err != nil {
		t.Fatal(err)
	}
	put(t, s, keeper(), person(raytown, "Ann"))
	want := s.durable.Load()
	s.Close()
	spoilPartner(t, backup)
	kept, err := Restore(s.path, backup, s.options)
	if said := refused(t, failure.Damaged, err); kept != "" || !strings.Contains(said, "partner #2") {
		t.Error(kept, said)
	}
	s = openAt(t, s.path, s.options)
	sameState(t, want, s.durable.Load())
	k := s.kinds[s.byName["partners"]]
	if err := s.alter(func(tx *bbolt.Tx) error { return tx.Bucket(k.bucket).Put(idKey(2), []byte("nonsense")) }); err !=
		nil {
		t.Fatal(err)
	}
	before := s.inode
	_, _, err = s.Compact(t.Context())
	refused(t, failure.Damaged, err)
	if now, err := os.Stat(s.path); err != nil || !os.SameFile(before, now) {
		t.Error("a damaged copy has taken the file's place")
	}
}

func TestWhatADailyBackupIsCalled(t *testing.T) {
	for name, want := range map[string]bool{"interlocal-2027-03-04.db": true, "interlocal-2027-03-04-2.db": true,
		"interlocal-2027-03-04x2.db": false, "interlocal-2027-03-04-x.db": false, "interlocal-2027-03-04-.db": false,
		"interlocal-2027-02-30.db": false, "interlocal-2027-03-04": false, "desk-2027-03-04.db": false} {
		if isDaily(name) != want {
			t.Errorf("%s is taken for a daily backup: %v", name, !want)
		}
	}
}
