package main

import (
	"context"
	"io"
	"strconv"

	tea "charm.land/bubbletea/v2"
	"github.com/spf13/cobra"

	"interlocal/model/field"
	"interlocal/model/meeting"
	"interlocal/model/report/overview"
	"interlocal/store"
	"interlocal/store/run"
	"interlocal/tui"
	"interlocal/tui/sshd"
)

func (c *call) projectCommand() *cobra.Command {
	cmd := c.command("project", "the meeting for the screen on the wall", none,
		func(ctx context.Context, _ []string) error { return c.project(ctx) })
	cmd.Long = `project shows the meeting that is open, or the next one, in large and few words: what is being
discussed, the last change, the actions so far. It changes nothing, follows the meeting as it goes on, and shows no
private or confidential field. q ends it.

Where there is no terminal it prints what has been recorded so far.`
	return cmd
}

// projects tells the command line whose screen is the wall.
func projects(args []string) bool { return len(args) == 1 && args[0] == "project" }

// project shows the wall. It may be the first of several windows, or join those
// that are open already.
func (c *call) project(ctx context.Context) error {
	if c.drawable() && c.Host == nil && !c.json {
		return c.windowOrHolder(ctx, []string{"project"}, func(st *store.Store, typed []byte) error {
			return c.screen(ctx, st, false, typed, func(context.Context) (tea.Model, func()) {
				wall := c.newProjector(st, c.here())
				return wall, wall.Close
			})
		})
	}
	st, err := c.open(ctx)
	if err != nil {
		return err
	}
	me := st.As(c.id)
	view := me.View()
	now := c.wall(view)
	m := meeting.AtHand(view, now, nil)
	if m == nil {
		_, err = io.WriteString(c.Stdout, "No meeting is planned.\n")
		return err
	}
	entries, err := run.Recorded(me, uint64(m.ID), 0)
	if err != nil {
		return err
	}
	wall := meeting.Wall(view, m, meeting.Lines(field.NewEnv(view, now.Day()), m.ID, entries))
	if owners := overview.Owners(view, now.Day()); len(owners) > 0 {
		wall += strconv.Itoa(len(owners)) + " people have open actions.\n"
	}
	_, err = io.WriteString(c.Stdout, wall)
	return err
}

// newProjector makes the wall of a visit, which sees what the visitor may see.
func (c *call) newProjector(st *store.Store, v sshd.Visit) *tui.Projector {
	at := Main{Environ: v.Environ}
	return tui.NewProjector(tui.ProjectorOptions{Store: st, Me: st.As(v.Guest.Identity), Clock: c.Now,
		Profile: v.Profile, Light: lightBackground(at.env("COLORFGBG"))})
}
