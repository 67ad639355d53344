package tui

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"interlocal/model/access"
	"interlocal/model/field"
	"interlocal/model/partnership"
	"interlocal/model/shadowing"
)

// atSheet opens the sign-up sheet of the event to come.
func atSheet(t *testing.T, w, h int) *rig {
	t.Helper()
	return play(t, story(t), dana(), w, h).press(":").types("sign-up sheet").press("enter").see("Second job shadowing")
}

// Somebody known takes three letters and two keys, somebody new four keys
// beside what is typed of them; city, event and what people would do carry.
func TestTheSheetIsFast(t *testing.T) {
	r := atSheet(t, 120, 36)
	r.press("c").types("rayt").press("enter", "a").see("Raytown", "Tab")
	before := r.s.app.View().Rows("signups").Len()

	r.types("wyn").see("Tessa Wynn", "Enter take Tessa Wynn").press("enter").see("v visit", "Enter store the line").
		press("enter")
	r.see("1 entered", "✓")
	r.types("Nora Quist").press("enter").types("str").see("Street").press("enter").types("pub").see("Public Works").
		press("enter")
	r.press("b", "2", "h").types("snow plans").press("enter").see("2 entered", "Nora Quist", "both")
	view := r.s.app.View()
	if n := view.Rows("signups").Len() - before; n != 2 {
		t.Fatalf("%d sign-ups were stored", n)
	}
	var nora *partnership.Person
	for p := range field.All[partnership.Person](view) {
		if p.Name == "Nora Quist" {
			nora = p
		}
	}
	if nora == nil || nora.Department != "Public Works" || !strings.HasPrefix(nora.Title, "Street") {
		t.Fatalf("Nora is %+v", nora)
	}
	for sg := range field.Of[shadowing.Signup](view, "person", nora.ID) {
		if sg.Role != shadowing.SignupBoth || sg.Capacity.Or(0) != 2 || sg.Length != shadowing.HalfDay ||
			sg.Wishes != "snow plans" {
			t.Fatalf("Nora's sign-up is %+v", sg)
		}
	}
	// The next line begins with what the last one said.
	r.types("Ola Berg").press("enter", `"`, "enter", `"`, "enter", "enter").see("3 entered", "Ola Berg")
}

func TestTheSheetSaysWhoIsOnItAlready(t *testing.T) {
	r := atSheet(t, 100, 30)
	r.press("c").types("rayt").press("enter", "a").types("wyn").press("enter", "enter").see("1 entered")
	r.types("wyn").press("enter").see("Tessa Wynn is on line 1 already").see("1 entered")
}

func TestTheSheetComparesWithThePaper(t *testing.T) {
	r := atSheet(t, 100, 30)
	r.press("c").types("rayt").press("enter", "a").types("wyn").press("enter", "enter").press("esc")
	r.press("#").types("2").press("enter").see("The paper says 2, entered 1")
	r.press("a").types("Nora Quist").press("f2").press("esc").see("The paper says 2, entered 2")
	r.press("u").see("Took back", "1 entered")
	r.press("b").see("A new sheet", "0 entered").miss("the paper says")
	if r.s.tabs[r.s.at].screen().Typing() {
		t.Fatal("letters are still text after Esc")
	}
}

// What stands in the line survives leaving the sheet, the tab and the program.
func TestTheSheetKeepsWhatIsTyped(t *testing.T) {
	st := story(t)
	r := play(t, st, dana(), 100, 30).press(":").types("sign-up sheet").press("enter")
	r.press("c").types("rayt").press("enter", "a").types("wyn").press("enter", "enter").types("Half a na")
	play(t, st, dana(), 100, 30).press(":").types("sign-up sheet").press("enter").see("Half a na", "Tessa Wynn",
		"Raytown", "1 entered")
}

func TestPastedLinesAreShownThenEntered(t *testing.T) {
	r := atSheet(t, 100, 30)
	r.press("c").types("rayt").press("enter", "a")
	r.send(tea.PasteMsg{Content: "Name\tTitle\nTessa Wynn\nNora Quist\tClerk\tCity Clerk\thost\tfull\nOla Berg, " +
		"Engineer, Public Works, both, half, roundabouts"})
	r.see("known", "+ Nora Quist", "+ Ola Berg", "y to enter 3 lines").press("enter").see("y to enter").press("y").
		see("3 entered", "Nora Quist", "Ola Berg")
	if n := len(names(r, "Nora Quist", "Ola Berg", "Tessa Wynn")); n != 3 {
		t.Fatalf("%d of three people are on file once", n)
	}
}

// names gives those of the names that exactly one person bears.
func names(r *rig, want ...string) []string {
	count := map[string]int{}
	for p := range field.All[partnership.Person](r.s.app.View()) {
		count[p.Name]++
	}
	var out []string
	for _, n := range want {
		if count[n] == 1 {
			out = append(out, n)
		}
	}
	return out
}

func TestAViewerIsToldWhyTheSheetStaysShut(t *testing.T) {
	id := access.Identity{User: "guest", Name: "guest", Role: access.Viewer}
	r := play(t, story(t), id, 100, 30).press(":").types("sign-up sheet").press("enter", "a")
	r.see("you can read signups but not change them")
	if r.s.tabs[r.s.at].screen().Typing() {
		t.Fatal("a viewer types on the sheet")
	}
}

func TestEscPutsOffersAwayBeforeItEndsTheSheet(t *testing.T) {
	r := atSheet(t, 80, 24)
	r.press("c").types("rayt").press("enter", "a").types("wyn").see("▸ Tessa Wynn").press("esc").miss("▸ Tessa Wynn").
		see("wyn")
	if !r.s.tabs[r.s.at].screen().Typing() {
		t.Fatal("the first Esc ends the sheet")
	}
	r.press("tab").see("Title").types("Clerk").press("tab", "tab").see("v visit").press("shift+tab").types("x")
}

func TestPeersFromThePeopleListAndThePalette(t *testing.T) {
	r := play(t, story(t), dana(), 120, 36).press("g", "p", "right", "/").types("raytown it").press("enter", "P")
	r.see("Peers of", "title", "■").golden("peers-120x36")
	r.press("#").see(" = ").press("enter").see("Person #")
	play(t, story(t), dana(), 80, 24).press(":").types("find peers").press("enter").types("wyn").press("enter").
		see("Peers of Tessa Wynn")
}

// A web form's spreadsheet comes in from the sheet, for the sheet's event: what
// its headings stand for is asked once and remembered.
func TestAWebFormComesInFromTheSheet(t *testing.T) {
	st := story(t)
	form := filepath.Join(t.TempDir(), "form.csv")
	write := func(rows string) {
		if err := os.WriteFile(form, []byte("Timestamp,Email Address,Your name,Which city do you work for?,Where do "+
			"you punch in?,Would you like to visit or host?\n"+rows), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("2/1,nora@city.example,Nora Quist,Raytown,Parks,Both\n2/1,,Ola Berg,Grnadview,Parks,Visit\n2/1,,Tessa " +
		"Wynn,City of Raytown,,host\n")
	r := play(t, st, dana(), 120, 36).press("g", "s", "j", "S").see("Second job shadowing")
	people := r.s.app.View().Rows("people").Len()
	r.press("i").see("Which file?").types(form).press("enter").see("Where do you punch in?", "not known")
	r.press("down", "down", "down", "down", "enter").types("department").press("enter").see("→ Department").press("y")
	r.see("Grnadview", "not a partner", "Press y to import 2 rows").press("y").see("2 added")
	view := r.s.app.View()
	if n := view.Rows("people").Len() - people; n != 1 {
		t.Fatalf("%d people were added; Tessa is on file", n)
	}
	for p := range field.All[partnership.Person](view) {
		if p.Name == "Nora Quist" && p.Department != "Parks" {
			t.Fatalf("Nora is %+v", p)
		}
	}
	write("2/2,,Una Voss,Grandview,Police,visit\n")
	r.press("i").types(form).press("enter").miss("not known: left out").see("Press y to import 1 row").press("esc")
}

func TestNewRecordsBeginWithWhatIsUsual(t *testing.T) {
	r := play(t, story(t), dana(), 120, 36).press("g", "s", "a").see("New event", "Draft").press("esc")
	r.press(">", ">", ">", "a").see("New sign-up", "Second job shadowing", "Visit", "Received")
}

// A line that may not be stored stays on the sheet with the reason, and comes
// back to be mended.
func TestARefusedLineComesBack(t *testing.T) {
	st := story(t)
	var raytown partnership.PartnerID
	for p := range field.All[partnership.Partner](st.As(dana()).View()) {
		if p.Name == "Raytown" {
			raytown = p.ID
		}
	}
	id := access.Identity{User: "ed", Name: "ed", Role: access.Editor, Partner: field.Party(raytown)}
	r := play(t, st, id, 120, 36).press("g", "s", "j", "S").see("City Raytown").press("c").types("grand").
		press("enter", "a")
	r.types("Nora Quist").press("f2").see("×", "belongs to another partner", "0 entered").press("esc")
	r.press("c").types("rayt").press("enter").see("City Raytown", "Enter mends it").press("enter").see("Nora Quist").
		miss("×")
	r.press("f2").see("1 entered", "✓")
}

// What is typed before it is known who is on file waits: a name typed fast is
// not taken for somebody new.
func TestKeysWaitUntilItIsKnownWhoIsOnFile(t *testing.T) {
	r := play(t, story(t), dana(), 120, 36).press("g", "s", "j")
	_, gathering := r.s.Update(keyMsg("S"))
	r.press("c").types("rayt").press("enter", "a").types("wyn").press("enter", "enter")
	r.miss("1 entered")
	r.do(gathering)
	r.see("1 entered", "Tessa Wynn")
}

// Whatever the sheet and the board are doing, a key means one thing.
func TestNoKeyOfThePagesHasTwoMeanings(t *testing.T) {
	once := func(r *rig, when string) {
		t.Helper()
		meaning := map[string]string{}
		for _, b := range r.s.bindings() {
			for _, k := range b.Keys() {
				if before, ok := meaning[k]; ok && before != b.Help().Desc {
					t.Errorf("%s: %q means both %q and %q", when, k, before, b.Help().Desc)
				}
				meaning[k] = b.Help().Desc
			}
		}
	}
	r := atSheet(t, 120, 36).press("c").types("rayt").press("enter")
	once(r, "the sheet")
	r.press("a")
	once(r, "a name")
	r.types("wyn")
	once(r, "an offer")
	r.press("enter")
	once(r, "what they would do")
	r.press("b")
	once(r, "how many they take")
	r.press("2")
	once(r, "how long")
	r.press("h")
	once(r, "wishes")
	r = atBoard(t, 120, 36)
	once(r, "an empty board")
	_, working := r.s.Update(keyMsg("m"))
	once(r, "work")
	r.do(working)
	once(r, "a proposal")
	r.press("y")
	once(r, "a board")
	r.press("L")
	once(r, "a price")
	r.press("n", "P", "y")
	once(r, "a published board")
	r.press("/")
	once(r, "a filter")
	r.press("esc", "p")
	once(r, "papers")
}

// Lines that were on their way when the session ended come back to be looked
// at, not to be stored twice.
func TestLinesOnTheirWayComeBack(t *testing.T) {
	st := story(t)
	r := play(t, st, dana(), 120, 36).press("g", "s", "j", "S").press("c").types("rayt").press("enter", "a")
	r.types("Nora Quist")
	r.s.Update(keyMsg("f2")) // the store never hears of it
	r = play(t, st, dana(), 120, 36).press(":").types("sign-up sheet").press("enter")
	r.see("Nora Quist", "was not stored", "0 entered").press("up", "enter").see("Nora Quist").press("f2").
		see("1 entered", "✓")
}
