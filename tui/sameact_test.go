package tui

import (
	"testing"

	"interlocal/model"
	"interlocal/model/access"
	"interlocal/model/buying"
	"interlocal/model/field"
	"interlocal/store"
	"interlocal/store/run"
)

// command does an act as its command does: what is said of it is read from words.
func command(t *testing.T, st *store.Store, id access.Identity, name string, rec uint64, words map[string]string) {
	t.Helper()
	a, view := model.NewActs().Named(name), st.As(id).View()
	v := run.ViewOf(view, id, a, st.As(id).Now())
	var found any
	if a.On != "" {
		found = view.Get(a.On, rec)
	}
	args := a.NewArgs(v, found)
	for column, text := range words {
		if err := a.Args.Column(column).Parse(args, text, field.NewEnv(view, v.Now.Day())); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := run.Do(t.Context(), st, id, run.Request{Act: a, ID: rec, Args: args}); err != nil {
		t.Fatal(err)
	}
}

// same wants two files to hold the same records, column by column.
func same(t *testing.T, a, b *store.Store) {
	t.Helper()
	first, second := a.As(dana()).View(), b.As(dana()).View()
	for _, k := range first.Schema().Kinds {
		seen := 0
		for id, rec := range first.Scan(k.Name) {
			seen++
			switch other := second.Get(k.Name, id); {
			case other == nil:
				t.Errorf("%s #%d is there once", k.Name, id)
			case !k.Equal(rec, other):
				t.Errorf("%s #%d differs: %+v and %+v", k.Name, id, rec, other)
			}
		}
		for range second.Scan(k.Name) {
			seen--
		}
		if seen != 0 {
			t.Errorf("%s: %d more by key than by command", k.Name, seen)
		}
	}
}

func TestARoleByKeyAndByCommand(t *testing.T) {
	byKey, byCommand := founding(t), founding(t)
	ada := staffed(t, byKey)
	staffed(t, byCommand)
	play(t, byKey, ada, 120, 36).press("g", "u", "/").types("lee").press("enter", "R").types("viewer").
		press("enter").see("lee is viewer now")
	command(t, byCommand, ada, "user.role", 2, map[string]string{"role": "viewer"})
	same(t, byKey, byCommand)
}

func TestASolicitationByKeyAndByCommand(t *testing.T) {
	byKey, byCommand := story(t), story(t)
	at(t, byKey, "Raytown", 120, 36).press("g", "b", ">").downTo("P makes a solicitation of it").press("P").
		see("gathers quantities now")
	id := of(t, byCommand, "Raytown", access.Editor)
	for _, l := range buying.Pool(byCommand.As(id).View()) {
		if l.Cities > 1 && l.In == nil {
			command(t, byCommand, id, "need.gather", uint64(l.Needs[len(l.Needs)-1].ID), nil)
			break
		}
	}
	same(t, byKey, byCommand)
}

func TestABookingByKeyAndByCommand(t *testing.T) {
	byKey, byCommand := story(t), story(t)
	const line = "SAMPLE-118 fri 8-12 for grandview: mulch"
	at(t, byKey, "Grandview", 120, 36).press("g", "e", "b").types(line).
		press("enter").see("Asked Raytown for SAMPLE-118")
	command(t, byCommand, of(t, byCommand, "Grandview", access.Editor), "loan.book", 0, map[string]string{"line": line})
	same(t, byKey, byCommand)
}
