//go:build unix

package e2e

import (
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"time"
)

// The wall beside an open dashboard: it follows the meeting in the other window,
// goes on when that window ends, and lets the next one in.
func TestProjectBesideADashboard(t *testing.T) {
	h := newHouse(t)
	db := h.story()
	x := h.open(120, 40, db...).see("Needs attention").press("g", "m").see("Meeting room")
	wall := h.open(60, 16, append(db, "project")...).see("Monthly staff meeting", "Agenda")
	x.press("b").see("The meeting is open")
	x.press(";").see("what was said").types("Brine is ready").press("enter").see("Note written down")
	wall.see("Brine is ready")
	wall.resize(80, 24).see("Brine is ready")
	pid, _ := h.holder(db[1])
	x.kill(syscall.SIGKILL)
	h.succeeded(db[1], pid, time.Now()) // the wall is the only window left
	again := h.open(120, 40, db...).see("You go on recording")
	again.press("@").see("who: what").types("tessa: fill the tanks").press("enter").see("Action written down")
	wall.see("Actions, 1 so far", "Tessa Wynn: fill the tanks")
	wall.press("q")
	if code := wall.ended(); code != 0 || wall.screen.IsAltScreen() {
		t.Errorf("exit %d:\n%s", code, wall.text())
	}
	again.see("This window goes on").press("enter").gone("This window goes on")
	again.press("g", "m").see("fill the tanks").press("q").ended()
}

// The wall over SSH, on OpenSSH: with a terminal it is a screen, without one it
// is text, and it shows what everybody may see, whoever has signed in.
func TestProjectOverSSH(t *testing.T) {
	h := newHouse(t)
	if err := os.MkdirAll(filepath.Dir(h.db()), 0o700); err != nil {
		t.Fatal(err)
	}
	h.must("demo", "--keep", h.db())
	s := serve(t, h)
	s.user("wall", "--role", "viewer", "--city", "raytown", "--name", "The Wall")
	dana := s.sit("admin", nil, 120, 40, "127.0.0.1").see("Needs attention").press("g", "m").see("Meeting room")
	wall := s.sit("wall", nil, 60, 16, "-t", "127.0.0.1", "project").see("Monthly staff meeting", "Agenda")
	dana.press("b").see("The meeting is open").press("!").see("what was decided").types("Buy two").press("enter").
		see("Decision written down")
	wall.see("Decided: Buy two").press("q")
	if code := wall.ended(); code != 0 {
		t.Errorf("exit %d:\n%s", code, wall.text())
	}
	if out, code := s.ssh("wall", "", "127.0.0.1", "project"); code != 0 || out == "" {
		t.Errorf("exit %d: %s", code, out)
	}
}
