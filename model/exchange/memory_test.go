package exchange

import (
	"bytes"
	"slices"
	"testing"

	"interlocal/model/exchange/export"
	"interlocal/model/exchange/spreadsheet"
	"interlocal/model/field"
	"interlocal/model/field/fieldtest"
	"interlocal/model/value"
)

// failing is what tests and properties have in common.
type failing interface {
	Helper()
	Fatal(args ...any)
}

// memory is a file in memory, with revisions and one earlier state per record.
type memory struct {
	*fieldtest.Memory
	schema  *field.Schema
	ids     map[string][]uint64
	revs    map[string]map[uint64]uint64
	history map[string]map[uint64]map[uint64]any // by kind, id, rev
	last    uint64
}

func newMemory() *memory {
	m := &memory{schema: NewSchema(), ids: map[string][]uint64{}, revs: map[string]map[uint64]uint64{},
		history: map[string]map[uint64]map[uint64]any{}}
	m.Memory = fieldtest.NewMemory(m.schema)
	for _, k := range m.schema.Kinds {
		m.revs[k.Name], m.history[k.Name] = map[uint64]uint64{}, map[uint64]map[uint64]any{}
	}
	return m
}

// put stores a record under its id, or a new one, at a new revision.
func (m *memory) put(kind string, rec any) uint64 {
	m.last++
	return m.putAt(kind, rec, m.last)
}

func (m *memory) putAt(kind string, rec any, rev uint64) uint64 {
	id := m.Add(rec)
	if at, found := slices.BinarySearch(m.ids[kind], id); !found {
		m.ids[kind] = slices.Insert(m.ids[kind], at, id)
	}
	m.revs[kind][id] = rev
	if m.history[kind][id] == nil {
		m.history[kind][id] = map[uint64]any{}
	}
	m.history[kind][id][rev] = rec
	m.last = max(m.last, rev)
	return id
}

func (m *memory) remove(kind string, id uint64) {
	m.Remove(kind, id)
	delete(m.revs[kind], id)
	m.ids[kind] = slices.DeleteFunc(m.ids[kind], func(n uint64) bool { return n == id })
}

func (m *memory) table(kind string) export.Table {
	return export.Table{Kind: m.schema.Kind(kind), Rows: func(yield func(export.Row) bool) {
		for id, rec := range m.Scan(kind) {
			if !yield(export.Row{ID: id, Rev: m.revs[kind][id], Rec: rec}) {
				return
			}
		}
	}}
}

func (m *memory) tables() []export.Table {
	var out []export.Table
	for _, k := range m.schema.Kinds {
		out = append(out, m.table(k.Name))
	}
	return out
}

var today = value.Date(2027, 3, 4)

func (m *memory) env() *field.Env { return field.NewEnv(m, today) }

func (m *memory) options(kind string) PlanOptions {
	return PlanOptions{
		RevOf: func(id uint64) uint64 { return m.revs[kind][id] },
		Base: func(id, rev uint64) (any, bool) {
			rec, ok := m.history[kind][id][rev]
			return rec, ok
		},
	}
}

// plan reads a file and plans it.
func (m *memory) plan(t testing.TB, kind, name string, file []byte) *Plan {
	t.Helper()
	k := m.schema.Kind(kind)
	s, err := spreadsheet.Read(bytes.NewReader(file), name, spreadsheet.ReadOptions{Kind: k})
	if err != nil {
		t.Fatalf("read %s: %v", name, err)
	}
	return m.planSheet(t, kind, s)
}

func (m *memory) planSheet(t testing.TB, kind string, s *spreadsheet.Sheet) *Plan {
	t.Helper()
	k := m.schema.Kind(kind)
	p, err := NewPlan(s, spreadsheet.Map(k, s.Headings, nil), k, m.env(), m.options(kind))
	if err != nil {
		t.Fatalf("plan %s: %v", s.File, err)
	}
	return p
}

// apply does what a store does with a plan: it adds under the file's number
// where that is free, and merges changes. Revisions are the file's where it
// states them, so that what is written again can be compared.
func (m *memory) apply(kind string, p *Plan, fileRevs func(Planned) uint64) {
	k := m.schema.Kind(kind)
	for _, row := range p.Rows {
		switch row.Action {
		case Add:
			if row.FileID != 0 && m.Get(kind, row.FileID) == nil {
				k.SetID(row.Mine, row.FileID)
			}
			if rev := fileRevs(row); rev != 0 {
				m.putAt(kind, row.Mine, rev)
			} else {
				m.put(kind, row.Mine)
			}
		case Change:
			merged, _ := k.Merge(row.Base, row.Mine, m.Get(kind, row.ID))
			m.put(kind, merged)
		}
	}
}

func noRevs(Planned) uint64 { return 0 }

// counts checks a plan's counts in the order add, change, same, duplicate, bad.
func counts(t testing.TB, p *Plan, want ...int) {
	t.Helper()
	if !slices.Equal(p.Counts[:LeftOut], want) {
		t.Errorf("counts add, change, same, duplicate, bad = %v, want %v", p.Counts, want)
		for i, f := range p.Faults {
			if i == 10 {
				break
			}
			t.Log(f)
		}
	}
}

func csvOf(t testing.TB, m *memory, kind string, o export.Options) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := export.WriteCSV(&b, m.table(kind), m.env(), o); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func jsonOf(t testing.TB, m *memory, kind string) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := export.WriteJSON(&b, m.table(kind), m.env(), export.Options{}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func xlsxOf(t testing.TB, m *memory, kinds ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	var tables []export.Table
	for _, kind := range kinds {
		tables = append(tables, m.table(kind))
	}
	if err := export.WriteXLSX(&b, tables, m.env(), export.Options{}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}
