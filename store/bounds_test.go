package store

import (
	"fmt"
	"math"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"interlocal/model/access"
	"interlocal/model/failure"
	"interlocal/model/field"
	"interlocal/model/partnership"
)

// What holds up to a bound holds at the bound, and not beyond it.

func TestADraftIsKeptForThirtyDaysToTheMoment(t *testing.T) {
	s, c := founded(t)
	s.SaveDraft(keeper(), "people/2", []byte("half a name"))
	s.SaveDraft(keeper(), "people/1", []byte("half a name"))
	s.SaveDraft(keeper(), "large", make([]byte, draftMax))
	s.SaveDraft(keeper(), "too large", make([]byte, draftMax+1))
	there := func() string {
		_, _, ok := s.Draft(keeper(), "people/1")
		s.drafts.expire(c.now())
		return fmt.Sprint(ok, len(s.Drafts(keeper())), len(s.drafts.all))
	}
	if list := s.Drafts(keeper()); len(list) != 3 || list[0].Key != "large" || list[1].Key != "people/1" {
		t.Errorf("drafts of one moment are listed as %+v", list)
	}
	c.advance(draftKept)
	if got := there(); got != "true 3 3" {
		t.Errorf("after thirty days: %s", got)
	}
	c.advance(1)
	if got := there(); got != "false 0 0" {
		t.Errorf("a moment later: %s", got)
	}
}

func TestDraftsAreWrittenInOrderAndNoneIsOvertaken(t *testing.T) {
	b := draftBox{all: map[string]draftData{}, dirty: map[string]draftData{}, armed: true}
	for i := range 20 {
		b.dirty[fmt.Sprint("people/", i)] = draftData{data: []byte("first")}
	}
	list := b.take()
	if len(list) != 20 || len(b.dirty) != 0 || b.armed || !slices.IsSortedFunc(list, func(a, b draftWrite) int {
		return strings.Compare(a.key, b.key)
	}) {
		t.Errorf("%d are taken, %d left: %v", len(list), len(b.dirty), list)
	}
	b.dirty["people/3"] = draftData{data: []byte("second")}
	b.giveBack(list)
	if len(b.dirty) != 20 || string(b.dirty["people/3"].data) != "second" ||
		string(b.dirty["people/4"].data) != "first" {
		t.Errorf("%d are to be written again, people/3 as %q", len(b.dirty), b.dirty["people/3"].data)
	}
}

func TestTheFlusherIsToldWhenAllItWaitsForIsThere(t *testing.T) {
	q := &queue{full: make(chan struct{}, 1)}
	told := func() bool {
		select {
		case <-q.full:
			return true
		default:
			return false
		}
	}
	if q.expect(1) || q.expected != 0 {
		t.Error("one alone is waited for")
	}
	q.full <- struct{}{} // left from before
	if !q.expect(2) || told() {
		t.Error("two are not waited for")
	}
	for n, want := range []bool{false, true, false} {
		if err := q.stack(nil, &pending{}); err != nil || told() != want {
			t.Errorf("with %d there the flusher is told: %v, %v", n+1, !want, err)
		}
	}
	if q.expect(3) || q.expected != 0 || !q.expect(4) {
		t.Error("what is there already is waited for")
	}
}

func TestTheNewestOfTheQueueIsFoundFirst(t *testing.T) {
	q := &queue{full: make(chan struct{}, 1)}
	if q.last() != nil || q.basis() != nil {
		t.Error("an empty queue has a last change")
	}
	st := new(state)
	list := []*pending{{rev: 1, state: st}, {rev: 2, state: st}, {rev: 3, state: st}, {rev: 4}}
	q.inflight, q.waiting, q.head = list[:2], list[2:], st
	var met []uint64
	q.find(func(p *pending) bool { met = append(met, p.rev); return false })
	if !slices.Equal(met, []uint64{4, 3, 2, 1}) || q.last() != list[3] || q.basis() != list[2] {
		t.Errorf("met in the order %v", met)
	}
	refused(t, failure.Unusable, q.stack(new(state), &pending{state: st}))
	if err := q.stack(st, &pending{state: st}); err != nil {
		t.Error(err)
	}
	if fallen := q.takeBack(st, nil); len(fallen) != 5 || fallen[0] != list[0] || q.last() != nil ||
		q.failure() != nil {
		t.Errorf("%d fall", len(fallen))
	}
	q.inflight = list[:1]
	if q.last() != list[0] {
		t.Error("what is under way is not the last change")
	}
	if !q.close() || q.close() {
		t.Error("it is closed twice")
	}
	refused(t, failure.Unusable, q.stack(st, &pending{}))
}

// TestWhoeverDrainsWaitsForTheDisk holds a change up on its way to disk.
func TestWhoeverDrainsWaitsForTheDisk(t *testing.T) {
	s, _ := founded(t)
	var slow atomic.Bool
	s.fault = func() error {
		for range 1000 {
			runtime.Gosched()
		}
		slow.Store(true)
		return nil
	}
	s.writing.Lock()
	p, _, err := s.make(attempt{id: keeper()}, func(tx *Tx) error {
		_, err := tx.Put("people", person(raytown, "Ann"))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	s.drain()
	if !slow.Load() || s.durable.Load() != p.state {
		t.Error("it was not waited for")
	}
	s.writing.Unlock()
}

func TestWhatIsListedOfALargeEntryAndTheRestIsCounted(t *testing.T) {
	s, _ := founded(t)
	const many, seen = maxListed + maxLooked + 200, 150
	added := update(t, s, keeper(), func(tx *Tx) error {
		for i := range many {
			if _, err := field.Put(tx, person(raytown, fmt.Sprint("Person ", i))); err != nil {
				return err
			}
		}
		return nil
	}).Rev
	mixed := update(t, s, keeper(), func(tx *Tx) error {
		for i := range uint64(many) {
			p := *field.Get(tx, partnership.PersonID(i+1))
			if p.Note = "changed"; i < seen {
				p.Title = "Chief"
			}
			if _, err := field.Put(tx, &p); err != nil {
				return err
			}
		}
		return nil
	}).Rev
	all, part := s.As(keeper()), s.As(as("lee", access.Editor, field.Party(grandview)))
	for _, x := range []struct {
		who          *Session
		rev          uint64
		limit        int
		listed, more int
	}{
		{all, added, 0, many, 0}, {all, added, many, many, 0}, {all, added, many - 1, many - 1, 1},
		{all, mixed, maxListed, maxListed, many - maxListed}, {part, added, maxListed, maxListed, many - maxListed},
		{part, mixed, 0, seen, 0}, {part, mixed, seen + 1, seen, 0},
		{part, mixed, maxListed, maxListed, seen - maxListed + many - maxListed - maxLooked},
	} {
		e, err := x.who.Entry(x.rev, x.limit)
		if err != nil || len(e.Changes) != x.listed || e.More != x.more {
			t.Errorf("%s, entry %d up to %d: %d listed and %d more, want %d and %d: %v", x.who.id.Role, x.rev, x.limit,
				len(e.Changes), e.More, x.listed, x.more, err)
		}
	}
}

func TestLabelsAreWhatTheyWereOnlyWhereAllAre(t *testing.T) {
	s, _ := founded(t)
	k := s.kinds[s.byName["people"]].Kind
	ann := put(t, s, keeper(), person(raytown, "Ann"))
	put(t, s, keeper(), person(raytown, "Bea"))
	now := func() *table { return s.durable.Load().tables[s.byName["people"]] }
	change := func(set func(*partnership.Person)) *table {
		update(t, s, keeper(), func(tx *Tx) error {
			p := *field.Get(tx, ann)
			set(&p)
			_, err := field.Put(tx, &p)
			return err
		})
		return now()
	}
	first := now()
	phone := change(func(p *partnership.Person) { p.Phone = "816-555-0123" })
	name := change(func(p *partnership.Person) { p.Name = "Anna" })
	if !tablesAgree(first, first, k) || !tablesAgree(first, phone, k) || tablesAgree(phone, name, k) {
		t.Error("labels are compared wrongly")
	}
	update(t, s, keeper(), func(tx *Tx) error { return tx.Delete("people", uint64(ann)) })
	if tablesAgree(name, now(), k) {
		t.Error("nobody misses who was deleted")
	}
	put(t, s, keeper(), person(raytown, "Anna"))
	if tablesAgree(name, now(), k) {
		t.Error("another of that name is taken for her")
	}
}

func TestAnAnswerFromBeforeAVisibleChangeIsNotKept(t *testing.T) {
	s, _ := founded(t)
	dana := put(t, s, keeper(), person(raytown, "Dana"))
	seen := func() uint64 {
		return s.As(as("lee", access.Editor, field.Party(grandview))).View().RevOf("people", uint64(dana))
	}
	for i, title := range []string{"Clerk II", "Clerk II", "Chief"} {
		was := seen()
		rev := update(t, s, keeper(), func(tx *Tx) error {
			p := *field.Get(tx, dana)
			p.Title, p.Note = title, fmt.Sprint("note ", i)
			_, err := field.Put(tx, &p)
			return err
		}).Rev
		want := map[bool]uint64{true: was, false: rev}[i == 1]
		if first, again := seen(), seen(); first != want || again != want {
			t.Errorf("change %d is seen at revision %d, want %d", i, seen(), want)
		}
	}
}

func TestSearchKeysAreCarriedOverWhereRowsAreTheSame(t *testing.T) {
	s, _ := founded(t)
	for i := range 5 {
		put(t, s, keeper(), person(raytown, fmt.Sprint("Person ", i)))
	}
	first := s.As(keeper()).View().Rows("people")
	first.Prepare()
	update(t, s, keeper(), func(tx *Tx) error {
		p := *field.Get(tx, partnership.PersonID(3))
		p.Title = "Chief"
		if _, err := field.Put(tx, &p); err != nil {
			return err
		}
		return tx.Delete("people", 2)
	})
	put(t, s, keeper(), person(raytown, "Person 5"))
	rows := s.As(keeper()).View().Rows("people")
	keys := make([]string, rows.Len())
	if missing := rows.carryKeys(keys); !slices.Equal(missing, []int32{1, 4}) || keys[0] != first.searchKeys()[0] ||
		keys[2] != first.searchKeys()[3] || keys[3] != first.searchKeys()[4] || rows.before != nil {
		t.Errorf("made again are the keys of rows %v; %q", missing, keys)
	}
}

func TestRedactedCopiesAreSharedWhileNothingSeenChanges(t *testing.T) {
	s, _ := founded(t)
	for i := range 3 {
		put(t, s, keeper(), person(raytown, fmt.Sprint("Person ", i)))
	}
	lee := as("lee", access.Editor, field.Party(grandview))
	first := s.As(lee).View().Rows("people")
	for id, set := range map[partnership.PersonID]func(*partnership.Person){
		1: func(p *partnership.Person) { p.Note = "hidden" }, 2: func(p *partnership.Person) { p.Title = "Chief" }} {
		update(t, s, keeper(), func(tx *Tx) error {
			p := *field.Get(tx, id)
			set(&p)
			_, err := field.Put(tx, &p)
			return err
		})
	}
	rows := s.As(lee).View().Rows("people")
	if rows.At(0) != first.At(0) || rows.At(1) == first.At(1) || rows.At(2) != first.At(2) {
		t.Error("what was worked out of rows that look the same is lost")
	}
	if rows.At(1).(*partnership.Person).Title != "Chief" {
		t.Error("a change is not seen")
	}
	update(t, s, keeper(), func(tx *Tx) error { return tx.Delete("people", 1) })
	if left := s.As(lee).View().Rows("people"); left.Len() != 2 || left.At(0) != rows.At(1) ||
		left.At(1) != rows.At(2) {
		t.Error("the rows after one that was deleted are others")
	}
}

func TestTheRowsUnusedForLongestGo(t *testing.T) {
	c := new(rowCache)
	for i := range maxSlots {
		c.slot(rowSlot{kind: i})
	}
	c.slot(rowSlot{kind: 0})
	c.slot(rowSlot{kind: maxSlots})
	_, first := c.slots[rowSlot{kind: 0}]
	_, second := c.slots[rowSlot{kind: 1}]
	if len(c.slots) != maxSlots || !first || second {
		t.Errorf("%d are kept; the one just used %v, the one unused for longest %v", len(c.slots), first, second)
	}
}

func TestALookAtThePastDoesNotPushOutThePresent(t *testing.T) {
	s, _ := founded(t)
	before := s.As(keeper()).View()
	put(t, s, keeper(), person(raytown, "Ann"))
	now := s.As(keeper()).View().Rows("people")
	if before.Rows("people").Len() != 0 || s.As(keeper()).View().Rows("people") != now {
		t.Error("rows of the present are made again")
	}
}

func TestAnOperationIsKnownForADay(t *testing.T) {
	at := newClock().now()
	for off, want := range map[time.Duration]bool{opKept - 1: false, opKept: true, 1 - opKept: false, -opKept: true} {
		if got := (&opResult{at: at}).expired(at.Add(off)); got != want {
			t.Errorf("%v later it is forgotten: %v", off, got)
		}
	}
}

func TestACopyIsOldAfterThreeDays(t *testing.T) {
	s, c := founded(t)
	if _, _, err := s.BackupDaily(t.Context()); err != nil {
		t.Fatal(err)
	}
	put(t, s, keeper(), person(raytown, "Ann"))
	for _, step := range []time.Duration{copyOld * 24 * time.Hour, 1} {
		c.advance(step)
		if got := s.As(keeper()).Notices(); (len(got) > 0) != (step == 1) {
			t.Errorf("%v later: %q", step, got)
		}
	}
}

func TestHistoryOfTheVeryMomentStays(t *testing.T) {
	s, c := founded(t)
	for range 3 {
		c.advance(time.Hour)
		put(t, s, keeper(), person(raytown, "Ann"))
	}
	for off, want := range map[time.Duration]int{0: 3, 1: 4, -time.Hour: 2} {
		if n, err := s.OlderThan(t.Context(), c.now().Add(off)); err != nil || n != want {
			t.Errorf("older than %v after the last: %d, want %d, %v", off, n, want, err)
		}
	}
}

func TestReplacedValuesMayLeaveAfterOneDay(t *testing.T) {
	s, c := founded(t)
	pruning(t, s, 1)
	replacedSecret(t, s)
	c.advance(25 * time.Hour)
	if n, err := s.PruneConfidential(t.Context()); err != nil || n != 2 {
		t.Errorf("%d changes, %v", n, err)
	}
}

func TestOnlyDailyBackupsAreListed(t *testing.T) {
	s, c := founded(t)
	first, _, err := s.BackupDaily(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	put(t, s, keeper(), person(raytown, "Ann"))
	c.advance(24 * time.Hour)
	second, _, err := s.BackupDaily(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"2027-01-01.db", "interlocal-2027-01-01", "interlocal-2027-13-01.db",
		"interlocal-2027-01-01.db.old"} {
		if err := s.Backup(t.Context(), filepath.Join(s.options.BackupDir, name)); err != nil {
			t.Fatal(err)
		}
	}
	if got := s.Backups(); !slices.Equal(got, []string{second, first}) {
		t.Errorf("listed are %q", got)
	}
}

func TestStatsSayWhatIsThere(t *testing.T) {
	s, c := founded(t)
	put(t, s, keeper(), person(raytown, "Ann"))
	for range 3 {
		s.Undo(t.Context(), keeper())
		s.Redo(t.Context(), keeper())
	}
	w, err := walkPages(s.path)
	if err != nil {
		t.Fatal(err)
	}
	st := s.Stats()
	if st.Bytes == 0 || st.Bytes != fileSize(s.path) || st.PageSize != int64(os.Getpagesize()) || w.free == 0 ||
		st.FreePages != w.free || st.Records["people"] != 1 || st.Records["partners"] != 6 ||
		!st.Changed.Equal(c.now()) || st.Rev != 8 || st.Format != formatOf(migrations()) {
		t.Errorf("%+v, %d free", st, w.free)
	}
	data, _ := os.ReadFile(s.path)
	if again := reopen(t, s).Stats(); !st.Created.Equal(c.now()) || !again.Created.Equal(st.Created) ||
		again.Format != st.Format || again.Timeline != st.Timeline || again.Timeline == "" {
		t.Errorf("%+v, opened again %+v", st, again)
	}
	for what, x := range map[string]struct {
		data []byte
		size int64
	}{"text": {[]byte("Dear Sir or Madam"), 0}, "cut short": {data[:3*os.Getpagesize()], int64(os.Getpagesize())}} {
		if size, free := freePages(scratch(t, x.data)); size != x.size || free != 0 {
			t.Errorf("%s: %d free pages of %d bytes", what, free, size)
		}
	}
	if size, free := freePages(filepath.Join(t.TempDir(), "none.db")); size != 0 || free != 0 {
		t.Errorf("of no file %d pages are free", free)
	}
}

func TestNumbersCanBeGivenUpToABound(t *testing.T) {
	s, _ := founded(t)
	insert := func(id uint64) error {
		_, err := s.Update(t.Context(), keeper(), Op{}, func(tx *Tx) error {
			p := person(raytown, "Ann")
			p.ID = partnership.PersonID(id)
			return tx.Insert("people", p)
		})
		return err
	}
	for _, x := range []struct {
		id   uint64
		good bool
	}{{3, true}, {3, false}, {2, false}, {4, true}, {maxID + 1, false}, {maxID, true}, {math.MaxInt64, false}} {
		if err := insert(x.id); (err == nil) != x.good {
			t.Errorf("number %d: %v", x.id, err)
		}
	}
}

func TestASetOfNumbersGrows(t *testing.T) {
	var s idSet
	for round := range 2 {
		for _, id := range []uint64{0, 63, 64, 65, 1000, 127, 128} {
			if fresh := s.add(id); fresh != (round == 0) {
				t.Errorf("in round %d, %d is new: %v", round, id, fresh)
			}
		}
	}
}
