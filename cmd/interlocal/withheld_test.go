package main

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// What must not come in is planted under headings that say so, and where nothing
// does: beneath notes and names, in rows that are refused, beyond the headings.
// It is found in no record, message, report, rejected row or file of the store.
func TestWhatMustNotComeIn(t *testing.T) {
	planted := []string{"123-45-6789", "987 65 4321", "987-65-4320", "03/04/1971", "1971-03-05", "417 Maple",
		"54,321.10", "diabet", "hunter2", "816-555-7777"}
	file := "Name,City,Title,Phone,E-mail,Note,SSN,Date of Birth,Home Address,Annual Salary,Medical " +
		"Conditions,Password,Home Phone\n" +
		"Pat Rowe,Raytown,Clerk,816-555-0142,prowe@raytown.example,see file,123-45-6789,03/04/1971,417 " +
		"Maple,\"54,321.10\",diabetes,hunter2,816-555-7777\n" +
		"Sam Idle,Raytown,Clerk,816-555-0143,sidle@raytown.example,SSN 987 65 4321,123-45-6789,03/04/1971,417 " +
		"Maple,\"54,321.10\",diabetes,hunter2,\n" +
		"Jo Birch,Atlantis,Clerk,816-555-0144,jo,DOB 1971-03-05,123-45-6789,03/04/1971,417 " +
		"Maple,\"54,321.10\",diabetes,hunter2,\n" +
		"987-65-4320,Raytown,Clerk,987-65-4320,987-65-4320,987-65-4320,,,,,,,\n" +
		"Kim Ash,Raytown,Clerk,,,,,,,,,,,987-65-4320\n"
	json := `[{"name":"Lee Ito","partner":"Raytown","ssn":"123-45-6789","note":"born 1971-03-05","date_of_birth":"03/04/1971","salary":"54,321.10"}]`
	o := newOffice(t)
	var told []string
	tell := func(s said) { told = append(told, s.out, s.err) }
	path, elsewhere := o.file("staff.csv", file), t.TempDir()
	for _, flags := range [][]string{{"--dry-run"}, {"--dry-run", "--json"},
		{"--report", filepath.Join(elsewhere, "report.csv"), "--rejects", filepath.Join(elsewhere, "rejects.csv")},
		{}} {
		tell(o.run(append([]string{"import", "people", path}, flags...)...))
	}
	tell(o.run("import", "people", o.file("staff.json", json)))
	tell(o.run("import", "people", o.file("staff.xls", "<table><tr><th>Name<th>City<th colspan=2>Home<th>SSN<tr><th>"+
		"<th><th>Phone<th>Street<th><tr><td>Mo Vale<td>Raytown<td>816-555-7777<td>417 Maple<td>123-45-6789</table>")))
	tell(o.run("import", "meetings", o.file("city.ics", "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20270401T180000\n"+
		"SUMMARY:Hearing\nDESCRIPTION:SSN 987 65 4321\nEND:VEVENT\nBEGIN:VEVENT\nSUMMARY:987-65-4320\nEND:VEVENT\n"+
		"END:VCALENDAR\n")))
	people := o.must("list", "people", "--json")
	told = append(told, people, o.must("export", "all", "--format", "json"))
	for _, name := range []string{"Pat Rowe", "Sam Idle", "Lee Ito", "Mo Vale"} {
		if !strings.Contains(people, name) {
			t.Errorf("%s did not come in: %s", name, people)
		}
	}
	for _, name := range []string{"staff.csv", "staff.json", "staff.xls", "city.ics"} {
		_ = os.Remove(filepath.Join(o.home, name))
	}
	for _, dir := range []string{o.home, elsewhere} {
		err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			b, err := os.ReadFile(path)
			told = append(told, string(b))
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	for _, secret := range planted {
		for _, text := range told {
			if at := bytes.Index([]byte(text), []byte(secret)); at >= 0 {
				t.Errorf("%s is found in %q", secret, text[max(at-80, 0):min(at+40, len(text))])
			}
		}
	}
}

// Rows that were left out come back in once they are mended, and answers are
// kept for the next file.
func TestRejectsComeBackAndAnswersAreKept(t *testing.T) {
	o := newOffice(t)
	path := o.file("staff.csv", "Full Name,City,Work Phone\nPat Rowe,Raytown,x1\nSam Idle,Atlantis,816-555-0143\nJo "+
		"Birch,Atlantis,816-555-0144\n")
	rejects := filepath.Join(o.home, "rejects.csv")
	o.run("import", "people", path, "--rejects", rejects).wants(t, exitPartly, "1 added", `"Atlantis"`, "2 rows",
		"the cell is left empty", "1 question")
	o.run("import", "people", rejects, "--answer", "Atlantis=Grandview").wants(t, exitDone, "2 added")
	o.run("import", "people", path).wants(t, exitDone, "0 added, 0 changed, 3 the same")
	for _, p := range o.records("people", "--sort", "name")[:1] {
		if p["name"] != "Jo Birch" || p["partner"] != "Grandview" || p["phone"] != "816-555-0144" {
			t.Errorf("%v", p)
		}
	}
	o.run("import", "people", o.file("more.csv", "Full Name\nKim Ash\n"), "--set", "partner=raytown", "--dry-run").
		wants(t, exitDone, `"raytown" (1 row) will be stored as Raytown`)
}
