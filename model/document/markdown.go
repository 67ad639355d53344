package document

import (
	"io"
	"strings"

	"interlocal/model/text"
)

// Markdown writes the document as Markdown, with tables as GitHub's dialect
// has them.
func (d *Document) Markdown(w io.Writer) error {
	var b strings.Builder
	b.WriteString("# " + mdText(d.Title) + "\n")
	if d.Subtitle != "" {
		b.WriteString("\n" + mdLine(d.Subtitle) + "\n")
	}
	for _, s := range d.Sections {
		b.WriteString("\n## " + mdText(s.Heading) + "\n")
		for _, block := range s.Blocks {
			b.WriteByte('\n')
			mdBlock(&b, block)
		}
	}
	for _, n := range d.Notes {
		b.WriteString("\n*" + mdText(n) + "*\n")
	}
	if len(d.Sources) > 0 {
		b.WriteString("\n## Sources\n\n")
		for _, s := range d.Sources {
			b.WriteString("- [" + s.Mark + "] " + mdText(s.Text) + "\n")
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func mdBlock(b *strings.Builder, block Block) {
	switch block := block.(type) {
	case Paragraph:
		b.WriteString(mdRuns(block.Text, true) + "\n")
	case Remark:
		b.WriteString("> " + mdRuns(block.Text, true) + "\n")
	case List:
		for _, item := range block.Items {
			b.WriteString("- " + mdRuns(item, true) + "\n")
		}
	case Table:
		mdTable(b, block)
	}
}

func mdTable(b *strings.Builder, t Table) {
	b.WriteByte('|')
	for _, h := range t.Head {
		b.WriteString(" " + mdText(h) + " |")
	}
	b.WriteString("\n|")
	for i := range t.Head {
		if i < len(t.Right) && t.Right[i] {
			b.WriteString(" ---: |")
		} else {
			b.WriteString(" --- |")
		}
	}
	b.WriteByte('\n')
	for _, row := range t.Rows {
		b.WriteByte('|')
		for _, cell := range row {
			b.WriteString(" " + mdRuns(cell, false) + " |")
		}
		b.WriteByte('\n')
	}
	if t.More > 0 {
		b.WriteString("\nand " + text.Thousands(int64(t.More)) + " more\n")
	}
}

// mdRuns writes text with its marks; atStart says that it begins a line.
func mdRuns(t Text, atStart bool) string {
	var b strings.Builder
	for i, run := range t {
		if i == 0 && atStart {
			b.WriteString(mdLine(run.Text))
		} else {
			b.WriteString(mdText(run.Text))
		}
		for _, m := range run.Marks {
			b.WriteString(" [" + m + "]")
		}
	}
	return b.String()
}

// mdText escapes what Markdown would read as markup inside a line.
func mdText(s string) string {
	return strings.NewReplacer(
		`\`, `\\`, "`", "\\`", "*", `\*`, "_", `\_`, "[", `\[`, "]", `\]`,
		"<", `\<`, ">", `\>`, "|", `\|`, "~", `\~`, "&", "&amp;", "\n", " ", "\r", " ",
	).Replace(s)
}

// mdLine escapes text that begins a line, where #, -, + and numbers with a dot
// are markup too.
func mdLine(s string) string {
	out := mdText(strings.TrimLeft(s, " \t"))
	if out == "" {
		return out
	}
	digits := 0
	for digits < len(out) && out[digits] >= '0' && out[digits] <= '9' {
		digits++
	}
	switch {
	case strings.IndexByte("#-+=", out[0]) >= 0:
		return `\` + out
	case digits > 0 && digits < len(out) && (out[digits] == '.' || out[digits] == ')'):
		return out[:digits] + `\` + out[digits:]
	}
	return out
}
