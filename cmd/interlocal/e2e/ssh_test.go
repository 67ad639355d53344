//go:build unix

package e2e

import (
	"bufio"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"
)

// served is a server in a house, and OpenSSH's own client to reach it with.
type served struct {
	*house
	cmd  *exec.Cmd
	port string
	out  strings.Builder
	done chan struct{}
}

// key makes a key pair in the house with OpenSSH's own tool.
func (h *house) key(name string) string {
	h.t.Helper()
	file := filepath.Join(h.home, name)
	if out, err := exec.Command("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", name, "-f", file).
		CombinedOutput(); err != nil {
		h.t.Fatalf("%v: %s", err, out)
	}
	return file
}

// serve starts a server whose administrator has the key named admin.
func serve(t *testing.T, h *house, args ...string) *served {
	t.Helper()
	for _, tool := range []string{"ssh", "ssh-keygen"} {
		if _, err := exec.LookPath(tool); err != nil {
			t.Skip("OpenSSH is not here")
		}
	}
	if _, err := os.Stat(filepath.Join(h.home, "admin")); err != nil {
		args = append(args, "--admin-key", h.key("admin")+".pub")
	}
	s := &served{house: h, done: make(chan struct{})}
	s.cmd = exec.Command(binary, append([]string{"serve"}, args...)...)
	s.cmd.Env, s.cmd.Dir = h.environ(), h.home
	log, err := os.OpenFile(filepath.Join(h.home, "log"), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		t.Fatal(err)
	}
	defer log.Close()
	s.cmd.Stderr = log
	pipe, err := s.cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := s.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(pipe)
	line := regexp.MustCompile(`ssh -p (\d+)`)
	for s.port == "" && lines.Scan() {
		s.out.WriteString(lines.Text() + "\n")
		if m := line.FindStringSubmatch(lines.Text()); m != nil {
			s.port = m[1]
		}
	}
	if s.port == "" {
		t.Fatalf("the server does not say where it is: %s%s", s.out.String(), s.log())
	}
	go func() {
		defer close(s.done)
		for lines.Scan() {
			s.out.WriteString(lines.Text() + "\n")
		}
		s.cmd.Wait()
	}()
	t.Cleanup(func() { s.stop(syscall.SIGKILL) })
	return s
}

func (s *served) log() string {
	b, err := os.ReadFile(filepath.Join(s.home, "log"))
	if err != nil {
		s.t.Fatal(err)
	}
	return string(b)
}

// stop ends the server with a signal and gives its exit code.
func (s *served) stop(sig syscall.Signal) int {
	s.cmd.Process.Signal(sig) // it may have ended
	<-s.done
	return s.cmd.ProcessState.ExitCode()
}

// flags are those for ssh to reach the server with a key of the house's.
func (s *served) flags(key string, more ...string) []string {
	return append([]string{"-F", "none", "-i", filepath.Join(s.home, key), "-o", "IdentitiesOnly=yes", "-o",
		"IdentityAgent=none",
		"-o", "UserKnownHostsFile=" + filepath.Join(s.home, "known"), "-o", "StrictHostKeyChecking=accept-new", "-p",
		s.port}, more...)
}

// ssh runs OpenSSH without a terminal.
func (s *served) ssh(key, input string, args ...string) (out string, code int) {
	s.t.Helper()
	cmd := exec.Command("ssh", s.flags(key, args...)...)
	cmd.Env, cmd.Stdin = s.environ(), strings.NewReader(input)
	b, err := cmd.CombinedOutput()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		s.t.Fatal(err)
	}
	return string(b), cmd.ProcessState.ExitCode()
}

// sit opens a terminal with OpenSSH on it.
func (s *served) sit(key string, env []string, w, h int, args ...string) *terminal {
	s.t.Helper()
	return s.startWith("ssh", env, w, h, s.flags(key, args...)...)
}

func TestOpenSSHGetsTheDashboard(t *testing.T) {
	h := newHouse(t)
	h.founded()
	s := serve(t, h)
	x := s.sit("admin", nil, 100, 30, "127.0.0.1")
	x.see("Member cities").press("g", "p", "right", "a").see("New person").types("Dana Reyes").press("tab").
		types("rayt").see("Raytown").press("tab", "f2").see("Added")
	x.resize(80, 24).see("Dana Reyes")
	x.fits(80, 24)
	if out := h.must("list", "people"); !strings.Contains(out, "Dana Reyes") {
		t.Error(out)
	}
	x.press("q")
	if code := x.ended(); code != 0 || x.screen.IsAltScreen() {
		t.Errorf("exit %d:\n%s", code, x.text())
	}
}

func TestOpenSSHRunsCommands(t *testing.T) {
	h := newHouse(t)
	h.founded()
	s := serve(t, h)
	if out, code := s.ssh("admin", "name,partner\nDana Reyes,Raytown\n", "127.0.0.1", "import", "people",
		"-"); code != 0 || !strings.Contains(out, "1 added") {
		t.Errorf("exit %d: %s", code, out)
	}
	if out, code := s.ssh("admin", "", "127.0.0.1", "export people --format csv"); code != 0 ||
		!strings.Contains(out, "Dana Reyes,Raytown") {
		t.Errorf("exit %d: %s", code, out)
	}
	if out, code := s.ssh("admin", "", "127.0.0.1", "list people 'dana reyes'"); code != 0 ||
		!strings.Contains(out, "Dana Reyes") {
		t.Errorf("exit %d: %s", code, out)
	}
	if out, code := s.ssh("admin", "", "127.0.0.1"); code != 0 || !strings.Contains(out, "What to do first") ||
		strings.Contains(out, "\x1b") {
		t.Errorf("without a terminal: exit %d: %s", code, out)
	}
	x := s.sit("admin", []string{"TERM=dumb"}, 80, 40, "127.0.0.1")
	x.ended()
	x.see("What to do first", "cannot show the dashboard")
	for args, want := range map[string]string{
		"export people -o /tmp/x": "own machine", "restore x.db": "own machine", "serve": "serve needs the file",
		"demo":       "own machine",
		"frobnicate": "no command", "scp -t /tmp": "its own commands", "/bin/sh": "its own commands",
	} {
		if out, code := s.ssh("admin", "", "127.0.0.1", args); code == 0 || !strings.Contains(out, want) {
			t.Errorf("%s: exit %d: %s", args, code, out)
		}
	}
}

func TestOpenSSHIsRefusedWhatThereIsNot(t *testing.T) {
	h := newHouse(t)
	h.founded()
	s := serve(t, h)
	h.key("stranger")
	if out, code := s.ssh("stranger", "", "127.0.0.1", "list", "people"); code != 255 ||
		!strings.Contains(out, "nobody is known by this key") {
		t.Errorf("a stranger: exit %d: %s", code, out)
	}
	if out, code := s.ssh("admin", "", "-W", "127.0.0.1:22", "127.0.0.1"); code != 255 ||
		!strings.Contains(out, "forwards nothing") {
		t.Errorf("forwarding: exit %d: %s", code, out)
	}
	if out, code := s.ssh("admin", "", "-o", "ExitOnForwardFailure=yes", "-R", "0:127.0.0.1:22", "127.0.0.1", "list",
		"people"); code != 255 {
		t.Errorf("forwarding back: exit %d: %s", code, out)
	}
	if out, code := s.ssh("admin", "", "-s", "127.0.0.1", "sftp"); code != 1 ||
		!strings.Contains(out, "hands out no files") {
		t.Errorf("sftp: exit %d: %s", code, out)
	}
	if out, code := s.ssh("admin", "", "-A", "-X", "-o", "SetEnv=INTERLOCAL_DB=/etc/passwd", "127.0.0.1", "list",
		"partners"); code != 0 || !strings.Contains(out, "Raytown") {
		t.Errorf("agent, X11 and environment are not merely left out: exit %d: %s", code, out)
	}
}

// Whoever has somebody's public key can offer it and not prove it: what counts
// is the key that is proved after that.
func TestAKeyThatIsOfferedAndNotProved(t *testing.T) {
	h := newHouse(t)
	h.founded()
	s := serve(t, h)
	dana := h.key("dana")
	public, err := os.ReadFile(dana + ".pub")
	if err != nil {
		t.Fatal(err)
	}
	h.must("user", "add", "dana", "--city", "raytown", "--role", "editor", strings.TrimSpace(string(public)))
	// The administrator's public half alone, and then dana's own pair.
	borrowed, err := os.ReadFile(filepath.Join(h.home, "admin.pub"))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(h.home, "borrowed.pub"), borrowed, 0o600); err != nil {
		t.Fatal(err)
	}
	if out, code := s.ssh("borrowed.pub", "", "127.0.0.1", "user", "list"); code != 255 {
		t.Errorf("the public half of a key: exit %d: %s", code, out)
	}
	if out, code := s.ssh("borrowed.pub", "", "-i", dana, "127.0.0.1", "user", "list"); code != 1 && code != 0 ||
		strings.Contains(out, "root ") {
		t.Errorf("dana sees users as somebody else: exit %d: %s", code, out)
	}
	if out, code := s.ssh("borrowed.pub", "", "-i", dana, "127.0.0.1", "list", "people"); code != 0 {
		t.Errorf("dana's own key: exit %d: %s", code, out)
	}
	// Disabled while signed in: out within moments, and not in again.
	x := s.sit("dana", nil, 80, 24, "127.0.0.1")
	x.see("Raytown")
	h.must("user", "disable", "dana")
	if code := x.ended(); code != 1 {
		t.Errorf("exit %d:\n%s", code, x.text())
	}
	x.see("interlocal: ")
	if out, code := s.ssh("dana", "", "127.0.0.1", "list", "people"); code != 255 ||
		!strings.Contains(out, "disabled") {
		t.Errorf("a disabled user: exit %d: %s", code, out)
	}
}

func TestTheServerKeepsItsKeyAndTellsWhenItStops(t *testing.T) {
	h := newHouse(t)
	h.founded()
	s := serve(t, h)
	key := regexp.MustCompile(`SHA256:\S+`).
		FindString(func() string { s.ssh("admin", "", "127.0.0.1", "version"); return s.out.String() }())
	info, err := os.Stat(h.db() + ".hostkey")
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the key's file: %v, %v", info, err)
	}
	x := s.sit("admin", nil, 80, 24, "127.0.0.1")
	x.see("Overview")
	began := time.Now()
	if code := s.stop(syscall.SIGTERM); code != 0 {
		t.Errorf("exit %d: %s", code, s.log())
	}
	if took := time.Since(began); took > 5*time.Second {
		t.Errorf("it takes %v to stop", took)
	}
	x.ended()
	x.see("The server is closing")
	if x.screen.IsAltScreen() {
		t.Error("the terminal is left on its other screen")
	}
	again := serve(t, h)
	if out, code := again.ssh("admin", "", "-o", "StrictHostKeyChecking=yes", "-o",
		"NoHostAuthenticationForLocalhost=no", "127.0.0.1", "version"); again.port == s.port && code != 0 {
		t.Errorf("the server is not known again: exit %d: %s", code, out)
	}
	if key != "" && !strings.Contains(again.out.String(), key) {
		t.Errorf("the key was %s and is in %s", key, again.out.String())
	}
	if err := os.Chmod(h.db()+".hostkey", 0o644); err != nil {
		t.Fatal(err)
	}
	again.stop(syscall.SIGTERM)
	if out, code := h.run("serve"); code != 1 || !strings.Contains(out, "chmod 600") {
		t.Errorf("a key that others can read: exit %d: %s", code, out)
	}
}

func TestNobodyIsNoServer(t *testing.T) {
	h := newHouse(t)
	h.founded()
	if out, code := h.run("serve"); code != 1 || !strings.Contains(out, "nobody can sign in yet") {
		t.Errorf("exit %d: %s", code, out)
	}
	for path, modes := range map[string][2]os.FileMode{h.db(): {0o644, 0o600}, filepath.Dir(h.db()): {0o777, 0o700}} {
		if err := os.Chmod(path, modes[0]); err != nil {
			t.Fatal(err)
		}
		if out, code := h.run("serve"); code != 1 || !strings.Contains(out, "chmod ") {
			t.Errorf("%s is open to others: exit %d: %s", path, code, out)
		}
		if err := os.Chmod(path, modes[1]); err != nil {
			t.Fatal(err)
		}
	}
	x := h.open(80, 24).see("Member cities")
	if out, code := h.run("serve"); code == 0 || !strings.Contains(out, "close all windows") {
		t.Errorf("beside a dashboard: exit %d: %s", code, out)
	}
	x.press("q").ended()
	if out := h.must("serve", "--unit"); !strings.Contains(out, "ExecStart=") || !strings.Contains(out, h.db()) {
		t.Error(out)
	}
	if out := h.must("help", "deployment"); !strings.Contains(out, "Beside OpenSSH") {
		t.Error(out)
	}
}

// Another account of the machine comes in by who the system says it is.
func TestTheGroupsSocket(t *testing.T) {
	if os.Getuid() != 0 {
		t.Skip("only the superuser can be two accounts")
	}
	h := newHouse(t)
	h.founded()
	public, err := os.MkdirTemp("", "interlocal-run-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(public) })
	socket := filepath.Join(public, "s")
	s := serve(t, h, "--socket", socket)
	guest := newGuestHouse(t)
	for _, path := range []string{public, socket} {
		if err := os.Chmod(path, 0o777); err != nil { // as if everyone were of the group
			t.Fatal(err)
		}
	}
	run := func(args ...string) (string, int) {
		cmd := exec.Command(binary, append([]string{"--db", h.db()}, args...)...)
		cmd.Env, cmd.Dir, cmd.SysProcAttr = guest.environ("INTERLOCAL_SOCKET="+socket), guest.home, guest.as
		b, _ := cmd.CombinedOutput() // the exit code tells
		return string(b), cmd.ProcessState.ExitCode()
	}
	if out, code := run("list", "partners"); code != 1 || !strings.Contains(out, "nobody's here") {
		t.Errorf("an account that is nobody's: exit %d: %s", code, out)
	}
	h.must("user", "add", "lee", "--city", "raytown", "--role", "viewer", "--account",
		fmt.Sprint(guest.as.Credential.Uid))
	if out, code := run("list", "partners"); code != 0 || !strings.Contains(out, "Raytown") {
		t.Errorf("lee: exit %d: %s", code, out)
	}
	if out, code := run("export", "partners", "-o", "x.csv"); code != 2 || !strings.Contains(out, "own machine") {
		t.Errorf("a file: exit %d: %s", code, out)
	}
	x := guest.openWith([]string{"INTERLOCAL_SOCKET=" + socket}, 80, 24, "--db", h.db())
	x.see("Raytown").press("q")
	if code := x.ended(); code != 0 {
		t.Errorf("exit %d:\n%s", code, x.text())
	}
	_ = s
}
