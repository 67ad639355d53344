package store

import (
	"slices"
	"sort"
	"sync"
	"sync/atomic"

	"interlocal/model/field"
)

// Rows are all records of a kind that an identity sees, in order of id, as it
// sees them. They are shared by everyone who sees the same, and so are their
// search keys and orders, which are made when first asked for.
type Rows struct {
	kind *field.Kind
	ids  []uint64
	recs []any
	raws []any        // the records behind them, where some are redacted
	read field.Reader // the moment they were taken from, as the identity sees it

	version []*table // what they were made of

	searching sync.Mutex
	searched  atomic.Pointer[[]string] // search keys by position

	mu     sync.Mutex
	orders map[string]*once[[]int32] // by column
	before *Rows                     // earlier rows whose search keys still serve
}

// once is a value made when first asked for.
type once[T any] struct {
	sync.Once
	v T
}

func (o *once[T]) get(build func() T) T {
	o.Do(func() { o.v = build() })
	return o.v
}

// Kind describes the records.
func (r *Rows) Kind() *field.Kind { return r.kind }

// Len is how many there are.
func (r *Rows) Len() int { return len(r.ids) }

// At gives the record at a position. It is shared and must not be changed.
func (r *Rows) At(i int) any { return r.recs[i] }

// ID gives the id of the record at a position.
func (r *Rows) ID(i int) uint64 { return r.ids[i] }

// IDs lists the ids by position. They are shared and must not be changed.
func (r *Rows) IDs() []uint64 { return r.ids }

// Index finds the position of a record.
func (r *Rows) Index(id uint64) (i int, ok bool) { return slices.BinarySearch(r.ids, id) }

// Rows gives all records of a kind that the identity sees; nil for a kind that
// does not exist.
func (w *View) Rows(kind string) *Rows {
	k, ok := w.state.kind(kind)
	if !ok {
		return nil
	}
	return w.store.rows.get(w, k)
}

// rowSlot names rows that one set of people share.
type rowSlot struct {
	kind  int
	class string
}

// rowCache keeps the newest rows of each kind and class.
type rowCache struct {
	mu    sync.Mutex
	slots map[rowSlot]*cachedRows
	clock uint64
}

// cachedRows are the rows of one slot. Its mutex keeps two sessions from making
// the same rows.
type cachedRows struct {
	mu   sync.Mutex
	rows *Rows
	rev  uint64
	used uint64
}

// maxSlots bounds how many slots are kept; the one unused for longest goes.
const maxSlots = 64

func (c *rowCache) slot(name rowSlot) *cachedRows {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.slots == nil {
		c.slots = map[rowSlot]*cachedRows{}
	}
	slot := c.slots[name]
	if slot == nil {
		slot = new(cachedRows)
		c.slots[name] = slot
	}
	c.clock++
	slot.used = c.clock
	for len(c.slots) > maxSlots {
		oldest := name
		for n, s := range c.slots {
			if s.used < c.slots[oldest].used {
				oldest = n
			}
		}
		delete(c.slots, oldest)
	}
	return slot
}

// get gives the rows of a view, made from those of another moment as far as
// they are the same.
func (c *rowCache) get(w *View, kind int) *Rows {
	slot := c.slot(rowSlot{kind, w.see.rowClass(w.state.layout, kind)})
	version := w.state.version(kind)
	slot.mu.Lock()
	defer slot.mu.Unlock()
	if slot.rows != nil && slices.Equal(slot.rows.version, version) {
		return slot.rows
	}
	rows := makeRows(w, kind, version, slot.rows)
	if slot.rows == nil || w.state.rev > slot.rev {
		slot.rows, slot.rev = rows, w.state.rev
	}
	return rows
}

// version lists the tables that the rows of a kind are made from: its own, those
// of the kinds it refers to, whose labels its rows show, and those beyond, on
// which its parties may depend.
func (s *state) version(kind int) []*table {
	out := []*table{s.tables[kind]}
	for _, t := range s.kinds[kind].reach {
		out = append(out, s.tables[t])
	}
	return out
}

// rowClass names those who share rows of a kind: everybody who sees all of it
// and of the records it names, otherwise those of one class.
func (s *visibility) rowClass(l *layout, kind int) string {
	if !s.kinds[kind].all {
		return s.audience
	}
	for _, t := range l.kinds[kind].targets {
		if !s.kinds[t].other.sees {
			return s.audience
		}
	}
	return "everything"
}

func makeRows(w *View, kind int, version []*table, before *Rows) *Rows {
	n := version[0].Len()
	r := &Rows{
		kind: w.state.kinds[kind].Kind, read: w.scoped, version: version,
		ids: make([]uint64, 0, n), recs: make([]any, 0, n), orders: map[string]*once[[]int32]{},
	}
	if w.see.kinds[kind].all {
		version[0].Scan(func(id uint64, e entry) bool {
			r.ids, r.recs = append(r.ids, id), append(r.recs, e.rec)
			return true
		})
	} else {
		r.redact(w, kind, before)
	}
	if before != nil && w.sameLabels(kind, before, version) {
		r.before = before.searchedOrBefore()
	}
	return r
}

// redact fills the rows with what the identity sees. A record that is the same
// as in earlier rows keeps its redacted copy, so that what was worked out from
// that stays good.
func (r *Rows) redact(w *View, kind int, before *Rows) {
	r.raws = make([]any, 0, cap(r.recs))
	same := before != nil && slices.Equal(before.version[1:], r.version[1:])
	next := 0
	r.version[0].Scan(func(id uint64, e entry) bool {
		var old any
		if before != nil {
			for next < len(before.ids) && before.ids[next] < id {
				next++
			}
			if next < len(before.ids) && before.ids[next] == id {
				old = before.recs[next]
			}
		}
		seen := old
		if old == nil || !same || before.raws[next] != e.rec {
			seen = w.show(kind, e.rec)
			if old != nil && seen != nil && r.kind.Equal(old, seen) {
				seen = old
			}
		}
		if seen != nil {
			r.ids, r.recs, r.raws = append(r.ids, id), append(r.recs, seen), append(r.raws, e.rec)
		}
		return true
	})
}

// searchedOrBefore gives the newest rows that have search keys to carry over,
// so that rows nobody searches do not hold on to all those before them.
func (r *Rows) searchedOrBefore() *Rows {
	if r.searched.Load() != nil {
		return r
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.before
}

// sameLabels reports whether all records that a kind may refer to are called,
// as far as the identity sees them, what they were called.
func (w *View) sameLabels(kind int, before *Rows, version []*table) bool {
	for i, target := range w.state.kinds[kind].targets {
		was, is := before.version[i+1], version[i+1]
		if was == is {
			continue
		}
		if !w.see.kinds[target].other.sees || !tablesAgree(was, is, w.state.kinds[target].Kind) {
			return false
		}
	}
	return true
}

// tablesAgree reports whether two versions of a table hold the same records by
// the same labels.
func tablesAgree(was, is *table, k *field.Kind) bool {
	if was.Len() != is.Len() {
		return false
	}
	it, agree := was.here().Iter(), true
	it.First()
	is.Scan(func(id uint64, e entry) bool {
		old := it.Value()
		agree = it.Key() == id && (old.rec == e.rec || k.Label(old.rec) == k.Label(e.rec))
		it.Next()
		return agree
	})
	return agree
}

// position finds where the earlier rows had a record, starting from a hint.
func (r *Rows) position(id uint64, hint int) (int, bool) {
	if hint < len(r.ids) && r.ids[hint] == id {
		return hint, true
	}
	i := sort.Search(len(r.ids), func(i int) bool { return r.ids[i] >= id })
	return i, i < len(r.ids) && r.ids[i] == id
}
