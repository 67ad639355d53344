package main

import (
	"context"
	_ "embed"
	"strings"

	"github.com/spf13/cobra"

	"interlocal/store"
)

//go:embed restore.txt
var restoreText string

func (c *call) restoreCommand() *cobra.Command {
	cmd := c.command("restore FILE", "go back to a backup; the present file is kept beside it", between(1, 1),
		func(_ context.Context, args []string) error { return c.restore(args[0]) })
	cmd.Long = `restore checks a backup and puts it in the file's place. The file as it was is kept beside it, under a
name that says when. Nobody may have the file open meanwhile.

` + strings.TrimSpace(restoreText)
	return cmd
}

func (c *call) restore(from string) error {
	if err := c.localFiles("a backup"); err != nil {
		return err
	}
	if c.Host != nil {
		return misuse("restore puts another file in this one's place, so nobody may have it open; close all windows, " +
			"or stop the server, and try again")
	}
	if c.as != "" {
		return misuse("restore replaces the whole file and has no --as")
	}
	path, err := c.path()
	if err != nil {
		return err
	}
	kept, err := store.Restore(path, from, c.storeOptions())
	if err != nil {
		return err
	}
	words := "Restored " + path + " from " + from
	if kept != "" {
		words += "; what was there before is " + kept
	}
	return c.say(words, map[string]any{"file": path, "from": from, "kept": kept})
}
