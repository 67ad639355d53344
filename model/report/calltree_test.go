package report

import (
	"strings"
	"testing"

	"interlocal/model"
	"interlocal/model/cyber/incident"
	"interlocal/model/field/fieldtest"
	"interlocal/model/partnership"
	"interlocal/model/text"
	"interlocal/model/value"
)

// TestTheWalletCard says whom to call in each city, marks what is stale, fits a sheet
// of paper and needs nothing from the network.
func TestTheWalletCard(t *testing.T) {
	r := fieldtest.With(model.NewSchema(), &partnership.Partner{ID: 4, Name: "Grandview"},
		&partnership.Partner{ID: 5, Name: "Raytown"},
		&incident.Card{Partner: 5, Contacts: []incident.Contact{
			{Role: "IT lead on call", First: "Dana Reyes", FirstPhone: "816-555-0101", Second: "Lee Ash",
				SecondPhone: "816-555-0102", OutOfBand: "816-555-0999", Verified: value.Some(today - 91)},
			{Role: "City manager", First: "Sam Lee", FirstPhone: "816-555-0103", Verified: value.Some(today - 90)}},
			Lends: []incident.Lend{{What: "Forensics", Hours: value.Some[int64](4), Kit: "write blockers"},
				{What: "A press officer"}}})
	doc, err := mustReport(t, "calltree").Build(r, About{}, morning())
	if err != nil {
		t.Fatal(err)
	}
	_, page, txt := written(t, doc)
	for _, want := range []string{"Raytown", "Dana Reyes", "816-555-0999", "Lee Ash", "(!)",
		"Can lend: Forensics, 4 hours a day, write blockers; A press officer."} {
		if !strings.Contains(text.OneLine(txt), want) {
			t.Errorf("%q is not on the card:\n%s", want, txt)
		}
	}
	if strings.Count(txt, "(!)") != 2 { // the one that is stale, and what the sign means
		t.Errorf("what is stale:\n%s", txt)
	}
	for _, line := range strings.Split(txt, "\n") {
		if text.Width(line) > 80 {
			t.Errorf("too wide for paper: %q", line)
		}
	}
	if strings.Contains(page, "http") || strings.Contains(page, "<script") || strings.Contains(txt, "Grandview") {
		t.Errorf("the page needs the network, or names a city without a card:\n%s", page)
	}
}
