package tui

import (
	"fmt"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"

	"interlocal/model"
	"interlocal/model/access"
	"interlocal/model/sample"
	"interlocal/store"
)

// boardSignups is how many sign-ups the board has in the benchmarks.
const boardSignups = 1000

// atGreatBoard opens the board of an event with 1,000 sign-ups and 500 visits.
func atGreatBoard(b *testing.B, w, h int) *rig {
	b.Helper()
	st := openStore(b, sample.Scale(2*boardSignups, model.DayOf(noon)).Each)
	_, err := st.Update(b.Context(), access.Identity{Role: access.Keeper}, store.Op{Title: "sign up"}, func(tx *store.Tx) error {
		event, err := store.Put(tx, &model.Event{Name: "Great day", Date: model.Some(model.DayOf(noon) + 1), State: model.EventOpen})
		if err != nil {
			return err
		}
		var visitor *model.Person
		n := 0
		for p := range model.All[model.Person](tx) {
			if p.Left || n == boardSignups {
				continue
			}
			n++
			if _, err := store.Put(tx, &model.Signup{Event: event, Person: p.ID, Role: model.SignupBoth, Length: model.EitherOfTwo, State: model.SignupApproved}); err != nil {
				return err
			}
			if visitor == nil || visitor.Partner == p.Partner {
				visitor = p
				continue
			}
			m := &model.Match{Event: event, Visitor: visitor.ID, Host: p.ID, State: model.MatchProposed, Score: int64(100 + n%800),
				Slots: []model.Slot{model.SlotOn(model.DayOf(noon)+1, model.Morning)}, Reasons: "title: operator 120, water 80; duties: filters 31"}
			if _, err := store.Put(tx, m); err != nil {
				return err
			}
			visitor = nil
		}
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
	r := &rig{b, New(Options{Store: st, Identity: dana(), Clock: func() time.Time { return noon }, Profile: colorprofile.TrueColor, Still: true})}
	b.Cleanup(r.s.Close)
	r.do(r.s.Init())
	r.s.desk.Dialogs.Clear()
	r.send(tea.WindowSizeMsg{Width: w, Height: h})
	r.press(":").types("match board").press("enter", "E").types("great").press("enter")
	if got := r.screen(); len(got) == 0 {
		b.Fatal("nothing is drawn")
	}
	return r
}

// BenchmarkBoardKey is one key on the board of 1,000 sign-ups: Update and View.
func BenchmarkBoardKey(b *testing.B) {
	for _, size := range [][2]int{{80, 24}, {120, 36}, {200, 60}} {
		b.Run(sizeName(size), func(b *testing.B) {
			r := atGreatBoard(b, size[0], size[1])
			moveUpAndDown(b, r)
		})
	}
}

// BenchmarkBoardFilterKey is one letter typed into the board's filter.
func BenchmarkBoardFilterKey(b *testing.B) {
	r := atGreatBoard(b, 120, 36)
	r.press("/")
	keys := []tea.KeyPressMsg{keyMsg("a"), keyMsg("n"), keyMsg("ctrl+u")}
	i := 0
	for b.Loop() {
		r.s.Update(keys[i%3])
		i++
		_ = r.s.View()
	}
}

// BenchmarkSheetKey is one letter of a name typed on the sheet while 2,000
// people are on file.
func BenchmarkSheetKey(b *testing.B) {
	r := atGreatBoard(b, 120, 36)
	r.press(":").types("sign-up sheet").press("enter", "c", "enter", "a")
	if !r.s.tabs[r.s.at].screen.Typing() {
		b.Fatal(fmt.Sprint("the sheet takes no letters:\n", r.screen()))
	}
	keys := []tea.KeyPressMsg{keyMsg("d"), keyMsg("a"), keyMsg("n"), keyMsg("ctrl+u")}
	i := 0
	for b.Loop() {
		r.s.Update(keys[i%4])
		i++
		_ = r.s.View()
	}
}
