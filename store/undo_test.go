package store

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"interlocal/model/access"
	"interlocal/model/failure"
	"interlocal/model/field"
	"interlocal/model/partnership"
)

func TestUndoAndRedoRestoreExactly(t *testing.T) {
	s, _ := founded(t)
	ctx, id := context.Background(), keeper()
	dana := put(t, s, id, person(raytown, "Dana Reyes"))
	added := s.durable.Load()
	edited := *field.Get(s.As(id).View(), dana)
	edited.Phone = "816-555-0111"
	put(t, s, id, &edited)
	changed := s.durable.Load()

	u, err := s.Undo(ctx, id)
	if err != nil || u.Of != changed.rev || u.Records != 1 {
		t.Fatalf("undo: %+v, %v", u, err)
	}
	sameRecords(t, added, s.durable.Load())
	if r, err := s.Redo(ctx, id); err != nil || r.Of != u.Rev {
		t.Fatalf("redo: %+v, %v", r, err)
	}
	sameRecords(t, changed, s.durable.Load())
	for range 2 { // the edit again, then the adding
		if _, err := s.Undo(ctx, id); err != nil {
			t.Fatal(err)
		}
	}
	if field.Get(s.As(id).View(), dana) != nil {
		t.Fatal("the person is still there")
	}
	for range 2 {
		if _, err := s.Redo(ctx, id); err != nil {
			t.Fatal(err)
		}
	}
	sameRecords(t, changed, s.durable.Load())
	refusedBy(t, failure.NotFound, s.Redo, id)
}

func refusedBy(t *testing.T, code failure.Code, f func(context.Context, access.Identity) (Undone, error),
	id access.Identity) string {
	t.Helper()
	_, err := f(context.Background(), id)
	return refused(t, code, err)
}

// sameRecords fails unless two moments hold equal records; revisions may differ.
func sameRecords(t testing.TB, want, got *state) {
	t.Helper()
	for k := range want.kinds {
		def := want.kinds[k].Kind
		if want.tables[k].Len() != got.tables[k].Len() {
			t.Errorf("%s: %d records, want %d", def.Name, got.tables[k].Len(), want.tables[k].Len())
		}
		want.tables[k].Scan(func(id uint64, e entry) bool {
			if g, ok := got.tables[k].Get(id); !ok || !def.Equal(e.rec, g.rec) {
				t.Errorf("%s #%d: got %+v, want %+v", def.Name, id, g.rec, e.rec)
			}
			return true
		})
	}
}

func TestAnOwnChangeClearsRedo(t *testing.T) {
	s, _ := founded(t)
	id := keeper()
	put(t, s, id, person(raytown, "Ann"))
	if _, err := s.Undo(context.Background(), id); err != nil {
		t.Fatal(err)
	}
	put(t, s, id, person(raytown, "Bea"))
	refusedBy(t, failure.NotFound, s.Redo, id)
	if u, err := s.Undo(context.Background(), id); err != nil || u.Records != 1 {
		t.Fatalf("undo after redo was cleared: %+v, %v", u, err)
	}
}

func TestUndoNamesTheRecordThatMovedOn(t *testing.T) {
	s, _ := founded(t)
	coord := as("Pat", access.Coordinator, 0)
	ann := put(t, s, coord, person(raytown, "Ann"))
	theirs := *field.Get(s.As(keeper()).View(), ann)
	theirs.Title = "Chief"
	put(t, s, keeper(), &theirs)
	sentence := refusedBy(t, failure.Conflict, s.Undo, coord)
	for _, want := range []string{"Ann", "keeper", "Mar 4"} {
		if !strings.Contains(sentence, want) {
			t.Errorf("%q does not say %q", sentence, want)
		}
	}
	if u, err := s.Undo(context.Background(), keeper()); err != nil || u.Records != 1 {
		t.Fatalf("the other's own undo: %+v, %v", u, err)
	}
}

func TestUndoOfOthersIsNotOffered(t *testing.T) {
	s, _ := founded(t)
	put(t, s, keeper(), person(raytown, "Ann"))
	refusedBy(t, failure.NotFound, s.Undo, as("Pat", access.Coordinator, 0))
}

func TestUndoGoesThroughTodaysRights(t *testing.T) {
	s, _ := founded(t)
	put(t, s, as("Kim", access.Editor, field.Party(raytown)), person(raytown, "Ann"))
	refusedBy(t, failure.Forbidden, s.Undo, as("Kim", access.Editor, field.Party(grandview)))
	refusedBy(t, failure.Forbidden, s.Undo, as("Kim", access.Viewer, field.Party(raytown)))
}

func TestUndoGoesThroughRules(t *testing.T) {
	s, _ := founded(t)
	ed := as("Kim", access.Editor, field.Party(raytown))
	ann := put(t, s, ed, person(raytown, "Ann"))
	put(t, s, keeper(), &partnership.Program{Name: "Snow", Status: partnership.ProgramActive, Contact: ann})
	if sentence := refusedBy(t, failure.InUse, s.Undo, ed); !strings.Contains(sentence, "Snow") {
		t.Errorf("%q does not name the program", sentence)
	}
}

func TestUndoOfALargeImport(t *testing.T) {
	n := 2000
	s, _ := founded(t)
	before := s.durable.Load()
	update(t, s, keeper(), func(tx *Tx) error {
		for i := range n {
			if _, err := tx.Put("people", person(raytown, fmt.Sprint("Person ", i))); err != nil {
				return err
			}
		}
		return nil
	})
	after := s.durable.Load()
	if u, err := s.Undo(context.Background(), keeper()); err != nil || u.Records != n {
		t.Fatalf("undo: %+v, %v", u, err)
	}
	sameRecords(t, before, s.durable.Load())
	if _, err := s.Redo(context.Background(), keeper()); err != nil {
		t.Fatal(err)
	}
	sameRecords(t, after, s.durable.Load())
}

func TestWhatOthersRelyOnIsNotUndone(t *testing.T) {
	s, _ := founded(t)
	_, err := s.Update(t.Context(), keeper(), Op{Title: "hand over RT-1", Final: true}, func(tx *Tx) error {
		_, err := field.Put(tx, person(raytown, "Ann"))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if sentence := refusedBy(t, failure.Forbidden, reopen(t, s).Undo, keeper()); !strings.Contains(sentence,
		"hand over RT-1") {
		t.Error(sentence)
	}
}
