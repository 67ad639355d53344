package store

import (
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"interlocal/model/field"
	"interlocal/model/partnership"
)

// While the file is compacted, and history removed from it, people go on working, and
// all of what they were told is stored is in the file that takes its place: changes,
// drafts and preferences.
func TestPeopleGoOnWhileTheFileIsRewritten(t *testing.T) {
	s, c := founded(t)
	const writers, changes = 6, 60
	var ids [writers]partnership.PersonID
	for w := range ids {
		ids[w] = put(t, s, keeper(), person(raytown, fmt.Sprint("Person ", w)))
	}
	c.advance(48 * time.Hour)
	var all sync.WaitGroup
	for w := range writers {
		all.Go(func() {
			for i := range changes {
				if _, err := s.Update(t.Context(), keeper(), Op{}, func(tx *Tx) error {
					p := *field.Get(tx, ids[w])
					p.Note = fmt.Sprint("note ", i)
					_, err := field.Put(tx, &p)
					return err
				}); err != nil {
					t.Error(err)
				}
				s.SaveDraft(keeper(), fmt.Sprint("people/", w), fmt.Append(nil, i))
				if err := s.SetPref("keeper", fmt.Sprint("theme-", w), fmt.Append(nil, i)); err != nil {
					t.Error(err)
				}
			}
		})
	}
	for range 3 {
		if _, _, err := s.Compact(t.Context()); err != nil {
			t.Error(err)
		}
	}
	if n, err := s.Purge(t.Context(), keeper(), c.now().Add(-time.Hour)); err != nil || n < writers {
		t.Errorf("%d entries went: %v", n, err)
	}
	all.Wait()
	s = reopen(t, s)
	for w, id := range ids {
		last := fmt.Sprint(changes - 1)
		if p := field.Get(s.durable.Load(), id); p.Note != "note "+last {
			t.Errorf("of writer %d the file has %q", w, p.Note)
		}
		if d, _, _ := s.Draft(keeper(), fmt.Sprint("people/", w)); string(d) != last {
			t.Errorf("of writer %d the file has draft %q", w, d)
		}
		if v := s.Pref("keeper", fmt.Sprint("theme-", w)); string(v) != last {
			t.Errorf("of writer %d the file has preference %q", w, v)
		}
	}
	said := 0
	entries, err := s.As(keeper()).Recent(1000, 0)
	for _, e := range entries {
		if e.Kind == EntryPurge && strings.Contains(e.Op.Title, "remove history before") {
			said++
		}
	}
	if err != nil || said != 1 || len(entries) < writers*changes {
		t.Errorf("of %d entries, %d say what was removed: %v", len(entries), said, err)
	}
	clean(t, s)
}
