package document

import (
	"archive/zip"
	"encoding/xml"
	"io"
	"strconv"
	"strings"

	"interlocal/model/text"
)

// DOCX writes the document as a Word file, as clerks number and paste it: real
// headings, lists and tables with a head that repeats on every page, a title and
// a language. The same document gives the same bytes. No library writes it: the
// ones that are kept up read and edit files that others made.
//
// Source: ECMA-376, part 1 (WordprocessingML), and part 2 for the package.
func (d *Document) DOCX(w io.Writer) error {
	z := zip.NewWriter(w)
	for _, part := range []struct{ name, text string }{
		{"[Content_Types].xml", docxTypes},
		{"_rels/.rels", docxRelations},
		{"docProps/core.xml", `<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/` +
			`core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>` + docxEscaped(d.Title) +
			`</dc:title><dc:language>en-US</dc:language></cp:coreProperties>`},
		{"word/_rels/document.xml.rels", docxParts},
		{"word/styles.xml", docxStyles},
		{"word/numbering.xml", docxBullets},
		{"word/document.xml", d.docxBody()},
	} {
		out, err := z.Create(part.name)
		if err == nil {
			_, err = io.WriteString(out, xml.Header+part.text)
		}
		if err != nil {
			return err
		}
	}
	return z.Close()
}

// docxNamespace is that of everything in the text.
const docxNamespace = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"`

// docxBody writes the text: a page of Letter with margins of one inch.
func (d *Document) docxBody() string {
	var b strings.Builder
	b.WriteString(`<w:document ` + docxNamespace + `><w:body>`)
	docxParagraph(&b, "Title", Plain(d.Title))
	if d.Subtitle != "" {
		docxParagraph(&b, "Subtitle", Plain(d.Subtitle))
	}
	for _, s := range d.Sections {
		docxParagraph(&b, "Heading1", Plain(s.Heading))
		for _, block := range s.Blocks {
			docxBlock(&b, block)
		}
	}
	for _, n := range d.Notes {
		docxParagraph(&b, "Small", Plain(n))
	}
	if len(d.Sources) > 0 {
		docxParagraph(&b, "Heading1", Plain("Sources"))
		for _, s := range d.Sources {
			docxParagraph(&b, "Small", Plain("["+s.Mark+"] "+s.Text))
		}
	}
	b.WriteString(`<w:sectPr><w:pgSz w:w="12240" w:h="15840"/><w:pgMar w:top="1440" w:right="1440" w:bottom="1440" ` +
		`w:left="1440" w:header="720" w:footer="720" w:gutter="0"/></w:sectPr></w:body></w:document>`)
	return b.String()
}

func docxBlock(b *strings.Builder, block Block) {
	switch block := block.(type) {
	case Paragraph:
		docxParagraph(b, "", block.Text)
	case Remark:
		docxParagraph(b, "Small", block.Text)
	case List:
		for _, item := range block.Items {
			docxParagraph(b, "ListBullet", item)
		}
	case Table:
		docxTable(b, block)
	}
}

// docxTable writes a table over the width of the text. What stands in it is
// never empty, since a cell without a paragraph is refused.
func docxTable(b *strings.Builder, t Table) {
	const twips = 9360 // between the margins
	b.WriteString(`<w:tbl><w:tblPr><w:tblStyle w:val="Grid"/><w:tblW w:w="` + strconv.Itoa(twips) +
		`" w:type="dxa"/><w:tblLook w:firstRow="1"/></w:tblPr><w:tblGrid>`)
	for range t.Head {
		b.WriteString(`<w:gridCol w:w="` + strconv.Itoa(twips/len(t.Head)) + `"/>`)
	}
	b.WriteString(`</w:tblGrid>`)
	row := func(properties, style string, cells []Text) {
		b.WriteString(`<w:tr><w:trPr><w:cantSplit/>` + properties + `</w:trPr>`)
		for i := range t.Head {
			cell, align := Text(nil), ""
			if i < len(cells) {
				cell = cells[i]
			}
			if i < len(t.Right) && t.Right[i] {
				align = "Right"
			}
			b.WriteString(`<w:tc>`)
			docxParagraph(b, style+align, cell)
			b.WriteString(`</w:tc>`)
		}
		b.WriteString(`</w:tr>`)
	}
	head := make([]Text, len(t.Head))
	for i, h := range t.Head {
		head[i] = Plain(h)
	}
	row(`<w:tblHeader/>`, "Head", head)
	for _, cells := range t.Rows {
		row("", "Cell", cells)
	}
	b.WriteString(`</w:tbl>`)
	more := ""
	if t.More > 0 {
		more = "and " + text.Thousands(int64(t.More)) + " more"
	}
	docxParagraph(b, "Small", Plain(more)) // keeps tables apart
}

// docxParagraph writes a paragraph in a style, its marks raised.
func docxParagraph(b *strings.Builder, style string, t Text) {
	b.WriteString(`<w:p>`)
	if style != "" {
		b.WriteString(`<w:pPr><w:pStyle w:val="` + style + `"/></w:pPr>`)
	}
	for _, run := range t {
		docxRun(b, "", run.Text)
		for _, m := range run.Marks {
			docxRun(b, `<w:rPr><w:vertAlign w:val="superscript"/></w:rPr>`, " ["+m+"]")
		}
	}
	b.WriteString(`</w:p>`)
}

func docxRun(b *strings.Builder, properties, s string) {
	if s != "" {
		b.WriteString(`<w:r>` + properties + `<w:t xml:space="preserve">` + docxEscaped(s) + `</w:t></w:r>`)
	}
}

func docxEscaped(s string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(s)) // a builder never fails
	return b.String()
}
