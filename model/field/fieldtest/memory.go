package fieldtest

import (
	"iter"
	"slices"

	"interlocal/model/field"
)

// Memory is a [field.Reader] over records held in maps: what a rule or a
// report needs where there is no file. It hides nothing from anybody.
type Memory struct {
	schema *field.Schema
	tables map[string]*table
}

type table struct {
	byID map[uint64]any
	ids  []uint64
	refs map[string]map[uint64][]uint64 // column, target, ids in order; built when first asked
}

// NewMemory makes an empty reader.
func NewMemory(schema *field.Schema) *Memory {
	m := &Memory{schema: schema, tables: map[string]*table{}}
	for _, k := range schema.Kinds {
		m.tables[k.Name] = &table{byID: map[uint64]any{}}
	}
	return m
}

// Put adds a record under its own number or replaces the one that bears it.
// The record is not copied.
func (m *Memory) Put(kind string, rec any) {
	t, id := m.tables[kind], m.schema.Kind(kind).ID(rec)
	if _, there := t.byID[id]; !there {
		i, _ := slices.BinarySearch(t.ids, id)
		t.ids = slices.Insert(t.ids, i, id)
	}
	t.byID[id], t.refs = rec, nil
}

// Remove takes a record out.
func (m *Memory) Remove(kind string, id uint64) {
	t := m.tables[kind]
	if i, found := slices.BinarySearch(t.ids, id); found {
		t.ids = slices.Delete(t.ids, i, i+1)
		delete(t.byID, id)
		t.refs = nil
	}
}

// Copy gives a Memory of its own with the same records.
func (m *Memory) Copy() *Memory {
	out := NewMemory(m.schema)
	for kind, t := range m.tables {
		c := out.tables[kind]
		c.ids = slices.Clone(t.ids)
		for id, rec := range t.byID {
			c.byID[id] = m.schema.Kind(kind).Clone(rec)
		}
	}
	return out
}

// Schema describes the kinds held.
func (m *Memory) Schema() *field.Schema { return m.schema }

// Get returns a record, or nil.
func (m *Memory) Get(kind string, id uint64) any { return m.tables[kind].byID[id] }

// Scan yields the records of a kind in order of number; they may be changed and
// removed on the way.
func (m *Memory) Scan(kind string) iter.Seq2[uint64, any] {
	t := m.tables[kind]
	return func(yield func(uint64, any) bool) {
		for _, id := range slices.Clone(t.ids) {
			if rec, there := t.byID[id]; there && !yield(id, rec) {
				return
			}
		}
	}
}

// Refer yields the records of a kind whose field refers to the target.
func (m *Memory) Refer(kind, field string, target uint64) iter.Seq2[uint64, any] {
	t := m.tables[kind]
	return func(yield func(uint64, any) bool) {
		for _, id := range t.index(m.schema.Kind(kind), field)[target] {
			if !yield(id, t.byID[id]) {
				return
			}
		}
	}
}

func (t *table) index(k *field.Kind, field string) map[uint64][]uint64 {
	if index, ok := t.refs[field]; ok {
		return index
	}
	index, col := map[uint64][]uint64{}, k.Column(field)
	for _, id := range t.ids {
		col.Refs(t.byID[id], func(_ string, target uint64) {
			if list := index[target]; len(list) == 0 || list[len(list)-1] != id {
				index[target] = append(list, id)
			}
		})
	}
	if t.refs == nil {
		t.refs = map[string]map[uint64][]uint64{}
	}
	t.refs[field] = index
	return index
}
