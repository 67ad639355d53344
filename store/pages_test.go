package store

import (
	"bytes"
	"encoding/binary"
	"os"
	"reflect"
	"slices"
	"testing"
	"time"

	"go.etcd.io/bbolt"

	"interlocal/model/failure"
)

// leafElement is an element of a page made for a test.
type leafElement struct {
	flags      uint32
	key, value string
}

// leaf makes a leaf page.
func leaf(size int, list ...leafElement) []byte {
	page, ne := make([]byte, size), binary.NativeEndian
	ne.PutUint16(page[8:], leafPage)
	ne.PutUint16(page[10:], uint16(len(list)))
	at := pageHeader + len(list)*elementSize
	for i, e := range list {
		off := pageHeader + i*elementSize
		ne.PutUint32(page[off:], e.flags)
		ne.PutUint32(page[off+4:], uint32(at-off))
		ne.PutUint32(page[off+8:], uint32(len(e.key)))
		ne.PutUint32(page[off+12:], uint32(len(e.value)))
		at += copy(page[at:], e.key)
		at += copy(page[at:], e.value)
	}
	return page
}

// inline is the value of a bucket without pages of its own.
func inline(root uint64, flags uint16) string {
	value := make([]byte, bucketSize+pageHeader)
	binary.NativeEndian.PutUint64(value, root)
	binary.NativeEndian.PutUint16(value[bucketSize+8:], flags)
	return string(value)
}

func TestALeafHoldsWhatFitsInOrder(t *testing.T) {
	const size = 1024
	exact := pageHeader + 2*elementSize + 4
	two := func() []byte { return leaf(exact, leafElement{0, "b", "1"}, leafElement{0, "c", "2"}) }
	longer, fewer, more, apart := two(), two(), two(), leaf(exact+1, leafElement{0, "b", "1"}, leafElement{0, "c", "2"})
	binary.NativeEndian.PutUint32(longer[pageHeader+elementSize+12:], 2)
	binary.NativeEndian.PutUint16(fewer[10:], 1)
	binary.NativeEndian.PutUint16(more[10:], 3)
	binary.NativeEndian.PutUint32(apart[pageHeader+elementSize+4:], elementSize+3)
	one := inline(0, leafPage)[:bucketSize] + string(leaf(pageHeader+elementSize+2, leafElement{0, "k", "v"}))
	none := inline(0, leafPage) + one[bucketSize+pageHeader:]
	for name, x := range map[string]struct {
		page []byte
		good bool
	}{
		"nothing":           {leaf(size), true},
		"two":               {two(), true},
		"fewer than it has": {fewer, false},
		"more than it has":  {more, false},
		"with a gap":        {apart, false},
		"one in a bucket":   {leaf(size, leafElement{bucketElement, "b", one}), true},
		"none of the one":   {leaf(size, leafElement{bucketElement, "b", none}), false},
		"beyond its end":    {longer, false},
		"out of order":      {leaf(size, leafElement{0, "c", ""}, leafElement{0, "b", ""}), false},
		"the same twice":    {leaf(size, leafElement{0, "b", ""}, leafElement{0, "b", ""}), false},
		"no key":            {leaf(size, leafElement{0, "", "1"}), false},
		"the lowest key":    {leaf(size, leafElement{0, "b", ""}), true},
		"below it":          {leaf(size, leafElement{0, "a", ""}), false},
		"the next page's":   {leaf(size, leafElement{0, "d", ""}), false},
		"no such element":   {leaf(size, leafElement{2, "b", inline(0, leafPage)}), false},
		"a small bucket":    {leaf(size, leafElement{bucketElement, "b", inline(0, leafPage)}), true},
		"a bucket's pages":  {leaf(size, leafElement{bucketElement, "b", inline(9, 0)[:bucketSize]}), true},
		"half a bucket":     {leaf(size, leafElement{bucketElement, "b", inline(9, 0)[:bucketSize-1]}), false},
		"half a small one":  {leaf(size, leafElement{bucketElement, "b", inline(0, leafPage)[:bucketSize+15]}), false},
		"a bucket of none":  {leaf(size, leafElement{bucketElement, "b", inline(0, branchPage)}), false},
	} {
		w := &pageWalk{meta: pageMeta{pageSize: size, high: 3}}
		err := w.visitLeaf(newSpan(w, 2, x.page), subtree{low: []byte("b"), high: []byte("d")}, true)
		if (err == nil) != x.good {
			t.Errorf("%s: %v", name, err)
		}
		if name == "a bucket's pages" && !reflect.DeepEqual(w.todo, []subtree{{page: 9}}) {
			t.Errorf("to be visited are %+v", w.todo)
		}
	}
	w := &pageWalk{}
	within := leafElement{bucketElement, "b", inline(9, 0)}
	if w.visitLeaf(newSpan(w, 2, leaf(pageHeader+elementSize+1+len(within.value), within)), subtree{}, false) == nil {
		t.Error("a bucket inside a small one passes")
	}
	if w.visitLeaf(newSpan(w, 2, leaf(size)), subtree{page: 2}, true) == nil {
		t.Error("a leaf that has lost its last element passes")
	}
}

// walkOf begins the walk of a file of small pages.
func walkOf(t *testing.T, pages ...[]byte) *pageWalk {
	t.Helper()
	for i, page := range pages {
		if binary.NativeEndian.Uint64(page) == 0 {
			binary.NativeEndian.PutUint64(page, uint64(i))
		}
	}
	w, err := openPages(scratch(t, slices.Concat(pages...)))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { w.f.Close() })
	w.meta = pageMeta{pageSize: 1024, high: uint64(len(pages)), freelist: noFreelist, root: 2}
	w.used = make([]bool, len(pages))
	return w
}

func blank() []byte { return make([]byte, 1024) }

func TestAPageIsUsedOnceAndWithinTheFile(t *testing.T) {
	other, long := blank(), blank()
	binary.NativeEndian.PutUint64(other, 7)
	binary.NativeEndian.PutUint32(long[12:], 1)
	w := walkOf(t, blank(), blank(), other, long, blank())
	for _, page := range []uint64{0, 1, 2, 5, 6} {
		if _, err := w.open(page); failure.CodeOf(err) != failure.Damaged {
			t.Errorf("page %d: %v", page, err)
		}
	}
	p, err := w.open(3)
	if err != nil || p.length != 2048 || !slices.Equal(w.used, []bool{false, false, false, true, true}) {
		t.Fatalf("%+v, %v; used are %v", p, err, w.used)
	}
	if _, err := w.open(4); failure.CodeOf(err) != failure.Damaged {
		t.Errorf("a page of another: %v", err)
	}
	if p.bytes(2040, 8) == nil || p.bytes(2048, 0) == nil || p.bytes(2040, 9) != nil || p.bytes(-1, 1) != nil ||
		p.bytes(1020, 8) == nil || p.bytes(8, -1) != nil {
		t.Error("what is inside a page is told wrongly")
	}
	w = walkOf(t, blank(), blank(), blank(), bytes.Clone(long))
	if _, err := w.open(3); failure.CodeOf(err) != failure.Damaged {
		t.Errorf("a page longer than the file: %v", err)
	}
}

func TestFreePagesAreListedOnceAndAreNobodysElse(t *testing.T) {
	list := func(flags uint16, count int, pages ...uint64) []byte {
		page, ne := blank(), binary.NativeEndian
		ne.PutUint16(page[8:], flags)
		ne.PutUint16(page[10:], uint16(count))
		for i, p := range pages {
			ne.PutUint64(page[pageHeader+8*i:], p)
		}
		return page
	}
	for name, x := range map[string]struct {
		page []byte
		free int
	}{
		"none": {list(freelistPage, 0), 0}, "two": {list(freelistPage, 2, 3, 4), 2},
		"counted apart": {list(freelistPage, 0xFFFF, 2, 3, 4), 2}, "a header": {list(freelistPage, 1, 1), -1},
		"beyond the end": {list(freelistPage, 1, 5), -1}, "itself": {list(freelistPage, 1, 2), -1},
		"twice": {list(freelistPage, 2, 3, 3), -1}, "another page": {list(leafPage, 1, 3), -1},
		"too many":       {list(freelistPage, 0xFFFF, 6, 3, 4), -1},
		"less than none": {list(freelistPage, 0xFFFF, 1<<63), -1},
	} {
		w := walkOf(t, blank(), blank(), x.page, blank(), blank())
		w.meta.freelist = 2
		if err := w.visitFreelist(); (err == nil) != (x.free >= 0) || err == nil && w.free != x.free {
			t.Errorf("%s: %d free, %v", name, w.free, err)
		}
	}
}

func TestFreePagesAreCountedOfAFileWithoutRoomToGrow(t *testing.T) {
	data, _, _ := storied(t)
	path := scratch(t, data)
	w, err := walkPages(path)
	if err != nil || w.free == 0 {
		t.Fatal(w.free, err)
	}
	if _, free := freePages(path); free != w.free {
		t.Errorf("%d pages are free, want %d", free, w.free)
	}
	if _, free := freePages(scratch(t, data[:len(data)-1])); free != 0 {
		t.Errorf("a file that is cut tells of %d", free)
	}
}

func TestAPageThatNothingLeadsToIsFound(t *testing.T) {
	w := walkOf(t, blank(), blank(), leaf(1024), blank())
	w.meta.freelist = 3
	if err := w.start(); failure.CodeOf(err) != failure.Damaged {
		t.Errorf("a list of free pages that is none: %v", err)
	}
	w = walkOf(t, blank(), blank(), leaf(1024), blank())
	if err := w.walk(); err != nil {
		t.Errorf("without a list of free pages: %v", err)
	}
	w.meta.freelist = 0
	if err := w.finish(); failure.CodeOf(err) != failure.Damaged {
		t.Errorf("with one: %v", err)
	}
	for high, good := range map[uint64]bool{2: false, 3: true, 4: true, 5: false, 1<<40 + 1: false} {
		w := walkOf(t, blank(), blank(), leaf(1024), blank())
		if w.meta.high = high; high <= 5 {
			w.used = make([]bool, high)
		}
		if err := w.start(); (err == nil) != good {
			t.Errorf("with %d pages: %v", high, err)
		}
	}
}

// headers gives the first bytes of a file whose headers are of a size of page.
func headers(size int, txids ...uint64) []byte {
	data := make([]byte, 4*max(size, 1024))
	for i, txid := range txids {
		var b [metaSize]byte
		ne := binary.NativeEndian
		ne.PutUint32(b[0:], boltMagic)
		ne.PutUint32(b[4:], boltVersion)
		ne.PutUint32(b[8:], uint32(size))
		ne.PutUint64(b[40:], 4)
		ne.PutUint64(b[48:], txid)
		ne.PutUint64(b[56:], metaSum(b))
		copy(data[i*size+pageHeader:], b[:])
	}
	return data
}

func TestTheNewerHeaderCounts(t *testing.T) {
	for _, size := range []int{512, 1024, 4096, 64 << 10, 128 << 10} {
		for _, x := range []struct {
			first, second, want uint64
			harm                int // which header is harmed, 0 for none
			lost                bool
		}{{7, 8, 8, 0, false}, {8, 7, 8, 0, false}, {7, 8, 8, 1, false}, {8, 7, 8, 2, false}, {7, 8, 7, 2, true},
			{8, 7, 7, 1, true}} {
			data := headers(size, x.first, x.second)
			if x.harm > 0 {
				data[(x.harm-1)*size+pageHeader+20] ^= 4
			}
			w, err := openPages(scratch(t, data))
			if err != nil {
				t.Fatal(err)
			}
			err = w.readMeta()
			w.f.Close()
			if good := size >= 1024 && size <= 64<<10; (err == nil) != good || good && (w.meta.txid != x.want ||
				w.lastLost != x.lost) {
				t.Errorf("pages of %d, %+v: %d, lost %v, %v", size, x, w.meta.txid, w.lastLost, err)
			}
		}
	}
}

func TestDamagedPagesAreToldOf(t *testing.T) {
	s := past(t)
	if err := verifyPages(s.path); err != nil {
		t.Fatal(err)
	}
	data, _ := os.ReadFile(s.path)
	newest := 0
	if metaTxid(data, os.Getpagesize()) > metaTxid(data, 0) {
		newest = os.Getpagesize()
	}
	data[newest+pageHeader+20] ^= 4
	refused(t, failure.Damaged, verifyPages(scratch(t, data)))
	harm(t, s, bucketTrail)
	refused(t, failure.Damaged, verifyPages(s.path))
	refused(t, failure.Damaged, verifyPages(scratch(t, nil)))
}

func TestATimelineReadsBackAsWritten(t *testing.T) {
	one, two, now := [timelineSize]byte{1, 2, 3}, [timelineSize]byte{4}, [timelineSize]byte{5, 6}
	info := fileInfo{id: [16]byte{9, 8, 7, 6, 5, 4, 3, 2, 1}}
	for _, want := range []timeline{{id: now}, {id: now, past: []fork{{one, 300}, {two, 7}}}} {
		body := want.encode()
		if got := decodeTimeline(body, info); !reflect.DeepEqual(got, want) {
			t.Errorf("%+v, want %+v", got, want)
		}
		if got := decodeTimeline(append(body, 1, 2, 3), info); !reflect.DeepEqual(got, want) {
			t.Errorf("with a rest of three bytes: %+v", got)
		}
	}
	if got := decodeTimeline([]byte{1, 2}, info); got.id != [timelineSize]byte{9, 8, 7, 6, 5, 4, 3, 2} ||
		got.past != nil {
		t.Errorf("without one: %+v", got)
	}
}

// TestARepairGoesOnByAnotherWayOnlyWhereChangesAreLost: otherwise what was exported
// before is of the same history.
func TestARepairGoesOnByAnotherWayOnlyWhereChangesAreLost(t *testing.T) {
	data, want, o := storied(t)
	before := openAt(t, scratch(t, data), o).Timeline()
	path := scratch(t, data)
	spoilEntries(t, path, 5)
	if s, _ := repaired(t, path, o); s.Timeline() == before {
		t.Error("a change was lost, and the way is the same")
	}
	path = scratch(t, data)
	k := want.kinds[want.byName["people"]]
	spoil(t, path, func(tx *bbolt.Tx) error {
		name := []byte(draftKey(keeper(), "people/1"))
		if err := tx.Bucket([]byte(bucketDrafts)).Put(name, []byte("nonsense")); err != nil {
			return err
		}
		return tx.Bucket(k.bucket).Put(idKey(3), []byte("nonsense"))
	})
	s, f := repaired(t, path, o)
	sameState(t, want, s.durable.Load())
	if words := f.Words(); s.Timeline() != before || f.Beside != 1 ||
		words != "all 43 records are whole; all 62 changes "+
			"in the history can be read; 1 draft or setting of one person cannot be read" {
		t.Errorf("%s, and the way is another: %v", words, s.Timeline() != before)
	}
	if string(s.Pref("keeper", "theme")) != "dark" {
		t.Error("a preference is lost")
	}
}

func TestFindingsNameRecordsInOrder(t *testing.T) {
	st := newState(newLayout(options(newClock()).Schema))
	tag := st.kinds[st.byName["people"]].Tag
	g := &wreck{layout: st.layout, tables: map[tagID]image{}, broken: map[tagID]bool{}, whole: map[string]bool{},
		followed: map[string]bool{}, headed: true, trusted: true}
	for i := range st.kinds {
		g.followed[string(st.kinds[i].bucket)] = true
	}
	m := &mender{wreck: g, r: newReplay(), first: 1, last: 20, gaps: []gap{{3, 4}, {9, 9}}}
	for id := range uint64(9) {
		m.r.recs[tagID{tag, id + 1}] = image{nil, 8}
		g.broken[tagID{tag, id + 5}] = true // of which 5 to 9 are back
	}
	m.r.recs[tagID{tag, 20}] = image{nil, 9} // made in the gap: not older than it
	g.tables[tagID{tag, 1}] = image{nil, 8}  // stands in its table
	f := m.findings()
	named := func(from, to uint64) (out []string) {
		for id := from; id <= to; id++ {
			out = append(out, recordName(st.kinds[st.byName["people"]].Kind, id))
		}
		slices.Sort(out)
		return out
	}
	if !slices.Equal(f.Older, named(2, 9)) || !slices.Equal(f.Lost, named(10, 13)) || f.Missing || f.Changes != 20 ||
		!slices.Equal(f.Unread, []uint64{3, 4, 9}) {
		t.Errorf("%+v", f)
	}
	want := "2 of 14 records are whole; as they once were, and perhaps changed since: person #2"
	if words := f.Words(); len(words) < len(want) || words[:len(want)] != want {
		t.Error(words)
	}
	if got := runsOf([]uint64{1, 3, 4, 5, 9, 10}); got != "1, 3-5, 9-10" {
		t.Error(got)
	}
	eleven := slices.Repeat([]string{"x"}, mostNamed+1)
	if fewOf(eleven[:mostNamed]) != "x, x, x, x, x, x, x, x, x, x" ||
		fewOf(eleven) != "x, x, x, x, x, x, x, x, x, x and 1 more" {
		t.Error(fewOf(eleven))
	}
}

func TestMarksAndUnreadEntriesHaveATime(t *testing.T) {
	s, c := founded(t)
	c.advance(time.Hour)
	put(t, s, keeper(), person(raytown, "Ann"))
	c.advance(time.Hour)
	put(t, s, keeper(), person(raytown, "Bea"))
	s.Close()
	spoilEntries(t, s.path, 2)
	s = openAt(t, s.path, s.options)
	list, err := s.As(keeper()).Recent(0, 0)
	if err != nil || len(list) != 3 || !list[1].At.Equal(c.now()) || !list[2].At.Equal(c.now().Add(-2*time.Hour)) {
		t.Errorf("%+v, %v", list, err)
	}
	changes, err := s.As(keeper()).History("people", 1, 0)
	if err != nil || len(changes) != 1 || changes[0].Kind != EntryLost || !changes[0].At.Equal(c.now()) {
		t.Errorf("%+v, %v", changes, err)
	}
	for before, want := range map[uint64]int{1: 0, 2: 1, 3: 2, 4: 3, 99: 3} {
		if list, err := s.As(keeper()).Recent(0, before); err != nil || len(list) != want {
			t.Errorf("before %d there are %d, want %d: %v", before, len(list), want, err)
		}
	}
	if list, err := s.As(keeper()).Recent(2, 0); err != nil || len(list) != 2 {
		t.Errorf("the last two are %d: %v", len(list), err)
	}
}
