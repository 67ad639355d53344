package rates

import (
	"cmp"
	"strconv"
	"strings"

	"interlocal/model/failure"
	"interlocal/model/field"
	"interlocal/model/lending"
	"interlocal/model/partnership"
	"interlocal/model/value"
)

// onLine is an act on a settlement line.
type onLine[A any] = field.ActOn[lending.Charge, A]

// Objection is why a line is disputed.
type Objection struct{ Reason string }

// Allowance is what a lender takes off a line, and why.
type Allowance struct {
	Amount value.Opt[value.Cents]
	Reason string
}

// lineStands says why there is nothing to do about a line, or who may.
func lineStands(v field.Viewpoint, line *lending.Charge, state lending.ChargeState, who partnership.PartnerID,
	does string) error {
	switch {
	case line.State != state:
		return failure.New(failure.Invalid, "this line is "+string(line.State)+"; "+does+" of one that is "+
			string(state))
	case !v.By.Is(field.Party(who)):
		return failure.New(failure.Forbidden, partner(v, who)+" "+does+"; ask its staff")
	}
	return nil
}

func lineText(r field.Reader, line *lending.Charge) string {
	return line.Total().String() + " of " + line.On.V.Long() + " from " + partner(r, line.Lender)
}

// about makes the history title of an act on a line.
func about[A any](verb string) func(field.Viewpoint, *lending.Charge, *A) string {
	return func(v field.Viewpoint, line *lending.Charge, _ *A) string {
		return verb + " line #" + strconv.FormatUint(uint64(line.ID), 10)
	}
}

// disputeAct says that a line of a statement is not right; the others of it are
// none the worse for it.
func disputeAct() *field.Act {
	return onLine[Objection]{Name: "line.dispute", Title: "Dispute a line", Rest: "reason",
		Words: []string{"object to a charge", "wrong bill"},
		Help: "Says that one line of a statement is not right, and why. The borrower disputes; the lender takes " +
			"something " +
			"off it, or the borrower withdraws. The statement is settled when none of its lines is disputed.",
		Args: []field.Field[Objection]{field.Text(1, "reason", "Reason",
			func(o *Objection) *string { return &o.Reason }).Required().Help("Why? The lender reads it.")},
		May: func(v field.Viewpoint, line *lending.Charge) error {
			if s := field.Get(v, line.Statement); s != nil && s.State == lending.StatementDraft {
				return failure.New(failure.Invalid, "its statement has not been sent; what is wrong can be put right")
			}
			return lineStands(v, line, lending.Billed, line.Borrower, "disputes a line")
		},
		History: about[Objection]("dispute"),
		Do: func(w field.Writer, line *lending.Charge, o *Objection, _ any) (field.Result, error) {
			return field.Done("Disputed: " + lineText(w, line) + "."), Dispute(w, line.ID, o.Reason)
		}}.Act()
}

func withdrawAct() *field.Act {
	return onLine[field.NoArgs]{Name: "line.withdraw", Title: "Withdraw a dispute",
		Help: "Lets a disputed line stand as it was billed. The borrower withdraws.",
		May: func(v field.Viewpoint, line *lending.Charge) error {
			return lineStands(v, line, lending.Disputed, line.Borrower, "withdraws a dispute")
		},
		History: about[field.NoArgs]("withdraw the dispute of"),
		Do: func(w field.Writer, line *lending.Charge, _ *field.NoArgs, _ any) (field.Result, error) {
			return field.Done("It stands: " + lineText(w, line) + "."),
				stands(w, line)
		}}.Act()
}

func allowAct() *field.Act {
	return onLine[Allowance]{Name: "line.credit", Title: "Take something off", Effect: field.Final,
		Words: []string{"credit", "answer a dispute"}, Rest: "reason",
		Help: "Answers a dispute: the line stays as it was billed, and what the lender takes off it stands on " +
			"the next statement, naming the line.",
		Args: []field.Field[Allowance]{
			field.Money(1, "amount", "Amount", func(a *Allowance) *value.Opt[value.Cents] { return &a.Amount }).
				Required().Help("What is taken off."),
			field.Text(2, "reason", "Reason", func(a *Allowance) *string { return &a.Reason }).Required(),
		},
		May: func(v field.Viewpoint, line *lending.Charge) error {
			return lineStands(v, line, lending.Disputed, line.Lender, "takes something off")
		},
		History: about[Allowance]("take something off"),
		Do: func(w field.Writer, line *lending.Charge, a *Allowance, _ any) (field.Result, error) {
			return field.Done("Taken off: " + a.Amount.V.String() + ", on the next statement."),
				Allow(w, line.ID, a.Amount.V, a.Reason)
		}}.Act()
}

// Dispute says that a line that was billed is not right.
func Dispute(w Writer, id lending.ChargeID, reason string) error {
	on := lending.StatementID(0)
	err := field.Change(w, id, func(c *lending.Charge) error {
		c.State, c.Note = lending.Disputed, strings.TrimPrefix(c.Note+"\n"+reason, "\n")
		on = c.Statement
		return nil
	})
	return cmp.Or(err, answered(w, on))
}

// stands lets a line that was disputed stand as it was billed.
func stands(w Writer, line *lending.Charge) error {
	err := field.Change(w, line.ID, func(c *lending.Charge) error { c.State = lending.Billed; return nil })
	return cmp.Or(err, answered(w, line.Statement))
}

// Allow takes something off a disputed line by another that corrects it, and lets the
// line stand.
func Allow(w Writer, id lending.ChargeID, off value.Cents, reason string) error {
	line := field.Get(w, id)
	if line == nil || off <= 0 || off > line.Total() {
		return failure.New(failure.Invalid, "what is taken off is more than nothing and no more than the line comes to")
	}
	_, err := put(w, &lending.Charge{Reservation: line.Reservation, Lender: line.Lender, Borrower: line.Borrower,
		On: line.On, Basis: lending.BasisFlat, Usage: value.Some[value.Cents](0), Credit: value.Some(off),
		State: lending.Accrued, Corrects: id, Note: reason})
	if err != nil {
		return err
	}
	return stands(w, line)
}
