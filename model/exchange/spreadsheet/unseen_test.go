package spreadsheet

import (
	"strings"
	"testing"
)

// What does not show in a workbook is told: rows that are hidden, and formulas that
// nobody worked out.
func TestWhatDoesNotShowIsTold(t *testing.T) {
	rows := `<row r="1">` + cellXML("A1", "Name") + cellXML("B1", "Phone") + `</row>` +
		`<row r="2" hidden="1">` + cellXML("A2", "Dana") + `<c r="B2"><f>1+1</f></c></row>` +
		`<row r="3">` + cellXML("A3", "Kim") + `<c r="B3"><f>1+1</f><v>2</v></c></row>`
	s := read(t, "a.xlsx", string(bookOf(t, rows, nil)))
	notes := strings.Join(s.Notes, "\n")
	if !strings.Contains(notes, "1 hidden row") || !strings.Contains(notes, "(B2)") {
		t.Errorf("notes %q", s.Notes)
	}
	if got := rowsOf(s); strings.Join(got, "\n") != "2: Dana | \n3: Kim | 2" {
		t.Errorf("rows %q", got)
	}
	plain := `<row r="1">` + cellXML("A1", "Name") + `</row><row r="2">` + cellXML("A2", "Dana") + `</row>`
	if s := read(t, "a.xlsx", string(bookOf(t, plain, nil))); len(s.Notes) > 0 {
		t.Errorf("notes %q", s.Notes)
	}
}
