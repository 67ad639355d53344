package main

import (
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
