package tui

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"interlocal/model/access"
	"interlocal/model/cyber"
	"interlocal/model/cyber/framework"
	"interlocal/model/field"
	"interlocal/model/partnership"
	"interlocal/model/value"
	"interlocal/store"
)

// raytownIT is an assessor of one city, who sees its answers alone.
func raytownIT() access.Identity {
	return access.Identity{User: "ana", Name: "Ana Ortiz", Role: access.Assessor, Partner: 5}
}

// begun gives a store in which Raytown has begun an empty self-assessment.
func begun(t testing.TB) *store.Store {
	st := founding(t)
	add2(t, st, &cyber.Cycle{Year: 2026, Framework: framework.CSF20, Minimum: value.Some[int64](5)})
	add2(t, st, &cyber.Assessment{Cycle: 1, Partner: 5, State: cyber.AssessmentDraft, PreparedBy: "Ana Ortiz"})
	return st
}

// add2 is add for tests and benchmarks alike.
func add2(t testing.TB, st *store.Store, recs ...any) {
	t.Helper()
	_, err := st.Update(t.Context(), access.Identity{Name: "setup", Role: access.Owner}, store.Op{Title: "set up"},
		func(tx *store.Tx) error {
			for _, rec := range recs {
				if _, err := tx.Put(rec.(field.Record).KindName(), rec); err != nil {
					return err
				}
			}
			return nil
		})
	if err != nil {
		t.Fatal(err)
	}
}

// given lists a city's answers of a cycle in the order of the framework.
func given(st *store.Store, cycle cyber.CycleID, city partnership.PartnerID) []cyber.Level {
	view := st.As(dana()).View()
	at := map[string]cyber.Level{}
	for a := range field.Of[cyber.Answer](view, "partner", city) {
		if a.Cycle == cycle {
			at[a.Item] = a.Given()
		}
	}
	var out []cyber.Level
	for _, item := range framework.ItemsOf(framework.CSF20) {
		out = append(out, at[item])
	}
	return out
}

// answerOf finds one answer.
func answerOf(t testing.TB, st *store.Store, cycle cyber.CycleID, city partnership.PartnerID,
	item string) *cyber.Answer {
	t.Helper()
	for a := range field.Of[cyber.Answer](st.As(dana()).View(), "partner", city) {
		if a.Cycle == cycle && a.Item == item {
			return a
		}
	}
	t.Fatalf("%s has no answer", item)
	return nil
}

func TestOneKeyAnswersAndMovesOn(t *testing.T) {
	st := begun(t)
	r := play(t, st, raytownIT(), 80, 24)
	r.press("g", "c").see("GV.OC-01  1 of 106", "106 left")
	for i := range 106 {
		r.press([]string{"1", "2", "3", "4", "6", "7", "-"}[i%7])
	}
	r.see("all answered", "106 of 106", "8/8")
	for i, l := range given(st, 1, 5) {
		if want := []cyber.Level{"1", "2", "3", "4", "6", "7", "unknown"}[i%7]; l != want {
			t.Fatalf("question %d is answered %q, not %q", i+1, l, want)
		}
	}
}

// Five is two answers: nothing is stored until p or a says which, and no other
// key is taken for an answer to the next question.
func TestFiveAsksWhich(t *testing.T) {
	st := begun(t)
	r := play(t, st, raytownIT(), 80, 24)
	r.press("g", "c", "5").see("p 5 in process", "a risk formally accepted").press("4").
		see("5 is two answers", "GV.OC-01")
	r.press("backspace", "3").see("GV.OC-02").press("5", "p", "5", "a")
	if got := given(st, 1, 5)[:4]; got[0] != "3" || got[1] != "5p" || got[2] != "5a" || got[3] != "" {
		t.Fatalf("stored %q", got)
	}
	r.see("GV.OC-04").press("up").see("approver and a reason")
}

func TestNotApplicableAsksWhy(t *testing.T) {
	st := begun(t)
	r := play(t, st, raytownIT(), 80, 24)
	r.press("g", "c", "0").see("Why does this not apply to Raytown?").press("esc").see("GV.OC-01  1 of 106")
	if got := given(st, 1, 5)[0]; got != "" {
		t.Fatalf("Esc stored %q", got)
	}
	r.press("0").types("The county runs it").press("enter").see("GV.OC-02")
	if a := answerOf(t, st, 1, 5, "GV.OC-01"); a.Level != cyber.NotApplicable || a.Reason != "The county runs it" {
		t.Fatalf("stored %+v", a)
	}
}

// Keys typed while an answer is being stored are kept and stored after it, in
// their order; undo waits for them and takes the last one back.
func TestTypingAheadOfAnAnswer(t *testing.T) {
	st := begun(t)
	r := play(t, st, raytownIT(), 80, 24)
	r.press("g", "c")
	_, storing := r.s.Update(keyMsg("1"))
	for _, k := range []string{"2", "3", "backspace", "4", "u"} {
		_, more := r.s.Update(keyMsg(k))
		storing = tea.Batch(storing, more)
	}
	r.see("…", "GV.OC-03")
	r.do(storing)
	if got := given(st, 1, 5)[:4]; got[0] != "1" || got[1] != "2" || got[2] != "3" || got[3] != "" {
		t.Fatalf("stored %q", got)
	}
	r.see("Took back", "GV.OC-03  3 of 106")
	if _, quit := r.s.Update(keyMsg("7")); quit == nil {
		t.Fatal("nothing is stored")
	} else if _, now := r.s.Update(keyMsg("q")); now != nil || r.s.quitting {
		t.Fatal("quitting does not wait for what is being stored")
	} else {
		r.do(quit)
	}
	if !r.s.quitting || given(st, 1, 5)[2] != "7" {
		t.Fatal("after storing it does not quit")
	}
}

func TestBackspaceGoesBackAndCorrects(t *testing.T) {
	st := begun(t)
	r := play(t, st, raytownIT(), 80, 24)
	r.press("g", "c", "1", "2", "backspace").see("GV.OC-02  2 of 106").press("p").see("GV.OC-03")
	if got := given(st, 1, 5)[:2]; got[0] != "1" || got[1] != "5p" {
		t.Fatalf("stored %q", got)
	}
	r.press("tab", "tab", "6").press("shift+tab").see("GV.OC-04")
}

// Last year's answers wait to be confirmed; Enter keeps one, a digit changes
// it, and none counts before that.
func TestConfirmingLastYear(t *testing.T) {
	st := story(t)
	r := play(t, st, raytownIT(), 80, 24)
	r.press("g", "c").see("Raytown 2026", "38 to confirm", "38 left")
	r.press("/").types("inherited").press("enter").see("going through: inherited (38)", "Enter keeps it")
	first := openItem(t, r)
	before := answerOf(t, st, 2, 5, first)
	r.press("enter").see("37 left")
	if a := answerOf(t, st, 2, 5, first); a.Level != before.Was || !a.Confirmed.Set || a.ConfirmedBy != "Ana Ortiz" {
		t.Fatalf("kept as %+v", a)
	}
	second := openItem(t, r)
	r.press("7")
	if a := answerOf(t, st, 2, 5, second); a.Level != cyber.Optimized || a.Inherited() {
		t.Fatalf("changed to %+v", a)
	}
	r.press("r").see("70 of 106", "36 to confirm", "inherited and not confirmed").press("esc")
	for range 36 {
		r.press("enter")
	}
	r.see("all answered", "Back to all questions")
}

// openItem reads which question the screen asks.
func openItem(t *testing.T, r *rig) string {
	t.Helper()
	for _, line := range strings.Split(r.screen(), "\n") {
		if words := strings.Fields(line); len(words) > 3 && words[2] == "of" && strings.Contains(words[0], "-") {
			return words[0]
		}
	}
	t.Fatalf("no question is asked:\n%s", r.screen())
	return ""
}

func TestNoteAndFlagStayOnTheQuestion(t *testing.T) {
	st := begun(t)
	r := play(t, st, raytownIT(), 120, 36)
	r.press("g", "c", "4", "up", "t").types("Binder in room 12").press("enter").
		see("GV.OC-01  1 of 106", "Note: Binder in room 12")
	r.press("f").see("⚑ flagged").press("/").types("flagged").press("enter").see("going through: flagged (1)").
		press("esc")
	r.press("f").miss("⚑ flagged").press("u").see("⚑ flagged")
	r.press("t").types(" and").press("esc", "t").see("What you typed", "room 12 and").press("enter").
		see("Note: Binder in room 12 and")
}

// What cannot be stored is said, and the page goes back to the question; what
// was typed after it is dealt with in its turn.
func TestAnswerThatIsRefused(t *testing.T) {
	st := begun(t)
	r := play(t, st, raytownIT(), 80, 24)
	r.press("g", "c")
	for range 106 {
		r.press("4")
	}
	r.press("home")
	_, storing := r.s.Update(keyMsg("6"))
	a := *cyber.AssessmentOf(st.As(dana()).View(), 1, 5)
	for _, to := range []cyber.AssessmentState{cyber.AssessmentInReview, cyber.AssessmentApproved} {
		a.State, a.ApprovedBy, a.Approved = to, "Sam Lee", value.Some(value.DayOf(noon))
		add(t, st, &a)
	}
	r.do(storing)
	r.see("the assessment is approved; return it", "GV.OC-01  1 of 106")
	if got := given(st, 1, 5)[0]; got != "4" {
		t.Fatalf("stored %q", got)
	}
}

// What a colleague changes meanwhile moves nobody's place: the next key would
// answer the wrong question.
func TestColleagueMovesNobody(t *testing.T) {
	st := begun(t)
	r := play(t, st, raytownIT(), 80, 24)
	r.press("g", "c", "1", "2").see("GV.OC-03  3 of 106")
	a := *answerOf(t, st, 1, 5, "GV.OC-02")
	a.Level = cyber.Tested
	add(t, st, &a)
	r.send(settle{})
	r.see("GV.OC-03  3 of 106").press("up").see("now: 6 tested")
}
