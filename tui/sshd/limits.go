package sshd

import "time"

// Limits are what one guest, and all together, may take.
type Limits struct {
	Handshake   time.Duration // to log in
	Tries       int           // keys that may be offered in vain
	Waiting     int           // connections that have not logged in, in total
	WaitingFrom int           // and from one address
	Connections int           // guests connected at a time
	PerGuest    int           // connections of one guest
	Sessions    int           // sessions of one connection
	Idle        time.Duration // without a key, whatever is being written
	Longest     time.Duration // of a connection
	Stalled     time.Duration // that a terminal may leave unread what was written
	Paste       int           // bytes of one paste; the rest is left out
	Input       int           // bytes that a command may read
	Heavy       int           // heavy commands at a time
	Command     time.Duration // that a command may take
}

// DefaultLimits suit a city hall's server.
func DefaultLimits() Limits {
	return Limits{
		Handshake: 15 * time.Second, Tries: 20, Waiting: 100, WaitingFrom: 20,
		Connections: 500, PerGuest: 10, Sessions: 4,
		Idle: 30 * time.Minute, Longest: 12 * time.Hour, Stalled: time.Minute,
		Paste: 1 << 20, Input: 32 << 20, Heavy: 2, Command: 10 * time.Minute,
	}
}

// or fills in what has been left open.
func (l Limits) or(d Limits) Limits {
	pick(&l.Handshake, d.Handshake)
	pick(&l.Tries, d.Tries)
	pick(&l.Waiting, d.Waiting)
	pick(&l.WaitingFrom, d.WaitingFrom)
	pick(&l.Connections, d.Connections)
	pick(&l.PerGuest, d.PerGuest)
	pick(&l.Sessions, d.Sessions)
	pick(&l.Idle, d.Idle)
	pick(&l.Longest, d.Longest)
	pick(&l.Stalled, d.Stalled)
	pick(&l.Paste, d.Paste)
	pick(&l.Input, d.Input)
	pick(&l.Heavy, d.Heavy)
	pick(&l.Command, d.Command)
	return l
}

func pick[T int | time.Duration](have *T, usual T) {
	if *have == 0 {
		*have = usual
	}
}
