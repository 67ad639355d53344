//go:build unix

package sshd

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net"
	"strings"
	"testing"
	"time"

	"golang.org/x/crypto/ssh"
)

// abuse is something that somebody does to a server until they are stopped.
type abuse struct {
	name string
	run  func(ctx context.Context, b testing.TB, h *house)
}

func abuses() []abuse {
	return []abuse{
		{"nothing", func(ctx context.Context, _ testing.TB, _ *house) { <-ctx.Done() }},
		{"1000 connections without a login", strangers},
		{"10000 keys a second", func(ctx context.Context, b testing.TB, h *house) {
			pester(ctx, b, h, strings.Repeat("jk", 500), 100*time.Millisecond)
		}},
		{"200 resizes a second", resizer},
		{"100 MB pasted", func(ctx context.Context, b testing.TB, h *house) {
			pester(ctx, b, h, pasteStart+strings.Repeat("0123456789abcdef", 100<<16)+pasteEnd, time.Millisecond)
		}},
		{"a terminal that does not read", deaf},
	}
}

// BenchmarkAbuse measures how long twenty honest people wait for an answer to a
// key while somebody abuses the server.
func BenchmarkAbuse(b *testing.B) {
	for _, a := range abuses() {
		b.Run(a.name, func(b *testing.B) {
			h := newHouse(b, Limits{PerGuest: 10_000})
			all := seats(b, h, 20)
			before := resident()
			ctx, cancel := context.WithCancel(context.Background())
			done := make(chan struct{})
			go func() { defer close(done); a.run(ctx, b, h) }()
			b.ResetTimer()
			play(b, all, benchSeconds(), []string{"j", "j", "j", "k", "k"})
			b.ReportMetric(resident()-before, "MB-more")
			cancel()
			<-done
		})
	}
}

// strangers keeps a thousand connections coming that say nothing, or little.
func strangers(ctx context.Context, _ testing.TB, h *house) {
	var open []net.Conn
	for i := 0; ctx.Err() == nil; i++ {
		nc, err := net.Dial("tcp", h.addr)
		if err != nil {
			continue
		}
		if i%2 == 0 {
			io.WriteString(nc, "SSH-2.0-slow\r\n")
		}
		if open = append(open, nc); len(open) > 1000 {
			open[0].Close()
			open = open[1:]
		}
		select {
		case <-ctx.Done():
		case <-time.After(time.Millisecond):
		}
	}
	for _, nc := range open {
		nc.Close()
	}
}

// pester writes the same to a dashboard again and again.
func pester(ctx context.Context, b testing.TB, h *house, what string, every time.Duration) {
	c, err := h.dial(h.guest("pest"))
	if err != nil {
		b.Error(err)
		return
	}
	defer c.Close()
	p := newTypist(b, c) // before it may be hung up on
	stop := context.AfterFunc(ctx, func() { c.Close() })
	defer stop()
	for ctx.Err() == nil {
		if _, err := io.WriteString(p.keys, what); err != nil {
			return
		}
		select {
		case <-ctx.Done():
		case <-time.After(every):
		}
	}
}

func resizer(ctx context.Context, b testing.TB, h *house) {
	c, err := h.dial(h.guest("resizer"))
	if err != nil {
		b.Error(err)
		return
	}
	defer c.Close()
	s, err := c.NewSession()
	if err != nil {
		b.Error(err)
		return
	}
	s.Stdout = io.Discard
	if s.RequestPty("xterm-256color", 40, 120, nil) != nil || s.Shell() != nil {
		b.Error("no dashboard")
		return
	}
	for i := 0; ctx.Err() == nil; i++ {
		if s.WindowChange(20+i%40, 70+i%100) != nil {
			return
		}
		select {
		case <-ctx.Done():
		case <-time.After(5 * time.Millisecond):
		}
	}
}

// deaf asks for much and reads nothing.
func deaf(ctx context.Context, b testing.TB, h *house) {
	h.runs.Store("flood", func(ctx context.Context, c Call) int {
		for ctx.Err() == nil {
			if _, err := c.Stdout.Write(bytes.Repeat([]byte("x"), 1<<16)); err != nil {
				return 1
			}
		}
		return 0
	})
	c, err := h.dial(h.guest("deaf"))
	if err != nil {
		b.Error(err)
		return
	}
	defer c.Close()
	for range 4 {
		s, err := c.NewSession()
		if err != nil {
			b.Error(err)
			return
		}
		if _, err := s.StdoutPipe(); err != nil || s.Start("flood") != nil {
			b.Error("no flood")
			return
		}
	}
	<-ctx.Done()
}

// TestAbuseLeavesRoomForOthers does all of it at once, for a moment: others can
// come in and work.
func TestAbuseLeavesRoomForOthers(t *testing.T) {
	h := newHouse(t, Limits{})
	keep := h.must(h.guest("dana"))
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan string)
	list := abuses()[2:]
	for _, a := range list {
		go func() {
			defer func() { ended <- a.name }() // also when it fails
			a.run(ctx, t, h)
		}()
	}
	x := sit(t, keep, "xterm-256color", 100, 30).see("Needs attention").press("gp").see("Fiscal year")
	for i := range 20 {
		if out, _, status := said(t, keep, "", fmt.Sprint("who ", i)); status != 0 ||
			out != fmt.Sprintf("dana %d\n", i) {
			t.Errorf("%q, exit %d", out, status)
		}
	}
	var late *ssh.Client
	until(t, "a newcomer to get in", func() bool {
		c, err := h.dial(h.guest("latecomer"))
		late = c
		return err == nil
	})
	late.Close()
	x.press("q").ended()
	cancel()
	for range list {
		<-ended
	}
}
