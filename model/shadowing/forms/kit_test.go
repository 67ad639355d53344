package forms

import (
	"strings"
	"testing"

	"interlocal/model/exchange/spreadsheet"
	"interlocal/model/field"
	"interlocal/model/field/fieldtest"
	"interlocal/model/partnership"
	"interlocal/model/value"
)

func addPartners(m *memory) {
	for _, name := range []string{"Blue Springs", "Grandview", "Independence", "Lee's Summit", "Raytown"} {
		m.put("partners", &partnership.Partner{Name: name, Kind: partnership.City, Status: partnership.Member})
	}
	m.put("partners", &partnership.Partner{Name: "Mid-America Regional Council", Short: "MARC",
		Kind: partnership.Facilitator, Status: partnership.Member})
}

// memory is a file in memory.
type memory struct {
	*fieldtest.Memory
	schema *field.Schema
}

func newMemory() *memory {
	m := fieldtest.NewMemory(NewSchema())
	return &memory{m, m.Schema()}
}

func (m *memory) put(_ string, rec any) uint64 { return m.Add(rec) }

var today = value.Date(2027, 3, 4)

func (m *memory) env() *field.Env { return field.NewEnv(m, today) }

func read(t testing.TB, name, file string) *spreadsheet.Sheet {
	t.Helper()
	s, err := spreadsheet.Read(strings.NewReader(file), name, spreadsheet.ReadOptions{Kind: NewSchema().Kind("people")})
	if err != nil {
		t.Fatalf("read %s: %v", name, err)
	}
	return s
}
