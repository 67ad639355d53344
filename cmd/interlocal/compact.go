package main

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"
)

func (c *call) compactCommand() *cobra.Command {
	cmd := c.command("compact", "give unused space in the file back", none,
		func(ctx context.Context, _ []string) error { return c.compact(ctx) })
	cmd.Long = `compact rewrites the file without the pages that are no longer in use. The old file stays until the new
one is in place.`
	return cmd
}

func (c *call) compact(ctx context.Context) error {
	st, err := c.openExisting(ctx)
	if err != nil {
		return err
	}
	if err := c.needKeeper("compact the file"); err != nil {
		return err
	}
	before, after, err := st.Compact(ctx)
	if err != nil {
		return err
	}
	c.markDamage()
	return c.say(fmt.Sprintf("%s before, %s now", size(before), size(after)),
		map[string]int64{"before": before, "after": after})
}

// size writes a number of bytes for people.
func size(bytes int64) string {
	const unit = 1024
	switch {
	case bytes < unit:
		return fmt.Sprintf("%d bytes", bytes)
	case bytes < unit*unit:
		return fmt.Sprintf("%.1f KB", float64(bytes)/unit)
	}
	return fmt.Sprintf("%.1f MB", float64(bytes)/unit/unit)
}
