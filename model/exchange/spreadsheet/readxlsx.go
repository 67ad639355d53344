package spreadsheet

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"math"
	"path"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"
	"github.com/xuri/nfp"

	"interlocal/model/failure"
	"interlocal/model/text"
)

// Bounds of a workbook's parts, against files that cost far more than they
// weigh. Texts and the order of formulas grow with the rows, other parts do not,
// and of sheets only as many cells are kept as the builder takes.
const (
	maxLongTags  = 4_000_000
	maxShortTags = 200_000
	maxLinks     = 5_000     // tags of a part that says where others are
	maxDepth     = 100       // elements within each other
	maxCellText  = 256 << 10 // bytes of a cell, eight for each character that Excel takes
	maxMoment    = 40        // digits of a day or time; more are no such thing, and take excelize long
	longMoment   = 100_000   // bytes that each of these counts for
	maxEscapes   = 5_000     // _x000D_ and the like in a cell
)

var (
	errTooLarge = errors.New("workbook is too large")
	errNoSheet  = errors.New("no sheet found")
)

// readXLSX reads one sheet of a workbook: the one named after the kind, else
// the first that is not hidden.
func readXLSX(b []byte, sheet *Sheet, o ReadOptions) (*Sheet, error) {
	if len(b) > MaxPacked {
		return nil, failure.New(failure.Invalid, sheet.File+" is a workbook larger than 10 MB; save the sheet as "+
			"CSV, or split it")
	}
	out := builder{sheet: sheet, kind: o.Kind, wanted: o.Sheet}
	err := inspectWorkbook(b)
	if err == nil {
		err = readWorkbook(b, &out)
	}
	if err == nil {
		return out.finish()
	}
	var known *failure.Error
	switch {
	case errors.As(err, &known):
		return nil, err
	case errors.Is(err, errTooLarge):
		return nil, failure.New(failure.Invalid, sheet.File+" unpacks to more than is read (100 MB, 100 times its "+
			"size, 32,767 characters in a cell); save the sheet as CSV")
	case errors.Is(err, errNoSheet):
		return nil, failure.New(failure.Invalid,
			sheet.File+" is no workbook, or holds no sheet; save it as .xlsx or CSV")
	}
	return nil, &failure.Error{Code: failure.Invalid, Cause: err,
		Message: sheet.File + " is a damaged workbook, perhaps cut short; save or send it again"}
}

// inspectWorkbook goes over a workbook before it is taken into memory. The zip
// reader fails where a part is longer than declared or its checksum wrong, so
// that the declared sizes can be relied on; excelize would take such a part, or
// one whose XML ends in the middle, for a shorter one.
func inspectWorkbook(b []byte) error {
	z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		return err
	}
	budget := min(MaxFile, max(uint64(len(b))*maxRatio, 1<<20))
	found := false
	for _, f := range z.File {
		found = found || strings.EqualFold(path.Ext(f.Name), ".rels")
		if f.UncompressedSize64 > budget {
			return errTooLarge
		}
		budget -= f.UncompressedSize64
	}
	if !found {
		return errNoSheet
	}
	for _, f := range z.File {
		if err := inspectPart(f); err != nil {
			return fmt.Errorf("%s: %w", f.Name, err)
		}
	}
	return nil
}

func inspectPart(f *zip.File) error {
	r, err := f.Open()
	if err != nil {
		return err
	}
	defer r.Close()
	name := strings.ToLower(strings.ReplaceAll(f.Name, `\`, "/"))
	isSheet := strings.HasPrefix(name, "xl/worksheets/sheet")
	isText := name == "xl/sharedstrings.xml"
	tags := &tagCounter{left: maxShortTags}
	switch {
	case isSheet:
		tags.left = math.MaxInt
	case isText, name == "xl/calcchain.xml":
		tags.left = maxLongTags
	case strings.HasSuffix(name, ".rels") && !strings.HasPrefix(name, "xl/worksheets/"):
		tags.left = maxLinks
	}
	content := io.TeeReader(r, tags)
	if ext := path.Ext(name); ext == ".xml" || ext == ".rels" {
		if err := inspectXML(xml.NewDecoder(content), isSheet || isText); err != nil {
			return err
		}
	}
	_, err = io.Copy(io.Discard, content)
	return err
}

// inspectXML goes through a part to its end.
func inspectXML(d *xml.Decoder, cells bool) error {
	depth, size, escapes, row := 0, 0, 0, 0
	for {
		t, err := d.Token()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		switch e := t.(type) {
		case xml.StartElement:
			depth++
			switch e.Name.Local {
			case "row":
				row = 0
			case "c":
				row++
			}
		case xml.EndElement:
			depth--
			if e.Name.Local == "c" || e.Name.Local == "si" {
				size, escapes = 0, 0
			}
		case xml.CharData:
			size += len(e)
			escapes += bytes.Count(e, []byte("_x"))
		}
		if depth > maxDepth || cells && (size > maxCellText || escapes > maxEscapes || row > excelize.MaxColumns) {
			return errTooLarge
		}
	}
}

// tagCounter fails when more tags pass it than it has left.
type tagCounter struct{ left int }

// Write counts what passes.
func (t *tagCounter) Write(p []byte) (int, error) {
	if t.left -= bytes.Count(p, []byte("<")); t.left < 0 {
		return 0, errTooLarge
	}
	return len(p), nil
}

// readWorkbook hands a sheet's rows to out.
func readWorkbook(b []byte, out *builder) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("excelize: %v", r)
		}
	}()
	f, err := excelize.OpenReader(bytes.NewReader(b),
		excelize.Options{UnzipSizeLimit: MaxFile, UnzipXMLSizeLimit: MaxFile})
	if err != nil {
		return err
	}
	defer f.Close()
	props, err := f.GetWorkbookProps()
	if err != nil {
		return err
	}
	if err := markMoments(f); err != nil {
		return err
	}
	name, err := chooseSheet(f, out)
	if err != nil {
		return err
	}
	if name == "" {
		return errNoSheet
	}
	rows, err := f.Rows(name)
	if missing := (excelize.ErrSheetNotExist{}); errors.As(err, &missing) {
		return errNoSheet
	}
	if err != nil {
		return err
	}
	is1904 := props.Date1904 != nil && *props.Date1904
	size, count := 0, 0
	for line := 1; rows.Next(); line++ {
		cells, err := rows.Columns()
		if err != nil {
			return err
		}
		for len(cells) > 0 && cells[len(cells)-1] == "" {
			cells = cells[:len(cells)-1]
		}
		if len(cells) > MaxColumns {
			return failure.New(failure.Invalid, out.sheet.File+" has more than "+strconv.Itoa(MaxColumns)+
				" columns; leave out those that are not needed")
		}
		for i, c := range cells {
			size += len(c)
			cells[i] = unmark(c, is1904)
			if len(c) > maxMoment && len(cells[i]) < len(c) {
				size += longMoment
			}
		}
		if count += len(cells); size > MaxFile || count > maxCells {
			return errTooLarge
		}
		if err := out.add(line, cells); err != nil {
			return err
		}
	}
	return rows.Close()
}

// chooseSheet gives the sheet to read, and "" where there is none. Of several
// that show, the others are told.
func chooseSheet(f *excelize.File, out *builder) (string, error) {
	names, kind := f.GetSheetList(), out.kind
	if out.wanted != "" {
		for _, s := range names {
			if text.Fold(s) == text.Fold(out.wanted) {
				return s, nil
			}
		}
		return "", failure.New(failure.NotFound, out.sheet.File+" has no sheet "+strconv.Quote(out.wanted)+
			"; its sheets are "+
			Shorten(strings.Join(names, ", ")))
	}
	if kind != nil {
		for _, s := range names {
			if name := text.Fold(s); name == kind.Name || name == text.Fold(kind.Title) {
				return s, nil
			}
		}
	}
	first := ""
	var others []string
	for _, s := range f.WorkBook.Sheets.Sheet {
		switch {
		case s.State != "" && s.State != "visible":
		case first == "":
			first = s.Name
		default:
			others = append(others, s.Name)
		}
	}
	if len(others) > 0 {
		out.sheet.Notes = append(out.sheet.Notes, "sheet "+strconv.Quote(first)+" is read; there are also "+
			Shorten(strings.Join(others, ", ")))
	}
	return first, nil
}

// numberFormat says what a cell's number means.
type numberFormat int

const (
	plainNumber  numberFormat = iota
	dayNumber                 // a day
	clockNumber               // a time
	momentNumber              // a day and a time
)

// markMoments gives the workbook other number formats, since rows are read
// without their cells' styles: a day or time comes as the plain number followed
// by a control character that is its numberFormat, and other numbers as they
// are. Excel numbers the formats of a file from 164 on.
func markMoments(f *excelize.File) error {
	if f.Styles == nil || f.Styles.CellXfs == nil {
		return nil
	}
	custom := map[int]numberFormat{}
	if f.Styles.NumFmts != nil {
		for _, n := range f.Styles.NumFmts.NumFmt {
			custom[n.NumFmtID] = formatOf(n.FormatCode)
		}
	}
	for i, xf := range f.Styles.CellXfs.Xf {
		format := plainNumber
		if xf.NumFmtID != nil {
			var ok bool
			if format, ok = custom[*xf.NumFmtID]; !ok {
				format = builtinFormat(*xf.NumFmtID)
			}
		}
		id := 1000 + int(format)
		f.Styles.CellXfs.Xf[i].NumFmtID = &id
	}
	f.Styles.NumFmts = nil
	err := xml.Unmarshal([]byte(`<styleSheet xmlns="`+excelize.NameSpaceSpreadSheet.Value+`"><numFmts>`+
		`<numFmt numFmtId="1001"/><numFmt numFmtId="1002"/><numFmt numFmtId="1003"/></numFmts></styleSheet>`), f.Styles)
	if err != nil {
		return err
	}
	for i, n := range f.Styles.NumFmts.NumFmt {
		n.FormatCode = `0.0000000000"` + string(rune(i+1)) + `";General`
	}
	return nil
}

// unmark writes a marked number in ISO form.
func unmark(cell string, is1904 bool) string {
	last := len(cell) - 1
	if last < 0 || cell[last] > byte(momentNumber) {
		return cell
	}
	format := numberFormat(cell[last])
	n, err := strconv.ParseFloat(cell[:last], 64)
	if err != nil || !(n >= 0 && n < 2958466) { // the day after 9999
		return cell[:last]
	}
	n = math.Round(n*86400) / 86400
	t, err := excelize.ExcelDateToTime(n, is1904)
	if err != nil {
		return cell[:last]
	}
	clock := "15:04"
	if t.Second() != 0 {
		clock = "15:04:05"
	}
	switch {
	case format == clockNumber && n < 1:
		return t.Format(clock)
	case format != momentNumber && n == math.Trunc(n):
		return t.Format("2006-01-02")
	}
	return t.Format("2006-01-02 " + clock)
}

// builtinFormat knows the formats that files refer to by number alone
// (ECMA-376, part 1, 18.8.30).
func builtinFormat(n int) numberFormat {
	switch {
	case n >= 14 && n <= 17, n >= 27 && n <= 31, n == 36, n >= 50 && n <= 54, n == 57, n == 58:
		return dayNumber
	case n >= 18 && n <= 21, n >= 32 && n <= 35, n >= 45 && n <= 47, n == 55, n == 56:
		return clockNumber
	case n == 22:
		return momentNumber
	}
	return plainNumber
}

// formatOf reads a format code's first section, which is the one for positive
// numbers: y and d make a day, h and s a time, and m alone a month.
func formatOf(code string) numberFormat {
	p := nfp.NumberFormatParser()
	sections := p.Parse(code)
	if len(sections) == 0 {
		return plainNumber
	}
	letters := ""
	for _, token := range sections[0].Items {
		switch token.TType {
		case nfp.TokenTypeGeneral:
			return plainNumber
		case nfp.TokenTypeDateTimes, nfp.TokenTypeElapsedDateTimes:
			letters += strings.ToLower(token.TValue)
		}
	}
	day, clock := strings.ContainsAny(letters, "yd"), strings.ContainsAny(letters, "hs")
	switch {
	case day && clock:
		return momentNumber
	case clock:
		return clockNumber
	case letters != "":
		return dayNumber
	}
	return plainNumber
}
