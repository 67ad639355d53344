package store

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"interlocal/model"
)

func TestOwnsItsFilesByAnyName(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "desk.db")
	st, err := Open(path, Options{Schema: model.NewSchema(), Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	defer st.Close()
	if err := os.Link(path, filepath.Join(dir, "hard.db")); err != nil {
		t.Skip("no hard links here")
	}
	if err := os.Symlink(dir, filepath.Join(dir, "loop")); err != nil {
		t.Skip("no links here")
	}
	for name, want := range map[string]bool{
		"desk.db": true, "hard.db": true, "loop/desk.db": true, "desk.db.lock": true, "./x/../desk.db": true,
		"desk.db.backups/interlocal-2027-01-01.db": true, "people.csv": false, "desk.csv": false,
	} {
		if got := st.Owns(filepath.Join(dir, filepath.FromSlash(name))); got != want {
			t.Errorf("Owns(%s) is %v", name, got)
		}
	}
}
