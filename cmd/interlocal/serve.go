package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"
	"golang.org/x/crypto/ssh"

	"interlocal/model/failure"
	"interlocal/store"
	"interlocal/store/run"
	"interlocal/tui/sshd"
)

// serving is what the serve command is asked.
type serving struct {
	listen   string // "" picks a port, "none" is no network
	name     string // what people outside call this machine
	socket   string // for the other accounts of this machine
	adminKey string
	unit     string   // a systemd unit to print, "" for none
	copies   string   // the folder of copies, for units
	limits   []string // NAME=VALUE
	hardware []string // roles that come in by a key in a device only
}

func (c *call) serveCommand() *cobra.Command {
	var o serving
	cmd := c.command("serve", "share the file: over SSH, and with other accounts of this machine", none,
		func(ctx context.Context, _ []string) error { return c.serve(ctx, o) })
	cmd.Long = `serve keeps the file open for many people, without a screen of its own. They come by SSH, each with
their own key, and get the dashboard, or run commands: ssh -p 2222 desk.example export equipment --format csv. Who may
come in and what they may do there is what interlocal user says. Nobody comes in without a key on record.

The first time, serve offers to make you the administrator, with the public key of yours that it finds. It makes a key
of its own beside the file (FILE.hostkey), by which people know the server: keep it with your backups.

See also: interlocal help deployment.`
	cmd.Example = "  interlocal serve\n  interlocal serve --listen :2222 --name desk.example\n  interlocal --db " +
		"/var/lib/interlocal/interlocal.db serve --unit > interlocal.service"
	cmd.Flags().StringVar(&o.listen, "listen", "", "the `ADDRESS` to answer SSH on, such as :2222; none for this "+
		"machine only (default: a free port from 2222 on)")
	cmd.Flags().StringVar(&o.name, "name", "", "the `HOST` that people outside call this machine by (default: its "+
		"own name)")
	cmd.Flags().StringVar(&o.socket, "socket", "", "a `SOCKET` for the other accounts of this machine, open to the "+
		"group that serve runs with")
	cmd.Flags().StringVar(&o.adminKey, "admin-key", "", "the `FILE` with the public key of the first administrator")
	cmd.Flags().StringArrayVar(&o.limits, "limit", nil, "what one guest, and all together, may take, as `NAME=VALUE`: "+
		strings.Join(sshd.LimitNames(), ", "))
	cmd.Flags().StringSliceVar(&o.hardware, "hardware-keys", nil, "`ROLES` that come in by a key in a device (FIDO) "+
		"only, such as admin,coordinator")
	cmd.Flags().StringVar(&o.unit, "unit", "", "print a systemd `UNIT` instead: server, or with =copy and =timer "+
		"those that copy the file every night")
	cmd.Flags().Lookup("unit").NoOptDefVal = unitServer
	cmd.Flags().StringVar(&o.copies, "copies", "", "the `FOLDER` that units copy into")
	return cmd
}

func (c *call) serve(ctx context.Context, o serving) error {
	limits, limitsErr := sshd.ParseLimits(o.limits)
	switch {
	case c.Host != nil:
		return misuse("serve needs the file to itself; close all windows, or stop the server that runs already, and " +
			"try again")
	case c.as != "":
		return misuse("everyone who comes to serve is who their key says; leave --as out")
	case limitsErr != nil:
		return misuse("%s", limitsErr)
	case slices.ContainsFunc(o.hardware, func(role string) bool { return !slices.Contains(roleWords(), role) }):
		return misuse("--hardware-keys names roles: %s", strings.Join(roleWords(), ", "))
	case o.unit != "":
		return c.printUnit(o)
	case c.System == "windows":
		return failure.New(failure.Unusable,
			"serve runs on Linux and macOS; from Windows, people can sign in to it with ssh")
	}
	c.steady = steady()
	st, err := c.open(ctx)
	if err != nil {
		return err
	}
	if err := st.LoadAll(); err != nil {
		return err
	}
	if err := closedToOthers(st.Path()); err != nil {
		return err
	}
	if err := c.needAdmin(ctx, st, o.adminKey); err != nil {
		return err
	}
	key, err := sshd.HostKey(st.Path() + ".hostkey")
	if err != nil {
		return err
	}
	return c.hostWith(ctx, st, o, limits, key, func(at run.Server) { c.announce(st, o, at) })
}

// host shares an open file over SSH until the context ends; ready is told where
// and what its key looks like.
func (c *call) host(ctx context.Context, st *store.Store, listen string, ready func(address,
	fingerprint string)) error {
	key, err := sshd.HostKey(st.Path() + ".hostkey")
	if err != nil {
		return err
	}
	return c.hostWith(ctx, st, serving{listen: listen}, sshd.Limits{}, key, func(at run.Server) {
		ready(net.JoinHostPort(at.Host, strconv.Itoa(at.Port)), at.Fingerprint)
	})
}

// closingNotice is what a server's guests read when it stops.
const closingNotice = "The server is closing. What you saved is kept, and what you were typing is there as a draft " +
	"when you sign in again."

// hostWith opens all doors and waits for the end.
func (c *call) hostWith(ctx context.Context, st *store.Store, o serving, l sshd.Limits, key ssh.Signer,
	ready func(run.Server)) error {
	c.hardware = o.hardware
	log := c.journal() // one for all: lines written side by side stay whole
	room, err := c.share(ctx, st, sshd.Options{HostKey: key, Log: log, Limits: l})
	if err != nil {
		return err
	}
	defer room.close(closingNotice)
	at, err := room.openDoors(o)
	if err != nil {
		return err
	}
	at.Fingerprint = ssh.FingerprintSHA256(key.PublicKey())
	if at.Port != 0 {
		if err := run.Announce(st, at); err != nil {
			return err
		}
	}
	backups := c.tend(ctx, st, log)
	ready(at)
	problem := <-backups // until the context ends
	if problem != nil {
		c.after = append(c.after, backupFailed(problem))
	}
	return nil
}

// journal is the server's log: who came, when, and how it ended, and nothing of
// what they read or wrote.
func (c *call) journal() *slog.Logger {
	if c.json {
		return slog.New(slog.NewJSONHandler(c.Stderr, nil))
	}
	return slog.New(slog.NewTextHandler(c.Stderr, nil))
}

// openDoors lets guests in: from the network, from other accounts, and from
// other windows of this account.
func (s *sharing) openDoors(o serving) (run.Server, error) {
	at := run.Server{Host: o.name}
	if at.Host == "" {
		at.Host, _ = os.Hostname() // without a name people see none
	}
	if o.listen != "none" {
		ln, err := listenOn(o.listen)
		if err != nil {
			return at, err
		}
		tcp := ln.Addr().(*net.TCPAddr)
		if at.Port = tcp.Port; o.name == "" && !tcp.IP.IsUnspecified() {
			at.Host = tcp.IP.String() // it answers to nothing else
		}
		go s.server.Serve(ln, sshd.Network)
	}
	if path := s.groupSocket(o); path != "" {
		ln, err := sshd.ListenSocket(path, true)
		if err != nil {
			return at, err
		}
		go s.server.Serve(ln, sshd.Machine)
	}
	return at, s.openSocket()
}

// groupSocket is where the other accounts come in: where serve was told to, or
// in the folder that systemd has made for it.
func (s *sharing) groupSocket(o serving) string {
	if o.socket != "" {
		return o.socket
	}
	if dir := s.call.env("RUNTIME_DIRECTORY"); filepath.IsAbs(dir) {
		return filepath.Join(dir, sshd.SocketName(s.store.Path()))
	}
	return ""
}

// The ports that are tried when none is named.
const (
	firstPort = 2222
	lastPort  = 2299
)

// listenOn opens the address to answer on; "" is a free port of the usual ones.
func listenOn(address string) (net.Listener, error) {
	if address != "" {
		ln, err := net.Listen("tcp", address)
		if err != nil {
			return nil, &failure.Error{Code: failure.Unusable, Cause: err,
				Message: "cannot answer on " + address +
					"; another program may do so already, so choose another --listen"}
		}
		return ln, nil
	}
	var err error
	for port := firstPort; port <= lastPort; port++ {
		var ln net.Listener
		if ln, err = net.Listen("tcp", ":"+strconv.Itoa(port)); err == nil {
			return ln, nil
		}
	}
	return nil, &failure.Error{Code: failure.Unusable, Cause: err, Message: "no port from 2222 to 2299 is free; name " +
		"one with --listen"}
}

// announce tells whoever started the server how people come in.
func (c *call) announce(st *store.Store, o serving, at run.Server) {
	if c.json {
		c.writeJSON(at) // the server runs whether it is read or not
		return
	}
	out := func(format string, args ...any) { fmt.Fprintf(c.Stdout, format+"\n", args...) }
	out("Sharing %s.", st.Path())
	if at.Port != 0 {
		out("Sign in with:  %s", at.Line(""))
		out("The server's key is %s", at.Fingerprint)
		out("(kept in %s; whoever signs in for the first time is asked about it)", st.Path()+".hostkey")
	}
	if o.socket != "" {
		out("Other accounts of this machine come in at %s.", o.socket)
	}
	out("Add people with:  interlocal --db %s user invite NAME --city CITY", st.Path())
	out("Stop with Ctrl+C; those who are signed in are told.")
}

// joinable finds the door of a server whose file is not this account's to open.
func (c *call) joinable(path string, err error) error {
	if failure.CodeOf(err) != failure.Unusable && failure.CodeOf(err) != failure.NotFound {
		return err
	}
	full, absErr := filepath.Abs(path)
	if absErr != nil {
		return err
	}
	for _, socket := range []string{c.env("INTERLOCAL_SOCKET"),
		filepath.Join("/run/interlocal", sshd.SocketName(full))} {
		if info, statErr := os.Stat(socket); socket != "" && statErr == nil && info.Mode()&os.ModeSocket != 0 {
			return &failure.Error{Code: failure.InUse, Message: path + " is shared at " + socket,
				Cause: errors.Join(&store.HeldError{PID: sharedHolder, Address: socket}, err)}
		}
	}
	return err
}

// sharedHolder stands for a server of another account, which is not known by its
// process.
const sharedHolder = -1
