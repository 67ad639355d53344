package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"interlocal/model"
	"interlocal/model/cyber"
	"interlocal/model/cyber/assess"
	"interlocal/model/cyber/paper"
	"interlocal/model/exchange"
	"interlocal/model/exchange/export"
	"interlocal/model/exchange/spreadsheet"
	"interlocal/model/failure"
	"interlocal/model/field"
	"interlocal/model/partnership"
	"interlocal/store"
	"interlocal/store/run"
)

// assessFiles lists the steps that write or read a file.
func (c *call) assessFiles() []*cobra.Command {
	writes := func(cmd *cobra.Command, o *assessing) {
		cmd.Flags().StringVar(&o.format, "format", "", "`FORMAT`: csv, json or xlsx (default: by the file's ending, "+
			"else csv)")
		oneOf(cmd, "format", "csv", "json", "xlsx")
		o.out.flags(cmd)
	}
	earlier := func(cmd *cobra.Command, o *assessing) {
		cmd.Flags().StringVar(&o.five, "five", "", "what a bare 5 stands for: `p` (in process) or a (risk accepted); "+
			"without it such rows are left out")
		oneOf(cmd, "five", "p", "a")
		cmd.Flags().StringArrayVar(&o.mapping, "map", nil, "what a column holds, as \"`Heading=answer`\": "+
			strings.Join(paper.Holds(), ", ")+" or - for nothing")
		cmd.Flags().BoolVar(&o.rehearse, "dry-run", false, "say what would be taken and change nothing")
	}
	take := func(cmd *cobra.Command, o *assessing) {
		cmd.Flags().StringVar(&o.by, "by", "", "the `NAME` of whoever filled it in (default: yours)")
		cmd.Flags().StringVar(&o.clashes, "clashes", "ask", "which value stands where both sides changed a field: "+
			"`ask`, here or file")
		oneOf(cmd, "clashes", "ask", "here", "file")
	}
	packet := func(cmd *cobra.Command, o *assessing) { o.out.flags(cmd) }
	written := c.assessStep("packet [-o FILE]", "the release as a file to read and to send", none, packet,
		c.assessPacket)
	written.Long = `packet writes a city's release, from a file of the city's own, of which nothing else leaves.
Read it; then hand it in by your own login, or sign it, so that anybody can hand it in for you, with the key that you
sign in with: a key signs a week after your city has agreed to it.

  interlocal assess packet -o release.txt
  ssh-keygen -Y sign -n interlocal-release -f ~/.ssh/id_ed25519 release.txt
  cat release.txt release.txt.sig | ssh desk import release -

Your city sees on overview what has come in, and calls it back with assess unrelease until results are shared. What
somebody else hands in for you has them wait a week for that, or until you stand by it with assess confirm.`
	return []*cobra.Command{
		c.assessStep("sheet [-o FILE]", "the answers in the order of the review's portal", none, writes,
			func(ctx context.Context, o *assessing, _ []string) error {
				view := c.store.As(c.id).View()
				s, err := cyber.ReadSheet(view, o.y.ID, o.p, c.wall(view).Day())
				if err != nil {
					return err
				}
				return writeLines(c, o, paper.PortalKind(), paper.Portal(s, cyber.Official(view, o.y.Framework)), nil)
			}),
		c.assessStep("plan [-o FILE]", "the remediation plan: every deficiency, who sees to it and by when",
			none, writes,
			func(ctx context.Context, o *assessing, _ []string) error {
				view := c.store.As(c.id).View()
				s, err := cyber.ReadSheet(view, o.y.ID, o.p, c.wall(view).Day())
				if err != nil {
					return err
				}
				return writeLines(c, o, paper.PlanKind(), paper.Plan(s), nil)
			}),
		c.assessStep("send PART [-o FILE]", "one function or category as a sheet for a colleague", between(1, 1),
			writes, c.assessSend),
		c.assessStep("take FILE|-", "a colleague's sheet back in", between(1, 1), take, c.assessTake),
		c.assessStep("earlier FILE|-", "an earlier year's answers from any sheet", between(1, 1), earlier,
			c.assessEarlier),
		written,
	}
}

// writeDelegated writes a colleague's questions: as a workbook with lists to pick
// from and what the levels mean, otherwise as any sheet.
func (c *call) writeDelegated(o *assessing, view *store.View, lines []*paper.DelegationLine,
	row func(i int) export.Row) error {
	if formatOf(o.format, o.out.file, "csv") != "xlsx" {
		return writeLines(c, o, paper.DelegationKind(), lines, row)
	}
	t := export.Table{Kind: paper.DelegationKind(), Rows: func(yield func(export.Row) bool) {
		for i, l := range lines {
			r := row(i)
			if r.Rec = l; !yield(r) {
				return
			}
		}
	}}
	return c.write(o.out, func(w io.Writer) error {
		return paper.WriteDelegated(w, t, field.NewEnv(view, c.wall(view).Day()),
			export.Options{Zone: partnership.SettingsOf(view).Location()})
	})
}

// writeLines writes a sheet in the format asked for.
func writeLines[T field.Record](c *call, o *assessing, k *field.Kind, lines []*T, row func(i int) export.Row) error {
	view := c.store.As(c.id).View()
	table := export.Table{Kind: k, Rows: func(yield func(export.Row) bool) {
		for i, l := range lines {
			r := export.Row{Rec: l}
			if row != nil {
				r = row(i)
				r.Rec = l
			}
			if !yield(r) {
				return
			}
		}
	}}
	usual := "csv"
	if c.json {
		usual = "json"
	}
	format := formatOf(o.format, o.out.file, usual)
	if format == "ics" {
		return misuse("this sheet is written as csv, json or xlsx")
	}
	env := field.NewEnv(view, c.wall(view).Day())
	opts := export.Options{Bare: row == nil, Pipe: o.out.stream() && !c.Terminal.Out, Now: c.Now(),
		Zone: partnership.SettingsOf(view).Location()}
	write, err := exporter(format, []export.Table{table}, false, env, opts)
	if err != nil {
		return err
	}
	if err := c.write(o.out, write); err != nil {
		return err
	}
	return run.NoteTaken(c.store, c.id, cyber.KindAnswers, field.Party(o.p), len(lines))
}

func (c *call) assessSend(_ context.Context, o *assessing, args []string) error {
	view := c.store.As(c.id).View()
	s, err := cyber.ReadSheet(view, o.y.ID, o.p, c.wall(view).Day())
	if err != nil {
		return err
	}
	lines, ids, err := paper.Delegated(s, args[0])
	if err != nil {
		return err
	}
	return c.writeDelegated(o, view, lines, func(i int) export.Row {
		return export.Row{ID: uint64(ids[i]), Rev: view.StampOf(cyber.KindAnswers, uint64(ids[i]))}
	})
}

func (c *call) assessTake(ctx context.Context, o *assessing, args []string) error {
	if !slices.Contains([]string{"ask", "here", "file"}, o.clashes) {
		return misuse("--clashes is ask, here or file")
	}
	sheet, err := c.readSheet(args[0], "", model.NewSchema().Kind(cyber.KindAnswers))
	if err != nil {
		return err
	}
	out, err := c.takeSheet(ctx, o, sheet, nil)
	if err != nil {
		return err
	}
	if theirs := c.choose(o, args[0], out.Clashes); len(theirs) > 0 {
		if _, err := c.takeSheet(ctx, o, sheet, theirs); err != nil {
			return err
		}
	}
	words := []string{out.String()}
	for _, clash := range out.Clashes {
		words = append(words, clash.String())
	}
	for _, f := range out.Faults {
		words = append(words, f.String())
	}
	if err := c.say(strings.Join(words, "\n"), out); err != nil {
		return err
	}
	if len(out.Faults) > 0 {
		return partlyError(counted(len(out.Faults), "row") + " left out, as the lines above say")
	}
	return nil
}

// takeSheet takes a colleague's sheet in. Where both sides changed a field, what
// is here stays unless the file's value is asked for.
func (c *call) takeSheet(ctx context.Context, o *assessing, s *spreadsheet.Sheet,
	theirs []assess.Clash) (assess.Returned, error) {
	plan, err := run.NewFiles(c.store, c.id, exchange.Rules{}).PlanWithout(cyber.KindAnswers, s, assess.OwnHeadings())
	if err != nil {
		return assess.Returned{}, err
	}
	done, err := actDone(ctx, c, "assess.take", 0, func(a *assess.SheetIn) {
		*a = assess.SheetIn{Of: o.of(), By: c.nameFor(o), Plan: plan, Theirs: theirs, All: o.clashes == "file"}
	})
	out, _ := done.Detail.(assess.Returned)
	return out, err
}

// choose asks at the terminal, one by one, which clashes the file wins; where
// nobody can be asked, what is here stays.
func (c *call) choose(o *assessing, file string, clashes []assess.Clash) (theirs []assess.Clash) {
	if o.clashes != "ask" || !c.Terminal.In || !c.Terminal.Err || file == "-" {
		return nil
	}
	in := bufio.NewReader(c.Stdin)
	for _, clash := range clashes {
		fmt.Fprintf(c.Stderr, "%s\nTake the file's? [y/N] ", clash)
		line, _ := in.ReadString('\n')
		if strings.HasPrefix(strings.ToLower(strings.TrimSpace(line)), "y") {
			theirs = append(theirs, clash)
		}
	}
	return theirs
}

func (c *call) assessEarlier(ctx context.Context, o *assessing, args []string) error {
	five := map[string]cyber.Level{"": "", "p": cyber.InProcess, "a": cyber.RiskAccepted}
	level, ok := five[o.five]
	if !ok {
		return misuse("--five is p (in process) or a (risk accepted)")
	}
	e, err := c.readEarlier(o, args[0], level)
	if err != nil {
		return err
	}
	if goOn, err := c.showMapping(o, args[0], e); err != nil || !goOn {
		return err
	}
	done, err := actDone(ctx, c, "assess.earlier", 0,
		func(a *assess.EarlierIn) { a.Of, a.Answers = o.of(), append([]*cyber.Answer{}, e.Answers...) })
	if err != nil {
		return err
	}
	taken := done.Detail.(assess.Taken)
	words, left := []string{fmt.Sprintf("%s %d added, %d had an answer here already and kept it.", e, taken.Added,
		taken.Kept)}, []string{}
	for _, l := range e.Unmatched {
		left = append(left, l.String())
	}
	words = append(words, left...)
	if err := c.say(strings.Join(words, "\n"), map[string]any{"added": taken.Added, "kept": taken.Kept,
		"left_out": left, "columns": e.Columns, "without_an_answer": e.Blank}); err != nil {
		return err
	}
	if len(e.Unmatched) > 0 {
		return partlyError(counted(len(e.Unmatched), "row") + " left out, as the lines above say")
	}
	return nil
}

// readEarlier reads another program's sheet by what its columns hold.
func (c *call) readEarlier(o *assessing, file string, five cyber.Level) (*paper.Earlier, error) {
	in, err := c.input(file)
	if err != nil {
		return nil, err
	}
	defer in.Close()
	sheet, err := spreadsheet.Read(in, baseName(file), spreadsheet.ReadOptions{Head: paper.HeadRow(o.y.Framework)})
	if err != nil {
		return nil, err
	}
	t := tableOf(sheet)
	t.Says = map[string]string{}
	for _, pair := range o.mapping {
		at := strings.LastIndexByte(pair, '=')
		if at <= 0 {
			return nil, misuse("write --map as \"Heading=answer\", not %q", pair)
		}
		t.Says[strings.TrimSpace(pair[:at])] = strings.TrimSpace(pair[at+1:])
	}
	return paper.ReadEarlier(t, o.y, o.p, five)
}

// showMapping says what each column is taken for before anything is taken, and
// asks where somebody can be asked.
func (c *call) showMapping(o *assessing, file string, e *paper.Earlier) (goOn bool, err error) {
	words := []string{}
	for _, col := range e.Columns {
		words = append(words, fmt.Sprintf("%q holds the %s", col[0], col[1]))
	}
	shown := strings.Join(words, ", ") + ". --map says otherwise."
	if o.rehearse {
		for _, l := range e.Unmatched {
			shown += "\n" + l.String()
		}
		return false, c.say(shown+"\n"+e.String()+" Nothing was changed.", map[string]any{"columns": e.Columns,
			"read": len(e.Answers), "without_an_answer": e.Blank})
	}
	if !c.asks(file) {
		if !c.json {
			fmt.Fprintln(c.Stdout, oneLine(shown))
		}
		return true, nil
	}
	fmt.Fprintf(c.Stderr, "%s\n%s Take them in? [Y/n] ", oneLine(shown), e)
	answer, _ := c.readLine()
	return !strings.HasPrefix(strings.ToLower(strings.TrimSpace(answer)), "n"), nil
}

// tableOf gives a sheet as rows of text.
func tableOf(s *spreadsheet.Sheet) paper.Table {
	t := paper.Table{Headings: s.Headings}
	for i := range s.Len() {
		row := make([]string, len(s.Headings))
		for j := range row {
			row[j] = s.Cell(i, j)
		}
		t.Rows, t.Lines = append(t.Rows, row), append(t.Lines, s.Line(i))
	}
	return t
}

// assessPacket writes the release, making it first when there is none.
func (c *call) assessPacket(ctx context.Context, o *assessing, _ []string) error {
	view := c.store.As(c.id).View()
	if cyber.ReleaseOf(view, o.y.ID, o.p) == nil {
		a := cyber.AssessmentOf(view, o.y.ID, o.p)
		if a == nil {
			return failure.New(failure.NotFound, "there is no assessment of this city in the cycle; begin it first")
		}
		if _, err := actDone[field.NoArgs](ctx, c, "assess.seal", uint64(a.ID), nil); err != nil {
			return err
		}
		view = c.store.As(c.id).View()
	}
	v := cyber.ReleaseOf(view, o.y.ID, o.p)
	if err := c.write(o.out, func(w io.Writer) error {
		_, err := io.WriteString(w, v.Text(view))
		return err
	}); err != nil {
		return err
	}
	return run.NoteTaken(c.store, c.id, cyber.KindReleases, field.Party(o.p), 1)
}

// importRelease takes in a city's release.
func (c *call) importRelease(ctx context.Context, file string) error {
	if _, err := c.open(ctx); err != nil {
		return err
	}
	view := c.store.As(c.id).View()
	mayNot := run.May(view, c.id, assess.Acts().Named("release.take-in"), 0, c.wall(view))
	if mayNot != nil && run.May(view, c.id, assess.Acts().Named("release.take-signed"), 0, c.wall(view)) != nil {
		return mayNot // and nothing is read
	}
	data, err := c.readWhole(file)
	if err != nil {
		return err
	}
	done, err := actDone(ctx, c, assess.TakeIn(view, string(data)), 0,
		func(a *assess.Packet) { a.Text = string(data) })
	if err != nil {
		return err
	}
	return c.sayOutcome(done.Detail.(assess.Outcome))
}

// maxPlainFile bounds a file that is read into memory as it is.
const maxPlainFile = 16 << 20

// readWhole reads a file that is small by nature.
func (c *call) readWhole(file string) ([]byte, error) {
	in, err := c.input(file)
	if err != nil {
		return nil, err
	}
	defer in.Close()
	data, err := io.ReadAll(io.LimitReader(in, maxPlainFile+1))
	switch {
	case err != nil:
		return nil, &failure.Error{Code: failure.Unusable, Message: "cannot read " + strconv.Quote(file) +
			" to its end", Cause: err}
	case len(data) > maxPlainFile:
		return nil, failure.New(failure.Invalid, inputName(file)+
			" is larger than 16 MB; check that it is the right file")
	}
	return data, nil
}
