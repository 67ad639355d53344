package main

import (
	"context"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"interlocal/model"
	"interlocal/model/exchange/export"
	"interlocal/model/field"
	"interlocal/model/text"
	"interlocal/store"
)

// listing is what the list command is asked.
type listing struct {
	format  string
	columns string
	sort    string
	limit   int
}

func (c *call) listCommand() *cobra.Command {
	var l listing
	cmd := c.command("list KIND [WORDS…]", "records as a table, CSV or JSON", between(1, -1),
		func(ctx context.Context, args []string) error { return c.list(ctx, args[0], args[1:], l) })
	cmd.Long = `list prints the records of a kind. Words pick some, in the language of the dashboard's / key:

  raytown it          every word begins some word of the record
  "dump truck"        words that follow each other
  owner:raytown       the field's text holds a word that begins so
  population:>50000   comparison with <, <=, >, >=; days may be +30d, tue, 3/4
  phone:  phone:*     the field is empty; is filled
  -retired            the reverse of any of these

Kinds are ` + strings.Join(kindNames(model.NewSchema()), ", ") + "."
	cmd.Example = "  interlocal list people raytown roles:it\n  interlocal list programs status:active --columns " +
		"name,lead --sort -start"
	cmd.Flags().StringVar(&l.format, "format", "", "`FORMAT`: table, csv or json")
	cmd.Flags().StringVar(&l.columns, "columns", "", "`FIELDS` to show, separated by commas")
	cmd.Flags().StringVar(&l.sort, "sort", "", "order by a `FIELD`; -FIELD for the reverse")
	cmd.Flags().IntVar(&l.limit, "limit", 0, "at most `N` records")
	oneOf(cmd, "format", "table", "csv", "json")
	cmd.ValidArgsFunction = kindFirst()
	return cmd
}

func (c *call) list(ctx context.Context, word string, words []string, l listing) error {
	k, err := kindNamed(model.NewSchema(), word)
	if err != nil {
		return err
	}
	cols, err := columnsNamed(k, l.columns)
	if err != nil {
		return err
	}
	view, env, err := c.viewNamed(ctx)
	if err != nil {
		return err
	}
	rows := view.Rows(k.Name)
	picked, err := pick(rows, strings.Join(words, " "), l, env)
	if err != nil {
		return err
	}
	t := export.Table{Kind: k, Columns: cols, Rows: rowsOf(view, rows, picked)}
	if err := c.write(output{}, func(w io.Writer) error { return c.writeList(w, t, l.format, env) }); err != nil {
		return err
	}
	if k.Scope == field.ScopeAnswers && (l.format == "csv" || l.format == "json" || c.json) {
		return c.noteExport(view, []export.Table{t})
	}
	return nil
}

func (c *call) writeList(w io.Writer, t export.Table, format string, env *field.Env) error {
	if format == "" && c.json {
		format = "json"
	}
	if format == "json" || format == "csv" {
		if err := t.Kind.Leaves(); err != nil {
			return err
		}
	}
	switch format {
	case "json":
		return export.WriteJSON(w, t, env, export.Options{})
	case "csv":
		return export.WriteCSV(w, t, env, export.Options{Pipe: !c.Terminal.Out})
	case "table", "":
		width := 0
		if c.Terminal.Out {
			width = c.Terminal.Width
		}
		return export.WriteTable(w, t, env, export.Options{Width: width})
	}
	return misuse("a list is written as table, csv or json, not as %q", format)
}

// pick gives the positions of the rows that a question asks for, in the order
// asked for.
func pick(rows *store.Rows, question string, l listing, env *field.Env) ([]int32, error) {
	filter, err := field.ParseFilter(rows.Kind(), question, env, text.Fold)
	if err != nil {
		return nil, misuse("%s", err.Error())
	}
	picked, _ := rows.Filter(filter, env)
	if l.sort != "" {
		if picked, err = sorted(rows, picked, l.sort, env); err != nil {
			return nil, err
		}
	}
	if l.limit > 0 && len(picked) > l.limit {
		picked = picked[:l.limit]
	}
	return picked, nil
}

// sorted puts rows into the order of a field. Rows without a value stay last in
// either direction.
func sorted(rows *store.Rows, picked []int32, by string, env *field.Env) ([]int32, error) {
	name, backwards := strings.CutPrefix(by, "-")
	cols, err := columnsNamed(rows.Kind(), name)
	if err != nil {
		return nil, err
	}
	wanted := make([]bool, rows.Len())
	for _, i := range picked {
		wanted[i] = true
	}
	var filled, empty []int32
	for _, i := range rows.Order(cols[0], env) {
		switch {
		case !wanted[i]:
		case cols[0].Empty(rows.At(int(i))):
			empty = append(empty, i)
		default:
			filled = append(filled, i)
		}
	}
	if backwards {
		slices.Reverse(filled)
	}
	return append(filled, empty...), nil
}

// rowsOf yields rows as they are written.
func rowsOf(view *store.View, rows *store.Rows, picked []int32) func(yield func(export.Row) bool) {
	kind := rows.Kind().Name
	return func(yield func(export.Row) bool) {
		for _, i := range picked {
			id := rows.ID(int(i))
			if !yield(export.Row{ID: id, Rev: view.StampOf(kind, id), Rec: rows.At(int(i))}) {
				return
			}
		}
	}
}

// columnsNamed finds the columns of a kind that a list of names means; none for
// an empty list.
func columnsNamed(k *field.Kind, list string) ([]*field.Column, error) {
	var cols []*field.Column
	for _, name := range strings.Split(list, ",") {
		if name = strings.TrimSpace(name); name == "" {
			continue
		}
		col := k.Column(strings.ToLower(name))
		if col == nil {
			var names []string
			for _, c := range k.Columns {
				names = append(names, c.Name)
			}
			return nil, misuse("%s have no field %q; their fields are %s", k.Name, name, strings.Join(names, ", "))
		}
		cols = append(cols, col)
	}
	return cols, nil
}
