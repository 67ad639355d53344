package main

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"interlocal/model/accounts"
	"interlocal/model/field"
	"interlocal/store"
	"interlocal/store/run"
	"interlocal/store/run/presence"
	"interlocal/tui"
	"interlocal/tui/sshd"
)

// sharing is an open file in which others work too: other windows of the same
// account, and with serve, other accounts and other machines.
type sharing struct {
	call   *call
	store  *store.Store
	server *sshd.Server
}

// drainTime is how long those who are connected have to take leave.
const drainTime = 4 * time.Second

// share makes the server through which others work in the open file; its doors
// are opened one by one. Without a host key it is one for this machine only.
func (c *call) share(ctx context.Context, st *store.Store, o sshd.Options) (*sharing, error) {
	s := &sharing{call: c, store: st}
	o.Store, o.Directory, o.Known = st, newDirectory(st, c.id, c.hardware), cameFrom(st)
	o.Dashboard, o.Run, o.Screen, o.Heavy = s.dashboard, s.run, projects, heavy
	if o.HostKey == nil {
		key, err := sshd.PassingKey()
		if err != nil {
			return nil, err
		}
		o.HostKey = key
	}
	server, err := sshd.New(o)
	if err != nil {
		return nil, err
	}
	s.server = server
	return s, nil
}

// cameFrom lists the addresses from which somebody has signed in lately, so that the
// gate knows them from its first moment.
func cameFrom(st *store.Store) map[string]time.Time {
	out := map[string]time.Time{}
	for _, n := range run.AllNoted(st, deskIdentity()) {
		if n.Did == run.SignedIn && n.Last.After(out[n.What]) {
			out[n.What] = n.Last
		}
	}
	return out
}

// steady counts from now by the machine's clock that nobody sets.
func steady() func() time.Duration {
	start := time.Now()
	return func() time.Duration { return time.Since(start) }
}

// openSocket opens the door for this account's other windows and says in the
// lock file where it is.
func (s *sharing) openSocket() error {
	path, err := sshd.SocketPath(s.store.Path(), s.call.runtimeFolders()...)
	if err != nil {
		return err
	}
	ln, err := sshd.ListenSocket(path, false)
	if err != nil {
		return err
	}
	go s.server.Serve(ln, sshd.Private)
	return s.store.Announce(path)
}

// close lets the others go. With a handover their windows go on by themselves.
func (s *sharing) close(notice string) {
	ctx, cancel := context.WithTimeout(context.Background(), drainTime)
	defer cancel()
	s.server.Shutdown(ctx, notice)
}

// heavy tells the commands that read, write or compare much, and those that
// search for a plan.
func heavy(args []string) bool {
	for i, arg := range args {
		switch {
		case arg == "--db" || arg == "--as" || strings.HasPrefix(arg, "-") || i > 0 &&
			(args[i-1] == "--db" || args[i-1] == "--as"):
		case slices.Contains([]string{"event", "loan", "assess"}, arg):
			rest := args[i+1:]
			return len(rest) > 0 && slices.Contains([]string{"plan", "repair", "take", "send"}, rest[0])
		default:
			return slices.Contains([]string{"import", "export", "report", "match", "peers", "backup", "check",
				"compact", "history", "rates", "framework"}, arg)
		}
	}
	return false
}

// runtimeFolders lists where sockets may be, best first.
func (m *Main) runtimeFolders() []string {
	own := "interlocal-" + strconv.Itoa(os.Getuid())
	var out []string
	if dir := m.env("XDG_RUNTIME_DIR"); filepath.IsAbs(dir) {
		out = append(out, filepath.Join(dir, "interlocal"))
	}
	if dir := m.env("TMPDIR"); filepath.IsAbs(dir) {
		out = append(out, filepath.Join(dir, own))
	}
	return append(out, filepath.Join("/tmp", own))
}

// dashboard makes a guest's dashboard, or their projector.
func (s *sharing) dashboard(ctx context.Context, v sshd.Visit) (tea.Model, func()) {
	if projects(v.Args) {
		wall := s.call.newProjector(s.store, v)
		return wall, wall.Close
	}
	session := s.call.newSession(ctx, s.store, v)
	return session, session.Close
}

// newSession makes the dashboard of somebody who has come in.
func (c *call) newSession(ctx context.Context, st *store.Store, v sshd.Visit) *tui.Session {
	return tui.New(c.sessionOptions(ctx, st, v))
}

// sessionOptions are those of every dashboard, whether it is shown here or
// elsewhere.
func (c *call) sessionOptions(ctx context.Context, st *store.Store, v sshd.Visit) tui.Options {
	at := Main{Environ: v.Environ}
	return tui.Options{
		Store: st, Identity: v.Guest.Identity, Clock: c.Now, Pace: steady(), Local: v.Local, Context: ctx,
		Profile: v.Profile, Still: at.env("REDUCED_MOTION") != "", Light: lightBackground(at.env("COLORFGBG")),
		Presence: c.company(), From: v.From, Back: true, Greeting: v.Guest.Greeting,
		Resumed: at.env(resumed) != "",
	}
}

// company is who is connected to the file that this call holds open.
func (c *call) company() *presence.Registry {
	c.meeting.Do(func() { c.presence = presence.New(c.Now) })
	return c.presence
}

// run carries out a guest's command in this process.
func (s *sharing) run(ctx context.Context, g sshd.Call) int {
	at := Main{Environ: g.Environ}
	host := &Host{Store: s.store, Identity: g.Guest.Identity, Present: s, Rows: g.Rows}
	if g.Local {
		host.Local, host.Dir = true, at.env("PWD")
	}
	m := &Main{Stdin: g.Stdin, Stdout: g.Stdout, Stderr: g.Stderr, Environ: g.Environ, System: s.call.System,
		Terminal: Terminal{Out: g.Width > 0, Width: g.Width}, Now: s.call.Now, User: g.Guest.Identity.Name,
		Probe: s.call.Probe, Host: host}
	return m.Run(ctx, g.Args)
}

// Who lists who is connected.
func (s *sharing) Who() []Visit {
	var out []Visit
	r := register(s.store)
	for _, v := range s.server.Connected() {
		id := v.Guest.Identity
		visit := Visit{Name: id.Name, Role: string(id.Role), From: v.From, Since: v.Since}
		if u := field.Get(r, accounts.UserID(v.Guest.Login)); u != nil {
			visit.Login = u.Login
		}
		if id.Partner != 0 {
			visit.City = strconv.FormatUint(uint64(id.Partner), 10)
		}
		out = append(out, visit)
	}
	return out
}

// State tells how the server is doing.
func (s *sharing) State() sshd.State { return s.server.State() }

// Kick ends the connections of a login.
func (s *sharing) Kick(login, why string) (n int) {
	u := accounts.ByName(register(s.store), login)
	if u == nil {
		return 0
	}
	for _, v := range s.server.Connected() {
		if v.Guest.Login == uint64(u.ID) {
			n++
		}
	}
	s.server.End(uint64(u.ID), why)
	return n
}

// Broadcast says something on every dashboard.
func (s *sharing) Broadcast(by, words string) int { return s.call.company().Say(by + ": " + words) }

// heldBy gives the program that has the file open, if that is what an error is
// about.
func heldBy(err error) *store.HeldError {
	var held *store.HeldError
	errors.As(err, &held)
	return held
}

// openingTime is how long a file is waited for that another program is about to
// share or to let go of.
const openingTime = 2 * time.Second

// retryGap is how long to wait before the lock is tried again; windows that race
// for it do not do so in step.
func retryGap() time.Duration {
	return 10*time.Millisecond + time.Duration(os.Getpid()%8)*3*time.Millisecond
}

// openWhenFree opens a file. One that is held by a program that cannot be joined
// yet, or no longer, is waited for a little.
func (c *call) openWhenFree(ctx context.Context, path string) (*store.Store, error) {
	options := c.storeOptions()
	options.AtNeed = true
	for patience := time.Now().Add(openingTime); ; {
		st, err := store.Open(path, options)
		held := heldBy(err)
		if held == nil || held.Address != "" || held.PID == os.Getpid() || time.Now().After(patience) {
			return st, err
		}
		if !pause(ctx, retryGap()) {
			return nil, ctx.Err()
		}
	}
}

// pause waits and reports whether there is reason to go on.
func pause(ctx context.Context, d time.Duration) bool {
	select {
	case <-ctx.Done():
		return false
	case <-time.After(d):
		return true
	}
}

// others says who goes on with the file when its holder leaves.
func (s *sharing) others() string {
	var names []string
	windows := 0
	for _, v := range s.server.Connected() {
		if v.Local {
			windows++
		} else {
			names = append(names, v.Guest.Identity.Name)
		}
	}
	if windows > 0 {
		names = append(names, counted(windows, "other window")+" of yours")
	}
	if len(names) == 0 {
		return ""
	}
	return "Still in the file, and going on without this window: " + strings.Join(names, ", ") + "."
}
