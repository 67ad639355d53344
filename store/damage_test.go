package store

import (
	"bytes"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"go.etcd.io/bbolt"

	"interlocal/model/failure"
	"interlocal/model/field"
)

// storied makes a file with some history and closes it. It returns its bytes and
// the moment it holds.
func storied(t testing.TB) (data []byte, want *state, o Options) {
	t.Helper()
	s, _ := founded(t)
	for i := range 40 {
		put(t, s, keeper(), person(raytown, fmt.Sprint("Person ", i)))
	}
	update(t, s, keeper(), func(tx *Tx) error {
		for i := range 300 {
			if _, err := field.Put(tx, person(grandview, fmt.Sprint("More ", i))); err != nil {
				return err
			}
		}
		return nil
	})
	for i := range 20 {
		if _, err := s.Undo(context.Background(), keeper()); err != nil {
			t.Fatal(i, err)
		}
	}
	s.SaveDraft(keeper(), "people/1", []byte("draft"))
	if err := s.SetPref("keeper", "theme", []byte("dark")); err != nil {
		t.Fatal(err)
	}
	want = s.durable.Load()
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(s.path)
	if err != nil {
		t.Fatal(err)
	}
	return data[:usedBytes(t, s.path)], want, s.options
}

// usedBytes gives how much of a file its pages take.
func usedBytes(t testing.TB, path string) int64 {
	t.Helper()
	w, err := walkPages(path)
	if err != nil {
		t.Fatal(err)
	}
	return int64(w.meta.high) * w.meta.pageSize
}

// openDamaged opens a file that may be damaged. It either refuses with a
// sentence, or holds all records; and it is then clean, or checking says what
// is wrong.
func openDamaged(t *testing.T, what string, data []byte, want *state, o Options) (opened bool) {
	t.Helper()
	opened = openDamagedBy(t, what, data, want, o)
	o.atOnce, o.AtNeed = 1, true // as a command opens a file too large to be walked at once
	openDamagedBy(t, what+", read at need", data, want, o)
	return opened
}

func openDamagedBy(t *testing.T, what string, data []byte, want *state, o Options) (opened bool) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "desk.db")
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	o.BackupDir = ""
	s, err := Open(path, o)
	if err != nil {
		if code := failure.CodeOf(err); code != failure.Damaged && code != failure.Unusable ||
			!strings.Contains(err.Error(), path) {
			t.Errorf("%s: %v", what, err)
		}
		return false
	}
	defer s.Close()
	hasty(s)
	if err := s.LoadAll(); err != nil && failure.CodeOf(err) == failure.Damaged && o.AtNeed {
		return false
	}
	sameState(t, want, s.durable.Load())
	whole := s.pages.whole() == nil
	if _, err := s.Check(context.Background()); err != nil {
		t.Errorf("%s: check: %v", what, err)
	}
	if _, err := s.As(keeper()).Recent(1000, 0); err != nil && failure.CodeOf(err) != failure.Damaged {
		t.Errorf("%s: recent: %v", what, err)
	}
	_, err = s.Update(t.Context(), keeper(), Op{}, func(tx *Tx) error {
		_, err := tx.Put("people", person(raytown, "After "+what))
		return err
	})
	if whole && err != nil || !whole && failure.CodeOf(err) != failure.Damaged {
		t.Errorf("%s: a change came to %v, where the pages are whole: %v", what, err, whole)
	}
	return true
}

func long() bool { return os.Getenv("INTERLOCAL_LONG") != "" }

// trials is how many of a long row of trials are made: all in the long run, a few in
// the short one.
func trials(usual, all int) int {
	switch {
	case long():
		return all
	case testing.Short():
		return usual / 5
	}
	return usual
}

func TestFlippedBitsAreFoundOrHarmless(t *testing.T) {
	data, want, o := storied(t)
	rounds := trials(150, 5_000)
	rng := rand.New(rand.NewPCG(1, 2))
	opened := 0
	for i := range rounds {
		at, bit := rng.IntN(len(data)), rng.IntN(8)
		switch page := os.Getpagesize(); i % 3 {
		case 0:
			at = rng.IntN(6 * page) // headers and list of free pages
		case 1:
			at = rng.IntN(len(data)/page)*page + rng.IntN(pageHeader)
		}
		bad := bytes.Clone(data)
		bad[at] ^= 1 << bit
		if openDamaged(t, fmt.Sprintf("bit %d of byte %d", bit, at), bad, want, o) {
			opened++
		}
	}
	if opened == 0 || opened == rounds && !testing.Short() {
		t.Errorf("%d of %d files opened", opened, rounds)
	}
}

func TestOverwrittenStretchesAreFoundOrHarmless(t *testing.T) {
	data, want, o := storied(t)
	rounds := trials(60, 5_000)
	rng := rand.New(rand.NewPCG(3, 4))
	for i := range rounds {
		bad := bytes.Clone(data)
		at := rng.IntN(len(bad))
		stretch := bad[at:min(len(bad), at+1+rng.IntN(64<<(i%8)))]
		for j := range stretch {
			stretch[j] = byte(rng.Uint32()) * byte(i%2) // noise, or zeros
		}
		openDamaged(t, fmt.Sprintf("%d bytes from %d", len(stretch), at), bad, want, o)
	}
}

func TestTruncatedFilesAreRefused(t *testing.T) {
	data, want, o := storied(t)
	cuts := []int{1, 100, len(data) / 3, len(data) / 2}
	for n := 0; n < len(data); n += 4096 {
		cuts = append(cuts, n)
	}
	for _, n := range cuts {
		if openDamaged(t, fmt.Sprint("first ", n, " bytes"), data[:n], want, o) {
			t.Errorf("a file cut to %d bytes was opened", n)
		}
	}
}

func TestADamagedFileNamesTheBackupAndTheCommand(t *testing.T) {
	s, _ := founded(t)
	backup, made, err := s.BackupDaily(t.Context())
	if err != nil || !made {
		t.Fatal(made, err)
	}
	put(t, s, keeper(), person(raytown, "Ann"))
	path := s.path
	s.Close()
	if err := os.Truncate(path, 9000); err != nil {
		t.Fatal(err)
	}
	_, err = Open(path, s.options)
	sentence := refused(t, failure.Damaged, err)
	for _, want := range []string{path, backup, "interlocal --db " + path + " restore " + backup} {
		if !strings.Contains(sentence, want) {
			t.Errorf("%q does not say %q", sentence, want)
		}
	}
	report, err := CheckFile(path, s.options)
	if err != nil || report.Clean() {
		t.Errorf("check of a cut file: %+v, %v", report, err)
	}
	kept, err := Restore(path, backup, s.options)
	if err != nil || fileSize(kept) != 9000 {
		t.Fatalf("restore kept %q: %v", kept, err)
	}
	s = openAt(t, path, s.options)
	if s.As(keeper()).View().Rows("partners").Len() != 6 {
		t.Error("the backup is not back")
	}
}

func TestADamagedRecordIsMendedFromTheJournal(t *testing.T) {
	data, want, o := storied(t)
	path := filepath.Join(t.TempDir(), "desk.db")
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	db, err := bbolt.Open(path, 0o600, nil)
	if err != nil {
		t.Fatal(err)
	}
	k := want.kinds[want.byName["people"]]
	if err := db.Update(func(tx *bbolt.Tx) error {
		return tx.Bucket(k.bucket).
			Put(idKey(3), []byte("nonsense"))
	}); err != nil {
		t.Fatal(err)
	}
	db.Close()
	o.BackupDir = ""
	_, err = Open(path, o)
	if sentence := refused(t, failure.Damaged, err); !strings.Contains(sentence, "person #3") ||
		!strings.HasSuffix(sentence, "--db "+path+" repair. There is no backup in "+path+".backups") {
		t.Error(sentence)
	}
	f, err := Survey(path, o)
	if err != nil || !f.Damaged || !strings.HasPrefix(f.Words(), "all 43 records are whole; all 62 changes in the "+
		"history can be read") {
		t.Fatalf("%+v, %v", f, err)
	}
	if _, _, err := Repair(path, o); err != nil {
		t.Fatal(err)
	}
	s := openAt(t, path, o)
	sameState(t, want, s.durable.Load())
	clean(t, s)
}

func TestALostLastChangeIsNotLostSilently(t *testing.T) {
	data, want, o := storied(t)
	newest := 0
	if a, b := metaTxid(data, 0), metaTxid(data, os.Getpagesize()); b > a {
		newest = os.Getpagesize()
	}
	for name, off := range map[string]int{"newest": newest, "older": os.Getpagesize() - newest} {
		bad := bytes.Clone(data)
		bad[off+pageHeader+20] ^= 4
		if opened := openDamaged(t, name, bad, want, o); opened != (name == "older") {
			t.Errorf("with its %s header damaged the file opened: %v", name, opened)
		}
	}
	bad := bytes.Clone(data)
	bad[newest+pageHeader+20] ^= 4
	path := filepath.Join(t.TempDir(), "desk.db")
	if err := os.WriteFile(path, bad, 0o600); err != nil {
		t.Fatal(err)
	}
	o.BackupDir = ""
	if _, err := Restore(path, path, o); err != nil {
		t.Fatal(err)
	}
	sameState(t, want, openAt(t, path, o).durable.Load())
}

func TestWhatCanBeReadOfADamagedFileComesBack(t *testing.T) {
	data, want, o := storied(t)
	rounds := trials(60, 4_000)
	rng := rand.New(rand.NewPCG(5, 6))
	refusals, whole := 0, 0
	for i := range rounds {
		bad := bytes.Clone(data)
		at := rng.IntN(len(bad))
		switch i % 3 {
		case 0:
			bad[at] ^= 1 << rng.IntN(8)
		case 1:
			copy(bad[at:], make([]byte, rng.IntN(9000)))
		case 2:
			bad = bad[:max(at, len(bad)/4)]
		}
		path := filepath.Join(t.TempDir(), "desk.db")
		if err := os.WriteFile(path, bad, 0o600); err != nil {
			t.Fatal(err)
		}
		o.BackupDir = ""
		if s, err := Open(path, o); err == nil {
			s.Close()
			continue
		}
		refusals++
		if rev := selfRestored(t, path, o); rev == want.rev {
			whole++
		}
	}
	t.Logf("%d of %d damaged files were refused; %d of those came back whole", refusals, rounds, whole)
	if whole == 0 {
		t.Error("nothing came back whole")
	}
}

// selfRestored restores a file from itself and gives the revision it comes back
// at, 0 when nothing could be saved.
func selfRestored(t *testing.T, path string, o Options) uint64 {
	t.Helper()
	if _, err := Restore(path, path, o); err != nil {
		if code := failure.CodeOf(err); code != failure.Damaged && code != failure.Unusable {
			t.Errorf("restore: %v", err)
		}
		return 0
	}
	s, err := Open(path, o)
	if err != nil {
		t.Errorf("after restoring: %v", err)
		return 0
	}
	defer s.Close()
	if report, err := s.Check(t.Context()); err != nil || !report.Clean() {
		t.Errorf("after restoring: %+v, %v", report, err)
	}
	return s.durable.Load().rev
}

func metaTxid(data []byte, off int) uint64 {
	var b [metaSize]byte
	copy(b[:], data[off+pageHeader:])
	m, _ := parseMeta(b)
	return m.txid
}

func TestForeignFilesAreNotTouched(t *testing.T) {
	for name, content := range map[string][]byte{
		"text": []byte("Dear Sir or Madam"), "noise": bytes.Repeat([]byte{0xA5, 0x5A, 7}, 30_000),
		"zip": append([]byte("PK\x03\x04"), make([]byte, 70_000)...),
	} {
		path := filepath.Join(t.TempDir(), "desk.db")
		if err := os.WriteFile(path, content, 0o600); err != nil {
			t.Fatal(err)
		}
		_, err := Open(path, options(newClock()))
		refused(t, failure.Unusable, err)
		if got, _ := os.ReadFile(path); !bytes.Equal(got, content) {
			t.Errorf("%s was changed", name)
		}
	}
	path := filepath.Join(t.TempDir(), "other.db")
	db, err := bbolt.Open(path, 0o600, nil)
	if err != nil {
		t.Fatal(err)
	}
	db.Update(func(tx *bbolt.Tx) error { _, err := tx.CreateBucket([]byte("users")); return err })
	db.Close()
	_, err = Open(path, options(newClock()))
	refused(t, failure.Unusable, err)
}
