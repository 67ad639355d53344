//go:build unix

package e2e

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// story makes a file with the sample day and gives the flags that open it.
func (h *house) story() []string {
	h.t.Helper()
	db := filepath.Join(h.home, "story.db")
	h.must("demo", "--keep", db)
	return []string{"--db", db}
}

// founded makes the founding file and lets its user have met the welcome.
func (h *house) founded() {
	h.t.Helper()
	h.must("overview")
	x := h.open(80, 24).see("Welcome to interlocal")
	x.press("t").gone("Welcome to interlocal").press("q")
	if code := x.ended(); code != 0 {
		h.t.Fatalf("quitting exits %d:\n%s", code, x.text())
	}
}

// list gives the records of a kind as JSON objects.
func (h *house) list(args ...string) []map[string]any {
	h.t.Helper()
	var out []map[string]any
	if err := json.Unmarshal([]byte(h.must(append([]string{"list", "--json"}, args...)...)), &out); err != nil {
		h.t.Fatal(err)
	}
	return out
}

// A newcomer's first five minutes with nothing but the screen.
func TestNewcomer(t *testing.T) {
	h := newHouse(t)
	db := h.story()
	x := h.open(100, 30, db...).see("Needs attention", "SAMPLE")

	// Find Raytown's liaison.
	x.press("g", "p", "right").see("Department")
	x.press("/").types("liaison raytown").see("1 of 72").press("enter", "enter").see("Tessa Wynn", "816-555-0158",
		"Person #58")
	x.cost(6)

	// Correct her phone, and take it back.
	x.press("e").see("Edit Tessa Wynn").press("tab", "tab", "tab", "tab", "ctrl+u").types("816 555 0199").press("f2")
	x.see("816-555-0199", "undo").press("u").see("Took back", "816-555-0158")
	x.cost(14)

	// Add a program with a next step.
	x.press("g", "r", "a").see("New program").types("Snow school")
	for range 11 {
		x.press("tab")
	}
	x.see("12 of 14").types("Hire a trainer").press("tab").types("tessa").see("Tessa Wynn").press("enter").press("tab").
		types("+30d").press("f2")
	x.see("Snow school").gone("New program")
	x.cost(32)

	// Print the council briefing.
	x.press("g", "p").see("Person #58").press("esc").gone("Person #58").press("left").see("Fiscal year").
		press("j", "j", "j", "j", "B").see("Briefing for the governing body of Raytown")
	x.press("w").see("Save the report").press("enter").see("Saved")
	x.cost(44)
	x.press("esc").gone("Briefing for").press("q")
	if code := x.ended(); code != 0 {
		t.Errorf("quitting exits %d", code)
	}
	pages, err := filepath.Glob(filepath.Join(h.home, "briefing-*.html"))
	if err != nil || len(pages) != 1 {
		t.Fatalf("the briefing is in %v, %v", pages, err)
	}
	if b, err := os.ReadFile(pages[0]); err != nil ||
		!strings.Contains(string(b), "<title>Briefing for the governing body of Raytown") {
		t.Errorf("the briefing is %.200s, %v", b, err)
	}
	program := h.list(append(db, "programs", "snow")...)
	if len(program) != 1 || !strings.Contains(fmt.Sprint(program[0]), "Hire a trainer") ||
		!strings.Contains(fmt.Sprint(program[0]), "Tessa Wynn") {
		t.Errorf("the program is %v", program)
	}
	if p := h.list(append(db, "people", "tessa")...); p[0]["phone"] != "816-555-0158" {
		t.Errorf("the phone is %v", p[0]["phone"])
	}
}

func TestFirstRunThisPartnership(t *testing.T) {
	h := newHouse(t)
	x := h.open(80, 24).see("Welcome to interlocal", "this partnership", "start blank", "look around")
	x.press("t").gone("Welcome").see("Member cities").press("g", "p").see("Independence", "Raytown").press("q")
	x.ended()
	h.open(80, 24).see("Member cities").press("g", "p").see("Raytown").press("q").ended()
	if n := len(h.list("partners")); n != 6 {
		t.Errorf("%d partners", n)
	}
}

func TestFirstRunAnotherPartnership(t *testing.T) {
	h := newHouse(t)
	x := h.open(80, 24).see("start blank").press("b").see("Edit Our partnership")
	x.press("ctrl+u").types("Three Rivers Compact").press("f2").see("Three Rivers Compact").gone("Edit ")
	x.press("q").ended()
	if n := len(h.list("partners")); n != 0 {
		t.Errorf("%d partners in a blank file", n)
	}
	if s := h.list("settings"); len(s) != 1 || s[0]["name"] != "Three Rivers Compact" {
		t.Errorf("the settings are %v", s)
	}
}

func TestFirstRunLookAround(t *testing.T) {
	h := newHouse(t)
	x := h.open(100, 30).see("look around").press("l").see("SAMPLE", "Tour 1 of 5")
	for stop := 2; stop <= 5; stop++ {
		x.press(".").see(fmt.Sprintf("Tour %d of 5", stop))
	}
	x.press(".").gone("Tour 5 of 5").press("q").ended()
	if people := h.list("people"); len(people) != 0 {
		t.Errorf("looking around left %d people in the file", len(people))
	}
	if left, _ := filepath.Glob(filepath.Join(h.home, "interlocal-demo-*")); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

func TestDemoLeavesNothing(t *testing.T) {
	h := newHouse(t)
	h.open(100, 30, "demo").see("SAMPLE", "Tour 1 of 5").press("q").ended()
	entries, err := os.ReadDir(h.home)
	if err != nil || len(entries) > 0 {
		t.Errorf("left behind: %v, %v", entries, err)
	}
}

// Whoever types is killed; what they typed comes back.
func TestADraftSurvivesBeingKilled(t *testing.T) {
	h := newHouse(t)
	h.founded()
	x := h.open(80, 24).see("Member cities").press("g", "p", "right", "a").see("New person")
	x.types("Dana Reyes").press("tab").types("rayt").see("Raytown").press("tab").types("Public Works").
		see("Public Works")
	h.onDisk("Public Works")
	x.kill(syscall.SIGKILL)
	x = h.open(80, 24).see("Go on where you were?").press("enter").see("New person", "Dana Reyes", "Raytown",
		"Public Works")
	x.press("f2").see("Added").press("q").ended()
	if p := h.list("people"); len(p) != 1 || p[0]["name"] != "Dana Reyes" || p[0]["department"] != "Public Works" {
		t.Errorf("the person is %v", p)
	}
	if out := h.must("check"); !strings.Contains(out, "sound") {
		t.Error(out)
	}
}

func TestImportAMessyDirectory(t *testing.T) {
	h := newHouse(t)
	h.founded()
	var b strings.Builder
	b.WriteString("\xef\xbb\xbfFull Name;City;E-Mail Address;Work Phone;Zimmer\r\n")
	for i := range 40 {
		city := []string{"RAYTOWN", "lee's summit", "grandview"}[i%3]
		if i%10 == 7 {
			city = "Atlantis"
		}
		fmt.Fprintf(&b, "Person %d;%s;p%d@city.example;(816) 555-%04d;\"a\r\nb\"\r\n", i, city, i, i)
	}
	if err := os.WriteFile(filepath.Join(h.home, "staff.csv"), []byte(b.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	x := h.open(100, 30).see("Member cities").press("g", "p", "right", "i").see("Import people", "Which file?")
	x.types(filepath.Join(h.home, "staff.csv")).press("enter").see("Zimmer", "not known")
	x.press("f2").see("36 to add", "4 wrong", "Atlantis", "line").press("y").see("36 added", "4 refused").
		see("People 36")
	x.press("u").see("Took back").see("People").press("U").see("Did again").press("q").ended()
	if n := len(h.list("people")); n != 36 {
		t.Errorf("%d people came in", n)
	}
}

func TestResizing(t *testing.T) {
	h := newHouse(t)
	db := h.story()
	x := h.open(200, 60, db...).see("Needs attention").press("g", "p", "right").see("Marian Okafor", "Department")
	for _, size := range [][2]int{{120, 36}, {80, 24}, {60, 18}, {61, 19}, {110, 18}, {60, 60}} {
		x.resize(size[0], size[1]).see("Marian Okafor")
		x.fits(size[0], size[1])
	}
	x.resize(59, 17).see("too small")
	x.resize(80, 24).see("Marian Okafor", "People").gone("too small")
	x.resize(10, 3).resize(1, 1).resize(200, 60).see("Marian Okafor").press("q").ended()
}

// fits wants every line to stay within the screen. The emulator wraps what is
// too long, so the header must stand on the first line and the keys on the last.
func (x *terminal) fits(w, h int) {
	x.t.Helper()
	x.until("a whole picture", func(string) bool {
		lines := x.lines()
		return len(lines) == h && strings.Contains(lines[0], "◆") && strings.Contains(lines[h-1], "quit")
	})
}

func TestHostileTextInTheFile(t *testing.T) {
	h := newHouse(t)
	h.founded()
	hostile := []string{"\x1b]0;owned\x07Eve", "\u009b31mEve", "Eve\u202egnp.exe", "E\u200bve",
		strings.Repeat("e\u0301\u0302\u0303", 40),
		"漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字", "👩‍👩‍👧‍👦 family", "क्षत्रिय", "\x1b[3J\x1b[31;7HEve", "a\tb\vc", "=cmd|'/c calc'!A1",
		strings.Repeat("W", 3000)}
	rows := []map[string]any{}
	for i, s := range hostile {
		rows = append(rows, map[string]any{"name": fmt.Sprintf("P%02d %s", i, s), "partner": "Raytown", "title": s})
	}
	b, err := json.Marshal(rows)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(h.home, "hostile.json")
	if err := os.WriteFile(path, b, 0o600); err != nil {
		t.Fatal(err)
	}
	h.must("import", "people", path)
	x := h.open(80, 24).see("Member cities").press("g", "p", "right").see("P00", "P11")
	x.fits(80, 24)
	for i := range hostile {
		x.press("enter").see(fmt.Sprintf("Person #%d", i+1)).press("esc").gone("Person #").see("P00").press("j")
	}
	x.press("q").ended()
	for _, bad := range []string{"owned\x07", "\u009b", "\u202e", "\x1b[3J", "\x1b[31;7HEve"} {
		if strings.Contains(x.written(), bad) {
			t.Errorf("%q reached the terminal", bad)
		}
	}
}

func TestNoColor(t *testing.T) {
	h := newHouse(t)
	db := h.story()
	x := h.openWith([]string{"NO_COLOR=1"}, 80, 24, db...).see("Needs attention").press("g", "p", "right").
		see("Marian Okafor").press("j")
	x.mu.Lock()
	for y := range x.screen.Height() {
		for col := range x.screen.Width() {
			if c := x.screen.CellAt(col, y); c != nil && (c.Style.Fg != nil || c.Style.Bg != nil) {
				t.Fatalf("the cell in line %d, column %d has a colour", y, col)
			}
		}
	}
	x.mu.Unlock()
	x.press("q").ended()
	coloured := h.open(80, 24, db...).see("Needs attention")
	coloured.mu.Lock()
	defer coloured.mu.Unlock()
	for y := range coloured.screen.Height() {
		for col := range coloured.screen.Width() {
			if c := coloured.screen.CellAt(col, y); c != nil && c.Style.Fg != nil {
				return
			}
		}
	}
	t.Error("without NO_COLOR there are no colours either")
}

func TestDumbTerminalGetsTheOverview(t *testing.T) {
	h := newHouse(t)
	x := h.openWith([]string{"TERM=dumb"}, 80, 40)
	if code := x.ended(); code != 0 {
		t.Errorf("exit %d", code)
	}
	x.see("What to do first")
	if strings.Contains(x.written(), "\x1b") {
		t.Errorf("escape sequences were written: %.200q", x.written())
	}
}

// A program that is told to end gives the terminal back and closes the file.
func TestSignalsEndItInOrder(t *testing.T) {
	for _, sig := range []syscall.Signal{syscall.SIGTERM, syscall.SIGHUP, syscall.SIGINT} {
		h := newHouse(t)
		h.founded()
		x := h.open(80, 24).see("Member cities")
		x.cmd.Process.Signal(sig)
		x.ended()
		if x.screen.IsAltScreen() {
			t.Errorf("%v leaves the terminal on its other screen", sig)
		}
		if out := h.must("check"); !strings.Contains(out, "sound") {
			t.Error(out)
		}
	}
}

func TestMouse(t *testing.T) {
	h := newHouse(t)
	db := h.story()
	x := h.open(100, 30, db...).see("Needs attention")
	x.click("Programs").see("Ideas").click("Partners").see("Fiscal year").click("People 72").see("Marian Okafor")
	x.click("Curtis Haldane").click("Curtis Haldane").see("Assistant City")
	x.press("q").ended()
}

func TestASealedFolderIsNamedAndAnotherOffered(t *testing.T) {
	h := newGuestHouse(t)
	sealed := filepath.Join(h.home, "sealed")
	if err := os.Mkdir(sealed, 0o500); err != nil {
		t.Fatal(err)
	}
	db := filepath.Join(sealed, "x.db")
	if out, code := h.run("--db", db, "list", "partners"); code != 1 || !strings.Contains(out, sealed) ||
		!strings.Contains(out, h.db()) {
		t.Errorf("exit %d: %s", code, out)
	}
	x := h.open(100, 30, "--db", db).see(sealed, "instead? [y/N]")
	x.types("n").press("enter")
	if code := x.ended(); code != 1 {
		t.Errorf("a no exits %d", code)
	}
	x = h.open(100, 30, "--db", db).see("instead? [y/N]")
	x.types("y").press("enter").see("Welcome to interlocal").press("t").gone("Welcome").press("q").ended()
	x.see("to find it again", h.db())
}

// A disk without room gets a sentence, and what was on it stays.
func TestAFullDisk(t *testing.T) {
	h := newHouse(t)
	disk := filepath.Join(h.home, "disk")
	if err := os.Mkdir(disk, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := mountSmall(disk); err != nil {
		t.Skipf("a small disk cannot be mounted here: %v", err)
	}
	defer unmount(disk)
	db := filepath.Join(disk, "x.db")
	h.must("--db", db, "overview")
	file := filepath.Join(h.home, "many.csv")
	if err := os.WriteFile(file, []byte(people("Many", 60_000)), 0o600); err != nil {
		t.Fatal(err)
	}
	if out, code := h.run("--db", db, "import", "people", file); code != 1 || !strings.Contains(out, "full") {
		t.Errorf("exit %d: %s", code, out)
	}
	if n := len(h.list("--db", db, "partners")); n != 6 {
		t.Errorf("%d partners are left", n)
	}
	if out := h.must("--db", db, "check"); !strings.Contains(out, "is sound") {
		t.Error(out)
	}
}

// A terminal that loses the end of a paste, as one on a poor line does, has its
// keys back with Esc, and what was pasted stands in the form.
func TestAPasteWhoseEndIsLost(t *testing.T) {
	h := newHouse(t)
	db := h.story()
	x := h.open(100, 30, db...).see("Needs attention")
	x.press("g", "p").see("Fiscal year").press("right").see("People").press("a").see("New person")
	x.send("\x1b[200~Oak Street")
	x.press("esc").see("Oak Street", "New person")
	x.types("!").see("Oak Street!")
	other := h.open(100, 30, db...).see("Needs attention")
	other.press("g", "p").see("Fiscal year").press("right").see("People").press("a").see("New person")
	other.send("\x1b[200~Elm Street")
	other.press("esc").see("Elm Street", "New person")
}
