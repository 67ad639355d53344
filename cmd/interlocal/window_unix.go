//go:build unix

package main

import (
	"context"
	"io"
	"os"
	"os/signal"
	"syscall"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/term"
	"github.com/muesli/cancelreader"

	"interlocal/model/failure"
	"interlocal/tui/sshd"
)

// window shows a dashboard, or the screen of a command, of another program on
// this terminal. Whatever
// becomes of that program, the terminal is put back; keys that it could not
// take are given back.
func (c *call) window(ctx context.Context, client *sshd.Client, args []string, typed []byte) (int, []byte, error) {
	in, okIn := c.Stdin.(*os.File)
	out, okOut := c.Stdout.(*os.File)
	if !okIn || !okOut {
		return 0, nil, failure.New(failure.Unusable, "the dashboard needs a terminal")
	}
	// Standard input outlives the other program, so reading it has to stop with
	// that program: a read left behind would take the first key of what follows.
	keys, err := cancelreader.NewReader(in)
	if err != nil {
		return 0, nil, err
	}
	defer keys.Close()
	before, err := term.MakeRaw(in.Fd())
	if err != nil {
		return 0, nil, err
	}
	defer term.Restore(in.Fd(), before)
	leave := context.AfterFunc(ctx, client.Close)
	defer leave()
	w := sshd.Window{In: keys, Out: out, Term: c.env("TERM"), Environ: c.passedOn(), Args: args, Size: sizeOf(out)}
	sizes, stop := sizesOf(out)
	defer stop()
	w.Sizes = sizes
	status, rest, err := client.Dashboard(w, typed)
	if err != nil {
		io.WriteString(out, sshd.Restore) // the other program could not
	}
	return status, rest, err
}

func sizeOf(f *os.File) tea.WindowSizeMsg {
	w, h, err := term.GetSize(f.Fd())
	if err != nil || w <= 0 || h <= 0 {
		return tea.WindowSizeMsg{Width: 80, Height: 24}
	}
	return tea.WindowSizeMsg{Width: w, Height: h}
}

// sizesOf yields the terminal's size whenever it changes.
func sizesOf(f *os.File) (<-chan tea.WindowSizeMsg, func()) {
	changed := make(chan os.Signal, 1)
	signal.Notify(changed, syscall.SIGWINCH)
	sizes := make(chan tea.WindowSizeMsg)
	done := make(chan struct{})
	go func() {
		defer close(sizes)
		for {
			select {
			case <-done:
				return
			case <-changed:
			}
			select {
			case sizes <- sizeOf(f):
			case <-done:
				return
			}
		}
	}()
	return sizes, func() {
		signal.Stop(changed)
		close(done)
	}
}
