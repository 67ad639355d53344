package main

import (
	"context"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"interlocal/model/document"
	"interlocal/model/field"
	"interlocal/model/partnership"
	"interlocal/model/report"
	"interlocal/model/text"
	"interlocal/model/value"
)

func (c *call) reportCommand() *cobra.Command {
	var partner, format, about, from, to string
	var out output
	cmd := c.command("report NAME [--partner P] [--about RECORD] [--format md|html|docx|text]",
		"a document for a council "+
			"or a wall", between(1, 1),
		func(ctx context.Context, args []string) error {
			return c.report(ctx, args[0], asked{partner, about, from, to}, format, out)
		})
	cmd.Long = "report makes a document:\n"
	for _, r := range report.Reports() {
		cmd.Long += "\n  " + r.Name + strings.Repeat(" ", 12-len(r.Name)) + r.Title
		switch {
		case r.NeedsPartner && r.Of != "":
			cmd.Long += " (for a --partner, --about one of " + r.Of + ")"
		case r.NeedsPartner:
			cmd.Long += " (for a --partner)"
		case r.Of != "":
			cmd.Long += " (--about one of " + r.Of + ")"
		}
		cmd.ValidArgs = append(cmd.ValidArgs, r.Name)
	}
	cmd.Long += "\n\nEvery figure says which record it comes from."
	cmd.Example = "  interlocal report briefing --partner raytown -o briefing.docx"
	cmd.Flags().StringVar(&partner, "partner", "", "the `PARTNER` it is for")
	cmd.Flags().StringVar(&about, "about", "", "the `RECORD` it is about, by name or #number (default: the next or "+
		"the latest)")
	cmd.Flags().StringVar(&from, "from", "", "first `DAY` of the period")
	cmd.Flags().StringVar(&to, "to", "", "last `DAY` of the period")
	cmd.Flags().StringVar(&format, "format", "",
		"`FORMAT`: md, html, docx or text (default: by the file's ending, else md)")
	oneOf(cmd, "format", "md", "html", "docx", "text")
	out.flags(cmd)
	return cmd
}

// asked is what a report is wanted about, as it was typed.
type asked struct{ partner, about, from, to string }

// look finds what a report is wanted about.
func (a asked) look(r report.Report, env *field.Env) (out report.About, err error) {
	if a.partner != "" {
		var id uint64
		if id, err = env.Resolve(partnership.KindPartners, a.partner); err != nil {
			return out, err
		}
		out.Partner = partnership.PartnerID(id)
	}
	if a.about != "" {
		if out.Record, err = env.Resolve(r.Of, a.about); err != nil {
			return out, err
		}
	}
	if out.From, err = dayTyped(a.from, env.Today); err != nil {
		return out, err
	}
	if out.To, err = dayTyped(a.to, env.Today); err != nil {
		return out, err
	}
	if out.From.Set && out.To.Set && out.To.V < out.From.V {
		return out, misuse("--to %s comes before --from %s", a.to, a.from)
	}
	return out, nil
}

// dayTyped reads a day; nothing typed is no day.
func dayTyped(s string, today value.Day) (value.Opt[value.Day], error) {
	if s == "" {
		return value.Opt[value.Day]{}, nil
	}
	d, err := value.ParseDay(s, today)
	return value.Some(d), err
}

// refuse says what is wrong with asking a report for this; nil when nothing is.
func (a asked) refuse(r report.Report) error {
	switch {
	case r.NeedsPartner && a.partner == "":
		return misuse("say for whom: interlocal report %s --partner raytown", r.Name)
	case a.about != "" && r.Of == "":
		return misuse("the report %s is about no single record; leave --about out", r.Name)
	case a.partner != "" && !r.NeedsPartner && r.Of == "":
		return misuse("the report %s is about all partners; leave --partner out", r.Name)
	case (a.from != "" || a.to != "") && !r.Period:
		return misuse("the report %s covers no period; leave --from and --to out", r.Name)
	}
	return nil
}

func (c *call) report(ctx context.Context, name string, a asked, format string, out output) error {
	r, ok := report.ReportNamed(name)
	if !ok {
		return misuse("there is no report called %q; reports are %s", name, reportNames())
	}
	if err := a.refuse(r); err != nil {
		return err
	}
	if c.json {
		return misuse("a report is written as md, html, docx or text; for figures use interlocal overview --json")
	}
	view, env, err := c.viewNamed(ctx)
	if err != nil {
		return err
	}
	about, err := a.look(r, env)
	if err != nil {
		return err
	}
	doc, err := r.Build(view, about, c.wall(view))
	if err != nil {
		return err
	}
	format = formatOf(format, out.file, "md")
	if format == "docx" && out.stream() && c.Terminal.Out {
		return misuse("a Word file is not for a screen; name a file with -o FILE.docx")
	}
	write, err := c.documentWriter(doc, format)
	if err != nil {
		return err
	}
	if err := c.write(out, write); err != nil {
		return err
	}
	c.warnOfBlanks(doc)
	return c.noteReport(r, about)
}

// warnOfBlanks tells the author, apart from the paper, what is not recorded yet.
func (c *call) warnOfBlanks(doc *document.Document) {
	if n := len(doc.Blanks); n > 0 {
		c.warn("%s before you print:\n  %s", text.Counted(n, "blank", "blanks"), strings.Join(doc.Blanks, "\n  "))
	}
}

func reportNames() string {
	var names []string
	for _, r := range report.Reports() {
		names = append(names, r.Name)
	}
	return strings.Join(names, ", ")
}

func (c *call) documentWriter(doc *document.Document, format string) (func(io.Writer) error, error) {
	switch format {
	case "md", "markdown":
		return doc.Markdown, nil
	case "html", "htm":
		return doc.HTML, nil
	case "docx":
		return doc.DOCX, nil
	case "text", "txt":
		return func(w io.Writer) error { return doc.Text(w, c.width()) }, nil
	}
	return nil, misuse("a report is written as md, html, docx or text, not as %q", format)
}
