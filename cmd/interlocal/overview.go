package main

import (
	"context"
	"io"

	"github.com/spf13/cobra"

	"interlocal/model/field"
	"interlocal/model/partnership"
	"interlocal/model/report/overview"
)

func (c *call) overviewCommand() *cobra.Command {
	var how bool
	cmd := c.command("overview", "what needs attention, as text", none,
		func(ctx context.Context, _ []string) error { return c.overview(ctx, how) })
	cmd.Flags().BoolVar(&how, "how", false, "tell by what arithmetic days were found")
	cmd.Long = `overview prints what needs attention, the figures that matter and the next thirty days, as text or, with
--json, for scripts.`
	return cmd
}

func (c *call) overview(ctx context.Context, how bool) error {
	view, _, err := c.view(ctx)
	if err != nil {
		return err
	}
	return c.overviewOf(view, how, c.notices()...)
}

// overviewOf prints the overview of some records, with what is to be told of the
// file they are in.
func (c *call) overviewOf(r field.Reader, how bool, notices ...string) error {
	at := field.Viewpoint{Reader: r, By: field.Actor{Partner: c.id.Partner}, Now: c.wall(r)}
	summary, settings := overview.Of(at), partnership.SettingsOf(r)
	summary.Tell(notices)
	if c.json {
		b, err := overview.JSON(summary, settings)
		if err == nil {
			_, err = c.Stdout.Write(b)
		}
		return err
	}
	_, err := io.WriteString(c.Stdout, overview.Text(summary, settings, c.width(), how))
	return err
}
