package main

import (
	"bufio"
	"context"
	"time"

	"github.com/spf13/cobra"

	"interlocal/model/match"
)

func (c *call) matchCommand() *cobra.Command {
	cmd := c.command("match solve < PROBLEM.json", "the best matches for a job-shadow problem, with proof of quality", nil, nil)
	cmd.Long = `match solve reads a problem as JSON (who may visit or host whom, when, and what each visit is worth) and writes the
matches, their value, the value that none can exceed, and whether the matches are proved best. It takes at most the
seconds that the problem allows, ten when it says nothing, and an interrupt gives the best found so far.`
	cmd.Args = func(cmd *cobra.Command, args []string) error {
		return misuse("write it as: interlocal %s", cmd.Use)
	}
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
	return w.Flush()
}
