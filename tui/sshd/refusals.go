package sshd

import (
	"errors"
	"io"
	"log/slog"
	"net"
	"sync"
	"time"

	"golang.org/x/crypto/ssh"
)

// refusal is somebody who was not let in.
type refusal struct {
	code       string // one of the codes below, which stay as they are
	from, port string
	user       string // the name that was tried
	key        string // fingerprint of the last key that was offered
	reason     string
}

// Codes of refusals, for programs that read the log.
const (
	refusedKey      = "key"      // none of the keys offered may come in
	refusedNone     = "nothing"  // no key was offered
	refusedAccount  = "account"  // the account of this machine may not come in
	refusedLate     = "late"     // the time to log in was over
	refusedLeft     = "left"     // the other end hung up
	refusedCrowded  = "crowded"  // it made room for somebody else
	refusedProtocol = "protocol" // what came was no SSH, or of another kind
)

// codeOf tells why a login came to nothing.
func codeOf(err error, d Door, offered bool) string {
	var auth *ssh.ServerAuthError
	var timeout net.Error
	switch {
	case offered:
		return refusedKey
	case d != Network:
		return refusedAccount
	case errors.As(err, &auth):
		return refusedNone
	case errors.As(err, &timeout) && timeout.Timeout():
		return refusedLate
	case errors.Is(err, io.EOF), errors.Is(err, net.ErrClosed):
		return refusedLeft
	}
	return refusedProtocol
}

// refusals tells the log who was not let in: an address at once the first time,
// and then once a minute with how many there were, so that nobody fills a disk by
// knocking.
type refusals struct {
	log *slog.Logger
	now func() time.Time

	mu     sync.Mutex
	told   map[string]*knocking
	latest Refused
}

// knocking is an address that has been refused lately.
type knocking struct {
	since time.Time // of the last line
	last  refusal
	more  int // since that line
}

const (
	tellEvery     = time.Minute
	mostAddresses = 500
	elsewhere     = "elsewhere" // addresses beyond those that are told one by one
)

func newRefusals(log *slog.Logger, now func() time.Time) *refusals {
	return &refusals{log: log, now: now, told: map[string]*knocking{}}
}

// add notes a refusal.
func (r *refusals) add(x refusal) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.latest = Refused{At: r.now(), Code: x.code, From: x.from, User: cut(x.user), Times: r.latest.Times + 1}
	at := x.from
	if r.told[at] == nil && len(r.told) >= mostAddresses {
		at = elsewhere
	}
	k := r.told[at]
	if k == nil {
		r.told[at] = &knocking{since: r.now()}
		r.tell(x, 1)
		return
	}
	if k.more == 0 || x.key != "" || k.last.key == "" { // who hangs up in between hides no key that was tried
		k.last = x
	}
	k.more++
	r.due(k)
}

// sweep tells what has been waiting for its minute, and forgets who has stopped.
func (r *refusals) sweep() {
	r.mu.Lock()
	defer r.mu.Unlock()
	for at, k := range r.told {
		if k.more == 0 && r.now().Sub(k.since) >= tellEvery {
			delete(r.told, at)
			continue
		}
		r.due(k)
	}
}

func (r *refusals) due(k *knocking) {
	if k.more > 0 && r.now().Sub(k.since) >= tellEvery {
		r.tell(k.last, k.more)
		k.since, k.more = r.now(), 0
	}
}

func (r *refusals) tell(x refusal, times int) {
	r.log.Warn("not let in", "code", x.code, "from", x.from, "port", x.port, "user", x.user, "key", x.key,
		"times", times, "reason", x.reason)
}

// visits tells the log what guests do: of each a line at a time, and from so many a
// minute on only how many more there were, so that nobody fills a disk by coming and
// going.
type visits struct {
	log *slog.Logger
	now func() time.Time

	mu sync.Mutex
	by map[string]*minute
}

// minute is what was told of a guest since then.
type minute struct {
	since time.Time
	lines int
}

// mostLines is how many lines of one guest a minute has.
const mostLines = 40

func newVisits(log *slog.Logger, now func() time.Time) *visits {
	return &visits{log: log, now: now, by: map[string]*minute{}}
}

// tell notes what a guest does.
func (v *visits) tell(user, words string, more ...any) {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.over(user)
	if v.by[user] == nil {
		v.by[user] = &minute{since: v.now()}
	}
	if v.by[user].lines++; v.by[user].lines <= mostLines {
		v.log.Info(words, append([]any{"user", user}, more...)...)
	}
}

// sweep tells what has been waiting for its minute.
func (v *visits) sweep() {
	v.mu.Lock()
	defer v.mu.Unlock()
	for user := range v.by {
		v.over(user)
	}
}

// over ends a guest's minute when it is over.
func (v *visits) over(user string) {
	m := v.by[user]
	if m == nil || v.now().Sub(m.since) < tellEvery {
		return
	}
	if m.lines > mostLines {
		v.log.Info("came and went", "user", user, "more", m.lines-mostLines)
	}
	delete(v.by, user)
}
