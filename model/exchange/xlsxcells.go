package exchange

import (
	"encoding/xml"
	"math"
	"strconv"
	"strings"
	"unicode/utf16"

	"interlocal/model"
)

// eachRow visits the rows of a sheet with their numbers. The cells are lent for
// the call.
func (w *workbook) eachRow(name string, visit func(row int, cells []string) error) error {
	s := rowScanner{book: w, visit: visit}
	return w.each(name, s.token)
}

// rowScanner puts rows together from XML tokens.
type rowScanner struct {
	book  *workbook
	visit func(row int, cells []string) error

	row      int
	cells    []string
	col      int    // of the cell being read
	kind     string // its type attribute
	style    int
	value    strings.Builder
	taking   bool // inside <v> or <t>
	phonetic bool
}

func (s *rowScanner) token(t xml.Token) error {
	switch e := t.(type) {
	case xml.StartElement:
		return s.start(e)
	case xml.EndElement:
		return s.end(e.Name.Local)
	case xml.CharData:
		if s.taking && !s.phonetic {
			s.value.Write(e)
		}
	}
	return nil
}

func (s *rowScanner) start(e xml.StartElement) error {
	switch e.Name.Local {
	case "row":
		s.row++
		if n, err := strconv.Atoi(attr(e, "r")); err == nil && n > 0 {
			s.row = n
		}
		s.cells, s.col = s.cells[:0], -1
	case "c":
		s.col++
		if ref := attr(e, "r"); ref != "" {
			s.col = columnOf(ref)
		}
		s.kind = attr(e, "t")
		s.style, _ = strconv.Atoi(attr(e, "s"))
		s.value.Reset()
	case "v", "t":
		s.taking = true
	case "rPh":
		s.phonetic = true
	}
	return nil
}

func (s *rowScanner) end(name string) error {
	switch name {
	case "row":
		return s.visit(s.row, s.cells)
	case "c":
		return s.cell()
	case "v", "t":
		s.taking = false
	case "rPh":
		s.phonetic = false
	}
	return nil
}

// cell takes the cell that has been read. Empty ones are left out, since a
// sheet may be formatted to its last column.
func (s *rowScanner) cell() error {
	v := s.text()
	if v == "" || s.col < 0 {
		return nil
	}
	if s.col >= MaxColumns {
		return model.Fail(model.Invalid, s.book.file+" has more than "+strconv.Itoa(MaxColumns)+" columns; leave out those that are not needed")
	}
	for len(s.cells) < s.col {
		s.cells = append(s.cells, "")
	}
	if s.col < len(s.cells) {
		s.cells[s.col] = v
		return nil
	}
	s.cells = append(s.cells, v)
	return nil
}

// text gives what the cell shows, days and times in ISO form.
func (s *rowScanner) text() string {
	v := s.value.String()
	switch s.kind {
	case "s":
		n, err := strconv.Atoi(strings.TrimSpace(v))
		if err != nil || n < 0 || n >= len(s.book.strings) {
			return ""
		}
		return s.book.strings[n]
	case "inlineStr", "str":
		return unescapeXLSX(v)
	case "b":
		if truth(v) {
			return "yes"
		}
		return "no"
	case "e", "d":
		return v
	}
	n, err := strconv.ParseFloat(strings.TrimSpace(v), 64)
	if err != nil || math.IsInf(n, 0) || math.IsNaN(n) {
		return v
	}
	if s.style >= 0 && s.style < len(s.book.formats) {
		if f := s.book.formats[s.style]; f != plainNumber {
			return s.book.moment(n, f)
		}
	}
	// Sums of decimals leave traces behind the fifteenth digit, which Excel
	// does not show.
	short, _ := strconv.ParseFloat(strconv.FormatFloat(n, 'g', 15, 64), 64)
	return strconv.FormatFloat(short, 'f', -1, 64)
}

// columnOf reads the letters of a cell's address: "AB12" is column 27.
func columnOf(ref string) int {
	n := 0
	for i := 0; i < len(ref) && n < 1<<20; i++ {
		c := ref[i] &^ 0x20
		if c < 'A' || c > 'Z' {
			break
		}
		n = n*26 + int(c-'A') + 1
	}
	return n - 1
}

// numberFormat says what a cell's number means.
type numberFormat uint8

const (
	plainNumber numberFormat = iota
	dayNumber
	clockNumber
	momentNumber // a day and a time
)

// moment writes a serial number: days since the end of 1899, or since 1904.
// Excel counts a 29 February 1900 that never was, so that days before March
// 1900 are one off.
func (w *workbook) moment(n float64, f numberFormat) string {
	if n < 0 || n > 2958466 { // beyond 9999
		return strconv.FormatFloat(n, 'f', -1, 64)
	}
	seconds := int64(math.Round(n * 86400))
	day, rest := model.Day(seconds/86400), seconds%86400
	clock := string([]byte{'0' + byte(rest/36000), '0' + byte(rest/3600%10), ':', '0' + byte(rest/600%6), '0' + byte(rest/60%10)})
	if rest%60 != 0 {
		clock += ":" + string([]byte{'0' + byte(rest/10%6), '0' + byte(rest%10)})
	}
	if f == clockNumber && day == 0 {
		return clock
	}
	switch {
	case w.is1904:
		day += model.Date(1904, 1, 1)
	case day < 60:
		day += model.Date(1899, 12, 31)
	default:
		day += model.Date(1899, 12, 30)
	}
	if rest == 0 && f != momentNumber {
		return day.String()
	}
	return day.String() + " " + clock
}

// numberFormats reads which styles show a number as a day or a time.
func (w *workbook) numberFormats(name string) ([]numberFormat, error) {
	custom := map[string]numberFormat{}
	var out []numberFormat
	inCells := false
	err := w.each(name, func(t xml.Token) error {
		switch e := t.(type) {
		case xml.StartElement:
			switch e.Name.Local {
			case "numFmt":
				custom[attr(e, "numFmtId")] = formatOf(attr(e, "formatCode"))
			case "cellXfs":
				inCells = true
			case "xf":
				if !inCells {
					break
				}
				id := attr(e, "numFmtId")
				f, ok := custom[id]
				if !ok {
					f = builtinFormat(id)
				}
				out = append(out, f)
			}
		case xml.EndElement:
			inCells = inCells && e.Name.Local != "cellXfs"
		}
		return nil
	})
	return out, err
}

// builtinFormat knows the formats that files refer to by number alone
// (ECMA-376, part 1, 18.8.30).
func builtinFormat(id string) numberFormat {
	n, err := strconv.Atoi(id)
	switch {
	case err != nil:
	case n >= 14 && n <= 17, n >= 27 && n <= 31, n == 36, n >= 50 && n <= 54, n == 57, n == 58:
		return dayNumber
	case n >= 18 && n <= 21, n >= 32 && n <= 35, n >= 45 && n <= 47, n == 55, n == 56:
		return clockNumber
	case n == 22:
		return momentNumber
	}
	return plainNumber
}

// formatOf reads a format code: y and d make a day, h and s a time, m either.
func formatOf(code string) numberFormat {
	day, clock, month := false, false, false
	code = strings.ToLower(code)
	for i := 0; i < len(code); i++ {
		switch c := code[i]; c {
		case ';':
			i = len(code) // the sections behind are for other numbers
		case '"':
			i++
			for i < len(code) && code[i] != '"' {
				i++
			}
		case '[':
			end := strings.IndexByte(code[i:], ']')
			if end < 0 {
				return plainNumber
			}
			if inside := code[i+1 : i+end]; strings.Trim(inside, "hms") == "" && inside != "" {
				clock = true
			}
			i += end
		case '\\', '_', '*':
			i++
		case 'y', 'd':
			day = true
		case 'h', 's':
			clock = true
		case 'm':
			month = true
		}
	}
	switch {
	case strings.Contains(code, "general"):
		return plainNumber
	case day && clock:
		return momentNumber
	case clock:
		return clockNumber
	case day || month:
		return dayNumber
	}
	return plainNumber
}

// unescapeXLSX reads _x000D_ and the like, by which a workbook writes
// characters that XML cannot hold.
func unescapeXLSX(s string) string {
	if !strings.Contains(s, "_x") {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); {
		u, ok := escapedUnit(s[i:])
		if !ok {
			b.WriteByte(s[i])
			i++
			continue
		}
		i += 7
		if low, ok := escapedUnit(s[i:]); ok && utf16.IsSurrogate(rune(u)) {
			if r := utf16.DecodeRune(rune(u), rune(low)); r != 0xfffd {
				b.WriteRune(r)
				i += 7
				continue
			}
		}
		b.WriteRune(rune(u))
	}
	return b.String()
}

func escapedUnit(s string) (uint16, bool) {
	if len(s) < 7 || s[0] != '_' || s[1] != 'x' || s[6] != '_' {
		return 0, false
	}
	n, err := strconv.ParseUint(s[2:6], 16, 16)
	return uint16(n), err == nil
}
