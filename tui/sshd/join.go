package sshd

import (
	"context"
	"errors"
	"io"
	"net"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"
	uv "github.com/charmbracelet/ultraviolet"
	"golang.org/x/crypto/ssh"

	"interlocal/model/failure"
)

// ErrLost is what joining another program comes to when that program ends or
// is killed: the file can be opened anew.
var ErrLost = errors.New("the program that had the file open has ended")

// Client is a window on a program that has the file open.
type Client struct {
	conn ssh.Conn
}

// Join logs in to the program at the other end of a socket of this machine. The
// caller has made sure whose program that is, so its key says nothing more.
func Join(nc net.Conn) (*Client, error) {
	if err := nc.SetDeadline(time.Now().Add(10 * time.Second)); err != nil {
		return nil, err
	}
	refusal := ""
	config := &ssh.ClientConfig{
		Config: algorithms(), User: "interlocal", HostKeyCallback: ssh.InsecureIgnoreHostKey(),
		BannerCallback: func(message string) error { refusal = message; return nil },
	}
	conn, chans, reqs, err := ssh.NewClientConn(nc, "", config)
	if err != nil {
		nc.Close()
		if refusal = strings.TrimSpace(strings.TrimPrefix(refusal, "interlocal: ")); refusal != "" {
			return nil, &failure.Error{Code: failure.Forbidden, Message: refusal, Cause: err}
		}
		return nil, errors.Join(ErrLost, err)
	}
	if other := string(conn.ServerVersion()); other != serverVersion {
		conn.Close()
		return nil, failure.New(failure.InUse, "the file is open in a program that this one cannot join ("+other+
			"); close it there and try again")
	}
	go refuseAll(reqs)
	go func() {
		for c := range chans {
			c.Reject(ssh.Prohibited, "a window opens nothing")
		}
	}()
	return &Client{conn}, nc.SetDeadline(time.Time{})
}

// Close leaves.
func (c *Client) Close() { c.conn.Close() }

// Window is the terminal that a dashboard of another program is shown on.
type Window struct {
	In      io.Reader // ends when the window should leave
	Out     io.Writer
	Term    string
	Environ []string
	Args    []string // the command whose screen is wanted; nil for the dashboard
	Size    tea.WindowSizeMsg
	Sizes   <-chan tea.WindowSizeMsg
}

// asked is one thing asked of the other program.
type asked struct {
	ch     ssh.Channel
	status chan int // the exit status, if there is one; closed at the end
}

func (c *Client) ask(environ []string) (*asked, error) {
	ch, reqs, err := c.conn.OpenChannel("session", nil)
	if err != nil {
		return nil, errors.Join(ErrLost, err)
	}
	a := &asked{ch, make(chan int, 1)}
	go func() {
		defer close(a.status)
		for r := range reqs {
			var m struct{ Status uint32 }
			if r.Type == "exit-status" && ssh.Unmarshal(r.Payload, &m) == nil {
				select {
				case a.status <- int(m.Status):
				default:
				}
			}
			if r.WantReply {
				r.Reply(false, nil)
			}
		}
	}()
	for _, v := range environ {
		if name, value, ok := strings.Cut(v, "="); ok {
			ch.SendRequest("env", false, ssh.Marshal(struct{ Name, Value string }{name, value}))
		}
	}
	return a, nil
}

// end waits for the exit status, which is missing when the other program has
// ended.
func (a *asked) end() (int, error) {
	if status, ok := <-a.status; ok {
		return status, nil
	}
	return 0, ErrLost
}

func (a *asked) request(name string, payload any) error {
	var b []byte
	if payload != nil {
		b = ssh.Marshal(payload)
	}
	ok, err := a.ch.SendRequest(name, true, b)
	if err != nil || !ok {
		return errors.Join(ErrLost, err)
	}
	return nil
}

// Dashboard shows a dashboard, or another screen, of the other program until it
// ends. The error is
// [ErrLost] when the other program ended first; rest is then what had been read
// from the terminal and could not be handed over.
func (c *Client) Dashboard(w Window, typed []byte) (status int, rest []byte, err error) {
	a, err := c.ask(w.Environ)
	if err != nil {
		return 0, typed, err
	}
	defer a.ch.Close()
	pty := struct {
		Term                         string
		Columns, Rows, Width, Height uint32
		Modes                        string
	}{Term: w.Term, Columns: uint32(w.Size.Width), Rows: uint32(w.Size.Height)}
	show, what := "shell", any(nil)
	if len(w.Args) > 0 {
		show, what = "exec", struct{ Line string }{Quote(w.Args)}
	}
	if err := errors.Join(a.request("pty-req", pty), a.request(show, what)); err != nil {
		return 0, typed, err
	}
	go io.Copy(w.Out, a.ch.Stderr())
	shown := make(chan struct{})
	go func() {
		defer close(shown)
		io.Copy(w.Out, a.ch)
	}()
	go func() {
		for size := range w.Sizes {
			a.ch.SendRequest("window-change", false,
				ssh.Marshal(struct{ Columns, Rows, Width, Height uint32 }{Columns: uint32(size.Width),
					Rows: uint32(size.Height)}))
		}
	}()
	unsent := make(chan []byte, 1)
	go func() { unsent <- pump(a.ch, w.In, typed) }()
	<-shown
	status, err = a.end()
	if stop, ok := w.In.(interface{ Cancel() bool }); ok {
		stop.Cancel()
	}
	return status, <-unsent, err
}

// pump hands over what is typed and gives what could not be handed over.
func pump(to io.Writer, from io.Reader, typed []byte) []byte {
	if _, err := to.Write(typed); err != nil {
		return typed
	}
	buf := make([]byte, 4096)
	for {
		n, err := from.Read(buf)
		if n > 0 {
			if _, lost := to.Write(buf[:n]); lost != nil {
				return append([]byte(nil), buf[:n]...)
			}
		}
		if err != nil {
			return nil
		}
	}
}

// Command carries out a command in the other program. The error is [ErrLost]
// when that program ended before saying how it went; begun then tells whether
// it may have been carried out.
func (c *Client) Command(ctx context.Context, args, environ []string, in io.Reader, out,
	errs io.Writer) (status int, begun bool, err error) {
	a, err := c.ask(environ)
	if err != nil {
		return 0, false, err
	}
	defer a.ch.Close()
	stop := context.AfterFunc(ctx, func() { c.conn.Close() })
	defer stop()
	if err := a.request("exec", struct{ Line string }{Quote(args)}); err != nil {
		return 0, false, err
	}
	go func() {
		io.Copy(a.ch, in) // the command may end before its input does
		a.ch.CloseWrite()
	}()
	said := make(chan struct{})
	go func() {
		defer close(said)
		io.Copy(errs, a.ch.Stderr())
	}()
	_, err = io.Copy(out, a.ch)
	<-said
	if err != nil {
		return 0, true, err
	}
	status, err = a.end()
	return status, true, err
}

// Typed decodes what was typed before a dashboard was there to take it.
func Typed(b []byte) []tea.Msg {
	var out []tea.Msg
	k := keys{most: DefaultLimits().Paste}
	k.take(b, true, func(e uv.Event) { out = append(out, e) })
	return out
}
