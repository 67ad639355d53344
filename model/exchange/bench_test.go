package exchange

import (
	"bytes"
	"fmt"
	"io"
	"testing"

	"interlocal/model/exchange/export"
	"interlocal/model/exchange/spreadsheet"
	"interlocal/model/partnership"
)

// staff makes a reader with n people in five cities.
func staff(n int) *memory {
	m := newMemory()
	addPartners(m)
	titles := []string{"Street Superintendent", "City Clerk", "Payroll Specialist", "GIS Analyst", "Police Officer"}
	for i := range n {
		m.put("people", &partnership.Person{
			Partner: partnership.PartnerID(1 + i%5), Name: fmt.Sprintf("Person %c%c Number%d", 'A'+i%26,
				'A'+i/26%26, i),
			Department: "Public Works", Title: titles[i%len(titles)],
			Duties: []string{"snow routes", "pavement, sidewalks"}, Tags: []string{"gis", "snow"},
			Email: fmt.Sprintf("person%d@city.example", i), Phone: fmt.Sprintf("816-555-%04d", i%10000),
			Roles: []partnership.ContactRole{partnership.RoleFleet}, Note: "Prefers mornings, \"before nine\".",
		})
	}
	return m
}

func addPartners(m *memory) {
	for _, name := range []string{"Blue Springs", "Grandview", "Independence", "Lee's Summit", "Raytown"} {
		m.put("partners", &partnership.Partner{Name: name, Kind: partnership.City, Status: partnership.Member})
	}
	m.put("partners", &partnership.Partner{Name: "Mid-America Regional Council", Short: "MARC",
		Kind: partnership.Facilitator, Status: partnership.Member})
}

const many = 100_000

func BenchmarkExportCSV(b *testing.B) {
	m := staff(many)
	for b.Loop() {
		if err := export.WriteCSV(io.Discard, m.table("people"), m.env(), export.Options{}); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkExportJSON(b *testing.B) {
	m := staff(many)
	for b.Loop() {
		if err := export.WriteJSON(io.Discard, m.table("people"), m.env(), export.Options{}); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkExportXLSX(b *testing.B) {
	m := staff(many)
	for b.Loop() {
		if err := export.WriteXLSX(io.Discard, []export.Table{m.table("people")}, m.env(),
			export.Options{}); err != nil {
			b.Fatal(err)
		}
	}
}

func benchmarkImport(b *testing.B, name string, file []byte, into *memory, want Action) {
	b.SetBytes(int64(len(file)))
	k := into.schema.Kind("people")
	for b.Loop() {
		s, err := spreadsheet.Read(bytes.NewReader(file), name, spreadsheet.ReadOptions{Kind: k})
		if err != nil {
			b.Fatal(err)
		}
		p, err := NewPlan(s, spreadsheet.Map(k, s.Headings, nil), k, into.env(), into.options("people"))
		if err != nil || p.Count(want) != many {
			b.Fatal(err, p.Counts)
		}
	}
}

// The first import of a list: everything is new.
func BenchmarkImportNewCSV(b *testing.B) {
	file := csvOf(b, staff(many), "people", export.Options{Bare: true})
	into := newMemory()
	addPartners(into)
	benchmarkImport(b, "people.csv", file, into, Add)
}

// The same list once more: everything is recognised by what it says.
func BenchmarkImportSameCSV(b *testing.B) {
	m := staff(many)
	benchmarkImport(b, "people.csv", csvOf(b, m, "people", export.Options{Bare: true}), m, Same)
}

// A file of ours comes back unchanged, with numbers and revisions.
func BenchmarkImportBackCSV(b *testing.B) {
	m := staff(many)
	benchmarkImport(b, "people.csv", csvOf(b, m, "people", export.Options{}), m, Same)
}

func BenchmarkImportJSON(b *testing.B) {
	m := staff(many)
	benchmarkImport(b, "people.json", jsonOf(b, m, "people"), m, Same)
}

func BenchmarkReadXLSX(b *testing.B) {
	m := staff(many)
	file := xlsxOf(b, m, "people")
	b.SetBytes(int64(len(file)))
	for b.Loop() {
		if _, err := spreadsheet.Read(bytes.NewReader(file), "people.xlsx", spreadsheet.ReadOptions{}); err != nil {
			b.Fatal(err)
		}
	}
}
