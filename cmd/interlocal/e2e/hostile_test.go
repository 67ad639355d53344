//go:build unix

package e2e

import (
	"context"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"golang.org/x/crypto/ssh"
)

// heldOver is how many MB more than at rest the server may hold whatever is sent.
const heldOver = 300

// Every command, in every role, with hostile and huge input: others work on, memory
// has a bound, and the log does not grow by what is sent. The short run takes a few
// of them that read the most.
func TestEveryCommandBearsHostileInput(t *testing.T) {
	c := newCrew(t)
	inputs := hostile(t, int64(rounds(5, 80)))
	names := slices.Sorted(maps.Keys(inputs))
	rest, _ := c.memory()
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	waits := c.honest(ctx)
	var lines []string
	if rounds(0, 1) > 0 {
		lines = c.words()
	}
	runs, kept := 0, map[string]*ssh.Client{}
	one := func(role, line, input string, in io.Reader) {
		began := time.Now()
		if kept[role] == nil {
			kept[role] = c.join(role)
		}
		if command(kept[role], line, in, io.Discard) < 0 {
			kept[role].Close()
			kept[role] = nil
		}
		runs++
		if took := time.Since(began); took > 20*time.Second {
			t.Errorf("%s: %.60q takes %v with %s", role, line, took, input)
		}
	}
	huge := strings.Repeat("A", 30<<10)
	for i, line := range lines {
		for j, role := range roles() {
			input, how := names[(i+j)%len(names)], " -"
			if (i+j)%2 == 0 {
				how = " - --dry-run"
			}
			one(role, line+how, input, inputs[input]())
			if odd := " 'a\x00\x1b[31m\u202e' --json"; (i+j)%2 == 0 {
				one(role, line+odd, "odd words", strings.NewReader(""))
			} else {
				one(role, line+" "+huge, "a huge word", strings.NewReader(""))
			}
		}
	}
	for i, name := range names { // what is taken in is read whole
		for _, line := range []string{"import people - --dry-run", "import all - --dry-run", "match solve",
			"import reservations -", "rates import - --dry-run"} {
			if i%rounds(5, 1) == 0 {
				one("admin", line, name, inputs[name]())
			}
		}
	}
	cancel()
	all := waits()
	_, most := c.memory()
	log, sent := int64(len(c.log())), c.sent.Load()
	t.Logf("%d runs of %d commands: %d MB at rest, %d at most; others' keys: %d, p50 %v, p99 %v; log %s", runs,
		len(lines),
		rest, most, len(all), percent(all, 50), percent(all, 99), ratio(log, sent))
	if most-rest > heldOver {
		t.Errorf("the server holds %d MB over %d", most-rest, rest)
	}
	if log*20 > sent {
		t.Errorf("the log grows by %s", ratio(log, sent))
	}
	if p99 := percent(all, 99); os.Getenv("INTERLOCAL_LONG") != "" && p99 > 100*time.Millisecond {
		t.Errorf("others wait %v for a key", p99)
	}
	if s := c.asks(c.join("admin")); s.Server.Running != 0 || s.Server.Waiting != 0 {
		t.Errorf("left behind: %+v", s.Server)
	}
}

// works are the commands that take long, each with an input that keeps it at work.
func works() map[string]func(c *ssh.Client) int {
	busy := func(line string, in func() io.Reader) func(*ssh.Client) int {
		return func(c *ssh.Client) int { return command(c, line, in(), io.Discard) }
	}
	nothing := func() io.Reader { return strings.NewReader("") }
	rows := func() io.Reader { // comes slowly and has no end
		r, w := io.Pipe()
		go func() {
			_, err := io.WriteString(w, "name,partner\n")
			for i := 0; err == nil; i++ {
				time.Sleep(time.Millisecond)
				_, err = fmt.Fprintf(w, "Dana %d,Raytown\n", i)
			}
		}()
		return r
	}
	var list strings.Builder
	list.WriteString("name,partner\n")
	for i := range 49_000 {
		fmt.Fprintf(&list, "Dana %d,Raytown\n", i)
	}
	many := func() io.Reader { return strings.NewReader(list.String()) }
	return map[string]func(*ssh.Client) int{
		"import": busy("import people -", many), "an import that does not end": busy("import people -", rows),
		"rehearsal":                   busy("import people - --dry-run", many),
		"a rehearsal without an end":  busy("import all - --dry-run", rows),
		"report":                      busy("report briefing --format docx", nothing),
		"export":                      busy("export all --format json", nothing),
		"match":                       busy("match solve", problem),
		"a match of a problem's edge": busy("match solve", func() io.Reader { return endless("[", 3<<20) }),
	}
}

// problem is one that no solver ends with in its time.
func problem() io.Reader {
	var b strings.Builder
	const people = 300
	b.WriteString(`{"slots":4,"seconds":300,"people":[`)
	for i := range people {
		fmt.Fprintf(&b, `{"id":"p%d","org":"o%d","role":"both"},`, i, i%7)
	}
	edges := strings.Builder{}
	for i := range people {
		for j := range 20 {
			fmt.Fprintf(&edges, `{"visitor":"p%d","host":"p%d","half":%d,"full":%d},`, i, (i*7+j*13+1)%people,
				100+(i*31+j*17)%97, 150+(i*13+j*29)%89)
		}
	}
	return strings.NewReader(strings.TrimSuffix(b.String(), ",") + `],"edges":[` +
		strings.TrimSuffix(edges.String(), ",") + "]}")
}

// What somebody has asked for ends with their connection, within a second.
func TestWorkEndsWithItsClient(t *testing.T) {
	c := newCrew(t)
	admin := c.join("admin")
	list := works()
	for i, name := range slices.Sorted(maps.Keys(list)) {
		if i%rounds(3, 1) != 0 {
			continue
		}
		work := list[name]
		client, nc, err := c.dial("coordinator")
		if err != nil {
			t.Fatal(err)
		}
		ended := make(chan struct{})
		go func() { defer close(ended); work(client) }()
		for deadline := time.Now().Add(patience); c.asks(admin).Server.Running == 0; {
			select {
			case <-ended: // it was quick
				client, nc, err = c.dial("coordinator")
				if err != nil {
					t.Fatal(err)
				}
				ended = make(chan struct{})
				go func() { defer close(ended); work(client) }()
			default:
			}
			if time.Now().After(deadline) {
				t.Logf("%s is never seen at work", name)
				break
			}
		}
		nc.Close()
		began := time.Now()
		for c.asks(admin).Server.Running > 0 && time.Since(began) < patience {
			time.Sleep(5 * time.Millisecond) // it is asked, not waited for
		}
		took := time.Since(began)
		t.Logf("%s: gone after %v", name, took.Round(time.Millisecond))
		if took > time.Second {
			t.Errorf("%s goes on for %v after its client has left", name, took)
		}
		<-ended
	}
}

// The server ends within five seconds of being told to, whatever it is doing.
func TestSIGTERMEndsWhateverIsDone(t *testing.T) {
	c := newCrew(t)
	list := works()
	list["dashboard"] = func(client *ssh.Client) int {
		s, err := client.NewSession()
		if err != nil || s.RequestPty("xterm", 24, 80, nil) != nil || s.Shell() != nil {
			return -1
		}
		s.Wait() // until the server has gone
		return -1
	}
	names := slices.Sorted(maps.Keys(list))
	for i, name := range names {
		if i%rounds(5, 1) != 0 {
			continue
		}
		busy := make(chan struct{})
		for range 3 {
			client := c.join("coordinator")
			go func() {
				defer client.Close()
				for list[name](client) >= 0 { // again, until the server has gone
					select {
					case busy <- struct{}{}:
					default:
					}
				}
			}()
		}
		select {
		case <-busy:
		case <-time.After(300 * time.Millisecond):
		}
		began := time.Now()
		code := c.stop(syscall.SIGTERM)
		took := time.Since(began)
		t.Logf("%s: ended after %v, exit %d", name, took.Round(time.Millisecond), code)
		if took > 5*time.Second {
			t.Errorf("during %s it takes %v to end", name, took)
		}
		c.again()
	}
	if out := c.must("--db", filepath.Join(c.home, "story.db"), "check"); !strings.Contains(out, "sound") {
		t.Error(out)
	}
}
