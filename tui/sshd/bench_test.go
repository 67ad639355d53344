//go:build unix

package sshd

import (
	"fmt"
	"io"
	"net"
	"os"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"golang.org/x/crypto/ssh"
)

// The benchmarks of abuse and of idleness run the server and its clients in one
// process; what a key costs is measured apart from its clients, in load_test.go.
//
// INTERLOCAL_SECONDS says how long each phase takes (8 unless told).

func cpuTime() time.Duration {
	var u syscall.Rusage
	syscall.Getrusage(syscall.RUSAGE_SELF, &u) // of ourselves; cannot fail
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

func benchSeconds() time.Duration {
	if n, err := strconv.Atoi(os.Getenv("INTERLOCAL_SECONDS")); err == nil && n > 0 {
		return time.Duration(n) * time.Second
	}
	return 8 * time.Second
}

// typist presses a key every half second and measures how long the answer takes.
type typist struct {
	keys  io.Writer
	bytes atomic.Int64
	seen  chan struct{}
	last  atomic.Int64 // when the latest bytes came
	waits []time.Duration
	ends  []time.Duration // until the last byte of an answer
	sent  int
}

func newTypist(b testing.TB, c *ssh.Client) *typist {
	b.Helper()
	s, err := c.NewSession()
	if err != nil {
		b.Fatal(err)
	}
	p := &typist{seen: make(chan struct{}, 1)}
	if p.keys, err = s.StdinPipe(); err != nil {
		b.Fatal(err)
	}
	out, err := s.StdoutPipe()
	if err != nil {
		b.Fatal(err)
	}
	if err := s.RequestPty("xterm-256color", 40, 120, ssh.TerminalModes{}); err != nil {
		b.Fatal(err)
	}
	if err := s.Shell(); err != nil {
		b.Fatal(err)
	}
	go func() {
		buf := make([]byte, 32<<10)
		for {
			n, err := out.Read(buf)
			p.bytes.Add(int64(n))
			p.last.Store(time.Now().UnixNano())
			select {
			case p.seen <- struct{}{}:
			default:
			}
			if err != nil {
				return
			}
		}
	}()
	return p
}

// key presses a key and waits for the answer.
func (p *typist) key(k string) {
	select {
	case <-p.seen:
	default:
	}
	at := time.Now()
	io.WriteString(p.keys, k)
	select {
	case <-p.seen:
		p.waits = append(p.waits, time.Since(at))
	case <-time.After(5 * time.Second):
		p.waits = append(p.waits, 5*time.Second)
	}
	p.sent++
}

// within presses a key, waits for the answer and then until all of it has come:
// for as long as there is before the next key.
func (p *typist) within(k string, every time.Duration) {
	select {
	case <-p.seen:
	default:
	}
	at := time.Now()
	io.WriteString(p.keys, k)
	p.sent++
	select {
	case <-p.seen:
		p.waits = append(p.waits, time.Since(at))
	case <-time.After(every * 9 / 10):
		return // nothing has changed, or it is late: the next key measures that
	}
	time.Sleep(every*9/10 - time.Since(at))
	p.ends = append(p.ends, time.Duration(p.last.Load()-at.UnixNano()))
}

// play has all typists type for a while, each in their own time.
func play(b *testing.B, all []*typist, d time.Duration, keys []string) {
	b.Helper()
	runtime.GC()
	cpu := cpuTime()
	var bytes int64
	for _, p := range all {
		bytes -= p.bytes.Load()
	}
	var wg sync.WaitGroup
	const every = 500 * time.Millisecond
	stop := time.Now().Add(d)
	for i, p := range all {
		wg.Add(1)
		go func() {
			defer wg.Done()
			time.Sleep(every * time.Duration(i) / time.Duration(len(all)))
			for n := 0; time.Now().Before(stop); n++ {
				began := time.Now()
				p.key(keys[n%len(keys)])
				time.Sleep(every - time.Since(began))
			}
		}()
	}
	wg.Wait()
	cpu = cpuTime() - cpu
	var waits []time.Duration
	sent := 0
	for _, p := range all {
		bytes += p.bytes.Load()
		waits = append(waits, p.waits...)
		sent += p.sent
	}
	slices.Sort(waits)
	ms := func(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }
	b.ReportMetric(ms(cpu)/float64(sent), "cpu-ms/key")
	b.ReportMetric(ms(waits[len(waits)/2]), "p50-ms")
	b.ReportMetric(ms(waits[len(waits)*99/100]), "p99-ms")
	b.ReportMetric(float64(bytes)/float64(sent), "bytes/key")
	b.ReportMetric(0, "ns/op")
}

func resident() float64 {
	data, _ := os.ReadFile("/proc/self/statm") // elsewhere there is none
	fields := strings.Fields(string(data))
	if len(fields) < 2 {
		return 0
	}
	pages, _ := strconv.ParseFloat(fields[1], 64)
	return pages * float64(os.Getpagesize()) / 1e6
}

// seats fills a server with people who are looking at a list.
func seats(b *testing.B, h *house, n int) []*typist {
	b.Helper()
	all := make([]*typist, n)
	for i := range all {
		key := h.guest(fmt.Sprintf("user%d", i))
		all[i] = newTypist(b, h.must(key))
	}
	for _, p := range all {
		p.key("gp")
		p.key("\x1b[C")
		p.waits, p.sent = nil, 0
	}
	time.Sleep(time.Second) // what opening a list brings with it is over
	return all
}

func echo(ln net.Listener, key ssh.Signer, size int) {
	config := &ssh.ServerConfig{NoClientAuth: true}
	config.AddHostKey(key)
	answer := make([]byte, size)
	for {
		nc, err := ln.Accept()
		if err != nil {
			return
		}
		go func() {
			_, chans, reqs, err := ssh.NewServerConn(nc, config)
			if err != nil {
				return
			}
			go refuseAll(reqs)
			for wish := range chans {
				ch, reqs, err := wish.Accept()
				if err != nil {
					return
				}
				go func() {
					for r := range reqs {
						if r.WantReply {
							r.Reply(true, nil)
						}
					}
				}()
				go func() {
					buf := make([]byte, 256)
					for {
						if _, err := ch.Read(buf); err != nil {
							return
						}
						ch.Write(answer)
					}
				}()
			}
		}()
	}
}

// BenchmarkIdle measures what people cost who look and do nothing.
func BenchmarkIdle(b *testing.B) {
	h := newHouse(b, Limits{PerGuest: 10_000, Connections: 10_000, Waiting: 10_000, WaitingFrom: 10_000})
	seats(b, h, 100)
	cpu := cpuTime()
	b.ResetTimer()
	time.Sleep(benchSeconds())
	b.ReportMetric(100*float64(cpuTime()-cpu)/float64(benchSeconds())/100, "%core/session")
	b.ReportMetric(0, "ns/op")
}
