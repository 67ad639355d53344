package lending_test

import (
	"fmt"
	"strings"
	"testing"

	"interlocal/model/field"
	"interlocal/model/field/fieldtest"
	"interlocal/model/lending"
	"interlocal/model/partnership"
	"interlocal/model/value"
)

// TestWhatIsDueOfLoans: where each stands today, and who is to see to it.
func TestWhatIsDueOfLoans(t *testing.T) {
	now := at(0, 12, 0).V
	cities := []any{&partnership.Partner{ID: borrower, Name: "Grandview"},
		&partnership.Partner{ID: owner, Name: "Raytown"}, truck(1)}
	loan := func(s lending.ReservationState, from, until value.Opt[value.Wall]) *lending.Reservation {
		return &lending.Reservation{ID: 1, Unit: 1, Borrower: borrower, State: s, Start: from, End: until}
	}
	service := func(day int, s lending.EquipmentStatus) *lending.Equipment {
		return but(truck(2), func(e *lending.Equipment) { e.ServiceDue, e.Status = fieldtest.On(day), s })
	}
	for _, c := range []struct {
		rec  any
		want string // urgency, sentence or event, for whom
	}{
		{loan(lending.OutOnLoan, at(-2, 8, 0), at(-1, 8, 0)), "overdue: T-1 Dump truck, in use by Grandview, was due " +
			"back Feb 19, 2027 (yesterday) at 8:00 am [4]"},
		{loan(lending.OutOnLoan, at(-2, 8, 0), at(0, 12, 0)), "due soon: T-1 Dump truck, in use by Grandview, comes " +
			"back today by 12:00 pm [4 5]"},
		{loan(lending.OutOnLoan, at(-2, 8, 0), at(1, 8, 0)), "later: T-1 Dump truck comes back from Grandview [4 5]"},
		{loan(lending.OutOnLoan, at(-2, 8, 0), value.Opt[value.Wall]{}), ""},
		{loan(lending.Approved, at(-1, 8, 0), at(2, 8, 0)), "waiting: T-1 Dump truck was to go to Grandview on Feb " +
			"19, 2027 (yesterday); the hand-over is not recorded [4 5]"},
		{loan(lending.Approved, at(0, 11, 59), at(2, 8, 0)), "waiting: T-1 Dump truck was to go to Grandview today " +
			"at 11:59 am; the hand-over is not recorded [4 5]"},
		{loan(lending.Approved, at(0, 12, 0), at(2, 8, 0)), "due soon: T-1 Dump truck goes to Grandview today at " +
			"12:00 pm [4 5]"},
		{loan(lending.Approved, at(1, 8, 0), at(2, 8, 0)), "later: T-1 Dump truck goes to Grandview [4 5]"},
		{loan(lending.Approved, value.Opt[value.Wall]{}, at(2, 8, 0)), ""},
		{loan(lending.Requested, at(1, 8, 0), at(2, 8, 0)), "waiting: Grandview asks for T-1 Dump truck from Feb 21, " +
			"2027 (tomorrow); Raytown is to answer [5]"},
		{but(loan(lending.Requested, value.Opt[value.Wall]{}, at(2, 8, 0)), func(v *lending.Reservation) {
			v.Unit, v.Category = 0, "crane"
		}), "waiting: Grandview asks for a crane [4]"},
		{but(loan(lending.Requested, at(0, 13, 0), at(2, 8, 0)), func(v *lending.Reservation) { v.Borrower = owner }),
			"waiting: Raytown asks for T-1 Dump truck from Feb 20, 2027 (today) [5]"},
		{but(loan(lending.Waitlisted, at(1, 8, 0), at(2, 8, 0)),
			func(v *lending.Reservation) { v.Ready = at(-1, 8, 0) }),
			"waiting: T-1 Dump truck has come free; Grandview is first in line and was offered it Feb 19, 2027 " +
				"(yesterday) [4]"},
		{loan(lending.Waitlisted, at(1, 8, 0), at(2, 8, 0)), ""},
		{but(loan(lending.Approved, value.Opt[value.Wall]{}, at(2, 8, 0)),
			func(v *lending.Reservation) { v.Extension = at(3, 8, 0) }),
			"waiting: Grandview asks to keep T-1 Dump truck until Feb 23, 2027 (in 3 days); Raytown is to answer [5]"},
		{but(loan(lending.Returned, at(1, 8, 0), at(2, 8, 0)),
			func(v *lending.Reservation) { v.Extension = at(3, 8, 0) }), ""},
		{service(-1, lending.EquipmentActive), "overdue: T-2 Dump truck was due for service by Feb 19, 2027 " +
			"(yesterday) [5]"},
		{service(0, lending.EquipmentActive),
			"due soon: T-2 Dump truck is due for service by Feb 20, 2027 (today) [5]"},
		{service(14, lending.EquipmentActive), "due soon: T-2 Dump truck is due for service by Mar 6, 2027 (in 14 " +
			"days) [5]"},
		{service(15, lending.EquipmentActive),
			"later: T-2 Dump truck is due for service by Mar 7, 2027 (in 15 days) [5]"},
		{service(0, lending.EquipmentRetired), ""}, {truck(2), ""},
		{line(func(v *lending.Charge) { v.State = lending.Disputed }), "waiting: Grandview disputes $1,225.82 for a " +
			"loan from Raytown [5 4]"},
		{line(func(*lending.Charge) {}), ""},
		{&lending.Statement{ID: 1, First: borrower, Second: owner, Until: fieldtest.On(0),
			State: lending.StatementSent},
			"waiting: The statement of Grandview and Raytown until Feb 20, 2027 was sent and waits for an answer [4 5]"},
		{&lending.Statement{ID: 1, First: borrower, Second: owner, Net: money(-1), State: lending.StatementAgreed},
			"waiting: The statement of Grandview and Raytown is agreed; Raytown says when it is settled [5]"},
		{&lending.Statement{ID: 1, First: borrower, Second: owner, State: lending.StatementSettled}, ""},
	} {
		v := field.Viewpoint{Reader: with(append(cities, c.rec)...), Now: now}
		var got []string
		for d := range v.Due(c.rec.(field.Record).KindName()) {
			said := ""
			if d.Line != nil {
				said = d.Line()
			} else if d.Event != nil {
				said = d.Event()
			}
			got = append(got, d.Urgency.String()+": "+said+" "+fmt.Sprint(d.For))
		}
		if strings.Join(got, "\n") != c.want {
			t.Errorf("\n got %s\nwant %s", strings.Join(got, "\n"), c.want)
		}
	}
	if got := lending.UnitName(with(), 1); got != "a unit that is not recorded" {
		t.Error(got)
	}
}
