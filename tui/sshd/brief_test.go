package sshd

import (
	"bufio"
	"bytes"
	"errors"
	"log/slog"
	"net"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"golang.org/x/crypto/ssh"
)

// mostLine bounds a line of the log in bytes, names, times and escapes of the
// format included.
const mostLine = 1200

// pages is a log that a test reads while it is written.
type pages struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (p *pages) Write(b []byte) (int, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.b.Write(b)
}

func (p *pages) text() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.b.String()
}

// plainLines fails for lines that are long or hold what a terminal acts on.
func plainLines(t *testing.T, log string) {
	t.Helper()
	for line := range strings.Lines(log) {
		line = strings.TrimSuffix(line, "\n")
		bad := func(r rune) bool { return r == utf8.RuneError || !unicode.IsPrint(r) }
		if len(line) > mostLine || strings.ContainsFunc(line, bad) {
			t.Errorf("a line of %d bytes: %.300q", len(line), line)
		}
	}
}

// hostile are values that a client may send.
func hostile() []string {
	return []string{strings.Repeat("a", 256<<10), strings.Repeat("\x1b]0;owned\a", 1000),
		"two\nlines=\"x\" level=ERROR msg=forged",
		strings.Repeat("\u202e", 5000), strings.Repeat("\xff", 5000),
		strings.Repeat("é", 5000), "\u009b31m\x00", strings.Repeat("\"\\", 5000)}
}

func TestLinesOfTheLogAreShortAndPlain(t *testing.T) {
	for _, s := range hostile() {
		var text, json bytes.Buffer
		for _, to := range []slog.Handler{slog.NewTextHandler(&text, nil), slog.NewJSONHandler(&json, nil)} {
			log := slog.New(brief{to})
			log.Info(s, "user", s, "error", errors.New(s))
			log.With("from", s).WithGroup("g").Warn("x", "n", 3)
		}
		for _, log := range []string{text.String(), json.String()} {
			plainLines(t, log)
			if strings.Count(log, "\n") != 2 || !strings.Contains(log, "3") {
				t.Errorf("%.20q is %d lines: %.300q", s, strings.Count(log, "\n"), log)
			}
		}
	}
}

func TestWhatIsShortStaysAsItIs(t *testing.T) {
	var b bytes.Buffer
	slog.New(brief{slog.NewTextHandler(&b, nil)}).Info("gone", "user", "José Ñandú", "for", "3s", "status", 2)
	if !strings.HasSuffix(b.String(), "msg=gone user=\"José Ñandú\" for=3s status=2\n") {
		t.Error(b.String())
	}
	if got := cut(strings.Repeat("x", 300)); got != strings.Repeat("x", mostLogged)+"… (140 bytes more)" {
		t.Error(got)
	}
}

// TestStrangersFillNoLog: whatever those without a key send as their version,
// their algorithms or their name, an address leaves one short line a minute.
func TestStrangersFillNoLog(t *testing.T) {
	log := new(pages)
	h := newLoggedHouse(t, Limits{}, slog.New(slog.NewTextHandler(log, nil)))
	for _, s := range hostile() {
		name := s[:min(len(s), 200<<10)]
		stranger := &ssh.ClientConfig{User: name, Auth: []ssh.AuthMethod{ssh.PublicKeys(testKey(t))},
			HostKeyCallback: ssh.InsecureIgnoreHostKey(),
			Config:          ssh.Config{KeyExchanges: []string{ssh.KeyExchangeCurve25519}}}
		if _, err := ssh.Dial("tcp", h.addr, stranger); err == nil {
			t.Fatal("a stranger is let in")
		}
		nc, err := net.Dial("tcp", h.addr)
		if err != nil {
			t.Fatal(err)
		}
		nc.Write([]byte("SSH-2.0-" + s + "\r\n")) // the server may hang up in the middle
		nc.Write(slices.Concat([]byte{0, 0, 0x20, 0, 4, 20}, bytes.Repeat([]byte("k"), 0x2000)))
		bufio.NewReader(nc).ReadString(0) // until it hangs up
		nc.Close()
	}
	until(t, "an empty gate",
		func() bool { h.server.gate.mu.Lock(); defer h.server.gate.mu.Unlock(); return h.server.gate.total == 0 })
	plainLines(t, log.text())
	if n := strings.Count(log.text(), "\n"); n != 1 {
		t.Errorf("%d lines for %d connections", n, 2*len(hostile()))
	}
}

func TestWhoIsRefusedIsToldOnceAMinute(t *testing.T) {
	log, now := new(pages), time.Unix(0, 0)
	r := newRefusals(slog.New(brief{slog.NewTextHandler(log, nil)}), func() time.Time { return now })
	for range 50 {
		for _, s := range hostile() {
			r.add(refusal{code: refusedKey, from: "203.0.113.9", port: "50022", user: s, key: s, reason: s})
			r.add(refusal{code: refusedLeft, from: "2001:db8::/64"})
		}
	}
	if n := strings.Count(log.text(), "\n"); n != 2 {
		t.Fatalf("%d lines", n)
	}
	now = now.Add(time.Minute)
	r.sweep()
	plainLines(t, log.text())
	lines := strings.Split(strings.TrimSpace(log.text()), "\n")
	more := strconv.Itoa(50*len(hostile()) - 1)
	if len(lines) != 4 || !strings.Contains(lines[2], "times="+more) || !strings.Contains(lines[3], "times="+more) {
		t.Errorf("%q", lines)
	}
	now = now.Add(time.Minute)
	if r.sweep(); len(r.told) != 0 {
		t.Errorf("%d addresses are kept", len(r.told))
	}
	for i := range 2 * mostAddresses {
		r.add(refusal{code: refusedLeft, from: strconv.Itoa(i)})
	}
	if n := strings.Count(log.text(), "\n"); n != 4+mostAddresses+1 || len(r.told) != mostAddresses+1 {
		t.Errorf("%d lines, %d addresses", n, len(r.told))
	}
}

// Whoever comes and goes all the time has so many lines a minute, and then a count.
func TestComingAndGoingFillsNoLog(t *testing.T) {
	var b strings.Builder
	now := time.Unix(1_800_000_000, 0)
	v := newVisits(slog.New(slog.NewTextHandler(&b, nil)), func() time.Time { return now })
	for range 1000 {
		v.tell("user#1", "connected")
	}
	v.tell("user#2", "connected")
	if n := strings.Count(b.String(), "\n"); n != mostLines+1 {
		t.Errorf("%d lines of a thousand", n)
	}
	now = now.Add(tellEvery)
	v.sweep()
	v.tell("user#1", "connected")
	if n := strings.Count(b.String(), "\n"); n != mostLines+3 || !strings.Contains(b.String(), "more=960") {
		t.Errorf("%d lines: %s", n, b.String()[max(0, b.Len()-300):])
	}
}
