package sshd

import (
	"context"
	"errors"
	"log/slog"
	"math/rand/v2"
	"net"
	"slices"
	"sync"
	"time"

	tea "charm.land/bubbletea/v2"
	"golang.org/x/crypto/ssh"

	"interlocal/model/failure"
	"interlocal/store"
)

// Options are what a server needs.
type Options struct {
	Store     *store.Store
	Directory Directory
	HostKey   ssh.Signer
	// Dashboard makes the dashboard of a visit; closing lets go of it.
	Dashboard func(ctx context.Context, v Visit) (dashboard tea.Model, closing func())
	// Screen tells a command that has a screen of its own, which Dashboard makes
	// where there is a terminal; nil when there is none.
	Screen func(args []string) bool
	// Heavy tells a command that may take long or much; such commands wait for their
	// turn. Nil is none.
	Heavy func(args []string) bool
	// Run carries out a command and gives its exit code.
	Run    func(ctx context.Context, c Call) int
	Log    *slog.Logger // nil is silence
	Limits Limits       // what is zero is as in [DefaultLimits]
	// Known are the addresses from which somebody has signed in before, and when.
	Known map[string]time.Time
}

// Server answers SSH for one open file.
type Server struct {
	Options
	gate     *gate
	refusals *refusals
	visits   *visits
	turns    *turns

	mu     sync.Mutex
	conns  map[*conn]struct{}
	early  map[net.Conn]struct{} // those that have not logged in
	over   bool
	lasts  sync.WaitGroup // connections and listeners
	closed chan struct{}
	ends   []net.Listener
}

// New makes a server. One that does not know who may come in, or that cannot
// prove who it is itself, is not made.
func New(o Options) (*Server, error) {
	if o.Directory == nil || o.HostKey == nil || o.Store == nil || o.Dashboard == nil || o.Run == nil {
		return nil, failure.New(failure.Unusable, "a server needs a directory of its guests and a host key; it will "+
			"not run open to all")
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	o.Log = slog.New(brief{o.Log.Handler()})
	o.Limits = o.Limits.or(DefaultLimits())
	s := &Server{Options: o, gate: newGate(o.Limits, time.Now, rand.IntN), refusals: newRefusals(o.Log, time.Now),
		visits: newVisits(o.Log, time.Now), turns: newTurns(o.Limits.Heavy), conns: map[*conn]struct{}{},
		early: map[net.Conn]struct{}{}, closed: make(chan struct{})}
	s.gate.recall(o.Known)
	s.lasts.Add(1)
	go s.watch()
	return s, nil
}

// Serve lets guests in through a door until the server is shut down. It takes
// the listener over.
func (s *Server) Serve(ln net.Listener, d Door) error {
	s.mu.Lock()
	if s.over {
		s.mu.Unlock()
		return ln.Close()
	}
	s.ends = append(s.ends, ln)
	s.lasts.Add(1)
	s.mu.Unlock()
	defer s.lasts.Done()
	for {
		nc, err := ln.Accept()
		if err != nil {
			if errors.Is(err, net.ErrClosed) {
				return nil
			}
			s.Log.Warn("a connection could not be taken", "error", err)
			select {
			case <-s.closed:
				return nil
			case <-time.After(50 * time.Millisecond): // no more files can be open, most likely
				continue
			}
		}
		s.admit(nc, d)
	}
}

// admit lets a connection wait for its login.
func (s *Server) admit(nc net.Conn, d Door) {
	who, port := address(nc)
	waiter, madeRoom := s.gate.enter(who, func() { nc.Close() })
	if madeRoom != nil {
		s.refusals.add(refusal{code: refusedCrowded, from: madeRoom.from, reason: "made room for another connection"})
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.over {
		s.gate.leave(waiter, true)
		nc.Close()
		return
	}
	s.lasts.Add(1)
	s.early[nc] = struct{}{}
	go func() {
		defer s.lasts.Done()
		s.answer(nc, d, waiter, port)
	}()
}

// Connected lists who is connected, the earliest first.
func (s *Server) Connected() []Visitor {
	s.mu.Lock()
	defer s.mu.Unlock()
	var out []Visitor
	for c := range s.conns {
		out = append(out, Visitor{Guest: c.guest, From: c.from, Since: c.since, Local: c.local})
	}
	slices.SortFunc(out, func(a, b Visitor) int { return a.Since.Compare(b.Since) })
	return out
}

// State is how a server is doing.
type State struct {
	Running int      `json:"running"` // heavy commands
	Waiting int      `json:"waiting"` // those that wait for their turn
	Knocks  int      `json:"knocks"`  // connections that have not signed in yet
	Refused *Refused `json:"refused"` // the last who was not let in; nil when everybody was
}

// Refused is somebody who was not let in, and how many there were so far.
type Refused struct {
	At    time.Time `json:"at"`
	Code  string    `json:"code"`
	From  string    `json:"from"`
	User  string    `json:"user"` // the name that was tried
	Times int       `json:"times"`
}

// State tells how the server is doing.
func (s *Server) State() State {
	var out State
	out.Running, out.Waiting = s.turns.state()
	s.mu.Lock()
	out.Knocks = len(s.early)
	s.mu.Unlock()
	s.refusals.mu.Lock()
	defer s.refusals.mu.Unlock()
	if last := s.refusals.latest; last.Times > 0 {
		out.Refused = &last
	}
	return out
}

// End ends all connections of a users record, and tells its terminals why.
func (s *Server) End(login uint64, why string) {
	for _, c := range s.all() {
		if c.guest.Login == login {
			c.end(why, failed)
		}
	}
}

func (s *Server) all() []*conn {
	s.mu.Lock()
	defer s.mu.Unlock()
	out := make([]*conn, 0, len(s.conns))
	for c := range s.conns {
		out = append(out, c)
	}
	return out
}

// watch looks again at who is connected whenever users have changed: someone who
// may no longer come in is shown out.
func (s *Server) watch() {
	defer s.lasts.Done()
	w := s.Store.Watch()
	defer w.Close()
	minute := time.NewTicker(tellEvery)
	defer minute.Stop()
	for {
		select {
		case <-s.closed:
			return
		case <-minute.C:
			s.refusals.sweep()
			s.visits.sweep()
		case n, open := <-w.C():
			if !open {
				return
			}
			if n.Reload || slices.Contains(n.Kinds, "users") || slices.Contains(n.Kinds, "partners") {
				s.lookAgain()
			}
		}
	}
}

func (s *Server) lookAgain() {
	for _, c := range s.all() {
		if err := s.Directory.Again(c.guest); err != nil {
			s.Log.Info("shown out", "user", c.guest.Identity.User, "from", c.from)
			c.end(sentence(err), failed)
		}
	}
}

// Handover, as a notice, says nothing to terminals and gives no exit status: the
// programs at the other ends go on by themselves.
const Handover = ""

// Shutdown ends all connections and waits until they have gone; after the
// context's end they are cut, and what does not end even then is left behind:
// a command that hangs keeps no server from ending. The notice is said on every
// terminal. The server takes no more guests.
func (s *Server) Shutdown(ctx context.Context, notice string) {
	s.mu.Lock()
	first := !s.over
	s.over = true
	ends := s.ends
	s.ends = nil
	for nc := range s.early {
		nc.Close()
	}
	s.mu.Unlock()
	if first {
		close(s.closed)
	}
	for _, ln := range ends {
		ln.Close()
	}
	status := failed
	if notice == Handover {
		status = unsaid
	}
	for _, c := range s.all() {
		c.end(notice, status)
	}
	gone := make(chan struct{})
	go func() {
		s.lasts.Wait()
		close(gone)
	}()
	select {
	case <-gone:
	case <-ctx.Done():
		left := s.all()
		for _, c := range left {
			c.nc.Close()
		}
		s.Log.Warn("ended before all was done", "connections", len(left))
	}
}
