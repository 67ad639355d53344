package sshd

import (
	"context"
	"errors"
	"net"
	"sync"
	"time"

	"golang.org/x/crypto/ssh"

	"interlocal/model/failure"
)

// conn is a guest's connection.
type conn struct {
	server *Server
	nc     net.Conn
	ssh    *ssh.ServerConn
	guest  Guest
	from   string
	since  time.Time
	local  bool // the account that has the file open
	here   bool // some account of this machine
	full   string

	ctx    context.Context // ends with the connection
	cancel context.CancelFunc
	idle   *time.Timer
	rest   time.Duration // without a key, before it ends

	mu       sync.Mutex
	sessions map[*session]struct{}
	opened   int // sessions, ended ones as well
	ending   *ending
	running  sync.WaitGroup
}

// ending is how a connection is being ended.
type ending struct {
	words  string
	status int
}

// Exit codes of sessions. An unsaid one is not told: the other end goes on by
// itself.
const (
	failed = 1
	unsaid = -1
)

// shortVisit is how long somebody stays of whom a line says what they did, and none
// that they have gone.
const shortVisit = 10 * time.Second

// never is longer than anything lasts.
const never = time.Duration(1<<63 - 1)

// endGrace is how long a connection that is being ended has to take leave.
const endGrace = 2 * time.Second

// answer serves one connection to its end.
func (s *Server) answer(nc net.Conn, d Door, at *waiter, port string) {
	defer nc.Close()
	ready, proof, err := s.login(nc, d, at.from)
	told := s.gate.leave(at, err == nil)
	s.mu.Lock()
	delete(s.early, nc)
	s.mu.Unlock()
	if err != nil {
		if !told {
			s.refusals.add(proof.refusal(err, d, at.from, port))
		}
		return
	}
	c, chans, reqs := ready.conn, ready.channels, ready.requests
	go refuseAll(reqs)
	if !s.enlist(c) {
		return
	}
	defer s.strike(c)
	s.visits.tell(c.guest.Identity.User, "connected", "name", c.guest.Identity.Name, "from", c.from)
	c.rest = s.Limits.Idle
	most := s.Limits.Longest
	if c.local {
		c.rest, most = never, never // one's own window stays as long as one likes
	}
	c.idle = time.AfterFunc(c.rest, func() {
		c.end("You have been away for a while; connect again to go on.", failed)
	})
	longest := time.AfterFunc(most, func() {
		c.end("You have been connected for a long day; connect again to go on.", failed)
	})
	unused := time.AfterFunc(s.Limits.Handshake, func() {
		if c.used() == 0 {
			c.nc.Close() // whoever logs in wants something
		}
	})
	for open := range chans {
		c.open(open)
	}
	c.cancel()
	c.idle.Stop()
	longest.Stop()
	unused.Stop()
	c.running.Wait()
	if stayed := time.Since(c.since); stayed > shortVisit {
		s.visits.tell(c.guest.Identity.User, "gone", "for", stayed.Round(time.Second).String())
	}
}

// refuseAll answers what is asked of a connection as a whole: forwarding, for
// the most part, and whether anybody is there.
func refuseAll(reqs <-chan *ssh.Request) {
	for r := range reqs {
		if r.WantReply {
			r.Reply(false, nil) // the connection may have gone
		}
	}
}

// enlist counts a connection in, and finds out whether there is room for it.
// One too many stays long enough to be told so.
func (s *Server) enlist(c *conn) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.over {
		return false
	}
	own := 0
	for other := range s.conns {
		if other.guest.Login == c.guest.Login && other.guest.Identity.User == c.guest.Identity.User {
			own++
		}
	}
	switch {
	case len(s.conns) >= s.Limits.Connections:
		c.full = "The server is full; try again in a moment."
	case own >= s.Limits.PerGuest && !c.local:
		c.full = "You are connected too many times; close a window and try again."
	}
	s.conns[c] = struct{}{}
	return true
}

func (s *Server) strike(c *conn) {
	c.cancel()
	s.mu.Lock()
	delete(s.conns, c)
	s.mu.Unlock()
}

// open answers the wish for a channel: sessions are all there is.
func (c *conn) open(wish ssh.NewChannel) {
	if kind := wish.ChannelType(); kind != "session" {
		wish.Reject(ssh.Prohibited, "interlocal forwards nothing; it has a dashboard and commands only")
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.ending != nil || len(c.sessions) >= c.server.Limits.Sessions {
		wish.Reject(ssh.ResourceShortage, "this connection has as many sessions as it may; make another connection")
		return
	}
	ch, reqs, err := wish.Accept()
	if err != nil {
		return
	}
	s := newSession(c, ch)
	c.sessions[s] = struct{}{}
	c.opened++
	c.running.Add(1)
	go func() {
		defer c.running.Done()
		s.serve(reqs)
		c.mu.Lock()
		delete(c.sessions, s)
		c.mu.Unlock()
	}()
}

func (c *conn) used() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.opened
}

// end ends all sessions, which say the words, and then the connection.
func (c *conn) end(words string, status int) {
	c.mu.Lock()
	if c.ending != nil {
		c.mu.Unlock()
		return
	}
	c.ending = &ending{words, status}
	c.mu.Unlock()
	c.cancel()
	cut := time.AfterFunc(endGrace, func() { c.nc.Close() })
	go func() {
		c.running.Wait()
		cut.Stop()
		c.ssh.Close()
	}()
}

// lastWords is how sessions are being ended; nil while they are not.
func (c *conn) lastWords() *ending {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.ending
}

// sentence gives the words of an error that a guest may read.
func sentence(err error) string {
	var e *failure.Error
	if errors.As(err, &e) {
		return e.Message
	}
	return "this did not work; ask whoever runs the server"
}
