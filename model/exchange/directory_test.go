package exchange

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"golang.org/x/text/encoding/charmap"

	"interlocal/model/exchange/export"
	"interlocal/model/exchange/spreadsheet"
	"interlocal/model/partnership"
)

// office says how an office would write its staff directory.
type office struct {
	name      string
	separator string
	lineEnd   string
	mark      bool
	win1252   bool
	title     bool // lines of title above the headings
}

// directory is a staff directory as offices really write it, with what is
// expected of it.
type directory struct {
	file            []byte
	add, dup, bad   int
	lost            []spreadsheet.Fault // cells that cost themselves alone
	faults          []spreadsheet.Fault // line, column and value expected, in order
	blankInBetween  int
	ignoredHeadings []string
}

// writeDirectory makes a directory of n rows: columns in another order and
// unknown ones, names in two columns, partners in any case, quoted line
// breaks, blank lines, repeated rows, and every tenth row wrong in one of
// several ways.
func writeDirectory(o office, n int) directory {
	d := directory{ignoredHeadings: []string{"Badge", "Shoe size"}}
	var b strings.Builder
	line := 1
	put := func(cells ...string) {
		for i, c := range cells {
			if i > 0 {
				b.WriteString(o.separator)
			}
			if strings.ContainsAny(c, "\"\n\r"+o.separator) {
				c = `"` + strings.ReplaceAll(c, `"`, `""`) + `"`
			}
			b.WriteString(c)
			line += strings.Count(c, "\n")
		}
		b.WriteString(o.lineEnd)
		line++
	}
	if o.title {
		put("Staff Directory")
		put("")
	}
	put("Badge", "Last Name", "First Name", "Job Title", "Dept.", "Organization", "Work Phone", "E-Mail Address",
		"Responsibilities", "Cell", "Shoe size")
	cities := []string{"Raytown", "RAYTOWN", "raytown", "City of Raytown", "Blue Springs", "blue  springs",
		"Lee’s Summit", "LEE'S SUMMIT", "Independence", "marc"}
	for i := range n {
		at := line
		row := []string{
			fmt.Sprint(1000 + i), "Núñez", fmt.Sprintf("José %d", i), "Street Superintendent", "Public Works",
			cities[i%len(cities)], fmt.Sprintf("(816) 555-%04d", i), fmt.Sprintf("staff%d@city.example", i),
			"Snow routes\nPavement, \"overlay\"; sidewalks", "", "9½",
		}
		switch {
		case i%10 == 3:
			d.fault(at, row, i/10)
		case i%25 == 24:
			// A repetition of the row before the last, with other capitals.
			d.dup++
			row[2], row[7] = strings.ToUpper(fmt.Sprintf("José %d", i-2)), strings.ToUpper(
				fmt.Sprintf("staff%d@city.example", i-2))
			row[5], row[6] = cities[(i-2)%len(cities)], fmt.Sprintf("(816) 555-%04d", i-2)
		default:
			d.add++
		}
		put(row...)
		if i%40 == 0 {
			put("", "", "")
			put()
			d.blankInBetween += 2
		}
	}
	d.file = encodeAs(o, b.String())
	return d
}

// fault spoils a row and notes what a report should say.
func (d *directory) fault(line int, row []string, n int) {
	column := []int{5, 6, 7, 2}[n%4]
	value := []string{"Raytwon", "n/a", "josé at city", ""}[n%4]
	heading := []string{"Organization", "Work Phone", "E-Mail Address", "First Name"}[n%4]
	row[column] = value
	if column == 2 {
		row[1] = ""
	}
	f := spreadsheet.Fault{Line: line, Column: heading, Value: value}
	switch n % 4 {
	case 1: // what says nothing is no fault
		d.add++
	case 2: // costs the cell, not the row
		d.add++
		d.lost = append(d.lost, f)
	default:
		d.bad++
		d.faults = append(d.faults, f)
	}
}

func encodeAs(o office, s string) []byte {
	if o.win1252 {
		out, err := charmap.Windows1252.NewEncoder().String(s)
		if err != nil {
			panic(err)
		}
		return []byte(out)
	}
	if o.mark {
		s = export.ByteOrderMark + s
	}
	return []byte(s)
}

func TestStaffDirectoriesAsOfficesWriteThem(t *testing.T) {
	for _, o := range []office{
		{name: "Excel on Windows", separator: ",", lineEnd: "\r\n", mark: true},
		{name: "Excel of another country", separator: ";", lineEnd: "\r\n", win1252: true},
		{name: "a payroll system", separator: "\t", lineEnd: "\n", title: true},
		{name: "an old database", separator: "|", lineEnd: "\r\n", win1252: true, title: true},
	} {
		t.Run(o.name, func(t *testing.T) {
			d := writeDirectory(o, 2000)
			m := newMemory()
			addPartners(m)
			p := m.plan(t, "people", "staff.txt", d.file)
			counts(t, p, d.add, 0, 0, d.dup, d.bad)
			if got := fmt.Sprint(p.Ignored); got != fmt.Sprint(d.ignoredHeadings) {
				t.Errorf("left out %v", got)
			}
			checkFaults(t, p.Faults, d.faults)
			checkFaults(t, p.Warnings, d.lost)
			checkPerson(t, p.Rows[0].Mine.(*partnership.Person))

			m.apply("people", p, noRevs)
			again := m.plan(t, "people", "staff.txt", d.file)
			counts(t, again, 0, 0, d.add, d.dup, d.bad)
		})
	}
}

func checkFaults(t *testing.T, got, want []spreadsheet.Fault) {
	t.Helper()
	if len(got) != len(want) {
		t.Fatalf("%d faults, want %d", len(got), len(want))
	}
	for i, f := range got {
		// A name in two columns is reported under the first of them.
		if f.Line != want[i].Line || f.Column != want[i].Column || f.Value != want[i].Value || f.Reason == "" {
			t.Fatalf("fault %d is %+v, want %+v", i, f, want[i])
		}
	}
}

func checkPerson(t *testing.T, p *partnership.Person) {
	t.Helper()
	if p.Name != "José 0 Núñez" || p.Partner != 5 || p.Phone != "816-555-0000" || p.Email != "staff0@city.example" ||
		len(p.Duties) != 3 || p.Duties[1] != `Pavement, "overlay"` || p.Title != "Street Superintendent" ||
		p.Department != "Public Works" {
		t.Errorf("%+v", p)
	}
}

func TestAReportNamesLineColumnValueAndReason(t *testing.T) {
	d := writeDirectory(office{separator: ",", lineEnd: "\r\n"}, 50)
	m := newMemory()
	addPartners(m)
	r := m.plan(t, "people", "staff.csv", d.file).Report()
	var text, js, csv bytes.Buffer
	if err := r.WriteText(&text); err != nil {
		t.Fatal(err)
	}
	if err := r.WriteJSON(&js); err != nil {
		t.Fatal(err)
	}
	if err := r.WriteCSV(&csv, export.Options{Pipe: true}); err != nil {
		t.Fatal(err)
	}
	wantText := `staff.csv: 50 rows for people: 45 to add, 0 to change, 0 the same, 2 duplicates, 3 wrong and left out
columns left out: Badge, Shoe size
line 10, "Organization": no partner called "Raytwon" (did you mean Raytown?) (2 rows)
line 70, "First Name": Name is needed
line 52 repeats line 48
line 104 repeats line 100
warning: line 50, "E-Mail Address": "josé at city" is not an e-mail address (name@city.example); the cell is left empty
`
	if text.String() != wantText {
		t.Errorf("text:\n%s\nwant:\n%s", text.String(), wantText)
	}
	wantCSV := `line,column,value,reason
10,Organization,Raytwon,"no partner called ""Raytwon"" (did you mean Raytown?)"
50,E-Mail Address,josé at city,"""josé at city"" is not an e-mail address (name@city.example); the cell is left empty"
70,First Name,,Name is needed
92,Organization,Raytwon,"no partner called ""Raytwon"" (did you mean Raytown?)"
`
	if csv.String() != wantCSV {
		t.Errorf("CSV:\n%s\nwant:\n%s", csv.String(), wantCSV)
	}
	for _, want := range []string{`"add": 45`, `"bad": 3`, `"line": 10`, `"column": "Organization"`,
		`"value": "Raytwon"`, `"suggestion": "Raytown"`, `"first": 48`} {
		if !strings.Contains(js.String(), want) {
			t.Errorf("JSON lacks %s:\n%s", want, js.String())
		}
	}
}
