package loans

import (
	"interlocal/model/failure"
	"interlocal/model/field"
	"interlocal/model/lending"
)

const amendHelp = "Corrects what was signed, which stays on file: say what is right, and in the note why. Both sides see it. " +
	"A loan that is settled gets a line that corrects the difference."

func amendHandoverAct() *field.Act {
	return onLoan[lending.Handover]{Name: "loan.amend-handover", Title: "Amend", Effect: field.Final,
		Args: field.Needing(lending.OutgoingFields(), "note"), Help: amendHelp,
		Words: []string{"correct a hand-over"},
		May: func(v field.Viewpoint, loan *lending.Reservation) error {
			if lending.HandoverOf(v, loan.ID) == nil {
				return failure.New(failure.NotFound, "no hand-over is recorded that could be amended")
			}
			return nil
		},
		Fill: func(v field.Viewpoint, loan *lending.Reservation, a *lending.Handover) {
			*a = *lending.HandoverOf(v, loan.ID)
			a.Note, a.Amends = "", a.ID
		},
		History: about[lending.Handover]("amend"),
		Rows:    amendedHandoverRows(),
		Do: func(w field.Writer, loan *lending.Reservation, a *lending.Handover, _ any) (field.Result, error) {
			err := AmendHandover(w, w.Now(), loan.ID, Out{Inspection: a.Inspection, Transport: a.Transport,
				Amends: a.Amends})
			return field.Done("Amended: " + UnitText(w, loan) + "." + cameTo(w, loan.ID)), err
		}}.Act()
}

func amendReturnAct() *field.Act {
	return onLoan[lending.Return]{Name: "loan.amend-return", Title: "Amend", Effect: field.Final,
		Args: field.Needing(lending.IncomingFields(), "note"), Help: amendHelp,
		Words: []string{"correct a return", "wrong meter reading"},
		May: func(v field.Viewpoint, loan *lending.Reservation) error {
			if lending.ReturnOf(v, loan.ID) == nil {
				return failure.New(failure.NotFound, "no return is recorded that could be amended")
			}
			return nil
		},
		Fill: func(v field.Viewpoint, loan *lending.Reservation, a *lending.Return) {
			*a = *lending.ReturnOf(v, loan.ID)
			a.Note, a.Amends = "", a.ID
		},
		History: about[lending.Return]("amend"),
		Rows:    amendedReturnRows(),
		Do: func(w field.Writer, loan *lending.Reservation, a *lending.Return, _ any) (field.Result, error) {
			err := AmendReturn(w, w.Now(), loan.ID, backOf(a))
			return field.Done("Amended: " + UnitText(w, loan) + "." + cameTo(w, loan.ID)), err
		}}.Act()
}

func closeAct() *field.Act {
	return onLoan[field.NoArgs]{Name: "loan.close", Title: "Close", Help: "Ends a loan of which all is settled. The " +
		"owner closes it.",
		Words: []string{"finish a loan"},
		May: func(v field.Viewpoint, loan *lending.Reservation) error {
			if err := mayTurn("close", lending.Closed, lending.Returned)(v, loan); err != nil {
				return err
			}
			if why := lending.Unsettled(v, loan); why != "" {
				return failure.New(failure.Invalid, why)
			}
			return nil
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
		Help: "Asks for a loan that is a draft, waits, or fell through. A city's own unit is booked at once; anybody else's " +
			"is asked of its owner.",
		May: func(v field.Viewpoint, loan *lending.Reservation) error {
			if err := loanStands(v, loan, "ask for", states...); err != nil {
				return err
			}
			return borrows(v, loan.Borrower)
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
		Help: "Puts a name and a reason to what a loan goes without: an agreement, an operator's proof, a meter that ran " +
			"longer than the loan. It is listed for counsel.",
		May: func(v field.Viewpoint, loan *lending.Reservation) error {
			switch {
			case len(lending.Doubtful(v, loan)) == 0:
				return failure.New(failure.Invalid, "nothing about this loan waits for an answer")
			case !v.By.Is(field.Party(loan.LentBy(v))):
				return failure.New(failure.Forbidden, "the owner answers for what a loan goes without; ask its staff")
			}
			return nil
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
