package main

import (
	"context"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"interlocal/model"
	"interlocal/model/exchange/spreadsheet"
	"interlocal/model/lending"
)

func (c *call) ratesCommand() *cobra.Command {
	cmd := c.command("rates import FILE", "take a schedule of equipment rates in", nil, nil)
	cmd.Args = func(cmd *cobra.Command, args []string) error { return misuse("write it as: interlocal %s", cmd.Use) }
	cmd.AddCommand(c.ratesImportCommand())
	return cmd
}

func (c *call) ratesImportCommand() *cobra.Command {
	var source string
	var year int
	var o importing
	cmd := c.command("import FILE|-", "take a schedule of equipment rates in", between(1, 1),
		func(ctx context.Context, args []string) error { return c.importRates(ctx, args[0], source, year, o) })
	cmd.Long = `rates import reads a schedule as CSV: cost code, equipment, specification, capacity, HP, unit and rate.
Codes keep their decimals, and a unit that the schedule leaves blank stays blank. A schedule adds to those of other
years; what has been approved or settled keeps the rate it was given.`
	cmd.Example = "  interlocal rates import fema_2025.csv --year 2025\n  interlocal rates import ours.csv --source " +
		"Raytown --year 2027"
	cmd.Flags().StringVar(&source, "source", lending.SourceFEMA, "whose `SCHEDULE` it is")
	cmd.Flags().IntVar(&year, "year", 0, "the schedule's `YEAR`, where the file has no column for it")
	cmd.Flags().BoolVar(&o.rehearse, "dry-run", false, "say what would happen and change nothing")
	return cmd
}

func (c *call) importRates(ctx context.Context, file, source string, year int, o importing) error {
	kind := model.NewSchema().Kind(lending.KindRates)
	if err := c.mayTakeIn(ctx, kind); err != nil {
		return err
	}
	sheet, err := c.readSheet(file, "", kind)
	if err != nil {
		return err
	}
	view, env, err := c.view(ctx)
	if err != nil {
		return err
	}
	m := spreadsheet.MapSheet(kind, sheet, env, nil)
	if year == 0 {
		year = yearOfRates(sheet.Headings)
	}
	if !m.Has("source") {
		err = m.Fix("source", source)
	}
	if err == nil && year != 0 && !m.Has("schedule_year") {
		err = m.Fix("schedule_year", strconv.Itoa(year))
	}
	if err != nil {
		return err
	}
	plan, err := c.files(ctx, o).Plan(view, env.Today, sheet, m)
	if err != nil {
		return err
	}
	return c.takeIn(ctx, plan, o)
}

// yearOfRates gives the year in a schedule's heading, as in "2023 Rate"; 0 where
// there is none.
func yearOfRates(headings []string) int {
	for _, h := range headings {
		for word := range strings.FieldsSeq(h) {
			year, err := strconv.Atoi(word)
			if err == nil && year >= 1990 && year < 2100 && strings.Contains(strings.ToLower(h), "rate") {
				return year
			}
		}
	}
	return 0
}
