package store

import (
	"bytes"
	"context"
	"encoding/binary"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"go.etcd.io/bbolt"

	"interlocal/model/access"
	"interlocal/model/failure"
)

// scratch writes a file for one trial and returns its path.
func scratch(t *testing.T, data []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "desk.db")
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// spoil changes what a closed file holds without its checksums knowing.
func spoil(t *testing.T, path string, f func(tx *bbolt.Tx) error) {
	t.Helper()
	db, err := bbolt.Open(path, 0o600, nil)
	if err == nil {
		err = db.Update(f)
	}
	if err != nil || db.Close() != nil {
		t.Fatal(err)
	}
}

// spoilEntries flips a bit in each of some entries of the history, also where old
// pages still hold them.
func spoilEntries(t *testing.T, path string, revs ...uint64) {
	t.Helper()
	var values [][]byte
	spoil(t, path, func(tx *bbolt.Tx) error {
		for _, rev := range revs {
			values = append(values, bytes.Clone(tx.Bucket([]byte(bucketJournal)).Get(idKey(rev))))
		}
		return nil
	})
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for _, value := range values {
		for at := bytes.Index(data, value); at >= 0; at = bytes.Index(data, value) {
			data[at+len(value)/2] ^= 4
		}
	}
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
}

// repaired repairs a file, which must succeed, and opens what comes of it.
func repaired(t *testing.T, path string, o Options) (*Store, *Findings) {
	t.Helper()
	before, err := Survey(path, o)
	if err != nil {
		t.Fatal(err)
	}
	kept, f, err := Repair(path, o)
	if err != nil {
		t.Fatal(err)
	}
	before.Damaged = false
	if !reflect.DeepEqual(before, f) || kept == "" {
		t.Errorf("%+v was announced and %+v done; kept %q", before, f, kept)
	}
	s := openAt(t, path, o)
	if report, err := s.Check(t.Context()); err != nil || report.harmed() {
		t.Fatalf("after the repair: %+v, %v", report, err)
	}
	return s, f
}

// canReplay holds the file against what its journal makes of an empty one.
func canReplay(t *testing.T, s *Store) {
	t.Helper()
	want := s.durable.Load()
	s.Close()
	into := filepath.Join(t.TempDir(), "again.db")
	if err := Replay(t.Context(), s.path, into, s.options); err != nil {
		t.Fatal(err)
	}
	sameState(t, want, openAt(t, into, s.options).durable.Load())
}

func TestRepairKeepsAllRecordsAndTheRestOfTheHistory(t *testing.T) {
	data, want, o := storied(t)
	cases := [][]uint64{{2, 3}, {7, 9, 30}, {40, 41, 42, 43, 44}, {1, 62}}
	each := uint64(1)
	if testing.Short() {
		each = 12
	}
	for rev := uint64(1); rev <= want.rev; rev += each {
		cases = append(cases, []uint64{rev})
	}
	for _, revs := range cases {
		path := scratch(t, data)
		spoilEntries(t, path, revs...)
		s, f := repaired(t, path, o)
		sameRecords(t, want, s.durable.Load())
		words := fmt.Sprintf("all 43 records are whole; %d of 62 changes in the history cannot be read: %s", len(revs),
			runsOf(revs))
		if f.Words() != words {
			t.Errorf("%s, want %s", f.Words(), words)
		}
		entries, err := s.As(keeper()).Recent(0, 0)
		if err != nil {
			t.Fatal(err)
		}
		readable := 0
		for _, e := range entries {
			if e.Kind != EntryLost {
				readable++
			}
		}
		if readable != 62-len(revs) {
			t.Errorf("without %v, %d changes can be read", revs, readable)
		}
		if report := clean(t, s); !strings.HasSuffix(report.Past(), "changes of its history: "+runsOf(revs)) {
			t.Errorf("without %v: %q", revs, report.Past())
		}
		if id := put(t, s, keeper(), person(raytown, "After")); uint64(id) != want.next[want.byName["people"]] {
			t.Errorf("without %v, the next person is #%d", revs, id)
		}
		canReplay(t, s)
	}
}

func TestRepairWithoutTheBaseOfAPurgedHistory(t *testing.T) {
	s, c := lively(t)
	if _, err := s.Purge(t.Context(), keeper(), c.now().Add(-10*24*time.Hour)); err != nil {
		t.Fatal(err)
	}
	want := s.durable.Load()
	s.Close()
	data, err := os.ReadFile(s.path)
	if err != nil {
		t.Fatal(err)
	}
	base := uint64(0)
	spoil(t, s.path, func(tx *bbolt.Tx) error {
		key, _ := tx.Bucket([]byte(bucketJournal)).Cursor().First()
		base = revOf(key)
		return nil
	})
	for _, revs := range [][]uint64{{base}, {base, base + 1}, {base + 1}, {base, base + 4}} {
		path := scratch(t, data)
		spoilEntries(t, path, revs...)
		s, f := repaired(t, path, s.options)
		sameRecords(t, want, s.durable.Load())
		if len(f.Unread) != len(revs) {
			t.Errorf("%v: %+v", revs, f)
		}
		if entries, err := s.As(keeper()).Recent(0, 0); err != nil || entries[len(entries)-1].Rev < base {
			t.Errorf("%v: purged history is back: %v", revs, err)
		}
		canReplay(t, s)
	}
	path := scratch(t, data)
	spoil(t, path, func(tx *bbolt.Tx) error { return tx.Bucket([]byte(bucketJournal)).Delete(idKey(base)) })
	s, f := repaired(t, path, s.options)
	sameRecords(t, want, s.durable.Load())
	if len(f.Unread) != 1 || f.Unread[0] != base {
		t.Errorf("with the base gone altogether: %+v", f)
	}
}

func TestADamagedHistoryHoldsNobodyUp(t *testing.T) {
	data, want, o := storied(t)
	path := scratch(t, data)
	spoilEntries(t, path, 5, 20)
	s := openAt(t, path, o)
	sameState(t, want, s.durable.Load())
	entries, err := s.As(keeper()).Recent(0, 0)
	if err != nil || len(entries) != 62 || entries[62-5].Op.Title != unreadTitle || entries[62-5].Rev != 5 ||
		entries[62-5].At.IsZero() {
		t.Errorf("%d entries, %v", len(entries), err)
	}
	copied := filepath.Join(t.TempDir(), "copy.db")
	for name, do := range map[string]func() error{
		"backup":  func() error { return s.Backup(t.Context(), copied) },
		"compact": func() error { _, _, err := s.Compact(t.Context()); return err },
		"check":   func() error { _, err := s.Check(t.Context()); return err },
		"daily":   func() error { _, _, err := s.BackupDaily(t.Context()); return err },
	} {
		if err := do(); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		d := s.Damage()
		if d == nil || d.Words != "all 43 records are whole; 2 of 62 changes in the history cannot be read: 5, 20" {
			t.Errorf("%s marks %+v", name, d)
		}
	}
	put(t, s, keeper(), person(raytown, "After"))
	s.Close()
	if _, err := Restore(path, copied, o); err != nil {
		t.Errorf("the copy is not restored: %v", err)
	}
	s, _ = repaired(t, path, o)
	if s.Damage() != nil {
		t.Error("the repaired file is marked")
	}
	sameRecords(t, want, s.durable.Load())
}

func TestUndoDoesNotPassOverAChangeThatCannotBeRead(t *testing.T) {
	s, _ := founded(t)
	ann := as("ann", access.Coordinator, 0)
	put(t, s, ann, person(raytown, "First"))
	put(t, s, ann, person(raytown, "Second"))
	rev := s.durable.Load().rev
	s.Close()
	spoilEntries(t, s.path, rev)
	s = openAt(t, s.path, s.options)
	if _, err := s.Undo(t.Context(), ann); failure.CodeOf(err) != failure.Unusable ||
		!strings.Contains(err.Error(), "change the record instead") {
		t.Errorf("%v", err)
	}
}

// damaged gives one way after another in which a file can be harmed.
func damaged(rng *rand.Rand, data []byte, i int) (what string, bad []byte) {
	bad = bytes.Clone(data)
	page, at := os.Getpagesize(), rng.IntN(len(bad))
	switch i % 4 {
	case 0, 1:
		bit := rng.IntN(8)
		bad[at] ^= 1 << bit
		return fmt.Sprintf("bit %d of byte %d", bit, at), bad
	case 2:
		at = rng.IntN(len(bad)/page)*page + rng.IntN(pageHeader+8*elementSize) // headers and elements of pages
		bad[at] ^= byte(1 + rng.IntN(255))
		return fmt.Sprint("byte ", at), bad
	}
	n := rng.IntN(2 * page)
	copy(bad[at:], make([]byte, n))
	return fmt.Sprintf("%d bytes from %d", n, at), bad
}

// TestRepairKeepsEveryRecordOfAHarmedFile harms a file in one place. What the file
// holds twice, among the records and in the history, comes back as it was.
func TestRepairKeepsEveryRecordOfAHarmedFile(t *testing.T) {
	data, want, o := storied(t)
	rounds := trials(120, 5_000)
	rng := rand.New(rand.NewPCG(7, 8))
	exact := 0
	for i := range rounds {
		what, bad := damaged(rng, data, i)
		path := scratch(t, bad)
		kept, f, err := Repair(path, o)
		if err != nil || kept == "" {
			t.Errorf("%s: %v", what, err)
			continue
		}
		if recordsBack(t, what, path, o, want, f) == totalOf(want) {
			exact++
		}
		os.RemoveAll(filepath.Dir(path))
	}
	t.Logf("%d of %d harmed files came back with every record as it was", exact, rounds)
	if exact < rounds*98/100 {
		t.Error("too few came back whole")
	}
}

func totalOf(st *state) (n int) {
	for _, table := range st.tables {
		n += table.Len()
	}
	return n
}

// recordsBack counts the records that are as they should be. One that is not must
// have been named, or others be said to be missing.
func recordsBack(t *testing.T, what, path string, o Options, want *state, f *Findings) (same int) {
	t.Helper()
	s, err := Open(path, o)
	if err != nil {
		t.Errorf("%s: after the repair: %v", what, err)
		return 0
	}
	defer s.Close()
	got := s.durable.Load()
	named := strings.Join(append(f.Older, f.Lost...), ", ") + ","
	for k := range want.tables {
		def := want.kinds[k].Kind
		want.tables[k].Scan(func(id uint64, e entry) bool {
			now, there := got.tables[k].Get(id)
			switch name := recordName(def, id); {
			case there && def.Equal(now.rec, e.rec):
				same++
			case !strings.Contains(named, name+",") && !f.Missing:
				t.Errorf("%s: %s is not as it was, and nothing was said: %s", what, name, f.Words())
			}
			return true
		})
	}
	return same
}

// TestRepairOfACutFile cuts a file at every page: each record on a page that is
// still there comes back.
func TestRepairOfACutFile(t *testing.T) {
	data, want, o := storied(t)
	page := os.Getpagesize()
	pages := pagesOf(t, data, want)
	each := 1
	if testing.Short() {
		each = 5
	}
	for cut := 0; cut < len(data); cut += each * page {
		path := scratch(t, data[:cut])
		whole := map[recKey]bool{}
		for key, end := range pages {
			if end <= cut {
				whole[key] = true
			}
		}
		_, f, err := Repair(path, o)
		if err != nil {
			if failure.CodeOf(err) != failure.Damaged && failure.CodeOf(err) != failure.Unusable || len(whole) > 0 {
				t.Errorf("cut to %d bytes, with %d records on whole pages: %v", cut, len(whole), err)
			}
			continue
		}
		recordsBack(t, fmt.Sprintf("cut to %d bytes", cut), path, o, want, f)
		s := openAt(t, path, o)
		for key := range whole {
			now, _ := s.durable.Load().tables[key.kind].Get(key.id)
			was, _ := want.tables[key.kind].Get(key.id)
			if now.rec == nil || !want.kinds[key.kind].Equal(now.rec, was.rec) {
				t.Errorf("cut to %d bytes: %s is on a whole page and not back", cut,
					recordName(want.kinds[key.kind].Kind, key.id))
			}
		}
		s.Close()
	}
}

// pagesOf tells, for every record, where the page that holds it ends.
func pagesOf(t *testing.T, data []byte, want *state) map[recKey]int {
	t.Helper()
	path, out := scratch(t, data), map[recKey]int{}
	w, err := openPages(path)
	if err != nil || w.readMeta() != nil {
		t.Fatal(err)
	}
	defer w.f.Close()
	g := &wreck{layout: want.layout, w: w}
	w.used = make([]bool, w.meta.high)
	g.done = map[uint64]bool{}
	g.tree(context.Background(), w.meta.root, func(p *span, i int) bool {
		_, name, value, _ := p.element(i)
		k := -1
		for j := range want.kinds {
			if string(want.kinds[j].bucket) == string(name) {
				k = j
			}
		}
		note := func(q *span, i int) bool {
			if _, key, _, ok := q.element(i); ok && k >= 0 {
				out[recKey{k, revOf(key)}] = int(q.page+q.overflow+1) * os.Getpagesize()
			}
			return true
		}
		if b := value; len(b) >= bucketSize+pageHeader && bytes.Equal(b[:8], make([]byte, 8)) {
			inline := newSpan(w, p.page, b[bucketSize:])
			for i := range inline.count {
				note(inline, i)
			}
			return true
		}
		g.tree(context.Background(), binary.NativeEndian.Uint64(value), note)
		return true
	})
	return out
}

// TestRepairByANewerProgram repairs a file that was made before a kind of record was
// known: nothing of that kind is missing.
func TestRepairByANewerProgram(t *testing.T) {
	s, _ := founded(t)
	put(t, s, keeper(), person(raytown, "Ann"))
	put(t, s, keeper(), person(raytown, "Bea"))
	s.Close()
	k := s.kinds[s.byName["equipment"]]
	spoil(t, s.path, func(tx *bbolt.Tx) error { return tx.DeleteBucket(k.bucket) })
	spoilEntries(t, s.path, 2)
	r, f := repaired(t, s.path, s.options)
	if words := f.Words(); f.Missing || !strings.HasPrefix(words, "all 24 records are whole; 1 of 3 changes") {
		t.Error(words)
	}
	canReplay(t, r)
}

// TestTheDamagedCase repairs a file of 2,000 changes one bit of whose history has
// flipped.
func TestTheDamagedCase(t *testing.T) {
	data, err := os.ReadFile("../../shared/cases/store/journal-bit-flipped.db")
	if err != nil {
		t.Skip("the case is not here")
	}
	path := scratch(t, data)
	o := options(newClock())
	const words = "all 1,105 records are whole; 1 of 2,000 changes in the history cannot be read: 159"
	report, err := CheckFile(path, o)
	if err != nil || report.Clean() || !report.Whole() || report.History() != words {
		t.Errorf("check: %s; %+v, %v", report.History(), report, err)
	}
	if f, err := Survey(path, o); err != nil || !f.Damaged || f.Words() != words {
		t.Errorf("%s, %v", f.Words(), err)
	}
	s := openAt(t, path, o)
	want := s.durable.Load()
	if err := s.Backup(t.Context(), path+".copy"); err != nil {
		t.Error(err)
	}
	s.Close()
	s, _ = repaired(t, path, o)
	sameRecords(t, want, s.durable.Load())
	entries, err := s.As(keeper()).Recent(0, 0)
	if err != nil || len(entries) != 2000 {
		t.Errorf("%d entries, %v", len(entries), err)
	}
}
