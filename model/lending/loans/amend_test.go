package loans_test

import (
	"testing"

	"interlocal/model/failure"
	"interlocal/model/field"
	"interlocal/model/field/fieldtest"
	"interlocal/model/lending"
	"interlocal/model/lending/loans"
	"interlocal/model/value"
)

// settled is a loan that is back: two hours at $95, and a lowboy for $20 there.
func settled(t *testing.T) (*fieldtest.Writer, lending.ReservationID) {
	t.Helper()
	w := yard(t)
	id := granted(t, w)
	out := outgoing(at(3, 4, 8, 0), 1000)
	out.Transport, out.Note = "20", "clean"
	goes(t, w, raytown, "loan.handover", id, out)
	back := incoming(at(3, 4, 12, 0), 1020)
	back.Note = "clean"
	goes(t, w, grandview, "loan.return", id, back)
	if sum := total(w, id); sum != 210_00 {
		t.Fatalf("comes to %v", sum)
	}
	return w, id
}

// amended gives the standing return with a reading and a reason.
func amended(w *fieldtest.Writer, id lending.ReservationID, meter value.Tenths) *lending.Return {
	args := loans.Acts().Named("loan.amend-return").NewArgs(w.View(), field.Get(w, id)).(*lending.Return)
	args.Meter, args.Note = value.Some(meter), "misread"
	return args
}

// amendedOut gives the standing hand-over with a reading and a reason.
func amendedOut(w *fieldtest.Writer, id lending.ReservationID, meter value.Tenths) *lending.Handover {
	args := loans.Acts().Named("loan.amend-handover").NewArgs(w.View(), field.Get(w, id)).(*lending.Handover)
	args.Meter, args.Note = value.Some(meter), "misread"
	return args
}

// An amendment begins with what stands and without a reason, which it asks for. It
// amends the paper that stands and no other.
func TestWhatAnAmendmentSays(t *testing.T) {
	w, id := settled(t)
	w.At += 24 * 60
	args := loans.Acts().Named("loan.amend-return").NewArgs(w.View(), field.Get(w, id)).(*lending.Return)
	first := lending.ReturnOf(w, id)
	if args.Note != "" || args.Amends != first.ID || args.Meter != first.Meter || args.GivenBy != "Dana" {
		t.Errorf("begins with %+v", args)
	}
	refused(t, w, raytown, "loan.amend-return", id, args, failure.Invalid, "say in the note why")
	args.Note = "  "
	refused(t, w, raytown, "loan.amend-return", id, args, failure.Invalid, "say in the note why")
	args.Note, args.Amends = "misread", first.ID+7
	refused(t, w, raytown, "loan.amend-return", id, args, failure.Conflict,
		"the return of reservation #1 that stands is #1, not #8")
	args.Amends, args.Damage = 0, "a dent" // the one that stands
	goes(t, w, raytown, "loan.amend-return", id, args)
	if v := lending.ReturnOf(w, id); v.ID == first.ID || v.Amends != first.ID || v.Unit != 1 || v.Damage != "a dent" ||
		v.Entered != value.Some(w.Now().Day()) {
		t.Errorf("%+v", v)
	}
	out := loans.Acts().Named("loan.amend-handover").NewArgs(w.View(), field.Get(w, id)).(*lending.Handover)
	if was := lending.HandoverOf(w, id); out.Note != "" || out.Amends != was.ID || out.Transport != "20" {
		t.Errorf("begins with %+v", out)
	}
	refused(t, w, raytown, "loan.amend-handover", id, out, failure.Invalid, "say in the note why")
	out.Note, out.Amends = "misread", 8
	refused(t, w, raytown, "loan.amend-handover", id, out, failure.Conflict, "hand-over")
	goes(t, w, raytown, "loan.amend-handover", id, amendedOut(w, id, 1000))
	if v := lending.HandoverOf(w, id); v.Amends != 1 || v.Unit != 1 || v.Entered != value.Some(w.Now().Day()) {
		t.Errorf("%+v", v)
	}
	for name, err := range map[string]error{
		"hand-over": loans.AmendHandover(w, w.Now(), 99, loans.Out{}),
		"return":    loans.AmendReturn(w, w.Now(), 99, loans.Back{}),
	} {
		if failure.CodeOf(err) != failure.NotFound {
			t.Errorf("a %s that is not there: %v", name, err)
		}
	}
}

// While nothing is billed an amendment puts the line right; what people noted on the
// line stays.
func TestAnAmendmentChangesALineThatIsNotBilled(t *testing.T) {
	w, id := settled(t)
	line := linesOf(w, id)[0]
	line.Note = "seen by finance"
	done, err := by(w, raytown, "loan.amend-return", id, amended(w, id, 1030))
	if err != nil || done.Text != "Amended: RT-104 Dump truck. It comes to $305.00." {
		t.Errorf("%q, %v", done.Text, err)
	}
	if lines := linesOf(w, id); len(lines) != 1 || lines[0].ID != line.ID || lines[0].Note != line.Note ||
		lines[0].Usage.V != 285_00 || lines[0].Transport.V != 20_00 {
		t.Errorf("%+v", lines)
	}
	out := amendedOut(w, id, 1010)
	out.Transport = "30"
	goes(t, w, raytown, "loan.amend-handover", id, out)
	if lines := linesOf(w, id); len(lines) != 1 || lines[0].Usage.V != 190_00 || lines[0].Transport.V != 30_00 {
		t.Errorf("%+v", lines)
	}
}

// What is billed stands: another line corrects it by the difference, in money or in
// hours, and where there is none there is no line.
func TestAnAmendmentCorrectsALineThatIsBilled(t *testing.T) {
	for _, state := range []lending.ChargeState{lending.Billed, lending.Disputed, lending.Paid} {
		w, id := settled(t)
		first := linesOf(w, id)[0]
		first.State = state
		goes(t, w, raytown, "loan.amend-return", id, amended(w, id, 1020))
		if n := len(linesOf(w, id)); n != 1 {
			t.Errorf("%s: nothing is different, and there are %d lines", state, n)
		}
		goes(t, w, raytown, "loan.amend-return", id, amended(w, id, 1010))
		lines := linesOf(w, id)
		if len(lines) != 2 || lines[0].Total() != 210_00 || lines[0].State != state || lines[1].Total() != -95_00 ||
			lines[1].Corrects != first.ID || lines[1].State != lending.Accrued {
			t.Errorf("%s: %+v", state, lines)
		}
		late := amended(w, id, 1010)
		late.At.V += 60
		goes(t, w, raytown, "loan.amend-return", id, late)
		if lines = linesOf(w, id); len(lines) != 3 || lines[2].Total() != 0 || lines[2].Hours.V != 10 {
			t.Errorf("%s, an hour later: %+v", state, lines)
		}
		goes(t, w, raytown, "loan.amend-return", id, amended(w, id, 1020))
		if total(w, id) != 210_00 {
			t.Errorf("%s: put right again it comes to %v", state, total(w, id))
		}
	}
}

// A line that somebody has corrected is not changed under the correction, billed or
// not.
func TestACorrectedLineIsCorrectedFurther(t *testing.T) {
	w, id := settled(t)
	first := linesOf(w, id)[0]
	keep(t, w, &lending.Charge{Reservation: id, Lender: raytown, Borrower: grandview, State: lending.Accrued,
		Basis: lending.BasisFlat, Usage: value.Some[value.Cents](-10_00), Corrects: first.ID})
	goes(t, w, raytown, "loan.amend-return", id, amended(w, id, 1030))
	if lines := linesOf(w, id); len(lines) != 3 || lines[0].Total() != 210_00 || total(w, id) != 305_00 {
		t.Errorf("comes to %v by %+v", total(w, id), lines)
	}
}

// What a loan came to leaves out what is written off.
func TestWhatIsWrittenOffIsNotOwed(t *testing.T) {
	w, id := settled(t)
	linesOf(w, id)[0].State = lending.WrittenOff
	done, err := by(w, raytown, "loan.amend-return", id, amended(w, id, 1020))
	if err != nil || done.Text != "Amended: RT-104 Dump truck." {
		t.Errorf("%q, %v", done.Text, err)
	}
}

// While a unit is out an amended hand-over settles nothing.
func TestAHandOverIsAmendedWhileTheUnitIsOut(t *testing.T) {
	w := yard(t)
	id := granted(t, w)
	goes(t, w, raytown, "loan.handover", id, outgoing(at(3, 4, 8, 0), 1000))
	goes(t, w, raytown, "loan.amend-handover", id, amendedOut(w, id, 1005))
	if len(linesOf(w, id)) != 0 {
		t.Errorf("%+v", linesOf(w, id))
	}
	goes(t, w, grandview, "loan.return", id, incoming(at(3, 4, 12, 0), 1020))
	if sum := total(w, id); sum != 142_50 {
		t.Errorf("comes to %v", sum)
	}
}
