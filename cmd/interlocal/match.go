package main

import (
	"bufio"
	"context"
	"time"

	"github.com/spf13/cobra"

	"interlocal/model/match"
)

func (c *call) matchCommand() *cobra.Command {
	var o matching
	cmd := c.command("match EVENT", "make or repair the matches of an event; match solve < PROBLEM.json", nil,
		func(ctx context.Context, args []string) error { return c.matchEvent(ctx, args[0], o) })
	cmd.Long = `match makes the matches of an event from its sign-ups and saves them with the proof of how good they
are; locked ones stay. --repair mends them after people withdrew, moving as few as possible; --dropout names somebody
who drops out now. --calendar writes the visits as a calendar file instead, of one --person or of all.

match solve reads a problem as JSON (who may visit or host whom, when, and what each visit is worth) and writes the
matches, their value, the value that none can exceed, and whether the matches are proved best. It takes at most the
seconds that the problem allows, ten when it says nothing, and an interrupt gives the best found so far.`
	cmd.Example = "  interlocal match \"Spring job shadowing\" --dry-run\n  interlocal match 2 --repair --dropout " +
		"\"Dana Reyes\"\n  interlocal match 2 --calendar --person \"Lena Forsythe\" -o lena.ics"
	cmd.Args = func(_ *cobra.Command, args []string) error {
		if len(args) != 1 {
			return misuse("write it as: interlocal match EVENT, or interlocal match solve < problem.json")
		}
		return nil
	}
	cmd.Flags().BoolVar(&o.repair, "repair", false, "mend the matches, moving as few people as possible")
	cmd.Flags().BoolVar(&o.best, "best", false, "with --repair: make the best of the whole, whoever moves for it")
	cmd.Flags().StringArrayVar(&o.dropout, "dropout", nil, "with --repair: `PERSON` withdraws")
	cmd.Flags().BoolVar(&o.dry, "dry-run", false, "say what would happen and change nothing")
	cmd.Flags().IntVar(&o.seconds, "seconds", 0, "look for `N` seconds at most (default: as the event says)")
	cmd.Flags().BoolVar(&o.calendar, "calendar", false, "write the visits as a calendar (ICS)")
	cmd.Flags().StringVar(&o.person, "person", "", "with --calendar: of one `PERSON`")
	o.out.flags(cmd)
	cmd.AddCommand(c.command("solve", "read a problem as JSON, write the best matches", none,
		func(ctx context.Context, _ []string) error { return c.solve(ctx) }))
	return cmd
}

func (c *call) solve(ctx context.Context) error {
	if c.Terminal.In {
		return misuse("give it a problem: interlocal match solve < problem.json")
	}
	problem, err := match.DecodeProblem(c.Stdin)
	if err != nil {
		return explainInput("the problem", err)
	}
	if problem.Aside != "" {
		c.warn("the problem: %q means nothing here and is left aside", problem.Aside)
	}
	seconds := problem.Seconds
	if seconds == 0 {
		seconds = match.DefaultSeconds
	}
	end := c.Now().Add(time.Duration(seconds * float64(time.Second)))
	result, err := match.Solve(problem, match.Control{
		Stop:     func() bool { return ctx.Err() != nil || c.Now().After(end) },
		Progress: func(p match.Progress) { c.note("value %d, none can exceed %d", p.Value, p.Bound) },
	})
	if err != nil {
		return explainInput("the problem", err)
	}
	w := bufio.NewWriter(c.Stdout)
	if err := result.Encode(w); err != nil {
		return err
	}
	if err := w.Flush(); err != nil {
		return err
	}
	if err := problem.Possible(); err != nil {
		return explainInput("the problem", err)
	}
	return nil
}
