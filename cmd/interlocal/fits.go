package main

import (
	"context"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"interlocal/model/failure"
	"interlocal/model/lending"
	"interlocal/model/lending/loans"
	"interlocal/model/partnership"
	"interlocal/store/run"
)

func (c *call) fitsCommand() *cobra.Command {
	cmd := c.command("fits WHEN [WHAT…]", "which units are free, best first", between(1, -1),
		func(ctx context.Context, args []string) error { return c.fits(ctx, strings.Join(args, " ")) })
	cmd.Long = `fits reads a line as the booking line of the dashboard does, the dates first or last, and lists what
fits: free units before taken ones, with who has those and when they can be had instead. Several ("any dump x2"),
series and assemblies are answered as the booking would be.`
	cmd.Example = "  interlocal fits tue-thu dump 10+\n  interlocal fits vac tue 8-17 for raytown"
	return cmd
}

// fitJSON is a unit that was asked for, for scripts.
type fitJSON struct {
	Unit  string `json:"unit"`
	Owner string `json:"owner"`
	Free  bool   `json:"free"`
	Rate  string `json:"rate"`
	Why   string `json:"why,omitempty"`
	Next  string `json:"next,omitempty"`
	// Of a series, the dates that cannot be had.
	Taken []string `json:"taken,omitempty"`
	Also  string   `json:"also_asked,omitempty"`
}

func (c *call) fits(ctx context.Context, line string) error {
	view, env, err := c.viewNamed(ctx)
	if err != nil {
		return err
	}
	now := c.wall(view)
	what, city, named := strings.Cut(line, " for ")
	l := loans.ReadLine(view, what, now.Day())
	if named {
		id, err := env.Resolve(partnership.KindPartners, city)
		if err != nil {
			return err
		}
		l.Borrower = partnership.PartnerID(id)
	}
	if l.Fault != "" {
		return failure.New(failure.Invalid, l.Fault)
	}
	if !l.Start.Set || !l.End.Set || l.End.V <= l.Start.V {
		return misuse("say when: interlocal fits tue-thu %s", strings.TrimSpace(l.What))
	}
	out := []fitJSON{}
	rows := [][]string{{"unit", "owner", "free", "rate", "otherwise"}}
	if l.Borrower == 0 {
		l.Borrower = partnership.PartnerID(c.id.Partner)
	}
	for _, f := range loans.Offers(lending.CalendarOf(view, now), l, 50) {
		j := fitJSON{Unit: f.Title, Owner: f.Owner, Free: f.Free, Why: f.Why, Also: f.Also}
		if f.Fit != nil {
			j.Unit = env.Label(lending.KindEquipment, uint64(f.Fit.Unit.ID))
			j.Rate = loans.RateText(f.Fit.Terms)
		}
		for _, d := range f.Taken {
			j.Taken = append(j.Taken, d.String())
		}
		otherwise := f.Also
		if f.Next.Set {
			j.Next = loans.WriteWhen(f.Next.V.Start, f.Next.V.End)
			otherwise = j.Next
		} else if !f.Free {
			otherwise = f.Why
		}
		free := "no"
		if f.Free {
			free = "yes"
		}
		out, rows = append(out, j), append(rows, []string{j.Unit, j.Owner, free, j.Rate, otherwise})
	}
	if c.json {
		return c.writeJSON(out)
	}
	if len(out) == 0 {
		return c.say("No unit that can be lent fits; try fewer words.", nil)
	}
	return writeAligned(c.Stdout, rows)
}

func (c *call) bookCommand() *cobra.Command {
	var wait bool
	cmd := c.command("book WHAT WHEN for CITY[: PURPOSE]", "ask for a unit, as in: book vac tue 8-17 for raytown",
		between(2, -1),
		func(ctx context.Context, args []string) error { return c.book(ctx, strings.Join(args, " "), wait) })
	cmd.Long = `book reads a line as the booking line of the dashboard does and books what fits best. A city's own unit
is booked at once; anybody else's is asked of its owner. What is taken is refused with who has it and when it can be
had instead.

"weekly x6" books six weeks in a row, all or none. "except dec 24, dec 31" behind it, or "not dec 24" or "without dec
24-26", leaves those dates out; one that is not among the dates is refused. Without a year the one is meant in which
it is a date. "every 2 weeks mon+thu until mar 1" books those days. Of a series that is taken on some dates all of
them are told, and none is booked.

"any dump 10+ x2" asks every owner who could give some of them; each grants its own, and what nobody grants in time
lapses. The name of an assembly books all of it or nothing.`
	cmd.Example = "  interlocal book vac tue 8-17 for raytown: clean inlets\n  interlocal book any dump 10+ tue-thu " +
		"for grandview\n  interlocal book sweeper mar 4 8-12 weekly x6 except mar 18, mar 25 for raytown"
	cmd.Flags().BoolVar(&wait, "wait", false, "go on the wait list when it is taken")
	return cmd
}

func (c *call) book(ctx context.Context, line string, wait bool) error {
	if _, err := c.openExisting(ctx); err != nil {
		return err
	}
	asking := &loans.Asking{Line: line, Order: loans.Order{Wait: wait}}
	done, err := c.do(ctx, run.Request{Act: loans.Acts().Named("loan.book"), Args: asking})
	if err != nil {
		return err
	}
	made := done.Detail.(*loans.Made)
	look := []string{}
	for _, w := range done.Stored.Warnings { // told to scripts as well: an agreement may be missing
		fmt.Fprintln(c.Stderr, "look: "+w.Message)
		look = append(look, w.Message)
	}
	said := made.Title + ": " + string(made.State) + ", reservation " +
		(&lending.Reservation{ID: made.IDs[0]}).Number() +
		", " + loans.WriteWhen(made.Order.Start, made.Order.End)
	if n := len(made.Order.Times(made.Order.Start, made.Order.End)); n > 1 {
		said += " and " + counted(n-1, "more time")
	}
	out := []string{}
	for _, d := range made.Out {
		out = append(out, d.String())
	}
	if len(out) > 0 {
		said += ", not on " + loans.DaysText(made.Out)
	}
	return c.say(said, map[string]any{"unit": made.Tag, "state": made.State, "reservations": made.IDs,
		"left_out": out, "warnings": look})
}
