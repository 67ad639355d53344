package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"interlocal/model/failure"
	"interlocal/model/meeting"
	"interlocal/model/partnership"
	"interlocal/model/report"
	"interlocal/model/text"
	"interlocal/model/value"
	"interlocal/store/run"
)

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
	due := today + report.AskDays
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
			if err := c.mayWrite(output{file: filepath.Join(dir, report.CityFile(city)+ending), force: force}); err !=
				nil {
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
		for name, write := range report.AskingFiles(view, a, partnership.SettingsOf(view).Name, today) {
			if err := c.write(output{file: filepath.Join(dir, name), force: force}, write); err != nil {
				return err
			}
		}
	}
	return c.say(fmt.Sprintf("Sheets and mails for %s are in %s; please send them. What comes back: interlocal import "+
		"all FILE", text.Counted(len(asked), "city", "cities"), dir),
		map[string]any{"folder": dir, "cities": len(asked)})
}

// askedBy gives the sheet that a workbook is, by its last sheet; 0 for none.
func askedBy(about [][]string) meeting.ActionID {
	for _, row := range about {
		if len(row) > 1 && row[0] == report.SheetNumber {
			n, _ := strconv.ParseUint(row[1], 10, 64) // what is no number names no sheet
			return meeting.ActionID(n)
		}
	}
	return 0
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
