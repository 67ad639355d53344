//go:build unix

package e2e

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// A second window is in the same records, and neither notices which of the two
// has the file open.
func TestTwoWindowsOfOneFile(t *testing.T) {
	h := newHouse(t)
	h.founded()
	first := h.open(100, 30).see("Member cities")
	second := h.openWith([]string{"NO_COLOR=1"}, 80, 24).see("Member cities")
	second.press("g", "p", "right", "a").see("New person").types("Dana Reyes").press("tab").types("rayt").
		see("Raytown").press("tab", "f2").see("Added")
	if strings.Contains(second.written(), "\x1b[0;38;") || strings.Contains(second.written(), ";38;2;") {
		t.Error("NO_COLOR does not reach the other window's dashboard")
	}
	first.press("g", "p", "right").see("Dana Reyes")
	second.resize(120, 36).see("Dana Reyes")
	second.fits(120, 36)
	second.press("q")
	if code := second.ended(); code != 0 {
		t.Errorf("the second window exits %d", code)
	}
	if second.screen.IsAltScreen() {
		t.Error("the second window leaves its terminal on the other screen")
	}
	first.press("k").see("Dana Reyes").press("q").ended()
}

func TestCommandsBesideADashboard(t *testing.T) {
	h := newHouse(t)
	h.founded()
	x := h.open(100, 30).see("Member cities")
	if out := h.must("list", "partners"); !strings.Contains(out, "Raytown") {
		t.Error(out)
	}
	if err := os.WriteFile(filepath.Join(h.home, "staff.csv"), []byte("name,partner\nDana Reyes,Raytown\n"),
		0o600); err != nil {
		t.Fatal(err)
	}
	if out := h.must("import", "people", "staff.csv"); !strings.Contains(out, "1 added") {
		t.Error(out)
	}
	h.must("export", "people", "-o", "people.csv")
	if b, err := os.ReadFile(filepath.Join(h.home, "people.csv")); err != nil ||
		!strings.Contains(string(b), "Dana Reyes") {
		t.Errorf("%s, %v", b, err)
	}
	if out := h.must("check"); !strings.Contains(out, "sound") {
		t.Error(out)
	}
	h.must("backup", "copy.db")
	if out := h.must("--db", "copy.db", "list", "people"); !strings.Contains(out, "Dana Reyes") {
		t.Error(out)
	}
	h.must("report", "directory", "--format", "html", "-o", "directory.html")
	for _, args := range []string{"list nothing", "import people absent.csv", "export people -o people.csv",
		"restore copy.db", "frobnicate"} {
		if out, code := h.run(strings.Fields(args)...); code == 0 || strings.Count(strings.TrimSpace(out), "\n") > 0 {
			t.Errorf("%s: exit %d: %s", args, code, out)
		}
	}
	x.press("g", "p", "right").see("Dana Reyes").press("q").ended()
}

// Whoever has the file open may end or be killed: the other window goes on.
func TestTheHolderEnds(t *testing.T) {
	for _, sig := range []syscall.Signal{syscall.SIGKILL, syscall.SIGTERM, 0} {
		h := newHouse(t)
		h.founded()
		first := h.open(100, 30).see("Member cities")
		second := h.open(80, 24).see("Member cities")
		second.press("g", "p", "right", "a").see("New person").types("Dana Reyes").press("tab").types("rayt").
			see("Raytown").press("tab")
		h.onDisk("Dana Reyes")
		mark := len(second.written())
		if sig == 0 {
			first.press("q").ended()
			first.see("going on without this window")
		} else {
			first.kill(sig)
		}
		began := time.Now()
		second.until("a new picture",
			func(string) bool { return strings.Contains(second.written()[mark:], "\x1b[?1049h") })
		t.Logf("%v: the other window has the file after %v", sig, time.Since(began).Round(time.Millisecond))
		second.see("Go on where you were?").press("enter").see("New person", "Dana Reyes", "Raytown").press("f2").
			see("Added")
		if out := h.must("list", "people"); !strings.Contains(out, "Dana Reyes") {
			t.Error(out)
		}
		second.press("q").ended()
		if second.screen.IsAltScreen() {
			t.Error("the terminal is left on its other screen")
		}
	}
}

// A socket that somebody left, or a file that stands in its place, keeps nobody
// from working.
func TestWhatIsInTheSocketsPlace(t *testing.T) {
	h := newHouse(t)
	h.founded()
	h.open(80, 24).see("Member cities").kill(syscall.SIGKILL)
	left, err := filepath.Glob(filepath.Join(h.home, "interlocal-*", "*.sock"))
	if err != nil || len(left) != 1 {
		t.Fatalf("%v, %v", left, err)
	}
	if out := h.must("list", "partners"); !strings.Contains(out, "Raytown") {
		t.Error(out)
	}
	h.open(80, 24).see("Member cities").press("q").ended()
	if err := os.WriteFile(left[0], []byte("mine"), 0o600); err != nil {
		t.Fatal(err)
	}
	x := h.open(80, 24).see("Member cities")
	if out, code := h.run("list", "partners"); code != 1 ||
		!strings.Contains(out, fmt.Sprintf("process %d", x.cmd.Process.Pid)) {
		t.Errorf("exit %d: %s", code, out)
	}
	x.press("q").ended()
	x.see("could not join", "no socket")
	if b, err := os.ReadFile(left[0]); err != nil || string(b) != "mine" {
		t.Errorf("the file is %q, %v", b, err)
	}
}
