package spreadsheet

import (
	"encoding/binary"
	"errors"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"

	"interlocal/model/exchange/export"
	"interlocal/model/failure"
)

func utf16Bytes(s string, order binary.AppendByteOrder, mark bool) string {
	var b []byte
	if mark {
		b = order.AppendUint16(b, 0xfeff)
	}
	for _, u := range utf16.Encode([]rune(s)) {
		b = order.AppendUint16(b, u)
	}
	return string(b)
}

func TestReadsTextHoweverItIsWritten(t *testing.T) {
	plain := "Name,City\nJosé Pérez,Raytown\n"
	for name, file := range map[string]string{
		"UTF-8":                      plain,
		"with a mark":                export.ByteOrderMark + plain,
		"CR LF":                      strings.ReplaceAll(plain, "\n", "\r\n"),
		"old Macintosh":              strings.ReplaceAll(plain, "\n", "\r"),
		"no last line break":         strings.TrimSuffix(plain, "\n"),
		"semicolons":                 strings.ReplaceAll(plain, ",", ";"),
		"tabs":                       strings.ReplaceAll(plain, ",", "\t"),
		"bars":                       strings.ReplaceAll(plain, ",", "|"),
		"separator declared":         "sep=;\r\n" + strings.ReplaceAll(plain, ",", ";"),
		"Windows-1252":               "Name,City\nJos\xe9 P\xe9rez,Raytown\n",
		"UTF-16, little end first":   utf16Bytes(plain, binary.LittleEndian, true),
		"UTF-16, big end first":      utf16Bytes(plain, binary.BigEndian, true),
		"UTF-16 without a mark":      utf16Bytes(plain, binary.LittleEndian, false),
		"UTF-16 without a mark, big": utf16Bytes(plain, binary.BigEndian, false),
		"quoted":                     "\"Name\",\"City\"\n\"José Pérez\",\"Raytown\"\n",
		"blanks around quotes":       "\"Name\", \"City\"\n \"José Pérez\" , \"Raytown\" \n",
		"blank lines":                "\n\n,,\nName,City\n\n , \nJosé Pérez,Raytown\n\n",
		"title above":                "Staff directory\n,\nName,City\nJosé Pérez,Raytown\n",
		"empty columns behind":       "Name,City,,\nJosé Pérez,Raytown,,\n",
		"JSON":                       `[{"Name":"José Pérez","City":"Raytown"}]`,
		"JSON, one object":           `{"Name":"Jos\u00e9 P\u00e9rez","City":"Raytown"}`,
		"JSON, of an export":         `{"partners":[{"name":"x"}],"people":[{"Name":"José Pérez","City":"Raytown"}]}`,
		"JSON Windows-1252":          "[{\"Name\":\"Jos\xe9 P\xe9rez\",\"City\":\"Raytown\"}]",
	} {
		t.Run(name, func(t *testing.T) {
			s := read(t, "people.csv", file)
			if !slices.Equal(s.Headings, []string{"Name", "City"}) {
				t.Errorf("headings %q", s.Headings)
			}
			if s.Len() != 1 || s.Cell(0, 0) != "José Pérez" || s.Cell(0, 1) != "Raytown" {
				t.Errorf("rows %q", rowsOf(s))
			}
		})
	}
}

func TestKeepsTheLineOnWhichARowBegins(t *testing.T) {
	s := read(t, "a.csv", "Name,Duties\r\n\r\nA,\"one\r\ntwo\r\nthree\"\r\n\r\nB,x\r\n")
	if got := rowsOf(s); !slices.Equal(got, []string{"3: A | one\ntwo\nthree", "7: B | x"}) {
		t.Errorf("%q", got)
	}
	s = read(t, "a.json", "[\n  {\"Name\": \"A\"},\n\n  {\"Name\":\n \"B\"},\n {}, {\"Name\": \"C\"}\n]")
	if got := rowsOf(s); !slices.Equal(got, []string{"2: A", "4: B", "6: C"}) {
		t.Errorf("%q", got)
	}
}

func TestQuotesThatObeyNoRule(t *testing.T) {
	for name, c := range map[string]struct {
		file string
		want []string
	}{
		"inside a cell":    {"a,b\n5\" pipe,x\n", []string{`2: 5" pipe | x`}},
		"inside quotes":    {"a,b\n\"He said \"hi\" twice\",x\n", []string{`2: He said "hi" twice | x`}},
		"doubled":          {"a,b\n\"12\"\" main\",\"\"\"\"\n", []string{`2: 12" main | "`}},
		"never closed":     {"a,b\n\"Dana,x\nBob,y\n", []string{`2: "Dana | x`, `3: Bob | y`}},
		"closed by no end": {"a,b\n\"Dana\" Reyes,x\nBob,y\n", []string{`2: "Dana" Reyes | x`, `3: Bob | y`}},
		"at the end":       {"a,b\nDana,\"", []string{`2: Dana | "`}},
		"empty":            {"a,b\n\"\",x\n", []string{`2:  | x`}},
		"CR at the end":    {"a,b\n\"x\",\"y\"\r", []string{`2: x | y`}},
		"after never close": {"a,b\n\"Dana,x\n\"Bob\",\"y\"z\n\"C\",\"\"\n",
			[]string{`2: "Dana | x`, `3: Bob | "y"z`, `4: C | `}},
	} {
		t.Run(name, func(t *testing.T) {
			if got := rowsOf(read(t, "a.csv", c.file)); !slices.Equal(got, c.want) {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func TestHostileTextIsClean(t *testing.T) {
	s := read(t, "a.csv", "Na\u200bme,Ci\x1b[31mty\nDana\x1b]0;x\x07 \u202eReyes\u009b2J,Ray\x7ftown\r\n")
	for _, h := range append(s.Headings, s.Cell(0, 0), s.Cell(0, 1)) {
		if strings.ContainsAny(h, "\x1b\u009b\u202e\u200b\x7f\x07") {
			t.Errorf("%q is not clean", h)
		}
	}
	j := read(t, "a.json", `[{"Name":"a\u001b[31mb\u202e"}]`)
	if got := j.Cell(0, 0); got != "ab" {
		t.Errorf("%q", got)
	}
}

// What cannot be read at all gets a sentence that says what to do.
func TestFilesThatCannotBeRead(t *testing.T) {
	book := string(bookOf(t, `<row r="1"><c r="A1" t="inlineStr"><is><t>Name</t></is></c></row>`, nil))
	for name, c := range map[string]struct{ file, want string }{
		"empty":            {"", "is empty"},
		"only blanks":      {" \r\n,,\r\n", "is empty"},
		"only a mark":      {export.ByteOrderMark, "is empty"},
		"headings only":    {"Name,City\r\n", "no rows beneath"},
		"a picture":        {"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00", "is not a table"},
		"a program":        {"\x7fELF\x02\x01\x01\x00\x00", "is not a table"},
		"a PDF":            {"%PDF-1.7\n", "is a PDF"},
		"old Excel":        {"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old Excel file or has a password"},
		"half a character": {"\xff\xfeN\x00a", "cut short"},
		"JSON cut short":   {"[\n{\"name\":\"A\"},\n{\"na", "stops being JSON in line 3"},
		"JSON gone wrong":  {"[\n{\"name\":\"A\"},\n{\"name\":oops}]", "stops being JSON in line 3"},
		"JSON of nothing":  {"[]", "holds no records"},
		"JSON of another":  {`{"partners":[{"name":"x"}]}`, "holds partners; expected people"},
		"half a workbook":  {book[:len(book)/2], "damaged workbook"},
		"a zip of nothing": {"PK\x05\x06" + strings.Repeat("\x00", 18), "holds no sheet"},
		"too wide":         {strings.Repeat("a,", MaxColumns+1) + "\n1\n", "more than 1000 columns"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := Read(strings.NewReader(c.file), "list.csv",
				ReadOptions{Kind: NewSchema().Kind("people")})
			var e *failure.Error
			if !errors.As(err, &e) || !strings.Contains(e.Message, c.want) || !strings.Contains(e.Message, "list.csv") {
				t.Errorf("error %v, want one that says %q", err, c.want)
			}
		})
	}
}

func TestAnUnreadableStreamIsSaidSo(t *testing.T) {
	_, err := Read(brokenReader{}, "a.csv", ReadOptions{})
	if failure.CodeOf(err) != failure.Unusable {
		t.Error(err)
	}
}

type brokenReader struct{}

func (brokenReader) Read([]byte) (int, error) { return 0, errors.New("torn") }

func TestTooManyRowsAreRefused(t *testing.T) {
	file := "Name\n" + strings.Repeat("x\n", MaxRows+1)
	if _, err := Read(strings.NewReader(file), "a.csv", ReadOptions{}); err == nil ||
		!strings.Contains(err.Error(), "too long") {
		t.Error(err)
	}
}

// Who asks for few rows reads no more, in whatever format, and a row without an end
// holds no more cells than are looked at.
func TestABudgetOfRowsHolds(t *testing.T) {
	for _, file := range []string{"name\na\nb\nc\n", `[{"name":"a"},{"name":"b"},{"name":"c"}]`} {
		if _, err := Read(strings.NewReader(file), "x", ReadOptions{Most: 3}); err != nil {
			t.Error(err)
		}
		_, err := Read(strings.NewReader(file), "x", ReadOptions{Most: 2})
		if err == nil || !strings.Contains(err.Error(), "at most 2 rows and 40 cells") {
			t.Errorf("%s: %v", file, err)
		}
	}
	r := csvReader{s: strings.Repeat(",", 50*MaxColumns) + "\nb", sep: ',', line: 1}
	if cells := r.row(nil); len(cells) != MaxColumns+1 || r.line != 2 {
		t.Errorf("%d cells are held, and line %d is next", len(cells), r.line)
	}
}

func TestRepeatedAndMissingHeadingsAreToldApart(t *testing.T) {
	s := read(t, "a.csv", "Name,Phone,Phone,,Phone (2)\nx,1,2,3,4\n")
	if want := []string{"Name", "Phone", "Phone (2)", "column 4", "Phone (2) (2)"}; !slices.Equal(s.Headings, want) {
		t.Errorf("%q", s.Headings)
	}
}

func TestAFewDamagedBytesDoNotChangeTheCharacterSet(t *testing.T) {
	s := read(t, "a.csv", "Name,City\n"+strings.Repeat("José,Raytown\n", 40)+"Jos\xff,Raytown\n")
	if s.Cell(0, 0) != "José" || s.Cell(40, 0) != "Jos\ufffd" {
		t.Errorf("%q %q", s.Cell(0, 0), s.Cell(40, 0))
	}
}

func TestSeparatorIsNotFooledByText(t *testing.T) {
	for name, file := range map[string]string{
		"commas in every row":  "Name;Title;City\nReyes, Dana;Clerk, City;Raytown\nFox, Al;Foreman, Street;Raytown\n",
		"semicolons in a cell": "Name,Title,City\nReyes; Dana,Clerk; City,Raytown\nFox; Al,Foreman,Raytown\n",
		"a title above": "Staff, all of them; " +
			"2027\nName\tTitle\tCity\nDana\tClerk\tRaytown\nAl\tForeman\tRaytown\n",
		"quoted separators": "\"Name\",\"Title; or job; or " +
			"post\",\"City\"\n\"a;b;c\",\"d\",\"Raytown\"\n\"a\",\"b\",\"Raytown\"\n",
		"commas in each header": "Name, first and last;Title;City\nDana;Clerk;Raytown\nAl;Foreman;Raytown\n",
	} {
		t.Run(name, func(t *testing.T) {
			s := read(t, "a.csv", file)
			if len(s.Headings) != 3 || s.Cell(s.Len()-1, 2) != "Raytown" {
				t.Errorf("%q %q", s.Headings, rowsOf(s))
			}
		})
	}
}
