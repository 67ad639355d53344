package store

import (
	"strings"
	"sync"

	"go.etcd.io/bbolt"

	"interlocal/model/failure"
)

// prefMax is how large a preference may be.
const prefMax = 1 << 20

// prefBox holds the preferences of all users in memory.
type prefBox struct {
	mu       sync.RWMutex
	amending sync.Mutex // held while a preference is read, changed and set
	all      map[string][]byte
}

// prefWrite is a preference on its way to disk; nil drops it.
type prefWrite struct {
	key   string
	value []byte
}

// Pref gives what a user has set under a key, nil when nothing.
func (s *Store) Pref(user, key string) []byte {
	s.prefs.mu.RLock()
	defer s.prefs.mu.RUnlock()
	if v, ok := s.prefs.all[opKey(user, key)]; ok {
		return append([]byte{}, v...)
	}
	return nil
}

// SetPref keeps how a user wants to see things: columns, a mapping, the theme.
// Nil forgets it. There is no journal and no revision.
func (s *Store) SetPref(user, key string, value []byte) error {
	if len(value) > prefMax {
		return failure.New(failure.Invalid, "a preference is at most 1 MB")
	}
	w := &prefWrite{key: opKey(user, key)}
	if value != nil {
		w.value = append([]byte{}, value...)
	}
	p := &pending{pref: w, done: make(chan struct{})}
	if err := s.queue.stack(nil, p); err != nil {
		return err
	}
	s.poke()
	<-p.done
	return p.err
}

// PrefsOf gives all that a user has set, by key.
func (s *Store) PrefsOf(user string) map[string][]byte {
	s.prefs.mu.RLock()
	defer s.prefs.mu.RUnlock()
	out := map[string][]byte{}
	for key, v := range s.prefs.all {
		if own, ok := strings.CutPrefix(key, opKey(user, "")); ok {
			out[own] = append([]byte{}, v...)
		}
	}
	return out
}

// AmendPref changes what a user has set under a key, one change after the other.
func (s *Store) AmendPref(user, key string, change func(was []byte) []byte) error {
	s.prefs.amending.Lock()
	defer s.prefs.amending.Unlock()
	return s.SetPref(user, key, change(s.Pref(user, key)))
}

// apply notes a preference that is on disk.
func (b *prefBox) apply(w *prefWrite) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if w.value == nil {
		delete(b.all, w.key)
	} else {
		b.all[w.key] = w.value
	}
}

func (w *prefWrite) write(tx *bbolt.Tx) error {
	b, key := tx.Bucket([]byte(bucketPrefs)), []byte(w.key)
	if w.value == nil {
		return b.Delete(key)
	}
	return b.Put(key, seal(key, append([]byte{}, w.value...)))
}
