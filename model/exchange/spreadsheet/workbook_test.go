package spreadsheet

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"interlocal/model/failure"
	"interlocal/model/text"
	"io"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

func read(t testing.TB, name, file string) *Sheet {
	t.Helper()
	s, err := Read(strings.NewReader(file), name, ReadOptions{Kind: NewSchema().Kind("people")})
	if err != nil {
		t.Fatalf("read %s: %v", name, err)
	}
	return s
}

// rowsOf lists a sheet's rows as "line: cell | cell".
func rowsOf(s *Sheet) []string {
	var out []string
	for i := range s.Len() {
		var cells []string
		for j := range s.Headings {
			cells = append(cells, s.Cell(i, j))
		}
		out = append(out, fmt.Sprintf("%d: %s", s.Line(i), strings.Join(cells, " | ")))
	}
	return out
}

// What other programs write is read, with days and times in ISO form.
func TestWorkbooksOfOthersAreRead(t *testing.T) {
	f := excelize.NewFile()
	defer f.Close()
	day, _ := f.NewStyle(&excelize.Style{NumFmt: 14})
	custom, clock, moment := `dd"th" mmm yyyy`, "h:mm AM/PM", `[$-409]m/d/yy h:mm;@`
	long, _ := f.NewStyle(&excelize.Style{CustomNumFmt: &custom})
	hours, _ := f.NewStyle(&excelize.Style{CustomNumFmt: &clock})
	both, _ := f.NewStyle(&excelize.Style{CustomNumFmt: &moment})
	money, _ := f.NewStyle(&excelize.Style{NumFmt: 44})
	set := func(at string, v any, style int) {
		if err := f.SetCellValue("Sheet1", at, v); err != nil {
			t.Fatal(err)
		}
		if err := f.SetCellStyle("Sheet1", at, at, style); err != nil {
			t.Fatal(err)
		}
	}
	for i, h := range []string{"Day", "Long", "Clock", "Moment", "Money", "Phone", "Yes", "Sum", "Text", "Calc"} {
		set(string(rune('A'+i))+"2", h, 0)
	}
	set("A4", 46450.0, day)
	set("B4", 46450.0, long)
	set("C4", 0.5625, hours)
	set("D4", 46450.5625, both)
	set("E4", 1250.5, money)
	set("F4", 8165550100, 0)
	set("G4", true, 0)
	set("H4", 0.1+0.2, 0)
	set("I4", "one\ntwo", 0)
	if err := f.SetCellFormula("Sheet1", "J4", "=1+1"); err != nil {
		t.Fatal(err)
	}
	set("A6", 60.0, day)
	set("B6", 59.0, day)
	set("C6", 1.75, both)
	set("A7", "", day)
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	s := read(t, "a.xlsx", b.String())
	if want := []string{"Day", "Long", "Clock", "Moment", "Money", "Phone", "Yes", "Sum", "Text",
		"Calc"}; !slices.Equal(s.Headings, want) {
		t.Fatalf("headings %q", s.Headings)
	}
	want := []string{"4: 2027-03-04 | 2027-03-04 | 13:30 | 2027-03-04 13:30 | 1250.5 | 8165550100 | TRUE | 0.3 | " +
		"one\ntwo | ",
		"6: 1900-02-28 | 1900-02-28 | 1900-01-01 18:00 |  |  |  |  |  |  | "}
	got := rowsOf(s)
	if len(got) != 2 || got[0] != want[0] {
		t.Errorf("got %q", got)
	}
	// Serial 60 is the day that never was; 59 is 28 February 1900.
	if s.Cell(1, 1) != "1900-02-28" || s.Cell(1, 2) != "1900-01-01 18:00" {
		t.Errorf("got %q", got)
	}
}

func TestAHiddenSheetIsPassedOver(t *testing.T) {
	f := excelize.NewFile()
	defer f.Close()
	if _, err := f.NewSheet("Staff"); err != nil {
		t.Fatal(err)
	}
	for _, c := range [][3]string{{"Sheet1", "A1", "Secret"}, {"Sheet1", "A2", "x"}, {"Staff", "A1", "Name"},
		{"Staff", "A2", "Dana"}} {
		if err := f.SetCellValue(c[0], c[1], c[2]); err != nil {
			t.Fatal(err)
		}
	}
	f.SetActiveSheet(1)
	if err := f.SetSheetVisible("Sheet1", false); err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	if s := read(t, "a.xlsx", b.String()); s.Headings[0] != "Name" {
		t.Errorf("headings %q", s.Headings)
	}
}

// parts are what a small workbook needs besides its sheet.
func bookOf(t *testing.T, sheet string, more map[string]string) []byte {
	t.Helper()
	parts := map[string]string{
		"_rels/.rels": `<Relationships xmlns="` + nsPackage + `"><Relationship Id="rId1" Type="` +
			nsRelations + `/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
		"xl/workbook.xml":            bookXML,
		"xl/_rels/workbook.xml.rels": bookRels,
		"xl/worksheets/sheet1.xml": `<worksheet xmlns="` + nsSheet + `"><sheetData>` + sheet +
			`</sheetData></worksheet>`,
	}
	for name, content := range more {
		parts[name] = content
	}
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for name, content := range parts {
		f, err := z.Create(name)
		if err == nil {
			_, err = io.WriteString(f, content)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// What the hand-made workbooks of these tests are made of.
const (
	nsSheet     = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
	nsRelations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
	nsPackage   = "http://schemas.openxmlformats.org/package/2006/relationships"
	bookXML     = `<workbook xmlns="` + nsSheet + `" xmlns:r="` + nsRelations +
		`"><sheets><sheet name="people" sheetId="1" r:id="rId1"/></sheets></workbook>`
	bookRels = `<Relationships xmlns="` + nsPackage + `"><Relationship Id="rId1" Type="` + nsRelations +
		`/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`
)

func cellXML(ref, v string) string {
	return `<c r="` + ref + `" t="inlineStr"><is><t>` + v + `</t></is></c>`
}

func TestSmallWorkbooksThatUnpackHuge(t *testing.T) {
	head := `<row r="1">` + cellXML("A1", "Name") + `</row>`
	blanks := strings.Repeat(" ", 6<<20)
	for name, file := range map[string][]byte{
		"a huge sheet": bookOf(t, head+blanks, nil),
		"huge shared strings": bookOf(t, head, map[string]string{"xl/sharedStrings.xml": `<sst xmlns="` + nsSheet +
			`">` + blanks + "</sst>"}),
		"a part nobody refers to": bookOf(t, head, map[string]string{"xl/media/image1.png": blanks}),
		"a high ratio":            bookOf(t, head+strings.Repeat(" ", 3<<20), nil),
		"a size that is a lie":    lyingZip(t, 6<<20),
	} {
		_, err := Read(bytes.NewReader(file), "bomb.xlsx", ReadOptions{})
		if err == nil || !strings.Contains(err.Error(), "unpacks to more than") &&
			!strings.Contains(err.Error(), "damaged") {
			t.Errorf("%s (%d bytes): %v", name, len(file), err)
		}
	}
	big := append(bookOf(t, head, nil), make([]byte, MaxPacked)...)
	if _, err := Read(bytes.NewReader(big), "big.xlsx", ReadOptions{}); err == nil ||
		!strings.Contains(err.Error(), "larger than 10 MB") {
		t.Error(err)
	}
}

// lyingZip declares a sheet of ten bytes that unpacks to size.
func lyingZip(t *testing.T, size int) []byte {
	t.Helper()
	content := []byte(`<worksheet><sheetData>` + strings.Repeat(" ", size))
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	var packed bytes.Buffer
	inner := zip.NewWriter(&packed)
	f, err := inner.Create("x")
	if err == nil {
		_, err = f.Write(content)
	}
	if err == nil {
		err = inner.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	r, err := zip.NewReader(bytes.NewReader(packed.Bytes()), int64(packed.Len()))
	if err != nil {
		t.Fatal(err)
	}
	raw, err := r.File[0].OpenRaw()
	if err != nil {
		t.Fatal(err)
	}
	deflated, err := io.ReadAll(raw)
	if err != nil {
		t.Fatal(err)
	}
	w, err := z.CreateRaw(&zip.FileHeader{Name: "xl/worksheets/sheet1.xml", Method: zip.Deflate,
		CRC32:            crc32.ChecksumIEEE(content),
		CompressedSize64: uint64(len(deflated)), UncompressedSize64: 10})
	if err == nil {
		_, err = w.Write(deflated)
	}
	for name, part := range map[string]string{"xl/workbook.xml": bookXML, "xl/_rels/workbook.xml.rels": bookRels} {
		var p io.Writer
		if err == nil {
			p, err = z.Create(name)
		}
		if err == nil {
			_, err = io.WriteString(p, part)
		}
	}
	if err == nil {
		err = z.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestOddCellsOfAWorkbook(t *testing.T) {
	rows := `<row>` + cellXML("A1", "Name") + cellXML("C1", "City") + `<c t="s"><v>0</v></c></row>` +
		`<row r="5"><c r="A5" t="s"><v>1</v></c><c r="C5" t="str"><f>x</f><v>Raytown</v></c><c r="XFD5" s="1"/><c r="D5" t="e"><v>#N/A</v></c></row>` +
		`<row r="9"><c r="A9" t="s"><v>99</v></c><c r="B9" t="s"><v>-1</v></c><c r="C9"><v>abc</v></c><c r="" t="b"><v>1</v></c></row>`
	shared := `<sst xmlns="` + nsSheet +
		`"><si><t>Ti</t></si><si><r><t>Da</t></r><r><t>na_x000D__x005F_x</t></r><rPh sb="0" eb="1"><t>reading</t></rPh></si></sst>`
	file := bookOf(t, rows, map[string]string{"xl/sharedStrings.xml": shared,
		"xl/_rels/workbook.xml.rels": strings.Replace(bookRels, "<Relationship ",
			`<Relationship Id="s" Type="x/sharedStrings" Target="/xl/sharedStrings.xml"/><Relationship `, 1)})
	s := read(t, "a.xlsx", string(file))
	if !slices.Equal(s.Headings, []string{"Name", "column 2", "City", "Ti"}) {
		t.Errorf("headings %q", s.Headings)
	}
	if got := rowsOf(s); !slices.Equal(got, []string{"5: Dana\n_x |  | Raytown | #N/A", "9:  |  | abc | TRUE"}) {
		t.Errorf("rows %q", got)
	}
}

// excelize takes a part that breaks off for one that ends there; rows would be
// missing and nobody told.
func TestAWorkbookThatBreaksOffIsRefused(t *testing.T) {
	head := `<row r="1">` + cellXML("A1", "Name") + `</row><row r="2">` + cellXML("A2", "Dana") + `</row>`
	broken := bookOf(t, head+`<row r="3"></c></row>`, nil)
	flipped := bookOf(t, head+`<!-- `+strings.Repeat("x", 100)+` -->`, nil)
	z, err := zip.NewReader(bytes.NewReader(flipped), int64(len(flipped)))
	if err != nil {
		t.Fatal(err)
	}
	at := bytes.Index(flipped, []byte("PK\x01\x02"))
	binary.LittleEndian.PutUint32(flipped[at+16:], z.File[0].CRC32+1)
	for name, file := range map[string][]byte{
		"XML": broken, "a checksum": flipped,
		"a style sheet": bookOf(t, head, map[string]string{"xl/styles.xml": "<styleSheet"}),
		"relations":     bookOf(t, head, map[string]string{"xl/_rels/workbook.xml.rels": bookRels[:80]}),
	} {
		if _, err := Read(bytes.NewReader(file), "a.xlsx", ReadOptions{}); err == nil ||
			!strings.Contains(err.Error(), "damaged") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// Small parts can take far more memory or time than their length tells.
func TestPartsThatCostMoreThanTheyWeighAreRefused(t *testing.T) {
	head := `<row r="1">` + cellXML("A1", "Name") + `</row>`
	shared := `<sst xmlns="` + nsSheet + `"><si><t>` + strings.Repeat("x", 200_000) + `</t></si></sst>`
	noise := make([]byte, 1<<20)
	rand.NewChaCha8([32]byte{}).Read(noise)
	for name, part := range map[string]string{
		"xl/_rels/workbook.xml.rels": strings.Replace(bookRels, "<Relationship ",
			strings.Repeat("<Relationship/>", maxLinks)+"<Relationship ", 1),
		"xl/worksheets/sheet2.xml": `<worksheet>` + strings.Repeat("<c>", maxDepth) +
			strings.Repeat("</c>", maxDepth) + `</worksheet>`,
		"xl/worksheets/sheet3.xml": `<worksheet>` + cellXML("A1", strings.Repeat("_x0041_", maxEscapes+1)) +
			`</worksheet>`,
		"xl/worksheets/sheet4.xml": `<worksheet>` + cellXML("A1", strings.Repeat("x", maxCellText+1)) +
			`</worksheet>`,
		"xl/worksheets/sheet5.xml": `<worksheet><row>` + strings.Repeat("<c/>", 16385) + `</row></worksheet>`,
		"xl/worksheets/sheet1.xml": `<worksheet xmlns="` + nsSheet + `"><sheetData>` + head +
			strings.Repeat(`<row><c t="s"><v>0</v></c></row>`, 600) + `</sheetData></worksheet>`,
		"xl/styles.xml": `<styleSheet xmlns="` + nsSheet + `"><cellXfs>` +
			strings.Repeat("<xf/>", maxShortTags) + `</cellXfs></styleSheet>`,
		"xl/sharedStrings.xml": `<sst xmlns="` + nsSheet + `"><!-- ` + strings.Repeat("<", maxLongTags) +
			` --></sst>`,
	} {
		parts := map[string]string{"xl/media/a.png": string(noise), "xl/sharedStrings.xml": shared}
		parts[name] = part
		_, err := Read(bytes.NewReader(bookOf(t, head, parts)), "a.xlsx", ReadOptions{})
		if err == nil || !strings.Contains(err.Error(), "unpacks to more than") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestDaysCountedFrom1904(t *testing.T) {
	styles := `<styleSheet xmlns="` + nsSheet +
		`"><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="22"/><xf numFmtId="20"/><xf numFmtId="9"/><xf/></cellXfs></styleSheet>`
	row := `<row r="1">` + cellXML("A1", "When") + `</row><row r="2">`
	cells := []struct{ style, value, want string }{
		{"1", "0", "1904-01-01"}, {"1", "44988", "2027-03-04"}, {"1", "60", "1904-03-01"},
		{"1", "44988.25", "2027-03-04 06:00"},
		{"2", "44988", "2027-03-04 00:00"}, {"2", "44988.999988", "2027-03-04 23:59:59"}, {"3", "0.75", "18:00"},
		{"3", "0", "00:00"},
		{"1", "-3", "-3"}, {"4", "0.125", "12.5%"}, {"5", "123456789012", "123456789012"}, {"99", "12.50", "12.5"},
		{"1", "abc", "abc"},
	}
	var want []string
	for i, c := range cells {
		row += `<c r="` + string(rune('A'+i)) + `2" s="` + c.style + `"><v>` + c.value + `</v></c>`
		want = append(want, c.want)
	}
	head := ""
	for i := range cells[1:] {
		head += cellXML(string(rune('B'+i))+"1", "x")
	}
	row = strings.Replace(row, `</row>`, head+`</row>`, 1) + `</row>`
	book := strings.Replace(bookXML, "<sheets>", `<workbookPr date1904="1"/><sheets>`, 1)
	s := read(t, "a.xlsx", string(bookOf(t, row, map[string]string{"xl/styles.xml": styles, "xl/workbook.xml": book})))
	if got := rowsOf(s); !slices.Equal(got, []string{"2: " + strings.Join(want, " | ")}) {
		t.Errorf("got %q", got)
	}
}

func TestFormatCodesThatMeanDays(t *testing.T) {
	for code, want := range map[string]numberFormat{
		"General": plainNumber, "0.00": plainNumber, "#,##0.00_);[Red]($#,##0.00)": plainNumber, `"day" 0`: plainNumber,
		`0\d`:      plainNumber,
		"0.00E+00": plainNumber, "@": plainNumber, "": plainNumber, "[Red": plainNumber,
		"yyyy-mm-dd": dayNumber, "mmm": dayNumber, `d. mmmm "of" yyyy`: dayNumber,
		"[$-F800]dddd, mmmm dd, yyyy": dayNumber, "m/d/yy;@": dayNumber,
		"0%": percentNumber, "0.00%": percentNumber,
		"hh:mm": clockNumber, "[h]:mm:ss": clockNumber, "mm:ss.0": clockNumber, "m/d/yy h:mm": momentNumber,
	} {
		if got := formatOf(code); got != want {
			t.Errorf("%q is %v, want %v", code, got, want)
		}
	}
}

// FuzzSheetXML goes past the zip, which keeps a fuzzer from what is inside.
func FuzzSheetXML(f *testing.F) {
	f.Add(
		`<row r="1"><c r="A1" t="inlineStr"><is><t>Name</t></is></c></row><row r="2"><c r="A2"><v>46450.5</v></c></row>`, `<sst xmlns="`+nsSheet+`"><si><t>x</t></si></sst>`)
	f.Add(`<row><c t="s"><v>0</v></c><c r="ZZZZZZZZZZ9"><v>1</v></c></row>`, `<sst xmlns="`+nsSheet+
		`"><si><t>_x000D_</t></si></sst>`)
	f.Fuzz(func(t *testing.T, rows, shared string) {
		file := bookOf(&testing.T{}, rows, map[string]string{"xl/sharedStrings.xml": shared,
			"xl/_rels/workbook.xml.rels": strings.Replace(bookRels, "<Relationship ",
				`<Relationship Id="s" Type="x/sharedStrings" Target="/xl/sharedStrings.xml"/><Relationship `, 1)})
		s, err := Read(bytes.NewReader(file), "list.xlsx", ReadOptions{})
		if err != nil {
			if failure.CodeOf(err) == "" {
				t.Fatalf("error without a sentence: %v", err)
			}
			return
		}
		for i := range s.Len() {
			for j := range s.Headings {
				if cell := s.Cell(i, j); cell != text.Block(cell, 0) {
					t.Fatalf("cell %q is not clean", cell)
				}
			}
		}
	})
}
