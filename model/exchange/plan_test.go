package exchange

import (
	"bytes"
	"errors"
	"slices"
	"strings"
	"testing"

	"interlocal/model/exchange/export"
	"interlocal/model/exchange/spreadsheet"
	"interlocal/model/failure"
	"interlocal/model/field"
	"interlocal/model/partnership"
)

func person(name, title, email, phone string) *partnership.Person {
	return &partnership.Person{Partner: 5, Name: name, Title: title, Email: email, Phone: phone}
}

// desk is a reader with the partners and these people.
func desk(people ...*partnership.Person) *memory {
	m := newMemory()
	addPartners(m)
	for _, p := range people {
		m.put("people", p)
	}
	return m
}

func columnNames(cols []*field.Column) string {
	var names []string
	for _, c := range cols {
		names = append(names, c.Name)
	}
	return strings.Join(names, " ")
}

// A plan that is called off ends within some rows, at whatever it is.
func TestAPlanIsCalledOff(t *testing.T) {
	m, off := desk(), failure.New(failure.Unusable, "called off")
	file := "Name,City\n" + strings.Repeat("Al Fox,Raytown\nBo Elm,Raytown\n", 500)
	s, err := spreadsheet.Read(strings.NewReader(file), "a.csv", spreadsheet.ReadOptions{})
	if err != nil {
		t.Fatal(err)
	}
	k := m.Schema().Kind("people")
	for _, after := range []int{0, 3, 20, 40} {
		asked := 0
		_, err := NewPlan(s, spreadsheet.Map(k, s.Headings, nil), k, field.NewEnv(m, 0),
			PlanOptions{Stop: func() error {
				if asked++; asked > after {
					return off
				}
				return nil
			}})
		if !errors.Is(err, off) || asked != after+1 {
			t.Errorf("called off at the %dth time: %v, asked %d times", after+1, err, asked)
		}
	}
}

func TestARepetitionThatSaysOtherwiseIsNamed(t *testing.T) {
	m := desk()
	p := m.plan(t, "people", "a.csv", []byte("Name,City,Title,Phone\nAl Fox,Raytown,Clerk,816-555-0001\nAl "+
		"Fox,Raytown,Clerk,816-555-0002\n"))
	counts(t, p, 1, 0, 0, 0, 1)
	if f := p.Faults[0]; f.Line != 3 || f.Column != "Phone" || !strings.Contains(f.Reason, "line 2") {
		t.Errorf("the report says %v", f)
	}
}

func TestARowIsRecognisedByWhatItSays(t *testing.T) {
	dana := person("Dana Reyes", "Clerk", "dana@raytown.example", "816-555-0100")
	for name, c := range map[string]struct {
		file string
		want []int // add, change, same, duplicate, bad
	}{
		"e-mail and name": {"Name,City,E-mail,Phone\nDANA " +
			"REYES,Raytown,Dana@Raytown.example,816-555-0111\n", []int{0, 1, 0, 0, 0}},
		"nothing new": {"Name,City,E-mail,Phone\nDana Reyes,raytown,dana@raytown.example,(816) " +
			"555-0100\n", []int{0, 0, 1, 0, 0}},
		"city, name and title": {"Name,City,Title,Phone\nDana Reyes,Raytown,clerk,816-555-0111\n",
			[]int{0, 1, 0, 0, 0}},
		"a new e-mail": {"Name,City,Title,E-mail\nDana Reyes,Raytown,Clerk,reyes@raytown.example\n",
			[]int{0, 1, 0, 0, 0}},
		"no title in the file": {"Name,City,Phone\nDana Reyes,Raytown,816-555-0111\n", []int{0, 1, 0, 0, 0}},
		"a blank title": {"Name,City,Title,Phone\nDana Reyes,Raytown,,816-555-0111\n",
			[]int{0, 1, 0, 0, 0}},
		// asked
		"another title": {"Name,City,Title\nDana Reyes,Raytown,Fire Chief\n", []int{0, 0, 0, 0, 1}},
		"another city":  {"Name,City,Title\nDana Reyes,Grandview,Clerk\n", []int{1, 0, 0, 0, 0}},
		// asked
		"another person of that address": {"Name,City,Title,E-mail\nAl Fox,Raytown,Clerk,dana@raytown.example\n",
			[]int{0, 0, 0, 0, 1}},
		"twice": {"Name,City,Title\nDana Reyes,Raytown,Clerk\nDana Reyes,Raytown,Clerk\n",
			[]int{0, 0, 1, 1, 0}},
		"twice and new": {"Name,City,Title\nAl Fox,Raytown,Clerk\nal fox,City of Raytown,CLERK\n",
			[]int{1, 0, 0, 1, 0}},
		"a namesake": {"Name,City,Title,E-mail\nDana " +
			"Reyes,Raytown,Clerk,dana@raytown.example\nDana Reyes,Raytown,Clerk,dana2@raytown.example\n",
			[]int{1, 0, 1, 0, 0}},
		"two new namesakes": {"Name,City,Title,E-mail\nAl Fox,Raytown,Clerk,a@x.example\nAl " +
			"Fox,Raytown,Clerk,b@x.example\nAl Fox,Raytown,Clerk,b@x.example\n", []int{2, 0, 0, 1, 0}},
	} {
		t.Run(name, func(t *testing.T) {
			m := desk(dana)
			p := m.plan(t, "people", "a.csv", []byte(c.file))
			counts(t, p, c.want...)
			m.apply("people", p, noRevs)
			again := m.plan(t, "people", "a.csv", []byte(c.file))
			if again.Count(Add)+again.Count(Change) > 0 || again.Count(Bad) != p.Count(Bad) {
				t.Errorf("read again: %v %v", again.Counts, again.Faults)
			}
		})
	}
}

// Who may be known already is asked, with both side by side; the answer decides.
func TestWhoMayBeKnownIsAsked(t *testing.T) {
	m := desk(person("Dana Reyes", "Clerk", "dana@raytown.example", "816-555-0100"))
	file := []byte("Name,City,Title,E-mail\nDana Reyes-Fox,Raytown,Fire Chief,dana@raytown.example\n")
	q := m.plan(t, "people", "a.csv", file).Questions()
	if len(q) != 1 || q[0].Field != "id" || q[0].Suggest != "#1" ||
		!strings.Contains(q[0].Reason, "on record Dana Reyes, Raytown, Clerk") ||
		!strings.Contains(q[0].Reason, "here Dana Reyes-Fox, Raytown, Fire Chief") {
		t.Fatalf("%+v", q)
	}
	for answer, want := range map[string][]int{"#1": {0, 1, 0, 0, 0}, "new": {1, 0, 0, 0, 0}} {
		s, err := spreadsheet.Read(bytes.NewReader(file), "a.csv",
			spreadsheet.ReadOptions{Kind: m.schema.Kind("people")})
		if err != nil {
			t.Fatal(err)
		}
		mapping := spreadsheet.Map(m.schema.Kind("people"), s.Headings, nil)
		if err := mapping.Answer("id", q[0].Value, answer); err != nil {
			t.Fatal(err)
		}
		p, err := NewPlan(s, mapping, m.schema.Kind("people"), m.env(), PlanOptions{})
		if err != nil {
			t.Fatal(err)
		}
		counts(t, p, want...)
	}
}

func TestARowThatFitsSeveralRecordsIsRefused(t *testing.T) {
	m := desk(person("Al Fox", "Clerk", "", "111"), person("Al Fox", "Clerk", "", "222"))
	p := m.plan(t, "people", "a.csv", []byte("Name,City,Title,Phone\nAl Fox,Raytown,Clerk,333\n"))
	counts(t, p, 0, 0, 0, 0, 1)
	if !strings.Contains(p.Faults[0].Reason, "#1, #2") {
		t.Error(p.Faults[0])
	}
	p = m.plan(t, "people", "a.csv", []byte("Name,City,Title,Phone\nAl Fox,Raytown,Clerk,222\nAl "+
		"Fox,Raytown,Clerk,111\n"))
	counts(t, p, 0, 0, 2, 0, 0)
}

// A list of an office says what it knows: a blank is no order to forget.
func TestBlanksOfAnOfficeListKeepWhatIsThere(t *testing.T) {
	m := desk(person("Dana Reyes", "Clerk", "dana@raytown.example", "816-555-0100"))
	p := m.plan(t, "people", "a.csv", []byte("Name,City,E-mail,Phone,Dept\nDana "+
		"Reyes,Raytown,dana@raytown.example,,Records\n"))
	counts(t, p, 0, 1, 0, 0, 0)
	mine := p.Rows[0].Mine.(*partnership.Person)
	if mine.Phone != "816-555-0100" || mine.Title != "Clerk" || mine.Department != "Records" {
		t.Errorf("%+v", mine)
	}
	if got := columnNames(p.Rows[0].Changed); got != "department" {
		t.Errorf("changed %q", got)
	}
	if p.Rows[0].Base != m.Get("people", 1) || p.Rows[0].BaseRev != 0 || p.Rows[0].ID != 1 {
		t.Errorf("%+v", p.Rows[0])
	}
	if got := m.Get("people", 1).(*partnership.Person).Department; got != "" {
		t.Errorf("planning changed the record itself: %q", got)
	}
}

// edited exports people, applies an edit to the text and gives the file.
func edited(t *testing.T, m *memory, old, new string) []byte {
	t.Helper()
	file := string(csvOf(t, m, "people", export.Options{}))
	if !strings.Contains(file, old) {
		t.Fatalf("%q is not in %s", old, file)
	}
	return []byte(strings.Replace(file, old, new, 1))
}

func change(m *memory, id uint64, edit func(p *partnership.Person)) {
	k := m.schema.Kind("people")
	rec := k.Clone(m.Get("people", id))
	edit(rec.(*partnership.Person))
	m.put("people", rec)
}

// A spreadsheet comes back after the record has been changed in the dashboard:
// neither change is lost.
func TestAFileThatComesBackIsMerged(t *testing.T) {
	m := desk(person("Dana Reyes", "Clerk", "dana@raytown.example", "816-555-0100"),
		person("Al Fox", "Foreman", "", ""))
	file := edited(t, m, "816-555-0100", "816-555-0199")
	change(m, 1, func(p *partnership.Person) { p.Title = "City Clerk" })
	change(m, 2, func(p *partnership.Person) { p.Title = "Street Foreman" })
	p := m.plan(t, "people", "back.csv", file)
	counts(t, p, 0, 1, 1, 0, 0)
	row := p.Rows[0]
	if row.BaseRev != 7 || row.Base.(*partnership.Person).Title != "Clerk" || columnNames(row.Changed) != "phone" ||
		len(row.Conflicts) != 0 {
		t.Errorf("%+v", row)
	}
	m.apply("people", p, noRevs)
	if got := m.Get("people", 1).(*partnership.Person); got.Title != "City Clerk" || got.Phone != "816-555-0199" {
		t.Errorf("%+v", got)
	}
	if got := m.Get("people", 2).(*partnership.Person); got.Title != "Street Foreman" {
		t.Errorf("%+v", got)
	}
	counts(t, m.plan(t, "people", "back.csv", file), 0, 0, 2, 0, 0)
}

func TestAConflictIsForeseen(t *testing.T) {
	m := desk(person("Dana Reyes", "Clerk", "", "816-555-0100"))
	file := edited(t, m, "816-555-0100", "816-555-0199")
	change(m, 1, func(p *partnership.Person) { p.Phone = "816-555-0155" })
	p := m.plan(t, "people", "back.csv", file)
	counts(t, p, 0, 1, 0, 0, 0)
	if got := columnNames(p.Rows[0].Conflicts); got != "phone" {
		t.Errorf("conflicts %q", got)
	}
}

func TestAClearedCellOfOurFileClears(t *testing.T) {
	m := desk(person("Dana Reyes", "Clerk", "", "816-555-0100"))
	p := m.plan(t, "people", "back.csv", edited(t, m, "816-555-0100", ""))
	counts(t, p, 0, 1, 0, 0, 0)
	if got := p.Rows[0].Mine.(*partnership.Person).Phone; got != "" {
		t.Errorf("%q", got)
	}
}

// Whoever wrote the file may not have been shown the value.
func TestABlankNeverClearsAPrivateValue(t *testing.T) {
	dana := person("Dana Reyes", "Clerk", "", "")
	dana.Mobile = "816-555-0142"
	m := desk(dana)
	p := m.plan(t, "people", "back.csv", edited(t, m, "816-555-0142", ""))
	counts(t, p, 0, 0, 1, 0, 0)
	if len(p.Notes) != 1 || !strings.Contains(p.Notes[0], `"mobile"`) {
		t.Errorf("notes %q", p.Notes)
	}
	p = m.plan(t, "people", "back.csv", edited(t, m, "816-555-0142", "816-555-0143"))
	counts(t, p, 0, 1, 0, 0, 0)
}

func TestAChangeWhoseBaseIsGoneIsRefused(t *testing.T) {
	m := desk(person("Dana Reyes", "Clerk", "", "816-555-0100"))
	file := edited(t, m, "816-555-0100", "816-555-0199")
	unchanged := csvOf(t, m, "people", export.Options{})
	change(m, 1, func(p *partnership.Person) { p.Title = "City Clerk" })
	delete(m.history["people"][1], 7)
	p := m.plan(t, "people", "back.csv", file)
	counts(t, p, 0, 0, 0, 0, 1)
	if !strings.Contains(p.Faults[0].Reason, "export it again") {
		t.Error(p.Faults[0])
	}
	// Even an untouched row says the old title; taking it in would undo the new.
	counts(t, m.plan(t, "people", "back.csv", unchanged), 0, 0, 0, 0, 1)
}

func TestARowOfADeletedRecord(t *testing.T) {
	m := desk(person("Dana Reyes", "Clerk", "", "816-555-0100"), person("Al Fox", "Foreman", "", "816-555-0122"))
	file := edited(t, m, "816-555-0100", "816-555-0199")
	m.remove("people", 1)
	m.remove("people", 2)
	p := m.plan(t, "people", "back.csv", file)
	counts(t, p, 0, 0, 1, 0, 1)
	if !strings.Contains(p.Faults[0].Reason, "was deleted") {
		t.Error(p.Faults[0])
	}
}

// Another partnership's numbers mean other records here: its file is read as an
// office's list is.
func TestAFileFromElsewhereOverwritesNobody(t *testing.T) {
	other := desk(person("Pat Lee", "Fire Chief", "pat@grandview.example", "816-555-0333"),
		person("Dana Reyes", "Clerk", "dana@raytown.example", "816-555-0444"))
	m := desk(person("Dana Reyes", "Clerk", "dana@raytown.example", "816-555-0100"))
	file := csvOf(t, other, "people", export.Options{})
	p := m.plan(t, "people", "elsewhere.csv", file)
	counts(t, p, 1, 1, 0, 0, 0)
	if len(p.Notes) != 1 || !strings.Contains(p.Notes[0], "not the ones used here") || p.Rows[1].ID != 1 ||
		p.Rows[1].BaseRev != 0 {
		t.Errorf("%q %+v", p.Notes, p.Rows[1])
	}
	m.apply("people", p, noRevs)
	counts(t, m.plan(t, "people", "elsewhere.csv", file), 0, 0, 2, 0, 0)
}

func TestAFileOfLaterRevisionsIsFromElsewhere(t *testing.T) {
	m := desk(person("Dana Reyes", "Clerk", "dana@raytown.example", "816-555-0100"))
	file := edited(t, m, "1,7,Dana", "1,99,Dana")
	p := m.plan(t, "people", "later.csv", file)
	counts(t, p, 0, 0, 1, 0, 0)
	if len(p.Notes) != 1 || p.Rows[0].BaseRev != 0 {
		t.Errorf("%q %+v", p.Notes, p.Rows[0])
	}
}

// In a file whose other numbers are right, one that is not is a mistake.
func TestOneWrongNumberIsRefused(t *testing.T) {
	m := staff(10)
	file := string(csvOf(t, m, "people", export.Options{Pipe: true}))
	lines := strings.Split(file, "\n")
	lines[3] = "3,9,Pat Lee,Grandview,Fire,Fire Chief,816-555-0333,pat@grandview.example,,,,,,,no"
	p := m.plan(t, "people", "a.csv", []byte(strings.Join(lines, "\n")))
	counts(t, p, 0, 0, 9, 0, 1)
	if f := p.Faults[0]; f.Line != 4 || f.Value != "3" || !strings.Contains(f.Reason, "most of the row differs") {
		t.Error(f)
	}
	later := strings.Replace(file, "\n3,9,", "\n3,999,", 1)
	p = m.plan(t, "people", "a.csv", []byte(later))
	counts(t, p, 0, 0, 9, 0, 1)
	if f := p.Faults[0]; !strings.Contains(f.Reason, "revision is not known") {
		t.Error(f)
	}
}

// A file without names cannot be told by them: correcting a whole column is no
// sign of another list.
func TestABulkCorrectionIsNoFileFromElsewhere(t *testing.T) {
	m := staff(10)
	table := m.table("people")
	table.Columns = []*field.Column{table.Kind.Column("phone"), table.Kind.Column("email"), table.Kind.Column("title")}
	var b bytes.Buffer
	if err := export.WriteCSV(&b, table, m.env(), export.Options{}); err != nil {
		t.Fatal(err)
	}
	file := bytes.ReplaceAll(bytes.ReplaceAll(b.Bytes(), []byte("816-555"), []byte("913-555")), []byte("@city"),
		[]byte("@town"))
	p := m.plan(t, "people", "a.csv", file)
	counts(t, p, 0, 10, 0, 0, 0)
}

func TestARenameIsNoFileFromElsewhere(t *testing.T) {
	m := desk(person("Dana Reyes", "Clerk", "dana@raytown.example", "816-555-0100"))
	counts(t, m.plan(t, "people", "a.csv", edited(t, m, "Dana Reyes", "Dana Cole")), 0, 1, 0, 0, 0)
	p := m.plan(t, "partners", "p.csv", bytes.Replace(csvOf(t, m, "partners", export.Options{}), []byte("Raytown"),
		[]byte("Raytown City"), 1))
	counts(t, p, 0, 1, 5, 0, 0)
}

func TestTwoRecordsDoNotGetOneName(t *testing.T) {
	m := newMemory()
	addPartners(m)
	p := m.plan(t, "partners", "p.csv", bytes.Replace(csvOf(t, m, "partners", export.Options{}), []byte("Grandview"),
		[]byte("RAYTOWN"), 1))
	counts(t, p, 0, 0, 5, 0, 1)
	if f := p.Faults[0]; f.Column != "name" || f.Line != 3 || !strings.Contains(f.Reason, "#5") {
		t.Error(f)
	}
	p = m.plan(t, "partners", "p.csv",
		bytes.Replace(bytes.Replace(csvOf(t, m, "partners", export.Options{}), []byte("Grandview"),
			[]byte("Newtown"), 1),
			[]byte("Raytown"), []byte("newtown"), 1))
	counts(t, p, 0, 1, 4, 0, 1)
}

func TestBadCellsAreNamed(t *testing.T) {
	m := desk()
	file := "Name,City,Phone,E-mail,Qualifications\n" +
		"Dana,Raytwon,ab,dana,CDL | 2027-13-45\n" +
		",Raytown,,,\n" +
		"Al,Raytown,816-555-0100,al@x.example,CDL | 2025-01-01 | 2024-01-01\n" +
		"Ok,Raytown,,,\n"
	p := m.plan(t, "people", "a.csv", []byte(file))
	counts(t, p, 1, 0, 0, 0, 3)
	var got []string
	for _, f := range slices.Concat(p.Warnings, p.Faults) {
		got = append(got, f.String())
	}
	const empty = "; the cell is left empty"
	want := []string{
		`line 2, "Phone": "ab" is not a telephone number` + empty,
		`line 2, "E-mail": "dana" is not an e-mail address (name@city.example)` + empty,
		`line 2, "Qualifications": "CDL | 2027-13-45": "2027-13-45" is not a day (try 3/4, 2027-03-04, tue or +30d)` +
			empty,
		`line 2, "City": no partner called "Raytwon" (did you mean Raytown?)`,
		`line 3, "Name": Name is needed`,
		`line 4, "Qualifications": "CDL Jan 1, 2025 Jan 1, 2024": CDL expires before it was issued`,
	}
	for i := range max(len(got), len(want)) {
		if i >= len(got) || i >= len(want) || got[i] != want[i] {
			t.Errorf("faults:\n%s\nwant:\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
			break
		}
	}
}

func TestALongBadValueIsShortened(t *testing.T) {
	m := desk()
	p := m.plan(t, "people", "a.csv", []byte("Name,City,Phone\nDana,"+strings.Repeat("x", 500_000)+",1\n"))
	counts(t, p, 0, 0, 0, 0, 1)
	for _, f := range p.Faults {
		if len(f.String()) > 500 {
			t.Errorf("%d bytes in a report: %.100s", len(f.String()), f)
		}
	}
}

func TestWarningsDoNotRefuse(t *testing.T) {
	m := newMemory()
	p := m.plan(t, "partners", "p.json", []byte(`[{"name":"Sixth City","kind":"city","status":"invited"}]`))
	counts(t, p, 1, 0, 0, 0, 0)
	m.apply("partners", p, noRevs)
	p = m.plan(t, "partners", "p.json", []byte(`[{"name":"Sixth City","status":"member"}]`))
	counts(t, p, 0, 1, 0, 0, 0)
	if len(p.Warnings) != 1 || p.Warnings[0].Column != "status" {
		t.Errorf("warnings %v", p.Warnings)
	}
}

// A row of JSON has a say only in the keys it mentions.
func TestAJSONRowMayLeaveKeysOut(t *testing.T) {
	m := desk(person("Dana Reyes", "Clerk", "", "816-555-0100"), person("Al Fox", "Foreman", "", "816-555-0122"))
	p := m.plan(t, "people", "a.json",
		[]byte(`[{"id":1,"rev":7,"title":"City Clerk"},{"id":2,"rev":8,"phone":null,"title":"Foreman"}]`))
	counts(t, p, 0, 2, 0, 0, 0)
	if got := p.Rows[0].Mine.(*partnership.Person); got.Phone != "816-555-0100" || got.Title != "City Clerk" ||
		got.Name != "Dana Reyes" {
		t.Errorf("%+v", got)
	}
	if got := columnNames(p.Rows[0].Columns); got != "title" {
		t.Errorf("columns %q", got)
	}
	if got := p.Rows[1].Mine.(*partnership.Person); got.Phone != "" {
		t.Errorf("%+v", got)
	}
}

func TestJSONRowsThatAreNoRecords(t *testing.T) {
	m := desk()
	p := m.plan(t, "people", "a.json",
		[]byte(
			`[{"name":"Dana","partner":"Raytown"}, 7, ["x"], {"name":{"first":"x"},"partner":5,"tags":"a, b; c","left":true}]`))
	counts(t, p, 2, 0, 0, 0, 2)
	mine := p.Rows[3].Mine.(*partnership.Person)
	if mine.Partner != 5 || len(mine.Tags) != 3 || !mine.Left {
		t.Errorf("%+v", mine)
	}
}

func TestAFileOfUnknownHeadingsIsRefused(t *testing.T) {
	k := kind("people")
	s := read(t, "a.csv", "Colour,Shape\nred,round\n")
	_, err := NewPlan(s, spreadsheet.Map(k, s.Headings, nil), k, desk().env(), PlanOptions{})
	if failure.CodeOf(err) != failure.Invalid || !strings.Contains(err.Error(), "no heading of a.csv") {
		t.Error(err)
	}
}

func TestNumbersInTheFileThatAreNone(t *testing.T) {
	m := desk(person("Dana Reyes", "Clerk", "", "816-555-0100"))
	file := edited(t, m, "1,7,Dana", "one,7,Dana")
	p := m.plan(t, "people", "a.csv", file)
	counts(t, p, 0, 0, 0, 0, 1)
	if f := p.Faults[0]; f.Column != "id" || !strings.Contains(f.Reason, "not a whole number") {
		t.Error(f)
	}
}
