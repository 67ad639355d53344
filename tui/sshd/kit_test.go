package sshd

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"fmt"
	"io"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/vt"
	"golang.org/x/crypto/ssh"

	"interlocal/model"
	"interlocal/model/access"
	"interlocal/model/failure"
	"interlocal/model/field"
	"interlocal/model/partnership"
	"interlocal/model/sample"
	"interlocal/model/value"
	"interlocal/store"
	"interlocal/tui"
)

// patience is how long something that must happen may take.
const patience = 20 * time.Second

func noon() time.Time { return time.Date(2027, 2, 15, 18, 0, 0, 0, time.UTC) }

// storyStore is a file with the sample day.
func storyStore(t testing.TB) *store.Store {
	t.Helper()
	st, err := store.Open(filepath.Join(t.TempDir(), "test.db"), store.Options{Schema: model.NewSchema(),
		Zone: partnership.ZoneOf, PruneAfter: partnership.PruneAfter, Now: noon,
		Probe: func(string) (store.Filesystem, error) { return store.Filesystem{Name: "test"}, nil }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := st.Close(); err != nil {
			t.Error(err)
		}
	})
	_, err = st.Update(context.Background(), access.Alone("founder"), store.Op{Title: "story"},
		func(tx *store.Tx) error {
			return sample.Story(value.DayOf(noon())).Each(tx.Insert)
		})
	if err != nil {
		t.Fatal(err)
	}
	return st
}

// book is a directory of guests by their keys, which a test can strike out.
type book struct {
	mu     sync.Mutex
	guests map[string]Guest
	asked  map[string]int // how often a key was offered and proved
	anyone bool           // with any key, by any name
}

func (b *book) add(key ssh.PublicKey, g Guest) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.guests[ssh.FingerprintSHA256(key)] = g
}

func (b *book) strike(key ssh.PublicKey) {
	b.mu.Lock()
	defer b.mu.Unlock()
	delete(b.guests, ssh.FingerprintSHA256(key))
}

func (b *book) find(what string, key ssh.PublicKey) (Guest, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.asked[what]++
	if g, ok := b.guests[ssh.FingerprintSHA256(key)]; ok {
		g.Key = ssh.FingerprintSHA256(key)
		return g, nil
	}
	return Guest{}, failure.New(failure.Forbidden, "this key is not on record")
}

func (b *book) Offered(_ string, key ssh.PublicKey) error {
	if b.anyone {
		return nil
	}
	_, err := b.find("offered", key)
	return err
}

func (b *book) Proved(_ context.Context, login, _ string, key ssh.PublicKey) (Guest, error) {
	if b.anyone {
		return anyGuest(login), nil
	}
	return b.find("proved", key)
}

func (b *book) Account(uid uint32, name string) (Guest, error) {
	if int(uid) != os.Getuid() {
		return Guest{}, failure.New(failure.Forbidden, "not you")
	}
	return Guest{Identity: access.Alone(name)}, nil
}

func (b *book) Again(g Guest) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	if _, ok := b.guests[g.Key]; ok || g.Key == "" || b.anyone {
		return nil
	}
	return failure.New(failure.Forbidden, "Your key has been taken off the list.")
}

// anyGuest is who comes in by a name in the benchmark: people of five cities and
// some of the program.
func anyGuest(login string) Guest {
	n := 0
	fmt.Sscanf(login, "user%d", &n)
	id := access.Identity{User: login, Name: login, Role: access.Editor, Partner: field.Party(1 + n%5)}
	if n%10 == 9 {
		id.Role, id.Partner = access.Coordinator, 0
	}
	return Guest{Identity: id, Login: uint64(n + 1), Key: login}
}

// house is a server and those who may come in.
type house struct {
	t      testing.TB
	st     *store.Store
	server *Server
	book   *book
	addr   string
	runs   sync.Map // commands that tests have made, by name
}

func testKey(t testing.TB) ssh.Signer {
	t.Helper()
	_, private, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	s, err := ssh.NewSignerFromKey(private)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func newHouse(t testing.TB, l Limits) *house {
	t.Helper()
	return newLoggedHouse(t, l, nil)
}

// newLoggedHouse is newHouse whose server tells what happens.
func newLoggedHouse(t testing.TB, l Limits, log *slog.Logger) *house {
	t.Helper()
	h := &house{t: t, st: storyStore(t), book: &book{guests: map[string]Guest{}, asked: map[string]int{}}}
	server, err := New(Options{
		Store: h.st, Directory: h.book, HostKey: testKey(t), Limits: l, Log: log,
		Screen: func(args []string) bool { return len(args) == 1 && args[0] == "wall" },
		Dashboard: func(ctx context.Context, v Visit) (tea.Model, func()) {
			if v.Args != nil {
				return board{v}, func() {}
			}
			if err := h.st.SetPref(v.Guest.Identity.User, "welcomed", []byte("yes")); err != nil {
				t.Error(err)
			}
			s := tui.New(tui.Options{Store: h.st, Identity: v.Guest.Identity, Clock: noon, Profile: v.Profile,
				Context: ctx, Still: true, Pace: steady()})
			return s, s.Close
		},
		Run: h.run,
	})
	if err != nil {
		t.Fatal(err)
	}
	h.server = server
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	h.addr = ln.Addr().String()
	go server.Serve(ln, Network)
	t.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), patience)
		defer cancel()
		server.Shutdown(ctx, "the test is over")
	})
	return h
}

// steady counts from now.
func steady() func() time.Duration {
	start := time.Now()
	return func() time.Duration { return time.Since(start) }
}

// run stands for the program's commands.
func (h *house) run(ctx context.Context, c Call) int {
	name := ""
	if len(c.Args) > 0 {
		name = c.Args[0]
	}
	if f, ok := h.runs.Load(name); ok {
		return f.(func(context.Context, Call) int)(ctx, c)
	}
	switch name {
	case "":
		fmt.Fprintln(c.Stdout, "What to do first")
	case "who":
		fmt.Fprintln(c.Stdout, c.Guest.Identity.User, strings.Join(c.Args[1:], "|"))
	case "copy":
		io.Copy(c.Stdout, c.Stdin)
	default:
		fmt.Fprintf(c.Stderr, "interlocal: there is no command %q\n", name)
		return 2
	}
	return 0
}

// guest makes somebody who may come in.
func (h *house) guest(name string) ssh.Signer {
	h.t.Helper()
	key := testKey(h.t)
	h.book.add(key.PublicKey(), Guest{Identity: access.Identity{User: name, Name: name, Role: access.Admin},
		Login: uint64(len(name))})
	return key
}

// dial connects as the one with the key.
func (h *house) dial(key ssh.Signer) (*ssh.Client, error) {
	return ssh.Dial("tcp", h.addr, &ssh.ClientConfig{User: "dana", Auth: []ssh.AuthMethod{ssh.PublicKeys(key)},
		HostKeyCallback: ssh.FixedHostKey(h.server.HostKey.PublicKey()), Timeout: patience})
}

func (h *house) must(key ssh.Signer) *ssh.Client {
	h.t.Helper()
	c, err := h.dial(key)
	if err != nil {
		h.t.Fatal(err)
	}
	h.t.Cleanup(func() { c.Close() })
	return c
}

// said is what came of a command.
func said(t testing.TB, c *ssh.Client, in, line string) (out, errs string, status int) {
	t.Helper()
	s, err := c.NewSession()
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	var o, e bytes.Buffer
	s.Stdin, s.Stdout, s.Stderr = strings.NewReader(in), &o, &e
	err = s.Run(line)
	if x, ok := err.(*ssh.ExitError); ok {
		status = x.ExitStatus()
	} else if err != nil {
		status = -1
	}
	return o.String(), e.String(), status
}

// seat is a dashboard on an emulated terminal.
type seat struct {
	t       testing.TB
	session *ssh.Session
	keys    io.Writer
	mu      sync.Mutex
	screen  *vt.Emulator
	raw     bytes.Buffer
	changed chan struct{}
	done    chan struct{}
	err     error
}

// board is a screen of its own, which says whose it is; q ends it.
type board struct{ v Visit }

func (b board) Init() tea.Cmd { return nil }

func (b board) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	if press, ok := msg.(tea.KeyPressMsg); ok && press.String() == "q" {
		return b, tea.Quit
	}
	return b, nil
}

func (b board) View() tea.View {
	return tea.NewView(strings.Join(b.v.Args, "|") + " of " + b.v.Guest.Identity.User)
}

func sit(t testing.TB, c *ssh.Client, term string, w, h int) *seat {
	t.Helper()
	return sitAt(t, c, term, w, h, "")
}

// sitAt is sit with a command instead of the dashboard.
func sitAt(t testing.TB, c *ssh.Client, term string, w, h int, line string) *seat {
	t.Helper()
	s, err := c.NewSession()
	if err != nil {
		t.Fatal(err)
	}
	x := &seat{t: t, session: s, screen: vt.NewEmulator(w, h), changed: make(chan struct{}, 1),
		done: make(chan struct{})}
	if x.keys, err = s.StdinPipe(); err != nil {
		t.Fatal(err)
	}
	out, err := s.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	s.Stderr = x
	if err := s.RequestPty(term, h, w, ssh.TerminalModes{}); err != nil {
		t.Fatal(err)
	}
	begin := s.Shell
	if line != "" {
		begin = func() error { return s.Start(line) }
	}
	if err := begin(); err != nil {
		t.Fatal(err)
	}
	go x.answer()
	go func() {
		io.Copy(x, out)
		x.err = s.Wait()
		close(x.done)
	}()
	t.Cleanup(func() {
		s.Close()
		<-x.done
		if pipe, ok := x.screen.InputPipe().(io.Closer); ok {
			pipe.Close() // ends answer
		}
	})
	return x
}

// answer sends the terminal's replies, as a terminal does.
func (x *seat) answer() {
	buf := make([]byte, 256)
	for {
		n, err := x.screen.Read(buf)
		if err != nil {
			return
		}
		x.keys.Write(buf[:n])
	}
}

// Write draws on the terminal.
func (x *seat) Write(b []byte) (int, error) {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.raw.Write(b)
	x.screen.Write(b)
	select {
	case x.changed <- struct{}{}:
	default:
	}
	return len(b), nil
}

func (x *seat) text() string {
	x.mu.Lock()
	defer x.mu.Unlock()
	return x.screen.String()
}

func (x *seat) written() string {
	x.mu.Lock()
	defer x.mu.Unlock()
	return x.raw.String()
}

func (x *seat) see(words string) *seat {
	x.t.Helper()
	return x.until(words, func() bool { return strings.Contains(x.text(), words) })
}

func (x *seat) until(what string, ok func() bool) *seat {
	x.t.Helper()
	deadline := time.NewTimer(patience)
	defer deadline.Stop()
	for !ok() {
		select {
		case <-x.changed:
		case <-x.done:
			if !ok() {
				x.t.Fatalf("ended before %q: %v\n%s", what, x.err, x.text())
			}
			return x
		case <-deadline.C:
			x.t.Fatalf("%q does not come about:\n%s", what, x.text())
		}
	}
	return x
}

func (x *seat) press(keys string) *seat {
	x.t.Helper()
	if _, err := io.WriteString(x.keys, keys); err != nil {
		x.t.Fatalf("cannot type: %v", err)
	}
	return x
}

// ended waits for the end and gives the exit status; -1 when there is none.
func (x *seat) ended() int {
	x.t.Helper()
	select {
	case <-x.done:
	case <-time.After(patience):
		x.t.Fatalf("it does not end:\n%s", x.text())
	}
	if x.err == nil {
		return 0
	}
	if e, ok := x.err.(*ssh.ExitError); ok {
		return e.ExitStatus()
	}
	return -1
}

// write commits so many changes a second.
func write(ctx context.Context, st *store.Store, perSecond int) {
	if perSecond == 0 {
		return
	}
	tick := time.NewTicker(time.Second / time.Duration(perSecond))
	defer tick.Stop()
	for i := 0; ; i++ {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		st.Update(ctx, access.Alone("writer"), store.Op{Title: "edit"}, func(tx *store.Tx) error {
			p := *field.Get(tx, partnership.PersonID(1+i%60))
			p.Note = fmt.Sprint("change ", i)
			_, err := field.Put(tx, &p)
			return err
		})
	}
}
