package main

import (
	"path/filepath"
	"strings"
	"testing"
)

// publicCases are files of others, cut down (testdata/public/SOURCES.md says whose),
// with what a careful clerk would store of them.
func publicCases() []fileCase {
	people := func(file string, want ...wanted) fileCase {
		return fileCase{file: file, kind: "people", key: "name", want: want}
	}
	own := func(c fileCase, city string) fileCase { c.flags = []string{"--set", "partner=" + city}; return c }
	units := func(file string, want ...wanted) fileCase {
		return fileCase{file: file, kind: "equipment", key: "tag", flags: []string{"--set", "owner=raytown"},
			want: want}
	}
	meetings := func(file string, want ...wanted) fileCase {
		return fileCase{file: file, kind: "meetings", key: "name", want: want}
	}
	form := func(file string, want ...wanted) fileCase {
		return fileCase{file: file, kind: "signups", key: "person", want: want}
	}
	dealer := own(people("dealer-directory.csv", person("Abel Quill", "title", "General Manager", "department",
		"Management", "partner", "Raytown"), person("Frank Dunmore Jr", "department", "Service")), "raytown")
	dealer.absent, dealer.says = []string{"PENDING HIRE", "Pending Hire", "OPEN POSITION", "Open Position"},
		[]string{"OPEN POSITION"}
	council := own(people("council-members.csv", person("Jonas J Tallow", "title", "", "note", ""),
		person("Herman H DeBerry Sr", "email", ""), person("Bryan J O'Neal", "partner", "Grandview")), "grandview")
	google := own(people("google-admin-users.csv", person("Nora Quist", "email", "nora.quist@city.example", "phone",
		"816-555-0161", "mobile", "816-555-0162", "title", "Crew Leader", "department", "Streets")), "raytown")
	google.absent = []string{"Ola Bergen"}
	entra := people("entra-users.csv", person("Anna Leigh", "title", "Planner", "phone", "816-555-0171", "mobile",
		"816-555-0172", "partner", "Raytown"))
	entra.absent = []string{"Bob Stone", "Scanner", "3+1"}
	calendar := meetings("legistar-calendar.csv", person("City Council", "start", "2026-12-08 18:00", "place",
		"Council Chambers, 10000 E 59th St", "state", "planned"), person("Park Board", "start", "2026-12-14 17:30"))
	calendar.absent = []string{"Board of Zoning Adjustment"}
	vendors := meetings("vendor-zones.ics", person("Evolution globally unique TZID", "start", "2020-04-26 07:00"),
		person("Lightning globally unique TZID", "start", "2020-04-26 13:00"),
		person("vendor prefix in front of a multi-part name", "start", "2020-04-26 12:00"))
	unzoned := func(file, name string) fileCase {
		c := meetings(file)
		c.absent, c.says = []string{name}, []string{"time zone that is not known"}
		return c
	}
	days := meetings("google-calendar.ics", person("Lockpicking evening", "start", "2024-09-24 11:00"),
		person("New Blueprint Reveal", "start", "2024-10-24 13:30", "note",
			"Discussing the proposed new changes to the "+
				"blueprint.\nOpportunity to provide feedback."))
	days.absent, days.says = []string{"Newline 2025"}, []string{"lasts the whole day"}
	taxis := units("taxi-vehicles.csv", person("VH-001", "name", "Skoda Octavia", "status", "active", "meter", ""),
		person("VH-005", "status", "retired"))
	taxis.absent = []string{"VH-004"}
	return []fileCase{dealer, own(people("company-contacts.csv", person("Jane Parke", "phone", "415-555-0142", "email",
		"jane.parke@outlook.example"), person("Wanda Walsh", "title", "Operations Manager")), "raytown"),
		council, own(people("board-by-year.csv", person("Eliza B. Mander", "title", "")), "raytown"),
		own(people("active-directory-lab.csv", person("Sara Jonsen", "department", "Sales", "title",
			"Account Executive")), "raytown"),
		own(people("iam-employees.csv", person("Ryan O'Bryan", "title", "Security Engineer", "email",
			"ryan.obryan@acme.example", "department", "Engineering")), "raytown"),
		google, entra, people("outlook-contacts.csv", person("Linda Torvik", "partner", "Grandview", "phone",
			"816-555-0181", "mobile", "816-555-0182", "title", "Maintainer", "email", "linda@grandview.example")),
		units("tool-checkout.csv", person("EQ-100", "name", "Cordless Drill", "status", "active", "yard", "Depot A")),
		units("heavy-vehicles.csv"), taxis,
		units("storm-equipment.csv", person("EQP-002", "name", "Incident Command Post Trailer", "status", "active")),
		calendar, vendors, days, unzoned("custom-zone.ics", "an event with a custom tz name"),
		unzoned("bad-zone.ics", "Court booking"), unzoned("exchange-invitation.ics", "Sprint 25 Daily Standup"),
		{file: "contracts.csv", kind: "agreements", key: "title"},
		{file: "legistar-legislation.csv", kind: "resolutions", key: "number",
			flags: []string{"--set", "partner=raytown", "--set", "status=passed"}},
		form("ms-forms-signup.csv", signup("Una Voss", "visit", halves(am9, pm10)), signup("Ivo Brandt", "host", am9)),
		form("google-forms-responses.csv", signup("Aarti Shaw", "both", halves(am9, pm9))),
		form("surveymonkey-condensed.csv", signup("Kit Marlow", "visit", halves(am9, am10)),
			signup("Lou Penn", "host", pm9))}
}

// TestFilesOfOthers takes cut-down files of two dozen public sources in, and again,
// and prints a score.
func TestFilesOfOthers(t *testing.T) {
	dir := filepath.Join("testdata", "public")
	o := newOffice(t)
	o.must("import", "events", o.file("event.csv", "name,date,until,state\nSpring,2027-03-09,2027-03-10,open\n"))
	var total score
	asked, refused := 0, 0
	cases := publicCases()
	for _, c := range cases {
		args := append([]string{"import", c.kind, filepath.Join(dir, c.file)}, c.flags...)
		told := o.run(args...)
		s := c.compare(t, o.records(c.kind))
		for _, part := range c.says {
			if !strings.Contains(told.out+told.err, part) {
				t.Logf("%s: %q is not told", c.file, part)
				s.untold++
			}
		}
		if again := o.run(args...); again.code != exitFailed && !strings.Contains(again.out, "0 added, 0 changed") {
			t.Logf("%s, the second time: %s%s", c.file, again.out, again.err)
			s.untold++
		}
		asked += strings.Count(told.err, "question")
		refused += strings.Count(told.out+told.err, "line ")
		if total.add(s); !s.clean() {
			t.Errorf("%s: %s\n%s%s", c.file, s, told.out, told.err)
		} else if testing.Verbose() {
			t.Logf("%s: %s%s", c.file, told.out, told.err)
		}
	}
	t.Logf("%d files: %s; %d lines told, %d files with questions", len(cases), total, refused, asked)
}
