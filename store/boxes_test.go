package store

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"interlocal/model/access"
	"interlocal/model/field"
	"interlocal/model/partnership"
)

func TestDraftsBelongToTheirAuthorAndExpire(t *testing.T) {
	s, c := founded(t)
	ann, bo := as("ann", access.Editor, field.Party(raytown)), as("bo", access.Editor, field.Party(raytown))
	s.SaveDraft(ann, "people/7", []byte("half a sen"))
	s.SaveDraft(ann, "people/7", []byte("half a sentence"))
	c.advance(time.Minute)
	s.SaveDraft(ann, "people/new", nil)
	s.SaveDraft(bo, "people/7", []byte("other"))
	s.SaveDraft(bo, "gone", []byte("x"))
	s.DropDraft(bo, "gone")
	rev := s.As(ann).View().Rev()
	s = reopen(t, s)
	if s.As(ann).View().Rev() != rev {
		t.Error("a draft made a revision")
	}
	data, at, ok := s.Draft(ann, "people/7")
	if !ok || string(data) != "half a sentence" || !at.Equal(c.now().Add(-time.Minute)) {
		t.Errorf("%q at %v, %v", data, at, ok)
	}
	if list := s.Drafts(ann); len(list) != 2 || list[0].Key != "people/new" || list[1].Size != 15 {
		t.Errorf("%+v", list)
	}
	if list := s.Drafts(bo); len(list) != 1 {
		t.Errorf("%+v", list)
	}
	c.advance(draftKept + time.Second)
	if _, _, ok := s.Draft(bo, "people/7"); ok || len(s.Drafts(ann)) != 0 {
		t.Error("drafts do not expire")
	}
	if _, _, err := s.BackupDaily(t.Context()); err != nil {
		t.Fatal(err)
	}
	if s = reopen(t, s); len(s.drafts.all) != 0 {
		t.Error("expired drafts stay in the file")
	}
	clean(t, s)
}

func TestPreferencesAreKeptPerUser(t *testing.T) {
	s, _ := founded(t)
	for user, value := range map[string]string{"ann": "dark", "bo": "light"} {
		if err := s.SetPref(user, "theme", []byte(value)); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.SetPref("bo", "gone", []byte("x")); err != nil {
		t.Fatal(err)
	}
	if err := s.SetPref("bo", "gone", nil); err != nil {
		t.Fatal(err)
	}
	s = reopen(t, s)
	if string(s.Pref("ann", "theme")) != "dark" || string(s.Pref("bo", "theme")) != "light" ||
		s.Pref("bo", "gone") != nil {
		t.Error("preferences are mixed up")
	}
	if s.As(keeper()).View().Rev() != 1 {
		t.Error("a preference made a revision")
	}
}

func TestWatchersHearOfChangesAndOfWhatTheyMissed(t *testing.T) {
	s, _ := founded(t)
	quick, slow := s.Watch(), s.Watch()
	put(t, s, as("Pat", access.Coordinator, 0), person(raytown, "Ann"))
	if n := <-quick.C(); n.Rev != 2 || n.Actor != "Pat" || !slices.Equal(n.Kinds, []string{"people"}) || n.Reload {
		t.Errorf("%+v", n)
	}
	for i := range 2 * watchSlots {
		put(t, s, keeper(), person(raytown, fmt.Sprint("Person ", i)))
		if n := <-quick.C(); n.Reload || n.Rev != uint64(i+3) {
			t.Fatalf("%+v", n)
		}
	}
	last, reload := Notice{}, false
	for len(slow.C()) > 0 {
		last = <-slow.C()
		reload = reload || last.Reload
	}
	if !reload || last.Rev != s.As(keeper()).View().Rev() {
		t.Errorf("one that fell behind hears %+v, reload %v", last, reload)
	}
	quick.Close()
	quick.Close()
	put(t, s, keeper(), person(raytown, "Bo"))
	if _, open := <-quick.C(); open {
		t.Error("a closed watch goes on")
	}
}

func TestRowsFollowWhatTheyShow(t *testing.T) {
	s, _ := founded(t)
	for i := range 30 {
		put(t, s, keeper(), person(partnership.PartnerID(i%5+1), fmt.Sprint("Person ", i)))
	}
	for _, id := range []access.Identity{keeper(), as("kim", access.Editor, field.Party(raytown))} {
		count := func(q string) int { return len(filter(t, s.As(id).View(), q)) }
		if n := count("raytown"); n != 6 {
			t.Fatalf("%s: %d people of Raytown", id.Role, n)
		}
		p := *field.Get(s.As(keeper()).View(), raytown)
		p.Name = "Rayville"
		put(t, s, keeper(), &p)
		if a, b := count("raytown"), count("rayville"); a != 0 || b != 6 {
			t.Errorf("%s: after renaming the city %d by the old name, %d by the new", id.Role, a, b)
		}
		ann := *field.Get(s.As(keeper()).View(), partnership.PersonID(5))
		ann.Title = "Zookeeper"
		put(t, s, keeper(), &ann)
		if a, b := count("zookeeper"), count("rayville"); a != 1 || b != 6 {
			t.Errorf("%s: after changing a person %d by title, %d by city", id.Role, a, b)
		}
		for range 2 {
			if _, err := s.Undo(t.Context(), keeper()); err != nil {
				t.Fatal(err)
			}
		}
		if a, b := count("zookeeper"), count("raytown"); a != 0 || b != 6 {
			t.Errorf("%s: after undoing %d by title, %d by city", id.Role, a, b)
		}
	}
}

func TestOrdersAreStableWithUnsetLast(t *testing.T) {
	s, _ := founded(t)
	update(t, s, keeper(), func(tx *Tx) error {
		for i := range 3000 {
			p := person(partnership.PartnerID(i%5+1), fmt.Sprint("a rather long name to share ", i%7))
			if i%10 == 0 {
				p.Title = ""
			} else {
				p.Title = fmt.Sprint("Title ", i%3)
			}
			if _, err := field.Put(tx, p); err != nil {
				return err
			}
		}
		return nil
	})
	v := s.As(keeper()).View()
	r, env := v.Rows("people"), field.NewEnv(v, 0)
	for _, name := range []string{"name", "title", "partner", "left", "department", "roles"} {
		col := r.Kind().Column(name)
		want := make([]int32, r.Len())
		for i := range want {
			want[i] = int32(i)
		}
		slices.SortStableFunc(want, func(a, b int32) int {
			x, y := r.At(int(a)), r.At(int(b))
			if col.Empty(x) != col.Empty(y) {
				return map[bool]int{true: 1, false: -1}[col.Empty(x)]
			}
			return slices.Compare(col.Key(nil, x, env), col.Key(nil, y, env))
		})
		if got := r.Order(col, env); !slices.Equal(got, want) {
			t.Errorf("by %s: %v…, want %v…", name, got[:8], want[:8])
		}
	}
}
