package incident_test

import (
	"strings"
	"testing"

	"interlocal/model"
	"interlocal/model/cyber/incident"
	"interlocal/model/failure"
	"interlocal/model/field"
	"interlocal/model/field/fieldtest"
	"interlocal/model/partnership"
	"interlocal/model/value"
)

// raytown is a card with two contacts, of which one was tried on a day.
func raytown(tried value.Day) *incident.Card {
	return &incident.Card{Partner: 5, Contacts: []incident.Contact{
		{Role: "IT lead on call", First: "Dana Reyes", FirstPhone: "816-555-0101", OutOfBand: "816-555-0999",
			Verified: value.Some(tried)},
		{Role: "City manager", First: "Sam Lee", FirstPhone: "816-555-0102", Verified: value.Some(tried + 40)}}}
}

// due lists what a card asks for on a day.
func due(card *incident.Card, on value.Day) []string {
	v := field.Viewpoint{Reader: fieldtest.With(model.NewSchema(), &partnership.Partner{ID: 5, Name: "Raytown"}, card),
		Now: on.At(9, 0)}
	var out []string
	for d := range v.Due(incident.KindCalltrees) {
		out = append(out, d.Urgency.String()+" "+d.On.V.String()+": "+d.Line())
	}
	return out
}

// TestNumbersAreStaleAfterNinetyDays: verified on August 15 they are good until
// November 13, press from two weeks before, and are overdue from November 14 on; what is
// due names no number and nobody.
func TestNumbersAreStaleAfterNinetyDays(t *testing.T) {
	tried := value.Date(2026, 8, 15)
	card := raytown(tried)
	for day, stale := range map[value.Day]bool{value.Date(2026, 11, 13): false, value.Date(2026, 11, 14): true} {
		if card.Contacts[0].Stale(day) != stale {
			t.Errorf("on %s stale: %v", day, !stale)
		}
	}
	for day, want := range map[value.Day]string{value.Date(2026, 10, 29): "",
		value.Date(2026, 10, 30): "due soon 2026-11-13",
		value.Date(2026, 11, 13): "due soon 2026-11-13", value.Date(2026, 11, 14): "overdue 2026-11-13"} {
		got := strings.Join(due(card, day), "\n")
		if (got == "") != (want == "") || !strings.HasPrefix(got, want) || strings.Contains(got, "555") ||
			strings.Contains(got, "Dana") {
			t.Errorf("on %s: %q, want %q", day, got, want)
		}
	}
	card.Contacts[1].Verified = value.Opt[value.Day]{}
	if got := due(card, tried); len(got) != 1 || !strings.HasPrefix(got[0], "overdue") {
		t.Errorf("a number that nobody has tried: %q", got)
	}
}

// TestTryingTheNumbers notes the day for all, or for the contact that is named.
func TestTryingTheNumbers(t *testing.T) {
	w := fieldtest.NewWriter(model.NewSchema(), value.Date(2026, 11, 20).At(9, 0))
	w.Add(&partnership.Partner{ID: 5, Name: "Raytown"})
	id := w.Add(raytown(value.Date(2026, 8, 15)))
	act := incident.Acts().Named("calltree.verify")
	do := func(tried incident.Tried) error { _, err := act.Do(w, id, &tried, nil); return err }
	verified := func(i int) value.Day { return field.Get(w, field.ID[incident.Card](id)).Contacts[i].Verified.V }
	if err := do(incident.Tried{Role: "it lead ON CALL"}); err != nil || verified(0) != value.Date(2026, 11, 20) ||
		verified(1) != value.Date(2026, 9, 24) {
		t.Errorf("%v %v %v", err, verified(0), verified(1))
	}
	if err := do(incident.Tried{On: value.Some(value.Date(2026, 11, 19))}); err != nil ||
		verified(1) != value.Date(2026, 11, 19) {
		t.Errorf("%v %v", err, verified(1))
	}
	if err := do(incident.Tried{Role: "nobody"}); failure.CodeOf(err) != failure.NotFound {
		t.Errorf("a contact that there is not: %v", err)
	}
}
