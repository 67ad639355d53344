package document

import (
	"html"
	"io"
	"strings"

	"interlocal/model/text"
)

// style prints black on white in a serif face that every office machine has,
// about two pages of Letter for a council briefing.
const style = `
@page { size: Letter; margin: 0.65in; }
body { font: 10pt/1.3 Georgia, "Times New Roman", serif; color: #111; background: #fff;
  max-width: 7in; margin: 2em auto; padding: 0 1em; }
h1 { font-size: 16pt; line-height: 1.2; margin: 0 0 .1em; }
h2 { font-size: 11pt; margin: .8em 0 .2em; border-bottom: 1px solid #999; break-after: avoid; }
p, ul { margin: .25em 0; }
ul { padding-left: 1.3em; }
li { break-inside: avoid; }
.subtitle { color: #444; margin-bottom: .6em; }
.remark, .note { font-size: 9pt; color: #333; }
table { border-collapse: collapse; width: 100%; margin: .3em 0; font-size: 9pt; }
th, td { text-align: left; vertical-align: top; padding: .1em .5em .15em 0; border-bottom: 1px solid #ddd; }
th { border-bottom: 1px solid #555; }
tr { break-inside: avoid; }
.right { text-align: right; }
sup { font: 6.5pt/1 Arial, sans-serif; color: #555; }
.sources { font-size: 7.5pt; line-height: 1.3; color: #333; }
@media print { body { max-width: none; margin: 0; padding: 0; } a { color: inherit; text-decoration: none; } }
`

// HTML writes the document as one web page that needs nothing else: no
// scripts, fonts or pictures from elsewhere.
func (d *Document) HTML(w io.Writer) error {
	var b strings.Builder
	title := html.EscapeString(d.Title)
	b.WriteString("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n" +
		"<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>" + title +
		"</title>\n<style>" +
		style + "</style>\n</head>\n<body>\n<h1>" + title + "</h1>\n")
	if d.Subtitle != "" {
		b.WriteString("<p class=\"subtitle\">" + html.EscapeString(d.Subtitle) + "</p>\n")
	}
	for _, s := range d.Sections {
		b.WriteString("<h2>" + html.EscapeString(s.Heading) + "</h2>\n")
		for _, block := range s.Blocks {
			htmlBlock(&b, block)
		}
	}
	for _, n := range d.Notes {
		b.WriteString("<p class=\"note\">" + html.EscapeString(n) + "</p>\n")
	}
	if len(d.Sources) > 0 {
		b.WriteString("<h2>Sources</h2>\n<p class=\"sources\">\n")
		for _, s := range d.Sources {
			m := html.EscapeString(s.Mark)
			b.WriteString("<span id=\"" + m + "\">[" + m + "] " + html.EscapeString(s.Text) + ".</span>\n")
		}
		b.WriteString("</p>\n")
	}
	b.WriteString("</body>\n</html>\n")
	_, err := io.WriteString(w, b.String())
	return err
}

func htmlBlock(b *strings.Builder, block Block) {
	switch block := block.(type) {
	case Paragraph:
		b.WriteString("<p>" + htmlRuns(block.Text) + "</p>\n")
	case Remark:
		b.WriteString("<p class=\"remark\">" + htmlRuns(block.Text) + "</p>\n")
	case List:
		b.WriteString("<ul>\n")
		for _, item := range block.Items {
			b.WriteString("<li>" + htmlRuns(item) + "</li>\n")
		}
		b.WriteString("</ul>\n")
	case Table:
		htmlTable(b, block)
	}
}

func htmlTable(b *strings.Builder, t Table) {
	class := func(i int) string {
		if i < len(t.Right) && t.Right[i] {
			return ` class="right"`
		}
		return ""
	}
	b.WriteString("<table>\n<thead><tr>")
	for i, h := range t.Head {
		b.WriteString("<th scope=\"col\"" + class(i) + ">" + html.EscapeString(h) + "</th>")
	}
	b.WriteString("</tr></thead>\n<tbody>\n")
	for _, row := range t.Rows {
		b.WriteString("<tr>")
		for i, cell := range row {
			b.WriteString("<td" + class(i) + ">" + htmlRuns(cell) + "</td>")
		}
		b.WriteString("</tr>\n")
	}
	b.WriteString("</tbody>\n</table>\n")
	if t.More > 0 {
		b.WriteString("<p class=\"remark\">and " + text.Thousands(int64(t.More)) + " more</p>\n")
	}
}

func htmlRuns(t Text) string {
	var b strings.Builder
	for _, run := range t {
		b.WriteString(html.EscapeString(run.Text))
		for _, m := range run.Marks {
			m = html.EscapeString(m)
			b.WriteString("<sup><a href=\"#" + m + "\">[" + m + "]</a></sup>")
		}
	}
	return b.String()
}
