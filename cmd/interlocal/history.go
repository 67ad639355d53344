package main

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"interlocal/model"
	"interlocal/model/accounts"
	"interlocal/model/failure"
	"interlocal/model/field"
	"interlocal/store"
)

func (c *call) historyCommand() *cobra.Command {
	var limit int
	var by string
	cmd := c.command("history [KIND RECORD]", "who changed what, newest first", between(0, 2),
		func(ctx context.Context, args []string) error {
			switch {
			case by != "" && len(args) > 0:
				return misuse("--by goes with the changes of all records: interlocal history --by %s", by)
			case len(args) == 0:
				return c.recent(ctx, limit, by)
			case len(args) == 1:
				return misuse("say which record: interlocal history %s NUMBER, or its name", args[0])
			}
			return c.history(ctx, args[0], args[1], limit)
		})
	cmd.Long = `history lists the changes of a record, named by its number or its name, or without a record the latest
changes of all, as far as you may see them.`
	cmd.Example = "  interlocal history partners raytown\n  interlocal history people 12 --json"
	cmd.Flags().IntVar(&limit, "limit", 20, "at most `N` changes")
	cmd.Flags().StringVar(&by, "by", "", "only what a `PERSON` did, by name or login; without a record")
	cmd.ValidArgsFunction = kindFirst()
	cmd.AddCommand(c.historyVerbs()...)
	return cmd
}

// changeJSON is a change of one record for scripts.
type changeJSON struct {
	Rev    uint64      `json:"rev"`
	At     time.Time   `json:"at"`
	By     string      `json:"by"`
	Kind   string      `json:"kind"`
	Title  string      `json:"title"`
	Fields []fieldJSON `json:"fields"`

	WrongClock bool `json:"wrong_clock"` // made while the clock was wrong
}

type fieldJSON struct {
	Field  string `json:"field"`
	Before string `json:"before"`
	After  string `json:"after"`
}

func (c *call) history(ctx context.Context, kind, record string, limit int) error {
	k, err := kindNamed(model.NewSchema(), kind)
	if err != nil {
		return err
	}
	if _, err := c.openExisting(ctx); err != nil {
		return err
	}
	view, env, err := c.view(ctx)
	if err != nil {
		return err
	}
	id, err := recordNamed(env, k, record)
	if err != nil {
		return err
	}
	changes, err := c.store.As(c.id).History(k.Name, id, limit)
	if err != nil {
		return err
	}
	if len(changes) == 0 && view.Get(k.Name, id) != nil {
		return c.say("What was done to this "+k.One+" is kept no longer.", []changeJSON{})
	}
	if len(changes) == 0 {
		return failure.New(failure.NotFound, "there is no "+k.One+" "+strconv.Quote(record)+" and never was one that "+
			"you may see")
	}
	out := make([]changeJSON, len(changes))
	for i, ch := range changes {
		out[i] = changeJSON{Rev: ch.Rev, At: ch.At, By: ch.Actor, Kind: ch.Kind.String(), Title: ch.Op.Title,
			Fields:     fieldsOf(k, ch, env),
			WrongClock: ch.WrongClock}
	}
	return c.say(c.changeText(view, out), out)
}

// recordNamed finds a record by its number, present or past, or by its name.
func recordNamed(env *field.Env, k *field.Kind, word string) (uint64, error) {
	if id, err := strconv.ParseUint(strings.TrimPrefix(word, "#"), 10, 64); err == nil {
		return id, nil
	}
	return env.Resolve(k.Name, word)
}

func fieldsOf(k *field.Kind, ch store.Change, env *field.Env) []fieldJSON {
	before, after := ch.Before, ch.After
	if before == nil {
		before = k.New()
	}
	if after == nil {
		after = k.New()
	}
	out := []fieldJSON{}
	for _, col := range ch.Columns {
		out = append(out, fieldJSON{col.Name, string(col.Format(nil, before, env)),
			string(col.Format(nil, after, env))})
	}
	return out
}

func (c *call) changeText(r field.Reader, changes []changeJSON) string {
	var b strings.Builder
	for i, ch := range changes {
		if i > 0 {
			b.WriteByte('\n')
		}
		fmt.Fprintf(&b, "%s  %s  %s: %s%s\n", c.local(r, ch.At), ch.By, ch.Kind, ch.Title, clockNote(ch.WrongClock))
		for _, f := range ch.Fields {
			fmt.Fprintf(&b, "    %s: %s → %s\n", f.Field, valueText(f.Before), valueText(f.After))
		}
	}
	return strings.TrimRight(b.String(), "\n")
}

// valueText shows a value on one line.
func valueText(s string) string {
	if s == "" {
		return "(empty)"
	}
	return oneLine(s)
}

// entryJSON is an entry of the journal for scripts.
type entryJSON struct {
	Rev     uint64       `json:"rev"`
	At      time.Time    `json:"at"`
	By      string       `json:"by"`
	Kind    string       `json:"kind"`
	Act     string       `json:"act"` // the act's name, or what kind of change it is
	Title   string       `json:"title"`
	Records []recordJSON `json:"records"`
	More    int          `json:"more_records"`

	WrongClock bool `json:"wrong_clock"` // made while the clock was wrong
}

type recordJSON struct {
	Kind  string `json:"kind"`
	ID    uint64 `json:"id"`
	Label string `json:"label"`
}

// doneBy picks the entries of one person, by name or, as far as the caller sees
// users, by login.
func doneBy(r field.Reader, entries []store.Entry, by string, limit int) []store.Entry {
	key := ""
	if u := accounts.ByName(r, strings.ToLower(by)); u != nil {
		key = accounts.Key(u.ID)
	}
	var out []store.Entry
	for _, e := range entries {
		if (key != "" && e.User == key || strings.EqualFold(e.Actor, by)) && (limit <= 0 || len(out) < limit) {
			out = append(out, e)
		}
	}
	return out
}

// recent lists the journal's newest entries, of all people or of one.
func (c *call) recent(ctx context.Context, limit int, by string) error {
	if _, err := c.openExisting(ctx); err != nil {
		return err
	}
	read := limit
	if by != "" {
		read = 0
	}
	entries, err := c.store.As(c.id).Recent(read, 0)
	if err != nil {
		return err
	}
	view := c.store.As(c.id).View()
	if by != "" {
		entries = doneBy(view, entries, by, limit)
	}
	var b strings.Builder
	out := make([]entryJSON, len(entries))
	for i, e := range entries {
		j := entryJSON{Rev: e.Rev, At: e.At, By: e.Actor, Kind: e.Kind.String(), Act: e.Op.Act, Title: e.Op.Title,
			Records: []recordJSON{}, More: e.More,
			WrongClock: e.WrongClock}
		var names []string
		for _, ch := range e.Changes {
			j.Records = append(j.Records, recordJSON{ch.Kind, ch.ID, ch.Label})
			names = append(names, ch.Label)
		}
		out[i] = j
		about := ""
		if len(names)+e.More > 0 {
			about = " (" + fewNames(names, e.More) + ")"
		}
		fmt.Fprintf(&b, "%s  %s  %s: %s%s%s\n", c.local(view, e.At), e.Actor, j.Kind, e.Op.Title, about,
			clockNote(e.WrongClock))
	}
	switch {
	case len(out) == 0 && by != "":
		b.WriteString("Nothing is on record of " + oneLine(by) + ", as far as you may see it.")
	case len(out) == 0:
		b.WriteString("Nothing has happened yet.")
	}
	return c.say(strings.TrimRight(b.String(), "\n"), out)
}

// clockNote is added to what was done while the clock was wrong.
func clockNote(wrong bool) string {
	if wrong {
		return " (made under a wrong clock)"
	}
	return ""
}

// fewNames lists the first names and counts the others.
func fewNames(names []string, more int) string {
	const shown = 3
	if n := len(names) - shown; n > 0 {
		names, more = names[:shown], more+n
	}
	out := oneLine(strings.Join(names, ", "))
	if more > 0 {
		out += fmt.Sprintf(" and %d more", more)
	}
	return out
}
