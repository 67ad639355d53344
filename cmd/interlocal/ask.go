package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"interlocal/model/exchange/export"
	"interlocal/model/failure"
	"interlocal/model/field"
	"interlocal/model/meeting"
	"interlocal/model/partnership"
	"interlocal/model/report"
	"interlocal/model/text"
	"interlocal/model/value"
	"interlocal/store"
	"interlocal/store/run"
)

// askDays is how long cities have when no day is given.
const askDays = 14

func (c *call) askCommand() *cobra.Command {
	var due string
	var missing, force bool
	cmd := c.command("ask FOLDER [--due DAY] | ask --missing", "a sheet to fill in and a mail for every city",
		between(0, 1), func(ctx context.Context, args []string) error {
			switch {
			case missing && len(args) == 0:
				return c.stillMissing(ctx)
			case missing || len(args) == 0:
				return misuse("write it as: interlocal ask FOLDER, or interlocal ask --missing")
			}
			return c.ask(ctx, args[0], due, force)
		})
	cmd.Long = `ask writes into a folder, for every city, one workbook with what is on record of it (itself, people,
fleet, holidays, needs, sign-ups) to mend and to add to, and the text of the mail to its liaison. Nothing is sent.

What comes back is taken in by: interlocal import all FILE. Rows are merged with what has changed meanwhile. Until
then the sheet is an open action of the city's liaison; --missing says whose is still missing.`
	cmd.Example = "  interlocal ask sheets --due \"Dec 11\"\n  interlocal import all sheets/raytown.xlsx\n  " +
		"interlocal ask --missing"
	cmd.Flags().StringVar(&due, "due", "", "the `DAY` by which sheets are wanted (default: in two weeks)")
	cmd.Flags().BoolVar(&missing, "missing", false, "list the cities whose sheet is still missing")
	cmd.Flags().BoolVar(&force, "force", false, "replace files of an earlier time")
	return cmd
}

// ask notes that every city is asked, and writes what goes to each.
func (c *call) ask(ctx context.Context, dir, word string, force bool) error {
	if err := c.localFiles(dir); err != nil {
		return err
	}
	view, _, err := c.view(ctx)
	if err != nil {
		return err
	}
	today := c.wall(view).Day()
	due := today + askDays
	if word != "" {
		if due, err = value.ParseDay(word, today); err != nil || due < today {
			return misuse("--due is a day to come, such as \"Dec 11\", not %q", word)
		}
	}
	if err := os.MkdirAll(c.at(dir), 0o700); err != nil {
		return &failure.Error{Code: failure.Unusable, Message: "cannot make the folder " + dir, Cause: err}
	}
	for _, city := range partnership.Cities(view) {
		for _, ending := range []string{".xlsx", "-mail.txt"} {
			if err := c.mayWrite(output{file: filepath.Join(dir, cityFile(city)+ending), force: force}); err != nil {
				return err
			}
		}
	}
	if _, err = run.Do(c.recorded(ctx, view), c.store, c.id,
		run.Request{Act: meeting.AskAct(), Args: &meeting.Asking{Due: due}}); err != nil {
		return err
	}
	view = c.store.As(c.id).View()
	asked := meeting.Missing(view)
	for _, a := range asked {
		if err := c.writeAsked(view, dir, a, force); err != nil {
			return err
		}
	}
	return c.say(fmt.Sprintf("Sheets and mails for %s are in %s; please send them. What comes back: interlocal import "+
		"all FILE", text.Counted(len(asked), "city", "cities"), dir),
		map[string]any{"folder": dir, "cities": len(asked)})
}

// writeAsked writes one city's workbook and mail.
func (c *call) writeAsked(view *store.View, dir string, a meeting.Asked, force bool) error {
	today := c.wall(view).Day()
	var list []export.Table
	for _, part := range report.CitySheet(view, a.City.ID, today) {
		list = append(list, export.Table{Kind: part.Kind, Columns: part.Columns,
			Rows: func(yield func(export.Row) bool) {
				for _, id := range part.IDs {
					row := export.Row{ID: id, Rev: view.StampOf(part.Kind.Name, id), Rec: view.Get(part.Kind.Name, id)}
					if !yield(row) {
						return
					}
				}
			}})
	}
	form := export.Form{About: [][2]string{{"Asked of", a.City.Name}, {"Asked on", today.String()},
		{"Please by", a.Due.V.String()}, {sheetNumber, strconv.FormatUint(uint64(a.Action), 10)}}}
	book := cityFile(a.City) + ".xlsx"
	err := c.write(output{file: filepath.Join(dir, book), force: force}, func(w io.Writer) error {
		return export.WriteForm(w, list, form, field.NewEnv(view, today), export.Options{})
	})
	if err != nil {
		return err
	}
	mail := output{file: filepath.Join(dir, cityFile(a.City)+"-mail.txt"), force: force}
	return c.write(mail, func(w io.Writer) error {
		_, err := io.WriteString(w, report.AskingMail(partnership.SettingsOf(view).Name, a, book))
		return err
	})
}

// sheetNumber leads the line of a workbook by which it is known when it comes back.
const sheetNumber = "Sheet number"

// askedBy gives the sheet that a workbook is, by its last sheet; 0 for none.
func askedBy(about [][]string) meeting.ActionID {
	for _, row := range about {
		if len(row) > 1 && row[0] == sheetNumber {
			n, _ := strconv.ParseUint(row[1], 10, 64) // what is no number names no sheet
			return meeting.ActionID(n)
		}
	}
	return 0
}

// cityFile is a city's name as that of a file.
func cityFile(city *partnership.Partner) string {
	return strings.Join(strings.FieldsFunc(strings.ReplaceAll(text.Fold(city.Name), "'", ""), func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < '0' || r > '9')
	}), "-")
}

// stillMissing says which cities have not sent their sheets back.
func (c *call) stillMissing(ctx context.Context) error {
	view, _, err := c.viewNamed(ctx)
	if err != nil {
		return err
	}
	names := []string{}
	for _, a := range meeting.Missing(view) {
		names = append(names, a.City.Name)
	}
	if len(names) == 0 {
		return c.say("No sheet is missing.", map[string]any{"missing": names})
	}
	return c.say("still missing: "+strings.Join(names, ", "), map[string]any{"missing": names})
}
