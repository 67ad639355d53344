package exchange

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"io"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"interlocal/model/failure"
	"interlocal/model/lending"
	"interlocal/model/partnership"
	"interlocal/model/value"
)

// Another program that knows the format reads our workbooks as they are meant.
func TestWorkbooksAreReadByOthers(t *testing.T) {
	m := staff(2)
	hard := &partnership.Person{Name: "=1+1", Partner: 5, Title: "_x0041_ <&> \"x\"", Note: "one\ntwo  spaces",
		Department: " 👩‍👩‍👧"}
	m.put("people", hard)
	m.put("equipment", &lending.Equipment{Tag: "RT-1", Name: "Truck", Owner: 5, Status: lending.EquipmentActive,
		Year:        2019,
		Replacement: value.Some(value.Cents(18650050)), Meter: value.Some(value.Tenths(12045))})
	f, err := excelize.OpenReader(bytes.NewReader(xlsxOf(t, m, "people", "equipment")))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if got := f.GetSheetList(); !slices.Equal(got, []string{"people", "equipment"}) {
		t.Fatalf("sheets %q", got)
	}
	cell := func(sheet, at string) string {
		v, err := f.GetCellValue(sheet, at)
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
	for at, want := range map[string]string{"A1": "id", "C1": "name", "A2": "1", "C2": "Person AA Number0",
		"D2": "Raytown"} {
		if at == "D2" {
			want = "Blue Springs"
		}
		if got := cell("people", at); got != want {
			t.Errorf("people %s is %q, want %q", at, got, want)
		}
	}
	for at, want := range map[string]string{"C4": hard.Name, "F4": hard.Title, "N4": hard.Note, "E4": hard.Department} {
		if got := cell("people", at); got != want {
			t.Errorf("people %s is %q, want %q", at, got, want)
		}
	}
	if formula, _ := f.GetCellFormula("people", "C4"); formula != "" {
		t.Errorf("a text became the formula %q", formula)
	}
	for at, want := range map[string]string{"J2": "2019", "M2": "186,500.50", "N2": "1204.5"} {
		if got := cell("equipment", at); got != want {
			t.Errorf("equipment %s is %q, want %q", at, got, want)
		}
		if kind, _ := f.GetCellType("equipment", at); kind != excelize.CellTypeUnset &&
			kind != excelize.CellTypeNumber {
			t.Errorf("equipment %s is no number: %v", at, kind)
		}
	}
	checkLook(t, f)
}

func checkLook(t *testing.T, f *excelize.File) {
	t.Helper()
	panes, err := f.GetPanes("people")
	if err != nil || !panes.Freeze || panes.YSplit != 1 {
		t.Errorf("headings are not frozen: %+v %v", panes, err)
	}
	id, err := f.GetCellStyle("people", "C1")
	if err != nil {
		t.Fatal(err)
	}
	style, err := f.GetStyle(id)
	if err != nil || style.Font == nil || !style.Font.Bold {
		t.Errorf("headings are not bold: %+v %v", style, err)
	}
	if width, _ := f.GetColWidth("people", "C"); width != 22 {
		t.Errorf("the name's column is %v wide", width)
	}
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

func TestDaysOfAnOfficeWorkbookImport(t *testing.T) {
	f := excelize.NewFile()
	defer f.Close()
	for at, v := range map[string]any{"A1": "Resolution No.", "B1": "Governing body of", "C1": "Title", "D1": "Date",
		"E1": "Status",
		"A2": 6376, "B2": "RAYTOWN", "C2": "Statement of common purpose",
		"D2": time.Date(2021, 4, 13, 0, 0, 0, 0, time.UTC), "E2": "Passed"} {
		if err := f.SetCellValue("Sheet1", at, v); err != nil {
			t.Fatal(err)
		}
	}
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	m := newMemory()
	addPartners(m)
	p := m.plan(t, "resolutions", "r.xlsx", b.Bytes())
	counts(t, p, 1, 0, 0, 0, 0)
	if r := p.Rows[0].Mine.(*partnership.Resolution); r.Number != "6376" ||
		r.Date != value.Some(value.Date(2021, 4, 13)) || r.Partner != 5 {
		t.Errorf("%+v", r)
	}
}

func TestTheSheetNamedAfterTheKindIsRead(t *testing.T) {
	m := staff(2)
	file := xlsxOf(t, m, "partners", "people")
	counts(t, m.plan(t, "people", "a.xlsx", file), 0, 0, 2, 0, 0)
	counts(t, m.plan(t, "partners", "a.xlsx", file), 0, 0, 6, 0, 0)
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
		{"1", "-3", "-3"}, {"4", "0.125", "0.125"}, {"5", "123456789012", "123456789012"}, {"99", "12.50", "12.5"},
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

// A day is a day to Excel, and one before its calendar is a text; both come back
// as they were. Choices are offered from a list.
func TestDaysAreTypedAndChoicesOffered(t *testing.T) {
	m := newMemory()
	addPartners(m)
	m.put("resolutions", &partnership.Resolution{Number: "6376", Partner: 5, Date: value.Some(value.Date(2021, 4, 13))})
	m.put("resolutions", &partnership.Resolution{Number: "1", Partner: 5, Date: value.Some(value.Date(1900, 2, 28))})
	m.put("resolutions", &partnership.Resolution{Number: "2", Partner: 5, Date: value.Some(value.Date(1900, 3, 1))})
	file := xlsxOf(t, m, "resolutions")
	f, err := excelize.OpenReader(bytes.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	s := read(t, "a.xlsx", string(file))
	at := slices.Index(s.Headings, "date")
	column, _ := excelize.ColumnNumberToName(at + 1)
	for i, want := range []struct{ read, raw string }{{"2021-04-13", "44299"}, {"1900-02-28", "1900-02-28"},
		{"1900-03-01", "61"}} {
		if got := s.Cell(i, at); got != want.read {
			t.Errorf("row %d is read as %q, want %q", i, got, want.read)
		}
		raw, _ := f.GetCellValue("resolutions", column+strconv.Itoa(i+2), excelize.Options{RawCellValue: true})
		if raw != want.raw {
			t.Errorf("row %d holds %q, want %q", i, raw, want.raw)
		}
	}
	drops, err := f.GetDataValidations("resolutions")
	if err != nil || !slices.ContainsFunc(drops, func(d *excelize.DataValidation) bool {
		return d.Type == "list" && strings.Contains(d.Formula1, "passed")
	}) {
		t.Errorf("the status is not offered from a list: %+v %v", drops, err)
	}
}

func TestColumnsBeyondZHaveTwoLetters(t *testing.T) {
	for column, want := range map[int]string{0: "A", 25: "Z", 26: "AA", 51: "AZ", 52: "BA", 701: "ZZ", 702: "AAA"} {
		if got := string(appendColumn(nil, column)); got != want {
			t.Errorf("column %d is %s, want %s", column, got, want)
		}
	}
}

func TestATextTooLongForExcelIsSaidSo(t *testing.T) {
	m := desk(&partnership.Person{Name: "Dana", Partner: 5, Note: strings.Repeat("é", 40_000)})
	err := WriteXLSX(io.Discard, []Table{m.table("people")}, m.env(), Options{})
	if failure.CodeOf(err) != failure.Invalid || !strings.Contains(err.Error(), "Note of Dana") {
		t.Error(err)
	}
}

func TestWritersReportAFullDisk(t *testing.T) {
	m := staff(3000)
	full := func() io.Writer { return &fullDisk{room: 20_000} }
	for name, err := range map[string]error{
		"csv":   WriteCSV(full(), m.table("people"), m.env(), Options{}),
		"json":  WriteJSON(full(), m.table("people"), m.env(), Options{}),
		"all":   WriteAllJSON(full(), m.tables(), m.env(), Options{}),
		"xlsx":  WriteXLSX(full(), []Table{m.table("people")}, m.env(), Options{}),
		"table": WriteTable(full(), m.table("people"), m.env(), Options{}),
	} {
		if err != errFull {
			t.Errorf("%s: %v", name, err)
		}
	}
}

var errFull = fmt.Errorf("disk is full")

type fullDisk struct{ room int }

func (d *fullDisk) Write(p []byte) (int, error) {
	if d.room -= len(p); d.room < 0 {
		return 0, errFull
	}
	return len(p), nil
}

func TestFormatCodesThatMeanDays(t *testing.T) {
	for code, want := range map[string]numberFormat{
		"General": plainNumber, "0.00": plainNumber, "#,##0.00_);[Red]($#,##0.00)": plainNumber, `"day" 0`: plainNumber,
		`0\d`:      plainNumber,
		"0.00E+00": plainNumber, "@": plainNumber, "": plainNumber, "[Red": plainNumber,
		"yyyy-mm-dd": dayNumber, "mmm": dayNumber, `d. mmmm "of" yyyy`: dayNumber,
		"[$-F800]dddd, mmmm dd, yyyy": dayNumber, "m/d/yy;@": dayNumber,
		"hh:mm": clockNumber, "[h]:mm:ss": clockNumber, "mm:ss.0": clockNumber, "m/d/yy h:mm": momentNumber,
	} {
		if got := formatOf(code); got != want {
			t.Errorf("%q is %v, want %v", code, got, want)
		}
	}
}
