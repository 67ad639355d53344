package store

import (
	"fmt"
	"path/filepath"
	"testing"

	"golang.org/x/sys/unix"

	"interlocal/model/failure"
	"interlocal/model/field"
)

// mountTemporary mounts a small file system in memory on a folder, or skips the
// test where that is not allowed.
func mountTemporary(t *testing.T, dir string, readOnly bool) {
	t.Helper()
	flags := uintptr(0)
	if readOnly {
		flags = unix.MS_RDONLY
	}
	if err := unix.Mount("tmpfs", dir, "tmpfs", flags, "size=600k"); err != nil {
		t.Skip("cannot mount a file system: ", err)
	}
	t.Cleanup(func() { unix.Unmount(dir, unix.MNT_DETACH) })
}

func TestAFullDisk(t *testing.T) {
	dir := t.TempDir()
	mountTemporary(t, dir, false)
	c := newClock()
	s, err := Open(filepath.Join(dir, "desk.db"), options(c))
	if err != nil {
		t.Fatal(err)
	}
	fillFounding(t, s)
	added := 0
	for ; ; added++ {
		if _, err = s.Update(t.Context(), keeper(), Op{}, func(tx *Tx) error {
			_, err := field.Put(tx, person(raytown, fmt.Sprint("Person ", added)))
			return err
		}); err != nil {
			break
		}
	}
	refused(t, failure.NoSpace, err)
	s.SaveDraft(keeper(), "people/1", make([]byte, 700<<10)) // cannot be written, must not harm
	_, err = s.Update(t.Context(), keeper(), Op{}, func(tx *Tx) error {
		_, err := field.Put(tx, person(raytown, "No room"))
		return err
	})
	refused(t, failure.NoSpace, err)
	s.DropDraft(keeper(), "people/1")
	if err := unix.Mount("tmpfs", dir, "tmpfs", unix.MS_REMOUNT, "size=40m"); err != nil {
		t.Skip("cannot make the disk larger: ", err)
	}
	put(t, s, keeper(), person(raytown, "After"))
	if got := s.As(keeper()).View().Rows("people").Len(); got != added+1 {
		t.Errorf("%d people, want %d", got, added+1)
	}
	clean(t, s)
	want := s.durable.Load()
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	s = openAt(t, s.path, s.options)
	sameState(t, want, s.durable.Load())
	s.Close()
}
