package store

import (
	"path/filepath"
	"testing"
	"time"
)

func TestAFileThatGoesBackGoesOnByAnotherWay(t *testing.T) {
	s, c := founded(t)
	put(t, s, keeper(), person(raytown, "Ann"))
	first, fork := s.Timeline(), s.durable.Load().rev
	backup := filepath.Join(t.TempDir(), "copy.db")
	if err := s.Backup(t.Context(), backup); err != nil {
		t.Fatal(err)
	}
	put(t, s, keeper(), person(raytown, "Given up"))
	if !s.Holds(first, fork+1) || s.Holds(first, fork+2) || s.Holds("0011223344556677", 1) {
		t.Error("a file does not know its own changes")
	}
	s.Close()
	if _, err := Restore(s.path, backup, s.options); err != nil {
		t.Fatal(err)
	}
	s = openAt(t, s.path, s.options)
	second := s.Timeline()
	if second == first || !s.Holds(first, fork) || s.Holds(first, fork+1) || !s.Holds(second, fork) {
		t.Errorf("restored from %s, it is on %s", first, second)
	}
	put(t, s, keeper(), person(raytown, "Another"))
	if !s.Holds(second, fork+1) || s.Holds(first, fork+1) {
		t.Error("a change that was given up is taken for another with its number")
	}
	clean(t, s)
	s = reopen(t, s)
	if s.Timeline() != second {
		t.Error("it is forgotten")
	}
	older := filepath.Join(t.TempDir(), "older.db")
	if err := s.Backup(t.Context(), older); err != nil {
		t.Fatal(err)
	}
	s.Close()
	c.advance(time.Second)
	if _, err := Restore(s.path, older, s.options); err != nil {
		t.Fatal(err)
	}
	s = openAt(t, s.path, s.options)
	if !s.Holds(first, fork) || s.Holds(first, fork+1) || !s.Holds(second, fork+1) || s.Holds(second, fork+2) {
		t.Error("gone back twice, it does not know its past")
	}
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
