package main

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"interlocal/model/access"
	"interlocal/store"
)

func (c *call) undoCommand() *cobra.Command {
	cmd := c.command("undo", "take back your latest change", none, func(ctx context.Context, _ []string) error {
		return c.turnBack(ctx, "Took back", (*store.Store).Undo)
	})
	cmd.Long = `undo takes back your own latest change as a new change. When somebody has changed a record of it since,
nothing happens and the record is named.`
	return cmd
}

func (c *call) redoCommand() *cobra.Command {
	return c.command("redo", "make the change again that you took back", none,
		func(ctx context.Context, _ []string) error {
			return c.turnBack(ctx, "Did again", (*store.Store).Redo)
		})
}

func (c *call) turnBack(ctx context.Context, verb string,
	turn func(*store.Store, context.Context, access.Identity) (store.Undone, error)) error {
	st, err := c.openExisting(ctx)
	if err != nil {
		return err
	}
	u, err := turn(st, ctx, c.id)
	if err != nil {
		return err
	}
	return c.say(fmt.Sprintf("%s: %s (%s)", verb, u.Title, counted(u.Records, "record")), map[string]any{
		"rev": u.Rev, "of": u.Of, "title": u.Title, "records": u.Records})
}

// counted writes a number with its noun: 1 record, 2 records.
func counted(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
