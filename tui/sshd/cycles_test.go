package sshd

import (
	"os"
	"runtime"
	"sync"
	"testing"
)

// long reports whether the long proofs are to be run.
func long() bool { return os.Getenv("INTERLOCAL_LONG") != "" }

// TestComingAndGoingLeavesNothing connects and disconnects in every way there
// is: quitting, closing the connection, cutting it, and leaving before a login.
func TestComingAndGoingLeavesNothing(t *testing.T) {
	h := newHouse(t, Limits{PerGuest: 1000, WaitingFrom: 1000, Waiting: 1000})
	key := h.guest("dana")
	cycle := func(i int) {
		if i%5 == 4 {
			waiting(t, h.addr, 1)[0].Close()
			return
		}
		c, err := h.dial(key)
		if err != nil {
			t.Error(err)
			return
		}
		defer c.Close()
		if i%5 == 3 {
			return
		}
		s, err := c.NewSession()
		if err != nil {
			t.Error(err)
			return
		}
		if i%5 == 2 {
			s.Output("who")
			return
		}
		keys, _ := s.StdinPipe()
		out, _ := s.StdoutPipe()
		if s.RequestPty("xterm", 24, 80, nil) != nil || s.Shell() != nil {
			t.Error("no dashboard")
			return
		}
		out.Read(make([]byte, 100))
		if i%5 == 1 {
			keys.Write([]byte("gpjjjjjjj")) // and away, with keys under way
			return
		}
		keys.Write([]byte("q"))
		s.Wait()
	}
	cycles := func(n int) {
		var wg sync.WaitGroup
		for w := range 8 {
			wg.Go(func() {
				for i := range n / 8 {
					cycle(i + w)
				}
			})
		}
		wg.Wait()
		until(t, "everybody to be gone", func() bool { return len(h.server.Connected()) == 0 })
	}
	cycles(80) // what is made once is made
	goroutines := runtime.NumGoroutine()
	heap := live()
	n := 200
	if long() {
		n = 10_000
	}
	cycles(n)
	until(t, "all goroutines to end", func() bool { return runtime.NumGoroutine() <= goroutines+3 })
	if grown := live() - heap; grown > 4<<20 {
		t.Errorf("%d cycles leave %d KB behind", n, grown>>10)
	}
}

// live is what the heap holds when all that can go has gone.
func live() int64 {
	var m runtime.MemStats
	runtime.GC()
	runtime.GC()
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}
