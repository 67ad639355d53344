package store

import (
	"cmp"
	"iter"
	"slices"

	"github.com/tidwall/btree"

	"interlocal/model/field"
	"interlocal/model/value"
)

// piece says that a record takes up time of a group in one week. A record is
// filed under every week it touches, so that looking some days up costs the
// same however long the history is.
type piece struct {
	week  int64
	group uint64
	id    uint64
}

func pieceLess(a, b piece) bool { return comparePieces(a, b) < 0 }

func comparePieces(a, b piece) int {
	return cmp.Or(cmp.Compare(a.week, b.week), cmp.Compare(a.group, b.group), cmp.Compare(a.id, b.id))
}

type spanTree = btree.BTreeG[piece]

// longestSpan bounds, in weeks, how much of a span is filed.
const longestSpan = 53 * 30

func weekOf(w value.Wall) int64 {
	n := int64(w) / value.SpanWeek
	if int64(w)%value.SpanWeek < 0 {
		n--
	}
	return n
}

// pieces visits what a record is filed under.
func pieces(k *field.Kind, id uint64, rec any, visit func(piece)) {
	k.Spans(rec, func(s value.Span) {
		first, last := weekOf(s.From), weekOf(max(s.From, s.Until-1))
		for week := first; week <= last && week-first < longestSpan; week++ {
			visit(piece{week, s.Group, id})
		}
	})
}

func (s *state) spanIndex(kind int) *spanTree {
	return s.spans[kind].get(func() *spanTree { return s.buildSpans(kind) })
}

func (s *state) buildSpans(kind int) *spanTree {
	var list []piece
	k := s.kinds[kind].Kind
	s.tables[kind].Scan(func(id uint64, e entry) bool {
		pieces(k, id, e.rec, func(p piece) { list = append(list, p) })
		return true
	})
	slices.SortFunc(list, comparePieces)
	tree := btree.NewBTreeGOptions(pieceLess, btree.Options{NoLocks: true})
	for _, p := range list {
		tree.Load(p)
	}
	return tree
}

// idSet is a set of record numbers. They are given out one after the other, so
// that a bit for each takes less room and time than a map.
type idSet struct{ bits []uint64 }

// add reports whether the number is new.
func (s *idSet) add(id uint64) bool {
	word, bit := int(id/64), uint64(1)<<(id%64)
	if word >= len(s.bits) {
		s.bits = append(s.bits, make([]uint64, word+1-len(s.bits)+len(s.bits)/2)...)
	}
	known := s.bits[word]&bit != 0
	s.bits[word] |= bit
	return !known
}

// Spanning yields the records of a kind that take up time of the group in the
// weeks that the time touches.
func (s *state) Spanning(kind string, group uint64, from, until value.Wall) iter.Seq2[uint64, any] {
	return func(yield func(uint64, any) bool) {
		k, ok := s.kind(kind)
		if !ok || !s.kinds[k].Timed() || until <= from {
			return
		}
		tree, table := s.spanIndex(k), s.tables[k]
		seen, last := idSet{}, weekOf(until-1)
		several := weekOf(from) != last || group == field.AnyGroup
		for week := weekOf(from); week <= last; week++ {
			more := true
			tree.Ascend(piece{week, group, 0}, func(p piece) bool {
				if p.week != week || group != field.AnyGroup && p.group != group {
					return false
				}
				if several && !seen.add(p.id) {
					return true
				}
				e, _ := table.Get(p.id)
				more = yield(p.id, e.rec)
				return more
			})
			if !more {
				return
			}
		}
	}
}

// Spanning is as for a state; writing meanwhile is safe.
func (d *draft) Spanning(kind string, group uint64, from, until value.Wall) iter.Seq2[uint64, any] {
	return d.guarded(d.state.Spanning(kind, group, from, until))
}

// reindexSpans keeps the index by time up, if it has been built.
func (d *draft) reindexSpans(kind int, id uint64, before, after any) {
	k := d.kinds[kind].Kind
	if !k.Timed() {
		return
	}
	if !d.ownSpan[kind] {
		own := new(cell[spanTree])
		if t := d.spans[kind].built.Load(); t != nil {
			d.copying.Lock()
			own.built.Store(t.Copy())
			d.copying.Unlock()
		}
		d.spans[kind], d.ownSpan[kind] = own, true
	}
	tree := d.spans[kind].built.Load()
	if tree == nil {
		return
	}
	if before != nil {
		pieces(k, id, before, func(p piece) { tree.Delete(p) })
	}
	if after != nil {
		pieces(k, id, after, func(p piece) { tree.Set(p) })
	}
}

// Spanning yields, as far as the identity sees them, the records of a kind that
// take up time of the group.
func (v scoped) Spanning(kind string, group uint64, from, until value.Wall) iter.Seq2[uint64, any] {
	return func(yield func(uint64, any) bool) {
		k, ok := v.src.position(kind)
		if !ok {
			return
		}
		for id, rec := range v.src.Spanning(kind, group, from, until) {
			if seen := v.show(k, rec); seen != nil && !yield(id, seen) {
				return
			}
		}
	}
}
