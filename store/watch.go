package store

import (
	"slices"
	"sync"
)

// Notice says that the records have moved on.
type Notice struct {
	Rev    uint64   // the newest revision
	Kinds  []string // the kinds that changed
	Actor  string   // who changed them; "" when several did
	User   string   // the actor's key; "" when several did
	Reload bool     // notices were missed: take everything as changed
}

// watchSlots is how many notices wait for a watcher before it is told to reload
// instead.
const watchSlots = 32

// Watch receives notices until it is closed.
type Watch struct {
	of *watchers
	ch chan Notice
}

// C is where notices arrive. It is closed with the watch or the store.
func (w *Watch) C() <-chan Notice { return w.ch }

// Close ends the watch.
func (w *Watch) Close() { w.of.remove(w) }

// watchers are all watches of a store.
type watchers struct {
	mu   sync.Mutex
	all  []*Watch
	over bool
}

// Watch starts to receive notices of what others, and the caller, change. It
// never holds up a writer: one that falls behind is told to reload.
func (s *Store) Watch() *Watch {
	w := &Watch{of: &s.watches, ch: make(chan Notice, watchSlots)}
	s.watches.mu.Lock()
	defer s.watches.mu.Unlock()
	if s.watches.over {
		close(w.ch)
		return w
	}
	s.watches.all = append(s.watches.all, w)
	return w
}

func (ws *watchers) remove(w *Watch) {
	ws.mu.Lock()
	defer ws.mu.Unlock()
	if i := slices.Index(ws.all, w); i >= 0 {
		ws.all = slices.Delete(ws.all, i, i+1)
		close(w.ch)
	}
}

func (ws *watchers) closeAll() {
	ws.mu.Lock()
	defer ws.mu.Unlock()
	for _, w := range ws.all {
		close(w.ch)
	}
	ws.all, ws.over = nil, true
}

// send tells every watcher; a full queue is emptied and its owner told to
// reload.
func (ws *watchers) send(n Notice) {
	ws.mu.Lock()
	defer ws.mu.Unlock()
	for _, w := range ws.all {
		select {
		case w.ch <- n:
			continue
		default:
		}
		for len(w.ch) > 0 {
			select {
			case <-w.ch:
			default:
			}
		}
		w.ch <- Notice{Rev: n.Rev, Reload: true}
	}
}

// notice sums a batch up.
func (s *Store) notice(batch []*pending) (Notice, bool) {
	var n Notice
	for _, p := range batch {
		if p.state == nil {
			continue
		}
		if n.Rev == 0 {
			n.Actor, n.User = p.actor, p.user
		} else if n.User != p.user {
			n.Actor, n.User = "", ""
		}
		n.Rev = p.rev
		for _, k := range p.kinds {
			if name := s.kinds[k].Name; !slices.Contains(n.Kinds, name) {
				n.Kinds = append(n.Kinds, name)
			}
		}
	}
	return n, n.Rev != 0
}
