package page

import (
	"slices"
	"testing"

	"interlocal/tui/app"
)

// shown makes a page of two groups and gives the first cells that a filter leaves.
func shown(filter string) (p *Page, cells []string) {
	p = New(Options{})
	p.filter.SetValue(filter)
	p.Set(Content{Rows: []Row{
		{Heading: true, Cells: []string{"Out"}},
		{Cells: []string{"BS-402 Vacuum truck", "Raytown"}, Route: app.Route{Kind: "reservations", ID: 1}},
		{Cells: []string{"GV-7 Dump truck", "Lee's Summit"}, Route: app.Route{Kind: "reservations", ID: 2}},
		{Heading: true, Cells: []string{"Due back"}},
		{Cells: []string{"IN-101 Wheel loader", "Raytown"}, Route: app.Route{Kind: "reservations", ID: 3}},
	}})
	for _, r := range p.Content.Rows {
		cells = append(cells, r.Cells[0])
	}
	return p, cells
}

// TestAFilterNarrowsByWords: every word begins a word of the row, and a heading
// stays only over rows that do.
func TestAFilterNarrowsByWords(t *testing.T) {
	for filter, want := range map[string][]string{
		"":          {"Out", "BS-402 Vacuum truck", "GV-7 Dump truck", "Due back", "IN-101 Wheel loader"},
		"ray":       {"Out", "BS-402 Vacuum truck", "Due back", "IN-101 Wheel loader"},
		"TRUCK":     {"Out", "BS-402 Vacuum truck", "GV-7 Dump truck"},
		"wheel ray": {"Due back", "IN-101 Wheel loader"},
		"umm":       nil,
		"out":       nil, // a heading is no row
	} {
		if _, got := shown(filter); !slices.Equal(got, want) {
			t.Errorf("%q leaves %q, want %q", filter, got, want)
		}
	}
}

// TestTheCursorPassesOverHeadings, and stays on its row when others go.
func TestTheCursorPassesOverHeadings(t *testing.T) {
	p, _ := shown("")
	at := func() uint64 {
		if r := p.Row(); r != nil {
			return r.Route.ID
		}
		return 0
	}
	if at() != 1 {
		t.Fatalf("the cursor begins on %d", at())
	}
	p.Step(1)
	p.Step(1)
	if at() != 3 {
		t.Errorf("two rows on it is on %d", at())
	}
	p.Step(1)
	if at() != 3 {
		t.Errorf("past the end it is on %d", at())
	}
	p.Jump(-5)
	if at() != 1 {
		t.Errorf("at the top it is on %d", at())
	}
	p.Jump(5)
	p.filter.SetValue("ray")
	p.Set(p.all)
	if at() != 3 {
		t.Errorf("when others go it is on %d", at())
	}
}
