package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/signal"
	"os/user"
	"runtime"
	"strings"
	"syscall"
	"time"
	_ "time/tzdata"

	"github.com/spf13/cobra"

	"interlocal/model/access"
	"interlocal/store"
)

func main() {
	cobra.MousetrapHelpText = "" // started from a Windows desktop it is a dashboard like any other
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
	context.AfterFunc(ctx, func() {
		stop() // a second signal ends the program at once
		time.AfterFunc(endingTime, func() { os.Exit(exitFailed) })
	})
	now, err := clock(os.Environ())
	if err != nil {
		fmt.Fprintln(os.Stderr, "interlocal: "+err.Error())
		os.Exit(exitFailed)
	}
	m := &Main{
		Stdin: os.Stdin, Stdout: os.Stdout, Stderr: os.Stderr,
		Terminal: terminalOf(os.Stdin, os.Stdout, os.Stderr),
		Environ:  os.Environ(), System: runtime.GOOS,
		Now: now, User: userName(),
	}
	os.Exit(m.Run(ctx, os.Args[1:]))
}

// endingTime is how long the program may take to end after a signal. What hangs
// by then, such as a command that waits for its input, is left behind: what has
// been acknowledged is on disk.
const endingTime = drainTime + time.Second

func userName() string {
	if u, err := user.Current(); err == nil {
		return u.Username
	}
	return "user"
}

// Main is the program with all that it takes from outside.
type Main struct {
	Stdin          io.Reader
	Stdout, Stderr io.Writer
	Terminal       Terminal
	Environ        []string // as in os.Environ
	System         string   // as in runtime.GOOS; says where files are kept
	Now            func() time.Time
	User           string
	// Probe tells what holds a folder; nil asks the machine.
	Probe func(dir string) (store.Filesystem, error)
	// Host is set when the call comes from elsewhere.
	Host *Host
}

// Host is an open file that calls from elsewhere work on. Such a call has no
// files on this machine: it can read and write its own streams only.
type Host struct {
	Store    *store.Store
	Identity access.Identity
	// Local says that the call comes from another window of the same account,
	// which works in the folder Dir and has its files after all.
	Local bool
	Dir   string
	// Present is who is connected to the file; nil where nobody else can be.
	Present Present
	// Rows is how many rows of a file are taken from a call; 0 is as many as are read.
	Rows int
}

// Run carries out one call and returns its exit code. A command that finds the
// file open in another window is carried out there.
func (m *Main) Run(ctx context.Context, args []string) int {
	for lost := time.Now(); ; {
		at := *m
		c := &call{Main: &at}
		err := c.execute(ctx, args)
		held := heldBy(err)
		if m.Host != nil || held == nil || held.Address == "" || time.Since(lost) > joinTime {
			return m.tell(ctx, err)
		}
		status, done := m.there(ctx, held, args)
		if done {
			return status
		}
		if !pause(ctx, retryGap()) {
			return m.tell(ctx, ctx.Err())
		}
	}
}

// execute runs the command that the arguments name.
func (c *call) execute(ctx context.Context, args []string) error {
	root := c.tree(args)
	root.SetArgs(wordsLast(root, args))
	err := endWell(func() error { return root.ExecuteContext(ctx) })
	if closing := c.close(); err == nil {
		err = closing
	}
	for _, line := range c.after {
		fmt.Fprintln(c.Stderr, line)
	}
	return err
}

// endWell runs a command, whose error is that of a read which found its records
// damaged, if one did.
func endWell(run func() error) (err error) {
	defer func() {
		if p := recover(); p != nil {
			if err = store.Unread(p); err == nil {
				panic(p)
			}
		}
	}()
	return run()
}

// env gives a variable of the environment; the last one set counts.
func (m *Main) env(name string) string {
	for i := len(m.Environ) - 1; i >= 0; i-- {
		if key, value, ok := strings.Cut(m.Environ[i], "="); ok && key == name {
			return value
		}
	}
	return ""
}
