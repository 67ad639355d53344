package main

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/text/encoding/charmap"

	"interlocal/model/exchange"
)

// A messy directory is a staff list as an office keeps it.
type messy struct {
	name    string
	comma   rune
	windows bool // Windows-1252 instead of UTF-8 with a byte-order mark
	rows    int
}

// wrong says what is the matter with row i; "" for a good row. A tenth is wrong.
func wrong(i int) string {
	if i%10 != 7 {
		return ""
	}
	return []string{"city", "mail", "role", "name", "left"}[i/10%5]
}

// cells is row i. Columns stand in an order of their own, beside unknown ones.
func (m messy) cells(i int) []string {
	cities := []string{"RAYTOWN", "raytown", " Blue  Springs", "Lee’s Summit", "lee's summit", "Independence",
		"grandview", "marc"}
	row := []string{
		fmt.Sprintf("E%05d", i), fmt.Sprintf("José Núñez-%d", i), cities[i%len(cities)],
		fmt.Sprintf("person%d@city.example", i), fmt.Sprintf("(816) 555-%04d", i%10000),
		"Streets; \"North\"\r\nand Parks", []string{"", "IT lead", "fleet lead; liaison"}[i%3], "no",
	}
	switch wrong(i) {
	case "city":
		row[2] = "Atlantis"
	case "mail":
		row[3] = "not an address"
	case "role":
		row[6] = "emperor"
	case "name":
		row[1] = ""
	case "left":
		row[7] = "perhaps"
	}
	return row
}

func (m messy) bytes(t *testing.T) []byte {
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	w.Comma, w.UseCRLF = m.comma, true
	put := func(row []string) {
		if err := w.Write(row); err != nil {
			t.Fatal(err)
		}
	}
	put([]string{"Badge No.", "Full Name", "City", "E-Mail Address", "Work Phone", "Dept", "Contact for",
		"Left service"})
	for i := range m.rows {
		put(m.cells(i))
		if i%50 == 3 {
			w.Flush()
			b.WriteString(strings.Repeat(string(m.comma), 7) + "\r\n\r\n") // blank lines
		}
		if i%100 == 5 {
			put(m.cells(i)) // a duplicate
		}
	}
	w.Flush()
	if !m.windows {
		return append([]byte("\xef\xbb\xbf"), b.Bytes()...)
	}
	out, err := charmap.Windows1252.NewEncoder().Bytes(b.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestAMessyDirectoryComesIn(t *testing.T) {
	rows := 2000
	if testing.Short() {
		rows = 500
	}
	for _, m := range []messy{
		{"commas.csv", ',', false, rows}, {"semicolons.csv", ';', true, 300}, {"tabs.txt", '\t', true, 300},
		{"tabs.tsv", '\t', false, 300},
	} {
		t.Run(m.name, func(t *testing.T) {
			o := newOffice(t)
			path := filepath.Join(o.home, m.name)
			if err := os.WriteFile(path, m.bytes(t), 0o600); err != nil {
				t.Fatal(err)
			}
			bad := m.rows / 25 // a wrong address, role or yes costs the cell alone
			good := m.rows - bad
			s := o.run("import", "people", path, "--dry-run", "--json")
			s.wants(t, exitPartly)
			var r exchange.Report
			if err := json.Unmarshal([]byte(s.out), &r); err != nil {
				t.Fatal(err)
			}
			if r.Add != good || r.Bad != bad || r.Change != 0 || r.Duplicate != (m.rows+94)/100 {
				t.Errorf("the rehearsal says %d to add, %d bad, %d to change, %d duplicates", r.Add, r.Bad, r.Change,
					r.Duplicate)
			}
			if n := len(o.records("people")); n != 0 {
				t.Fatalf("the rehearsal added %d people", n)
			}
			report := filepath.Join(o.home, "wrong.csv")
			o.run("import", "people", path, "--report", report).wants(t, exitPartly, fmt.Sprintf("%d added", good))
			people := o.records("people")
			if len(people) != good {
				t.Fatalf("%d people came in, want %d", len(people), good)
			}
			if p := people[0]; p["name"] != "José Núñez-0" || p["partner"] != "Raytown" || p["department"] == nil {
				t.Errorf("the first is %v", p)
			}
			checkReport(t, report, m)
			before := o.must("list", "people", "--json")
			o.run("import", "people", path).wants(t, exitPartly, "0 added, 0 changed")
			if o.must("list", "people", "--json") != before {
				t.Error("a second import changed something")
			}
			o.run("check").wants(t, exitDone, "sound")
			o.must("undo")
			if n := len(o.records("people")); n != 0 {
				t.Errorf("one undo leaves %d people", n)
			}
		})
	}
}

// checkReport wants every wrong cell named with its line, column, value and
// reason.
func checkReport(t *testing.T, path string, m messy) {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(string(b), "\ufeff"))).ReadAll()
	if err != nil || len(rows) < 2 || strings.Join(rows[0], ",") != "line,column,value,reason" {
		t.Fatalf("the report is %v, %v", rows, err)
	}
	lines := map[string][]string{}
	for _, row := range rows[1:] {
		lines[row[0]] = row
	}
	if len(lines) != m.rows/10 {
		t.Errorf("the report names %d rows, want %d", len(lines), m.rows/10)
	}
	columns := map[string]string{"city": "City", "mail": "E-Mail Address", "role": "Contact for",
		"left": "Left service", "name": "Full Name"}
	line := 2 // of row 0; each row takes two lines, since a cell has a line break
	for i := range m.rows {
		if what := wrong(i); what != "" {
			row := lines[fmt.Sprint(line)]
			if row == nil || row[1] != columns[what] || row[3] == "" || what == "city" && row[2] != "Atlantis" {
				t.Fatalf("row %d (%s, line %d) is reported as %v", i, what, line, row)
			}
		}
		line += 2
		if i%50 == 3 {
			line += 2
		}
		if i%100 == 5 {
			line += 2
		}
	}
}

func TestAHeadingIsAskedAboutOnce(t *testing.T) {
	o := newOffice(t)
	path := o.file("staff.csv", "name,partner,Zimmer\nDana Reyes,Raytown,816-555-0142\n")
	o.run("import", "people", path, "--dry-run").wants(t, exitDone, "columns left out: Zimmer")
	o.term = Terminal{In: true, Err: true}
	o.feed("hat\nphone\n", "import", "people", path).wants(t, exitDone, "Zimmer (such as", "no field", "1 added")
	if p := o.records("people")[0]; p["phone"] != "816-555-0142" {
		t.Errorf("the phone is %v", p["phone"])
	}
	if s := o.run("import", "people", path); strings.Contains(s.err, "Zimmer") {
		t.Errorf("it is asked again: %s", s.err)
	}
}

func TestMapSaysWhatAHeadingStandsFor(t *testing.T) {
	o := newOffice(t)
	o.feed("Who,Where,What\nDana Reyes,Raytown,x\n", "import", "people", "-", "--map", "Who=name", "--map",
		"Where=partner", "--map", "What=-").
		wants(t, exitDone, "1 added")
}

func TestAFileThatComesBackIsMerged(t *testing.T) {
	o := newOffice(t)
	o.feed("name,partner,title,phone\nDana Reyes,Raytown,Clerk,816-555-0001\nLee Ash,Raytown,Clerk,816-555-0002\n",
		"import", "people", "-").wants(t, exitDone)
	sent := o.must("export", "people", "--format", "csv")
	o.feed("name,partner,phone\nDana Reyes,Raytown,816-555-0009\nLee Ash,Raytown,816-555-0008\n", "import", "people",
		"-").wants(t, exitDone, "2 changed")
	back := strings.Replace(sent, "Clerk", "City clerk", 1)         // Dana's title: nobody else changed it
	back = strings.Replace(back, "816-555-0002", "816-555-0003", 1) // Lee's phone: changed here as well
	o.feed(back, "import", "people", "-").wants(t, exitPartly, "1 changed", "1 left out", "line 3", "Phone")
	people := o.records("people", "--sort", "name")
	if d := people[0]; d["title"] != "City clerk" || d["phone"] != "816-555-0009" {
		t.Errorf("Dana is %v", d)
	}
	if l := people[1]; l["title"] != "Clerk" || l["phone"] != "816-555-0008" {
		t.Errorf("Lee is %v", l)
	}
}

func TestHostileCellsAreMadeSafe(t *testing.T) {
	o := newOffice(t)
	row := "\x1b]0;owned\x07Eve\u202e\u009b31m,Raytown,=HYPERLINK(\"x\")\n"
	o.feed("name,partner,title\n"+row, "import", "people", "-").wants(t, exitDone, "1 added")
	for _, args := range []string{"list people", "list people --json", "export people", "report directory",
		"history people 1"} {
		s := o.run(strings.Fields(args)...)
		if s.code != exitDone || strings.ContainsAny(s.out, "\x1b\x07\u202e\u009b") {
			t.Errorf("%s: exit %d, %q", args, s.code, s.out)
		}
	}
	if out := o.must("export", "people"); !strings.Contains(out, `'=HYPERLINK`) {
		t.Errorf("a formula went out: %s", out)
	}
}

// A file with cells under an empty heading is refused before anything is stored,
// until it is said what they are.
func TestCellsUnderAnEmptyHeadingRefuseTheFile(t *testing.T) {
	o := newOffice(t)
	path := o.file("trailing.csv",
		"Name,City,Title,,\nPat Rowe,Raytown,Clerk,816-555-0142,\nSam Idle,Raytown,Clerk,,\n")
	o.run("import", "people", path).wants(t, exitFailed, "line 2", "816-555-0142", "under an empty heading (column 4)")
	if got := o.records("people"); len(got) != 0 {
		t.Errorf("%d people were stored", len(got))
	}
	o.run("import", "people", path, "--map", "column 4=phone").wants(t, exitDone, "2 added")
}

// A weekday before a comma makes no whole day, and who cannot host is no host.
func TestSignupsSayWhatTheirFormSays(t *testing.T) {
	o := newOffice(t)
	o.must("import", "events", o.file("event.csv", "name,date,until,place,state\nSpring,2027-03-09,2027-03-10,City "+
		"Hall,open\n"))
	path := o.file("signups.csv", "Full Name,City,Email,Role,Availability\nG One,Raytown,g1@r.example,Visit (cannot "+
		"host),\"Tuesday, March 9 AM\"\n"+
		"G Two,Raytown,g2@r.example,Cannot host,AM\n")
	o.run("import", "signups", path).wants(t, exitPartly, "Cannot host")
	got := o.records("signups")
	if len(got) != 1 || got[0]["role"] != "visit" || fmt.Sprint(got[0]["available"]) != "[2027-03-09 AM]" {
		t.Errorf("%v", got)
	}
}
