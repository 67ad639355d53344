package run

import (
	"testing"
	"time"

	"interlocal/model/access"
	"interlocal/model/cyber"
	"interlocal/model/field"
	"interlocal/store"
)

// notes are those of a file from which a coordinator has taken all bookings twice,
// and whose people have signed in.
func notes(t *testing.T) *store.Store {
	t.Helper()
	st := booked(t)
	carol := access.Identity{User: "c", Name: "Carol", Role: access.Coordinator}
	view := st.As(carol).View()
	rows := view.Rows("reservations")
	all := func(yield func(any) bool) {
		for i := range rows.Len() {
			if !yield(rows.At(i)) {
				return
			}
		}
	}
	for range 2 {
		if err := NoteRows(st, carol, view, rows.Kind(), all); err != nil {
			t.Fatal(err)
		}
	}
	for _, id := range []access.Identity{carol, grandview()} {
		if err := Note(st, id, Noted{Did: SignedIn, What: "203.0.113.7"}); err != nil {
			t.Fatal(err)
		}
	}
	return st
}

// told is what an identity is told, by who did what.
func told(st *store.Store, id access.Identity) map[string]Noted {
	out := map[string]Noted{}
	for _, n := range AllNoted(st, id) {
		out[n.Name+" "+n.Did+" "+n.What] = n
	}
	return out
}

// Whoever looks sees their own, a city what left it, an administrator all: and of what
// concerns others nothing, not even how many rows there were.
func TestWhatWasTakenIsToldToThoseItConcerns(t *testing.T) {
	st := notes(t)
	whole := st.As(access.Alone("keeper")).View().Rows("reservations").Len()
	taken := "Carol export reservations"
	for _, id := range []access.Identity{{User: "a", Role: access.Admin}, {User: "c", Role: access.Coordinator}} {
		if n := told(st, id)[taken]; n.Times != 2 || n.Rows != 2*whole || len(n.Cities) < 2 {
			t.Errorf("%s is told %+v", id.Role, n)
		}
	}
	all, theirs := told(st, access.Identity{User: "a", Role: access.Admin}), told(st, grandview())
	n := theirs[taken]
	if n.Rows != all[taken].Cities[2] || n.Rows == 0 || len(n.Cities) != 1 {
		t.Errorf("a city is told %+v of %+v", n, all[taken])
	}
	if _, ok := theirs["Gus sign in 203.0.113.7"]; !ok || len(theirs) != 2 {
		t.Errorf("somebody of a city is told %v", theirs)
	}
	for _, id := range []access.Identity{{User: "v", Role: access.Viewer},
		{User: "x", Role: access.Assessor, Partner: 99},
		{User: "", Role: access.Coordinator}} {
		if got := told(st, id); len(got) != 0 {
			t.Errorf("%+v is told %v", id, got)
		}
	}
}

// How many answers an assessor took is for assessors of their city: who narrows them
// to those that fall short would tell others how many those are.
func TestHowManyAnswersWereTakenIsNotTold(t *testing.T) {
	st := booked(t)
	assessor := access.Identity{User: "s", Name: "Sam", Role: access.Assessor, Partner: 2}
	k := st.As(assessor).View().Schema().Kind(cyber.KindAnswers)
	short := func(yield func(any) bool) {
		for item := range 49 {
			if !yield(&cyber.Answer{ID: cyber.AnswerID(item + 1), Cycle: 1, Partner: 2}) {
				return
			}
		}
	}
	if err := NoteRows(st, assessor, st.As(assessor).View(), k, short); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		id   access.Identity
		rows int
	}{
		{assessor, 49}, {access.Identity{User: "o", Role: access.Assessor, Partner: 2}, 49},
		{access.Identity{User: "a", Role: access.Admin}, -1},
		{access.Identity{User: "e", Role: access.Editor, Partner: 2}, -1},
		{access.Identity{User: "v", Role: access.Viewer, Partner: 2}, -1},
	} {
		n, ok := told(st, c.id)["Sam export answers"]
		if !ok || n.Untold != (c.rows < 0) || !n.Untold && n.Rows != c.rows || n.Untold &&
			(n.Rows != 0 || n.Cities != nil) {
			t.Errorf("%s of %d is told %+v, %v", c.id.Role, c.id.Partner, n, ok)
		}
	}
	if _, ok := told(st, access.Identity{User: "x", Role: access.Coordinator})["Sam export answers"]; ok {
		t.Error("a coordinator is told what a city took of its own")
	}
}

func TestACommandCountsAsBeingHere(t *testing.T) {
	st := notes(t)
	if at, ok := LastHere(st, "g"); !ok || !at.Equal(st.Time()) {
		t.Errorf("Gus was last here %v, %v", at, ok)
	}
	if _, ok := LastHere(st, "nobody"); ok {
		t.Error("somebody who never came was here")
	}
}

// A program that asks all day leaves one note, and what is too old goes.
func TestNotesDoNotPileUp(t *testing.T) {
	at := time.Date(2026, 12, 1, 18, 0, 0, 0, time.UTC)
	st := notes(t)
	before := len(st.PrefsOf("interlocal:noted"))
	for range 50 {
		if err := Note(st, grandview(), Noted{Did: SignedIn, What: "203.0.113.7"}); err != nil {
			t.Fatal(err)
		}
	}
	if n := len(st.PrefsOf("interlocal:noted")); n != before {
		t.Errorf("%d notes became %d", before, n)
	}
	old := at.AddDate(-2, 0, 0).Format("2006-01-02")
	if err := st.SetPref("interlocal:noted", old+"\x00g\x00sign in\x00x", []byte(`{"user":"g"}`)); err != nil {
		t.Fatal(err)
	}
	if err := Note(st, grandview(), Noted{Did: Reported, What: "briefing",
		Cities: map[field.Party]int{2: 0}}); err != nil {
		t.Fatal(err)
	}
	for key := range st.PrefsOf("interlocal:noted") {
		if key[:4] == old[:4] {
			t.Errorf("%q is kept", key)
		}
	}
}
