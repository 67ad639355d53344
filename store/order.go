package store

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"slices"

	"interlocal/model/field"
)

// Order lists the positions sorted by a column, rows without a value last. Rows
// with equal values stay in order of id. The list is shared and must not be
// changed.
func (r *Rows) Order(col *field.Column, env *field.Env) []int32 {
	r.mu.Lock()
	o := r.orders[col.Name]
	if o == nil {
		o = new(once[[]int32])
		r.orders[col.Name] = o
	}
	r.mu.Unlock()
	return o.get(func() []int32 {
		own := field.NewEnv(r.read, 0) // the order is shared: only what its sharers see may decide it
		if env != nil {
			own.Today = env.Today
		}
		return r.sort(col, own)
	})
}

// sort makes an order afresh.
func (r *Rows) sort(col *field.Column, env *field.Env) []int32 {
	if col.Shape == field.ShapeRef {
		return r.sortByRef(col, env)
	}
	keys, heads := make([][]byte, r.Len()), make([]headAt, r.Len())
	compare := func(a, b headAt) int {
		if a.head != b.head {
			return cmp.Compare(a.head, b.head)
		}
		if a.next != b.next {
			return cmp.Compare(a.next, b.next)
		}
		return cmp.Or(bytes.Compare(keys[a.pos], keys[b.pos]), cmp.Compare(a.pos, b.pos))
	}
	runs := parallel(len(keys), func(_, from, to int) {
		own := forWorker(env)
		var buf []byte
		for i := from; i < to; i++ {
			if cap(buf)-len(buf) < 64 {
				buf = make([]byte, 0, 64<<10)
			}
			start := len(buf)
			buf = col.Key(buf, r.recs[i], own)
			keys[i] = buf[start:len(buf):len(buf)]
			heads[i] = headOfKey(keys[i], int32(i))
		}
		slices.SortFunc(heads[from:to], compare)
	})
	return mergeRuns(heads, runs, compare)
}

// headAt is the beginning of a row's key, which settles most comparisons, and
// the row's position.
type headAt struct {
	head, next uint64
	pos        int32
}

// headOfKey gives the first bytes of a key as numbers that sort as they do.
func headOfKey(key []byte, pos int32) headAt {
	var first [16]byte
	copy(first[:], key)
	return headAt{binary.BigEndian.Uint64(first[:]), binary.BigEndian.Uint64(first[8:]), pos}
}

// mergeRuns merges the sorted pieces that workers left.
func mergeRuns(heads []headAt, n int, compare func(a, b headAt) int) []int32 {
	out := make([]int32, 0, len(heads))
	runs := make([][]headAt, n)
	for i := range runs {
		runs[i] = heads[len(heads)*i/n : len(heads)*(i+1)/n]
	}
	for len(out) < len(heads) {
		best := -1
		for i := range runs {
			if len(runs[i]) > 0 && (best < 0 || compare(runs[i][0], runs[best][0]) < 0) {
				best = i
			}
		}
		out = append(out, runs[best][0].pos)
		runs[best] = runs[best][1:]
	}
	return out
}

// sortByRef orders by the record that a reference leads to: there are few of
// those, so they are ranked and the rows dealt out by rank.
func (r *Rows) sortByRef(col *field.Column, env *field.Env) []int32 {
	targets, keys := make([]uint64, r.Len()), map[uint64]string{}
	for i, rec := range r.recs {
		col.Refs(rec, func(_ string, id uint64) { targets[i] = id })
		if _, ok := keys[targets[i]]; !ok {
			keys[targets[i]] = string(col.Key(nil, rec, env))
		}
	}
	distinct := make([]string, 0, len(keys))
	for _, key := range keys {
		distinct = append(distinct, key)
	}
	slices.Sort(distinct)
	distinct = slices.Compact(distinct)
	rank, starts := make(map[uint64]int, len(keys)), make([]int32, len(distinct)+1)
	for id, key := range keys {
		rank[id], _ = slices.BinarySearch(distinct, key)
	}
	for _, id := range targets {
		starts[rank[id]+1]++
	}
	for i := 1; i < len(starts); i++ {
		starts[i] += starts[i-1]
	}
	out := make([]int32, len(targets))
	for i, id := range targets {
		k := rank[id]
		out[starts[k]] = int32(i)
		starts[k]++
	}
	return out
}
