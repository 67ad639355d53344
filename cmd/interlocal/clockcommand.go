package main

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"github.com/spf13/cobra"

	"interlocal/model/partnership"
	"interlocal/model/text"
	"interlocal/store"
)

func (c *call) clockCommand() *cobra.Command {
	cmd := c.command("clock", "what the clock says, and whether to believe it", none,
		func(ctx context.Context, _ []string) error { return c.showClock(ctx) })
	cmd.Long = `clock says what this machine's clock says and when the last change was made. While the clock is a day
behind the last change, or three months ahead of it, or has jumped while a server runs, nothing is saved until
somebody says that it is right. Changes keep their order whatever the clock says.`
	right := c.command("right", "say that the clock is right; changes of a time to come are marked", none,
		func(ctx context.Context, _ []string) error { return c.clockRight(ctx) })
	mark := c.command("mark FIRST [LAST]", "mark changes as made under a wrong clock", between(1, 2),
		func(ctx context.Context, args []string) error { return c.clockMark(ctx, args) })
	mark.Long = `mark notes that the changes from FIRST to LAST were made while the clock was wrong. Their numbers are
the "rev" of interlocal history --json. The history says so from then on; nothing else about them changes.`
	cmd.AddCommand(right, mark)
	return cmd
}

// clockJSON is what is known about the clock, for scripts.
type clockJSON struct {
	Now   time.Time `json:"now"`
	Last  time.Time `json:"last_change"`
	Doubt string    `json:"doubt"`
}

func (c *call) showClock(ctx context.Context) error {
	st, err := c.openExisting(ctx)
	if err != nil {
		return err
	}
	stats, out := st.Stats(), clockJSON{Now: c.Now(), Doubt: c.clockDoubt(st)}
	out.Last = stats.Changed
	view := st.As(c.id).View()
	words := "The clock says " + c.local(view, out.Now) + "; the last change was made on " +
		c.local(view, out.Last) + "."
	if out.Doubt != "" {
		words += "\nNothing is saved until somebody says which is right: set the clock, or say that it is right " +
			"with: " + store.Command(st.Path(), "clock right")
	}
	return c.say(words, out)
}

// clockDoubt says why the clock is not believed, "" when it is.
func (c *call) clockDoubt(st *store.Store) string {
	d := st.ClockDoubt()
	if d == nil {
		return ""
	}
	return d.Sentence(partnership.SettingsOf(st.As(c.id).View()).Location())
}

func (c *call) clockRight(ctx context.Context) error {
	st, err := c.openExisting(ctx)
	if err != nil {
		return err
	}
	if err := c.needKeeper("say that the clock is right"); err != nil {
		return err
	}
	b, err := st.BelieveClock(ctx, c.id)
	if err != nil {
		return err
	}
	words := "The clock is right: " + c.local(st.As(c.id).View(), c.Now()) + "."
	if b.Marked > 0 {
		words += " " + counted(b.Marked, "change") + " of a time to come " +
			map[bool]string{true: "is", false: "are"}[b.Marked == 1] +
			" marked as made under a wrong clock."
	}
	return c.say(words, map[string]any{"rev": b.Rev, "marked": b.Marked})
}

func (c *call) clockMark(ctx context.Context, args []string) error {
	var revs []uint64
	for _, arg := range args {
		n, err := strconv.ParseUint(arg, 10, 64)
		if err != nil {
			return misuse("changes are named by their number, such as 120; interlocal history --json shows it as rev")
		}
		revs = append(revs, n)
	}
	st, err := c.openExisting(ctx)
	if err != nil {
		return err
	}
	if err := c.needKeeper("mark changes"); err != nil {
		return err
	}
	from, to := revs[0], revs[len(revs)-1]
	rev, err := st.MarkClock(ctx, c.id, from, to)
	if err != nil {
		return err
	}
	return c.say("Marked as made under a wrong clock: "+counted(int(to-from)+1, "change")+".",
		map[string]any{"rev": rev, "from": from, "to": to})
}

// askAboutClock asks whoever starts the dashboard about a clock that is in doubt.
// Without a yes the dashboard opens all the same, and saves nothing.
func (c *call) askAboutClock(ctx context.Context, st *store.Store) error {
	doubt := c.clockDoubt(st)
	if doubt == "" || c.needKeeper("say that the clock is right") != nil {
		return nil
	}
	c.warn("%s.", text.Capital(doubt))
	fmt.Fprint(c.Stderr, "Is the clock right? Nothing is saved until it is set, or somebody says yes. [y/N] ")
	if !c.yes() {
		return nil
	}
	_, err := st.BelieveClock(ctx, c.id)
	return err
}
