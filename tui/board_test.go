package tui

import (
	"strings"
	"testing"
	"time"

	"interlocal/model/access"
	"interlocal/model/field"
	"interlocal/model/shadowing"
	"interlocal/store"
)

// atBoard opens the match board of the event to come, on which nothing has been
// matched yet.
func atBoard(t *testing.T, w, h int) *rig {
	t.Helper()
	return play(t, unmatched(t), dana(), w, h).press("g", "s", "j", "m").see("Second job shadowing")
}

// unmatched is the story before anybody was matched at the event to come.
func unmatched(t *testing.T) *store.Store {
	t.Helper()
	st := story(t)
	_, err := st.Update(t.Context(), access.Identity{Role: access.Owner}, store.Op{Title: "unmatch"},
		func(tx *store.Tx) error {
			for e := range field.All[shadowing.Event](tx) {
				if e.Name != "Second job shadowing" {
					continue
				}
				open := *e
				open.State = shadowing.EventOpen
				if _, err := field.Put(tx, &open); err != nil {
					return err
				}
				for _, kind := range []string{"matches", "proofs"} {
					for id := range tx.Refer(kind, "event", uint64(e.ID)) {
						if err := tx.Delete(kind, id); err != nil {
							return err
						}
					}
				}
			}
			return nil
		})
	if err != nil {
		t.Fatal(err)
	}
	return st
}

// planned counts the visits planned at the event to come.
func planned(r *rig) (n int) {
	for m := range field.All[shadowing.Match](r.s.app.View()) {
		if e := field.Get(r.s.app.View(), m.Event); e.Name == "Second job shadowing" && m.Planned() {
			n++
		}
	}
	return n
}

// Matches are shown before they are kept, and one undo takes them back.
func TestMatchesAreShownBeforeTheyAreKept(t *testing.T) {
	r := atBoard(t, 120, 36).see("No matches yet", "Press m")
	r.press("m").see("Matches made", "best possible", "y keeps")
	if n := planned(r); n != 0 {
		t.Fatalf("%d matches are stored unseen", n)
	}
	r.press("esc").see("Nothing has changed", "No matches yet")
	r.press("m", "y").see("Quality: best possible", "matched")
	n := planned(r)
	if n == 0 {
		t.Fatal("nothing was kept")
	}
	r.press("u").see("Took back", "No matches yet")
	r.press("U").see("Quality: best possible")
	if planned(r) != n {
		t.Fatal("doing it again gives other matches")
	}
}

// Every change says what it does before it is made, and a no makes none.
func TestEveryChangeSaysItsPriceFirst(t *testing.T) {
	r := atBoard(t, 120, 36).press("m", "y").see("Quality")
	rev := func() uint64 { return r.s.app.View().Rev() }
	for _, c := range []struct{ open, says string }{
		{"L", "Locking costs nothing"}, {"f", "This "}, {"w", ""}, {"a", ""},
	} {
		before := rev()
		r.press(c.open)
		switch c.open {
		case "w":
			r.see("changes hosts with").press("enter")
		case "a":
			r.see("visits …").press("enter").see("Whenever it costs least").press("enter")
		}
		if c.says != "" {
			r.see(c.says)
		}
		r.see("y ", "n leave it").press("#", "enter")
		if rev() != before {
			t.Fatalf("%s changed something without a y", c.open)
		}
	}
	r.press("L", "y").see("Lock", "done", "locked")
	r.press("L").see("may move when matches are made again").press("y").see("Unlock")
}

func TestARuledOutPairIsNotMatchedAgain(t *testing.T) {
	r := atBoard(t, 120, 36).press("m", "y").see("Quality")
	var first *shadowing.Match
	for m := range field.All[shadowing.Match](r.s.app.View()) {
		if m.Planned() && (first == nil || r.s.app.Env().Label("people", uint64(m.Visitor)) < r.s.app.Env().
			Label("people", uint64(first.Visitor))) {
			first = m
		}
	}
	visitor, host := first.Visitor, first.Host
	r.press("/").types(r.s.app.Env().Label("people", uint64(visitor))).press("enter", "f").see("Rule out").press("y").
		see("done")
	r.press("m", "y")
	for m := range field.All[shadowing.Match](r.s.app.View()) {
		if m.Planned() && m.Visitor == visitor && m.Host == host {
			t.Fatal("the pair that was ruled out is matched again")
		}
	}
}

func TestWhyNotAndWhatIf(t *testing.T) {
	r := atBoard(t, 120, 36).press("m", "y").see("Quality")
	r.press("W").see("does not visit").press("enter").see("Why not").press("esc")
	r.press("t").see("What if", "hosts one visitor more", "as well").press("enter").see("Who hosts one visitor more?")
	r.press("enter").see("What if", "With ").press("#").see("points").press("esc")
	r.press("t", "down", "enter").see("as well,").press("esc")
	r.press("R").see("host").press("esc")
}

// The morning of the event: somebody drops out, repairs are offered, and who
// must be told again is listed until they have been told.
func TestADropoutIsRepairedAndToldOf(t *testing.T) {
	r := atBoard(t, 120, 36).press("m", "y").press("T").see("Nobody has been told yet")
	r.press("P").see("Publish", "counts as told").press("enter").miss("is published")
	r.press("P", "y").see("is published")
	var gone string
	for m := range field.All[shadowing.Match](r.s.app.View()) {
		if m.Planned() {
			gone = r.s.app.Env().Label("people", uint64(m.Host))
			break
		}
	}
	r.press("D").see("Who drops out?").types(gone).press("enter").see("has dropped out", "fallen through", "r repairs")
	r.press("r").see("Repairs", "Move nobody").press("enter").see("Repair: move nobody", "y keeps").press("y").
		see("must be told again: T")
	r.press("T").see("To be told again", "Called off").press("enter").see("has been told")
	r.press("T", "A").see("told again").press("T").see("Everybody knows")
	if strings.Contains(r.screen(), "must be told again") {
		t.Fatal("the list of whom to tell does not empty")
	}
}

func TestTheBoardFiltersAndSorts(t *testing.T) {
	r := atBoard(t, 120, 36).press("m", "y")
	r.press("/").types("calvin roark").see("/").press("enter").see("Calvin Roark").miss("Harriet Bloom, Indep")
	r.press("esc").see("Harriet Bloom")
	r.press("s").see("by host").press("s").see("by time").press("s").see("least alike first").press("s").
		see("by visitor")
	r.press("tab").see("Because").press("tab").see("given").press("tab").see("Alike")
	r.press("#").see("points; no plan is worth more").press("enter").see("Details", "Worth")
}

// What is worked out can be given up at once, and the best so far can be had.
func TestWorkIsGivenUpAtOnce(t *testing.T) {
	r := atBoard(t, 120, 36)
	_, cmd := r.s.Update(keyMsg("m")) // begun, not run
	r.see("Making matches").press("down", "tab").see("Making matches").press("tab", "tab").press("esc").see("Given up")
	began := time.Now()
	r.do(cmd)
	if d := time.Since(began); d > 5*time.Second {
		t.Fatalf("work went on for %s after it was given up", d)
	}
	r.see("No matches yet").miss("y keeps")
	_, cmd = r.s.Update(keyMsg("m"))
	r.press("enter")
	r.do(cmd)
	r.see("Matches made", "y keeps")
}

// Others' changes do not let a proposal be kept that was made from other
// records.
func TestAProposalFromOtherRecordsIsNotKept(t *testing.T) {
	st := unmatched(t)
	r := play(t, st, dana(), 120, 36).press("g", "s", "j", "m", "m").see("y keeps")
	_, err := st.Update(t.Context(), access.Alone("lee"), store.Op{Title: "withdraw"}, func(tx *store.Tx) error {
		for sg := range field.All[shadowing.Signup](tx) {
			if sg.Stands() && sg.Event == 2 {
				gone := *sg
				gone.State = shadowing.SignupWithdrawn
				_, err := field.Put(tx, &gone)
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	r.send(settle{})
	r.see("what was proposed is gone").miss("y keeps")
	if planned(r) != 0 {
		t.Fatal("something was kept")
	}
}

func TestAViewerReadsTheBoard(t *testing.T) {
	st := unmatched(t)
	play(t, st, dana(), 120, 36).press("g", "s", "j", "m", "m", "y").see("Quality")
	r := play(t, st, access.Identity{User: "guest", Name: "guest", Role: access.Viewer}, 120, 36).
		press("g", "s", "j", "m").see("Matches")
	for _, k := range []string{"m", "L", "f", "w", "a", "D", "r", "P"} {
		r.press(k).see("you can read matches but not change them")
	}
	r.press("W").see("does not visit").press("esc")
	editor := access.Identity{User: "ed", Name: "ed", Role: access.Editor, Partner: 2}
	play(t, st, editor, 120, 36).press("g", "s", "j", "m", "L").see("coordinator makes the matches")
}

func TestAnEventTakesItsSteps(t *testing.T) {
	st := unmatched(t)
	r := play(t, st, dana(), 120, 36).press("g", "s", "j").see("Second job shadowing")
	r.press("t").see("is open", "Match").press("enter").see("Match board", "No matches yet").press("m", "y").
		see("Quality").press("esc")
	r.press("t").see("is matched", "Publish").press("enter", "y").see("is published")
	r.press("t").see("It took place").press("enter").see("is held")
	r.press("t").see("Close").press("enter").see("is closed")
	if n := planned(r); n != 0 {
		t.Fatalf("%d visits are still to come", n)
	}
	r.press(":").types("results").press("enter").see("Results", "All events together", "Second job shadowing")
}

func TestFeedbackIsEnteredFromTheBoard(t *testing.T) {
	r := atBoard(t, 120, 36).press("m", "y").see("Quality")
	r.press("F").see("Whose feedback sheet?").press("enter").see("New feedback sheet")
	r.types("5").press("tab").types("4").press("tab").types("5").press("f2").see("Entered")
	n := 0
	for f := range field.All[shadowing.Feedback](r.s.app.View()) {
		if f.Useful.Or(0) == 5 && f.Similar.Or(0) == 4 && f.Again.Or(0) == 5 && f.Side == shadowing.FromVisitor &&
			f.Match != 0 {
			n++
		}
	}
	if n != 1 {
		t.Fatalf("%d sheets say what was entered", n)
	}
	r.press("F").see("visitor · entered")
}

func TestTheBoardOfNothing(t *testing.T) {
	r := play(t, founding(t), dana(), 80, 24)
	r.press(":").types("match board").press("enter").see("There is no event", "e.g.")
	r.press("m").press("E").see("New event")
}

// How the board looks, in three sizes, from the plan to the list of whom to
// tell again.
func TestTheBoardInThreeSizes(t *testing.T) {
	for _, size := range [][2]int{{80, 24}, {120, 36}, {200, 60}} {
		name := sizeName(size)
		r := play(t, unmatched(t), dana(), size[0], size[1]).press("g", "s", "j", "m")
		r.golden("board-empty-" + name)
		r.press("m").see("y keeps").golden("board-proposed-" + name)
		r.press("y").see("Quality").golden("board-matched-" + name)
		r.press("f").see("Rule out").golden("board-price-" + name)
		r.press("n", "tab").golden("board-waiting-" + name)
		r.press("tab").golden("board-cities-" + name)
		r.press("tab", "P", "y", "D").types("calvin").press("enter", "r").see("Repairs").golden("board-repair-" + name)
		r.press("enter", "y", "T").see("To be told again").golden("board-tell-" + name)
		r.press("esc", ":").types("sign-up sheet").press("enter", "c").types("rayt").press("enter", "a").types("wyn").
			press("enter", "enter").types("str")
		r.golden("sheet-typing-" + name)
	}
}

func TestEveryPaperOfAnEventIsShown(t *testing.T) {
	r := atBoard(t, 120, 36).press("m", "y").see("Quality")
	for _, paper := range []string{"schedule", "invitations", "sign-in", "feedback form", "certificates",
		"proof of quality", "told of changes"} {
		r.press("p").see("Print what?").types(paper).press("enter").see("save to print").press("esc")
	}
	r.press("p").types("calendar file of all").press("enter").see("Save the calendar", "second-job-shadowing.ics").
		press("esc")
	r.press("p").types("calendar file of amos").press("enter").see("Save the calendar", "amos-delacroix.ics").
		press("esc")
}

// The best for the whole is worked out when it is asked for, and says what it
// would disturb.
func TestTheBestForTheWholeSaysWhatItDisturbs(t *testing.T) {
	r := atBoard(t, 120, 36).press("m", "y", "P", "y").see("is published")
	r.press("D").types("lena").press("enter").see("has dropped out", "r repairs")
	r.press("r").see("Repairs", "Best for the whole …").press("end", "G")
	for range 8 {
		r.press("down")
	}
	r.press("enter").see("Repairs", "worth")
}

func TestAVisitIsConfirmedOrMissed(t *testing.T) {
	r := atBoard(t, 120, 36).press("m", "y").see("Quality").press("M").see("Before the event")
	r.press("c").see("is confirmed", "confirmed").press("c").see("is not confirmed").press("P", "y").see("is published")
	n := planned(r)
	r.press("M").see("did not take place")
	if planned(r) != n-1 {
		t.Fatal("the visit still counts as planned")
	}
	r.press("u")
	if planned(r) != n {
		t.Fatal("undo does not bring it back")
	}
}

// A key pressed while the event is still being read waits for it, whatever it
// asks for.
func TestKeysOnABoardThatIsBeingRead(t *testing.T) {
	st := story(t)
	for _, k := range []string{"m", "r", "R", "t", "W", "L", "f", "w", "a", "D", "P", "T", "#", "p", "c", "F", "M",
		"enter"} {
		r := play(t, st, dana(), 120, 36).press("g", "s", "j")
		_, reading := r.s.Update(keyMsg("m"))
		r.press(k)
		r.do(reading)
		r.see("Second job shadowing")
	}
}
