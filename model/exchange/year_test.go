package exchange

import (
	"strings"
	"testing"

	"interlocal/model/exchange/spreadsheet"
	"interlocal/model/partnership"
	"interlocal/model/value"
)

// Days without a year are one question a column, whatever they are, and what is
// answered holds for all of them.
func TestTheYearOfDaysIsAskedOnce(t *testing.T) {
	m := newMemory()
	addPartners(m)
	k := m.schema.Kind("resolutions")
	s, err := spreadsheet.Read(strings.NewReader("Resolution No.,Governing body of,Title,Date,Status\n"+
		"1,Raytown,A,3/4,Passed\n2,Raytown,B,Mar 5,Passed\n3,Raytown,C,6 Mar,Passed\n4,Raytown,D,2020-01-02,Passed\n"),
		"r.csv", spreadsheet.ReadOptions{Kind: k})
	if err != nil {
		t.Fatal(err)
	}
	mapping := spreadsheet.Map(k, s.Headings, nil)
	plan := func() *Plan {
		p, err := NewPlan(s, mapping, k, m.env(), m.options("resolutions"))
		if err != nil {
			t.Fatal(err)
		}
		return p
	}
	q := plan().Questions()
	if len(q) != 1 || q[0].Value != spreadsheet.YearAsked || q[0].Rows != 3 {
		t.Fatalf("questions %+v", q)
	}
	if err := mapping.Answer("date", q[0].Value, "2021"); err != nil {
		t.Fatal(err)
	}
	p := plan()
	if len(p.Questions()) > 0 {
		t.Fatalf("asked again: %+v", p.Questions())
	}
	for i, want := range []value.Day{value.Date(2021, 3, 4), value.Date(2021, 3, 5), value.Date(2021, 3, 6),
		value.Date(2020, 1, 2)} {
		if got := p.Rows[i].Mine.(*partnership.Resolution).Date; got != value.Some(want) {
			t.Errorf("row %d is dated %v, want %v", i, got, want)
		}
	}
}
