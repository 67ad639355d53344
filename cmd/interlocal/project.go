package main

import (
	"context"
	"io"

	tea "charm.land/bubbletea/v2"
	"github.com/spf13/cobra"

	"interlocal/tui/meeting"
)

func (c *call) projectCommand() *cobra.Command {
	cmd := c.command("project", "the meeting for the screen on the wall", none,
		func(ctx context.Context, _ []string) error { return c.project(ctx) })
	cmd.Long = `project shows the meeting that is open, or the next one, in large and few words: what is being discussed, the
last change, the actions so far. It changes nothing, follows the meeting as it goes on, and shows no private or
confidential field. q ends it.

Where there is no terminal it prints what has been recorded so far.`
	return cmd
}

// project shows the wall.
func (c *call) project(ctx context.Context) error {
	st, err := c.open(ctx)
	if err != nil {
		return err
	}
	me := st.As(c.id)
	if !c.drawable() || c.Host != nil {
		wall, err := meeting.WallText(me, c.wall(me.View()))
		if err != nil {
			return err
		}
		_, err = io.WriteString(c.Stdout, wall)
		return err
	}
	p := meeting.NewProjector(meeting.ProjectorOptions{Store: st, Me: me, Clock: c.Now, Light: lightBackground(c.env("COLORFGBG"))})
	defer p.Close()
	_, err = tea.NewProgram(p, tea.WithContext(ctx), tea.WithInput(c.Stdin), tea.WithOutput(c.Stdout),
		tea.WithEnvironment(c.Environ), tea.WithoutSignalHandler()).Run()
	if ctx.Err() != nil {
		return nil
	}
	return err
}
