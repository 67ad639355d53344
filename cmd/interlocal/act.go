package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"interlocal/model"
	"interlocal/model/failure"
	"interlocal/model/field"
	"interlocal/model/meeting"
	"interlocal/store"
	"interlocal/store/run"
)

// addActs makes a command of every act: its noun and its verb are the words,
// the record and the arguments what follows. A noun that has a command already
// gets the verbs that it lacks. The verbs of a noun are made when the arguments
// name it, or when everything is listed, since there are many.
func (c *call) addActs(root *cobra.Command, acts field.Acts, args []string) {
	all := asksCompletion(args) || slices.Contains(args, "man")
	for _, a := range acts {
		if a.ByFile {
			continue
		}
		noun := child(root, a.Noun())
		if noun == nil {
			noun = c.nounCommand(a.Noun(), acts)
			root.AddCommand(noun)
			if a.Noun() == "event" {
				noun.Short += ", form"
				noun.AddCommand(c.eventFormCommand())
			}
		}
		if (all || slices.Contains(args, a.Noun())) && child(noun, a.Verb()) == nil {
			noun.AddCommand(c.actCommand(a))
		}
	}
}

func child(of *cobra.Command, name string) *cobra.Command {
	for _, cmd := range of.Commands() {
		if cmd.Name() == name {
			return cmd
		}
	}
	return nil
}

// nounCommand is the command under which the acts on one sort of thing stand.
func (c *call) nounCommand(noun string, acts field.Acts) *cobra.Command {
	var verbs []string
	for _, a := range acts {
		if a.Noun() == noun {
			verbs = append(verbs, a.Verb())
		}
	}
	article := "a "
	if strings.ContainsRune("aeiou", rune(noun[0])) {
		article = "an "
	}
	return c.command(noun, "what can be done with "+article+noun+": "+strings.Join(verbs, ", "), none,
		func(context.Context, []string) error {
			return misuse("say what to do: interlocal %s %s; see interlocal %s --help", noun,
				strings.Join(verbs, "|"), noun)
		})
}

// acting is what a command line says of an act.
type acting struct {
	act         *field.Act
	record      string            // as named by a flag; "" is none
	values      map[string]string // by the argument's name, as typed
	by, because string
	yes, dryRun bool
}

// actCommand is the command of one act.
func (c *call) actCommand(a *field.Act) *cobra.Command {
	o := &acting{act: a, values: map[string]string{}}
	use, least, most := a.Verb(), 0, 0
	switch {
	case a.HasDefault() && a.Rest == "":
		use, most = use+" ["+strings.ToUpper(a.Noun())+"]", 1
	case a.On != "" && !a.HasDefault():
		use, least, most = use+" "+strings.ToUpper(c.recordWord(a)), 1, 1
	}
	if a.Rest != "" {
		use, most = use+" ["+strings.ToUpper(a.Rest)+"…]", -1
	}
	cmd := c.command(use, summary(a.Help), between(least, most), func(ctx context.Context, words []string) error {
		return c.act(ctx, o, words)
	})
	cmd.Long = a.Help
	if a.Effect == field.Final {
		cmd.Long += "\n\nOthers rely on it at once, so that it is not undone but followed by another step."
	}
	o.declare(cmd)
	return cmd
}

// recordWord is how help calls the record that an act is done to: what is done
// apart from it is often about another noun.
func (c *call) recordWord(a *field.Act) string {
	if a.Apart {
		if c.schema == nil {
			c.schema = model.NewSchema()
		}
		return c.schema.Kind(a.On).One
	}
	return a.Noun()
}

// declare makes a flag of every argument.
func (o *acting) declare(cmd *cobra.Command) {
	if o.act.HasDefault() {
		cmd.Flags().StringVar(&o.record, o.act.Noun(), "", "the `RECORD` that is meant, by name or number, if not "+
			"the one at hand")
	}
	if o.act.Args != nil {
		for _, col := range o.act.Args.Columns {
			help := col.Title
			if col.Help != "" {
				help += ": " + col.Help
			}
			name := flagName(col.Name)
			cmd.Flags().Var(&argument{o.values, col}, name, help)
			if col.Shape == field.ShapeBool {
				cmd.Flags().Lookup(name).NoOptDefVal = "yes"
			}
			var words []string
			for _, choice := range col.Choices {
				words = append(words, choice.Value)
			}
			oneOf(cmd, name, words...)
		}
	}
	if o.act.Effect == field.Reads {
		return
	}
	cmd.Flags().BoolVar(&o.dryRun, "dry-run", false, "say what would come of it, and change nothing")
	cmd.Flags().StringVar(&o.by, "by", "", "`NAME` of whoever answers for what is missing")
	cmd.Flags().StringVar(&o.because, "because", "", "the `REASON` why it goes ahead all the same")
	if o.act.Effect == field.Destroys {
		cmd.Flags().BoolVar(&o.yes, "yes", false, "do it without asking")
	}
}

// summary is the first sentence of an act's help, as lists of commands have it.
func summary(help string) string {
	first, _, _ := strings.Cut(help, ". ")
	first, _, _ = strings.Cut(first, ": ")
	return strings.ToLower(first[:1]) + strings.TrimSuffix(first[1:], ".")
}

// flagName is how an argument is written as a flag.
func flagName(column string) string { return strings.ReplaceAll(column, "_", "-") }

// argument is the value of a flag before it is read against the records.
type argument struct {
	values map[string]string
	col    *field.Column
}

// String gives what was typed.
func (v *argument) String() string {
	if v.col == nil {
		return ""
	}
	return v.values[v.col.Name]
}

// Set keeps what was typed.
func (v *argument) Set(s string) error { v.values[v.col.Name] = s; return nil }

// Type is the word for the value in help.
func (v *argument) Type() string { return strings.ToUpper(v.col.Name) }

// act carries an act out as the command line says.
func (c *call) act(ctx context.Context, o *acting, words []string) error {
	if _, err := c.openExisting(ctx); err != nil {
		return err
	}
	view, env, err := c.view(ctx)
	if err != nil {
		return err
	}
	q := run.Request{Act: o.act, Rehearse: o.dryRun}
	v := run.ViewOf(view, c.id, o.act, c.wall(view))
	if q.ID, words, err = o.target(v, env, words); err != nil {
		return err
	}
	if err := run.May(view, c.id, o.act, q.ID, c.wall(view)); err != nil {
		return err
	}
	if q.Args, err = o.read(v, env, q.ID, words); err != nil {
		return err
	}
	if o.act.Effect == field.Destroys && !o.yes && !o.dryRun {
		return misuse("this cannot be taken back; add --yes to do it")
	}
	if o.by != "" || o.because != "" {
		q.Override = &field.Override{Name: o.by, Reason: o.because}
	}
	done, err := c.do(ctx, q)
	if err != nil {
		return unanswered(err)
	}
	return c.acted(o, done)
}

// acted says what came of an act, and keeps which meeting is recorded from now on.
func (c *call) acted(o *acting, done run.Done) error {
	if done.Records.Set && !o.dryRun {
		if err := run.Record(c.store, c.id, done.Records.V); err != nil {
			return err
		}
	}
	for _, w := range done.Stored.Warnings {
		fmt.Fprintln(c.Stderr, "look: "+w.Message)
	}
	if o.dryRun {
		done.Text = "Would say: " + done.Text
	}
	return c.say(done.Text, map[string]any{"act": o.act.Name, "kind": done.Kind, "id": done.ID, "said": done.Text,
		"revision": done.Stored.Rev})
}

// target finds the record that an act is done to, and gives the words that are
// left. Where the act says which record is meant without a name, one is named by
// a flag, or by the only word.
func (o *acting) target(v field.Viewpoint, env *field.Env, words []string) (id uint64, left []string, err error) {
	name := o.record
	switch {
	case o.act.On == "":
		return 0, words, nil
	case name == "" && len(words) > 0 && (!o.act.HasDefault() || o.act.Rest == ""):
		name, words = words[0], words[1:]
	case name == "":
		id, err = o.act.Default(v)
		return id, words, err
	}
	id, err = env.Resolve(o.act.On, numbered(name))
	return id, words, err
}

// recorded has what a command changes go into the minutes of the meeting that
// whoever gives it records, at a screen or since a command opened it.
func (c *call) recorded(ctx context.Context, r field.Reader) context.Context {
	id := run.Recording(c.store, c.id)
	if m := field.Get(r, meeting.MeetingID(id)); m == nil || m.State != meeting.MeetingOpen {
		return ctx
	}
	return store.InMeeting(ctx, id)
}

// do has an act done by whoever gives the command, in the minutes of the meeting
// that they record.
func (c *call) do(ctx context.Context, q run.Request) (run.Done, error) {
	return run.Do(c.recorded(ctx, c.store.As(c.id).View()), c.store, c.id, q)
}

// read reads the arguments: those the act begins with, then flags, then words.
func (o *acting) read(v field.Viewpoint, env *field.Env, id uint64, words []string) (any, error) {
	if o.act.Args == nil {
		return nil, nil
	}
	var rec any
	if o.act.On != "" {
		rec = v.Get(o.act.On, id)
	}
	args := o.act.NewArgs(v, rec)
	if len(words) > 0 {
		o.values[o.act.Rest] = strings.Join(words, " ")
	}
	for _, col := range o.act.Args.Columns {
		text, said := o.values[col.Name]
		if !said {
			continue
		}
		if err := parseNumbered(col, args, text, env); err != nil {
			return nil, misuse("--%s: %s", flagName(col.Name), err.Error())
		}
	}
	for _, col := range o.act.Args.Columns {
		if col.Required && col.Empty(args) {
			return nil, misuse("%s is needed: --%s", col.Title, flagName(col.Name))
		}
	}
	return args, nil
}

// numbered lets a record be named by its bare number.
func numbered(word string) string {
	if _, err := strconv.ParseUint(word, 10, 64); err == nil {
		return "#" + word
	}
	return word
}

// parseNumbered reads an argument; one that names a record, or several, takes
// their bare numbers too, where no record has such a name.
func parseNumbered(col *field.Column, args any, text string, env *field.Env) error {
	err := col.Parse(args, text, env)
	if err == nil || col.Target == "" {
		return err
	}
	words := strings.Split(text, ";")
	for i, word := range words {
		words[i] = numbered(strings.TrimSpace(word))
	}
	if again := col.Parse(args, strings.Join(words, "; "), env); again == nil {
		return nil
	}
	return err
}

// unanswered says on the command line how a doubt passes.
func unanswered(err error) error {
	var doubts field.Doubts
	if !errors.As(err, &doubts) {
		return err
	}
	return failure.New(failure.Invalid, doubts.Error()+`: --by NAME --because "REASON"`)
}
