package main

import (
	"context"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"interlocal/model"
	"interlocal/model/exchange/export"
	"interlocal/model/failure"
	"interlocal/model/field"
	"interlocal/model/partnership"
	"interlocal/store"
)

func (c *call) exportCommand() *cobra.Command {
	var format, edition, city string
	var empty bool
	var out output
	cmd := c.command("export KIND|all [-o FILE] [--format csv|json|xlsx|ics]", "records as a file that can come back",
		between(1, 1),
		func(ctx context.Context, args []string) error {
			if args[0] == "framework" {
				return c.exportFramework(ctx, edition, format, out)
			}
			if empty {
				return c.exportEmpty(ctx, args[0], format, out)
			}
			return c.export(ctx, args[0], format, city, out)
		})
	cmd.Long = `export writes all records of a kind, or of every kind, as far as you may see them. Each row carries its
number and revision, so that a file which comes back through import is merged with what has changed meanwhile.

Every kind at once goes into one JSON file, one workbook, or a folder with a CSV file for each kind: name the folder
with -o and --format csv. import all reads each of the three back, also into a new file. With --partner it is all of
one city: its records, the partnership's own, and what these refer to. With --empty it is a template of one kind to
fill in. "framework" writes the subcategories of an --edition of the Cybersecurity Framework with what this program
asks for each.`
	cmd.Example = "  interlocal export people -o people.xlsx\n  interlocal export all --format json > " +
		"everything.json\n  interlocal export all --partner raytown --format csv -o raytown/"
	cmd.Flags().StringVar(&format, "format", "", "`FORMAT`: csv, json, xlsx or ics (default: by the file's ending, "+
		"else csv)")
	oneOf(cmd, "format", "csv", "json", "xlsx", "ics")
	cmd.Flags().StringVar(&edition, "edition", "2.0", "the `EDITION` of the framework: 2.0 or 1.1")
	cmd.Flags().StringVar(&city, "partner", "", "only what is of one `CITY`")
	cmd.Flags().BoolVar(&empty, "empty", false, "a template to fill in: headings, typed cells, choices and a legend")
	out.flags(cmd)
	cmd.ValidArgsFunction = kindFirst("all", "framework")
	return cmd
}

func (c *call) export(ctx context.Context, word, format, city string, out output) error {
	usual := "csv"
	if c.json || word == "all" {
		usual = "json"
	}
	kinds := slices.DeleteFunc(model.NewSchema().Kinds, (*field.Kind).OnPaperOnly)
	if word != "all" {
		k, err := kindNamed(model.NewSchema(), word)
		if err == nil {
			err = k.Leaves()
		}
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
	o := export.Options{Zone: partnership.SettingsOf(view).Location(), Now: c.Now(),
		Origin: partnership.SettingsOf(view).Name,
		Pipe:   out.stream() && !c.Terminal.Out}
	list := tables(view, kinds)
	if city != "" {
		id, err := env.Resolve(partnership.KindPartners, city)
		if err != nil {
			return err
		}
		list = ofCity(view, list, field.Party(id))
	}
	if err := c.exportTables(list, format, word == "all", env, o, out); err != nil {
		return err
	}
	if word == "all" && c.store != nil { // what goes on elsewhere says what it lacks
		if err := c.store.CheckHistory(ctx); err != nil {
			return err
		}
	}
	c.markDamage()
	return c.noteExport(view, list)
}

// exportTables writes records as one file, or every kind as a folder of CSV files.
func (c *call) exportTables(list []export.Table, format string, all bool, env *field.Env, o export.Options,
	out output) error {
	if format == "csv" && all && !out.stream() {
		return c.exportFolder(list, env, o, out)
	}
	write, err := exporter(format, list, all, env, o)
	if err != nil {
		return err
	}
	return c.write(out, write)
}

// exportEmpty writes a kind's template.
func (c *call) exportEmpty(ctx context.Context, word, format string, out output) error {
	k, err := kindNamed(model.NewSchema(), word)
	if err != nil {
		return err
	}
	_, env, err := c.viewNamed(ctx)
	if err != nil {
		return err
	}
	t := export.Table{Kind: k, Rows: func(func(export.Row) bool) {}}
	switch format = formatOf(format, out.file, "xlsx"); {
	case format == "csv":
		return c.write(out, func(w io.Writer) error { return export.WriteEmptyCSV(w, t, export.Options{}) })
	case format != "xlsx":
		return misuse("a template is written as xlsx or csv, not as %q", format)
	case out.stream() && c.Terminal.Out:
		return misuse("a workbook is not for a screen; name a file with -o FILE.xlsx")
	}
	form := export.Form{About: [][2]string{{k.Title, k.Purpose}}}
	return c.write(out, func(w io.Writer) error {
		return export.WriteForm(w, []export.Table{t}, form, env, export.Options{Bare: true})
	})
}

// tables gives all records of some kinds.
func tables(view *store.View, kinds []*field.Kind) []export.Table {
	var out []export.Table
	for _, k := range kinds {
		rows := view.Rows(k.Name)
		all, _ := rows.Filter(nil, nil)
		out = append(out, export.Table{Kind: k, Rows: rowsOf(view, rows, all)})
	}
	return out
}

// exportFolder writes a CSV file for each kind that has records into a folder.
func (c *call) exportFolder(list []export.Table, env *field.Env, o export.Options, out output) error {
	if err := c.localFiles(out.file); err != nil {
		return err
	}
	if err := os.MkdirAll(c.at(out.file), 0o700); err != nil {
		return &failure.Error{Code: failure.Unusable, Message: "cannot make the folder " + out.file, Cause: err}
	}
	for _, t := range list {
		for range t.Rows {
			one := output{file: filepath.Join(out.file, t.Kind.Name+".csv"), force: out.force}
			if err := c.write(one, func(w io.Writer) error { return export.WriteCSV(w, t, env, o) }); err != nil {
				return err
			}
			break
		}
	}
	return nil
}

// exporter gives the function that writes tables in a format.
func exporter(format string, list []export.Table, all bool, env *field.Env,
	o export.Options) (func(io.Writer) error, error) {
	switch format {
	case "json":
		if all {
			return func(w io.Writer) error { return export.WriteAllJSON(w, list, env, o) }, nil
		}
		return func(w io.Writer) error { return export.WriteJSON(w, list[0], env, o) }, nil
	case "xlsx":
		return func(w io.Writer) error { return export.WriteXLSX(w, list, env, o) }, nil
	case "ics":
		if list = withDays(list); len(list) == 0 {
			return nil, misuse("these records have no days to put in a calendar; use csv, json or xlsx")
		}
		return func(w io.Writer) error { return export.WriteICS(w, list, env, o) }, nil
	case "csv":
		if all {
			return nil, misuse("every kind at once goes into json, xlsx, or a folder of csv files: name it with -o")
		}
		return func(w io.Writer) error { return export.WriteCSV(w, list[0], env, o) }, nil
	}
	return nil, misuse("an export is written as %s, not as %q", strings.Join([]string{"csv", "json", "xlsx", "ics"},
		", "), format)
}

// withDays picks the tables that a calendar can show.
func withDays(list []export.Table) []export.Table {
	var out []export.Table
	for _, t := range list {
		if export.HasDays(t.Kind) {
			out = append(out, t)
		}
	}
	return out
}
