package main

import (
	"context"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"interlocal/model"
	"interlocal/model/report"
)

func (c *call) reportCommand() *cobra.Command {
	var partner, format string
	var out output
	cmd := c.command("report NAME [--partner P] [--format md|html|text]", "a document for a council or a wall", between(1, 1),
		func(ctx context.Context, args []string) error { return c.report(ctx, args[0], partner, format, out) })
	cmd.Long = "report makes a document:\n"
	for _, r := range report.Reports() {
		cmd.Long += "\n  " + r.Name + strings.Repeat(" ", 12-len(r.Name)) + r.Title
		if r.NeedsPartner {
			cmd.Long += " (for a --partner)"
		}
		cmd.ValidArgs = append(cmd.ValidArgs, r.Name)
	}
	cmd.Long += "\n\nEvery figure says which record it comes from."
	cmd.Example = "  interlocal report briefing --partner raytown --format html -o briefing.html"
	cmd.Flags().StringVar(&partner, "partner", "", "the `PARTNER` it is for")
	cmd.Flags().StringVar(&format, "format", "", "`FORMAT`: md, html or text (default: by the file's ending, else md)")
	oneOf(cmd, "format", "md", "html", "text")
	out.flags(cmd)
	return cmd
}

func (c *call) report(ctx context.Context, name, partner, format string, out output) error {
	r, ok := report.ReportNamed(name)
	switch {
	case !ok:
		return misuse("there is no report called %q; reports are %s", name, reportNames())
	case r.NeedsPartner && partner == "":
		return misuse("say for whom: interlocal report %s --partner raytown", name)
	case !r.NeedsPartner && partner != "":
		return misuse("the report %s is about all partners; leave --partner out", name)
	case c.json:
		return misuse("a report is written as md, html or text; for figures use interlocal overview --json")
	}
	view, env, err := c.viewNamed(ctx)
	if err != nil {
		return err
	}
	var id uint64
	if partner != "" {
		if id, err = env.Resolve("partners", partner); err != nil {
			return err
		}
	}
	doc, err := r.Build(view, model.PartnerID(id), c.wall(view))
	if err != nil {
		return err
	}
	write, err := c.documentWriter(doc, formatOf(format, out.file, "md"))
	if err != nil {
		return err
	}
	return c.write(out, write)
}

func reportNames() string {
	var names []string
	for _, r := range report.Reports() {
		names = append(names, r.Name)
	}
	return strings.Join(names, ", ")
}

func (c *call) documentWriter(doc *report.Document, format string) (func(io.Writer) error, error) {
	switch format {
	case "md", "markdown":
		return doc.Markdown, nil
	case "html", "htm":
		return doc.HTML, nil
	case "text", "txt":
		return func(w io.Writer) error { return doc.Text(w, c.width()) }, nil
	}
	return nil, misuse("a report is written as md, html or text, not as %q", format)
}
