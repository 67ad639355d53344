package store

import (
	"sync"

	"interlocal/model/failure"
)

// trailKept names a part of the history that many ask for: the newest changes of
// a record, for those who see the same.
type trailKept struct {
	audience string
	kind     int
	id       uint64
	limit    int
}

// trails keeps histories until anything is written. Titles in them are those that
// everybody of an audience may read; whoever made one of the changes reads their
// own titles, and so is not answered from here.
type trails struct {
	mu      sync.Mutex
	written uint64 // counts what has been written, so that nothing older is kept
	kept    map[trailKept][]Change
}

// mostKept bounds how many histories, and how many values of a moment, are kept;
// beyond it all are forgotten.
const mostKept = 512

func (t *trails) forget() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.written++
	t.kept = nil
}

func (t *trails) find(key trailKept) (list []Change, known bool, written uint64) {
	t.mu.Lock()
	defer t.mu.Unlock()
	list, known = t.kept[key]
	return list, known, t.written
}

func (t *trails) keep(key trailKept, list []Change, written uint64) {
	t.mu.Lock()
	defer t.mu.Unlock()
	switch {
	case written != t.written:
		return
	case t.kept == nil || len(t.kept) >= mostKept:
		t.kept = map[trailKept][]Change{}
	}
	t.kept[key] = list
}

// HistoryKept is [Session.History] where it costs nothing, because somebody who
// sees the same has asked since the last change. The list is shared and must not
// be changed.
func (v *Session) HistoryKept(kind string, id uint64, limit int) (list []Change, ok bool) {
	k, ok := v.store.kind(kind)
	if !ok {
		return nil, false
	}
	list, ok, _ = v.store.trails.find(trailKept{v.see.audience, k, id, limit})
	return list, ok && !v.made(list)
}

// made reports whether one of the changes is the identity's own.
func (v *Session) made(list []Change) bool {
	for i := range list {
		if list[i].User == v.id.User {
			return true
		}
	}
	return false
}

// History lists the newest changes of a record, newest first, as far as the
// identity may see them today: what it may not see now it does not see in old
// entries either. A limit of 0 lists all. The list is shared and must not be
// changed.
func (v *Session) History(kind string, id uint64, limit int) ([]Change, error) {
	k, ok := v.store.kind(kind)
	if !ok {
		return nil, failure.New(failure.NotFound, "there is no kind of record called "+kind)
	}
	key := trailKept{v.see.audience, k, id, limit}
	list, known, written := v.store.trails.find(key)
	if known && !v.made(list) {
		return list, nil
	}
	list, err := v.history(k, id, limit)
	if err == nil && limit > 0 && !v.made(list) {
		v.store.trails.keep(key, list, written)
	}
	return list, err
}

// kept are values that have been worked out for a moment.
type kept struct {
	mu     sync.Mutex
	values map[keptKey]any
}

type keptKey struct {
	audience string
	of       any
}

// Keep gives what load gave when somebody who sees the same first asked at this
// moment: for what is shown to many and is the same for all of them. A key's type
// is its asker's own.
func (w *View) Keep(of any, load func() any) any {
	key, k := keptKey{w.see.audience, of}, w.state.kept
	k.mu.Lock()
	v, ok := k.values[key]
	k.mu.Unlock()
	if ok {
		return v
	}
	v = load()
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.values == nil || len(k.values) >= mostKept {
		k.values = map[keptKey]any{}
	}
	k.values[key] = v
	return v
}
