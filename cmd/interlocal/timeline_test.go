package main

import (
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// TestAListFromBeforeARestoreErasesNothing exports a list, goes back to a backup,
// goes on, and takes the list in.
func TestAListFromBeforeARestoreErasesNothing(t *testing.T) {
	o := newOffice(t)
	o.feed("name,partner,title\nAnn Cole,Raytown,Clerk\nBea Dorn,Raytown,Clerk\nCid Eck,Raytown,Clerk\n", "import",
		"people", "-").wants(t, exitDone)
	copied := filepath.Join(o.home, "copy.db")
	o.must("backup", copied)
	change := func(name, from, to string) {
		t.Helper()
		sheet := strings.Split(o.must("export", "people"), "\n")
		for i := range sheet {
			if strings.Contains(sheet[i], name) {
				sheet[i] = strings.Replace(sheet[i], from, to, 1)
			}
		}
		o.run("import", "people", o.file("sheet.csv", strings.Join(sheet, "\n"))).wants(t, exitDone, "1 changed")
	}
	change("Ann Cole", "Clerk", "Given up")
	change("Bea Dorn", "Clerk", "Given up as well")
	before := o.file("before.csv", o.must("export", "people"))
	o.now = o.now.Add(time.Hour)
	o.must("restore", copied)
	change("Ann Cole", "Clerk", "Deputy clerk")
	change("Ann Cole", "Deputy", "Acting")
	change("Ann Cole", "Acting", "City")
	after := o.must("export", "people")

	said := o.run("import", "people", before)
	said.wants(t, exitPartly, "0 changed, 1 the same", "2 left out", "line 2, \"rev\"", "line 3, \"rev\"",
		"went back to a backup")
	if got := o.must("export", "people"); got != after {
		t.Errorf("the list changed what nobody touched:\n%s\nwas\n%s", got, after)
	}
	o.run("import", "people", before, "--dry-run").wants(t, exitPartly,
		`title "Given up", here "City clerk"`, `title "Given up as well", here "Clerk"`, `--by NAME --because "REASON"`)
	o.run("import", "people", before, "--by", "Dana Reyes", "--because", "Ann's title was lost with the disk").
		wants(t, exitDone, "2 changed, 1 the same")
	if got := o.must("export", "people"); !strings.Contains(got, "Given up as well") ||
		strings.Contains(got, "City clerk") {
		t.Errorf("what somebody answered for was not taken:\n%s", got)
	}
	if got := o.must("history"); !strings.Contains(got, "Dana Reyes: Ann's title was lost with the disk") {
		t.Errorf("history does not say who answered:\n%s", got)
	}
	o.must("undo")
	o.run("import", "people", o.file("after.csv", strings.Replace(after, "City clerk", "City Clerk", 1))).
		wants(t, exitDone, "1 changed, 2 the same")
}
