package main

import (
	"context"

	"github.com/spf13/cobra"
)

func (c *call) backupCommand() *cobra.Command {
	cmd := c.command("backup [FILE]", "copy the file and check the copy", between(0, 1),
		func(ctx context.Context, args []string) error { return c.backup(ctx, args) })
	cmd.Long = `backup writes a copy of the whole file and opens and checks it before giving it its name. Without FILE it makes
the day's backup beside the file, of which the last 14 are kept; the dashboard makes that one by itself when it starts, so
that a day on which somebody works has its backup.`
	return cmd
}

func (c *call) backup(ctx context.Context, args []string) error {
	st, err := c.openExisting(ctx)
	if err != nil {
		return err
	}
	if err := c.needKeeper("copy the whole file"); err != nil {
		return err
	}
	if len(args) == 0 {
		path, made, err := st.BackupDaily(ctx)
		if err != nil {
			return err
		}
		c.markDamage()
		words := "Backed up to " + path
		if !made {
			words = "Today's backup is there already: " + path
		}
		return c.say(words, map[string]any{"file": path, "made": made})
	}
	if err := c.localFiles(args[0]); err != nil {
		return err
	}
	if err := st.Backup(ctx, c.at(args[0])); err != nil {
		return err
	}
	c.markDamage()
	return c.say("Backed up to "+args[0], map[string]any{"file": args[0], "made": true})
}
