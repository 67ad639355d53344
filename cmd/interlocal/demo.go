package main

import (
	"context"
	"errors"
	"os"

	"github.com/spf13/cobra"

	"interlocal/model/access"
	"interlocal/model/failure"
	"interlocal/model/match"
	"interlocal/model/sample"
	"interlocal/model/shadowing"
	"interlocal/model/shadowing/pairing"
	"interlocal/store"
	"interlocal/store/run"
)

func (c *call) demoCommand() *cobra.Command {
	var people int
	var keep string
	var serve bool
	cmd := c.command("demo [--scale N] [--keep FILE | --serve]", "look around in a busy day of a sample partnership",
		none,
		func(ctx context.Context, _ []string) error { return c.demo(ctx, people, keep, serve) })
	cmd.Long = `demo opens a throwaway file with a made-up busy day: an overdue truck, an event in nine days, a
self-assessment with answers left, a briefing due. A tour of five stops shows the way. Every person, machine and
amount is invented and marked SAMPLE. The file is gone when you quit, unless --keep names one.`
	cmd.Flags().IntVar(&people, "scale", 0, "make `N` people, and other records in proportion, for measuring")
	cmd.Flags().StringVar(&keep, "keep", "", "keep the records in a new `FILE`")
	cmd.Flags().BoolVar(&serve, "serve", false,
		"share it on this machine, and print two SSH lines as staff of two cities")
	return cmd
}

func (c *call) demo(ctx context.Context, people int, keep string, serve bool) error {
	switch {
	case people < 0 || people > 1_000_000:
		return misuse("--scale takes a number from 1 to 1000000")
	case c.Host != nil:
		return misuse("the demo runs on your own machine: interlocal demo")
	case serve && keep != "":
		return misuse("--serve shares a throwaway file; to share one that stays, keep it with --keep FILE and run " +
			"interlocal serve --db FILE")
	case c.as != "":
		return misuse("the demo has no --as; keep its records with --keep FILE and look at that file")
	}
	set := proven(c.story())
	if people > 0 {
		set = sample.Scale(people, c.sampleDay())
	}
	c.note("Making %d sample records …", set.Len())
	if serve {
		return c.demoServe(ctx, set)
	}
	if keep != "" {
		return c.demoKept(ctx, keep, set)
	}
	var t throwaway
	st, err := t.open(ctx, c, set)
	if err == nil {
		err = c.show(ctx, st)
	}
	return errors.Join(err, t.close())
}

// proven makes the matches of the story's next event as a coordinator would, so
// that the demo shows them with the proof of how good they are.
func proven(set *sample.Set) *sample.Set {
	event := set.Events[len(set.Events)-1]
	x, err := pairing.Prepare(set.Reader(), event.ID, pairing.Options{Parallel: run.OnAllProcessors})
	if err != nil {
		return set
	}
	p, err := x.Make(match.Control{})
	if err != nil {
		return set
	}
	var kept []*shadowing.Match
	for _, m := range set.Matches {
		if m.Event != event.ID {
			kept = append(kept, m)
		}
	}
	changes := x.Save(p, event.Date.V-9)
	for _, m := range changes.Matches {
		m.ID = shadowing.MatchID(len(kept) + 1)
		kept = append(kept, m)
	}
	set.Matches = kept
	if changes.Proof != nil {
		changes.Proof.ID = 1
		set.Proofs = append(set.Proofs, changes.Proof)
	}
	return set
}

// demoKept shows the demo in a file that stays.
func (c *call) demoKept(ctx context.Context, path string, set *sample.Set) error {
	if _, err := os.Lstat(path); err == nil {
		return failure.New(failure.Invalid, path+" exists; --keep makes a new file, so give it another name")
	}
	st, err := store.Open(path, c.storeOptions())
	if err != nil {
		return err
	}
	if err = fill(ctx, st, "sample records", set.Each); err == nil {
		err = c.show(ctx, st)
	}
	return errors.Join(err, st.Close())
}

// show opens the demo's dashboard, or prints its overview.
func (c *call) show(ctx context.Context, st *store.Store) error {
	c.id = access.Alone(c.User)
	if !c.json && c.drawable() {
		return c.dashboard(ctx, st, true, nil)
	}
	return c.overviewOf(st.As(c.id).View(), false)
}
