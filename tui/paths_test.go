package tui

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"interlocal/model/access"
	"interlocal/model/field"
	"interlocal/model/partnership"
	"interlocal/store"
)

// add puts records into a store as somebody else.
func add(t *testing.T, st *store.Store, recs ...any) {
	t.Helper()
	_, err := st.Update(context.Background(), access.Identity{Name: "setup", Role: access.Owner},
		store.Op{Title: "set up"},
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

// A sixth city is invited, joins, and becomes a member through its resolution.
func TestSixthCityBecomesMember(t *testing.T) {
	st := founding(t)
	r := play(t, st, dana(), 120, 36)
	r.press("g", "p", "a").types("Liberty").press("tab", "tab").types("city").press("tab").types("inv").press("f2")
	r.see("Added Liberty")
	r.press("m").see("is joining")
	r.press("m").see("New resolution", "Liberty")
	r.types("2027-12")
	for range 4 {
		r.press("tab")
	}
	r.types("2/1/2027").press("f2").see("Is Liberty a member from now on?").press("y").see("Liberty is a member")
	for p := range field.All[partnership.Partner](st.As(dana()).View()) {
		if p.Name == "Liberty" && (p.Status != partnership.Member || p.Since != 2027) {
			t.Fatalf("Liberty is %s since %d", p.Status, p.Since)
		}
	}
}

func TestIdeaBecomesProgram(t *testing.T) {
	st := founding(t)
	add(t, st, &partnership.Idea{Title: "One fuel contract", Partner: 3, Status: partnership.IdeaNew,
		Detail: "Ask the fleet leads."})
	r := play(t, st, dana(), 120, 36)
	r.press("g", "r", "right").see("One fuel contract").press("m").see("now a program", "Ask the fleet leads.")
	r.press("m").see("now a program")            // m means nothing on a program
	r.press("esc").see("Ideas 1", "Under study") // Esc leads back to where the link was followed
	r.press("m").see("has become a program already")
}

func TestBulkEditAndDeleteComeBack(t *testing.T) {
	st := founding(t)
	for _, name := range []string{"Ann Lee", "Bo Kim", "Cy Orr"} {
		add(t, st, &partnership.Person{Name: name, Partner: 5, Department: "Fire"})
	}
	r := play(t, st, dana(), 120, 36)
	r.press("g", "p", "right", "*").see("edit marked").press("e", "tab", "tab").types("Public Works").press("f2").
		see("Changed 3 people")
	departments := func() string {
		var out []string
		for p := range field.All[partnership.Person](st.As(dana()).View()) {
			out = append(out, p.Department)
		}
		return strings.Join(out, ",")
	}
	if got := departments(); got != "Public Works,Public Works,Public Works" {
		t.Fatal(got)
	}
	r.press("u")
	if got := departments(); got != "Fire,Fire,Fire" {
		t.Fatal("after undo: " + got)
	}
	r.press("U", "esc", "*", "d").see("Delete 3 people?").press("enter")
	if departments() == "" {
		t.Fatal("Enter confirmed a deletion")
	}
	r.press("d", "y").see("Deleted 3 people")
	if got := departments(); got != "" {
		t.Fatal("left: " + got)
	}
	r.press("u")
	if got := departments(); got != "Public Works,Public Works,Public Works" {
		t.Fatal("after undo of the deletion: " + got)
	}
}

func TestDeletingWhatIsReferredToIsRefused(t *testing.T) {
	r := play(t, founding(t), dana(), 120, 36)
	r.press("g", "p", "d").see("Not to be deleted", "Resolutions, governing body of: 2").miss("y delete").
		press("esc", "d", "y", "esc")
	r.see("Partners 6", "Independence")
}

func TestImportAndExportInTheDashboard(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "staff.csv")
	csv := "Full name;Agency;Work phone;Shoe size\r\nAnn Lee;RAYTOWN;8165550111;9\r\nBo Kim;Nowhere;816-555-0112;8\r\n"
	if err := os.WriteFile(file, []byte(csv), 0o600); err != nil {
		t.Fatal(err)
	}
	st := founding(t)
	r := play(t, st, dana(), 120, 36)
	r.press("g", "p", "right", "i").types(file).press("enter").see("Shoe size", "left out")
	r.press("y").see("1 to add", "Nowhere").press("y").see("1 added", "1 refused", "Ann Lee", "816-555-0111")
	r.press("i").types(file).press("enter")
	r.miss("Shoe size") // the mapping is remembered
	r.press("esc")
	out := filepath.Join(dir, "out.csv")
	r.press("x", "down", "enter", "ctrl+u").types(out).press("enter").see("Saved " + out)
	data, err := os.ReadFile(out)
	if err != nil || !strings.Contains(string(data), "Ann Lee") {
		t.Fatalf("%v: %q", err, data)
	}
	r.press("u").miss("Ann Lee")
}

// What a value in a file means is said once, at the preview, and remembered for the
// next file.
func TestWhatAFileMeansIsSaidAtThePreview(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "staff.csv")
	if err := os.WriteFile(file, []byte("Full name;Agency\r\nAnn Lee;RAYTOWN\r\nBo Kim;Gview\r\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	st := founding(t)
	r := play(t, st, dana(), 120, 36)
	r.press("g", "p", "right", "i").types(file).press("enter").see("1 to add", "Gview", "w say what a value means")
	r.press("w").see("Which value?", "Gview").press("enter").see("means").types("grandv").press("enter").see("2 to add")
	r.press("esc", "i").types(file).press("enter").see("2 to add").press("y").see("2 added", "Bo Kim")
	if got := field.Get[partnership.Person](st.As(dana()).View(), 2); got.Partner != 4 {
		t.Errorf("Bo Kim is of partner %d", got.Partner)
	}
	if err := os.WriteFile(file, []byte("Full name;Agency\r\nCy Dorn;Raytwon\r\nDee Ames;Grnadview\r\n"),
		0o600); err != nil {
		t.Fatal(err)
	}
	r.press("i").types(file).press("enter").see("Raytwon", "Grnadview").press("a").see("2 to add").press("y").
		see("2 added")
}

// A viewer of one city meets no private value of another's people anywhere on
// the screen, and cannot find a person by it.
func TestViewerMeetsNothingPrivate(t *testing.T) {
	st := founding(t)
	add(t, st, &partnership.Person{Name: "Ann Lee", Partner: 5, Mobile: "816-555-0777", Note: "zebra"},
		&partnership.Person{Name: "Bo Kim", Partner: 4, Mobile: "816-555-0888", Note: "zebra"})
	r := play(t, st, access.Identity{User: "v", Name: "Vi", Role: access.Viewer, Partner: 4}, 200, 60)
	r.press("g", "p", "right").see("Ann Lee", "Bo Kim")
	r.miss("816-555-0777", "zebra").press("down").see("816-555-0888", "zebra")
	r.press("/").types("zebra").see("1 of 2").press("esc")
	r.press("/").types("mobile:0777").see("0 of 2").press("esc")
	r.press(":").types("zebra").see("1 of 1").press("esc")
	r.press("home", "e").see("×").miss("Edit Ann Lee").press("a").miss("New person").press("d").miss("Delete Ann")
	if got := field.Get[partnership.Person](st.As(dana()).View(), 1); got.Name != "Ann Lee" || got.Mobile == "" {
		t.Fatalf("a viewer changed %+v", got)
	}
}

func TestMouseTurnsTabsSelectsAndSorts(t *testing.T) {
	r := play(t, story(t), dana(), 120, 36)
	click := func(text string) {
		t.Helper()
		for y, line := range strings.Split(r.screen(), "\n") {
			if i := strings.Index(line, text); i >= 0 {
				r.send(tea.MouseClickMsg{X: len([]rune(line[:i])), Y: y, Button: tea.MouseLeft})
				return
			}
		}
		t.Fatalf("nothing to click reads %q:\n%s", text, r.screen())
	}
	click("Partners")
	r.see("Population")
	click("People 72")
	r.see("Department")
	click("Curtis Haldane")
	if got := r.screen(); !strings.Contains(got, "Person #2") {
		t.Fatalf("clicking a row does not show it:\n%s", got)
	}
	click("Title")
	r.see("▲")
}

// Starting a prefilled form over keeps what it was prefilled with, also when
// the list it was opened from repeats records of another kind.
func TestStartingOverAPrefilledForm(t *testing.T) {
	st := founding(t)
	r := play(t, st, dana(), 120, 36)
	r.press("g", "p", "a").types("Liberty").press("tab", "tab").types("city").press("tab").types("joi").press("f2").
		see("Added Liberty")
	r.press("m").see("New resolution", "Liberty").types("2027-12").press("esc", "m").see("2027-12", "is back")
	r.press("f8").see("New resolution", "Liberty").miss("2027-12")
}

// A filter that cannot be read leaves the last good one standing, over the
// records as they are by then.
func TestUnreadableFilterOverNewRows(t *testing.T) {
	st := founding(t)
	for _, name := range []string{"Ann Lee", "Bo Kim", "Cy Orr"} {
		add(t, st, &partnership.Person{Name: name, Partner: 5})
	}
	r := play(t, st, dana(), 120, 36)
	r.press("g", "p", "right", "/").types("kim").see("1 of 3")
	r.send(tea.PasteMsg{Content: " nosuch:x"})
	r.see("no field").press("enter")
	_, err := st.Update(context.Background(), access.Identity{Name: "setup", Role: access.Owner}, store.Op{},
		func(tx *store.Tx) error {
			return errors.Join(tx.Delete("people", 1), tx.Delete("people", 3))
		})
	if err != nil {
		t.Fatal(err)
	}
	r.send(settle{})
	r.press("s", "enter").see("Bo Kim").miss("Ann Lee", "Cy Orr")
}

// A bulk edit that changes nothing offers no undo, which would take back
// something else.
func TestBulkEditOfNothingOffersNoUndo(t *testing.T) {
	st := founding(t)
	add(t, st, &partnership.Person{Name: "Ann Lee", Partner: 5, Department: "Fire"},
		&partnership.Person{Name: "Bo Kim", Partner: 5, Department: "Fire"})
	r := play(t, st, dana(), 120, 36)
	r.press("g", "p", "right", "*", "e", "tab", "tab").types("Fire").press("f2").see("Nothing was different").
		miss("u undo")
}

// Keys typed while a form is being saved are not lost: they go where the typist
// meant them, to the next form.
func TestTypingAheadOfASave(t *testing.T) {
	st := founding(t)
	r := play(t, st, dana(), 120, 36)
	r.press("g", "p", "right", "a").types("Ann Lee").press("tab").types("rayt").press("tab")
	_, saving := r.s.Update(keyMsg("f2"))
	for _, k := range []string{"a", "B", "o"} {
		r.s.Update(keyMsg(k))
	}
	r.do(saving)
	r.see("New person", "Bo").miss("Ann LeeaBo").press("esc").see("Ann Lee")
}
