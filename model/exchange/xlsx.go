package exchange

import (
	"archive/zip"
	"bufio"
	"compress/flate"
	"io"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"interlocal/model"
)

// WriteXLSX writes a workbook with one sheet for each table: headings in bold
// that stay in view, numbers and money as numbers, everything else as text.
// Sheets bear the kinds' names and are written as they come, without a copy in
// memory or on disk.
func WriteXLSX(w io.Writer, tables []Table, env *model.Env, o Options) error {
	z := zip.NewWriter(w)
	z.RegisterCompressor(zip.Deflate, func(w io.Writer) (io.WriteCloser, error) {
		return flate.NewWriter(w, flate.BestSpeed)
	})
	x := xlsxWriter{zip: z, env: env, bare: o.Bare}
	for i, t := range tables {
		x.sheet(i+1, t)
	}
	x.part("[Content_Types].xml", contentTypes(len(tables)))
	x.part("_rels/.rels", xmlHead+`<Relationships xmlns="`+nsPackage+`"><Relationship Id="rId1" Type="`+nsRelations+`/officeDocument" Target="xl/workbook.xml"/></Relationships>`)
	x.part("xl/workbook.xml", workbookXML(tables))
	x.part("xl/_rels/workbook.xml.rels", workbookRelations(len(tables)))
	x.part("xl/styles.xml", stylesXML)
	if x.err == nil {
		x.err = z.Close()
	}
	return x.err
}

const (
	xmlHead     = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"
	nsSheet     = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
	nsRelations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
	nsPackage   = "http://schemas.openxmlformats.org/package/2006/relationships"
	typeSheet   = "application/vnd.openxmlformats-officedocument.spreadsheetml."

	// excelCell is how many UTF-16 units a cell may hold.
	excelCell = 32767
	// excelRows is how many rows a sheet may have.
	excelRows = 1048576
)

// Styles by their position in stylesXML.
const (
	styleBold    = "1"
	styleMoney   = "2"
	styleTenths  = "3"
	styleWrapped = "4"
)

const stylesXML = xmlHead + `<styleSheet xmlns="` + nsSheet + `">` +
	`<numFmts count="2"><numFmt numFmtId="164" formatCode="#,##0.00"/><numFmt numFmtId="165" formatCode="0.0"/></numFmts>` +
	`<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts>` +
	`<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>` +
	`<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>` +
	`<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>` +
	`<cellXfs count="5"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>` +
	`<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/>` +
	`<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>` +
	`<xf numFmtId="165" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>` +
	`<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf></cellXfs>` +
	`<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`

func contentTypes(sheets int) string {
	var b strings.Builder
	b.WriteString(xmlHead + `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">` +
		`<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
		`<Default Extension="xml" ContentType="application/xml"/>` +
		`<Override PartName="/xl/workbook.xml" ContentType="` + typeSheet + `sheet.main+xml"/>` +
		`<Override PartName="/xl/styles.xml" ContentType="` + typeSheet + `styles+xml"/>`)
	for i := range sheets {
		b.WriteString(`<Override PartName="/xl/worksheets/sheet` + strconv.Itoa(i+1) + `.xml" ContentType="` + typeSheet + `worksheet+xml"/>`)
	}
	return b.String() + `</Types>`
}

func workbookXML(tables []Table) string {
	var b strings.Builder
	b.WriteString(xmlHead + `<workbook xmlns="` + nsSheet + `" xmlns:r="` + nsRelations + `"><sheets>`)
	for i, t := range tables {
		n := strconv.Itoa(i + 1)
		b.WriteString(`<sheet name="` + t.Kind.Name + `" sheetId="` + n + `" r:id="rId` + n + `"/>`)
	}
	return b.String() + `</sheets></workbook>`
}

func workbookRelations(sheets int) string {
	var b strings.Builder
	b.WriteString(xmlHead + `<Relationships xmlns="` + nsPackage + `">`)
	for i := range sheets {
		n := strconv.Itoa(i + 1)
		b.WriteString(`<Relationship Id="rId` + n + `" Type="` + nsRelations + `/worksheet" Target="worksheets/sheet` + n + `.xml"/>`)
	}
	return b.String() + `<Relationship Id="styles" Type="` + nsRelations + `/styles" Target="styles.xml"/></Relationships>`
}

// xlsxWriter writes the parts of a workbook one after the other.
type xlsxWriter struct {
	zip  *zip.Writer
	env  *model.Env
	bare bool
	out  *bufio.Writer
	buf  []byte
	err  error

	row  int
	refs []string // letters of the columns
	col  int
}

func (x *xlsxWriter) part(name, content string) {
	if x.err != nil {
		return
	}
	f, err := x.zip.Create(name)
	if err == nil {
		_, err = io.WriteString(f, content)
	}
	x.err = err
}

// sheet writes the n-th sheet.
func (x *xlsxWriter) sheet(n int, t Table) {
	if x.err != nil {
		return
	}
	f, err := x.zip.Create("xl/worksheets/sheet" + strconv.Itoa(n) + ".xml")
	if err != nil {
		x.err = err
		return
	}
	x.out = bufio.NewWriterSize(f, flushAt)
	cols := t.columns()
	x.columns(t.Kind, cols)
	for row := range t.Rows {
		if x.row == excelRows {
			x.err = model.Fail(model.Invalid, "an Excel sheet holds 1,048,576 rows and there are more "+t.Kind.Name+"; export them as CSV")
		}
		x.beginRow()
		if !x.bare {
			x.number("", strconv.AppendUint(nil, row.ID, 10))
			x.number("", strconv.AppendUint(nil, row.Rev, 10))
		}
		for _, c := range cols {
			x.value(t.Kind, c, row)
		}
		x.endRow()
		if x.err != nil {
			return
		}
	}
	x.out.WriteString(`</sheetData></worksheet>`)
	x.err = x.out.Flush()
}

// columns writes what stands above a sheet's rows, and the headings.
func (x *xlsxWriter) columns(k *model.Kind, cols []*model.Column) {
	var names []string
	var widths []int
	if !x.bare {
		names, widths = []string{idName, revName}, []int{8, 8}
	}
	for _, c := range cols {
		names = append(names, c.Name)
		widths = append(widths, min(max(columnWidth(c), len(c.Name)+2), 60))
	}
	x.out.WriteString(xmlHead + `<worksheet xmlns="` + nsSheet + `"><sheetViews><sheetView workbookViewId="0">` +
		`<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>`)
	x.refs = x.refs[:0]
	for i, width := range widths {
		n := strconv.Itoa(i + 1)
		x.out.WriteString(`<col min="` + n + `" max="` + n + `" width="` + strconv.Itoa(width) + `" customWidth="1"/>`)
		x.refs = append(x.refs, columnLetters(i))
	}
	x.out.WriteString(`</cols><sheetData>`)
	x.row = 0
	x.beginRow()
	for _, name := range names {
		x.text(styleBold, []byte(name))
	}
	x.endRow()
}

func (x *xlsxWriter) beginRow() {
	x.row++
	x.col = 0
	x.buf = append(strconv.AppendInt(append(x.buf[:0], `<row r="`...), int64(x.row), 10), `">`...)
}

func (x *xlsxWriter) endRow() {
	x.buf = append(x.buf, `</row>`...)
	if _, err := x.out.Write(x.buf); err != nil && x.err == nil {
		x.err = err
	}
}

// value writes a column's value: a number where it is one that Excel keeps to
// the last digit, otherwise text.
func (x *xlsxWriter) value(k *model.Kind, c *model.Column, row Row) {
	if c.Empty(row.Rec) && c.Shape != model.ShapeBool {
		x.col++
		return
	}
	var scratch [256]byte
	v := c.Format(scratch[:0], row.Rec, x.env)
	if c.Shape.Numeric() && len(v) <= 15 {
		x.number(numberStyle(c.Shape), v)
		return
	}
	if len(v) > excelCell && utf16Length(v) > excelCell {
		x.err = model.Fail(model.Invalid, c.Title+" of "+k.Label(row.Rec)+" is longer than an Excel cell holds (32,767 characters); export as CSV or JSON")
		return
	}
	style := ""
	if c.Shape == model.ShapeLong {
		style = styleWrapped
	}
	x.text(style, v)
}

func numberStyle(s model.Shape) string {
	switch s {
	case model.ShapeMoney, model.ShapePercent:
		return styleMoney
	case model.ShapeTenths:
		return styleTenths
	}
	return ""
}

func (x *xlsxWriter) beginCell(style string) {
	x.buf = append(append(x.buf, `<c r="`...), x.refs[x.col]...)
	x.buf = append(strconv.AppendInt(x.buf, int64(x.row), 10), '"')
	if style != "" {
		x.buf = append(append(append(x.buf, ` s="`...), style...), '"')
	}
	x.col++
}

func (x *xlsxWriter) number(style string, digits []byte) {
	x.beginCell(style)
	x.buf = append(append(append(x.buf, `><v>`...), digits...), `</v></c>`...)
}

func (x *xlsxWriter) text(style string, v []byte) {
	x.beginCell(style)
	x.buf = append(x.buf, ` t="inlineStr"><is><t xml:space="preserve">`...)
	x.buf = appendXML(x.buf, v)
	x.buf = append(x.buf, `</t></is></c>`...)
}

// appendXML writes text as XML. Characters that XML cannot hold, and texts that
// look like the way in which a workbook writes those, become _xHHHH_.
func appendXML(dst, v []byte) []byte {
	for i := 0; i < len(v); {
		r, size := utf8.DecodeRune(v[i:])
		switch {
		case r == '&':
			dst = append(dst, "&amp;"...)
		case r == '<':
			dst = append(dst, "&lt;"...)
		case r == '>':
			dst = append(dst, "&gt;"...)
		case r == '_' && looksEscaped(v[i:]):
			dst = append(dst, "_x005F_"...)
		case r < ' ' && r != '\n' && r != '\t', r == 0xfffe, r == 0xffff:
			const hex = "0123456789ABCDEF"
			dst = append(dst, '_', 'x', hex[r>>12], hex[r>>8&15], hex[r>>4&15], hex[r&15], '_')
		default:
			dst = utf8.AppendRune(dst, r)
		}
		i += size
	}
	return dst
}

func looksEscaped(v []byte) bool {
	_, ok := escapedUnit(string(v[:min(len(v), 7)]))
	return ok
}

func utf16Length(v []byte) int {
	n := 0
	for _, r := range string(v) {
		n += max(utf16.RuneLen(r), 1)
	}
	return n
}

// columnLetters gives a column's name: 27 is AB.
func columnLetters(i int) string {
	s := ""
	for i++; i > 0; i = (i - 1) / 26 {
		s = string(rune('A'+(i-1)%26)) + s
	}
	return s
}

// columnWidth gives the width wanted for a column, in characters.
func columnWidth(c *model.Column) int {
	if c.Width > 0 {
		return c.Width
	}
	switch c.Shape {
	case model.ShapeLong, model.ShapeList, model.ShapeRows, model.ShapeURL:
		return 40
	case model.ShapeWall:
		return 17
	case model.ShapeDay, model.ShapeMoney, model.ShapePhone:
		return 13
	case model.ShapeBool, model.ShapeInt, model.ShapePercent, model.ShapeTenths:
		return 9
	}
	return 20
}
