package sshd

import (
	"bytes"
	"io"
	"sync"
	"time"
)

// outflow is the way to a terminal. What is written by several arrives in whole
// pieces, and a terminal that does not read for too long is given up.
type outflow struct {
	mu      sync.Mutex
	to      io.Writer
	patient time.Duration
	giveUp  func()
	timer   *time.Timer
}

func newOutflow(to io.Writer, patient time.Duration, giveUp func()) *outflow {
	return &outflow{to: to, patient: patient, giveUp: giveUp}
}

// Write writes all of b, or waits in vain.
func (o *outflow) Write(b []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.timer == nil {
		o.timer = time.AfterFunc(o.patient, o.giveUp)
	} else {
		o.timer.Reset(o.patient)
	}
	defer o.timer.Stop()
	return o.to.Write(b)
}

// rawLines makes the line ends of plain text those of a terminal that does not
// turn them.
type rawLines struct{ to io.Writer }

// Write writes b with a carriage return before each line feed.
func (r rawLines) Write(b []byte) (int, error) {
	if _, err := r.to.Write(bytes.ReplaceAll(b, []byte("\n"), []byte("\r\n"))); err != nil {
		return 0, err
	}
	return len(b), nil
}

// allowance is how many keys a terminal may send: a burst, and then so many a
// second. More wait where they are, in the network.
type allowance struct {
	left float64
	at   time.Time
}

const (
	burst     = 4096 // bytes: a page typed or pasted without marks is nobody's fault
	perSecond = 1000
	perPaste  = 4 << 20 // a marked paste is one event, however long
)

// wait gives how long to wait before taking more input, having taken n bytes at
// a time; within a paste bytes are cheap.
func (a *allowance) wait(now time.Time, n int, pasting bool) time.Duration {
	rate, full := float64(perSecond), float64(burst)
	cost := float64(n)
	if pasting {
		cost *= perSecond / float64(perPaste)
	}
	if a.at.IsZero() {
		a.left = full
	} else {
		a.left = min(full, a.left+now.Sub(a.at).Seconds()*rate)
	}
	a.at = now
	a.left -= cost
	if a.left >= 0 {
		return 0
	}
	return time.Duration(-a.left / rate * float64(time.Second))
}
