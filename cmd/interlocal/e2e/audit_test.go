package e2e

import (
	"strings"
	"syscall"
	"testing"
)

// An administrator sees who is connected, speaks to everybody and ends somebody's
// sessions; others may not. What leaves the file is noted for its city.
func TestWhoIsHereAndWhatLeft(t *testing.T) {
	h := newHouse(t)
	h.founded()
	s := serve(t, h)
	defer s.stop(syscall.SIGKILL)
	command := func(key, line string, code int, wants ...string) {
		t.Helper()
		out, got := s.ssh(key, "", "127.0.0.1", line)
		for _, want := range wants {
			if !strings.Contains(out, want) {
				t.Errorf("%s: no %q in %s", line, want, out)
			}
		}
		if got != code {
			t.Errorf("%s: exit %d: %s", line, got, out)
		}
	}
	s.user("rae", "--name", "Rae Tower", "--city", "raytown", "--role", "editor")
	x := s.sit("rae", nil, 100, 30, "127.0.0.1")
	x.see("Member cities")
	command("admin", "who", 0, "rae", "Rae Tower", "Raytown", "127.0.0.1")
	command("rae", "who", 1, "administrator")
	command("rae", "kick admin", 1, "administrator")
	command("admin", "broadcast 'We close at \x1b[31m5 pm'", 0, "1 dashboard")
	x.see("We close at", "5 pm")
	command("admin", "kick nobody", 1, "nobody is connected")
	command("admin", "kick rae", 0, "Ended")
	x.ended()
	x.see("An administrator has ended your session")

	command("rae", "export people --format csv", 0)
	command("rae", "report directory", 0)
	command("rae", "audit", 0, "people", "directory")
	command("admin", "audit", 0, "Rae Tower", "people", "directory")
}
