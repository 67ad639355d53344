package store

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"go.etcd.io/bbolt"

	"interlocal/model/failure"
	"interlocal/model/field"
	"interlocal/model/partnership"
)

// emptyWreck is a file of which nothing has been read yet.
func emptyWreck() *wreck {
	return &wreck{layout: newLayout(options(newClock()).Schema), entries: map[uint64][]byte{},
		unread: map[uint64]bool{},
		tables: map[tagID]image{}, broken: map[tagID]bool{}, followed: map[string]bool{}, whole: map[string]bool{}}
}

// TestRecordsThatNoTreeLeadsToAreFound spoils the root of a table and of the history,
// so that their leaves are found by looking through all pages.
func TestRecordsThatNoTreeLeadsToAreFound(t *testing.T) {
	data, want, o := storied(t)
	k := want.kinds[want.byName["people"]]
	for _, spoilt := range []string{string(k.bucket), bucketJournal} {
		path := scratch(t, data)
		harm(t, &Store{path: path}, spoilt)
		g, err := openWreck(t.Context(), path, want.layout)
		if err != nil || g.followed[spoilt] || g.whole[spoilt] || !g.followed[bucketTrail] {
			t.Fatalf("%s: followed %v, whole %v, %v", spoilt, g.followed, g.whole, err)
		}
		want.tables[want.byName["people"]].Scan(func(id uint64, e entry) bool {
			if rec, ok := g.tables[tagID{k.Tag, id}]; !ok || rec.rev != e.rev {
				t.Errorf("%s: person %d is at %d, want %d", spoilt, id, rec.rev, e.rev)
			}
			return true
		})
		for rev := uint64(1); rev <= want.rev; rev++ {
			if g.entries[rev] == nil {
				t.Errorf("%s: entry %d is not found", spoilt, rev)
			}
		}
		s, _ := repaired(t, path, o)
		sameRecords(t, want, s.durable.Load())
	}
}

func TestWithoutHeadersAllPagesAreLookedThrough(t *testing.T) {
	data, want, _ := storied(t)
	bad := bytes.Clone(data)
	clear(bad[:2*os.Getpagesize()])
	g, err := openWreck(t.Context(), scratch(t, bad), want.layout)
	if err != nil || g.trusted || g.headed {
		t.Fatal(g.trusted, g.headed, err)
	}
	for _, kind := range []string{"partners", "people"} { // inside another page, and on pages of their own
		k := want.byName[kind]
		want.tables[k].Scan(func(id uint64, e entry) bool {
			if rec, ok := g.tables[tagID{want.kinds[k].Tag, id}]; !ok || rec.rev != e.rev {
				t.Errorf("%s #%d is at %d, want %d", kind, id, rec.rev, e.rev)
			}
			return true
		})
	}
	for rev := uint64(1); rev <= want.rev; rev++ {
		if g.entries[rev] == nil {
			t.Errorf("entry %d is not found", rev)
		}
	}
}

func TestOldPagesBringNothingBackThatWasReplaced(t *testing.T) {
	at := newClock().now()
	stored := func(rev uint64, kind EntryKind, after time.Duration, pruned bool) []byte {
		e := &journalEntry{rev: rev, kind: kind, at: at.Add(after), pruned: pruned}
		return sealEntry(rev, e.encode())
	}
	g := emptyWreck()
	g.headed, g.trusted, g.head.rev, g.pruned = true, true, 9, 5
	for _, x := range []struct {
		what  string
		rev   uint64
		value []byte
		is    bool // an entry
		kept  bool
	}{
		{"no entry", 6, []byte("nonsense"), false, false},
		{"older than the history", 2, stored(2, EntryChange, 0, true), true, false},
		{"of values that were taken out", 5, stored(5, EntryChange, 0, false), true, false},
		{"without those", 5, stored(5, EntryChange, 0, true), true, true},
		{"newer than the file", 10, stored(10, EntryChange, 0, false), true, false},
		{"the newest", 9, stored(9, EntryChange, 0, false), true, true},
		{"an earlier form", 9, stored(9, EntryChange, -1, false), true, false},
		{"the same time", 9, stored(9, EntryUndo, 0, false), true, false},
		{"a later form", 9, stored(9, EntryChange, 1, false), true, true},
		{"with values taken out", 9, stored(9, EntryChange, -1, true), true, true},
		{"the base in its place", 9, stored(9, EntryBase, -2, false), true, true},
		{"what the base took the place of", 9, stored(9, EntryChange, 5, true), true, false},
	} {
		is := g.foundEntry(x.rev, x.value, 3)
		if is != x.is || (string(g.entries[x.rev]) == string(x.value)) != x.kept {
			t.Errorf("%s: an entry %v, kept %v", x.what, is, !x.kept)
		}
	}
	g.trusted = false
	if g.foundEntry(10, stored(10, EntryChange, 0, false), 3); g.entries[10] == nil || !g.reached(99) {
		t.Error("where a header is lost, what is newer is not found")
	}
	g.trusted = true
	if !g.reached(9) || g.reached(10) {
		t.Error("how far the file came is told wrongly")
	}
	if g.headed = false; !g.reached(10) {
		t.Error("without a head, how far it came is not known")
	}
}

func TestWhereTheHistoryBegins(t *testing.T) {
	g := emptyWreck()
	begins := func(want uint64) {
		t.Helper()
		if got := g.firstKept(); got != want {
			t.Errorf("it begins with %d, want %d", got, want)
		}
	}
	begins(1)
	g.followed[bucketJournal] = true
	begins(1)
	g.entries[7] = sealEntry(7, (&journalEntry{rev: 7, kind: EntryChange}).encode())
	begins(7)
	g.unread[6] = true
	begins(6)
	g.followed[bucketJournal] = false
	begins(1)
	g.entries[4] = sealEntry(4, (&journalEntry{rev: 4, kind: EntryBase}).encode())
	begins(4)
}

func TestWhereTheHistoryEnds(t *testing.T) {
	g := emptyWreck()
	ends := func(want uint64) {
		t.Helper()
		m := &mender{wreck: g}
		if m.bounds(); m.last != want {
			t.Errorf("it ends with %d, want %d", m.last, want)
		}
	}
	g.entries[7], g.entries[3] = nil, nil
	ends(7)
	g.tables[tagID{1, 1}] = image{rev: 9}
	ends(9)
	g.headed, g.head.rev = true, 8
	ends(8)
	g.head.rev = 5
	ends(7)
}

func TestTheKindOfARecordIsToldByItsNeighbors(t *testing.T) {
	g := emptyWreck()
	k := g.kinds[g.byName["people"]]
	image1 := func(rev uint64) image {
		return image{k.Pack(nil, person(raytown, "Ann")), rev}
	}
	made := &journalEntry{rev: 3, kind: EntryChange, changes: []imagePair{
		{tag: 1 << 20, id: 8, after: image1(3).data, afterRev: 3},
		{tag: k.Tag, id: 9, after: image1(3).data, afterRev: 3}}}
	g.entries[3] = sealEntry(3, made.encode())
	for _, x := range []struct {
		what string
		recs []orphanRecord
		took bool
	}{
		{"one that says so", []orphanRecord{{0, 1, image1(1)}, {k.Tag, 2, image1(1)}}, true},
		{"the entry that made it", []orphanRecord{{0, 9, image1(3)}}, true},
		{"an entry that made another", []orphanRecord{{0, 10, image1(3)}}, false},
		{"an entry that made it otherwise", []orphanRecord{{0, 9, image{image1(3).data[1:], 3}}}, false},
		{"nothing", []orphanRecord{{0, 1, image1(1)}}, false},
	} {
		clear(g.tables)
		g.adopt(orphan{x.recs})
		for _, r := range x.recs {
			if _, ok := g.tables[tagID{k.Tag, r.id}]; ok != x.took {
				t.Errorf("%s: #%d taken %v", x.what, r.id, ok)
			}
		}
	}
	clear(g.tables)
	for _, rev := range []uint64{5, 4, 6} {
		g.adopt(orphan{[]orphanRecord{{k.Tag, 1, image1(rev)}}})
		if want := max(rev, 5); g.tables[tagID{k.Tag, 1}].rev != want {
			t.Errorf("after one of revision %d it is at %d, want %d", rev, g.tables[tagID{k.Tag, 1}].rev, want)
		}
	}
	g.whole[string(k.bucket)] = true
	if g.adopt(orphan{[]orphanRecord{{k.Tag, 2, image1(9)}}}); len(g.tables) != 1 {
		t.Error("a table that is whole takes more in")
	}
}

func TestAReplayNamesWhatDoesNotFollow(t *testing.T) {
	a, b := []byte("a"), []byte("b")
	for _, x := range []struct {
		what string
		e    journalEntry
		want string // in the problem, "" for none
	}{
		{"the next", journalEntry{rev: 3, kind: EntryChange}, ""},
		{"one too far", journalEntry{rev: 4, kind: EntryChange}, "does not follow entry 2"},
		{"a base", journalEntry{rev: 3, kind: EntryBase}, "a base that does not stand first"},
		{"lost ones", journalEntry{rev: 8, of: 3, kind: EntryLost}, ""},
		{"lost ones that leave one out", journalEntry{rev: 8, of: 4, kind: EntryLost}, "lost ones that do not follow"},
		{"cut short", journalEntry{rev: 3, kind: EntryChange, count: 1}, "is cut short"},
		{"a change", journalEntry{rev: 3, kind: EntryChange,
			changes: []imagePair{{1, 1, a, b, 2, 3}, {1, 2, nil, b, 0, 3}}}, ""},
		{"of what was not there", journalEntry{rev: 3, kind: EntryChange, changes: []imagePair{{1, 2, a, b, 2, 3}}},
			"record 2 was not as it says"},
		{"a new one that was there",
			journalEntry{rev: 3, kind: EntryChange, changes: []imagePair{{1, 1, nil, b, 0, 3}}},
			"record 1 was not as it says"},
		{"from another revision", journalEntry{rev: 3, kind: EntryChange, changes: []imagePair{{1, 1, a, b, 1, 3}}},
			"record 1 was not as it says"},
		{"from another value", journalEntry{rev: 3, kind: EntryChange, changes: []imagePair{{1, 1, b, a, 2, 3}}},
			"record 1 was not as it says"},
		{"to another revision", journalEntry{rev: 3, kind: EntryChange, changes: []imagePair{{1, 1, a, b, 2, 2}}},
			"record 1 bears another revision"},
		{"lost, at an earlier one", journalEntry{rev: 5, of: 3, kind: EntryLost,
			changes: []imagePair{{1, 1, a, b, 2, 4}}}, ""},
		{"lost, at a later one", journalEntry{rev: 5, of: 3, kind: EntryLost, changes: []imagePair{{1, 1, a, b, 2, 6}}},
			"record 1 bears another revision"},
	} {
		r := newReplay()
		r.rev, r.recs[tagID{1, 1}] = 2, image{a, 2}
		problems := r.apply(&x.e)
		if (len(problems) > 0) != (x.want != "") || !strings.Contains(strings.Join(problems, " "), x.want) {
			t.Errorf("%s: %q", x.what, problems)
		}
		if r.rev != x.e.rev {
			t.Errorf("%s does not count", x.what)
		}
	}
	r := newReplay()
	r.apply(&journalEntry{rev: 1, kind: EntryChange, changes: []imagePair{{1, 7, nil, a, 0, 1}}})
	r.apply(&journalEntry{rev: 2, kind: EntryChange, changes: []imagePair{{1, 7, a, nil, 1, 0}}})
	if len(r.recs) != 0 || r.head().next[0] != (nextID{1, 8}) {
		t.Errorf("%+v, next %+v", r.recs, r.head().next)
	}
	r = newReplay()
	if p := r.apply(&journalEntry{rev: 9, kind: EntryBase, next: []nextID{{1, 5}},
		changes: []imagePair{{1, 7, nil, a, 0, 4}}}); len(p) > 0 || r.base != 9 || r.head().next[0] != (nextID{1, 5}) {
		t.Errorf("a base that stands first: %q, %+v", p, r.head())
	}
}

func TestARefusalNamesTheFirstFewAndCountsTheRest(t *testing.T) {
	var r refusals
	if r.add("fine", failure.Problems{{Message: "odd", Warning: true}}); r.err() != nil {
		t.Error("a warning refuses")
	}
	for range maxNamed {
		r.add("Ann", failure.Problems{{Message: "odd", Warning: true}, {Field: "name", Message: "is needed"}})
	}
	if strings.Contains(r.err().Error(), "more") {
		t.Error(r.err())
	}
	r.add("Bea", failure.Problems{{Message: "is needed"}})
	r.add("Bea", failure.Problems{{Message: "is needed"}})
	var e *failure.Error
	if err := r.err(); !errors.As(err, &e) || !strings.HasSuffix(err.Error(), "And 2 more.") ||
		strings.Contains(err.Error(), "Bea") || len(e.Problems) != maxNamed || e.Problems[0].Field != "name" {
		t.Errorf("%v, %+v", err, e)
	}
}

func TestWhatRefersToARecordIsNamedAndCounted(t *testing.T) {
	s, _ := founded(t)
	gone := put(t, s, keeper(), &partnership.Partner{Name: "Oak Grove", Kind: partnership.City,
		Status: partnership.Member})
	named := 0
	more := func(n int) string {
		update(t, s, keeper(), func(tx *Tx) error {
			for range n {
				named++
				if _, err := field.Put(tx, person(gone, "Ann "+uintText(uint64(named)))); err != nil {
					return err
				}
			}
			return nil
		})
		_, err := s.Update(t.Context(), keeper(), Op{},
			func(tx *Tx) error { return tx.Delete("partners", uint64(gone)) })
		return refused(t, failure.InUse, err)
	}
	for _, x := range []struct {
		n    int
		want string
	}{{1, "person Ann 1 refers to it"}, {4, "person Ann 5 refer to it"},
		{1, "person Ann 5 and 1 more record refer to it"}, {1, "and 2 more records refer to it"}} {
		if got := more(x.n); !strings.Contains(got, x.want) {
			t.Errorf("%q does not say %q", got, x.want)
		}
	}
}

func TestNothingIsCopiedToWhereNothingCanBe(t *testing.T) {
	s, _ := founded(t)
	file := filepath.Join(t.TempDir(), "file")
	if err := s.Backup(t.Context(), file); err != nil {
		t.Fatal(err)
	}
	_, _, err := s.BackupTo(t.Context(), file)
	refused(t, failure.NotFound, err)
	if c := s.Copies(); c.Good.Path != file || !c.Away.At.IsZero() || c.Failed == "" || len(c.Pending) != 0 {
		t.Errorf("%+v", c)
	}
	refused(t, failure.Conflict, s.Backup(t.Context(), file))
	if c := s.Copies(); !slices.Contains([]string{c.Good.Path}, file) || strings.Contains(c.Failed, "already") {
		t.Errorf("a name that is taken is told of as a failure: %+v", c)
	}
}

func TestWhatARedactionSaysReadsBackAsWritten(t *testing.T) {
	want := redaction{From: 3, To: 900, columns: map[int][]string{4: {"note", "email"}, 700: {"phone"}}}
	body := want.encode()
	if got, ok := decodeRedaction(body); !ok || !reflect.DeepEqual(got, want) {
		t.Errorf("%+v, %v", got, ok)
	}
	if _, ok := decodeRedaction(body[:len(body)-1]); ok {
		t.Error("one that is cut short is read")
	}
}

func TestWhatIsKnownOfCopiesMayBeOfAnotherVersion(t *testing.T) {
	s, _ := founded(t)
	for body, want := range map[string]uint64{`{"good":{"rev":7},"of another version":1}`: 7, `{"good":`: 0,
		`{"good":{"rev":7},"pending":3}`: 0} {
		if err := s.alter(func(tx *bbolt.Tx) error { return putMeta(tx, metaCopies, []byte(body)) }); err != nil {
			t.Fatal(err)
		}
		if s = reopen(t, s); s.Copies().Good.Rev != want {
			t.Errorf("%s is read as %+v", body, s.Copies())
		}
	}
}
