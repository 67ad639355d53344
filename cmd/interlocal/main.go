// Command interlocal is the shared-services desk of a partnership of cities.
//
// Everything the program does starts at [Main.Run]: it is given arguments and
// the streams to work on, and returns an exit code. The process's own streams,
// environment and clock are handed in by main and nowhere else, so a test, and a
// command that arrives from another machine, run the very same code.
//
// A call has one command, each in a file of its own. Commands read and write
// records through one open store as one identity; both come from [call.open],
// which opens the user's file, or from a [Host] that has it open already.
//
// Exit codes: 0 done, 1 failed, 2 misuse, 3 done in part.
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

	_ "time/tzdata" // partnerships keep their clocks where the machine has no zones

	"github.com/spf13/cobra"

	"interlocal/model/access"
	"interlocal/store"
)

func main() {
	cobra.MousetrapHelpText = "" // started from a Windows desktop it is a dashboard like any other
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
	context.AfterFunc(ctx, stop) // a second signal ends the program at once
	m := &Main{
		Stdin: os.Stdin, Stdout: os.Stdout, Stderr: os.Stderr,
		Terminal: terminalOf(os.Stdin, os.Stdout, os.Stderr),
		Environ:  os.Environ(), System: runtime.GOOS,
		Now: time.Now, User: userName(),
	}
	os.Exit(m.Run(ctx, os.Args[1:]))
}

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
}

// Run carries out one call and returns its exit code.
func (m *Main) Run(ctx context.Context, args []string) int {
	c := &call{Main: m}
	root := c.tree()
	root.SetArgs(wordsLast(root, args))
	err := root.ExecuteContext(ctx)
	if closing := c.close(); err == nil {
		err = closing
	}
	for _, line := range c.after {
		fmt.Fprintln(m.Stderr, line)
	}
	return m.tell(ctx, err)
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
