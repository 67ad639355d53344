package main

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"interlocal/store"
)

func (c *call) statusCommand() *cobra.Command {
	cmd := c.command("status", "how the file is: its size, its last copy, what is wrong", none,
		func(ctx context.Context, _ []string) error { return c.status(ctx) })
	cmd.Long = `status says how large the file is, when it was last changed, when the last good copy of it was made and
when one was last made elsewhere, why a copy failed, and whether the clock is believed. What needs attention stands
first.`
	return cmd
}

// statusJSON is the state of a file for scripts.
type statusJSON struct {
	File      string        `json:"file"`
	Timeline  string        `json:"timeline"`
	Rev       uint64        `json:"rev"`
	Changed   time.Time     `json:"changed"`
	Records   int           `json:"records"`
	Bytes     int64         `json:"bytes"`
	Copies    *store.Copies `json:"copies"`
	Attention []string      `json:"attention"`
}

func (c *call) status(ctx context.Context) error {
	st, err := c.openExisting(ctx)
	if err != nil {
		return err
	}
	if err := c.needKeeper("see how the file is"); err != nil {
		return err
	}
	stats, copies, me := st.Stats(), st.Copies(), st.As(c.id)
	out := statusJSON{File: stats.Path, Timeline: stats.Timeline, Rev: stats.Rev, Changed: stats.Changed,
		Bytes:  stats.Bytes,
		Copies: &copies, Attention: append([]string{}, me.Notices()...)}
	for _, n := range stats.Records {
		out.Records += n
	}
	view := me.View()
	at := func(made store.CopyMade, none string) string {
		if made.At.IsZero() {
			return none
		}
		return fmt.Sprintf("%s, change %d, %s", c.local(view, made.At), made.Rev, made.Path)
	}
	var b strings.Builder
	for _, n := range out.Attention {
		fmt.Fprintf(&b, "! %s\n", strings.TrimSuffix(n, "."))
	}
	fmt.Fprintf(&b, "file            %s, %s, %s\n", stats.Path, size(stats.Bytes), counted(out.Records, "record"))
	fmt.Fprintf(&b, "last change     %s, change %d\n", c.local(view, stats.Changed), stats.Rev)
	fmt.Fprintf(&b, "last good copy  %s\n", at(copies.Good, "none yet; make one with: interlocal backup"))
	fmt.Fprintf(&b, "last elsewhere  %s", at(copies.Away, "none yet; make one with: interlocal backup --to FOLDER"))
	return c.say(b.String(), out)
}
