package main

import (
	"context"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"interlocal/model"
	"interlocal/model/access"
)

// tree makes the commands of a call, those for acts as far as the arguments name them.
func (c *call) tree(args []string) *cobra.Command {
	root := c.command("interlocal", "the shared-services desk of a partnership of cities", none, c.dashboardOrOverview)
	root.Long = `interlocal keeps what cities that share services need to know of each other: partners and people,
resolutions, programs, agreements, job shadowing, equipment and self-assessments.

Without a command it opens the dashboard; where there is no terminal it prints the overview.`
	root.Args = func(cmd *cobra.Command, args []string) error {
		if len(args) == 0 {
			return nil
		}
		return unknownCommand(cmd, args[0])
	}
	root.SetIn(c.Stdin)
	root.SetOut(c.Stdout)
	root.SetErr(c.Stderr)
	root.SilenceErrors, root.SilenceUsage = true, true
	root.SuggestionsMinimumDistance = 2
	root.SetFlagErrorFunc(func(cmd *cobra.Command, err error) error {
		return misuse("%s; see %s --help", err.Error(), cmd.CommandPath())
	})
	flags := root.PersistentFlags()
	flags.StringVar(&c.db, "db", "",
		"the `FILE` to work on (default: INTERLOCAL_DB, then interlocal.db in your data folder)")
	flags.BoolVar(&c.json, "json", false, "write JSON, for scripts")
	flags.StringVar(&c.as, "as", "", "what a `ROLE[@PARTNER]` would see of what you may, such as viewer@raytown")
	var roles []string
	for _, role := range access.Roles() {
		roles = append(roles, string(role))
	}
	oneOf(root, "as", roles...)
	root.AddCommand(c.commands()...)
	root.AddCommand(c.topics()...)
	c.addActs(root, model.NewActs(), args)
	if asksCompletion(args) {
		completable(root)
	}
	root.SetHelpCommand(c.helpCommand())
	return root
}

// commands lists all but the dashboard.
func (c *call) commands() []*cobra.Command {
	return []*cobra.Command{
		c.demoCommand(), c.overviewCommand(), c.projectCommand(),
		c.listCommand(), c.importCommand(), c.exportCommand(), c.askCommand(), c.reportCommand(),
		c.historyCommand(), c.undoCommand(), c.redoCommand(),
		c.peersCommand(), c.matchCommand(), c.assessCommand(),
		c.userCommand(), c.keyCommand(), c.serveCommand(),
		c.fitsCommand(), c.bookCommand(), c.ratesCommand(), c.calendarCommand(), c.forceAccountCommand(),
		c.backupCommand(), c.restoreCommand(), c.checkCommand(), c.repairCommand(), c.compactCommand(),
		c.statusCommand(), c.clockCommand(), c.discloseCommand(),
		c.auditCommand(), c.whoCommand(), c.kickCommand(), c.broadcastCommand(),
		c.manCommand(), c.versionCommand(),
	}
}

// command makes a command whose arguments have been looked at when it runs.
func (c *call) command(use, short string, args cobra.PositionalArgs,
	run func(ctx context.Context, args []string) error) *cobra.Command {
	return &cobra.Command{Use: use, Short: short, Args: args, DisableFlagsInUseLine: true,
		RunE: func(cmd *cobra.Command, args []string) error { return run(cmd.Context(), args) }}
}

// between accepts from min to max arguments; max < 0 means any number.
func between(min, max int) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if len(args) < min || max >= 0 && len(args) > max {
			return misuse("write it as: interlocal %s", cmd.Use)
		}
		return nil
	}
}

// none accepts no arguments.
func none(cmd *cobra.Command, args []string) error { return between(0, 0)(cmd, args) }

func unknownCommand(root *cobra.Command, word string) error {
	hint := "see interlocal --help"
	near := root.SuggestionsFor(word)
	if len(word) < 4 { // of three letters, two others leave nothing of the word
		near = slices.DeleteFunc(near, func(s string) bool { return len(s) <= len(word) })
	}
	if len(near) > 0 {
		hint = "did you mean " + strings.Join(near, " or ") + "?"
	}
	return misuse("there is no command %q; %s", word, hint)
}

func (c *call) helpCommand() *cobra.Command {
	return &cobra.Command{Use: "help [COMMAND]", Short: "explain a command",
		RunE: func(cmd *cobra.Command, args []string) error {
			about, rest, err := cmd.Root().Find(args)
			if err != nil || len(rest) > 0 && about == cmd.Root() {
				return unknownCommand(cmd.Root(), strings.Join(args, " "))
			}
			return about.Help()
		}}
}

// choices is the annotation under which a flag keeps the words that it takes.
const choices = "interlocal_choices"

// oneOf makes a flag whose value is one of a few words, for [completable].
func oneOf(cmd *cobra.Command, name string, words ...string) {
	f := cmd.Flags().Lookup(name)
	if f == nil {
		f = cmd.PersistentFlags().Lookup(name)
	}
	if f.Annotations == nil {
		f.Annotations = map[string][]string{}
	}
	f.Annotations[choices] = words
}

// completable completes the flags that take one of a few words. Cobra keeps what
// it is told in a variable of its own for as long as the program runs, so a server
// that answers commands would never let go of them; it is told only when a shell
// asks.
func completable(cmd *cobra.Command) {
	complete := func(f *pflag.Flag) {
		if words, ok := f.Annotations[choices]; ok {
			// the flag exists
			_ = cmd.RegisterFlagCompletionFunc(f.Name,
				cobra.FixedCompletions(words, cobra.ShellCompDirectiveNoFileComp))
		}
	}
	cmd.LocalFlags().VisitAll(complete)
	for _, sub := range cmd.Commands() {
		completable(sub)
	}
}

// asksCompletion reports whether a shell asks what could come next.
func asksCompletion(args []string) bool {
	return len(args) > 0 && strings.HasPrefix(args[0], "__complete")
}

// kindFirst completes a command's first argument with the kinds of records and
// leaves the others to the shell.
func kindFirst(more ...string) cobra.CompletionFunc {
	return func(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
		if len(args) > 0 {
			return nil, cobra.ShellCompDirectiveDefault
		}
		return append(kindNames(model.NewSchema()), more...), cobra.ShellCompDirectiveNoFileComp
	}
}

// wordsLast lets a filter's words begin with a dash: the words of a list that
// look like one-letter flags but are longer move behind "--". Flags that are
// written with two dashes stay what they are.
func wordsLast(root *cobra.Command, args []string) []string {
	cmd, _, err := root.Find(args)
	if err != nil || cmd.Name() != "list" {
		return append([]string{}, args...)
	}
	var front, words []string
	for i := 0; i < len(args); i++ {
		switch arg := args[i]; {
		case arg == "--":
			words = append(words, args[i+1:]...)
			i = len(args)
		case strings.HasPrefix(arg, "--"):
			front = append(front, arg)
			if takesNext(cmd, arg) && i+1 < len(args) {
				i++
				front = append(front, args[i])
			}
		case len(arg) > 2 && arg[0] == '-':
			words = append(words, arg)
		default:
			front = append(front, arg)
		}
	}
	if len(words) == 0 {
		return front
	}
	return append(append(front, "--"), words...)
}

// takesNext reports whether a flag's value is the argument after it.
func takesNext(cmd *cobra.Command, arg string) bool {
	name := strings.TrimPrefix(arg, "--")
	var f *pflag.Flag
	if f = cmd.Flags().Lookup(name); f == nil {
		f = cmd.Root().PersistentFlags().Lookup(name)
	}
	return f != nil && f.NoOptDefVal == ""
}
