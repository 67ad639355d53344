package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"interlocal/model"
)

// TestExportImportExportIsTheSame takes every kind of a busy file out and in
// again, in every format, which must change nothing.
func TestExportImportExportIsTheSame(t *testing.T) {
	if testing.Short() {
		t.Skip("one command after the other; left out with -short")
	}
	o := newOffice(t)
	db := filepath.Join(o.home, "story.db")
	o.env = []string{"INTERLOCAL_DB=" + db}
	o.must("demo", "--keep", db)
	o.feed("partner,day,name,half\nRaytown,2027-01-18,Martin Luther King Day,no\nGrandview,2026-12-24,Christmas "+
		"Eve,yes\n",
		"import", "holidays", "-").wants(t, exitDone, "2 added")
	for _, k := range model.NewSchema().Kinds {
		if k.Name == "users" || k.Name == "wordings" {
			continue // the sample has neither: it is its keeper's, and the official wording its publisher's
		}
		if k.OnPaperOnly() {
			o.run("export", k.Name).wants(t, exitFailed, "leaves on paper only")
			continue
		}
		if o.must("list", k.Name, "--json") == "[]\n" {
			t.Errorf("%s have no record in the sample: add one in model/sample, or take one in above", k.Name)
			continue
		}
		for _, format := range []string{"csv", "json", "xlsx"} {
			name := k.Name + "." + format
			first, second := filepath.Join(o.home, "1-"+name), filepath.Join(o.home, "2-"+name)
			o.must("export", k.Name, "-o", first)
			o.run("import", k.Name, first).wants(t, exitDone, "0 added, 0 changed", "0 left out")
			o.must("export", k.Name, "-o", second)
			if a, b := cellsOf(t, first), cellsOf(t, second); a != b {
				t.Errorf("%s is not what it was:\n%.300s\n%.300s", name, a, b)
			}
		}
	}
	all := o.must("export", "all")
	path := o.file("all.json", all)
	o.run("import", "all", path, "--dry-run").wants(t, exitDone)
	o.run("import", "all", path).wants(t, exitDone)
	if o.must("export", "all") != all {
		t.Error("importing all of it changed something")
	}
	o.run("undo").wants(t, exitDone, "into holidays") // what came in again has changed nothing
	o.run("undo").wants(t, exitFailed, "nothing of yours")
	o.run("check").wants(t, exitDone, "sound")
}

// TestImportAllIsOneChange takes records in that refer to one another.
func TestImportAllIsOneChange(t *testing.T) {
	o := newOffice(t)
	o.feed("name,partner\nDana Reyes,Raytown\nLee Ash,Grandview\n", "import", "people", "-").wants(t, exitDone)
	part := `{"people":[{"name":"Kim Oak","partner":"Raytown"}],"programs":[{"name":"Snow school","contact":"Kim Oak"}]}`
	o.feed(part, "import", "all", "-").wants(t, exitDone, "people: 1 added", "programs: 1 added")
	if got := o.records("programs", "snow"); len(got) != 1 || got[0]["contact"] == nil {
		t.Errorf("the program is %v", got)
	}
	o.run("undo").wants(t, exitDone, "(2 records)")
	o.feed(`{"people":[]}`, "import", "all", "-").wants(t, exitFailed, "no records")
	o.feed(`{"horses":[]}`, "import", "all", "-").wants(t, exitFailed, "horses")
	o.feed(`[1]`, "import", "all", "-").wants(t, exitFailed, "export all")
	o.feed(`{"people":[{"name":"X","partner":"Raytown"},{"name":"Y","partner":"Atlantis"}]}`, "import", "all", "-").
		wants(t, exitPartly, "Atlantis")
}

// TestImportAllIntoOtherNumbers takes a file of all records in where people and
// meetings have other numbers: what refers to them finds them by name.
func TestImportAllIntoOtherNumbers(t *testing.T) {
	o := newOffice(t)
	db := filepath.Join(o.home, "story.db")
	o.must("--db", db, "demo", "--keep", db)
	all := o.file("all.json", o.must("--db", db, "export", "all"))
	shift := `{"people":[{"name":"Shift One","partner":"Raytown"},{"name":"Shift Two","partner":"Raytown"}],
		"meetings":[{"name":"Another meeting","start":"2026-01-05 09:00","sort":"staff","state":"planned"}]}`
	o.feed(shift, "import", "all", "-").wants(t, exitDone)
	o.run("import", "all", all).wants(t, exitDone, "agenda: 4 added", "0 left out")
	for _, item := range o.records("agenda", "") {
		if name := fmt.Sprint(item["meeting"]); !strings.HasPrefix(name, "Monthly staff meeting") {
			t.Errorf("%v stands under %s", item["title"], name)
		}
	}
	o.run("check").wants(t, exitDone, "sound")
}

// cellsOf gives what a file says: its bytes, or the cells of a workbook.
func cellsOf(t *testing.T, path string) string {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasSuffix(path, ".xlsx") {
		return string(b)
	}
	f, err := excelize.OpenReader(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var out strings.Builder
	for _, sheet := range f.GetSheetList() {
		rows, err := f.GetRows(sheet)
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintln(&out, sheet, rows)
	}
	return out.String()
}

// TestAllOfItGoesIntoABlankFile takes the sample out in each open format, into a
// file that was not there, and out again: what is written is the same.
func TestAllOfItGoesIntoABlankFile(t *testing.T) {
	if testing.Short() {
		t.Skip("takes the sample in several times; left out with -short")
	}
	o := newOffice(t)
	db := filepath.Join(o.home, "story.db")
	o.must("--db", db, "demo", "--keep", db)
	for _, format := range []string{"json", "xlsx", "csv"} {
		first, second := filepath.Join(o.home, "1-all."+format), filepath.Join(o.home, "2-all."+format)
		blank := filepath.Join(o.home, format+".db")
		o.must("--db", db, "export", "all", "-o", first, "--format", format)
		o.run("--db", blank, "import", "all", first).wants(t, exitDone)
		o.must("--db", blank, "export", "all", "-o", second, "--format", format)
		sameButRevisions(t, first, second)
	}
	city := filepath.Join(o.home, "raytown.json")
	o.must("--db", db, "export", "all", "--partner", "raytown", "-o", city)
	blank := filepath.Join(o.home, "raytown.db")
	o.run("--db", blank, "import", "all", city).wants(t, exitDone)
	again := filepath.Join(o.home, "raytown-2.json")
	o.must("--db", blank, "export", "all", "--partner", "raytown", "-o", again)
	sameButRevisions(t, city, again)
	o.run("--db", blank, "list", "signups").wants(t, exitDone, "Dana Reyes")
	o.run("--db", blank, "check").wants(t, exitDone, "sound")
}

// sameButRevisions compares two exports of all kinds, the revisions aside.
func sameButRevisions(t *testing.T, first, second string) {
	t.Helper()
	revs := regexp.MustCompile(`"rev":\d+|(?m)^(\d+),\d+,|\[(\d+) \d+ `)
	files := []string{first}
	if info, err := os.Stat(first); err == nil && info.IsDir() {
		files, _ = filepath.Glob(filepath.Join(first, "*"))
	}
	for _, f := range files {
		other := filepath.Join(second, strings.TrimPrefix(f, first))
		a := revs.ReplaceAllString(cellsOf(t, f), "$1$2")
		if b := revs.ReplaceAllString(cellsOf(t, other), "$1$2"); a != b {
			at := 0
			for at < min(len(a), len(b)) && a[at] == b[at] {
				at++
			}
			t.Errorf("%s is not what it was:\n%.200s\n%.200s", f, a[max(0, at-50):], b[max(0, at-50):])
		}
	}
}
