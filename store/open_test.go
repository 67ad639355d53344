package store

import (
	"encoding/binary"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"go.etcd.io/bbolt"

	"interlocal/model/failure"
)

func TestANewFileIsItsOwnersAlone(t *testing.T) {
	path := filepath.Join(t.TempDir(), "new folder", "desk.db")
	s := openAt(t, path, options(newClock()))
	info, err := os.Stat(s.Path())
	if err != nil || runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info.Mode(), err)
	}
	if s.As(keeper()).View().Rev() != 0 || s.Stats().Records["people"] != 0 {
		t.Error("a new file is not empty")
	}
	left, err := filepath.Glob(filepath.Join(filepath.Dir(path), ".*"))
	if err != nil || len(left) != 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
	clean(t, s)
}

func TestAFileOfANewerVersionIsLeftAlone(t *testing.T) {
	s, _ := founded(t)
	if err := s.alter(func(tx *bbolt.Tx) error {
		return putMeta(tx, metaFormat, binary.AppendUvarint(nil, formatVersion+1))
	}); err != nil {
		t.Fatal(err)
	}
	s.Close()
	before, _ := os.ReadFile(s.path)
	_, err := Open(s.path, s.options)
	if sentence := refused(t, failure.Unusable, err); !strings.Contains(sentence, "newer version") ||
		!strings.Contains(sentence, s.path) {
		t.Error(sentence)
	}
	if _, err := CheckFile(s.path, s.options); failure.CodeOf(err) != failure.Unusable {
		t.Errorf("check: %v", err)
	}
	if after, _ := os.ReadFile(s.path); string(after) != string(before) {
		t.Error("the file was changed")
	}
}

func TestASecondOpeningSaysWhoHasIt(t *testing.T) {
	s, c := founded(t)
	_, err := Open(s.path, s.options)
	sentence := refused(t, failure.InUse, err)
	var held *HeldError
	if !errors.As(err, &held) || held.PID != os.Getpid() || !held.Since.Equal(c.now()) || held.User == "" ||
		held.Host == "" {
		t.Fatalf("%+v", held)
	}
	for _, want := range []string{s.path, held.User, held.Host, "since"} {
		if !strings.Contains(sentence, want) {
			t.Errorf("%q does not say %q", sentence, want)
		}
	}
	if err := s.Announce("/run/desk.sock"); err != nil {
		t.Fatal(err)
	}
	if _, err = Open(s.path, s.options); !errors.As(err, &held) || held.Address != "/run/desk.sock" {
		t.Errorf("%+v", held)
	}
	for name, f := range map[string]func() error{
		"check":   func() error { _, err := CheckFile(s.path, s.options); return err },
		"restore": func() error { _, err := Restore(s.path, s.path, s.options); return err },
	} {
		if err := f(); failure.CodeOf(err) != failure.InUse {
			t.Errorf("%s of an open file: %v", name, err)
		}
	}
	s.Close()
	openAt(t, s.path, s.options)
}

func TestAnotherProgramWithTheDatabase(t *testing.T) {
	s, _ := founded(t)
	s.Close()
	db, err := bbolt.Open(s.path, 0o600, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	_, err = Open(s.path, s.options)
	refused(t, failure.InUse, err)
}

func TestANetworkDriveIsRefusedWithAWayOut(t *testing.T) {
	o := options(newClock())
	o.Probe = func(string) (Filesystem, error) { return Filesystem{Name: "nfs", Network: true}, nil }
	path := filepath.Join(t.TempDir(), "desk.db")
	_, err := Open(path, o)
	sentence := refused(t, failure.Unusable, err)
	var place *PlaceError
	if !errors.As(err, &place) || place.Name != "nfs" || !strings.Contains(sentence, "network drive (nfs)") ||
		!strings.Contains(sentence, "--db") {
		t.Error(sentence)
	}
	if there, _ := exists(path); there {
		t.Error("a file was made")
	}
}

func TestTheRealProbeTakesALocalFolder(t *testing.T) {
	fs, err := probeFilesystem(t.TempDir())
	if err != nil || fs.Network || fs.Name == "" {
		t.Errorf("%+v, %v", fs, err)
	}
	for name, network := range map[string]bool{"nfs4": true, "cifs": true, "smb3": true, "fuse.sshfs": true,
		"ext4": false, "fuseblk": false,
		"btrfs": false, "overlay": false, "9p": true, "tmpfs": false, "apfs": false} {
		if isNetworkType(name) != network {
			t.Errorf("%s counts as network: %v", name, !network)
		}
	}
}

func TestAFolderThatCannotBeWrittenIsNamed(t *testing.T) {
	dir := readOnlyFolder(t)
	_, err := Open(filepath.Join(dir, "desk.db"), options(newClock()))
	if sentence := refused(t, failure.Unusable, err); !strings.Contains(sentence, dir) ||
		!strings.Contains(sentence, "--db") {
		t.Error(sentence)
	}
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	_, err = Open(filepath.Join(file, "desk.db"), options(newClock()))
	refused(t, failure.Unusable, err)
}

// renamed is a migration that changes something visible.
func renamed(fail bool) Migration {
	return Migration{From: formatVersion, Name: "mark", Up: func(tx *bbolt.Tx) error {
		if err := putMeta(tx, "mark", []byte("x")); err != nil {
			return err
		}
		if fail {
			return failure.New(failure.Damaged, "the migration found nonsense")
		}
		return nil
	}}
}

func TestMigrationsKeepTheOldFile(t *testing.T) {
	s, c := founded(t)
	want := s.durable.Load()
	s.Close()
	o := s.options
	o.Migrations = []Migration{renamed(true)}
	if _, err := Open(s.path, o); failure.CodeOf(err) != failure.Damaged {
		t.Fatalf("a failing migration: %v", err)
	}
	old := openAt(t, s.path, s.options) // as it was
	sameState(t, want, old.durable.Load())
	old.Close()
	c.advance(time.Minute)
	o.AtNeed, o.atOnce = true, 1 // even by a command that asks for little
	o.Migrations = []Migration{renamed(false),
		{From: formatVersion + 1, Name: "nothing", Up: func(*bbolt.Tx) error { return nil }}}
	s = openAt(t, s.path, o)
	sameState(t, want, s.durable.Load())
	if s.Stats().Format != formatVersion+2 {
		t.Errorf("format %d", s.Stats().Format)
	}
	if err := s.view(func(tx *bbolt.Tx) error { _, err := getMeta(tx, "mark"); return err }); err != nil {
		t.Error(err)
	}
	put(t, s, keeper(), person(raytown, "Ann"))
	clean(t, s)
	kept, _ := filepath.Glob(filepath.Join(s.options.BackupDir, "before-format-*"))
	if len(kept) != 2 {
		t.Fatalf("kept %v", kept)
	}
	s.Close()
	if _, err := Open(s.path, old.options); failure.CodeOf(err) != failure.Unusable {
		t.Errorf("the older program opened the newer file: %v", err)
	}
	if _, err := Restore(s.path, kept[1], old.options); err != nil {
		t.Fatal(err)
	}
	sameState(t, want, openAt(t, s.path, old.options).durable.Load())
}

func TestAGapInTheMigrationsIsSaid(t *testing.T) {
	s, _ := founded(t)
	s.Close()
	o := s.options
	o.Migrations = []Migration{{From: formatVersion + 4, Up: func(*bbolt.Tx) error { return nil }}}
	_, err := Open(s.path, o)
	refused(t, failure.Unusable, err)
}

func TestALinkToTheFileStaysALink(t *testing.T) {
	s, c := founded(t)
	link := filepath.Join(t.TempDir(), "link.db")
	if err := os.Symlink(s.path, link); err != nil {
		t.Skip(err)
	}
	if _, err := Open(link, options(c)); failure.CodeOf(err) != failure.InUse {
		t.Errorf("opened twice by two names: %v", err)
	}
	s.Close()
	l := openAt(t, link, options(c))
	if _, _, err := l.Compact(t.Context()); err != nil {
		t.Fatal(err)
	}
	if info, err := os.Lstat(link); err != nil || info.Mode()&os.ModeSymlink == 0 {
		t.Error("the link became a file")
	}
}

func TestLeftoversOfAKilledProgramAreSweptUp(t *testing.T) {
	s, _ := founded(t)
	s.Close()
	left := filepath.Join(filepath.Dir(s.path), ".desk.db.123.tmp")
	if err := os.WriteFile(left, []byte("half"), 0o600); err != nil {
		t.Fatal(err)
	}
	openAt(t, s.path, s.options)
	if there, _ := exists(left); there {
		t.Error("it is still there")
	}
}
