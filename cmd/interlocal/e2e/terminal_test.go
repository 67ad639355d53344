//go:build unix

package e2e

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/charmbracelet/x/vt"
	"github.com/creack/pty"
)

// patience is how long a screen may take to show what is wanted of it on a busy
// machine.
const patience = 30 * time.Second

// binary is the program under test, built by TestMain.
var binary string

// now is the moment at which every house's clock begins, set by TestMain.
var now time.Time

func TestMain(m *testing.M) {
	flag.Parse()
	if testing.Short() {
		fmt.Println("e2e: left out with -short")
		os.Exit(0)
	}
	at, err := chosen()
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	dir, err := os.MkdirTemp("", "interlocal-e2e-")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	binary = filepath.Join(dir, "interlocal")
	build := exec.Command("go", "build", "-tags", "givenclock", "-o", binary, "interlocal/cmd/interlocal")
	if out, err := build.CombinedOutput(); err != nil {
		fmt.Fprintf(os.Stderr, "%s: %v\n", out, err)
		os.Exit(1)
	}
	code := 0
	for _, at := range at {
		code = max(code, runAt(m, at))
	}
	os.RemoveAll(dir)
	os.Exit(code)
}

// house is a home folder to start programs in.
type house struct {
	t    *testing.T
	home string
	away time.Duration        // how far its clock is from the machine's
	as   *syscall.SysProcAttr // somebody other than the superuser, where that matters
}

func newHouse(t *testing.T) *house {
	t.Helper()
	return &house{t: t, home: t.TempDir(), away: away()}
}

// newGuestHouse is the house of somebody without the superuser's rights, who may
// write anywhere.
func newGuestHouse(t *testing.T) *house {
	t.Helper()
	h := newHouse(t)
	if os.Getuid() != 0 {
		return h
	}
	const nobody = 65534
	dir, err := os.MkdirTemp("", "interlocal-guest-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	if err := errors.Join(os.Chmod(dir, 0o755), os.Chown(dir, nobody, nobody),
		os.Chmod(filepath.Dir(binary), 0o755)); err != nil {
		t.Fatal(err)
	}
	h.home, h.as = dir, &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: nobody, Gid: nobody}}
	return h
}

// environ is a plain environment in which the home is the house's.
func (h *house) environ(extra ...string) []string {
	return append([]string{"HOME=" + h.home, "PATH=" + os.Getenv("PATH"), "TERM=xterm-256color", "COLORTERM=truecolor",
		"LANG=C.UTF-8", "TMPDIR=" + h.home, "INTERLOCAL_CLOCK=" + h.away.String()}, extra...)
}

// run calls a command without a terminal and gives what it wrote and its exit
// code.
func (h *house) run(args ...string) (out string, code int) {
	h.t.Helper()
	cmd := exec.Command(binary, args...)
	cmd.Env, cmd.Dir, cmd.SysProcAttr = h.environ(), h.home, h.as
	b, err := cmd.CombinedOutput()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		h.t.Fatal(err)
	}
	return string(b), cmd.ProcessState.ExitCode()
}

// must runs a command that has to succeed.
func (h *house) must(args ...string) string {
	h.t.Helper()
	out, code := h.run(args...)
	if code != 0 {
		h.t.Fatalf("interlocal %s: exit %d: %s", strings.Join(args, " "), code, out)
	}
	return out
}

// db is where the program keeps its file.
func (h *house) db() string {
	return filepath.Join(h.home, ".local", "share", "interlocal", "interlocal.db")
}

// onDisk waits for a text to have been written to the file, for good: a page may
// be there before the change that it belongs to is complete, so another change
// is made after it.
func (h *house) onDisk(text string) {
	h.t.Helper()
	h.onDiskIn(h.db(), text)
}

// onDiskIn waits for a text to have been written to a file.
func (h *house) onDiskIn(path, text string) {
	h.t.Helper()
	deadline, again := time.After(patience), time.NewTicker(20*time.Millisecond)
	defer again.Stop()
	for {
		if b, err := os.ReadFile(path); err == nil && bytes.Contains(b, []byte(text)) {
			break
		}
		select {
		case <-again.C:
		case <-deadline:
			h.t.Fatalf("%q is not in the file", text)
		}
	}
	idea := filepath.Join(h.home, "idea.csv")
	if err := os.WriteFile(idea, []byte("title,status\nSaved after "+text+",new\n"), 0o600); err != nil {
		h.t.Fatal(err)
	}
	h.must("import", "ideas", idea)
}

// terminal is a program on a pseudo-terminal and the screen it draws.
type terminal struct {
	t    *testing.T
	cmd  *exec.Cmd
	tty  *os.File
	done chan struct{} // closed when the program has ended and all is drawn

	mu      sync.Mutex
	screen  *vt.Emulator
	raw     []byte // everything written
	changed chan struct{}

	commands, typed int // keys pressed, characters typed
}

// open starts the program in a terminal of w by h.
func (h *house) open(w, height int, args ...string) *terminal {
	return h.openWith(nil, w, height, args...)
}

// openWith starts the program with further environment.
func (h *house) openWith(env []string, w, height int, args ...string) *terminal {
	h.t.Helper()
	return h.startWith(binary, env, w, height, args...)
}

// startWith starts any program in a terminal.
func (h *house) startWith(program string, env []string, w, height int, args ...string) *terminal {
	h.t.Helper()
	cmd := exec.Command(program, args...)
	cmd.Env, cmd.Dir = h.environ(env...), h.home
	attr := &syscall.SysProcAttr{Setsid: true, Setctty: true}
	if h.as != nil {
		attr.Credential = h.as.Credential
	}
	tty, err := pty.StartWithAttrs(cmd, &pty.Winsize{Rows: uint16(height), Cols: uint16(w)}, attr)
	if err != nil {
		h.t.Fatal(err)
	}
	x := &terminal{t: h.t, cmd: cmd, tty: tty, done: make(chan struct{}), screen: vt.NewEmulator(w, height),
		changed: make(chan struct{}, 1)}
	go x.answer()
	go x.draw()
	h.t.Cleanup(func() {
		x.kill(syscall.SIGKILL)
		x.screen.Close()
		tty.Close()
	})
	return x
}

// answer sends the terminal's replies to the program's questions.
func (x *terminal) answer() {
	buf := make([]byte, 1024)
	for {
		n, err := x.screen.Read(buf)
		if err != nil {
			return
		}
		if _, err := x.tty.Write(buf[:n]); err != nil {
			return
		}
	}
}

// draw decodes what the program writes until it ends.
func (x *terminal) draw() {
	defer close(x.done)
	buf := make([]byte, 32<<10)
	for {
		n, err := x.tty.Read(buf)
		x.mu.Lock()
		x.raw = append(x.raw, buf[:n]...)
		x.screen.Write(buf[:n])
		x.mu.Unlock()
		select {
		case x.changed <- struct{}{}:
		default:
		}
		if err != nil {
			x.cmd.Wait()
			return
		}
	}
}

// lines gives the screen's text, line by line.
func (x *terminal) lines() []string {
	x.mu.Lock()
	defer x.mu.Unlock()
	out := make([]string, x.screen.Height())
	for y := range out {
		var b strings.Builder
		for col := 0; col < x.screen.Width(); col++ {
			cell := x.screen.CellAt(col, y)
			if cell == nil || cell.Content == "" {
				b.WriteByte(' ')
				continue
			}
			b.WriteString(cell.Content)
			col += max(cell.Width-1, 0)
		}
		out[y] = strings.TrimRight(b.String(), " ")
	}
	return out
}

func (x *terminal) text() string { return strings.Join(x.lines(), "\n") }

// until waits for the screen to satisfy ok.
func (x *terminal) until(what string, ok func(screen string) bool) {
	x.t.Helper()
	deadline := time.NewTimer(patience)
	defer deadline.Stop()
	for {
		if ok(x.text()) {
			return
		}
		select {
		case <-x.changed:
		case <-x.done:
			if !ok(x.text()) {
				x.t.Fatalf("the program ended before %s:\n%s", what, x.text())
			}
			return
		case <-deadline.C:
			x.t.Fatalf("%s does not come about:\n%s", what, x.text())
		}
	}
}

// see waits for texts to be on the screen, all at once.
func (x *terminal) see(texts ...string) *terminal {
	x.t.Helper()
	x.until(fmt.Sprintf("seeing %q", texts), func(screen string) bool {
		for _, s := range texts {
			if !strings.Contains(screen, s) {
				return false
			}
		}
		return true
	})
	return x
}

// gone waits for a text to have left the screen.
func (x *terminal) gone(text string) *terminal {
	x.t.Helper()
	x.until(fmt.Sprintf("%q going", text), func(screen string) bool { return !strings.Contains(screen, text) })
	return x
}

// press presses keys by name.
func (x *terminal) press(keys ...string) *terminal {
	x.t.Helper()
	for _, k := range keys {
		x.commands++
		x.send(keyBytes(k))
	}
	return x
}

// types types text as data.
func (x *terminal) types(s string) *terminal {
	x.t.Helper()
	x.typed += len([]rune(s))
	x.send(s)
	return x
}

func (x *terminal) send(s string) {
	x.t.Helper()
	if _, err := io.WriteString(x.tty, s); err != nil {
		x.t.Fatalf("cannot press keys any more: %v\n%s", err, x.text())
	}
}

// keyBytes is what a terminal sends for a key.
func keyBytes(name string) string {
	switch name {
	case "enter":
		return "\r"
	case "tab":
		return "\t"
	case "shift+tab":
		return "\x1b[Z"
	case "esc":
		return "\x1b"
	case "space":
		return " "
	case "backspace":
		return "\x7f"
	case "up":
		return "\x1b[A"
	case "down":
		return "\x1b[B"
	case "right":
		return "\x1b[C"
	case "left":
		return "\x1b[D"
	case "f1":
		return "\x1bOP"
	case "f2":
		return "\x1bOQ"
	case "f8":
		return "\x1b[19~"
	case "ctrl+c":
		return "\x03"
	case "ctrl+u":
		return "\x15"
	}
	return name
}

// resize changes the terminal's size.
func (x *terminal) resize(w, h int) *terminal {
	x.t.Helper()
	x.mu.Lock()
	x.screen.Resize(w, h)
	x.mu.Unlock()
	if err := pty.Setsize(x.tty, &pty.Winsize{Rows: uint16(h), Cols: uint16(w)}); err != nil {
		x.t.Fatal(err)
	}
	return x
}

// click presses and releases the mouse on a text.
func (x *terminal) click(text string) *terminal {
	x.t.Helper()
	x.see(text)
	for y, line := range x.lines() {
		if i := strings.Index(line, text); i >= 0 {
			col := len([]rune(line[:i])) + 1
			x.send(fmt.Sprintf("\x1b[<0;%d;%dM\x1b[<0;%d;%dm", col+1, y+1, col+1, y+1))
			return x
		}
	}
	x.t.Fatalf("%q is nowhere to be clicked:\n%s", text, x.text())
	return x
}

// kill ends the program with a signal and waits until it has gone.
func (x *terminal) kill(sig syscall.Signal) {
	x.cmd.Process.Signal(sig) // it may have ended by itself
	<-x.done
}

// ended waits for the program to end by itself and gives its exit code.
func (x *terminal) ended() int {
	x.t.Helper()
	select {
	case <-x.done:
	case <-time.After(patience):
		x.t.Fatalf("the program does not end:\n%s", x.text())
	}
	return x.cmd.ProcessState.ExitCode()
}

// written gives every byte the program has written.
func (x *terminal) written() string {
	x.mu.Lock()
	defer x.mu.Unlock()
	return string(x.raw)
}

// cost wants a journey to have taken no more command keys than promised.
func (x *terminal) cost(most int) {
	x.t.Helper()
	x.t.Logf("%d keys and %d characters", x.commands, x.typed)
	if x.commands > most {
		x.t.Errorf("it took %d command keys, and should take at most %d", x.commands, most)
	}
}
