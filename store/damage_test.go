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

	"interlocal/model"
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
			if _, err := Put(tx, person(grandview, fmt.Sprint("More ", i))); err != nil {
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
	path := filepath.Join(t.TempDir(), "desk.db")
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	o.BackupDir = ""
	s, err := Open(path, o)
	if err != nil {
		if code := model.CodeOf(err); code != model.Damaged && code != model.Unusable || !strings.Contains(err.Error(), path) {
			t.Errorf("%s: %v", what, err)
		}
		return false
	}
	defer s.Close()
	hasty(s)
	sameState(t, want, s.durable.Load())
	if _, err := s.Check(context.Background()); err != nil {
		t.Errorf("%s: check: %v", what, err)
	}
	if _, err := s.As(keeper()).Recent(1000, 0); err != nil && model.CodeOf(err) != model.Damaged {
		t.Errorf("%s: recent: %v", what, err)
	}
	put(t, s, keeper(), person(raytown, "After "+what))
	return true
}

func long() bool { return os.Getenv("INTERLOCAL_LONG") != "" }

func TestFlippedBitsAreFoundOrHarmless(t *testing.T) {
	data, want, o := storied(t)
	rounds := 150
	if long() {
		rounds = 20_000
	}
	rng := rand.New(rand.NewPCG(1, 2))
	opened := 0
	for i := range rounds {
		at, bit := rng.IntN(len(data)), rng.IntN(8)
		if i%3 == 0 {
			at = rng.IntN(6 * os.Getpagesize()) // headers and list of free pages
		}
		bad := bytes.Clone(data)
		bad[at] ^= 1 << bit
		if openDamaged(t, fmt.Sprintf("bit %d of byte %d", bit, at), bad, want, o) {
			opened++
		}
	}
	if opened == 0 || opened == rounds {
		t.Errorf("%d of %d files opened", opened, rounds)
	}
}

func TestOverwrittenStretchesAreFoundOrHarmless(t *testing.T) {
	data, want, o := storied(t)
	rounds := 60
	if long() {
		rounds = 5_000
	}
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
	for _, n := range []int{0, 1, 100, 4096, 8192, 12288, len(data) / 3, len(data) / 2} {
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
	sentence := refused(t, model.Damaged, err)
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
	if err := db.Update(func(tx *bbolt.Tx) error { return tx.Bucket(k.bucket).Put(idKey(3), []byte("nonsense")) }); err != nil {
		t.Fatal(err)
	}
	db.Close()
	o.BackupDir = ""
	_, err = Open(path, o)
	if sentence := refused(t, model.Damaged, err); !strings.Contains(sentence, "person #3") || !strings.Contains(sentence, "restore "+path) {
		t.Error(sentence)
	}
	if _, err := Restore(path, path, o); err != nil {
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
	s := openAt(t, path, o)
	if got := s.durable.Load().rev; got != want.rev {
		t.Errorf("revision %d, want %d: the last transaction held drafts only", got, want.rev)
	}
}

func metaTxid(data []byte, off int) uint64 {
	var b [metaSize]byte
	copy(b[:], data[off+pageHeader:])
	m, _ := parseMeta(b)
	return m.txid
}

func TestForeignFilesAreNotTouched(t *testing.T) {
	for name, content := range map[string][]byte{
		"text": []byte("Dear Sir or Madam"), "noise": bytes.Repeat([]byte{0xA5, 0x5A, 7}, 30_000), "zip": append([]byte("PK\x03\x04"), make([]byte, 70_000)...),
	} {
		path := filepath.Join(t.TempDir(), "desk.db")
		if err := os.WriteFile(path, content, 0o600); err != nil {
			t.Fatal(err)
		}
		_, err := Open(path, options(newClock()))
		refused(t, model.Unusable, err)
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
	refused(t, model.Unusable, err)
}

func TestChecksNoticeWhatChecksumsCannot(t *testing.T) {
	edited := func(st *state, edit func(*head)) head { h := headOf(st); edit(&h); return h }
	for name, c := range map[string]struct {
		change func(tx *bbolt.Tx, st *state) error
		want   string
	}{
		"a record gone": {func(tx *bbolt.Tx, st *state) error {
			return tx.Bucket(st.kinds[st.byName["people"]].bucket).Delete(idKey(2))
		}, "not among the records"},
		"a record more": {func(tx *bbolt.Tx, st *state) error {
			k := st.kinds[st.byName["people"]]
			return tx.Bucket(k.bucket).Put(idKey(200), tx.Bucket(k.bucket).Get(idKey(1)))
		}, "person #200 cannot be read"},
		"an entry gone": {func(tx *bbolt.Tx, _ *state) error { return tx.Bucket([]byte(bucketJournal)).Delete(idKey(5)) }, "does not follow"},
		"a trail gone": {func(tx *bbolt.Tx, _ *state) error {
			key, _ := tx.Bucket([]byte(bucketTrail)).Cursor().First()
			return tx.Bucket([]byte(bucketTrail)).Delete(key)
		}, "trail"},
		"a number set back": {func(tx *bbolt.Tx, st *state) error {
			return writeHead(tx, edited(st, func(h *head) { h.next[len(h.next)-1].next += 5 }))
		}, "other numbers"},
		"a draft": {func(tx *bbolt.Tx, _ *state) error {
			return tx.Bucket([]byte(bucketDrafts)).Put([]byte("x"), []byte("y"))
		}, "drafts"},
	} {
		t.Run(name, func(t *testing.T) {
			s, _ := founded(t)
			for i := range 10 {
				put(t, s, keeper(), person(raytown, fmt.Sprint("Person ", i)))
			}
			if err := s.alter(func(tx *bbolt.Tx) error { return c.change(tx, s.durable.Load()) }); err != nil {
				t.Fatal(err)
			}
			report, err := s.Check(t.Context())
			if err != nil || !strings.Contains(strings.Join(report.Problems, "\n"), c.want) {
				t.Errorf("%+v, %v", report, err)
			}
			if err := s.Backup(t.Context(), s.path+".copy"); model.CodeOf(err) != model.Damaged {
				t.Errorf("a damaged file was backed up: %v", err)
			}
		})
	}
}

func TestChecksNoticeAnIndexThatDrifted(t *testing.T) {
	s, _ := founded(t)
	put(t, s, keeper(), person(raytown, "Ann"))
	st := s.durable.Load()
	slot := st.kinds[st.byName["people"]].refs[0]
	clean(t, s)
	st.refIndex(slot).Delete(pair{uint64(raytown), 1})
	if report, err := s.Check(t.Context()); err != nil || report.Clean() {
		t.Errorf("%+v, %v", report, err)
	}
}

func TestATableThatThisVersionDoesNotKnow(t *testing.T) {
	s, _ := founded(t)
	if err := s.alter(func(tx *bbolt.Tx) error { _, err := tx.CreateBucket(kindBucket(999)); return err }); err != nil {
		t.Fatal(err)
	}
	s.Close()
	_, err := Open(s.path, s.options)
	refused(t, model.Unusable, err)
}

func TestRulesOfTodayAreReportedApartFromDamage(t *testing.T) {
	s, _ := founded(t)
	put(t, s, keeper(), &model.Idea{Title: "One street-sweeping contract", Status: model.IdeaNew})
	s.Close()
	kinds := model.NewSchema().Kinds
	for i, k := range kinds {
		if k.Name == "ideas" {
			kinds[i] = stricterIdeas(k.Tag)
		}
	}
	o := s.options
	o.Schema = model.SchemaOf(kinds...)
	report, err := CheckFile(s.path, o)
	if err != nil || !report.Clean() || len(report.Rules) != 1 || !strings.Contains(report.Rules[0], "too long") {
		t.Errorf("%+v, %v", report, err)
	}
}

// stricterIdeas describes ideas as a version of the program might that has got a
// new rule.
func stricterIdeas(tag int) *model.Kind {
	return model.Def[model.Idea]{
		Tag: tag, One: "idea", Title: "Ideas",
		ID:    func(i *model.Idea) *model.ID[model.Idea] { return &i.ID },
		Label: func(i *model.Idea) string { return i.Title },
		Check: func(c *model.Checking, _, i *model.Idea) {
			if len(i.Title) > 10 {
				c.Add("title", "the title is too long")
			}
		},
		Fields: []model.Field[model.Idea]{model.Text(1, "title", "Title", func(i *model.Idea) *string { return &i.Title })},
	}.Kind()
}
