package lending_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"interlocal/model"
	"interlocal/model/field"
	"interlocal/model/field/fieldtest"
	"interlocal/model/lending"
	"interlocal/model/partnership"
	"interlocal/model/value"
)

// The cities of these tests: a borrower, the owner of most units, and a third.
const (
	third    partnership.PartnerID = 3
	borrower partnership.PartnerID = 4
	owner    partnership.PartnerID = 5
)

func with(recs ...any) *fieldtest.Memory { return fieldtest.With(model.NewSchema(), recs...) }

// at gives a time so many days after the day of the tests.
func at(day, hour, minute int) value.Opt[value.Wall] {
	return value.Some((fieldtest.Saturday + value.Day(day)).At(hour, minute))
}

func money(c value.Cents) value.Opt[value.Cents] { return value.Some(c) }

func price(c value.Cents) value.Opt[value.Price] { return value.Some(c.Price()) }

func tenths(t value.Tenths) value.Opt[value.Tenths] { return value.Some(t) }

// covered is an agreement of the three cities, in force for good.
func covered() *partnership.Agreement {
	return &partnership.Agreement{Parties: []partnership.PartnerID{third, borrower, owner},
		Status:    partnership.AgreementSigned,
		Effective: fieldtest.On(-1000)}
}

// truck is the owner's dump truck that may be lent.
func truck(id lending.EquipmentID) *lending.Equipment {
	return &lending.Equipment{ID: id, Tag: fmt.Sprintf("T-%d", id), Name: "Dump truck", Category: "dump truck",
		Owner:  owner,
		Status: lending.EquipmentActive, Shareable: true}
}

// lent is a loan of truck 1 on the day of the tests from one hour until another.
func lent(id lending.ReservationID, from, until int, state lending.ReservationState) *lending.Reservation {
	return &lending.Reservation{ID: id, Unit: 1, Borrower: borrower, Start: at(0, from, 0), End: at(0, until, 0),
		State: state}
}

// but changes a copy of a record.
func but[T any](rec *T, change func(*T)) *T {
	out := *rec
	change(&out)
	return &out
}

// marks lists what the rules have to say of a record by field, refusals as
// "unit:", warnings as "unit?".
func marks(r field.Reader, before, after any) string {
	var out []string
	for _, said := range fieldtest.Found(r, before, after) {
		mark, _, _ := strings.Cut(said, " ")
		out = append(out, mark)
	}
	return strings.Join(out, " ")
}

// change is a record before and after, and what the rules mark.
type change struct {
	name          string
	before, after any
	want          string
}

func checkMarks(t *testing.T, r field.Reader, cases []change) {
	t.Helper()
	for _, c := range cases {
		if got := marks(r, c.before, c.after); got != c.want {
			t.Errorf("%s: %q, want %q (%q)", c.name, got, c.want, fieldtest.Found(r, c.before, c.after))
		}
	}
}

// mayStep is a step with a record, and which of owner, borrower and third city
// may take it, as a word of o, b and t.
type mayStep struct {
	name          string
	before, after any
	who           string
}

func checkSteps(t *testing.T, r field.Reader, kind string, cases []mayStep) {
	t.Helper()
	k := r.Schema().Kind(kind)
	for _, c := range cases {
		got := ""
		for _, by := range []struct {
			mark string
			city partnership.PartnerID
		}{{"o", owner}, {"b", borrower}, {"t", third}} {
			if k.MayStep(r, field.Actor{Partner: field.Party(by.city)}, c.before, c.after) == nil {
				got += by.mark
			}
		}
		if got != c.who {
			t.Errorf("%s: %q may, want %q", c.name, got, c.who)
		}
		if err := k.MayStep(r, field.Actor{All: true}, c.before, c.after); err != nil {
			t.Errorf("%s: who speaks for all is refused: %v", c.name, err)
		}
	}
}

// parties lists whose record it is.
func parties(r field.Reader, rec any) []field.Party {
	return r.Schema().Kind(rec.(field.Record).KindName()).Parties(r, rec)
}

func checkParties(t *testing.T, r field.Reader, name string, rec any, want ...partnership.PartnerID) {
	t.Helper()
	if got := parties(r, rec); !slices.Equal(got, field.PartiesOf(want)) {
		t.Errorf("%s is of %v, want %v", name, got, want)
	}
}
