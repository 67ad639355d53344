package tui

import (
	"context"
	"runtime"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"interlocal/model/access"
	"interlocal/model/field"
	"interlocal/model/partnership"
	"interlocal/store"
	"interlocal/tui/records"
)

func runtimeName(pc uintptr) string { return runtime.FuncForPC(pc).Name() }

// A newcomer's first quarter of an hour: find a person, correct a phone, take
// it back, add a program with a next step, print the briefing.
func TestNewcomer(t *testing.T) {
	r := play(t, story(t), dana(), 120, 36)
	r.see("Needs attention", "Next 30 days", "SAMPLE")
	r.press("g", "p", "right").see("People")
	r.press("/").types("raytown it").press("enter").see("IT")
	r.press("e").see("Edit ")
	for range 4 {
		r.press("tab")
	}
	r.press("ctrl+u").types("8165550199").press("f2").see("Saved", "816-555-0199", "undo")
	r.press("u").see("Took back", "Phone            816-555-0159")
	r.press("esc", "g", "r", "a").see("New program")
	r.types("Shared street sweeping").press("f2").see("Added Shared street sweeping")
	r.press(":").types("council briefing").press("enter").see("For which city?")
	r.types("rayt").press("enter").see("Raytown", "blanks before you print").
		press("b").see("Shared equipment: who takes part").
		press("esc").see("What is asked")
}

func TestEveryTabAtThreeSizes(t *testing.T) {
	stores := map[string]*store.Store{"founding": founding(t), "story": story(t)}
	for name, st := range stores {
		for _, size := range [][2]int{{80, 24}, {120, 36}, {200, 60}} {
			r := play(t, st, dana(), size[0], size[1])
			for _, tab := range r.s.tabs {
				r.press("g", tab.letter)
				r.golden(name + "-" + strings.ToLower(tab.title) + "-" + sizeName(size))
				screen, ok := tab.screen().(*records.Screen)
				if !ok {
					continue
				}
				for _, page := range screen.Pages()[1:] {
					r.press(">")
					if page == strings.ToLower(tab.title) {
						page += "-list" // the tab's own name stands for its first page
					}
					r.golden(name + "-" + page + "-" + sizeName(size))
				}
			}
		}
	}
}

func sizeName(s [2]int) string {
	return map[int]string{80: "80x24", 120: "120x36", 200: "200x60"}[s[0]]
}

func TestWelcomeOffersFourKeys(t *testing.T) {
	st := founding(t)
	opened := false
	samples := func() (*store.Store, error) { opened = true; return story(t), nil }
	open := func() *rig {
		r := &rig{t, New(Options{Store: st, Identity: dana(), Clock: func() time.Time { return noon }, Samples: samples,
			Local: true, Still: true})}
		t.Cleanup(r.s.Close)
		r.do(r.s.Init())
		r.send(tea.WindowSizeMsg{Width: 100, Height: 30})
		return r
	}
	open().see("Welcome to interlocal", "go on with this partnership", "start blank", "look around", "put a copy").
		golden("welcome-100x30")
	open().press("p").see("interlocal --db", "restore COPY", "interlocal help restore").press("n").see("Welcome to")
	r := open().press("l")
	if !opened {
		t.Fatal("l opens no samples")
	}
	r.see("SAMPLE", "Tour 1 of 5")
	open().press("b").see("Edit Our partnership")
	if n := st.As(dana()).View().Rows("partners").Len(); n != 0 {
		t.Fatalf("%d partners are left in a blank file", n)
	}
	open().miss("Welcome")
}

func TestTooSmallShowsNoticeAndIgnoresKeys(t *testing.T) {
	r := play(t, founding(t), dana(), 59, 30)
	r.see("too small")
	r.press("g", "p")
	r.send(tea.WindowSizeMsg{Width: 60, Height: 18})
	r.see("Overview").miss("too small")
	if r.s.at != 0 {
		t.Fatal("a key acted while nothing could be seen")
	}
}

// Every key that a screen offers means one thing on it.
func TestNoKeyHasTwoMeanings(t *testing.T) {
	r := play(t, story(t), dana(), 120, 36)
	r.press("g", "m", "b").see("The meeting is open") // its keys work everywhere
	for _, tab := range r.s.tabs {
		r.press("g", tab.letter)
		pages := 1
		if screen, ok := tab.screen().(*records.Screen); ok {
			pages = len(screen.Pages())
		}
		for range pages {
			meaning := map[string]string{}
			for _, b := range r.s.bindings() {
				for _, k := range b.Keys() {
					if before, ok := meaning[k]; ok && before != b.Help().Desc {
						t.Errorf("%s: %q means both %q and %q", tab.title, k, before, b.Help().Desc)
					}
					meaning[k] = b.Help().Desc
				}
			}
			r.press(">")
		}
	}
}

// What one person types is merged with what another saved meanwhile, or both
// values are shown.
func TestTwoPeopleEditOneRecord(t *testing.T) {
	st := founding(t)
	r := play(t, st, dana(), 120, 36)
	r.press("g", "p").see("Independence").press("e")
	other := access.Alone("lee")
	change := func(set func(*partnership.Partner)) {
		_, err := st.Update(context.Background(), other, store.Op{Title: "edit"}, func(tx *store.Tx) error {
			p := *field.Get[partnership.Partner](tx, 1)
			set(&p)
			_, err := field.Put(tx, &p)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	change(func(p *partnership.Partner) { p.Website = "https://city.example" })
	r.press("tab", "tab", "tab", "tab").press("ctrl+u").types("2017").press("f2").see("Saved Independence")
	got := field.Get[partnership.Partner](st.As(dana()).View(), 1)
	if got.Website != "https://city.example" || got.Since != 2017 {
		t.Fatalf("merged to %+v", got)
	}
	r.press("e", "tab", "tab", "tab", "tab").press("ctrl+u").types("2016")
	change(func(p *partnership.Partner) { p.Since = 2015 })
	r.press("f2").see("Two of you changed Independence", "2016", "2015").golden("conflict-120x36")
	r.press("m", "s").see("Saved Independence")
	if got := field.Get[partnership.Partner](st.As(dana()).View(), 1); got.Since != 2016 {
		t.Fatalf("since is %d after keeping mine", got.Since)
	}
}

func TestDraftComesBack(t *testing.T) {
	st := founding(t)
	r := play(t, st, dana(), 100, 30)
	r.press("g", "r", "a").types("Half a thought").press("esc").see("What you typed is kept")
	r.press("a").see("Half a thought", "is back")
	r2 := play(t, st, dana(), 100, 30)
	r2.press("g", "r", "a").see("Half a thought")
	r2.press("f8").miss("Half a thought")
}
