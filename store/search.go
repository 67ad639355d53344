package store

import (
	"runtime"
	"sync"

	"interlocal/model/field"
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
func forWorker(env *field.Env) *field.Env {
	if env == nil {
		return nil
	}
	return field.NewEnv(env.Reader, env.Today)
}

// Filter lists the positions, in order of id, of the rows that pass. Words are
// looked for where words begin; when that finds nothing they are looked for
// anywhere, and loose is true.
func (r *Rows) Filter(f *field.Filter, env *field.Env) (rows []int32, loose bool) {
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

func (r *Rows) match(keys []string, f *field.Filter, env *field.Env, loose bool) []int32 {
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

// Prepare makes the text in which words are looked for, so that the first
// letter of a filter need not wait for it. It may run beside the session.
func (r *Rows) Prepare() { r.searchKeys() }

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
		var buf []byte
		for first := from; first < to; first += chunk {
			buf = r.makeKeys(keys, missing[first:min(first+chunk, to)], buf[:0])
		}
	})
	r.searched.Store(&keys)
	return keys
}

// makeKeys makes the search keys of some rows, which share one string, in a
// buffer that it hands back for the next rows.
func (r *Rows) makeKeys(keys []string, rows []int32, buf []byte) []byte {
	env := field.NewEnv(r.read, 0)
	ends := make([]int, len(rows))
	for j, i := range rows {
		buf = field.SearchKey(buf, r.kind, r.recs[i], env, text.Fold)
		ends[j] = len(buf)
	}
	shared, start := string(buf), 0
	for j, i := range rows {
		keys[i], start = shared[start:ends[j]], ends[j]
	}
	return buf
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
