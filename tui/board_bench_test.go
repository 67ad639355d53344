package tui

import (
	"fmt"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"

	"interlocal/model/access"
	"interlocal/model/field"
	"interlocal/model/partnership"
	"interlocal/model/sample"
	"interlocal/model/shadowing"
	"interlocal/model/value"
	"interlocal/store"
)

// boardSignups is how many sign-ups the board has in the benchmarks.
const boardSignups = 1000

// atGreatBoard opens the board of an event with 1,000 sign-ups and 500 visits.
func atGreatBoard(b *testing.B, w, h int) *rig {
	b.Helper()
	st := openStore(b, sample.Scale(2*boardSignups, value.DayOf(noon)).Each)
	_, err := st.Update(b.Context(), access.Identity{Role: access.Owner}, store.Op{Title: "sign up"},
		func(tx *store.Tx) error {
			event, err := field.Put(tx, &shadowing.Event{Name: "Great day", Date: value.Some(value.DayOf(noon) + 1),
				State: shadowing.EventOpen})
			if err != nil {
				return err
			}
			var visitor *partnership.Person
			n := 0
			for p := range field.All[partnership.Person](tx) {
				if p.Left || n == boardSignups {
					continue
				}
				n++
				if _, err := field.Put(tx, &shadowing.Signup{Event: event, Person: p.ID, Role: shadowing.SignupBoth,
					Length: shadowing.EitherOfTwo, State: shadowing.SignupApproved}); err != nil {
					return err
				}
				if visitor == nil || visitor.Partner == p.Partner {
					visitor = p
					continue
				}
				m := &shadowing.Match{Event: event, Visitor: visitor.ID, Host: p.ID, State: shadowing.MatchProposed,
					Score: int64(100 + n%800),
					Slots: []value.Slot{value.SlotOn(value.DayOf(noon)+1, value.Morning)}, Reasons: "title: operator " +
						"120, water 80; duties: filters 31"}
				if _, err := field.Put(tx, m); err != nil {
					return err
				}
				visitor = nil
			}
			return nil
		})
	if err != nil {
		b.Fatal(err)
	}
	r := &rig{b, New(Options{Store: st, Identity: dana(), Clock: func() time.Time { return noon },
		Profile: colorprofile.TrueColor, Still: true})}
	b.Cleanup(r.s.Close)
	r.do(r.s.Init())
	r.s.app.Dialogs.Clear()
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
	if !r.s.tabs[r.s.at].screen().Typing() {
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
