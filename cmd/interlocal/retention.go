package main

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"interlocal/model/partnership"
	"interlocal/model/value"
	"interlocal/store"
)

// purging is what history purge is asked.
type purging struct {
	before, order, series string
	yes                   bool
}

// historyVerbs are the commands about history itself.
func (c *call) historyVerbs() []*cobra.Command {
	var p purging
	purge := c.command("purge --before DAY", "remove history from before a day; the records stay", none,
		func(ctx context.Context, _ []string) error { return c.purgeHistory(ctx, p) })
	purge.Long = `purge removes what is in the history from before a day, and what unused parts of the file still hold
of it. The records stay as they are. A line of history remains that says what went, how many, by whose order and under
which series. Copies made earlier keep what they hold; those of the last 14 days go by themselves. It says first how
many changes would go, and does it with --yes. It cannot be taken back.`
	purge.Flags().StringVar(&p.before, "before", "", "the `DAY` before which history goes")
	purge.Flags().StringVar(&p.order, "order", "", "the `NAME` of whoever ordered it (default: yours)")
	purge.Flags().StringVar(&p.series, "series", "", "the `SERIES` of the retention schedule that allows it")
	purge.Flags().BoolVar(&p.yes, "yes", false, "do it")
	hold := c.command("hold MATTER", "stop all removal of history, for a lawsuit, an audit or a request",
		between(1, -1),
		func(ctx context.Context, args []string) error {
			return c.keepHistory(ctx, "History is held",
				func(st *store.Store) error { return st.Hold(ctx, c.id, strings.Join(args, " ")) })
		})
	release := c.command("release MATTER", "end a hold", between(1, -1),
		func(ctx context.Context, args []string) error {
			return c.keepHistory(ctx, "The hold is over",
				func(st *store.Store) error { return st.Release(ctx, c.id, strings.Join(args, " ")) })
		})
	return []*cobra.Command{purge, hold, release, c.scheduleCommand()}
}

func (c *call) scheduleCommand() *cobra.Command {
	var series string
	years := -1
	cmd := c.command("schedule", "for how many years history is kept, and what holds it", none,
		func(ctx context.Context, _ []string) error {
			if years < 0 {
				return c.keepHistory(ctx, "", func(*store.Store) error { return nil })
			}
			return c.keepHistory(ctx, "", func(st *store.Store) error { return st.Schedule(ctx, c.id, years, series) })
		})
	cmd.Long = `schedule says for how many years history is kept. A new file keeps it for ever. With --years, older
history is removed with the daily backup; the series of the retention schedule that allows it has to be named. --years
0 keeps it for ever.`
	cmd.Flags().IntVar(&years, "years", -1, "keep history for `N` years; 0 is for ever")
	cmd.Flags().StringVar(&series, "series", "", "the `SERIES` of the retention schedule that allows it")
	return cmd
}

func (c *call) purgeHistory(ctx context.Context, p purging) error {
	if p.before == "" {
		return misuse("say before which day history goes: interlocal history purge --before 2027-01-01")
	}
	st, err := c.openExisting(ctx)
	if err != nil {
		return err
	}
	if err := c.needKeeper("remove history"); err != nil {
		return err
	}
	view := st.As(c.id).View()
	day, err := value.ParseDay(p.before, c.wall(view).Day())
	if err != nil {
		return err
	}
	t := day.Time()
	before := time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, partnership.SettingsOf(view).Location())
	n, err := st.OlderThan(ctx, before)
	if err != nil {
		return err
	}
	out := map[string]any{"before": before, "changes": n, "done": p.yes}
	if !p.yes {
		return c.say(fmt.Sprintf("%s from before %s would go. Nothing has been removed yet; go on with --yes. It "+
			"cannot be taken back.",
			counted(n, "change"), day.Long()), out)
	}
	if n, err = st.PurgeBy(ctx, c.id, store.PurgeOrder{Before: before, By: p.order, Series: p.series}); err != nil {
		return err
	}
	out["changes"] = n
	return c.say(fmt.Sprintf("Removed %s from before %s.", counted(n, "change"), day.Long()), out)
}

// keepHistory changes how history is kept and says how it now is.
func (c *call) keepHistory(ctx context.Context, words string, change func(*store.Store) error) error {
	st, err := c.openExisting(ctx)
	if err != nil {
		return err
	}
	if err := c.needKeeper("say how history is kept"); err != nil {
		return err
	}
	if err := change(st); err != nil {
		return err
	}
	k := st.Keeping()
	lines := []string{"History is kept for ever."}
	if k.Years > 0 {
		lines[0] = fmt.Sprintf("History is kept for %s, series %s, as %s said.", counted(k.Years, "year"),
			k.Series, k.By)
	}
	if words != "" {
		lines = append([]string{words + "."}, lines...)
	}
	zone := partnership.SettingsOf(st.As(c.id).View()).Location()
	for _, h := range k.Holds {
		lines = append(lines, fmt.Sprintf("Held for %s, since %s, by %s: nothing is removed.", h.Matter,
			h.From.In(zone).Format(time.DateOnly), h.By))
	}
	return c.say(strings.Join(lines, "\n"), k)
}
