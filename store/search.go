package store

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"runtime"
	"slices"
	"sync"

	"interlocal/model"
	"interlocal/model/text"
)

// chunk is how many rows a worker takes at a time.
const chunk = 1024

// parallel calls work for equal pieces of n rows on all processors and returns
// how many pieces there were.
func parallel(n int, work func(worker, from, to int)) int {
	workers := max(1, min(runtime.GOMAXPROCS(0), n/chunk))
	if workers == 1 {
		work(0, 0, n)
		return 1
	}
	var all sync.WaitGroup
	for i := range workers {
		all.Go(func() { work(i, n*i/workers, n*(i+1)/workers) })
	}
	all.Wait()
	return workers
}

// forWorker gives a worker an Env of its own: an Env belongs to one goroutine.
func forWorker(env *model.Env) *model.Env {
	if env == nil {
		return nil
	}
	return model.NewEnv(env.Reader, env.Today)
}

// Filter lists the positions, in order of id, of the rows that pass. Words are
// looked for where words begin; when that finds nothing they are looked for
// anywhere, and loose is true.
func (r *Rows) Filter(f *model.Filter, env *model.Env) (rows []int32, loose bool) {
	if f.Empty() {
		rows = make([]int32, r.Len())
		for i := range rows {
			rows[i] = int32(i)
		}
		return rows, false
	}
	keys := r.searchKeys()
	if rows = r.match(keys, f, env, false); len(rows) == 0 {
		rows, loose = r.match(keys, f, env, true), true
	}
	return rows, loose && len(rows) > 0
}

func (r *Rows) match(keys []string, f *model.Filter, env *model.Env, loose bool) []int32 {
	var mu sync.Mutex
	found := map[int][]int32{}
	parallel(r.Len(), func(worker, from, to int) {
		own := forWorker(env)
		var mine []int32
		for i := from; i < to; i++ {
			if f.Match(keys[i], r.recs[i], own, loose) {
				mine = append(mine, int32(i))
			}
		}
		mu.Lock()
		defer mu.Unlock()
		found[worker] = mine
	})
	var rows []int32
	for worker := range len(found) {
		rows = append(rows, found[worker]...)
	}
	return rows
}

// searchKeys gives the text in which words are looked for, by position.
func (r *Rows) searchKeys() []string {
	r.searching.Lock()
	defer r.searching.Unlock()
	if keys := r.searched.Load(); keys != nil {
		return *keys
	}
	keys := make([]string, r.Len())
	missing := r.carryKeys(keys)
	parallel(len(missing), func(_, from, to int) {
		for first := from; first < to; first += chunk {
			r.makeKeys(keys, missing[first:min(first+chunk, to)])
		}
	})
	r.searched.Store(&keys)
	return keys
}

// makeKeys makes the search keys of some rows, which share one string.
func (r *Rows) makeKeys(keys []string, rows []int32) {
	env := model.NewEnv(r.read, 0)
	var buf []byte
	ends := make([]int, len(rows))
	for j, i := range rows {
		buf = model.SearchKey(buf, r.kind, r.recs[i], env, text.Fold)
		ends[j] = len(buf)
	}
	shared, start := string(buf), 0
	for j, i := range rows {
		keys[i], start = shared[start:ends[j]], ends[j]
	}
}

// carryKeys takes over the keys of rows that are the same as in earlier rows,
// lets go of those, and lists the positions of the others.
func (r *Rows) carryKeys(keys []string) (missing []int32) {
	r.mu.Lock()
	before := r.before
	r.before = nil
	r.mu.Unlock()
	var old []string
	if before != nil {
		old = *before.searched.Load()
	}
	hint := 0
	for i, id := range r.ids {
		if old != nil {
			j, ok := before.position(id, hint)
			hint = j + 1
			if ok && before.recs[j] == r.recs[i] {
				keys[i] = old[j]
				continue
			}
		}
		missing = append(missing, int32(i))
	}
	return missing
}

// Order lists the positions sorted by a column, rows without a value last. Rows
// with equal values stay in order of id. The list is shared and must not be
// changed.
func (r *Rows) Order(col *model.Column, env *model.Env) []int32 {
	r.mu.Lock()
	o := r.orders[col.Name]
	if o == nil {
		o = new(once[[]int32])
		r.orders[col.Name] = o
	}
	r.mu.Unlock()
	return o.get(func() []int32 {
		own := model.NewEnv(r.read, 0) // the order is shared: only what its sharers see may decide it
		if env != nil {
			own.Today = env.Today
		}
		return r.sort(col, own)
	})
}

// sortKey is a row's key: its first bytes as a number, which settles most
// comparisons, and the whole.
type sortKey struct {
	head uint64
	pos  int32
	key  []byte
}

func compareKeys(a, b sortKey) int {
	if a.head != b.head {
		return cmp.Compare(a.head, b.head)
	}
	return cmp.Or(bytes.Compare(a.key, b.key), cmp.Compare(a.pos, b.pos))
}

func (r *Rows) sort(col *model.Column, env *model.Env) []int32 {
	keys := make([]sortKey, r.Len())
	workers := parallel(len(keys), func(_, from, to int) {
		k := keyer{col: col, env: forWorker(env), byRef: map[uint64][]byte{}}
		for i := from; i < to; i++ {
			keys[i] = k.key(r.recs[i], int32(i))
		}
		slices.SortFunc(keys[from:to], compareKeys)
	})
	return mergeRuns(keys, workers)
}

// mergeRuns merges the sorted pieces that workers left.
func mergeRuns(keys []sortKey, workers int) []int32 {
	out := make([]int32, 0, len(keys))
	runs := make([][]sortKey, workers)
	for i := range runs {
		runs[i] = keys[len(keys)*i/workers : len(keys)*(i+1)/workers]
	}
	for {
		best := -1
		for i := range runs {
			if len(runs[i]) > 0 && (best < 0 || compareKeys(runs[i][0], runs[best][0]) < 0) {
				best = i
			}
		}
		if best < 0 {
			return out
		}
		out = append(out, runs[best][0].pos)
		runs[best] = runs[best][1:]
	}
}

// keyer makes sort keys of one column. The key of a reference is that of the
// record referred to, so it is made once for each.
type keyer struct {
	col   *model.Column
	env   *model.Env
	buf   []byte
	byRef map[uint64][]byte
}

func (k *keyer) key(rec any, pos int32) sortKey {
	if k.col.Shape == model.ShapeRef {
		var target uint64
		k.col.Refs(rec, func(_ string, id uint64) { target = id })
		key, ok := k.byRef[target]
		if !ok {
			key = k.col.Key(nil, rec, k.env)
			k.byRef[target] = key
		}
		return newSortKey(key, pos)
	}
	if cap(k.buf)-len(k.buf) < 64 {
		k.buf = make([]byte, 0, 64<<10)
	}
	start := len(k.buf)
	k.buf = k.col.Key(k.buf, rec, k.env)
	return newSortKey(k.buf[start:len(k.buf):len(k.buf)], pos)
}

func newSortKey(key []byte, pos int32) sortKey {
	var first [8]byte
	copy(first[:], key)
	return sortKey{binary.BigEndian.Uint64(first[:]), pos, key}
}
