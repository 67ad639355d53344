package sshd

import (
	"context"
	"fmt"
	"io"
	"math"
	"path"
	"strconv"
	"strings"
	"sync"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	"golang.org/x/crypto/ssh"

	"interlocal/model/failure"
)

// session is what a guest has asked for: a dashboard or a command.
type session struct {
	conn *conn
	ch   ssh.Channel
	ctx  context.Context
	stop context.CancelFunc
	done chan struct{} // closed when what was asked for has ended

	mu      sync.Mutex
	term    string
	size    tea.WindowSizeMsg
	tty     bool
	environ []string
	show    *show
	started bool
}

func newSession(c *conn, ch ssh.Channel) *session {
	s := &session{conn: c, ch: ch, done: make(chan struct{})}
	s.ctx, s.stop = context.WithCancel(c.ctx)
	return s
}

// serve answers what is asked of the session until its end.
func (s *session) serve(reqs <-chan *ssh.Request) {
	defer s.stop()
	for {
		select {
		case r, open := <-reqs:
			if !open {
				s.stop()
				if s.begun() {
					<-s.done
				}
				s.ch.Close()
				return
			}
			ok := s.answer(r)
			if r.WantReply {
				r.Reply(ok, nil) // the connection may have gone
			}
		case <-s.done:
			s.ch.Close()
			go refuseAll(reqs) // ends when the other side has closed the channel too
			return
		case <-s.ctx.Done():
			if s.begun() {
				<-s.done
			} else {
				s.leave(failed)
			}
			s.ch.Close()
			go refuseAll(reqs)
			return
		}
	}
}

func (s *session) begun() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.started
}

// answer does what a request asks and reports whether it was granted.
func (s *session) answer(r *ssh.Request) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch r.Type {
	case "pty-req":
		return !s.started && !s.tty && s.terminal(r.Payload)
	case "window-change":
		return s.resized(r.Payload)
	case "env":
		return !s.started && s.variable(r.Payload)
	case "shell":
		return s.start(func() int { return s.dashboard(nil) })
	case "exec":
		var m struct{ Command string }
		if ssh.Unmarshal(r.Payload, &m) != nil {
			return false
		}
		return s.start(func() int { return s.command(m.Command) })
	case "subsystem":
		return s.start(func() int {
			return s.refuse("interlocal hands out no files; use its commands, such as: ssh HOST export equipment " +
				"--format csv > equipment.csv")
		})
	case "signal":
		s.stop()
		return s.started
	}
	return false // agents, X11 and what else there may be
}

// start begins what was asked for; a session does one thing only.
func (s *session) start(run func() int) bool {
	if s.started {
		return false
	}
	s.started = true
	go func() {
		defer close(s.done)
		status := failed
		defer func() {
			if p := recover(); p != nil {
				s.conn.server.Log.Error("a session failed", "user", s.conn.guest.Identity.User, "panic", fmt.Sprint(p))
			}
			s.leave(status)
		}()
		switch {
		case s.conn.full != "":
			s.refuse(s.conn.full)
		default:
			status = run()
		}
	}()
	return true
}

// leave says the last words, if the connection is being ended, and how it went.
func (s *session) leave(status int) {
	if e := s.conn.lastWords(); e != nil {
		if status = e.status; e.words != "" {
			fmt.Fprintf(s.beside(), "interlocal: %s\n", e.words) // nobody may be there to read it
		}
	}
	if status != unsaid {
		s.ch.SendRequest("exit-status", false, ssh.Marshal(struct{ Status uint32 }{uint32(status)}))
	}
}

// lines gives a terminal the line ends it needs.
func (s *session) lines(w io.Writer) io.Writer {
	if s.tty {
		return rawLines{w}
	}
	return w
}

// beside is where errors go. A terminal has one stream only: in two, words could
// overtake the picture they come after.
func (s *session) beside() io.Writer {
	if s.tty {
		return rawLines{s.ch}
	}
	return s.ch.Stderr()
}

func (s *session) refuse(words string) int {
	fmt.Fprintln(s.beside(), "interlocal: "+words)
	return failed
}

// The largest window that is drawn; a larger one is drawn in part.
const (
	mostColumns = 500
	mostRows    = 200
)

func window(columns, rows uint32) tea.WindowSizeMsg {
	return tea.WindowSizeMsg{Width: int(min(columns, mostColumns)), Height: int(min(rows, mostRows))}
}

// terminal takes the terminal's name and size.
func (s *session) terminal(payload []byte) bool {
	var m struct {
		Term          string
		Columns, Rows uint32
		Width, Height uint32
		Modes         string
	}
	if ssh.Unmarshal(payload, &m) != nil || len(m.Term) > 64 {
		return false
	}
	if m.Columns == 0 || m.Rows == 0 {
		m.Columns, m.Rows = 80, 24
	}
	s.tty, s.term, s.size = true, m.Term, window(m.Columns, m.Rows)
	return true
}

func (s *session) resized(payload []byte) bool {
	var m struct{ Columns, Rows, Width, Height uint32 }
	if ssh.Unmarshal(payload, &m) != nil || m.Columns == 0 || m.Rows == 0 {
		return false
	}
	s.size = window(m.Columns, m.Rows)
	if s.show != nil {
		s.show.resize(s.size)
	}
	return s.tty
}

// variables are what a program of this machine may send along; from elsewhere
// nothing is taken.
func variables() []string {
	return []string{"COLORTERM", "NO_COLOR", "COLORFGBG", "REDUCED_MOTION", "INTERLOCAL_RESUMED", "COLUMNS", "PWD"}
}

func (s *session) variable(payload []byte) bool {
	var m struct{ Name, Value string }
	if !s.conn.here || ssh.Unmarshal(payload, &m) != nil || len(m.Value) > 4096 || len(s.environ) >= len(variables()) {
		return false
	}
	for _, name := range variables() {
		if m.Name == name {
			s.environ = append(s.environ, name+"="+m.Value)
			return true
		}
	}
	return false
}

// dashboard shows the dashboard, or the screen of a command; where there is no
// terminal that could show it, the overview or what the command prints.
func (s *session) dashboard(args []string) int {
	if !s.tty {
		return s.run(args)
	}
	if s.term == "dumb" || s.term == "" {
		status := s.run(args)
		fmt.Fprintln(s.lines(s.ch), "\nThis terminal cannot show the dashboard. Commands work on it: ssh HOST help")
		return status
	}
	environ := append([]string{"TERM=" + s.term}, s.environ...)
	v := Visit{Guest: s.conn.guest, From: s.conn.from, Term: s.term, Environ: environ,
		Profile: colorprofile.Env(environ), Local: s.conn.local, Args: args}
	model, closing := s.conn.server.Dashboard(s.ctx, v)
	defer closing()
	out := newOutflow(s.ch, s.conn.server.Limits.Stalled, func() {
		s.conn.server.Log.Warn("a terminal does not read", "user", s.conn.guest.Identity.User, "from", s.conn.from)
		s.conn.nc.Close()
	})
	s.mu.Lock()
	d := newShow(s.ctx, model, out, v, s.size, s.conn.server.Limits.Paste)
	s.show = d
	s.mu.Unlock()
	if args != nil {
		go s.watched()
	}
	go s.read(d)
	began := time.Now()
	err := d.run()
	s.conn.server.visits.tell(s.conn.guest.Identity.User, "dashboard", "for",
		time.Since(began).Round(time.Second).String())
	if err != nil && s.ctx.Err() == nil {
		return s.refuse("the dashboard ended by itself; what was saved is in the file, and what was being typed is " +
			"kept as a draft")
	}
	return 0
}

// watched keeps a screen that needs no keys from being taken for one that
// everybody has left.
func (s *session) watched() {
	tick := time.NewTicker(max(s.conn.rest/2, time.Millisecond))
	defer tick.Stop()
	for {
		select {
		case <-tick.C:
			s.conn.idle.Reset(s.conn.rest)
		case <-s.done:
			return
		case <-s.ctx.Done():
			return
		}
	}
}

// read hands what the terminal sends to its dashboard, no faster than it is
// worked off.
func (s *session) read(d *show) {
	var few allowance
	buf := make([]byte, 1024)
	for {
		n, err := s.ch.Read(buf)
		if n > 0 {
			s.conn.idle.Reset(s.conn.rest)
			pasting := d.typed(buf[:n])
			if wait := few.wait(time.Now(), n, pasting); wait > 0 {
				select {
				case <-time.After(wait):
				case <-s.ctx.Done():
				}
			}
		}
		if err != nil {
			s.stop() // the terminal has gone
			return
		}
	}
}

// command carries out a command line.
func (s *session) command(line string) int {
	args, err := split(line)
	if err != nil {
		return s.refuse(sentence(err))
	}
	if len(args) > 0 && args[0] == "interlocal" {
		args = args[1:] // as it is written on the machine itself
	}
	if len(args) > 0 && foreign(args[0]) {
		return s.refuse("interlocal has its own commands and no others; see: ssh HOST help")
	}
	if screen := s.conn.server.Screen; s.tty && screen != nil && screen(args) {
		return s.dashboard(args)
	}
	return s.run(args)
}

// foreign tells the programs that people and tools expect behind SSH.
func foreign(name string) bool {
	switch path.Base(name) {
	case "scp", "sftp-server", "rsync", "git-upload-pack", "git-receive-pack", "sh", "bash", "zsh", "ls", "cat", "true",
		"echo", "id", "uname":
		return true
	}
	return strings.ContainsAny(name, "/;|&$<>`")
}

// run carries out a command with the guest's streams.
func (s *session) run(args []string) int {
	ctx, cancel := context.WithTimeout(s.ctx, s.conn.server.Limits.Command)
	defer cancel()
	defer context.AfterFunc(ctx, func() {
		if ctx.Err() == context.DeadlineExceeded {
			s.conn.end("The command took too long and was stopped.", failed)
		}
	})()
	out := newOutflow(s.ch, s.conn.server.Limits.Stalled, func() { s.conn.nc.Close() })
	if g := s.conn.guest.Greeting; g != "" {
		fmt.Fprintln(s.beside(), g)
	}
	if heavy := s.conn.server.Heavy; heavy != nil && heavy(args) {
		done, err := s.conn.server.turns.take(ctx, s.conn.guest.Identity.User,
			func(words string) { fmt.Fprintln(s.beside(), "interlocal: "+words) })
		if err != nil {
			return failed // nobody is there any more
		}
		defer done()
	}
	in, rows := &reading{session: s, left: s.conn.server.Limits.Input}, s.conn.server.Limits.Rows
	if s.conn.local {
		in.left, rows = math.MaxInt, 0 // one's own window reads what one's own program does
	}
	status := s.conn.server.Run(ctx, Call{Guest: s.conn.guest, Args: args, Stdin: in, Stdout: s.lines(out),
		Stderr: s.beside(), Local: s.conn.local, Environ: s.environ, Width: s.width(), Rows: rows})
	s.conn.server.visits.tell(s.conn.guest.Identity.User, "command", "command", commandIn(args), "status", status)
	return status
}

// commandIn is the name of the command in a line, for the log: what stands
// around it may be of the records.
func commandIn(args []string) string {
	for i := 0; i < len(args); i++ {
		switch arg := args[i]; {
		case arg == "--db" || arg == "--as":
			i++ // and its value
		case !strings.HasPrefix(arg, "-"):
			return arg[:min(len(arg), 20)]
		}
	}
	return ""
}

// width is how wide the guest's terminal is, as far as that is known.
func (s *session) width() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.tty {
		return s.size.Width
	}
	for _, v := range s.environ {
		if columns, ok := strings.CutPrefix(v, "COLUMNS="); ok {
			n, _ := strconv.Atoi(columns) // 0 is not known
			return min(max(n, 0), mostColumns)
		}
	}
	return 0
}

// reading is a command's input; what comes in shows that somebody is there.
type reading struct {
	*session
	left int // bytes that may still come
}

// Read reads from the guest, up to what a command may read.
func (r *reading) Read(b []byte) (int, error) {
	n, err := r.ch.Read(b)
	if r.left -= n; r.left < 0 {
		return 0, failure.New(failure.Invalid, "more came in than a command may read here ("+
			strconv.Itoa(r.conn.server.Limits.Input>>20)+" MB); nothing was changed. Send it in parts, or ask "+
			"whoever runs the server")
	}
	if n > 0 {
		r.conn.idle.Reset(r.conn.rest)
	}
	return n, err
}
