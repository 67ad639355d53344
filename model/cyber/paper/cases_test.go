package paper

import (
	"bytes"
	"encoding/csv"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"interlocal/model/cyber"
	"interlocal/model/cyber/framework"
	"interlocal/model/exchange/export"
	"interlocal/model/exchange/spreadsheet"
	"interlocal/model/field"
	"interlocal/model/sample"
)

// readWhole reads a sheet of any making for the 2025 cycle.
func readWhole(t *testing.T, data []byte, name string) *Earlier {
	t.Helper()
	s, err := spreadsheet.Read(bytes.NewReader(data), name,
		spreadsheet.ReadOptions{Head: HeadRow(framework.CSF20)})
	if err != nil {
		t.Fatal(err)
	}
	table := Table{Headings: s.Headings}
	for i := range s.Len() {
		var row []string
		for j := range s.Headings {
			row = append(row, s.Cell(i, j))
		}
		table.Rows, table.Lines = append(table.Rows, row), append(table.Lines, s.Line(i))
	}
	e, err := ReadEarlier(table, cycleOf(framework.CSF20), 5, "")
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// A case is a file as an office keeps it: which of its columns, counted from 0, holds
// what, said by a person who looked at it.
type caseFile struct{ item, level int }

// Every file comes in whole: each row is an answer with the right level, has none, or is
// named with its line. What a level is worth is worked out from the cell a second time.
func TestFilesOfOfficesComeInWhole(t *testing.T) {
	files, _ := filepath.Glob("../../../../shared/cases/cyber/*")
	if len(files) == 0 {
		t.Skip("the files of offices are not beside the repository")
	}
	known := map[string]caseFile{"office1.csv": {0, 3}, "office5.csv": {0, 1}, "profile20.csv": {0, 5}}
	for _, file := range files {
		c, looked := known[filepath.Base(file)]
		if !looked {
			t.Errorf("nobody has said what the columns of %s hold", filepath.Base(file))
			continue
		}
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		all := csv.NewReader(bytes.NewReader(data))
		all.FieldsPerRecord = -1
		rows, err := all.ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		e := readWhole(t, data, filepath.Base(file))
		blank := 0
		for i, row := range rows[1:] {
			id, cell := row[c.item][:min(8, len(row[c.item]))], strings.TrimSpace(row[c.level])
			at := slices.IndexFunc(e.Answers, func(a *cyber.Answer) bool { return a.Item == id })
			named := slices.ContainsFunc(e.Unmatched, func(l LeftOut) bool { return l.Line == i+2 && l.Why != "" })
			want, sure := byEye(cell)
			switch {
			case cell == "" && len(id) == 8:
				if blank++; at >= 0 || named {
					t.Errorf("%s line %d has no answer", file, i+2)
				}
			case !sure || len(id) < 8:
				if at >= 0 || !named {
					t.Errorf("%s line %d, %q: not named", file, i+2, cell)
				}
			case at < 0 || named || e.Answers[at].Level != want:
				t.Errorf("%s line %d, %q: not taken as %s", file, i+2, cell, want)
			}
		}
		if e.Blank != blank || len(e.Answers)+e.Blank+len(e.Unmatched) != len(rows)-1 {
			t.Errorf("%s: %s of %d rows", file, e, len(rows)-1)
		}
	}
}

// byEye says what a cell of these files means; not sure where it is a bare 5.
func byEye(cell string) (l cyber.Level, sure bool) {
	_, words, both := strings.Cut(cell, " - ")
	if both {
		cell = words
	}
	switch cell {
	case "1", "2", "3", "4", "6", "7":
		return cyber.Level(cell), true
	case "N/A":
		return "n/a", true
	}
	l, sure = map[string]cyber.Level{"Not Performed": "1", "Informally Performed": "2", "Documented Policy": "3",
		"Partially Documented Standards and/or Procedures": "4", "Risk Formally Accepted": "5a",
		"Implementation in Process": "5p", "Tested and Verified": "6", "Optimized": "7"}[cell]
	return l, sure
}

// What goes to the portal comes back from it with the same levels, as CSV, as a workbook
// and below lines of title; scores of parts stand beside.
func TestThePortalsExportComesIn(t *testing.T) {
	r := sample.Story(20700).Reader()
	s, err := cyber.ReadSheet(r, 2, 5, 20700)
	if err != nil {
		t.Fatal(err)
	}
	lines := Portal(s, nil)
	out := export.Table{Kind: PortalKind(), Rows: func(yield func(export.Row) bool) {
		for _, l := range lines {
			if !yield(export.Row{Rec: l}) {
				return
			}
		}
	}}
	env := field.NewEnv(r, 20700)
	var plain, book bytes.Buffer
	if err := export.WriteCSV(&plain, out, env, export.Options{Bare: true}); err != nil {
		t.Fatal(err)
	}
	if err := export.WriteXLSX(&book, []export.Table{out}, env, export.Options{Bare: true}); err != nil {
		t.Fatal(err)
	}
	titled := append([]byte("Nationwide Cybersecurity Review,,\r\nCity of Raytown,2025,\r\n,,\r\n"),
		bytes.TrimPrefix(plain.Bytes(), []byte("\xef\xbb\xbf"))...)
	for name, data := range map[string][]byte{"portal.csv": plain.Bytes(), "portal.xlsx": book.Bytes(),
		"titled.csv": titled} {
		e := readWhole(t, data, name)
		got := map[string]cyber.Level{}
		for _, a := range e.Answers {
			got[a.Item] = a.Level
		}
		for i, it := range s.Framework.Items {
			if got[string(it.ID)] != s.Levels[i] {
				t.Errorf("%s: %s comes back as %q, not %q", name, it.ID, got[string(it.ID)], s.Levels[i])
			}
		}
	}
	scores := s.Score(cyber.BySubcategory)
	if lines[0].OfPart != scores.Categories[0].Mean.String() || lines[0].OfWhole != scores.Functions[0].Mean.String() {
		t.Errorf("%+v", lines[0])
	}
}
