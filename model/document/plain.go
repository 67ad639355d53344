package document

import (
	"io"
	"slices"
	"strings"

	"interlocal/model/text"
)

// Text writes the document as plain text in lines of at most width columns.
func (d *Document) Text(w io.Writer, width int) error {
	width = max(width, 40)
	var b strings.Builder
	Wrapped(&b, d.Title, "", "", width)
	b.WriteString(strings.Repeat("=", min(width, text.Width(d.Title))) + "\n")
	if d.Subtitle != "" {
		Wrapped(&b, d.Subtitle, "", "", width)
	}
	for _, s := range d.Sections {
		textHeading(&b, s.Heading)
		for i, block := range s.Blocks {
			if i > 0 {
				b.WriteByte('\n')
			}
			textBlock(&b, block, width)
		}
	}
	for _, n := range d.Notes {
		b.WriteByte('\n')
		Wrapped(&b, n, "", "", width)
	}
	if len(d.Sources) > 0 {
		textHeading(&b, "Sources")
		for _, s := range d.Sources {
			Wrapped(&b, s.Text, Padded("["+s.Mark+"]", 7), strings.Repeat(" ", 7), width)
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func textHeading(b *strings.Builder, s string) {
	b.WriteString("\n" + s + "\n" + strings.Repeat("-", text.Width(s)) + "\n")
}

func textBlock(b *strings.Builder, block Block, width int) {
	switch block := block.(type) {
	case Paragraph:
		Wrapped(b, TextRuns(block.Text), "", "", width)
	case Remark:
		Wrapped(b, TextRuns(block.Text), "  ", "  ", width)
	case List:
		for _, item := range block.Items {
			Wrapped(b, TextRuns(item), "- ", "  ", width)
		}
	case Table:
		textTable(b, block, width)
	}
}

// TextRuns joins the runs of a text, each with its marks behind it.
func TextRuns(t Text) string {
	var b strings.Builder
	for _, run := range t {
		b.WriteString(run.Text)
		for _, m := range run.Marks {
			b.WriteString(" [" + m + "]")
		}
	}
	return b.String()
}

// textTable writes a table whose cells wrap within columns that fit the width.
func textTable(b *strings.Builder, t Table, width int) {
	const gap = 2
	cells := [][]string{t.Head}
	for _, row := range t.Rows {
		line := make([]string, len(row))
		for i, cell := range row {
			line[i] = TextRuns(cell)
		}
		cells = append(cells, line)
	}
	widths := columnWidths(cells, len(t.Head), width-gap*(len(t.Head)-1))
	for i, row := range cells {
		textRow(b, t, row, widths)
		if i == 0 {
			rule := make([]string, len(widths))
			for j, w := range widths {
				rule[j] = strings.Repeat("-", w)
			}
			b.WriteString(strings.Join(rule, "  ") + "\n")
		}
	}
	if t.More > 0 {
		b.WriteString("and " + text.Thousands(int64(t.More)) + " more\n")
	}
}

// columnWidths gives each column what its widest cell wants, and takes from
// the widest column until all fit.
func columnWidths(cells [][]string, n, room int) []int {
	widths := make([]int, n)
	total := 0
	for i := range widths {
		for _, row := range cells {
			if i < len(row) {
				widths[i] = max(widths[i], text.Width(row[i]))
			}
		}
		total += widths[i]
	}
	for total > room {
		widest := slices.Index(widths, slices.Max(widths))
		if widths[widest] <= 4 {
			break
		}
		widths[widest]--
		total--
	}
	return widths
}

func textRow(b *strings.Builder, t Table, row []string, widths []int) {
	lines := make([][]string, len(row))
	height := 1
	for i, cell := range row {
		lines[i] = text.Wrap(cell, widths[i])
		height = max(height, len(lines[i]))
	}
	for y := range height {
		var line strings.Builder
		for i := range row {
			part := ""
			if y < len(lines[i]) {
				part = lines[i][y]
			}
			pad := strings.Repeat(" ", max(0, widths[i]-text.Width(part)))
			if i < len(t.Right) && t.Right[i] {
				part = pad + part
			} else {
				part += pad
			}
			if i > 0 {
				line.WriteString("  ")
			}
			line.WriteString(part)
		}
		b.WriteString(strings.TrimRight(line.String(), " ") + "\n")
	}
}
