package spreadsheet

import (
	"encoding/xml"
	"math"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"
	"github.com/xuri/nfp"
)

// numberFormat says what a cell's number means.
type numberFormat int

const (
	plainNumber   numberFormat = iota
	dayNumber                  // a day
	clockNumber                // a time
	momentNumber               // a day and a time
	percentNumber              // a share of one
)

// markMoments gives the workbook other number formats, since rows are read
// without their cells' styles: a day or time comes as the plain number followed
// by a control character that is its numberFormat, as does a share, and other
// numbers as they are. Excel numbers the formats of a file from 164 on.
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
		`<numFmt numFmtId="1001"/><numFmt numFmtId="1002"/><numFmt numFmtId="1003"/><numFmt numFmtId="1004"/>`+
		`</numFmts></styleSheet>`), f.Styles)
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
	if last < 0 || cell[last] > byte(percentNumber) {
		return cell
	}
	format := numberFormat(cell[last])
	n, err := strconv.ParseFloat(cell[:last], 64)
	if err == nil && format == percentNumber {
		return strconv.FormatFloat(math.Round(n*1e6)/1e4, 'f', -1, 64) + "%"
	}
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
	case n == 9, n == 10:
		return percentNumber
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
		case nfp.TokenTypePercent:
			return percentNumber
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
