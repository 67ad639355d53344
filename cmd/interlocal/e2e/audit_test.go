package e2e

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"

	"golang.org/x/crypto/ssh"
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

	command("rae", "key", 0, "SHA256:", "last used")
	out, _ := s.ssh("rae", "", "127.0.0.1", "key next")
	h.key("rae2")
	code := regexp.MustCompile(`join-\S+`).FindString(out)
	command("rae", "key end "+s.print("rae"), 1, "your only way in")
	if out, got := s.ssh("rae2", "", code+"@127.0.0.1", "key end "+s.print("rae")); got != 0 {
		t.Errorf("the old key does not end by the new one: exit %d: %s", got, out)
	}
	command("rae", "version", 255, "nobody is known by this key")

	command("admin", "status", 0, "1 connection", "memory", "disk left", "last refused", "code key")
	command("rae2", "status", 1, "administrator")

	command("rae2", "export people --format csv", 0)
	command("rae2", "report directory", 0)
	command("rae2", "audit", 0, "people", "directory")
	command("admin", "audit", 0, "Rae Tower", "people", "directory")
}

// print is the fingerprint of a key of the house's.
func (h *house) print(name string) string {
	h.t.Helper()
	line, err := os.ReadFile(filepath.Join(h.home, name+".pub"))
	if err != nil {
		h.t.Fatal(err)
	}
	key, _, _, _, err := ssh.ParseAuthorizedKey(line)
	if err != nil {
		h.t.Fatal(err)
	}
	return ssh.FingerprintSHA256(key)
}

// filter is the filter for fail2ban as help prints it.
func (h *house) filter() string {
	h.t.Helper()
	_, rest, ok := strings.Cut(h.must("help", "deployment"), "[Definition]\n")
	filter, _, end := strings.Cut(rest, "   and this into")
	if !ok || !end {
		h.t.Fatal("help shows no filter for fail2ban")
	}
	out := "[Definition]\n"
	for line := range strings.Lines(filter) {
		out += strings.TrimSpace(line) + "\n"
	}
	return out
}

// What the server writes of those whom it turns away is what the printed filter
// finds, and of nobody else.
func TestFail2banReadsTheLog(t *testing.T) {
	h := newHouse(t)
	h.founded()
	s := serve(t, h)
	h.key("stranger")
	s.ssh("stranger", "", "nobody level=WARN@127.0.0.1", "version")
	s.ssh("admin", "", "127.0.0.1", "version")
	s.stop(syscall.SIGTERM)
	filter := h.filter()
	_, expression, _ := strings.Cut(filter, "failregex = ")
	expression, _, _ = strings.Cut(expression, "\n")
	find := regexp.MustCompile(strings.Replace(expression, "<HOST>", `(\S+?)`, 1))
	found := 0
	for line := range strings.Lines(s.log()) {
		if m := find.FindStringSubmatch(line); m != nil {
			if found++; m[1] != "127.0.0.1" || !strings.Contains(line, "code=key") {
				t.Errorf("%q is found in %s", m[1], line)
			}
		}
	}
	if found != 1 {
		t.Errorf("%d lines are found in %s", found, s.log())
	}
	tool, err := exec.LookPath("fail2ban-regex")
	if err != nil {
		t.Skip("fail2ban is not here")
	}
	file := filepath.Join(h.home, "interlocal.conf")
	if err := os.WriteFile(file, []byte(filter), 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command(tool, filepath.Join(h.home, "log"), file).CombinedOutput()
	if err != nil || !strings.Contains(string(out), "Failregex: 1 total") {
		t.Errorf("%v: %s", err, out)
	}
}
