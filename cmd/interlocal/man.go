package main

import (
	"io"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

func (c *call) manCommand() *cobra.Command {
	cmd := c.command("man", "the manual page", none, nil)
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		_, err := io.WriteString(c.Stdout, manual(cmd.Root()))
		return err
	}
	cmd.Long = `man writes the manual page in roff. Read it with:  interlocal man | man -l -`
	return cmd
}

// manual writes the commands as one manual page. The page follows from the
// command tree, so it cannot be out of date; the roff needed is a handful of
// macros, which is less than a library that would write one page per command.
func manual(root *cobra.Command) string {
	var b strings.Builder
	b.WriteString(".TH INTERLOCAL 1\n.SH NAME\ninterlocal \\- " + roff(root.Short) + "\n")
	b.WriteString(".SH SYNOPSIS\n.B interlocal\n[\\fICOMMAND\\fR] [\\fIOPTION\\fR]…\n.SH DESCRIPTION\n")
	roffText(&b, root.Long)
	b.WriteString(".SH OPTIONS\n")
	roffFlags(&b, root.PersistentFlags())
	b.WriteString(".SH COMMANDS\n")
	for _, cmd := range root.Commands() {
		if !cmd.IsAvailableCommand() {
			continue
		}
		b.WriteString(".SS interlocal " + roff(cmd.Use) + "\n")
		roffText(&b, firstOf(cmd.Long, cmd.Short+"."))
		roffFlags(&b, cmd.LocalNonPersistentFlags())
		if cmd.Example != "" {
			b.WriteString(".PP\n.nf\n" + roff(cmd.Example) + "\n.fi\n")
		}
	}
	b.WriteString(".SH EXIT STATUS\n0 done, 1 failed, 2 misuse, 3 done in part.\n.SH ENVIRONMENT\n")
	for _, v := range [][2]string{{"INTERLOCAL_DB", "the file to work on"}, {"NO_COLOR", "no colours"},
		{"REDUCED_MOTION", "nothing on the screen moves by itself"},
		{"XDG_DATA_HOME", "where the file is unless named"}} {
		b.WriteString(".TP\n.B " + v[0] + "\n" + v[1] + "\n")
	}
	return b.String()
}

// firstOf gives the first text that says something.
func firstOf(texts ...string) string {
	for _, s := range texts {
		if s != "" {
			return s
		}
	}
	return ""
}

// roffText writes paragraphs; lines that begin with a blank stay as they are.
func roffText(b *strings.Builder, text string) {
	for para := range strings.SplitSeq(text, "\n\n") {
		if strings.HasPrefix(para, " ") {
			b.WriteString(".PP\n.nf\n" + roff(para) + "\n.fi\n")
			continue
		}
		b.WriteString(".PP\n" + roff(para) + "\n")
	}
}

func roffFlags(b *strings.Builder, flags *pflag.FlagSet) {
	flags.VisitAll(func(f *pflag.Flag) {
		if f.Hidden || f.Name == "help" {
			return
		}
		value, usage := pflag.UnquoteUsage(f)
		name := "--" + f.Name
		if f.Shorthand != "" {
			name = "-" + f.Shorthand + ", " + name
		}
		b.WriteString(".TP\n.B " + roff(strings.TrimSpace(name+" "+value)) + "\n" + roff(usage) + "\n")
	})
}

// roff escapes text, line by line.
func roff(s string) string {
	s = strings.NewReplacer(`\`, `\e`, "-", `\-`).Replace(s)
	lines := strings.Split(s, "\n")
	for i, line := range lines {
		if strings.HasPrefix(line, ".") || strings.HasPrefix(line, "'") {
			lines[i] = `\&` + line
		}
	}
	return strings.Join(lines, "\n")
}
