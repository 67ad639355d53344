package rates_test

import (
	"testing"

	"pgregory.net/rapid"

	"interlocal/model"
	"interlocal/model/failure"
	"interlocal/model/field"
	"interlocal/model/field/fieldtest"
	"interlocal/model/lending"
	"interlocal/model/lending/rates"
	"interlocal/model/partnership"
	"interlocal/model/value"
)

// owed is a line between Grandview and Raytown of some day.
func owed(day int, amount value.Cents) *lending.Charge {
	return &lending.Charge{Lender: raytown, Borrower: grandview, On: value.Some(value.Date(2027, 3, day)),
		Basis: lending.BasisFlat, Usage: value.Some(amount), State: lending.Accrued}
}

// A pair has as many statements as it needs: what comes in after one was made, late
// lines of its days and corrections among them, stands on the next.
func TestAStatementTakesUpWhatWaits(t *testing.T) {
	w := fieldtest.NewWriter(model.NewSchema(), value.Date(2027, 4, 1).At(9, 0))
	put := func(line *lending.Charge) lending.ChargeID {
		id, err := field.Put(w, line)
		if err != nil {
			t.Fatal(err)
		}
		return id
	}
	bill := func(day int) *lending.Statement {
		t.Helper()
		s, err := rates.Bill(w, raytown, grandview, value.Date(2027, 3, day))
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	first := put(owed(10, 100_00))
	put(owed(31, 7_00))
	s := bill(15)
	if s.From.V != value.Date(2027, 3, 10) || s.SecondLent.V != 100_00 {
		t.Errorf("the first statement is %+v", s)
	}
	put(owed(5, 40_00)) // came in late
	right := owed(10, 90_00)
	put(rates.Correction(field.Get(w, first), right))
	open := owed(12, 0)
	open.Usage = value.Opt[value.Cents]{}
	put(open)
	if s = bill(31); s.From.V != value.Date(2027, 3, 5) || s.SecondLent.V != 37_00 {
		t.Errorf("the second statement is %+v", s)
	}
	if _, err := rates.Bill(w, raytown, grandview, value.Date(2027, 3, 31)); failure.CodeOf(err) != failure.Invalid {
		t.Errorf("a line without an amount waits on: %v", err)
	}
	// What is settled is paid line by line, and changes no more.
	if err := rates.Settle(w, s.ID); err != nil {
		t.Fatal(err)
	}
	settled := *field.Get(w, s.ID)
	for line := range field.Of[lending.Charge](w, "statement", s.ID) {
		if line.State != lending.Paid {
			t.Errorf("a line of it is %s", line.State)
		}
		moved := *line
		moved.Statement = 1
		if ps := w.Schema().Kind("charges").CheckAt(w, w.Now(), line, &moved); ps.Err("") == nil {
			t.Error("a line changed statements")
		}
	}
	changed := settled
	changed.Net = value.Some[value.Cents](1)
	again := settled
	again.State = lending.StatementSent
	for _, after := range []*lending.Statement{&changed, &again} {
		if ps := w.Schema().Kind("statements").CheckAt(w, w.Now(), &settled, after); ps.Err("") == nil {
			t.Errorf("a settled statement became %+v", after)
		}
	}
}

// The partner that is owed settles, and no line that is disputed.
func TestWhoIsOwedSettles(t *testing.T) {
	w := fieldtest.NewWriter(model.NewSchema(), value.Date(2027, 4, 1).At(9, 0))
	id, _ := field.Put(w, owed(10, 100_00))
	s, err := rates.Bill(w, raytown, grandview, value.Date(2027, 3, 31))
	if err != nil {
		t.Fatal(err)
	}
	act := rates.Acts().Named("statement.settle")
	may := func(city partnership.PartnerID) error {
		return act.May(field.Viewpoint{Reader: w, By: field.Actor{Partner: field.Party(city)}, Now: w.Now()},
			field.Get(w, s.ID))
	}
	if err := may(raytown); failure.CodeOf(err) != failure.Invalid {
		t.Errorf("a draft is settled: %v", err)
	}
	if err := rates.Send(w, s.ID); err != nil {
		t.Fatal(err)
	}
	for city, want := range map[partnership.PartnerID]failure.Code{raytown: "", grandview: failure.Forbidden} {
		if err := may(city); failure.CodeOf(err) != want {
			t.Errorf("city %d: %v", city, err)
		}
	}
	line := *field.Get(w, id)
	line.State = lending.Disputed
	if _, err := field.Put(w, &line); err != nil {
		t.Fatal(err)
	}
	if err := rates.Settle(w, s.ID); failure.CodeOf(err) != failure.Invalid {
		t.Errorf("a disputed line was settled: %v", err)
	}
}

// After each act what is owed is what statements and waiting lines come to, less what
// was paid, to the cent, and all of it is in some line.
func TestTheBalanceIsStatementsAndOpenLinesLessPayments(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		w := fieldtest.NewWriter(model.NewSchema(), value.Date(2027, 4, 1).At(9, 0))
		var made []*lending.Statement
		for range rapid.IntRange(1, 60).Draw(r, "acts") {
			switch rapid.IntRange(0, 5).Draw(r, "act") {
			case 0, 1, 2:
				line := owed(rapid.IntRange(1, 31).Draw(r, "day"),
					value.Cents(rapid.IntRange(0, 99_999).Draw(r, "amount")))
				if rapid.Bool().Draw(r, "other way") {
					line.Lender, line.Borrower = grandview, raytown
				}
				_, _ = field.Put(w, line)
			case 3:
				for line := range field.All[lending.Charge](w) {
					if line.State != lending.Accrued {
						right := *line
						right.Usage = value.Some(value.Cents(rapid.IntRange(0, 99_999).Draw(r, "right")))
						_, _ = field.Put(w, rates.Correction(line, &right))
						break
					}
				}
			case 4:
				if s, err := rates.Bill(w, raytown, grandview,
					value.Date(2027, 3, rapid.IntRange(1, 31).Draw(r, "until"))); err == nil {
					made = append(made, s)
				}
			case 5:
				if len(made) > 0 {
					_ = rates.Settle(w, made[rapid.IntRange(0, len(made)-1).Draw(r, "which")].ID)
				}
			}
			due := value.Cents(0)
			for line := range field.All[lending.Charge](w) {
				switch {
				case line.State == lending.Paid:
				case line.Lender == min(raytown, grandview):
					due += line.Total()
				default:
					due -= line.Total()
				}
			}
			if got := accountOf(w, raytown, grandview); got.Balance() != due {
				r.Fatalf("the books say %+v, which is %v; %v is owed", got, got.Balance(), due)
			}
		}
	})
}

// account is how two partners stand by their books, in what the second owes the
// first; negative the other way.
type account struct {
	Statements value.Cents // what statements come to
	Open       value.Cents // lines that stand on none
	Payments   value.Cents // statements that are settled
}

// Balance is what is owed: what was billed and what waits, less what was paid.
func (a account) Balance() value.Cents { return a.Statements + a.Open - a.Payments }

// accountOf adds up the books of a pair, the first of whom has the lower number.
func accountOf(r field.Reader, a, b partnership.PartnerID) (out account) {
	first := min(a, b)
	for s := range field.Of[lending.Statement](r, "first", first) {
		if s.Between(a, b) {
			out.Statements += s.Net.Or(0)
			if s.State == lending.StatementSettled {
				out.Payments += s.Net.Or(0)
			}
		}
	}
	for _, line := range rates.Between(r, a, b, 7305, 84006).Lines {
		switch {
		case line.Statement != 0 || !line.Counts() || line.State == lending.Paid:
		case line.Lender == first:
			out.Open += line.Total()
		default:
			out.Open -= line.Total()
		}
	}
	return out
}

// A statement is disputed line by line: what the lender takes off stands on the next
// one and names the line; neither the line nor its statement changes.
func TestAStatementIsDisputedLineByLine(t *testing.T) {
	w := fieldtest.NewWriter(model.NewSchema(), value.Date(2027, 4, 1).At(9, 0))
	for _, day := range []int{10, 11} {
		if _, err := field.Put(w, owed(day, 100_00)); err != nil {
			t.Fatal(err)
		}
	}
	s, err := rates.Bill(w, raytown, grandview, value.Date(2027, 3, 31))
	if err != nil {
		t.Fatal(err)
	}
	act := func(by partnership.PartnerID, name string, id uint64, args any) error {
		w.By = field.Actor{Partner: field.Party(by), Name: "Ed"}
		a := rates.Acts().Named(name)
		_, err := a.Do(w, id, args, nil)
		return err
	}
	code := func(err error, want failure.Code, when string) {
		t.Helper()
		if failure.CodeOf(err) != want || (err == nil) != (want == "") {
			t.Errorf("%s: %v", when, err)
		}
	}
	why := &rates.Objection{Reason: "it was back on the 9th"}
	code(act(grandview, "line.dispute", 1, why), failure.Invalid, "a draft is disputed")
	code(act(raytown, "statement.send", uint64(s.ID), nil), "", "sent")
	code(act(raytown, "line.dispute", 1, why), failure.Forbidden, "the lender disputes")
	code(act(grandview, "line.dispute", 1, why), "", "the borrower disputes")
	code(act(grandview, "line.dispute", 1, why), failure.Invalid, "twice")
	code(act(raytown, "statement.settle", uint64(s.ID), nil), failure.Invalid, "settled while one is disputed")
	code(act(grandview, "line.credit", 1, &rates.Allowance{Amount: money(30_00), Reason: "so it was"}),
		failure.Forbidden, "the borrower takes off")
	code(act(raytown, "line.credit", 1, &rates.Allowance{Amount: money(100_01), Reason: "x"}), failure.Invalid,
		"more than the line")
	code(act(raytown, "line.credit", 1, &rates.Allowance{Amount: money(30_00), Reason: "so it was"}), "", "taken off")
	code(act(grandview, "line.dispute", 2, why), "", "another")
	code(act(grandview, "line.withdraw", 2, nil), "", "withdrawn")
	code(act(raytown, "statement.settle", uint64(s.ID), nil), "", "settled")
	next, err := rates.Bill(w, raytown, grandview, value.Date(2027, 3, 31))
	if err != nil || next.ID == s.ID || next.SecondLent.V != -30_00 {
		t.Fatalf("the next: %+v %v", next, err)
	}
	if c := field.Get(w, lending.ChargeID(3)); c.Corrects != 1 || c.Statement != next.ID || c.Note != "so it was" {
		t.Errorf("%+v", c)
	}
	if was := field.Get(w, s.ID); was.SecondLent.V != 200_00 || was.State != lending.StatementSettled {
		t.Errorf("%+v", was)
	}
}
