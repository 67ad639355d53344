package store

import (
	"path/filepath"
	"testing"
	"time"
)

// goneBack restores a file from a copy of itself and opens it.
func goneBack(t *testing.T, s *Store, c *clock, from string) *Store {
	t.Helper()
	s.Close()
	c.advance(time.Second)
	if _, err := Restore(s.path, from, s.options); err != nil {
		t.Fatal(err)
	}
	return openAt(t, s.path, s.options)
}

// known holds what a file makes of stamps against what it should.
func known(t *testing.T, s *Store, want map[uint64]string) {
	t.Helper()
	for stamp, what := range want {
		got := "known"
		if s.As(keeper()).GivenUp(stamp) {
			got = "given up"
		}
		if got != what {
			t.Errorf("%x is %s, want %s", stamp, got, what)
		}
	}
}

func TestAFileThatGoesBackGoesOnByAnotherWay(t *testing.T) {
	s, c := founded(t)
	put(t, s, keeper(), person(raytown, "Ann"))
	first, fork := s.Timeline(), s.durable.Load().rev
	backup := filepath.Join(t.TempDir(), "copy.db")
	if err := s.Backup(t.Context(), backup); err != nil {
		t.Fatal(err)
	}
	put(t, s, keeper(), person(raytown, "Given up"))
	shared, lost := s.As(keeper()).Stamp(fork), s.As(keeper()).Stamp(fork+1)
	known(t, s, map[uint64]string{shared: "known", lost: "known", 5 << stampBits: "given up"})

	s = goneBack(t, s, c, backup)
	second := s.Timeline()
	if second == first {
		t.Error("it goes on by the same way")
	}
	known(t, s, map[uint64]string{shared: "known", lost: "given up"})
	put(t, s, keeper(), person(raytown, "Another"))
	another := s.As(keeper()).Stamp(fork + 1)
	if another == lost {
		t.Error("a change that was given up is taken for another with its number")
	}
	known(t, s, map[uint64]string{shared: "known", lost: "given up", another: "known"})
	clean(t, s)
	s = reopen(t, s)
	if s.Timeline() != second {
		t.Error("it is forgotten")
	}
	older := filepath.Join(t.TempDir(), "older.db")
	if err := s.Backup(t.Context(), older); err != nil {
		t.Fatal(err)
	}
	put(t, s, keeper(), person(raytown, "Given up too"))
	late := s.As(keeper()).Stamp(fork + 2)
	s = goneBack(t, s, c, older)
	known(t, s, map[uint64]string{shared: "known", lost: "given up", another: "known", late: "given up"})
}

func TestBackupsFromBeforeARestoreAreOlder(t *testing.T) {
	s, c := founded(t)
	early := filepath.Join(t.TempDir(), "early.db")
	if err := s.Backup(t.Context(), early); err != nil {
		t.Fatal(err)
	}
	for range backupsKept + 1 {
		put(t, s, keeper(), person(raytown, "Given up"))
		if _, _, err := s.BackupDaily(t.Context()); err != nil {
			t.Fatal(err)
		}
		c.advance(24 * time.Hour)
	}
	s.Close()
	if _, err := Restore(s.path, early, s.options); err != nil {
		t.Fatal(err)
	}
	s = openAt(t, s.path, s.options)
	path, made, err := s.BackupDaily(t.Context())
	if err != nil || !made || s.Backups()[0] != path {
		t.Errorf("the newest of %v is not %s: %v", s.Backups(), path, err)
	}
}

func TestStampsTellTimelinesApart(t *testing.T) {
	var a timeline
	a.id[0] = 1
	if a.stamp(0) != 0 || a.stamp(77) != 77 {
		t.Error("the stamps of a file that never went back are not its revisions")
	}
	b := timeline{id: a.id}
	b.leave(50)
	c := timeline{id: b.id, past: append([]fork{}, b.past...)}
	c.leave(60)
	twin := timeline{id: a.id}
	twin.leave(50)
	for _, x := range []struct {
		stamp uint64
		by    *timeline
		rev   uint64
		ok    bool
	}{
		{40, &a, 40, true}, {40, &b, 40, true}, {40, &c, 40, true}, {55, &b, 55, false}, {55, &c, 55, false},
		{b.stamp(55), &b, 55, true}, {b.stamp(55), &c, 55, true}, {b.stamp(65), &c, 65, false},
		{b.stamp(55), &a, 55, false},
		{c.stamp(65), &c, 65, true}, {c.stamp(65), &b, 65, false}, {c.stamp(45), &c, 45, true},
		{twin.stamp(55), &b, 55, twin.mark(1) == b.mark(1)},
	} {
		if rev, ok := x.by.revision(x.stamp); rev != x.rev || ok != x.ok {
			t.Errorf("%x is read as %d, %v; want %d, %v", x.stamp, rev, ok, x.rev, x.ok)
		}
	}
	if c.stamp(65) <= b.stamp(1<<31) || c.stamp(65) >= 1<<53 {
		t.Errorf("stamps do not sort, or no spreadsheet holds them: %d", c.stamp(65))
	}
}
