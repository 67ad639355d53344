package store

import (
	"testing"

	"interlocal/model/field"
)

func TestRecordsSurviveReopening(t *testing.T) {
	s, _ := founded(t)
	id := put(t, s, keeper(), person(raytown, "Dana Reyes"))
	want := s.durable.Load()
	s = reopen(t, s)
	got := s.durable.Load()
	sameState(t, want, got)
	if p := field.Get(s.As(keeper()).View(), id); p == nil || p.Name != "Dana Reyes" {
		t.Fatalf("got %+v", p)
	}
}

// sameState fails unless two moments hold the same records, revisions and
// numbers.
func sameState(t testing.TB, want, got *state) {
	t.Helper()
	if want.rev != got.rev {
		t.Fatalf("revision %d, want %d", got.rev, want.rev)
	}
	for k := range want.kinds {
		def := want.kinds[k].Kind
		if want.next[k] != got.next[k] {
			t.Errorf("%s: next number %d, want %d", def.Name, got.next[k], want.next[k])
		}
		if want.tables[k].Len() != got.tables[k].Len() {
			t.Errorf("%s: %d records, want %d", def.Name, got.tables[k].Len(), want.tables[k].Len())
		}
		want.tables[k].Scan(func(id uint64, e entry) bool {
			g, ok := got.tables[k].Get(id)
			if !ok || g.rev != e.rev || !def.Equal(e.rec, g.rec) {
				t.Errorf("%s #%d: got %+v at %d, want %+v at %d", def.Name, id, g.rec, g.rev, e.rec, e.rev)
			}
			return true
		})
	}
}
