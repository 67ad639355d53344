package loans

import (
	"cmp"

	"interlocal/model/failure"
	"interlocal/model/field"
	"interlocal/model/lending"
)

// amends completes an act that corrects a paper of a loan, with another that says
// what is right.
func amends[P any](d onLoan[P], one string, paper func(field.Reader, lending.ReservationID) *P,
	put func(w field.Writer, loan *lending.Reservation, right *P) error) *field.Act {
	d.Title, d.Effect, d.History = "Amend", field.Final, about[P]("amend")
	d.Help = "Corrects what was signed, which stays on file: say what is right, and in the note why. Both sides see " +
		"it. A loan that is settled gets a line that corrects the difference."
	d.May = func(v field.Viewpoint, loan *lending.Reservation) error {
		return failure.If(paper(v, loan.ID) == nil, failure.NotFound, "no "+one+" is recorded that could be amended")
	}
	d.Do = func(w field.Writer, loan *lending.Reservation, right *P, _ any) (field.Result, error) {
		err := put(w, loan, right)
		return field.Done("Amended: " + UnitText(w, loan) + "." + cameTo(w, loan.ID)), err
	}
	return d.Act()
}

func amendHandoverAct() *field.Act {
	return amends(onLoan[lending.Handover]{Name: "loan.amend-handover", Words: []string{"correct a hand-over"},
		Args: field.Needing(lending.OutgoingFields(), "note"), Rows: amendedHandoverRows(),
		Fill: func(v field.Viewpoint, loan *lending.Reservation, a *lending.Handover) {
			*a = *lending.HandoverOf(v, loan.ID)
			a.Note, a.Amends = "", a.ID
		}}, "hand-over", lending.HandoverOf,
		func(w field.Writer, loan *lending.Reservation, a *lending.Handover) error {
			return AmendHandover(w, w.Now(), loan.ID, Out{Inspection: a.Inspection, Transport: a.Transport,
				Amends: a.Amends})
		})
}

func amendReturnAct() *field.Act {
	return amends(onLoan[lending.Return]{Name: "loan.amend-return",
		Words: []string{"correct a return", "wrong meter reading"},
		Args:  field.Needing(lending.IncomingFields(), "note"), Rows: amendedReturnRows(),
		Fill: func(v field.Viewpoint, loan *lending.Reservation, a *lending.Return) {
			*a = *lending.ReturnOf(v, loan.ID)
			a.Note, a.Amends = "", a.ID
		}}, "return", lending.ReturnOf, func(w field.Writer, loan *lending.Reservation, a *lending.Return) error {
		return AmendReturn(w, w.Now(), loan.ID, backOf(a))
	})
}

func closeAct() *field.Act {
	return onLoan[field.NoArgs]{Name: "loan.close", Title: "Close", Help: "Ends a loan of which all is settled. The " +
		"owner closes it.",
		Words: []string{"finish a loan"},
		May: func(v field.Viewpoint, loan *lending.Reservation) error {
			why := lending.Unsettled(v, loan)
			return cmp.Or(mayTurn("close", lending.Closed, lending.Returned)(v, loan),
				failure.If(why != "", failure.Invalid, why))
		},
		History: about[field.NoArgs]("close"),
		Steps:   toState(lending.Closed, noArgs, lending.Returned),
		Do: func(w field.Writer, loan *lending.Reservation, _ *field.NoArgs, _ any) (field.Result, error) {
			return field.Done("Closed: " + LoanText(w, loan) + "."), Close(w, loan.ID)
		}}.Act()
}

// askAct asks for a loan again, or for one that was put down as a draft.
func askAct() *field.Act {
	states := []lending.ReservationState{lending.LoanDraft, lending.Waitlisted, lending.Declined, lending.Cancelled,
		lending.Recalled, lending.NoShow}
	return onLoan[field.NoArgs]{Name: "loan.ask", Title: "Ask for it", Words: []string{"request a draft", "ask again"},
		Help: "Asks for a loan that is a draft, waits, or fell through. A city's own unit is booked at once; " +
			"anybody else's is asked of its owner.",
		May: func(v field.Viewpoint, loan *lending.Reservation) error {
			return cmp.Or(loanStands(v, loan, "ask for", states...), borrows(v, loan.Borrower))
		},
		History: about[field.NoArgs]("ask for"),
		Steps:   toState(lending.Requested, noArgs, states...),
		Do: func(w field.Writer, loan *lending.Reservation, _ *field.NoArgs, _ any) (field.Result, error) {
			return field.Done("Asked for: " + LoanText(w, loan) + "."), Ask(w, w.Now(), loan.ID)
		}}.Act()
}

// answerAct answers for what a loan goes without, which it may do since what has
// happened is recorded all the same.
func answerAct() *field.Act {
	return onLoan[field.NoArgs]{Name: "loan.answer", Title: "Answer for what is missing",
		Words: []string{"doubt", "missing agreement", "let pass"},
		Help: "Puts a name and a reason to what a loan goes without: an agreement, an operator's proof, a " +
			"meter that ran longer than the loan. It is listed for counsel.",
		May: func(v field.Viewpoint, loan *lending.Reservation) error {
			return cmp.Or(failure.If(len(lending.Doubtful(v, loan)) == 0, failure.Invalid,
				"nothing about this loan waits for an answer"),
				failure.If(!v.By.Is(field.Party(loan.LentBy(v))), failure.Forbidden,
					"the owner answers for what a loan goes without; ask its staff"))
		},
		History: about[field.NoArgs]("answer for the loan of"),
		Doubts: func(r field.Reader, rec any) (uint64, field.Doubts) {
			id := loanOf(rec)
			v := field.Get(r, id)
			if v == nil {
				return 0, nil
			}
			return uint64(id), doubtsOf(lending.Doubtful(r, v))
		},
		Do: func(w field.Writer, loan *lending.Reservation, _ *field.NoArgs, _ any) (field.Result, error) {
			return field.Done("Answered: " + LoanText(w, loan) + "."), Answer(w, loan.ID)
		}}.Act()
}

// loanOf gives the loan that a record is, or is a paper of; 0 for none.
func loanOf(rec any) lending.ReservationID {
	switch v := rec.(type) {
	case *lending.Reservation:
		return v.ID
	case *lending.Handover:
		return v.Reservation
	case *lending.Return:
		return v.Reservation
	}
	return 0
}
