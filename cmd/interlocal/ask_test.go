package main

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

// TestASheetGoesOutAndComesBack asks the cities, has one of them mend its sheet and
// takes that in: what it changed is merged, what others changed stays, and it is
// no longer missing.
func TestASheetGoesOutAndComesBack(t *testing.T) {
	o := newOffice(t)
	o.feed("name,partner,email,phone,roles\nDana Reyes,Raytown,dana@raytown.example,816-555-0100,liaison\n"+
		"Kim Oak,Raytown,,,\nLee Ash,Grandview,,,liaison\n", "import", "people", "-").wants(t, exitDone)
	dir := filepath.Join(o.home, "sheets")
	o.run("ask", dir, "--due", "Mar 19").wants(t, exitDone, "5 cities")
	o.run("ask", dir).wants(t, exitFailed, "--force")
	mail := cellsOf(t, filepath.Join(dir, "raytown-mail.txt"))
	for _, want := range []string{"To: Dana Reyes <dana@raytown.example>", "Mar 19, 2027", "raytown.xlsx"} {
		if !strings.Contains(mail, want) {
			t.Errorf("the mail lacks %q:\n%s", want, mail)
		}
	}
	o.run("ask", "--missing").wants(t, exitDone, "Blue Springs", "Grandview", "Raytown")
	o.run("list", "actions").wants(t, exitDone, "Send back the sheet for Raytown", "Dana Reyes", "Mar 19, 2027")

	o.feed("name,email,title\nDana Reyes,dana@raytown.example,City Clerk\n", "import", "people", "-").
		wants(t, exitDone, "1 changed")
	back := filepath.Join(dir, "raytown.xlsx")
	mend(t, back, "People", map[string]string{"Dana Reyes/Phone": "816-555-0199", "/Name": "Al Fox",
		"/Partner": "Raytown"})
	o.run("import", "all", back).wants(t, exitDone, "people: 1 added, 1 changed, 1 the same")
	if got := o.records("people", "dana"); got[0]["title"] != "City Clerk" || got[0]["phone"] != "816-555-0199" {
		t.Errorf("the sheet came back as %v", got)
	}
	if got := o.must("ask", "--missing"); strings.Contains(got, "Raytown") || !strings.Contains(got, "Grandview") {
		t.Errorf("%s", got)
	}
	o.run("import", "all", back).wants(t, exitDone, "0 added, 0 changed")
	o.run("import", "all", filepath.Join(dir, "grandview.xlsx")).wants(t, exitDone)
	if got := o.must("ask", "--missing"); strings.Contains(got, "Grandview") {
		t.Errorf("a sheet that came back as it was is missing: %s", got)
	}
}

// mend writes cells of a workbook that are named by the row's name and the heading;
// no name is a new row.
func mend(t *testing.T, path, sheet string, cells map[string]string) {
	t.Helper()
	f, err := excelize.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := f.GetRows(sheet)
	if err != nil {
		t.Fatal(err)
	}
	for at, v := range cells {
		name, heading, _ := strings.Cut(at, "/")
		row, column := len(rows), -1
		for j, h := range rows[0] {
			if h == heading {
				column = j
			}
		}
		for i, r := range rows {
			if name != "" && len(r) > 2 && r[2] == name {
				row = i
			}
		}
		cell, err := excelize.CoordinatesToCellName(column+1, row+1)
		if err == nil {
			err = f.SetCellValue(sheet, cell, v)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := f.Save(); err != nil {
		t.Fatal(err)
	}
}

// TestATemplateComesBackUnasked fills one row of each kind's template in.
func TestATemplateComesBackUnasked(t *testing.T) {
	o := newOffice(t)
	book := filepath.Join(o.home, "people.xlsx")
	o.run("export", "people", "--empty", "-o", book).wants(t, exitDone)
	f, err := excelize.OpenFile(book)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	drops, _ := f.GetDataValidations("People")
	cities := false
	for _, d := range drops {
		cities = cities || strings.Contains(d.Formula1, "Raytown")
	}
	if panes, err := f.GetPanes("People"); err != nil || !panes.Freeze || !cities {
		t.Errorf("headings stay in view: %v, %v; cities are offered: %v", panes, err, cities)
	}
	if rows, err := f.GetRows("How to fill in"); err != nil || len(rows) < 10 {
		t.Errorf("the legend has %d rows, %v", len(rows), err)
	}
	o.run("import", "people", book).wants(t, exitFailed, "no rows beneath")
	mend(t, book, "People", map[string]string{"/Name": "Al Fox", "/Partner": "Raytown"})
	o.run("import", "people", book).wants(t, exitDone, "1 added")
	o.run("export", "equipment", "--empty", "--format", "csv").wants(t, exitDone, "Unit", "Owner")
	o.run("export", "people", "--empty", "--format", "json").wants(t, exitMisuse, "xlsx or csv")
}
