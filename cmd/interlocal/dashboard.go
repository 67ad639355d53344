package main

import (
	"context"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"strings"

	tea "charm.land/bubbletea/v2"

	"interlocal/model/failure"
	"interlocal/model/partnership"
	"interlocal/model/sample"
	"interlocal/model/value"
	"interlocal/store"
	"interlocal/tui"
	"interlocal/tui/sshd"
)

// dashboardOrOverview is the program without a command.
func (c *call) dashboardOrOverview(ctx context.Context, _ []string) error {
	if c.json || !c.drawable() || c.Host != nil {
		return c.overview(ctx, false)
	}
	return c.windowOrHolder(ctx, nil,
		func(st *store.Store, typed []byte) error { return c.dashboard(ctx, st, false, typed) })
}

// dashboard shows the dashboard of this process until its user quits. Other
// windows can join meanwhile, except in what is thrown away; typed is what was
// typed before.
func (c *call) dashboard(ctx context.Context, st *store.Store, tour bool, typed []byte) error {
	if err := c.askAboutClock(ctx, st); err != nil {
		return err
	}
	var samples throwaway
	defer samples.close()
	return c.screen(ctx, st, tour, typed, func(ctx context.Context) (tea.Model, func()) {
		o := c.sessionOptions(ctx, st, c.here())
		o.Tour = tour
		o.Samples = func() (*store.Store, error) { return samples.open(ctx, c, c.story()) }
		session := tui.New(o)
		return session, session.Close
	})
}

// here is the visit of whoever sits at this process's own terminal.
func (c *call) here() sshd.Visit {
	return sshd.Visit{Guest: sshd.Guest{Identity: c.id}, From: "this machine", Environ: c.Environ, Local: true}
}

// screen shows a screen on this process's terminal, which keeps the file for the
// other windows as well, until its user quits. One that is closed to others is
// of what is thrown away.
func (c *call) screen(ctx context.Context, st *store.Store, closed bool, typed []byte,
	make func(context.Context) (tea.Model, func())) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	backups := c.tend(ctx, st, slog.New(slog.DiscardHandler))
	var room *sharing
	if !closed {
		room = c.invite(ctx, st)
	}
	shown, let := make(ctx)
	defer let()
	program := tea.NewProgram(shown, tea.WithContext(ctx), tea.WithInput(keyboard(c.Stdin)), tea.WithOutput(c.Stdout),
		tea.WithEnvironment(c.Environ), tea.WithoutSignalHandler())
	if len(typed) > 0 {
		go func() {
			for _, key := range sshd.Typed(typed) {
				program.Send(key)
			}
		}()
	}
	_, err := program.Run()
	killed := ctx.Err() != nil
	stop()
	if room != nil {
		if others := room.others(); others != "" {
			c.after = append(c.after, others)
		}
		room.close(sshd.Handover)
	}
	if problem := <-backups; problem != nil {
		c.after = append(c.after, backupFailed(problem))
	}
	if err != nil && !killed {
		return &failure.Error{Code: failure.Unusable, Cause: err,
			Message: "the dashboard ended by itself; what was saved is in the file, and what was being typed is kept " +
				"as a draft"}
	}
	return nil
}

// invite opens the file to this account's other windows. A dashboard that they
// cannot join is a dashboard all the same.
func (c *call) invite(ctx context.Context, st *store.Store) *sharing {
	if c.System == "windows" {
		return nil
	}
	s, err := c.share(ctx, st, sshd.Options{})
	if err == nil {
		if err = s.openSocket(); err != nil {
			s.close(sshd.Handover)
			s = nil
		}
	}
	if err != nil {
		c.after = append(c.after, "Other windows could not join: "+oneLine(err.Error())+".")
	}
	return s
}

// story is the sample day.
func (c *call) story() *sample.Set { return sample.Story(c.sampleDay()) }

// sampleDay is today on the clocks of the sample partnership.
func (c *call) sampleDay() value.Day {
	return value.DayOf(c.Now().In(partnership.NewSeed().Settings[0].Location()))
}

// throwaway is a file that goes when the program ends.
type throwaway struct {
	dir   string
	store *store.Store
}

// open makes the file and fills it; a second call gives the same one.
func (t *throwaway) open(ctx context.Context, c *call, set *sample.Set) (*store.Store, error) {
	if t.store != nil {
		return t.store, nil
	}
	dir, err := os.MkdirTemp("", "interlocal-demo-")
	if err != nil {
		return nil, &failure.Error{Code: failure.Unusable, Cause: err,
			Message: "there is no room for a throwaway file in " + os.TempDir() + "; set TMPDIR to a folder with some"}
	}
	t.dir = dir
	st, err := store.Open(filepath.Join(dir, "demo.db"), c.storeOptions())
	if err != nil {
		return nil, err
	}
	t.store = st
	return st, fill(ctx, st, "sample records", set.Each)
}

// close takes the file away.
func (t *throwaway) close() error {
	var err error
	if t.store != nil {
		err = t.store.Close()
	}
	if t.dir != "" {
		err = errors.Join(err, os.RemoveAll(t.dir))
	}
	return err
}

// lightBackground reads COLORFGBG, in which some terminals say their colours as
// "0;15": foreground and background by their numbers among sixteen.
func lightBackground(colours string) bool {
	background := colours[strings.LastIndexByte(colours, ';')+1:]
	return background == "7" || background == "15"
}
