package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// loaned is an office in December with two loans booked for November.
func loaned(t *testing.T) *office {
	o := newOffice(t)
	o.now = time.Date(2026, 12, 3, 18, 0, 0, 0, time.UTC)
	o.must("import", "equipment",
		o.file("units.csv", "tag,name,category,owner,status,shareable,charge,local_rate,local_per\n"+
			"IN-1,Trailer,trailer,Independence,active,yes,local,60.00,loan\n"))
	o.must("import", "reservations", o.file("loans.csv", "unit,borrower,state,start,end\n"+
		"IN-1,Raytown,approved,2026-11-02 08:00,2026-11-03 17:00\nIN-1,Grandview,approved,2026-11-05 "+
		"08:00,2026-11-06 17:00\n"))
	return o
}

const (
	handedOver = "reservation,unit,at,given_by,taken_by\n#1,IN-1,2026-11-02 08:00,A,B\n#2,IN-1,2026-11-05 08:00,A,B\n"
	takenBack  = "reservation,unit,at,given_by,taken_by\n#1,IN-1,2026-11-03 08:00,B,A\n#2,IN-1,2026-11-06 08:00,B,A\n"
)

// An imported hand-over and return make the settlement line; doubts are told, and
// how they are answered.
func TestImportedLoansAreSettled(t *testing.T) {
	o := loaned(t)
	out, back := o.file("out.csv", handedOver), o.file("back.csv", takenBack)
	o.run("import", "handovers", out, "--dry-run").wants(t, exitDone, "2 to add", "doubt: line 2", "no agreement",
		"--by NAME --because")
	if got := o.records("handovers"); len(got) != 0 {
		t.Fatalf("the rehearsal left %v", got)
	}
	o.run("import", "handovers", out).wants(t, exitDone, "2 added", "doubt: line 3",
		"2 doubts that nobody has answered")
	o.run("import", "returns", back).wants(t, exitDone, "2 added")
	lines := o.records("charges")
	if len(lines) != 2 || lines[0]["usage"] != "60.00" && lines[0]["usage"] != 60.0 {
		t.Errorf("the lines are %v", lines)
	}
	o.run("import", "handovers", out).wants(t, exitDone, "0 added, 0 changed, 2 the same")
	o.run("import", "returns", back).wants(t, exitDone, "0 added, 0 changed, 2 the same")
	o.run("check").wants(t, exitDone, "sound")
	o.must("undo")
	if left := o.records("charges"); len(left) != 0 {
		t.Errorf("taking the file back left %v", left)
	}
	o.must("undo")
	o.run("import", "handovers", out, "--by", "Pat Rowe", "--because", "storm").wants(t, exitDone, "2 added")
	if s := o.run("import", "returns", back); s.code != exitDone || strings.Contains(s.out+s.err, "doubt") {
		t.Errorf("%+v", s)
	}
	if got := o.must("list", "reservations", "--json"); strings.Count(got, "Pat Rowe") != 2 {
		t.Errorf("who answered is not kept: %s", got)
	}
}

// The month of 61 loans comes in by command as it is.
func TestTheMonthComesInByCommand(t *testing.T) {
	o := newOffice(t)
	o.now = time.Date(2026, 12, 3, 18, 0, 0, 0, time.UTC)
	folder := filepath.Join(root(t), "..", "shared", "cases", "month")
	if _, err := os.Stat(folder); err != nil {
		t.Skip("the month of 61 loans is not here")
	}
	o.must("rates", "import", fema(t))
	for _, kind := range []string{"people", "equipment", "agreements", "reservations", "handovers", "returns"} {
		o.run("import", kind, filepath.Join(folder, kind+".csv")).wants(t, exitDone, "0 left out")
	}
	if got := o.records("charges"); len(got) != 61 {
		t.Errorf("%d lines", len(got))
	}
	for _, kind := range []string{"people", "equipment", "agreements", "reservations", "handovers", "returns"} {
		o.run("import", kind, filepath.Join(folder, kind+".csv")).wants(t, exitDone, "0 added, 0 changed")
	}
	overlapping := o.run("import", "reservations", filepath.Join(folder, "ov_ret.csv"))
	overlapping.wants(t, exitPartly, "line 3", "line 4", "line 5", "line 6", "already (reservation #62)")
}
