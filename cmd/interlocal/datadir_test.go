package main

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"interlocal/store"
)

func TestDataFolder(t *testing.T) {
	for _, c := range []struct {
		system, want string
		env          []string
	}{
		{"linux", "/home/a/.local/share/interlocal", []string{"HOME=/home/a"}},
		{"linux", "/data/interlocal", []string{"HOME=/home/a", "XDG_DATA_HOME=/data"}},
		{"linux", "/home/a/.local/share/interlocal", []string{"HOME=/home/a", "XDG_DATA_HOME=relative"}},
		{"freebsd", "/home/a/.local/share/interlocal", []string{"HOME=/home/a"}},
		{"darwin", "/Users/a/Library/Application Support/interlocal", []string{"HOME=/Users/a", "XDG_DATA_HOME=/data"}},
		{"windows", "/L/interlocal", []string{"LocalAppData=/L", "HOME=/h"}},
		{"windows", "/u/AppData/Local/interlocal", []string{"USERPROFILE=/u"}},
	} {
		m := &Main{System: c.system, Environ: c.env}
		if got, err := m.dataFolder(); err != nil || filepath.ToSlash(got) != c.want {
			t.Errorf("%s %v: %s, %v; want %s", c.system, c.env, got, err, c.want)
		}
	}
	if _, err := (&Main{System: "linux"}).dataFolder(); err == nil {
		t.Error("a folder without a home")
	}
}

// networkHome makes everything in the home folder lie on a network drive.
func (o *office) networkHome() {
	o.probe = func(dir string) (store.Filesystem, error) {
		if strings.HasPrefix(dir, o.home) {
			return store.Filesystem{Name: "nfs4", Network: true}, nil
		}
		return store.Filesystem{Name: "ext4"}, nil
	}
}

func TestANetworkDriveIsRefusedAndALocalFolderOffered(t *testing.T) {
	o := newOffice(t)
	local := t.TempDir()
	t.Setenv("TMPDIR", local)
	o.networkHome()
	s := o.run("overview")
	s.wants(t, exitFailed, "network drive", "nfs4", filepath.Dir(o.db()), "--db ")
	if _, err := os.Stat(o.db()); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("a file was made there: %v", err)
	}
	left, err := filepath.Glob(filepath.Join(local, "*", "*"))
	if err != nil || len(left) > 0 {
		t.Errorf("trials were left behind: %v, %v", left, err)
	}
}

func TestAReadOnlyFolderIsNamed(t *testing.T) {
	if os.Getuid() == 0 {
		t.Skip("root may write anywhere")
	}
	o := newOffice(t)
	dir := filepath.Join(o.home, "sealed")
	if err := os.Mkdir(dir, 0o500); err != nil {
		t.Fatal(err)
	}
	o.run("--db", filepath.Join(dir, "x.db"), "overview").wants(t, exitFailed, dir)
}

func TestOutputIsNotReplacedUnasked(t *testing.T) {
	o := newOffice(t)
	path := o.file("people.csv", "mine")
	o.run("export", "people", "-o", path).wants(t, exitFailed, "exists", "--force")
	o.run("report", "directory", "--format", "md", "-o", path).wants(t, exitFailed, "exists")
	o.feed("name,partner\nLee,Atlantis\n", "import", "people", "-", "--report", path).wants(t, exitFailed, "exists")
	if b, err := os.ReadFile(path); err != nil || string(b) != "mine" {
		t.Errorf("the file now holds %q, %v", b, err)
	}
	o.run("export", "people", "-o", path, "--force").wants(t, exitDone)
	if b, err := os.ReadFile(path); err != nil || !strings.Contains(string(b), "id,rev,name") {
		t.Errorf("the file now holds %q, %v", b, err)
	}
	o.run("export", "people", "-o", filepath.Join(o.home, "no", "folder.csv")).wants(t, exitFailed, "folder.csv")
	left, err := filepath.Glob(filepath.Join(o.home, ".interlocal-*"))
	if err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}

func TestAWorkbookIsNotForAScreen(t *testing.T) {
	o := newOffice(t)
	o.term = Terminal{Out: true, Width: 80}
	o.run("export", "people", "--format", "xlsx").wants(t, exitMisuse, "-o FILE.xlsx")
}
