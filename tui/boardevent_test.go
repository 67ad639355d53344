package tui

import (
	"testing"

	"interlocal/model/access"
	"interlocal/model/field"
	"interlocal/model/shadowing"
	"interlocal/model/value"
	"interlocal/store"
)

// twoToCome is the story with another event to come, later than the one on file
// and entered after it.
func twoToCome(t *testing.T) *store.Store {
	t.Helper()
	st := unmatched(t)
	_, err := st.Update(t.Context(), access.Identity{Role: access.Owner}, store.Op{Title: "add"},
		func(tx *store.Tx) error {
			_, err := field.Put(tx, &shadowing.Event{Name: "Autumn exchange", State: shadowing.EventOpen,
				Date: value.Some(value.DayOf(noon) + 60)})
			return err
		})
	if err != nil {
		t.Fatal(err)
	}
	return st
}

// Where nothing has been worked on yet, sheet and board begin with the event to
// come that changed last.
func TestPagesBeginWithTheEventThatChangedLast(t *testing.T) {
	st := twoToCome(t)
	play(t, st, dana(), 120, 36).press(":").types("match board").press("enter").see("Autumn exchange · open")
	play(t, st, dana(), 120, 36).press(":").types("sign-up sheet").press("enter").see("Autumn exchange")
	play(t, unmatched(t), dana(), 120, 36).press(":").types("match board").press("enter").
		see("Second job shadowing · open")
}

// Matches are made for the event whose sign-ups were just entered, and the board
// names it in its head, while it works, in the question and once it is done.
func TestTheBoardPlansForTheEventWorkedOn(t *testing.T) {
	st := twoToCome(t)
	r := play(t, st, dana(), 120, 36).press(":").types("sign-up sheet").press("enter").see("Autumn exchange")
	r.press("E").see("Sign up for which event?").types("second").press("enter").see("Second job shadowing")
	r.press(":").types("match board").press("enter").see("Second job shadowing · open")
	_, making := r.s.Update(keyMsg("m"))
	r.see("Making matches for Second job shadowing")
	r.do(making)
	r.see("Matches made for Second job shadowing: y keeps", "best possible")
	r.press("y").see("The matches of Second job shadowing are kept.")
	for m := range field.All[shadowing.Match](r.s.app.View()) {
		if m.Planned() && field.Get(r.s.app.View(), m.Event).Name != "Second job shadowing" {
			t.Fatal("a match was made for another event")
		}
	}
	r.press("E").types("autumn").press("enter").see("Autumn exchange · open")
	r.press(":").types("sign-up sheet").press("enter").see("Autumn exchange · ", "0 entered")
}

// A line that is not stored yet keeps the sheet with its event.
func TestAnUnfinishedSheetKeepsItsEvent(t *testing.T) {
	r := play(t, twoToCome(t), dana(), 120, 36).press(":").types("sign-up sheet").press("enter").see("Autumn exchange")
	r.press("c").types("rayt").press("enter", "a").types("Nora Qu").press("esc")
	r.press(":").types("match board").press("enter", "E").types("second").press("enter").
		see("Second job shadowing · open")
	r.press(":").types("sign-up sheet").press("enter").see("Autumn exchange", "Nora Qu")
	r.press(":").types("match board").press("enter").see("Autumn exchange · open")
}
