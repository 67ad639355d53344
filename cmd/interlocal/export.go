package main

import (
	"context"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"interlocal/model"
	"interlocal/model/exchange"
	"interlocal/model/field"
	"interlocal/model/partnership"
	"interlocal/store"
)

func (c *call) exportCommand() *cobra.Command {
	var format, edition string
	var out output
	cmd := c.command("export KIND|all [-o FILE] [--format csv|json|xlsx|ics]", "records as a file that can come back",
		between(1, 1),
		func(ctx context.Context, args []string) error {
			if args[0] == "framework" {
				return c.exportFramework(ctx, edition, format, out)
			}
			return c.export(ctx, args[0], format, out)
		})
	cmd.Long = `export writes all records of a kind, or of every kind, as far as you may see them. Each row carries its
number and revision, so that a file which comes back through import is merged with what has changed meanwhile.

Every kind at once goes into one JSON file or one workbook. "framework" writes the subcategories of an --edition of the
Cybersecurity Framework with what this program asks for each.`
	cmd.Example = "  interlocal export people -o people.xlsx\n  interlocal export all --format json > everything.json"
	cmd.Flags().StringVar(&format, "format", "", "`FORMAT`: csv, json, xlsx or ics (default: by the file's ending, "+
		"else csv)")
	oneOf(cmd, "format", "csv", "json", "xlsx", "ics")
	cmd.Flags().StringVar(&edition, "edition", "2.0", "the `EDITION` of the framework: 2.0 or 1.1")
	out.flags(cmd)
	cmd.ValidArgsFunction = kindFirst("all", "framework")
	return cmd
}

func (c *call) export(ctx context.Context, word, format string, out output) error {
	usual := "csv"
	if c.json || word == "all" {
		usual = "json"
	}
	kinds := model.NewSchema().Kinds
	if word != "all" {
		k, err := kindNamed(model.NewSchema(), word)
		if err != nil {
			return err
		}
		kinds = []*field.Kind{k}
	}
	format = formatOf(format, out.file, usual)
	if format == "xlsx" && out.stream() && c.Terminal.Out {
		return misuse("a workbook is not for a screen; name a file with -o FILE.xlsx")
	}
	view, env, err := c.viewNamed(ctx)
	if err != nil {
		return err
	}
	o := exchange.Options{Zone: partnership.SettingsOf(view).Location(), Now: c.Now(),
		Origin: partnership.SettingsOf(view).Name,
		Pipe:   out.stream() && !c.Terminal.Out}
	list := tables(view, kinds)
	write, err := exporter(format, list, word == "all", env, o)
	if err != nil {
		return err
	}
	if err := c.write(out, write); err != nil {
		return err
	}
	return c.noteExport(view, list)
}

// tables gives all records of some kinds.
func tables(view *store.View, kinds []*field.Kind) []exchange.Table {
	var out []exchange.Table
	for _, k := range kinds {
		rows := view.Rows(k.Name)
		all, _ := rows.Filter(nil, nil)
		out = append(out, exchange.Table{Kind: k, Rows: rowsOf(view, rows, all)})
	}
	return out
}

// exporter gives the function that writes tables in a format.
func exporter(format string, list []exchange.Table, all bool, env *field.Env,
	o exchange.Options) (func(io.Writer) error, error) {
	switch format {
	case "json":
		if all {
			return func(w io.Writer) error { return exchange.WriteAllJSON(w, list, env, o) }, nil
		}
		return func(w io.Writer) error { return exchange.WriteJSON(w, list[0], env, o) }, nil
	case "xlsx":
		return func(w io.Writer) error { return exchange.WriteXLSX(w, list, env, o) }, nil
	case "ics":
		if list = withDays(list); len(list) == 0 {
			return nil, misuse("these records have no days to put in a calendar; use csv, json or xlsx")
		}
		return func(w io.Writer) error { return exchange.WriteICS(w, list, env, o) }, nil
	case "csv":
		if all {
			return nil, misuse("every kind at once goes into json or xlsx; csv holds one kind")
		}
		return func(w io.Writer) error { return exchange.WriteCSV(w, list[0], env, o) }, nil
	}
	return nil, misuse("an export is written as %s, not as %q", strings.Join([]string{"csv", "json", "xlsx", "ics"},
		", "), format)
}

// withDays picks the tables that a calendar can show.
func withDays(list []exchange.Table) []exchange.Table {
	var out []exchange.Table
	for _, t := range list {
		if exchange.HasDays(t.Kind) {
			out = append(out, t)
		}
	}
	return out
}
