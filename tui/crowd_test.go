package tui

import (
	"context"
	"fmt"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"

	"interlocal/model/access"
	"interlocal/model/field"
	"interlocal/model/partnership"
	"interlocal/store"
	"interlocal/store/run/presence"
	"interlocal/tui/app"
)

// guest opens a session in a test with many: it ends with the test's work, not
// with the test.
func guest(t *testing.T, st *store.Store, reg *presence.Registry, id access.Identity) *rig {
	ctx, stop := context.WithCancel(t.Context())
	r := &rig{t, New(Options{Store: st, Identity: id, Clock: func() time.Time { return noon },
		Profile: colorprofile.TrueColor,
		Still:   true, Presence: reg, Back: true, Context: ctx})}
	t.Cleanup(stop)
	r.do(r.s.Init())
	r.send(tea.WindowSizeMsg{Width: 100, Height: 30})
	return r
}

// busyGuest adds people and writes to a city all write to, breaks off now and
// then, and counts what the screen said was done.
func busyGuest(t *testing.T, st *store.Store, reg *presence.Registry, who, turns int) (added, saved int) {
	id := access.Identity{User: fmt.Sprint("user#", who), Name: fmt.Sprint("Guest ", who), Role: access.Coordinator}
	r := guest(t, st, reg, id)
	for turn := range turns {
		name := fmt.Sprintf("P%dx%d", who, turn)
		r.press("g", "p", ":").types("add a person").press("enter").types(name).press("tab").types("raytown").
			press("tab", "f2")
		if strings.Contains(r.screen(), "Added "+name) {
			added++
		}
		r.press("g", "p", "<", "home").hear()
		r.do(r.s.open(placeOf("partners", 1)))
		r.press("e", "tab", "ctrl+u").types(name)
		if turn%3 == 2 { // the connection drops while the form is open
			r.s.Close()
			r = guest(t, st, reg, id)
			r.press("enter")
		}
		r.press("f2")
		if strings.Contains(r.screen(), "Two of you changed") {
			r.press("m", "f2")
		}
		if strings.Contains(r.screen(), "Saved Independence") {
			saved++
		}
		for range 6 {
			r.press("esc")
		}
	}
	r.s.Close()
	return added, saved
}

// TestManySessionsAtOnce: whatever the screens said was done is in the journal,
// once, and nobody is left behind.
func TestManySessionsAtOnce(t *testing.T) {
	people, turns := 6, 3
	if os.Getenv("INTERLOCAL_LONG") != "" {
		people, turns = 50, 30
	}
	st := founding(t)
	reg := presence.New(func() time.Time { return noon })
	var all sync.WaitGroup
	var mu sync.Mutex
	added, saved := 0, 0
	for who := range people {
		if err := st.SetPref(fmt.Sprint("user#", who+1), welcomed, []byte("yes")); err != nil {
			t.Fatal(err)
		}
		all.Go(func() {
			a, s := busyGuest(t, st, reg, who+1, turns)
			mu.Lock()
			defer mu.Unlock()
			added, saved = added+a, saved+s
		})
	}
	all.Wait()
	if len(reg.All()) != 0 {
		t.Errorf("%d are still here", len(reg.All()))
	}
	names, edits := map[string]int{}, 0
	recent, err := st.As(dana()).Recent(0, 0)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range recent {
		names[e.Op.Title]++
		if e.Op.Title == "edit Independence" {
			edits++
		}
	}
	onFile := st.As(dana()).View().Rows("people").Len()
	if added != people*turns || onFile != added {
		t.Errorf("%d of %d people were added, %d are on file", added, people*turns, onFile)
	}
	for title, n := range names {
		if strings.HasPrefix(title, "add P") && n != 1 {
			t.Errorf("%s is %d times in the journal", title, n)
		}
	}
	if edits != saved || saved < people*turns/2 {
		t.Errorf("the screens say that %d edits were saved, the journal has %d", saved, edits)
	}
	if p := field.Get(st.As(dana()).View(), partnership.PartnerID(1)); !strings.HasPrefix(p.Short, "P") {
		t.Errorf("the short name is %q", p.Short)
	}
}

func placeOf(kind string, id uint64) app.Route { return app.Route{Kind: kind, ID: id} }

// The more people are here, the longer others' changes gather in each session: all
// sessions together draw anew for others' sake about as often at 100 as at 800.
func TestACrowdDrawsAnewTogetherNoOftener(t *testing.T) {
	for _, people := range []int{1, 10, 100, 400, 800} {
		var aSecond float64
		for i := range people {
			s := &Session{opts: Options{Identity: access.Identity{User: fmt.Sprint("user#", i)}},
				others: make([]presence.Visitor, people-1)}
			aSecond += float64(time.Second) / float64(s.settling())
		}
		if aSecond < float64(min(people, 50)) || aSecond > 140 {
			t.Errorf("%d people draw anew %.0f times a second for others", people, aSecond)
		}
	}
	if s := (&Session{}); s.settling() >= time.Second {
		t.Errorf("alone, others' changes wait for %v", s.settling())
	}
}
