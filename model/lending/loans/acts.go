package loans

import (
	"slices"

	"interlocal/model/failure"
	"interlocal/model/field"
	"interlocal/model/lending"
	"interlocal/model/lending/rates"
	"interlocal/model/partnership"
	"interlocal/model/value"
)

// Acts lists what can be done with a loan, from the request to the end of it.
func Acts() field.Acts {
	return field.Acts{
		bookAct(), approveAct(), declineAct(), waitAct(), handOverAct(), takeBackAct(), moveAct(), moveEndAct(),
		recallAct(), cancelAct(),
		noShowAct(), amendHandoverAct(), amendReturnAct(), closeAct(), askAct(), answerAct(),
		recordAct(), replaceAct(), bookSeriesAct(), splitAct(),
	}
}

// onLoan is an act on a reservation.
type onLoan[A any] = field.ActOn[lending.Reservation, A]

// Because is the argument of an act that only wants a reason.
type Because struct{ Reason string }

func becauseFields(help string) []field.Field[Because] {
	return []field.Field[Because]{
		field.Text(1, "reason", "Reason", func(b *Because) *string { return &b.Reason }).Required().Help(help),
	}
}

// loanStands says why a loan is not in one of the states in which there is
// something to do.
func loanStands(v field.Viewpoint, loan *lending.Reservation, what string, states ...lending.ReservationState) error {
	if slices.Contains(states, loan.State) {
		return nil
	}
	return failure.New(failure.Invalid, "this loan is "+StateText(v, loan, v.Now)+"; there is nothing to "+what)
}

// mayTurn makes the rule of an act that turns a loan into another state: the
// loan is in one of the states from which that goes, and whoever asks is the
// party that may.
func mayTurn(what string, to lending.ReservationState, from ...lending.ReservationState) func(field.Viewpoint,
	*lending.Reservation) error {
	return func(v field.Viewpoint, loan *lending.Reservation) error {
		if err := loanStands(v, loan, what, from...); err != nil {
			return err
		}
		after := *loan
		after.State = to
		if loan.Unit == 0 && loan.Lender == 0 && v.By.Partner != 0 {
			after.Lender = partnership.PartnerID(v.By.Partner) // whoever has one may offer it
		}
		return v.Schema().Kind(lending.KindReservations).MayStep(v, v.By, loan, &after)
	}
}

// orLate also lets a paper be recorded that a loan lacks which was entered without.
func orLate(lacks func(field.Reader, *lending.Reservation) bool,
	may func(field.Viewpoint, *lending.Reservation) error) func(field.Viewpoint, *lending.Reservation) error {
	return func(v field.Viewpoint, loan *lending.Reservation) error {
		if lacks(v, loan) {
			return nil
		}
		return may(v, loan)
	}
}

func becauseOf(v *lending.Reservation) *Because { return &Because{Reason: v.Reason} }

func whyOf(v *lending.Reservation) *Why { return &Why{Reason: v.Reason} }

// about makes the history title of an act on a loan.
func about[A any](verb string) func(field.Viewpoint, *lending.Reservation, *A) string {
	return func(v field.Viewpoint, loan *lending.Reservation, _ *A) string { return verb + " " + UnitText(v, loan) }
}

func approveAct() *field.Act {
	return onLoan[field.NoArgs]{Name: "loan.approve", Title: "Approve",
		Words: []string{"grant a loan", "say yes to a request"},
		Help: "Grants a loan and fixes its rate. The owner of the unit approves. Where an agreement or an operator's " +
			"proof is " +
			"missing, somebody puts a name and a reason to it, which is listed for counsel.",
		May:     mayTurn("approve", lending.Approved, lending.Requested, lending.Waitlisted, lending.LoanDraft),
		History: about[field.NoArgs]("approve"),
		Steps:   toState(lending.Approved, noArgs, lending.Requested, lending.Waitlisted, lending.LoanDraft),
		Do: func(w field.Writer, loan *lending.Reservation, _ *field.NoArgs, _ any) (field.Result, error) {
			lender := w.Actor().Partner
			if w.Actor().All {
				lender = 0 // a coordinator offers nothing of their own
			}
			err := Approve(w, w.Now(), loan.ID, partnership.PartnerID(lender))
			return field.Done("Approved: " + LoanText(w, loan) + "."), err
		}}.Act()
}

func declineAct() *field.Act {
	return onLoan[Because]{Name: "loan.decline", Title: "Decline", Rest: "reason",
		Args: becauseFields("Why? The borrower reads it."),
		Help: "Turns a request down. The borrower reads the reason.", Words: []string{"refuse", "say no to a request"},
		May:     mayTurn("decline", lending.Declined, lending.Requested, lending.Waitlisted),
		History: about[Because]("decline"),
		Steps:   toState(lending.Declined, becauseOf, lending.Requested, lending.Waitlisted),
		Do: func(w field.Writer, loan *lending.Reservation, a *Because, _ any) (field.Result, error) {
			return field.Done("Declined: " + LoanText(w, loan) + "."), Decline(w, loan.ID, a.Reason)
		}}.Act()
}

func waitAct() *field.Act {
	return onLoan[field.NoArgs]{Name: "loan.wait", Title: "Wait-list",
		Help:    "Puts a request on the wait list of its unit.",
		May:     mayTurn("wait-list", lending.Waitlisted, lending.Requested),
		History: about[field.NoArgs]("wait-list"),
		Steps:   toState(lending.Waitlisted, noArgs, lending.Requested),
		Do: func(w field.Writer, loan *lending.Reservation, _ *field.NoArgs, _ any) (field.Result, error) {
			return field.Done("On the wait list: " + LoanText(w, loan) + "."), Wait(w, loan.ID)
		}}.Act()
}

// Outgoing is what is noted when a unit goes out, and of a loan by category
// which unit it is.
type Outgoing struct{ lending.Handover }

func outgoingFields() []field.Field[Outgoing] {
	unit := field.Ref(100, "unit", "Unit", func(o *Outgoing) *lending.EquipmentID { return &o.Unit }).
		Help("Which unit goes out, of a loan of any one of a category.")
	return append(field.Part(0, "", "", func(o *Outgoing) *lending.Handover { return &o.Handover },
		lending.OutgoingFields()), unit)
}

func handOverAct() *field.Act {
	return onLoan[Outgoing]{Name: "loan.handover", Title: "Hand over", Effect: field.Final, Args: outgoingFields(),
		Help:  "Notes that a unit was given to its borrower: the meter, the condition, by whom and to whom.",
		Words: []string{"give out", "check out", "pick up"},
		May:   orLate(lacksHandover, mayTurn("hand over", lending.OutOnLoan, lending.Approved)),
		Fill: func(v field.Viewpoint, loan *lending.Reservation, a *Outgoing) {
			a.At, a.Unit = value.Some(v.Now), loan.Unit
			a.GivenBy, a.TakenBy = personName(v, custodian(v, loan.Unit)), personName(v, loan.Contact)
		},
		History: about[Outgoing]("hand over"),
		Rows:    handoverRows(),
		Do: func(w field.Writer, loan *lending.Reservation, a *Outgoing, _ any) (field.Result, error) {
			out := Out{Inspection: a.Inspection, Transport: a.Transport}
			id, err := HandOver(w, w.Now(), loan.ID, a.Unit, out)
			if err != nil {
				return field.Result{}, err
			}
			went := field.Get(w, id)
			return field.Result{Text: "Handed over: " + UnitText(w, went) + " to " +
				partnerName(w, went.Borrower) + ".",
				Kind: "reservations", ID: uint64(id)}, nil
		}}.Act()
}

// backOf is a return as the steps take it.
func backOf(v *lending.Return) Back {
	return Back{Inspection: v.Inspection, Damage: v.Damage, Fuel: v.FuelCost, Transport: v.Transport,
		Operator: v.Operator,
		Amends:   v.Amends}
}

func takeBackAct() *field.Act {
	return onLoan[lending.Return]{Name: "loan.return", Title: "Take back", Effect: field.Final,
		Args:  lending.IncomingFields(),
		Help:  "Notes that a unit came back and makes the settlement line.",
		Words: []string{"give back", "check in", "bring back"},
		May:   orLate(lacksReturn, mayTurn("take back", lending.Returned, lending.OutOnLoan)),
		Fill: func(v field.Viewpoint, loan *lending.Reservation, a *lending.Return) {
			a.At = value.Some(v.Now)
			a.GivenBy, a.TakenBy = personName(v, loan.Contact), personName(v, custodian(v, loan.Unit))
		},
		Preview: func(v field.Viewpoint, loan *lending.Reservation, a *lending.Return) string {
			return comesTo(Preview(v, v.Now, loan.ID, backOf(a)))
		},
		History: about[lending.Return]("take back"),
		Rows:    returnRows(),
		Do: func(w field.Writer, loan *lending.Reservation, a *lending.Return, _ any) (field.Result, error) {
			_, err := Return(w, w.Now(), loan.ID, backOf(a))
			return field.Done("Back: " + UnitText(w, loan) + "." + cameTo(w, loan.ID)), err
		}}.Act()
}

// comesTo says what a settlement line would come to.
func comesTo(line *lending.Charge) string {
	switch {
	case line == nil:
		return ""
	case line.Basis == lending.BasisWaived && len(rates.Parts(line)) == 0:
		return "Comes to nothing: the unit is lent without charge."
	}
	says := "Comes to " + line.Total().String() + ": use open"
	switch {
	case line.Basis == lending.BasisWaived:
		says = "Comes to " + line.Total().String() + ": use without charge"
	case line.Usage.Set:
		says = "Comes to " + line.Total().String() + ": use " + line.Usage.V.String()
	}
	for _, p := range rates.Parts(line) {
		says += ", " + rates.Part{Name: p.Name, Amount: p.Amount}.String()
	}
	says += "."
	if line.Source == lending.SourceFEMA && line.FuelFrom != "" {
		says += " The FEMA rate includes fuel."
	}
	return says
}

// cameTo says what a loan came to, once it is back.
func cameTo(r field.Reader, id lending.ReservationID) string {
	total, lines := value.Cents(0), 0
	for c := range field.Of[lending.Charge](r, "reservation", id) {
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
type Until struct{ Until value.Opt[value.Wall] }

func moveEndAct() *field.Act {
	return onLoan[Until]{Name: "loan.end", Title: "Move the end", Rest: "until",
		Words: []string{"extend", "longer", "end earlier"},
		Help:  "Makes a loan longer or shorter. The owner decides; the borrower may shorten it, and asks for more.",
		Args: []field.Field[Until]{field.AtWall(1, "until", "Until",
			func(u *Until) *value.Opt[value.Wall] { return &u.Until }).Required().
			Help("Until when? thu 17, 3/5 12, or a later day for more.")},
		May: func(v field.Viewpoint, loan *lending.Reservation) error {
			return loanStands(v, loan, "move the end", lending.Requested, lending.Approved, lending.OutOnLoan)
		},
		Fill: func(_ field.Viewpoint, loan *lending.Reservation, u *Until) {
			u.Until = loan.End
			if loan.Extension.Set {
				u.Until = loan.Extension
			}
		},
		History: func(v field.Viewpoint, loan *lending.Reservation, u *Until) string {
			if loan.End.Set && u.Until.V < loan.End.V {
				return "end " + UnitText(v, loan) + " earlier"
			}
			return "extend " + UnitText(v, loan)
		},
		Do: func(w field.Writer, loan *lending.Reservation, u *Until, _ any) (field.Result, error) {
			unit, until := UnitText(w, loan), MomentText(u.Until.V, w.Now().Day())
			if loan.End.Set && u.Until.V < loan.End.V {
				return field.Done("Ends earlier: " + unit + ", " + until + "."),
					EndEarly(w, w.Now(), loan.ID, u.Until.V)
			}
			granted, err := Extend(w, w.Now(), w.Actor(), loan.ID, u.Until.V)
			if granted {
				return field.Done("Longer: " + unit + ", until " + until + "."), err
			}
			return field.Done("Asked " + partnerName(w, loan.LentBy(w)) + " to let you keep it until " + until + "."),
				err
		}}.Act()
}

// Rebooking is when and on which unit a loan is to be.
type Rebooking struct {
	Unit        lending.EquipmentID
	From, Until value.Opt[value.Wall]
}

func moveAct() *field.Act {
	return onLoan[Rebooking]{Name: "loan.move", Title: "Move",
		Words: []string{"reschedule", "another day", "another unit"},
		Help:  "Puts a loan that has not begun to another time, or on another unit.",
		Args: []field.Field[Rebooking]{
			field.Ref(1, "unit", "Unit", func(p *Rebooking) *lending.EquipmentID { return &p.Unit }),
			field.AtWall(2, "from", "From", func(p *Rebooking) *value.Opt[value.Wall] { return &p.From }).Required(),
			field.AtWall(3, "until", "Until", func(p *Rebooking) *value.Opt[value.Wall] { return &p.Until }).Required(),
		},
		May: func(v field.Viewpoint, loan *lending.Reservation) error {
			if loan.State == lending.OutOnLoan {
				return failure.New(failure.Invalid,
					"a loan is moved before it begins; give one that is out another end")
			}
			return loanStands(v, loan, "move", lending.Approved, lending.Requested, lending.Waitlisted,
				lending.LoanDraft)
		},
		Fill: func(_ field.Viewpoint, loan *lending.Reservation, p *Rebooking) {
			*p = Rebooking{loan.Unit, loan.Start, loan.End}
		},
		History: about[Rebooking]("move the loan of"),
		Do: func(w field.Writer, loan *lending.Reservation, p *Rebooking, _ any) (field.Result, error) {
			if err := Move(w, loan.ID, p.Unit, p.From.V, p.Until.V); err != nil {
				return field.Result{}, err
			}
			moved := field.Get(w, loan.ID)
			what := UnitText(w, moved)
			if u := field.Get(w, moved.Unit); u != nil {
				what = u.Tag
			}
			return field.Done("Moved: " + what + " for " + partnerName(w, moved.Borrower) + ", " +
				ShortWhen(p.From.V, p.Until.V) + "."), nil
		}}.Act()
}

// Recalling is why and by when a loan is to come back.
type Recalling struct {
	Reason string
	By     value.Opt[value.Wall]
}

func recallAct() *field.Act {
	return onLoan[Recalling]{Name: "loan.recall", Title: "Recall", Rest: "reason",
		Words: []string{"take back early", "owner needs it"},
		Help: "Takes a loan back that the owner needs: one that has not begun ends, one that is out is to come back " +
			"by a time.",
		Args: []field.Field[Recalling]{
			field.Text(1, "reason", "Reason", func(a *Recalling) *string { return &a.Reason }).Required().
				Help("Why? The borrower reads it."),
			field.AtWall(2, "back_by", "Back by", func(a *Recalling) *value.Opt[value.Wall] { return &a.By }),
		},
		May:     mayTurn("recall", lending.Recalled, lending.Approved, lending.OutOnLoan),
		Fill:    func(v field.Viewpoint, _ *lending.Reservation, a *Recalling) { a.By = value.Some(v.Now + 24*60) },
		History: about[Recalling]("recall"),
		Steps: toState(lending.Recalled,
			func(v *lending.Reservation) *Recalling { return &Recalling{Reason: v.Reason} },
			lending.Approved),
		Do: func(w field.Writer, loan *lending.Reservation, a *Recalling, _ any) (field.Result, error) {
			_, err := Recall(w, w.Now(), loan.ID, a.By.Or(w.Now()+24*60), a.Reason)
			return field.Done("Recalled: " + LoanText(w, loan) + "."), err
		}}.Act()
}

// Why is the argument of an act that takes a reason and does without one.
type Why struct{ Reason string }

func whyFields() []field.Field[Why] {
	return []field.Field[Why]{field.Text(1, "reason", "Reason", func(a *Why) *string { return &a.Reason })}
}

func cancelAct() *field.Act {
	return onLoan[Why]{Name: "loan.cancel", Title: "Give up", Rest: "reason", Args: whyFields(),
		Words: []string{"cancel a loan"},
		Help:  "The borrower gives a loan up that has not begun.",
		May: mayTurn("give up", lending.Cancelled, lending.LoanDraft, lending.Requested, lending.Waitlisted,
			lending.Approved),
		History: about[Why]("give up"),
		Steps: toState(lending.Cancelled, whyOf, lending.LoanDraft, lending.Requested, lending.Waitlisted,
			lending.Approved),
		Do: func(w field.Writer, loan *lending.Reservation, a *Why, _ any) (field.Result, error) {
			return field.Done("Given up: " + LoanText(w, loan) + "."), Cancel(w, w.Now(), loan.ID, a.Reason)
		}}.Act()
}

func noShowAct() *field.Act {
	return onLoan[Why]{Name: "loan.noshow", Title: "Nobody came", Rest: "reason", Args: whyFields(),
		Words:   []string{"no-show", "not fetched"},
		Help:    "The owner notes that nobody came for a unit.",
		May:     mayTurn("note as not fetched", lending.NoShow, lending.Approved),
		History: about[Why]("give up"),
		Steps:   toState(lending.NoShow, whyOf, lending.Approved),
		Do: func(w field.Writer, loan *lending.Reservation, a *Why, _ any) (field.Result, error) {
			return field.Done("Not fetched: " + LoanText(w, loan) + "."), NoShow(w, w.Now(), loan.ID, a.Reason)
		}}.Act()
}

// personName gives the name of a person on file, or nothing.
func personName(r field.Reader, id partnership.PersonID) string {
	if p := field.Get(r, id); p != nil {
		return p.Name
	}
	return ""
}

func custodian(r field.Reader, unit lending.EquipmentID) partnership.PersonID {
	if u := field.Get(r, unit); u != nil {
		return u.Custodian
	}
	return 0
}
