package store

import (
	"cmp"
	"encoding/binary"
	"iter"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/tidwall/btree"

	"interlocal/model/field"
)

// entry is a record in memory with the revision that last changed it.
type entry struct {
	rec any
	rev uint64
}

// records are those of one kind by id.
type records = btree.Map[uint64, entry]

// table holds the records of one kind; those of a file that is read at need are read
// when first asked for.
type table struct {
	cell[records]
	read func() *records // nil for a table that began empty
}

// here gives the records.
func (t *table) here() *records {
	if r := t.built.Load(); r != nil {
		return r
	}
	return t.get(func() *records {
		if t.read == nil {
			return new(records)
		}
		return t.read()
	})
}

// Get gives a record; ok is false when there is none.
func (t *table) Get(id uint64) (e entry, ok bool) { return t.here().Get(id) }

// Len is how many there are.
func (t *table) Len() int { return t.here().Len() }

// Scan yields them in order of id until it is told to stop.
func (t *table) Scan(yield func(id uint64, e entry) bool) { t.here().Scan(yield) }

// Copy gives the same records, to be written to.
func (t *table) Copy() *table {
	out := new(table)
	out.built.Store(t.here().Copy())
	return out
}

// state is one moment of all records. It is never changed once another
// goroutine can see it.
type state struct {
	*layout
	rev    uint64
	at     time.Time // of the change that made it
	tables []*table
	next   []uint64 // the number the next record of a kind gets
	refs   []*cell[refTree]
	uniqs  []*cell[uniqueTree]
	spans  []*cell[spanTree] // by kind
	kept   *kept
}

func newState(l *layout) *state {
	s := &state{layout: l, kept: new(kept), tables: make([]*table, len(l.kinds)), next: make([]uint64, len(l.kinds))}
	for i := range s.tables {
		s.tables[i], s.next[i] = new(table), 1
	}
	s.dropIndexes()
	return s
}

// dropIndexes forgets every index; they are built again when asked for.
func (s *state) dropIndexes() {
	s.refs = make([]*cell[refTree], len(s.layout.refs))
	s.uniqs = make([]*cell[uniqueTree], len(s.layout.uniqs))
	s.spans = make([]*cell[spanTree], len(s.layout.kinds))
	for i := range s.spans {
		s.spans[i] = new(cell[spanTree])
	}
	for i := range s.refs {
		s.refs[i] = new(cell[refTree])
	}
	for i := range s.uniqs {
		s.uniqs[i] = new(cell[uniqueTree])
	}
}

// Schema describes the kinds.
func (s *state) Schema() *field.Schema { return s.schema }

// Get returns a record whoever asks, or nil.
func (s *state) Get(kind string, id uint64) any {
	k, ok := s.kind(kind)
	if !ok {
		return nil
	}
	e, _ := s.tables[k].Get(id)
	return e.rec
}

// Scan yields the records of a kind in order of id.
func (s *state) Scan(kind string) iter.Seq2[uint64, any] {
	return func(yield func(uint64, any) bool) {
		if k, ok := s.kind(kind); ok {
			s.tables[k].Scan(func(id uint64, e entry) bool { return yield(id, e.rec) })
		}
	}
}

// Refer yields the records whose column refers to the target.
func (s *state) Refer(kind, field string, target uint64) iter.Seq2[uint64, any] {
	return func(yield func(uint64, any) bool) {
		k, ok := s.kind(kind)
		if !ok {
			return
		}
		for _, slot := range s.kinds[k].refs {
			if s.layout.refs[slot].col.Name == field && !s.referring(slot, target, yield) {
				return
			}
		}
	}
}

// referring yields the records that refer to the target through a slot, in
// order of id, and reports whether the caller wants more.
func (s *state) referring(slot int, target uint64, yield func(uint64, any) bool) bool {
	from, more := s.tables[s.layout.refs[slot].from], true
	s.refIndex(slot).Ascend(pair{target, 0}, func(p pair) bool {
		if p.target != target {
			return false
		}
		e, _ := from.Get(p.id)
		more = yield(p.id, e.rec)
		return more
	})
	return more
}

// cell holds an index that is built when first asked for. States whose records
// are the same share a cell, so that building it once serves them all.
type cell[T any] struct {
	building sync.Mutex
	built    atomic.Pointer[T]
}

func (c *cell[T]) get(build func() *T) *T {
	if t := c.built.Load(); t != nil {
		return t
	}
	c.building.Lock()
	defer c.building.Unlock()
	if t := c.built.Load(); t != nil {
		return t
	}
	t := build()
	c.built.Store(t)
	return t
}

// pair says that the record id refers to target.
type pair struct{ target, id uint64 }

func pairLess(a, b pair) bool {
	return a.target < b.target || a.target == b.target && a.id < b.id
}

type refTree = btree.BTreeG[pair]

// uniqueTree holds unique keys, each followed by the id of its record.
type uniqueTree = btree.Map[string, struct{}]

func (s *state) refIndex(slot int) *refTree {
	return s.refs[slot].get(func() *refTree { return s.buildRefs(slot) })
}

func (s *state) uniqueIndex(slot int) *uniqueTree {
	return s.uniqs[slot].get(func() *uniqueTree { return s.buildUnique(slot) })
}

func (s *state) buildRefs(slot int) *refTree {
	def := s.layout.refs[slot]
	var pairs []pair
	s.tables[def.from].Scan(func(id uint64, e entry) bool {
		s.visit(def, e.rec, func(target uint64) { pairs = append(pairs, pair{target, id}) })
		return true
	})
	slices.SortFunc(pairs, func(a, b pair) int {
		return cmp.Or(cmp.Compare(a.target, b.target), cmp.Compare(a.id, b.id))
	})
	tree := btree.NewBTreeGOptions(pairLess, btree.Options{NoLocks: true})
	for _, p := range pairs {
		tree.Load(p)
	}
	return tree
}

func (s *state) buildUnique(slot int) *uniqueTree {
	def := s.layout.uniqs[slot]
	var keys []string
	s.tables[def.kind].Scan(func(id uint64, e entry) bool {
		if key, ok := s.uniqueKey(nil, def, e.rec); ok {
			keys = append(keys, withID(key, id))
		}
		return true
	})
	slices.Sort(keys)
	tree := new(uniqueTree)
	for _, key := range keys {
		tree.Load(key, struct{}{})
	}
	return tree
}

func withID(key []byte, id uint64) string {
	return string(binary.BigEndian.AppendUint64(key, id))
}

// holders lists the records that hold a unique key.
func (s *state) holders(slot int, key []byte) []uint64 {
	var ids []uint64
	prefix := string(key)
	s.uniqueIndex(slot).Ascend(prefix, func(k string, _ struct{}) bool {
		if !strings.HasPrefix(k, prefix) {
			return false
		}
		if len(k) == len(prefix)+8 {
			ids = append(ids, binary.BigEndian.Uint64([]byte(k[len(prefix):])))
		}
		return true
	})
	return ids
}
