package field

import (
	"strconv"
	"sync"
)

// Schema is the set of kinds a file holds.
type Schema struct {
	Kinds  []*Kind
	byName map[string]*Kind
	kept   sync.Map
}

// SchemaOf makes a schema of the given kinds, checking that names and tags are
// used once; a mistake there is a mistake in the program, so it panics.
func SchemaOf(kinds ...*Kind) *Schema {
	s := &Schema{Kinds: kinds, byName: map[string]*Kind{}}
	tags := map[int]bool{}
	for _, k := range kinds {
		if s.byName[k.Name] != nil || tags[k.Tag] {
			panic("kind " + k.Name + " or its tag " + strconv.Itoa(k.Tag) + " is declared twice; the next free tag " +
				"of a kind is " +
				strconv.Itoa(nextKindTag(kinds)))
		}
		s.byName[k.Name], tags[k.Tag] = k, true
		fields := map[int]bool{}
		for _, c := range k.Columns {
			if fields[c.Tag] {
				panic("tag " + strconv.Itoa(c.Tag) + " of " + k.Name + "." + c.Name +
					" is in use; the next free tag of " + k.Name + " is " +
					strconv.Itoa(k.nextTag()))
			}
			if k.byName[c.Name] != c {
				panic("field " + k.Name + "." + c.Name + " is declared twice")
			}
			fields[c.Tag] = true
		}
	}
	return s
}

// nextTag is one above every tag in use: what was taken out is not used again.
func (k *Kind) nextTag() int {
	next := 1
	for _, c := range k.Columns {
		next = max(next, c.Tag+1)
	}
	return next
}

func nextKindTag(kinds []*Kind) int {
	next := 1
	for _, k := range kinds {
		next = max(next, k.Tag+1)
	}
	return next
}

// ReferringColumn is a column through which records of a kind refer to others.
type ReferringColumn struct {
	Kind   *Kind
	Column *Column
}

func subTarget(c *Column, target string) bool {
	for _, s := range c.Sub {
		if s.Target == target {
			return true
		}
	}
	return false
}

// Keep gives what load gave when the key was first asked for: for what is slow
// to load and is the same whenever it is loaded. A key's type is its asker's own.
func (s *Schema) Keep(key any, load func() any) any {
	if v, ok := s.kept.Load(key); ok {
		return v
	}
	v, _ := s.kept.LoadOrStore(key, load())
	return v
}

// Kind finds a kind by name; nil when there is none.
func (s *Schema) Kind(name string) *Kind { return s.byName[name] }

// Referring lists the columns, child rows included, that may refer to records
// of the named kind. The list is shared and must not be changed.
func (s *Schema) Referring(target string) []ReferringColumn {
	return s.Keep(referringTo(target), func() any { return s.referring(target) }).([]ReferringColumn)
}

// referringTo names the answer of [Schema.Referring], which is the same each time.
type referringTo string

func (s *Schema) referring(target string) []ReferringColumn {
	var out []ReferringColumn
	for _, k := range s.Kinds {
		for _, c := range k.Columns {
			if c.Target == target || subTarget(c, target) {
				out = append(out, ReferringColumn{k, c})
			}
		}
	}
	return out
}
