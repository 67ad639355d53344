package main

import (
	"bytes"
	"context"
	"encoding/csv"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"interlocal/model"
	"interlocal/model/exchange"
	"interlocal/model/failure"
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
	cmd.Long = `rates import reads a schedule as CSV: cost code, equipment, specification, capacity, HP, unit and rate. Codes keep their
decimals, and a unit that the schedule leaves blank stays blank. A schedule adds to those of other years; what has been
approved or settled keeps the rate it was given.`
	cmd.Example = "  interlocal rates import fema_2025.csv --year 2025\n  interlocal rates import ours.csv --source Raytown --year 2027"
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
	in, err := c.input(file)
	if err != nil {
		return err
	}
	defer in.Close()
	b, err := io.ReadAll(io.LimitReader(in, exchange.MaxFile))
	if err != nil {
		return &failure.Error{Code: failure.Unusable, Message: inputName(file) + " could not be read to its end", Cause: err}
	}
	if b, err = withColumns(b, source, year); err != nil {
		return &failure.Error{Code: failure.Invalid, Message: inputName(file) + " is not CSV with a heading", Cause: err}
	}
	sheet, err := exchange.Read(bytes.NewReader(b), baseName(file), exchange.ReadOptions{Kind: kind})
	if err != nil {
		return err
	}
	view, env, err := c.view(ctx)
	if err != nil {
		return err
	}
	plan, err := c.files(o).Plan(view, env.Today, sheet, exchange.Map(kind, sheet.Headings, nil))
	if err != nil {
		return err
	}
	return c.takeIn(ctx, plan, o)
}

// withColumns adds to a schedule what its rows leave to the cover: whose it is
// and, unless there is a column for it, the year.
func withColumns(b []byte, source string, year int) ([]byte, error) {
	r := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(b, []byte("\ufeff"))))
	r.FieldsPerRecord, r.LazyQuotes = -1, true
	rows, err := r.ReadAll()
	if err != nil || len(rows) == 0 {
		return nil, err
	}
	dated := slices.ContainsFunc(rows[0], func(h string) bool { return strings.Contains(strings.ToLower(h), "year") })
	more := [2]string{source, strconv.Itoa(year)}
	head := [2]string{"source", "schedule_year"}
	var out bytes.Buffer
	w := csv.NewWriter(&out)
	for i, row := range rows {
		add := more
		if i == 0 {
			add = head
		}
		row = append(row, add[0])
		if !dated && year != 0 {
			row = append(row, add[1])
		}
		if err := w.Write(row); err != nil {
			return nil, err
		}
	}
	w.Flush()
	return out.Bytes(), w.Error()
}
