package store

import (
	"cmp"
	"encoding/binary"
	"slices"
	"strings"
	"sync"
	"time"

	"go.etcd.io/bbolt"

	"interlocal/model/access"
)

// draftKept is how long a draft is kept, draftDelay how long it may be in memory
// alone, and draftMax how large it may be.
const (
	draftKept  = 30 * 24 * time.Hour
	draftDelay = 150 * time.Millisecond
	draftMax   = 1 << 20
)

// DraftInfo describes a draft without its data.
type DraftInfo struct {
	Key  string
	At   time.Time
	Size int
}

type draftData struct {
	at   time.Time
	data []byte
}

// draftWrite is a draft on its way to disk; nil data drops it.
type draftWrite struct {
	key string
	draftData
}

// draftBox holds the drafts of all users in memory and what is still to be
// written of them. Drafts have no revision, no journal and no watchers.
type draftBox struct {
	mu    sync.Mutex
	all   map[string]draftData
	dirty map[string]draftData
	armed bool
}

func draftKey(id access.Identity, key string) string { return id.User + "\x00" + key }

// SaveDraft keeps what somebody is typing, under a key of the caller's choice.
// It returns at once; the draft is on disk within a second. One that is too
// large is not kept.
func (s *Store) SaveDraft(id access.Identity, key string, data []byte) {
	if len(data) <= draftMax {
		s.putDraft(draftKey(id, key), draftData{s.now(), append([]byte{}, data...)})
	}
}

// DropDraft forgets a draft.
func (s *Store) DropDraft(id access.Identity, key string) {
	if _, _, ok := s.Draft(id, key); ok {
		s.putDraft(draftKey(id, key), draftData{})
	}
}

func (s *Store) putDraft(key string, d draftData) {
	b := &s.drafts
	b.mu.Lock()
	defer b.mu.Unlock()
	if d.data == nil {
		delete(b.all, key)
	} else {
		b.all[key] = d
	}
	b.dirty[key] = d
	if !b.armed {
		b.armed = true
		time.AfterFunc(draftDelay, s.poke)
	}
}

// Draft gives a draft and when it was last saved.
func (s *Store) Draft(id access.Identity, key string) ([]byte, time.Time, bool) {
	s.drafts.mu.Lock()
	defer s.drafts.mu.Unlock()
	d, ok := s.drafts.all[draftKey(id, key)]
	if !ok || s.now().Sub(d.at) > draftKept {
		return nil, time.Time{}, false
	}
	return append([]byte{}, d.data...), d.at, true
}

// Drafts lists an identity's drafts, newest first.
func (s *Store) Drafts(id access.Identity) []DraftInfo {
	s.drafts.mu.Lock()
	defer s.drafts.mu.Unlock()
	prefix := draftKey(id, "")
	var out []DraftInfo
	for key, d := range s.drafts.all {
		if name, ok := strings.CutPrefix(key, prefix); ok && s.now().Sub(d.at) <= draftKept {
			out = append(out, DraftInfo{name, d.at, len(d.data)})
		}
	}
	slices.SortFunc(out, func(a, b DraftInfo) int { return cmp.Or(b.At.Compare(a.At), strings.Compare(a.Key, b.Key)) })
	return out
}

// expire drops drafts that nobody came back to.
func (b *draftBox) expire(now time.Time) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for key, d := range b.all {
		if now.Sub(d.at) > draftKept {
			delete(b.all, key)
			b.dirty[key] = draftData{}
		}
	}
}

// take gives the flusher what is to be written, in order of key.
func (b *draftBox) take() []draftWrite {
	b.mu.Lock()
	defer b.mu.Unlock()
	var out []draftWrite
	for key, d := range b.dirty {
		out = append(out, draftWrite{key, d})
	}
	clear(b.dirty)
	b.armed = false
	slices.SortFunc(out, func(a, b draftWrite) int { return strings.Compare(a.key, b.key) })
	return out
}

// giveBack keeps for the next attempt what could not be written and has not
// been overtaken.
func (b *draftBox) giveBack(list []draftWrite) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, d := range list {
		if _, ok := b.dirty[d.key]; !ok {
			b.dirty[d.key] = d.draftData
		}
	}
}

func writeDrafts(tx *bbolt.Tx, list []draftWrite) error {
	b := tx.Bucket([]byte(bucketDrafts))
	for _, d := range list {
		key := []byte(d.key)
		if d.data == nil {
			if err := b.Delete(key); err != nil {
				return err
			}
			continue
		}
		body := append(binary.AppendVarint(nil, d.at.UnixNano()), d.data...)
		if err := b.Put(key, seal(key, body)); err != nil {
			return err
		}
	}
	return nil
}

func decodeDraft(key, value []byte) (draftData, bool) {
	body, ok := unseal(key, value)
	c := cursor{b: body}
	at := c.varint()
	return draftData{time.Unix(0, at).UTC(), append([]byte{}, c.b...)}, ok && !c.bad
}
