package main

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// A fileCase is a file as an office wrote it, with what must come of it. The
// files stand beside the repository; where they are not, the test skips.
type fileCase struct {
	command []string // where it is not import KIND
	file    string
	kind    string
	before  []string    // files taken in first, each as "kind file flags"
	flags   []string    // of the import
	key     string      // the field by which a record is known
	want    []wanted    // records and what they say
	absent  []string    // keys that must not be there
	says    []string    // parts of what the import tells
	rows    int         // records there must be; 0 for any number
	again   string      // what a second import says; "" for nothing changed
	answer  [][2]string // what somebody answers to what is asked
}

// wanted is what a record says by field; "" wants the field empty.
type wanted struct {
	key string
	is  map[string]string
}

// score counts what came of the cells that the cases name.
type score struct{ right, wrong, lacking, extra, untold int }

func (s score) String() string {
	return fmt.Sprintf(
		"%d cells right, %d stored as something else, %d not stored, %d records too many, %d things not told",
		s.right, s.wrong, s.lacking, s.extra, s.untold)
}

func (s *score) add(o score) {
	s.right, s.wrong, s.lacking, s.extra, s.untold = s.right+o.right, s.wrong+o.wrong, s.lacking+o.lacking, s.extra+
		o.extra,
		s.untold+o.untold
}

func (s score) clean() bool { return s.wrong+s.lacking+s.extra+s.untold == 0 }

func casesDir(t *testing.T) string {
	dir, err := filepath.Abs("../../../shared/cases")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(dir); err == nil {
		return dir
	}
	if dir = filepath.Join(dir, "../../../shared/cases"); dir != "" {
		if _, err := os.Stat(dir); err == nil {
			return dir
		}
	}
	t.Skip("the files of offices are not beside the repository")
	return ""
}

// TestFilesAsOfficesWriteThem takes every file in by command and prints a score.
func TestFilesAsOfficesWriteThem(t *testing.T) {
	dir := casesDir(t)
	var total score
	for _, c := range slices.Concat(signupCases(), peopleCases(), otherCases()) {
		t.Run(c.file, func(t *testing.T) {
			s := c.run(t, dir)
			total.add(s)
			if !s.clean() {
				t.Errorf("%s", s)
			}
		})
	}
	t.Logf("score: %s", total)
}

func (c fileCase) run(t *testing.T, dir string) (s score) {
	o := newOffice(t)
	for _, b := range c.before {
		words := strings.Fields(b)
		o.must(append([]string{"import", words[0], filepath.Join(dir, words[1])}, words[2:]...)...)
	}
	command := c.command
	if command == nil {
		command = []string{"import", c.kind}
	}
	args := slices.Concat(command, []string{filepath.Join(dir, c.file)}, c.flags)
	for _, a := range c.answer {
		args = append(args, "--answer", a[0]+"="+a[1])
	}
	rehearsed := o.run(append(args, "--dry-run")...)
	told := o.run(args...)
	for _, part := range c.says {
		if !strings.Contains(told.out+told.err, part) {
			t.Logf("%q is not told in\n%s%s", part, told.out, told.err)
			s.untold++
		}
	}
	s.add(c.compare(t, o.records(c.kind)))
	if !s.clean() {
		t.Logf("told: %s%s", told.out, told.err)
		t.Logf("rehearsed: %s%s", rehearsed.out, rehearsed.err)
	}
	again := o.run(args...)
	if want := c.again; !strings.Contains(again.out+again.err, want) || want == "" &&
		!strings.Contains(again.out+again.err, "0 added, 0 changed") &&
		!strings.Contains(again.err, "no row could be taken") && told.code != exitFailed {
		t.Logf("the second time: %s%s", again.out, again.err)
		s.untold++
	}
	return s
}

func (c fileCase) compare(t *testing.T, have []map[string]any) (s score) {
	byKey := map[string]map[string]any{}
	for _, rec := range have {
		key, _, _ := strings.Cut(fmt.Sprint(rec[c.key]), " #")
		byKey[key] = rec
	}
	for _, w := range c.want {
		rec := byKey[w.key]
		for field, want := range w.is {
			got := ""
			if rec != nil && rec[field] != nil {
				got = strings.Trim(strings.ReplaceAll(fmt.Sprint(rec[field]), " 2027-", "; 2027-"), "[]")
			}
			switch {
			case rec != nil && got == want:
				s.right++
			case got == "":
				s.lacking++
				t.Logf("%s has no %s, want %q", w.key, field, want)
			default:
				s.wrong++
				t.Logf("%s has %s %q, want %q", w.key, field, got, want)
			}
		}
	}
	for _, key := range c.absent {
		if byKey[key] != nil {
			t.Logf("%s is stored: %v", key, byKey[key])
			s.wrong++
		}
	}
	if c.rows > 0 && len(have) != c.rows {
		t.Logf("%d records, want %d", len(have), c.rows)
		s.extra += max(len(have)-c.rows, 0)
		s.lacking += max(c.rows-len(have), 0)
	}
	return s
}

const (
	am9, pm9, am10, pm10 = "2027-03-09 AM", "2027-03-09 PM", "2027-03-10 AM", "2027-03-10 PM"
	allHalves            = ""
)

func halves(list ...string) string { return strings.Join(list, "; ") }

// signup is what a sign-up says; unsaid parts are not compared.
func signup(who, role, available string) wanted {
	return wanted{who, map[string]string{"role": role, "available": available}}
}

func signupCases() []fileCase {
	event := []string{"events signups/event.csv"}
	form := func(file string, want ...wanted) fileCase {
		return fileCase{file: "signups/" + file, kind: "signups", before: event, key: "person", want: want}
	}
	role := func(who, role string) wanted { return wanted{who, map[string]string{"role": role}} }
	grid := form("googleforms-grid.csv", signup("Pat Rowe", "visit", halves(am9, pm9, pm10)),
		wanted{"Sam Idle", map[string]string{"role": "host", "available": am9, "capacity": "2"}},
		signup("Jo Birch", "both", halves(pm9, am10)))
	boxes := form("google-checkboxes.csv", signup("Pat Rowe", "visit", am10),
		signup("Sam Idle", "host", halves(am9, pm9)))
	boxes.rows, boxes.says = 2, []string{"Pat Rowe", "answered again on line 4, which holds"}
	anonymous := form("msforms-anonymous.csv", signup("Pat Rowe", "visit", halves(am9, pm10)),
		signup("Sam Idle", "host", am9),
		signup("Jo Birch", "both", halves(pm9, am10)))
	monkey := form("surveymonkey-tworows.csv", signup("Pat Rowe", "visit", halves(am9, pm10)),
		signup("Sam Idle", "host", am9),
		signup("Jo Birch", "both", halves(pm9, am10)))
	anonymous.rows, monkey.rows = 3, 3
	words := form("role-words.csv", role("C1 Test", "host"), role("C2 Test", "host"), role("C5 Test", "host"),
		role("C9 Test", "host"),
		role("D1 Test", "host"), role("D2 Test", "host"), role("D5 Test", "visit"))
	wordings := form("role-wordings.csv", signup("A1 Test", "host", am9), signup("A2 Test", "host", am9),
		signup("A3 Test", "host", halves(am9, pm9)),
		signup("A4 Test", "visit", am9), signup("A5 Test", "host", am9), signup("A8 Test", "visit", allHalves),
		signup("B1 Test", "visit", allHalves),
		signup("B2 Test", "host", pm10), signup("B3 Test", "visit", am9),
		signup("B5 Test", "visit", halves(am9, pm9, am10)),
		signup("B4 Test", "visit", halves(am9, pm9, am10)), signup("B7 Test", "visit", am9))
	wordings.absent = []string{"A6 Test", "A7 Test", "A9 Test", "B6 Test"}
	wordings.says = []string{`"Mentor"`, `"Shadowee"`, `"Neither"`}
	avail := form("avail-words.csv", signup("E1 Test", "visit", halves(am9, pm10)), signup("E2 Test", "visit", pm10),
		signup("E3 Test", "visit", halves(am9, pm10)), signup("E4 Test", "visit", halves(am9, pm10)),
		signup("E5 Test", "visit", allHalves),
		signup("E6 Test", "visit", halves(am9, am10)), signup("E7 Test", "visit", halves(am9, pm9, am10)),
		signup("E8 Test", "visit", halves(am10, pm10)),
		signup("E9 Test", "visit", halves(am9, pm9)), signup("F1 Test", "visit", halves(am10, pm10)),
		signup("F4 Test", "visit", am9),
		signup("F6 Test", "visit", halves(am9, pm10)), signup("F7 Test", "visit", am9),
		signup("F8 Test", "visit", halves(am10, pm10)),
		signup("F9 Test", "visit", halves(am9, pm9)))
	avail.absent = []string{"F2 Test", "F3 Test", "F5 Test"}
	answered := avail
	answered.answer = [][2]string{{"None", "all day"}, {"Thursday March 11 AM", "March 10 AM"}, {"N/A", "all day"}}
	answered.absent = nil
	answered.want = append(slices.Clone(avail.want), signup("F2 Test", "visit", allHalves),
		signup("F5 Test", "visit", am10))
	return []fileCase{form("weekday.csv", signup("G1 Test", "visit", am9), signup("G2 Test", "visit", am9),
		signup("G5 Test", "visit", am9)),
		grid, boxes, anonymous, monkey, words, wordings, avail, answered}
}

func person(name string, pairs ...string) wanted {
	is := map[string]string{}
	for i := 0; i+1 < len(pairs); i += 2 {
		is[pairs[i]] = pairs[i+1]
	}
	return wanted{name, is}
}

func peopleCases() []fileCase {
	dir := func(file string, rows int, want ...wanted) fileCase {
		return fileCase{file: "people/" + file, kind: "people", key: "name", rows: rows, want: want}
	}
	last := dir("last-first.csv", 1, person("Pat Rowe", "email", "prowe@raytown.example", "partner", "Raytown"))
	chicago := dir("chicago-employees.csv", 10, person("Daniel P O Keefe", "title", "POLICE OFFICER", "partner",
		"Raytown", "department", "DEPARTMENT OF POLICE"),
		person("George Hobson III", "title", "SERGEANT"), person("Sam Brantley Jr", "title", "HOISTING ENGINEER"),
		person("Jo Anne E Stockard", "title", "SENIOR DATA ENTRY OPERATOR"),
		person("Niels G De Vries", "title", "PROJECT MANAGER"),
		person("Gerald M Mc Donnell", "title", "HOISTING ENGINEER"),
		person("Laura Ryan-Sharp", "title", "LIBRARY CLERK - HOURLY"))
	chicago.flags = []string{"--set", "partner=raytown"}
	baltimore := dir("baltimore-employees.csv", 7, person("Patricia G Arden", "title", "Facilities/Office Services II",
		"partner", "Raytown"),
		person("Stanley C Abel II", "title", "PARAMEDIC CRT"),
		person("Bernard A Adolph Jr.", "title", "ELECTRICAL MAINTENANCE TECH II"),
		person("Naim A Abu-Harim", "title", "EMT Firefighter Suppression"))
	baltimore.flags = chicago.flags
	outlook := dir("dir-outlook.csv", 2, person("Pat L. Rowe Jr.", "partner", "Raytown", "phone", "(816) 555-0142 x123",
		"email", "prowe@raytown.example",
		"title", "Permit Technician"), person("Sam Idle", "partner", "Lee's Summit", "phone", "816.555.0155 ext. 7",
		"mobile", "816-555-0199"))
	google := dir("dir-google.csv", 1, person("Pat Rowe", "partner", "Grandview", "phone", "816-555-0142", "email",
		"prowe@grandview.example", "title", "Permit Technician"))
	google.flags = []string{"--set", "partner=grandview"}
	it := dir("shared-it.csv", 5, person("Pat Rowe", "partner", "Raytown", "phone", "816-555-0142", "title",
		"IT Director"),
		person("Sam Idle", "partner", "Lee's Summit", "phone", "816-555-0155 ext. 7"),
		person("Jo Birch", "partner", "Independence"),
		person("Lee Ash", "partner", "Mid-America Regional Council", "phone", "816-555-0199"),
		person("Tess Wynn", "partner", "Blue Springs"))
	it.says, it.absent = []string{`"KCMO"`}, []string{"Kim Fox"}
	lee := dir("dir-lee-summit-like.csv", 3, person("Pat Rowe", "title", "City Manager", "phone", "816-969-1010",
		"partner", "Lee's Summit"),
		person("Sam Idle", "title", "Assistant City Manager (Interim)", "phone", "x1011"),
		person("Mary Jo O'Brien-Smith", "title", "Administrative Asst. II"))
	lee.flags, lee.says = []string{"--set", "partner=Lee's Summit"}, []string{"Vacant"}
	mixed := dir("office-mixed.csv", 40, person("Kay O’Brien", "partner", "Lee's Summit", "phone", ""),
		person("Ann Núñez", "partner", "Independence", "email", ""), person("Gina Lee", "partner", "Raytown"))
	trailing := dir("trailing-headings.csv", 0)
	trailing.says, trailing.absent = []string{"empty heading"}, []string{"Pat Rowe", "Sam Idle"}
	emoji := dir("emoji-people.csv", 15)
	html := dir("html-as.xls", 1, person("Pat Rowe", "partner", "Raytown"))
	html.says = []string{"read from a web page under another name"}
	return []fileCase{last, chicago, baltimore, outlook, google, it, lee, mixed, trailing, emoji, html}
}

func otherCases() []fileCase {
	fema := fileCase{file: "fleet/fema-2023-shape.csv", kind: "rates", key: "cost_code", rows: 4,
		want: []wanted{person("8010", "schedule_year", "2023", "rate", "1.78", "per", "hour")}}
	fema.command = []string{"rates", "import"}
	workbook := fema
	workbook.file, workbook.rows, workbook.flags = "fleet/fema-2023.xlsx", 1, []string{"--year", "2023"}
	faster := fileCase{file: "fleet/fleet-faster.csv", kind: "equipment", key: "tag",
		flags: []string{"--set", "owner=raytown"},
		want: []wanted{person("1204", "name", "TRUCK, DUMP, SINGLE AXLE 5 YD", "meter", "41213", "status", "active",
			"serial", "1HTWDAAR0GH000001"),
			person("1310", "status", "out of service"), person("0099", "shareable", "false")},
		says: []string{"line 3 is about the same unit"}}
	seattle := fileCase{file: "fleet/seattle-fleet.csv", kind: "equipment", key: "tag", rows: 8,
		flags: []string{"--set", "owner=raytown"},
		want:  []wanted{person("01035", "name", "SUBCOMPACT SEDAN TRAINING", "year", "2000")}}
	register := fileCase{file: "agreements/contract-register.csv", kind: "agreements", key: "title", rows: 3,
		want: []wanted{person("Mutual Aid - Snow Removal Equipment", "status", "signed", "parties",
			"Raytown Independence", "effective", "2019-07-01"),
			person("Fuel Purchasing Cooperative", "status", "signed", "expires", ""),
			person("Co-Responder Program", "status", "signed", "other_parties", "Jackson County")}}
	needs := fileCase{file: "buying/needs-survey.csv", kind: "needs", key: "partner", rows: 2, want: []wanted{
		person("Raytown", "item", "Bulk road salt", "quantity", "1100", "unit", "ton", "baseline", "74.1",
			"baseline_source", "Central Salt"),
		person("Grandview", "item", "Bulk road salt", "quantity", "900", "unit", "ton", "baseline", "74.1")}}
	lots := fileCase{file: "buying/bid-tab.csv", kind: "solicitations", key: "title", rows: 2,
		flags: []string{"--set", "lead=raytown"}, want: []wanted{
			person(tabulated+": Bulk deicing salt, delivered", "estimate", "3000", "unit", "ton", "state", "opened",
				"due", "2026-04-06 14:00"),
			person(tabulated+": Optional spring quantity", "estimate", "1000", "unit", "ton")}}
	return []fileCase{fema, workbook, faster, seattle, register, needs, lots}
}

// tabulated is what the tabulation among the cases is of.
const tabulated = "Bid No. B09021 Road Salt (Cooperative)"

// TestBidsAsCitiesPostThem: a tabulation gives each vendor's price of each lot, and a list of results flat prices; a
// late bid is not read, and who bid nothing bid nothing. The first bid recorded opens the solicitation.
func TestBidsAsCitiesPostThem(t *testing.T) {
	dir := casesDir(t)
	o := newOffice(t)
	file := filepath.Join(dir, "buying/bid-tab.csv")
	o.must("import", "solicitations", file, "--set", "lead=raytown")
	o.must("import", "bids", file)
	salt := o.file("salt.csv",
		"title,lead,participants,unit,due,state\nRoad salt B09021,Raytown,Raytown | 1100 | yes; "+
			"Grandview | 900 | yes,ton,2026-04-06 2:00 pm,issued\n")
	o.must("import", "solicitations", salt)
	if told := o.run("import", "bids", filepath.Join(dir, "buying/bid-results.csv")); !strings.Contains(told.out+
		told.err,
		"the bid came after the opening on Mon Apr 6, 2026") {
		t.Errorf("the late one: %s%s", told.out, told.err)
	}
	var got []string
	for _, b := range o.records("bids") {
		price := b["tiers"].([]any)[0].(map[string]any)
		got = append(got, fmt.Sprint(b["solicitation"], " ", b["vendor"], " ", price["from"], " | ", price["price"]))
	}
	first, second := tabulated+": Bulk deicing salt, delivered #1 ", tabulated+": Optional spring quantity #2 "
	want := []string{first + "Central Salt 1 | 41.64", first + "Independent Salt 1 | 52.45",
		first + "Cargill Salt 1 | 55.49", second + "Central Salt 1 | 41.64", second + "Independent Salt 1 | 52.45",
		"Road salt B09021 #3 Central Salt 1 | 41.64", "Road salt B09021 #3 Independent Salt 1 | 52.45"}
	if !slices.Equal(got, want) {
		t.Errorf("\n got %s\nwant %s", strings.Join(got, "\n     "), strings.Join(want, "\n     "))
	}
	for _, s := range o.records("solicitations") {
		if s["state"] != "opened" {
			t.Errorf("%s is %s", s["title"], s["state"])
		}
	}
}
