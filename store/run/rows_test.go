package run

import (
	"context"
	"errors"
	"strings"
	"testing"

	"interlocal/model"
	"interlocal/model/access"
	"interlocal/model/field"
	"interlocal/model/lending"
	"interlocal/model/lending/loans"
	"interlocal/model/value"
	"interlocal/store"
)

// editor is somebody of a city: 2 is Grandview, 3 Independence, 5 Raytown.
func editor(partner field.Party) access.Identity {
	return access.Identity{User: string(rune('a' + partner)), Name: "Ed", Role: access.Editor, Partner: partner}
}

func loanAt(st *store.Store, id lending.ReservationID) *lending.Reservation {
	return field.Get(st.As(clerk()).View(), id)
}

// refusedRow takes a file in whose only good row is refused with some words.
func refusedRow(t *testing.T, st *store.Store, id access.Identity, kind, content, says string) {
	t.Helper()
	rev := st.As(clerk()).View().Rev()
	out := take(t, st, id, kind, content, nil)
	if out.Added+out.Changed > 0 || len(out.Faults) == 0 || !strings.Contains(out.Faults[0].Reason, says) {
		t.Errorf("%s: %v %v, want %q", content, out, out.Faults, says)
	}
	if now := st.As(clerk()).View().Rev(); now != rev {
		t.Errorf("a refused row made revision %d of %d", now, rev)
	}
}

// asked opens a file with a loan of Raytown's skid steer to Grandview that is in a
// state, in a time to come and without an agreement. It is #4.
func asked(t *testing.T, state lending.ReservationState) *store.Store {
	t.Helper()
	st := booked(t)
	taken(t, st, "reservations",
		"unit,borrower,state,start,end\nRT-1,Grandview,draft,2026-12-20 08:00,2026-12-21 17:00\n")
	if state == lending.Requested || state == lending.Waitlisted {
		taken(t, st, "reservations", said(t, st, "requested", ""))
	}
	if state == lending.Waitlisted {
		taken(t, st, "reservations", said(t, st, "waitlisted", ""))
	}
	if v := loanAt(st, 4); v.State != state {
		t.Fatalf("the loan is %s", v.State)
	}
	return st
}

// said is the export of the loans with another state of #4, and a reason.
func said(t *testing.T, st *store.Store, state, reason string) string {
	t.Helper()
	lines := strings.SplitAfter(exported(t, st, "reservations"), "\n")
	at := strings.Count(lines[0][:strings.Index(lines[0], ",state,")], ",") + 1
	why := strings.Count(lines[0][:strings.Index(lines[0], ",reason,")], ",") + 1
	cells := strings.Split(strings.TrimRight(lines[4], "\r\n"), ",")
	cells[at], cells[why] = state, reason
	return lines[0] + strings.Join(cells, ",") + "\n"
}

// A row whose state is approved approves: the owner alone, with the rate fixed, and
// without an agreement when somebody answers for it.
func TestARowApproves(t *testing.T) {
	for _, from := range []lending.ReservationState{lending.LoanDraft, lending.Requested, lending.Waitlisted} {
		st := asked(t, from)
		refusedRow(t, st, editor(5), "reservations", said(t, st, "approved", ""), "no agreement")
		refusedRow(t, st, editor(2), "reservations", said(t, st, "approved", ""), "")
		out := take(t, st, editor(5), "reservations", said(t, st, "approved", ""),
			&field.Override{Name: "Pat", Reason: "storm"})
		v := loanAt(st, 4)
		if out.Changed != 1 || v.State != lending.Approved || v.Terms.Basis != lending.BasisDay ||
			v.Terms.Rate.V != 45_0000 ||
			!v.Passed(lending.PassAgreement) || v.Passes[0].Name != "Pat" {
			t.Errorf("from %s: %v, %v: %+v", from, out, out.Faults, v)
		}
	}
}

// Every other state of a row does its act, with all that the act asks, or is
// refused with a sentence.
func TestEveryStateOfARowDoesItsAct(t *testing.T) {
	const owner, borrower = 5, 2
	for _, c := range []struct {
		from   lending.ReservationState
		to     string
		reason string
		by     field.Party
		says   string // why it is refused; "" when it is done
	}{
		{lending.Requested, "declined", "", owner, "Reason is needed"},
		{lending.Requested, "declined", "in service", borrower, "owner"},
		{lending.Requested, "declined", "in service", owner, ""},
		{lending.Requested, "waitlisted", "", owner, ""},
		{lending.Requested, "cancelled", "not needed", owner, "the borrower gives a loan up"},
		{lending.Requested, "cancelled", "not needed", borrower, ""},
		{lending.Requested, "out", "", owner, "does not become out"},
		{lending.Requested, "returned", "", owner, "does not become returned"},
		{lending.Requested, "closed", "", owner, "does not become closed"},
		{lending.LoanDraft, "requested", "", borrower, ""},
		{lending.Waitlisted, "requested", "", borrower, ""},
	} {
		st := asked(t, c.from)
		if c.says != "" {
			refusedRow(t, st, editor(c.by), "reservations", said(t, st, c.to, c.reason), c.says)
			continue
		}
		out := take(t, st, editor(c.by), "reservations", said(t, st, c.to, c.reason), nil)
		if v := loanAt(st, 4); string(v.State) != c.to || v.Reason != c.reason {
			t.Errorf("%s to %s: %v %v, is %s, %q", c.from, c.to, out, out.Faults, v.State, v.Reason)
		}
	}
}

// A loan is not closed while it is owed, by a row, a form or the act.
func TestALoanIsClosedWhenItIsSettled(t *testing.T) {
	st := booked(t)
	taken(t, st, "handovers", outHead+out1)
	taken(t, st, "returns", backHead+back1)
	closed := strings.Replace(strings.Replace(exported(t, st, "reservations"), ",returned,", ",closed,", 1), ",out,",
		",closed,", 1)
	row := closed[:strings.Index(closed, "\n2,")+1]
	refusedRow(t, st, editor(3), "reservations", row, "$555.00 is accrued")
	act := loans.Acts().Named("loan.close")
	if _, err := Do(context.Background(), st, editor(3), Request{Act: act, ID: 1}); err == nil ||
		!strings.Contains(err.Error(), "$555.00 is accrued") {
		t.Errorf("the act: %v", err)
	}
	changed(t, st, func(tx *store.Tx) error {
		return field.Change(tx, lending.ChargeID(1),
			func(c *lending.Charge) error { c.State = lending.Paid; return nil })
	})
	if out := take(t, st, editor(3), "reservations", row, nil); out.Changed != 1 ||
		loanAt(st, 1).State != lending.Closed {
		t.Errorf("%v %v", out, out.Faults)
	}
}

// changed changes records as the clerk.
func changed(t *testing.T, st *store.Store, fn func(tx *store.Tx) error) {
	t.Helper()
	if _, err := st.Update(context.Background(), clerk(), store.Op{Title: "test"}, fn); err != nil {
		t.Fatal(err)
	}
}

// An amendment by file amends the paper that it names, which is its loan's own and
// the one that stands, and says why.
func TestARowAmendsWhatItNames(t *testing.T) {
	st := booked(t)
	taken(t, st, "handovers", outHead+out1+out2)
	const head = "reservation,unit,at,meter,given_by,taken_by,amends,note\n"
	row := "#2,IN-1,2026-11-05 08:30,120.4,A,B,"
	refusedRow(t, st, clerk(), "handovers", head+row+"#1,misread\n", "another loan's")
	refusedRow(t, st, clerk(), "handovers", head+row+"#2,\n", "say in the note why")
	taken(t, st, "handovers", head+row+"#2,misread\n")
	if h := lending.HandoverOf(st.As(clerk()).View(), 2); h.Meter.V != 1204 || h.Amends != 2 {
		t.Errorf("what stands is %+v", h)
	}
	refusedRow(t, st, clerk(), "handovers", head+strings.Replace(row, "120.4", "120.3", 1)+"#2,once more\n",
		"#3, not #2")
	act := loans.Acts().Named("loan.amend-handover")
	for _, by := range []access.Identity{editor(2), editor(3)} {
		view := st.As(by).View()
		args := act.NewArgs(ViewOf(view, by, act, st.As(by).Now()),
			field.Get(view, lending.ReservationID(2))).(*lending.Handover)
		args.Meter = value.Some[value.Tenths](1203)
		if _, err := Do(context.Background(), st, by, Request{Act: act, ID: 2, Args: args}); err == nil ||
			!strings.Contains(err.Error(), "Note is needed") {
			t.Errorf("an amendment by %d without a note: %v", by.Partner, err)
		}
	}
}

// A list of bookings from elsewhere books: what is taken is refused, a city's own
// unit is booked at once, and a loan of a day gone by gets the rate of its first day.
func TestRowsOfBookingsBook(t *testing.T) {
	st := booked(t)
	const head = "unit,borrower,state,start,end\n"
	refusedRow(t, st, clerk(), "reservations", head+"IN-1,Raytown,requested,2026-11-05 10:00,2026-11-05 12:00\n",
		"IN-1 is taken")
	refusedRow(t, st, clerk(), "reservations", head+"IN-1,Raytown,returned,2026-11-05 10:00,2026-11-05 12:00\n",
		"one of the two is mistaken")
	out := taken(t, st, "reservations", head+"IN-1,Independence,requested,2026-12-07 08:00,2026-12-07 12:00\n"+
		"IN-1,Grandview,returned,2026-10-05 08:00,2026-10-05 12:00\n"+
		"RT-1,Grandview,out,2026-11-20 08:00,2026-12-20 12:00\n"+
		"IN-1,Grandview,waitlisted,2026-11-05 10:00,2026-11-05 12:00\n")
	if own := loanAt(st, 4); own.State != lending.Approved || own.Terms.Basis != lending.BasisWaived {
		t.Errorf("one's own is %s: %+v", own.State, own.Terms)
	}
	if past := loanAt(st, 5); past.State != lending.Returned || past.Terms.Rate.V != 50_0000 ||
		past.Terms.Source != "Independence, rate of Dec 3, 2026" {
		t.Errorf("the past one is %s: %+v", past.State, past.Terms)
	}
	if len(out.Doubts) != 1 || out.Doubts[0].Line != 4 {
		t.Errorf("the doubts are %v", out.Doubts)
	}
	// The papers that the past one lacks come in later, in any order, and make its line.
	taken(t, st, "returns", backHead+"#5,IN-1,2026-10-05 12:00,104.0,B,A,,\n")
	taken(t, st, "handovers", outHead+"#5,IN-1,2026-10-05 08:00,101.0,A,B,\n")
	if sum, lines := total(st); sum != 150_00 || lines != 1 || loanAt(st, 5).State != lending.Returned {
		t.Errorf("%d lines come to %v, the loan is %s", lines, sum, loanAt(st, 5).State)
	}
}

// Doubts that were let stand are answered later: by the act, and by the same file
// with somebody who answers.
func TestDoubtsAreAnsweredLater(t *testing.T) {
	act := loans.Acts().Named("loan.answer")
	for name, answer := range map[string]func(*store.Store, access.Identity, *field.Override) error{
		"act": func(st *store.Store, by access.Identity, o *field.Override) error {
			_, err := Do(context.Background(), st, by, Request{Act: act, ID: 3, Override: o})
			return err
		},
		"file": func(st *store.Store, by access.Identity, o *field.Override) error {
			out := take(t, st, by, "reservations", bookings, o)
			if len(out.Doubts) > 0 {
				return errors.New(out.Doubts[0].Reason)
			}
			return nil
		},
	} {
		st := booked(t)
		if err := answer(st, editor(2), &field.Override{Name: "Gus", Reason: "we need it"}); err == nil {
			t.Errorf("%s: the borrower answered", name)
		}
		if name == "act" {
			if err := answer(st, editor(5), nil); !errors.As(err, new(field.Doubts)) {
				t.Errorf("%s: without an answer: %v", name, err)
			}
		}
		if err := answer(st, editor(5), &field.Override{Name: "Pat", Reason: "storm"}); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if v := loanAt(st, 3); len(v.Passes) != 1 || v.Passes[0].Name != "Pat" ||
			len(lending.Doubtful(st.As(clerk()).View(), v)) > 0 {
			t.Errorf("%s: the loan has %v", name, v.Passes)
		}
	}
}

// A meter that ran for longer than the loan is a doubt, by file and by step, and
// passes with a name and a reason.
func TestMoreMeterHoursThanHoursIsADoubt(t *testing.T) {
	st := booked(t)
	taken(t, st, "handovers", outHead+out1)
	long := strings.Replace(back1, "120.0", "190.0", 1) // 80 hours in 32
	out := take(t, st, clerk(), "returns", backHead+long, nil)
	if out.Added != 1 || len(out.Doubts) != 1 || !strings.Contains(out.Doubts[0].Reason, "80 hours in 32 hours") {
		t.Fatalf("%v %v %v", out, out.Faults, out.Doubts)
	}
	act := loans.Acts().Named("loan.amend-return")
	view := st.As(editor(2)).View()
	args := act.NewArgs(ViewOf(view, editor(2), act, st.As(editor(2)).Now()), loanAt(st, 1)).(*lending.Return)
	args.Meter, args.Note = value.Some[value.Tenths](1800), "misread"
	_, err := Do(context.Background(), st, editor(2), Request{Act: act, ID: 1, Args: args})
	if !errors.As(err, new(field.Doubts)) {
		t.Errorf("70 hours in 32: %v", err)
	}
	args.Meter = value.Some[value.Tenths](1420)
	if _, err = Do(context.Background(), st, editor(2), Request{Act: act, ID: 1, Args: args}); err != nil {
		t.Errorf("32 hours in 32: %v", err)
	}
}

// Figures that nothing on earth shows are refused with the bound.
func TestFiguresHaveBounds(t *testing.T) {
	st := booked(t)
	taken(t, st, "handovers", outHead+out1)
	refusedRow(t, st, clerk(), "handovers", outHead+strings.Replace(out2, "120.5", "99999999", 1),
		"at most 100000 hours")
	refusedRow(t, st, clerk(), "returns", backHead+strings.Replace(back1, "120.0", "99999999", 1),
		"at most 100000 hours")
	refusedRow(t, st, clerk(), "returns", backHead+strings.Replace(back1, "10 gal at 3.50", "99999 gal at 35.00", 1),
		"at most $1,000,000.00")
	const head = "tag,name,owner,status,meter_counts,charge,local_rate,local_per\n"
	refusedRow(t, st, clerk(), "equipment", head+"X-1,Car,Raytown,active,hours,local,0.72,mile\n", "counts hours")
	refusedRow(t, st, clerk(), "equipment", head+"X-1,Car,Raytown,active,miles,local,999999.00,mile\n",
		"at most $100,000.00")
	taken(t, st, "equipment", head+"X-1,Car,Raytown,active,miles,local,0.72,mile\n")
}

// Whoever brought a file in may take it back as long as nobody has built on it,
// whichever city they are of.
func TestABorrowerTakesTheirFileBack(t *testing.T) {
	for _, by := range []access.Identity{editor(2), editor(3)} {
		st := booked(t)
		if out := take(t, st, by, "handovers", outHead+out1, nil); out.Added != 1 {
			t.Fatalf("%v %v", out, out.Faults)
		}
		if _, err := st.Undo(context.Background(), by); err != nil {
			t.Errorf("%d: %v", by.Partner, err)
		}
		if _, err := st.Redo(context.Background(), by); err != nil {
			t.Errorf("%d: %v", by.Partner, err)
		}
		if v := loanAt(st, 1); v.State != lending.OutOnLoan {
			t.Errorf("%d: the loan is %s", by.Partner, v.State)
		}
	}
}

// A form is no way around an act: it asks what the act asks, and what others rely
// on at once is not undone.
func TestAFormDoesTheAct(t *testing.T) {
	st := asked(t, lending.Requested)
	acts := model.NewActs()
	save := func(by access.Identity, e store.Edit, kind string, o *field.Override) error {
		_, err := st.Update(context.Background(), by, store.Op{Title: "form"}, func(tx *store.Tx) error {
			_, err := Save(tx, acts, tx.Schema().Kind(kind), e, o)
			return err
		})
		return err
	}
	mine := *loanAt(st, 4)
	mine.State, mine.Purpose = lending.Approved, "leaves"
	edit := store.Edit{ID: 4, BaseRev: st.As(clerk()).View().RevOf("reservations", 4), Base: loanAt(st, 4), Mine: &mine}
	if err := save(editor(5), edit, "reservations", nil); !errors.As(err, new(field.Doubts)) {
		t.Fatalf("without an agreement: %v", err)
	}
	if err := save(editor(5), edit, "reservations", &field.Override{Name: "Pat", Reason: "storm"}); err != nil {
		t.Fatal(err)
	}
	if v := loanAt(st, 4); v.Terms.Rate.V != 45_0000 || !v.Passed(lending.PassAgreement) || v.Purpose != "leaves" {
		t.Errorf("%+v", v)
	}
	out := &lending.Handover{Reservation: 1, Unit: 1,
		Inspection: lending.Inspection{At: value.Some(value.Date(2026, 11, 2).At(8, 0)),
			Meter: value.Some[value.Tenths](1100), GivenBy: "A", TakenBy: "B"}}
	if err := save(editor(3), store.Edit{Mine: out}, "handovers", nil); err != nil {
		t.Fatal(err)
	}
	if v := loanAt(st, 1); v.State != lending.OutOnLoan {
		t.Errorf("the loan is %s", v.State)
	}
	if _, err := st.Undo(context.Background(), editor(3)); err == nil {
		t.Error("a hand-over was undone")
	}
}
