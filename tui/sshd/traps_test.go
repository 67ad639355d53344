package sshd

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"golang.org/x/crypto/ssh"

	"interlocal/model/access"
	"interlocal/model/failure"
	"interlocal/model/field"
	"interlocal/model/partnership"
	"interlocal/store"
)

// until waits for something to become true.
func until(t testing.TB, what string, ok func() bool) {
	t.Helper()
	deadline, again := time.After(patience), time.NewTicker(2*time.Millisecond)
	defer again.Stop()
	for !ok() {
		select {
		case <-again.C:
		case <-deadline:
			buf := make([]byte, 1<<20)
			t.Fatalf("%s does not come about\n%s", what, buf[:runtime.Stack(buf, true)])
		}
	}
}

func TestAServerThatIsOpenToAllIsNotMade(t *testing.T) {
	if _, err := New(Options{HostKey: testKey(t), Store: storyStore(t),
		Run: func(context.Context, Call) int { return 0 }}); failure.CodeOf(err) != failure.Unusable {
		t.Errorf("a server without a directory: %v", err)
	}
}

// borrowed is a key whose public half is somebody else's.
type borrowed struct {
	ssh.Signer
	public ssh.PublicKey
}

func (b borrowed) PublicKey() ssh.PublicKey { return b.public }

func TestOnlyTheKeyThatProvedItselfCounts(t *testing.T) {
	h := newHouse(t, Limits{})
	dana, lee := h.guest("dana"), h.guest("leeash")
	if _, err := h.dial(borrowed{lee, dana.PublicKey()}); err == nil {
		t.Fatal("somebody came in with the public half of a key")
	}
	if n := h.book.asked["proved"]; n != 0 {
		t.Errorf("a key that was only offered counted %d times", n)
	}
	if out, _, _ := said(t, h.must(lee), "", "who"); out != "leeash \n" {
		t.Errorf("whoever proved lee's key is %q", out)
	}
}

func TestAWrongKeyIsToldSo(t *testing.T) {
	h := newHouse(t, Limits{})
	var told string
	asked := ssh.KeyboardInteractive(func(_, _ string, questions []string, _ []bool) ([]string, error) {
		t.Errorf("somebody is asked %q", questions)
		return nil, nil
	})
	client := func(keys ...ssh.Signer) error {
		told = ""
		c, err := ssh.Dial("tcp", h.addr,
			&ssh.ClientConfig{User: "x", Auth: []ssh.AuthMethod{ssh.PublicKeys(keys...), asked},
				HostKeyCallback: ssh.InsecureIgnoreHostKey(),
				BannerCallback:  func(m string) error { told += m; return nil }})
		if err == nil {
			c.Close()
		}
		return err
	}
	if err := client(testKey(t)); err == nil || told != "interlocal: this key is not on record.\r\n" {
		t.Errorf("%v, told %q", err, told)
	}
	if err := client(); err == nil || !strings.Contains(told, "ssh-keygen -t ed25519") {
		t.Errorf("without a key: %v, told %q", err, told)
	}
	if err := client(testKey(t), testKey(t), h.guest("dana")); err != nil || told != "" {
		t.Errorf("with the right key behind others: %v, told %q", err, told)
	}
	for _, auth := range []ssh.AuthMethod{ssh.Password("secret"), ssh.KeyboardInteractive(nil)} {
		if _, err := ssh.Dial("tcp", h.addr, &ssh.ClientConfig{User: "x", Auth: []ssh.AuthMethod{auth},
			HostKeyCallback: ssh.InsecureIgnoreHostKey()}); err == nil {
			t.Error("somebody came in without a key")
		}
	}
}

func TestAsManyKeysMayBeOfferedAsAnAgentHolds(t *testing.T) {
	h := newHouse(t, Limits{Tries: 8})
	right := h.guest("dana")
	try := func(wrong int) error {
		var keys []ssh.Signer
		for range wrong {
			keys = append(keys, testKey(t))
		}
		c, err := ssh.Dial("tcp", h.addr,
			&ssh.ClientConfig{User: "x", Auth: []ssh.AuthMethod{ssh.PublicKeys(append(keys, right)...)},
				HostKeyCallback: ssh.InsecureIgnoreHostKey()})
		if err == nil {
			c.Close()
		}
		return err
	}
	if err := try(7); err != nil {
		t.Errorf("the eighth key is refused: %v", err)
	}
	if try(8) == nil {
		t.Error("a ninth key was taken")
	}
}

func TestWhoeverDoesNotLogInIsClosed(t *testing.T) {
	h := newHouse(t, Limits{Handshake: 50 * time.Millisecond})
	for _, first := range []string{"", "SSH-2.0-slow\r\n", "GET / HTTP/1.1\r\n\r\n"} {
		nc, err := net.Dial("tcp", h.addr)
		if err != nil {
			t.Fatal(err)
		}
		defer nc.Close()
		io.WriteString(nc, first)
		nc.SetReadDeadline(time.Now().Add(patience))
		if _, err := io.Copy(io.Discard, nc); err != nil && !strings.Contains(err.Error(), "reset") {
			t.Errorf("after %q: %v", first, err)
		}
	}
	until(t, "room at the gate",
		func() bool { h.server.gate.mu.Lock(); defer h.server.gate.mu.Unlock(); return h.server.gate.total == 0 })
}

// waiting makes connections that say nothing.
func waiting(t testing.TB, addr string, n int) (open []net.Conn) {
	t.Helper()
	for range n {
		nc, err := net.Dial("tcp", addr)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { nc.Close() })
		open = append(open, nc)
	}
	return open
}

func TestThoseWhoHaveNotLoggedInAreCounted(t *testing.T) {
	h := newHouse(t, Limits{WaitingFrom: 3, Waiting: 5})
	key := h.guest("dana")
	open := waiting(t, h.addr, 3)
	total := func() int { h.server.gate.mu.Lock(); defer h.server.gate.mu.Unlock(); return h.server.gate.total }
	until(t, "three at the gate", func() bool { return total() == 3 })
	h.must(key)
	until(t, "one has made room and one has logged in", func() bool { return total() == 2 })
	for _, nc := range open {
		nc.Close()
	}
	until(t, "an empty gate", func() bool { return total() == 0 })
}

func TestOneTooMany(t *testing.T) {
	h := newHouse(t, Limits{PerGuest: 2, Connections: 3, Sessions: 2})
	dana := h.guest("dana")
	first, _ := h.must(dana), h.must(dana)
	connected := func(n int) { until(t, "connections", func() bool { return len(h.server.Connected()) == n }) }
	connected(2)
	if out, errs, status := said(t, h.must(dana), "", "who"); out != "" || status != 1 ||
		!strings.Contains(errs, "too many times") {
		t.Errorf("a third connection: %q %q exit %d", out, errs, status)
	}
	connected(3)
	if _, errs, status := said(t, h.must(h.guest("leeash")), "", "who"); status != 1 ||
		!strings.Contains(errs, "full") {
		t.Errorf("a full server: %q exit %d", errs, status)
	}
	sit(t, first, "xterm", 80, 24)
	sit(t, first, "xterm", 80, 24)
	if _, err := first.NewSession(); err == nil || !strings.Contains(err.Error(), "as many sessions") {
		t.Errorf("a third session: %v", err)
	}
}

func TestIdlenessEndsASessionThatIsWrittenTo(t *testing.T) {
	h := newHouse(t, Limits{Idle: 700 * time.Millisecond})
	x := sit(t, h.must(h.guest("dana")), "xterm-256color", 100, 30).see("Needs attention")
	ctx, cancel := context.WithCancel(context.Background())
	var writing sync.WaitGroup
	writing.Go(func() { write(ctx, h.st, 50) })
	defer writing.Wait()
	defer cancel()
	if code := x.ended(); code != 1 || !strings.Contains(x.written(), "You have been away for a while") {
		t.Errorf("exit %d", code)
	}
}

func TestADayIsLongEnough(t *testing.T) {
	h := newHouse(t, Limits{Longest: 300 * time.Millisecond})
	x := sit(t, h.must(h.guest("dana")), "xterm-256color", 100, 30)
	if code := x.ended(); code != 1 || !strings.Contains(x.written(), "a long day") {
		t.Errorf("exit %d: %q", code, x.written())
	}
}

func TestWhatIsRefused(t *testing.T) {
	h := newHouse(t, Limits{})
	c := h.must(h.guest("dana"))
	for _, kind := range []string{"direct-tcpip", "direct-streamlocal@openssh.com", "tun@openssh.com", "x11"} {
		if _, _, err := c.OpenChannel(kind, nil); err == nil || !strings.Contains(err.Error(), "forwards nothing") {
			t.Errorf("%s: %v", kind, err)
		}
	}
	for _, wish := range []string{"tcpip-forward", "streamlocal-forward@openssh.com"} {
		if ok, _, err := c.SendRequest(wish, true, nil); ok || err != nil {
			t.Errorf("%s is granted: %v", wish, err)
		}
	}
	s, err := c.NewSession()
	if err != nil {
		t.Fatal(err)
	}
	for range 5000 {
		if err := s.Setenv("LD_PRELOAD", "x"); err == nil {
			t.Fatal("an environment is taken")
		}
	}
	for _, wish := range []string{"auth-agent-req@openssh.com", "x11-req", "unheard-of"} {
		if ok, err := s.SendRequest(wish, true, nil); ok || err != nil {
			t.Errorf("%s is granted: %v", wish, err)
		}
	}
	errs, err := s.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := s.RequestSubsystem("sftp"); err != nil {
		t.Error(err)
	}
	if b, err := io.ReadAll(errs); err != nil || !strings.Contains(string(b), "hands out no files") {
		t.Errorf("file transfer is told %q, %v", b, err)
	}
	for _, line := range []string{"scp -t /etc/passwd", "sh -i", "/bin/ls", "bash -c id", "rsync --server"} {
		if _, errs, status := said(t, c, "", line); status != 1 || !strings.Contains(errs, "its own commands") {
			t.Errorf("%s: %q, exit %d", line, errs, status)
		}
	}
}

func TestManyResizesEndAtTheLast(t *testing.T) {
	h := newHouse(t, Limits{})
	c := h.must(h.guest("dana"))
	x := sit(t, c, "xterm-256color", 100, 30).see("Needs attention")
	for i := range 4000 {
		if err := x.session.WindowChange(18+i%40, 60+i%100); err != nil {
			t.Fatal(err)
		}
	}
	x.mu.Lock()
	x.screen.Resize(90, 25)
	x.mu.Unlock()
	for _, odd := range [][2]uint32{{0, 0}, {1 << 31, 1 << 31}, {90, 25}} {
		payload := ssh.Marshal(struct{ Columns, Rows, Width, Height uint32 }{odd[0], odd[1], 0, 0})
		if _, err := x.session.SendRequest("window-change", false, payload); err != nil {
			t.Fatal(err)
		}
	}
	x.until("the last size", func() bool {
		lines := strings.Split(x.text(), "\n")
		return len(lines) >= 25 && strings.Contains(lines[24], "quit") && strings.Contains(lines[0], "◆")
	})
	x.press("q").ended()
}

// A guest who does not read is let go, and nobody else waits for them.
func TestWhoeverDoesNotReadIsLetGo(t *testing.T) {
	h := newHouse(t, Limits{Stalled: 200 * time.Millisecond})
	h.runs.Store("flood", func(ctx context.Context, c Call) int {
		b := bytes.Repeat([]byte("x"), 1<<16)
		for range 1000 {
			if _, err := c.Stdout.Write(b); err != nil {
				return 1
			}
		}
		return 0
	})
	deaf := h.must(h.guest("deaf-one"))
	s, err := deaf.NewSession()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.StdoutPipe(); err != nil { // and never read it
		t.Fatal(err)
	}
	if err := s.Start("flood"); err != nil {
		t.Fatal(err)
	}
	x := sit(t, h.must(h.guest("dana")), "xterm-256color", 100, 30).see("Needs attention")
	deaf.Wait()
	x.press("gp").see("Fiscal year").press("q").ended()
	until(t, "the deaf one to be gone", func() bool { return len(h.server.Connected()) == 1 })
}

// While a terminal takes a picture no other is kept for it.
func TestASlowTerminalGetsTheNewestPicture(t *testing.T) {
	in, out := io.Pipe()
	asked := make(chan struct{}, 1)
	p := newPainter(out, func() { asked <- struct{}{} })
	go p.run()
	made := 0
	view := func() (rows []byte, v tea.View) { made++; return fmt.Append(nil, "picture ", made), v }
	for range 1000 {
		p.show(view)
	}
	if made != 1 {
		t.Errorf("%d pictures were made for a terminal that reads none", made)
	}
	go io.Copy(io.Discard, in)
	<-asked
	if p.show(view); made != 2 {
		t.Errorf("%d pictures were made", made)
	}
	p.stop()
}

func TestAPasteIsBounded(t *testing.T) {
	h := newHouse(t, Limits{})
	x := sit(t, h.must(h.guest("dana")), "xterm-256color", 100, 30).see("Needs attention")
	x.press("gp").see("Fiscal year").press("\x1b[C").see("People").press("a").see("New person")
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	megabytes := 16
	if long() {
		megabytes = 100
	}
	x.press("\x1b[200~")
	piece := strings.Repeat("0123456789abcdef", 1<<16)
	for range megabytes {
		x.press(piece)
	}
	x.press("\x1b[201~").see("0123456789abcdef")
	runtime.GC()
	runtime.ReadMemStats(&after)
	if grown := int64(after.HeapAlloc) - int64(before.HeapAlloc); grown > 24<<20 {
		t.Errorf("a paste of %d MB holds %d MB", megabytes, grown>>20)
	}
	x.press("\x1b").until("leaving", func() bool { return true })
}

func TestAPasteWhoseEndIsLostEndsByEscape(t *testing.T) {
	h := newHouse(t, Limits{})
	x := sit(t, h.must(h.guest("dana")), "xterm-256color", 100, 30).see("Needs attention")
	x.press("gp").see("Fiscal year").press("\x1b[C").see("People").press("a").see("New person")
	x.press("\x1b[200~Oak Street").press("\x1b").see("Oak Street")
	x.press("!").see("Oak Street!")
}

func TestRevocationEndsLiveSessions(t *testing.T) {
	h := newHouse(t, Limits{})
	key := h.guest("dana")
	x := sit(t, h.must(key), "xterm-256color", 100, 30).see("Needs attention")
	other := sit(t, h.must(h.guest("leeash")), "xterm-256color", 100, 30).see("Needs attention")
	h.book.strike(key.PublicKey())
	_, err := h.st.Update(context.Background(), access.Alone("admin"), store.Op{Title: "revoke"},
		func(tx *store.Tx) error {
			p := *field.Get(tx, partnership.PartnerID(1)) // as any change of users does
			p.Note += " "
			p.Note += "x"
			_, err := field.Put(tx, &p)
			return err
		})
	if err != nil {
		t.Fatal(err)
	}
	if code := x.ended(); code != 1 || !strings.Contains(x.written(), "Your key has been taken off the list.") {
		t.Errorf("exit %d", code)
	}
	other.press("gp").see("Fiscal year")
	h.server.End(uint64(len("leeash")), "You have been disabled.")
	if code := other.ended(); code != 1 || !strings.Contains(other.written(), "You have been disabled.") {
		t.Errorf("exit %d", code)
	}
}

func TestShutdownTellsEverybody(t *testing.T) {
	h := newHouse(t, Limits{})
	x := sit(t, h.must(h.guest("dana")), "xterm-256color", 100, 30).see("Needs attention")
	h.runs.Store("wait", func(ctx context.Context, c Call) int { <-ctx.Done(); return 1 })
	s, err := h.must(h.guest("leeash")).NewSession()
	if err != nil {
		t.Fatal(err)
	}
	var errs bytes.Buffer
	s.Stderr = &errs
	if err := s.Start("wait"); err != nil {
		t.Fatal(err)
	}
	waiting(t, h.addr, 3)
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	h.server.Shutdown(ctx, "The server is closing.")
	if ctx.Err() != nil {
		t.Error("it took more than five seconds")
	}
	if code := x.ended(); code != 1 ||
		!strings.Contains(x.written(), Restore+"interlocal: The server is closing.\r\n") {
		t.Errorf("exit %d: %q", code, x.written()[max(0, len(x.written())-300):])
	}
	if s.Wait(); !strings.Contains(errs.String(), "The server is closing.") {
		t.Errorf("a command is told %q", errs.String())
	}
}

// TestShutdownLeavesBehindWhatHangs: a command that looks at nothing, and one
// that reads for ever, keep no server from ending at its deadline.
func TestShutdownLeavesBehindWhatHangs(t *testing.T) {
	h := newHouse(t, Limits{})
	hanging, release := make(chan struct{}, 2), make(chan struct{})
	t.Cleanup(func() { close(release) })
	h.runs.Store("hang", func(context.Context, Call) int { hanging <- struct{}{}; <-release; return 0 })
	h.runs.Store("swallow", func(_ context.Context, c Call) int {
		hanging <- struct{}{}
		io.Copy(io.Discard, c.Stdin)
		return 0
	})
	for _, line := range []string{"hang", "swallow"} {
		s, err := h.must(h.guest(line)).NewSession()
		if err != nil {
			t.Fatal(err)
		}
		if _, err := s.StdinPipe(); err != nil {
			t.Fatal(err)
		}
		if err := s.Start(line); err != nil {
			t.Fatal(err)
		}
		<-hanging
	}
	deadline, pass := context.WithCancel(context.Background())
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		h.server.Shutdown(deadline, "The server is closing.")
	}()
	pass()
	select {
	case <-ended:
	case <-time.After(patience):
		t.Fatal("the server does not end")
	}
}
