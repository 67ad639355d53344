package exchange

import (
	"bytes"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"interlocal/model/exchange/export"
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

func TestATextTooLongForExcelIsSaidSo(t *testing.T) {
	m := desk(&partnership.Person{Name: "Dana", Partner: 5, Note: strings.Repeat("é", 40_000)})
	err := export.WriteXLSX(io.Discard, []export.Table{m.table("people")}, m.env(), export.Options{})
	if failure.CodeOf(err) != failure.Invalid || !strings.Contains(err.Error(), "Note of Dana") {
		t.Error(err)
	}
}

func TestWritersReportAFullDisk(t *testing.T) {
	m := staff(3000)
	full := func() io.Writer { return &fullDisk{room: 20_000} }
	for name, err := range map[string]error{
		"csv":   export.WriteCSV(full(), m.table("people"), m.env(), export.Options{}),
		"json":  export.WriteJSON(full(), m.table("people"), m.env(), export.Options{}),
		"all":   export.WriteAllJSON(full(), m.tables(), m.env(), export.Options{}),
		"xlsx":  export.WriteXLSX(full(), []export.Table{m.table("people")}, m.env(), export.Options{}),
		"table": export.WriteTable(full(), m.table("people"), m.env(), export.Options{}),
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
