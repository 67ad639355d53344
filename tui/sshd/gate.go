package sshd

import (
	"math"
	"net"
	"sync"
	"time"
)

// gate holds the connections that have not logged in. There is always room for
// one more from an address that has few: who has most there makes it. Nobody who
// signs in takes longer than a moment, and a flood is what stays, so that one of
// the flood's goes. It is asked before a byte has been read.
type gate struct {
	limits Limits
	now    func() time.Time
	draw   func(n int) int // a number below n, by chance

	mu      sync.Mutex
	total   int
	from    map[string][]*waiter
	records map[string]*record
}

// waiter is a connection that has not logged in.
type waiter struct {
	from string
	cut  func() // closes it
	out  bool   // it has been told to make room
}

// record is what an address is known for.
type record struct {
	fines float64 // logins that came to nothing, the older the less
	at    time.Time
	known time.Time // the last login
}

const (
	fading      = time.Minute         // in which a fine is worth half
	fineStep    = 10                  // fines that halve, and so on, how many may wait
	remembered  = 30 * 24 * time.Hour // that an address with a login is known
	mostRecords = 10_000
)

// newGate makes a gate; draw picks one of n by chance.
func newGate(l Limits, now func() time.Time, draw func(int) int) *gate {
	return &gate{limits: l, now: now, draw: draw, from: map[string][]*waiter{}, records: map[string]*record{}}
}

// recall takes up from which addresses somebody signed in before the server began.
func (g *gate) recall(known map[string]time.Time) {
	g.mu.Lock()
	defer g.mu.Unlock()
	for host, at := range known {
		if r := g.record(addressOf(host)); at.After(r.known) {
			r.known = at
		}
	}
}

// enter lets a connection wait for its login. When there is no room, another one
// is cut; it is given back so that its end can be told.
func (g *gate) enter(who string, cut func()) (w, madeRoom *waiter) {
	g.mu.Lock()
	defer g.mu.Unlock()
	w = &waiter{from: who, cut: cut}
	switch {
	case len(g.from[who]) >= g.most(who):
		madeRoom = g.anyOf(g.from[who])
	case g.total >= g.room(who):
		madeRoom = g.fromTheFullest()
	}
	if madeRoom != nil {
		madeRoom.out = true
		g.remove(madeRoom)
		g.fine(madeRoom.from)
		madeRoom.cut()
	}
	g.total++
	g.from[who] = append(g.from[who], w)
	return w, madeRoom
}

// leave takes a connection from the gate: it has logged in, or it has not and
// counts against its address for a while. It reports whether it had made room for
// another one.
func (g *gate) leave(w *waiter, in bool) (madeRoom bool) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if !w.out {
		g.remove(w)
	}
	switch {
	case in:
		r := g.record(w.from)
		r.known, r.fines = g.now(), 0
	case !w.out: // which has been counted
		g.fine(w.from)
	}
	return w.out
}

// most is how many of an address may wait at a time: fewer, the more logins from
// there came to nothing lately. An address with a login counts no fines, since a
// whole town hall may stand behind it.
func (g *gate) most(who string) int {
	r := g.records[who]
	if r == nil || g.isKnown(who) {
		return g.limits.WaitingFrom
	}
	return max(1, int(float64(g.limits.WaitingFrom)/(1+g.faded(r)/fineStep)))
}

// room is how many may wait in all; a quarter more for addresses with a login.
func (g *gate) room(who string) int {
	if g.isKnown(who) {
		return g.limits.Waiting + (g.limits.Waiting+3)/4
	}
	return g.limits.Waiting
}

func (g *gate) isKnown(who string) bool {
	r := g.records[who]
	return who == thisMachine || r != nil && !r.known.IsZero() && g.now().Sub(r.known) < remembered
}

// fromTheFullest picks one of the address with most at the gate, by chance where
// several have as many. Addresses with a login come last.
func (g *gate) fromTheFullest() *waiter {
	var fullest []*waiter
	for _, spared := range []bool{true, false} {
		n := 0
		for who, here := range g.from {
			switch {
			case spared && g.isKnown(who) || len(here) < n:
			case len(here) > n:
				n, fullest = len(here), append([]*waiter(nil), here...)
			default:
				fullest = append(fullest, here...)
			}
		}
		if len(fullest) > 0 {
			break
		}
	}
	return g.anyOf(fullest)
}

func (g *gate) anyOf(some []*waiter) *waiter {
	if len(some) == 0 {
		return nil
	}
	return some[g.draw(len(some))]
}

func (g *gate) remove(w *waiter) {
	here := g.from[w.from]
	for i := range here {
		if here[i] == w {
			g.total--
			here[i] = here[len(here)-1]
			g.from[w.from] = here[:len(here)-1]
			break
		}
	}
	if len(g.from[w.from]) == 0 {
		delete(g.from, w.from)
	}
}

func (g *gate) fine(who string) {
	r := g.record(who)
	r.fines, r.at = g.faded(r)+1, g.now()
}

// faded is what fines are worth by now.
func (g *gate) faded(r *record) float64 {
	return r.fines * math.Exp2(-g.now().Sub(r.at).Minutes()/fading.Minutes())
}

// record finds what an address is known for, and begins it.
func (g *gate) record(who string) *record {
	r := g.records[who]
	if r != nil {
		return r
	}
	if len(g.records) >= mostRecords {
		g.forget()
	}
	r = &record{at: g.now()}
	g.records[who] = r
	return r
}

// forget makes room for records: what has faded goes, and if that is not enough,
// whatever else. A tenth is free afterwards, so that it is seldom done.
func (g *gate) forget() {
	for other, old := range g.records {
		if g.faded(old) < 0.5 && !g.isKnown(other) {
			delete(g.records, other)
		}
	}
	for other := range g.records {
		if len(g.records) < mostRecords*9/10 {
			return
		}
		if !g.isKnown(other) {
			delete(g.records, other)
		}
	}
}

// thisMachine is where a connection through a Unix socket comes from.
const thisMachine = "this machine"

// address names where a connection comes from, and its port. Addresses of one
// IPv6 network count as one, since a single host has all of them.
func address(nc net.Conn) (who, port string) {
	host, port, err := net.SplitHostPort(nc.RemoteAddr().String())
	if err != nil {
		return thisMachine, ""
	}
	return addressOf(host), port
}

func addressOf(host string) string {
	ip := net.ParseIP(host)
	if ip == nil || ip.To4() != nil {
		return host
	}
	return ip.Mask(net.CIDRMask(64, 128)).String() + "/64"
}
