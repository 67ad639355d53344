package run

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"interlocal/model"
	"interlocal/model/failure"
	"interlocal/model/field"
	"interlocal/model/lending"
	"interlocal/model/lending/rates"
	"interlocal/model/partnership"
	"interlocal/model/value"
	"interlocal/store"
)

// forgotten opens a file in which IN-1 went to its next borrower and its return from
// #1 is not recorded.
func forgotten(t *testing.T) *store.Store {
	t.Helper()
	st := booked(t)
	taken(t, st, "handovers", outHead+out1+out2)
	return st
}

func split(st *store.Store, by field.Party) error {
	_, err := Do(context.Background(), st, editor(by), Request{Act: model.NewActs().Named("loan.split"), ID: 1})
	return err
}

// A return that was forgotten is taken from the next borrower's reading when both
// cities say so; until then the loan is out and nothing of it is billed.
func TestAForgottenReturnIsSplitWhenBothConfirm(t *testing.T) {
	const grandview, independence, raytown = 2, 3, 5
	st := forgotten(t)
	open := func(when string) {
		t.Helper()
		if sum, lines := total(st); loanAt(st, 1).State != lending.OutOnLoan || lines != 0 {
			t.Errorf("%s: %s, %d lines of %v", when, loanAt(st, 1).State, lines, sum)
		}
		bill := &rates.Billing{First: grandview, Second: independence, Until: value.Some(value.Date(2026, 12, 31))}
		_, err := Do(context.Background(), st, clerk(), Request{Act: model.NewActs().Named("statement.make"),
			Args: bill})
		if failure.CodeOf(err) != failure.NotFound {
			t.Errorf("%s it is billed: %v", when, err)
		}
	}
	open("nobody confirmed")
	if err := split(st, raytown); err == nil {
		t.Error("a city that has no part in it confirmed")
	}
	if err := split(st, grandview); err != nil {
		t.Fatal(err)
	}
	open("one confirmed")
	if err := split(st, grandview); failure.CodeOf(err) != failure.Invalid {
		t.Errorf("twice by one: %v", err)
	}
	if err := split(st, independence); err != nil {
		t.Fatal(err)
	}
	sum, lines := total(st)
	if v := loanAt(st, 1); v.State != lending.Returned || lines != 1 || sum != 20_00+525_00 {
		t.Errorf("%s, %d lines of %v", v.State, lines, sum)
	}
	if back := lending.ReturnOf(st.As(clerk()).View(), 1); back.At.V != value.Date(2026, 11, 5).At(8, 30) ||
		back.Meter.V != 1205 || !back.Signed() || !strings.Contains(back.Note, "reservation #2") {
		t.Errorf("%+v", back)
	}
	if err := split(st, independence); failure.CodeOf(err) != failure.Invalid {
		t.Errorf("once it is back: %v", err)
	}
}

// A word holds for the reading of which it was given, no city gives another's, by a
// form or a file, and a return that is found after all counts.
func TestAWordIsOnesOwnAndOfOneReading(t *testing.T) {
	const grandview, independence = 2, 3
	st := forgotten(t)
	mine := *loanAt(st, 1)
	mine.Splits = []lending.Split{{Partner: independence, Name: "Ed", At: value.Some(value.Date(2026, 11, 5).At(8, 30)),
		Meter: value.Some[value.Tenths](1205)}}
	_, err := st.Update(context.Background(), editor(grandview), store.Op{Title: "form"}, func(tx *store.Tx) error {
		_, err := Save(tx, model.NewActs(), tx.Schema().Kind("reservations"), store.Edit{ID: 1,
			BaseRev: st.As(clerk()).View().RevOf("reservations", 1), Base: loanAt(st, 1), Mine: &mine}, nil)
		return err
	})
	if failure.CodeOf(err) != failure.Forbidden {
		t.Errorf("a form gives the other's word: %v", err)
	}
	if err := split(st, grandview); err != nil {
		t.Fatal(err)
	}
	taken(t, st, "handovers", "reservation,unit,at,meter,given_by,taken_by,amends,note\n"+
		"#2,IN-1,2026-11-05 08:30,120.7,A,B,#2,misread\n")
	if err := split(st, independence); err != nil {
		t.Fatal(err)
	}
	next := lending.Forgotten(st.As(clerk()).View(), loanAt(st, 1))
	if left := loanAt(st, 1).Unconfirmed(st.As(clerk()).View(), next); !slices.Equal(left,
		[]partnership.PartnerID{grandview}) {
		t.Errorf("the reading was amended, and %v are asked", left)
	}
	refusedRow(t, st, clerk(), "returns", backHead+"#1,IN-1,2026-11-03 16:00,121.0,B,A,,\n", "121")
	taken(t, st, "returns", backHead+back1)
	if sum, lines := total(st); lines != 1 || sum != 555_00 {
		t.Errorf("%d lines of %v", lines, sum)
	}
}

// What is asked before a unit goes out: each doubt wants a name and a reason, kept
// with the loan; what is over is not asked again.
func TestWhatIsAskedAtHandOver(t *testing.T) {
	for _, c := range []struct {
		about  lending.PassFor
		change func(*lending.Equipment, *partnership.Partner)
		says   string
	}{
		{lending.PassService, func(u *lending.Equipment, _ *partnership.Partner) { u.Status = lending.EquipmentOut },
			"IN-1 is promised and out of service"},
		{lending.PassInsurance, func(u *lending.Equipment, _ *partnership.Partner) { u.Insurance = "1M" },
			"no certificate of insurance of Grandview is on file, and IN-1 asks for one"},
		{lending.PassInsurance, func(u *lending.Equipment, p *partnership.Partner) {
			u.Insurance, p.InsuredUntil = "1M", value.Some(value.Date(2026, 11, 2))
		}, "the certificate of insurance of Grandview runs out on Nov 2, 2026, before the loan ends"},
		{lending.PassInspection, func(u *lending.Equipment, _ *partnership.Partner) {
			u.InspectedUntil = value.Some(value.Date(2026, 10, 31))
		}, "the inspection of IN-1 ran out on Oct 31, 2026"},
		{"", func(u *lending.Equipment, p *partnership.Partner) {
			u.Insurance, p.InsuredUntil = "1M", value.Some(value.Date(2026, 11, 3))
			u.InspectedUntil = value.Some(value.Date(2026, 11, 2))
		}, ""},
	} {
		st := booked(t)
		_, err := st.Update(context.Background(), clerk(), store.Op{Title: "papers"}, func(tx *store.Tx) error {
			return field.Change(tx, 1, func(u *lending.Equipment) error {
				return field.Change(tx, 2, func(p *partnership.Partner) error { c.change(u, p); return nil })
			})
		})
		if err != nil {
			t.Fatal(err)
		}
		q := Request{Act: model.NewActs().Named("loan.handover"), ID: 1, Args: model.NewActs().Named("loan.handover").
			NewArgs(field.Viewpoint{Reader: st.As(clerk()).View(), Now: value.Date(2026, 11, 2).At(8, 0)},
				loanAt(st, 1))}
		_, err = Do(context.Background(), st, editor(3), q)
		var doubts field.Doubts
		if errors.As(err, &doubts) != (c.about != "") || c.about != "" && (len(doubts) != 1 ||
			doubts[0].Sentence != c.says || doubts[0].About != string(c.about)) {
			t.Errorf("%q: %v", c.says, err)
		}
		if c.about == "" {
			continue
		}
		q.Override = &field.Override{Name: "Pat", Reason: "storm"}
		if _, err = Do(context.Background(), st, editor(3), q); err != nil || !loanAt(st, 1).Passed(c.about) {
			t.Errorf("%q answered: %v, %+v", c.says, err, loanAt(st, 1).Passes)
		}
		if out := take(t, st, clerk(), "handovers", outHead+out2, nil); out.Added != 1 || len(out.Doubts) != 1 {
			t.Errorf("%q by file: %+v", c.says, out)
		}
	}
}
