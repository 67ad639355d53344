package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"
	"time"

	"interlocal/model/failure"
	"interlocal/store"
	"interlocal/tui/sshd"
)

// statusError is a command's exit code from elsewhere, where it has been
// explained already.
type statusError int

// Error names the exit code.
func (e statusError) Error() string { return fmt.Sprint("exit code ", int(e)) }

// joinTime is how long a window looks for a program to join, or for the file.
const joinTime = 10 * time.Second

// reach connects to the program that has the file open.
func reach(held *store.HeldError) (*sshd.Client, error) {
	nc, err := sshd.Dial(held.Address, held.PID == sharedHolder)
	if err != nil {
		if failure.CodeOf(err) != "" {
			return nil, err
		}
		return nil, errors.Join(sshd.ErrLost, err)
	}
	return sshd.Join(nc)
}

// resumed is the variable by which a window says that it has lost a dashboard
// and goes on with another.
const resumed = "INTERLOCAL_RESUMED"

// windowOrHolder shows the dashboard, or the screen of the command in args: of
// this process, which then has the file open and shows its own, or of the
// program that has it open already. When that ends, it goes on with what of the
// two can be had.
func (c *call) windowOrHolder(ctx context.Context, args []string, own func(st *store.Store, typed []byte) error) error {
	var typed []byte
	lost := time.Now()
	for {
		st, err := c.open(ctx)
		if err == nil {
			if err := st.LoadAll(); err != nil {
				return err
			}
			return own(st, typed)
		}
		held := heldBy(err)
		if held == nil || held.Address == "" || time.Since(lost) > joinTime {
			return err
		}
		if c.as != "" {
			return failure.New(failure.InUse, "--as looks at the file itself, which is open in another window; close "+
				"that first")
		}
		client, err := reach(held)
		if err == nil {
			var status int
			status, typed, err = c.window(ctx, client, args, typed)
			client.Close()
			if err == nil && status != 0 {
				return statusError(status)
			}
			lost = time.Now()
			c.Environ = append(c.Environ, resumed+"=yes")
		}
		switch {
		case err == nil || ctx.Err() != nil:
			return nil
		case !errors.Is(err, sshd.ErrLost):
			return err
		case !pause(ctx, retryGap()):
			return nil
		}
	}
}

// there carries a command out in the program that has the file open. Done is
// false when that program has ended before it began: the file may be free now.
func (m *Main) there(ctx context.Context, held *store.HeldError, args []string) (status int, done bool) {
	for _, a := range args {
		if strings.HasPrefix(a, "/dev/") || strings.HasPrefix(a, "/proc/") {
			return m.tell(ctx, misuse("%s cannot be reached from the window that has the file open; use - for the "+
				"command's input or output", a)), true
		}
	}
	client, err := reach(held)
	begun := false
	if err == nil {
		defer client.Close()
		status, begun, err = client.Command(ctx, args, m.passedOn(), m.Stdin, m.Stdout, m.Stderr)
	}
	switch {
	case err == nil:
		return status, true
	case ctx.Err() != nil:
		return m.tell(ctx, ctx.Err()), true
	case begun:
		return m.tell(ctx, failure.New(failure.Unusable, "the window that had the file open was closed meanwhile, so "+
			"it is not known whether this was done; "+
			"look with interlocal history, and do it again if not")), true
	case errors.Is(err, sshd.ErrLost):
		return 0, false
	}
	return m.tell(ctx, err), true
}

// passedOn is what a window tells the program it joins about itself.
func (m *Main) passedOn() []string {
	var out []string
	for _, name := range []string{"COLORTERM", "NO_COLOR", "COLORFGBG", "REDUCED_MOTION", resumed} {
		if v := m.env(name); v != "" {
			out = append(out, name+"="+v)
		}
	}
	if m.Terminal.Out && m.Terminal.Width > 0 {
		out = append(out, "COLUMNS="+strconv.Itoa(m.Terminal.Width))
	}
	if dir, err := os.Getwd(); err == nil {
		out = append(out, "PWD="+dir)
	}
	return out
}
