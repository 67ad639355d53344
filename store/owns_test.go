package store

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"interlocal/model"
	"interlocal/model/failure"
	"interlocal/model/field"
	"interlocal/model/partnership"
)

func TestOwnsItsFilesByAnyName(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "desk.db")
	st, err := Open(path, Options{Schema: model.NewSchema(), Zone: partnership.ZoneOf,
		PruneAfter: partnership.PruneAfter, Now: newClock().now})
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

// A file that is deleted or replaced while it is open takes nothing more, and
// says so; put back, it goes on, with the drafts of meanwhile.
func TestAFileThatIsGoneTakesNothing(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "desk.db")
	st, err := Open(path, Options{Schema: model.NewSchema(), Zone: partnership.ZoneOf,
		PruneAfter: partnership.PruneAfter, Now: newClock().now})
	if err != nil {
		t.Fatal(err)
	}
	defer st.Close()
	add := func(name string) error {
		_, err := st.Update(context.Background(), keeper(), Op{Title: name}, func(tx *Tx) error {
			_, err := field.Put(tx, &partnership.Partner{Name: name, Kind: partnership.City,
				Status: partnership.Member})
			return err
		})
		return err
	}
	if err := add("Raytown"); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(path, path+".moved"); err != nil {
		t.Fatal(err)
	}
	st.SaveDraft(keeper(), "people/1", []byte("half a name"))
	if err := add("Grandview"); failure.CodeOf(err) != failure.Unusable {
		t.Fatalf("a save into a file that is gone: %v", err)
	}
	if err := os.WriteFile(path, []byte("another"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := add("Grandview"); failure.CodeOf(err) != failure.Unusable {
		t.Fatalf("a save into a file that was replaced: %v", err)
	}
	if err := os.Rename(path+".moved", path); err != nil {
		t.Fatal(err)
	}
	if err := add("Grandview"); err != nil {
		t.Fatalf("after it was put back: %v", err)
	}
	if got, _ := onDisk(t, st, "people/1"); got != "half a name" {
		t.Errorf("what was typed meanwhile stands there as %q", got)
	}
}
