package loans_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"interlocal/model/failure"
	"interlocal/model/field"
	"interlocal/model/field/fieldtest"
	"interlocal/model/lending"
	"interlocal/model/lending/loans"
	"interlocal/model/partnership"
	"interlocal/model/value"
)

const (
	independence partnership.PartnerID = 1
	leesSummit   partnership.PartnerID = 3
)

// lent keeps a loan of Raytown's truck to Grandview on Tuesday 9 March from eight
// to five, otherwise as set says.
func lent(t *testing.T, w *fieldtest.Writer, state lending.ReservationState,
	set ...func(*lending.Reservation)) lending.ReservationID {
	t.Helper()
	v := &lending.Reservation{Unit: 1, Borrower: grandview, State: state, Start: value.Some(at(3, 9, 8, 0)),
		End: value.Some(at(3, 9, 17, 0))}
	for _, s := range set {
		s(v)
	}
	return keep(t, w, v)
}

// on gives a loan its time.
func on(from, until value.Wall) func(*lending.Reservation) {
	return func(v *lending.Reservation) { v.Start, v.End = value.Some(from), value.Some(until) }
}

// anyTruck makes a loan one of so many of a category, asked of a city.
func anyTruck(n int64, lender partnership.PartnerID) func(*lending.Reservation) {
	return func(v *lending.Reservation) {
		v.Unit, v.Category, v.Lender, v.Quantity = 0, "dump truck", lender, value.Some(n)
	}
}

// by does an act as somebody of a city.
func by(w *fieldtest.Writer, who partnership.PartnerID, name string, id lending.ReservationID,
	args any) (field.Result, error) {
	w.By = field.Actor{Partner: field.Party(who)}
	return do(w, name, uint64(id), args)
}

// goes does an act, which succeeds, and gives the loan as it is then.
func goes(t *testing.T, w *fieldtest.Writer, who partnership.PartnerID, name string, id lending.ReservationID,
	args any) *lending.Reservation {
	t.Helper()
	if _, err := by(w, who, name, id, args); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return field.Get(w, id)
}

// refused expects the failure of an act that leaves the loan as it was.
func refused(t *testing.T, w *fieldtest.Writer, who partnership.PartnerID, name string, id lending.ReservationID,
	args any, code failure.Code, says string) {
	t.Helper()
	before := *field.Get(w, id)
	if _, err := by(w, who, name, id, args); failure.CodeOf(err) != code || !strings.Contains(err.Error(), says) {
		t.Errorf("%s: %v, want %q", name, err, says)
	}
	if after := field.Get(w, id); !w.Schema().Kind("reservations").Equal(&before, after) {
		t.Errorf("%s is refused and leaves %+v", name, after)
	}
}

var allStates = []lending.ReservationState{lending.LoanDraft, lending.Requested, lending.Waitlisted, lending.Approved,
	lending.OutOnLoan, lending.Returned, lending.Closed, lending.Declined, lending.Cancelled, lending.NoShow,
	lending.Recalled}

// Each step is for loans in some states, and for one of the two sides. What is said
// of "any" is held by the rules of the records.
func TestWhoTakesWhichStepAndWhen(t *testing.T) {
	type states = []lending.ReservationState
	begun := states{lending.OutOnLoan, lending.Returned, lending.Closed}
	type rule struct {
		act, by string
		from    states
	}
	check := func(name string, w *fieldtest.Writer, papers bool, rules []rule) {
		v := field.Get(w, lent(t, w, lending.Requested))
		if papers {
			keep(t, w, &lending.Handover{Reservation: v.ID, Unit: 1})
			keep(t, w, &lending.Return{Reservation: v.ID, Unit: 1})
		}
		for _, c := range rules {
			for _, state := range allStates {
				v.State = state
				for who, side := range map[partnership.PartnerID]string{raytown: "owner", grandview: "borrower",
					leesSummit: "neither"} {
					w.By = field.Actor{Partner: field.Party(who)}
					err := loans.Acts().Named(c.act).May(w.View(), v)
					switch in := slices.Contains(c.from, state); {
					case in && (c.by == "any" || c.by == side):
						if err != nil {
							t.Errorf("%s: %s by the %s, when it is %s: %v", name, c.act, side, state, err)
						}
					case in && failure.CodeOf(err) != failure.Forbidden:
						t.Errorf("%s: %s by the %s, when it is %s: %v", name, c.act, side, state, err)
					case !in && err == nil:
						t.Errorf("%s: %s of a loan that is %s", name, c.act, state)
					}
				}
			}
		}
	}
	asked := states{lending.LoanDraft, lending.Requested, lending.Waitlisted}
	fell := states{lending.Recalled, lending.Declined, lending.Cancelled, lending.NoShow}
	check("without papers", yard(t), false, []rule{
		{"loan.approve", "owner", asked},
		{"loan.decline", "owner", states{lending.Requested, lending.Waitlisted}},
		{"loan.wait", "any", states{lending.Requested}},
		{"loan.recall", "owner", states{lending.Approved, lending.OutOnLoan}},
		{"loan.cancel", "borrower", append(states{lending.Approved}, asked...)},
		{"loan.noshow", "owner", states{lending.Approved}},
		{"loan.close", "owner", states{lending.Returned}},
		{"loan.ask", "borrower", append(states{lending.LoanDraft, lending.Waitlisted}, fell...)},
		{"loan.replace", "borrower", fell},
		{"loan.move", "any", append(states{lending.Approved}, asked...)},
		{"loan.end", "any", states{lending.Requested, lending.Approved, lending.OutOnLoan}},
		{"loan.handover", "any", append(states{lending.Approved}, begun...)}, // and what is missing of the others
		{"loan.return", "any", begun},
		{"loan.amend-handover", "any", nil},
		{"loan.amend-return", "any", nil},
		{"loan.answer", "any", nil},
	})
	check("with papers", yard(t), true, []rule{
		{"loan.handover", "any", states{lending.Approved}},
		{"loan.return", "any", states{lending.OutOnLoan}},
		{"loan.amend-handover", "any", allStates},
		{"loan.amend-return", "any", allStates},
	})
}

// A loan of any unit of a category, asked of nobody, may be granted by whoever has
// one; asked of a city, by that city.
func TestWhoMayGrantALoanByCategory(t *testing.T) {
	w := yard(t)
	open, asked := lent(t, w, lending.Requested, anyTruck(1, 0)), lent(t, w, lending.Requested, anyTruck(1, raytown))
	refused(t, w, leesSummit, "loan.approve", asked, nil, failure.Forbidden, "owner")
	keep(t, w, &partnership.Agreement{Title: "More", Parties: []partnership.PartnerID{grandview, leesSummit},
		Status: partnership.AgreementSigned, Effective: value.Some(value.Date(2026, 1, 1))})
	keep(t, w, &lending.Equipment{Tag: "LS-1", Name: "Dump truck", Category: "dump truck", Owner: leesSummit,
		Status: lending.EquipmentActive, Shareable: true})
	if v := goes(t, w, leesSummit, "loan.approve", open, nil); v.Lender != leesSummit || v.Terms.Basis != "" {
		t.Errorf("granted by Lee's Summit: %+v", v)
	}
	w.By = field.Actor{All: true, Partner: field.Party(leesSummit)} // a coordinator, who offers nothing of their own
	if _, err := do(w, "loan.approve", uint64(asked), nil); err != nil || field.Get(w, asked).Lender != raytown {
		t.Errorf("granted by a coordinator: %v, %+v", err, field.Get(w, asked))
	}
}

// An approval fixes what the loan costs, by the rate in force on its first day.
func TestAnApprovalFixesTheRate(t *testing.T) {
	w := yard(t)
	free := keep(t, w, &lending.Equipment{Tag: "RT-2", Name: "Cones", Owner: raytown, Status: lending.EquipmentActive,
		Shareable: true})
	fema := keep(t, w, &lending.Equipment{Tag: "RT-3", Name: "Truck", Owner: raytown, Status: lending.EquipmentActive,
		Shareable: true, Charge: lending.ChargeFEMA, FEMACode: "8722", FEMAYear: 2025})
	local := lending.Terms{Basis: lending.BasisMeter, Rate: value.Some(value.Cents(95_00).Price()),
		Per:    lending.PerHour,
		Source: "Raytown"}
	told := local
	told.Source = "Raytown, rate of Mar 4, 2027"
	waived := lending.Terms{Basis: lending.BasisWaived}
	set := func(unit lending.EquipmentID, start value.Wall, borrower partnership.PartnerID) func(*lending.Reservation) {
		return func(v *lending.Reservation) {
			v.Unit, v.Start, v.Borrower = unit, value.Some(start), borrower
			v.Reason, v.Ready = "declined once", value.Some(w.Now())
		}
	}
	for name, c := range map[string]struct {
		set  func(*lending.Reservation)
		want lending.Terms
	}{
		"from next week":             {set(1, at(3, 9, 8, 0), grandview), local},
		"from today":                 {set(1, at(3, 4, 0, 0), grandview), local},
		"from yesterday":             {set(1, at(3, 3, 23, 59), grandview), told}, // an owner's rate has no history
		"from yesterday, lent free":  {set(free, at(3, 3, 8, 0), grandview), waived},
		"one's own, from yesterday":  {set(1, at(3, 3, 8, 0), raytown), waived},
		"one's own, from next month": {set(1, at(4, 3, 8, 0), raytown), waived},
	} {
		id := lent(t, w, lending.Requested, c.set, func(v *lending.Reservation) { v.End = value.Some(at(4, 9, 9, 0)) })
		v := goes(t, w, raytown, "loan.approve", id, nil)
		if v.State != lending.Approved || v.Terms != c.want || v.Reason != "" || v.Ready.Set || v.Lender != 0 {
			t.Errorf("%s: %+v", name, v)
		}
		w.Remove("reservations", uint64(id))
	}
	id := lent(t, w, lending.Requested, set(fema, at(3, 9, 8, 0), grandview))
	refused(t, w, raytown, "loan.approve", id, nil, failure.NotFound, "code 8722 is not in the FEMA schedule")
}

// What is taken is not granted; that a unit may still be out, as far as is recorded,
// is no reason against it.
func TestATakenUnitIsNotGranted(t *testing.T) {
	w := yard(t)
	late := lent(t, w, lending.OutOnLoan, on(at(2, 1, 8, 0), at(2, 2, 8, 0))) // its return was forgotten
	id := lent(t, w, lending.Requested, on(at(3, 5, 8, 0), at(3, 5, 17, 0)))
	if len(lending.CalendarOf(w, w.Now()).Conflicts(lending.ClaimOf(field.Get(w, id)))) == 0 {
		t.Error("nobody is warned")
	}
	goes(t, w, raytown, "loan.approve", id, nil)
	again := lent(t, w, lending.Declined, on(at(3, 5, 16, 0), at(3, 5, 18, 0)))
	refused(t, w, grandview, "loan.ask", again, nil, failure.Conflict, "RT-104 is taken from")
	if err := loans.Approve(w, w.Now(), lent(t, w, lending.Requested, on(at(3, 5, 7, 0), at(3, 5, 9, 0))), 0); err ==
		nil || !strings.Contains(err.Error(), "RT-104 is taken") {
		t.Errorf("a second time: %v", err)
	}
	if err := loans.Wait(w, late); failure.CodeOf(err) != failure.Invalid {
		t.Errorf("a loan that is out waits: %v", err)
	}
}

// A paper that is missing is a doubt. It passes when somebody puts a name and a
// reason to it; left for later it stands, where the loan has begun.
func TestAMissingPaperIsADoubt(t *testing.T) {
	w := yard(t)
	foreign := keep(t, w, &lending.Equipment{Tag: "IN-1", Name: "Crane", Owner: independence, Shareable: true,
		Status: lending.EquipmentActive})
	is := func(v *lending.Reservation) { v.Unit = foreign }
	id := lent(t, w, lending.Requested, is)
	doubts := func(err error) string {
		var ds field.Doubts
		if !errors.As(err, &ds) {
			return ""
		}
		return strings.Join(ds.About(), " ")
	}
	approve := func(id lending.ReservationID, o *field.Override) error {
		w.By, w.For = field.Actor{All: true}, o
		_, err := do(w, "loan.approve", uint64(id), nil)
		w.For = nil
		return err
	}
	if err := approve(id, nil); doubts(err) != "agreement" || field.Get(w, id).State != lending.Requested {
		t.Errorf("without an answer: %v", err)
	}
	if err := approve(id, &field.Override{Later: true}); doubts(err) != "agreement" {
		t.Errorf("what has not happened waits for the answer: %v", err)
	}
	pat := &field.Override{Name: "Pat", Reason: "storm"}
	want := []lending.Pass{{For: lending.PassAgreement, Name: "Pat", Reason: "storm",
		On: value.Some(value.Date(2027, 3, 4))}}
	if err := approve(id, pat); err != nil || !slices.Equal(field.Get(w, id).Passes, want) {
		t.Errorf("answered: %v, %+v", err, field.Get(w, id).Passes)
	}
	now := lent(t, w, lending.Requested, is, on(w.Now(), w.Now()+60))
	if err := approve(now, &field.Override{Later: true}); err != nil || len(field.Get(w, now).Passes) != 0 {
		t.Errorf("what begins now, left for later: %v, %+v", err, field.Get(w, now).Passes)
	}
	covered := lent(t, w, lending.Requested)
	if err := approve(covered, &field.Override{Later: true}); err != nil {
		t.Errorf("nothing is missing: %v", err)
	}
	refused(t, w, grandview, "loan.answer", now, nil, failure.Forbidden, "owner answers")
	w.For = pat
	if v := goes(t, w, independence, "loan.answer", now, nil); !slices.Equal(v.Passes, want) {
		t.Errorf("answered later: %+v", v.Passes)
	}
	refused(t, w, independence, "loan.answer", now, nil, failure.Invalid, "nothing about this loan waits")
}

// An operator is often named with the hand-over only: an approval asks for the proof
// of one who is named, a hand-over for the name as well.
func TestWhenTheOperatorsProofIsAskedFor(t *testing.T) {
	w := yard(t)
	field.Get(w, lending.EquipmentID(1)).OperatorRule = lending.OperatorCertified
	sam := keep(t, w, &partnership.Person{Name: "Sam", Partner: grandview})
	unnamed := lent(t, w, lending.Requested)
	goes(t, w, raytown, "loan.approve", unnamed, nil)
	refused(t, w, raytown, "loan.handover", unnamed, nil, failure.Invalid, "is not named")
	named := lent(t, w, lending.Requested, on(at(3, 10, 8, 0), at(3, 10, 17, 0)),
		func(v *lending.Reservation) { v.Operator = sam })
	refused(t, w, raytown, "loan.approve", named, nil, failure.Invalid, "Sam has no dump truck on file")
}

// The steps refuse by themselves what is in no state for them, whatever way they
// are called.
func TestAStepRefusesALoanInAnotherState(t *testing.T) {
	w := yard(t)
	over, waits := lent(t, w, lending.Closed), lent(t, w, lending.Requested)
	keep(t, w, &lending.Handover{Reservation: over, Unit: 1})
	keep(t, w, &lending.Return{Reservation: over, Unit: 1})
	now := w.Now()
	for name, step := range map[string]func(id lending.ReservationID) error{
		"approve": func(id lending.ReservationID) error { return loans.Approve(w, now, id, 0) },
		"decline": func(id lending.ReservationID) error { return loans.Decline(w, id, "why") },
		"wait":    func(id lending.ReservationID) error { return loans.Wait(w, id) },
		"cancel":  func(id lending.ReservationID) error { return loans.Cancel(w, now, id, "why") },
		"noshow":  func(id lending.ReservationID) error { return loans.NoShow(w, now, id, "") },
		"recall":  func(id lending.ReservationID) error { _, err := loans.Recall(w, now, id, now, "why"); return err },
		"move":    func(id lending.ReservationID) error { return loans.Move(w, id, 0, now, now+60) },
		"early":   func(id lending.ReservationID) error { return loans.EndEarly(w, now, id, at(3, 9, 12, 0)) },
		"extend": func(id lending.ReservationID) error {
			granted, err := loans.Extend(w, now, w.By, id, at(3, 20, 8, 0))
			if granted {
				t.Errorf("granted of %d", id)
			}
			return err
		},
		"close": func(id lending.ReservationID) error { return loans.Close(w, id) },
		"out": func(id lending.ReservationID) error {
			_, err := loans.HandOver(w, now, id, 0, loans.Out{})
			return err
		},
		"back": func(id lending.ReservationID) error { _, err := loans.Return(w, now, id, loans.Back{}); return err },
	} {
		if err := step(over); failure.CodeOf(err) != failure.Invalid || !strings.Contains(err.Error(), "is closed") {
			t.Errorf("%s: %v", name, err)
		}
		if err := step(99); failure.CodeOf(err) != failure.NotFound {
			t.Errorf("%s of a loan that is gone: %v", name, err)
		}
	}
	for name, err := range map[string]error{"declined": loans.Decline(w, waits, ""),
		"recalled": func() error { _, err := loans.Recall(w, now, waits, now, ""); return err }()} {
		if failure.CodeOf(err) != failure.Invalid || !strings.Contains(err.Error(), "say why") {
			t.Errorf("%s without a reason: %v", name, err)
		}
	}
	if _, err := loans.Replace(w, now, 99, 1); failure.CodeOf(err) != failure.NotFound {
		t.Errorf("replaced: %v", err)
	}
	if err := loans.Ask(w, now, 99); failure.CodeOf(err) != failure.NotFound {
		t.Errorf("asked for: %v", err)
	}
}

// Units that are booked together go together: where one falls through the others
// are let go, but for what has begun or is over by itself.
func TestWhatIsBookedTogetherFallsThroughTogether(t *testing.T) {
	w := yard(t)
	head := lent(t, w, lending.Approved)
	with := func(state lending.ReservationState) lending.ReservationID {
		return lent(t, w, state, func(v *lending.Reservation) { v.With = head })
	}
	asked, waits, draft := with(lending.Requested), with(lending.Waitlisted), with(lending.LoanDraft)
	stay := []lending.ReservationState{lending.OutOnLoan, lending.Returned, lending.Closed, lending.Declined,
		lending.NoShow, lending.Recalled}
	var others []lending.ReservationID
	for _, s := range stay {
		others = append(others, with(s))
	}
	if v := goes(t, w, raytown, "loan.decline", asked, &loans.Because{Reason: "in service"}); v.State !=
		lending.Declined || v.Reason != "in service" {
		t.Errorf("%+v", v)
	}
	why := "booked together with reservation " + field.Get(w, asked).Number() + ", which is declined"
	for _, id := range []lending.ReservationID{head, waits, draft} {
		if v := field.Get(w, id); v.State != lending.Cancelled || v.Reason != why {
			t.Errorf("%d is %s: %q", id, v.State, v.Reason)
		}
	}
	for i, id := range others {
		if v := field.Get(w, id); v.State != stay[i] || v.Reason != "" {
			t.Errorf("%s becomes %s", stay[i], v.State)
		}
	}
}
