package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// fema gives the public rows of the federal schedule, kept beside the
// repository.
func fema(t *testing.T) string {
	t.Helper()
	path := filepath.Join(root(t), "..", "shared", "fema", "fema_2025_sample.csv")
	if _, err := os.Stat(path); err != nil {
		t.Skip("the public rows are not here")
	}
	return path
}

// TestTheFederalScheduleComesIn with codes that have decimals and units that
// are blank or miles; a second time nothing changes, and another year adds.
func TestTheFederalScheduleComesIn(t *testing.T) {
	o := newOffice(t)
	path := fema(t)
	if got := o.must("rates", "import", path); !strings.Contains(got, "29 added") ||
		!strings.Contains(got, "0 left out") {
		t.Errorf("%s", got)
	}
	if got := o.must("rates", "import", path); !strings.Contains(got, "0 added, 0 changed") {
		t.Errorf("a second time: %s", got)
	}
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	next := filepath.Join(t.TempDir(), "next.csv")
	text := strings.ReplaceAll(strings.ReplaceAll(string(b), ",2025\n", ",2026\n"), ",hour,", ",HOUR,")
	text = strings.Replace(text, ",HOUR,5.15", ",,5.15", 1) // a unit left blank
	if err := os.WriteFile(next, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	if got := o.must("rates", "import", next); !strings.Contains(got, "29 added, 0 changed") {
		t.Errorf("the next year: %s", got)
	}
	list := o.must("list", "rates", "--json", "schedule_year:2025", "cost_code:8714.1")
	if !strings.Contains(list, `"8714.1"`) || !strings.Contains(list, "99.66") || strings.Contains(list, "2026") {
		t.Errorf("%s", list)
	}
}

// TestBookingByCommand: the line of the dashboard, answered the same way.
func TestBookingByCommand(t *testing.T) {
	o := newOffice(t)
	units := o.file("units.csv", "tag,name,category,owner,status,shareable,size\nBS-9,Vacuum truck,vacuum truck,Blue "+
		"Springs,active,yes,12\n")
	o.must("import", "equipment", units)
	if got := o.must("fits", "tomorrow", "8-17", "vac"); !strings.Contains(got, "BS-9") ||
		!strings.Contains(got, "yes") {
		t.Errorf("%s", got)
	}
	if got := o.must("book", "vac", "tomorrow", "8-17", "for", "blue", "springs:", "inlets"); !strings.Contains(got,
		"approved") {
		t.Errorf("one's own is booked at once: %s", got)
	}
	if got := o.must("fits", "tomorrow", "17-18", "for", "raytown"); !strings.Contains(got, "BS-9") ||
		!strings.Contains(got, "yes") {
		t.Errorf("the city may stand last: %s", got)
	}
	if got := o.must("fits", "tomorrow", "9-10", "vac"); !strings.Contains(got, "no") {
		t.Errorf("%s", got)
	}
	no := o.run("book", "vac", "tomorrow", "9-10", "for", "raytown")
	if no.code == exitDone || !strings.Contains(no.err, "BS-9 is taken") || !strings.Contains(no.err, "Blue Springs") {
		t.Errorf("%+v", no)
	}
	gap := o.run("book", "vac", "3/5/2030", "8-17", "weekly", "x3", "except", "mar", "13", "for", "raytown")
	if gap.code == exitDone || !strings.Contains(gap.err, "mar 13 is not one of the dates, which are Mar 5, Mar 12 "+
		"and Mar 19") {
		t.Errorf("%+v", gap)
	}
	if got := o.must("book", "vac", "3/5/2030", "8-17", "weekly", "x3", "except", "mar", "12", "for", "raytown:",
		"inlets"); !strings.Contains(got, "1 more time, not on Mar 12") {
		t.Errorf("%s", got)
	}
	if got := o.must("export", "series"); !strings.Contains(got, "2030-03-12") || !strings.Contains(got, "2030-03-19") {
		t.Errorf("the series is %s", got)
	}
	if got := o.must("calendar", "BS-9"); strings.Count(got, "BEGIN:VEVENT") != 3 {
		t.Errorf("%s", got)
	}
	if got := o.must("forceaccount"); !strings.HasPrefix(got, "date,lender,borrower,unit") {
		t.Errorf("%s", got)
	}
}
