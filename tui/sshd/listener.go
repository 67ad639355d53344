package sshd

import (
	"net"
	"sync"
)

// Door says how those who come through a listener prove who they are.
type Door int

// The doors.
const (
	// Network is a door for anybody: a public key proves who somebody is.
	Network Door = iota
	// Private is a Unix socket for the account that has the file open.
	Private
	// Machine is a Unix socket for all accounts of this machine.
	Machine
)

// gate counts those who have not logged in. It is asked before a byte has been
// read.
type gate struct {
	mu    sync.Mutex
	total int
	from  map[string]int
}

// enter lets a connection wait for its login, if there is room.
func (g *gate) enter(who string, l Limits) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.total >= l.Waiting || g.from[who] >= l.WaitingFrom {
		return false
	}
	if g.from == nil {
		g.from = map[string]int{}
	}
	g.total++
	g.from[who]++
	return true
}

// leave makes the room free again.
func (g *gate) leave(who string) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.total--
	if g.from[who]--; g.from[who] <= 0 {
		delete(g.from, who)
	}
}

// address names where a connection comes from, without its port. Addresses of
// one IPv6 network count as one, since a single host has all of them.
func address(nc net.Conn) string {
	host, _, err := net.SplitHostPort(nc.RemoteAddr().String())
	if err != nil {
		return "this machine"
	}
	ip := net.ParseIP(host)
	if ip == nil || ip.To4() != nil {
		return host
	}
	return ip.Mask(net.CIDRMask(64, 128)).String() + "/64"
}
