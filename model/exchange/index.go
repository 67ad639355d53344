package exchange

import (
	"encoding/binary"
	"slices"

	"interlocal/model/field"
)

// Records are recognised by sets of fields: a row means the record whose values
// there are the same. The sets are the kind's Unique ones, which no two records
// share, and its Recognise ones, which are merely unlikely to be shared.

// keySet is a set of columns, reduced to those a file has.
type keySet struct {
	cols   []*field.Column
	unique bool
}

// keySets gives the kind's sets as far as the file's columns go. A Unique set
// counts only when it is complete; another one while two columns are left.
func keySets(k *field.Kind, has func(*field.Column) bool) []keySet {
	var out []keySet
	for _, names := range k.Unique {
		if cols := pick(k, names, has); len(cols) == len(names) {
			out = append(out, keySet{cols, true})
		}
	}
	for _, names := range k.Recognise {
		if cols := pick(k, names, has); len(cols) == len(names) || len(cols) >= 2 {
			out = append(out, keySet{cols, false})
		}
	}
	return out
}

func pick(k *field.Kind, names []string, has func(*field.Column) bool) []*field.Column {
	var cols []*field.Column
	for _, name := range names {
		if c := k.Column(name); c != nil && has(c) {
			cols = append(cols, c)
		}
	}
	return cols
}

// binds reports whether a record says enough to be recognised by the set. A
// Unique set needs every value; another may lack what is not required, as long
// as two values are there, or all of a set of one.
func (s keySet) binds(rec any) bool {
	filled := 0
	for _, c := range s.cols {
		switch {
		case !c.Empty(rec):
			filled++
		case s.unique || c.Required:
			return false
		}
	}
	return filled >= min(2, len(s.cols))
}

// key appends the values of columns in a form that two records share exactly
// when all the values are the same to a reader.
func key(dst []byte, cols []*field.Column, rec any) []byte {
	for _, c := range cols {
		start := len(dst)
		dst = c.Key(dst, rec, nil)
		dst = binary.BigEndian.AppendUint32(dst, uint32(len(dst)-start))
	}
	return dst
}

// filled leaves out the columns in which the record holds nothing.
func filled(cols []*field.Column, rec any) []*field.Column {
	return slices.DeleteFunc(slices.Clone(cols), func(c *field.Column) bool { return c.Empty(rec) })
}

// Index finds the existing records of a kind by their values. It is built once
// per import, a table at a time as each is first needed.
type Index struct {
	kind   *field.Kind
	reader field.Reader
	tables map[string]map[string][]uint64 // by the columns' names, by key
	buf    []byte
}

// NewIndex makes an index over the records a reader has at this moment.
func NewIndex(k *field.Kind, r field.Reader) *Index {
	return &Index{kind: k, reader: r, tables: map[string]map[string][]uint64{}}
}

// find gives the records that have these columns' values in common with rec.
func (x *Index) find(cols []*field.Column, rec any) []uint64 {
	t := x.table(cols)
	if len(t) == 0 {
		return nil
	}
	x.buf = key(x.buf[:0], cols, rec)
	return t[string(x.buf)]
}

func (x *Index) table(cols []*field.Column) map[string][]uint64 {
	var name [128]byte
	id := name[:0]
	for _, c := range cols {
		id = append(append(id, c.Name...), 0)
	}
	if t, ok := x.tables[string(id)]; ok {
		return t
	}
	t := map[string][]uint64{}
	var ids []uint64 // one slice for all, since most keys have one record
	var buf []byte
	for n, rec := range x.reader.Scan(x.kind.Name) {
		buf = key(buf[:0], cols, rec)
		if have, ok := t[string(buf)]; ok {
			t[string(buf)] = append(have, n)
			continue
		}
		if len(ids) == cap(ids) {
			ids = make([]uint64, 0, 1024)
		}
		ids = append(ids, n)
		t[string(buf)] = ids[len(ids)-1 : len(ids) : len(ids)]
	}
	x.tables[string(id)] = t
	return t
}
