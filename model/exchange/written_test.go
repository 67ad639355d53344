package exchange

import (
	"bytes"
	"strings"
	"testing"

	"interlocal/model/exchange/export"
	"interlocal/model/exchange/spreadsheet"
	"interlocal/model/field"
	"interlocal/model/lending"
	"interlocal/model/partnership"
	"interlocal/model/value"
)

func read(t testing.TB, name, file string) *spreadsheet.Sheet {
	t.Helper()
	s, err := spreadsheet.Read(strings.NewReader(file), name, spreadsheet.ReadOptions{Kind: NewSchema().Kind("people")})
	if err != nil {
		t.Fatalf("read %s: %v", name, err)
	}
	return s
}

func TestMoreCellsThanHeadingsIsABadRow(t *testing.T) {
	m := newMemory()
	addPartners(m)
	p := m.plan(t, "people", "a.csv", []byte("Name,City\nReyes, Dana,Raytown\nBob,Raytown,,\n"))
	counts(t, p, 1, 0, 0, 0, 1)
	if p.Faults[0].Line != 2 || !strings.Contains(p.Faults[0].Reason, "more cells than headings") {
		t.Error(p.Faults[0])
	}
}

func TestALongCellIsCutWithAWarning(t *testing.T) {
	s := read(t, "a.csv", "Name,Note\nDana,"+strings.Repeat("é", spreadsheet.MaxCell)+"\n")
	if got := len(s.Cell(0, 1)); got != spreadsheet.MaxCell {
		t.Errorf("%d bytes kept", got)
	}
	if len(s.Warnings) != 1 || s.Warnings[0].Line != 2 || s.Warnings[0].Column != "Note" {
		t.Errorf("warnings %v", s.Warnings)
	}
	m := newMemory()
	addPartners(m)
	p := m.plan(t, "people", "a.csv", []byte("Name,City,Note,Title\nDana,Raytown,"+
		strings.Repeat("é", field.MaxBlock+1)+","+strings.Repeat("x", field.MaxLine+1)+"\n"))
	counts(t, p, 1, 0, 0, 0, 0)
	if len(p.Warnings) != 2 {
		t.Errorf("warnings %v", p.Warnings)
	}
	rec := p.Rows[0].Mine.(*partnership.Person)
	if len([]rune(rec.Note)) != field.MaxBlock || len(rec.Title) != field.MaxLine {
		t.Errorf("kept %d and %d characters", len([]rune(rec.Note)), len(rec.Title))
	}
	m.apply("people", p, noRevs)
	p = m.plan(t, "people", "a.csv", []byte("Name,City,Note,Title\nDana,Raytown,"+strings.Repeat("é", field.MaxBlock+1)+
		","+strings.Repeat("x", field.MaxLine+1)+"\n"))
	counts(t, p, 0, 0, 1, 0, 0)
}

func TestCSVIsWhatExcelOpensUnasked(t *testing.T) {
	m := newMemory()
	addPartners(m)
	m.put("people", &partnership.Person{Name: "=cmd", Partner: 5, Phone: "+1 816 555 0100 x2", Title: "'tis",
		Department: "a\"b", Duties: []string{"x; y", "z"}})
	file := csvOf(t, m, "people", export.Options{})
	want := export.ByteOrderMark +
		"id,rev,name,partner,department,title,phone,email,roles,duties,tags,qualifications,mobile,note,left,languages,supervisor\r\n" +
		"1,7,'=cmd,Raytown,\"a\"\"b\",'tis,'+1 816 555 0100 x2,,,\"x\\; y; z\",,,,,no,,\r\n"
	if string(file) != want {
		t.Errorf("got\n%s\nwant\n%s", file, want)
	}
	pipe := csvOf(t, m, "people", export.Options{Pipe: true, Bare: true})
	if bytes.HasPrefix(pipe, []byte(export.ByteOrderMark)) || bytes.Contains(pipe, []byte("\r")) ||
		bytes.HasPrefix(pipe, []byte("id")) {
		t.Errorf("for a pipe: %q", pipe)
	}
}

func TestOnlyTheColumnsAskedForAreWritten(t *testing.T) {
	m := staff(1)
	table := m.table("people")
	table.Columns = []*field.Column{table.Kind.Column("phone"), table.Kind.Column("name")}
	var b bytes.Buffer
	if err := export.WriteCSV(&b, table, m.env(), export.Options{Pipe: true}); err != nil {
		t.Fatal(err)
	}
	if want := "id,rev,phone,name\n1,7,816-555-0000,Person AA Number0\n"; b.String() != want {
		t.Errorf("%q", b.String())
	}
	b.Reset()
	if err := export.WriteJSON(&b, table, m.env(), export.Options{}); err != nil {
		t.Fatal(err)
	}
	if want := "[\n{\"id\":1,\"rev\":7,\"phone\":\"816-555-0000\",\"name\":\"Person AA Number0\"}\n]\n"; b.String() != want {
		t.Errorf("%q", b.String())
	}
}

func TestNegativeAmountsStayNumbers(t *testing.T) {
	m := newMemory()
	m.put("programs", &partnership.Program{Name: "x", Status: partnership.ProgramIdea})
	m.put("equipment", &lending.Equipment{Tag: "T", Name: "U", Status: lending.EquipmentActive,
		Replacement: value.Some(value.Cents(-125000))})
	if file := csvOf(t, m, "equipment", export.Options{}); !strings.Contains(string(file), ",-1250.00,") {
		t.Errorf("%s", file)
	}
}
