package export

import (
	"archive/zip"
	"bufio"
	"io"
	"strconv"
	"strings"
)

// Bounds of what Excel takes (ECMA-376, part 1, and Excel's specifications).
const (
	excelCell = 32_767    // UTF-16 units of a cell
	excelRows = 1_048_576 // rows of a sheet
	excelList = 255       // UTF-16 units of a drop-down's choices
)

// cellLook is how a cell is drawn: the number of one of the workbook's formats.
type cellLook int

const (
	plainLook cellLook = iota
	boldLook
	moneyLook
	tenthsLook
	wrappedLook
	dayLook
	momentLook
)

// workbook writes an XLSX file: its sheets one after the other, each row as it
// comes. The library that reads workbooks also writes them, but copies cells by
// reflection, which keeps every method of every type in the program: a sixth of
// its size for the six parts of a plain workbook.
type workbook struct {
	zip    *zip.Writer
	out    *bufio.Writer
	sheets []string
	row    int
	buf    []byte
	err    error // the first, after which nothing is written
}

func newWorkbook(w io.Writer) *workbook { return &workbook{zip: zip.NewWriter(w)} }

// dropDown offers choices in a column, counted from 0, beneath its heading.
type dropDown struct {
	column  int
	choices []string
}

const sheetSpace = `xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"`

// part begins the next part of the file.
func (b *workbook) part(name string) {
	if b.err != nil {
		return
	}
	w, err := b.zip.Create(name)
	if b.err = err; err == nil {
		b.out = bufio.NewWriterSize(w, 64<<10)
		b.text(`<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n")
	}
}

func (b *workbook) text(s string) {
	if b.err == nil {
		_, b.err = b.out.WriteString(s)
	}
}

func (b *workbook) end() {
	if b.err == nil {
		b.err = b.out.Flush()
	}
}

// sheetColumn is how a column looks, also where it has no cells yet. The width is
// in characters.
type sheetColumn struct {
	width int
	look  cellLook
}

// beginSheet starts a sheet whose first row stays in view.
func (b *workbook) beginSheet(name string, columns []sheetColumn) {
	b.sheets = append(b.sheets, name)
	b.row = 0
	b.part("xl/worksheets/sheet" + strconv.Itoa(len(b.sheets)) + ".xml")
	b.text(`<worksheet ` + sheetSpace +
		`><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" ` +
		`activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>`)
	if len(columns) > 0 {
		b.text(`<cols>`)
		for i, c := range columns {
			at := strconv.Itoa(i + 1)
			b.text(`<col min="` + at + `" max="` + at + `" width="` + strconv.Itoa(c.width) + `" style="` +
				strconv.Itoa(int(c.look)) + `" customWidth="1"/>`)
		}
		b.text(`</cols>`)
	}
	b.text(`<sheetData>`)
}

// beginRow starts a row; [workbook.number], [workbook.words] and [workbook.skip]
// add its cells and [workbook.endRow] writes it.
func (b *workbook) beginRow() {
	b.row++
	b.buf = append(strconv.AppendInt(append(b.buf[:0], `<row r="`...), int64(b.row), 10), `">`...)
}

func (b *workbook) endRow() {
	if b.err == nil {
		b.buf = append(b.buf, `</row>`...)
		_, b.err = b.out.Write(b.buf)
	}
}

// number adds a number in a column, counted from 0, as its decimal digits.
func (b *workbook) number(column int, look cellLook, digits string) {
	b.cell(column, look)
	b.buf = append(append(append(b.buf, `><v>`...), digits...), `</v></c>`...)
}

// words adds a text.
func (b *workbook) words(column int, look cellLook, s string) {
	b.cell(column, look)
	b.buf = append(b.buf, ` t="inlineStr"><is><t xml:space="preserve">`...)
	b.buf = append(appendXML(b.buf, s), `</t></is></c>`...)
}

func (b *workbook) cell(column int, look cellLook) {
	b.buf = appendColumn(append(b.buf, `<c r="`...), column)
	b.buf = append(strconv.AppendInt(b.buf, int64(b.row), 10), `"`...)
	if look != plainLook {
		b.buf = append(strconv.AppendInt(append(b.buf, ` s="`...), int64(look), 10), `"`...)
	}
}

// endSheet ends a sheet. What is typed beside a drop-down's choices is let
// stand: whoever reads the file back says what it makes of it.
func (b *workbook) endSheet(drops []dropDown) {
	b.text(`</sheetData>`)
	if len(drops) > 0 {
		b.text(`<dataValidations count="` + strconv.Itoa(len(drops)) + `">`)
		for _, d := range drops {
			at := string(appendColumn(nil, d.column))
			b.text(`<dataValidation type="list" allowBlank="1" showErrorMessage="0" sqref="` + at + `2:` + at +
				strconv.Itoa(excelRows) + `"><formula1>` +
				string(appendXML(nil, `"`+strings.Join(d.choices, ",")+`"`)) +
				`</formula1></dataValidation>`)
		}
		b.text(`</dataValidations>`)
	}
	b.text(`</worksheet>`)
	b.end()
}

// close writes what holds the sheets together. The workbook bears no author's
// name and no time.
func (b *workbook) close() error {
	const (
		office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
		linked = `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">`
		kinds  = "application/vnd.openxmlformats-officedocument.spreadsheetml."
	)
	var types, sheets, links strings.Builder
	for i, name := range b.sheets {
		n := strconv.Itoa(i + 1)
		types.WriteString(`<Override PartName="/xl/worksheets/sheet` + n + `.xml" ContentType="` + kinds +
			`worksheet+xml"/>`)
		sheets.WriteString(`<sheet name="` + string(appendXML(nil, name)) + `" sheetId="` + n + `" r:id="rId` +
			n + `"/>`)
		links.WriteString(`<Relationship Id="rId` + n + `" Type="` + office + `/worksheet" Target="worksheets/sheet` +
			n + `.xml"/>`)
	}
	for _, p := range [...]struct{ name, content string }{
		{"[Content_Types].xml", `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">` +
			`<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
			`<Default Extension="xml" ContentType="application/xml"/>` +
			`<Override PartName="/xl/workbook.xml" ContentType="` + kinds + `sheet.main+xml"/>` +
			`<Override PartName="/xl/styles.xml" ContentType="` + kinds + `styles+xml"/>` + types.String() +
			`</Types>`},
		{"_rels/.rels", linked + `<Relationship Id="rId1" Type="` + office +
			`/officeDocument" Target="xl/workbook.xml"/></Relationships>`},
		{"xl/workbook.xml", `<workbook ` + sheetSpace + ` xmlns:r="` + office + `"><sheets>` + sheets.String() +
			`</sheets></workbook>`},
		{"xl/_rels/workbook.xml.rels", linked + links.String() + `<Relationship Id="rId` +
			strconv.Itoa(len(b.sheets)+1) +
			`" Type="` + office + `/styles" Target="styles.xml"/></Relationships>`},
		{"xl/styles.xml", workbookStyles},
	} {
		b.part(p.name)
		b.text(p.content)
		b.end()
	}
	if b.err != nil {
		return b.err
	}
	return b.zip.Close()
}

// workbookStyles has the formats in the order of the looks.
const workbookStyles = `<styleSheet ` + sheetSpace +
	`><numFmts count="4"><numFmt numFmtId="164" formatCode="#,##0.00"/>` +
	`<numFmt numFmtId="165" formatCode="0.0"/><numFmt numFmtId="166" formatCode="yyyy\-mm\-dd"/>` +
	`<numFmt numFmtId="167" formatCode="yyyy\-mm\-dd\ hh:mm"/></numFmts>` +
	`<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/>` +
	`<name val="Calibri"/></font></fonts>` +
	`<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/>` +
	`</fill></fills>` +
	`<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="7">` +
	`<xf numFmtId="0" fontId="0" xfId="0"/><xf numFmtId="0" fontId="1" applyFont="1" xfId="0"/>` +
	`<xf numFmtId="164" applyNumberFormat="1" xfId="0"/><xf numFmtId="165" applyNumberFormat="1" xfId="0"/>` +
	`<xf numFmtId="0" applyAlignment="1" xfId="0"><alignment vertical="top" wrapText="1"/></xf>` +
	`<xf numFmtId="166" applyNumberFormat="1" xfId="0"/><xf numFmtId="167" applyNumberFormat="1" xfId="0"/>` +
	`</cellXfs></styleSheet>`

// appendColumn appends a column's letters: A for 0, AA for 26.
func appendColumn(dst []byte, column int) []byte {
	if column >= 26 {
		dst = appendColumn(dst, column/26-1)
	}
	return append(dst, byte('A'+column%26))
}

// appendXML appends a text for an element or attribute. What XML cannot hold
// is written as _xHHHH_, and a text that looks like that is escaped itself
// (ECMA-376, part 1, 22.9.2.19).
func appendXML(dst []byte, s string) []byte {
	for i, r := range s {
		switch {
		case r == '&':
			dst = append(dst, "&amp;"...)
		case r == '<':
			dst = append(dst, "&lt;"...)
		case r == '>':
			dst = append(dst, "&gt;"...)
		case r == '"':
			dst = append(dst, "&#34;"...)
		case r == '_' && looksEscaped(s[i:]):
			dst = append(dst, "_x005F_"...)
		case r < ' ' && r != '\n' && r != '\t', r == 0xFFFE, r == 0xFFFF:
			dst = append(dst, "_x"...)
			for shift := 12; shift >= 0; shift -= 4 {
				dst = append(dst, "0123456789ABCDEF"[r>>shift&15])
			}
			dst = append(dst, '_')
		default:
			dst = append(dst, string(r)...)
		}
	}
	return dst
}

// looksEscaped tells a text that begins as _xHHHH_ does. Any letter counts,
// since programs differ in what they take for a digit.
func looksEscaped(s string) bool {
	if len(s) < 7 || s[1] != 'x' || s[6] != '_' {
		return false
	}
	for _, c := range []byte(s[2:6]) {
		if (c < '0' || c > '9') && (c|0x20 < 'a' || c|0x20 > 'z') {
			return false
		}
	}
	return true
}
