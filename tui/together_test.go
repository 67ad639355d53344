package tui

import (
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"

	"interlocal/model/access"
	"interlocal/model/field"
	"interlocal/model/partnership"
	"interlocal/store"
	"interlocal/store/run"
	"interlocal/store/run/presence"
	"interlocal/tui/app"
)

// Partners of the founding records.
const (
	grandview partnership.PartnerID = 4
	raytown   partnership.PartnerID = 5
)

// staff is somebody of a city.
func staff(user, name string, role access.Role, partner partnership.PartnerID) access.Identity {
	return access.Identity{User: user, Name: name, Role: role, Partner: field.Party(partner)}
}

func danaOfGrandview() access.Identity {
	return staff("user#1", "Dana Reyes", access.Coordinator, grandview)
}

func leeOfRaytown() access.Identity { return staff("user#2", "Lee Ash", access.Editor, raytown) }

// visit opens a session as a server does.
func visit(t *testing.T, st *store.Store, reg *presence.Registry, id access.Identity, w int, at time.Time) *rig {
	t.Helper()
	if err := st.SetPref(id.User, welcomed, []byte("yes")); err != nil {
		t.Fatal(err)
	}
	r := &rig{t, New(Options{Store: st, Identity: id, Clock: func() time.Time { return at },
		Profile: colorprofile.TrueColor,
		Still:   true, Presence: reg, From: "10.0.0.7", Back: true})}
	t.Cleanup(r.s.Close)
	r.do(r.s.Init())
	r.send(tea.WindowSizeMsg{Width: w, Height: 36})
	return r
}

// hear lets a session take up what others have done.
func (r *rig) hear() *rig {
	r.send(told{})
	r.send(settle{})
	return r
}

// two opens sessions of two people on one store.
func two(t *testing.T, st *store.Store) (dana, lee *rig) {
	reg := presence.New(func() time.Time { return noon })
	dana = visit(t, st, reg, danaOfGrandview(), 120, noon)
	lee = visit(t, st, reg, leeOfRaytown(), 120, noon)
	return dana.hear(), lee
}

func TestThoseConnectedSeeEachOther(t *testing.T) {
	dana, lee := two(t, story(t))
	dana.see("Lee Ash (Raytown) is here · Dana Reyes (Grandview)")
	lee.see("Dana Reyes (Grandview) is here · Lee Ash (Raytown)")
	lee.press("g", "e")
	dana.press(":").types("who is here").press("enter").see("Lee Ash (Raytown)", "Equipment",
		"Dana Reyes (Grandview), you")
	dana.press("esc")
	dana.send(tea.WindowSizeMsg{Width: 80, Height: 24})
	dana.see("+1 here · Dana Reyes (Grandview)")
	lee.s.Close()
	dana.hear().miss("here ·")
}

// TestAnEditIsSeenByThoseWhoLookAtTheRecord: on its page and in its form, and
// no longer when it ends.
func TestAnEditIsSeenByThoseWhoLookAtTheRecord(t *testing.T) {
	dana, lee := two(t, story(t))
	lee.press("g", "e", "/").types("owner:raytown").press("enter", "e")
	dana.press("g", "e", "/").types("owner:raytown").press("enter").hear().see("✎ Lee Ash (Raytown) is editing this")
	dana.press("e").see("✎ Lee Ash (Raytown) is editing this").press("esc")
	lee.press("esc")
	dana.hear().miss("is editing this")
}

// TestOthersChangesStealNothing: the cursor, the scroll, the filter and what is
// being typed stay, whatever others do.
func TestOthersChangesStealNothing(t *testing.T) {
	st := story(t)
	dana, lee := two(t, st)
	dana.press("g", "p", "right", "down", "down", "down")
	chosen := func() uint64 { id, _ := danaList(dana); return id }
	before := chosen()
	add := func(name string) {
		t.Helper()
		_, err := st.Update(t.Context(), leeOfRaytown(), store.Op{Title: "add " + name}, func(tx *store.Tx) error {
			_, err := field.Put(tx, &partnership.Person{Name: name, Partner: raytown})
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	add("Aaron Aardvark")
	dana.hear().see("People 73")
	if chosen() != before {
		t.Errorf("the cursor was on #%d and is on #%d", before, chosen())
	}
	dana.press("/").types("superint")
	add("Zoe Superintendent")
	dana.hear().types("endent zoe").see("Zoe Superintendent").press("esc")
	dana.press("e", "tab").types("half a title")
	add("Bea Bee")
	dana.hear().see("half a title")
	if dana.s.tabs[dana.s.at].letter != "p" || lee.s.at != 0 {
		t.Error("somebody was moved to another tab")
	}
}

func danaList(r *rig) (uint64, bool) {
	kind, id, _ := r.s.tabs[r.s.at].screen().(interface{ Looking() (string, uint64, bool) }).Looking()
	return id, kind != ""
}

// TestAChangeOfWhatOneLooksAtIsTold, by name and field; one's own is not.
func TestAChangeOfWhatOneLooksAtIsTold(t *testing.T) {
	st := story(t)
	dana, _ := two(t, st)
	dana.press("g", "p", "right", "enter")
	_, id := "", func() uint64 { id, _ := danaList(dana); return id }()
	change := func(who access.Identity, phone string) {
		t.Helper()
		_, err := st.Update(t.Context(), who, store.Op{Title: "edit"}, func(tx *store.Tx) error {
			p := *field.Get(tx, partnership.PersonID(id))
			p.Phone = phone
			_, err := field.Put(tx, &p)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		dana.hear()
	}
	change(staff("user#3", "Kim Oak", access.Coordinator, 0), "816-555-0001")
	dana.see("Kim Oak changed Phone.", "816-555-0001")
	dana.s.app.Hush()
	change(danaOfGrandview(), "816-555-0002")
	dana.see("816-555-0002").miss("changed Phone.")
	dana.press("e")
	change(staff("user#3", "Kim Oak", access.Coordinator, 0), "816-555-0003")
	dana.see("✎ Kim Oak changed Phone; saving merges the two")
	change(staff("user#3", "Kim Oak", access.Coordinator, 0), "816-555-0004")
	dana.press("esc").see("816-555-0004")
}

// TestTwoFormsOnOneRecord: what each changed alone is merged, what both changed
// is asked.
func TestTwoFormsOnOneRecord(t *testing.T) {
	st := founding(t)
	reg := presence.New(func() time.Time { return noon })
	dana := visit(t, st, reg, danaOfGrandview(), 120, noon)
	kim := visit(t, st, reg, staff("user#3", "Kim Oak", access.Coordinator, 0), 120, noon)
	for _, r := range []*rig{dana, kim} {
		r.press("g", "p", "e", "tab") // Independence, in its short name
	}
	dana.types("Indy").press("f2").see("Saved Independence")
	kim.hear()
	kim.press("tab", "tab", "tab", "ctrl+u").types("2017").press("f2").see("Saved Independence", "2017", "Indy")
	dana.hear().press("e", "tab", "ctrl+u").types("INDE")
	kim.press("e", "tab", "ctrl+u").types("IDP").press("f2").see("IDP")
	dana.press("f2").see("Two of you changed Independence", "Kim Oak saved first", "mine    INDE", "theirs  IDP")
	dana.press("m", "f2").see("Saved Independence", "INDE")
	kim.hear().see("INDE")
}

func TestWhoComesBackFindsWhatHappened(t *testing.T) {
	st := story(t)
	visit(t, st, nil, leeOfRaytown(), 100, noon).s.Close()
	_, err := st.Update(t.Context(), danaOfGrandview(), store.Op{Title: "add Nova Wells"}, func(tx *store.Tx) error {
		_, err := field.Put(tx, &partnership.Person{Name: "Nova Wells", Partner: grandview})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	visit(t, st, nil, leeOfRaytown(), 100, noon.Add(5*time.Minute)).miss("While you were away").s.Close()
	if err := run.MarkSeen(st, "user#2", run.Seen{At: noon, Rev: 1}); err != nil {
		t.Fatal(err)
	}
	later := visit(t, st, nil, leeOfRaytown(), 100, noon.Add(time.Hour))
	later.see("While you were away", "1 change by 1 person", "Dana Reyes: add Nova Wells")
	later.press("enter").miss("While you were away")
	later.s.Close()
	visit(t, st, nil, leeOfRaytown(), 100, noon.Add(2*time.Hour)).miss("While you were away")
	visit(t, st, nil, staff("user#9", "New", access.Viewer, 0), 100, noon).miss("While you were away")
}

// TestAFormLeftOpenByADroppedConnectionIsOffered, with all that was typed.
func TestAFormLeftOpenByADroppedConnectionIsOffered(t *testing.T) {
	for name, c := range map[string]struct{ open, offers []string }{
		"a new record": {[]string{"g", "p", "right", "a"}, []string{"a new person", "New person"}},
		"an edit":      {[]string{"g", "p", "e"}, []string{"Independence", "Edit Independence"}},
	} {
		t.Run(strings.ReplaceAll(name, " ", "-"), func(t *testing.T) {
			st := founding(t)
			id := danaOfGrandview()
			visit(t, st, nil, id, 100, noon).press(c.open...).types("Zed").s.Close()
			r := visit(t, st, nil, id, 100, noon.Add(time.Minute))
			r.see("Go on where you were?", "You were filling in "+c.offers[0]).press("enter").see(c.offers[1], "Zed")
			r.press("esc")
			r.s.Close()
			visit(t, st, nil, id, 100, noon.Add(2*time.Minute)).miss("You were filling in")
		})
	}
}

// TestASecondWindowIsNotOfferedTheFormOfTheFirst: it is being filled in there.
func TestASecondWindowIsNotOfferedTheFormOfTheFirst(t *testing.T) {
	st, reg, id := founding(t), presence.New(func() time.Time { return noon }), danaOfGrandview()
	visit(t, st, reg, id, 100, noon)
	first := visit(t, st, reg, id, 100, noon).press("g", "p", "e").types("Zed")
	second := visit(t, st, reg, id, 100, noon).miss("You were filling in")
	first.s.Close()
	second.s.Close()
	visit(t, st, reg, id, 100, noon.Add(time.Minute)).see("You were filling in Independence")
}

func TestMotionAndColoursAreTheUsers(t *testing.T) {
	st := founding(t)
	visit(t, st, nil, danaOfGrandview(), 100, noon).press(":").types("keep everything still").press("enter").
		press(":").types("high contrast").press("enter").s.Close()
	s := New(Options{Store: st, Identity: danaOfGrandview(), Clock: func() time.Time { return noon }})
	defer s.Close()
	if !s.still() || s.look != "contrast" {
		t.Errorf("still %v, look %q", s.still(), s.look)
	}
	other := New(Options{Store: st, Identity: leeOfRaytown(), Clock: func() time.Time { return noon }})
	defer other.Close()
	if other.still() || other.look != "" {
		t.Error("another user's look has changed")
	}
}

// What others change while somebody is on another tab stands on the overview
// when they come back to it; and work that leaves nothing to do draws nothing.
func TestTheOverviewCatchesUp(t *testing.T) {
	st := founding(t)
	dana, lee := two(t, st)
	for _, when := range []string{"the first time", "the second"} {
		lee.press("g", "p")
		title := "noted " + when
		_, err := st.Update(t.Context(), dana.s.opts.Identity, store.Op{Title: title}, func(tx *store.Tx) error {
			p := *field.Get(tx, raytown)
			p.Note = title
			_, err := field.Put(tx, &p)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		lee.hear().miss(title)
		lee.press("g", "o").see(title)
	}
	lee.s.Update(app.Done{})
	if !lee.s.drawn {
		t.Error("work that shows nothing draws the screen anew")
	}
}

// What is typed on while a window changes hands was meant for the form that
// stood there: none of its letters may undo, delete or quit.
func TestWhatIsTypedAtATakeoverDoesNothing(t *testing.T) {
	st := founding(t)
	id := danaOfGrandview()
	if err := st.SetPref(id.User, welcomed, []byte("yes")); err != nil {
		t.Fatal(err)
	}
	first := visit(t, st, nil, id, 120, noon)
	first.press("g", "p", "right", "a").types("Dana Re").press("f2", "esc")
	rev := st.As(id).View().Rev()
	for _, typed := range []string{"", "yes quiet users dig up"} {
		r := &rig{t, New(Options{Store: st, Identity: id, Clock: func() time.Time { return noon },
			Profile: colorprofile.TrueColor,
			Still:   true, Back: true, Resumed: true})}
		t.Cleanup(r.s.Close)
		r.send(tea.WindowSizeMsg{Width: 120, Height: 36})
		r.types(typed) // before what was left open is known
		r.do(r.s.Init())
		r.types(typed).see("ended; this one goes on")
		if r.s.quitting || st.As(id).View().Rev() != rev {
			t.Fatalf("%q: quitting %v, revision %d, was %d", typed, r.s.quitting, st.As(id).View().Rev(), rev)
		}
		r.press("enter").miss("ended; this one goes on").press("esc", "q")
	}
}
