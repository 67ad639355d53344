package cyber_test

import (
	"iter"
	"slices"
	"testing"

	"interlocal/model"
	"interlocal/model/field"
	"interlocal/model/value"
)

const someDay value.Day = 20869 // Saturday, 20 February 2027

// records is a [field.Reader] over a handful of records in a test.
type records struct {
	schema *field.Schema
	tables map[string]map[uint64]any
}

// with makes a reader over records; one without a number gets the next.
func with(recs ...any) *records {
	r := &records{schema: model.NewSchema(), tables: map[string]map[uint64]any{}}
	for _, rec := range recs {
		r.put(rec)
	}
	return r
}

func (r *records) put(rec any) {
	kind := rec.(field.Record).KindName()
	k := r.schema.Kind(kind)
	if r.tables[kind] == nil {
		r.tables[kind] = map[uint64]any{}
	}
	if k.ID(rec) == 0 {
		k.SetID(rec, uint64(len(r.tables[kind])+1))
	}
	r.tables[kind][k.ID(rec)] = rec
}

func (r *records) Schema() *field.Schema { return r.schema }

func (r *records) Get(kind string, id uint64) any { return r.tables[kind][id] }

func (r *records) Scan(kind string) iter.Seq2[uint64, any] {
	return func(yield func(uint64, any) bool) {
		ids := make([]uint64, 0, len(r.tables[kind]))
		for id := range r.tables[kind] {
			ids = append(ids, id)
		}
		slices.Sort(ids)
		for _, id := range ids {
			if !yield(id, r.tables[kind][id]) {
				return
			}
		}
	}
}

func (r *records) Refer(kind, field string, target uint64) iter.Seq2[uint64, any] {
	c := r.schema.Kind(kind).Column(field)
	return func(yield func(uint64, any) bool) {
		for id, rec := range r.Scan(kind) {
			found := false
			c.Refs(rec, func(_ string, to uint64) { found = found || to == target })
			if found && !yield(id, rec) {
				return
			}
		}
	}
}

// found runs a kind's rules over a record and gives what they said, as
// "field: message", warnings marked by a question mark.
func found(r *records, before, after any) []string {
	k := r.schema.Kind(after.(field.Record).KindName())
	var out []string
	for _, p := range k.Check(r, someDay, before, after) {
		mark := ": "
		if p.Warning {
			mark = "? "
		}
		out = append(out, p.Field+mark+p.Message)
	}
	return out
}

type ruleCase struct {
	rec  any
	want []string
}

func checkAll(t *testing.T, r *records, cases map[string]ruleCase) {
	t.Helper()
	for name, c := range cases {
		if got := found(r, nil, c.rec); !slices.Equal(got, c.want) {
			t.Errorf("%s:\n got %q\nwant %q", name, got, c.want)
		}
	}
}

func on(days int) value.Opt[value.Day] { return value.Some(someDay + value.Day(days)) }
