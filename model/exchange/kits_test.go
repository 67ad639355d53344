package exchange

import (
	"testing"

	"interlocal/model/exchange/export"
	"interlocal/model/lending"
	"interlocal/model/partnership"
)

// TestBarsInChildRowsDoNotSeparate: a file of few columns whose cells hold many
// bars is still cut at its commas.
func TestBarsInChildRowsDoNotSeparate(t *testing.T) {
	m := newMemory()
	m.put("partners", &partnership.Partner{ID: 1, Name: "Raytown", Kind: "city", Status: partnership.Member})
	kit := &lending.Kit{ID: 1, Name: "Plow train"}
	for range 9 {
		kit.Members = append(kit.Members, lending.KitMember{Category: "dump truck", Lender: 1})
	}
	m.put("kits", kit)
	file := csvOf(t, m, "kits", export.Options{Bare: true})
	if p := m.plan(t, "kits", "a.csv", file); p.Count(Same) != 1 {
		t.Errorf("%v of\n%s", p.Counts, file)
	}
}
