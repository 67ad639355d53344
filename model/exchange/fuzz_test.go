package exchange

import (
	"bytes"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"interlocal/model/exchange/export"
	"interlocal/model/exchange/spreadsheet"
	"interlocal/model/failure"
	"interlocal/model/partnership"
	"interlocal/model/text"
)

// checkSheet looks at what any file must come out as.
func checkSheet(t *testing.T, s *spreadsheet.Sheet) {
	t.Helper()
	last := 0
	for i := range s.Len() {
		if s.Line(i) < last || s.Line(i) < 1 {
			t.Fatalf("row %d stands on line %d behind line %d", i, s.Line(i), last)
		}
		last = s.Line(i)
		for j := range s.Headings {
			cell := s.Cell(i, j)
			if !utf8.ValidString(cell) || cell != text.Block(cell, 0) {
				t.Fatalf("cell %q is not clean", cell)
			}
		}
	}
	for _, h := range s.Headings {
		if h != text.Line(h, 0) {
			t.Fatalf("heading %q is not clean", h)
		}
	}
}

// checkFile reads and plans a file in every way that might fail.
func checkFile(t *testing.T, file []byte, name string) {
	t.Helper()
	m := desk(person("Dana Reyes", "Clerk", "dana@raytown.example", "816-555-0100"))
	k := m.schema.Kind("people")
	s, err := spreadsheet.Read(bytes.NewReader(file), name, spreadsheet.ReadOptions{Kind: k})
	if err != nil {
		if failure.CodeOf(err) == "" || !strings.Contains(err.Error(), name) {
			t.Fatalf("error without a sentence: %v", err)
		}
		return
	}
	checkSheet(t, s)
	p, err := NewPlan(s, spreadsheet.Map(k, s.Headings, nil), k, m.env(), m.options("people"))
	if err != nil {
		return
	}
	total := 0
	for _, n := range p.Counts {
		total += n
	}
	if total != s.Len() || p.Count(Bad) > len(p.Faults) {
		t.Fatalf("%d rows, counts %v, %d faults", s.Len(), p.Counts, len(p.Faults))
	}
	var out bytes.Buffer
	if err := p.Report().WriteText(&out); err != nil {
		t.Fatal(err)
	}
	if strings.ContainsAny(out.String(), "\x1b\u009b\u202e\x00\r") {
		t.Fatalf("report is not safe: %q", out.String())
	}
	m.apply("people", p, noRevs)
	again := m.planSheet(t, "people", s)
	if again.Count(Add) > 0 {
		t.Fatalf("read twice, added twice: %v then %v", p.Counts, again.Counts)
	}
}

func FuzzCSV(f *testing.F) {
	for _, s := range []string{"Name,City\nDana,Raytown\n", "Name;City;Tags\r\n\"a\"\"b\r\nc\";raytown;x\\;y; z\r\n",
		"\xef\xbb\xbfName\tPhone\n\"x\t\"y\n",
		"sep=|\nName|City\n'=1|marc\n", "Name,City,Qualifications,Duties\nA,Raytown,CDL | 2027-01-01; x,a\\|b\n",
		"id,rev,name,partner\n1,7,Dana Reyes,Raytown\n",
		"Name,City,E-mail,Title\nA,raytown,a@b.example,\nA,Raytown,,\nA,Raytown,,C\n", "a\n\"",
		"Name,City\n\"\"\"\"\"\"x,Raytown\n"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, file []byte) { checkFile(t, file, "list.csv") })
}

func FuzzJSON(f *testing.F) {
	for _, s := range []string{`[{"name":"Dana","partner":"Raytown"}]`,
		`{"people":[{"name":"x","partner":5,"tags":["a","b"],"qualifications":[{"name":"CDL","expires":"2027-01-01"}]}]}`,
		`{"name":"a\u001b","partner":"#1"} {"name":null}`, `[[],{},1,"x",{"id":1,"rev":7,"phone":""}]`,
		`[{"name":"\ud800","duties":"a; b","left":"x"}]`, "[{}", `{"a":{"b":[{}]}}`} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, file []byte) { checkFile(t, file, "list.json") })
}

func FuzzXLSX(f *testing.F) {
	m := staff(2)
	f.Add(xlsxOf(f, m, "people"))
	f.Add([]byte("PK\x03\x04"))
	f.Fuzz(func(t *testing.T, file []byte) {
		if !bytes.HasPrefix(file, []byte("PK")) {
			t.Skip("no workbook")
		}
		checkFile(t, file, "list.xlsx")
	})
}

func FuzzWorkbookText(f *testing.F) {
	for _, s := range hostile {
		f.Add(s)
	}
	f.Add("_x0041_x0042_")
	f.Add("_xZZZZ_")
	f.Add("_xD83D_")
	f.Add("_x005F_x0041_ _x41_")
	f.Fuzz(func(t *testing.T, s string) {
		clean := text.Block(s, 10_000)
		if clean == "" {
			return
		}
		var file bytes.Buffer
		m := desk(&partnership.Person{Name: "Dana", Partner: 5, Note: clean})
		if err := export.WriteXLSX(&file, []export.Table{m.table("people")}, m.env(), export.Options{}); err != nil {
			t.Fatalf("%q: %v", clean, err)
		}
		got, err := spreadsheet.Read(&file, "a.xlsx", spreadsheet.ReadOptions{})
		if err != nil {
			t.Fatal(err)
		}
		if note := got.Cell(0, slices.Index(got.Headings, "note")); note != clean {
			t.Fatalf("%q is read as %q", clean, note)
		}
	})
}

// FuzzListCells sends texts with every mark that separates elements and parts
// through columns that hold several.
func FuzzListCells(f *testing.F) {
	for i := range hostile {
		f.Add(hostile[i], hostile[(i+7)%len(hostile)])
	}
	k := NewSchema().Kind("people")
	f.Fuzz(func(t *testing.T, a, b string) {
		a, b = text.Line(a, 200), text.Line(b, 200)
		rec := &partnership.Person{Name: "x"}
		for _, s := range []string{a, b} {
			if s != "" && !slices.Contains(rec.Duties, s) {
				rec.Duties = append(rec.Duties, s)
			}
			rec.Qualifications = append(rec.Qualifications, partnership.Qualification{Name: s})
		}
		for _, name := range []string{"duties", "qualifications"} {
			c := k.Column(name)
			back := k.New()
			flat := c.Format(nil, rec, nil)
			if err := c.Parse(back, string(flat), nil); err != nil || !c.Equal(rec, back) {
				t.Fatalf("%s: %s comes back as %s, %v", name, flat, c.Format(nil, back, nil), err)
			}
			back = k.New()
			raw := c.AppendJSON(nil, rec, nil)
			if err := c.ParseJSON(back, raw, nil); err != nil || !c.Equal(rec, back) {
				t.Fatalf("%s: %s comes back otherwise, %v", name, raw, err)
			}
		}
	})
}
