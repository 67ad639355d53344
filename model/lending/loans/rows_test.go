package loans_test

import (
	"slices"
	"strings"
	"testing"

	"interlocal/model/failure"
	"interlocal/model/field"
	"interlocal/model/lending"
	"interlocal/model/lending/loans"
	"interlocal/model/value"
)

// A row from elsewhere does the act it tells of. A copy of a record is the record and
// nothing more, unless it lacks what the act would have left.
func TestWhichActARowDoes(t *testing.T) {
	w := yard(t)
	asked := lent(t, w, lending.Approved)
	begun, over := lent(t, w, lending.OutOnLoan), lent(t, w, lending.Returned)
	full := lent(t, w, lending.Returned)
	keep(t, w, &lending.Handover{Reservation: full, Unit: 1})
	keep(t, w, &lending.Return{Reservation: full, Unit: 1})
	charged := lent(t, w, lending.Returned)
	keep(t, w, &lending.Charge{Reservation: charged, Lender: raytown, Borrower: grandview})
	booking := func(state lending.ReservationState, set ...func(*lending.Reservation)) *lending.Reservation {
		return field.Get(w, lent(t, w, state, set...))
	}
	fixed := func(v *lending.Reservation) { v.Terms.Basis = lending.BasisWaived }
	out := func(id lending.ReservationID, amends lending.HandoverID) *lending.Handover {
		return &lending.Handover{Reservation: id, Amends: amends}
	}
	back := func(id lending.ReservationID, amends lending.ReturnID) *lending.Return {
		return &lending.Return{Reservation: id, Amends: amends}
	}
	for name, c := range map[string]struct {
		row       any
		new, copy string // the acts; "" is the record alone
	}{
		"a request":                       {booking(lending.Requested), "loan.book", ""},
		"a loan that is closed":           {booking(lending.Closed, fixed), "loan.book", ""},
		"one approved, without its rate":  {booking(lending.Approved), "loan.book", "loan.book"},
		"one that is out, without":        {booking(lending.OutOnLoan), "loan.book", "loan.book"},
		"one closed, without":             {booking(lending.Closed), "loan.book", "loan.book"},
		"one approved, with its rate":     {booking(lending.Approved, fixed), "loan.book", ""},
		"one of a category":               {booking(lending.Approved, anyTruck(1, raytown)), "loan.book", ""},
		"one that was recalled":           {booking(lending.Recalled), "loan.book", ""},
		"a hand-over":                     {out(asked, 0), "loan.handover", "loan.handover"},
		"of one that is out by itself":    {out(begun, 0), "loan.handover", ""},
		"of one that is over by itself":   {out(over, 0), "loan.handover", ""},
		"of one whose paper is there":     {out(full, 0), "loan.handover", "loan.handover"},
		"of no loan":                      {out(99, 0), "loan.handover", "loan.handover"},
		"a return":                        {back(begun, 0), "loan.return", "loan.return"},
		"of one over by its own row":      {back(over, 0), "loan.return", ""},
		"of one whose return is there":    {back(full, 0), "loan.return", "loan.return"},
		"of one that has not begun":       {back(asked, 0), "loan.return", "loan.return"},
		"a return of no loan":             {back(99, 0), "loan.return", "loan.return"},
		"an amended hand-over":            {out(full, 1), "loan.amend-handover", ""},
		"an amended one, with its line":   {out(charged, 1), "loan.amend-handover", "loan.amend-handover"},
		"an amended return":               {back(full, 1), "loan.amend-return", ""},
		"an amended return with its line": {back(charged, 1), "loan.amend-return", "loan.amend-return"},
	} {
		for copied, want := range map[bool]string{false: c.new, true: c.copy} {
			got := ""
			if act := loans.Acts().ForRow(w, c.row, copied); act != nil {
				got = act.Name
			}
			if got != want {
				t.Errorf("%s, copied %v: %q, want %q", name, copied, got, want)
			}
		}
	}
}

// A row that says another state than a loan has does the act that leads there, with
// its reason; where none does, a sentence says what does.
func TestWhichActLeadsToAState(t *testing.T) {
	leads := map[lending.ReservationState]map[lending.ReservationState]string{
		lending.LoanDraft: {lending.Requested: "loan.ask", lending.Approved: "loan.approve",
			lending.Cancelled: "loan.cancel"},
		lending.Requested: {lending.Approved: "loan.approve", lending.Declined: "loan.decline",
			lending.Waitlisted: "loan.wait", lending.Cancelled: "loan.cancel"},
		lending.Waitlisted: {lending.Requested: "loan.ask", lending.Approved: "loan.approve",
			lending.Declined: "loan.decline", lending.Cancelled: "loan.cancel"},
		lending.Approved: {lending.Cancelled: "loan.cancel", lending.NoShow: "loan.noshow",
			lending.Recalled: "loan.recall"},
		lending.Returned:  {lending.Closed: "loan.close"},
		lending.Declined:  {lending.Requested: "loan.ask"},
		lending.Cancelled: {lending.Requested: "loan.ask"},
		lending.NoShow:    {lending.Requested: "loan.ask"},
		lending.Recalled:  {lending.Requested: "loan.ask"},
	}
	for _, from := range allStates {
		for _, to := range allStates {
			now := &lending.Reservation{ID: 1, State: from, Reason: "before"}
			mine := &lending.Reservation{ID: 1, State: to, Reason: "rain", Purpose: "storm"}
			act, err := loans.Acts().ForStep("reservations", now, mine)
			want := leads[from][to]
			switch {
			case want != "":
				if act == nil || act.Name != want {
					t.Errorf("%s to %s: %v, %v", from, to, act, err)
					continue
				}
				if args := act.Steps.Read(mine); slices.Contains([]string{"loan.decline", "loan.cancel", "loan.noshow",
					"loan.recall"}, want) && !saysReason(args, "rain") {
					t.Errorf("%s to %s: %+v", from, to, args)
				}
				if act.Steps.Rest(now, mine); mine.State != from || mine.Reason != "before" || mine.Purpose != "storm" {
					t.Errorf("%s to %s: beside the act the row says %+v", from, to, mine)
				}
			case from == to:
				if act != nil || err != nil {
					t.Errorf("%s stays: %v, %v", from, act, err)
				}
			default:
				says := "a loan that is " + string(from) + " does not become " + string(to)
				switch to {
				case lending.OutOnLoan:
					says = "goes out with a hand-over"
				case lending.Returned:
					says = "comes back with a return"
				}
				if act != nil || failure.CodeOf(err) != failure.Invalid || !strings.Contains(err.Error(), says) {
					t.Errorf("%s to %s: %v, %v", from, to, act, err)
				}
			}
		}
	}
}

func saysReason(args any, why string) bool {
	switch a := args.(type) {
	case *loans.Because:
		return a.Reason == why
	case *loans.Why:
		return a.Reason == why
	case *loans.Recalling:
		return a.Reason == why
	}
	return false
}

// A booking as a list holds it is booked, granted or entered as its state says.
func TestABookingComesInAsItStands(t *testing.T) {
	row := func(state lending.ReservationState, set ...func(*lending.Reservation)) *lending.Reservation {
		v := &lending.Reservation{Unit: 1, Borrower: grandview, State: state, Start: value.Some(at(3, 9, 8, 0)),
			End: value.Some(at(3, 9, 17, 0))}
		for _, s := range set {
			s(v)
		}
		return v
	}
	own := func(v *lending.Reservation) { v.Borrower = raytown }
	past := on(at(3, 1, 8, 0), at(3, 1, 17, 0))
	undated := func(v *lending.Reservation) { v.Start, v.End = value.Opt[value.Wall]{}, value.Opt[value.Wall]{} }
	type state = lending.ReservationState
	told := "Raytown, rate of Mar 4, 2027"
	for name, c := range map[string]struct {
		row   *lending.Reservation
		state state
		basis lending.Basis
		from  string // what is said of the rate
	}{
		"asked for":               {row(lending.Requested), lending.Requested, "", ""},
		"asked for, one's own":    {row(lending.Requested, own), lending.Approved, lending.BasisWaived, ""},
		"asked for, some day":     {row(lending.Requested, own, undated), lending.Requested, "", ""},
		"asked for, of any":       {row(lending.Requested, anyTruck(1, raytown)), lending.Requested, "", ""},
		"waiting":                 {row(lending.Waitlisted, own), lending.Waitlisted, "", ""},
		"granted":                 {row(lending.Approved), lending.Approved, lending.BasisMeter, "Raytown"},
		"granted, one's own":      {row(lending.Approved, own), lending.Approved, lending.BasisWaived, ""},
		"out":                     {row(lending.OutOnLoan), lending.OutOnLoan, lending.BasisMeter, "Raytown"},
		"over":                    {row(lending.Returned, past), lending.Returned, lending.BasisMeter, told},
		"closed":                  {row(lending.Closed, past), lending.Closed, lending.BasisMeter, told},
		"given up":                {row(lending.Cancelled), lending.Cancelled, "", ""},
		"a draft":                 {row(lending.LoanDraft), lending.LoanDraft, "", ""},
		"a draft of what is ones": {row(lending.LoanDraft, own), lending.LoanDraft, "", ""},
	} {
		w := yard(t)
		w.By = field.Actor{Partner: field.Party(raytown)}
		before := *c.row
		done, err := do(w, "loan.book", 0, &loans.Asking{Row: c.row})
		v := field.Get(w, lending.ReservationID(done.ID))
		if err != nil || done.Text != "Entered." || v.State != c.state || v.Terms.Basis != c.basis ||
			v.Terms.Source != c.from || v.Borrower != c.row.Borrower {
			t.Errorf("%s: %v, %+v", name, err, v)
		}
		if !w.Schema().Kind("reservations").Equal(&before, c.row) {
			t.Errorf("%s: the row itself is changed", name)
		}
		if got := loans.Acts().Named("loan.book").HistoryTitle(w.View(), nil, &loans.Asking{Row: c.row}); got !=
			"book "+loans.UnitText(w, c.row) {
			t.Errorf("%s: %q", name, got)
		}
	}
	any := yard(t)
	any.By = field.Actor{Partner: field.Party(raytown)}
	done, err := do(any, "loan.book", 0, &loans.Asking{Row: row(lending.Approved, anyTruck(1, 0))})
	if v := field.Get(any, lending.ReservationID(done.ID)); err != nil || v.Lender != raytown {
		t.Errorf("granted by category: %v %+v", err, v)
	}
	all := yard(t) // a coordinator offers nothing of their own
	all.By = field.Actor{All: true, Partner: field.Party(leesSummit)}
	done, err = do(all, "loan.book", 0, &loans.Asking{Row: row(lending.Approved, anyTruck(1, raytown))})
	if v := field.Get(all, lending.ReservationID(done.ID)); err != nil || v.Lender != raytown {
		t.Errorf("granted by a coordinator: %v %+v", err, v)
	}
}

// What a list says is refused where the step would be: what is taken, and what lacks
// a paper or a rate.
func TestABookingThatDoesNotComeIn(t *testing.T) {
	w := yard(t)
	lent(t, w, lending.Approved)
	lent(t, w, lending.OutOnLoan, on(at(2, 1, 8, 0), at(2, 2, 8, 0))) // a return that was forgotten warns only
	fema := keep(t, w, &lending.Equipment{Tag: "RT-3", Owner: raytown, Status: lending.EquipmentActive,
		Shareable: true, Charge: lending.ChargeFEMA, FEMACode: "8722", FEMAYear: 2025})
	crane := keep(t, w, &lending.Equipment{Tag: "IN-1", Owner: independence, Status: lending.EquipmentActive,
		Shareable: true})
	is := func(unit lending.EquipmentID, state lending.ReservationState, from, until value.Wall) *lending.Reservation {
		return &lending.Reservation{Unit: unit, Borrower: grandview, State: state, Start: value.Some(from),
			End: value.Some(until)}
	}
	for name, c := range map[string]struct {
		row  *lending.Reservation
		says string // "" when it comes in
	}{
		"taken":                {is(1, lending.Requested, at(3, 9, 16, 0), at(3, 9, 18, 0)), "RT-104 is taken"},
		"taken and granted":    {is(1, lending.Approved, at(3, 9, 16, 0), at(3, 9, 18, 0)), "RT-104 is taken"},
		"taken, waiting":       {is(1, lending.Waitlisted, at(3, 9, 16, 0), at(3, 9, 18, 0)), ""},
		"behind what is taken": {is(1, lending.Requested, at(3, 9, 17, 0), at(3, 9, 18, 0)), ""},
		"perhaps still out":    {is(1, lending.Requested, at(3, 5, 8, 0), at(3, 5, 9, 0)), ""},
		"of no known rate":     {is(fema, lending.OutOnLoan, at(3, 9, 8, 0), at(3, 9, 9, 0)), "code 8722"},
		"granted at none":      {is(fema, lending.Approved, at(3, 9, 8, 0), at(3, 9, 9, 0)), "code 8722"},
		"asked for at none":    {is(fema, lending.Requested, at(3, 9, 8, 0), at(3, 9, 9, 0)), ""},
		"without an agreement": {is(crane, lending.OutOnLoan, at(3, 9, 8, 0), at(3, 9, 9, 0)), "no agreement"},
		"granted without":      {is(crane, lending.Approved, at(3, 9, 8, 0), at(3, 9, 9, 0)), "no agreement"},
		"asked for without":    {is(crane, lending.Requested, at(3, 9, 8, 0), at(3, 9, 9, 0)), ""},
	} {
		_, err := do(w, "loan.book", 0, &loans.Asking{Row: c.row})
		if c.says == "" && err != nil || c.says != "" && (err == nil || !strings.Contains(err.Error(), c.says)) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
