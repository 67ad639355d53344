package forms

import (
	"iter"
	"slices"
	"strings"
	"testing"

	"interlocal/model/exchange"
	"interlocal/model/field"
	"interlocal/model/partnership"
	"interlocal/model/value"
)

func addPartners(m *memory) {
	for _, name := range []string{"Blue Springs", "Grandview", "Independence", "Lee's Summit", "Raytown"} {
		m.put("partners", &partnership.Partner{Name: name, Kind: partnership.City, Status: partnership.Member})
	}
	m.put("partners", &partnership.Partner{Name: "Mid-America Regional Council", Short: "MARC", Kind: partnership.Facilitator, Status: partnership.Member})
}

// memory is a reader over records in a map: the least that satisfies
// field.Reader, with revisions and one earlier state per record.
type memory struct {
	schema  *field.Schema
	kinds   map[string]map[uint64]any
	ids     map[string][]uint64
	revs    map[string]map[uint64]uint64
	history map[string]map[uint64]map[uint64]any // by kind, id, rev
	last    uint64
}

func newMemory() *memory {
	m := &memory{schema: NewSchema(), kinds: map[string]map[uint64]any{}, ids: map[string][]uint64{},
		revs: map[string]map[uint64]uint64{}, history: map[string]map[uint64]map[uint64]any{}}
	for _, k := range m.schema.Kinds {
		m.kinds[k.Name], m.revs[k.Name] = map[uint64]any{}, map[uint64]uint64{}
		m.history[k.Name] = map[uint64]map[uint64]any{}
	}
	return m
}

func (m *memory) Schema() *field.Schema { return m.schema }

func (m *memory) Get(kind string, id uint64) any {
	if rec, ok := m.kinds[kind][id]; ok {
		return rec
	}
	return nil
}

func (m *memory) Scan(kind string) iter.Seq2[uint64, any] {
	return func(yield func(uint64, any) bool) {
		for _, id := range m.ids[kind] {
			if !yield(id, m.kinds[kind][id]) {
				return
			}
		}
	}
}

func (m *memory) Refer(kind, field string, target uint64) iter.Seq2[uint64, any] {
	col := m.schema.Kind(kind).Column(field)
	return func(yield func(uint64, any) bool) {
		for id, rec := range m.Scan(kind) {
			hit := false
			col.Refs(rec, func(_ string, to uint64) { hit = hit || to == target })
			if hit && !yield(id, rec) {
				return
			}
		}
	}
}

// put stores a record under its id, or a new one, at a new revision.
func (m *memory) put(kind string, rec any) uint64 {
	m.last++
	return m.putAt(kind, rec, m.last)
}

func (m *memory) putAt(kind string, rec any, rev uint64) uint64 {
	k := m.schema.Kind(kind)
	id := k.ID(rec)
	if id == 0 {
		if ids := m.ids[kind]; len(ids) > 0 {
			id = ids[len(ids)-1]
		}
		id++
		k.SetID(rec, id)
	}
	if _, ok := m.kinds[kind][id]; !ok {
		at, _ := slices.BinarySearch(m.ids[kind], id)
		m.ids[kind] = slices.Insert(m.ids[kind], at, id)
	}
	m.kinds[kind][id], m.revs[kind][id] = rec, rev
	if m.history[kind][id] == nil {
		m.history[kind][id] = map[uint64]any{}
	}
	m.history[kind][id][rev] = rec
	m.last = max(m.last, rev)
	return id
}

var today = value.Date(2027, 3, 4)

func (m *memory) env() *field.Env { return field.NewEnv(m, today) }

func read(t testing.TB, name, file string) *exchange.Sheet {
	t.Helper()
	s, err := exchange.Read(strings.NewReader(file), name, exchange.ReadOptions{Kind: NewSchema().Kind("people")})
	if err != nil {
		t.Fatalf("read %s: %v", name, err)
	}
	return s
}
