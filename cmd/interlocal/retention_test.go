package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestHistoryHasAnEndWhenSomebodyOrdersIt(t *testing.T) {
	o := newOffice(t)
	o.addPerson("Ann Cole").wants(t, exitDone)
	o.now = o.now.AddDate(0, 2, 0)
	o.addPerson("Bea Dorn").wants(t, exitDone)
	people := o.must("export", "people")
	o.run("history", "purge").wants(t, exitMisuse, "--before 2027-01-01")
	o.run("history", "purge", "--before", "2027-04-01", "--as", "editor@raytown").wants(t, exitFailed, "administrator")
	o.run("history", "purge", "--before", "2027-04-01").wants(t, exitDone, "2 changes from before Apr 1, 2027 would go",
		"--yes")

	o.must("history", "hold", "Smith", "v.", "Raytown")
	held := o.run("history", "purge", "--before", "2027-04-01", "--yes")
	held.wants(t, exitFailed, "held for Smith v. Raytown", "history release MATTER")
	advised(t, o, strings.Replace(held.err, "MATTER", `"Smith v. Raytown"`, 1), "over: ").
		wants(t, exitDone, "The hold is over")
	o.run("history", "purge", "--before", "2027-04-01", "--yes", "--order", "the board", "--series", "GS 010").
		wants(t, exitDone, "Removed 2 changes")
	said := o.must("history")
	if !strings.Contains(said, "2 changes, by order of the board, series GS 010") ||
		strings.Contains(said, "2027-03-04") {
		t.Error(said)
	}
	if got := o.must("export", "people"); got != people {
		t.Error("the records are not as they were")
	}
	o.must("check")

	o.run("history", "schedule").wants(t, exitDone, "kept for ever")
	o.run("history", "schedule", "--years", "7").wants(t, exitFailed, "under which series")
	o.run("history", "schedule", "--years", "7", "--series", "GS 010").
		wants(t, exitDone, "kept for 7 years, series GS 010")
	o.run("history", "schedule", "--years", "0").wants(t, exitDone, "kept for ever")
	o.run("history", "people", "Ann").wants(t, exitFailed)
}

// TestAWordThatWasPurgedIsNowhere plants a word, replaces it and purges: it is in no
// export, report, history, copy made afterwards, nor in the file itself.
func TestAWordThatWasPurgedIsNowhere(t *testing.T) {
	const word = "Quetzalcoatlus"
	o := newOffice(t)
	ann := func(title string) string {
		return o.file("ann.csv", "name,partner,e-mail,title\nAnn Cole,Raytown,ann@raytown.example,"+title+"\n")
	}
	o.run("import", "people", ann(word)).wants(t, exitDone, "1 added")
	o.run("import", "people", ann("Clerk")).wants(t, exitDone, "1 changed")
	if !strings.Contains(o.must("history"), word) && !strings.Contains(o.must("history", "people", "Ann Cole"), word) {
		t.Fatal("the word would not be found")
	}
	o.now = o.now.AddDate(0, 2, 0)
	o.run("history", "purge", "--before", o.now.Format("2006-01-02"), "--yes").wants(t, exitDone, "Removed")
	copied := filepath.Join(o.home, "copy.db")
	o.must("backup", copied)
	said := o.must("history") + o.must("history", "people", "Ann Cole") + o.must("export", "all", "--format", "json") +
		o.must("report", "directory") + o.must("overview")
	for name, path := range map[string]string{"file": o.db(), "copy": copied} {
		b, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if bytes.Contains(b, []byte(word)) {
			t.Errorf("the %s holds what was purged", name)
		}
	}
	if strings.Contains(said, word) {
		t.Error("what was purged is told")
	}
}
