package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"interlocal/model"
	"interlocal/model/exchange"
	"interlocal/model/exchange/spreadsheet"
	"interlocal/model/failure"
	"interlocal/model/field"
	"interlocal/model/filerules"
	"interlocal/model/partnership"
	"interlocal/model/shadowing"
	"interlocal/model/shadowing/forms"
	"interlocal/store"
	"interlocal/store/run"
)

// importing is what the import command is asked.
type importing struct {
	rehearse bool
	mapping  []string
	report   string
	force    bool
	event    string
	by       string // who answers for what is in doubt
	because  string
	set      []string // values for all rows
	answers  []string // what values mean
	sheet    string   // of a workbook
	rejects  string   // file for the rows that were left out
}

func (c *call) importCommand() *cobra.Command {
	var o importing
	cmd := c.command("import KIND|all FILE|-", "take a CSV, XLSX, JSON or calendar file in", between(2, 2),
		func(ctx context.Context, args []string) error {
			if (o.by == "") != (o.because == "") {
				return misuse("--by and --because go together: who answers for the doubts, and why")
			}
			switch args[0] {
			case "all":
				return c.importAll(ctx, args[1], o)
			case "framework":
				return c.importFramework(ctx, args[1], o)
			case "release":
				return c.importRelease(ctx, args[1])
			}
			return c.importKind(ctx, args[0], args[1], o)
		})
	cmd.Long = `import reads a file into the records of a kind. Headings are matched with fields by name, title and the
words offices use; one that is not known is asked about once on a terminal, and remembered. Elsewhere nothing is
asked: say --map.

A value that is not understood is asked about once, however many rows say it; --answer says what it means, and answers
are kept for the next file. A wrong cell that is not needed stays empty, and is named. Lines of totals, vacant posts,
devices and accounts that are switched off are left out and listed. Social security numbers, birth dates, home
addresses, pay and what is medical are not read at all. --dry-run says for every column and value what will be stored.

Each row that is wrong is named with its line, column, value and reason and left out; all others are kept. Rows that
say what is known already change nothing, so a file can be read twice. A file that export wrote is merged with what
has changed meanwhile; where both changed the same field, the row is refused. Rows exported before the records went
back to a backup are compared value by value, and those that differ are taken only with --by and --because. One undo
takes a whole file back, until somebody has built on it.

A row does what it tells of, as a command does: a booking books, a hand-over hands the unit over, a return takes it
back and makes the settlement line, and a loan whose state a row changes is approved, declined or given up, with all
that this asks. What has already happened comes in all the same, and each doubt, such as a loan without an agreement
on file, is named; what has not happened yet waits for an answer. --by and --because answer them all, also when the
same file comes in again. A copy of a whole file keeps its numbers.

The entries of a calendar (ICS) come in as meetings or events, with times as clocks here show them; those that repeat
are named. A web page that bears a workbook's name is read as the table it holds.

Sign-ups also come on forms, as spreadsheets with the form's own questions for headings: people are recognised by
e-mail address or by name and city, new ones are added, and --event says for which event.

Exits 3 when some rows were left out. "all" reads a JSON file that export all wrote, "framework" the official wording
of the Cybersecurity Framework (NIST's catalog as OSCAL XML or JSON, or its spreadsheet), "release" the file of a city
that assesses on its own; it comes in by a login of that city alone. In a file without logins whoever holds it takes
it in, and history says that no login of the city confirmed it.`
	cmd.Example = "  interlocal import people staff.csv --dry-run\n  interlocal import people staff.csv --map \"Work " +
		"Ph=phone\" --map \"Badge=-\" --report wrong.csv\n  interlocal import people hr.xlsx --sheet Staff --set " +
		"partner=raytown --answer \"PW=Public Works\" --rejects left-out.csv"
	cmd.Flags().BoolVar(&o.rehearse, "dry-run", false, "say what would happen and change nothing")
	cmd.Flags().StringArrayVar(&o.mapping, "map", nil, "what a heading stands for, as `HEADING=FIELD`; FIELD is - to "+
		"leave it out")
	cmd.Flags().StringArrayVar(&o.set, "set", nil, "a value for all rows, as `FIELD=VALUE`, such as partner=raytown")
	cmd.Flags().StringArrayVar(&o.answers, "answer", nil, "what a value means, as `VALUE=MEANING`; - for nothing")
	cmd.Flags().StringVar(&o.sheet, "sheet", "", "which `SHEET` of a workbook to read")
	cmd.Flags().StringVar(&o.rejects, "rejects", "", "write the rows that were left out, with the reasons, to a CSV "+
		"`FILE` that comes back in")
	cmd.Flags().StringVar(&o.report, "report", "", "list what is wrong with the rows that were left out in a CSV "+
		"`FILE`: line, column, value and reason")
	cmd.Flags().StringVar(&o.event, "event", "", "for sign-ups from a form: the `EVENT` they are for (default: the "+
		"one that is open)")
	cmd.Flags().BoolVar(&o.force, "force", false, "replace the report's file when it exists")
	cmd.Flags().StringVar(&o.by, "by", "", "`NAME` of whoever answers for what is in doubt")
	cmd.Flags().StringVar(&o.because, "because", "", "the `REASON` why it went ahead all the same")
	cmd.ValidArgsFunction = kindFirst("all", "framework", "release")
	return cmd
}

func (c *call) importKind(ctx context.Context, word, file string, o importing) error {
	k, err := kindNamed(model.NewSchema(), word)
	if err != nil {
		return err
	}
	if err := c.mayReport(o); err != nil {
		return err
	}
	if err := c.mayTakeIn(ctx, k); err != nil {
		return err
	}
	sheet, err := c.readSheet(file, o.sheet, k)
	if err != nil {
		return err
	}
	view, env, err := c.view(ctx)
	if err != nil {
		return err
	}
	m, err := c.mapSheet(k, sheet, env, file, o)
	if err != nil {
		return err
	}
	c.note("%s: %d rows read", sheet.File, sheet.Len())
	plan, err := c.settled(func() (*exchange.Plan, error) { return c.planImport(ctx, view, env, sheet, m, o) }, m,
		file, o)
	if err != nil {
		return err
	}
	return c.takeIn(ctx, plan, o, func(r *exchange.Report) error { return c.writeRejects(sheet, m, r, o) })
}

// takeIn does what a plan says, or rehearses it, and tells what came of it.
func (c *call) takeIn(ctx context.Context, plan *exchange.Plan, o importing,
	then ...func(*exchange.Report) error) error {
	taking := c.files(ctx, o)
	take := taking.Apply
	if o.rehearse {
		take = taking.Rehearse
	}
	out, err := take(c.recorded(ctx, c.store.As(c.id).View()), plan)
	if err != nil {
		return err
	}
	report := outcomeReport(plan, out)
	for _, f := range then {
		if err := f(report); err != nil {
			return err
		}
	}
	return c.tellImport([]*exchange.Report{report}, o)
}

// files takes files in as the command line says.
func (c *call) files(ctx context.Context, o importing) *run.Files {
	f := run.NewFiles(c.store, c.id, filerules.New())
	f.Stop = ctx.Err
	if o.by != "" || o.because != "" {
		f.Answer = &field.Override{Name: o.by, Reason: o.because}
	}
	return f
}

// planImport works out what a sheet would do; sign-ups from a form are for the
// event named.
func (c *call) planImport(ctx context.Context, view *store.View, env *field.Env, s *spreadsheet.Sheet,
	m *spreadsheet.Mapping, o importing) (*exchange.Plan, error) {
	if o.event == "" {
		return c.files(ctx, o).Plan(view, env.Today, s, m)
	}
	if !forms.IsSignupForm(m) {
		return nil,
			misuse("--event is for sign-ups from a form, whose rows give a name and a city or an e-mail address")
	}
	event, err := recordNamed(env, view.Schema().Kind(shadowing.KindEvents), o.event)
	if err != nil {
		return nil, err
	}
	return forms.NewSignupPlan(s, m, field.NewEnv(view, env.Today), shadowing.EventID(event))
}

// mostRows is how many rows a file may have for this call; 0 is as many as are read.
func (c *call) mostRows() int {
	if c.Host == nil {
		return 0
	}
	return c.Host.Rows
}

// readSheet reads a file for a kind; for "-" it reads the input stream.
func (c *call) readSheet(file, sheet string, k *field.Kind) (*spreadsheet.Sheet, error) {
	in, err := c.input(file)
	if err != nil {
		return nil, err
	}
	defer in.Close()
	zone := partnership.SettingsOf(c.store.As(c.id).View()).Location()
	return spreadsheet.Read(in, baseName(file),
		spreadsheet.ReadOptions{Kind: k, Sheet: sheet, Zone: zone, Most: c.mostRows()})
}

// outcomeReport is a plan's report with what came of it.
func outcomeReport(p *exchange.Plan, out run.Outcome) *exchange.Report {
	r := p.Report()
	r.Add, r.Change, r.Bad, r.Asked = out.Added, out.Changed, out.Refused, out.Asked
	r.Problems, r.Doubts = append([]spreadsheet.Fault{}, out.Faults...), append(r.Doubts, out.Doubts...)
	slices.SortStableFunc(r.Problems, func(a, b spreadsheet.Fault) int { return a.Line - b.Line })
	return r
}

// tellImport says what an import did and, by the exit code, whether all of it
// was done.
func (c *call) tellImport(reports []*exchange.Report, o importing) error {
	if o.report != "" {
		if err := c.writeFaults(reports, o); err != nil {
			return err
		}
	}
	if err := c.printReports(reports, o.rehearse); err != nil {
		return err
	}
	bad, good, doubts, asked := 0, 0, 0, 0
	for _, r := range reports {
		bad, good, doubts, asked = bad+r.Bad, good+r.Rows-r.Bad, doubts+len(r.Doubts), asked+r.Asked
	}
	if doubts > 0 {
		c.warn(`%s that nobody has answered: --by NAME --because "REASON" answers them all`, counted(doubts, "doubt"))
	}
	say := ""
	if asked > 0 {
		say = ", or take what was given up all the same: --by NAME --because \"REASON\" (" + counted(asked, "row") + ")"
	}
	if n := questions(reports); n > 0 {
		say += `, or say what a value means: --answer "VALUE=MEANING", - for nothing (` + counted(n, "question") + ")"
	}
	switch {
	case bad == 0:
		return nil
	case good == 0:
		return failure.New(failure.Invalid, "no row could be taken; mend the file as the lines above say"+say)
	}
	return partlyError(counted(bad, "row") + " left out, as the lines above say; mend those and import them again" +
		say)
}

func questions(reports []*exchange.Report) int {
	n := 0
	for _, r := range reports {
		for _, q := range r.Questions {
			if q.Refuses {
				n++
			}
		}
	}
	return n
}

func (c *call) printReports(reports []*exchange.Report, rehearsed bool) error {
	if c.json {
		if len(reports) == 1 {
			return reports[0].WriteJSON(c.Stdout)
		}
		return c.writeJSON(reports)
	}
	for _, r := range reports {
		if rehearsed {
			if err := errors.Join(r.WriteText(c.Stdout), r.WriteColumns(c.Stdout)); err != nil {
				return err
			}
			continue
		}
		if _, err := fmt.Fprintln(c.Stdout, afterwards(r)); err != nil {
			return err
		}
	}
	return nil
}

// afterwards is a report's text once it has happened.
func afterwards(r *exchange.Report) string {
	var b strings.Builder
	_ = r.WriteText(&b) // a builder takes all
	_, rest, _ := strings.Cut(b.String(), "\n")
	first := fmt.Sprintf("%s: %d added, %d changed, %d the same, %s, %d left out",
		r.File, r.Add, r.Change, r.Same, counted(r.Duplicate, "duplicate"), r.Bad)
	return strings.TrimRight(first+"\n"+rest, "\n")
}
