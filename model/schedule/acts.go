package schedule

import (
	"slices"

	"interlocal/model"
	"interlocal/model/settle"
)

// Acts lists what can be done with a loan, from the request to the end of it.
func Acts() model.Acts {
	return model.Acts{
		approveAct(), declineAct(), waitAct(), handOverAct(), takeBackAct(), moveAct(), moveEndAct(), recallAct(), cancelAct(),
		noShowAct(), amendHandoverAct(), amendReturnAct(), closeAct(),
	}
}

// onLoan is an act on a reservation.
type onLoan[A any] = model.ActOn[model.Reservation, A]

// Because is the argument of an act that only wants a reason.
type Because struct{ Reason string }

func becauseFields(help string) []model.Field[Because] {
	return []model.Field[Because]{
		model.Text(1, "reason", "Reason", func(b *Because) *string { return &b.Reason }).Need().Say(help),
	}
}

// loanStands says why a loan is not in one of the states in which there is
// something to do.
func loanStands(v model.Viewpoint, loan *model.Reservation, what string, states ...model.ReservationState) error {
	if slices.Contains(states, loan.State) {
		return nil
	}
	return model.Fail(model.Invalid, "this loan is "+StateText(loan, v.Now)+"; there is nothing to "+what)
}

// mayTurn makes the rule of an act that turns a loan into another state: the
// loan is in one of the states from which that goes, and whoever asks is the
// party that may.
func mayTurn(what string, to model.ReservationState, from ...model.ReservationState) func(model.Viewpoint, *model.Reservation) error {
	return func(v model.Viewpoint, loan *model.Reservation) error {
		if err := loanStands(v, loan, what, from...); err != nil {
			return err
		}
		after := *loan
		after.State = to
		if loan.Unit == 0 && loan.Lender == 0 && v.By.Partner != 0 {
			after.Lender = model.PartnerID(v.By.Partner) // whoever has one may offer it
		}
		return v.Schema().Kind("reservations").MayStep(v, v.By, loan, &after)
	}
}

// about makes the history title of an act on a loan.
func about[A any](verb string) func(model.Viewpoint, *model.Reservation, *A) string {
	return func(v model.Viewpoint, loan *model.Reservation, _ *A) string { return verb + " " + UnitText(v, loan) }
}

func approveAct() *model.Act {
	return onLoan[model.NoArgs]{Name: "loan.approve", Title: "Approve", Words: []string{"grant a loan", "say yes to a request"},
		Help: "Grants a loan and fixes its rate. The owner of the unit approves. Where an agreement or an operator's proof is " +
			"missing, somebody puts a name and a reason to it, which is listed for counsel.",
		May:     mayTurn("approve", model.Approved, model.Requested, model.Waitlisted, model.LoanDraft),
		History: about[model.NoArgs]("approve"),
		Do: func(w model.Writer, loan *model.Reservation, _ *model.NoArgs, _ any) (model.Result, error) {
			lender := w.Actor().Partner
			if w.Actor().All {
				lender = 0 // a coordinator offers nothing of their own
			}
			err := Approve(w, w.Now(), loan.ID, model.PartnerID(lender))
			return model.Done("Approved: " + LoanText(w, loan) + "."), err
		}}.Act()
}

func declineAct() *model.Act {
	return onLoan[Because]{Name: "loan.decline", Title: "Decline", Rest: "reason", Args: becauseFields("Why? The borrower reads it."),
		Help: "Turns a request down. The borrower reads the reason.", Words: []string{"refuse", "say no to a request"},
		May:     mayTurn("decline", model.Declined, model.Requested, model.Waitlisted),
		History: about[Because]("decline"),
		Do: func(w model.Writer, loan *model.Reservation, a *Because, _ any) (model.Result, error) {
			return model.Done("Declined: " + LoanText(w, loan) + "."), Decline(w, loan.ID, a.Reason)
		}}.Act()
}

func waitAct() *model.Act {
	return onLoan[model.NoArgs]{Name: "loan.wait", Title: "Wait-list", Help: "Puts a request on the wait list of its unit.",
		May:     mayTurn("wait-list", model.Waitlisted, model.Requested),
		History: about[model.NoArgs]("wait-list"),
		Do: func(w model.Writer, loan *model.Reservation, _ *model.NoArgs, _ any) (model.Result, error) {
			return model.Done("On the wait list: " + LoanText(w, loan) + "."), Wait(w, loan.ID)
		}}.Act()
}

// Outgoing is what is noted when a unit goes out, and of a loan by category
// which unit it is.
type Outgoing struct{ model.Handover }

func outgoingFields() []model.Field[Outgoing] {
	unit := model.Ref(100, "unit", "Unit", func(o *Outgoing) *model.EquipmentID { return &o.Unit }).
		Say("Which unit goes out, of a loan of any one of a category.")
	return append(model.Part(0, "", "", func(o *Outgoing) *model.Handover { return &o.Handover }, model.OutgoingFields()), unit)
}

func handOverAct() *model.Act {
	return onLoan[Outgoing]{Name: "loan.handover", Title: "Hand over", Effect: model.Final, Args: outgoingFields(),
		Help:  "Notes that a unit was given to its borrower: the meter, the condition, by whom and to whom.",
		Words: []string{"give out", "check out", "pick up"},
		May:   mayTurn("hand over", model.OutOnLoan, model.Approved),
		Fill: func(v model.Viewpoint, loan *model.Reservation, a *Outgoing) {
			a.At, a.Unit = model.Some(v.Now), loan.Unit
			a.GivenBy, a.TakenBy = personName(v, custodian(v, loan.Unit)), personName(v, loan.Contact)
		},
		History: about[Outgoing]("hand over"),
		Rows: model.FromRows(func(row *model.Handover) (model.ReservationID, *Outgoing) {
			return row.Reservation, &Outgoing{*row}
		}),
		Do: func(w model.Writer, loan *model.Reservation, a *Outgoing, _ any) (model.Result, error) {
			out := Out{Inspection: a.Inspection, Transport: a.Transport}
			id, err := HandOver(w, w.Now(), loan.ID, a.Unit, out)
			if err != nil {
				return model.Result{}, err
			}
			went := model.Get(w, id)
			return model.Result{Text: "Handed over: " + UnitText(w, went) + " to " + partnerName(w, went.Borrower) + ".",
				Kind: "reservations", ID: uint64(id)}, nil
		}}.Act()
}

// backOf is a return as the steps take it.
func backOf(v *model.Return) Back {
	return Back{Inspection: v.Inspection, Damage: v.Damage, Fuel: v.FuelCost, Transport: v.Transport, Operator: v.Operator}
}

func takeBackAct() *model.Act {
	return onLoan[model.Return]{Name: "loan.return", Title: "Take back", Effect: model.Final, Args: model.IncomingFields(),
		Help:  "Notes that a unit came back and makes the settlement line.",
		Words: []string{"give back", "check in", "bring back"},
		May:   mayTurn("take back", model.Returned, model.OutOnLoan),
		Fill: func(v model.Viewpoint, loan *model.Reservation, a *model.Return) {
			a.At = model.Some(v.Now)
			a.GivenBy, a.TakenBy = personName(v, loan.Contact), personName(v, custodian(v, loan.Unit))
		},
		Preview: func(v model.Viewpoint, loan *model.Reservation, a *model.Return) string {
			return comesTo(Preview(v, v.Now, loan.ID, backOf(a)))
		},
		History: about[model.Return]("take back"),
		Rows:    model.FromRows(func(row *model.Return) (model.ReservationID, *model.Return) { return row.Reservation, row }),
		Do: func(w model.Writer, loan *model.Reservation, a *model.Return, _ any) (model.Result, error) {
			_, err := Return(w, w.Now(), loan.ID, backOf(a))
			return model.Done("Back: " + UnitText(w, loan) + "." + cameTo(w, loan.ID)), err
		}}.Act()
}

// comesTo says what a settlement line would come to.
func comesTo(line *model.Charge) string {
	switch {
	case line == nil:
		return ""
	case line.Basis == model.BasisWaived && len(settle.Parts(line)) == 0:
		return "Comes to nothing: the unit is lent without charge."
	}
	says := "Comes to " + line.Total().String() + ": use open"
	switch {
	case line.Basis == model.BasisWaived:
		says = "Comes to " + line.Total().String() + ": use without charge"
	case line.Usage.Set:
		says = "Comes to " + line.Total().String() + ": use " + line.Usage.V.String()
	}
	for _, p := range settle.Parts(line) {
		says += ", " + settle.Part{Name: p.Name, Amount: p.Amount}.String()
	}
	says += "."
	if line.Source == model.SourceFEMA && line.FuelFrom != "" {
		says += " The FEMA rate includes fuel."
	}
	return says
}

// cameTo says what a loan came to, once it is back.
func cameTo(r model.Reader, id model.ReservationID) string {
	total, lines := model.Cents(0), 0
	for c := range model.Of[model.Charge](r, "reservation", id) {
		if c.Counts() {
			total += c.Total()
			lines++
		}
	}
	if lines == 0 {
		return ""
	}
	return " It comes to " + total.String() + "."
}

// Until is the argument of an act that wants a time.
type Until struct{ Until model.Opt[model.Wall] }

func moveEndAct() *model.Act {
	return onLoan[Until]{Name: "loan.end", Title: "Move the end", Rest: "until", Words: []string{"extend", "longer", "end earlier"},
		Help: "Makes a loan longer or shorter. The owner decides; the borrower may shorten it, and asks for more.",
		Args: []model.Field[Until]{model.AtWall(1, "until", "Until", func(u *Until) *model.Opt[model.Wall] { return &u.Until }).Need().
			Say("Until when? thu 17, 3/5 12, or a later day for more.")},
		May: func(v model.Viewpoint, loan *model.Reservation) error {
			return loanStands(v, loan, "move the end", model.Requested, model.Approved, model.OutOnLoan)
		},
		Fill: func(_ model.Viewpoint, loan *model.Reservation, u *Until) {
			u.Until = loan.End
			if loan.Extension.Set {
				u.Until = loan.Extension
			}
		},
		History: func(v model.Viewpoint, loan *model.Reservation, u *Until) string {
			if loan.End.Set && u.Until.V < loan.End.V {
				return "end " + UnitText(v, loan) + " earlier"
			}
			return "extend " + UnitText(v, loan)
		},
		Do: func(w model.Writer, loan *model.Reservation, u *Until, _ any) (model.Result, error) {
			unit, until := UnitText(w, loan), MomentText(u.Until.V, w.Now().Day())
			if loan.End.Set && u.Until.V < loan.End.V {
				return model.Done("Ends earlier: " + unit + ", " + until + "."), EndEarly(w, w.Now(), loan.ID, u.Until.V)
			}
			granted, err := Extend(w, w.Now(), w.Actor(), loan.ID, u.Until.V)
			if granted {
				return model.Done("Longer: " + unit + ", until " + until + "."), err
			}
			return model.Done("Asked " + partnerName(w, loan.LentBy(w)) + " to let you keep it until " + until + "."), err
		}}.Act()
}

// Place is when and on which unit a loan is to be.
type Place struct {
	Unit        model.EquipmentID
	From, Until model.Opt[model.Wall]
}

func moveAct() *model.Act {
	return onLoan[Place]{Name: "loan.move", Title: "Move", Words: []string{"reschedule", "another day", "another unit"},
		Help: "Puts a loan that has not begun to another time, or on another unit.",
		Args: []model.Field[Place]{
			model.Ref(1, "unit", "Unit", func(p *Place) *model.EquipmentID { return &p.Unit }),
			model.AtWall(2, "from", "From", func(p *Place) *model.Opt[model.Wall] { return &p.From }).Need(),
			model.AtWall(3, "until", "Until", func(p *Place) *model.Opt[model.Wall] { return &p.Until }).Need(),
		},
		May: func(v model.Viewpoint, loan *model.Reservation) error {
			if loan.State == model.OutOnLoan {
				return model.Fail(model.Invalid, "a loan is moved before it begins; give one that is out another end")
			}
			return loanStands(v, loan, "move", model.Approved, model.Requested, model.Waitlisted, model.LoanDraft)
		},
		Fill: func(_ model.Viewpoint, loan *model.Reservation, p *Place) {
			*p = Place{loan.Unit, loan.Start, loan.End}
		},
		History: about[Place]("move the loan of"),
		Do: func(w model.Writer, loan *model.Reservation, p *Place, _ any) (model.Result, error) {
			if err := Move(w, loan.ID, p.Unit, p.From.V, p.Until.V); err != nil {
				return model.Result{}, err
			}
			moved := model.Get(w, loan.ID)
			what := UnitText(w, moved)
			if u := model.Get(w, moved.Unit); u != nil {
				what = u.Tag
			}
			return model.Done("Moved: " + what + " for " + partnerName(w, moved.Borrower) + ", " + ShortWhen(p.From.V, p.Until.V) + "."), nil
		}}.Act()
}

// Recalling is why and by when a loan is to come back.
type Recalling struct {
	Reason string
	By     model.Opt[model.Wall]
}

func recallAct() *model.Act {
	return onLoan[Recalling]{Name: "loan.recall", Title: "Recall", Rest: "reason", Words: []string{"take back early", "owner needs it"},
		Help: "Takes a loan back that the owner needs: one that has not begun ends, one that is out is to come back by a time.",
		Args: []model.Field[Recalling]{
			model.Text(1, "reason", "Reason", func(a *Recalling) *string { return &a.Reason }).Need().Say("Why? The borrower reads it."),
			model.AtWall(2, "back_by", "Back by", func(a *Recalling) *model.Opt[model.Wall] { return &a.By }),
		},
		May:     mayTurn("recall", model.Recalled, model.Approved, model.OutOnLoan),
		Fill:    func(v model.Viewpoint, _ *model.Reservation, a *Recalling) { a.By = model.Some(v.Now + 24*60) },
		History: about[Recalling]("recall"),
		Do: func(w model.Writer, loan *model.Reservation, a *Recalling, _ any) (model.Result, error) {
			_, err := Recall(w, w.Now(), loan.ID, a.By.Or(w.Now()+24*60), a.Reason)
			return model.Done("Recalled: " + LoanText(w, loan) + "."), err
		}}.Act()
}

// Why is the argument of an act that takes a reason and does without one.
type Why struct{ Reason string }

func whyFields() []model.Field[Why] {
	return []model.Field[Why]{model.Text(1, "reason", "Reason", func(a *Why) *string { return &a.Reason })}
}

func cancelAct() *model.Act {
	return onLoan[Why]{Name: "loan.cancel", Title: "Give up", Rest: "reason", Args: whyFields(), Words: []string{"cancel a loan"},
		Help:    "The borrower gives a loan up that has not begun.",
		May:     mayTurn("give up", model.Cancelled, model.LoanDraft, model.Requested, model.Waitlisted, model.Approved),
		History: about[Why]("give up"),
		Do: func(w model.Writer, loan *model.Reservation, a *Why, _ any) (model.Result, error) {
			return model.Done("Given up: " + LoanText(w, loan) + "."), Cancel(w, w.Now(), loan.ID, a.Reason)
		}}.Act()
}

func noShowAct() *model.Act {
	return onLoan[Why]{Name: "loan.noshow", Title: "Nobody came", Rest: "reason", Args: whyFields(), Words: []string{"no-show", "not fetched"},
		Help:    "The owner notes that nobody came for a unit.",
		May:     mayTurn("note as not fetched", model.NoShow, model.Approved),
		History: about[Why]("give up"),
		Do: func(w model.Writer, loan *model.Reservation, a *Why, _ any) (model.Result, error) {
			return model.Done("Not fetched: " + LoanText(w, loan) + "."), NoShow(w, w.Now(), loan.ID, a.Reason)
		}}.Act()
}

const amendHelp = "Corrects what was signed, which stays on file: say what is right, and in the note why. Both sides see it. " +
	"A loan that is settled gets a line that corrects the difference."

func amendHandoverAct() *model.Act {
	return onLoan[model.Handover]{Name: "loan.amend-handover", Title: "Amend", Effect: model.Final, Args: model.OutgoingFields(), Help: amendHelp,
		Words: []string{"correct a hand-over"},
		May: func(v model.Viewpoint, loan *model.Reservation) error {
			if model.HandoverOf(v, loan.ID) == nil {
				return model.Fail(model.NotFound, "no hand-over is recorded that could be amended")
			}
			return nil
		},
		Fill: func(v model.Viewpoint, loan *model.Reservation, a *model.Handover) {
			*a = *model.HandoverOf(v, loan.ID)
			a.Note = ""
		},
		History: about[model.Handover]("amend"),
		Do: func(w model.Writer, loan *model.Reservation, a *model.Handover, _ any) (model.Result, error) {
			err := AmendHandover(w, w.Now(), loan.ID, Out{Inspection: a.Inspection, Transport: a.Transport})
			return model.Done("Amended: " + UnitText(w, loan) + "." + cameTo(w, loan.ID)), err
		}}.Act()
}

func amendReturnAct() *model.Act {
	return onLoan[model.Return]{Name: "loan.amend-return", Title: "Amend", Effect: model.Final, Args: model.IncomingFields(), Help: amendHelp,
		Words: []string{"correct a return", "wrong meter reading"},
		May: func(v model.Viewpoint, loan *model.Reservation) error {
			if model.ReturnOf(v, loan.ID) == nil {
				return model.Fail(model.NotFound, "no return is recorded that could be amended")
			}
			return nil
		},
		Fill: func(v model.Viewpoint, loan *model.Reservation, a *model.Return) {
			*a = *model.ReturnOf(v, loan.ID)
			a.Note = ""
		},
		History: about[model.Return]("amend"),
		Do: func(w model.Writer, loan *model.Reservation, a *model.Return, _ any) (model.Result, error) {
			err := AmendReturn(w, w.Now(), loan.ID, backOf(a))
			return model.Done("Amended: " + UnitText(w, loan) + "." + cameTo(w, loan.ID)), err
		}}.Act()
}

func closeAct() *model.Act {
	return onLoan[model.NoArgs]{Name: "loan.close", Title: "Close", Help: "Ends a loan of which all is settled. The owner closes it.",
		Words:   []string{"finish a loan"},
		May:     mayTurn("close", model.Closed, model.Returned),
		History: about[model.NoArgs]("close"),
		Do: func(w model.Writer, loan *model.Reservation, _ *model.NoArgs, _ any) (model.Result, error) {
			return model.Done("Closed: " + LoanText(w, loan) + "."), Close(w, loan.ID)
		}}.Act()
}

// personName gives the name of a person on file, or nothing.
func personName(r model.Reader, id model.PersonID) string {
	if p := model.Get(r, id); p != nil {
		return p.Name
	}
	return ""
}

func custodian(r model.Reader, unit model.EquipmentID) model.PersonID {
	if u := model.Get(r, unit); u != nil {
		return u.Custodian
	}
	return 0
}
