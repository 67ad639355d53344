package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"interlocal/model"
	"interlocal/model/failure"
	"interlocal/model/field"
	"interlocal/store"
	"interlocal/store/run"
)

// copying is what the backup command is asked.
type copying struct {
	to     string
	verify bool
}

func (c *call) backupCommand() *cobra.Command {
	var o copying
	cmd := c.command("backup [FILE]", "copy the file and check the copy", between(0, -1),
		func(ctx context.Context, args []string) error { return c.backup(ctx, o, args) })
	cmd.Long = `backup writes a copy of the whole file and opens and checks it before giving it its name. Without FILE
it makes the day's backup beside the file, of which the last 14 are kept; the dashboard makes that one by itself when
it starts, so that a day on which somebody works has its backup.

--to copies into a folder elsewhere, such as a share or a stick, and keeps the last 14 there: it is what a timer calls.
The folder has to be there. --verify checks copies that are there, those beside the file unless others or their folder
are named, and says what is in each.`
	cmd.Example = "  interlocal backup\n  interlocal backup --to /mnt/city-hall\n  interlocal backup --verify " +
		"/mnt/city-hall/*.db"
	cmd.Flags().StringVar(&o.to, "to", "", "copy into this `FOLDER`")
	cmd.Flags().BoolVar(&o.verify, "verify", false, "check copies that are there")
	return cmd
}

func (c *call) backup(ctx context.Context, o copying, args []string) error {
	switch {
	case o.verify && o.to == "":
		return c.verifyCopies(ctx, args)
	case o.verify || len(args) > 1 || len(args) == 1 && o.to != "":
		return misuse("write it as: interlocal backup [FILE], or backup --to FOLDER, or backup --verify [FILE ...]")
	}
	st, err := c.openExisting(ctx)
	if err != nil {
		return err
	}
	if err := c.needKeeper("copy the whole file"); err != nil {
		return err
	}
	if len(args) == 0 && o.to == "" {
		path, made, err := st.BackupDaily(ctx)
		return c.copied(path, made, "Today's backup is there already: ", err)
	}
	if err := c.localFiles(strings.Join(args, "") + o.to); err != nil {
		return err
	}
	if o.to != "" {
		path, made, err := st.BackupTo(ctx, c.at(o.to))
		if err == nil {
			err = c.noteCopy()
		}
		return c.copied(path, made, "Nothing has changed since the last copy, which is whole: ", err)
	}
	err = st.Backup(ctx, c.at(args[0]))
	if err == nil {
		err = c.noteCopy()
	}
	return c.copied(args[0], true, "", err)
}

// noteCopy notes that the whole file was copied, for every city whose answers lie in it.
func (c *call) noteCopy() error {
	n, schema := run.Noted{Did: run.Exported, What: "the whole file", Cities: map[field.Party]int{}}, model.NewSchema()
	r := register(c.store)
	for _, k := range schema.Kinds {
		if k.Scope != field.ScopeAnswers {
			continue
		}
		for _, rec := range r.Scan(k.Name) {
			for _, p := range k.Parties(r, rec) {
				n.Cities[p] = 0
			}
		}
	}
	return run.Note(c.store, c.id, n)
}

// copied says what came of a copy.
func (c *call) copied(path string, made bool, otherwise string, err error) error {
	if err != nil {
		return err
	}
	c.markDamage()
	words := "Backed up to " + path
	if !made {
		words = otherwise + path
	}
	return c.say(words, map[string]any{"file": path, "made": made})
}

// verifiedJSON is what is in a copy, for scripts.
type verifiedJSON struct {
	File    string    `json:"file"`
	Whole   bool      `json:"whole"`
	Rev     uint64    `json:"rev"`
	Changed time.Time `json:"changed"`
	Records int       `json:"records"`
	Past    string    `json:"past"` // what of the history it does not have
	Problem string    `json:"problem"`
}

// verifyCopies checks copies and says what is in them.
func (c *call) verifyCopies(ctx context.Context, names []string) error {
	advice := "take one that is whole, or see: interlocal help restore"
	if len(names) == 0 {
		path, err := c.copiesOf(ctx)
		if err != nil {
			return err
		}
		again := store.Command(path, "backup")
		if names = store.BackupsOf(path); len(names) == 0 {
			return failure.New(failure.NotFound, "there is no backup beside "+path+" yet; make one with: "+again)
		}
		advice = "make a new one with: " + again
	} else if err := c.localFiles(names[0]); err != nil {
		return err
	}
	names, err := c.inFolders(names)
	if err != nil {
		return err
	}
	var lines []string
	out, bad := []verifiedJSON{}, 0
	for _, name := range names {
		v := c.verified(name)
		out = append(out, v)
		line := fmt.Sprintf("%s is whole: change %d of %s, %s", v.File, v.Rev,
			lastChange(v.Changed), counted(v.Records, "record"))
		for _, more := range []string{v.Past, v.Problem} {
			if more != "" && v.Whole {
				line += "; " + more
			}
		}
		if !v.Whole {
			bad++
			line = v.File + ": " + v.Problem
		}
		lines = append(lines, line)
	}
	if err := c.say(strings.Join(lines, "\n"), out); err != nil {
		return err
	}
	if bad > 0 {
		return failure.New(failure.Damaged, counted(bad, "copy")+" of "+fmt.Sprint(len(out))+" cannot be relied on; "+advice)
	}
	return nil
}

// lastChange says when a copy was changed last, on the partnership's clocks; one that lost
// its history to a repair does not tell.
func lastChange(at time.Time) string {
	if at.Year() < 1970 {
		return "a day that is not known"
	}
	return at.Format("2006-01-02 15:04")
}

// inFolders puts in the place of a folder the copies that lie in it.
func (c *call) inFolders(names []string) (out []string, err error) {
	for _, name := range names {
		if info, err := os.Stat(c.at(name)); err != nil || !info.IsDir() {
			out = append(out, name)
			continue
		}
		copies, err := filepath.Glob(filepath.Join(c.at(name), "*.db"))
		if err != nil || len(copies) == 0 {
			return nil, failure.New(failure.NotFound, "there is no copy in "+strconv.Quote(name))
		}
		out = append(out, copies...)
	}
	return out, nil
}

// copiesOf is the file whose copies are meant.
func (c *call) copiesOf(ctx context.Context) (string, error) {
	if c.Host == nil {
		return c.path()
	}
	st, err := c.open(ctx)
	if err != nil {
		return "", err
	}
	return st.Path(), c.needKeeper("check copies of the file")
}

// verified checks one copy.
func (c *call) verified(name string) verifiedJSON {
	v := verifiedJSON{File: name}
	report, err := store.CheckFile(c.at(name), c.storeOptions())
	switch {
	case err != nil:
		v.Problem = err.Error()
		return v
	case !report.Whole():
		v.Problem = "damaged: " + report.Problems[0]
		return v
	}
	v.Whole, v.Rev, v.Changed, v.Records, v.Past, v.Problem = true, report.Rev, report.At, report.Records,
		report.Past(), report.History()
	return v
}

// absolute names a folder for a unit, which has no folder of its own.
func absolute(dir string) (string, error) {
	if dir == "" {
		return "", misuse("say where the copies go: --copies FOLDER, such as a mounted share")
	}
	return filepath.Abs(dir)
}
