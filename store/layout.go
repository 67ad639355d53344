package store

import (
	"encoding/binary"
	"slices"
	"sync"

	"interlocal/model/field"
)

// layout is what the schema says about tables and indexes, worked out once.
// Kinds are known by their position in the schema.
type layout struct {
	schema *field.Schema
	byName map[string]int
	byTag  map[int]int
	kinds  []kindLayout
	refs   []refSlot
	uniqs  []uniqueSlot

	// copying guards the copying of trees: it marks the original.
	copying sync.Mutex
}

// kindLayout lists a kind's indexes and neighbours by position.
type kindLayout struct {
	*field.Kind
	bucket    []byte
	refs      []int // reference indexes over this kind's records
	referrers []int // reference indexes that lead to this kind
	uniqs     []int
	targets   []int // kinds its records refer to
	reach     []int // those, and then the kinds that they lead to
}

// refSlot is one reference index: from records of a kind through a column to
// records of another.
type refSlot struct {
	from, target int
	col          *field.Column
}

// uniqueSlot is one uniqueness rule: the columns whose values together occur
// once, or the label when cols is nil.
type uniqueSlot struct {
	kind int
	cols []*field.Column
}

func newLayout(schema *field.Schema) *layout {
	l := &layout{schema: schema, byName: map[string]int{}, byTag: map[int]int{}}
	for i, k := range schema.Kinds {
		l.byName[k.Name], l.byTag[k.Tag] = i, i
		l.kinds = append(l.kinds, kindLayout{Kind: k, bucket: kindBucket(k.Tag)})
	}
	for target, k := range schema.Kinds {
		for _, r := range schema.Referring(k.Name) {
			from, slot := l.byName[r.Kind.Name], len(l.refs)
			l.refs = append(l.refs, refSlot{from: from, target: target, col: r.Column})
			l.kinds[from].refs = append(l.kinds[from].refs, slot)
			l.kinds[target].referrers = append(l.kinds[target].referrers, slot)
			l.kinds[from].addTarget(target)
		}
	}
	for i, k := range schema.Kinds {
		for _, names := range k.Unique {
			slot := uniqueSlot{kind: i, cols: []*field.Column{}}
			for _, name := range names {
				slot.cols = append(slot.cols, k.Column(name))
			}
			l.addUnique(slot)
		}
		if k.UniqueLabel {
			l.addUnique(uniqueSlot{kind: i})
		}
	}
	for i := range l.kinds {
		l.kinds[i].reach = l.follow(i)
	}
	return l
}

// follow lists the kinds that references lead to, nearest first.
func (l *layout) follow(kind int) []int {
	out := slices.Clone(l.kinds[kind].targets)
	for i := 0; i < len(out); i++ {
		for _, t := range l.kinds[out[i]].targets {
			if t != kind && !slices.Contains(out, t) {
				out = append(out, t)
			}
		}
	}
	return out
}

func (k *kindLayout) addTarget(target int) {
	if !slices.Contains(k.targets, target) {
		k.targets = append(k.targets, target)
	}
}

func (l *layout) addUnique(slot uniqueSlot) {
	l.kinds[slot.kind].uniqs = append(l.kinds[slot.kind].uniqs, len(l.uniqs))
	l.uniqs = append(l.uniqs, slot)
}

// all lists the positions of all kinds.
func (l *layout) all() []int {
	out := make([]int, len(l.kinds))
	for i := range out {
		out[i] = i
	}
	return out
}

// kind finds a kind's position by name; ok is false when there is none.
func (l *layout) kind(name string) (int, bool) {
	i, ok := l.byName[name]
	return i, ok
}

// visit calls f for every record that rec refers to through the slot.
func (l *layout) visit(slot refSlot, rec any, f func(id uint64)) {
	name := l.kinds[slot.target].Name
	slot.col.Refs(rec, func(kind string, id uint64) {
		if kind == name {
			f(id)
		}
	})
}

// uniqueKey gives the bytes that no two records of the kind may share; ok is
// false when the record is bound by no such rule because a field is empty.
func (l *layout) uniqueKey(dst []byte, slot uniqueSlot, rec any) (key []byte, ok bool) {
	if slot.cols == nil {
		return append(dst, field.FoldName(l.kinds[slot.kind].Label(rec))...), true
	}
	var buf [128]byte
	for _, c := range slot.cols {
		if c.Empty(rec) {
			return dst, false
		}
		part := c.Key(buf[:0], rec, nil)
		dst = append(binary.AppendUvarint(dst, uint64(len(part))), part...)
	}
	return dst, true
}
