package main

import (
	"context"
	"io"

	"github.com/spf13/cobra"

	"interlocal/model/lending/rates"
	"interlocal/model/partnership"
	"interlocal/model/value"
)

func (c *call) forceAccountCommand() *cobra.Command {
	var partner, from, to string
	var out output
	cmd := c.command("forceaccount [--partner P] [--from DAY] [--to DAY] [-o FILE]",
		"equipment use as force-account CSV", none,
		func(ctx context.Context, _ []string) error { return c.forceAccount(ctx, partner, from, to, out) })
	cmd.Long = `forceaccount writes what loans of equipment came to as CSV: for each the schedule's code and year, the
rate, the meter readings, the quantity and the amount, by the day of return. Without days it is the month up to today.`
	cmd.Example = "  interlocal forceaccount --partner raytown --from 2027-03-01 --to 2027-03-31 -o march.csv"
	cmd.Flags().StringVar(&partner, "partner", "", "the `PARTNER` that lent")
	cmd.Flags().StringVar(&from, "from", "", "the first `DAY`")
	cmd.Flags().StringVar(&to, "to", "", "the last `DAY`")
	out.flags(cmd)
	return cmd
}

func (c *call) forceAccount(ctx context.Context, partner, from, to string, out output) error {
	view, env, err := c.viewNamed(ctx)
	if err != nil {
		return err
	}
	var lender uint64
	if partner != "" {
		if lender, err = env.Resolve(partnership.KindPartners, partner); err != nil {
			return err
		}
	}
	last := env.Today
	if to != "" {
		if last, err = value.ParseDay(to, env.Today); err != nil {
			return err
		}
	}
	first := last.AddMonths(-1)
	if from != "" {
		if first, err = value.ParseDay(from, env.Today); err != nil {
			return err
		}
	}
	rows := rates.ForceAccount(view, partnership.PartnerID(lender), first, last)
	return c.write(out, func(w io.Writer) error { return writeCells(w, rows) })
}
