//go:build unix

package e2e

import (
	"context"
	"io"
	"net"
	"os"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// flooded keeps so many connections to the server that say nothing, from so many
// addresses, until the context ends.
func (c *crew) flooded(ctx context.Context, size, addresses int) (ended func()) {
	var open atomic.Int64
	var all sync.WaitGroup
	for i := range size {
		d := net.Dialer{LocalAddr: &net.TCPAddr{IP: net.IPv4(127, 0, 1, byte(1+i%addresses))}}
		all.Go(func() {
			for ctx.Err() == nil {
				nc, err := d.DialContext(ctx, "tcp", "127.0.0.1:"+c.port)
				if err != nil {
					pause(ctx, 10*time.Millisecond)
					continue
				}
				open.Add(1)
				n, _ := io.WriteString(nc, "SSH-2.0-x\r\n") // it may have been cut
				c.sent.Add(int64(n))
				stop := context.AfterFunc(ctx, func() { nc.Close() })
				io.Copy(io.Discard, nc)
				stop()
				nc.Close()
			}
		})
	}
	for open.Load() < int64(2*size) && ctx.Err() == nil {
		pause(ctx, time.Millisecond)
	}
	return all.Wait
}

// While two thousand connections come again and again, whoever has a key comes in. In
// the short run package sshd sees to it.
func TestHonestPeopleSignInUnderSiege(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("other systems have one loopback address")
	}
	if rounds(0, 1) == 0 {
		t.Skip("it takes the long run")
	}
	c := newCrew(t)
	people := 200
	for _, addresses := range []int{1, 50} {
		ctx, cancel := context.WithCancel(t.Context())
		before := len(c.log())
		c.sent.Store(0)
		ended := c.flooded(ctx, 2000, addresses)
		late, slowest := 0, time.Duration(0)
		for i := range people {
			began := time.Now()
			client, _, err := c.dial(roles()[i%len(roles())])
			took := time.Since(began)
			if slowest = max(slowest, took); err != nil || took > 2*time.Second {
				late++
			}
			if err == nil {
				client.Close()
			}
		}
		log, sent := int64(len(c.log())-before), c.sent.Load()
		cancel()
		ended()
		t.Logf("from %d addresses: %d of %d late or turned away, the slowest %v; log %s", addresses, late, people,
			slowest.Round(time.Millisecond), ratio(log, sent))
		if late*100 > people {
			t.Errorf("from %d addresses: %d of %d were late or turned away", addresses, late, people)
		}
	}
}

// visit is one of the ways of coming and going in a day.
func (c *crew) visit(i int) {
	if i%8 == 7 {
		if nc, err := net.Dial("tcp", "127.0.0.1:"+c.port); err == nil {
			nc.Close()
		}
		return
	}
	client, nc, err := c.dial(roles()[i%len(roles())])
	if err != nil {
		c.t.Error(err)
		return
	}
	defer client.Close()
	in := io.Reader(strings.NewReader(""))
	lines := []string{"list people", "export equipment --format csv", "report directory", "import people -", "key"}
	switch n := i % 8; {
	case n < 5:
		if n == 3 {
			in = strings.NewReader("name,partner,note\nDana Reyes,Raytown,seen " + time.Now().String() + "\n")
		}
		command(client, lines[n], in, io.Discard)
		return
	}
	s, err := client.NewSession()
	if err != nil {
		c.t.Error(err)
		return
	}
	keys, _ := s.StdinPipe()
	out, _ := s.StdoutPipe()
	if s.RequestPty("xterm", 24, 80, nil) != nil || s.Shell() != nil {
		c.t.Error("no dashboard")
		return
	}
	out.Read(make([]byte, 100))
	io.WriteString(keys, "gpjjjgejj")
	if i%8 == 6 {
		nc.Close() // cut, with keys under way
		return
	}
	go io.Copy(io.Discard, out)
	io.WriteString(keys, "q")
	s.Wait()
}

// A day of coming and going, 10,000 times in the long run, leaves nothing behind.
func TestADayLeavesNothingBehind(t *testing.T) {
	c := newCrew(t)
	admin := c.join("admin")
	cycles := func(n int) {
		var all sync.WaitGroup
		for w := range 8 {
			all.Go(func() {
				for i := range n / 8 {
					c.visit(i + w)
				}
			})
		}
		all.Wait()
	}
	settled := func() (goroutines, files int) {
		for deadline := time.Now().Add(patience); ; {
			s := c.asks(admin)
			if s.Server.People == 1 || time.Now().After(deadline) {
				return s.Server.Goroutines, c.descriptors()
			}
			time.Sleep(10 * time.Millisecond) // it is asked, not waited for
		}
	}
	cycles(rounds(16, 2000)) // what is made once is made
	goroutines, files := settled()
	memory, _ := c.memory()
	cycles(rounds(24, 10_000))
	g, f := settled()
	m, most := c.memory()
	t.Logf("goroutines %d and %d, descriptors %d and %d, memory %d and %d MB, at most %d; log %s", goroutines, g, files,
		f, memory, m, most, ratio(int64(len(c.log())), c.sent.Load()))
	if g > goroutines+5 || f > files+5 {
		t.Errorf("goroutines %d became %d, descriptors %d became %d", goroutines, g, files, f)
	}
	if os.Getenv("INTERLOCAL_LONG") != "" && m > memory+60 {
		t.Errorf("memory %d MB became %d", memory, m)
	}
}
