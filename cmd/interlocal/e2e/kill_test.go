//go:build unix

package e2e

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"
	"time"
)

// rounds is how often the program is killed: a few times, or with
// INTERLOCAL_LONG=1 as often as a proof takes.
func rounds(few, many int) int {
	if os.Getenv("INTERLOCAL_LONG") != "" {
		return many
	}
	return few
}

// dice gives random moments that a failure can be repeated with.
func dice(t *testing.T) *rand.Rand {
	seed := uint64(time.Now().UnixNano())
	t.Logf("seed %d", seed)
	return rand.New(rand.NewPCG(seed, 0))
}

// people is a file of n people whose names begin with a word of their own.
func people(word string, n int) string {
	var b strings.Builder
	b.WriteString("name,partner,title\n")
	for i := range n {
		fmt.Fprintf(&b, "%s %d,Raytown,%s\n", word, i, strings.Repeat("x", i%40))
	}
	return b.String()
}

// killed runs a command and kills it after a while, if it has not ended by
// then. It gives what was acknowledged.
func (h *house) killed(after time.Duration, input string, args ...string) string {
	h.t.Helper()
	var out bytes.Buffer
	cmd := exec.Command(binary, args...)
	cmd.Env, cmd.Dir, cmd.Stdin, cmd.Stdout = h.environ(), h.home, strings.NewReader(input), &out
	if err := cmd.Start(); err != nil {
		h.t.Fatal(err)
	}
	timer := time.AfterFunc(after, func() { cmd.Process.Signal(syscall.SIGKILL) })
	defer timer.Stop()
	cmd.Wait() // being killed is no error here
	return out.String()
}

// sound wants the file to be undamaged.
func (h *house) sound() {
	h.t.Helper()
	if out := h.must("check"); !strings.Contains(out, "is sound") {
		h.t.Fatal(out)
	}
}

// Commands that write are killed at random moments. What was acknowledged is
// there, and an import is there as a whole or not at all.
func TestKillWhileWriting(t *testing.T) {
	h, random := newHouse(t), dice(t)
	h.must("overview")
	began := time.Now()
	h.killed(patience, people("First", 150), "import", "people", "-")
	usual := time.Since(began)
	want := map[string]bool{} // there, by word
	acknowledged := 0
	for i := range rounds(15, 400) {
		word, n := fmt.Sprintf("Round%04d", i), 1+random.IntN(300)
		said := h.killed(time.Duration(random.Float64()*1.3*float64(usual)), people(word, n), "import", "people", "-")
		all := len(h.list("people", `"`+word+`"`))
		switch {
		case all != 0 && all != n:
			t.Fatalf("round %d: %d of %d rows are there", i, all, n)
		case strings.Contains(said, "added") && all != n:
			t.Fatalf("round %d: it was acknowledged and is not there", i)
		}
		// Keep to moments around the end, however busy the machine is.
		if strings.Contains(said, "added") {
			acknowledged++
			usual -= usual / 20
		} else {
			usual += usual / 20
		}
		want[word] = all == n
		if i%10 == 9 {
			h.sound()
		}
	}
	for word, there := range want {
		if got := len(h.list("people", `"`+word+`"`)) > 0; got != there {
			t.Errorf("%s was there (%v) and later not so", word, there)
		}
	}
	h.sound()
	t.Logf("%d of %d imports were acknowledged before the end", acknowledged, len(want))
}

// The first start is killed at random moments: the next one always works.
func TestKillWhileTheFileIsMade(t *testing.T) {
	random := dice(t)
	for range rounds(10, 200) {
		h := newHouse(t)
		h.killed(time.Duration(random.IntN(30_000))*time.Microsecond, "", "overview")
		if n := len(h.list("partners")); n != 6 {
			t.Fatalf("%d partners after a start that was cut off", n)
		}
		h.sound()
	}
}

// Somebody at the dashboard is killed while typing or just after saving. What
// the screen said was saved is there, and what has been on the screen for a
// second comes back as a draft.
func TestKillWhileTyping(t *testing.T) {
	h, random := newHouse(t), dice(t)
	h.founded()
	var saved []string
	for i := range rounds(4, 150) {
		name := fmt.Sprintf("Typist %d", i)
		x := h.open(80, 24).see("Member cities").press("g", "p", "right", "a").see("New person")
		x.types(name).see(name)
		shown := time.Now()
		x.press("tab").types("rayt").see("Raytown").press("tab")
		if i%2 == 0 {
			x.types("Streets").see("Streets").press("f2")
			if random.IntN(2) == 0 {
				x.see("Added " + name)
			}
			x.killAfter(time.Duration(random.IntN(30)) * time.Millisecond)
			if strings.Contains(x.text(), "Added "+name) {
				saved = append(saved, name)
			}
			h.clearDraft()
			continue
		}
		x.killAfter(time.Until(shown.Add(time.Second + time.Duration(random.IntN(300))*time.Millisecond)))
		x = h.open(80, 24).see("Go on where you were?").press("enter").see("New person", name)
		x.kill(syscall.SIGKILL)
		h.clearDraft()
	}
	there := map[string]bool{}
	for _, p := range h.list("people") {
		there[p["name"].(string)] = true
	}
	for _, name := range saved {
		if !there[name] {
			t.Errorf("the screen said that %s was added, who is not there", name)
		}
	}
	h.sound()
	t.Logf("%d saves were shown before the end", len(saved))
}

// killAfter kills the program after a while.
func (x *terminal) killAfter(d time.Duration) {
	timer := time.NewTimer(d)
	defer timer.Stop()
	<-timer.C
	x.kill(syscall.SIGKILL)
}

// clearDraft throws away what the form for a new person brings back, if
// anything, so that the next round begins with an empty one.
func (h *house) clearDraft() {
	h.t.Helper()
	x := h.open(80, 24).see("Member cities").press("g", "p", "right", "a")
	offered := false
	x.until("an empty form", func(screen string) bool {
		if strings.Contains(screen, "Go on where you were?") && !offered {
			offered = true
			x.press("enter") // the form is offered before it can be asked for
		}
		if strings.Contains(screen, "F8 discard draft") {
			x.press("f8")
		}
		_, after, _ := strings.Cut(screen, "› Name *")
		line, _, _ := strings.Cut(after, "\n")
		return strings.Contains(screen, "› Name *") && strings.Trim(line, " ┃│") == ""
	})
	x.press("esc").gone("New person").press("q").ended()
}

// TestASignalEndsACommandThatWaits: a command whose input never ends is told to
// end, and does.
func TestASignalEndsACommandThatWaits(t *testing.T) {
	h := newHouse(t)
	h.founded()
	cmd := exec.Command(binary, "import", "people", "-")
	cmd.Env = h.environ()
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	// more than a pipe holds: it is being read
	if _, err := in.Write(bytes.Repeat([]byte("name\n"), 1<<18)); err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	cmd.Process.Signal(syscall.SIGTERM)
	select {
	case <-ended:
	case <-time.After(patience):
		cmd.Process.Kill()
		t.Error("it does not end")
	}
	h.sound()
}
