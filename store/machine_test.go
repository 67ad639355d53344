package store

import (
	"context"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"testing"

	"go.etcd.io/bbolt"
	"pgregory.net/rapid"

	"interlocal/model/access"
	"interlocal/model/cyber"
	"interlocal/model/cyber/framework"
	"interlocal/model/field"
	"interlocal/model/lending"
	"interlocal/model/partnership"
	"interlocal/model/value"
)

// machine drives a store with random operations of several people and keeps,
// as plain maps, what the records should then be.
type machine struct {
	dir   string
	s     *Store
	clock *clock
	recs  map[recKey]any            // what there should be
	done  map[uint64]map[recKey]any // what each revision found, by record
	by    map[uint64]string         // whose it was
	who   []access.Identity

	copies []machineCopy
}

// machineCopy is a backup with what the machine then knew.
type machineCopy struct {
	path  string
	stamp uint64 // of its newest revision
	recs  map[recKey]any
	done  map[uint64]map[recKey]any
	by    map[uint64]string
}

func newMachine(t *rapid.T, tb testing.TB) *machine {
	m := &machine{dir: tb.TempDir(), clock: newClock(), recs: map[recKey]any{}, done: map[uint64]map[recKey]any{},
		by: map[uint64]string{},
		who: []access.Identity{keeper(), keeper(), as("pat", access.Coordinator, 0),
			as("kim", access.Editor, field.Party(raytown)),
			as("lou", access.Editor, field.Party(grandview)), as("sam", access.Assessor, field.Party(raytown)),
			as("vic", access.Viewer, field.Party(raytown))}}
	var err error
	if m.s, err = Open(filepath.Join(m.dir, "desk.db"), options(m.clock)); err != nil {
		t.Fatal(err)
	}
	hasty(m.s)
	update(tb, m.s, keeper(), func(tx *Tx) error {
		if err := partnership.NewSeed().Each(tx.Insert); err != nil {
			return err
		}
		_, err := field.Put(tx, &cyber.Cycle{Year: 2026, Framework: framework.CSF20})
		return err
	})
	st := m.s.durable.Load()
	m.done[st.rev], m.by[st.rev] = map[recKey]any{}, keeper().User
	for k := range st.kinds {
		st.tables[k].Scan(func(id uint64, e entry) bool {
			m.recs[recKey{k, id}], m.done[st.rev][recKey{k, id}] = e.rec, nil
			return true
		})
	}
	return m
}

// record draws a new or changed record.
func (m *machine) record(t *rapid.T) (kind string, rec any) {
	partner := rapid.SampledFrom([]partnership.PartnerID{raytown, raytown, grandview, independence}).Draw(t, "partner")
	n := rapid.IntRange(0, 9).Draw(t, "n")
	switch kind = rapid.SampledFrom([]string{"people", "people", "equipment", "reservations", "programs", "answers"}).
		Draw(t, "kind"); kind {
	case "people":
		rec = person(partner, fmt.Sprint("Person ", n))
	case "equipment":
		rec = &lending.Equipment{Tag: fmt.Sprint("T-", n), Name: "Truck", Owner: partner,
			Status:    lending.EquipmentActive,
			Custodian: partnership.PersonID(rapid.SampledFrom([]int{0, 0, 1, 2}).Draw(t, "custodian"))}
	case "reservations":
		from := value.Date(2027, 3, 4+n).At(8, 0)
		rec = &lending.Reservation{Unit: lending.EquipmentID(rapid.IntRange(1, 3).Draw(t, "unit")), Borrower: partner,
			State: lending.Approved,
			Start: value.Some(from), End: value.Some(from + 60*24)}
	case "programs":
		rec = &partnership.Program{Name: fmt.Sprint("Program ", n), Status: partnership.ProgramActive, Lead: partner,
			Participants: []partnership.Participant{{Partner: partner}}}
	case "answers":
		rec = &cyber.Answer{Cycle: cyber.CycleID(1), Partner: partner, Item: fmt.Sprint("PR.AA-0", n),
			Level: cyber.Informal, Note: "confidential"}
	}
	return kind, rec
}

// aim gives rec the number of a record of its kind, if there are any.
func (m *machine) aim(t *rapid.T, kind string, rec any) {
	k, _ := m.s.kind(kind)
	var ids []uint64
	for id := range m.s.durable.Load().Scan(kind) {
		ids = append(ids, id)
	}
	if len(ids) > 0 && rapid.Bool().Draw(t, "existing") {
		m.s.kinds[k].SetID(rec, rapid.SampledFrom(ids).Draw(t, "id"))
	}
}

func (m *machine) update(t *rapid.T) {
	id := rapid.SampledFrom(m.who).Draw(t, "who")
	steps := rapid.SampledFrom([]int{1, 1, 1, 2, 3}).Draw(t, "steps")
	res, err := m.s.Update(context.Background(), id, Op{Title: "random"}, func(tx *Tx) error {
		for range steps {
			kind, rec := m.record(t)
			m.aim(t, kind, rec)
			k, _ := m.s.kind(kind)
			if n := m.s.kinds[k].ID(rec); n != 0 && rapid.IntRange(0, 3).Draw(t, "delete") == 0 {
				if err := tx.Delete(kind, n); err != nil {
					return err
				}
				continue
			}
			if _, err := tx.Put(kind, rec); err != nil {
				return err
			}
		}
		return nil
	})
	m.follow(t, id, res.Rev, err)
	if err == nil && id.Role == access.Viewer && res.Changed > 0 {
		t.Fatalf("a viewer changed %d records", res.Changed)
	}
}

// follow takes over what a revision changed, after making sure that the
// identity was allowed to and that nothing else changed.
func (m *machine) follow(t *rapid.T, id access.Identity, rev uint64, err error) {
	st := m.s.durable.Load()
	if err != nil || m.done[rev] != nil {
		m.same(t, st)
		return
	}
	found := map[recKey]any{}
	for k := range st.kinds {
		def := st.kinds[k].Kind
		for key := range m.recs {
			if key.kind == k && st.Get(def.Name, key.id) == nil {
				found[key] = m.recs[key]
			}
		}
		st.tables[k].Scan(func(n uint64, e entry) bool {
			key := recKey{k, n}
			if e.rev == rev {
				found[key] = m.recs[key]
			}
			return true
		})
	}
	for key, before := range found {
		def := st.kinds[key.kind].Kind
		if id.Rights(def).Change == access.None {
			t.Fatalf("%s changed a %s", id.Role, def.One)
		}
		if id.Rights(def).Change == access.Own && before != nil && def.Name == "people" &&
			field.Party(before.(*partnership.Person).Partner) != id.Partner {
			t.Fatalf("%s of partner %d changed %+v", id.Role, id.Partner, before)
		}
		delete(m.recs, key)
		if now := st.Get(def.Name, key.id); now != nil {
			m.recs[key] = now
		}
	}
	m.done[rev], m.by[rev] = found, id.User
	m.same(t, st)
}

// same fails unless the moment holds exactly the expected records.
func (m *machine) same(t *rapid.T, st *state) {
	n := 0
	for k := range st.kinds {
		def := st.kinds[k].Kind
		st.tables[k].Scan(func(id uint64, e entry) bool {
			n++
			if want := m.recs[recKey{k, id}]; want == nil || !def.Equal(want, e.rec) {
				t.Fatalf("%s #%d is %+v, want %+v", def.Name, id, e.rec, want)
			}
			return true
		})
	}
	if n != len(m.recs) {
		t.Fatalf("%d records, want %d", n, len(m.recs))
	}
}

func (m *machine) revert(t *rapid.T) {
	id := rapid.SampledFrom(m.who[:4]).Draw(t, "who")
	f := m.s.Undo
	if rapid.Bool().Draw(t, "redo") {
		f = m.s.Redo
	}
	u, err := f(context.Background(), id)
	if err != nil {
		m.same(t, m.s.durable.Load())
		return
	}
	if m.by[u.Of] != id.User {
		t.Fatalf("%s took back revision %d of %s", id.User, u.Of, m.by[u.Of])
	}
	st, found := m.s.durable.Load(), map[recKey]any{}
	for key, before := range m.done[u.Of] {
		found[key] = m.recs[key]
		delete(m.recs, key)
		if before != nil {
			m.recs[key] = before
		}
	}
	m.done[u.Rev], m.by[u.Rev] = found, id.User
	m.same(t, st)
}

func (m *machine) reopen(t *rapid.T) {
	before := m.s.durable.Load()
	if err := m.s.Close(); err != nil {
		t.Fatal(err)
	}
	m.open(t)
	if m.s.durable.Load().rev != before.rev {
		t.Fatal("another revision after reopening")
	}
	m.same(t, m.s.durable.Load())
}

func (m *machine) read(t *rapid.T) {
	id := rapid.SampledFrom(m.who).Draw(t, "who")
	v := m.s.As(id).View()
	seesOnlyItsShare(t, v)
	for _, k := range v.Schema().Kinds {
		refersAsScanned(t, v, k)
	}
}

func (m *machine) purge(t *rapid.T) {
	m.clock.advance(1)
	if _, err := m.s.Purge(context.Background(), keeper(), m.clock.now()); err != nil {
		t.Fatal(err)
	}
	clear(m.done) // what is purged cannot be undone
	m.done[m.s.durable.Load().rev] = map[recKey]any{}
	m.by[m.s.durable.Load().rev] = "nobody"
	m.same(t, m.s.durable.Load())
}

// copy makes a backup.
func (m *machine) copy(t *rapid.T) {
	c := machineCopy{path: filepath.Join(m.dir, fmt.Sprint("copy-", len(m.copies), ".db")), stamp: m.s.As(keeper()).
		Stamp(m.s.durable.Load().rev),
		recs: maps.Clone(m.recs), done: maps.Clone(m.done), by: maps.Clone(m.by)}
	if err := m.s.Backup(context.Background(), c.path); err != nil {
		t.Fatal(err)
	}
	m.copies = append(m.copies, c)
}

// goBack restores a backup; what was given up is known as such from then on.
func (m *machine) goBack(t *rapid.T) {
	if len(m.copies) == 0 {
		return
	}
	c := rapid.SampledFrom(m.copies).Draw(t, "copy")
	newest := m.s.As(keeper()).Stamp(m.s.durable.Load().rev)
	if err := m.s.Close(); err != nil {
		t.Fatal(err)
	}
	m.clock.advance(1)
	if _, err := Restore(m.s.path, c.path, m.s.options); err != nil {
		t.Fatal(err)
	}
	m.open(t)
	m.recs, m.done, m.by = maps.Clone(c.recs), maps.Clone(c.done), maps.Clone(c.by)
	m.same(t, m.s.durable.Load())
	if _, ok := m.s.As(keeper()).Revision(c.stamp); !ok {
		t.Fatal("the restored file does not know its own past")
	}
	if _, ok := m.s.As(keeper()).Revision(newest); ok && newest > c.stamp {
		t.Fatal("a change that was given up is taken for one of the file's")
	}
}

// kill goes on with the file as it lies there while the program has it open.
func (m *machine) kill(t *rapid.T) {
	data, err := os.ReadFile(m.s.path)
	if err != nil {
		t.Fatal(err)
	}
	if err := m.s.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(m.s.path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	m.open(t)
	m.same(t, m.s.durable.Load())
}

// open opens the file again.
func (m *machine) open(t *rapid.T) {
	s, err := Open(m.s.path, m.s.options)
	if err != nil {
		t.Fatal(err)
	}
	m.s = hasty(s)
}

// harm makes a record, or a change of the history, unreadable, and has the file
// repaired: the records are all there, each at its revision.
func (m *machine) harm(t *rapid.T) {
	st := m.s.durable.Load()
	name, key := []byte(bucketJournal), idKey(st.rev)
	if rapid.Bool().Draw(t, "record") {
		k := m.s.kinds[m.s.byName["partners"]]
		name, key = k.bucket, idKey(uint64(grandview))
	}
	if err := m.s.alter(func(tx *bbolt.Tx) error { return tx.Bucket(name).Put(key, []byte("nonsense")) }); err != nil {
		t.Fatal(err)
	}
	if err := m.s.Close(); err != nil {
		t.Fatal(err)
	}
	m.clock.advance(1)
	_, f, err := Repair(m.s.path, m.s.options)
	if err != nil || len(f.Lost)+len(f.Older) > 0 {
		t.Fatalf("%+v, %v", f, err)
	}
	m.open(t)
	m.same(t, m.s.durable.Load())
	for _, rev := range f.Unread { // others were found where they had lain before
		delete(m.done, rev)
	}
}

// finish checks the file, compacts it and rebuilds it from its journal.
func (m *machine) finish(t *rapid.T, tb testing.TB) {
	defer m.s.Close()
	report, err := m.s.Check(context.Background())
	if err != nil || !report.Clean() || len(report.Rules) > 0 {
		t.Fatalf("check: %+v, %v", report, err)
	}
	want := m.s.durable.Load()
	if _, _, err := m.s.Compact(context.Background()); err != nil {
		t.Fatal(err)
	}
	m.reopen(t)
	if err := m.s.Close(); err != nil {
		t.Fatal(err)
	}
	into := filepath.Join(m.dir, "replayed.db")
	if err := Replay(context.Background(), m.s.path, into, m.s.options); err != nil {
		t.Fatal(err)
	}
	r, err := Open(into, m.s.options)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	sameState(tb, want, r.durable.Load())
}

func TestRandomOperations(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		m := newMachine(rt, t)
		rt.Repeat(map[string]func(*rapid.T){
			"update": m.update, "again": m.update, "revert": m.revert, "back": m.revert, "reopen": m.reopen,
			"read": m.read, "purge": m.purge,
			"copy": m.copy, "go back": m.goBack, "kill": m.kill, "harm": m.harm,
		})
		m.finish(rt, t)
	})
}
