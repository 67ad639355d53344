//go:build unix

package e2e

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
)

// user adds somebody with a key of their own, named after them.
func (s *served) user(name string, flags ...string) {
	s.t.Helper()
	public, err := os.ReadFile(s.key(name) + ".pub")
	if err != nil {
		s.t.Fatal(err)
	}
	s.must(append(append([]string{"user", "add", name}, flags...), strings.TrimSpace(string(public)))...)
}

// TestANewcomerComesInByInvitation follows what the invitation says, with
// nothing but OpenSSH.
func TestANewcomerComesInByInvitation(t *testing.T) {
	h := newHouse(t)
	h.founded()
	s := serve(t, h)
	letter, code := s.ssh("admin", "", "127.0.0.1", "user", "invite", "lee", "--city", "raytown", "--name", "'Lee Ash'")
	join := regexp.MustCompile(`ssh -p (\d+) (join-[a-z0-9-]+)@`).FindStringSubmatch(letter)
	if code != 0 || join == nil || join[1] != s.port || !strings.Contains(letter, "SHA256:") {
		t.Fatalf("exit %d: %s", code, letter)
	}
	h.key("lee")
	h.key("eve")
	if out, code := s.ssh("lee", "", "127.0.0.1", "list", "people"); code != 255 {
		t.Errorf("before the invitation is accepted: exit %d: %s", code, out)
	}
	x := s.sit("lee", nil, 100, 30, join[2]+"@127.0.0.1")
	x.see("Member cities", "Lee Ash (Raytown)", "Welcome. This key is yours").press("q")
	x.ended()
	if out, code := s.ssh("eve", "", join[2]+"@127.0.0.1", "list", "people"); code != 255 {
		t.Errorf("the code works twice: exit %d: %s", code, out)
	}
	if out, code := s.ssh("lee", "name,partner\nDana Reyes,Raytown\n", "lee@127.0.0.1", "import", "people",
		"-"); code != 0 || !strings.Contains(out, "1 added") {
		t.Errorf("exit %d: %s", code, out)
	}
	if out, code := s.ssh("lee", "", "127.0.0.1", "user", "list"); code != 1 ||
		!strings.Contains(out, "administrator") {
		t.Errorf("an editor lists users: exit %d: %s", code, out)
	}
}

// TestTwoCitiesWorkAtOneTable: each sees the other, what the other edits and
// what the other has changed, and a dropped connection loses nothing.
func TestTwoCitiesWorkAtOneTable(t *testing.T) {
	h := newHouse(t)
	h.founded()
	s := serve(t, h)
	s.user("dana", "--city", "grandview", "--role", "coordinator", "--name", "Dana Reyes")
	s.user("lee", "--city", "raytown", "--name", "Lee Ash")
	dana := s.sit("dana", nil, 120, 36, "127.0.0.1")
	dana.see("Member cities")
	lee := s.sit("lee", nil, 120, 36, "127.0.0.1")
	lee.see("Dana Reyes (Grandview) is here")
	dana.see("Lee Ash (Raytown) is here")
	lee.press("g", "p").see("Independence")
	dana.press("g", "p", "e").see("Edit Independence")
	lee.see("Dana Reyes (Grandview) is editing this")
	dana.press("tab").types("Indy").press("f2").see("Saved Independence")
	lee.see("Indy").gone("is editing this")
	dana.press("e").see("Edit Independence").press("tab").types(" unsaved").see("Indy unsaved")
	h.onDisk("Indy unsaved")
	dana.kill(syscall.SIGKILL)
	lee.gone("is here")
	again := s.sit("dana", nil, 120, 36, "127.0.0.1")
	again.see("Go on where you were?", "You were filling in Independence").press("enter").
		see("Edit Independence", "Indy unsaved").press("f2").see("Saved Independence")
	lee.see("Indy unsaved")
}

// TestALostAdministratorsKeyIsReplaced rehearses it: on the machine that keeps
// the file, as the account that owns it.
func TestALostAdministratorsKeyIsReplaced(t *testing.T) {
	h := newHouse(t)
	h.founded()
	s := serve(t, h)
	fields := strings.Fields(strings.Split(h.must("user", "list"), "\n")[1])
	login := fields[0]
	s.stop(syscall.SIGTERM)
	public, err := os.ReadFile(h.key("fresh") + ".pub")
	if err != nil {
		t.Fatal(err)
	}
	old, err := os.ReadFile(filepath.Join(h.home, "admin.pub"))
	if err != nil {
		t.Fatal(err)
	}
	h.must("user", "key", login, "add", strings.TrimSpace(string(public)))
	h.must("user", "key", login, "remove", strings.TrimSpace(string(old)))
	s = serve(t, h)
	if out, code := s.ssh("admin", "", "127.0.0.1", "user", "list"); code != 255 {
		t.Errorf("the lost key: exit %d: %s", code, out)
	}
	if out, code := s.ssh("fresh", "", "127.0.0.1", "user", "list"); code != 0 || !strings.Contains(out, login) {
		t.Errorf("the new key: exit %d: %s", code, out)
	}
}
