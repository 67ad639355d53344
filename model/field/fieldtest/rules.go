package fieldtest

import (
	"slices"

	"interlocal/model/field"
	"interlocal/model/value"
)

// Saturday is the day on which tests take place that are given no other: 20
// February 2027.
const Saturday value.Day = 20869

// On gives a day that lies so many days after [Saturday].
func On(days int) value.Opt[value.Day] { return value.Some(Saturday + value.Day(days)) }

// With makes a reader over records, as [Memory.Add] takes them.
func With(schema *field.Schema, recs ...any) *Memory {
	m := NewMemory(schema)
	for _, rec := range recs {
		m.Add(rec)
	}
	return m
}

// Add puts a pointer to a record in; one without a number gets the next.
func (m *Memory) Add(rec any) uint64 {
	kind := rec.(field.Record).KindName()
	k := m.schema.Kind(kind)
	if k.ID(rec) == 0 {
		k.SetID(rec, m.next(kind))
	}
	m.Put(kind, rec)
	return k.ID(rec)
}

// next gives the number after the highest of a kind.
func (m *Memory) next(kind string) uint64 {
	if ids := m.tables[kind].ids; len(ids) > 0 {
		return ids[len(ids)-1] + 1
	}
	return 1
}

// Found runs a kind's rules on [Saturday] over a record and gives what they said,
// as "field: message", warnings marked by a question mark.
func Found(r field.Reader, before, after any) []string {
	k := r.Schema().Kind(after.(field.Record).KindName())
	var out []string
	for _, p := range k.Check(r, Saturday, before, after) {
		mark := ": "
		if p.Warning {
			mark = "? "
		}
		out = append(out, p.Field+mark+p.Message)
	}
	return out
}

// Rule is a new record and what the rules say of it.
type Rule = struct {
	Rec  any
	Want []string
}

// failing is what a test and a property have in common.
type failing interface {
	Helper()
	Errorf(format string, args ...any)
}

// CheckAll runs the rules over named records.
func CheckAll(t failing, r field.Reader, cases map[string]Rule) {
	t.Helper()
	for name, c := range cases {
		if got := Found(r, nil, c.Rec); !slices.Equal(got, c.Want) {
			t.Errorf("%s:\n got %q\nwant %q", name, got, c.Want)
		}
	}
}
