//go:build unix

package sshd

import (
	"bufio"
	"cmp"
	"context"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"golang.org/x/crypto/ssh"
)

// What a key costs is measured on a server in a process of its own, on one core,
// by clients in another, beside a floor: an echo of as many bytes for each key
// over the same library, in a process of its own as well.
//
//	taskset -c 1 go test ./tui/sshd -run '^$' -bench Load -benchtime 1x
//
// The server takes core 0 where there is a taskset, and one core anywhere. It
// takes five minutes; INTERLOCAL_SECONDS makes each phase shorter or longer.

// loadRole says what this process is for the benchmark: "" its clients.
const loadRole = "INTERLOCAL_LOAD"

// TestLoadServer is the process that serves the benchmark; on its own it does
// nothing.
func TestLoadServer(t *testing.T) {
	role, size := os.Getenv(loadRole), 0
	if role == "" {
		t.Skip("it serves the benchmark of the load")
	}
	addr, writing := "", func(int) {}
	if n, _ := fmt.Sscanf(role, "echo %d", &size); n == 1 {
		ln, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		go echo(ln, testKey(t), size)
		addr = ln.Addr().String()
	} else {
		h := newHouse(t, Limits{PerGuest: 10_000, Connections: 10_000, Waiting: 10_000, WaitingFrom: 10_000})
		h.book.anyone = true
		addr = h.addr
		stop := func() {}
		writing = func(perSecond int) {
			stop()
			ctx, cancel := context.WithCancel(context.Background())
			stop = cancel
			go write(ctx, h.st, perSecond)
		}
	}
	fmt.Println("load", addr)
	perSecond := 0
	for in := bufio.NewScanner(os.Stdin); in.Scan(); {
		if n, _ := fmt.Sscanf(in.Text(), "write %d", &perSecond); n == 1 {
			writing(perSecond)
		}
		fmt.Println("load", cpuTime().Microseconds(), resident(), runtime.NumGoroutine())
	}
}

// served is the server of a benchmark, seen from its clients.
type served struct {
	b    *testing.B
	in   io.Writer
	out  *bufio.Scanner
	addr string
}

// serveApart starts the server in a process of its own.
func serveApart(b *testing.B, role string) *served {
	b.Helper()
	args := []string{os.Args[0], "-test.run=^TestLoadServer$", "-test.timeout=20m"}
	if at, err := exec.LookPath("taskset"); err == nil {
		args = append([]string{at, "-c", "0"}, args...)
	}
	if profile := os.Getenv("INTERLOCAL_LOAD_PROFILE"); profile != "" && role == "desk" {
		args = append(args, "-test.cpuprofile="+profile, "-test.mutexprofile="+profile+".mutex")
	}
	cmd := exec.Command(args[0], args[1:]...)
	cmd.Env = append(os.Environ(), loadRole+"="+role, "GOMAXPROCS=1")
	in, err := cmd.StdinPipe()
	if err != nil {
		b.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		b.Fatal(err)
	}
	cmd.Stderr = os.Stderr
	if err := cmd.Start(); err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() {
		in.Close()
		cmd.Wait() // it has been told to end
	})
	s := &served{b: b, in: in, out: bufio.NewScanner(out)}
	s.answer(&s.addr)
	return s
}

// answer reads what the server says next.
func (s *served) answer(into ...any) {
	s.b.Helper()
	for s.out.Scan() {
		if rest, ok := strings.CutPrefix(s.out.Text(), "load "); ok {
			if _, err := fmt.Sscan(rest, into...); err != nil {
				s.b.Fatal(err)
			}
			return
		}
	}
	s.b.Fatal("the server has gone")
}

// mark gives the processor time the server has used and the memory it holds.
func (s *served) mark(ask string) (cpu time.Duration, mb float64) {
	s.b.Helper()
	fmt.Fprintln(s.in, ask)
	var us, goroutines int64
	s.answer(&us, &mb, &goroutines)
	return time.Duration(us) * time.Microsecond, mb
}

// sitDown connects n people.
func (s *served) sitDown(n int) []*typist {
	s.b.Helper()
	key, all := testKey(s.b), make([]*typist, n)
	for i := range all {
		c, err := ssh.Dial("tcp", s.addr, &ssh.ClientConfig{User: fmt.Sprint("user", i),
			Auth: []ssh.AuthMethod{ssh.PublicKeys(key)}, HostKeyCallback: ssh.InsecureIgnoreHostKey()})
		if err != nil {
			s.b.Fatal(err)
		}
		s.b.Cleanup(func() { c.Close() })
		all[i] = newTypist(s.b, c)
	}
	return all
}

// phase is one way of typing.
type phase struct {
	name   string
	every  time.Duration
	writes int
	seats  int                     // of a hundred
	begin  func(i int) []string    // what brings somebody there
	keys   func(i, n int) []string // what is typed over and over
}

func phases() []phase {
	walk := func(int, int) []string { return []string{"j", "j", "j", "k", "k"} }
	tabs := []string{"gp", "gs", "ge", "gc", "gr", "gm", "gp", "ge"}
	mixed := []string{"j", "j", "\x1b[6~", "k", "\x1b[C", "j", "\r", "j", "\x1b", "\x1b[5~", "\x1b[D", "/", "a",
		"\x1b", "j", "k"}
	stay := func(int) []string { return nil }
	half := 500 * time.Millisecond
	return []phase{
		{"partners", half, 0, 100, func(int) []string { return []string{"gp"} }, walk},
		{"people", half, 0, 100, func(int) []string { return []string{"\x1b[C"} }, walk},
		{"held", time.Second / 30, 0, 10, stay,
			func(int, int) []string { return strings.Split(strings.Repeat("j", 60)+strings.Repeat("k", 60), "") }},
		{"writer at 20/s", half, 20, 100, stay, walk},
		{"several tabs", half, 0, 100, func(i int) []string { return []string{tabs[i%len(tabs)]} },
			func(int, int) []string { return mixed }},
	}
}

// typed is what came of a phase.
type typed struct {
	keys, bytes, cpu float64 // bytes and milliseconds a key
	silent           int     // keys in a hundred that no answer came to
	p50, p99, rest   time.Duration
}

// run types for a while.
func (s *served) run(all []*typist, p phase, d time.Duration) typed {
	s.b.Helper()
	all = all[:max(1, len(all)*p.seats/100)]
	for k := range p.begin(0) {
		for i, x := range all {
			io.WriteString(x.keys, p.begin(i)[k])
		}
		time.Sleep(200 * time.Millisecond) // an escape waits for what may follow it
	}
	time.Sleep(time.Second) // what opening a list brings with it is over
	for _, x := range all {
		x.waits, x.ends, x.sent = nil, nil, 0
	}
	cpu, _ := s.mark(fmt.Sprint("write ", p.writes))
	before := received(all)
	var wg sync.WaitGroup
	stop := time.Now().Add(d)
	for i, x := range all {
		wg.Go(func() {
			time.Sleep(p.every * time.Duration(i) / time.Duration(len(all)))
			keys := p.keys(i, 0)
			for n := 0; time.Now().Before(stop); n++ {
				began := time.Now()
				x.within(keys[n%len(keys)], p.every)
				time.Sleep(p.every - time.Since(began))
			}
		})
	}
	wg.Wait()
	after, _ := s.mark("write 0")
	return summed(all, after-cpu, received(all)-before)
}

func received(all []*typist) (n int64) {
	for _, x := range all {
		n += x.bytes.Load()
	}
	return n
}

// summed sums a phase up.
func summed(all []*typist, cpu time.Duration, bytes int64) typed {
	var waits, ends []time.Duration
	sent := 0
	for _, x := range all {
		waits, ends, sent = append(waits, x.waits...), append(ends, x.ends...), sent+x.sent
	}
	slices.Sort(waits)
	slices.Sort(ends)
	at := func(list []time.Duration, percent int) time.Duration {
		if len(list) == 0 {
			return 0
		}
		return list[(len(list)-1)*percent/100]
	}
	n := float64(max(sent, 1))
	return typed{n, float64(bytes) / n, float64(cpu.Microseconds()) / 1000 / n, 100 - 100*len(waits)/max(sent, 1),
		at(waits, 50), at(waits, 99),
		at(ends, 99)}
}

// BenchmarkLoad prints what a key costs the server, and how long it takes, with so
// many people: in each way of typing, beside its floor.
func BenchmarkLoad(b *testing.B) {
	table := "people  typing           keys  bytes/key  cpu ms/key   floor  times    p50     p99  painted  silent" +
		"  MB each\n"
	for _, n := range []int{100, 200, 400, 800} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			desk := serveApart(b, "desk")
			_, before := desk.mark("how")
			all := desk.sitDown(n)
			for _, p := range phases() {
				t := desk.run(all, p, benchSeconds())
				_, mb := desk.mark("how")
				floor := benchFloor(b, n, int(t.bytes), p)
				ms := func(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }
				table += fmt.Sprintf("%6d  %-14s %6.0f %10.0f %11.3f %7.3f %6.1f %6.1f %7.1f %8.1f %6d%% %8.2f\n",
					n, p.name,
					t.keys, t.bytes, t.cpu, floor.cpu, t.cpu/cmp.Or(floor.cpu, 1), ms(t.p50), ms(t.p99), ms(t.rest),
					t.silent,
					(mb-before)/float64(n))
			}
			b.ReportMetric(0, "ns/op")
		})
	}
	fmt.Print(table)
}

// benchFloor types the same at an echo of so many bytes for each key.
func benchFloor(b *testing.B, n, size int, p phase) typed {
	floor := serveApart(b, fmt.Sprint("echo ", max(size, 1)))
	p.begin, p.writes = func(int) []string { return nil }, 0
	p.keys = func(int, int) []string { return []string{"j"} }
	n = max(1, n*p.seats/100)
	p.seats = 100
	return floor.run(floor.sitDown(n), p, benchSeconds()/3)
}
