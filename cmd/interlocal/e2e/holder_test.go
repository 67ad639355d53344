//go:build unix

package e2e

import (
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// holder reads who has a file open, and where it can be joined.
func (h *house) holder(db string) (pid int, address string) {
	var held struct {
		PID     int
		Address string
	}
	b, err := os.ReadFile(db + ".lock")
	if err != nil || json.Unmarshal(b, &held) != nil {
		return 0, ""
	}
	return held.PID, held.Address
}

// scribe adds people from outside, one command each, until it is stopped. What
// it was told is done has to be there; what it was not told about it repeats.
type scribe struct {
	h       *house
	stop    chan struct{}
	done    sync.WaitGroup
	mu      sync.Mutex
	written []string
	retried int
}

func (s *scribe) run(name string) {
	defer s.done.Done()
	for i := 0; ; i++ {
		who := fmt.Sprintf("%s %d", name, i)
		for told := false; !told; {
			select {
			case <-s.stop:
				return
			default:
			}
			cmd := exec.Command(binary, "import", "people", "-")
			cmd.Env, cmd.Dir, cmd.Stdin = s.h.environ(), s.h.home, strings.NewReader("name,partner\n"+who+",Raytown\n")
			out, err := cmd.CombinedOutput()
			told = err == nil
			s.mu.Lock()
			if told {
				s.written = append(s.written, who)
			} else {
				s.retried++
				if text := string(out); !strings.Contains(text, "closed meanwhile") &&
					!strings.Contains(text, "open since") {
					s.h.t.Errorf("a write fails with: %s", text)
				}
			}
			s.mu.Unlock()
		}
	}
}

// Eight windows on one host; whoever has the file open is killed, again and
// again. Each time another window has it within a second, and nothing that was
// acknowledged is missing in the end.
func TestTheHolderIsKilledAgainAndAgain(t *testing.T) {
	h := newHouse(t)
	h.founded()
	windows := map[int]*terminal{}
	var newest *terminal // the only one that has lost nothing
	open := func() {
		newest = h.open(80, 24).see("Member cities")
		windows[newest.cmd.Process.Pid] = newest
	}
	for range 8 {
		open()
	}
	s := &scribe{h: h, stop: make(chan struct{})}
	for i := range 2 {
		s.done.Add(1)
		go s.run(fmt.Sprintf("Scribe%d", i))
	}
	var longest time.Duration
	for round := range rounds(3, 100) {
		pid, _ := h.holder(h.db())
		x := windows[pid]
		if x == nil {
			t.Fatalf("the file is held by %d, which is none of the windows", pid)
		}
		began := time.Now()
		x.kill(syscall.SIGKILL)
		delete(windows, pid)
		took := h.succeeded(h.db(), pid, began)
		if longest = max(longest, took); took > time.Second {
			t.Errorf("round %d: the next holder takes %v", round, took)
		}
		open()
	}
	close(s.stop)
	s.done.Wait()
	t.Logf("the longest takeover took %v; %d people written, %d times repeated", longest.Round(time.Millisecond),
		len(s.written), s.retried)
	there := map[string]int{}
	for _, p := range h.list("people") {
		there[p["name"].(string)]++
	}
	for _, who := range s.written {
		if there[who] != 1 {
			t.Errorf("%s was acknowledged and is there %d times", who, there[who])
		}
	}
	last, _ := h.holder(h.db()) // while it stays, no other window is told to go on
	order := slices.SortedFunc(maps.Keys(windows), func(a, b int) int {
		return cmp.Compare(boolInt(a == last), boolInt(b == last))
	})
	for _, pid := range order {
		x := windows[pid]
		if x != newest {
			x.see("This window goes on").press("enter").gone("This window goes on")
		}
		x.see("Member cities").press("q").ended()
		if x.screen.IsAltScreen() {
			t.Error("a terminal is left on its other screen")
		}
	}
	if out := h.must("check"); !strings.Contains(out, "sound") {
		t.Error(out)
	}
}

// succeeded waits until another program has the file open and can be joined.
func (h *house) succeeded(db string, old int, since time.Time) time.Duration {
	h.t.Helper()
	deadline, again := time.After(patience), time.NewTicker(2*time.Millisecond)
	defer again.Stop()
	for {
		if pid, address := h.holder(db); pid != 0 && pid != old && address != "" {
			return time.Since(since)
		}
		select {
		case <-again.C:
		case <-deadline:
			h.t.Fatal("nobody takes the file over")
		}
	}
}

// boolInt orders false before true.
func boolInt(b bool) int {
	if b {
		return 1
	}
	return 0
}
